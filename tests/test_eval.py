"""``kehoach eval``: the measures one by one, against the independent scorer, and what a comparison lists."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import plandocs
import pytest
from click.testing import CliRunner

from kehoach.cli import cli
from kehoach.review.evaluation.bootstrap import intervals
from kehoach.review.evaluation.compare import compare_folders
from kehoach.review.evaluation.confidence import task_reliability
from kehoach.review.evaluation.dayspans import shared_days
from kehoach.review.evaluation.evaluate import MEASURES, evaluate, evaluate_folders
from kehoach.review.evaluation.extracted import facts_of
from kehoach.review.evaluation.facts import Action, Facts, Heading, Measure, Named, Time
from kehoach.review.evaluation.figures import Share, Tally
from kehoach.review.evaluation.measures import figures_of, match
from kehoach.review.evaluation.page import evaluation_page
from kehoach.review.evaluation.words import likeness, same_agency, spoken
from kehoach.schemas.errors import OutputError

SHARED = Path(__file__).parents[2] / "shared"
needs_shared = pytest.mark.skipif(
    not (SHARED / "tools" / "score.py").is_file(), reason="the annotated corpus and its scorer are not beside the project"
)

YEAR = Time("period", date(2026, 1, 1), date(2026, 12, 31))
DEADLINE = Time("deadline", None, date(2026, 6, 30))
TASK = Action("Sở Y tế chủ trì, phối hợp với Sở Xây dựng kiểm tra chất lượng nước", (Named("Sở Y tế"),), (Named("Sở Xây dựng"),), (), (DEADLINE,))
GOAL = Measure("Tỷ lệ hộ dùng nước sạch đạt 95%", "Tỷ lệ hộ dùng nước sạch", "=", 95.0, None, "%", (YEAR,))


def figures(gold: Facts, pred: Facts) -> dict:
    return figures_of(match(gold, pred))


def document(**parts) -> Facts:
    return Facts("a", "full_text", **parts)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sở Y tế", "SỞ Y TẾ", True),
        ("Sở TT&TT", "Sở Thông tin và Truyền thông", True),
        ("Giám đốc Sở Y tế", "Sở Y tế", True),
        ("UBND các quận, huyện", "Ủy ban nhân dân các quận, huyện", True),
        ("Sở Y tế", "Bộ Y tế", False),  # a word in place of another
        ("UBND cấp huyện", "UBND cấp xã", False),
        ("Uỷ ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh", True),  # tone marks in either style
        ("các sở, ngành liên quan", "các sở, ngành", True),
        ("", "", False),
    ],
)
def test_when_two_names_are_one_agency(one, other, same):
    assert same_agency(one, other) is same


def test_words_have_one_form():
    assert spoken("VPUBND TP., Sở KH&ĐT") == "văn phòng ủy ban nhân dân thành phố sở kế hoạch và đầu tư"
    assert likeness("", "") == 0.0


def test_a_perfect_extraction_has_every_figure_at_its_best():
    gold = document(
        metadata={"number": "1/KH"},
        headings=(Heading("I", "MỤC TIÊU"),),
        targets=(GOAL,),
        results=(GOAL,),
        tasks=(TASK,),
        references=frozenset(["1"]),
    )
    for name, figure in figures(gold, gold).items():
        assert figure.empty or figure.value == (0.0 if name == "role_swaps" else 1.0), name


@pytest.mark.parametrize(
    ("change", "measure", "value"),
    [
        ({"lead": (Named("Sở Xây dựng"),), "coordinating": (Named("Sở Y tế"),)}, "role_swaps", 1.0),
        ({"lead": (), "coordinating": ()}, "role_swaps", 0.0),
        ({"lead": (Named("Sở Y tế", inherited=True),)}, "origin", 0.5),
        ({"lead": (Named("Sở Y tế", inherited=True),)}, "task_record", 1.0),  # the origin counts in the strict measure only
        ({"lead": (Named("Sở Y tế", inherited=True),)}, "task_strict", 0.0),
        ({"implementing": (Named("Sở Y tế"),)}, "task_record", 1.0),
        ({"implementing": (Named("Sở Y tế"),)}, "task_strict", 0.0),
        ({"times": ()}, "task_record", 0.0),
        ({"times": ()}, "task_days", 0.0),
        ({"text": "Phối hợp với Sở Xây dựng kiểm tra chất lượng nước"}, "tasks", 1.0),
        ({"text": "Phối hợp với Sở Xây dựng kiểm tra chất lượng nước"}, "task_strict", 0.0),
        ({"text": "Rà soát"}, "tasks", 0.0),
        ({"text": "Rà soát"}, "lead_triples", 0.0),
    ],
)
def test_what_a_wrong_task_costs(change, measure, value):
    assert figures(document(tasks=(TASK,)), document(tasks=(replace(TASK, **change),)))[measure].value == pytest.approx(value)


@pytest.mark.parametrize(
    ("change", "measure", "value"),
    [
        ({"value": 96.0}, "targets", 0.0),
        ({"unit": "hộ"}, "target_value_unit", 0.0),
        ({"value_max": 99.0}, "target_value_unit", 0.0),
        ({"comparator": ">="}, "target_comparator", 0.0),
        ({"comparator": ">="}, "targets", 1.0),
        ({"times": (DEADLINE,)}, "target_time", 0.0),
        ({"text": "hộ dùng nước sạch 95%"}, "target_strict", 0.0),
    ],
)
def test_what_a_wrong_target_costs(change, measure, value):
    assert figures(document(targets=(GOAL,)), document(targets=(replace(GOAL, **change),)))[measure].value == pytest.approx(value)


def test_explicit_and_inherited_leads_are_told_apart():
    inherited = replace(TASK, text="Lập danh sách các hộ chưa có nước sạch", lead=(Named("Sở Y tế", inherited=True),))
    found = figures(document(tasks=(TASK, inherited)), document(tasks=(TASK, replace(inherited, lead=()))))
    assert (found["lead_explicit"].value, found["lead_inherited"].recall) == (1.0, 0.0)


def test_a_heading_counts_with_its_number_and_its_parent():
    top, other = Heading("I", "MỤC TIÊU"), Heading("II", "NHIỆM VỤ")
    gold = document(headings=(top, Heading("1", "Mục tiêu chung", top)))
    found = figures(gold, document(headings=(top, Heading("1.", "mục tiêu chung", other))))
    assert (found["headings"].value, found["heading_parent"].value) == (1.0, 0.5)
    assert figures(gold, document(headings=(top, Heading("2", "Mục tiêu chung", top))))["headings"].value == 0.5


@pytest.mark.parametrize(
    ("want", "got", "share"),
    [
        ([YEAR], [YEAR], 1.0),
        ([YEAR], [Time("period", date(2026, 1, 1), date(2026, 6, 30))], 181 / 365),
        ([YEAR], [], 0.0),
        ([DEADLINE], [Time("deadline", None, date(2026, 7, 10))], 100 / 110),  # counted from the document's date
        ([Time("period", date(2026, 1, 1), None)], [YEAR], 1.0),  # an open end is that of its year
        ([Time("point", date(2026, 1, 1), date(2026, 1, 1))], [Time("point", date(2026, 1, 2), date(2026, 1, 2))], 0.0),
        ([YEAR, Time("period", date(2026, 3, 1), date(2026, 3, 31))], [YEAR], 1.0),  # days count once
    ],
)
def test_common_days(want, got, share):
    assert shared_days([(want, got)], date(2026, 3, 23)).value == pytest.approx(share)


def test_undated_timeframes_have_no_days():
    assert shared_days([([Time("ongoing", None, None)], [])], None) == Share()


def test_rows_of_a_rebuilt_table_count_by_pairs():
    first = replace(TASK, table="b-1")
    missed = replace(TASK, text="Lập danh sách các hộ chưa có nước sạch")
    last = replace(TASK, text="Công bố kết quả trên cổng thông tin", table="b-1")
    outside = replace(TASK, text="Tuyên truyền về nước sạch trong nhân dân")
    gold = tuple(replace(task, table=None) for task in (first, missed, last, outside))
    found = figures(document(tasks=gold), document(tasks=(first, replace(last, lead=(Named("Sở Nội vụ"),)), outside)))
    assert found["row_pairs"] == Tally(hits=5, gold=9, pred=6)


def test_a_document_that_was_not_extracted_is_all_missed():
    evaluation = evaluate([(document(tasks=(TASK,), metadata={"number": "1"}), None)])
    assert evaluation.overall["tasks"].recall == 0.0 and evaluation.overall["metadata"].recall == 0.0
    assert evaluation.genres_right == 0


def test_intervals_are_the_same_every_time_and_hold_the_figure():
    documents = [{"tasks": Tally(n, 10, 10)} for n in (3, 7, 9, 10)]
    once = intervals(documents, ("tasks", "targets"), 400)
    assert once == intervals(documents, ("tasks", "targets"), 400)
    assert once["tasks"].low < 29 / 40 < once["tasks"].high and "targets" not in once
    assert intervals(documents[:1], ("tasks",), 400) == {}


def test_confidence_is_held_against_the_truth():
    wrong = replace(TASK, text="Việc không có trong văn bản", confidence=0.93)
    reliability = task_reliability(
        match(document(tasks=(TASK,)), document(tasks=(replace(TASK, confidence=0.97), wrong, replace(wrong, confidence=0.2))))
    )
    assert (reliability.sure.records, reliability.sure.right, reliability.total.records) == (2, 1, 3)
    assert reliability.gap == pytest.approx((0.03 + 0.93 + 0.2) / 3)


def test_an_extraction_measured_against_itself_is_perfect(tmp_path):
    plandocs.write(tmp_path / "out", plandocs.plan())
    evaluation = evaluate_folders(tmp_path / "out", tmp_path / "out")
    assert evaluation.genres_right == 1
    assert all(figure.empty or figure.value == (name != "role_swaps") for name, figure in evaluation.overall.items())
    assert not evaluation.documents[0].misses
    assert set(evaluation.overall) == set(MEASURES)


def test_facts_of_a_document_hold_everything_that_is_measured():
    facts = facts_of(plandocs.plan(), plandocs.TEXT)
    assert [task.table for task in facts.tasks] == [None, None, "b-1"] and facts.tasks[1].lead == (Named("Sở Y tế", inherited=True),)
    assert facts.chrome is not None and facts.chrome["trang"] == 1 and facts.format == "txt"


# --- the command ---------------------------------------------------------------------------


@pytest.fixture
def folders(tmp_path):
    """A gold file in the annotators' form, and an extraction that lacks one of its tasks."""
    data = plandocs.plan_data()
    quote = data["tasks"][0]["text"]
    gold = {
        "id": "ke-hoach",
        "source": "vao/ke-hoach.txt",
        "genre": "full_text",
        "content_lines": [[2, 14]],
        "metadata": {"doc_type": "Kế hoạch", "issued_on": "2026-03-16", "title": "Cấp nước sạch năm 2026"},
        "headings": [{"line": 4, "number": "I", "title": "MỤC TIÊU", "parent": None}],
        "tasks": [
            {
                "line": 8,
                "quote": quote,
                "lead": ["Sở Y tế"],
                "coordinating": ["Sở Xây dựng"],
                "timeframes": [{"kind": "deadline", "end": "2026-06-30"}],
            }
        ],
    }
    (tmp_path / "gold" / "views").mkdir(parents=True)
    (tmp_path / "gold" / "ke-hoach.json").write_text(json.dumps(gold), "utf-8")
    (tmp_path / "gold" / "views" / "ke-hoach.txt").write_text(plandocs.TEXT, "utf-8")
    plandocs.write(tmp_path / "out", plandocs.plan(data))
    data["tasks"] = data["tasks"][1:]
    plandocs.write(tmp_path / "worse", plandocs.plan(data))
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(cli, ["eval", *map(str, arguments)])


