"""``diff`` says what changed in a reviewer's words; one row for each kind of change."""

import time

import plandocs
import pytest

from kehoach.review.diff import diff_documents, diff_paths
from kehoach.schemas.errors import OutputError

TASK = "task “Sở Y tế chủ trì, phối hợp với Sở Xây dựng kiểm tra chất lượng nước trước ngày 30/6/2026.”"


def _lead(data):
    role = data["tasks"][0]["lead"][0]
    role.update(name="Sở Xây dựng", agency_id="so-xay-dung")


def _moved(data):
    data["tasks"][0]["span"].update(start=0, end=5, line=1)
    data["metadata"]["evidence"] = {}


def _new_time(data):
    data["tasks"][0]["timeframes"][0].update(text="trong năm 2026", kind="period", start="2026-01-01", end="2026-12-31", before=False)


def _new_task(data):
    data["tasks"].append({**data["tasks"][1], "id": "k-9", "text": "Lập bản đồ đường ống."})


ROWS = [
    ("nothing", lambda data: None, []),
    ("positions alone", _moved, []),
    ("another lead", _lead, [f"{TASK}: lead Sở Y tế → Sở Xây dựng"]),
    ("a lead gone", lambda data: data["tasks"][0].update(lead=[]), [f"{TASK}: lead Sở Y tế → nothing"]),
    (
        "stated elsewhere",
        lambda data: data["tasks"][0]["coordinating"][0].update(inherited=True),
        [f"{TASK}: coordinating Sở Xây dựng → Sở Xây dựng (inherited)"],
    ),
    (
        "another time",
        _new_time,
        [f"{TASK}: time trước ngày 30/6/2026 [deadline ..2026-06-30 before] → trong năm 2026 [period 2026-01-01..2026-12-31]"],
    ),
    ("another section", lambda data: data["tasks"][0].update(section_id="s-1"), [f"{TASK}: section “II NHIỆM VỤ” → “I MỤC TIÊU”"]),
    ("another rule", lambda data: data["tasks"][0].update(rule="tasks.verb"), [f"{TASK}: rule tasks.item → tasks.verb"]),
    ("a task gone", lambda data: data["tasks"].pop(1), ["task gone: “Rà soát mạng lưới đường ống.”"]),
    ("a new task", _new_task, ["task new: “Lập bản đồ đường ống.”"]),
    ("another value", lambda data: data["targets"][0].update(value=90.5), ["target “Tỷ lệ hộ dùng nước sạch đạt 95%”: value 95 → 90.5"]),
    (
        "a large value",
        lambda data: data["targets"][0].update(value=50_242e9),
        ["target “Tỷ lệ hộ dùng nước sạch đạt 95%”: value 95 → 50242000000000"],
    ),
    ("another bound", lambda data: data["targets"][0].update(comparator=">="), ["target “Tỷ lệ hộ dùng nước sạch đạt 95%”: comparator = → >="]),
    ("another plan", lambda data: data["results"][0].update(planned=500.0), ["result “Đã lắp 120/400 đồng hồ nước”: planned 400 → 500"]),
    ("no plan", lambda data: data["results"][0].update(planned=None), ["result “Đã lắp 120/400 đồng hồ nước”: planned 400 → nothing"]),
    ("another genre", lambda data: data.update(genre="other"), ["document: genre full_text → other"]),
    ("metadata", lambda data: data["metadata"].update(number="76/KH-UBND"), ["metadata: number nothing → 76/KH-UBND"]),
    ("the issuer", lambda data: data["metadata"].update(issuer=None), ["metadata: issuer Ủy ban nhân dân tỉnh Sông Trăng → nothing"]),
    ("a heading", lambda data: data["sections"][0].update(level=2), ["section I MỤC TIÊU: level 1 → 2"]),
    ("an agency", lambda data: data["agencies"][0].update(mentions=7), ["agency Sở Y tế: mentions 1 → 7"]),
    (
        "a reference",
        lambda data: data["references"][0].update(relation="mentions"),
        ["reference “Nghị định số 12/2026/NĐ-CP”: relation legal_basis → mentions"],
    ),
    (
        "a cell",
        lambda data: data["tables"][0]["rows"][0]["cells"][1].update(text="Sở Y tế"),
        ["table “Nhiệm vụ | Chủ trì | Ghi chú”: row 1 Lắp đồng hồ | Sở Xây dựng |  → Lắp đồng hồ | Sở Y tế | "],
    ),
    (
        "a column",
        lambda data: data["tables"][0]["columns"][2].update(role="time"),
        ["table “Nhiệm vụ | Chủ trì | Ghi chú”: columns task | lead | note → task | lead | time"],
    ),
    ("a warning gone", lambda data: data["diagnostics"].clear(), ["diagnostic gone: date-unparsed: a date was not understood"]),
    (
        "boilerplate",
        lambda data: data["dropped"][1].update(reason="footer"),
        ["document: dropped counter 18; site-menu 10 → footer 18; site-menu 10"],
    ),
]


@pytest.mark.parametrize(("change", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_change_is_said(change, expected):
    data = plandocs.plan_data()
    change(data)
    assert [str(change) for change in diff_documents(plandocs.plan(), plandocs.plan(data))] == expected


@pytest.mark.parametrize("change", [row[1] for row in ROWS], ids=[row[0] for row in ROWS])
def test_there_and_back_mirror_each_other(change):
    data = plandocs.plan_data()
    change(data)
    there = diff_documents(plandocs.plan(), plandocs.plan(data))
    back = diff_documents(plandocs.plan(data), plandocs.plan())
    assert sorted((c.kind, c.field or "", c.old or "", c.new or "") for c in there) == sorted(
        (c.kind, c.field or "", c.new or "", c.old or "") for c in back
    )


def test_folders_are_matched_by_name(tmp_path):
    for folder, names in (("old", ["a", "b"]), ("new", ["b", "c"])):
        for name in names:
            plandocs.write(tmp_path / folder, plandocs.plan(plandocs.plan_data(name)))
    assert [str(change) for change in diff_paths(tmp_path / "old", tmp_path / "new")] == ["document gone: a", "document new: c"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("folder", "folder/a.json", "a folder and a file"),
        ("empty", "empty", "holds extracted documents"),
        ("folder/a.json", "notes.json", "notes.json is no extracted document"),
        ("folder/a.json", "nowhere.json", "cannot be read"),
    ],
)
def test_what_cannot_be_compared_is_refused(old, new, message, tmp_path):
    plandocs.write(tmp_path / "folder", plandocs.plan(plandocs.plan_data("a")))
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.json").write_text('{"a": 1}')
    with pytest.raises(OutputError, match=message):
        diff_paths(tmp_path / old, tmp_path / new)


def test_five_thousand_tasks_are_quick():
    data = plandocs.plan_data()
    data["tasks"] = [{**data["tasks"][1], "id": f"k-{number}"} for number in range(5000)]
    old = plandocs.plan(data)
    data["tasks"] = [{**task, "rule": "tasks.verb"} for task in reversed(data["tasks"])]
    began = time.process_time()
    assert len(diff_documents(old, plandocs.plan(data))) == 5000
    assert time.process_time() - began < 3
