"""Half-open character ranges, the one notion of position that every stage shares."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Code points ``[start, end)`` of the canonical text. Never empty in a record.

    >>> Span(3, 8).length, Span(3, 8).within(Span(0, 8)), Span(0, 3).meets(Span(3, 8))
    (5, True, False)
    """

    start: int
    end: int

    @property
    def length(self) -> int:
        """Number of code points."""
        return self.end - self.start

    def within(self, other: Span) -> bool:
        """Whether every character of this span lies in ``other``."""
        return other.start <= self.start and self.end <= other.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The characters themselves, as printed."""
        return text[self.start : self.end]
