"""Records to the document: ids that outlive edits, spans with line and page, names, the canonical dump."""

import datetime as dt
import hashlib
import json
import re
from dataclasses import replace

import pytest
from structure import clean_of, rules

from kehoach import PlanDocument, extract_text
from kehoach.extract.assemble import Identity, Records, assemble
from kehoach.extract.printed import Restored
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import (
    Actor,
    AgencyMention,
    Cell,
    Column,
    ColumnRole,
    Dropped,
    Measure,
    MeasureKind,
    MeasureRecord,
    Metadata,
    Node,
    NodeKind,
    Note,
    Quantity,
    Row,
    RowKind,
    Table,
    TaskRecord,
    TimeKind,
    TimeMention,
    When,
)

TEXT = """Trang chủ
I. NHIỆM VỤ
1. **Sở** Nội vụ
- Rà soát  quỹ
đất.
- Rà soát quỹ đất.
Trồng 50 ha rừng; trồng 50 ha rừng.
Việc Ai
Giao đất Sở Nội vụ
"""


def at(quote, nth=0, text=TEXT):
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return Span(start, start + len(quote))


def heading(quote, number, title, parent=None, level=1):
    return Node(NodeKind.HEADING, at(quote), at(title), parent, number=number, title=at(title), level=level)


NODES = (
    heading("I. NHIỆM VỤ", "I", "NHIỆM VỤ"),
    heading("1. **Sở** Nội vụ", "1", "**Sở** Nội vụ", 0, 2),
    Node(NodeKind.ITEM, at("- Rà soát  quỹ\nđất."), at("Rà soát  quỹ\nđất."), 1),
)
EMPTY = Records("full_text", Metadata(), NODES, (), (), (), (), (), None, ())
SO = AgencyMention(at("**Sở** Nội vụ"), "Sở Nội vụ", "so-noi-vu")


def assembled(clean=None, **records):
    return assemble(
        Restored(clean or clean_of(TEXT)), replace(EMPTY, **records), Identity("van-ban", "thu-muc/van-ban.txt"), rules().finders.agencies
    )


def measure(quote, value, nth=0, kind=MeasureKind.TARGET, planned=None):
    number = re.compile(r"\d+").search(TEXT, at(quote, nth).start)
    quantity = Quantity(Span(*number.span()), Span(*number.span()), value, None, None, "ha  rừng", "=", planned)
    return MeasureRecord(Measure(at(quote, nth), kind, "rừng", quantity), 1)


# --- positions and texts -------------------------------------------------------------------------------------------------


def test_texts_are_on_one_line_and_spans_count_lines_from_one():
    (task,) = assembled(tasks=(TaskRecord(at("Rà soát  quỹ\nđất."), 2),)).tasks
    assert (task.text, task.span.line, task.span.page) == ("Rà soát quỹ đất.", 4, None)
    assert TEXT[task.span.start : task.span.end] == "Rà soát  quỹ\nđất."


def test_pages_are_counted_where_a_format_has_them():
    clean = clean_of(TEXT)
    clean = replace(clean, source=replace(clean.source, page_starts=(0, TEXT.index("Trồng"))))
    tasks = (TaskRecord(at("Rà soát quỹ đất."), 1), TaskRecord(at("Giao đất"), 1))
    assert [task.span.page for task in assembled(clean, tasks=tasks).tasks] == [1, 2]


def test_titles_and_names_drop_markdown_signs():
    document = assembled(tasks=(TaskRecord(at("Giao đất"), 1, lead=(Actor(SO, True),)),))
    assert [section.title for section in document.sections] == ["NHIỆM VỤ", "Sở Nội vụ"]
    assert document.tasks[0].lead[0].name == "Sở Nội vụ"
    assert document.tasks[0].lead[0].inherited


def test_sections_know_their_parents_and_records_their_sections():
    document = assembled(tasks=(TaskRecord(at("Rà soát quỹ đất."), 2), TaskRecord(at("Giao đất"), None)))
    first, second = document.sections
    assert (first.parent_id, second.parent_id, second.level) == (None, first.id, 2)
    assert [task.section_id for task in document.tasks] == [second.id, None]  # an item's section is the heading above it


def test_records_are_in_text_order():
    tasks = (TaskRecord(at("Giao đất"), 1), TaskRecord(at("Rà soát  quỹ\nđất."), 1))
    assert [task.text for task in assembled(tasks=tasks).tasks] == ["Rà soát quỹ đất.", "Giao đất"]


