"""Which printed timeframe governs which stated number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Quantity, TimeMention

from .clauses import Clause

_GAP = 3  # blanks and bracket between a number and the time bracketed after it
_COMPARED = regex.compile(r"(?<!\w)(?:so(?:\s+\p{L}+){0,6}|kỳ|hơn)\s+$", regex.IGNORECASE)
_CLOSING = regex.compile(r"(?<!\w)(?:hoàn\s+thành|xong)\s*$", regex.IGNORECASE)
_COMPARED_WITHIN = 48  # characters before a time in which "so với" makes it one that is compared with


def every_print(view: str, span: Span, times: Sequence[TimeMention]) -> tuple[TimeMention, ...]:
    """``times`` with the places where the same words stand again: a time said twice is read once, but binds two numbers."""
    found = list(times)
    for item in times:
        words = view[item.span.start : item.span.end]
        at = view.find(words, span.start, span.end)
        while at != -1:
            place = Span(at, at + len(words))
            alone = not view[at - 1 : at].isalnum() and not view[place.end : place.end + 1].isalnum()
            if alone and not any(place.meets(other.span) for other in found):
                found.append(replace(item, span=place))
            at = view.find(words, place.end, span.end)
    return tuple(sorted(found, key=lambda item: item.span))


def governing_times(view: str, stated: Sequence[tuple[Clause, Quantity]], times: Sequence[TimeMention]) -> list[tuple[TimeMention, ...]]:
    """For each stated number of one sentence the times that bind it, in order of printing.

    The nearest wins: a time bracketed after the number, else those inside its clause, else the last one printed before it,
    else the one that ends the last clause of its segment, else the one that closes the sentence ("...; hoàn thành trước ngày 31/12/2026").
    """
    usable = [item for item in times if not _is_compared(view, item)]
    shared = _respectively(stated, usable)
    if shared is not None:
        return shared
    return [_of_one(view, clause, quantity, stated, usable) for clause, quantity in stated]


def _respectively(stated: Sequence[tuple[Clause, Quantity]], times: Sequence[TimeMention]) -> list[tuple[TimeMention, ...]] | None:
    """In "giai đoạn A, B và C đạt tương ứng x, y và z": as many times before the numbers as there are numbers, one each."""
    if len(stated) < 2 or len(times) != len(stated) or not all(clause.shared for clause, _ in stated[:-1]):
        return None
    first = stated[0][1].span.start
    return [(item,) for item in times] if all(item.span.end <= first for item in times) else None


def _of_one(
    view: str, clause: Clause, quantity: Quantity, stated: Sequence[tuple[Clause, Quantity]], times: Sequence[TimeMention]
) -> tuple[TimeMention, ...]:
    if after := next((item for item in times if _is_bracketed_after(view, quantity.span, item)), None):
        return (after,)
    free = [item for item in times if not any(_is_bracketed_after(view, other.span, item) for _, other in stated)]
    if own := [item for item in free if item.span.within(clause.span)]:
        return tuple(own)
    if heads := [item for item in free if item.span.end <= quantity.span.start]:
        return (heads[-1],)
    last = stated[-1][1].span.end
    mates = [other for other, _ in stated if other.segment == clause.segment]
    if trailing := [item for item in free if item.span.within(mates[-1].span) and item.span.start >= quantity.span.end]:
        return tuple(trailing)
    return tuple(item for item in free if item.span.start >= last and _CLOSING.search(view, last, item.span.start))[:1]


def _is_bracketed_after(view: str, number: Span, item: TimeMention) -> bool:
    return 0 <= item.span.start - number.end <= _GAP and "(" in view[number.end : item.span.start]


def _is_compared(view: str, item: TimeMention) -> bool:
    """In "so với (cùng kỳ) năm 2019": a time that is compared with governs nothing."""
    return _COMPARED.search(view, max(0, item.span.start - _COMPARED_WITHIN), item.span.start) is not None
