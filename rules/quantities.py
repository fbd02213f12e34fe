"""Rules for numbers: names that look like numbers, bounds, and the words of units."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import regex

from kehoach.schemas.errors import RuleError

from .loader import Rule, RuleSet, load_rules, read_yaml

_LISTS = ("percent", "closed", "durations", "money", "classifiers", "stops", "stop_pairs", "noun_pairs", "compounds", "coordinated", "grounds")
_MAPS = ("multipliers", "digits", "halves", "multiples")
_COMPARATORS = (">=", "<=", ">", "<", "~", "+", "-", "=")
# A bound stands at most this many filler words before its number ("tối thiểu phải đạt được từ 80%").
_MAX_FILLERS = 3


@dataclass(frozen=True, slots=True)
class UnitWords:
    """The lexicon of ``rules/units.yaml``; every word lower case."""

    percent: tuple[str, ...]
    closed: tuple[str, ...]
    durations: frozenset[str]
    money: frozenset[str]
    classifiers: tuple[str, ...]
    stops: frozenset[str]
    stop_pairs: frozenset[str]
    noun_pairs: frozenset[str]
    compounds: frozenset[str]
    coordinated: frozenset[str]
    grounds: tuple[str, ...]
    multipliers: dict[str, float]
    digits: dict[str, float]
    halves: dict[str, float]
    multiples: dict[str, float]


@dataclass(frozen=True, slots=True)
class QuantityRules:
    """Everything :func:`kehoach.extract.quantities.find_quantities` needs, compiled.

    The ``…_before`` patterns are look-behinds for ``match(view, start_of_number)``, the ``…_after`` ones for the end of the number or unit;
    ``comparators`` names the comparator of each group of ``bound_before``; ``word_cue`` finds, in lower-case text, what every match of
    ``number_words`` holds.
    """

    patterns: RuleSet
    words: UnitWords
    name_before: regex.Pattern[str]
    name_after: regex.Pattern[str]
    bound_before: regex.Pattern[str]
    comparators: tuple[str, ...]
    up_after: regex.Pattern[str]
    down_after: regex.Pattern[str]
    percent: regex.Pattern[str]
    multiplier: regex.Pattern[str]
    closed: regex.Pattern[str]
    classifier: regex.Pattern[str]
    number_words: regex.Pattern[str]
    word_cue: re.Pattern[str]


def load_quantity_rules(overlay: Path | None = None) -> QuantityRules:
    """``rules/quantities.yaml`` and ``rules/units.yaml``, with the user's files of the same names laid over.

    Raises:
        RuleError: a file does not have the shape described in it.
    """
    rules, words = load_rules("quantities", overlay), _load_words(overlay)
    bounds = [rule for label in _COMPARATORS for rule in rules.labelled(label)]
    groups = "|".join(f"(?P<b{place}>{rule.pattern.pattern})" for place, rule in enumerate(bounds))
    fillers = _joined(rules.labelled("filler"))
    bound = rf"(?<=(?:{groups})\s*+(?:{fillers}\s*+){{0,{_MAX_FILLERS}}})"
    return QuantityRules(
        patterns=rules,
        words=words,
        name_before=_compile(rf"(?<={_joined(rules.labelled('name-before'))})"),
        name_after=_compile(_joined(rules.labelled("name-after"))),
        bound_before=_compile(bound),
        comparators=tuple(rule.label for rule in bounds),
        up_after=_compile(rf"\s*{_joined(rules.labelled('up'))}"),
        down_after=_compile(rf"\s*{_joined(rules.labelled('down'))}"),
        percent=_compile(rf"\s*({_alternatives(words.percent)})"),
        multiplier=_compile(rf"\s*({_alternatives(words.multipliers)})(?!\w)"),
        closed=_compile(rf"\s*+({_alternatives(words.closed)})(?![\w²³])"),
        classifier=_compile(rf"\s+(?:{_alternatives(words.classifiers)})(?!\w)"),
        number_words=_compile(_number_words(words)),
        word_cue=_word_cue(words),
    )


def _number_words(words: UnitWords) -> str:
    digit = _alternatives(words.digits)
    return (
        rf"(?<!\w)(?:(?P<multiple>{_alternatives(words.multiples)})|(?P<half>{_alternatives(words.halves)})"
        rf"|(?P<top>{digit})\s+phần\s+(?P<bottom>{digit})|(?P<figures>(?:hai|02|2)\s+con\s+số)"
        rf"|(?<=(?:ít\s+nhất|tối\s+thiểu|không\s+quá|tối\s+đa)\s+(?:có\s+)?)(?P<digit>{digit}))(?!\w)"
    )


def _word_cue(words: UnitWords) -> re.Pattern[str]:
    """Every branch begins with a letter, which lets the standard library skip the others; so bounds are known by their last word."""
    digit = _alternatives(words.digits)
    bounds = "|".join(rf"{last}\s+(?:có\s+)?(?:{digit})" for last in ("nhất", "thiểu", "quá", "đa"))
    return re.compile(rf"{_alternatives(words.multiples)}|{_alternatives(words.halves)}|phần\s+(?:{digit})|con\s+số|{bounds}")


def _compile(source: str) -> regex.Pattern[str]:
    return regex.compile(source, regex.IGNORECASE)


def _joined(rules: tuple[Rule, ...]) -> str:
    if not rules:
        raise RuleError("rules/quantities.yaml: a label has no rule")
    return "(?:" + "|".join(rule.pattern.pattern for rule in rules) + ")"


def _alternatives(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(r"\s+".join(regex.escape(part) for part in word.split()) for word in longest_first)


def _load_words(overlay: Path | None) -> UnitWords:
    """``rules/units.yaml``. Lists of the overlay are added to the built-in ones, mappings updated."""
    lists: dict[str, list[str]] = {name: [] for name in _LISTS}
    maps: dict[str, dict[str, float]] = {name: {} for name in _MAPS}
    for place, data in read_yaml("units", overlay):
        if not isinstance(data, dict) or (unknown := set(data) - {"about", *_LISTS, *_MAPS}):
            raise RuleError(f"{place}: unknown keys {', '.join(sorted(unknown)) if isinstance(data, dict) else 'everywhere'}")
        for name in _LISTS:
            lists[name] += [_word(value, place) for value in data.get(name) or []]
        for name in _MAPS:
            maps[name] |= {_word(key, place): _factor(value, place) for key, value in (data.get(name) or {}).items()}
    return UnitWords(
        percent=tuple(lists["percent"]),
        closed=tuple(lists["closed"]),
        durations=frozenset(lists["durations"]),
        money=frozenset(lists["money"]),
        classifiers=tuple(lists["classifiers"]),
        stops=frozenset(lists["stops"]),
        stop_pairs=frozenset(lists["stop_pairs"]),
        noun_pairs=frozenset(lists["noun_pairs"]),
        compounds=frozenset(lists["compounds"]),
        coordinated=frozenset(lists["coordinated"]),
        grounds=tuple(lists["grounds"]),
        multipliers=maps["multipliers"],
        digits=maps["digits"],
        halves=maps["halves"],
        multiples=maps["multiples"],
    )


def _word(value: object, place: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise RuleError(f"{place}: {value!r} is no word; quote numbers and signs")
    return " ".join(value.lower().split())


def _factor(value: object, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise RuleError(f"{place}: {value!r} is no positive number")
    return float(value)