def test_the_tables_name_every_measure(folders):
    shown = run(folders / "gold", folders / "out")
    assert shown.exit_code == 0 and all(name in shown.output for name in MEASURES)
    assert "genre right in 1 of 1 documents" in shown.output and "tasks have a confidence of 0.9 or more" in shown.output


def test_json_holds_figures_groups_and_faults(folders):
    data = json.loads(run(folders / "gold", folders / "out", "--json").output)
    assert data["overall"]["tasks"] == {"p": 0.3333, "r": 1.0, "f1": 0.5, "hits": 1, "gold": 1, "pred": 3, "macro_f1": None, "interval": None}
    assert data["groups"]["format"]["txt"]["documents"] == 1 and data["confidence"]["tasks"]["records"] == 3
    assert {miss["measure"] for miss in data["documents"]["ke-hoach"]["misses"]} >= {"tasks", "targets"}


def test_the_page_holds_the_tables_and_the_faults_and_no_markup_of_the_document(folders):
    data = plandocs.plan_data()
    data["tasks"][1]["text"] = "<script>alert(1)</script>"
    plandocs.write(folders / "out", plandocs.plan(data))
    assert run(folders / "gold", folders / "out", "--html", folders / "page.html").exit_code == 0
    page = (folders / "page.html").read_text("utf-8")
    assert "task_record" in page and "&lt;script&gt;" in page and "<script" not in page
    assert page == evaluation_page(evaluate_folders(folders / "gold", folders / "out"))


