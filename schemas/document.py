"""The output: Pydantic models of one extracted document, schema version 1 (see ``docs/output.md``).

All models are strict and frozen, refuse unknown fields, and only check: they never repair. Spans are half-open ranges of code points.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION = "1.0"

Genre = Literal["full_text", "news_article", "news_digest", "meeting_report", "other"]
Comparator = Literal[">=", "<=", ">", "<", "=", "~", "range", "+", "-"]
Recurrence = Literal["daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly"]
TimeKindWord = Literal["deadline", "period", "point", "recurring", "ongoing", "relative"]
Relation = Literal["legal_basis", "implements", "attached_to", "amends", "replaces", "mentions"]
Role = Literal["index", "group", "task", "lead", "coordinating", "implementing", "time", "output", "target", "note", "other"]
Level = Literal["central", "province", "district", "commune", "other"]
AgencyKind = Literal["party", "state", "department", "committee", "front", "court", "armed_forces", "company", "media", "school", "group", "other"]
SectionKind = Literal["heading", "document", "preamble", "item", "signature"]
Severity = Literal["info", "warning", "error"]
IsoDate = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Confidence = Annotated[float, Field(ge=0, le=1)]


class Model(BaseModel):
    """Common settings: strict types, no unknown fields, immutable."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class TextSpan(Model):
    """Characters ``[start, end)`` of the canonical text; ``line`` counts from 1, ``page`` only for paged formats."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    line: Annotated[int, Field(ge=1)]
    page: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"span {self.start}-{self.end} is empty or reversed")
        return self


class Source(Model):
    """The input file: path relative to the input root, sniffed media type, encoding, SHA-256 of the bytes, the web site named in the text."""

    path: str
    media_type: str
    encoding: str | None
    sha256: str
    site: str | None


class TextInfo(Model):
    """The canonical text: SHA-256 of its UTF-8 bytes, its length and how much of it is content, in characters."""

    sha256: str
    chars: Annotated[int, Field(ge=0)]
    kept_chars: Annotated[int, Field(ge=0)]


class Issuer(Model):
    """Who issued the document: the name in full and its id in ``agencies``."""

    name: str
    agency_id: str | None


class DocumentMetadata(Model):
    """Document-level fields; ``evidence`` maps a field name to where it was read."""

    doc_type: str | None
    number: str | None
    issuer: Issuer | None
    place: str | None
    issued_on: IsoDate | None
    title: str | None
    signer: str | None
    signer_title: str | None
    evidence: dict[str, TextSpan]


class Section(Model):
    """A node of the outline; ``level`` is 1 at the top, ``span`` covers number and title as printed."""

    id: str
    parent_id: str | None
    level: Annotated[int, Field(ge=1)]
    number: str | None
    title: str
    kind: SectionKind
    span: TextSpan


class Timeframe(Model):
    """A timeframe (thời gian): ``start`` and ``end`` are inclusive days."""

    text: str
    kind: TimeKindWord
    start: IsoDate | None
    end: IsoDate | None
    before: bool
    recurrence: Recurrence | None
    month_day: Annotated[str, Field(pattern=r"^\d{2}-\d{2}$")] | None
    rrule: str | None
    span: TextSpan
    inherited: bool

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"timeframe starts {self.start}, after its end {self.end}")
        return self


class AgencyRole(Model):
    """An agency in a role; ``inherited`` when it stands in a heading, title or merged cell."""

    name: str
    agency_id: str | None
    span: TextSpan
    inherited: bool


class Target(Model):
    """A target (mục tiêu, chỉ tiêu); ``value`` is None when it is qualitative."""

    id: str
    section_id: str | None
    text: str
    span: TextSpan
    indicator: str
    comparator: Comparator | None
    value: float | None
    value_max: float | None
    unit: str | None
    timeframes: tuple[Timeframe, ...]
    rule: str
    confidence: Confidence


class Result(Target):
    """A figure already reached (kết quả); ``planned`` is the figure it is measured against."""

    planned: float | None


class Output(Model):
    """An expected product of a task (kết quả, sản phẩm)."""

    text: str
    span: TextSpan


class TableRef(Model):
    """The table row a task was read from; ``row`` counts from 0."""

    table_id: str
    row: Annotated[int, Field(ge=0)]


class Task(Model):
    """A task (nhiệm vụ): who leads (chủ trì), who helps (phối hợp), who carries out (thực hiện), by when."""

    id: str
    section_id: str | None
    text: str
    span: TextSpan
    lead: tuple[AgencyRole, ...]
    coordinating: tuple[AgencyRole, ...]
    implementing: tuple[AgencyRole, ...]
    timeframes: tuple[Timeframe, ...]
    outputs: tuple[Output, ...]
    table: TableRef | None
    rule: str
    confidence: Confidence


class Agency(Model):
    """An agency named in the document; ``mentions`` counts printed mentions in kept text."""

    id: str
    name: str
    level: Level
    kind: AgencyKind
    parent: str | None
    mentions: Annotated[int, Field(ge=0)]


class Reference(Model):
    """A cited instrument, each once."""

    id: str
    text: str
    span: TextSpan
    doc_type: str
    number: str | None
    issued_on: IsoDate | None
    issuer: str | None
    relation: Relation


class TableColumn(Model):
    """A column's printed title and its role."""

    title: str
    role: Role


