r"""Reads rule files: patterns and terms with labels, examples and counter-examples.

A file ``rules/<name>.yaml``::

    about: one sentence on what belongs in this file
    labels: [lead, coordinating]          # the closed words that ``label`` may take
    rules:
      - id: roles.chu-tri                 # unique; begins with the file's name
        label: lead
        terms: ["chủ trì", "đầu mối"]     # whole words, or instead of terms:
        pattern: '(?<!\w)giao\s+(?=\p{Lu})'
        ignore_case: true                 # default
        source: where it was seen, in words of the field
        examples: ["Sở Y tế chủ trì"]     # each must match
        counter_examples: ["chủ trương"]  # none may match

Patterns are matched in the folded view (see ``extract/matching.py``): one line, plain dashes and quotes, older tone-mark
style. They are compiled once, by ``regex``. The examples are run by the tests, and by ``check_examples`` for a user's folder.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import regex
import yaml

from kehoach.schemas.errors import RuleError

from .probe import too_slow_on

_RULE_KEYS = {"id", "label", "terms", "pattern", "ignore_case", "source", "examples", "counter_examples"}
# A group that repeats something that itself repeats without a bound, "(a+)+": time grows exponentially with the input.
_NESTED_REPEAT = regex.compile(r"(?<!\\)\((?:[^()\\]|\\.)*(?<!\\)[*+](?![+])(?:[^()\\]|\\.)*(?<!\\)\)(?:[*+](?![+])|\{\d*,\})")


@dataclass(frozen=True, slots=True)
class Rule:
    """One statement about the language; ``pattern`` is compiled, ``terms`` are kept for listing."""

    id: str
    label: str
    pattern: regex.Pattern[str]
    source: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one file, in file order (earlier rules win where a stage takes the first that matches)."""

    name: str
    labels: tuple[str, ...]
    rules: tuple[Rule, ...]
    _by_label: Mapping[str, tuple[Rule, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_label = {label: tuple(rule for rule in self.rules if rule.label == label) for label in self.labels}
        object.__setattr__(self, "_by_label", by_label)

    def labelled(self, label: str) -> tuple[Rule, ...]:
        """The rules with this label, in order."""
        found = self._by_label.get(label)
        if found is None:
            raise KeyError(f"{self.name} has no label {label}")
        return found

    def first(self, label: str, text: str, start: int = 0, end: int | None = None) -> tuple[Rule, regex.Match[str]] | None:
        """The first rule of ``label`` that matches somewhere in ``text[start:end]``, with its match."""
        for rule in self.labelled(label):
            if match := rule.pattern.search(text, start, len(text) if end is None else end):
                return rule, match
        return None

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)


def read_yaml(name: str, overlay: Path | None = None) -> list[tuple[str, Any]]:
    """The built-in ``rules/<name>.yaml`` and, where the user's folder has one too, that, as (place, data) pairs.

    Raises:
        RuleError: a file is no UTF-8 YAML.
    """
    found: list[tuple[str, str]] = [(f"rules/{name}.yaml", importlib.resources.files("kehoach.rules").joinpath(f"{name}.yaml").read_text("utf-8"))]
    try:
        if overlay is not None and (path := overlay / f"{name}.yaml").is_file():
            found.append((str(path), path.read_text("utf-8")))
        return [(place, yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))) for place, text in found]
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RuleError(f"rule file {overlay}/{name}.yaml is not UTF-8 YAML: {error}") from error


