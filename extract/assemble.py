"""Records to the output document: stable ids, spans with line and page, agencies collected, everything in text order."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kehoach.extract.agencies import describe_agency
from kehoach.extract.ids import Ids
from kehoach.extract.printed import Restored
from kehoach.extract.quoting import Quoter
from kehoach.extract.spans import squash
from kehoach.rules.agencies import AgencyRules
from kehoach.schemas import document as out
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import (
    Actor,
    AgencyMention,
    Cell,
    MeasureKind,
    MeasureRecord,
    Metadata,
    Node,
    NodeKind,
    Note,
    ReferenceMention,
    Table,
    TaskRecord,
    TimeMention,
    When,
)


@dataclass(frozen=True, slots=True)
class Records:
    """Everything the stages found in one document; node and table indexes refer to ``nodes`` and ``tables``."""

    genre: str
    metadata: Metadata
    nodes: tuple[Node, ...]
    tables: tuple[Table, ...]
    tasks: tuple[TaskRecord, ...]
    measures: tuple[MeasureRecord, ...]
    references: tuple[ReferenceMention, ...]
    agencies: tuple[AgencyMention, ...]
    issuer_id: str | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document is called in a batch."""

    doc_id: str
    path: str


def assemble(restored: Restored, records: Records, identity: Identity, agencies: AgencyRules) -> out.PlanDocument:
    """The validated document: what ``records`` say of the text as read, quoted and placed as printed.

    Raises:
        pydantic.ValidationError: a stage broke the contract; this is a fault of the program, not of the input.
    """
    return _Assembler(restored, records, agencies).document(identity)