def test_the_faults_of_one_document(folders):
    shown = run(folders / "gold", folders / "worse", "--errors", "ke-hoach")
    assert "tasks missed: “Sở Y tế chủ trì" in shown.output
    assert run(folders / "gold", folders / "worse", "--errors", "nao").exit_code == 2


def test_a_comparison_names_what_was_lost(folders):
    shown = run("--compare", folders / "out", folders / "worse")
    assert shown.exit_code == 1 and "lost task: “Sở Y tế chủ trì" in shown.output and "1 records lost" in shown.output
    back = run("--compare", folders / "worse", folders / "out")
    assert back.exit_code == 0 and "gained task: “Sở Y tế chủ trì" in back.output
    data = json.loads(run("--compare", folders / "out", folders / "worse", "--json").output)
    assert data["counts"]["task"] == {"lost": 1, "gained": 0, "reworded": 0, "changed": 0}
    assert run("--compare", folders / "out", folders / "out").output == "0 records lost, 0 gained, 0 reworded in 1 documents\n"


def test_a_document_gone_loses_all_its_records(folders):
    plandocs.write(folders / "worse", plandocs.plan(plandocs.plan_data("khac")))
    comparison = compare_folders(folders / "worse", folders / "out")
    assert {shift.kind for shift in comparison.lost} == {"section", "target", "result", "task", "agency", "reference", "table"}
    assert {shift.document for shift in comparison.lost} == {"khac"}


