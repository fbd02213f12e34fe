"""How much of a figure is the choice of documents: intervals by drawing documents anew, with replacement."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .figures import Figure, Share, Tally

# Fixed, so that the same documents always give the same intervals.
_SEED = 20_260_101
_LOW, _HIGH = 0.025, 0.975


class Interval(NamedTuple):
    """Where 95 % of the redrawn figures lie."""

    low: float
    high: float


def intervals(documents: Sequence[Mapping[str, Figure]], names: Sequence[str], resamples: int) -> dict[str, Interval]:
    """The interval of each measure that has something to measure; none for less than two documents."""
    if len(documents) < 2 or resamples < 1:
        return {}
    drawn = random.Random(_SEED)
    draws = [drawn.choices(range(len(documents)), k=len(documents)) for _ in range(resamples)]
    found = {}
    for name in names:
        rows = [_row(document.get(name, Tally())) for document in documents]
        if any(any(row[1:]) for row in rows):
            kind = next(type(document[name]) for document in documents if name in document)
            values = sorted(_value(kind, [rows[i] for i in draw]) for draw in draws)
            found[name] = Interval(values[round(_LOW * (resamples - 1))], values[round(_HIGH * (resamples - 1))])
    return found


def _row(figure: Figure) -> tuple[float, int, int]:
    return (figure.hits, figure.gold, figure.pred) if isinstance(figure, Tally) else (figure.part, figure.cases, 0)


def _value(kind: type[Figure], rows: Sequence[tuple[float, int, int]]) -> float:
    first, second, third = (sum(column) for column in zip(*rows, strict=True))
    return Tally(int(first), int(second), int(third)).value if kind is Tally else Share(first, int(second)).value
