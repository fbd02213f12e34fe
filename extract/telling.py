"""Where in a sentence or item the clause begins that tells what is to be done, and sentences that only say by when."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from kehoach.extract.reading import Reading
from kehoach.extract.spans import trim
from kehoach.extract.zones import NEWS
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import AgencyMention

_BY_WHEN = regex.compile(r"\W*(?:thời\s+(?:gian|hạn)(?:\s+(?:thực\s+hiện|hoàn\s+thành))?|(?:phải\s+)?hoàn\s+thành|xong)\s*:?\s*", regex.IGNORECASE)
_FORMULA = regex.compile(r"(?i)\W*trên\s+đây\s+là\s[^.;:]{1,300}?[,;]\s+(?=(?:đề\s+nghị|yêu\s+cầu)\s)")
# "Nhất trí chủ trương ...; giao Sở A ...": what is agreed to is no task, what is ordered is.
_AGREED = regex.compile(
    r"(?i)(?:(?:cơ\s+bản|về\s+chủ\s+trương)\s+)?(?:nhất\s+trí|thống\s+nhất|đồng\s+ý|chấp\s+thuận)(?!\w)(?:[^.]|\.(?=\d)){5,600}?[;,]\s+(?=giao\s)"
)
_SAYS = regex.compile(
    r"(?<!\w)(?:(?i:cho\s+(?:biết|hay|rằng)|khẳng\s+định|nhấn\s+mạnh)(?!\w)\s*(?:rằng|[,:])|(?:chia\s+sẻ|thông\s+tin)(?:\s+rằng|\s*:|,(?=\s+\p{Lu})))\s*"
)
_SOURCE = regex.compile(r"\w{0,6}\([\w.]{2,20}(?:\s[\w.]{1,20}){0,2}\)\s*[-–—]\s*(?=\S)")  # "(TTXVN) - UBND tỉnh yêu cầu ..."
# Whoever may order, and the order without anybody named: "Bộ trưởng yêu cầu rà soát ...", "Chủ tịch tỉnh lưu ý việc chuẩn bị ...".
_ORDERED = regex.compile(
    r"(?i)(?<!\w)(?:đồng\s+chí|chủ\s+tịch|bộ\s+trưởng|thứ\s+trưởng|thủ\s+tướng|bí\s+thư|giám\s+đốc|lãnh\s+đạo|ủy\s+ban\s+nhân\s+dân|ubnd)(?!\w)"
    r"[^.;:]{0,80}?\s(?:yêu\s+cầu|đề\s+nghị|lưu\s+ý(?:\s+việc)?)\s+"
)
_DUTY = regex.compile(
    r"(?i)(?:theo\s+\p{L}+\s*,\s+)?(?:chức\s+năng\s*,\s+)?(?:nhiệm\s+vụ|trách\s+nhiệm)\s+(?:(?:chính|chủ\s+yếu|trọng\s+tâm)\s+)?của\s+([^,.;:]{3,120}?)\s+là\s*:?\s+"
)
# "Các ông, bà: Chánh Văn phòng ..., Giám đốc Sở A ... chịu trách nhiệm thi hành Quyết định này."
_PERSONS = regex.compile(
    r"(?i)(?:các\s+)?(?:ông|đồng\s+chí)(?:\s*[,(]?\s*bà\s*\)?)?\s*:\s+([^.]{5,1500}?)[\s,]+(?:và\s+)?(?:có\s+|chịu\s+)trách\s+nhiệm\s+(?:chịu\s+trách\s+nhiệm\s+)?(?:tổ\s+chức\s+)?(?:thi\s+hành|thực\s+hiện)"
)


@dataclass(frozen=True, slots=True)
class Told:
    """The clause that tells what is to be done; ``ordered``: an authority orders it of nobody named; ``lead``: whose duty it is."""

    span: Span
    ordered: bool = False
    lead: tuple[AgencyMention, ...] = ()


def told(reading: Reading, span: Span) -> Told:
    """The telling clause of a sentence: after a formula ("Trên đây là Kế hoạch ..., đề nghị ..."), what is agreed to, a speaker of a news item."""
    view = reading.view
    for opening in (_FORMULA, _AGREED):
        if match := opening.match(view, span.start, span.end):
            return Told(Span(match.end(), span.end))
    if duty := _duty(reading, span):
        return duty
    if persons := _PERSONS.match(view, span.start, span.end):
        return Told(span, ordered=True, lead=tuple(reading.agency_list(trim(view, Span(*persons.span(1)), " ,;\n"))))
    if reading.genre not in NEWS:
        return Told(span)
    if source := _SOURCE.match(view, span.start, span.end):
        span = Span(source.end(), span.end)
    says = _SAYS.search(view, span.start, span.end)
    span = Span(says.end(), span.end) if says and says.end() < span.end else span
    order = _ORDERED.search(view, span.start, span.end)
    if order and order.end() < span.end and reading.segmenter.begins_action(view, Span(order.end(), span.end)):
        return Told(Span(order.end(), span.end), ordered=True)
    return Told(span)


def agreed(reading: Reading, span: Span) -> Span:
    """What an item orders after that which it agrees to ("Nhất trí chủ trương ...; giao Sở A ..."); all of it elsewhere."""
    match = _AGREED.match(reading.view, span.start, span.end)
    return Span(match.end(), span.end) if match else span


def _duty(reading: Reading, span: Span) -> Told | None:
    """In "Nhiệm vụ của Tổ công tác là theo dõi ...": what is done, and who does it."""
    match = _DUTY.match(reading.view, span.start, span.end)
    if match is None or not reading.segmenter.begins_action(reading.view, rest := Span(match.end(), span.end)):
        return None
    name = trim(reading.view, Span(*match.span(1)))
    return Told(rest, ordered=True, lead=tuple(reading.agency_list(name))) if reading.is_agencies(name) else None


def only_times(reading: Reading, span: Span) -> bool:
    """A sentence that only says by when ("Hoàn thành trong quý II năm 2026."): the time of the task before it."""
    match = _BY_WHEN.match(reading.view, span.start, span.end)
    times = reading.times(span) if match is not None else ()
    return match is not None and bool(times) and times[0].span.start <= match.end() and times[-1].span.end >= trim(reading.view, span, " .;/\n").end


def is_new_story(reading: Reading, span: Span) -> bool:
    """Whether a sentence begins with the source of its news ("(TTXVN) - ..."): it goes on with nothing."""
    return reading.genre in NEWS and _SOURCE.match(reading.view, span.start, span.end) is not None


__all__ = ["Told", "agreed", "is_new_story", "only_times", "told"]
