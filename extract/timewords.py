"""Times in words: recurrence, rhythms ("5 năm một lần"), "thường xuyên", events and limits counted in days.

The words are rules (``rules/timeframes.yaml``); what joins them with dates and with each other is grammar and stands here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import regex

from kehoach.rules.loader import Rule
from kehoach.rules.timeframes import TimeRules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import TimeContext, TimeKind, TimeMention

from .timegrammar import add_days, add_months
from .timemeaning import Passage, Phrase, Strength, since
from .timephrases import phrases_at

_DAY_NAMES = {
    "hai": "MO",
    "ba": "TU",
    "tư": "WE",
    "năm": "TH",
    "sáu": "FR",
    "bảy": "SA",
    "2": "MO",
    "3": "TU",
    "4": "WE",
    "5": "TH",
    "6": "FR",
    "7": "SA",
}
_WEEKDAY = re.compile(r"(?<!\w)(?:thứ\s++(?P<name>hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s++nhật)(?!\w)", re.IGNORECASE)
# "hằng tuần, trước 16 giờ 00 ngày thứ Sáu", "hằng tuần (vào chiều thứ Năm)".
_WEEKDAY_TAIL = re.compile(
    r"\s*+[,(]?\s*+(?:(?:vào|trước|chậm\s++nhất(?:\s++(?:là|vào|trước))?|xong\s++trước)\s++)?"
    r"(?:\d{1,2}\s?(?:giờ|h|g|:)\s?(?:\d\d(?:\s++phút|')?)?\s*+,?\s*+)?(?:(?:ngày|sáng|chiều|tối|cuối)\s++){0,2}"
    r"(?:thứ\s++(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s++nhật)(?!\w)(?:\s*+\))?",
    re.IGNORECASE,
)
_DATED_TAIL = re.compile(r"\s*+(?P<open>[,(])?\s*+(?=(?:vào|trước|chậm|muộn|trong|không)\s|ngày\s|\d)", re.IGNORECASE)
_CLOSE = re.compile(r"\s*+\)")
_CLAUSE_END = re.compile(r"[;.](?=\s)")
_MORE = re.compile(
    r"\s*+(?:,|và|hoặc|/)\s*+(?:định\s++kỳ\s++)?(?:(?:0?1|một|h[ằà]ng|cả)\s++)?"
    r"(?:(?P<half_yearly>(?:0?6|sáu)\s++tháng)|(?P<quarterly>quý)|(?P<monthly>tháng)|(?P<weekly>tuần)|(?P<yearly>năm))"
    r"(?=\s*+(?:[,.;:)(]|$|(?:và|hoặc|báo|tổng|gửi|tổ|trình)(?!\w)))",
    re.IGNORECASE,
)
_EVERY_N = re.compile(
    r"(?<!\w)(?:định\s++kỳ\s++)?(?:(?:ít\s++nhất|tối\s++thiểu|mỗi)\s++)?"
    r"(?:(?P<count>\d{1,2}|hai|ba|bốn|năm|sáu|mười)\s++(?P<unit>năm|tháng|quý|tuần|ngày)\s*+(?:/|một|0?1)\s*+lần"
    r"|(?:\d{1,2}|một)\s++lần\s*+/\s*+(?P<count2>\d{1,2})\s++(?P<unit2>năm|tháng|quý|tuần|ngày))(?!\w)",
    re.IGNORECASE,
)
_SECOND_ACT = re.compile(r"(?P<first>khi\s[^,;.()]{3,120}?)\s++và\s++(?!các\s|những\s)\w", re.IGNORECASE)
_WORD = re.compile(r"(?<!\w)\w")
_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "mười": 10}
_FREQUENCY = {"năm": "YEARLY", "tháng": "MONTHLY", "quý": "MONTHLY", "tuần": "WEEKLY", "ngày": "DAILY"}
_NAMED_MONTHS = {1: "monthly", 3: "quarterly", 6: "half_yearly", 12: "yearly"}
_INSTRUMENT = r"(?:Kế\s++hoạch|Quyết\s++định|Chỉ\s++thị|Chương\s++trình|Nghị\s++quyết|Công\s++văn|văn\s++bản)\s++này"
_SIGNING = re.compile(
    rf"\s*+(?:{_INSTRUMENT}\s++(?:được\s++)?)?(?:ký(?!\s++(?:hợp|kết))|ban\s++hành)(?:\s++ban\s++hành)?(?:\s++{_INSTRUMENT})?\s*+$", re.IGNORECASE
)


def word_phrases(passage: Passage, *, cell: bool) -> list[Phrase]:
    """Every expression in words, in order and without overlap; ``cell`` adds the rules that hold in time cells only.

    Cells are short and may begin with any word; long text goes through the gate.
    """
    view, end, rules = passage.view, passage.end, passage.rules
    gate, words = (_WORD, rules.cell_words) if cell else (rules.gate, rules.words)
    found: list[Phrase] = []
    at = passage.span.start
    for start in passage.starts(gate):
        if start >= at and (match := _EVERY_N.match(view, start, end) or words.match(view, start, end)):
            phrases = [_every_n(match)] if isinstance(match, re.Match) else list(_read(passage, match))
            found = _adjoined(view, found, phrases)
            at = max(match.end(), *(phrase.mention.span.end for phrase in phrases))
    return found


def _adjoined(view: str, found: list[Phrase], phrases: list[Phrase]) -> list[Phrase]:
    """One more expression; two conditions with nothing between are one ("trong thời hạn quy định khi có yêu cầu")."""
    if not found or found[-1].label != "relative" or phrases[0].label != "relative":
        return [*found, *phrases]
    last, new = found[-1].mention, phrases[0].mention
    if view[last.span.end : new.span.start].strip():
        return [*found, *phrases]
    if second := _SECOND_ACT.match(view, last.span.start, last.span.end):  # "khi phát hiện vi phạm và kiểm tra việc khác khi được giao"
        return [*found[:-1], replace(found[-1], mention=replace(last, span=Span(last.span.start, second.end("first")))), *phrases]
    joined = replace(last, span=Span(last.span.start, new.span.end), end=last.end or new.end)
    return [*found[:-1], replace(found[-1], mention=joined)]


def _every_n(match: re.Match[str]) -> Phrase:
    """Read "5 năm một lần", "1 lần/2 năm": six months are half a year, three a quarter."""
    count_text, unit = (match["count"] or match["count2"]).lower(), (match["unit"] or match["unit2"]).lower()
    count = (_WORDS.get(count_text) or int(count_text)) * (3 if unit == "quý" else 1)
    frequency = _FREQUENCY[unit]
    recurrence, rrule = frequency.lower(), f"FREQ={frequency};INTERVAL={count}" if count > 1 else None
    if frequency == "MONTHLY" and count in _NAMED_MONTHS:
        recurrence, rrule = _NAMED_MONTHS[count], None
    mention = TimeMention(Span(*match.span()), TimeKind.RECURRING, recurrence=recurrence, rrule=rrule, rule="timeframes.every-n")
    return Phrase(mention, Strength.STRONG, "word", recurrence)


def _rule_of(rules: TimeRules, match: regex.Match[str]) -> Rule:
    """The rule whose group took part; a rule may have groups of its own inside."""
    return next(rules.by_group[name] for name, text in match.groupdict().items() if text is not None and name in rules.by_group)


def _read(passage: Passage, match: regex.Match[str]) -> Iterator[Phrase]:
    rule = _rule_of(passage.rules, match)
    where = Span(match.start(), match.start() + len(match[0].rstrip(" ,")))
    label = "relative" if rule.label == "cell" else rule.label
    if label == "relative":
        end = _counted_end(match, passage.context) if "event" in match.groupdict() and match["event"] else None
        yield Phrase(TimeMention(where, TimeKind.RELATIVE, end=end, rule=rule.id), Strength.WORD, "word", label)
    elif label == "ongoing":
        yield Phrase(TimeMention(where, TimeKind.ONGOING, rule=rule.id), Strength.WORD, "word", label)
    else:
        mention = TimeMention(where, TimeKind.RECURRING, recurrence=None if label == "periodic" else label, rule=rule.id)
        if label == "weekly":
            mention = _on_weekday(passage, mention)
        yield from _rhythms(passage, Phrase(mention, Strength.WORD, "word", label))


def _counted_end(match: regex.Match[str], context: TimeContext) -> date | None:
    """The last day of "trong 15 ngày kể từ ngày ký"; None for other events and for working days, which need a calendar of holidays."""
    if not context.issued_on or match["working"] or not _SIGNING.match(match["event"]):
        return None
    count, unit = int(match["count"]), match["unit"].lower()
    if unit in ("ngày", "tuần"):
        return add_days(context.issued_on, count * (7 if unit == "tuần" else 1))
    return add_months(context.issued_on, count * (12 if unit == "năm" else 1)) if unit in ("tháng", "năm") else None


def _on_weekday(passage: Passage, mention: TimeMention) -> TimeMention:
    """A week's rhythm with the day that it names: "thứ Sáu hằng tuần", "hằng tuần, trước 16 giờ ngày thứ Sáu"."""
    span = mention.span
    if tail := _WEEKDAY_TAIL.match(passage.view, span.end, passage.end):
        span = Span(span.start, tail.end())
    day = _WEEKDAY.search(passage.view, *span)
    return replace(mention, span=span, rrule=f"FREQ=WEEKLY;BYDAY={_DAY_NAMES.get((day['name'] or '').lower(), 'SU')}") if day else mention