def test_a_record_worded_anew_is_not_lost(folders):
    data = plandocs.plan_data()
    data["tasks"][0].update(
        id="k-9",
        text="Sở Xây dựng kiểm tra chất lượng nước trước ngày 30/6/2026.",
        span=plandocs.span("Sở Xây dựng kiểm tra chất lượng nước trước ngày 30/6/2026."),
    )
    plandocs.write(folders / "worse", plandocs.plan(data))
    comparison = compare_folders(folders / "out", folders / "worse")
    assert not comparison.lost and not comparison.gained and comparison.reworded[0].kind == "task"


@pytest.mark.parametrize("content", ['{"source": "a.txt"}', "[1]", "{", '{"source": "a.txt", "id": "a", "genre": "other", "tasks": [{}]}'])
def test_a_bad_gold_file_is_named(folders, content):
    (folders / "gold" / "xau.json").write_text(content, "utf-8")
    with pytest.raises(OutputError, match="xau"):
        evaluate_folders(folders / "gold", folders / "out")


def test_empty_folders_are_refused(folders):
    (folders / "empty").mkdir()
    for arguments in (
        (folders / "empty", folders / "out"),
        (folders / "gold", folders / "empty"),
        ("--compare", folders / "empty", folders / "empty"),
    ):
        assert run(*arguments).exit_code == 2


@needs_shared
@pytest.mark.parametrize("thinned", [0, 7, 3], ids=["all", "without every seventh record", "without every third"])
def test_the_figures_are_those_of_the_independent_scorer(tmp_path, thinned):
    """On the annotated corpus itself as the prediction, whole and with records taken out."""
    gold = SHARED / "gold"
    for path in gold.glob("*.json"):
        annotated = json.loads(path.read_text("utf-8"))
        _as_prediction(annotated, thinned, tmp_path)
    told = subprocess.run(
        [sys.executable, SHARED / "tools" / "score.py", gold, tmp_path, "--json"], capture_output=True, text=True, encoding="utf-8", check=True
    )
    expected, evaluation = json.loads(told.stdout), evaluate_folders(gold, tmp_path, resamples=0)
    assert expected["genre"] == f"{evaluation.genres_right}/{len(evaluation.documents)}"
    for name, figure in expected["overall"].items():
        macro = evaluation.macro[name]
        ours = {**_rounded(evaluation.overall[name]), "macro_f1": None if macro is None else round(macro, 3)}
        assert ours == figure, name
    for one in evaluation.documents:
        assert {name: _rounded(one.figures.get(name, Tally())) for name in expected["overall"]} == expected["documents"][one.name]


