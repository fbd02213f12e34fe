"""Whether a phrase of time says when something is to be done, or belongs to a noun, a title, a comparison or the past.

No parser is used: what stands before the phrase in its clause, and right after it, decides. The words are rules
(``rules/timeframes.yaml``); the order of the questions is here.
"""

from __future__ import annotations

import re

from kehoach.rules.timeframes import TimeRules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import TimeContext, TimeKind

from .timephrases import Phrase, Strength

# A clause, for this purpose, runs back to one of these signs; 200 characters are more than any name of a plan needs.
_CLAUSE_START = re.compile(r"[;.:(](?=\s)|[(]|\s[-+•]\s(?=\D)")
_REACH = 200
_NUMBER = re.compile(r"\d\s?%|\d\s++(?!\d|tháng|năm)\w", re.IGNORECASE)
# "số 12/QĐ-UBND ngày 1/2/2020", "Nghị quyết của Quốc hội ngày ...": the date of a cited instrument.
_CITED = re.compile(
    r"(?:\d\s?/\s?[\w-]*[A-ZĐ][\w&/-]*|(?<!\w)số\s+\S{1,25}|(?<!\w)(?:Luật|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Thông tư|Kế hoạch|Công văn|Thông báo|Kết luận|Công điện|Tờ trình)"
    r"(?:\s[^;.()\d]{0,60})?)\s*,?\s*$"
)
_NUMBERED = re.compile(r"\d+[-/][A-ZĐ][\w&/-]*\s*,?\s*(?:ban hành\s+)?$")
_HEAD = re.compile(r"^[\s,\"'*+•)-]*$")
_COMMA_HEAD = re.compile(r",\s*(?:và\s+)?$")
_UNTIL_NOW = re.compile(r"\s*+(?:đến|tới|-)\s++nay(?!\w)", re.IGNORECASE)
_AT_END = re.compile(r"\s*+(?:[;.,)]|$)")


def binds(view: str, phrase: Phrase, scope: Span, rules: TimeRules, context: TimeContext) -> bool:
    """Whether the phrase is a timeframe of the task or target that ``scope`` states."""
    at, stop = phrase.mention.span
    start = _clause_start(view, at, scope.start)
    if phrase.strength is Strength.WORD:
        return _word_binds(view, phrase, Span(start, scope.end), scope, rules)
    if _past(phrase, context) or _UNTIL_NOW.match(view, stop, scope.end) or _cited(view, phrase, start, at):
        return False
    around = rules.around
    if around["compared"].search(view, max(start, at - 50), at) or around["past"].search(view, start, at):
        return False
    if phrase.strength is Strength.STRONG:
        return True
    if _at_head(view, start, at, scope, rules):
        return True
    if phrase.strength is Strength.WITHIN:
        return not around["owner"].search(view, start, at)
    return _bare_binds(view, phrase, Span(start, at), Span(stop, scope.end), rules)


def _clause_start(view: str, at: int, low: int) -> int:
    """Where the clause that holds ``at`` begins, not before ``low``."""
    low = max(low, at - _REACH)
    last = None
    for last in _CLAUSE_START.finditer(view, low, at):  # noqa: B007
        pass
    return last.end() if last else low


def _past(phrase: Phrase, context: TimeContext) -> bool:
    """A time that ended in a year before the document's cannot be when it wants something done."""
    year = context.year or (context.issued_on.year if context.issued_on else None)
    end = phrase.mention.end
    return bool(year and end and end.year < year)


def _cited(view: str, phrase: Phrase, start: int, at: int) -> bool:
    if phrase.strength is Strength.STRONG:
        return False
    if phrase.grain == "day":
        return bool(_CITED.search(view, start, at))
    return bool(_NUMBERED.search(view, start, at))


def _at_head(view: str, start: int, at: int, scope: Span, rules: TimeRules) -> bool:
    """The phrase opens its clause, perhaps after "Phấn đấu", "Mục tiêu", "và"."""
    if _HEAD.match(view[start:at]):
        return True
    match = rules.around["lead_in"].search(view, max(start, at - 30), at)
    while match:
        if not view[match.end() : at].strip(" ,:") and _HEAD.match(view[start : match.start()]):
            return True
        match = rules.around["lead_in"].search(view, match.end(), at)
    return False


def _bare_binds(view: str, phrase: Phrase, before: Span, after: Span, rules: TimeRules) -> bool:
    """Years, quarters and months without "trong": they bind after a verb of doing, before a predicate, or where no noun owns them."""
    if phrase.strength is Strength.NAKED:
        return False
    if _follows(view, before, rules, "binder"):
        return True
    tail = re.compile(r"\s*+\)?\s*+").match(view, after.start, after.end)
    if rules.around["attained"].match(view, tail.end() if tail else after.start, after.end):
        return True
    return not _owned(view, before, rules)


def _follows(view: str, before: Span, rules: TimeRules, label: str) -> bool:
    """Whether a rule of ``label`` matches right before the phrase."""
    for match in rules.around[label].finditer(view, max(before.start, before.end - 40), before.end):
        if not view[match.end() : before.end].strip(" ,:("):
            return True
    return False


def _owned(view: str, before: Span, rules: TimeRules) -> bool:
    """Whether a title noun stands in the clause with neither a figure nor "hoàn thành" between it and the phrase."""
    last = None
    for last in rules.around["title"].finditer(view, before.start, before.end):  # noqa: B007
        pass
    return bool(last) and not _NUMBER.search(view, last.end(), before.end) if last else False


def _word_binds(view: str, phrase: Phrase, clause: Span, scope: Span, rules: TimeRules) -> bool:
    """Recurrence, "thường xuyên" and events: bound at the head of a clause or after a verb, not behind the noun they qualify."""
    at, stop = phrase.mention.span
    around = rules.around
    if phrase.label == "relative":
        return not around["condition"].search(view, max(clause.start, at - _REACH), at)
    head = _HEAD.match(view[clause.start : at]) or _COMMA_HEAD.search(view, clause.start, at)
    if phrase.label == "ongoing":
        return _ongoing_binds(view, at, stop, bool(head), Span(clause.start, scope.end), rules)
    if phrase.label == "periodic":
        return not around["occasion"].search(view, max(clause.start, at - 40), at) if not head else True
    if phrase.mention.month_day or phrase.mention.rrule or phrase.mention.kind is not TimeKind.RECURRING:
        return True
    if head and not (_AT_END.match(view, stop, scope.end) and _COMMA_HEAD.search(view, clause.start, at)):
        return True
    if view[at : at + 4].lower() == "định" or "lần" in view[at:stop]:
        return True
    return not around["recurring_owner"].search(view, clause.start, at)


def _ongoing_binds(view: str, at: int, stop: int, head: bool, clause: Span, rules: TimeRules) -> bool:
    around = rules.around
    if around["circumstance"].search(view, max(clause.start, at - 40), at):
        return False
    blank = re.compile(r"\s*+").match(view, stop, clause.end)
    if around["state"].match(view, blank.end() if blank else stop, clause.end):
        return False
    return head or not around["recurring_owner"].search(view, clause.start, at)
