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
_CLAUSE_START = re.compile(r"[;.:](?=\s)|[()]")
_REACH = 200
# A counted quantity between a noun and the date parts them: "theo Nghị quyết đạt 90% đến năm 2030". Numbers of instruments and dates do not.
_NUMBER = re.compile(r"(?<![\w/.,-])(?<!số\s)\d[\d.,]*(?:\s?%|\s++(?!tháng|năm|ngày|của|về)[^\W\d])", re.IGNORECASE)
# Names end in years and spans of years; a month or quarter belongs to a noun only right behind it ("nhiệm vụ công tác tháng 5").
_NEAR = 25
# "số 12/QĐ-UBND ngày 1/2/2020", "Nghị quyết của Quốc hội ngày ...": the date of a cited instrument.
_CITED = re.compile(
    r"(?:\d\s?/\s?[\w-]*[A-ZĐ][\w&/-]*|(?<!\w)số\s+\S{1,25}|(?<!\w)(?:Luật|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Thông tư|Kế hoạch|Công văn|Thông báo|Kết luận|Công điện|Tờ trình)"
    r"(?:\s[^;.()\d]{0,60})?)\s*,?\s*$"
)
_NUMBERED = re.compile(r"\d+[-/][A-ZĐ][\w&/-]*\s*,?\s*(?:ban hành\s+)?$")
_HEAD = re.compile(r"^[\s,\"'*+•)-]*$")
_COMMA_HEAD = re.compile(r",\s*(?:và\s+)?$")
_UNTIL_NOW = re.compile(r"\s*+(?:đến|tới|-)\s++nay(?!\w)", re.IGNORECASE)
_CLOSING = re.compile(r"\s*+\)?\s*+")
# "đến năm 2025, định hướng đến năm 2030" is how names of strategies end.
_HORIZON = re.compile(r"\s*+,?\s*+(?:và\s++)?(?:tầm\s++nhìn|định\s++hướng|có\s++xét|hướng\s++(?:tới|đến))", re.IGNORECASE)
_EVENT = re.compile(r"(?:(?:ngay|đột\s++xuất)\s++)?(?:sau\s++|trước\s++)?khi\s", re.IGNORECASE)
_NAKED_END = re.compile(r"\s*+(?:[,:)]|$)")
_CLOCK = re.compile(r"\d\s*+(?:h|giờ|g)\s*+(?:\d\d'?)?\s*+,?\s*+$|(?:sáng|chiều|tối|thứ\s\w{2,4}|chủ\s+nhật)\s*+,?\s*+$", re.IGNORECASE)
_BLANKS = re.compile(r"\s*+")
_AT_END = re.compile(r"\s*+(?:[;.,)]|$)")


def binds(view: str, phrase: Phrase, scope: Span, rules: TimeRules, context: TimeContext) -> bool:
    """Whether the phrase is a timeframe of the task or target that ``scope`` states."""
    at, stop = phrase.reach
    start = _clause_start(view, at, scope.start)
    if phrase.strength is Strength.WORD:
        return _word_binds(view, phrase, Span(start, scope.end), scope, rules)
    if _past(phrase, context) or _UNTIL_NOW.match(view, stop, scope.end) or _cited(view, phrase, start, at):
        return False
    around = rules.around
    if around["compared"].search(view, max(start, at - 50), at) or around["past"].search(view, start, at):
        return False
    if not phrase.mention.before and around["reported"].match(view, stop, scope.end):
        return False
    if phrase.strength is Strength.STRONG:
        return True
    if phrase.strength is Strength.NAKED:
        years = phrase.grain in ("year", "years") and _NAKED_END.match(view, stop, scope.end)
        return bool(years) and _at_head(view, start, at, scope, rules) and not _named(view, start, scope, rules)
    if _at_head(view, start, at, scope, rules):
        return True
    if phrase.strength is Strength.WITHIN:
        return not around["owner"].search(view, start, at)
    return _bare_binds(view, phrase, Span(start, at), Span(stop, scope.end), rules, context)


def _clause_start(view: str, at: int, low: int) -> int:
    """Where the clause that holds ``at`` begins, not before ``low``."""
    low = max(low, at - _REACH)
    closed = 0
    for sign in reversed([*_CLAUSE_START.finditer(view, low, at)]):
        closed += {")": 1, "(": -1}.get(sign[0], 0)
        if closed < 0 or (not closed and sign[0] in ";.:"):
            return sign.end()
    return low


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


