"""Rows of a table whose cells stand one under the other, where an empty cell and the end of a row look alike.

What is known of each text is the number of pipes before it: one between neighbours, two at the end of a row *or* at an empty cell.
The header row says how many cells a row has. In a table with a running number, the numbers say where rows begin, and a row without one
right below a full row lacks the cells that merged cells above it cover.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kehoach.extract.spans import BLANKS
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import GridCell

# More columns than any administrative table has; longer runs of "|" are leftovers of a page's layout.
MAX_COLUMNS = 30
# Header of the running-number column, which opens the header row of nearly every plan's table.
INDEX_HEADER = re.compile(r"[*_\s]*(?:S?TT|Stt|Số\s*TT|Số thứ tự)[.\s*_]*")
_INDEX = re.compile(r"[*_\s]*(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVX]{1,6}(?:\.\d{1,2}){0,3}|[A-ZĐ]|[a-zđ](?=[.)]))[.)]?[*_\s]*")
# A cell of nothing but blanks and emphasis marks is empty, and says so: unlike one with nothing at all it cannot be the end of a row.
EMPTY = BLANKS + "*_"
_GROUP = re.compile(r"[*_\s]*(?:\*\*|(?:[IVX]{1,6}|\d{1,2}|[A-ZĐ])[.)]\s)")
_DIGITS = re.compile(r"\d+")
_TOO_LONG = 3.0

Row = list[GridCell]


def assemble(text: str, texts: Sequence[Span], runs: Sequence[int]) -> tuple[list[Row], int]:
    """The rows, and how many of ``texts`` they use; ``runs`` counts the pipes before each text and after the last.

    Text right after the closing pipe of a full row stands outside the table: the rows end there.
    """
    width = _width(runs)
    lead: Row = [GridCell(None)] * min(runs[0] - 1, width - 1)
    if width > 2 and (INDEX_HEADER.fullmatch(text, *texts[0]) or _mostly_numbered(text, texts, runs)):
        return _numbered(text, texts, runs, width)
    breaks = _best_breaks(tuple(runs), width)
    rows = [lead]
    for place, cell in enumerate(texts):
        rows[-1].append(_cell(text, cell))
        gap = runs[place + 1]
        if place + 1 == len(texts):
            break
        if breaks[place]:
            tail = max(0, min(gap - 2, width - len(rows[-1])))
            rows[-1] += [GridCell(None)] * tail
            rows.append([GridCell(None)] * min(gap - 2 - tail, width - 1))
        elif gap == 1 and len(rows[-1]) >= width > 1 and texts[place + 1].of(text).strip(EMPTY):
            return rows, place + 1
        else:
            rows[-1] += [GridCell(None)] * min(gap - 1, MAX_COLUMNS)
    return rows, len(texts)


def _mostly_numbered(text: str, texts: Sequence[Span], runs: Sequence[int]) -> bool:
    """Whether rows begin with running numbers although no header says so: a table that goes on after a break."""
    firsts = [texts[0], *(cell for cell, run in zip(texts, runs, strict=False) if run > 1)]
    return len(firsts) >= 4 and sum(_INDEX.fullmatch(text, *cell) is not None for cell in firsts) >= 0.6 * len(firsts)


def is_explicitly_empty(text: str, start: int, end: int) -> bool:
    """Whether something stands in a cell, but nothing that prints: a no-break space or emphasis marks."""
    return bool(text[start:end].strip(" \t\n")) and not text[start:end].strip(EMPTY)


def _cell(text: str, span: Span) -> GridCell:
    return GridCell(span if span.of(text).strip(EMPTY) else None)


def _numbered(text: str, texts: Sequence[Span], runs: Sequence[int], width: int) -> tuple[list[Row], int]:
    """Rows of a table with a running number in its first column."""
    rows: list[Row] = []
    place = 0
    while place < len(texts):
        stop = place + 1
        while stop < len(texts) and runs[stop] == 1 and stop - place < width:
            stop += 1
        chunk = [_cell(text, cell) for cell in texts[place:stop]]
        gap = runs[place]
        if rows and not _opens_row(text, rows[-1], chunk, gap, width):
            rows[-1] += [GridCell(None)] * (gap - 1) + chunk
        else:
            rows.append(_opened(text, rows, chunk, gap, width))
        while stop < len(texts) and runs[stop] == 1 and not texts[stop].of(text).strip(EMPTY):
            stop += 1  # one empty cell more than there are columns
        if stop < len(texts) and runs[stop] == 1:
            return rows, stop
        place = stop
    return rows, len(texts)


def _opens_row(text: str, row: Row, chunk: Row, gap: int, width: int) -> bool:
    """Whether the cells after two or more pipes begin a row, or go on in ``row`` after empty cells."""
    filled = len(row) + gap - 1 + len(chunk)
    if filled > width or row[0].inherited or row[0].span is None:
        return True
    if not _is_index(text, row[0]) or not _is_index(text, chunk[0]):
        # A group row has two cells; pipes that leave exactly the number out open a row whose number is empty.
        return len(row) <= 2 and gap > 2 and gap - 2 + len(chunk) == width
    return not (filled == width and not _follows(text, row[0], chunk[0]))


def _opened(text: str, rows: list[Row], chunk: Row, gap: int, width: int) -> Row:
    """A new row of ``chunk``: with its number cell empty, or with the cells that merged cells of the row above cover."""
    missing = width - len(chunk)
    if not rows or not missing or _is_index(text, chunk[0]):
        return chunk
    if gap - 2 == missing:
        return [GridCell(None)] * missing + chunk
    if len(chunk) == 1 and chunk[0].span and _GROUP.match(text, chunk[0].span.start):
        return chunk  # the title of a group, merged over the whole row
    if len(rows) > 1 and len(rows[-1]) == width:
        return [GridCell(cell.span, inherited=True) for cell in rows[-1][:missing]] + chunk
    return chunk


def _is_index(text: str, cell: GridCell) -> bool:
    return cell.span is not None and _INDEX.fullmatch(text, *cell.span) is not None


def _follows(text: str, before: GridCell, after: GridCell) -> bool:
    """Whether ``after`` may be the running number after ``before``: the next number, a first number, or one of another kind."""
    numbers = [_DIGITS.findall(cell.span.of(text)) if cell.span else [] for cell in (before, after)]
    if not numbers[0] or not numbers[1]:
        return True
    return numbers[1][-1] in ("1", "01") or int(numbers[1][-1]) == int(numbers[0][-1]) + 1 or len(numbers[0]) != len(numbers[1])


def _width(runs: Sequence[int]) -> int:
    """Cells of a full row: the commonest number of texts between double pipes, the first row's where none is commoner."""
    counts: list[int] = []
    current = 0
    for place in range(len(runs) - 1):
        current += 1
        if runs[place + 1] > 1 or place + 2 == len(runs):
            counts.append(current)
            current = 0
    common = Counter(counts).most_common(1)[0]
    first = counts[0]
    return min(MAX_COLUMNS, max(first, common[0]) if common[1] > 1 else first)


def _best_breaks(runs: tuple[int, ...], width: int) -> list[bool]:
    """For each gap between two texts whether a row ends there."""
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
