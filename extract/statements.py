"""One stated number in its clause, and the numbers that only describe: ages, conditions, shares, money that is spent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kehoach.rules.quantities import UnitWords
from kehoach.rules.targets import TargetRules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import MeasureKind, Quantity

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
class Surroundings:
    """What the caller knows about a text, and the verdict before this one (``said``: in the same sentence, ``earlier``: in the one before)."""

    setting: Setting
    issued_on: date | None
    words: UnitWords
    earlier: MeasureKind | None = None
    said: MeasureKind | None = None
    subject: str = ""
    printed: str = ""  # the text as printed; "" where the view is it

    @property
    def needs_reason(self) -> bool:
        """Whether a number is a fact here unless some wording makes it more."""
        return self.setting in (Setting.TASKS, Setting.REPORT, Setting.NEUTRAL)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A kind with the rule that decided and how sure that is (0..1)."""

    kind: MeasureKind
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Statement:
    """A quantity in its clause, with all that a verdict looks at."""

    view: str
    clause: Clause
    quantity: Quantity
    around: Surroundings
    rules: TargetRules

    @property
    def start(self) -> int:
        """Where the number itself begins, after its bound."""
        return self.quantity.number.start

    @property
    def before(self) -> str:
        """The words of the clause before the number."""
        return self.view[self.clause.span.start : self.start]

    @property
    def unit(self) -> str:
        """The unit in lower case, "" where there is none."""
        return (self.quantity.unit_text or "").lower()

    @property
    def percent(self) -> bool:
        """Whether the number is a percentage."""
        return self.unit.startswith(("%", "phần trăm"))

    def since(self, start: int) -> int:
        """``start``, but no farther before the number than wording can govern it."""
        return max(start, self.start - _GOVERNS)

    def first(self, label: str, start: int, end: int) -> str | None:
        """The id of the first rule of ``label`` that matches in ``view[start:end]``."""
        hit = self.rules.patterns.first(label, self.view, start, end)
        return hit[0].id if hit else None

    def last(self, label: str, start: int, end: int) -> tuple[str, Span] | None:
        """The rule of ``label`` whose match in ``view[start:end]`` begins last, and that match."""
        found = [
            (Span(*match.span()), rule.id)
            for rule in self.rules.patterns.labelled(label)
            for match in rule.pattern.finditer(self.view, start, max(start, end))
        ]
        return (max(found)[1], max(found)[0]) if found else None


_FACT = MeasureKind.FACT
_GOVERNS = 1200  # characters; sentences of plans reach 1,000, and a text without any full stop must not be read over and over
_NEAR = 160  # characters before a number in which a noun or a comparison may still own it
_OWNER = 60  # characters after a count in which who does the counted work may stand
_REMAINING = re.compile(r"(?<!\w)còn\s*$", re.IGNORECASE)
_NAME_WORDS = 12
_LONG_NAME = 30  # words of the name of a campaign
_CAMPAIGN = re.compile(
    r"(?<!\w)(?:phong\s+trào|thi\s+đua(?:\s+cao\s+điểm)?|cao\s+điểm|chiến\s+dịch|cuộc\s+vận\s+động|chủ\s+đề)\s*:?\s*$", re.IGNORECASE
)
_OF = 6  # characters before a number in which "của" stands
_DENOMINATOR = re.compile(r"/|\smỗi\s")
_SAYS = re.compile(r"\b(?:đạt|là|còn|tăng|giảm|có|chiếm|được|đã)\b|:", re.IGNORECASE)
_ALONGSIDE = re.compile(r";\s+đồng\s+thời\s", re.IGNORECASE)
_COLON = re.compile(r"[^;:.]{0,200}:(?=\s)")
_BIG = 1_000_000.0
_SHARE = re.compile(r"(?:chiếm(?:\s+tỷ\s+lệ)?|tương\s+đương)?\s*$", re.IGNORECASE)


def base_unit(unit: str) -> str:
    """A unit without its denominator: "đồng/người/năm" is money."""
    return _DENOMINATOR.split(unit.lower(), maxsplit=1)[0].strip()


