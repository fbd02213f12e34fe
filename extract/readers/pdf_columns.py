"""Reading order where text stands side by side without rules: letterheads, signatures, pages of two columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kehoach.extract.readers.pdf_marks import opens_item
from kehoach.extract.readers.pdf_page import Line

# A gap between columns is wider than two letters; justified text stays below one and a half.
_GAP = 1.9
_OUTSTANDING = 2.0
# What is left of a gutter after all its lines.
_GUTTER = 7.0
# Side-by-side text that stands on one line only needs a gap that no typesetter leaves between words.
_LONE_GAP = 40.0
_FORMS = frozenset({("ngày", "tháng"), ("tháng", "năm"), ("số", "ngày")})
# Lines farther apart than this many letter heights belong to different regions.
_APART = 6.0


class Run(list[Line]):
    """Lines that are read one after the other; ``column`` when others stand beside them."""

    column = False


def reading_order(lines: Sequence[Line], *, column: bool = False) -> list[Run]:
    """Runs of lines from the first to the last."""
    ordered = sorted(lines, key=lambda line: (line.top, line.x0))
    runs: list[Run] = []
    plain = _run(column)
    at = 0
    while at < len(ordered):
        region = _region(ordered, at)
        if region is None:
            plain.append(ordered[at])
            at += 1
            continue
        stop, gutter = region
        start = at
        while plain and plain[-1].x0 >= gutter and ordered[start].top - plain[-1].bottom < 2 * plain[-1].size:
            plain.pop()
            start -= 1
        if plain:
            runs.append(plain)
            plain = _run(column)
        left, right = _split(ordered[start:stop], gutter)
        runs += [*reading_order(left, column=True), *reading_order(right, column=True)]
        at = stop
    if plain:
        runs.append(plain)
    return runs


def _run(column: bool) -> Run:
    run = Run()
    run.column = column
    return run


def _gaps(line: Line) -> list[tuple[float, float]]:
    """Wide gaps between words, not those after a list mark."""
    found = []
    widths = [right.x0 - left.x1 for left, right in pairwise(line.words)]
    # A short line that is justified by force has all its gaps wide.
    least = max(_GAP * line.size, _OUTSTANDING * sorted(widths)[(len(widths) - 1) // 2]) if len(widths) > 1 else _GAP * line.size
    for place, (left, right) in enumerate(pairwise(line.words)):
        listed = place == 0 and opens_item(left.text)
        if right.x0 - left.x1 > least and not listed and not _to_fill_in(left.text, right.text):
            found.append((left.x1, right.x0))
    return found


def _to_fill_in(left: str, right: str) -> bool:
    """Whether a gap is room for a number or day that is written in by hand ("Số:      /KH-UBND", "ngày    tháng    năm")."""
    return right[0] in "/-" or (left.lower(), right.lower()) in _FORMS


def _region(lines: Sequence[Line], at: int) -> tuple[int, float] | None:
    """Where the side-by-side lines that begin at ``at`` end, and the x of their gutter."""
    best: tuple[int, float] | None = None
    for left, right in _gaps(lines[at]):
        low, high, stop, both = left, right, at + 1, 1
        last_both = stop
        while stop < len(lines) and lines[stop].top - lines[stop - 1].bottom < _APART * lines[stop].size:
            free = _free(lines[stop], low, high)
            if free is None:
                break
            low, high = free
            if lines[stop].x0 < low and lines[stop].x1 > high:
                both += 1
                last_both = stop + 1
            stop += 1
        if both < 2 and right - left < _LONE_GAP:
            continue
        stop = _trimmed(lines, last_both, stop, low)
        if best is None or stop > best[0]:
            best = (stop, (low + high) / 2)
    return best


def _free(line: Line, low: float, high: float) -> tuple[float, float] | None:
    """The part of the gutter that ``line`` leaves free, None when a word stands in it."""
    for word in line.words:
        if word.x1 <= low or word.x0 >= high:
            continue
        if word.x0 - low >= high - word.x1:
            high = word.x0
        else:
            low = word.x1
        if high - low < _GUTTER:
            return None
    return low, high


def _trimmed(lines: Sequence[Line], last_both: int, stop: int, gutter: float) -> int:
    """Lines of one side after the last of both belong to the region as long as they follow closely."""
    end = last_both
    while end < stop and lines[end].top - lines[end - 1].bottom < _APART * lines[end].size / 2:
        if lines[end].x1 <= gutter and opens_item(lines[end].words[0].text) and lines[end].size > lines[last_both - 1].size * 1.1:
            break  # the text goes on below the letterhead
        end += 1
    return end


def _split(lines: Sequence[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        before = [word for word in line.words if (word.x0 + word.x1) / 2 < gutter]
        after = [word for word in line.words if (word.x0 + word.x1) / 2 >= gutter]
        if before:
            left.append(Line(before, line.top, line.bottom))
        if after:
            right.append(Line(after, line.top, line.bottom))
    return left, right