def load_rules(name: str, overlay: Path | None = None) -> RuleSet:
    """The rules of ``rules/<name>.yaml``; in ``overlay`` a rule with a known id replaces it, others are added after.

    Raises:
        RuleError: unknown keys, repeated ids, empty alternations, labels outside the closed list, or a pattern
            that does not compile or can backtrack without bound; a user's pattern is tried on texts that make bad ones slow.
    """
    labels: tuple[str, ...] = ()
    rules: dict[str, Rule] = {}
    for number, (place, data) in enumerate(read_yaml(name, overlay)):
        if not isinstance(data, dict) or not set(data) <= {"about", "labels", "rules"}:
            raise RuleError(f"{place}: expected the keys about, labels and rules only")
        if not isinstance(data.get("rules") or [], list) or not _are_texts(data.get("labels")):
            raise RuleError(f"{place}: rules is a list of rules, labels a list of words")
        labels = labels or tuple(data.get("labels") or ())
        seen: set[str] = set()
        for raw in data.get("rules") or []:
            rule = _compile(raw, place, labels)
            if rule.id in seen:
                raise RuleError(f"{place}: rule id {rule.id} stands twice; give one of them another id")
            seen.add(rule.id)
            if number and (unit := too_slow_on(rule.pattern, rule.examples)) is not None:
                raise RuleError(f"{place}: rule {rule.id} takes too long on a text like {unit!r}; use possessive '++' or a bound for what repeats")
            rules[rule.id] = rule
    return RuleSet(name, labels, tuple(rules.values()))


def check_examples(rule: Rule) -> list[str]:
    """What is wrong with a rule's examples; empty when every example matches and no counter-example does."""
    return [f"{rule.id}: example does not match: {text}" for text in rule.examples if not rule.pattern.search(text)] + [
        f"{rule.id}: counter-example matches: {text}" for text in rule.counter_examples if rule.pattern.search(text)
    ]


def _compile(raw: object, place: str, labels: tuple[str, ...]) -> Rule:
    if not isinstance(raw, dict) or not isinstance(raw.get("id"), str):
        raise RuleError(f"{place}: every rule is a mapping with an id")
    name = raw["id"]
    if unknown := set(raw) - _RULE_KEYS:
        raise RuleError(f"{place}: rule {name} has unknown keys {', '.join(sorted(unknown))}; known are {', '.join(sorted(_RULE_KEYS))}")
    if raw.get("label") not in labels:
        raise RuleError(f"{place}: rule {name} has label {raw.get('label')!r}; allowed are {', '.join(labels)}")
    if ("terms" in raw) == ("pattern" in raw):
        raise RuleError(f"{place}: rule {name} needs either terms or a pattern")
    if not all(_are_texts(raw.get(key)) for key in ("terms", "examples", "counter_examples")) or not isinstance(raw.get("pattern", ""), str):
        raise RuleError(f"{place}: rule {name}: a pattern is one text, terms and examples are lists of texts")
    if "terms" in raw:
        terms = raw["terms"]
        if not terms or not all(isinstance(term, str) and term.strip() for term in terms):
            raise RuleError(f"{place}: rule {name} has an empty term; an empty alternative would match everywhere")
        words = sorted(terms, key=len, reverse=True)
        source = r"(?<!\w)(?:" + "|".join(r"\s+".join(regex.escape(part) for part in word.split()) for word in words) + r")(?!\w)"
    else:
        source = raw["pattern"]
        if regex.search(r"\((?:\?[:>=!<|]+)?\||\|\||\|\)", regex.sub(r"\\.|\[[^\]]*\]", "x", source)):
            raise RuleError(f"{place}: rule {name} has an empty alternative; use '?' for something optional")
        if _NESTED_REPEAT.search(source):
            raise RuleError(f"{place}: rule {name} repeats a repetition, which can take forever; use possessive '++' or a bound")
    try:
        pattern = regex.compile(source, regex.IGNORECASE if raw.get("ignore_case", True) else 0)
    except (regex.error, RecursionError, OverflowError) as error:
        raise RuleError(f"{place}: rule {name} does not compile: {error}") from error
    if pattern.match(""):
        raise RuleError(f"{place}: rule {name} matches the empty text")
    return Rule(name, raw["label"], pattern, raw.get("source") or "", tuple(raw.get("examples") or ()), tuple(raw.get("counter_examples") or ()))


def _are_texts(value: object) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(item, str) for item in value))
