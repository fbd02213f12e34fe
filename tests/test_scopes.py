"""What headings, lead-ins, labels and introductions hand down to the tasks below them, and where it ends. One row per behaviour."""

import pytest
from structure import days, names, scopes_of, words

from kehoach.extract.scopes import clauses, inherited, merge_times
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import NodeKind, TimeKind, TimeMention, When


def scope_above(text, line, genre="full_text"):
    """The scope that the line beginning with the words ``line`` stands in."""
    reading, scopes = scopes_of(text, genre)
    node = next(node for node in reading.nodes if node.kind is not NodeKind.HEADING and words(reading, node.value).startswith(line))
    return scopes.at(node.parent)


def handed_down(text, line="Trồng rừng", genre="full_text"):
    """Lead, coordinating, times in the scope of ``line``."""
    scope = scope_above(text, line, genre)
    return names(scope.lead), names(scope.coordinating), days(scope.times)


TASK = "- Trồng rừng ven sông.\n"


@pytest.mark.parametrize(
    ("above", "lead"),
    [
        # headings that are agencies
        ("I. NHIỆM VỤ\n1. Sở Nội vụ\n", ["*Sở Nội vụ"]),
        ("I. NHIỆM VỤ\n1. Sở Nội vụ, Sở Tài chính\n", ["*Sở Nội vụ", "*Sở Tài chính"]),
        ("I. NHIỆM VỤ\n1. Các Sở: Nội vụ, Tài chính\n", ["*Sở Nội vụ", "*Sở Tài chính"]),
        ("I. NHIỆM VỤ\n1. Đề nghị: Hội Nông dân tỉnh\n", ["*Hội Nông dân tỉnh"]),
        ("I. NHIỆM VỤ\n1. Đề nghị Hội Nông dân tỉnh\n", ["*Hội Nông dân tỉnh"]),
        ("I. NHIỆM VỤ\n1. Đối với Sở Nội vụ\n", ["*Sở Nội vụ"]),
        ("I. NHIỆM VỤ\n1. Trách nhiệm của Sở Nội vụ\n", ["*Sở Nội vụ"]),
        ("I. NHIỆM VỤ\n1. Sở Nội vụ - cơ quan thường trực\n", ["*Sở Nội vụ"]),
        ("I. NHIỆM VỤ\n1. Các cơ quan đăng ký (Sở Nội vụ, Sở Tài chính)\n", ["*Sở Nội vụ", "*Sở Tài chính"]),
        # a group named by what it does
        ("I. NHIỆM VỤ\n1. Các doanh nghiệp đang hoạt động trong cụm\n", ["*Các doanh nghiệp đang hoạt động trong cụm"]),
        ("I. NHIỆM VỤ\n1. Các đơn vị cấp nước sạch trên địa bàn có trách nhiệm\n", ["*Các đơn vị cấp nước sạch trên địa bàn"]),
        # a bracket after one named agency is a remark
        ("I. NHIỆM VỤ\n1. Sở Nội vụ (Cơ quan thường trực)\n", ["*Sở Nội vụ"]),
        ("I. NHIỆM VỤ\n1. Văn phòng UBND tỉnh (Ban Tiếp công dân)\n", ["*Văn phòng UBND tỉnh"]),
        ("I. NHIỆM VỤ\n1. Công tác trồng rừng\n", []),
        ("I. NHIỆM VỤ\n1. Nâng cao năng lực của Sở Nội vụ\n", []),  # named in passing
        # through headings that name nobody; the nearest one that names somebody wins
        ("I. SỞ NỘI VỤ\n1. Rừng\n", ["*SỞ NỘI VỤ"]),
        ("I. SỞ NỘI VỤ\n1. Sở Tài chính\n", ["*Sở Tài chính"]),
        # titles that say the role
        ("I. NHIỆM VỤ\n1. Rà soát.\nPHỤ LỤC 01\nCƠ QUAN CHỦ TRÌ THỰC HIỆN: SỞ Y TẾ\n1. Rừng\n", ["*SỞ Y TẾ"]),
        ("I. ĐƠN VỊ ĐẦU MỐI: SỞ Y TẾ\n1. Rừng\n", ["*SỞ Y TẾ"]),
        # lead-ins
        ("I. NHIỆM VỤ\nSở Nội vụ chủ trì thực hiện các nội dung sau:\n", ["*Sở Nội vụ"]),
        ("I. NHIỆM VỤ\n1. Sở Nội vụ chủ trì thực hiện các nội dung sau:\n", ["*Sở Nội vụ"]),
        ("I. NHIỆM VỤ\n1. Rừng\nNgoài các nhiệm vụ trên, Chủ tịch UBND các huyện:\n", ["*Chủ tịch UBND các huyện"]),
        ("I. NHIỆM VỤ\n1. Sở Nội vụ\nTập trung thực hiện các nội dung sau:\n", ["*Sở Nội vụ"]),  # names nobody: the heading above holds
        # says who has made the plan
        ("I. NHIỆM VỤ\nUBND tỉnh triển khai kế hoạch trồng rừng, cụ thể các hoạt động như sau:\n", []),
        # an item over bullets of its own
        ("I. NHIỆM VỤ\n1. Giao Sở Nội vụ rà soát các cánh rừng ven sông của tỉnh\n", ["*Sở Nội vụ"]),
    ],
)
def test_who_leads_what_stands_below(above, lead):
    assert handed_down(above + TASK)[0] == lead


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("I. SỞ NỘI VỤ\n1. Rà soát.\nII. KINH PHÍ\n- Trồng rừng.\n", []),  # its part is over
        ("I. NHIỆM VỤ\n1. Sở Nội vụ\n- Rà soát.\n2. Kinh phí\n- Trồng rừng.\n", []),
        ("I. NHIỆM VỤ\n1. Sở Nội vụ\n- Rà soát:\n+ Đất.\n- Trồng rừng.\n", ["*Sở Nội vụ"]),
        ("I. NHIỆM VỤ\n- Giao Sở Nội vụ:\n+ Rà soát.\n- Trồng rừng.\n", []),
        ("I. NHIỆM VỤ\nSở Nội vụ thực hiện các nội dung sau:\n- Rà soát;\n- Đo đạc.\nTrồng rừng.\n", []),  # a paragraph ends the list
        ("I. SỞ NỘI VỤ\n1. Rà soát.\nPHỤ LỤC 01\nCÁC TRẠM BƠM\n1. Trồng rừng.\n", []),
    ],
)
def test_where_a_lead_ends(text, lead):
    assert handed_down(text)[0] == lead


