"""Tables whose cells the format marks (HTML, DOCX, Markdown): header rows, roles and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kehoach.extract.columns import CellKinds, HeaderCell, TableRules, is_numbering, matches, settle
from kehoach.extract.rowgroups import Fill, Grid2Rows, RawCell, RawRow, RowBuilder
from kehoach.extract.spans import BLANKS, squash
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText, Column, ColumnRole, Grid, GridCell, Table

# A header stands in the first rows; above it at most a caption and the lines of a letterhead that share its grid.
_HEADER_ROWS = 6
_LAYOUT_ROWS = 4
_MIN_DATA_ROWS = 1


@dataclass(frozen=True, slots=True)
class _Head:
    """Which rows of a grid are its header, and the columns read from them."""

    first: int
    after: int
    columns: tuple[Column, ...]
    span: Span


def find_grid_tables(clean: CleanText, rules: TableRules, kinds: CellKinds) -> list[Table]:
    """The data tables among the grids of the source, in order; a grid that goes on with the table before it joins that table."""
    found: list[tuple[_Head, list[tuple[GridCell, ...]], int]] = []
    for grid in sorted(clean.source.grids, key=lambda item: item.span):
        rows = [row for row in (_visible(clean, row) for row in grid.rows)]
        if not rows or _is_layout(clean, rules, rows):
            continue
        head = _head(clean, rules, rows)
        if head is None and found and _continues(clean, found[-1], grid):
            found[-1] = (found[-1][0], found[-1][1] + rows, grid.span.end)
        elif head is None:
            if (plain := _plain_head(clean, rows)) is not None:
                found.append((plain, rows[plain.after :], grid.span.end))
        else:
            found.append((head, rows[head.after :], grid.span.end))
    tables = []
    for head, rows, _ in found:
        if (table := _table(clean, rules, kinds, head, rows)) is not None:
            tables.append(table)
    return tables


def _visible(clean: CleanText, row: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
    """The row with dropped and blank cells empty."""
    return tuple(cell if cell.span and clean.view[cell.span.start : cell.span.end].strip() else replace(cell, span=None) for cell in row)


def _words(clean: CleanText, cell: GridCell) -> str:
    return squash(clean.view[cell.span.start : cell.span.end]) if cell.span else ""


def _is_layout(clean: CleanText, rules: TableRules, rows: Sequence[Sequence[GridCell]]) -> bool:
    """A letterhead, a signature block or a property box: few rows, and its words say so."""
    if max(len(row) for row in rows) < 2:
        return True
    body = [row for row in rows if any(cell.span for cell in row)]
    words = " ".join(_words(clean, cell) for row in body[:_LAYOUT_ROWS] for cell in row if not cell.inherited)
    return len(body) <= 2 * _LAYOUT_ROWS and matches(rules.layout, words[:2000])


# --- headers ---------------------------------------------------------------------------------------------------------


def _head(clean: CleanText, rules: TableRules, rows: Sequence[Sequence[GridCell]]) -> _Head | None:
    for place, row in enumerate(rows[:_HEADER_ROWS]):
        found = [rules.header(_words(clean, cell)) for cell in row]
        if not _names_columns(found, row):
            continue
        if place + 1 >= len(rows):
            return None
        cells, after = _second_line(clean, rules, rows, place, found)
        while after < len(rows) and is_numbering([_words(clean, cell) for cell in rows[after]]):
            after += 1
        roles = settle([known for _, known in cells])
        columns = tuple(Column(cell.span, role) for (cell, _), role in zip(cells, roles, strict=True))
        return _Head(place, after, columns, _extent(rows[place:after]))
    return None


def _names_columns(found: Sequence[HeaderCell | None], row: Sequence[GridCell]) -> bool:
    """Whether a row of cells is a header: roles of two kinds or more, for half of its cells."""
    filled = [cell for cell in row if cell.span and not cell.inherited]
    known = [known for cell, known in zip(row, found, strict=True) if known is not None and cell.span and not cell.inherited]
    roles = {cell.role for cell in known}
    return len(roles) >= 2 and 2 * len(known) >= len(filled)


def _second_line(
    clean: CleanText, rules: TableRules, rows: Sequence[Sequence[GridCell]], place: int, found: list[HeaderCell | None]
) -> tuple[list[tuple[GridCell, HeaderCell | None]], int]:
    """The header cells, with those of a second header line in place of the wide cell above them."""
    top = list(zip(rows[place], found, strict=True))
    if place + 1 >= len(rows):
        return top, place + 1
    below = rows[place + 1]
    wide = [column for column, cell in enumerate(rows[place]) if cell.inherited and cell.span]
    own = [column for column, cell in enumerate(below) if cell.span and not cell.inherited]
    if not wide or not own or any(column not in wide and column + 1 not in wide for column in own):
        return top, place + 1
    merged = list(top)
    for column in own:
        known = rules.header(_words(clean, below[column]))
        merged[column] = (below[column], known or top[column][1])
    return merged, place + 2


def _plain_head(clean: CleanText, rows: Sequence[Sequence[GridCell]]) -> _Head | None:
    """No header at all, yet clearly a table: three rows or more with three cells or more each."""
    full = [row for row in rows if sum(1 for cell in row if cell.span and not cell.inherited) >= 3]
    if len(full) < 3 or 2 * len(full) < len(rows):
        return None
    columns = tuple(Column(cell.span if not cell.inherited else None, ColumnRole.OTHER) for cell in rows[0])
    return _Head(0, 1, columns, _extent(rows[:1]))


def _continues(clean: CleanText, table: tuple[_Head, list[tuple[GridCell, ...]], int], grid: Grid) -> bool:
    """Whether a grid without a header goes on with the table before it: as many columns, and nothing in between."""
    head, _, end = table
    return len(grid.rows[0]) == len(head.columns) and not clean.view[end : grid.span.start].strip(BLANKS + "|-")


def _extent(rows: Sequence[Sequence[GridCell]]) -> Span:
    spans = [cell.span for row in rows for cell in row if cell.span]
    return Span(min(span.start for span in spans), max(span.end for span in spans)) if spans else Span(0, 0)


# --- rows ------------------------------------------------------------------------------------------------------------


def _table(clean: CleanText, rules: TableRules, kinds: CellKinds, head: _Head, rows: Sequence[tuple[GridCell, ...]]) -> Table | None:
    roles = [column.role for column in head.columns]
    raw_rows = []
    for row in rows:
        if is_numbering([_words(clean, cell) for cell in row]) or _repeats_header(clean, head, row):
            continue
        raw = _raw_row(clean, kinds, roles, row)
        if any(cell.fill is Fill.OWN for cell in raw.cells):
            raw_rows.append(raw)
    builder = RowBuilder(Grid2Rows(clean.text, clean.view, roles, rules))
    built = tuple(builder.rows(raw_rows))
    if len(built) < _MIN_DATA_ROWS or not head.span.length:
        return None
    span = Span(head.span.start, max(row.span.end for row in built))
    return Table(span, head.span, head.columns, built, tuple(builder.notes))


def _repeats_header(clean: CleanText, head: _Head, row: Sequence[GridCell]) -> bool:
    titles = [squash(clean.view[column.title.start : column.title.end]) if column.title else "" for column in head.columns]
    return len(row) == len(titles) and any(titles) and [_words(clean, cell) for cell in row] == titles


def _raw_row(clean: CleanText, kinds: CellKinds, roles: Sequence[ColumnRole], row: Sequence[GridCell]) -> RawRow:
    """The row's cells; one that runs over several columns stands in the first of them."""
    cells: list[RawCell] = []
    for place, cell in enumerate(row[: len(roles)]):
        if not cell.inherited:
            cells.append(RawCell(Fill.OWN, cell.span) if cell.span else RawCell(Fill.EMPTY))
        elif cell.span and any(other.span == cell.span and not other.inherited for other in row[:place]):
            cells.append(RawCell(Fill.EMPTY))
        else:
            cells.append(RawCell(Fill.COVERED, cell.span))
    cells += [RawCell(Fill.EMPTY)] * (len(roles) - len(cells))
    spans = {cell.span for cell in row if cell.span}
    whole = len(spans) == 1 and sum(1 for cell in row if cell.span) > max(2, len(roles) // 2)
    raw = RawRow(cells, whole=whole and any(cell.fill is Fill.OWN for cell in cells))
    return _realigned(clean, kinds, roles, raw)


def _realigned(clean: CleanText, kinds: CellKinds, roles: Sequence[ColumnRole], raw: RawRow) -> RawRow:
    """A short row below a merged cell: formats that leave the covered cells out shift the rest to the left.

    Recognised where the index cell holds text that is no number, and the cells fit better from the right edge.
    """
    own = [place for place, cell in enumerate(raw.cells) if cell.fill is Fill.OWN]
    if raw.whole or not own or any(cell.fill is Fill.COVERED for cell in raw.cells) or own != list(range(len(own))) or len(own) == len(roles):
        return raw
    shift = len(roles) - len(own)
    here = _fits(clean, kinds, roles, raw, own, 0)
    best, by = max((_fits(clean, kinds, roles, raw, own, step), step) for step in range(1, shift + 1))
    if len(own) < 2 or best <= here + 1:
        return raw
    cells = [RawCell(Fill.MISSING) for _ in range(by)] + [raw.cells[place] for place in own]
    cells += [RawCell(Fill.EMPTY)] * (len(roles) - len(cells))
    return RawRow(cells, 0.8, doubts=["cells are missing at the left, below a merged cell"])


def _fits(clean: CleanText, kinds: CellKinds, roles: Sequence[ColumnRole], raw: RawRow, own: Sequence[int], shift: int) -> int:
    """How many cells look like what their column holds, minus those that look like something else."""
    points = 0
    for place in own:
        span = raw.cells[place].span
        words = squash(clean.view[span.start : span.end]) if span else ""
        role = roles[place + shift]
        agencies, time = kinds.is_agencies(words), kinds.is_time(words)
        number = len(words) <= 6 and words[:1].isalnum()
        if role in (ColumnRole.LEAD, ColumnRole.COORDINATING, ColumnRole.IMPLEMENTING):
            points += 1 if agencies else -1
        elif role is ColumnRole.TIME:
            points += 1 if time else -1
        elif role is ColumnRole.INDEX:
            points += 1 if number else -2
        else:
            points += -1 if agencies or time or number else 1
    return points


__all__ = ["find_grid_tables"]
