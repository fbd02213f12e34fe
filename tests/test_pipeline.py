"""End to end on short texts: what comes out of each genre, and what holds for any text."""

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structure import rules

from kehoach import PlanDocument, extract_text
from kehoach.api import extract_bytes
from kehoach.extract.pipeline import extract_source
from kehoach.extract.spans import squash
from kehoach.schemas.errors import KehoachError
from kehoach.schemas.stages import SourceText

PLAN = """ỦY BAN NHÂN DÂN
TỈNH SÔNG TRĂNG
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 12/KH-UBND
Sông Trăng, ngày 5 tháng 3 năm 2026
KẾ HOẠCH
Trồng rừng ven sông giai đoạn 2026 - 2030

Căn cứ Nghị quyết số 7/NQ-HĐND ngày 9 tháng 12 năm 2025 của Hội đồng nhân dân tỉnh;
UBND tỉnh ban hành Kế hoạch trồng rừng với các nội dung sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Nâng cao nhận thức của người dân về rừng.
II. MỤC TIÊU
Đến năm 2030:
- Tỷ lệ che phủ rừng đạt 31,5%.
- Trồng mới ít nhất 2.500 ha rừng.
III. NHIỆM VỤ
1. Sở Nội vụ
- Chủ trì, phối hợp với Sở Y tế rà soát quỹ đất ven sông trước ngày 30/6/2026.
- Hằng quý, tổng hợp, báo cáo UBND tỉnh.
2. Sở Tài chính: Bố trí kinh phí trồng rừng trong năm 2026.
3. Đề nghị: Hội Nông dân tỉnh
Vận động hội viên trồng rừng.
IV. KINH PHÍ
Kinh phí thực hiện do ngân sách tỉnh bảo đảm.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn Lúa
"""
DECISION = """ỦY BAN NHÂN DÂN
HUYỆN BẾN CÁT VÀNG
Số: 5/QĐ-UBND
Bến Cát Vàng, ngày 3 tháng 2 năm 2026
QUYẾT ĐỊNH
Về việc ban hành Kế hoạch nạo vét kênh
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch nạo vét kênh.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
Điều 3. Chánh Văn phòng UBND huyện chịu trách nhiệm thi hành Quyết định này.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Thị Cồn

KẾ HOẠCH
NẠO VÉT KÊNH NĂM 2026
(Kèm theo Quyết định số 5/QĐ-UBND ngày 3 tháng 2 năm 2026)
I. NHIỆM VỤ
1. Khảo sát các tuyến kênh.

PHỤ LỤC 01
CƠ QUAN CHỦ TRÌ THỰC HIỆN: PHÒNG NỘI VỤ

TT

Nhiệm vụ

Đơn vị phối hợp

Thời gian

1

Khảo sát kênh Bà Bướm

Phòng Tài chính

Quý I/2026

2

Nạo vét kênh Bà Bướm

Phòng Tài chính

Quý II/2026
"""
NEWS = """Sông Trăng trồng 2.500 ha rừng ven sông

Thứ Ba, 10/03/2026 | 08:30

Sáng 10/3/2026, UBND tỉnh Sông Trăng ban hành Kế hoạch số 12/KH-UBND ngày 5/3/2026 về trồng rừng ven sông.

Năm 2025, các xã đã trồng được 120 ha rừng.

UBND tỉnh giao Sở Nội vụ phối hợp với Sở Y tế rà soát quỹ đất ven sông trước ngày 30/6/2026. UBND tỉnh giao Sở Nội vụ rà soát quỹ đất ven sông.

Minh Nguyệt
"""
TEXTS = {"plan": PLAN, "decision": DECISION, "news": NEWS}


@lru_cache(maxsize=16)
def document(name):
    return extract_text(TEXTS[name], doc_id=name)


def leads(task):
    return [("*" if role.inherited else "") + role.name for role in task.lead]


def ends(record):
    return [("*" if time.inherited else "") + f"{time.start or ''}..{time.end or ''}" for time in record.timeframes]


# --- genres --------------------------------------------------------------------------------------------------------------


def test_the_outline_of_a_plan():
    assert [(section.level, section.number, section.title) for section in document("plan").sections] == [
        (1, "I", "MỤC ĐÍCH, YÊU CẦU"),
        (2, "1", "Mục đích"),
        (1, "II", "MỤC TIÊU"),
        (1, "III", "NHIỆM VỤ"),
        (2, "1", "Sở Nội vụ"),
        (2, "3", "Đề nghị: Hội Nông dân tỉnh"),
        (1, "IV", "KINH PHÍ"),
    ]


