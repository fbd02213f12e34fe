"""Whether a stated number is to be reached (target), was reached (result) or is neither (fact)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kehoach.rules.quantities import UnitWords
from kehoach.rules.targets import TargetRules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import MeasureKind, Quantity, TimeKind, TimeMention

from .clauses import Clause


class Setting(StrEnum):
    """Where a text stands; the caller knows from headings, columns and genre."""

    TARGETS = "targets"  # under a heading that announces targets
    AIMS = "aims"  # under a heading over general aims: only what is stated with a number is a target
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
    """What the caller knows about a text, and the verdict before this one (``said``: in the same sentence, ``earlier``: in the one before)."""

    setting: Setting
    issued_on: date | None
    words: UnitWords
    earlier: MeasureKind | None = None
    said: MeasureKind | None = None


_TARGET, _RESULT, _FACT = MeasureKind.TARGET, MeasureKind.RESULT, MeasureKind.FACT
_BOUNDS = (">=", ">", "range", "<=", "<")
_OPEN = (Setting.TASKS, Setting.REPORT, Setting.NEUTRAL)  # settings in which a number needs a reason to be more than a fact
_REACH = 45  # characters between a verb and the count that is its object
_AFTER = 60  # characters after a number in which a comparison, a duty or a deadline still belongs to it


def is_aside(view: str, quantity: Quantity, sentence: Span, words: UnitWords, rules: TargetRules) -> bool:
    """Whether a quantity is an age, a duration or a count of the text's own parts: it measures nothing and divides no clause."""
    unit = (quantity.unit_text or "").lower()
    if _bare(unit) in words.durations:
        return rules.patterns.first("duration-measure", view, sentence.start, quantity.number.start) is None
    return bool(unit) and rules.patterns.first("fact", unit) is not None


def judge(view: str, clause: Clause, times: tuple[TimeMention, ...], around: Surroundings, rules: TargetRules) -> Verdict:
    """The verdict on one clause; FACT for one without a quantity."""
    quantity, setting = clause.quantity, around.setting
    if quantity is None:
        return Verdict(_FACT, "targets.no-number", 1.0)
    if fact := _described(view, clause, quantity, around, rules) or _amount(view, clause, quantity, around, rules):
        return fact
    cue = _cue(view, clause, quantity, times, around, rules)
    if setting not in _OPEN:
        if cue is not None and cue.kind is _RESULT:
            return cue
        if setting is Setting.AIMS and cue is None and not _measured(view, clause, quantity, rules):
            return Verdict(_FACT, "targets.bare-count", 0.6)
        return Verdict(_TARGET, f"targets.setting-{setting}", 0.9 if setting is not Setting.AIMS else 0.75)
    if setting is Setting.TASKS:
        return _in_tasks(view, clause, quantity, cue, rules)
    if cue is not None:
        if setting is Setting.NEUTRAL or cue.kind is _TARGET:
            return cue if _measured(view, clause, quantity, rules) or around.said is cue.kind else Verdict(_FACT, "targets.bare-count", 0.6)
        return cue
    if setting is Setting.REPORT:
        return _in_report(view, quantity, around)
    return Verdict(_FACT, "targets.no-cue", 0.5)


def _described(view: str, clause: Clause, quantity: Quantity, around: Surroundings, rules: TargetRules) -> Verdict | None:
    """Numbers that describe a thing or a condition, whatever the setting."""
    patterns, words = rules.patterns, around.words
    start = quantity.number.start
    unit = (quantity.unit_text or "").lower()
    bare = _bare(unit)
    if view[clause.sentence.end - 1] == "?":
        return Verdict(_FACT, "targets.question", 0.7)
    if bare == "lần" and "/" in unit and around.setting in _OPEN:
        return Verdict(_FACT, "targets.frequency", 0.7)
    before = view[max(clause.segment.start, start - 160) : start]
    labels = ["group-share"] if unit != "" else []
    if (bare in words.closed and bare != "lần") or not unit:
        labels.append("attributive")
    if around.setting is Setting.REPORT:
        labels.append("plan-figure")
    for label in labels:
        if hit := patterns.first(label, before):
            return Verdict(_FACT, hit[0].id, 0.7)
    if hit := patterns.first("condition", view[clause.sentence.start : start].lstrip()):
        return Verdict(_FACT, hit[0].id, 0.7)
    return Verdict(_FACT, "targets.origin", 0.8) if _origin(view, clause, quantity) else _listed_fact(view, clause, quantity, around, rules)


