"""Tasks and targets of tables: what the cells of a row give to the items of its task cell (annotation guide, section 9)."""

import pytest
from structure import days, grid_of, names, reading_of, rules, words

from kehoach.extract.goals import GoalReader
from kehoach.extract.scopes import Scopes
from kehoach.extract.tabletasks import find_table_tasks

HEAD = ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian", "Kết quả"]


def read(rows, before="II. NHIỆM VỤ\n\n"):
    text, grids = grid_of(rows, before)
    reading = reading_of(text, grids=grids)
    assert len(reading.tables) == 1
    return reading, Scopes(reading)


def tasks(rows, before="II. NHIỆM VỤ\n\n"):
    """Quote, lead, coordinating, implementing, times, outputs of every task of the table."""
    reading, scopes = read(rows, before)
    return [
        (
            words(reading, task.span),
            names(task.lead),
            names(task.coordinating),
            names(task.implementing),
            days(task.times),
            [words(reading, span) for span in task.outputs],
        )
        for task in find_table_tasks(reading, scopes)
    ]


def of_row(*cells, head=HEAD, before="II. NHIỆM VỤ\n\n"):
    """The tasks of the first of two rows, without their quotes."""
    other = ["2", "Tổ chức hội nghị tổng kết", *["" for _ in head[2:]]]
    other[2] = "Sở Công Thương"
    return [task for task in tasks([head, ["1", *cells], other], before) if task[0] != "Tổ chức hội nghị tổng kết"]


def test_a_row_gives_its_cells_to_its_task():
    assert of_row("Rà soát quỹ đất", "Sở Nội vụ", "Sở Y tế; Công an tỉnh", "Quý II/2026", "Báo cáo rà soát") == [
        ("Rà soát quỹ đất", ["Sở Nội vụ"], ["Sở Y tế", "Công an tỉnh"], [], ["2026-04-01..2026-06-30"], ["Báo cáo rà soát"])
    ]


def test_a_task_knows_its_table_and_row():
    reading, scopes = read([HEAD, ["1", "Rà soát quỹ đất", "Sở Nội vụ", "", "", ""], ["2", "Giao đất cho dân", "Sở Y tế", "", "", ""]])
    assert [task.row for task in find_table_tasks(reading, scopes)] == [(0, 0), (0, 1)]
    assert {reading.nodes[task.node].number for task in find_table_tasks(reading, scopes)} == {"II"}


def test_a_merged_cell_is_inherited_by_the_rows_below():
    rows = [
        HEAD,
        ["1", "Rà soát quỹ đất", "Sở Nội vụ", "Sở Y tế", "Quý II/2026", ""],
        ["2", "Giao đất cho dân", "^", "^", "^", ""],
        ["3", "Trồng rừng ven sông", "Sở Công Thương", "", "", ""],
    ]
    assert [task[1:5] for task in tasks(rows)] == [
        (["Sở Nội vụ"], ["Sở Y tế"], [], ["2026-04-01..2026-06-30"]),
        (["*Sở Nội vụ"], ["*Sở Y tế"], [], ["*2026-04-01..2026-06-30"]),
        (["Sở Công Thương"], [], [], []),  # an empty cell is empty
    ]


def test_a_merged_task_cell_is_one_task():
    rows = [HEAD, ["1", "Rà soát quỹ đất", "Sở Nội vụ", "", "Quý I/2026", ""], ["^", "^", "Sở Y tế", "", "Quý II/2026", ""]]
    assert [task[0] for task in tasks(rows)] == ["Rà soát quỹ đất"]


# --- items of cells ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("doers", "expected"),
    [
        # one agency for every item is nobody's own
        ("Sở Nội vụ", [["*Sở Nội vụ"], ["*Sở Nội vụ"]]),
        # bullets that agree in number answer in order
        ("- Sở Nội vụ\n- Sở Y tế", [["Sở Nội vụ"], ["Sở Y tế"]]),
        # the names of one list may take lines of their own
        ("Sở Nội vụ\nSở Y tế", [["*Sở Nội vụ", "*Sở Y tế"], ["*Sở Nội vụ", "*Sở Y tế"]]),
        ("- Sở Nội vụ\n- Sở Y tế\n- Sở Công Thương", [["*Sở Nội vụ", "*Sở Y tế", "*Sở Công Thương"]] * 2),
    ],
)
def test_doers_of_two_items(doers, expected):
    found = of_row("- Rà soát quỹ đất\n- Giao đất cho dân", doers, "", "", "")
    assert [task[0] for task in found] == ["Rà soát quỹ đất", "Giao đất cho dân"]
    assert [task[1] for task in found] == expected


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ("Quý I/2026", [["*2026-01-01..2026-03-31"]] * 2),
        ("- Quý I/2026\n- Quý II/2026", [["2026-01-01..2026-03-31"], ["2026-04-01..2026-06-30"]]),
    ],
)
def test_times_of_two_items(times, expected):
    assert [task[4] for task in of_row("- Rà soát quỹ đất\n- Giao đất cho dân", "Sở Nội vụ", "", times, "")] == expected