@pytest.mark.parametrize(
    ("above", "coordinating"),
    [
        ("Sở Nội vụ chủ trì, phối hợp với Sở Tài chính thực hiện các nội dung sau:\n", ["*Sở Tài chính"]),
        ("1. CƠ QUAN PHỐI HỢP: SỞ Y TẾ\n", ["*SỞ Y TẾ"]),
        # a new lead below does not keep the old helpers
        ("Sở Nội vụ chủ trì, phối hợp với Sở Tài chính thực hiện các nội dung sau:\n1. Sở Y tế:\n", []),
        # an item hands down its lead alone: with whom it works holds for itself
        ("1. Giao Sở Nội vụ phối hợp với Sở Tài chính rà soát các cánh rừng của tỉnh\n", []),
    ],
)
def test_who_helps_what_stands_below(above, coordinating):
    assert handed_down("I. NHIỆM VỤ\n" + above + TASK)[1] == coordinating


@pytest.mark.parametrize(
    ("above", "times"),
    [
        ("I. PHẤN ĐẤU ĐẾN NĂM 2030\n", ["*..2030-12-31"]),
        ("I. NHIỆM VỤ\n1. Giai đoạn 2026 - 2028\n", ["*2026-01-01..2028-12-31"]),
        ("I. PHẤN ĐẤU ĐẾN NĂM 2030\n1. Giai đoạn 2026 - 2028\n", ["*..2030-12-31", "*2026-01-01..2028-12-31"]),  # both hold
        ("I. PHẤN ĐẤU ĐẾN NĂM 2030\n1. Đến năm 2030\n", ["*..2030-12-31"]),  # the same time once
        ("I. NHIỆM VỤ\nTrong quý II/2026, các xã thực hiện các nội dung sau:\n", ["*2026-04-01..2026-06-30"]),
        # a period in the title of an attached part governs nothing by itself
        ("I. NHIỆM VỤ\n1. Rà soát.\nPHỤ LỤC 01\nNHIỆM VỤ GIAI ĐOẠN 2026 - 2028\n1. Rừng\n", []),
        # a stated time governs the tasks of its own section
        ("I. NHIỆM VỤ\nThời gian thực hiện: Quý II/2026.\n", ["*2026-04-01..2026-06-30"]),
        ("I. NHIỆM VỤ\nThời gian thực hiện: Quý II/2026.\nII. GIẢI PHÁP\n", []),
        # an item of the part may state it too
        ("I. NHIỆM VỤ\n1. Thời gian kiểm tra: Dự kiến trong quý II/2026\n2. Nội dung kiểm tra\n", ["*2026-04-01..2026-06-30"]),
        # the month that is the subject of a part; a year is that of the plan
        ("I. NHIỆM VỤ TRỌNG TÂM THÁNG 9 NĂM 2026\n", ["*2026-09-01..2026-09-30"]),
        ("I. PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ IV/2026\n", ["*2026-10-01..2026-12-31"]),
        ("I. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2026\n", []),
        ("I. THỰC HIỆN NHIỆM VỤ THÁNG 9 NĂM 2026\n", []),
        # the phase that a title opens with
        ("I. NHIỆM VỤ\n1. Giai đoạn khẩn cấp (0-24 giờ)\n", ["*relative"]),
        ("I. NHIỆM VỤ\n1. Hỗ trợ các hộ khi có thiên tai\n", []),
        # when an item is due holds for itself
        ("I. NHIỆM VỤ\n1. Giao Sở Nội vụ rà soát các cánh rừng trước ngày 30/6/2026\n", []),
        ("I. NHIỆM VỤ\n1. Thực hiện Quyết định số 12/QĐ-UBND ngày 3/2/2026\n", []),  # dates of cited instruments bind nothing
    ],
)
def test_when_holds_for_what_stands_below(above, times):
    assert handed_down(above + TASK)[2] == times