def _rounded(tally: Tally) -> dict:
    return {"p": round(tally.precision, 3), "r": round(tally.recall, 3), "f1": round(tally.value, 3), "gold": tally.gold, "pred": tally.pred}


def _as_prediction(annotated: dict, thinned: int, folder: Path) -> None:
    """An annotated document in the form of an extracted one; with ``thinned`` it lacks some of its records and swaps some roles."""

    def kept(items):
        return [item for place, item in enumerate(items or []) if not thinned or place % thinned != thinned - 1]

    at = {"start": 0, "end": 1, "line": 1}
    lead, helps = ("coordinating", "lead") if thinned == 3 else ("lead", "coordinating")

    def times(item):
        none = {"start": None, "end": None, "recurrence": None, "month_day": None}
        fields = ({**none, **{key: time.get(key) for key in none}, "kind": time["kind"]} for time in kept(item.get("timeframes")))
        return [{**time, "text": "x", "before": False, "rrule": None, "span": at, "inherited": False} for time in fields]

    def measure(place, item):
        number = {key: None if item.get(key) is None else float(item[key]) for key in ("value", "value_max")}
        words = {"text": item["quote"], "indicator": item.get("indicator") or "", "comparator": item.get("comparator"), "unit": item.get("unit")}
        return {"id": f"t-{place}", "section_id": None, "span": at, **words, **number, "timeframes": times(item), "rule": "x", "confidence": 0.9}

    def names(item, role):
        return [{"name": name, "agency_id": None, "span": at, "inherited": bool(item.get(f"{role}_inherited"))} for name in item.get(role) or []]

    def task(place, item):
        roles = {"lead": names(item, lead), "coordinating": names(item, helps), "implementing": names(item, "implementing")}
        fixed = {"id": f"k-{place}", "section_id": None, "span": at, "outputs": [], "table": None, "rule": "x", "confidence": 0.9}
        return {**fixed, "text": item["quote"], **roles, "timeframes": times(item)}

    def section(place, item):
        above = next((n for n, one in reversed(list(enumerate(annotated["headings"]))) if one["line"] == item["parent"]), None)
        parent = None if above is None or item["parent"] is None else f"s-{above}"
        fields = {
            "id": f"s-{place}",
            "parent_id": parent,
            "level": 1,
            "kind": "heading" if item in kept(annotated["headings"]) else "item",
            "span": at,
        }
        return {**fields, "number": item["number"], "title": item["title"] or ""}

    def reference(place, item):
        fixed = {"id": f"r-{place}", "text": "x", "span": at, "issued_on": None, "issuer": None, "relation": "mentions"}
        return {**fixed, "doc_type": item.get("doc_type") or "x", "number": item.get("number")}

    meta = annotated.get("metadata") or {}
    stated = {key: meta.get(key) for key in ("doc_type", "number", "issued_on", "title", "signer", "signer_title")}
    data = plandocs.plan_data(annotated["id"])
    data.update(genre=annotated["genre"], tables=[], agencies=[], dropped=[], diagnostics=[])
    data["source"]["path"] = annotated["source"]
    data["metadata"] = {
        **stated,
        "issuer": {"name": meta["issuer"], "agency_id": None} if meta.get("issuer") else None,
        "place": None,
        "evidence": {},
    }
    data["sections"] = [section(*pair) for pair in enumerate(annotated.get("headings") or [])]
    data["targets"] = [measure(*pair) for pair in enumerate(kept(annotated.get("targets")))]
    data["results"] = [{**measure(*pair), "planned": None} for pair in enumerate(kept(annotated.get("results")))]
    data["tasks"] = [task(*pair) for pair in enumerate(kept(annotated.get("tasks")))]
    data["references"] = [reference(*pair) for pair in enumerate(kept(annotated.get("references")))]
    view = SHARED / "gold" / "views" / f"{annotated['id']}.txt"
    path = view if view.is_file() else SHARED / annotated["source"]
    plandocs.write(folder, plandocs.plan(data), path.read_bytes().decode("utf-8", errors="replace"))
