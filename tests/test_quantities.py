"""Numbers: what counts as one, its unit, its bound, its range. One row per behaviour."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.extract.matching import fold
from kehoach.extract.quantities import find_quantities, load_quantity_rules, parse_number
from kehoach.rules.loader import check_examples
from kehoach.schemas.errors import RuleError
from kehoach.schemas.spans import Span

RULES = load_quantity_rules()


def read(text, skip=()):
    view = fold(text)
    return find_quantities(view, Span(0, len(view)), RULES, skip)


def brief(text):
    """(comparator, value, unit) of each quantity; a range gives its two ends."""
    return [(q.comparator, q.value if q.value_max is None else (q.value, q.value_max), q.unit_text) for q in read(text)]


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("4.275", 4275),  # dots group thousands
        ("15.470.320.000", 15470320000),
        ("0,21", 0.21),  # a comma is the decimal point
        ("1.840,75", 1840.75),
        ("615,372", 615.372),  # also with three digits after it
        ("98.74", 98.74),  # a dot before two digits is a decimal point
        ("0.125", 0.125),  # no thousands begin with 0
        ("05", 5),
        ("1,500,000", 1500000),  # English groups
        ("1.3.2", None),  # a section number
        ("16.7.2019", None),  # a date
        ("1,5,6", None),
    ],
)
def test_digits_in_vietnamese_notation(digits, value):
    assert parse_number(digits) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the unit of a count is its noun phrase, up to a verb, a preposition or a mark
        ("thành lập 12 đội xung kích tại các xã", [("=", 12, "đội xung kích")]),
        ("trồng 25 cây xanh và 4 vườn hoa", [("=", 25, "cây xanh"), ("=", 4, "vườn hoa")]),
        ("cấp 300 thẻ được in mới", [("=", 300, "thẻ")]),
        ("tạo 5.000 việc làm mới", [("=", 5000, "việc làm")]),  # "làm" is a stop word, "việc làm" a compound
        ("xây 3 khu nhà ở công nhân", [("=", 3, "khu nhà ở công nhân")]),
        ("có 50 tổ chức tham gia", [("=", 50, "tổ chức")]),  # a noun where it follows the number
        ("có 12 trạm 5G tại các xã", [("=", 12, "trạm 5G")]),
        ("có 4 nhà máy Thăng Long", [("=", 4, "nhà máy")]),  # a proper name is no unit
        # percentages take no noun
        ("đạt 75% hộ dân", [("=", 75, "%")]),
        ("lãi suất 3 % / năm", [("=", 3, "% / năm")]),
        ("tăng 10,5%/năm", [("+", 10.5, "%/năm")]),
        # closed units, also glued
        ("dài 24km bờ kè", [("=", 24, "km")]),
        ("sống thọ 77 tuổi", [("=", 77, "tuổi")]),
        ("ở mức 32 m2 sàn/người", [("=", 32, "m2 sàn/người")]),
        ("thu 15 triệu đồng/người/năm", [("=", 15000000, "đồng/người/năm")]),
        # multipliers
        ("vốn 2,5 triệu USD", [("=", 2500000, "USD")]),
        ("thu 31.480 tỷ đồng", [("=", 31480000000000, "đồng")]),
        ("cần 84,3 nghìn tỷ đồng", [("=", 84300000000000, "đồng")]),
        ("đón 18 - 19 triệu lượt khách", [("range", (18e6, 19e6), "lượt khách")]),
        # denominators
        ("28 giường bệnh trên 10.000 dân", [("=", 28, "giường bệnh trên 10.000 dân")]),
        ("27 giường bệnh/vạn dân", [("=", 27, "giường bệnh/vạn dân")]),
        ("dưới 45/100.000 trẻ đẻ sống", [("<", 45, "/100.000 trẻ đẻ sống")]),
        ("tỉa 300 cây/276 tuyến phố", [("=", 300, "cây"), ("=", 276, "tuyến phố")]),  # not a power of ten: two counts
        ("họp 2 lần/năm", [("=", 2, "lần/năm")]),
        ("tốc độ 3 Gigabit mỗi giây", [("=", 3, "Gigabit mỗi giây")]),
        ("03 cơ sở giáo dục, đào tạo của tỉnh", [("=", 3, "cơ sở giáo dục, đào tạo")]),  # one noun with a comma in it
        ("12 tổ chức khoa học và công nghệ được xếp hạng", [("=", 12, "tổ chức khoa học và công nghệ")]),
        ("đạt mức 11 người trên một vạn dân", [("=", 11, "người trên một vạn dân")]),
    ],
)
def test_units(text, expected):
    assert brief(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tối thiểu 80%", ">="),
        ("tối thiểu đạt 95%", ">="),  # a filler between
        ("đạt ít nhất 68 năm", ">="),
        ("tăng ít nhất 05 bậc", ">="),  # a bound wins over a change
        ("không dưới 30%", ">="),
        ("đạt ≥ 95%", ">="),
        ("đạt 8% trở lên", ">="),
        ("tăng khoảng 12% trở lên", ">="),
        ("cho thuê từ 05 sạp hàng bán nông sản sạch thông thường trở lên", ">="),  # far from the number, behind "từ"
        ("không quá 5%", "<="),
        ("5% trở xuống", "<="),
        ("đạt trên 80%", ">"),
        ("khoảng trên 500 hộ", ">"),
        ("dưới 3%", "<"),
        ("giảm tỷ suất xuống dưới 10 ca", "<"),
        ("khoảng 50 tuyến phố", "~"),
        ("người từ 65 tuổi trở lên chiếm khoảng 12%", "~"),  # "lên" of another bound is not ours
        ("ước đạt 900 hộ", "~"),
        ("cơ bản 100% hộ", "~"),
        ("tăng 5 bậc", "+"),
        ("tăng thêm 400 hộ", "+"),
        ("tăng bình quân 12%/năm", "+"),
        ("giảm 0,35% số hộ", "-"),
        ("giảm lượng rác thải 10% so với năm nền", "-"),  # the verb of change stands before its object
        ("giảm một nửa tỷ lệ đó", "-"),
        ("giảm ít nhất một nửa tỷ lệ đó", ">="),
        ("tăng lên 3 lần", "="),  # the value reached
        ("giảm xuống còn 5%", "="),
        ("tốc độ tăng trưởng đạt 8%", "="),
        ("tăng gấp 1,5 lần năng suất", "="),
        ("đạt 0,88-0,9", "range"),
        ("từ 10 đến 15%", "range"),
        ("giảm từ 0,7%-1,0%/năm", "range"),
        ("giảm 20 - 25% số vụ", "range"),
    ],
)
def test_comparators(text, expected):
    assert read(text)[-1].comparator == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the bound holds for what is only added to it
        ("ít nhất 100 doanh nghiệp, 50 hợp tác xã", [(">=", 100, "doanh nghiệp"), (">=", 50, "hợp tác xã")]),
        ("ít nhất 100 doanh nghiệp, đào tạo 50 kỹ sư", [(">=", 100, "doanh nghiệp"), ("=", 50, "kỹ sư")]),
        # "trên" may say where
        ("tuyên truyền trên 4 loại hình báo chí", [("=", 4, "loại hình báo chí")]),
        ("phát triển trên 40 ngành nghề", [("=", 40, "ngành nghề")]),
        ("đạt trên 4 loại hình", [(">", 4, "loại hình")]),
        ("diện tích tối thiểu là 30m2, không thấp hơn 24m2", [(">=", 30, "m2"), (">=", 24, "m2")]),
    ],
)
def test_bounds_beside_each_other_and_grounds(text, expected):
    assert brief(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tăng gấp đôi tốc độ", [("=", 2, "lần")]),
        ("giảm một nửa", [("-", 0.5, None)]),
        ("đạt hai phần ba", [("=", 0.666667, None)]),
        ("đạt 1/3 số xã", [("=", 0.333333, None)]),
        ("tăng trưởng hai con số", [(">=", 10, "%")]),
        ("mỗi xã có ít nhất một cán bộ", [(">=", 1, "cán bộ")]),
        ("ba khâu đột phá, một số việc", []),  # number words name things unless they are bounds
        ("chỉ số đạt 68,5", [("=", 68.5, None)]),  # no unit, but a value
        ("xếp thứ 41/63 tỉnh", [("=", 41, None)]),
    ],
)
def test_words_and_bare_values(text, expected):
    assert brief(text) == expected


@pytest.mark.parametrize(
    ("text", "value", "planned"),
    [
        ("cho 30.120/95.000 lao động", 30120, 95000),
        ("hoàn thành 15/15 nhiệm vụ", 15, 15),
        ("đạt 43,27/80 điểm", 43.27, None),  # the scale is no plan
    ],
)
def test_ratios_carry_the_plan(text, value, planned):
    (quantity,) = read(text)
    assert (quantity.value, quantity.planned) == (value, planned)


@pytest.mark.parametrize(
    "text",
    [
        "theo khoản 2 Điều 5, điểm 3 Mục 4",
        "Nghị định số 61/2018/NĐ-CP, Chương trình 08-CTr/TU, Nghị quyết 68/NQ-CP",
        "Đề án 06 và TCVN 5574",
        "ngày 15/11, 16/7/2019, tháng 8/2020, 8-12/7/2019, ngày 10.4",
        "giai đoạn 2021 - 2025, năm 2030, từ 2026 đến 2030",
        "dịch vụ công mức độ 4, cấp độ 2, lần thứ 9, khóa 16, Nhóm 4",
        "mạng 5G, Covid-19, nhà ga T3, tầng 2, Quốc lộ 27, vành đai 2,3",
        "lúc 14h00, 7 giờ 30, 8:30, trực 24/7",
        "ĐT: 024.38253536, Fax 0243825353",
        "gồm (1) rà soát; (2) công bố [3]",
        "hoạt động tại 17 Trần Phú",
        "bộ phận 1 cửa",
        "phát thải ròng bằng 0",
        "quy hoạch chi tiết 1/500 các khu chức năng",
        "1. Rà soát",
        "2.1. Rà soát",
        "mục tiêu 3.5.b",
    ],
)
def test_names_dates_and_citations_are_no_quantities(text):
    assert brief(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("công bố danh mục 72 thủ tục", 72),  # "mục" alone would cite
        ("ở mức 15%", 15),  # "mức 2" would be a grade
        ("2026 hộ nghèo", 2026),  # looks like a year, counts households
        ("chỉ tiêu 200 sinh viên", 200),
        ("38 km", 38),
    ],
)
def test_what_only_looks_like_a_name_counts(text, value):
    assert [quantity.value for quantity in read(text)] == [value]


def test_skipped_spans_hold_no_quantities_except_frequencies():
    text = "trong 6 tháng đầu năm, họp ít nhất 1 lần/năm"
    assert [q.value for q in read(text, [Span(0, 12)])] == [1]
    assert [q.value for q in read(text, [Span(0, len(text))])] == [1]


def test_spans_slice_back_to_what_is_printed():
    text = "Phấn đấu đạt ít nhất 2,5 triệu m2 sàn nhà vào năm 2030"
    (quantity,) = read(text)
    assert quantity.span.of(text) == "ít nhất 2,5 triệu m2 sàn nhà"
    assert (quantity.number.of(text), quantity.unit.of(text)) == ("2,5", "m2 sàn nhà")


def test_only_the_asked_stretch_is_read():
    text = "có 5 xã và 7 phường trở lên"
    assert [q.value for q in find_quantities(text, Span(3, 7), RULES)] == [5]


@given(st.text(alphabet="0123456789.,/-–%() đạttừđếntrởlênnămtỷtriệuhộxãGhN\n\xa0", max_size=60))
def test_any_text_reads_and_spans_stay_inside(text):
    view = fold(text)
    quantities = find_quantities(view, Span(0, len(view)), RULES)
    for quantity in quantities:
        assert 0 <= quantity.span.start <= quantity.number.start < quantity.number.end <= quantity.span.end <= len(text)
        assert quantity.unit is None or quantity.unit.end <= len(text)
        assert quantity.value_max is None or quantity.value < quantity.value_max
    assert all(a.span.end <= b.number.start for a, b in pairwise(quantities))


@given(st.text(max_size=80))
def test_never_raises(text):
    find_quantities(fold(text), Span(0, len(text)), RULES)


def test_a_users_words_are_added(tmp_path):
    (tmp_path / "units.yaml").write_text("closed: [sào]\nmultipliers: {tá: 12}\nstops: [ngay]", "utf-8")
    (tmp_path / "quantities.yaml").write_text(
        'rules: [{id: quantities.house, label: name-before, pattern: "nhà\\\\s+(?=\\\\d)", examples: [nhà 5]}]', "utf-8"
    )
    rules = load_quantity_rules(tmp_path)
    assert [(q.value, q.unit_text) for q in find_quantities("2 tá cây ngay, 5 sào đất, nhà 7 tầng", Span(0, 36), rules)] == [(24, "cây"), (5, "sào")]
    assert not check_examples(next(rule for rule in rules.patterns if rule.id == "quantities.house"))


@pytest.mark.parametrize("body", ["colour: [x]", "closed: ['']", "closed: [5]", "multipliers: {tá: không}", "multipliers: {tá: -1}", "just text"])
def test_bad_unit_files_are_refused(body, tmp_path):
    (tmp_path / "units.yaml").write_text(body, "utf-8")
    with pytest.raises(RuleError):
        load_quantity_rules(tmp_path)