def test_the_tasks_of_a_plan():
    first, second, third, fourth = document("plan").tasks
    assert (leads(first), [role.name for role in first.coordinating], ends(first)) == (["*Sở Nội vụ"], ["Sở Y tế"], ["..2026-06-30"])
    assert (leads(second), second.timeframes[0].recurrence) == (["*Sở Nội vụ"], "quarterly")
    assert (leads(third), ends(third)) == (["Sở Tài chính"], ["2026-01-01..2026-12-31"])
    assert (leads(fourth), fourth.text) == (["*Hội Nông dân tỉnh"], "Vận động hội viên trồng rừng.")


def test_the_targets_of_a_plan():
    assert [(target.value, target.comparator, ends(target)) for target in document("plan").targets] == [
        (31.5, "=", ["*..2030-12-31"]),
        (2500.0, ">=", ["*..2030-12-31"]),
    ]


def test_the_head_of_a_plan():
    plan = document("plan")
    assert (plan.genre, plan.metadata.number, plan.metadata.issued_on, plan.metadata.signer) == (
        "full_text",
        "12/KH-UBND",
        "2026-03-05",
        "Trần Văn Lúa",
    )
    assert [reference.number for reference in plan.references] == ["7/NQ-HĐND"]  # not its own number
    assert plan.metadata.issuer.agency_id in {agency.id for agency in plan.agencies}


def test_a_decision_with_its_plan_and_appendix():
    sections = document("decision").sections
    assert [(section.level, section.number, section.title) for section in sections] == [
        (1, "Điều 1", ""),
        (1, "Điều 2", ""),
        (1, "Điều 3", ""),
        (1, None, "KẾ HOẠCH NẠO VÉT KÊNH NĂM 2026"),
        (2, "I", "NHIỆM VỤ"),
        (1, "PHỤ LỤC 01", "CƠ QUAN CHỦ TRÌ THỰC HIỆN: PHÒNG NỘI VỤ"),
    ]


def test_the_tasks_of_a_decision_its_plan_and_its_table():
    found = [(task.text, leads(task), [role.name for role in task.coordinating], ends(task)) for task in document("decision").tasks]
    assert found == [
        ("Chánh Văn phòng UBND huyện chịu trách nhiệm thi hành Quyết định này.", ["Chánh Văn phòng UBND huyện"], [], []),
        ("Khảo sát các tuyến kênh.", [], [], []),
        ("Khảo sát kênh Bà Bướm", ["*PHÒNG NỘI VỤ"], ["Phòng Tài chính"], ["2026-01-01..2026-03-31"]),
        ("Nạo vét kênh Bà Bướm", ["*PHÒNG NỘI VỤ"], ["Phòng Tài chính"], ["2026-04-01..2026-06-30"]),
    ]
    tables = document("decision").tables
    assert [task.table and (task.table.table_id, task.table.row) for task in document("decision").tasks] == [
        None,
        None,
        (tables[0].id, 0),
        (tables[0].id, 1),
    ]


def test_a_news_article():
    news = document("news")
    assert (news.genre, news.metadata.number, [reference.number for reference in news.references]) == ("news_article", "12/KH-UBND", ["12/KH-UBND"])
    assert [(leads(task), ends(task)) for task in news.tasks] == [(["Sở Nội vụ"], ["..2026-06-30"])]  # what is said twice counts once
    assert [(result.value, result.unit) for result in news.results] == [(120.0, "ha")]


def test_a_row_of_a_table_may_repeat_another():
    text = DECISION.replace("Nạo vét kênh Bà Bướm", "Khảo sát kênh Bà Bướm")
    assert [task.text for task in extract_text(text).tasks].count("Khảo sát kênh Bà Bướm") == 2


def test_a_missing_year_is_that_of_the_document():
    text = PLAN.replace("trước ngày 30/6/2026", "trước ngày 30/6")
    assert extract_text(text).tasks[0].timeframes[0].end == "2026-06-30"


# --- formats -------------------------------------------------------------------------------------------------------------

PAGE = """<html><body><h1>KẾ HOẠCH</h1><p>Trồng rừng</p><p>I. NHIỆM VỤ</p><table>
<tr><th>TT</th><th>Nhiệm vụ</th><th>Cơ quan chủ trì</th><th>Thời gian</th></tr>
<tr><td>1</td><td>Rà soát quỹ đất</td><td rowspan="2">Sở Nội vụ</td><td>Quý I/2026</td></tr>
<tr><td>2</td><td>Giao đất cho dân</td><td></td></tr></table></body></html>"""


def test_the_table_of_a_web_page():
    extraction = extract_bytes(PAGE.encode(), "trang.html", doc_id="trang", path="trang.html")
    found = [(task.text, leads(task), ends(task)) for task in extraction.document.tasks]
    assert found == [
        ("Rà soát quỹ đất", ["Sở Nội vụ"], ["2026-01-01..2026-03-31"]),
        ("Giao đất cho dân", ["*Sở Nội vụ"], []),
    ]


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_line_ends_do_not_matter(name):
    given_bytes = b"\xef\xbb\xbf" + TEXTS[name].replace("\n", "\r\n").encode()
    told = extract_bytes(given_bytes, "a.txt", doc_id=name, path="").document
    assert (told.tasks, told.sections, told.targets) == (document(name).tasks, document(name).sections, document(name).targets)


