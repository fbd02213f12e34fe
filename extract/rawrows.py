"""Rows of cells from the units of a table whose rows are not marked."""

from __future__ import annotations

from collections.abc import Sequence

from kehoach.extract.cellunits import Unit
from kehoach.extract.rowfit import Placed, even_bullets, place_units
from kehoach.extract.rowgroups import Fill, RawCell, RawRow
from kehoach.extract.rownumbers import RunningCount
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import ColumnRole

# A unit below this fit is not what its column expects.
_MISFIT = -0.95
_LONE_DOER = 0.6
_MISSING = RawCell(Fill.MISSING)
_DOERS = {ColumnRole.LEAD, ColumnRole.COORDINATING, ColumnRole.IMPLEMENTING}
_VALUES = {*_DOERS, ColumnRole.TIME, ColumnRole.OUTPUT}


def raw_rows_of(units: Sequence[Unit], roles: Sequence[ColumnRole], whole_cells: bool = False) -> list[RawRow]:
    """The rows that the units make up; units after the end of the table are left out.

    With ``whole_cells`` every unit is one cell and all of them belong to the table.
    """
    count = RunningCount()
    accepted = [count.accept(unit.numbers) for unit in units]
    placed = place_units(units, accepted, roles, whole_cells)
    rows = _gather(units, placed if whole_cells else even_bullets(units, placed, roles), len(roles))
    _settle_empties(rows, roles)
    for row in rows:
        _doubt_lone_doer(row, roles)
    return rows


def _doubt_lone_doer(row: RawRow, roles: Sequence[ColumnRole]) -> None:
    """Of two doer columns with one list of agencies, nothing but the order says which of them is merged with the row above."""
    fills = [cell.fill for cell, role in zip(row.cells, roles, strict=True) if role in _DOERS]
    if len(fills) > 1 and fills.count(Fill.OWN) == 1 and Fill.MISSING in fills:
        row.confidence = min(row.confidence, _LONE_DOER)
        row.doubts.append("one list of agencies for two columns: which of them is merged is not certain")


def _gather(units: Sequence[Unit], placed: Sequence[Placed], width: int) -> list[RawRow]:
    rows: list[RawRow] = []
    for unit, spot in zip(units, placed, strict=False):
        if spot.opens_row or not rows:
            rows.append(RawRow([_MISSING] * width))
        row = rows[-1]
        cell = row.cells[spot.column]
        if unit.span is None:
            if cell.fill is Fill.MISSING:
                row.cells[spot.column] = RawCell(Fill.EMPTY)
        else:
            start = cell.span.start if cell.span else unit.span.start
            row.cells[spot.column] = RawCell(Fill.OWN, Span(start, unit.span.end))
        if spot.fit < _MISFIT:
            row.confidence = min(row.confidence, 0.6 if spot.fit > -3 else 0.4)
            row.doubts.append("a line of this row does not look like what its column holds")
    return [row for row in rows if any(cell.fill is Fill.OWN for cell in row.cells)]


def _settle_empties(rows: Sequence[RawRow], roles: Sequence[ColumnRole]) -> None:
    """Moves an empty cell to the column that is not merged.

    Where the rows around have no cell in its column but one of their own in a later one, it is that later cell that is empty.
    """
    values = [place for place, role in enumerate(roles) if role in _VALUES]
    for place, row in enumerate(rows):
        empty = [column for column in values if row.cells[column].fill is Fill.EMPTY]
        later = [column for column in values if empty and column > empty[0] and row.cells[column].fill is Fill.MISSING]
        if len(empty) != 1 or not later:
            continue
        here, there = empty[0], later[0]
        around = [*rows[max(0, place - 1) : place], *rows[place + 1 : place + 2]]
        votes = sum(_votes(other.cells[here].fill, other.cells[there].fill) for other in around)
        if votes > 0:
            row.cells[here], row.cells[there] = row.cells[there], row.cells[here]


def _votes(here: Fill, there: Fill) -> int:
    if here is Fill.MISSING and there is Fill.OWN:
        return 1
    return -1 if there is Fill.MISSING and here is Fill.OWN else 0


__all__ = ["raw_rows_of"]
