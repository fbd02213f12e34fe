"""What changed between two extractions: records gone, new and changed by id, field by field.

Positions are not compared (an edit further up moves everything below it), nor is where metadata was read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kehoach.schemas.document import AgencyRole, Diagnostic, DocumentTable, PlanDocument, Reference, Section, Target, Task, Timeframe
from kehoach.schemas.errors import OutputError

from .stored import find_documents, load_document

NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``field`` is None when a whole record (or document) is new or gone; then one of the values is None too."""

    document: str
    kind: str
    record: str
    field: str | None
    old: str | None
    new: str | None

    def __str__(self) -> str:
        if self.field is None:
            return f"{self.kind} {'new' if self.old is None else 'gone'}: {self.new if self.old is None else self.old}"
        subject = f"{self.kind} {self.record}" if self.record else self.kind
        return f"{subject}: {self.field} {self.old} → {self.new}"


Fields = dict[str, str]


def diff_paths(old: Path, new: Path) -> list[Change]:
    """The differences between two JSON files, or between two folders of them (documents are matched by file name).

    Raises:
        OutputError: one is a file and the other a folder, or something cannot be read.
    """
    if old.is_dir() != new.is_dir():
        raise OutputError(f"{old} and {new} are a folder and a file; compare two files or two folders")
    if not old.is_dir():
        return diff_documents(load_document(old), load_document(new))
    before, after = find_documents(old), find_documents(new)
    if not before and not after:
        raise OutputError(f"neither {old} nor {new} holds extracted documents; make some with 'kehoach extract'")
    changes: list[Change] = []
    for name in sorted({*before, *after}):
        if name not in after:
            changes.append(Change(name, "document", "", None, name, None))
        elif name not in before:
            changes.append(Change(name, "document", "", None, None, name))
        else:
            changes += diff_documents(load_document(before[name]), load_document(after[name]), name)
    return changes


def diff_documents(old: PlanDocument, new: PlanDocument, name: str | None = None) -> list[Change]:
    """The differences between two documents, in the order of the schema; ``name`` is what the changes call the document."""
    name = new.doc_id if name is None else name
    before, after = _Words(old), _Words(new)
    changes = list(_compare(name, "document", "", before.document(), after.document()))
    changes += _compare(name, "metadata", "", before.metadata(), after.metadata())
    for kind, gather in _GROUPS.items():
        changes += _compare_group(name, kind, gather(before), gather(after))
    return changes


def _compare_group(name: str, kind: str, old: Mapping[str, tuple[str, Fields]], new: Mapping[str, tuple[str, Fields]]) -> Iterator[Change]:
    for key, (record, fields) in old.items():
        if key in new:
            yield from _compare(name, kind, record, fields, new[key][1])
        else:
            yield Change(name, kind, record, None, record, None)
    for key, (record, _) in new.items():
        if key not in old:
            yield Change(name, kind, record, None, None, record)


def _compare(name: str, kind: str, record: str, old: Fields, new: Fields) -> Iterator[Change]:
    for field in old | new:
        before, after = old.get(field, NOTHING), new.get(field, NOTHING)
        if before != after:
            yield Change(name, kind, record, field, before, after)


