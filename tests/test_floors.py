"""No figure may fall below its floor (``floors.json``); a rule less is noticed."""

import copy
import json
from pathlib import Path

import floors
import pytest

from kehoach.review.evaluation.compare import Comparison, compare_folders
from kehoach.rules.loader import load_rules

DATA = floors.load()


@pytest.mark.parametrize("corpus", floors.CORPORA)
def test_no_figure_is_below_its_floor(corpus):
    if corpus not in floors.present():
        pytest.skip(f"the files of the {corpus} are not beside the project")
    assert not floors.breaches(corpus, floors.reached(floors.measure_once(corpus)))


def test_floors_are_lowered_with_a_reason_only():
    assert not floors.inconsistencies(DATA)


def test_every_measure_of_the_samples_has_a_floor():
    assert set(DATA["floors"]["samples"]) == set(floors.reached(floors.measure_once("samples")))


def test_raising_never_lowers_and_lowering_keeps_its_reason():
    data = {"floors": {"c": {"tasks": {"floor": 0.9, "best": 0.9}}}, "lowered": []}
    assert floors.raised(copy.deepcopy(data), "c", {"tasks": 0.8, "targets": 0.5})["floors"]["c"] == {
        "tasks": {"floor": 0.9, "best": 0.9},
        "targets": {"floor": 0.49, "best": 0.49},
    }
    low = floors.lowered(copy.deepcopy(data), "c", "tasks", 0.8, "the guide settles this case differently now")
    assert low["floors"]["c"]["tasks"] == {"floor": 0.79, "best": 0.9} and not floors.inconsistencies(low)
    low["lowered"][0]["reason"] = ""
    assert floors.inconsistencies(low)
    low["lowered"] = []
    assert "no reason" in floors.inconsistencies(low)[0]


@pytest.mark.parametrize(
    ("key", "measure", "kind", "words"),
    [
        ("targets.striving", "targets", "target", "ít nhất 2.400 căn hộ"),
        ("targets.done", "results", "result", "tiếp nhận 52.318 hồ sơ"),
        ("clauses.directive", "tasks", "task", "theo dõi sát độ mặn"),
    ],
)
def test_a_rule_less_breaks_a_floor_and_the_comparison_names_what_is_lost(tmp_path, key, measure, kind, words):
    overlay = without(key, tmp_path / "rules")
    assert any(f": {measure} is" in breach for breach in floors.breaches("samples", floors.reached(floors.measure("samples", overlay))))
    lost = compare(tmp_path, overlay).lost
    assert any(shift.kind == kind and words in (shift.old or "") for shift in lost)


def test_a_rule_less_that_leaves_the_records_shows_in_their_fields(tmp_path):
    overlay = without("roles.phoi-hop-voi", tmp_path / "rules")
    assert any(": task_coordinating is" in breach for breach in floors.breaches("samples", floors.reached(floors.measure("samples", overlay))))
    changes = [change for change in compare(tmp_path, overlay).fields if change.field == "coordinating"]
    assert any("Sở Tài chính; Sở Xây dựng" in (change.old or "") and change.new == "nothing" for change in changes)


def without(key: str, folder: Path) -> Path:
    """A folder of rules in which one built-in rule never matches."""
    name = key.partition(".")[0]
    rule = next(rule for rule in load_rules(name) if rule.id == key)
    folder.mkdir()
    never = {"id": key, "label": rule.label, "terms": ["một từ không bao giờ có"]}
    (folder / f"{name}.yaml").write_text(json.dumps({"rules": [never]}), "utf-8")
    return folder


def compare(folder: Path, overlay: Path) -> Comparison:
    floors.extract_corpus("samples", folder / "old")
    floors.extract_corpus("samples", folder / "new", overlay)
    return compare_folders(folder / "old", folder / "new")


@pytest.mark.parametrize("path", sorted((floors.ROOT / "tests" / "gold").glob("*.json")), ids=lambda path: path.stem)
def test_annotations_quote_their_sample(path):
    data = json.loads(path.read_text("utf-8"))
    lines = (path.parents[1] / data["source"]).read_text("utf-8").split("\n")
    for group in ("targets", "results", "tasks", "references"):
        for record in data[group]:
            assert record["quote"] in lines[record["line"] - 1]
            assert all(time["quote"] in " ".join(lines) for time in record.get("timeframes", ()))