# --- field labels --------------------------------------------------------------------------------------------------------


def fields_of(text, line="Rà soát"):
    reading, scopes = scopes_of(text)
    index = next(i for i, node in enumerate(reading.nodes) if words(reading, node.value).startswith(line))
    scope = scopes.fields(index)
    return names(scope.lead), names(scope.coordinating), names(scope.implementing), days(scope.times)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("Cơ quan chủ trì: Sở Nội vụ", (["Sở Nội vụ"], [], [], [])),
        ("Cơ quan chủ trì: Sở Nội vụ\nCơ quan phối hợp: Sở Y tế, Sở Tài chính", (["Sở Nội vụ"], ["Sở Y tế", "Sở Tài chính"], [], [])),
        ("Thời gian hoàn thành: Quý II/2026", ([], [], [], ["2026-04-01..2026-06-30"])),
        ("Thời gian thực hiện: Năm 2026", ([], [], [], ["2026-01-01..2026-12-31"])),
        ("Thời gian thực hiện: Thường xuyên", ([], [], [], ["ongoing"])),
        # one field alone names the doer: that is the lead; beside a lead it is the doer
        ("Cơ quan thực hiện: Sở Nội vụ", (["Sở Nội vụ"], [], [], [])),
        ("Cơ quan chủ trì: Sở Nội vụ\nĐơn vị thực hiện: Sở Y tế", (["Sở Nội vụ"], [], ["Sở Y tế"], [])),
        ("Sản phẩm: Báo cáo của Sở Y tế", ([], [], [], [])),
    ],
)
def test_fields_belong_to_the_item_above(labels, expected):
    text = f"I. NHIỆM VỤ\n1. Rà soát quỹ đất ven sông của tỉnh\n{labels}\n2. Trồng rừng\nCơ quan chủ trì: Sở Công Thương\n"
    assert fields_of(text) == expected


@pytest.mark.parametrize(
    ("line", "times"),
    [
        ("Các thôn", ["2026-06-30"]),  # the time below several paragraphs holds for them all
        ("Xã tổng hợp", ["2026-06-30"]),
        ("Sở kiểm tra", ["2026-07-31"]),
    ],
)
def test_a_time_below_several_paragraphs_holds_for_them_all(line, times):
    text = (
        "I. NHIỆM VỤ\n1. Lập danh sách\nCác thôn rà soát các hộ có nhà bị hư hỏng.\nXã tổng hợp danh sách của các thôn.\n"
        "Thời gian hoàn thành: trước ngày 30/6/2026.\nSở kiểm tra danh sách của các xã.\nThời gian hoàn thành: trước ngày 31/7/2026.\n"
    )
    assert [time[2:] for time in fields_of(text, line)[3]] == times


