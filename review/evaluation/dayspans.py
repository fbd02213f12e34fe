"""Timeframes compared as days: how much of the time asked for and of the time read is the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from .facts import Time
from .figures import Share

# A span left open ("… và các năm tiếp theo") counts to the end of the year it begins in, on both sides alike.
_YEAR_END = (12, 31)


def shared_days(pairs: Iterable[tuple[Sequence[Time], Sequence[Time]]], issued_on: date | None) -> Share:
    """Mean share of common days (days of both / days of either) over the pairs in which both sides or one state dated time.

    Args:
        pairs: timeframes as annotated and as found, record by record.
        issued_on: the document's date, where deadlines begin; without it they begin with their year.
    """
    total = Share()
    for want, got in pairs:
        days, found = _ranges(want, issued_on), _ranges(got, issued_on)
        if days or found:
            common = sum(max(0, min(a[1], b[1]) - max(a[0], b[0]) + 1) for a in days for b in found)
            either = _length(days) + _length(found) - common
            total += Share(common / either, 1)
    return total


def _ranges(times: Sequence[Time], issued_on: date | None) -> list[tuple[int, int]]:
    """First and last days (as ordinals) of the dated timeframes, merged where they meet, in order."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(filter(None, (_range(time, issued_on) for time in times))):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _range(time: Time, issued_on: date | None) -> tuple[int, int] | None:
    start, end = time.start, time.end
    if end is None:
        if start is None:
            return None
        end = date(start.year, *_YEAR_END)
    if start is None:
        start = issued_on if issued_on is not None and issued_on <= end else date(end.year, 1, 1)
    return start.toordinal(), end.toordinal()


def _length(ranges: Iterable[tuple[int, int]]) -> int:
    return sum(last - first + 1 for first, last in ranges)
