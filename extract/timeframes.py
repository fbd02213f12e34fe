"""Timeframes in text: when a task is to be done or a target reached (annotation guide, section 7).

``find_timeframes`` reads phrases of the calendar (``timephrases.py``) and in words (``timewords.py``), keeps those that bind
(``timebinding.py``), and reports them in order. No clock is read: missing years come from the context.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kehoach.rules.timeframes import TimeRules, load_time_rules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import TimeContext, TimeKind, TimeMention

from .timebinding import binds
from .timemeaning import Passage, Phrase, Strength
from .timephrases import HAS_UNIT, START, phrases_at
from .timewords import spread, word_phrases

__all__ = ["TimeRules", "find_timeframes", "load_time_rules"]

_THIS_YEAR = re.compile(r"(?<!\w)(?:(?:trong|cả)\s++năm(?:\s++nay)?|năm\s++nay)(?!\w)(?!\s++\d)", re.IGNORECASE)

# The month or year of the signing, where no other date stands that could be meant; sought in lower case.
_THIS_MONTH = re.compile(r"trong(?<!\wtrong)\s++(?:tháng\s++này|năm\s++nay)(?!\w)")
_NEXT_YEAR = re.compile(r"trong(?<!\wtrong)\s++năm\s++(?:tiếp\s++theo|kế\s++tiếp|tới)(?!\w)")  # sought in lower case


def find_timeframes(
    view: str, span: Span, rules: TimeRules, context: TimeContext, *, cell: bool = False, skip: Sequence[Span] = ()
) -> tuple[TimeMention, ...]:
    """The timeframes in ``view[span]`` that bind its task or target, in order and without overlap.

    ``cell`` says that the text is a time or result cell, or the value of a time label: there bare years and "Theo quy định" are
    times. ``skip`` are spans of cited instruments, whose dates never are.
    """
    passage = Passage(view, span, rules, context)
    phrases = word_phrases(passage, cell=cell)
    if cell or passage.holds(HAS_UNIT):
        phrases = _merged(view, _calendar(passage, cell), phrases)
    if not phrases:
        return ()
    kept = [
        phrase.mention
        for phrase in spread(view, phrases)
        if not any(phrase.mention.span.meets(other) for other in skip) and (cell or binds(passage, phrase))
    ]
    return _once(kept)


def _calendar(passage: Passage, cell: bool) -> list[Phrase]:
    """Every phrase of the calendar, first come first served from the left."""
    found: list[Phrase] = []
    at = passage.span.start
    for start in passage.starts(START):
        if start >= at and (phrases := phrases_at(passage, start)):
            found += phrases
            at = phrases[-1].mention.span.end
    if cell and not found and passage.year and (match := _THIS_YEAR.search(passage.view, passage.span.start, passage.end)):
        found.append(_months(Span(*match.span()), passage.year, (1, 12), "timeframes.this-year"))
    if passage.year and (where := next(passage.spans(_NEXT_YEAR), None)):
        found.append(_months(where, passage.year + 1, (1, 12), "timeframes.next-year"))
    signed = passage.context.issued_on
    if signed and not found and (where := next(passage.spans(_THIS_MONTH), None)):
        whole = passage.view[where.start : where.end].lower().endswith("này")
        found.append(_months(where, signed.year, (signed.month, signed.month) if whole else (1, 12), "timeframes.this-month"))
    return found


def _months(where: Span, year: int, months: tuple[int, int], rule: str) -> Phrase:
    """The period from the first to the last of ``months``, told by the document's own date."""
    first, last = date(year, months[0], 1), date(year, months[1], monthrange(year, months[1])[1])
    return Phrase(TimeMention(where, TimeKind.PERIOD, first, last, rule=rule), Strength.WITHIN, "month" if months[0] == months[1] else "year")


_SIGNS = re.compile(r"[\s,:;(-]*+")


def _merged(view: str, calendar: list[Phrase], words: list[Phrase]) -> list[Phrase]:
    """Both kinds in order; of two that overlap the one that begins first stays, the longer at the same place.

    A length whose days are told right after it ("03 ngày, từ ngày 4/8 đến ngày 6/8") says nothing more than they do.
    """
    merged: list[Phrase] = []
    begins = {phrase.mention.span.start for phrase in calendar if phrase.mention.start}
    for phrase in sorted([*calendar, *words], key=lambda phrase: (phrase.mention.span.start, -phrase.mention.span.end)):
        if phrase.mention.rule == "timeframes.cell-duration" and _SIGNS.match(view, phrase.mention.span.end).end() in begins:  # type: ignore[union-attr]
            continue
        if merged and _goes_on(view, merged[-1], phrase):
            last = merged[-1].mention
            merged[-1] = replace(merged[-1], mention=replace(last, span=Span(last.span.start, phrase.mention.span.end)))
        elif not merged or not phrase.mention.span.meets(merged[-1].mention.span):
            merged.append(phrase)
    return merged


def _goes_on(view: str, first: Phrase, second: Phrase) -> bool:
    """In "từ tháng 10/2026 đến khi khánh thành" the event is the end of the span that the month begins."""
    mention = first.mention
    until = second.mention.rule == "timeframes.until-event" and mention.start is not None and mention.end is None
    return until and mention.kind is TimeKind.PERIOD and not view[mention.span.end : second.mention.span.start].strip(" ,")


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


def _detail(mention: TimeMention) -> str:
    return f"{mention.month_day or ''}{mention.rrule or ''}"


def _same(one: TimeMention, other: TimeMention) -> bool:
    if one.kind is not other.kind or one.kind is TimeKind.RELATIVE:
        return False
    if one.kind is TimeKind.RECURRING:
        return one.recurrence == other.recurrence and (not _detail(one) or not _detail(other) or _detail(one) == _detail(other))
    return (one.start, one.end) == (other.start, other.end)
