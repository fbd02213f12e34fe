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
    r"|nửa|các|hai|ba|Tết|Giỗ|Trung|T\d)(?!\w))",
    re.IGNORECASE,
)
_WORD_GATE = re.compile(r"(?<!\w)(?:khi|h[ằà]ng|mỗi|từng|thường|liên|định|lần|vòng|thời|theo|đúng|tháng|kể|tính|sau|đến|căn|tùy|phù|suốt|quanh)(?!\w)", re.IGNORECASE)
_DATED_TAIL = re.compile(r"\s*+(?P<open>[,(])?\s*+(?=(?:vào|trước|chậm|muộn|trong|không)\s|ngày\s|\d)", re.IGNORECASE)
_MORE = re.compile(
    r"\s*+(?:,|và|hoặc|/)\s*+(?:định\s++kỳ\s++)?(?:(?:0?1|một|h[ằà]ng|cả)\s++)?(?:(?P<half_yearly>(?:0?6|sáu)\s++tháng)|(?P<quarterly>quý)|(?P<monthly>tháng)|(?P<weekly>tuần)|(?P<yearly>năm))"
    r"(?=\s*+(?:[,.;:)(]|$|(?:và|hoặc|báo|tổng|gửi|tổ|trình)(?!\w)))",
    re.IGNORECASE,
)
_EVERY_N = re.compile(
    r"(?<!\w)(?:định\s++kỳ\s++)?(?:(?:ít\s++nhất|tối\s++thiểu|cứ|mỗi)\s++)?(?:(?P<count>\d{1,2}|hai|ba|bốn|năm|sáu|mười)\s++(?P<unit>năm|tháng|quý|tuần|ngày)\s*+(?:/|một|0?1)\s*+lần"
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
    for phrase in phrases:
        mention = phrase.mention
        if any(mention.span.meets(other) for other in skip):
            continue
        if phrase.label == "refused" or not (_cell_binds(phrase) if cell else binds(view, phrase, span, rules, context)):
            continue
        kept.append(mention)
    return tuple(kept)


def _cell_binds(phrase: Phrase) -> bool:
    return phrase.label != "refused"


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
    gate = _WORD_GATE.search(view, span.start, span.end)
    if not gate:
        return []
    pattern = rules.cell_words if cell else rules.words
    found: list[Phrase] = [_every_n(match) for match in _EVERY_N.finditer(view, span.start, span.end)]
    taken = [phrase.mention.span for phrase in found]
    at = span.start
    while match := pattern.search(view, at, span.end):
        where = Span(*match.span())
        at = where.end
        if any(where.meets(other) for other in taken):
            continue
        phrases = _word_phrases(view, match, span, rules, context)
        found += phrases
        at = max(at, phrases[-1].mention.span.end)
    return sorted(found, key=lambda phrase: phrase.mention.span.start)


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
    if label in ("ongoing", "refused"):
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
    tail = _DATED_TAIL.match(view, phrase.mention.span.end, span.end)
    dates = phrase_at(view, tail.end(), span.end, rules, context) if tail else []
    if not tail or not dates or len(dates) > 1 or dates[0].grain != "day" or dates[0].strength > Strength.WITHIN:
        return phrase
    date_phrase = dates[0].mention
    if date_phrase.kind is TimeKind.RECURRING:
        return replace(dates[0], mention=replace(date_phrase, span=Span(phrase.mention.span.start, date_phrase.span.end)))
    last = date_phrase.end or date_phrase.start
    if not last or re.search(r"(?:19|20)\d\d", view[date_phrase.span.start : date_phrase.span.end]):
        return phrase
    stop = date_phrase.span.end
    if tail["open"] == "(" and (close := re.compile(r"\s*+\)").match(view, stop, span.end)):
        stop = close.end()
    mention = replace(phrase.mention, span=Span(phrase.mention.span.start, stop), before=date_phrase.before, month_day=f"{last:%m-%d}")
    return replace(phrase, mention=replace(mention, recurrence=mention.recurrence or "yearly"))