@pytest.mark.parametrize(
    ("line", "times"),
    [
        ("Giai đoạn sau 72 giờ:", ["*relative"]),
        ("Quý II/2026:", ["*2026-04-01..2026-06-30"]),
        ("Từ Quý II/2026, lưu ý:", []),  # says more than when
    ],
)
def test_a_line_that_is_only_a_time_holds_for_the_paragraph_below(line, times):
    text = f"I. NHIỆM VỤ\n1. Trồng rừng\n- {line}\nCác xã dọn vệ sinh, sửa đường và cấp nước sạch cho dân.\n"
    assert fields_of(text, "Các xã dọn")[3] == times


def test_fields_under_a_heading_hold_for_its_items():
    text = "I. NHIỆM VỤ\n1. Trồng rừng\nCơ quan chủ trì: Sở Nội vụ\nThời gian thực hiện: Năm 2026\n- Rà soát quỹ đất;\n- Chọn giống cây.\n"
    assert handed_down(text, "Chọn giống") == (["*Sở Nội vụ"], [], ["*2026-01-01..2026-12-31"])


# --- the top of a directive ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("intro", "lead"),
    [
        ("Chủ tịch UBND tỉnh yêu cầu Giám đốc các sở thực hiện các nội dung sau:", ["*Giám đốc các sở"]),
        ("Mùa lũ đến sớm. Để chủ động, UBND tỉnh giao Sở Nội vụ thực hiện các nội dung sau:", ["*Sở Nội vụ"]),
        ("Triển khai công điện, Sở Xây dựng yêu cầu các cơ quan, đơn vị:", ["*các cơ quan, đơn vị"]),
        ("UBND tỉnh ban hành Kế hoạch trồng rừng với các nội dung sau:", []),  # says who issues it
        ("UBND tỉnh yêu cầu Giám đốc các sở báo cáo.", []),  # opens no list
    ],
)
def test_the_introduction_of_a_directive_tells_who_acts(intro, lead):
    assert handed_down(f"CHỈ THỊ\nVề trồng rừng\n{intro}\n1. Trồng rừng ven sông, bãi bồi và các cồn.\n2. Chọn giống.\n")[0] == lead


def test_what_a_heading_names_wins_over_the_introduction():
    text = "CHỈ THỊ\nVề trồng rừng\nUBND tỉnh yêu cầu Giám đốc các sở thực hiện các nội dung sau:\n1. Sở Nội vụ\n- Trồng rừng.\n"
    assert handed_down(text)[0] == ["*Sở Nội vụ"]


# --- parts ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [("a; b ;c", ["a", "b", "c"]), ("a", ["a"]), (";; a;", ["a"]), ("", []), (" ; ", [])],
)
def test_clauses_stand_between_semicolons(text, parts):
    assert [span.of(text) for span in clauses(text, Span(0, len(text)))] == parts


def test_clauses_keep_to_their_span():
    assert [tuple(span) for span in clauses("a;b;c", Span(2, 3))] == [(2, 3)]


def time(start, kind=TimeKind.PERIOD, **fields):
    return When(TimeMention(Span(start, start + 4), kind, **fields))


def test_the_same_time_is_kept_once_and_first():
    first, again = time(0, recurrence="yearly"), When(time(9, recurrence="yearly").mention, inherited=True)
    assert merge_times((first,), (again,)) == (first,)


def test_different_times_are_kept_in_order():
    one, other, third = time(0, recurrence="yearly"), time(5, recurrence="monthly"), time(9, TimeKind.ONGOING)
    assert merge_times((one, other), (), (third,)) == (one, other, third)


def test_relative_times_differ_by_their_words():
    one, other = time(0, TimeKind.RELATIVE), time(5, TimeKind.RELATIVE)
    assert merge_times((one, other), (one,)) == (one, other)


def test_what_is_handed_down_is_marked():
    _, scopes = scopes_of("I. NHIỆM VỤ\n1. Rà soát quỹ đất ven sông\nCơ quan chủ trì: Sở Nội vụ\nThời gian: Năm 2026\n2. Rừng.\n")
    fields = scopes.fields(1)
    assert fields.lead
    assert not any(actor.inherited for actor in fields.lead)
    assert all(item.inherited for item in (*inherited(fields).lead, *inherited(fields).times))
