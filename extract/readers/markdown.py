"""Markdown: the file itself is the canonical text; its tables become grids.

Three ways of writing a table are read: one row on a line (``| a | b |``, with or without ``|---|``), one cell
under the other between lines that hold a single ``|``, and HTML tables inside the Markdown.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kehoach.extract.readers.celllines import find_cell_line_tables
from kehoach.extract.readers.cellrows import EMPTY
from kehoach.extract.readers.decoding import decode
from kehoach.extract.readers.plain import empty_note
from kehoach.extract.readers.tagtables import find_tag_tables
from kehoach.extract.spans import iter_lines, trim
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Grid, GridCell, SourceText

_PIPE = re.compile(r"(?<!\\)\|")
_RULER = re.compile(r"[|:\s]*+-[|:\s-]*+")
# Signs at the ends of a cell that are no text of it.
_CELL_BLANKS = " \t\xa0\u200b\ufeff"


def read_markdown(data: bytes, name: str) -> SourceText:
    """A Markdown file with the grids of its tables.

    Raises:
        ReadError: no text, or an unknown encoding.
    """
    found = decode(data, name)
    grids = tuple(find_tables(found.text)) if "|" in found.text or "<t" in found.text.lower() else ()
    return SourceText(
        found.text, "text/markdown", found.encoding, hashlib.sha256(data).hexdigest(), grids, notes=found.notes + empty_note(found.text)
    )


def find_tables(text: str) -> list[Grid]:
    """The tables of a Markdown text in order; they do not overlap."""
    lines = list(iter_lines(text))
    grids: list[Grid] = []
    for grid in sorted([*find_cell_line_tables(text, lines), *_row_line_tables(text, lines), *find_tag_tables(text)], key=lambda grid: grid.span):
        if not grids or grid.span.start >= grids[-1].span.end:
            grids.append(grid)
    return grids


def as_grid(rows: Sequence[Sequence[Span | None]], span: Span) -> Grid:
    """A grid of ``rows``, the short ones filled up with empty cells."""
    width = max(len(row) for row in rows)
    return Grid(span, tuple(tuple(GridCell(cell) for cell in row) + (GridCell(None),) * (width - len(row)) for row in rows))


def _row_line_tables(text: str, lines: Sequence[Span]) -> Iterator[Grid]:
    """Runs of lines that each hold a whole row."""
    run: list[Span] = []
    for line in [*lines, None]:
        if line is not None and _holds_row(text, line):
            run.append(line)
            continue
        if run and (grid := _rows_to_grid(text, run)) is not None:
            yield grid
        run = []


def _holds_row(text: str, line: Span) -> bool:
    """Whether a line begins and ends with a pipe and has something between; lines without outer pipes are prose."""
    inner = trim(text, line)
    return inner.length > 2 and text[inner.start] == "|" and text[inner.end - 1] == "|" and text[inner.end - 2] != "\\"


def _rows_to_grid(text: str, run: Sequence[Span]) -> Grid | None:
    rows = [_split_row(text, trim(text, line)) for line in run if not _RULER.fullmatch(text, *line)]
    if not rows or not any(cell for row in rows for cell in row):
        return None
    grid = as_grid(rows, Span(trim(text, run[0]).start, trim(text, run[-1]).end))
    return grid if len(grid.rows[0]) > 1 or len(rows) > 1 else None


def _split_row(text: str, line: Span) -> list[Span | None]:
    pipes = [match.start() for match in _PIPE.finditer(text, line.start, line.end)]
    cells = (trim(text, Span(left + 1, right), _CELL_BLANKS) for left, right in pairwise(pipes))
    return [cell if cell.of(text).strip(EMPTY) else None for cell in cells]