def _rhythms(passage: Passage, phrase: Phrase) -> Iterator[Phrase]:
    """A recurrence with the day it names ("hằng năm, trước ngày 15/12"), its years, or further rhythms ("hằng quý, 6 tháng, năm")."""
    dated = _dated(passage, phrase)
    first = since(passage, dated or phrase)
    yield first
    at = first.mention.span.end
    while not dated and (more := _MORE.match(passage.view, at, passage.end)):
        label = more.lastgroup or ""
        begin = more.end() - len(more[0].lstrip(" ,/"))
        mention = TimeMention(Span(begin, more.end()), TimeKind.RECURRING, recurrence=label, rule="timeframes.further-rhythm")
        yield Phrase(mention, phrase.strength, "word", label, whole=Span(first.mention.span.start, more.end()))
        at = more.end()


def _dated(passage: Passage, phrase: Phrase) -> Phrase | None:
    """The recurrence joined with the date right behind it: "hằng năm (trước ngày 10/12)", "hằng tháng, trước ngày 25"."""
    tail = _DATED_TAIL.match(passage.view, phrase.mention.span.end, passage.end)
    dates = phrases_at(passage, tail.end()) if tail else []
    if not tail or len(dates) != 1 or dates[0].grain != "day":
        return None
    dated = dates[0] if dates[0].mention.kind is TimeKind.RECURRING else every(dates[0], phrase)
    if not dated:
        return None
    stop = dated.mention.span.end
    if tail["open"] == "(" and (close := _CLOSE.match(passage.view, stop, passage.end)):
        stop = close.end()
    return replace(dated, mention=replace(dated.mention, span=Span(phrase.mention.span.start, stop)))