def test_results_of_two_items_answer_in_order_or_belong_to_neither():
    assert [task[5] for task in of_row("- Rà soát quỹ đất\n- Giao đất cho dân", "", "", "", "- Báo cáo\n- Sổ đỏ")] == [["Báo cáo"], ["Sổ đỏ"]]
    assert [task[5] for task in of_row("- Rà soát quỹ đất\n- Giao đất cho dân", "", "", "", "Báo cáo")] == [[], []]


@pytest.mark.parametrize(
    ("result", "times", "outputs"),
    [
        ("Báo cáo rà soát", [], ["Báo cáo rà soát"]),
        ("- Báo cáo\n- Kế hoạch", [], ["Báo cáo", "Kế hoạch"]),
        # a result that is a timeframe gives that timeframe
        ("Hoàn thành trước 30/5/2026", ["..2026-05-30"], []),
        ("Quý II/2026", ["2026-04-01..2026-06-30"], []),
        ("Thường xuyên", ["ongoing"], []),
        # one that names a product and a time gives both
        ("Quyết định của UBND tỉnh phê duyệt phương án giao đất, ban hành trước 30/5/2026", ["..2026-05-30"], None),
        # a share to reach is a target however much of it is time
        ("Năm 2026: 100%", None, ["Năm 2026: 100%"]),
    ],
)
def test_results_of_a_row(result, times, outputs):
    (task,) = of_row("Rà soát quỹ đất", "Sở Nội vụ", "", "", result)
    assert times is None or task[4] == times
    assert (len(task[5]) == 1) if outputs is None else (task[5] == outputs)


# --- who -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "lead", "coordinating"),
    [
        ("Sở Nội vụ, Sở Y tế", ["Sở Nội vụ", "Sở Y tế"], []),
        ("Các Sở: Nội vụ, Y tế", ["Sở Nội vụ", "Sở Y tế"], []),
        # helpers told in the doer's cell
        ("Sở Nội vụ chủ trì, phối hợp với Sở Y tế", ["Sở Nội vụ"], ["Sở Y tế"]),
        ("Sở Nội vụ\nPhối hợp: Sở Y tế", ["Sở Nội vụ"], ["Sở Y tế"]),
        ("Giám đốc Sở Nội vụ", ["Giám đốc Sở Nội vụ"], []),
        ("", [], []),
    ],
)
def test_a_cell_of_doers(cell, lead, coordinating):
    (task,) = of_row("Rà soát quỹ đất", cell, "Quý I/2026", head=["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"])
    assert task[1:3] == (lead, coordinating)


def test_a_column_of_doers_is_the_lead_where_it_stands_alone():
    (task,) = of_row("Rà soát quỹ đất", "Sở Nội vụ", "Quý I/2026", head=["TT", "Nhiệm vụ", "Đơn vị thực hiện", "Thời gian"])
    assert (task[1], task[3]) == (["Sở Nội vụ"], [])


def test_a_column_of_doers_beside_the_lead_is_its_own():
    (task,) = of_row("Rà soát quỹ đất", "Sở Nội vụ", "Sở Y tế", head=["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Đơn vị thực hiện"])
    assert (task[1], task[3]) == (["Sở Nội vụ"], ["Sở Y tế"])


@pytest.mark.xfail(reason="the only column of doers is taken for the lead before the title of its part is asked")
def test_a_column_of_doers_under_an_appendix_of_one_lead_is_its_own():
    before = "I. NHIỆM VỤ\n1. Rà soát.\nPHỤ LỤC 01\nCƠ QUAN CHỦ TRÌ THỰC HIỆN: SỞ Y TẾ\n\n"
    (task,) = of_row("Rà soát quỹ đất", "Trường Cao đẳng Y tế", "Quý I/2026", head=["TT", "Nhiệm vụ", "Đơn vị thực hiện", "Thời gian"], before=before)
    assert (task[1], task[3]) == (["*SỞ Y TẾ"], ["Trường Cao đẳng Y tế"])


def test_where_no_column_names_a_doer_the_task_may():
    (task,) = of_row("Sở Nội vụ chủ trì rà soát quỹ đất", "Báo cáo", "Quý I/2026", head=["TT", "Nhiệm vụ", "Sản phẩm", "Thời gian"])
    assert task[1] == ["Sở Nội vụ"]


def test_the_same_agency_helps_once():
    (task,) = of_row("Rà soát quỹ đất", "Sở Nội vụ", "Sở Y tế; Công an tỉnh; Sở Y tế", "", "")
    assert task[2] == ["Sở Y tế", "Công an tỉnh"]