class _Words:
    """A document's records as a reviewer would name them, ids resolved to titles and names."""

    def __init__(self, document: PlanDocument) -> None:
        self._document = document
        self._sections = {section.id: _heading(section) for section in document.sections}

    def document(self) -> Fields:
        d = self._document
        return {
            "schema version": d.schema_version,
            "id": d.doc_id,
            "genre": d.genre,
            "source": d.source.path,
            "media type": d.source.media_type,
            "encoding": _said(d.source.encoding),
            "site": _said(d.source.site),
            "source file": f"sha256 {d.source.sha256[:12]}",
            "text": f"{d.text.chars} characters (sha256 {d.text.sha256[:12]})",
            "content": f"{d.text.kept_chars} characters",
            "dropped": _listed(f"{reason} {count}" for reason, count in self._dropped().items()),
        }

    def _dropped(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for item in self._document.dropped:
            counts[item.reason] = counts.get(item.reason, 0) + item.span.end - item.span.start
        return dict(sorted(counts.items()))

    def metadata(self) -> Fields:
        fields = {name.replace("_", " "): _said(value) for name, value in self._document.metadata if name not in {"issuer", "evidence"}}
        issuer = self._document.metadata.issuer
        return fields | {"issuer": NOTHING if issuer is None else f"{issuer.name} ({issuer.agency_id})" if issuer.agency_id else issuer.name}

    def sections(self) -> dict[str, tuple[str, Fields]]:
        return {s.id: (_heading(s), self._section_fields(s)) for s in self._document.sections}

    def _section_fields(self, s: Section) -> Fields:
        return {"parent": self._section(s.parent_id), "level": str(s.level), "number": _said(s.number), "title": s.title, "kind": s.kind}

    def measures(self, records: Iterable[Target]) -> dict[str, tuple[str, Fields]]:
        return {record.id: (_quoted(record.text), self._measure(record)) for record in records}

    def _measure(self, record: Target) -> Fields:
        fields = {
            "section": self._section(record.section_id),
            "indicator": record.indicator,
            "comparator": _said(record.comparator),
            "value": _said(record.value),
            "upper value": _said(record.value_max),
            "unit": _said(record.unit),
            "time": _times(record.timeframes),
        }
        planned = getattr(record, "planned", None)
        return fields | ({} if planned is None else {"planned": _said(planned)}) | _making(record.rule, record.confidence)

    def tasks(self) -> dict[str, tuple[str, Fields]]:
        return {task.id: (_quoted(task.text), self._task(task)) for task in self._document.tasks}

    def _task(self, task: Task) -> Fields:
        return {
            "section": self._section(task.section_id),
            "lead": _roles(task.lead),
            "coordinating": _roles(task.coordinating),
            "implementing": _roles(task.implementing),
            "time": _times(task.timeframes),
            "outputs": _listed(output.text for output in task.outputs),
            "table row": NOTHING if task.table is None else str(task.table.row + 1),
        } | _making(task.rule, task.confidence)

    def agencies(self) -> dict[str, tuple[str, Fields]]:
        return {
            a.id: (a.name, {"name": a.name, "level": a.level, "kind": a.kind, "parent": _said(a.parent), "mentions": str(a.mentions)})
            for a in self._document.agencies
        }

    def references(self) -> dict[str, tuple[str, Fields]]:
        return {r.id: (_quoted(r.text), _reference(r)) for r in self._document.references}

    def tables(self) -> dict[str, tuple[str, Fields]]:
        return {t.id: (_table_name(t), {"section": self._section(t.section_id)} | _cells(t)) for t in self._document.tables}

    def diagnostics(self) -> dict[str, tuple[str, Fields]]:
        numbered = _numbered(self._document.diagnostics)
        return {f"{index}-{d.code}-{d.message}": (f"{d.code}: {d.message}", {"severity": d.severity}) for index, d in numbered}

    def _section(self, key: str | None) -> str:
        return NOTHING if key is None else _quoted(self._sections.get(key, key))

    @property
    def records(self) -> PlanDocument:
        return self._document


_GROUPS: dict[str, Callable[[_Words], dict[str, tuple[str, Fields]]]] = {
    "section": _Words.sections,
    "target": lambda words: words.measures(words.records.targets),
    "result": lambda words: words.measures(words.records.results),
    "task": _Words.tasks,
    "agency": _Words.agencies,
    "reference": _Words.references,
    "table": _Words.tables,
    "diagnostic": _Words.diagnostics,
}


def _heading(section: Section) -> str:
    return " ".join(part for part in (section.number, section.title) if part)


def _reference(reference: Reference) -> Fields:
    return {
        "type": reference.doc_type,
        "number": _said(reference.number),
        "date": _said(reference.issued_on),
        "issuer": _said(reference.issuer),
        "relation": reference.relation,
    }


def _table_name(table: DocumentTable) -> str:
    return _quoted(" | ".join(column.title for column in table.columns))


def _cells(table: DocumentTable) -> Fields:
    fields = {"rows": str(len(table.rows)), "columns": " | ".join(column.role for column in table.columns)}
    for number, row in enumerate(table.rows, 1):
        fields[f"row {number}"] = " | ".join(cell.text + (" (inherited)" if cell.inherited else "") for cell in row.cells)
        fields[f"row {number} confidence"] = _said(row.confidence)
    return fields


def _making(rule: str, confidence: float) -> Fields:
    return {"rule": rule or NOTHING, "confidence": _said(confidence)}


def _roles(roles: Iterable[AgencyRole]) -> str:
    return _listed(role.name + (" (inherited)" if role.inherited else "") for role in roles)


def _times(timeframes: Iterable[Timeframe]) -> str:
    return _listed(f"{t.text} [{_reading(t)}]" + (" (inherited)" if t.inherited else "") for t in timeframes)


def _reading(time: Timeframe) -> str:
    days = f"{time.start or ''}..{time.end or ''}" if time.start or time.end else None
    extra = [time.recurrence, time.month_day, time.rrule, "before" if time.before else None]
    return " ".join([time.kind, *(part for part in (days, *extra) if part)])


def _numbered(diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[int, Diagnostic]]:
    """Each diagnostic with its ordinal among equals, so that one more of a kind is one new record."""
    seen: dict[tuple[str, str], int] = {}
    for diagnostic in diagnostics:
        key = (diagnostic.code, diagnostic.message)
        seen[key] = seen.get(key, 0) + 1
        yield seen[key], diagnostic


def _listed(words: Iterable[str]) -> str:
    return "; ".join(words) or NOTHING


def _quoted(text: str, width: int = 90) -> str:
    text = " ".join(text.split())
    return f"“{text if len(text) <= width else text[: width - 1] + '…'}”"


def _said(value: object) -> str:
    if value is None or value == "":
        return NOTHING
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