def every(phrase: Phrase, rhythm: Phrase) -> Phrase | None:
    """A date without its year as the day of every year or month; None where the rhythm does not fit it. Bare "định kỳ" fits a year."""
    if not phrase.yearless or rhythm.mention.month_day or rhythm.mention.rrule:
        return None
    month, day = phrase.yearless
    recurrence = rhythm.mention.recurrence or "yearly"
    if (recurrence, bool(month)) not in (("yearly", True), ("monthly", False)):
        return None
    mention = replace(phrase.mention, kind=TimeKind.RECURRING, start=rhythm.mention.start, end=rhythm.mention.end, recurrence=recurrence)
    month_day, rrule = (f"{month:02}-{day:02}", None) if month else (None, f"FREQ=MONTHLY;BYMONTHDAY={day}")
    return replace(phrase, mention=replace(mention, month_day=month_day, rrule=rrule), strength=Strength.STRONG, yearless=None)


def spread(view: str, phrases: list[Phrase]) -> list[Phrase]:
    """The phrases with a date that a rhythm earlier in its clause repeats: "định kỳ hằng năm báo cáo Sở Nội vụ trước ngày 15/12"."""
    found: list[Phrase] = []
    rhythm: Phrase | None = None
    for phrase in phrases:
        if phrase.mention.kind is TimeKind.RECURRING:
            rhythm = phrase
        elif phrase.yearless:
            near = (
                rhythm
                and (rhythm.mention.recurrence or phrase.yearless[0])
                and not _CLAUSE_END.search(view, rhythm.mention.span.end, phrase.mention.span.start)
            )
            again = every(phrase, rhythm) if rhythm and near else None
            if again or phrase.yearless[0]:
                found.append(again or phrase)
            continue
        found.append(phrase)
    return found