def is_aside(view: str, quantity: Quantity, sentence: Span, words: UnitWords, rules: TargetRules) -> bool:
    """Whether a quantity is an age, a duration or a count of the text's own parts: it measures nothing and divides no clause."""
    unit = quantity.unit_text or ""
    if base_unit(unit) in words.durations:
        return rules.patterns.first("duration-measure", view, max(sentence.start, quantity.number.start - _GOVERNS), quantity.number.start) is None
    return bool(unit) and rules.patterns.first("fact", unit) is not None


def fact_of(case: Statement) -> Verdict | None:
    """Why the number is a fact whatever the setting; None when nothing says so."""
    if case.view[case.clause.sentence.end - 1] == "?":
        return Verdict(_FACT, "targets.question", 0.7)
    if base_unit(case.unit) == "lần" and "/" in case.unit and case.around.needs_reason:
        return Verdict(_FACT, "targets.frequency", 0.7)
    return _described(case) or _counted_aside(case) or _listed(case) or (_spent(case) if _is_money(case) else _share_of_fact(case))


def _described(case: Statement) -> Verdict | None:
    """Numbers that belong to a noun, a comparison, a lack or a condition."""
    near = max(case.clause.segment.start, case.start - _NEAR)
    labels = ["lacking", "named-number", "groundwork"]
    if case.around.setting is not Setting.REPORT:
        labels.append("whole-country")
    if case.unit:
        labels.append("group-share")
    split = case.around.said is MeasureKind.TARGET and case.around.setting is Setting.REPORT  # "còn 58 đơn vị, gồm 41 xã và 17 phường"
    if case.unit and case.around.said is not MeasureKind.RESULT and not split:
        labels.append("made-of")
    if not case.unit or (base_unit(case.unit) in case.around.words.closed and base_unit(case.unit) != "lần"):
        labels.append("attributive")
    if case.around.setting is Setting.REPORT:
        labels.append("plan-figure")
    if case.around.needs_reason:
        labels.append("norm")
    # These patterns end where the number begins.
    text = case.view[near : case.start]
    for label in labels:
        if hit := case.rules.patterns.first(label, text):
            return Verdict(_FACT, hit[0].id, 0.7)
    if case.around.setting is Setting.REPORT and (rule := case.first("lacking-list", case.since(case.clause.sentence.start), case.start)):
        return Verdict(_FACT, rule, 0.7)
    alongside = _ALONGSIDE.search(case.view, case.since(case.clause.sentence.start), case.start)  # what goes on beside the condition
    if not alongside and (hit := case.rules.patterns.first("condition", case.view[case.clause.sentence.start : case.start].lstrip())):
        return Verdict(_FACT, hit[0].id, 0.7)
    if rule := _in_subject(case):
        return Verdict(_FACT, rule, 0.7)
    return Verdict(_FACT, "targets.origin", 0.8) if _is_origin(case) else None


def _in_subject(case: Statement) -> str | None:
    """The rule by which a number stands in the subject before a colon: "Về kiến nghị ... (đạt 100%): Giao Bộ ..."."""
    if not _COLON.match(case.view, case.quantity.span.end, case.clause.sentence.end):
        return None
    hit = case.rules.patterns.first("subject", case.view[case.clause.sentence.start : case.start])
    return hit[0].id if hit else None


def _counted_aside(case: Statement) -> Verdict | None:
    """Marks of a grading, sizes bracketed after a name, numbers inside a quoted name, damage, counts of assigned work."""
    if not case.around.needs_reason:
        return None
    view, segment, end = case.view, case.clause.segment, case.quantity.span.end
    if case.unit == "điểm" and case.first("score", segment.start, case.start) is None:
        return Verdict(_FACT, "targets.grading", 0.7)
    opened = view.rfind("(", max(segment.start, case.start - _NEAR), case.start)
    inner = view[opened:end] if opened != -1 and ")" not in view[opened : case.start] else ""
    if inner and base_unit(case.unit) in case.around.words.closed and case.quantity.comparator == "=" and not _SAYS.search(inner):
        return Verdict(_FACT, "targets.bracketed-size", 0.7)
    if view.count('"', segment.start, case.start) % 2 and _in_quoted_name(view, case.start, segment):
        return Verdict(_FACT, "targets.quoted-name", 0.7)
    if case.quantity.planned is None and (rule := case.first("owner", max(segment.start, case.start - _OF), end)):
        return Verdict(_FACT, rule, 0.7)
    if hit := case.rules.patterns.first("assigned", view[end : min(segment.end, end + _OWNER)]):
        return Verdict(_FACT, hit[0].id, 0.7)
    if not case.percent and (rule := case.first("damage", segment.start, segment.end)):
        return Verdict(_FACT, rule, 0.7)
    return None


