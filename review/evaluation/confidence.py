"""Whether the confidence of a record says how likely it is right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .measures import Matched
from .rightness import same_target, same_task

# Lower ends of the bins; the upper ones are narrow because most records stand there.
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
# From here on a record is meant to need no second look.
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Bin:
    """Records of similar confidence; ``stated`` is the sum of their confidences."""

    records: int = 0
    right: int = 0
    stated: float = 0.0

    def __add__(self, other: Bin) -> Bin:
        return Bin(self.records + other.records, self.right + other.right, self.stated + other.stated)


@dataclass(frozen=True, slots=True)
class Reliability:
    """One bin for each of ``BINS``."""

    bins: tuple[Bin, ...] = (Bin(),) * len(BINS)

    def __add__(self, other: Reliability) -> Reliability:
        return Reliability(tuple(one + two for one, two in zip(self.bins, other.bins, strict=True)))

    @property
    def total(self) -> Bin:
        """All records."""
        return sum(self.bins, Bin())

    @property
    def sure(self) -> Bin:
        """The records with a confidence of at least ``SURE``."""
        return sum((one for low, one in zip(BINS, self.bins, strict=True) if low >= SURE), Bin())

    @property
    def gap(self) -> float:
        """Expected calibration error: how far the share of right records is from the stated confidence, on average over records."""
        records = self.total.records
        return sum(abs(one.right - one.stated) for one in self.bins) / records if records else 0.0


def task_reliability(matched: Matched) -> Reliability:
    """A task is right when it is annotated and right in lead, coordinating agencies and time."""
    right = {j for i, j in matched.tasks if same_task(matched.gold.tasks[i], matched.pred.tasks[j])}
    return _binned((task.confidence, place in right) for place, task in enumerate(matched.pred.tasks))


def target_reliability(matched: Matched) -> Reliability:
    """A target is right when it is annotated and right in unit, comparator and time."""
    right = {j for i, j in matched.targets if same_target(matched.gold.targets[i], matched.pred.targets[j])}
    return _binned((target.confidence, place in right) for place, target in enumerate(matched.pred.targets))


def _binned(judged: Iterable[tuple[float, bool]]) -> Reliability:
    bins = [Bin()] * len(BINS)
    for confidence, right in judged:
        place = max(i for i, low in enumerate(BINS) if confidence >= low)
        bins[place] += Bin(1, int(right), confidence)
    return Reliability(tuple(bins))