def _listed_fact(view: str, clause: Clause, quantity: Quantity, around: Surroundings, rules: TargetRules) -> Verdict | None:
    """Counts of what is lacking, and counts that go on a list of facts with no words of their own."""
    if around.setting not in _OPEN or (quantity.unit_text or "").startswith("%") or quantity.comparator != "=":
        return None
    if around.setting is not Setting.TASKS and (hit := rules.patterns.first("shortcoming", view, clause.span.start, clause.span.end)):
        return Verdict(_FACT, hit[0].id, 0.65)
    bare = not any(char.isalpha() for char in view[clause.span.start : quantity.number.start])
    return Verdict(_FACT, "targets.list-of-facts", 0.6) if bare and around.said is _FACT else None


def _amount(view: str, clause: Clause, quantity: Quantity, around: Surroundings, rules: TargetRules) -> Verdict | None:
    """Money that is spent or granted, unless a report says that it was; shares of such money."""
    patterns = rules.patterns
    start, unit = quantity.number.start, (quantity.unit_text or "").lower()
    if _bare(unit) in around.words.money:
        if patterns.first("money-measure", view, clause.span.start, clause.span.end):
            return None
        spent = patterns.first("money-fact", view, clause.sentence.start, quantity.span.end)
        done = around.setting is Setting.REPORT and patterns.first("result", view, clause.sentence.start, start)
        if (spent or around.setting in (Setting.TASKS, Setting.NEUTRAL)) and not done:
            return Verdict(_FACT, spent[0].id if spent else "targets.money", 0.75)
    elif (
        around.said is _FACT
        and unit.startswith("%")
        and view[clause.span.start : start].strip().lower() in ("chiếm", "chiếm tỷ lệ", "tương đương", "")
    ):
        if around.setting in _OPEN and view[max(clause.segment.start, clause.span.start - 2) : clause.span.start].strip() in ("(", ","):
            return Verdict(_FACT, "targets.share-of-fact", 0.6)
    return None


def _bare(unit: str) -> str:
    return unit.split("/", maxsplit=1)[0].split(" mỗi ", maxsplit=1)[0].strip()


def _origin(view: str, clause: Clause, quantity: Quantity) -> bool:
    """ "từ 20% lên 30%": the first value is where it starts."""
    before = view[max(clause.segment.start, quantity.number.start - 6) : quantity.number.start].lower().split()
    after = view[quantity.span.end : min(clause.segment.end, quantity.span.end + 30)].lower()
    return bool(before) and before[-1] == "từ" and any(f" {word} " in after for word in ("lên", "xuống", "còn"))


def _cue(view: str, clause: Clause, quantity: Quantity, times: tuple[TimeMention, ...], around: Surroundings, rules: TargetRules) -> Verdict | None:
    """The wording nearest to the number that tells reached from to be reached: in its segment, then the tense of its times, then its sentence."""
    if found := _last_cue(view, clause.segment.start, quantity.span.end, around, rules):
        return found
    tail = min(clause.segment.end, quantity.span.end + _AFTER)
    if (hit := rules.patterns.first("result", view, quantity.number.start, tail)) and hit[0].id == "targets.compared":
        return Verdict(_RESULT, hit[0].id, 0.85)
    if around.setting in _OPEN:
        first = (quantity.unit_text or "").startswith("%") and not clause.final  # "100% cơ sở phải ..."
        if first and (hit := rules.patterns.first("obligation", view, quantity.span.end, min(clause.span.end, quantity.span.end + 4 * _AFTER))):
            return Verdict(_TARGET, hit[0].id, 0.7)
        if tense := _tense(times, around.issued_on):
            return Verdict(tense, "targets.tense", 0.65)
    return _last_cue(view, clause.sentence.start, quantity.span.end, around, rules)


