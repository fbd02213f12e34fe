"""Whether a stated number is to be reached (target), was reached (result) or is neither (fact)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kehoach.rules.quantities import UnitWords
from kehoach.rules.targets import TargetRules
from kehoach.schemas.stages import MeasureKind, TimeKind, TimeMention

from .clauses import Clause


class Setting(StrEnum):
    """Where a text stands; the caller knows from headings, columns and genre."""

    TARGETS = "targets"  # under a heading that announces targets
    REPORT = "report"  # narrative of results: news, reviews
    TASKS = "tasks"  # a task list or task prose
    CELL_RESULT = "cell-result"  # result, output or target cell of a task table
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A kind with the rule that decided and how sure that is (0..1)."""

    kind: MeasureKind
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the caller knows about a text, and the verdict that the sentence before it ended with."""

    setting: Setting
    issued_on: date | None
    words: UnitWords
    earlier: MeasureKind | None = None


_TARGET, _RESULT, _FACT = MeasureKind.TARGET, MeasureKind.RESULT, MeasureKind.FACT


def judge(view: str, clause: Clause, times: tuple[TimeMention, ...], around: Surroundings, rules: TargetRules) -> Verdict:
    """The verdict on one clause with a quantity."""
    if fact := _fact(view, clause, around, rules):
        return fact
    cue = _nearest_cue(view, clause, rules, around.setting)
    setting = around.setting
    if setting in (Setting.TARGETS, Setting.CELL_RESULT):
        strong = cue is not None and cue.kind is _RESULT
        return cue if strong and cue else Verdict(_TARGET, f"targets.setting-{setting}", 0.9)
    if cue is not None and not (setting is Setting.TASKS and cue.kind is _RESULT):
        return cue if _measures(view, clause, around, rules) or setting is Setting.REPORT else Verdict(_FACT, "targets.bare-count", 0.6)
    if setting is Setting.TASKS:
        return _in_tasks(view, clause, cue, around, rules)
    if tense := _tense(times, around.issued_on):
        return Verdict(tense, "targets.tense", 0.65)
    if setting is Setting.REPORT:
        return _in_report(view, clause, around, rules)
    return Verdict(_FACT, "targets.no-cue", 0.5)


def _fact(view: str, clause: Clause, around: Surroundings, rules: TargetRules) -> Verdict | None:
    """Numbers that describe things, whatever the setting."""
    quantity, patterns, words = clause.quantity, rules.patterns, around.words
    if quantity is None:
        return None
    before = view[clause.segment.start : quantity.span.start]
    whole = view[clause.span.start : clause.span.end]
    unit = (quantity.unit_text or "").lower()
    bare = unit.split("/")[0].split(" mỗi ")[0].strip()
    if bare in words.durations and not patterns.first("duration-measure", view, clause.segment.start, quantity.span.start):
        return Verdict(_FACT, "targets.duration", 0.8)
    if bare == "lần" and "/" in unit and around.setting in (Setting.TASKS, Setting.REPORT, Setting.NEUTRAL):
        return Verdict(_FACT, "targets.frequency", 0.7)
    if hit := patterns.first("fact", unit):
        return Verdict(_FACT, hit[0].id, 0.8)
    if (bare in words.closed and bare != "lần" or not unit) and (hit := patterns.first("attributive", before.rstrip() + " ")):
        return Verdict(_FACT, hit[0].id, 0.7)
    if hit := patterns.first("condition", view[clause.sentence.start : quantity.span.start].lstrip()):
        return Verdict(_FACT, hit[0].id, 0.7)
    if _origin(view, clause):
        return Verdict(_FACT, "targets.origin", 0.8)
    if bare in words.money and not patterns.first("money-measure", whole):
        spent = patterns.first("money-fact", view[clause.sentence.start : quantity.span.end])
        done = patterns.first("result", view, clause.sentence.start, quantity.span.start)
        if (spent or around.setting in (Setting.TASKS, Setting.NEUTRAL)) and not (done and around.setting is Setting.REPORT):
            return Verdict(_FACT, spent[0].id if spent else "targets.money", 0.75)
    return None


def _origin(view: str, clause: Clause) -> bool:
    """ "từ 20% lên 30%": the first value is where it starts."""
    quantity = clause.quantity
    if quantity is None:
        return False
    before = view[max(clause.segment.start, quantity.span.start - 6) : quantity.span.start].lower().split()
    after = view[quantity.span.end : min(clause.segment.end, quantity.span.end + 30)].lower()
    return bool(before) and before[-1] == "từ" and any(f" {word} " in after for word in ("lên", "xuống", "còn"))


def _nearest_cue(view: str, clause: Clause, rules: TargetRules, setting: Setting) -> Verdict | None:
    """The last wording before the number in its segment, else in its sentence, that tells reached from to be reached."""
    quantity = clause.quantity
    if quantity is None:
        return None
    labels = (("result", _RESULT), ("target", _TARGET)) if setting not in (Setting.TARGETS, Setting.CELL_RESULT) else (("achieved", _RESULT), ("target", _TARGET))
    tail = min(clause.span.end, quantity.span.end + 60)
    for start, confidence in ((clause.segment.start, 0.85), (clause.sentence.start, 0.75)):
        best: tuple[int, Verdict] | None = None
        for label, kind in labels:
            for rule in rules.patterns.labelled(label):
                for match in rule.pattern.finditer(view, start, quantity.span.end):
                    if best is None or match.start() > best[0]:
                        best = (match.start(), Verdict(kind, rule.id, confidence))
        if best:
            return best[1]
        if start == clause.segment.start and (hit := rules.patterns.first("result", view, quantity.span.start, tail)) and hit[0].id == "targets.compared":
            return Verdict(_RESULT, hit[0].id, 0.85)
    return None


def _measures(view: str, clause: Clause, around: Surroundings, rules: TargetRules) -> bool:
    """Whether the number itself is what is reached: a percentage, a bound, a change, or the object of a verb of reaching."""
    quantity = clause.quantity
    if quantity is None:
        return False
    if (quantity.unit_text or "").startswith("%") or quantity.comparator != "=" or quantity.planned is not None:
        return True
    before = view[clause.span.start : quantity.span.start]
    return any(match.end() >= len(before) - 45 for rule in rules.patterns.labelled("action") for match in rule.pattern.finditer(before)) or clause.final


def _in_tasks(view: str, clause: Clause, cue: Verdict | None, around: Surroundings, rules: TargetRules) -> Verdict:
    quantity = clause.quantity
    if quantity is None or cue is not None:
        return Verdict(_FACT, cue.rule if cue else "targets.no-cue", 0.6)
    if (quantity.unit_text or "").startswith("%"):
        return Verdict(_TARGET, "targets.percent-in-task", 0.65)
    if quantity.comparator in (">=", ">", "range", "<=", "<"):
        return Verdict(_TARGET, "targets.bound-in-task", 0.6)
    before = view[clause.span.start : quantity.span.start]
    if (hit := rules.patterns.first("action", before)) and len(before) < 60:
        return Verdict(_TARGET, hit[0].id, 0.5)
    return Verdict(_FACT, "targets.no-cue", 0.6)


def _in_report(view: str, clause: Clause, around: Surroundings, rules: TargetRules) -> Verdict:
    quantity = clause.quantity
    if quantity is None:
        return Verdict(_FACT, "targets.no-cue", 0.5)
    if around.earlier is _RESULT or (quantity.unit_text or "").startswith("%") or quantity.planned is not None:
        return Verdict(_RESULT, "targets.report", 0.6)
    return Verdict(_FACT, "targets.no-cue", 0.5)


def _tense(times: tuple[TimeMention, ...], issued_on: date | None) -> MeasureKind | None:
    """Past when every governing time ends before the document's date, future when one begins after it."""
    dated = [item for item in times if item.kind in (TimeKind.DEADLINE, TimeKind.PERIOD, TimeKind.POINT) and item.end]
    if not dated or issued_on is None:
        return None
    if all(item.end and item.end < issued_on for item in dated):
        return _RESULT
    return _TARGET if any(item.end and item.end > issued_on for item in dated) else None
