"""Every rule file loads, and every rule's examples hold: the examples are the tests."""

import importlib.resources

import pytest
import yaml

from kehoach.rules.loader import check_examples, load_rules
from kehoach.schemas.errors import RuleError

FILES = [path.name[:-5] for path in importlib.resources.files("kehoach.rules").iterdir() if path.name.endswith(".yaml")]
PATTERN_FILES = [
    name for name in FILES if "rules" in yaml.safe_load(importlib.resources.files("kehoach.rules").joinpath(f"{name}.yaml").read_text("utf-8"))
]
RULES = [rule for name in sorted(PATTERN_FILES) for rule in load_rules(name)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_hold(rule):
    assert not check_examples(rule)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_says_where_it_comes_from_and_shows_itself(rule):
    assert rule.examples, f"{rule.id} has no example"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("rules: [{id: a.x, label: l, terms: ['']}]", "empty term"),
        ("rules: [{id: a.x, label: l, pattern: 'a||b'}]", "empty alternative"),
        ("rules: [{id: a.x, label: l, pattern: '(a|)b'}]", "empty alternative"),
        ("rules: [{id: a.x, label: l, pattern: '(a+)+b'}]", "repeats a repetition"),
        ("rules: [{id: a.x, label: l, pattern: '(['}]", "does not compile"),
        ("rules: [{id: a.x, label: l, pattern: 'a*'}]", "matches the empty text"),
        ("rules: [{id: a.x, label: m, terms: [a]}]", "label 'm'"),
        ("rules: [{id: a.x, label: l, terms: [a], colour: red}]", "unknown keys colour"),
        ("rules: [{id: a.x, label: l, terms: [a]}, {id: a.x, label: l, terms: [b]}]", "stands twice"),
        ("rules: [{id: a.x, label: l}]", "either terms or a pattern"),
        ("colour: red", "keys about, labels and rules"),
        ("rules: [unclosed", "not UTF-8 YAML"),
    ],
)
def test_bad_rule_files_are_refused_with_the_reason(body, message, tmp_path, monkeypatch):
    builtin = "about: x\nlabels: [l]\nrules: [{id: a.b, label: l, terms: [chủ trì], examples: [chủ trì]}]"
    monkeypatch.setattr("importlib.resources.files", lambda package: tmp_path / "builtin")
    (tmp_path / "builtin").mkdir()
    (tmp_path / "builtin" / "a.yaml").write_text(builtin, "utf-8")
    (tmp_path / "a.yaml").write_text(body, "utf-8")
    with pytest.raises(RuleError, match=message):
        load_rules("a", tmp_path)


def test_a_users_folder_is_laid_over(tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.resources.files", lambda package: tmp_path / "builtin")
    (tmp_path / "builtin").mkdir()
    (tmp_path / "builtin" / "a.yaml").write_text("labels: [l]\nrules: [{id: a.b, label: l, terms: [cũ]}, {id: a.c, label: l, terms: [giữ]}]", "utf-8")
    (tmp_path / "a.yaml").write_text("rules: [{id: a.b, label: l, terms: [mới]}, {id: a.d, label: l, terms: [thêm]}]", "utf-8")
    rules = load_rules("a", tmp_path)
    assert [rule.id for rule in rules] == ["a.b", "a.c", "a.d"]
    assert rules.first("l", "một cái mới")[0].id == "a.b"
    assert rules.first("l", "một cái cũ") is None