def _last_cue(view: str, start: int, end: int, around: Surroundings, rules: TargetRules) -> Verdict | None:
    # Among targets and tasks "đã" may belong to a noun ("nhiệm vụ đã giao"): only clear wording counts.
    reached = "result" if around.setting in (Setting.REPORT, Setting.NEUTRAL) else "achieved"
    best: tuple[int, Verdict] | None = None
    for label, kind in ((reached, _RESULT), ("target", _TARGET)):
        for rule in rules.patterns.labelled(label):
            for match in rule.pattern.finditer(view, start, end):
                if best is None or match.start() > best[0]:
                    best = (match.start(), Verdict(kind, rule.id, 0.85))
    return best[1] if best else None


def _measured(view: str, clause: Clause, quantity: Quantity, rules: TargetRules) -> bool:
    """Whether the number itself is what is reached: a percentage, a bound, a change, a value, or the object of a verb of reaching."""
    if (quantity.unit_text or "").startswith("%") or quantity.comparator != "=" or quantity.planned is not None:
        return True
    before = view[clause.span.start : quantity.number.start].rstrip()
    if rules.valued_end.search(before):
        return True
    return any(match.end() >= len(before) - _REACH for rule in rules.patterns.labelled("action") for match in rule.pattern.finditer(before))


def _in_tasks(view: str, clause: Clause, quantity: Quantity, cue: Verdict | None, rules: TargetRules) -> Verdict:
    """In a task a percentage or bound must be reached; a count only as the object of a verb of reaching near it."""
    done = rules.patterns.first("result", view, clause.span.start, quantity.number.start)
    if (cue is not None and cue.kind is _RESULT) or (done and (cue is None or cue.rule != "targets.striving")):
        return Verdict(_FACT, cue.rule if cue else "targets.done", 0.6)
    if cue is not None:
        return cue if _measured(view, clause, quantity, rules) else Verdict(_FACT, "targets.bare-count", 0.6)
    if (quantity.unit_text or "").startswith("%"):
        return Verdict(_TARGET, "targets.percent-in-task", 0.65)
    if quantity.comparator in _BOUNDS:
        return Verdict(_TARGET, "targets.bound-in-task", 0.6)
    before = view[clause.span.start : quantity.number.start].rstrip()
    if before.endswith(":"):  # "Đầu tư mới trạm 5G: 35 trạm"
        return Verdict(_TARGET, "targets.colon-in-task", 0.5)
    for rule in rules.patterns.labelled("action"):
        reach = _REACH if before.lower().endswith(("đối với", "cho")) else 2
        if any(match.end() >= len(before) - reach for match in rule.pattern.finditer(before)):
            return Verdict(_TARGET, rule.id, 0.5)
    return Verdict(_FACT, "targets.no-cue", 0.6)


def _in_report(view: str, quantity: Quantity, around: Surroundings) -> Verdict:
    unit = quantity.unit_text or ""
    if unit.startswith("%") or quantity.planned is not None or quantity.comparator in "+-":
        return Verdict(_RESULT, "targets.report", 0.6)
    if _RESULT in (around.said, around.earlier):
        return Verdict(_RESULT, "targets.report-goes-on", 0.55)
    return Verdict(_FACT, "targets.no-cue", 0.5)


def _tense(times: tuple[TimeMention, ...], issued_on: date | None) -> MeasureKind | None:
    """Past when every governing time ends before the document's date, future when one ends after it."""
    ends = [item.end for item in times if item.kind in (TimeKind.DEADLINE, TimeKind.PERIOD, TimeKind.POINT) and item.end]
    if not ends or issued_on is None:
        return None
    return _RESULT if max(ends) < issued_on else _TARGET
