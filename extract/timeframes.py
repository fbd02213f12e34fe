"""Timeframes in text: when a task is to be done or a target reached (annotation guide, section 7).

``find_timeframes`` reads phrases of the calendar (``timephrases.py``) and words of recurrence and events (rules), keeps those that
bind (``timebinding.py``), and reports them in order. No clock is read: missing years come from the context.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import regex

from kehoach.rules.timeframes import TimeRules, load_time_rules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import TimeContext, TimeKind, TimeMention

from .timebinding import binds
from .timegrammar import add_days, add_months
from .timephrases import Phrase, Strength, bounded, phrase_at

__all__ = ["TimeRules", "find_timeframes", "load_time_rules"]

# Where a calendar phrase may begin. Every phrase holds a figure, a quarter or a feast, so a span without them is not searched.
_HAS_UNIT = re.compile(r"\d|quý\s|Tết|Giỗ|trung thu|quý$", re.IGNORECASE)
_START = re.compile(
    r"(?<![\w/])(?<!\d[.,-])(?:\d|(?:trước|chậm|muộn|trễ|không|hạn|cho|tính|đến|tới|hết|sau|bắt|kể|từ|ngay|trong|vào|nhân|dịp|cả|xong|định|thời|ngày|tháng|quý|năm|giai|nhiệm|niên|đầu|giữa|cuối"
    r"|nửa|thượng|hạ|những|các|hai|ba|Tết|Giỗ|Trung|T\d)(?!\w))",
    re.IGNORECASE,
)
_DATED_TAIL = re.compile(r"\s*+(?P<open>[,(])?\s*+(?=(?:vào|trước|chậm|muộn|trong|không)\s|ngày\s|\d)", re.IGNORECASE)
_MORE = re.compile(
    r"\s*+(?:,|và|hoặc|/)\s*+(?:định\s++kỳ\s++)?(?:(?:0?1|một|h[ằà]ng|cả)\s++)?(?:(?P<half_yearly>(?:0?6|sáu)\s++tháng)|(?P<quarterly>quý)|(?P<monthly>tháng)|(?P<weekly>tuần)|(?P<yearly>năm))"
    r"(?=\s*+(?:[,.;:)(]|$|(?:và|hoặc|báo|tổng|gửi|tổ|trình)(?!\w)))",
    re.IGNORECASE,
)
_EVERY_N = re.compile(
    r"(?<!\w)(?:định\s++kỳ\s++)?(?:(?:ít\s++nhất|tối\s++thiểu|mỗi)\s++)?(?:(?P<count>\d{1,2}|hai|ba|bốn|năm|sáu|mười)\s++(?P<unit>năm|tháng|quý|tuần|ngày)\s*+(?:/|một|0?1)\s*+lần"
    r"|(?:\d{1,2}|một)\s++lần\s*+/\s*+(?P<count2>\d{1,2})\s++(?P<unit2>năm|tháng|quý|tuần|ngày))(?!\w)",
    re.IGNORECASE,
)
_WORDS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "mười": 10, "một": 1}
_FREQ = {"năm": ("yearly", "YEARLY"), "tháng": ("monthly", "MONTHLY"), "quý": ("quarterly", "MONTHLY"), "tuần": ("weekly", "WEEKLY"), "ngày": ("daily", "DAILY")}
_SIGNING = re.compile(
    r"\s*+(?:(?:Kế\s++hoạch|Quyết\s++định|Chỉ\s++thị|Chương\s++trình|Nghị\s++quyết|Công\s++văn|văn\s++bản)\s++này\s++(?:được\s++)?)?(?:ký(?!\s++(?:hợp|kết))|ban\s++hành)(?:\s++ban\s++hành)?"
    r"(?:\s++(?:Kế\s++hoạch|Quyết\s++định|Chỉ\s++thị|Chương\s++trình|Nghị\s++quyết|văn\s++bản)\s++này)?\s*+$",
    re.IGNORECASE,
)
_CLOSE = re.compile(r"\s*+\)")
_CLAUSE_END = re.compile(r"[;.](?=\s)")
_BARE_IN_YEAR = re.compile(r"(?<!\w)(?:trong|cả)\s++năm(?!\w)(?!\s++\d)|(?<!\w)năm\s++nay(?!\w)", re.IGNORECASE)


def find_timeframes(
    view: str, span: Span, rules: TimeRules, context: TimeContext, *, cell: bool = False, skip: Sequence[Span] = ()
) -> tuple[TimeMention, ...]:
    """The timeframes in ``view[span]`` that bind its task or target, in order and without overlap.

    ``cell`` says that the text is a time or result cell, or the value of a time label: there bare years and "Theo quy định" are
    times. ``skip`` are spans of cited instruments, whose dates never are.
    """
    phrases = _words(view, span, rules, context, cell)
    if _HAS_UNIT.search(view, span.start, span.end) or cell:
        phrases = _merge(_calendar(view, span, rules, context, cell), phrases)
    kept: list[TimeMention] = []
    for phrase in _repeated(view, phrases):
        mention = phrase.mention
        if any(mention.span.meets(other) for other in skip):
            continue
        if cell or binds(view, phrase, span, rules, context):
            kept.append(mention)
    return _once(kept)


def _repeated(view: str, phrases: list[Phrase]) -> list[Phrase]:
    """The phrases with a date that a rhythm earlier in its clause repeats: "định kỳ hằng năm báo cáo về Sở Nội vụ trước ngày 15/12"."""
    found: list[Phrase] = []
    rhythm: Phrase | None = None
    for phrase in phrases:
        if phrase.yearless and phrase.mention.kind is not TimeKind.RECURRING:
            near = rhythm and not _CLAUSE_END.search(view, rhythm.mention.span.end, phrase.mention.span.start)
            every = _every(phrase, rhythm) if rhythm and near else None
            if every or phrase.yearless[0]:
                found.append(every or phrase)
            continue
        if phrase.mention.kind is TimeKind.RECURRING:
            rhythm = phrase
        found.append(phrase)
    return found


def _every(phrase: Phrase, rhythm: Phrase) -> Phrase | None:
    """The date as a day of every year or month, None where the rhythm does not fit it."""
    month, day = phrase.yearless or (0, 0)
    recurrence = rhythm.mention.recurrence
    if rhythm.mention.month_day or rhythm.mention.rrule or (recurrence, bool(month)) not in (("yearly", True), ("monthly", False)):
        return None
    mention = replace(phrase.mention, kind=TimeKind.RECURRING, start=rhythm.mention.start, end=rhythm.mention.end, recurrence=recurrence)
    month_day, rrule = (f"{month:02}-{day:02}", None) if month else (None, f"FREQ=MONTHLY;BYMONTHDAY={day}")
    return replace(phrase, mention=replace(mention, month_day=month_day, rrule=rrule), strength=Strength.STRONG, yearless=None)


def _once(mentions: list[TimeMention]) -> tuple[TimeMention, ...]:
    """Without what says the same again; of two statements of one rhythm ("hằng quý ... trước ngày 20 tháng cuối quý") the exacter stays."""
    kept: list[TimeMention] = []
    for mention in mentions:
        twin = next((place for place, other in enumerate(kept) if _same(other, mention)), None)
        if twin is None:
            kept.append(mention)
        elif not _detail(kept[twin]) and _detail(mention):
            kept[twin] = mention
    return tuple(sorted(kept, key=lambda mention: mention.span))


def _detail(mention: TimeMention) -> tuple[object, ...]:
    return tuple(part for part in (mention.month_day, mention.rrule) if part)


def _same(one: TimeMention, other: TimeMention) -> bool:
    if one.kind is not other.kind or one.kind is TimeKind.RELATIVE:
        return False
    if one.kind is TimeKind.RECURRING:
        return one.recurrence == other.recurrence and (not _detail(one) or not _detail(other) or _detail(one) == _detail(other))
    return (one.start, one.end) == (other.start, other.end)


def _calendar(view: str, span: Span, rules: TimeRules, context: TimeContext, cell: bool) -> list[Phrase]:
    """Every phrase of the calendar, first come first served from the left."""
    found: list[Phrase] = []
    at = span.start
    while match := _START.search(view, at, span.end):
        phrases = phrase_at(view, match.start(), span.end, rules, context)
        found += phrases
        at = phrases[-1].mention.span.end if phrases else match.end()
    if cell and not found:
        year = context.year or (context.issued_on.year if context.issued_on else None)
        if year and (match := _BARE_IN_YEAR.search(view, span.start, span.end)):
            mention = TimeMention(Span(*match.span()), TimeKind.PERIOD, date(year, 1, 1), date(year, 12, 31), rule="timeframes.this-year")
            found.append(Phrase(mention, Strength.WITHIN, "year"))
    return found


def _merge(calendar: list[Phrase], words: list[Phrase]) -> list[Phrase]:
    """Both kinds in order; of two that overlap the one that begins first stays, the longer at the same place."""
    merged: list[Phrase] = []
    for phrase in sorted([*calendar, *words], key=lambda phrase: (phrase.mention.span.start, -phrase.mention.span.end)):
        if merged and phrase.mention.span.meets(merged[-1].mention.span):
            continue
        merged.append(phrase)
    return merged


def _words(view: str, span: Span, rules: TimeRules, context: TimeContext, cell: bool) -> list[Phrase]:
    """Phrases of recurrence, duration and event, with the dates and rhythms that follow them."""
    found: list[Phrase] = []
    at = span.start
    while (match := _word_at(view, at, span.end, rules, cell)) and (start := match.start()) < span.end:
        phrases = [_every_n(match)] if isinstance(match, re.Match) else _word_phrases(view, match, span, rules, context)
        found += phrases
        at = max(match.end(), start + 1, *(phrase.mention.span.end for phrase in phrases))
    return found


def _word_at(view: str, at: int, end: int, rules: TimeRules, cell: bool) -> re.Match[str] | regex.Match[str] | None:
    """The next expression in words from ``at`` on; cells are short and may begin with any word, long text goes through the gate."""
    if cell:
        every, word = _EVERY_N.search(view, at, end), rules.cell_words.search(view, at, end)
        return every if every and (not word or every.start() <= word.start()) else word
    for gate in rules.gate.finditer(view, at, end):
        if match := _EVERY_N.match(view, gate.start(), end) or rules.words.match(view, gate.start(), end):
            return match
    return None


def _every_n(match: re.Match[str]) -> Phrase:
    """ "5 năm một lần", "1 lần/2 năm"; six months are half a year, three a quarter."""
    count_text, unit = (match["count"] or match["count2"]).lower(), (match["unit"] or match["unit2"]).lower()
    count = _WORDS.get(count_text) or int(count_text)
    recurrence, frequency = _FREQ[unit]
    months = count * 3 if unit == "quý" else count
    rrule: str | None = f"FREQ={frequency};INTERVAL={months}"
    if frequency == "MONTHLY" and months in (3, 6, 12):
        recurrence, rrule = {3: "quarterly", 6: "half_yearly", 12: "yearly"}[months], None
    elif count <= 1:
        rrule = None
    mention = TimeMention(Span(*match.span()), TimeKind.RECURRING, recurrence=recurrence, rrule=rrule, rule="timeframes.every-n")
    return Phrase(mention, Strength.STRONG, "word", recurrence)


def _word_phrases(view: str, match: regex.Match[str], span: Span, rules: TimeRules, context: TimeContext) -> list[Phrase]:
    rule = rules.by_group[match.lastgroup or ""] if match.lastgroup in rules.by_group else next(rules.by_group[g] for g, v in match.groupdict().items() if v and g in rules.by_group)
    where = Span(match.start(), match.start() + len(match[0].rstrip(" ,")))
    label = "relative" if rule.label == "cell" else rule.label
    if label == "relative":
        end = _counted_end(match, context) if rule.id.endswith("days-from-event") else None
        return [Phrase(TimeMention(where, TimeKind.RELATIVE, end=end, rule=rule.id), Strength.WORD, "word", label)]
    if label == "ongoing":
        return [Phrase(TimeMention(where, TimeKind.ONGOING, rule=rule.id), Strength.WORD, "word", label)]
    mention = TimeMention(where, TimeKind.RECURRING, recurrence=None if label == "periodic" else label, rule=rule.id)
    return _rhythm(view, Phrase(mention, Strength.WORD, "word", label), span, rules, context)


def _counted_end(match: regex.Match[str], context: TimeContext) -> date | None:
    """The last day of "trong 15 ngày kể từ ngày ký"; None for other events and for working days, which need a calendar of holidays."""
    if not context.issued_on or match["working"] or not _SIGNING.match(match["event"]):
        return None
    count, unit = int(match["count"]), match["unit"].lower()
    if unit in ("ngày", "tuần"):
        return add_days(context.issued_on, count * (7 if unit == "tuần" else 1))
    return add_months(context.issued_on, count * (12 if unit == "năm" else 1)) if unit in ("tháng", "năm") else None


def _rhythm(view: str, phrase: Phrase, span: Span, rules: TimeRules, context: TimeContext) -> list[Phrase]:
    """A recurrence with the day it names ("hằng năm, trước ngày 15/12"), its years, or further rhythms ("hằng quý, 6 tháng, năm")."""
    dated = _dated(view, phrase, span, rules, context)
    if dated is not phrase:
        return [bounded(view, dated, span.end)]
    phrases = [bounded(view, phrase, span.end)]
    at = phrases[0].mention.span.end
    while more := _MORE.match(view, at, span.end):
        label = more.lastgroup or "yearly"
        begin = more.end() - len(more[0].lstrip(" ,/"))
        mention = TimeMention(Span(begin, more.end()), TimeKind.RECURRING, recurrence=label, rule="timeframes.further-rhythm")
        phrases.append(Phrase(mention, phrase.strength, "word", label))
        at = more.end()
    return phrases


def _dated(view: str, phrase: Phrase, span: Span, rules: TimeRules, context: TimeContext) -> Phrase:
    """The recurrence joined with the date right behind it: "hằng năm (trước ngày 10/12)", "hằng tháng, trước ngày 25"."""
    tail = _DATED_TAIL.match(view, phrase.mention.span.end, span.end)
    dates = phrase_at(view, tail.end(), span.end, rules, context) if tail else []
    if not tail or len(dates) != 1 or dates[0].grain != "day":
        return phrase
    dated = dates[0] if dates[0].mention.kind is TimeKind.RECURRING else _every(dates[0], _as_yearly(phrase)) if dates[0].yearless else None
    if not dated:
        return phrase
    stop = dated.mention.span.end
    if tail["open"] == "(" and (close := _CLOSE.match(view, stop, span.end)):
        stop = close.end()
    return replace(dated, mention=replace(dated.mention, span=Span(phrase.mention.span.start, stop)))


def _as_yearly(phrase: Phrase) -> Phrase:
    """Bare "định kỳ" before a day and month means every year."""
    return phrase if phrase.mention.recurrence else replace(phrase, mention=replace(phrase.mention, recurrence="yearly"))
