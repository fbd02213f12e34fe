"""Targets in the outline and in tables of indicators: where headings make outcomes targets, and which deadlines they hand down."""

import pytest
from structure import days, grid_of, reading_of, rules, scopes_of

from kehoach.extract.goals import GoalReader
from kehoach.extract.scopes import Scopes

HEAD = "KẾ HOẠCH\nPhát triển cây xanh\n\nI. CĂN CỨ\n\nThực hiện chủ trương của tỉnh.\n\n"


def goals(text):
    """(value, times) of every record of the prose, value None for an outcome without a number."""
    reading, scopes = scopes_of(HEAD + text)
    found = GoalReader(reading, scopes, rules().goals).of_outline()
    return [(record.measure.quantity.value if record.measure.quantity else None, days(record.times)) for record in found]


NUMBERED = "- Tỷ lệ cây sống đạt 90%.\n- Hoàn thành số hóa hồ sơ cây xanh toàn tỉnh.\n"
STEPS = "- Rà soát các tuyến phố chưa có cây.\n- Hoàn thiện quy hoạch cây xanh của các phường.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a period under targets hands down its year and its outcomes count
        ("II. MỤC TIÊU\n\n1. Đến năm 2030\n\n" + NUMBERED, [(90, ["*..2030-12-31"]), (None, ["*..2030-12-31"])]),
        # under a road map or tasks it only orders steps
        ("II. LỘ TRÌNH THỰC HIỆN\n\n1. Giai đoạn 2026 - 2028\n\n" + STEPS, []),
        ("II. NHIỆM VỤ\n\n1. Đến năm 2030\n\n" + STEPS, []),
        # a later horizon states targets where it states numbers
        (
            "II. MỤC TIÊU\n\n1. Mục tiêu cụ thể\n\n- Trồng 500 cây.\n\n2. Định hướng đến năm 2035\n\n- Phủ xanh 40% vỉa hè.\n- Là tỉnh xanh của vùng.\n",
            [(500, []), (40, ["*..2035-12-31"])],
        ),
        # aims: nothing among them has a number or a time
        ("II. MỤC TIÊU\n\n- Nâng cao nhận thức của người dân về cây xanh.\n- Hoàn thiện công tác quản lý cây xanh.\n", []),
        (
            "II. MỤC TIÊU\n\n1. Mục tiêu cụ thể\n\n- Nâng cao nhận thức của người dân về cây xanh.\n- Hoàn thiện công tác quản lý cây xanh.\n",
            [(None, []), (None, [])],  # a list of specific ones is to be reached
        ),
        ("II. MỤC TIÊU\n\n1. Mục tiêu cụ thể\n\nNâng cao nhận thức của người dân về cây xanh.\n", []),
        # outcomes under a later horizon have its year
        (
            "II. MỤC TIÊU\n\n1. Mục tiêu cụ thể\n\n- Trồng 500 cây.\n\n2. Định hướng đến năm 2045\n\n- Hình thành các vành đai xanh của tỉnh.\n",
            [(500, []), (None, ["*..2045-12-31"])],
        ),
        (
            "II. MỤC TIÊU\n\n1. Mục tiêu cụ thể\n\n- Trồng 500 cây.\n\n2. Tầm nhìn đến năm 2045\n\n- Phủ xanh 90% vỉa hè.\n",
            [(500, []), (90, ["*..2045-12-31"])],
        ),
        ("II. MỤC TIÊU, YÊU CẦU\n\n- Bảo đảm các nguyên tắc của Đảng.\n- Trồng cây đúng quy định, đạt 90% kế hoạch chung.\n", [(90, [])]),
        # a rhythm does not cancel the deadline above, a deadline of its own does
        ("II. CHỈ TIÊU ĐẾN NĂM 2030\n\n- Hằng năm, trồng mới 300 cây.\n", [(300, ["recurring", "*..2030-12-31"])]),
        ("II. CHỈ TIÊU ĐẾN NĂM 2030\n\n- Đến năm 2028 trồng mới 300 cây.\n", [(300, ["..2028-12-31"])]),
        # the year before a value binds it
        ("II. NHIỆM VỤ\n\n- Chăm sóc cây, phấn đấu đến năm 2030 đạt 30% cây cổ thụ được gắn biển.\n", [(30, ["..2030-12-31"])]),
    ],
)
def test_headings_decide(text, expected):
    assert goals(text) == expected


INDICATORS = [
    ["TT", "Chỉ tiêu", "Đơn vị tính", "Kết quả", "Cơ quan theo dõi"],
    ["1", "Số vườn hoa", "Vườn", "1.400", "Sở Xây dựng"],
    ["2", "Tỷ lệ cây sống", "%", "≥ 95", "Sở Xây dựng"],
    ["3", "Thu nhập của người trồng", "USD", "3.000 - 3.200", "Sở Tài chính"],
    ["4", "Tỷ lệ cây được gắn mã", "", "80%", "Sở Y tế"],
]


