"""Assigns the units of a flattened table to rows and columns: the cheapest path over all readings at once.

The units come row by row and, inside a row, column by column, so a reading is a sequence of columns that grows
within each row. A unit costs or earns by how well it fits its column (an agency list under "Đơn vị phối hợp"), a new row costs little
where the running number says so and much where nothing does, and after its last row the table ends: what follows fits no column.
All costs below are points of one scale, where 2 is a clear sign and 8 is a near proof; they were set on the shapes of flattened tables and hold for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kehoach.extract.cellunits import Unit
from kehoach.schemas.stages import ColumnRole

_AGENCY_ROLES = {ColumnRole.LEAD, ColumnRole.COORDINATING, ColumnRole.IMPLEMENTING}
_RESULT_ROLES = {ColumnRole.OUTPUT, ColumnRole.TARGET}
_TEXT_ROLES = {ColumnRole.TASK, *_RESULT_ROLES, ColumnRole.NOTE, ColumnRole.OTHER, ColumnRole.GROUP}
_SKIP = -1.0  # per column without a cell: it is merged with the row above
_NEVER = -1000.0
_WHOLE_ROW = -2.5  # what a row without its number costs where every unit is a cell
_MOVABLE_WORDS = 20  # results are short
_PHRASE = 15  # longer units are clauses, not names or times


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a unit stands: its column, whether it opens a row, and how well it fits (negative: against its look)."""

    column: int
    opens_row: bool
    fit: float


def place_units(units: Sequence[Unit], accepted: Sequence[int], roles: Sequence[ColumnRole], whole_cells: bool = False) -> list[Placed]:
    """The best reading; it is shorter than ``units`` where the table ends before them.

    ``accepted`` says of each unit how well it continues the running numbers (see ``RunningCount.accept``). With ``whole_cells``
    every unit is a cell of its own and all of them belong to the table: only the rows are unknown.
    """
    if not units or not roles:
        return []
    return _Fit(units, accepted, roles, whole_cells).path()


class _Fit:
    """One run of the search: per unit the best score of a reading that ends in each column, or with the table ended."""

    def __init__(self, units: Sequence[Unit], accepted: Sequence[int], roles: Sequence[ColumnRole], whole_cells: bool) -> None:
        self._units = units
        self._accepted = accepted
        self._roles = roles
        self._whole = whole_cells
        self._width = len(roles)
        self._groups = [place for place, role in enumerate(roles) if role is ColumnRole.GROUP]

    def path(self) -> list[Placed]:
        """The best reading, unit by unit."""
        scores = [_NEVER] * self._width + [0.0]  # the last state: the table has ended
        back = []
        for place in range(len(self._units)):
            scores, came = self._step(scores, place)
            back.append(came)
        return self._trace(back, scores)

    def _step(self, scores: list[float], place: int) -> tuple[list[float], list[tuple[int, bool]]]:
        """The scores after one more unit, and for each state where its best reading came from and whether it opens a row."""
        width, first = self._width, place == 0
        new = [_NEVER] * (width + 1)
        came: list[tuple[int, bool]] = [(width, False)] * (width + 1)
        # The best state at or right of each column, from where a new row may begin.
        best_right, from_right = [_NEVER] * width, [width] * width
        best, where = _NEVER, width
        for column in range(width - 1, -1, -1):
            if scores[column] > best:
                best, where = scores[column], column
            best_right[column], from_right[column] = best, where
        forward, from_left = _NEVER, width
        for column in range(width):
            enter = self._enter(place, column)
            score, source, opens = (0.0 if first else best_right[column]) + self._new_row(place, column) + enter, from_right[column], True
            if forward + enter > score:
                score, source, opens = forward + enter, from_left, False
            if not first and (stay := scores[column] + self._continue(place, column)) >= score:
                score, source, opens = stay, column, False
            new[column], came[column] = score, (source, opens)
            forward += _SKIP
            if scores[column] > forward:
                forward, from_left = scores[column], column
        if first or self._whole:
            new[width] = _NEVER if self._whole else 0.0
        else:
            ended = max(range(width + 1), key=lambda state: (scores[state], state == width))
            new[width], came[width] = scores[ended], (ended, False)
        return new, came

    def _trace(self, back: list[list[tuple[int, bool]]], scores: list[float]) -> list[Placed]:
        # A tie goes to the table, not to its end: the last cell's lines belong to it.
        state = max(range(self._width + 1), key=lambda place: (scores[place], -place))
        path: list[tuple[int, bool]] = []
        for came in reversed(back):
            source, opens = came[state]
            path.append((state, opens))
            state = source
        path.reverse()
        placed = []
        for place, (column, opens) in enumerate(path):
            if column == self._width:
                break
            entered = opens or not place or path[place - 1][0] != column
            fit = self._enter(place, column) if entered else self._continue(place, column)
            placed.append(Placed(column, opens, fit + (min(0.0, self._new_row(place, column) + 1.0) if opens else 0.0)))
        return placed

    def _enter(self, place: int, column: int) -> float:
        unit, role = self._units[place], self._roles[column]
        fit = _enter(unit, self._accepted[place], role, self._roles)
        # Of several group columns the inner one carries the letters or numbers ("a) ..."); the outer one's number stands in the index.
        if len(self._groups) > 1 and unit.span is not None and column == self._groups[0 if unit.marker else -1]:
            return fit - 1.0
        return fit

    def _continue(self, place: int, column: int) -> float:
        unit = self._units[place]
        if self._whole and unit.span is not None:
            return _NEVER
        return _continue(unit, self._units[place - 1], self._accepted[place], self._roles[column])

    def _new_row(self, place: int, column: int) -> float:
        cost = _new_row(self._units[place], self._accepted[place], column, self._roles)
        return max(cost, _WHOLE_ROW) if self._whole else cost


