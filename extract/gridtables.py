"""Tables whose cells the format marks (HTML, DOCX, Markdown): which of their rows are headers, and the rows below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kehoach.extract.cellunits import EMPTY, UnitReader
from kehoach.extract.columns import CellKinds, TableRules
from kehoach.extract.gridheads import GridHead, find_heads, is_layout, is_numbering_row, plain_head, repeats_header, visible_rows, words_of
from kehoach.extract.rawrows import raw_rows_of
from kehoach.extract.rowgroups import Fill, RawCell, RawRow, RowBuilder, RowContext
from kehoach.extract.rownumbers import parse_numbers
from kehoach.extract.spans import BLANKS
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText, Column, ColumnRole, Grid, GridCell, Table

_DOERS = {ColumnRole.LEAD, ColumnRole.COORDINATING, ColumnRole.IMPLEMENTING}
# Formats that write a row's cells one under the other leave out those below a merged cell.
_LEAVES_OUT_COVERED = {"text/markdown", "text/plain"}


@dataclass(slots=True)
class _Part:
    """A header with the rows that follow it, perhaps from several grids; ``above`` are group rows printed over the header."""

    head: GridHead
    above: list[tuple[GridCell, ...]]
    rows: list[tuple[GridCell, ...]]
    end: int


def find_grid_tables(clean: CleanText, grids: Sequence[Grid], rules: TableRules, kinds: CellKinds) -> list[Table]:
    """The data tables among the grids (in order); a grid that goes on with the table before it joins that table."""
    parts: list[_Part] = []
    for grid in grids:
        rows = visible_rows(clean, grid)
        heads = find_heads(clean, rules, rows)
        if not heads and is_layout(clean, rules, rows):
            continue
        if not heads and parts and _continues(clean, parts[-1], grid, rows):
            parts[-1].rows += rows
            parts[-1].end = grid.span.end
        else:
            parts += _parts(clean, rows, heads, grid.span.end)
    tables = (_table(clean, rules, kinds, part) for part in parts)
    return [table for table in tables if table is not None]


def _parts(clean: CleanText, rows: list[tuple[GridCell, ...]], heads: list[GridHead], end: int) -> Iterator[_Part]:
    if not heads:
        if (plain := plain_head(rows)) is not None:
            yield _Part(plain, [], rows[plain.after :], end)
        return
    above = _groups_above(clean, rows[: heads[0].first])
    for place, head in enumerate(heads):
        stop = heads[place + 1].first if place + 1 < len(heads) else len(rows)
        below = rows[head.after : stop]
        following = _groups_above(clean, below) if stop < len(rows) else []
        yield _Part(head, above, below[: len(below) - len(following)], end)
        above = following


def _groups_above(clean: CleanText, rows: Sequence[tuple[GridCell, ...]]) -> list[tuple[GridCell, ...]]:
    """The group rows ("B | PHÁT TRIỂN ...") right above a header: they name the group of the rows below it."""
    found: list[tuple[GridCell, ...]] = []
    for row in reversed(rows):
        own = [cell for cell in row if cell.span and not cell.inherited]
        if len(own) != 2 or row[0] is not own[0] or not parse_numbers(words_of(clean, own[0])):
            break
        found.insert(0, row)
    return found


def _continues(clean: CleanText, part: _Part, grid: Grid, rows: Sequence[Sequence[GridCell]]) -> bool:
    """Whether a grid without a header goes on with the table before it: as many columns, and nothing in between."""
    between = clean.view[part.end : grid.span.start].strip(BLANKS + "|-:")
    return bool(rows) and len(rows[0]) == len(part.head.columns) and (not between or (between.isdigit() and len(between) <= 4))


def _table(clean: CleanText, rules: TableRules, kinds: CellKinds, part: _Part) -> Table | None:
    columns = _used_columns(clean, part)
    rows = [row for row in [*part.above, *part.rows] if not is_numbering_row(clean, row) and not repeats_header(clean, part.head, row)]
    if rows and _is_ragged(clean, columns, rows):
        while columns[-1].title is None and len(columns) > 2:
            columns = columns[:-1]
        raw_rows = _rerowed(clean, rules, kinds, columns, rows)
    else:
        raw_rows = [_raw_row([column.role for column in columns], row) for row in rows]
    roles = [column.role for column in columns]
    raw_rows = [raw for raw in raw_rows if any(cell.fill is Fill.OWN for cell in raw.cells)]
    builder = RowBuilder(RowContext(clean.text, clean.view, roles, rules))
    built = tuple(builder.rows(raw_rows))
    if not built or not part.head.span.length:
        return None
    header = part.head.span
    span = Span(min(header.start, built[0].span.start), max(header.end, *(row.span.end for row in built)))
    return Table(span, header, columns, built, tuple(builder.notes))


def _used_columns(clean: CleanText, part: _Part) -> tuple[Column, ...]:
    """The columns without those at the right that hold nothing; a header without its number cell is moved under the numbers."""
    columns = list(part.head.columns)
    used = max((place + 1 for row in part.rows for place, cell in enumerate(row) if cell.span and not cell.inherited), default=0)
    while columns and columns[-1].title is None and len(columns) > used:
        columns.pop()
    titled = sum(1 for column in columns if column.title is not None)
    roles = [column.role for column in columns]
    if ColumnRole.INDEX not in roles and part.rows and used > titled and all(column.title is not None for column in columns[:titled]):
        numbers = sum(1 for row in part.rows if row[0].span and parse_numbers(words_of(clean, row[0])))
        if 2 * numbers > len(part.rows):
            columns = [Column(None, ColumnRole.INDEX), *columns[:titled], *columns[titled + 1 :]]
    return tuple(columns)


def _raw_row(roles: Sequence[ColumnRole], row: Sequence[GridCell]) -> RawRow:
    """The row's cells; one that runs over several columns stands in the first of them."""
    cells: list[RawCell] = []
    here: set[Span] = set()
    for cell in row[: len(roles)]:
        if not cell.inherited:
            cells.append(RawCell(Fill.OWN, cell.span) if cell.span else RawCell(Fill.EMPTY))
            here |= {cell.span} if cell.span else set()
        else:
            cells.append(RawCell(Fill.EMPTY) if cell.span is None or cell.span in here else RawCell(Fill.COVERED, cell.span))
    cells += [RawCell(Fill.EMPTY)] * (len(roles) - len(cells))
    wide = sum(1 for cell in row if cell.span in here)
    return RawRow(cells, whole=len(here) == 1 and wide > max(2, len(roles) // 2))


def _is_ragged(clean: CleanText, columns: Sequence[Column], rows: Sequence[Sequence[GridCell]]) -> bool:
    """Whether rows of a format that leaves covered cells out stand in the wrong columns: text in the number column, cells beyond the header."""
    if (
        clean.source.media_type not in _LEAVES_OUT_COVERED
        or columns[0].role is not ColumnRole.INDEX
        or any(cell.inherited for row in rows for cell in row)
    ):
        return False
    titled = sum(1 for column in columns if column.title is not None)
    for row in rows:
        own = [cell for cell in row if cell.span]
        first = words_of(clean, row[0])
        if len(own) > 1 and first and not first.isdigit() and not parse_numbers(first):
            return True
        if any(cell.span for cell in row[max(titled, len(columns) - 1) + 1 :]) or any(cell.span for cell in row[len(columns) :]):
            return True
    return columns[-1].title is None


def _rerowed(clean: CleanText, rules: TableRules, kinds: CellKinds, columns: Sequence[Column], rows: Sequence[Sequence[GridCell]]) -> list[RawRow]:
    """The rows found anew from the sequence of cells, as in a flattened table."""
    reader = UnitReader(clean, rules, kinds)
    units = [reader.unit(cell.span) if cell.span else EMPTY for row in rows for cell in row]
    return raw_rows_of(units, [column.role for column in columns], whole_cells=True)


__all__ = ["find_grid_tables"]
