"""Assigns the units of a flattened table to rows and columns: the cheapest path over all readings at once.

The units come row by row and, inside a row, column by column, so a reading is a sequence of columns that grows
within each row. A unit costs or earns by how well it fits its column (an agency list under "Đơn vị phối hợp"), a new row
costs little where the running number says so and much where nothing does, and after its last row the table ends: what follows
fits no column. The points themselves stand in ``looks``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kehoach.extract.cellunits import Look, Unit
from kehoach.extract.looks import enter_points, look_of, row_points, stay_points
from kehoach.schemas.stages import ColumnRole

_SKIP = -1.0  # per column without a cell: it is merged with the row above
_NEVER = -1000.0
_WHOLE_ROW = -2.5  # what a row without its number costs where every unit is a cell
_MOVABLE_WORDS = 20  # results are short


class Placed(NamedTuple):
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


class _Points(NamedTuple):
    """What a unit earns in every column: opening a cell, going on with the cell above, and what it costs to begin a row."""

    enter: list[float]
    stay: list[float]
    row: list[float]


class _Fit:
    """One run of the search: per unit the best score of a reading that ends in each column, or with the table ended."""

    def __init__(self, units: Sequence[Unit], accepted: Sequence[int], roles: Sequence[ColumnRole], whole_cells: bool) -> None:
        self._units = units
        self._looks = [look_of(unit, number) for unit, number in zip(units, accepted, strict=True)]
        self._roles = roles
        self._whole = whole_cells
        self._width = len(roles)
        self._groups = [place for place, role in enumerate(roles) if role is ColumnRole.GROUP]
        self._points = self._all_points()

    def path(self) -> list[Placed]:
        """The best reading, unit by unit."""
        scores = [_NEVER] * self._width + [0.0]  # the last state: the table has ended
        back = []
        for place, points in enumerate(self._points):
            scores, came = self._step(scores, points, first=not place)
            back.append(came)
        return self._trace(back, scores)

    def _step(self, scores: list[float], points: _Points, *, first: bool) -> tuple[list[float], list[tuple[int, bool]]]:
        """The scores after one more unit, and for each state where its best reading came from and whether it opens a row."""
        width = self._width
        # The best state at or right of each column, from where a new row may begin.
        best, where = (0.0 if first else _NEVER), width
        right = [(best, where)] * width
        for column in range(width - 1, -1, -1):
            if scores[column] > best:
                best, where = scores[column], column
            right[column] = (best, where)
        new: list[float] = []
        came: list[tuple[int, bool]] = []
        forward, from_left = _NEVER, width
        for column, (enter, stay, row, (best, where)) in enumerate(zip(*points, right, strict=True)):
            score, source, opens = best + row + enter, where, True
            if forward + enter > score:
                score, source, opens = forward + enter, from_left, False
            above = scores[column]
            if above + stay >= score and not first:
                score, source, opens = above + stay, column, False
            new.append(score)
            came.append((source, opens))
            forward += _SKIP
            if above > forward:
                forward, from_left = above, column
        top = max(scores)
        ended = width if scores[width] == top else scores.index(top)
        new.append(_NEVER if self._whole else scores[ended])
        came.append((ended, False))
        return new, came

    def _trace(self, back: list[list[tuple[int, bool]]], scores: list[float]) -> list[Placed]:
        # A tie goes to the table, not to its end: the last cell's lines belong to it.
        state = scores.index(max(scores))
        path: list[tuple[int, bool]] = []
        for came in reversed(back):
            source, opens = came[state]
            path.append((state, opens))
            state = source
        path.reverse()
        placed: list[Placed] = []
        above = -1
        for (column, opens), points in zip(path, self._points, strict=True):
            if column == self._width:
                break
            fit = (points.enter if opens or column != above else points.stay)[column]
            placed.append(Placed(column, opens, fit + (min(0.0, points.row[column] + 1.0) if opens else 0.0)))
            above = column
        return placed

    def _all_points(self) -> list[_Points]:
        """The points of every unit, computed once for all units that they cannot tell apart."""
        known: dict[object, _Points] = {}
        found = []
        before = self._units[0]
        for place, (unit, look) in enumerate(zip(self._units, self._looks, strict=True)):
            opens_list = unit.bullet and self._opens_list(place)
            key = (look, unit.bullet, unit.marker, unit.lower or before.ends_open, before.sentence and not unit.sentence, opens_list)
            if (points := known.get(key)) is None:
                points = known[key] = _Points(self._enter(unit, look), self._stay(unit, before, look, opens_list), self._new_row(unit, look))
            found.append(points)
            before = unit
        return found

    def _enter(self, unit: Unit, look: Look) -> list[float]:
        """For every column what a cell earns that this unit opens."""
        found = [enter_points(unit, look, role, self._roles) for role in self._roles]
        # Of several group columns the inner one carries the letters ("a) ..."); the outer one's number stands in the index.
        if len(self._groups) > 1 and unit.span is not None:
            found[self._groups[0 if unit.marker else -1]] -= 1.0
        return found

    def _stay(self, unit: Unit, before: Unit, look: Look, opens_list: bool) -> list[float]:
        """For every column what it earns to go on with the cell above."""
        if self._whole and unit.span is not None:
            return [_NEVER] * self._width
        found = [stay_points(unit, before, look, role) for role in self._roles]
        if opens_list:  # a list below a plain paragraph may well be the next cell
            found = [points - 0.5 if role is ColumnRole.TASK else points for points, role in zip(found, self._roles, strict=True)]
        return found

    def _opens_list(self, place: int) -> bool:
        """Whether a bullet follows a paragraph that neither introduces it nor stands among bullets itself."""
        if not place:
            return False
        before = self._units[place - 1]
        return not before.bullet and not before.introduces and not (place > 1 and self._units[place - 2].bullet)

    def _new_row(self, unit: Unit, look: Look) -> list[float]:
        """For every column what it costs to begin a row there."""
        found = [row_points(unit, look, column, self._roles) for column in range(self._width)]
        return [max(points, _WHOLE_ROW) for points in found] if self._whole else found


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
