"""Tables: header roles, rows from marked cells and from flattened lines, items of cells."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structure import view_of

from kehoach.extract.cellunits import UnitReader
from kehoach.extract.columns import is_numbering, light_kinds, settle
from kehoach.extract.rownumbers import RunningCount, parse_numbers
from kehoach.extract.spans import squash
from kehoach.extract.tablecells import align_items, split_items
from kehoach.extract.tables import CellKinds, find_tables, load_table_rules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText, Dropped, Grid, GridCell, RowKind, SourceText

RULES = load_table_rules()
KINDS = light_kinds(RULES)
EMPTY = "\xa0"


def clean_of(text, grids=(), media_type="text/plain", dropped=()):
    return CleanText(SourceText(text, media_type, "utf-8", "0", tuple(grids)), tuple(dropped), view_of(text, dropped))


def flattened(*cells, before="Các nhiệm vụ giao cho đơn vị:", after="", gap="\n\n"):
    return clean_of(gap.join([before, *cells, after]) + "\n")


def grid_of(rows, media_type="application/docx", before="Phụ lục nhiệm vụ\n\n"):
    """A text and its grid; "<" repeats the cell at the left (colspan), "^" the one above (rowspan), "" is empty."""
    text, made = before, []
    start = len(text)
    for row in rows:
        cells = []
        for place, cell in enumerate(row):
            if cell == "<":
                cells.append(GridCell(cells[place - 1].span, inherited=True))
            elif cell == "^":
                cells.append(GridCell(made[-1][place].span, inherited=True))
            elif not cell:
                cells.append(GridCell(None))
            else:
                cells.append(GridCell(Span(len(text), len(text) + len(cell))))
                text += cell + "\n"
        made.append(tuple(cells))
    return clean_of(text + "\nHết.\n", [Grid(Span(start, len(text)), tuple(made))], media_type)


def rows_of(clean, table):
    """Rows as short tuples: ("G", level, number, title) or ("R", number, cells with "*" before inherited ones)."""

    def words(span):
        return squash(clean.view[span.start : span.end])

    found = []
    for row in table.rows:
        if row.kind is RowKind.GROUP:
            found.append(("G", row.level, row.number, words(row.title)))
        else:
            inner = [cell for cell, column in zip(row.cells, table.columns, strict=True) if column.role.value != "index"]
            found.append(("R", row.number, [("*" if cell.inherited else "") + words(cell.span) if cell.span else "" for cell in inner]))
    return found


def roles_of(table):
    return [column.role.value for column in table.columns]


def only(clean):
    tables = find_tables(clean, RULES)
    assert len(tables) == 1
    return rows_of(clean, tables[0])


# --- headers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("TT | Nhiệm vụ | Đơn vị phối hợp | Giai đoạn thực hiện", "index task coordinating time"),
        ("STT | Nội dung | Cơ quan thực hiện | Thời gian", "index task lead time"),  # one column of doers: the lead
        ("STT | Nội dung | Cơ quan chủ trì | Đơn vị thực hiện | Thời hạn", "index task lead implementing time"),
        ("TT | Lĩnh vực | Nhiệm vụ | Chủ trì | Phối hợp | Sản phẩm", "index group task lead coordinating output"),
        ("TT | Mục tiêu | Hoạt động | Đơn vị phụ trách | Lộ trình", "index group task lead time"),  # goals before the task name groups
        ("TT | Nhiệm vụ | Nội dung chính | Chủ trì | Ghi chú", "index task other lead note"),  # the wider word after the task is detail
        ("TT | Chỉ tiêu | Đơn vị | Năm 2027 | Cơ quan chủ trì theo dõi", "index target other target lead"),  # the unit of measure, no doer
        ("TT | Nhóm nhiệm vụ, giải pháp | Chủ trì | Thời gian", "index task lead time"),  # the only column of content
        ("STT | Tên đề án | Đơn vị chủ trì/phối hợp | Cấp trình | Kinh phí", "index task lead other other"),
        ("TT | Nhiệm vụ[1] | Cơ quan chủ trì (đầu mối) | Kết quả, sản phẩm | Tiến độ", "index task lead output time"),
    ],
)
def test_header_wordings_give_roles(header, roles):
    assert [role.value for role in settle([RULES.header(cell) for cell in header.split(" | ")])] == roles.split()


@pytest.mark.parametrize("cell", ["Xây dựng kế hoạch tuyên truyền năm 2027 trên địa bàn toàn tỉnh", "", "Sở Y tế", "1"])
def test_content_is_no_header(cell):
    assert RULES.header(cell) is None


@pytest.mark.parametrize(
    ("cells", "expected"),
    [(["(1)", "(2)", "(3)"], True), (["", "(1)", "(2)"], True), (["A", "B", "1", "2"], True), (["1", "Sở Y tế", "2"], False), (["5", "9"], False)],
)
def test_line_that_numbers_the_columns(cells, expected):
    assert is_numbering(cells) is expected


# --- running numbers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "scores"),
    [
        ("1 2 3", [2, 2, 2]),
        ("1 1.1 1.2 2 2.1", [2, 2, 2, 2, 2]),
        ("A I 1 2 II 1 B I", [2, 2, 2, 2, 2, 2, 2, 2]),
        ("I 1 2 II 3 4", [2, 2, 2, 2, 2, 2]),  # the count goes on across groups
        ("1 01 2 02 3", [2, 0, 2, 0, 2]),  # a column of its own kind of numbers
        ("1 7 2", [2, 0, 2]),
        ("1 2 4", [2, 2, 1]),  # one left out
        ("I 1.1 II 2.1 2.2", [2, 1, 2, 2, 2]),
        ("1 a) b) 2 a)", [2, 2, 2, 2, 2]),
    ],
)
def test_running_count(numbers, scores):
    count = RunningCount()
    found = [count.accept(parse_numbers(number)) for number in numbers.split()]
    assert [min(score, 1) for score in found] == [min(score, 1) for score in scores]


@pytest.mark.parametrize("cell", ["2021-2025", "15/6/2027", "100%", "II. Nhóm", "", "1234567", "2026", "Năm"])
def test_no_row_number(cell):
    assert parse_numbers(cell) == []


# --- kinds of cells --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Sở Y tế", True),
        ("Các Sở: Nội vụ, Tài chính, Tài nguyên & Môi trường; UBND các huyện", True),
        ("UBND cấp huyện, UBND cấp xã phối hợp", True),
        ("các tổ chức chính trị - xã hội; tổ chức xã hội - nghề nghiệp", True),
        ("Sở Xây dựng; các đơn vị có liên quan", True),
        ("Tổ chức hội thảo về chuyển đổi số", False),
        ("Sở Y tế triển khai kế hoạch tiêm chủng", False),
        ("Ban hành quy chế phối hợp", False),
        ("Thường xuyên", False),
        ("Xây dựng đề án", False),
    ],
)
def test_light_agency_lists(cell, expected):
    assert KINDS.is_agencies(cell) is expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Thường xuyên", True),
        ("2026 - 2030 và", True),
        ("Quý III/2027", True),
        ("Hoàn thành trước 30/11/2027", True),
        ("Ban hành trong quý I năm 2027. Rà soát, điều chỉnh hằng năm (nếu có)", True),
        ("Kế hoạch", False),
        ("8-10 điểm", False),
        ("Thường xuyên tiếp thu ý kiến đóng góp của người dân về hộ nghèo", False),
        ("Sở Nội vụ", False),
    ],
)
def test_light_times(cell, expected):
    assert KINDS.is_time(cell) is expected


# --- flattened tables ------------------------------------------------------------------------------------------------

HEADER = ("TT", "Nhiệm vụ", "Đơn vị phối hợp", "Thời gian thực hiện")
TASK = "Xây dựng kế hoạch tuyên truyền về an toàn thực phẩm tại các chợ dân sinh."


def test_merged_cells_are_inherited_until_the_next_value():
    clean = flattened(
        *HEADER,
        *("1", "Rà soát danh mục cơ sở kinh doanh trên địa bàn.", "Sở Y tế; UBND các huyện", "2026-2027"),
        *("2", "Kiểm tra điều kiện của các cơ sở đã rà soát."),
        *("3", "Công khai kết quả kiểm tra trên cổng thông tin.", "Sở Công Thương"),
        after="Nơi nhận:",
    )
    assert only(clean) == [
        ("R", "1", ["Rà soát danh mục cơ sở kinh doanh trên địa bàn.", "Sở Y tế; UBND các huyện", "2026-2027"]),
        ("R", "2", ["Kiểm tra điều kiện của các cơ sở đã rà soát.", "*Sở Y tế; UBND các huyện", "*2026-2027"]),
        ("R", "3", ["Công khai kết quả kiểm tra trên cổng thông tin.", "Sở Công Thương", "*2026-2027"]),
    ]


def test_groups_give_headings_and_their_values_to_the_rows_below():
    clean = flattened(
        *HEADER,
        *("1", "Mục tiêu 2.3: Đến năm 2030, mọi xã có điểm phục vụ", EMPTY, "Mục tiêu 2.3.b:", EMPTY, "2026-2027", "và 2028-2030"),
        *("1.1", "Rà soát vị trí đặt điểm phục vụ tại các xã.", "UBND các xã"),
        *("1.2", "Lắp đặt thiết bị cho các điểm phục vụ."),
        *("2", "Mục tiêu 4.1: Mọi trẻ em được đến trường", "2.1", "Xây dựng thêm phòng học tại các xã khó khăn.", "Sở Tài chính", "2026"),
        after="PHỤ LỤC 02",
    )
    assert only(clean) == [
        ("G", 0, "1", "Mục tiêu 2.3: Đến năm 2030, mọi xã có điểm phục vụ"),
        ("G", 1, None, "Mục tiêu 2.3.b:"),
        ("R", "1.1", ["Rà soát vị trí đặt điểm phục vụ tại các xã.", "UBND các xã", "*2026-2027 và 2028-2030"]),
        ("R", "1.2", ["Lắp đặt thiết bị cho các điểm phục vụ.", "*UBND các xã", "*2026-2027 và 2028-2030"]),
        ("G", 0, "2", "Mục tiêu 4.1: Mọi trẻ em được đến trường"),
        ("R", "2.1", ["Xây dựng thêm phòng học tại các xã khó khăn.", "Sở Tài chính", "2026"]),
    ]


def test_an_empty_cell_inherits_nothing():
    clean = flattened(
        *HEADER, "1", TASK, "Sở Y tế", "2026", "2", "Tổng hợp báo cáo gửi cấp trên theo mẫu.", EMPTY, "3", "Lưu trữ hồ sơ của đợt kiểm tra.", EMPTY
    )
    assert [row[2][1:] for row in only(clean)] == [["Sở Y tế", "2026"], ["", "*2026"], ["", "*2026"]]


def test_the_empty_cell_is_the_one_that_is_not_merged():
    clean = flattened(
        *HEADER,
        *("1", TASK, "Sở Y tế", "2026"),
        *("2", "Tập huấn cho cán bộ phụ trách ở các xã.", "2027"),
        *("3", "Nâng cao chất lượng phục vụ ở các điểm.", EMPTY),
        *("4", "Mua sắm bổ sung trang thiết bị cho điểm phục vụ.", "Hằng năm"),
    )
    assert [row[2][1:] for row in only(clean)] == [["Sở Y tế", "2026"], ["*Sở Y tế", "2027"], ["*Sở Y tế", ""], ["*Sở Y tế", "Hằng năm"]]


def test_group_columns_and_bullets_of_one_row():
    clean = flattened(
        *("TT", "Chỉ số", "Nội dung thành phần", "Chủ trì theo dõi", "Nhiệm vụ", "Kết quả", "Đơn vị thực hiện"),
        *("1", "Công khai thông tin", "a) Niêm yết", "Sở Nội vụ"),
        *("- Niêm yết thủ tục tại trụ sở của các xã.", "- Cập nhật thủ tục đã sửa đổi lên bảng tin."),
        *("- Thường xuyên", "- 100% xã thực hiện", "- UBND cấp xã", "- UBND cấp huyện,", "UBND cấp xã"),
        *("b) Tiếp dân", "Thanh tra", "Thành phố", "- Bố trí cán bộ có kinh nghiệm tiếp công dân.", "Thường xuyên", "UBND cấp huyện"),
        *(EMPTY, EMPTY, EMPTY, "Sở Tư pháp", "- Trợ giúp pháp lý cho người có công tại xã.", "Theo quy định", "UBND cấp xã"),
    )
    rows = only(clean)
    assert [row[:4] for row in rows if row[0] == "G"] == [
        ("G", 0, "1", "Công khai thông tin"),
        ("G", 1, "a)", "Niêm yết"),
        ("G", 1, "b)", "Tiếp dân"),
    ]
    assert [row[2][2:] for row in rows if row[0] == "R"] == [
        [
            "Sở Nội vụ",
            "- Niêm yết thủ tục tại trụ sở của các xã. - Cập nhật thủ tục đã sửa đổi lên bảng tin.",
            "- Thường xuyên - 100% xã thực hiện",
            "- UBND cấp xã - UBND cấp huyện, UBND cấp xã",
        ],
        ["Thanh tra Thành phố", "- Bố trí cán bộ có kinh nghiệm tiếp công dân.", "Thường xuyên", "UBND cấp huyện"],
        ["Sở Tư pháp", "- Trợ giúp pháp lý cho người có công tại xã.", "Theo quy định", "UBND cấp xã"],
    ]


def test_result_bullet_that_looks_like_a_task():
    clean = flattened(
        *("TT", "Chủ trì", "Nhiệm vụ", "Kết quả", "Đơn vị thực hiện"),
        *("1", "Sở Nội vụ", "- Phối hợp các báo tăng tin bài về cải cách.", "- Bồi dưỡng cán bộ phụ trách truyền thanh ở xã."),
        *("- Tổng hợp số tin bài hằng tháng.", "- 120 cán bộ", "- Báo tỉnh", "- Sở Nội vụ"),
    )
    ((_, _, cells),) = only(clean)
    assert cells[1].count("- ") == 2
    assert cells[2] == "- Tổng hợp số tin bài hằng tháng. - 120 cán bộ"


def test_numbers_of_another_column_are_no_row_numbers():
    clean = flattened("TT", "Tên cơ quan, đơn vị", "Phụ lục", "1", "Sở Y tế", "01", "2", "Sở Nội vụ", "02", "3", "Sở Tài chính", "03")
    assert only(clean) == [("R", "1", ["Sở Y tế", "01"]), ("R", "2", ["Sở Nội vụ", "02"]), ("R", "3", ["Sở Tài chính", "03"])]


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_cells_with_or_without_blank_lines_between(gap):
    clean = flattened(
        *HEADER, "1", TASK, "Sở Y tế", "2026", "2", "Kiểm tra việc thực hiện ở các chợ.", "Sở Công Thương", "2027", gap=gap, after="Nơi nhận:"
    )
    assert [row[2][1:] for row in only(clean)] == [["Sở Y tế", "2026"], ["Sở Công Thương", "2027"]]


def test_titles_across_the_columns_carry_their_number():
    clean = flattened(
        *HEADER,
        *("I. Nhóm giải pháp về truyền thông", "1", TASK, "Sở Y tế", "2026"),
        *("II. Nhóm giải pháp về kiểm tra", "2", "Kiểm tra các chợ dân sinh vào dịp lễ.", "Sở Công Thương", "2027"),
        after="IV. TỔ CHỨC THỰC HIỆN\n\nCác đơn vị căn cứ nhiệm vụ được giao xây dựng kế hoạch chi tiết của đơn vị mình.",
    )
    assert [row[:4] for row in only(clean) if row[0] == "G"] == [
        ("G", 0, "I", "Nhóm giải pháp về truyền thông"),
        ("G", 0, "II", "Nhóm giải pháp về kiểm tra"),
    ]


@pytest.mark.parametrize(
    "after",
    [
        "PHỤ LỤC 02",
        "Nơi nhận:\n- Như trên;",
        "III. TỔ CHỨC THỰC HIỆN",
        "Trên đây là kế hoạch của tỉnh, yêu cầu các cơ quan, đơn vị nghiêm túc triển khai thực hiện; khó khăn, vướng mắc báo cáo về Sở Y tế để tổng hợp.",
    ],
)
def test_the_table_ends_where_its_rows_end(after):
    clean = flattened(*HEADER, "1", TASK, "Sở Y tế", "2026", "2", "Kiểm tra việc thực hiện ở các chợ.", "Sở Công Thương", "2027", after=after)
    (table,) = find_tables(clean, RULES)
    assert clean.text[table.span.start : table.span.end].endswith("2027")
    assert clean.text[table.header.start : table.header.end] == "\n\n".join(HEADER)


def test_two_line_header_with_the_doers_below_one_title():
    clean = flattened(
        *("TT", "Nhiệm vụ", "Cơ quan thực hiện", "Thời gian", "Chủ trì", "Phối hợp"),
        *("1", TASK, "Sở Y tế", "Sở Công Thương", "2026", "2", "Kiểm tra việc thực hiện ở các chợ.", "Sở Nội vụ", "Các sở, ngành", "2027"),
    )
    (table,) = find_tables(clean, RULES)
    assert roles_of(table) == ["index", "task", "lead", "coordinating", "time"]
    assert rows_of(clean, table)[0][2][1:] == ["Sở Y tế", "Sở Công Thương", "2026"]


@pytest.mark.parametrize("lead", ["Cơ quan\nchủ trì", "Cơ quan\n\nchủ trì", "Chủ trì,\nĐầu mối"])
def test_header_cells_of_several_lines(lead):
    clean = flattened(
        "TT", "Nhiệm vụ", lead, "Thời gian", "1", TASK, "Sở Y tế", "2026", "2", "Kiểm tra việc thực hiện ở các chợ.", "Sở Nội vụ", "2027"
    )
    (table,) = find_tables(clean, RULES)
    assert roles_of(table) == ["index", "task", "lead", "time"]
    assert [row[2][1:] for row in rows_of(clean, table)] == [["Sở Y tế", "2026"], ["Sở Nội vụ", "2027"]]


def test_prose_is_no_table():
    text = "I. NHIỆM VỤ\n\n1. Thời gian thực hiện: năm 2027.\n\n2. Đơn vị thực hiện: Sở Y tế.\n\nCác cơ quan chủ trì, phối hợp\nthực hiện nhiệm vụ được giao\ntheo thời gian quy định.\n"
    assert find_tables(clean_of(text), RULES) == ()


def test_a_row_with_one_list_for_two_doer_columns_is_doubtful():
    clean = flattened(
        "TT",
        "Nhiệm vụ",
        "Chủ trì",
        "Phối hợp",
        "Thời gian",
        "1",
        TASK,
        "Sở Y tế",
        "Sở Nội vụ",
        "2026",
        "2",
        "Kiểm tra việc thực hiện ở các chợ.",
        "Sở Công Thương",
        "2027",
    )
    (table,) = find_tables(clean, RULES)
    assert [row.confidence < 0.7 for row in table.rows] == [False, True]
    assert [note.code for note in table.notes] == ["table-row-doubtful"]


def test_dropped_lines_are_passed_over():
    text = "\n\n".join([*HEADER, "1", TASK, "Trang 3/9", "Sở Y tế", "2026"]) + "\n"
    start = text.index("Trang")
    clean = clean_of(text, dropped=[Dropped(Span(start, start + 9), "page-number")])
    assert only(clean) == [("R", "1", [TASK, "Sở Y tế", "2026"])]


def test_callers_own_kinds_decide():
    clean = flattened(*HEADER, "1", TASK, "Câu lạc bộ A", "vụ hè thu", "2", "Kiểm tra việc thực hiện ở các chợ.", "Câu lạc bộ B", "vụ đông xuân")
    kinds = CellKinds(lambda cell: cell.startswith("Câu lạc bộ"), lambda cell: cell.startswith("vụ "))
    (table,) = find_tables(clean, RULES, kinds)
    assert [row[2][1:] for row in rows_of(clean, table)] == [["Câu lạc bộ A", "vụ hè thu"], ["Câu lạc bộ B", "vụ đông xuân"]]


# --- marked cells ----------------------------------------------------------------------------------------------------


def test_grid_with_numbering_line_groups_and_covered_cells():
    clean = grid_of([
        ["TT", "Tên nhiệm vụ", "Cơ quan thực hiện", "<", "Thời gian"],
        ["^", "^", "Chủ trì", "Phối hợp", "^"],
        ["", "(1)", "(2)", "(3)", "(4)"],
        ["I", "Truyền thông", "", "", ""],
        ["1", "In tờ rơi phát cho hộ kinh doanh", "Sở Y tế", "UBND các xã", "Quý I/2027"],
        ["2", "Phát tin trên đài truyền thanh xã", "^", "^", ""],
        ["II. KIỂM TRA", "<", "<", "<", "<"],
        ["3", "Kiểm tra các chợ vào dịp lễ", "Sở Công Thương", "", "Hằng năm"],
    ])  # fmt: skip
    (table,) = find_tables(clean, RULES)
    assert roles_of(table) == ["index", "task", "lead", "coordinating", "time"]
    assert rows_of(clean, table) == [
        ("G", 0, "I", "Truyền thông"),
        ("R", "1", ["In tờ rơi phát cho hộ kinh doanh", "Sở Y tế", "UBND các xã", "Quý I/2027"]),
        ("R", "2", ["Phát tin trên đài truyền thanh xã", "*Sở Y tế", "*UBND các xã", ""]),
        ("G", 0, "II", "KIỂM TRA"),
        ("R", "3", ["Kiểm tra các chợ vào dịp lễ", "Sở Công Thương", "", "Hằng năm"]),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["ỦY BAN NHÂN DÂN TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["Số: 12/KH-UBND", "Ngày 5 tháng 6 năm 2027"]],
        [["Nơi nhận:\n- Như trên;\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"]],
        [["Số hiệu:", "12/KH-UBND", "Người ký:", "Nguyễn A"], ["Ngày ban hành:", "05/6/2027", "Loại văn bản:", "Kế hoạch"]],
    ],
)
def test_letterheads_signatures_and_property_boxes_are_no_tables(rows):
    assert find_tables(grid_of(rows), RULES) == ()


def test_a_grid_without_header_is_returned_with_other_roles():
    clean = grid_of([["Hà Nam", "12", "3,5"], ["Nam Định", "15", "4,1"], ["Thái Bình", "9", "2,8"]])
    (table,) = find_tables(clean, RULES)
    assert set(roles_of(table)) == {"other"}
    assert len(table.rows) == 2


def test_a_header_further_down_and_repeated_headers():
    clean = grid_of([
        ["SỞ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "", ""],
        ["B", "KIỂM TRA CƠ SỞ", "", ""],
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian"],
        ["1", "Kiểm tra các chợ vào dịp lễ", "Sở Y tế", "2027"],
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian"],
        ["2", "Công khai kết quả kiểm tra", "Sở Nội vụ", "2027"],
    ])  # fmt: skip
    (table,) = find_tables(clean, RULES)
    assert rows_of(clean, table) == [
        ("G", 0, "B", "KIỂM TRA CƠ SỞ"),
        ("R", "1", ["Kiểm tra các chợ vào dịp lễ", "Sở Y tế", "2027"]),
        ("R", "2", ["Công khai kết quả kiểm tra", "Sở Nội vụ", "2027"]),
    ]


def test_a_header_without_its_number_cell_is_moved_under_the_numbers():
    clean = grid_of(
        [
            ["Nội dung", "Đơn vị thực hiện", "Thời gian", ""],
            ["1.1", "Mở lớp tập huấn cho xã", "Sở Y tế", "2027"],
            ["1.2", "Tổng kết lớp học", "Sở Nội vụ", "2028"],
        ]
    )
    (table,) = find_tables(clean, RULES)
    assert roles_of(table) == ["index", "task", "lead", "time"]
    assert [row.number for row in table.rows] == ["1.1", "1.2"]


def test_rows_that_lost_their_covered_cells_are_placed_anew():
    clean = grid_of(
        [
            ["TT", "Cơ quan chủ trì", "Nhiệm vụ", "Kết quả", "Thời gian"],
            ["1", "Sở Y tế", "- Xây dựng quy chế kiểm tra liên ngành", "Quyết định được ban hành", "2026"],
            ["- Tổ chức kiểm tra các cơ sở trong danh mục", "Báo cáo kiểm tra", "Hằng năm", "", ""],
            ["2", "Sở Nội vụ", "- Tuyển dụng viên chức làm công tác kiểm tra", "12 viên chức", "2027"],
        ],
        "text/markdown",
    )
    (table,) = find_tables(clean, RULES)
    assert [row[2] for row in rows_of(clean, table)] == [
        ["Sở Y tế", "- Xây dựng quy chế kiểm tra liên ngành", "Quyết định được ban hành", "2026"],
        ["*Sở Y tế", "- Tổ chức kiểm tra các cơ sở trong danh mục", "Báo cáo kiểm tra", "Hằng năm"],
        ["Sở Nội vụ", "- Tuyển dụng viên chức làm công tác kiểm tra", "12 viên chức", "2027"],
    ]


def test_a_table_goes_on_in_the_next_grid():
    first = grid_of([["TT", "Nhiệm vụ", "Chủ trì"], ["1", "Mở lớp tập huấn cho xã", "Sở Y tế"]])
    text = first.text.replace("\nHết.\n", "\n")
    at = len(text)
    text += "2\nTổng kết lớp học\nSở Nội vụ\n"
    cells = [Span(at, at + 1), Span(at + 2, at + 18), Span(at + 19, at + 28)]
    second = Grid(Span(at, len(text)), (tuple(GridCell(cell) for cell in cells),))
    (table,) = find_tables(clean_of(text, [*first.source.grids, second]), RULES)
    assert [row.number for row in table.rows] == ["1", "2"]


def test_lines_with_tabs():
    text = "Kèm theo:\nTT\tNhiệm vụ\tĐơn vị chủ trì\tThời gian\n1\tMở lớp tập huấn cho xã\tSở Y tế\t2027\n2\tTổng kết lớp học\tSở Nội vụ\t\nHết\n"
    assert only(clean_of(text)) == [("R", "1", ["Mở lớp tập huấn cho xã", "Sở Y tế", "2027"]), ("R", "2", ["Tổng kết lớp học", "Sở Nội vụ", ""])]


# --- items of cells --------------------------------------------------------------------------------------------------


def items_of(cell, names=False):
    found = split_items(cell, view_of(cell), Span(0, len(cell)), names=names)
    return [squash(cell[item.span.start : item.span.end]) for item in found]


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("- Mở lớp.\n\n- Tổng kết.", ["Mở lớp.", "Tổng kết."]),
        ("-Mở lớp\n- Tổng kết", ["Mở lớp", "Tổng kết"]),
        ("- Mở lớp.\n\nGhi chép sổ sách.\n\n- Tổng kết.", ["Mở lớp.", "Ghi chép sổ sách.", "Tổng kết."]),  # a paragraph of its own
        ("- Hoàn thành trước\n\n30/12/2027\n\n- Hằng năm", ["Hoàn thành trước 30/12/2027", "Hằng năm"]),
        ("Rà soát các cơ sở\nkinh doanh trên địa bàn", ["Rà soát các cơ sở kinh doanh trên địa bàn"]),  # wrapped
        ("Rà soát các cơ sở kinh doanh trên địa bàn toàn tỉnh và\nHà Nội", ["Rà soát các cơ sở kinh doanh trên địa bàn toàn tỉnh và Hà Nội"]),
        ("Rà soát cơ sở. Kiểm tra định kỳ.", ["Rà soát cơ sở. Kiểm tra định kỳ."]),
        ("- Thực hiện:\n+ Mở lớp;\n+ Tổng kết.", ["Mở lớp;", "Tổng kết."]),  # what only introduces is no item
        ("a) Mở lớp;\nb) Tổng kết.", ["Mở lớp;", "Tổng kết."]),
        ("- Sở Y tế\n- UBND thành phố Hồ\nChí Minh", ["Sở Y tế", "UBND thành phố Hồ Chí Minh"]),  # wrapped in a name
        ("12/2027", ["12/2027"]),
        ("", []),
        (" \xa0\n", []),
    ],
)
def test_items_inside_a_cell(cell, items):
    assert items_of(cell) == items


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("UBND cấp huyện,\n\nUBND cấp xã.", ["UBND cấp huyện, UBND cấp xã."]),
        ("Thanh tra tỉnh;\n\nSở Tài chính;\n\nSở Xây dựng.", ["Thanh tra tỉnh; Sở Tài chính; Sở Xây dựng."]),
        ("- Thanh tra Sở;\n\nUBND cấp huyện.\n\n- UBND cấp xã", ["Thanh tra Sở; UBND cấp huyện.", "UBND cấp xã"]),
    ],
)
def test_names_go_on_after_a_semicolon(cell, items):
    assert items_of(cell, names=True) == items


@pytest.mark.parametrize(
    ("tasks", "others", "shares"),
    [
        ("- a b\n\n- c d", "- x\n\n- y", [((0,), False), ((1,), False)]),  # counts agree
        ("- a b\n\n- c d", "x", [((0,), True), ((0,), True)]),  # one for all
        ("- a b", "x", [((0,), False)]),
        ("- a b\n\n- c d\n\n- e f", "- x\n\n- y", [((0, 1), True)] * 3),  # counts differ
        ("- a b\n\nC d.\n\n- e f", "- x\n\n- y", [((0,), False), ((0,), True), ((1,), False)]),  # the marked ones agree
        ("- a b\n\n- c d", "- x.\n\nZ\n\n- y", [((0, 1), False), ((2,), False)]),
        ("- a b", "", [((), False)]),
    ],
)
def test_bullets_answer_bullets(tasks, others, shares):
    found = align_items(*(split_items(cell, cell, Span(0, len(cell))) for cell in (tasks, others)))
    assert [(share.items, share.inherited) for share in found] == shares


# --- properties ------------------------------------------------------------------------------------------------------

LINES = ["TT", "STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian", "Kết quả", "1", "1.1", "2", "I", "II. Nhóm A", "a) Mục", "Sở Y tế", "- UBND xã", "2026-2027",
         "Thường xuyên", "- Xây dựng kế hoạch năm", "Mục tiêu 1.2: Đến năm", "100%", EMPTY, "", "PHỤ LỤC 1", "(1)", "|", "và 2028", "x" * 90]  # fmt: skip


def check(clean):
    tables = find_tables(clean, RULES)
    size = len(clean.text)
    end = 0
    for table in tables:
        assert end <= table.span.start < table.span.end <= size
        end = table.span.end
        assert table.header.within(table.span)
        last = -1
        for row in table.rows:
            assert row.span.within(table.span)
            assert len(row.cells) == len(table.columns)
            assert (row.title is not None and row.title.length > 0) == (row.kind is RowKind.GROUP)
            own = [cell.span for cell in row.cells if cell.span and not cell.inherited]
            assert all(span.length and span.within(row.span) for span in own)
            assert all(one.end <= other.start for one, other in zip(sorted(own), sorted(own)[1:], strict=False))
            assert all(cell.span.within(table.span) for cell in row.cells if cell.span)
            if row.kind is RowKind.DATA:
                assert row.span.start > last
                last = row.span.start
    return tables


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=60), st.sampled_from(["\n\n", "\n"]))
def test_any_mixture_of_table_lines(lines, gap):
    check(clean_of(gap.join(["TT", "Nhiệm vụ", "Chủ trì", "Thời gian", *lines])))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text(text):
    check(clean_of(text))
    split_items(text, view_of(text), Span(0, len(text)))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([*LINES, "<", "^"]), min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from(["text/markdown", "text/html"]),
)
def test_any_grid(rows, media_type):
    fixed = [
        [cell if not ((cell == "<" and place == 0) or (cell == "^" and number == 0)) else "" for place, cell in enumerate(row)]
        for number, row in enumerate(rows)
    ]
    check(grid_of(fixed, media_type))


@pytest.mark.parametrize(
    "make",
    [
        lambda size: flattened(*HEADER, *[cell for n in range(1, size // 8) for cell in (str(n % 400 + 1), TASK, "Sở Y tế", "2026")]),
        lambda size: flattened(*HEADER, *["- Rà soát và báo cáo định kỳ"] * size),
        lambda size: flattened(*["TT"] * size),
        lambda size: grid_of([["TT", "Nhiệm vụ", "Chủ trì", *["Kinh phí"] * size], ["1", TASK, "Sở Y tế", *["12"] * size]]),
        lambda size: grid_of([["TT", "Nhiệm vụ", "Chủ trì"], *[[str(n), TASK, "Sở Y tế"] for n in range(1, size)]], "text/markdown"),
        lambda size: clean_of("Nhiệm vụ\n" * size),
        lambda size: clean_of("TT\tNhiệm vụ\tChủ trì\n" * size),
    ],
)
def test_time_grows_with_the_text(make):
    small, large = make(3000), make(12000)
    assert least_time(large) < 8 * least_time(small) + 0.3


def least_time(clean):
    """The least of three runs: a garbage collection in one of them says nothing about the text."""
    took = []
    for _ in range(3):
        start = time.process_time()
        find_tables(clean, RULES)
        took.append(time.process_time() - start)
    return min(took)


def test_units_keep_their_places():
    clean = flattened("1", "Sở Y tế", EMPTY, "2026")
    units = list(UnitReader(clean, RULES, KINDS).units([Span(match.start(), match.end()) for match in re.finditer(r".*", clean.text)], True))
    assert [squash(clean.text[unit.span.start : unit.span.end]) if unit.span else "" for unit in units][1:] == ["1", "Sở Y tế", "", "2026"]
