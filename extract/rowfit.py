"""Assigns the units of a flattened table to rows and columns: the cheapest path over all readings at once.

The units come row by row and, inside a row, column by column, so a reading is a sequence of columns that grows
within each row. A unit costs or earns by how well it fits its column (an agency list under "Đơn vị phối hợp"), a new row
costs little where the running number says so and much where nothing does, and after its last row the table ends: what follows
fits no column. The points themselves stand in ``looks``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kehoach.extract.cellunits import Unit
from kehoach.extract.looks import enter_points, look_of, row_points, stay_points
from kehoach.schemas.stages import ColumnRole

_SKIP = -1.0  # per column without a cell: it is merged with the row above
_NEVER = -1000.0
_WHOLE_ROW = -2.5  # what a row without its number costs where every unit is a cell
_MOVABLE_WORDS = 20  # results are short


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
        self._looks = [look_of(unit, number) for unit, number in zip(units, accepted, strict=True)]
        self._roles = roles
        self._whole = whole_cells
        self._width = len(roles)
        self._groups = [place for place, role in enumerate(roles) if role is ColumnRole.GROUP]
        # Points by what they depend on: units are many, kinds of units few.
        self._enter_known: dict[object, list[float]] = {}
        self._stay_known: dict[object, list[float]] = {}
        self._row_known: dict[object, list[float]] = {}

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
        enters, stays, rows = self._enter(place), self._stay(place), self._new_row(place)
        for column in range(width):
            enter = enters[column]
            score, source, opens = (0.0 if first else best_right[column]) + rows[column] + enter, from_right[column], True
            if forward + enter > score:
                score, source, opens = forward + enter, from_left, False
            if not first and (stay := scores[column] + stays[column]) >= score:
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
            fit = (self._enter(place) if entered else self._stay(place))[column]
            placed.append(Placed(column, opens, fit + (min(0.0, self._new_row(place)[column] + 1.0) if opens else 0.0)))
        return placed

    def _enter(self, place: int) -> list[float]:
        """For every column what a cell earns that this unit opens."""
        unit = self._units[place]
        key = (self._looks[place], unit.bullet, unit.marker)
        if (found := self._enter_known.get(key)) is None:
            found = [enter_points(unit, self._looks[place], role, self._roles) for role in self._roles]
            # Of several group columns the inner one carries the letters ("a) ..."); the outer one's number stands in the index.
            if len(self._groups) > 1 and unit.span is not None:
                found[self._groups[0 if unit.marker else -1]] -= 1.0
            self._enter_known[key] = found
        return found

    def _stay(self, place: int) -> list[float]:
        """For every column what it earns to go on with the cell above."""
        unit, before = self._units[place], self._units[max(0, place - 1)]
        key = (self._looks[place], unit.bullet, unit.lower or before.ends_open, before.sentence and not unit.sentence, self._opens_list(place))
        if (found := self._stay_known.get(key)) is None:
            found = [stay_points(unit, before, self._looks[place], role) for role in self._roles]
            if self._opens_list(place):  # a list below a plain paragraph may well be the next cell
                found = [points - 0.5 if role is ColumnRole.TASK else points for points, role in zip(found, self._roles, strict=True)]
            if self._whole and unit.span is not None:
                found = [_NEVER] * self._width
            self._stay_known[key] = found
        return found

    def _opens_list(self, place: int) -> bool:
        """Whether a bullet follows a paragraph that neither introduces it nor stands among bullets itself."""
        if not self._units[place].bullet or not place:
            return False
        before = self._units[place - 1]
        return not before.bullet and not before.introduces and not (place > 1 and self._units[place - 2].bullet)

    def _new_row(self, place: int) -> list[float]:
        """For every column what it costs to begin a row there."""
        unit = self._units[place]
        key = (self._looks[place], unit.marker)
        if (found := self._row_known.get(key)) is None:
            found = [row_points(unit, self._looks[place], column, self._roles) for column in range(self._width)]
            if self._whole:
                found = [max(points, _WHOLE_ROW) for points in found]
            self._row_known[key] = found
        return found


def even_bullets(units: Sequence[Unit], placed: Sequence[Placed], roles: Sequence[ColumnRole]) -> list[Placed]:
    """Moves a bullet over the border between tasks and results where it then answers bullet for bullet.

    The look alone cannot tell "- Tổng hợp số liệu hằng tháng" the result from the task; but with two more tasks than results and as
    many doers as the mean of both, the bullet at the border belongs to the other side.
    """
    result = list(placed)
    if ColumnRole.TASK not in roles or ColumnRole.OUTPUT not in roles or ColumnRole.IMPLEMENTING not in roles:
        return result
    task, output, doer = (roles.index(role) for role in (ColumnRole.TASK, ColumnRole.OUTPUT, ColumnRole.IMPLEMENTING))
    if output != task + 1:
        return result
    starts = [place for place, spot in enumerate(result) if spot.opens_row]
    for start, stop in zip(starts, [*starts[1:], len(result)], strict=True):
        held = {
            column: [place for place in range(start, stop) if result[place].column == column and units[place].bullet]
            for column in (task, output, doer)
        }
        surplus = len(held[task]) - len(held[output])
        if surplus not in (2, -2) or 2 * len(held[doer]) != len(held[task]) + len(held[output]) or not (held[task] and held[output]):
            continue
        last, first = held[task][-1], held[output][0]
        moved = last if surplus > 0 else first
        if first == last + 1 and units[moved].words <= _MOVABLE_WORDS:
            result[moved] = Placed(output if surplus > 0 else task, False, 0.0)
    return result


__all__ = ["Placed", "even_bullets", "place_units"]