def test_a_bare_number_has_the_indicator_and_the_unit_of_its_row():
    text, grids = grid_of(INDICATORS, "II. CHỈ TIÊU\n\n")
    reading = reading_of(text, grids=grids)
    found = [record.measure for record in GoalReader(reading, Scopes(reading), rules().goals).of_cells()]
    assert [(item.indicator, item.quantity.comparator, item.quantity.value, item.quantity.value_max, item.quantity.unit_text) for item in found] == [
        ("Số vườn hoa", "=", 1400, None, "Vườn"),
        ("Tỷ lệ cây sống", ">=", 95, None, "%"),
        ("Thu nhập của người trồng", "range", 3000, 3200, "USD"),
        ("Tỷ lệ cây được gắn mã", "=", 80, None, "%"),
    ]


BY_YEAR = [
    ["TT", "Tên chỉ tiêu", "Đơn vị tính", "Thực hiện 2025", "Kế hoạch 2026", "2027", "Giai đoạn 2026 - 2030"],
    ["1", "Sản lượng hoa", "Triệu đồng", "4", "5", "6", "30"],
    ["2", "Tỷ lệ vỉa hè có cây", "%", "40", "45", "-", "≥ 60"],
]
IN_BRACKETS = [
    ["TT", "Chỉ tiêu", "Năm 2026", "Đến năm 2030"],
    ["1", "Tỷ lệ cây sống (%)", "80", "95%"],
    ["2", "Số phường (theo kế hoạch chung)", "3", "4"],
]


def dated(rows):
    """(indicator, value, unit, times) of the cells of one table."""
    text, grids = grid_of(rows, "II. CHỈ TIÊU ĐẾN NĂM 2035\n\n")
    reading = reading_of(text, grids=grids)
    records = GoalReader(reading, Scopes(reading), rules().goals).of_cells()
    return [(r.measure.indicator, r.measure.quantity.value, r.measure.quantity.unit_text, days(r.times)) for r in records]


def test_the_time_in_the_title_of_a_column_governs_its_values():
    assert dated(BY_YEAR) == [
        ("Sản lượng hoa", 5_000_000, "đồng", ["2026-01-01..2026-12-31"]),
        ("Sản lượng hoa", 6_000_000, "đồng", ["2027-01-01..2027-12-31"]),
        ("Sản lượng hoa", 30_000_000, "đồng", ["2026-01-01..2030-12-31"]),
        ("Tỷ lệ vỉa hè có cây", 45, "%", ["2026-01-01..2026-12-31"]),
        ("Tỷ lệ vỉa hè có cây", 60, "%", ["2026-01-01..2030-12-31"]),
    ]


def test_the_brackets_of_an_indicator_name_the_unit_where_they_hold_a_measure():
    assert dated(IN_BRACKETS) == [
        ("Tỷ lệ cây sống", 80, "%", ["2026-01-01..2026-12-31"]),
        ("Tỷ lệ cây sống (%)", 95, "%", ["..2030-12-31"]),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the time that opens a sentence holds for all its figures, up to the sentence's end
        (
            "Năm 2024, tỉnh đã trồng được 1.200 cây, tỷ lệ cây sống đạt 90%. Toàn tỉnh hiện có 40 vườn ươm.",
            [(1200, ["2024-01-01..2024-12-31"]), (90, ["2024-01-01..2024-12-31"])],
        ),
        ("Tính đến tháng 6/2025, đã cắt tỉa 300 cây; thay thế 25 cây.", [(300, ["..2025-06-30"]), (25, ["..2025-06-30"])]),
        ("Theo báo cáo của Sở Xây dựng, đến ngày 15/3/2025 đã có 7 phường đăng ký.", [(7, ["..2025-03-15"])]),
        # else the one period of a heading above
        (
            "1. Kết quả 9 tháng đầu năm 2025\n\nTỉnh đã trồng được 800 cây.\n\nQuý I năm 2025, đã cắt tỉa 50 cây.",
            [(800, ["*2025-01-01..2025-09-30"]), (50, ["2025-01-01..2025-03-31"])],
        ),
        ("1. So sánh năm 2024 với năm 2025\n\nTỉnh đã trồng được 800 cây.", [(800, [])]),
        # what it is compared with is no time of it
        ("So với năm 2024, số cây bị đổ đã giảm 12%.", [(12, [])]),
    ],
)
def test_when_what_a_report_states_was_so(text, expected):
    found = goals(f"II. TÌNH HÌNH, KẾT QUẢ THỰC HIỆN\n\n{text}\n")
    assert [figure for figure in found if figure[0] in {value for value, _ in expected}] == expected
