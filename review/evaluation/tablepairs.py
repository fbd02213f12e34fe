"""Whether a rebuilt table puts into one row what belongs together: pairs of a task and another cell's value."""

from __future__ import annotations

from collections.abc import Sequence

from .facts import ROLES, Action
from .figures import Tally
from .pairing import Pairs
from .rightness import common_agencies, common_times


def row_pairs(gold: Sequence[Action], pred: Sequence[Action], pairs: Pairs) -> Tally:
    """Pairs (task, agency) and (task, timeframe) of the tasks in tables.

    Annotations do not say which tasks stand in a table. Those count that were found in one, and those missed between two that were
    found in the same one.
    """
    hits = sum(_common(gold[i], pred[j]) for i, j in pairs if pred[j].table is not None)
    wanted = sum(_values(task) for task, inside in zip(gold, _inside(gold, pred, pairs), strict=True) if inside)
    return Tally(hits, wanted, sum(_values(task) for task in pred if task.table is not None))


def _inside(gold: Sequence[Action], pred: Sequence[Action], pairs: Pairs) -> list[bool]:
    found = dict(pairs)
    tables = [pred[found[i]].table if i in found else "" for i in range(len(gold))]
    before: list[str | None] = []
    for table in tables:
        before.append(table if table != "" else before[-1] if before else None)
    after: list[str | None] = []
    for table in reversed(tables):
        after.append(table if table != "" else after[-1] if after else None)
    return [one is not None and one == other for one, other in zip(before, reversed(after), strict=True)]


def _common(want: Action, got: Action) -> int:
    return common_times(want.times, got.times) + sum(common_agencies(want.role(role), got.role(role)) for role in ROLES)


def _values(task: Action) -> int:
    return len(task.times) + sum(len(task.role(role)) for role in ROLES)