def test_kept_and_dropped_are_all():
    clean = replace(clean_of(TEXT), dropped=(Dropped(Span(0, 10), "site-menu"),))
    document = assembled(clean)
    assert (document.text.chars, document.text.kept_chars) == (len(TEXT), len(TEXT) - 10)
    assert document.text.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert [(item.reason, item.span.start, item.span.end) for item in document.dropped] == [("site-menu", 0, 10)]


def test_an_agency_counts_once_in_a_role():
    (task,) = assembled(tasks=(TaskRecord(at("Giao đất"), 1, lead=(Actor(SO), Actor(SO, True))),)).tasks
    assert [(role.name, role.inherited) for role in task.lead] == [("Sở Nội vụ", False)]


def test_every_agency_of_a_role_is_described_and_mentions_are_counted():
    mention = replace(SO, span=at("Sở Nội vụ"))
    document = assembled(agencies=(SO, mention), tasks=(TaskRecord(at("Giao đất"), 1, lead=(Actor(mention),)),))
    assert [(agency.id, agency.name, agency.mentions) for agency in document.agencies] == [("so-noi-vu", "Sở Nội vụ", 2)]


def test_an_issuer_that_no_text_names_is_described_too():
    document = assembled(metadata=Metadata(issuer="Ủy ban nhân dân tỉnh Sông Trăng"), issuer_id="ubnd-tinh-song-trang")
    assert document.metadata.issuer.agency_id == "ubnd-tinh-song-trang"
    assert [(agency.id, agency.mentions) for agency in document.agencies] == [("ubnd-tinh-song-trang", 0)]


def test_a_table_and_the_task_of_its_row():
    cells = (Cell(at("Giao đất")), Cell(None), Cell(at("Sở Nội vụ"), True))
    columns = (Column(at("Việc"), ColumnRole.TASK), Column(None, ColumnRole.NOTE), Column(at("Ai"), ColumnRole.LEAD))
    table = Table(Span(at("Việc").start, len(TEXT)), at("Việc Ai"), columns, (Row(RowKind.DATA, at("Giao đất Sở Nội vụ"), cells),))
    document = assembled(tables=(table,), tasks=(TaskRecord(at("Giao đất"), 1, row=(0, 0)),))
    (shown,) = document.tables
    assert [(column.title, column.role) for column in shown.columns] == [("Việc", "task"), ("", "note"), ("Ai", "lead")]
    assert [(cell.text, cell.span is None, cell.inherited) for cell in shown.rows[0].cells] == [
        ("Giao đất", False, False),
        ("", True, False),
        ("Sở Nội vụ", False, True),
    ]
    assert (document.tasks[0].table.table_id, document.tasks[0].table.row) == (shown.id, 0)
    assert shown.section_id == document.sections[-1].id


def test_measures_are_targets_results_or_nothing():
    records = (
        measure("Trồng 50 ha rừng", 50),
        measure("trồng 50 ha rừng", 50, kind=MeasureKind.RESULT, planned=80),
        measure("trồng 50 ha rừng", 50, kind=MeasureKind.FACT),
    )
    document = assembled(measures=records)
    assert [(target.value, target.unit, target.comparator) for target in document.targets] == [(50.0, "ha rừng", "=")]
    assert [(result.value, result.planned) for result in document.results] == [(50.0, 80.0)]


def test_diagnostics_of_reader_and_stages_are_shown():
    clean = clean_of(TEXT)
    clean = replace(clean, source=replace(clean.source, notes=(Note("a", "of the reader"),)))
    document = assembled(clean, notes=(Note("b", "of a stage", at("Giao đất"), "info"),))
    assert [(item.code, item.severity, item.span is None) for item in document.diagnostics] == [("a", "warning", True), ("b", "info", False)]


def test_a_stage_that_breaks_the_contract_is_found():
    backwards = TimeMention(at("Giao đất"), TimeKind.PERIOD, start=dt.date(2027, 1, 1), end=dt.date(2026, 1, 1))
    with pytest.raises(ValueError, match="after its end"):
        assembled(tasks=(TaskRecord(at("Giao đất"), 1, times=(When(backwards),)),))


# --- ids -----------------------------------------------------------------------------------------------------------------


def test_equal_texts_are_told_apart_by_their_order():
    tasks = (TaskRecord(at("Rà soát  quỹ\nđất."), 1), TaskRecord(at("Rà soát quỹ đất."), 1))
    first, second = assembled(tasks=tasks).tasks
    assert second.id == f"{first.id}-2"
    assert re.fullmatch(r"k-[0-9a-f]{10}", first.id)


def test_two_numbers_of_one_clause_are_told_apart():
    one, other = measure("Trồng 50 ha rừng", 50), measure("Trồng 50 ha rừng", 50)
    number = at("50", 1)
    moved = replace(other.measure, quantity=replace(other.measure.quantity, number=number))
    assert len({target.id for target in assembled(measures=(one, replace(other, measure=moved))).targets}) == 2