class TableCell(Model):
    """A cell; an empty one has text "" and no span."""

    text: str
    span: TextSpan | None
    inherited: bool


class TableRow(Model):
    """A table row with how sure its alignment is."""

    confidence: Confidence
    cells: tuple[TableCell, ...]


class DocumentTable(Model):
    """A table as rebuilt."""

    id: str
    section_id: str | None
    span: TextSpan
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]


class DroppedRange(Model):
    """Boilerplate: labelled, never deleted."""

    span: TextSpan
    reason: str


class Diagnostic(Model):
    """Something a reviewer should know."""

    code: str
    severity: Severity
    message: str
    span: TextSpan | None


class PlanDocument(Model):
    """One extracted document. Reading its JSON back gives an equal object."""

    schema_version: Literal["1.0"]
    doc_id: str
    genre: Genre
    source: Source
    text: TextInfo
    metadata: DocumentMetadata
    sections: tuple[Section, ...]
    targets: tuple[Target, ...]
    results: tuple[Result, ...]
    tasks: tuple[Task, ...]
    agencies: tuple[Agency, ...]
    references: tuple[Reference, ...]
    tables: tuple[DocumentTable, ...]
    dropped: tuple[DroppedRange, ...]
    diagnostics: tuple[Diagnostic, ...]

    @model_validator(mode="after")
    def _cross_checked(self) -> Self:
        for records in (self.sections, self.targets, self.results, self.tasks, self.agencies, self.references, self.tables):
            seen: set[str] = set()
            for record in records:
                if record.id in seen:
                    raise ValueError(f"repeated id {record.id}")
                seen.add(record.id)
        sections = {section.id for section in self.sections}
        agencies = {agency.id for agency in self.agencies}
        tables = {table.id: len(table.rows) for table in self.tables}
        for section in self.sections:
            _known(section.parent_id, sections, f"section {section.id}: parent")
        placed: tuple[Target | Task | DocumentTable, ...] = (*self.targets, *self.results, *self.tasks, *self.tables)
        for item in placed:
            _known(item.section_id, sections, f"{item.id}: section")
        for task in self.tasks:
            for role in (*task.lead, *task.coordinating, *task.implementing):
                _known(role.agency_id, agencies, f"{task.id}: agency")
            if task.table is not None and not task.table.row < tables.get(task.table.table_id, 0):
                raise ValueError(f"{task.id}: no row {task.table.row} in table {task.table.table_id}")
        _known(self.metadata.issuer.agency_id if self.metadata.issuer else None, agencies, "issuer: agency")
        at = 0
        for dropped in self.dropped:
            if dropped.span.start < at:
                raise ValueError(f"dropped range at {dropped.span.start} overlaps the one before it")
            at = dropped.span.end
        return self

    def to_json(self) -> str:
        """The canonical dump: keys in schema order, two-space indent, UTF-8 unescaped, newline at the end."""
        if all(map(_plain_float, self._floats())):
            return self.model_dump_json(indent=2) + "\n"  # the same characters, five times as fast
        import json

        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"

    def _floats(self) -> Iterator[float | None]:
        for measure in (*self.targets, *self.results):
            yield from (measure.value, measure.value_max, measure.confidence)
        yield from (result.planned for result in self.results)
        yield from (task.confidence for task in self.tasks)
        yield from (row.confidence for table in self.tables for row in table.rows)

    @classmethod
    def from_json(cls, text: str | bytes) -> PlanDocument:
        """The document of a JSON dump.

        Raises:
            pydantic.ValidationError: the JSON breaks the schema; says where.
        """
        return cls.model_validate_json(text)


def _known(key: str | None, ids: set[str], what: str) -> None:
    if key is not None and key not in ids:
        raise ValueError(f"{what} {key} is not there")


def _plain_float(value: float | None) -> bool:
    """Whether Python and Pydantic write a number alike: beyond these bounds one writes "1e+16", the other "1e16"."""
    return value is None or value == 0 or 1e-4 <= abs(value) < 1e16