class _Assembler:
    def __init__(self, restored: Restored, records: Records, agencies: AgencyRules) -> None:
        self.restored, self.clean, self.records, self.rules = restored, restored.printed, records, agencies
        self.quoter = Quoter(restored)
        self.agency_ids: dict[str, AgencyMention | None] = {}
        self.section_ids: dict[int, str] = {}
        self.table_ids: list[str] = []
        # What a heading or merged cell says stands in every record that inherits it: one object serves them all.
        self.roles: dict[Actor, out.AgencyRole] = {}
        self.times: dict[When, out.Timeframe] = {}

    def document(self, identity: Identity) -> out.PlanDocument:
        clean, records = self.clean, self.records
        sections = self._sections()
        tables = self._tables()
        dropped = tuple(out.DroppedRange(span=self.quoter.place(item.span), reason=item.reason) for item in clean.dropped)
        targets, results = self._measures()
        tasks = self._tasks()
        references = self._references()
        metadata = self._metadata()
        text = clean.text
        return out.PlanDocument(
            schema_version="1.0",
            doc_id=identity.doc_id,
            genre=records.genre,  # type: ignore[arg-type]
            source=out.Source(
                path=identity.path,
                media_type=clean.source.media_type,
                encoding=clean.source.encoding,
                sha256=clean.source.sha256,
                site=clean.source.site,
            ),
            text=out.TextInfo(
                sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
                chars=len(text),
                kept_chars=len(text) - sum(item.span.length for item in clean.dropped),
            ),
            metadata=metadata,
            sections=sections,
            targets=targets,
            results=results,
            tasks=tasks,
            agencies=self._agencies(),
            references=references,
            tables=tables,
            dropped=dropped,
            diagnostics=self._diagnostics(),
        )

    # --- outline and tables ----------------------------------------------------------------

    def _sections(self) -> tuple[out.Section, ...]:
        ids, found, paths = Ids("s"), [], dict[int, str]()
        for index, node in enumerate(self.records.nodes):
            if node.kind is not NodeKind.HEADING:
                continue
            parent = self._heading(node.parent)
            title = self.quoter.plain(node.title)
            paths[index] = f"{paths.get(parent, '') if parent is not None else ''} / {node.number or ''} {title}"
            self.section_ids[index] = ids.new(paths[index])
            found.append(
                out.Section(
                    id=self.section_ids[index],
                    parent_id=self.section_ids[parent] if parent is not None else None,
                    level=node.level,
                    number=node.number,
                    title=title,
                    kind="heading",
                    span=self.quoter.span(node.span if node.title is None else Span(node.span.start, max(node.span.end, node.title.end))),
                )
            )
        return tuple(found)

    def _heading(self, index: int | None) -> int | None:
        while index is not None and self.records.nodes[index].kind is not NodeKind.HEADING:
            index = self.records.nodes[index].parent
        return index

    def _section_id(self, index: int | None) -> str | None:
        heading = self._heading(index)
        return self.section_ids[heading] if heading is not None else None

    def _tables(self) -> tuple[out.DocumentTable, ...]:
        ids, found, nodes = Ids("b"), [], self.records.nodes
        headings = sorted((node.span.start, index) for index, node in enumerate(nodes) if node.kind is NodeKind.HEADING and not node.in_table)
        for table in self.records.tables:
            before = bisect_left(headings, (table.span.start, 0))
            section = self._section_id(headings[before - 1][1] if before else None)
            columns = tuple(out.TableColumn(title=self.quoter.plain(column.title), role=column.role.value) for column in table.columns)
            self.table_ids.append(ids.new(f"{section} / " + " | ".join(column.title for column in columns)))
            rows = tuple(out.TableRow(confidence=round(row.confidence, 2), cells=tuple(map(self._cell, row.cells))) for row in table.rows)
            found.append(out.DocumentTable(id=self.table_ids[-1], section_id=section, span=self.quoter.span(table.span), columns=columns, rows=rows))
        return tuple(found)

    def _cell(self, cell: Cell) -> out.TableCell:
        if cell.span is None:
            return out.TableCell(text="", span=None, inherited=cell.inherited)
        return out.TableCell(text=self.quoter.text(cell.span), span=self.quoter.span(cell.span), inherited=cell.inherited)

    # --- records ---------------------------------------------------------------------------

    def _tasks(self) -> tuple[out.Task, ...]:
        ids = Ids("k")
        found = []
        for record in sorted(self.records.tasks, key=lambda record: record.span):
            table = None if record.row is None else out.TableRef(table_id=self.table_ids[record.row[0]], row=record.row[1])
            text = self.quoter.text(record.span)
            found.append(
                out.Task(
                    id=ids.new(text),
                    section_id=self._section_id(record.node),
                    text=text,
                    span=self.quoter.span(record.span),
                    lead=self._roles(record.lead),
                    coordinating=self._roles(record.coordinating),
                    implementing=self._roles(record.implementing),
                    timeframes=self._times(record.times),
                    outputs=tuple(out.Output(text=self.quoter.text(span), span=self.quoter.span(span)) for span in record.outputs),
                    table=table,
                    rule=record.rule,
                    confidence=round(record.confidence, 2),
                )
            )
        return tuple(found)

    def _measures(self) -> tuple[tuple[out.Target, ...], tuple[out.Result, ...]]:
        targets: list[out.Target] = []
        results: list[out.Result] = []
        ids = {MeasureKind.TARGET: Ids("t"), MeasureKind.RESULT: Ids("d")}
        for record in sorted(self.records.measures, key=_by_place):
            measure, quantity = record.measure, record.measure.quantity
            if measure.kind is MeasureKind.FACT:
                continue
            text = self.quoter.text(measure.span)
            printed = self.quoter.text(quantity.number) if quantity else ""
            fields = {
                "id": ids[measure.kind].new(f"{text} {printed}"),
                "section_id": self._section_id(record.node),
                "text": text,
                "span": self.quoter.span(measure.span),
                "indicator": self.quoter.indicator(measure),
                "comparator": quantity.comparator if quantity else None,
                "value": float(quantity.value) if quantity else None,
                "value_max": float(quantity.value_max) if quantity and quantity.value_max is not None else None,
                "unit": self.quoter.unit(quantity) if quantity else None,
                "timeframes": self._times(record.times),
                "rule": measure.rule,
                "confidence": round(measure.confidence, 2),
            }
            if measure.kind is MeasureKind.TARGET:
                targets.append(out.Target(**fields))  # type: ignore[arg-type]
            else:
                planned = float(quantity.planned) if quantity and quantity.planned is not None else None
                results.append(out.Result(**fields, planned=planned))  # type: ignore[arg-type]
        return tuple(targets), tuple(results)

    def _roles(self, actors: Sequence[Actor]) -> tuple[out.AgencyRole, ...]:
        found: dict[tuple[str, str], out.AgencyRole] = {}
        for actor in actors:
            role = self.roles.get(actor) or self.roles.setdefault(actor, self._role(actor.mention, actor.inherited))
            found.setdefault((role.name.lower(), actor.mention.agency_id), role)
        return tuple(found.values())

    def _role(self, mention: AgencyMention, inherited: bool) -> out.AgencyRole:
        self.agency_ids.setdefault(mention.agency_id, mention)
        return out.AgencyRole(name=self.quoter.name(mention), agency_id=mention.agency_id, span=self.quoter.span(mention.span), inherited=inherited)

    def _times(self, times: Sequence[When]) -> tuple[out.Timeframe, ...]:
        return tuple(self.times.get(when) or self.times.setdefault(when, self._time(when.mention, when.inherited)) for when in times)

    def _time(self, time: TimeMention, inherited: bool) -> out.Timeframe:
        return out.Timeframe(
            text=self.quoter.text(time.span),
            kind=time.kind.value,
            start=time.start.isoformat() if time.start else None,
            end=time.end.isoformat() if time.end else None,
            before=time.before,
            recurrence=time.recurrence,  # type: ignore[arg-type]
            month_day=time.month_day,
            rrule=time.rrule,
            span=self.quoter.span(time.span),
            inherited=inherited,
        )

    def _references(self) -> tuple[out.Reference, ...]:
        ids = Ids("r")
        return tuple(
            out.Reference(
                id=ids.new(mention.number or self.quoter.text(mention.span)),
                text=self.quoter.text(mention.span),
                span=self.quoter.span(mention.span),
                doc_type=mention.doc_type,
                number=mention.number,
                issued_on=mention.issued_on.isoformat() if mention.issued_on else None,
                issuer=squash(mention.issuer) if mention.issuer else None,
                relation=mention.relation,  # type: ignore[arg-type]
            )
            for mention in self.records.references
        )

    # --- document level --------------------------------------------------------------------

    def _metadata(self) -> out.DocumentMetadata:
        data = self.records.metadata
        if self.records.issuer_id is not None:
            self.agency_ids.setdefault(self.records.issuer_id, None)
        return out.DocumentMetadata(
            doc_type=self._said("doc_type"),
            number=self._said("number"),
            issuer=out.Issuer(name=issuer, agency_id=self.records.issuer_id) if (issuer := self._said("issuer")) else None,
            place=self._said("place"),
            issued_on=data.issued_on.isoformat() if data.issued_on else None,
            title=self._said("title"),
            signer=self._said("signer"),
            signer_title=self._said("signer_title"),
            evidence={name: self.quoter.span(span) for name, span in sorted(data.evidence.items())},
        )

    def _said(self, name: str) -> str | None:
        """A text of the metadata as the place that it was read from has it."""
        value: str | None = getattr(self.records.metadata, name)
        where = self.records.metadata.evidence.get(name)
        return self.restored.wording(value, where) if value and where else value

    def _agencies(self) -> tuple[out.Agency, ...]:
        counts = Counter(mention.agency_id for mention in self.records.agencies)
        named = {mention.agency_id: mention.name for mention in reversed(self.records.agencies)}
        for key, mention in self.agency_ids.items():
            named.setdefault(key, mention.name if mention else self.records.metadata.issuer or key)
        found: dict[str, out.Agency] = {}
        for key in sorted(named):
            entry = describe_agency(named[key], self.rules)
            found[key] = out.Agency(id=key, name=squash(entry.name), level=entry.level, kind=entry.kind, parent=entry.parent, mentions=counts[key])  # type: ignore[arg-type]
        return tuple(found.values())

    def _diagnostics(self) -> tuple[out.Diagnostic, ...]:
        notes = [(note, note.span and self.quoter.place(note.span)) for note in self.clean.source.notes]
        notes += [(note, note.span and self.quoter.span(note.span)) for note in self.records.notes]
        return tuple(
            out.Diagnostic(code=note.code, severity=note.severity, message=note.message, span=span)  # type: ignore[arg-type]
            for note, span in notes
        )


def _by_place(record: MeasureRecord) -> tuple[int, int]:
    quantity = record.measure.quantity
    return (quantity.number.start if quantity else record.measure.span.start, record.measure.span.end)
