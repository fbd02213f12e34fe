"""Tables pasted with a tab between cells and a line per row."""

from __future__ import annotations

from collections.abc import Iterator

from kehoach.extract.spans import iter_lines, trim
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Grid, GridCell

# Fewer tabs indent or align; fewer rows are a letterhead.
_MIN_TABS = 2
_MIN_ROWS = 3


def find_tab_grids(text: str) -> Iterator[Grid]:
    """Grids of neighbouring lines with the same number of tabs, two or more; blank lines between them do not count."""
    if text.count("\t") < _MIN_TABS * _MIN_ROWS:
        return
    rows: list[Span] = []
    tabs = 0
    for line in iter_lines(text):
        inner = trim(text, line, " \n\r")
        count = text.count("\t", *inner)
        if rows and count != tabs and inner.length:
            yield from _grid(text, rows, tabs)
            rows = []
        if count >= _MIN_TABS:
            rows.append(line)
            tabs = count
    yield from _grid(text, rows, tabs)


def _grid(text: str, rows: list[Span], tabs: int) -> Iterator[Grid]:
    if len(rows) < _MIN_ROWS:
        return
    found = []
    for row in rows:
        cells, at = [], row.start
        for place in range(tabs + 1):
            end = text.find("\t", at, row.end) if place < tabs else row.end
            span = trim(text, Span(at, end))
            cells.append(GridCell(span if span.length else None))
            at = end + 1
        found.append(tuple(cells))
    yield Grid(Span(rows[0].start, rows[-1].end), tuple(found))


__all__ = ["find_tab_grids"]
