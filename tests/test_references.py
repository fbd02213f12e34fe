"""Cited instruments: numbers, dates, issuers, laws by name, relations, and each once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.extract.issuers import compile_issuers, read_issuer, settle_case
from kehoach.extract.matching import fold
from kehoach.extract.references import find_references, load_reference_rules, merge_references
from kehoach.rules.instruments import load_instruments
from kehoach.schemas.errors import RuleError
from kehoach.schemas.spans import Span

RULES = load_reference_rules()


def cited(text):
    view = fold(text)
    return find_references(view, Span(0, len(view)), RULES)


def fields(mention):
    return mention.doc_type, mention.number, mention.issued_on and mention.issued_on.isoformat(), mention.issuer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # kind, number, date and issuer as printed
        ("theo Nghị quyết số 12-NQ/TW ngày 03/02/2021 của Bộ Chính trị về", ("Nghị quyết", "12-NQ/TW", "2021-02-03", "Bộ Chính trị")),
        ("Kế hoạch số 45/KH-UBND ngày 07 tháng 8 năm 2022 của UBND tỉnh Yên Sơn ban hành", ("Kế hoạch", "45/KH-UBND", "2022-08-07", "UBND tỉnh Yên Sơn")),
        ("Nghị định số 9/2020/NĐ-CP", ("Nghị định", "9/2020/NĐ-CP", None, None)),
        ("Thông tư 05/2019/TT-BYT của Bộ trưởng Bộ Y tế hướng dẫn", ("Thông tư", "05/2019/TT-BYT", None, "Bộ trưởng Bộ Y tế")),
        ("Nghị quyết số 31/2022/QH15 ngày 1-3-2022 của Quốc hội", ("Nghị quyết", "31/2022/QH15", "2022-03-01", "Quốc hội")),
        ("Quy định số 11-QĐ/TW", ("Quy định", "11-QĐ/TW", None, None)),
        ("Tờ trình số 2/TTr-CAT-PV ngày 03.02.2023", ("Tờ trình", "2/TTr-CAT-PV", "2023-02-03", None)),
        # the word "văn bản" takes its kind from the number where that says one
        ("tại văn bản số 88/BC-UBND, ngày 9/7/2019", ("Báo cáo", "88/BC-UBND", "2019-07-09", None)),
        ("văn bản số 1867/UBND-ĐT", ("Văn bản", "1867/UBND-ĐT", None, None)),
        ("Công văn số 867/UBND-NC", ("Công văn", "867/UBND-NC", None, None)),
        ("(QĐ số 84/QĐ-UBND ngày 04/8/2015)", ("Quyết định", "84/QĐ-UBND", "2015-08-04", None)),
        # blanks and wrapped lines inside numbers and dates
        ("Chương trình hành động số 7- CTr/TU", ("Chương trình hành động", "7-CTr/TU", None, None)),
        ("Quyết định số94 /QĐ-UBND ngày 30 tháng10 năm 2017", ("Quyết định", "94/QĐ-UBND", "2017-10-30", None)),
        ("Nghị\nquyết số 71/NQ -CP ngày\n01/4/2025 của Chính phủ", ("Nghị quyết", "71/NQ-CP", "2025-04-01", "Chính phủ")),
        ("Nghị định số 14/2021/NĐ-\nCP", ("Nghị định", "14/2021/NĐ-CP", None, None)),
        ("Quyết định số 10/QĐ - UBND", ("Quyết định", "10/QĐ-UBND", None, None)),
        # capitals of a title: codes get their spelling back, the issuer its usual writing
        ("THỰC HIỆN QUYẾT ĐỊNH SỐ 62/QĐ-TTG NGÀY 10/5/2017 CỦA THỦ TƯỚNG CHÍNH PHỦ VỀ", ("Quyết định", "62/QĐ-TTg", "2017-05-10", "Thủ tướng Chính phủ")),
        # forms that deviate from the decree are kept as printed
        ("Nghị quyết số 13/NQ/CP ngày 6/10/2017 của Chính phủ", ("Nghị quyết", "13/NQ/CP", "2017-10-06", "Chính phủ")),
        ("Ðề nghị theo Quyết định số 5/QÐ-UBND", ("Quyết định", "5/QĐ-UBND", None, None)),
        # the issuer between kind and number; a law's number in brackets; a code nobody knows
        ("Quyết định của Thủ tướng Chính phủ số 12/QĐ-TTg ngày 1/2/2020", ("Quyết định", "12/QĐ-TTg", "2020-02-01", "Thủ tướng Chính phủ")),
        ("Luật Đầu tư công (số 58/2024/QH15) quy định", ("Luật", "58/2024/QH15", None, None)),
        ("đã nêu (số 12/ABC-XYZ)", ("Công văn", "12/ABC-XYZ", None, None)),
        # forms of companies and of careless typing: dotted numbers, small letters, lost dashes, years of two figures
        ("Nghị quyết số 66.4/2025/NQ-CP ngày 21/9/2025", ("Nghị quyết", "66.4/2025/NQ-CP", "2025-09-21", None)),
        ("tại văn bản số 01.6/ABC/KSX ngày 10/6/2026;", ("Văn bản", "01.6/ABC/KSX", "2026-06-10", None)),
        ("Văn bản số 93/CT-05 ngày 18/6/2026", ("Văn bản", "93/CT-05", "2026-06-18", None)),
        ("theo kế hoạch số 31/kh-ubnd ngày 5/3/2024", ("Kế hoạch", "31/KH-UBND", "2024-03-05", None)),
        ("Quyết định số 12/2006/qđ-ttg", ("Quyết định", "12/2006/QĐ-TTg", None, None)),
        ("Quyết định 27/QĐ TTg năm 2024", ("Quyết định", "27/QĐ-TTg", None, None)),
        ("Quyết định số 45/QĐ-UBND ngày 12/5/24 của UBND tỉnh", ("Quyết định", "45/QĐ-UBND", "2024-05-12", "UBND tỉnh")),
        ("Thông tư số 02/99/TT-BYT", ("Thông tư", "02/99/TT-BYT", None, None)),
        # bare numbers
        ("Nghị quyết số 08 của Bộ Chính trị", ("Nghị quyết", "08", None, "Bộ Chính trị")),
        ("(theo QĐ 17 của Thủ tướng Chính phủ)", ("Quyết định", "17", None, "Thủ tướng Chính phủ")),
        ("Kế hoạch số 9 ngày 2/3/2020", ("Kế hoạch", "9", "2020-03-02", None)),
        # laws
        ("Luật Tổ chức A số 7/2015/QH13 ngày 19/6/2015;", ("Luật", "7/2015/QH13", "2015-06-19", None)),
        ("Luật Bảo vệ rừng ngày 15 tháng 11 năm 2018;", ("Luật", None, "2018-11-15", None)),
        ("Luật Phòng cháy, chữa cháy và cứu nạn 2024 quy định", ("Luật", None, None, None)),
        ("Bộ luật Dân sự năm 2015", ("Bộ luật", None, None, None)),
        ("Luật Dữ liệu được Quốc hội khóa XV thông qua tại kỳ họp thứ 8 ngày 30 tháng 11 năm 2024", ("Luật", None, "2024-11-30", None)),
        # who issued it, in the clause before
        ("Ngày 26/11/2021, UBND tỉnh An Hải đã có Chỉ thị 05/CT-UBND về", ("Chỉ thị", "05/CT-UBND", "2021-11-26", "UBND tỉnh An Hải")),
        ("UBND Thành phố vừa ban hành Kế hoạch số 155/KH-UBND", ("Kế hoạch", "155/KH-UBND", None, "UBND Thành phố")),
        ("Phó Chủ tịch UBND Thành phố Trần Thu An vừa ký ban hành Kế hoạch số 18/KH-UBND", ("Kế hoạch", "18/KH-UBND", None, "UBND Thành phố")),
        ("đã được Thủ tướng Chính phủ phê duyệt tại Quyết định số 75/QĐ-TTg", ("Quyết định", "75/QĐ-TTg", None, "Thủ tướng Chính phủ")),
        ("Tại văn bản số 34/UBND-ĐT ngày 8/7/2019, UBND Thành phố chỉ đạo", ("Văn bản", "34/UBND-ĐT", "2019-07-08", "UBND Thành phố")),
        ("Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 5/TTr-SNV", ("Tờ trình", "5/TTr-SNV", None, "Sở Nội vụ")),
        # a body that the number contradicts is not its issuer
        ("UBND tỉnh ban hành kế hoạch; UBND tỉnh phê duyệt tại Quyết định số 75/QĐ-TTg", ("Quyết định", "75/QĐ-TTg", None, None)),
        ("của Hội nghị: Nghị quyết số 21-NQ/TW của Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII về", ("Nghị quyết", "21-NQ/TW", None, "Ban Chấp hành Trung ương Đảng khóa XII")),
    ],
)  # fmt: skip
def test_one_citation(text, expected):
    found = cited(text)
    assert [fields(mention) for mention in found] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Luật Đất đai và các văn bản hướng dẫn",
        "triển khai Luật Đất đai trong năm 2025",
        "Luật sư Nguyễn Văn A năm 2020",
        "Hội Luật gia quận nhiệm kỳ 2024-2029",
        "Kế hoạch 5 năm 2021 - 2025 của tỉnh",
        "Chương trình 135, Đề án 06",
        "Đề án số 13 về tăng cường quản lý",
        "tuyến đường ĐT.741/QL1A, Km40+00",
        "tăng 12/15 chỉ tiêu, 50.019/160.000 lao động",
        "Số:        /KH-UBND",
        "https://vd.vn/ke-hoach-122-kh-ubnd-2020",
        "ban hành 05 Quyết định công bố thủ tục",
        "Kết luận 1: đạt",
        "ngày 15/UBND",
    ],
)
def test_what_is_no_citation(text):
    assert cited(text) == ()


def test_an_enumeration_shares_kind_and_issuer():
    text = "các Quyết định số 36/QĐ-TTg ngày 11/01/2024 và số 68/QĐ-TTg ngày 27/12/2024 của Thủ tướng Chính phủ"
    first, second = cited(text)
    assert fields(first) == ("Quyết định", "36/QĐ-TTg", "2024-01-11", "Thủ tướng Chính phủ")
    assert fields(second) == ("Quyết định", "68/QĐ-TTg", "2024-12-27", "Thủ tướng Chính phủ")
    assert second.span.of(text) == "số 68/QĐ-TTg ngày 27/12/2024 của Thủ tướng Chính phủ"


def test_a_law_that_amends_others_is_one_law():
    (law,) = cited("Luật Sửa đổi, bổ sung một số điều của Luật Tổ chức A và Luật Tổ chức B ngày 22 tháng 11 năm 2019;")
    assert law.name == "Sửa đổi, bổ sung một số điều của Luật Tổ chức A và Luật Tổ chức B"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "theo Quyết định số 3/QĐ-TTg ngày 01/02/2020 của Thủ tướng Chính phủ về việc",
            "Quyết định số 3/QĐ-TTg ngày 01/02/2020 của Thủ tướng Chính phủ",
        ),
        ("(Chỉ thị 5/CT-UBND năm 2025) quy định", "Chỉ thị 5/CT-UBND năm 2025"),
        ("thì Luật Cư trú năm 2020 nêu", "Luật Cư trú năm 2020"),
        ("theo Nghị quyết số 57-NQ/TW (ngày 22/12/2024) của Bộ Chính trị về", "Nghị quyết số 57-NQ/TW (ngày 22/12/2024) của Bộ Chính trị"),
    ],
)
def test_the_span_runs_to_the_end_of_what_belongs_to_it(text, quote):
    assert cited(text)[0].span.of(text) == quote


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("Căn cứ Luật Cư trú ngày 1/2/2020; Nghị định số 3/2021/NĐ-CP;", ["legal_basis", "legal_basis"]),
        ("Căn cứ Luật Cư trú ngày 1/2/2020;\nXét đề nghị của Sở A tại Tờ trình số 5/TTr-SA", ["legal_basis", "mentions"]),
        ("KẾ HOẠCH\nTriển khai thực hiện Chỉ thị số 11-CT/TU", ["implements"]),
        ("Thực hiện Nghị quyết số 5-NQ/TW về A; Nghị quyết số 6/NQ-CP của Chính phủ", ["implements", "implements"]),
        ("Thực hiện Nghị quyết số 5-NQ/TW về A. Theo Báo cáo số 6/BC-UBND", ["implements", "mentions"]),
        ("(Ban hành kèm theo Quyết định số 7/QĐ-UBND)", ["attached_to"]),
        ("Kế hoạch hành động quốc gia ban hành kèm theo Quyết định số 7/QĐ-TTg", ["mentions"]),
        ("Điều 1. Sửa đổi, bổ sung một số điều của Quyết định số 8/QĐ-UBND", ["amends"]),
        ("tham mưu trình Chính phủ sửa đổi Nghị định số 8/2020/NĐ-CP", ["mentions"]),
        ("Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 9/QĐ-UBND", ["replaces"]),
        (f"{'x ' * 3500}tiếp tục thực hiện Quyết định số 9/QĐ-UBND", ["mentions"]),
    ],
)
def test_relations(text, relations):
    assert [mention.relation for mention in cited(text)] == relations


@pytest.mark.parametrize(
    ("text", "own", "expected"),
    [
        # the same instrument again, shorter, fuller or in capitals
        ("Nghị quyết 57. Nghị quyết số 57-NQ/TW ngày 22/12/2024. NGHỊ QUYẾT SỐ 57-NQ/TW", None, [("57-NQ/TW", date(2024, 12, 22))]),
        ("Quyết định số 5/QĐ-TTg. Quyết định số 5/QĐ-TTg ngày 1/2/2020", None, [("5/QĐ-TTg", date(2020, 2, 1))]),
        # numbers begin again every year
        (
            "Chỉ thị số 02/CT-TTg ngày 15/11/2019. Chỉ thị số 02/CT-TTg ngày 04/7/2018",
            None,
            [("02/CT-TTg", date(2019, 11, 15)), ("02/CT-TTg", date(2018, 7, 4))],
        ),
        # a bare number of another kind is another instrument
        ("Chỉ thị 57 của Ban Bí thư. Nghị quyết số 57-NQ/TW", None, [("57", None), ("57-NQ/TW", None)]),
        # the document's own number
        ("Số: 12 /KH-UBND. Kế hoạch số 12/KH-UBND. Báo cáo số 3/BC-UBND", "12/KH-UBND", [("3/BC-UBND", None)]),
        # laws by name; capitals stand for initials; the years tell them apart
        ("Luật Bảo vệ bí mật nhà nước ngày 15/11/2018. Luật Bảo vệ BMNN năm 2018", None, [(None, date(2018, 11, 15))]),
        ("Luật Đất đai năm 2013. Luật Đất đai năm 2024", None, [(None, None), (None, None)]),
        ("Luật Cư trú ngày 1/2/2003. Luật Dạy nghề ngày 1/2/2003", None, [(None, date(2003, 2, 1)), (None, date(2003, 2, 1))]),
    ],
)
def test_each_instrument_once(text, own, expected):
    assert [(mention.number, mention.issued_on) for mention in merge_references(cited(text), own)] == expected


def test_merging_takes_the_first_place_and_the_fullest_fields():
    (merged,) = merge_references(cited("Kế hoạch số 5/KH-UBND. Thực hiện Kế hoạch số 5/KH-UBND ngày 1/2/2020 của UBND tỉnh"), None)
    assert (merged.span, merged.issued_on, merged.issuer, merged.relation) == (Span(0, 21), date(2020, 2, 1), "UBND tỉnh", "implements")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ban Chấp hành Trung ương Đảng khóa XIII về", "Ban Chấp hành Trung ương Đảng khóa XIII"),
        ("UBND TP. Hà Nội đã", "UBND TP. Hà Nội"),
        ("Bộ Lao động - Thương binh và Xã hội hướng dẫn", "Bộ Lao động - Thương binh và Xã hội"),
        ("Bộ Văn hóa, Thể thao và Du lịch ban hành", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("Bộ Kế hoạch và Đầu tư về", "Bộ Kế hoạch và Đầu tư"),
        ("Ban Tổ chức Trung ương. Các", "Ban Tổ chức Trung ương"),
        ("Chính phủ và Nghị quyết số", "Chính phủ"),
        ("UBND tỉnh Sửa đổi, bổ sung", "UBND tỉnh"),
        ("BỘ XÂY DỰNG VỀ HƯỚNG DẪN", "BỘ XÂY DỰNG"),
        ("HĐND TP); Đề án", "HĐND TP"),
        ("người dân địa phương", None),
    ],
)
def test_where_an_issuer_ends(text, name):
    span = read_issuer(text, 0, len(text), RULES.issuers)
    assert (span and span.of(text)) == name


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ", "Ủy ban nhân dân thành phố Cần Thơ"),
        ("BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("VĂN PHÒNG UBND TỈNH SƠN LA", "Văn phòng UBND tỉnh Sơn La"),
        ("PHÓ CHỦ TỊCH", "Phó Chủ tịch"),
        ("Sở TT&TT", "Sở TT&TT"),
    ],
)
def test_capitals_are_settled(printed, written):
    assert settle_case(printed, compile_issuers(load_instruments())) == written


@given(st.text(alphabet="Nghị quyết Luật số 0123456789/-.,;:()ngàythángnăm của UBND QĐ-TTg\nĐÐ|*", max_size=300))
def test_any_text_parses_and_spans_lie_in_it(text):
    view = fold(text)
    for mention in merge_references(find_references(view, Span(0, len(view)), RULES), "1/QĐ-UBND"):
        assert 0 <= mention.span.start < mention.span.end <= len(view)


def test_only_the_span_asked_for_is_read():
    view = "Quyết định số 1/QĐ-UBND. Quyết định số 2/QĐ-UBND. Quyết định số 3/QĐ-UBND."
    (mention,) = find_references(view, Span(25, 49), RULES)
    assert mention.number == "2/QĐ-UBND"


def test_a_users_register_adds_kinds_and_issuers(tmp_path):
    (tmp_path / "instruments.yaml").write_text("types: [{name: Sổ tay, codes: [ST]}]\nissuers: [{code: XYZ, name: Viện X}]", "utf-8")
    rules = load_reference_rules(tmp_path)
    (mention,) = find_references("Sổ tay số 4/ST-XYZ", Span(0, 18), rules)
    assert (mention.doc_type, mention.number) == ("Sổ tay", "4/ST-XYZ")


@pytest.mark.parametrize(
    "body", ["types: [{codes: [X]}]", "types: [{name: X, colour: red}]", "types: [{name: X, plan: maybe}]", "issuers: [{code: X}]", "colour: red"]
)
def test_a_malformed_register_is_refused(body, tmp_path):
    (tmp_path / "instruments.yaml").write_text(body, "utf-8")
    with pytest.raises(RuleError):
        load_instruments(tmp_path)