def _named(view: str, start: int, scope: Span, rules: TimeRules) -> bool:
    """Whether a figure in parentheses belongs to the name before them: "kế hoạch 5 năm (2021-2025)"."""
    if start <= scope.start or view[start - 1] != "(":
        return False
    before = Span(_clause_start(view, start - 1, scope.start), start - 1)
    return _owned(view, before, rules, "title") or _owned(view, before, rules, "measure")


def _begun(phrase: Phrase, context: TimeContext) -> bool:
    """A span that began before the document's year is some programme's, not the time of a new task."""
    year = context.year or (context.issued_on.year if context.issued_on else None)
    start = phrase.mention.start
    return bool(phrase.grain == "years" and year and start and start.year < year)


def _bare_binds(view: str, phrase: Phrase, before: Span, after: Span, rules: TimeRules, context: TimeContext) -> bool:
    """Years, quarters and months without "trong": they bind after a verb of doing, before a predicate, or where no noun owns them."""
    if _follows(view, before, rules, "binder"):
        return True
    if phrase.grain in ("day", "school"):
        return bool(_CLOCK.search(view, before.start, before.end))
    if _HORIZON.match(view, after.start, after.end):
        return False
    if phrase.grain not in ("year", "years", "half"):
        before = Span(max(before.start, before.end - _NEAR), before.end)
    if _owned(view, before, rules, "title") or (phrase.grain == "years" and _owned(view, before, rules, "term")):
        return False
    if phrase.grain == "year" and _owned(view, before, rules, "event"):
        return False
    tail = _CLOSING.match(view, after.start, after.end)
    if rules.around["attained"].match(view, tail.end() if tail else after.start, after.end):
        return True
    return not _begun(phrase, context) and not _owned(view, before, rules, "measure")


def _follows(view: str, before: Span, rules: TimeRules, label: str) -> bool:
    """Whether a rule of ``label`` matches right before the phrase."""
    for match in rules.around[label].finditer(view, max(before.start, before.end - 40), before.end):
        if not view[match.end() : before.end].strip(" ,:("):
            return True
    return False


def _owned(view: str, before: Span, rules: TimeRules, label: str) -> bool:
    """Whether a noun of ``label`` stands in the clause with no figure between it and the phrase."""
    last = None
    for last in rules.around[label].finditer(view, before.start, before.end):  # noqa: B007
        pass
    return last is not None and not _NUMBER.search(view, last.end(), before.end)


def _word_binds(view: str, phrase: Phrase, clause: Span, scope: Span, rules: TimeRules) -> bool:
    """Recurrence, "thường xuyên" and events: bound at the head of a clause or after a verb, not behind the noun they qualify."""
    at, stop = phrase.mention.span
    around = rules.around
    if phrase.label == "relative":
        refused = "condition" if _EVENT.match(view, at, stop) else "compared"
        return not around[refused].search(view, max(clause.start, at - _REACH), at)
    head = _HEAD.match(view[clause.start : at]) or _COMMA_HEAD.search(view, clause.start, at)
    if phrase.label == "ongoing":
        return _ongoing_binds(view, phrase.mention.span, Span(clause.start, scope.end), rules)
    if phrase.label == "periodic":
        return bool(head) or not (around["occasion"].search(view, max(clause.start, at - 40), at) or around["recurring_owner"].search(view, clause.start, at))
    if phrase.mention.month_day or phrase.mention.rrule or phrase.mention.kind is not TimeKind.RECURRING:
        return True
    if head and not (_AT_END.match(view, stop, scope.end) and _COMMA_HEAD.search(view, clause.start, at)):
        return True
    if view[at : at + 4].lower() == "định" or "lần" in view[at:stop]:
        return True
    return not around["recurring_owner"].search(view, clause.start, at)


def _ongoing_binds(view: str, where: Span, clause: Span, rules: TimeRules) -> bool:
    at, stop = where
    around = rules.around
    opening = _HEAD.match(view[clause.start : at]) is not None
    if around["circumstance"].search(view, max(clause.start, at - 40), at):
        return False
    blank = _BLANKS.match(view, stop, clause.end)
    if around["state"].match(view, blank.end() if blank else stop, clause.end):
        return False
    if view[at:stop].lower().startswith("liên"):
        return opening
    if not opening and around["manner"].match(view, stop, clause.end):
        return False
    return opening or not around["ongoing_owner"].search(view, clause.start, at)
