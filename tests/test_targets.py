"""Targets and results: which numbers are one, of what, by when. One row per behaviour."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.extract.matching import fold
from kehoach.extract.quantities import find_quantities, load_quantity_rules
from kehoach.extract.targets import MeasureInput, Setting, find_measures, load_target_rules, setting_of_heading
from kehoach.extract.timeframes import find_timeframes, load_time_rules
from kehoach.schemas.errors import RuleError
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import MeasureKind, TimeContext, TimeKind, TimeMention

NUMBERS = load_quantity_rules()
RULES = load_target_rules()
ISSUED = dt.date(2026, 3, 1)


def times_of(text, *printed):
    """Timeframes as a finder would give them: (words, end) pairs, found in order."""
    found, at = [], 0
    for words, end in printed:
        at = text.index(words, at)
        found.append(TimeMention(Span(at, at + len(words)), TimeKind.DEADLINE, None, end))
        at += len(words)
    return tuple(found)


def measures(text, setting=Setting.TARGETS, times=(), **given_too):
    view = fold(text)
    whole = Span(0, len(view))
    quantities = find_quantities(view, whole, NUMBERS, [item.span for item in times])
    found = MeasureInput(quantities, tuple(times), setting, NUMBERS.words, ISSUED, **given_too)
    return find_measures(view, whole, RULES, found)


def kinds(text, setting, **given_too):
    """ "T" or "R" with the value of each record; facts do not appear."""
    return [
        f"{item.kind[0].upper()}{item.quantity.value:.10g}" if item.quantity else item.kind[0].upper()
        for item in measures(text, setting, **given_too)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # in a list of targets every number is one
        ("Tỷ lệ hộ dùng nước sạch đạt 95%", ["T95"]),
        ("Tỷ lệ thất nghiệp chung dưới 3% và ở khu vực đô thị dưới 3,5%", ["T3", "T3.5"]),
        ("100% các khu dân cư có tối thiểu 1 điểm thu gom", ["T100", "T1"]),
        # "đã" in a noun phrase changes nothing, clear wording does
        ("100% nhiệm vụ đã giao được hoàn thành", ["T100"]),
        ("Hiện nay, toàn thành phố có khoảng 240 trạm, trong đó có 35 trạm thế hệ mới", ["R240", "R35"]),
        ("Lao động có chứng chỉ đạt trên 60%", ["T60"]),  # "chứng chỉ đạt" is not "chỉ đạt"
        # ages, durations and parts of the text are no figures
        ("100% trẻ em dưới 6 tuổi có thẻ", ["T100"]),
        ("Tuổi thọ trung bình khoảng 77 tuổi", ["T77"]),
        ("Rút ngắn thời gian giải quyết xuống còn 5 ngày", ["T5"]),
        ("Hoàn thành trong 5 năm tới 80% khối lượng", ["T80"]),
        # the value where a change begins is none
        ("Nâng tỷ lệ bao phủ từ 20% lên 30%", ["T30"]),
        # how many kinds a service covers is part of what the share measures
        ("80% trẻ nhỏ được tiêm phòng ít nhất 6 loại vắc xin", ["T80"]),
        ("80% cán bộ được tập huấn ít nhất 1 lần/năm", ["T80", "T1"]),
        # what a later time will build on the plan, and the figure in the name of another one
        ("Nâng chất lượng du lịch, tạo nền tảng vững chắc để đạt tốc độ tăng trưởng 12%/năm", []),
        ("Thực hiện thành công Kế hoạch phát triển du lịch năm 2026 với mục tiêu tăng trưởng đạt 12%", []),
        ("Cung cấp nền tảng số cho tối thiểu 20% hộ kinh doanh", ["T20"]),
        # said again in brackets
        ("Tốc độ truyền đạt 2 Gigabit mỗi giây (2 Gbps)", ["T2"]),
    ],
)
def test_among_targets(text, expected):
    assert kinds(text, Setting.TARGETS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phấn đấu 90% hộ chăn nuôi ký cam kết", ["T90"]),
        ("Rà soát, kiểm tra tối thiểu 50% kết luận", ["T50"]),
        ("Mở thêm 15-20 tuyến xe buýt", ["T15"]),
        ("Trồng mới 500 ha rừng phòng hộ", ["T500"]),
        ("hướng dẫn hoàn thiện hồ sơ đối với 10 cụm làng nghề", ["T10"]),
        # what describes a thing or the text itself
        ("Vận hành chính quyền địa phương 02 cấp", []),
        ("Tiếp tục vận hành mô hình chính quyền 2 cấp thông suốt", []),
        ("4. Về hỗ trợ trường vùng cao (bảo đảm tỷ lệ phòng học có điện đạt 100%): Giao Sở Tài chính nghiên cứu", []),
        ("Đề xuất mở rộng cụm công nghiệp Gò Đá lên 75ha", ["T75"]),
        ("Khảo sát cụm công nghiệp Gò Đá rộng 75ha", []),
        ("Nếu đủ điều kiện, di dời xưởng mộc; đồng thời mở rộng cụm công nghiệp lên 60 ha", ["T60"]),
        ("Khánh thành Nhà máy 2.500 tấn/ngày đêm", []),
        ("Kiểm tra các hẻm có chiều sâu từ 40m trở lên", []),
        ("Tham mưu tổ chức hội nghị tại 40 xã", []),
        ("Báo cáo tình hình 02 lần/ngày", []),
        ("Căn lề trái từ 30 - 35 mm", []),
        ("Nội dung này được tối đa 15 điểm", []),
        ("Trồng từ 30 đến 35 ha rừng", ["T30"]),
        ("đối chiếu với 63 tỉnh, thành phố", []),
        # money to be spent
        ("Bố trí kinh phí 15 tỷ đồng cho chương trình", []),
        ("hỗ trợ 15 triệu đồng/hộ để sửa nhà", []),
        ("Phấn đấu thu ngân sách đạt 900 tỷ đồng", ["T9e+11"]),
        # conditions and what was done
        ("Trường hợp vượt 10% kế hoạch thì báo cáo", []),
        ("Rà soát 50 dự án đã được phê duyệt", []),
        ("cải tạo hồ đã xuống cấp, đưa diện tích cây xanh lên khoảng 12%", ["T12"]),
        ("vận hành đường dây theo mục tiêu phát thải ròng bằng 0", []),
        # a share of something, or only a strength or an outfit
        ("Công khai 100% thủ tục của xã", ["T100"]),
        ("Số hóa 70% hồ sơ lưu trữ", ["T70"]),
        ("phun dung dịch sát khuẩn Xanol 70%", []),
        ("100% phao áo cho hành khách", []),
        # gradings, terms, what qualifies somebody, programmes, quoted names
        ("Xếp loại tốt: từ 80 điểm đến 90 điểm", []),
        ("Cho vay với lãi suất 3%/năm", []),
        ("Không xét đối với viên chức có thời gian công tác dưới 50% số ngày quy định", []),
        ("Điều tra vụ tai nạn làm bị thương từ 02 người trở lên", []),
        ("Tham gia chương trình trồng mới 7 triệu cây xanh", []),
        ('Khen thưởng đợt thi đua "90 ngày hoàn thành 400 km đường"', []),
        ("Thời gian: dự kiến khoảng 02 ngày làm việc/01 đơn vị", []),
        ('Khen thưởng đợt thi đua cao điểm "90 ngày đêm thi đua nước rút để hoàn thành toàn tuyến 400 km đường ven biển"', []),
        ("Hỗ trợ hơn 900 hộ ở các vùng có nguy cơ sạt lở", ["T900"]),
        ("mở rộng quy mô 2 quỹ tín dụng hiện có", []),
        ("Quý II, tỉnh sẽ ban hành 04 nghị quyết", ["T4"]),
        # the parts of a count that is to be reached
        ("Lắp đặt mới: 58 trạm (trong đó đơn vị A: 25 trạm, đơn vị B: 33 trạm)", ["T58", "T25", "T33"]),
    ],
)
def test_in_tasks(text, expected):
    assert kinds(text, Setting.TASKS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đến nay, toàn tỉnh có 4.275 hộ nghèo, chiếm 0,21% tổng số hộ", ["R4275", "R0.21"]),
        ("đã tuyển sinh được 12.340/90.000 lượt người, đạt 13,7% kế hoạch", ["R12340", "R13.7"]),
        ("tổng thu ước đạt 31.480 tỷ đồng, tăng 17,4% so với cùng kỳ năm trước", ["R3.148e+13", "R17.4"]),
        ("Tổng số hồ sơ giải quyết: 3.366 hồ sơ", ["R3366"]),
        ("đang giải quyết: 8.412 hồ sơ", ["R8412"]),  # work in progress
        ("Sở đã công bố 72 thủ tục, sửa đổi 01 danh mục và bãi bỏ 161 thủ tục", ["R72", "R1", "R161"]),
        ("Thành phố đã trồng 1.000 cây; sẽ trồng thêm 500 cây trong năm sau", ["R1000", "T500"]),
        ("100% cơ sở phải có phương án chữa cháy", ["T100"]),
        # money paid out as fact, its share, the figure of the plan
        ("Tổng mức đầu tư là 1.840 tỷ đồng, trong đó vốn vay là 1.104 tỷ đồng (chiếm 60%)", []),
        ("Tỉnh đã hỗ trợ trên 5 triệu lượt người với kinh phí 2.310 tỷ đồng", ["R5000000", "R2.31e+12"]),
        ("hoàn thành chỉ tiêu lấp đầy bình quân 50-55%", []),
        ("xuất khẩu tăng 14,6% (bình quân cả nước tăng 11,9%)", ["R14.6", "R11.9"]),  # reached in the same time
        ("cán bộ cấp xã được bố trí hợp lý (trung bình 52 người/xã)", ["R52"]),
        ("vùng có mật độ dân số trung bình 412 người/km2", []),
        ("Tết vừa qua, các xã tặng quà với 2 mức quà 300.000 đồng và 500.000 đồng", []),
        ("31 công dân đã được hướng dẫn", ["R31"]),
        ("huyện còn thiếu 2 chỉ tiêu: tỷ lệ thu gom rác đạt ≥ 90%; có ít nhất 1 mô hình tái chế", []),
        ("sau khi sắp xếp, toàn tỉnh còn 40 xã, gồm 30 xã và 10 phường", ["T40", "T30", "T10"]),
        # shortcomings
        ("đường vào 14 làng nghề chưa đồng bộ", []),
        ("huyện còn thiếu 3 tiêu chí", []),
        ("Tuy nhiên, hiện nay còn 03 sở, ngành và 09 xã chưa gửi báo cáo", []),
        ("Kế hoạch đề ra 5 nhiệm vụ trọng tâm, 8 nhiệm vụ cụ thể", []),
        ("Gần 900 hộ phải sơ tán; trên 200 ha lúa bị thiệt hại", []),
        ("Đã phân công cụ thể 21 nhiệm vụ do Sở Tài chính chủ trì", []),
        ("hiện phòng giáo dục của 2 địa phương đang xác minh", []),
        ("Các phòng đã hoàn thành 100% nhiệm vụ như: Phòng Nội vụ hoàn thành 15/15 nhiệm vụ; Phòng Y tế 8/8 nhiệm vụ", ["R100", "R15", "R8"]),
        ("Đã sửa 409 nhà, bao gồm 392 nhà theo kế hoạch và 17 nhà ngoài kế hoạch", ["R409", "R392", "R17"]),
        ("Tổng số thủ tục rà soát là 292.", ["R292"]),
        ("sau khi sắp xếp, toàn tỉnh còn 40 xã, giảm 60 xã", ["T40", "T60"]),  # what a scheme would bring about
        ("Vì sao phải có 100% hộ tham gia?", []),  # a question states nothing
    ],
)
def test_in_reports(text, expected):
    assert kinds(text, Setting.REPORT) == expected


@pytest.mark.parametrize(
    ("text", "setting", "expected"),
    [
        ("Phấn đấu Chỉ số của tỉnh tăng ít nhất 05 bậc so với năm trước", Setting.AIMS, ["T5"]),
        ("Quy mô kinh tế số đạt 40% GRDP", Setting.AIMS, ["T40"]),
        ("Tập trung vào 3 khâu đột phá tại 12 xã", Setting.AIMS, []),
        ("Giảm 0,35% số hộ nghèo", Setting.CELL_RESULT, ["T0.35"]),
        ("54 danh mục công trình", Setting.CELL_RESULT, ["T54"]),
        ("100% xã tổ chức ít nhất 1 lần/năm", Setting.CELL_RESULT, ["T100", "T1"]),
        ("Tỉnh có 155 xã", Setting.NEUTRAL, []),
        ("Đến nay, tỷ lệ lấp đầy mới đạt 29%", Setting.NEUTRAL, ["R29"]),
        ("Sẽ tăng trưởng hai con số", Setting.NEUTRAL, ["T10"]),
        # a year before the document's own; a bound that goes on a target
        ("Năm 2024, chỉ số của tỉnh đạt 43,2/80 điểm; xếp thứ 41/63", Setting.NEUTRAL, ["R43.2", "R41"]),
        ("Đảm bảo 100% hộ ký cam kết. Mỗi hộ có tối thiểu 01 bình chữa cháy", Setting.NEUTRAL, ["T100", "T1"]),
        ("Người lao động được trả ít nhất 150% lương", Setting.NEUTRAL, []),
    ],
)
def test_other_settings(text, setting, expected):
    assert kinds(text, setting) == expected


@pytest.mark.parametrize(
    ("words", "end", "expected"),
    [("năm 2025", dt.date(2025, 12, 31), ["R75"]), ("năm 2028", dt.date(2028, 12, 31), ["T75"])],
)
def test_without_wording_the_tense_of_the_time_decides(words, end, expected):
    text = f"{words} tỷ lệ hộ có nước sạch là 75%"
    assert kinds(text, Setting.NEUTRAL, times=times_of(text, (words, end))) == expected


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("Tỷ lệ bao phủ bảo hiểm đạt 95%", ["Tỷ lệ bao phủ bảo hiểm"]),
        ("Bảo đảm 100% người cao tuổi được thăm hỏi", ["người cao tuổi được thăm hỏi"]),
        ("Tập huấn kỹ năng cho 90% cán bộ cấp xã", ["Tập huấn kỹ năng cho cán bộ cấp xã"]),  # one phrase around the number
        ("Mở thêm 20 tuyến xe buýt", ["Mở thêm tuyến xe buýt"]),
        ("Giải phóng mặt bằng 4,7 ha", ["Giải phóng mặt bằng"]),  # a closed unit names nothing, "mặt bằng" is a compound
        ("Tuổi thọ trung bình khoảng 77 tuổi", ["Tuổi thọ trung bình"]),
        ("giảm 0,35% số hộ nghèo", ["số hộ nghèo"]),
        ("Đến năm 2025 đạt 80%, đến năm 2030 đạt 90% hộ có nước sạch", ["hộ có nước sạch"] * 2),
        ("80% (năm 2027), 95% (năm 2030) trẻ em được tiếp cận dịch vụ", ["trẻ em được tiếp cận dịch vụ"] * 2),
        ("doanh thu đạt 900 tỷ đồng, tăng 5% so với cùng kỳ", ["doanh thu", "doanh thu so với cùng kỳ"]),
        ("đón 20 triệu lượt khách quốc tế, 50 triệu lượt khách nội địa", ["đón lượt khách quốc tế", "lượt khách nội địa"]),
    ],
)
def test_indicators(text, indicators):
    printed = [words for words in ("Đến năm 2025", "đến năm 2030", "năm 2027", "năm 2030") if words in text]
    times = times_of(text, *((words, dt.date(2030, 12, 31)) for words in printed if not (words == "năm 2030" and "đến năm 2030" in text)))
    assert [item.indicator for item in measures(text, Setting.TARGETS, times)] == indicators


def test_indicators_are_as_printed():
    text = "Diện tích nuôi thuỷ sản\nhữu cơ (R\\&D) “sạch” đạt 30 % của toàn tỉnh"
    view = fold(text).replace("\\", " ")
    whole = Span(0, len(view))
    found = MeasureInput(find_quantities(view, whole, NUMBERS), (), Setting.TARGETS, NUMBERS.words, text=text)
    (item,) = find_measures(view, whole, RULES, found)
    assert item.indicator == "Diện tích nuôi thuỷ sản hữu cơ (R&D) “sạch”"


def test_a_number_alone_takes_the_subject_of_its_row():
    assert measures("31,5%", Setting.CELL_RESULT, subject="thu gom nước thải")[0].indicator == "thu gom nước thải"
    assert measures("31,5%", Setting.CELL_RESULT)[0].indicator == "31,5%"


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Tỷ lệ A đạt 90% và tỷ lệ B đạt trên 60%.", ["Tỷ lệ A đạt 90%", "tỷ lệ B đạt trên 60%"]),
        ("4. Bảo hiểm: 70% lao động tham gia; 50% hộ có thẻ", ["70% lao động tham gia", "50% hộ có thẻ"]),
        ("Số hồ sơ đã nhận: 300 hồ sơ, trong đó đúng hạn 290 hồ sơ", ["Số hồ sơ đã nhận: 300 hồ sơ", "đúng hạn 290 hồ sơ"]),
        ("Nâng cao chất lượng; khắc phục tồn tại, phấn đấu Chỉ số tăng 05 bậc", ["phấn đấu Chỉ số tăng 05 bậc"]),
        ("80% hộ có nước sạch, góp phần nâng cao đời sống", ["80% hộ có nước sạch"]),
        ("100% xã, phường, thị trấn có nhà văn hóa", ["100% xã, phường, thị trấn có nhà văn hóa"]),
        ("Giám đốc Sở cho biết, toàn tỉnh đạt 80% kế hoạch", ["toàn tỉnh đạt 80% kế hoạch"]),
        ("tỷ lệ công nghiệp và xây dựng đạt 46%", ["tỷ lệ công nghiệp và xây dựng đạt 46%"]),
        ("80% (năm 2027), 95% (năm 2030) trẻ em đi học", ["80% (năm 2027), 95% (năm 2030) trẻ em đi học", "95% (năm 2030) trẻ em đi học"]),
        (
            "100% công chức cấp huyện, cấp xã được tập huấn ít nhất 1 lần/năm",
            ["100% công chức cấp huyện, cấp xã được tập huấn ít nhất 1 lần/năm", "công chức cấp huyện, cấp xã được tập huấn ít nhất 1 lần/năm"],
        ),
        ("có mặt đủ. + 60% hộ dân. - 70% doanh nghiệp", ["60% hộ dân", "70% doanh nghiệp"]),  # list marks inside one line
        (
            "Có ít nhất 03 cơ sở giáo dục, đào tạo của tỉnh có hoạt động quốc tế",
            ["Có ít nhất 03 cơ sở giáo dục, đào tạo của tỉnh có hoạt động quốc tế"],
        ),
        (
            "Trên 80% số trạm y tế xã và 100% cơ sở cai nghiện đủ điều kiện",
            ["Trên 80% số trạm y tế xã và 100% cơ sở cai nghiện đủ điều kiện", "100% cơ sở cai nghiện đủ điều kiện"],
        ),
        (
            "Tỷ lệ trang trại (trồng trọt, tối thiểu như cũ) dùng nền tảng số đạt 50%",
            ["Tỷ lệ trang trại (trồng trọt, tối thiểu như cũ) dùng nền tảng số đạt 50%"],
        ),
        ('đạt 20% xã, phường "không ma túy"', ['đạt 20% xã, phường "không ma túy"']),
    ],
)
def test_quotes_are_the_shortest_clauses(text, quotes):
    assert [item.span.of(text) for item in measures(text, Setting.TARGETS)] == quotes


@pytest.mark.parametrize(
    ("text", "printed", "expected"),
    [
        # a bracketed time belongs to the number before it
        ("80% (năm 2027), 95% (năm 2030) trẻ em đi học", ["năm 2027", "năm 2030"], [["năm 2027"], ["năm 2030"]]),
        # a time at the head governs all that follows until the next
        (
            "Đến năm 2027, tỷ lệ A đạt 80%, tỷ lệ B đạt 85%; đến năm 2030 đạt 95%",
            ["Đến năm 2027", "đến năm 2030"],
            [["Đến năm 2027"]] * 2 + [["đến năm 2030"]],
        ),
        # respectively
        (
            "Tăng trưởng giai đoạn một, giai đoạn hai và giai đoạn ba đạt tương ứng 13%/năm, 12%/năm và 11%/năm",
            ["giai đoạn một", "giai đoạn hai", "giai đoạn ba"],
            [["giai đoạn một"], ["giai đoạn hai"], ["giai đoạn ba"]],
        ),
        # what is compared with governs nothing
        ("Năm 2027 giảm 20% so với mức trung bình năm 2024", ["Năm 2027", "năm 2024"], [["Năm 2027"]]),
        # a time behind the last number governs those before it that have none
        ("100% cấp huyện, 100% cấp xã tổ chức đối thoại trong năm 2027", ["năm 2027"], [["năm 2027"]] * 2),
        ("Hoàn thiện hồ sơ đối với 10 cụm; hoàn thành trước ngày 31/12/2026", ["trước ngày 31/12/2026"], [["trước ngày 31/12/2026"]]),
        # each bullet of a cell stands for itself
        ("- thường xuyên\n\n- 100% xã công khai", ["thường xuyên"], [[]]),
        ("Tỷ lệ A đạt 80%", [], [[]]),
    ],
)
def test_governing_times(text, printed, expected):
    times = times_of(text, *((words, dt.date(2030, 12, 31)) for words in printed))
    assert [[time.span.of(text) for time in item.timeframes] for item in measures(text, Setting.TARGETS, times)] == expected


def test_a_time_read_once_binds_wherever_it_is_printed():
    text = "80% (năm 2027) trẻ em đi học; 60% (năm 2027) hộ có nước sạch"
    first, second = measures(text, Setting.TARGETS, times_of(text, ("năm 2027", dt.date(2027, 12, 31))))
    assert (first.timeframes[0].span, second.timeframes[0].span) == (Span(5, 13), Span(35, 43))


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Đạt chuẩn phổ cập mức độ 2.", ["Đạt chuẩn phổ cập mức độ 2"]),
        ("Hoàn thành phổ cập giáo dục cho trẻ từ 2 đến 4 tuổi.", ["Hoàn thành phổ cập giáo dục cho trẻ từ 2 đến 4 tuổi"]),  # ages are no figures
        (
            "100% người nghèo có thẻ. Bảo đảm chỗ ở cho hộ khó khăn; nâng cao mức sống của người già yếu.",
            ["Bảo đảm chỗ ở cho hộ khó khăn", "nâng cao mức sống của người già yếu"],
        ),
        ("Phát triển các ngành: du lịch; vận tải; năng lượng mới.", ["Phát triển các ngành: du lịch; vận tải; năng lượng mới"]),
        ("Thí điểm cho tối thiểu 2 dự án: tự động hóa, giám sát và quản lý theo thời gian thực.", []),  # the colon elaborates
        ("Nông nghiệp công nghệ cao", []),  # a label, no outcome
        ("Các chỉ tiêu về nhà ở:", []),
        ("Hiện nay việc phủ sóng đã hoàn thành tại các khu.", []),
    ],
)
def test_outcomes_without_a_number(text, quotes):
    found = measures(text, Setting.TARGETS, listed=True)
    assert [item.span.of(text) for item in found if item.quantity is None] == quotes
    assert all(item.kind is MeasureKind.TARGET for item in found)


def test_prose_that_announces_targets_lists_outcomes_too():
    text = "Với mục tiêu phấn đấu 70% người cao tuổi được khám định kỳ; 60% xã có câu lạc bộ; thí điểm chăm sóc người già yếu tại nhà ở vùng ven."
    assert [item.quantity is None for item in measures(text, Setting.REPORT)] == [False, False, True]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("MỤC TIÊU", Setting.TARGETS),
        ("Quan điểm, mục tiêu", Setting.TARGETS),
        ("Các chỉ tiêu cụ thể đến năm 2030", Setting.TARGETS),
        ("Phấn đấu đến năm 2030", Setting.TARGETS),
        ("Đến năm 2030", None),  # what stands above decides
        ("Giai đoạn 2026 - 2028", None),
        ("2- Mục tiêu cụ thể", Setting.TARGETS),
        ("MỤC TIÊU, YÊU CẦU", Setting.AIMS),
        ("Mục tiêu 3.5: Đến năm 2030, giảm tai nạn", Setting.TARGETS),
        ("Mục tiêu tổng quát", Setting.AIMS),
        ("MỤC ĐÍCH, YÊU CẦU", Setting.AIMS),
        ("Định hướng đến năm 2045", Setting.AIMS),
        ("Kết quả thực hiện năm 2025", Setting.REPORT),
        ("ĐÁNH GIÁ CHUNG", Setting.REPORT),
        ("Nhiệm vụ, giải pháp", None),
        ("Giải pháp thực hiện mục tiêu", None),
        ("Chương trình mục tiêu quốc gia", None),
        ("Kiểm tra, đánh giá", None),
    ],
)
def test_headings_tell_the_setting(title, expected):
    assert setting_of_heading(title, RULES) is expected


@given(st.text(alphabet="0123456789.,;:()-+|% đạttừđếnlênđãphấnđấuTỷlệhộxãGhN\n", max_size=80), st.sampled_from(list(Setting)), st.booleans())
def test_any_text_reads_and_spans_stay_inside(text, setting, listed):
    for item in measures(text, setting, listed=listed):
        assert 0 <= item.span.start < item.span.end <= len(text)
        assert item.indicator.strip()
        assert item.quantity is None or item.quantity.number.within(item.span)
        assert 0 < item.confidence <= 1


def test_every_record_names_its_rule():
    assert all(item.rule for item in measures("Đạt 80% hộ; xây dựng nếp sống mới ở khu dân cư", listed=True))


def test_a_users_wording_is_added(tmp_path):
    (tmp_path / "targets.yaml").write_text("rules: [{id: targets.own, label: target, terms: [nhắm tới], examples: [nhắm tới 5%]}]", "utf-8")
    rules = load_target_rules(tmp_path)
    view = "Đơn vị nhắm tới 75% hộ dân"
    found = MeasureInput(find_quantities(view, Span(0, len(view)), NUMBERS), (), Setting.NEUTRAL, NUMBERS.words)
    assert [item.rule for item in find_measures(view, Span(0, len(view)), rules, found)] == ["targets.own"]
    assert find_measures(view, Span(0, len(view)), RULES, found) == ()


def test_a_file_without_needed_labels_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.resources.files", lambda package: tmp_path)
    (tmp_path / "targets.yaml").write_text("labels: [lead, opener]\nrules: [{id: targets.a, label: lead, terms: [a]}]", "utf-8")
    with pytest.raises(RuleError, match="opener"):
        load_target_rules()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # outcomes with times of their own beside a number to be reached
        (
            "xã phấn đấu đạt 19/19 tiêu chí vào quý II/2027; hoàn thành hồ sơ đề nghị vào quý III/2027 và trình tỉnh công nhận vào quý IV/2027",
            ["19", "hoàn thành hồ sơ đề nghị vào quý III/2027", "trình tỉnh công nhận vào quý IV/2027"],
        ),
        ("xã phấn đấu đạt 19/19 tiêu chí vào quý II/2027; hoàn thành hồ sơ và trình tỉnh công nhận", ["19"]),
        # a standing by a year
        ("Đến năm 2030, tỉnh sẽ thuộc nhóm dẫn đầu vùng về chuyển đổi số.", ["Đến năm 2030, tỉnh sẽ thuộc nhóm dẫn đầu vùng về chuyển đổi số."]),
        ("Đến năm 2025, tỉnh đã trở thành trung tâm của vùng.", []),
        ("Tỉnh sẽ tổ chức hội nghị vào quý III/2027.", []),
    ],
)
def test_what_news_promise_without_a_number(text, expected):
    view = fold(text)
    times = find_timeframes(view, Span(0, len(view)), load_time_rules(), TimeContext(ISSUED, ISSUED.year))
    found = measures(text, Setting.REPORT, times)
    assert [f"{item.quantity.value:g}" if item.quantity else item.span.of(text) for item in found] == expected