def test_a_time_in_the_task_cell_counts_too():
    (task,) = of_row("Rà soát quỹ đất trước ngày 30/5/2026", "Sở Nội vụ", "", "Năm 2026", "")
    assert task[4] == ["2026-01-01..2026-12-31", "..2026-05-30"]


def test_the_time_of_the_heading_holds_for_its_table():
    (task,) = of_row("Rà soát quỹ đất", "Sở Nội vụ", "", "", "", before="II. PHẤN ĐẤU ĐẾN NĂM 2030\n\n")
    assert task[4] == ["*..2030-12-31"]


# --- tables that hold no tasks -------------------------------------------------------------------------------------------


def test_a_table_without_doers_times_or_results_holds_no_tasks():
    text, grids = grid_of([["TT", "Nội dung", "Ghi chú"], ["1", "Đoạn đê ven sông", "Cũ"], ["2", "Đoạn kè ven sông", "Mới"]])
    reading = reading_of(text, grids=grids)
    assert find_table_tasks(reading, Scopes(reading)) == ()


def test_a_group_row_is_no_task():
    rows = [HEAD, ["I", "Nhóm nhiệm vụ về đất", "", "", "", ""], ["1", "Rà soát quỹ đất", "Sở Nội vụ", "", "Quý I/2026", ""]]
    rows += [["2", "Giao đất cho dân", "Sở Nội vụ", "", "Quý II/2026", ""]]
    assert [task[0] for task in tasks(rows)] == ["Rà soát quỹ đất", "Giao đất cho dân"]


def test_what_follows_a_table_is_outside_its_groups():
    text, grids = grid_of([HEAD, ["I", "Nhóm nhiệm vụ về đất", "", "", "", ""], ["1", "Rà soát quỹ đất", "Sở Nội vụ", "", "Quý I/2026", ""]])
    reading = reading_of(text, grids=grids)
    last = reading.nodes[-1]
    assert words(reading, last.value) == "Hết."
    assert words(reading, reading.nodes[last.parent].title) == "NHIỆM VỤ"


# --- targets -------------------------------------------------------------------------------------------------------------


def goals(rows, before="II. NHIỆM VỤ\n\n"):
    """Value, quote, times of every figure of the table and its group titles."""
    reading, scopes = read(rows, before)
    reader = GoalReader(reading, scopes, rules().goals)
    found = []
    for record in (*reader.of_outline(), *reader.of_cells()):
        value = record.measure.quantity.value if record.measure.quantity else None
        found.append((value, words(reading, record.measure.span), days(record.times)))
    return found


@pytest.mark.parametrize(
    ("task", "time", "result", "expected"),
    [
        ("Kiểm tra việc giao đất", "", "100% xã, phường thực hiện đúng quy định", [(100, [])]),
        ("Kiểm tra việc giao đất", "Quý II/2026", "100% xã, phường thực hiện đúng quy định", [(100, ["*2026-04-01..2026-06-30"])]),  # the row's time
        ("Kiểm tra việc giao đất", "", "Báo cáo kiểm tra", []),
        ("Trồng mới 50 ha rừng ven sông", "", "", [(50, [])]),
        ("Kiểm tra việc giao đất", "Quý II/2026", "Hoàn thành trước 30/5/2026", []),
    ],
)
def test_figures_of_cells(task, time, result, expected):
    rows = [HEAD, ["1", task, "Sở Nội vụ", "", time, result], ["2", "Tổ chức hội nghị", "Sở Y tế", "", "", ""]]
    assert [(value, times) for value, _, times in goals(rows)] == expected


def test_a_result_that_is_a_bare_number_measures_its_task():
    rows = [HEAD, ["1", "Tỷ lệ che phủ rừng", "Sở Nội vụ", "", "", "31,5%"], ["2", "Tổ chức hội nghị", "Sở Y tế", "", "", ""]]
    text, grids = grid_of(rows)
    reading = reading_of(text, grids=grids)
    (record,) = GoalReader(reading, Scopes(reading), rules().goals).of_cells()
    assert (record.measure.quantity.value, record.measure.indicator.lower()) == (31.5, "tỷ lệ che phủ rừng")


def test_a_merged_result_is_read_once():
    rows = [HEAD, ["1", "Kiểm tra việc giao đất", "Sở Nội vụ", "", "", "100% số xã đạt chuẩn"], ["2", "Tổ chức hội nghị", "Sở Y tế", "", "", "^"]]
    assert [value for value, _, _ in goals(rows)] == [100]


def test_a_group_title_gives_the_numbers_that_it_states():
    group = ["I", "Mục tiêu 1: Đến năm 2030, 95% số hộ dùng nước sạch", "", "", "", ""]
    rows = [HEAD, group, ["1", "Rà soát giếng nước", "Sở Nội vụ", "", "Quý I/2026", ""], ["2", "Xây bể nước", "Sở Y tế", "", "Quý II/2026", ""]]
    assert [(value, times) for value, _, times in goals(rows)] == [(95, ["..2030-12-31"])]
