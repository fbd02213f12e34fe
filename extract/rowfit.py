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
_MOVABLE_WORDS = 20  # results are short
_PHRASE = 15  # longer units are clauses, not names or times


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a unit stands: its column, whether it opens a row, and how well it fits (negative: against its look)."""

    column: int
    opens_row: bool
    fit: float


def place_units(units: Sequence[Unit], accepted: Sequence[int], roles: Sequence[ColumnRole]) -> list[Placed]:
    """The best reading; it is shorter than ``units`` where the table ends before them.

    ``accepted`` says of each unit how well it continues the running numbers (see ``RunningCount.accept``).
    """
    if not units or not roles:
        return []
    width = len(roles)
    scores = [_NEVER] * width + [0.0]  # the last state: the table has ended
    back: list[list[tuple[int, bool]]] = []
    for place, unit in enumerate(units):
        before = units[place - 1] if place else None
        scores, came = _step(scores, unit, before, accepted[place], roles, first=place == 0)
        back.append(came)
    return _trace(back, scores, units, accepted, roles)


def _step(
    scores: list[float], unit: Unit, before: Unit | None, number: int, roles: Sequence[ColumnRole], first: bool
) -> tuple[list[float], list[tuple[int, bool]]]:
    width = len(roles)
    enter = [_enter(unit, number, role, roles) for role in roles]
    _sort_groups(enter, unit, roles)
    new = [_NEVER] * (width + 1)
    came: list[tuple[int, bool]] = [(width, False)] * (width + 1)
    # The best state at or right of each column, from where a new row may begin.
    best_right, from_right = [_NEVER] * width, [0] * width
    best, where = _NEVER, 0
    for column in range(width - 1, -1, -1):
        if scores[column] > best:
            best, where = scores[column], column
        best_right[column], from_right[column] = best, where
    forward, from_left = _NEVER, 0
    for column in range(width):
        options = [(forward + enter[column], from_left, False)]
        if before is not None:
            options.append((scores[column] + _continue(unit, before, number, roles[column]), column, False))
        start = 0.0 if first else best_right[column]
        options.append((start + _new_row(unit, number, column, roles) + enter[column], from_right[column] if not first else width, True))
        score, source, opens = max(options, key=lambda option: option[0])
        new[column], came[column] = score, (source, opens)
        forward += _SKIP
        if scores[column] > forward:
            forward, from_left = scores[column], column
    ended = max(range(width + 1), key=lambda state: (scores[state], state == width)) if not first else width
    new[width], came[width] = (scores[ended] if not first else 0.0), (ended, False)
    return new, came


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


def _sort_groups(enter: list[float], unit: Unit, roles: Sequence[ColumnRole]) -> None:
    """Of several group columns the inner one carries the letters or numbers ("a) ..."), the outer one has its number in the index."""
    groups = [place for place, role in enumerate(roles) if role is ColumnRole.GROUP]
    if len(groups) > 1 and unit.span is not None:
        enter[groups[0] if unit.marker else groups[-1]] -= 1.0


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


def _trace(
    back: list[list[tuple[int, bool]]], scores: list[float], units: Sequence[Unit], accepted: Sequence[int], roles: Sequence[ColumnRole]
) -> list[Placed]:
    width = len(roles)
    # A tie goes to the table, not to its end: the last cell's lines belong to it.
    state = max(range(width + 1), key=lambda place: (scores[place], -place))
    path: list[tuple[int, bool]] = []
    for came in reversed(back):
        source, opens = came[state]
        path.append((state, opens))
        state = source
    path.reverse()
    placed = []
    for place, (column, opens) in enumerate(path):
        if column == width:
            break
        unit = units[place]
        entered = opens or not place or path[place - 1][0] != column
        fit = _enter(unit, accepted[place], roles[column], roles) if entered else _continue(unit, units[place - 1], accepted[place], roles[column])
        if opens:
            fit += min(0.0, _new_row(unit, accepted[place], column, roles) + 1.0)
        placed.append(Placed(column, opens, fit))
    return placed


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
