"""Tables written one cell under the other: a line with a single ``|`` before each cell and after the last of a row.

::

    |
    STT
    |
    Nhiệm vụ
    |
    |          <- the next row begins
    1
    |
    Xây dựng kế hoạch
    |

An empty cell and the end of a row look alike here (``|`` twice); ``cellrows.py`` tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kehoach.extract.readers.cellrows import INDEX_HEADER, assemble, is_explicitly_empty
from kehoach.extract.spans import BLANKS, trim
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Grid, GridCell

# More text between two pipes than any cell holds: the page was written without blank lines, and the table ended at the first pipe.
_MAX_CELL_CHARS = 3000
# Beyond this pipes are no table of a plan; the bound keeps hostile input cheap.
_MAX_CELLS, _MAX_PARTS = 20_000, 12


class _Table(NamedTuple):
    """Texts between pipes, and how many pipes stand before each and after the last."""

    texts: list[Span]
    runs: list[int]
    span: Span


def find_cell_line_tables(text: str, lines: Sequence[Span]) -> Iterator[Grid]:
    """Grids of the tables whose cells stand one under the other.

    A table begins at a pipe that follows a blank line (or nothing) and ends at a pipe that is followed by one. A cell that is
    still open where the next table begins ends at its first blank line, so that one lost pipe costs one cell and not the document.
    Where a page has no blank lines, a table ends at the pipe after a full row: what follows there is text between two tables.
    """
    for whole in _tables(text, lines):
        for part in _unglued(text, whole):
            yield from _grids(text, part)


def _grids(text: str, table: _Table) -> Iterator[Grid]:
    rest: _Table | None = table if len(table.texts) <= _MAX_CELLS else _cut(table, 0, _MAX_CELLS)
    for _ in range(_MAX_PARTS):
        if rest is None or len(rest.texts) < 2:
            return
        rows, used = assemble(text, rest.texts, rest.runs)
        if len(rows) > 1 or len(rows[0]) > 1:
            width = max(len(row) for row in rows)
            end = rest.span.end if used == len(rest.texts) else rest.texts[used - 1].end
            yield Grid(Span(rest.span.start, end), tuple(tuple(row) + (GridCell(None),) * (width - len(row)) for row in rows))
        rest = _cut(rest, used + 1, len(rest.texts)) if used + 1 < len(rest.texts) else None


def _unglued(text: str, table: _Table) -> Iterator[_Table]:
    """Parts of a run of cells in which a header row begins anew: a running-number header after a text that belongs to no row."""
    start = 0
    for place in range(2, len(table.texts)):
        if table.runs[place] == table.runs[place - 1] == 1 and INDEX_HEADER.fullmatch(text, *table.texts[place]) and place - 2 >= start:
            yield _cut(table, start, place - 1)
            start = place
    yield _cut(table, start, len(table.texts)) if start else table


def _cut(table: _Table, start: int, stop: int) -> _Table:
    """The cells ``[start, stop)`` as a table of their own."""
    texts = table.texts[start:stop]
    runs = [table.runs[0] if start == 0 else 1, *table.runs[start + 1 : stop], table.runs[stop] if stop == len(table.texts) else 1]
    span = Span(table.span.start if start == 0 else texts[0].start, table.span.end if stop == len(table.texts) else texts[-1].end)
    return _Table(texts, runs, span)


def _tables(text: str, lines: Sequence[Span]) -> Iterator[_Table]:
    pipes = [number for number, line in enumerate(lines) if line.length <= 8 and text[line.start : line.end].strip(BLANKS) == "|"]
    group: list[int] = []
    for place, number in enumerate(pipes):
        group.append(number)
        following = pipes[place + 1] if place + 1 < len(pipes) else None
        if _closes(text, lines, number, following):
            if table := _table(text, lines, group, None):
                yield table
            group = []
        elif following is None or _left_open(text, lines, number, following):
            if table := _table(text, lines, group, _open_cell(text, lines, number, following)):
                yield table
            group = []


def _blank(text: str, line: Span) -> bool:
    return not text[line.start : line.end].strip(BLANKS)


def _closes(text: str, lines: Sequence[Span], number: int, following: int | None) -> bool:
    """Whether the table ends at this pipe: nothing or a blank line comes next, for a cell's text begins right below its pipe."""
    if following is not None and lines[following].start - lines[number].end > _MAX_CELL_CHARS and not _left_open(text, lines, number, following):
        return True
    if number + 1 >= len(lines) or (following is None and all(_blank(text, line) for line in lines[number + 1 : number + 3])):
        return True
    return _blank(text, lines[number + 1])


def _left_open(text: str, lines: Sequence[Span], number: int, following: int) -> bool:
    """Whether the cell below this pipe is never closed: the next pipe follows a blank line, so it opens another table."""
    return following > number + 1 and _blank(text, lines[following - 1])


def _open_cell(text: str, lines: Sequence[Span], number: int, following: int | None) -> Span | None:
    """The lines of a cell without an end, up to the first blank line."""
    stop = number + 1
    limit = len(lines) if following is None else following
    while stop < limit and not _blank(text, lines[stop]):
        stop += 1
    found = trim(text, Span(lines[number + 1].start, lines[stop - 1].end)) if stop > number + 1 else None
    return found if found and found.length else None


def _table(text: str, lines: Sequence[Span], group: Sequence[int], last: Span | None) -> _Table | None:
    texts: list[Span] = []
    runs: list[int] = []
    run = 1
    for left, right in pairwise(group):
        cell = trim(text, Span(lines[left].end, lines[right].start))
        if cell.length or is_explicitly_empty(text, lines[left].end, lines[right].start):
            cell = cell if cell.length else Span(lines[left].end, lines[right].start)
            texts.append(cell)
            runs.append(run)
            run = 0
        run += 1
    end = lines[group[-1]].end
    if last is not None:
        texts.append(last)
        runs.append(run)
        run, end = 1, last.end
    if len(texts) < 2:
        return None
    return _Table(texts, [*runs, run], Span(lines[group[0]].start, end))