def _enter(unit: Unit, number: int, role: ColumnRole, roles: Sequence[ColumnRole]) -> float:
    """How well a unit opens a cell of this role."""
    if unit.ends:
        return -8.0
    if role is ColumnRole.INDEX:
        return 3.0 if number == 2 else 1.0 if number == 1 else 0.0 if unit.span is None else -8.0
    if number == 2:
        return -4.0
    if unit.span is None:
        return -1.0 if role is ColumnRole.TASK else -0.2
    if unit.group_title and role not in _TEXT_ROLES:
        return -6.0
    if role in _AGENCY_ROLES:
        return 2.0 if unit.agencies else -1.0 if unit.words <= _PHRASE and not unit.time and not unit.figure and not unit.number else -4.0
    if role is ColumnRole.TIME:
        return 2.0 if unit.time else -4.0 if unit.agencies else -1.0 if unit.words <= _PHRASE else -4.0
    return _enter_text(unit, role, roles)


def _enter_text(unit: Unit, role: ColumnRole, roles: Sequence[ColumnRole]) -> float:
    if role is ColumnRole.TASK:
        if unit.agencies:
            return -1.5 if unit.words <= _PHRASE else -0.5
        if unit.time:
            return -3.0
        if unit.figure and unit.words <= 25:
            return 0.0
        return 2.0 if unit.words >= 4 else 0.5
    if role is ColumnRole.GROUP:
        if unit.agencies or unit.time or unit.bullet or unit.words > 40:
            return -2.0
        return 2.0 if unit.marker else 1.0
    if role in _RESULT_ROLES:
        if unit.time:
            return 1.5 if ColumnRole.TIME not in roles else -2.0
        if unit.agencies:
            return -1.5
        if unit.figure or unit.product:
            return 2.0
        return -0.2 if unit.bullet else 0.5 if unit.words <= 40 else -0.5
    if role is ColumnRole.NOTE:
        return 0.3 if unit.words <= 40 else -1.0
    return 0.8 if unit.words <= 40 else 0.0