# --- rules and taggers ---------------------------------------------------------------------------------------------------


def test_a_tagger_must_be_known():
    source = SourceText("Rà soát.", "text/plain", "utf-8", "")
    with pytest.raises(KehoachError):
        extract_source(source, rules(), doc_id="a", path="", nlp="magic")


@pytest.mark.parametrize("nlp", ["pyvi", "underthesea"])
def test_taggers_add_to_what_the_lists_know(nlp):
    pytest.importorskip(nlp)
    told = extract_text(PLAN, nlp=nlp)
    assert {task.id for task in document("plan").tasks} <= {task.id for task in told.tasks}
    assert told.sections == document("plan").sections


def test_a_users_rules_are_laid_over(tmp_path):
    (tmp_path / "clauses.yaml").write_text(
        """about: a user's own
labels: [no-task]
rules:
  - {id: clauses.mine, label: no-task, pattern: '^bố\\s+trí\\s+kinh\\s+phí', source: mine, examples: ["Bố trí kinh phí trồng rừng"], counter_examples: ["Rà soát"]}
""",
        "utf-8",
    )
    told = extract_text(PLAN.replace("Sở Tài chính: Bố", "Bố"), rules=tmp_path)
    assert not any(task.text.startswith("Bố trí") for task in told.tasks)


# --- what holds for any text ---------------------------------------------------------------------------------------------


def spans_of(told):
    """Every record of a document that has a text and a span."""
    for group in (told.targets, told.results, told.tasks, told.references):
        yield from ((record.text, record.span) for record in group)
    for record in (*told.targets, *told.results, *told.tasks):
        yield from ((time.text, time.span) for time in record.timeframes)
    for task in told.tasks:
        yield from ((output.text, output.span) for output in task.outputs)
    for table in told.tables:
        yield from ((cell.text, cell.span) for row in table.rows for cell in row.cells if cell.span)


def check(text):
    """A document of ``text`` in which everything is grounded and everything resolves."""
    told = extract_text(text)
    assert told.text.chars == len(text)
    for quote, span in spans_of(told):
        assert quote
        assert squash(text[span.start : span.end]) == quote
        assert span.line == text.count("\n", 0, span.start) + 1
    above = {}
    for section in told.sections:
        assert section.parent_id is None or section.parent_id in above
        assert section.level == (above[section.parent_id] + 1 if section.parent_id else 1)
        above[section.id] = section.level
        assert squash(text[section.span.start : section.span.end])
    dropped = sum(item.span.end - item.span.start for item in told.dropped)
    assert told.text.kept_chars == len(text) - dropped
    for _, span in spans_of(told):  # no record lies wholly in what was dropped
        assert not any(item.span.start <= span.start and span.end <= item.span.end for item in told.dropped)
    for task in told.tasks:
        for role in (*task.lead, *task.coordinating, *task.implementing):
            assert 0 <= role.span.start < role.span.end <= len(text)
    assert PlanDocument.from_json(told.to_json()) == told
    return told


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_everything_is_grounded(name):
    check(TEXTS[name])


@pytest.mark.parametrize("name", sorted(TEXTS))
@pytest.mark.parametrize("part", [0.15, 0.4, 0.6, 0.85])
def test_a_text_that_breaks_off_is_read(name, part):
    text = TEXTS[name]
    check(text[: int(len(text) * part)])
    check(text[int(len(text) * part) :])


LINES = st.sampled_from(
    [line for text in TEXTS.values() for line in text.splitlines()] + ["", "\xa0", "**Đậm**", "| a | b |", "- ", "(1) Một; (2) Hai."]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, max_size=40).map("\n".join))
def test_lines_in_any_order_are_read(text):
    check(text)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aÀbĐ1I25.)-+*|#%:;?!,(/ \n\xa0\t“”PHỤLCnăm", max_size=250))
def test_any_text_is_read(text):
    check(text)


def test_the_same_text_gives_the_same_bytes():
    for name, text in TEXTS.items():
        expected = document(name).to_json()
        with ThreadPoolExecutor(4) as pool:
            assert set(pool.map(lambda given: extract_text(given, doc_id=name).to_json(), [text] * 4)) == {expected}  # noqa: B023


@pytest.mark.parametrize(
    "text",
    ["1. " * 3000, "- Rà soát;\n" * 1500, "(" * 4000, "I. A\n" * 1500, "Sở Nội vụ, " * 1500, "a" * 30_000, "1.1.1.1. " * 1500, "| a " * 2000],
    ids=["numbers", "items", "brackets", "headings", "agencies", "letters", "decimals", "bars"],
)
def test_odd_texts_are_read_in_a_moment(text):
    assert extract_text(text).text.chars == len(text)
