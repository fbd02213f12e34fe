"""What is measured of a document, the same whether people annotated it or the program extracted it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

META_FIELDS = ("doc_type", "number", "issuer", "issued_on", "title", "signer")
ROLES = ("lead", "coordinating", "implementing")


@dataclass(frozen=True, slots=True)
class Named:
    """An agency in a role; ``inherited`` when it stands in a heading or merged cell."""

    name: str
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """A timeframe; ``start`` and ``end`` are inclusive days."""

    kind: str
    start: date | None
    end: date | None
    recurrence: str | None = None
    month_day: str | None = None
    inherited: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two timeframes one: dated ones by their days (a deadline by its last), others by their kind."""
        if self.kind in {"deadline", "period", "point"}:
            return ("span", None if self.kind == "deadline" else self.start, self.end)
        return (self.kind, self.recurrence) if self.kind == "recurring" else (self.kind,)

    @property
    def full_key(self) -> tuple[object, ...]:
        """Everything that was read of it."""
        return (self.kind, self.start, self.end, self.recurrence, self.month_day)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and the nearest heading above it."""

    number: str | None
    title: str
    parent: Heading | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A target or result."""

    text: str
    indicator: str
    comparator: str
    value: float | None
    value_max: float | None
    unit: str
    times: tuple[Time, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Action:
    """A task; ``table`` names the table it was read from, where that is known."""

    text: str
    lead: tuple[Named, ...] = ()
    coordinating: tuple[Named, ...] = ()
    implementing: tuple[Named, ...] = ()
    times: tuple[Time, ...] = ()
    confidence: float = 1.0
    table: str | None = None

    def role(self, name: str) -> tuple[Named, ...]:
        """The agencies of one of ``ROLES``."""
        found: tuple[Named, ...] = getattr(self, name)
        return found


@dataclass(frozen=True, slots=True)
class Facts:
    """One document; ``format`` is the extension of its file.

    ``content`` and ``chrome`` are the words kept and dropped; None where the annotated text is not at hand.
    """

    name: str
    genre: str
    format: str = ""
    metadata: dict[str, str] = field(default_factory=dict)
    headings: tuple[Heading, ...] = ()
    targets: tuple[Measure, ...] = ()
    results: tuple[Measure, ...] = ()
    tasks: tuple[Action, ...] = ()
    references: frozenset[str] = frozenset()
    content: Counter[str] | None = None
    chrome: Counter[str] | None = None

    @property
    def issued_on(self) -> date | None:
        """The document's date, where it has one."""
        stated = self.metadata.get("issued_on")
        return date.fromisoformat(stated) if stated else None


NOTHING = Facts("", "")
