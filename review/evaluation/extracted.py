"""Reads extracted documents as facts to be measured."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePosixPath

from kehoach.review.stored import find_documents, load_document
from kehoach.schemas.document import AgencyRole, PlanDocument, Section, Target, Task, Timeframe
from kehoach.schemas.errors import OutputError

from .facts import META_FIELDS, Action, Facts, Heading, Measure, Named, Time
from .words import bag, number_key


def load_predictions(folder: Path) -> dict[str, Facts]:
    """The extracted documents under ``folder``, by the stem of their source and, where that is free, by their own name.

    Raises:
        OutputError: there are none, or one cannot be read.
    """
    found: dict[str, Facts] = {}
    for path in find_documents(folder).values():
        document, text = load_extracted(path)
        facts = facts_of(document, text)
        found[PurePosixPath(document.source.path).stem or path.stem] = facts
        found.setdefault(path.stem, facts)
    if not found:
        raise OutputError(f"{folder} holds no extracted documents; make some with 'kehoach extract'")
    return found


def load_extracted(path: Path) -> tuple[PlanDocument, str | None]:
    """The document in a JSON file and its text, None where that is not beside it."""
    document = load_document(path)
    text = path.parent / f"{document.doc_id}.txt"
    return document, text.read_bytes().decode("utf-8") if text.is_file() else None


def facts_of(document: PlanDocument, text: str | None = None) -> Facts:
    """What is measured of an extracted document; ``text`` is its canonical text."""
    kept, dropped = _split(document, text) if text is not None else ("", "")
    return Facts(
        name=document.doc_id,
        genre=document.genre,
        format=format_of(document.source.path),
        metadata=_metadata(document),
        headings=_headings(document.sections),
        targets=tuple(map(_measure, document.targets)),
        results=tuple(map(_measure, document.results)),
        tasks=tuple(map(_action, document.tasks)),
        references=frozenset(number_key(reference.number) for reference in document.references if reference.number),
        content=bag(kept),
        chrome=bag(dropped),
    )


def format_of(path: str) -> str:
    """The extension of a file in lower case, without its dot."""
    return PurePosixPath(path).suffix.lower().lstrip(".")


def _metadata(document: PlanDocument) -> dict[str, str]:
    stated = {name: getattr(document.metadata, name) for name in META_FIELDS if name != "issuer"}
    issuer = document.metadata.issuer
    return {name: value for name, value in {**stated, "issuer": issuer and issuer.name}.items() if value}


def _headings(sections: tuple[Section, ...]) -> tuple[Heading, ...]:
    by_id = {section.id: section for section in sections}

    def above(section: Section) -> Heading | None:
        # Roots and list items between two headings do not count; a circle of parents ends where it meets itself.
        seen, up = {section.id}, section.parent_id
        while up is not None and up not in seen:
            seen.add(up)
            if by_id[up].kind == "heading":
                return Heading(by_id[up].number, by_id[up].title)
            up = by_id[up].parent_id
        return None

    return tuple(Heading(section.number, section.title, above(section)) for section in sections if section.kind == "heading")


def _measure(record: Target) -> Measure:
    return Measure(
        text=record.text,
        indicator=record.indicator,
        comparator=record.comparator or "=",
        value=record.value,
        value_max=record.value_max,
        unit=record.unit or "",
        times=tuple(map(_time, record.timeframes)),
        confidence=record.confidence,
    )


def _action(task: Task) -> Action:
    return Action(
        text=task.text,
        lead=_named(task.lead),
        coordinating=_named(task.coordinating),
        implementing=_named(task.implementing),
        times=tuple(map(_time, task.timeframes)),
        confidence=task.confidence,
        table=task.table.table_id if task.table else None,
    )


def _named(roles: tuple[AgencyRole, ...]) -> tuple[Named, ...]:
    return tuple(Named(role.name, role.inherited) for role in roles)


def _time(time: Timeframe) -> Time:
    start, end = (date.fromisoformat(day) if day else None for day in (time.start, time.end))
    return Time(time.kind, start, end, time.recurrence, time.month_day, time.inherited)


def _split(document: PlanDocument, text: str) -> tuple[str, str]:
    kept, dropped, at = [], [], 0
    for item in document.dropped:
        kept.append(text[at : item.span.start])
        dropped.append(text[item.span.start : item.span.end])
        at = item.span.end
    return "\n".join([*kept, text[at:]]), "\n".join(dropped)
