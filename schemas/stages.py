"""What passes between the stages: frozen dataclasses, all positions in the canonical text.

``SourceText → CleanText → Block/Table → Section → records``. Nothing here is written out; the
output models stand in ``document.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .spans import Span


@dataclass(frozen=True, slots=True)
class Note:
    """One diagnostic on its way to the output: a closed code, a sentence, and where (None = whole document)."""

    code: str
    message: str
    span: Span | None = None
    severity: str = "warning"


# --- reading ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GridCell:
    """One position of a table grid; ``span`` is None for an empty cell, ``inherited`` for a position that a merged cell covers."""

    span: Span | None
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose cells the format itself marks (HTML, DOCX, Markdown); every row has the same number of cells."""

    span: Span
    rows: tuple[tuple[GridCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A range of the text that is not content, and why."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """Canonical text of one input (NFC, LF) and what its format said about it."""

    text: str
    media_type: str
    encoding: str | None
    sha256: str
    grids: tuple[Grid, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    page_starts: tuple[int, ...] = ()
    site: str | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class CleanText:
    """A source with its boilerplate labelled.

    ``view`` has exactly the length of ``source.text``: dropped ranges, line breaks, no-break spaces, emphasis
    marks and Markdown signs are blanks in it, dashes are ``-``, tone marks are in one style. Every finder matches
    in ``view`` and so reports canonical positions without mapping.
    """

    source: SourceText
    dropped: tuple[Dropped, ...]
    view: str

    @property
    def text(self) -> str:
        """The canonical text as printed."""
        return self.source.text


# --- structure -------------------------------------------------------------------------------


class Marker(StrEnum):
    """Kinds of number or bullet at the head of a block, from the widest to the narrowest."""

    PART = "part"  # Phần I, Chương II, Mục 1
    ARTICLE = "article"  # Điều 1.
    APPENDIX = "appendix"  # PHỤ LỤC 01
    ROMAN = "roman"  # I.
    CAPITAL = "capital"  # A.
    ARABIC = "arabic"  # 1.  1)  (1)
    DECIMAL = "decimal"  # 1.1.
    LETTER = "letter"  # a)  a.
    DASH = "dash"  # - – *
    PLUS = "plus"  # +
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Block:
    """One logical line: a paragraph, heading line or list item with its wrapped lines rejoined.

    ``span`` covers marker and body without surrounding white space; ``body`` is ``span`` without the marker
    (it may be empty: then ``body.start == body.end``). ``number`` is the marker's value as the guide writes it ("II", "1", "a)", "Điều 1").
    ``style`` tells "1." from "1)"; ``depth`` is the indentation in columns.
    """

    span: Span
    body: Span
    marker: Marker
    number: str | None = None
    bold: bool = False
    depth: int = 0
    style: str = ""


class ColumnRole(StrEnum):
    """What a table column holds (the contract's closed words)."""

    INDEX = "index"
    GROUP = "group"
    TASK = "task"
    LEAD = "lead"
    COORDINATING = "coordinating"
    IMPLEMENTING = "implementing"
    TIME = "time"
    OUTPUT = "output"
    TARGET = "target"
    NOTE = "note"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its printed header (span None where the header cell is empty) and the role read from it."""

    title: Span | None
    role: ColumnRole


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: ``span`` None when empty; ``inherited`` when the value stands in an earlier row (merged cell)."""

    span: Span | None
    inherited: bool = False


class RowKind(StrEnum):
    """Whether a row states content or names the group of the rows below it."""

    DATA = "data"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Row:
    """One table row; ``cells`` are as many as the table's columns.

    ``number`` is the running number as printed ("1", "1.1", "a)"), None where the index cell is empty. A GROUP row's
    title is ``title``; ``level`` orders nested groups (0 the widest).
    """

    kind: RowKind
    span: Span
    cells: tuple[Cell, ...]
    number: str | None = None
    title: Span | None = None
    level: int = 0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its column roles; ``header`` spans the column titles, ``span`` everything."""

    span: Span
    header: Span
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()


# --- mentions --------------------------------------------------------------------------------


class TimeKind(StrEnum):
    """Kinds of timeframe (annotation guide, section 7)."""

    DEADLINE = "deadline"
    PERIOD = "period"
    POINT = "point"
    RECURRING = "recurring"
    ONGOING = "ongoing"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A timeframe as printed and as read; ``start``/``end`` inclusive days, ``month_day`` is "MM-DD"."""

    span: Span
    kind: TimeKind
    start: date | None = None
    end: date | None = None
    before: bool = False
    recurrence: str | None = None
    month_day: str | None = None
    rrule: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class TimeContext:
    """What a document says about its own date, used where an expression leaves out its year."""

    issued_on: date | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """An agency or generic group as printed.

    ``name`` has the list prefix distributed ("Các Sở: A, B" → "Sở A", "Sở B"); ``span`` is what was printed for it.
    ``generic`` marks groups ("các sở, ngành"); ``head`` a head standing for the agency ("Giám đốc Sở Y tế").
    """

    span: Span
    name: str
    agency_id: str
    generic: bool = False
    head: bool = False


@dataclass(frozen=True, slots=True)
class ReferenceMention:
    """A cited instrument; ``number`` without spaces, None for a law cited by name and date; ``name`` is that law's ("Đất đai")."""

    span: Span
    doc_type: str
    number: str | None
    issued_on: date | None
    issuer: str | None
    relation: str = "mentions"
    rule: str = ""
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: ``span`` from the bound word to the end of the unit; ``number`` the digits or words alone.

    ``comparator`` is one of ``>= <= > < = ~ range + -``; ``unit`` is as printed (spans may include a denominator).
    """

    span: Span
    number: Span
    value: float
    value_max: float | None
    unit: Span | None
    unit_text: str | None
    comparator: str
    planned: float | None = None


class MeasureKind(StrEnum):
    """Whether a stated number is to be reached, was reached, or is neither."""

    TARGET = "target"
    RESULT = "result"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Measure:
    """A target or result: the shortest clause that states it (``span``), what is measured, and its quantity (None when qualitative)."""

    span: Span
    kind: MeasureKind
    indicator: str
    quantity: Quantity | None
    timeframes: tuple[TimeMention, ...] = ()
    rule: str = ""
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class RoleReading:
    """Who does what in one clause. Empty tuples where the clause names nobody.

    ``action`` is the task quote by the guide: from the agency or verb to the end, without bullet and without a
    directing issuer ("UBND Thành phố giao"). ``rule`` names the wording that decided; "" when none did.
    """

    lead: tuple[AgencyMention, ...] = ()
    coordinating: tuple[AgencyMention, ...] = ()
    implementing: tuple[AgencyMention, ...] = ()
    action: Span | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Document-level fields with the span each was read from (``evidence``)."""

    doc_type: str | None = None
    number: str | None = None
    issuer: str | None = None
    place: str | None = None
    issued_on: date | None = None
    title: str | None = None
    signer: str | None = None
    signer_title: str | None = None
    genre: str = "other"
    evidence: dict[str, Span] = field(default_factory=dict)


# --- outline ---------------------------------------------------------------------------------


class NodeKind(StrEnum):
    """What a block is in the outline."""

    HEADING = "heading"
    LEAD_IN = "lead_in"  # opens a list; its roles and times hold for the items below it
    ITEM = "item"  # numbered or bulleted content
    PARAGRAPH = "paragraph"
    LABEL = "label"  # "Cơ quan chủ trì: ...": a field of the item or heading above it
    PREAMBLE = "preamble"  # head of the document: letterhead, title, legal basis, introduction
    SIGNATURE = "signature"  # recipients and signature
    CAPTION = "caption"  # captions and author lines


class Topic(StrEnum):
    """What the part that a node stands in is for."""

    PURPOSE = "purpose"
    SITUATION = "situation"
    TARGETS = "targets"
    FUNDING = "funding"
    TASKS = "tasks"
    QUOTED = "quoted"  # a law quoted by an article that explains it


@dataclass(frozen=True, slots=True)
class Node:
    """A block in its place; ``parent`` is the index of a heading or lead-in above it in the same outline.

    ``title`` is a heading's title without its number (None when empty); ``level`` counts headings from 1 at the top.
    ``label`` is the column role of a LABEL node; ``value`` the text after the label or of the whole block.
    """

    kind: NodeKind
    span: Span
    value: Span
    parent: int | None
    topic: Topic = Topic.TASKS
    number: str | None = None
    title: Span | None = None
    level: int = 0
    label: ColumnRole | None = None
    marker: Marker = Marker.NONE
    in_table: bool = False


# --- records ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Actor:
    """An agency in a role; ``inherited`` when it stands in a heading, lead-in, title or merged cell."""

    mention: AgencyMention
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A timeframe of a record; ``inherited`` as with actors."""

    mention: TimeMention
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """A task before ids are given; ``node`` is the index of the heading it stands under, ``row`` (table, row) indexes."""

    span: Span
    node: int | None
    lead: tuple[Actor, ...] = ()
    coordinating: tuple[Actor, ...] = ()
    implementing: tuple[Actor, ...] = ()
    times: tuple[When, ...] = ()
    outputs: tuple[Span, ...] = ()
    row: tuple[int, int] | None = None
    rule: str = ""
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class MeasureRecord:
    """A target or result before ids are given."""

    measure: Measure
    node: int | None
    times: tuple[When, ...] = ()
