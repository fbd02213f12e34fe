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

An empty cell and the end of a row look alike here (``|`` twice). The header row says how many cells a row has, and
the reading with the most whole rows is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kehoach.extract.spans import BLANKS, trim
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Grid, GridCell

# More columns than any administrative table has; longer runs of "|" are leftovers of a page's layout.
_MAX_COLUMNS = 30


class _Table(NamedTuple):
    """Texts between pipes, and how many pipes stand before each and after the last."""

    texts: list[Span]
    runs: list[int]
    span: Span


def find_cell_line_tables(text: str, lines: Sequence[Span]) -> Iterator[Grid]:
    """Grids of the tables whose cells stand one under the other.

    A table begins at a pipe that follows a blank line (or nothing) and ends at a pipe that is followed by one. A cell that is
    still open where the next table begins ends at its first blank line, so that one lost pipe costs one cell and not the document.
    """
    for table in _tables(text, lines):
        rows = _rows(table)
        if len(rows) > 1 or (rows and len(rows[0]) > 1):
            width = max(len(row) for row in rows)
            yield Grid(table.span, tuple(tuple(GridCell(cell) for cell in row) + (GridCell(None),) * (width - len(row)) for row in rows))


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
    for left, right in zip(group, group[1:], strict=False):
        cell = trim(text, Span(lines[left].end, lines[right].start))
        if cell.length:
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


def _rows(table: _Table) -> list[list[Span | None]]:
    """Cells row by row: the cheapest reading of every run of pipes (see ``_cost``)."""
    width = _width(table)
    breaks = _best_breaks(tuple(table.runs), width)
    rows: list[list[Span | None]] = [[None] * min(table.runs[0] - 1, _MAX_COLUMNS)]
    for place, cell in enumerate(table.texts):
        rows[-1].append(cell)
        gap = table.runs[place + 1]
        last = place + 1 == len(table.texts)
        if not last and breaks[place]:
            tail = max(0, min(gap - 2, width - len(rows[-1])))
            rows[-1] += [None] * tail
            rows.append([None] * min(gap - 2 - tail, width - 1))
        elif not last:
            rows[-1] += [None] * min(gap - 1, _MAX_COLUMNS)
    return rows


def _width(table: _Table) -> int:
    """Cells of a full row: the commonest number of texts between double pipes, the first row's where none is commoner."""
    counts: list[int] = []
    current = 0
    for place in range(len(table.texts)):
        current += 1
        if table.runs[place + 1] > 1 or place + 1 == len(table.texts):
            counts.append(current)
            current = 0
    common = Counter(counts).most_common(1)[0]
    first = counts[0]
    return min(_MAX_COLUMNS, max(first, common[0]) if common[1] > 1 else first)


def _best_breaks(runs: tuple[int, ...], width: int) -> list[bool]:
    """For each gap between two texts whether a row ends there. ``runs`` counts the pipes before each text and after the last."""

    gaps = runs[1:-1]
    # cost[place][filled]: cheapest reading of the gaps from ``place`` on, with ``filled`` cells already in the row.
    size = width + 1
    ahead = [_cost(filled, width) for filled in range(size + 1)]
    choices: list[list[bool]] = []
    for gap in reversed(gaps):
        here: list[float] = []
        choice: list[bool] = []
        for filled in range(size + 1):
            stay = filled + gap
            on = ahead[min(stay, size)] + 0.3 * (gap - 1) if stay <= width else _TOO_LONG + ahead[size]
            off = float("inf")
            if gap > 1:
                tail = max(0, min(gap - 2, width - filled))
                off = _cost(min(filled + tail, size), width) + ahead[min(gap - 2 - tail + 1, size)]
            here.append(min(on, off))
            choice.append(off <= on)
        ahead = here
        choices.append(choice)
    return _follow(choices[::-1], gaps, width, min(runs[0], size))


_TOO_LONG = 3.0


def _cost(filled: int, width: int) -> float:
    """What a row of ``filled`` cells costs: nothing when full, little when it names a group (one or two merged cells), else more."""
    if filled == width:
        return 0.0
    return 0.5 if filled <= 2 else 1.0


def _follow(choices: Sequence[Sequence[bool]], gaps: Sequence[int], width: int, filled: int) -> list[bool]:
    taken: list[bool] = []
    size = width + 1
    for choice, gap in zip(choices, gaps, strict=True):
        ends = choice[min(filled, size)]
        taken.append(ends)
        if ends:
            tail = max(0, min(gap - 2, width - filled))
            filled = min(gap - 2 - tail + 1, size)
        else:
            filled = min(filled + gap, size)
    return taken
