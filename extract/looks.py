"""How well a unit's look fits a column: points of one scale, where 2 is a clear sign and 8 is near proof.

The points were set on the shapes that flattened tables take and say the same for all of them; a unit fits (above 0), is possible (down to
-1) or contradicts its column. Reading a table is then a search for the columns that give most points (``rowfit``).
"""

from __future__ import annotations

from collections.abc import Sequence

from kehoach.extract.cellunits import Look, Unit
from kehoach.schemas.stages import ColumnRole

_IMPOSSIBLE = -8.0
_DOERS = {ColumnRole.LEAD, ColumnRole.COORDINATING, ColumnRole.IMPLEMENTING}
_RESULTS = {ColumnRole.OUTPUT, ColumnRole.TARGET}
_TEXTS = {ColumnRole.TASK, ColumnRole.GROUP, ColumnRole.NOTE, ColumnRole.OTHER, *_RESULTS}

# Kind of column -> look -> points for a unit that opens a cell there; "" is any other look.
_ENTER: dict[str, dict[Look | str, float]] = {
    "index": {Look.ROW_NUMBER: 3.0, Look.LIKELY_NUMBER: 1.0, Look.EMPTY: 0.0, "": _IMPOSSIBLE},
    "doer": {
        Look.AGENCIES: 2.0,
        Look.NAME: 1.0,
        Look.EMPTY: -0.2,
        Look.WORD: -1.0,
        Look.PHRASE: -1.0,
        Look.PRODUCT: -1.5,
        Look.TITLE: -6.0,
        "": -4.0,
    },
    "time": {
        Look.TIME: 2.0,
        Look.EMPTY: -0.2,
        Look.WORD: -0.8,
        Look.PHRASE: -1.0,
        Look.FIGURE: -1.0,
        Look.NUMBER: -1.0,
        Look.PRODUCT: -1.5,
        Look.TITLE: -6.0,
        "": -4.0,
    },
    "task": {Look.EMPTY: -1.0, Look.AGENCIES: -1.5, Look.TIME: -3.0, Look.FIGURE: 0.0, Look.WORD: 0.5, Look.NAME: 0.5, Look.NUMBER: 0.5, "": 2.0},
    "group": {Look.AGENCIES: -2.0, Look.TIME: -2.0, Look.PROSE: -2.0, Look.EMPTY: -0.2, "": 1.0},
    "result": {Look.AGENCIES: -1.5, Look.TIME: -2.0, Look.FIGURE: 2.0, Look.PRODUCT: 2.0, Look.EMPTY: -0.2, Look.PROSE: -0.5, "": 0.5},
    "note": {Look.PROSE: -1.5, Look.EMPTY: -0.2, "": -0.5},
    "other": {Look.PROSE: 0.0, Look.EMPTY: -0.2, "": 0.8},
}
# Kind of column -> look -> points for a unit that goes on with the cell above it: when something links the two, and when nothing does.
_STAY: dict[str, dict[Look | str, tuple[float, float]]] = {
    "index": {"": (_IMPOSSIBLE, _IMPOSSIBLE)},
    "doer": {Look.AGENCIES: (0.3, -0.7), Look.WORD: (0.0, -1.0), Look.NAME: (0.3, 0.1), Look.PHRASE: (-1.0, -1.5), "": (-4.0, -4.0)},
    "time": {
        Look.TIME: (0.3, 0.3),
        Look.WORD: (0.3, -1.0),
        Look.PHRASE: (0.3, -1.0),
        Look.FIGURE: (0.3, -1.0),
        Look.NUMBER: (0.3, -1.0),
        "": (-4.0, -4.0),
    },
    "task": {Look.AGENCIES: (0.1, -2.0), Look.TIME: (0.1, -2.0), Look.FIGURE: (-0.5, -0.8), "": (0.1, -0.8)},
    "group": {Look.WORD: (-0.3, -0.3), Look.PHRASE: (-0.3, -0.3), "": (-2.0, -3.0)},
    "result": {Look.AGENCIES: (0.1, -2.5), Look.TIME: (0.1, -0.5), Look.FIGURE: (0.1, -0.8), "": (0.1, -0.8)},
    "note": {Look.AGENCIES: (0.1, -2.0), Look.TIME: (0.1, -2.0), "": (0.1, -1.0)},
    "other": {Look.AGENCIES: (0.1, -2.0), Look.TIME: (0.1, -2.0), "": (0.1, -1.0)},
}
_KINDS = dict.fromkeys(_DOERS, "doer") | dict.fromkeys(_RESULTS, "result")


def look_of(unit: Unit, number: int) -> Look:
    """The look of a unit; ``number`` says how well it continues the running numbers (see ``RunningCount.accept``)."""
    return (unit.look, Look.LIKELY_NUMBER, Look.ROW_NUMBER)[number]


def enter_points(unit: Unit, look: Look, role: ColumnRole, roles: Sequence[ColumnRole]) -> float:
    """How well a unit opens a cell of a column."""
    if look is Look.END:
        return _IMPOSSIBLE
    kind = _KINDS.get(role, role.value)
    if look is Look.ROW_NUMBER and kind != "index":
        return -4.0
    if look is Look.TIME and kind == "result" and ColumnRole.TIME not in roles:
        return 1.5  # without a column of its own the time stands among the results
    points = _ENTER[kind]
    found = points.get(look, points[""])
    if kind == "group":
        return found - 3.0 if unit.bullet else found + 1.0 if unit.marker else found
    if kind == "result" and unit.bullet and look in (Look.WORD, Look.PHRASE, Look.CLAUSE):
        return -0.2  # bullets go on with the tasks unless they look like results
    return found


def stay_points(unit: Unit, before: Unit, look: Look, role: ColumnRole) -> float:
    """How well a unit goes on with the cell that the unit before it belongs to."""
    kind = _KINDS.get(role, role.value)
    if look in (Look.END, Look.ROW_NUMBER):
        return _IMPOSSIBLE
    if look is Look.EMPTY:
        return {"index": _IMPOSSIBLE, "task": -0.3}.get(kind, -0.1)
    points = _STAY[kind]
    linked, plain = (-2.0, -2.0) if look is Look.TITLE else points.get(look, points[""])
    if unit.lower or before.ends_open:
        return linked
    if unit.bullet and _bullet_links(kind, look):
        return linked - 0.2 if role is ColumnRole.LEAD else linked  # who leads is rarely a list
    # A short phrase after a finished sentence opens the next cell rather than a paragraph of this one.
    after_sentence = kind == "task" and look in (Look.WORD, Look.PHRASE) and before.sentence and not unit.sentence
    return -1.5 if after_sentence and not unit.bullet else plain


def _bullet_links(kind: str, look: Look) -> bool:
    """Whether a bullet of this look goes on with a bulleted cell of this kind."""
    return kind != "group" and (kind == "doer" or look is not Look.AGENCIES) and (kind != "task" or look is not Look.TIME)


def row_points(unit: Unit, look: Look, column: int, roles: Sequence[ColumnRole]) -> float:
    """What it costs to begin a row with this unit in this column."""
    role = roles[column]
    if role is ColumnRole.INDEX:
        return -1.0 if look is Look.EMPTY else 0.0
    if role is ColumnRole.GROUP and unit.marker:
        return -0.5
    if look is Look.TITLE and role in _TEXTS:
        return -1.0
    if ColumnRole.INDEX not in roles:
        return -0.5 if column == 0 else -3.0
    return -4.5


__all__ = ["enter_points", "look_of", "row_points", "stay_points"]
