"""The two kinds of figures: precision and recall of things found, and the share of things that are right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one measure: found and right (``hits``), annotated (``gold``), found (``pred``). Tallies add up over documents."""

    hits: int = 0
    gold: int = 0
    pred: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hits + other.hits, self.gold + other.gold, self.pred + other.pred)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was to be found and nothing was."""
        return self.hits / self.pred if self.pred else float(not self.gold)

    @property
    def recall(self) -> float:
        """Share of what was annotated that was found; 1 where nothing was to be found and nothing was."""
        return self.hits / self.gold if self.gold else float(not self.pred)

    @property
    def value(self) -> float:
        """F1, the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def empty(self) -> bool:
        """Whether there was nothing to measure."""
        return not (self.gold or self.pred)


@dataclass(frozen=True, slots=True)
class Share:
    """A sum of parts out of a number of cases, each part from 0 to 1."""

    part: float = 0.0
    cases: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.cases + other.cases)

    @property
    def value(self) -> float:
        """The mean part; 0 without cases."""
        return self.part / self.cases if self.cases else 0.0

    @property
    def empty(self) -> bool:
        """Whether there was nothing to measure."""
        return not self.cases


Figure = Tally | Share