def _continue(unit: Unit, before: Unit, number: int, role: ColumnRole) -> float:
    """How well a unit continues the cell that the unit before it belongs to."""
    if number == 2 or unit.ends or role is ColumnRole.INDEX:
        return -8.0
    if unit.span is None:
        return -0.3 if role is ColumnRole.TASK else -0.1
    if unit.group_title:
        return -2.0
    joined = unit.lower or before.ends_open
    if role in _AGENCY_ROLES:
        if unit.agencies:
            return 0.3 if joined else (0.1 if role is ColumnRole.LEAD else 0.3) if unit.bullet else -0.7
        return (0.0 if joined else -0.3) if unit.words <= 6 and not unit.time and not unit.figure else -4.0
    if role is ColumnRole.TIME:
        return 0.3 if unit.time or (joined and unit.words <= _PHRASE) else -4.0 if unit.agencies or unit.words > _PHRASE else -1.0
    if role in _RESULT_ROLES:
        if unit.agencies and not joined:
            return -2.5
        return 0.1 if unit.bullet or joined or unit.time or unit.figure else -0.8
    if unit.agencies and not joined:
        return -2.0
    if unit.time and not joined:
        return -2.0
    if role is ColumnRole.GROUP:
        return -0.3 if unit.words <= _PHRASE and not unit.bullet and not unit.marker else -3.0
    if role is ColumnRole.TASK:
        if unit.bullet or joined:
            return -0.5 if unit.figure else 0.1
        # A short phrase after a finished sentence opens the next cell rather than a paragraph of this one.
        return -1.5 if before.sentence and not unit.sentence and unit.words <= _PHRASE else -0.8
    return 0.1 if unit.bullet or joined else -1.0


def _new_row(unit: Unit, number: int, column: int, roles: Sequence[ColumnRole]) -> float:
    """What it costs to begin a row with this unit in this column."""
    role = roles[column]
    if role is ColumnRole.INDEX:
        return -1.0 if unit.span is None else 0.0
    if role is ColumnRole.GROUP and unit.marker:
        return -0.5
    if unit.group_title and role in _TEXT_ROLES:
        return -1.0
    if ColumnRole.INDEX not in roles and column == 0:
        return -0.5
    return -6.0 if ColumnRole.INDEX in roles else -3.0


def even_bullets(units: Sequence[Unit], placed: Sequence[Placed], roles: Sequence[ColumnRole]) -> list[Placed]:
    """Moves a bullet over the border between tasks and results where it then answers bullet for bullet.

    The look alone cannot tell "- Tổng hợp số liệu hằng tháng" the result from the task; but with two more tasks than results and as
    many doers as the mean of both, the bullet at the border belongs to the other side.
    """
    result = list(placed)
    if ColumnRole.TASK not in roles or ColumnRole.OUTPUT not in roles or ColumnRole.IMPLEMENTING not in roles:
        return result
    task, output, doer = (roles.index(role) for role in (ColumnRole.TASK, ColumnRole.OUTPUT, ColumnRole.IMPLEMENTING))
    starts = [place for place, spot in enumerate(result) if spot.opens_row] + [len(result)]
    for start, stop in zip(starts, starts[1:], strict=False):
        held = {column: [place for place in range(start, stop) if result[place].column == column and units[place].bullet] for column in (task, output, doer)}
        if output != task + 1 or len(held[task]) - len(held[output]) not in (2, -2) or 2 * len(held[doer]) != len(held[task]) + len(held[output]):
            continue
        from_task = len(held[task]) > len(held[output])
        moved = held[task][-1] if from_task else held[output][0]
        edge = held[output][0] if from_task else held[task][-1]
        if held[output] and held[task] and abs(moved - edge) == 1 and units[moved].words <= _MOVABLE_WORDS:
            result[moved] = Placed(output if from_task else task, False, 0.0)
    return result


__all__ = ["Placed", "even_bullets", "place_units"]
