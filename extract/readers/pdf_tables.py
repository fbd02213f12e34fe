"""Tables of a PDF as they are written out: cells with paragraphs, and tables that run over several pages joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kehoach.extract.readers.pdf_page import RuledTable
from kehoach.extract.readers.pdf_paragraphs import Paragraph, continues, paragraphs
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import GridCell

# Edges of the same column on two pages.
_SAME_EDGE = 4.0
_INDEX_HEADER = re.compile(r"(?i)s?tt|số\s*tt")
# Header rows that a word processor repeats on each page.
_MOST_HEADER_ROWS = 4
_SENTENCE_END = (".", ";", ":", "!", "?")


@dataclass(slots=True)
class TableCell:
    """A cell at ``row`` and ``column`` that covers ``rows`` × ``columns`` positions."""

    row: int
    column: int
    rows: int
    columns: int
    paragraphs: list[Paragraph]
    inherits: bool = False

    @property
    def text(self) -> str:
        """The text on one line."""
        return " ".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(slots=True)
class FlowTable:
    """A table that may have begun on an earlier page."""

    edges: tuple[float, ...]
    rows: int
    cells: list[TableCell]

    def row(self, number: int) -> list[TableCell]:
        """The cells that begin in a row."""
        return [cell for cell in self.cells if cell.row == number]


def flow_table(table: RuledTable, page: int) -> FlowTable:
    """The cells of a ruled table with their lines as paragraphs."""
    cells = []
    # White space inside the edges is the same in all cells; the longest lines show it.
    margins = [margin for cell in table.cells for line in cell.lines for margin in (line.x0 - cell.x0, cell.x1 - line.x1)]
    padding = max(0.0, min(margins, default=0.0))
    for cell in table.cells:
        found = paragraphs(cell.lines, page, cell.x0 + padding, cell.x1 - padding)
        cells.append(TableCell(cell.row, cell.column, cell.rows, cell.columns, found))
    return FlowTable(table.edges, table.rows, cells)


def join(table: FlowTable, more: FlowTable) -> list[str] | None:
    """Appends ``more``, the first table of the next page, to ``table``; the texts of repeated header rows.

    None when ``more`` is another table: its columns stand elsewhere, or it has a header row of its own.
    """
    places = _columns(table.edges, more.edges)
    if places is None:
        return None
    header = _repeated_rows(table, more)
    first = more.row(0)
    if not header and first and _INDEX_HEADER.fullmatch(first[0].text.strip()):
        return None
    repeated = [" ".join(cell.text for cell in more.row(number) if cell.text) for number in range(header)]
    start = table.rows - header
    continued = _continues_row(table, more, header, places)
    if continued:
        start -= 1
    for cell in more.cells:
        if cell.row < header:
            continue
        column = places[cell.column]
        columns = places[min(cell.column + cell.columns, len(places) - 1)] - column
        if continued and cell.row == header:
            _append(table, cell, column)
            if cell.rows == 1:
                continue
        inherits = cell.row == header and not cell.text and _covered(table, cell, column)
        kept = [] if continued and cell.row == header else cell.paragraphs
        moved = TableCell(cell.row + start, column, cell.rows, max(1, columns), kept, inherits)
        if continued and cell.row == header:
            moved.row, moved.rows, moved.inherits = moved.row + 1, moved.rows - 1, True
        table.cells.append(moved)
    table.rows = start + more.rows
    return repeated


def _columns(edges: Sequence[float], more: Sequence[float]) -> list[int] | None:
    """For each edge of ``more`` the number of the same edge of the table above."""
    if abs(edges[0] - more[0]) > _SAME_EDGE or abs(edges[-1] - more[-1]) > _SAME_EDGE:
        return None
    places = []
    for edge in more:
        nearest = min(range(len(edges)), key=lambda place: abs(edges[place] - edge))
        if abs(edges[nearest] - edge) > _SAME_EDGE:
            return None
        places.append(nearest)
    return places


def _repeated_rows(table: FlowTable, more: FlowTable) -> int:
    count = 0
    while count < min(_MOST_HEADER_ROWS, more.rows, table.rows):
        mine, other = [cell.text for cell in table.row(count)], [cell.text for cell in more.row(count)]
        if mine != other or not any(mine):
            break
        count += 1
    return count


def _continues_row(table: FlowTable, more: FlowTable, row: int, places: Sequence[int]) -> bool:
    """Whether the first row goes on with the last one of the page before: no number of its own, and a text in mid-sentence."""
    cells = more.row(row)
    if not cells or cells[0].text.strip() or not any(cell.text for cell in cells):
        return False
    for cell in cells:
        above = _last(table, places[cell.column])
        if cell.paragraphs and above is not None and above.paragraphs:
            last, first = above.paragraphs[-1], cell.paragraphs[0]
            if first.text[:1].islower() or (not last.text.endswith(_SENTENCE_END) and continues(last, first.lines[0])):
                return True
    return False


def _last(table: FlowTable, column: int) -> TableCell | None:
    return next((cell for cell in reversed(table.cells) if cell.column == column and cell.row + cell.rows >= table.rows), None)


def _append(table: FlowTable, cell: TableCell, column: int) -> None:
    above = _last(table, column)
    if above is None or not cell.paragraphs:
        return
    rest = cell.paragraphs
    if above.paragraphs and (rest[0].text[:1].islower() or continues(above.paragraphs[-1], rest[0].lines[0])):
        above.paragraphs[-1].lines += rest[0].lines
        above.paragraphs[-1].pages += rest[0].pages
        rest = rest[1:]
    above.paragraphs += rest


def _covered(table: FlowTable, cell: TableCell, column: int) -> bool:
    """Whether an empty cell at the top of a page is the rest of a merged cell of the page before."""
    above = _last(table, column)
    return above is not None and (cell.rows > 1 or above.rows > 1 or above.inherits)


def grid_rows(table: FlowTable, spans: Sequence[Span | None]) -> tuple[tuple[GridCell, ...], ...]:
    """The rectangle of ``table``; ``spans`` are those of its cells."""
    width = max(1, len(table.edges) - 1)
    rows: list[list[GridCell]] = [[GridCell(None)] * width for _ in range(table.rows)]
    for cell, own in zip(table.cells, spans, strict=True):
        span = own
        if cell.inherits and cell.row > 0:
            span = rows[cell.row - 1][min(cell.column, width - 1)].span
        for row in range(cell.row, min(cell.row + cell.rows, table.rows)):
            for column in range(cell.column, min(cell.column + cell.columns, width)):
                first = row == cell.row and column == cell.column
                rows[row][column] = GridCell(span, inherited=span is not None and (cell.inherits or not first))
    return tuple(tuple(row) for row in rows if any(cell.span and not cell.inherited for cell in row))