def _in_quoted_name(view: str, at: int, segment: Span) -> bool:
    """Whether ``at`` stands in a quotation that is a name: a short one, or one behind the word for a campaign."""
    words = len(_quoted(view, at, segment).split())
    first = view.rfind('"', segment.start, at)
    return 0 < words <= _NAME_WORDS or (0 < words <= _LONG_NAME and _CAMPAIGN.search(view, max(segment.start, first - _NEAR), first) is not None)


def _quoted(view: str, at: int, segment: Span) -> str:
    """The words of the quotation that ``at`` stands in; "" where it does not close or the number opens it."""
    first, last = view.rfind('"', segment.start, at), view.find('"', at, segment.end)
    return view[first + 1 : last] if last != -1 and view[first + 1 : at].strip() else ""


def _listed(case: Statement) -> Verdict | None:
    """Counts of what is lacking, and counts that go on a list of facts with no words of their own."""
    if not case.around.needs_reason or case.percent or case.quantity.comparator not in ("=", "~", ">"):
        return None
    if case.around.setting is not Setting.TASKS and (rule := case.first("shortcoming", case.clause.span.start, case.clause.span.end)):
        return Verdict(_FACT, rule, 0.65)
    if _REMAINING.search(case.before) and (
        rule := case.first("lacking-yet", case.quantity.span.end, min(case.clause.segment.end, case.start + _NEAR))
    ):
        return Verdict(_FACT, rule, 0.65)
    bare = not any(char.isalpha() for char in case.before)
    return Verdict(_FACT, "targets.list-of-facts", 0.6) if bare and case.around.said is _FACT else None


def _is_money(case: Statement) -> bool:
    """Whether the number is an amount of money; one of millions without a unit ("5 tỷ") is."""
    return base_unit(case.unit) in case.around.words.money or (not case.unit and case.quantity.value >= _BIG)


def _spent(case: Statement) -> Verdict | None:
    """Money that is spent or granted, unless a report says that it was."""
    earned = case.last("money-measure", case.clause.span.start, case.start)
    late = case.last("money-measure", case.quantity.span.end, case.clause.span.end)
    spent = case.last("money-fact", case.since(case.clause.sentence.start), case.quantity.span.end)
    if (earned is not None and (spent is None or spent[1].start <= earned[1].end + 1)) or (earned is None and late is not None):
        return None
    done = case.around.setting is Setting.REPORT and case.first("result", case.since(case.clause.sentence.start), case.start)
    if (spent or case.around.setting in (Setting.TASKS, Setting.NEUTRAL)) and not done:
        return Verdict(_FACT, spent[0] if spent else "targets.money", 0.75)
    return None


def _share_of_fact(case: Statement) -> Verdict | None:
    """In "vốn vay là 900 tỷ đồng (chiếm 60%)": the share of a fact is one too."""
    lead = case.view[max(case.clause.segment.start, case.clause.span.start - 2) : case.clause.span.start].strip()
    if not (case.percent and case.around.needs_reason and case.around.said is _FACT and lead in ("(", ",") and _SHARE.match(case.before)):
        return None
    return Verdict(_FACT, "targets.share-of-fact", 0.6)


def _is_origin(case: Statement) -> bool:
    """In "từ 20% lên 30%": the first value is where it starts."""
    before = case.view[max(case.clause.segment.start, case.start - 6) : case.start].lower().split()
    after = case.view[case.quantity.span.end : min(case.clause.segment.end, case.quantity.span.end + 30)].lower()
    return bool(before) and before[-1] == "từ" and any(f" {word} " in after for word in ("lên", "xuống", "còn"))