def test_an_id_is_of_the_text_alone():
    task = TaskRecord(at("Giao đất"), 1)
    when = When(TimeMention(at("50"), TimeKind.ONGOING))
    changed = replace(task, node=None, lead=(Actor(SO),), times=(when,), rule="khác", confidence=0.1)
    assert assembled(tasks=(task,)).tasks[0].id == assembled(tasks=(changed,)).tasks[0].id


PLAN = """ỦY BAN NHÂN DÂN
TỈNH SÔNG TRĂNG
Số: 12/KH-UBND
Sông Trăng, ngày 5 tháng 3 năm 2026
KẾ HOẠCH
Trồng rừng ven sông

Căn cứ Nghị quyết số 7/NQ-HĐND ngày 9 tháng 12 năm 2025 của Hội đồng nhân dân tỉnh;
UBND tỉnh ban hành Kế hoạch với các nội dung sau:
I. MỤC TIÊU
- Tỷ lệ che phủ rừng đạt 31,5%.
II. NHIỆM VỤ
1. Sở Nội vụ
- Rà soát quỹ đất ven sông trước ngày 30/6/2026.
- Tổng hợp, báo cáo UBND tỉnh.
2. Sở Tài chính
- Bố trí kinh phí trồng rừng.
"""


def ids(text):
    document = extract_text(text)
    groups = {name: getattr(document, name) for name in ("sections", "targets", "tasks", "references")}
    assert all(groups.values())
    return {name: [record.id for record in group] for name, group in groups.items()}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("UBND tỉnh ban hành", "Thực hiện chủ trương chung, Ủy ban nhân dân tỉnh ban hành"),  # everything moves
        ("- Rà soát quỹ đất ven sông trước", "\n\n-  Rà soát quỹ đất\nven sông trước"),  # white space
        ("1. Sở Nội vụ\n- Rà", "1. Sở Nội vụ\n+ Rà"),  # another bullet
        ("đạt 31,5%.", "đạt 31,5%;"),  # punctuation
    ],
)
def test_an_edit_leaves_the_ids_alone(old, new):
    assert old in PLAN
    assert ids(PLAN.replace(old, new)) == ids(PLAN)


def test_an_edit_of_one_task_leaves_the_others_alone():
    before, after = ids(PLAN), ids(PLAN.replace("trước ngày 30/6/2026", "trước ngày 15/7/2026"))
    assert after["tasks"][0] != before["tasks"][0]
    assert after["tasks"][1:] == before["tasks"][1:]
    assert {name: after[name] for name in ("sections", "targets", "references")} == {
        name: before[name] for name in ("sections", "targets", "references")
    }


def test_a_new_task_leaves_the_others_alone():
    after = ids(PLAN.replace("- Tổng hợp,", "- Công khai kết quả rà soát tại xã.\n- Tổng hợp,"))["tasks"]
    before = ids(PLAN)["tasks"]
    assert [key for key in after if key in before] == before
    assert len(after) == len(before) + 1


def test_a_changed_lead_keeps_its_task():
    before, after = extract_text(PLAN), extract_text(PLAN.replace("1. Sở Nội vụ", "1. Sở Y tế"))
    assert [task.id for task in before.tasks] == [task.id for task in after.tasks]
    assert [role.name for role in after.tasks[0].lead] == ["Sở Y tế"]


# --- the dump ------------------------------------------------------------------------------------------------------------


def test_the_dump_reads_back_equal():
    document = extract_text(PLAN, doc_id="trồng-rừng")
    assert PlanDocument.from_json(document.to_json()) == document
    assert PlanDocument.from_json(document.to_json()).to_json() == document.to_json()


def test_the_dump_is_canonical():
    dump = extract_text(PLAN).to_json()
    assert dump.endswith("}\n")
    assert "Rà soát quỹ đất" in dump  # not escaped
    assert '\n  "doc_id": ' in dump  # two spaces
    data = json.loads(dump)
    assert list(data) == list(PlanDocument.model_fields)
    assert list(data["tasks"][0]) == list(type(extract_text(PLAN).tasks[0]).model_fields)
    assert json.dumps(data, ensure_ascii=False, indent=2) + "\n" == dump


def test_every_reference_of_the_dump_resolves():
    document = extract_text(PLAN)
    sections, agencies = {section.id for section in document.sections}, {agency.id for agency in document.agencies}
    assert {task.section_id for task in document.tasks} <= sections
    assert {role.agency_id for task in document.tasks for role in task.lead} <= agencies
    assert document.metadata.issuer.agency_id in agencies
