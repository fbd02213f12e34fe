"""Rules of targets and results, compiled for use at one position of a clause."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import regex

from kehoach.schemas.errors import RuleError

from .loader import RuleSet, load_rules


@dataclass(frozen=True, slots=True)
class TargetRules:
    """``rules/targets.yaml`` with the combined patterns that the stages use.

    ``lead`` and ``opener`` match at a position; ``value_end`` searches for value and filling words that end a text,
    ``valued_end`` for value words there (with filling ones after them), ``tail`` anywhere; ``such_as`` what introduces an indicator as
    an example; ``start`` matches where a statement of a number may begin.
    """

    patterns: RuleSet
    lead: regex.Pattern[str]
    opener: regex.Pattern[str]
    value_end: regex.Pattern[str]
    valued_end: regex.Pattern[str]
    head: regex.Pattern[str]
    speech: regex.Pattern[str]
    start: regex.Pattern[str]
    start_verb: regex.Pattern[str]
    tail: regex.Pattern[str]
    such_as: regex.Pattern[str]


def load_target_rules(overlay: Path | None = None) -> TargetRules:
    """``rules/targets.yaml``, with the user's file of that name laid over.

    Raises:
        RuleError: the file is no rule file, or a label that the stages need has no rule.
    """
    rules = load_rules("targets", overlay)
    return TargetRules(
        patterns=rules,
        lead=_compile(rf"\s*(?:{_joined(rules, 'lead')})(?!\w)[\s,:]*"),
        opener=_compile(rf"\s*(?:{_joined(rules, 'opener')})"),
        # "đạt bình quân tương ứng": at most five value words in a row
        value_end=_compile(rf"(?:(?:{_joined(rules, 'value')}|{_joined(rules, 'between')})[\s,:]*+){{1,5}}$"),
        valued_end=_compile(rf"(?:(?:{_joined(rules, 'value')})|:)\s*(?:(?:{_joined(rules, 'between')})\s*){{0,3}}$"),
        head=_compile(rf"(?:{_joined(rules, 'head')})"),
        speech=_compile(rf"(?:{_joined(rules, 'speech')})"),
        start=_compile(rf"(?:{_joined(rules, 'head')}|{_joined(rules, 'start')})"),
        start_verb=_compile(rf"(?:{_joined(rules, 'start-verb')})"),
        tail=_compile(rf"(?:{_joined(rules, 'tail')})"),
        such_as=_compile(rf"(?<!\w)(?:như|gồm|gồm có|là)\s*:?\s+(?=(?:{_joined(rules, 'head')})(?!\w))"),
    )


def _joined(rules: RuleSet, label: str) -> str:
    if not rules.labelled(label):
        raise RuleError(f"rules/targets.yaml: label {label} has no rule")
    return "|".join(rule.pattern.pattern for rule in rules.labelled(label))


def _compile(source: str) -> regex.Pattern[str]:
    return regex.compile(source, regex.IGNORECASE)
