"""The rules of time: words of recurrence and events, what governs or binds a date, and the lunar feasts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import regex

from kehoach.rules.loader import Rule, RuleSet, load_rules, read_yaml
from kehoach.schemas.errors import RuleError

# Labels whose rules are expressions of time themselves; the others judge the words around one.
WORD_LABELS = ("daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly", "periodic", "ongoing", "relative")


@dataclass(frozen=True, slots=True)
class Feast:
    """A lunar feast: the words that name it and its Gregorian day by year."""

    id: str
    pattern: re.Pattern[str]
    days: Mapping[int, date]


@dataclass(frozen=True, slots=True)
class TimeRules:
    """Everything that the time finder needs to know that is data.

    ``gate`` finds, in lower-case text, where a rule of ``WORD_LABELS`` may begin; ``words`` matches any of them (group ``r<n>`` is
    ``by_group``), ``cell_words`` those and the rules that hold only where the text is a time cell. ``around`` maps each label
    of the other kind to one pattern.
    """

    rules: RuleSet
    gate: re.Pattern[str] | regex.Pattern[str]
    words: regex.Pattern[str]
    cell_words: regex.Pattern[str]
    by_group: Mapping[str, Rule]
    around: Mapping[str, regex.Pattern[str]]
    feasts: tuple[Feast, ...]


def load_time_rules(overlay: Path | None = None) -> TimeRules:
    """The built-in rules of ``timeframes.yaml`` and ``calendar.yaml`` with the user's folder laid over them.

    Raises:
        RuleError: a file breaks the form of pattern rules or of the calendar.
    """
    rules = load_rules("timeframes", overlay)
    by_group = {f"r{place}": rule for place, rule in enumerate(rules)}
    words = [(group, rule) for group, rule in by_group.items() if rule.label in WORD_LABELS]
    cells = [(group, rule) for group, rule in by_group.items() if rule.label == "cell"]
    around = {label: _joined([("", rule) for rule in rules.labelled(label)]) for label in rules.labels if label not in (*WORD_LABELS, "cell", "gate")}
    gate = _quick("|".join(map(_source, rules.labelled("gate"))))
    return TimeRules(rules, gate, _joined(words), _joined(cells + words), by_group, around, _feasts(overlay))


def _joined(named: list[tuple[str, Rule]]) -> regex.Pattern[str]:
    """One alternation over rules in file order; earlier rules win at the same place."""
    parts = [f"(?P<{group}>{_source(rule)})" if group else f"(?:{_source(rule)})" for group, rule in named]
    return regex.compile("|".join(parts) or r"(?!)")


def _quick(source: str) -> re.Pattern[str] | regex.Pattern[str]:
    """The pattern compiled by the standard library, which finds a first word several times faster, or by regex where it must be."""
    try:
        return re.compile(source)
    except re.error:
        return regex.compile(source)


def _source(rule: Rule) -> str:
    flag = "i" if rule.pattern.flags & regex.IGNORECASE else ""
    return f"(?{flag}:{rule.pattern.pattern})"


def _feasts(overlay: Path | None) -> tuple[Feast, ...]:
    found: dict[str, Feast] = {}
    for place, data in read_yaml("calendar", overlay):
        if not isinstance(data, dict) or not set(data) <= {"about", "source", "feasts"}:
            raise RuleError(f"{place}: expected the keys about, source and feasts only")
        for raw in data.get("feasts") or []:
            feast = _feast(raw, place)
            found[feast.id] = feast
    return tuple(found.values())


def _feast(raw: object, place: str) -> Feast:
    if not isinstance(raw, dict) or set(raw) != {"id", "terms", "days"}:
        raise RuleError(f"{place}: every feast has the keys id, terms and days")
    name, terms = raw["id"], raw["terms"]
    if not isinstance(terms, list) or not terms or not all(isinstance(term, str) and term.strip() for term in terms):
        raise RuleError(f"{place}: feast {name} needs a list of terms")
    try:
        days = {int(year): date.fromisoformat(f"{int(year):04}-{day}") for year, day in raw["days"].items()}
    except (AttributeError, TypeError, ValueError) as error:
        raise RuleError(f"{place}: feast {name}: days map a year to a month and day such as '02-17' ({error})") from error
    source = "|".join(r"\s+".join(re.escape(part) for part in term.split()) for term in sorted(terms, key=len, reverse=True))
    return Feast(name, re.compile(rf"(?:{source})(?!\w)", re.IGNORECASE), days)
