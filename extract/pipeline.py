"""Composes the stages: source → clean → tables → blocks → outline → records → document. The only module that knows them all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import regex

from kehoach.extract.agencies import agency_id, is_agency_heading
from kehoach.extract.assemble import Identity, Records, assemble
from kehoach.extract.blocks import read_blocks
from kehoach.extract.clean import CleanRules, clean_text, load_clean_rules
from kehoach.extract.damage import find_damage
from kehoach.extract.damagewords import Lexicon
from kehoach.extract.goals import GoalReader, GoalRules
from kehoach.extract.metadata import MetadataRules, load_metadata_rules, read_metadata
from kehoach.extract.printed import Restored
from kehoach.extract.quantities import load_quantity_rules
from kehoach.extract.reading import FinderRules, Reading
from kehoach.extract.references import ReferenceRules, find_references, load_reference_rules, merge_references
from kehoach.extract.restated import without_restated
from kehoach.extract.roles import read_roles
from kehoach.extract.scopes import Scopes, without_address
from kehoach.extract.sections import OutlineInput, load_section_rules, read_outline
from kehoach.extract.segmenter import Segmenter, load_clause_rules, load_tagger
from kehoach.extract.tables import TableRules, find_tables, load_table_rules
from kehoach.extract.tabletasks import find_table_tasks
from kehoach.extract.targets import load_target_rules
from kehoach.extract.tasks import find_tasks
from kehoach.extract.timeframes import load_time_rules
from kehoach.extract.zones import NEWS
from kehoach.rules.agencies import load_agency_rules
from kehoach.rules.damage import load_damage_rules
from kehoach.rules.loader import RuleSet
from kehoach.rules.roles import load_role_rules
from kehoach.schemas.document import PlanDocument
from kehoach.schemas.errors import ReadError, RuleError
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import (
    AgencyMention,
    CleanText,
    ColumnRole,
    MeasureRecord,
    Metadata,
    Node,
    Note,
    ReferenceMention,
    SourceText,
    Table,
    TaskRecord,
    TimeContext,
)

DEFAULT_NLP = "none"
# A cell, with the tasks that its row states, needs two to four kilobytes. The largest plan met has 2,900.
MAX_CELLS = 150_000
_TIME_LABEL = re.compile(r"(?:thời\s+(?:gian|hạn)|tiến\s+độ)(?!\w)", re.IGNORECASE)  # "Thời hạn hoàn tất": no column is called so, a field is


@dataclass(frozen=True, slots=True)
class Rules:
    """Every rule file, loaded and compiled once; immutable, shared between documents and threads."""

    clean: CleanRules
    damage: Lexicon
    tables: TableRules
    sections: RuleSet
    finders: FinderRules
    goals: GoalRules
    references: ReferenceRules
    metadata: MetadataRules


def load_all(overlay: Path | None = None) -> Rules:
    """The built-in rules with a user's folder laid over them.

    Raises:
        RuleError: a rule file is wrong.
    """
    try:
        return _load_all(overlay)
    except (TypeError, ValueError, LookupError, AttributeError, RecursionError, re.error, regex.error) as error:
        if overlay is None:
            raise
        # The loaders say what is wrong with words and patterns; a list in place of a mapping meets them unprepared.
        files = ", ".join(sorted(path.name for path in overlay.glob("*.yaml")))
        raise RuleError(f"{overlay}: a rule file ({files}) is not built like the built-in one of its name ({error})") from error


def _load_all(overlay: Path | None) -> Rules:
    finders = FinderRules(load_agency_rules(overlay), load_role_rules(overlay), load_time_rules(overlay), load_clause_rules(overlay))
    return Rules(
        clean=load_clean_rules(overlay),
        damage=Lexicon.of(load_damage_rules(overlay)),
        tables=load_table_rules(overlay),
        sections=load_section_rules(overlay),
        finders=finders,
        goals=GoalRules(load_quantity_rules(overlay), load_target_rules(overlay)),
        references=load_reference_rules(overlay),
        metadata=load_metadata_rules(overlay),
    )


def extract_source(source: SourceText, rules: Rules, *, doc_id: str, path: str, nlp: str = DEFAULT_NLP) -> PlanDocument:
    """The document of one source.

    Args:
        source: what a reader made of the input.
        rules: all rules.
        doc_id: the document's name in its batch.
        path: the input's path relative to the input root, with '/'.
        nlp: the tagger asked where rules leave a clause open ("none", "pyvi", "underthesea").

    Raises:
        ReadError: the tables are larger than those of any document.
        KehoachError: ``nlp`` names no tagger.
    """
    clean = clean_text(source, rules.clean)
    restored = Restored(clean, find_damage(clean.view, clean.text, rules.damage))
    return assemble(restored, _read(restored.read, rules, nlp), Identity(doc_id, path), rules.finders.agencies)


def _read(clean: CleanText, rules: Rules, nlp: str) -> Records:
    """Everything that the stages find in one text."""
    cited = find_references(clean.view, Span(0, len(clean.view)), rules.references)
    metadata = read_metadata(clean, rules.metadata, rules.references)
    genre = metadata.genre
    tables = find_tables(clean, rules.tables)
    if (cells := sum(len(row.cells) for table in tables for row in table.rows)) > MAX_CELLS:
        raise ReadError(f"the text has tables of {cells:,} cells, more than {MAX_CELLS:,}: split it")
    segmenter = Segmenter(rules.finders.clauses, load_tagger(nlp))
    nodes = _outline(clean, tables, metadata, rules, segmenter)
    reading = Reading(
        clean=clean,
        nodes=nodes,
        tables=tables,
        genre=genre,
        context=TimeContext(metadata.issued_on, _year(metadata, cited)),
        cited=tuple(mention.span for mention in cited),
        rules=rules.finders,
        segmenter=segmenter,
    )
    scopes = Scopes(reading)
    goals = GoalReader(reading, scopes, rules.goals)
    tasks = (*find_tasks(reading, scopes), *find_table_tasks(reading, scopes))
    measures = (*goals.of_outline(), *goals.of_cells())
    if genre in NEWS:
        tasks, measures = _once(reading, tasks, _from_the_body(reading, measures, metadata.evidence.get("title")))
    return Records(
        genre=genre,
        metadata=metadata,
        nodes=nodes,
        tables=tables,
        tasks=tasks,
        measures=measures,
        references=merge_references(cited, None if genre in NEWS else metadata.number),
        agencies=_mentioned(reading),
        issuer_id=agency_id(metadata.issuer, rules.finders.agencies) if metadata.issuer else None,
        notes=_notes(tables),
    )


def _from_the_body(reading: Reading, measures: tuple[MeasureRecord, ...], headline: Span | None) -> tuple[MeasureRecord, ...]:
    """``measures`` without those of the headline that the body gives too (annotation guide, section 4)."""

    def figure(record: MeasureRecord) -> tuple[float, str] | None:
        quantity = record.measure.quantity
        return (quantity.value, reading.text(quantity.unit).lower() if quantity.unit else "") if quantity else None

    if headline is None:
        return measures
    above = [record for record in measures if headline.start <= record.measure.span.start < headline.end]
    told = {figure(record) for record in measures if record not in above}
    return tuple(record for record in measures if record not in above or figure(record) not in told)


def _once(
    reading: Reading, tasks: tuple[TaskRecord, ...], measures: tuple[MeasureRecord, ...]
) -> tuple[tuple[TaskRecord, ...], tuple[MeasureRecord, ...]]:
    """The records of an article without those that it repeats."""

    def same_figure(one: MeasureRecord, other: MeasureRecord) -> bool:
        a, b = one.measure.quantity, other.measure.quantity
        return one.measure.kind is other.measure.kind and (a is None) == (b is None) and (a is None or b is None or a.value == b.value)

    def same_lead(one: TaskRecord, other: TaskRecord) -> bool:
        if one.rule != "tasks.sentence":  # items of a list stand for themselves
            return False
        names = {actor.mention.agency_id for actor in one.lead}
        return not names or bool(names & {actor.mention.agency_id for actor in other.lead})

    return (
        without_restated(tasks, lambda task: reading.text(task.span), same_lead),
        without_restated(measures, lambda record: reading.text(record.measure.span), same_figure),
    )


def _mentioned(reading: Reading) -> tuple[AgencyMention, ...]:
    """Every agency that the kept text prints, block by block and cell by cell: a name does not run on over either."""
    spans = {node.span for node in reading.nodes} | {
        cell.span for table in reading.tables for row in table.rows for cell in row.cells if cell.span and not cell.inherited
    }
    found = {mention.span: mention for span in sorted(spans) for mention in reading.agencies(span)}
    return tuple(found[span] for span in sorted(found))


def _outline(clean: CleanText, tables: tuple[Table, ...], metadata: Metadata, rules: Rules, segmenter: Segmenter) -> tuple[Node, ...]:
    view, finders = clean.view, rules.finders

    def names_agency(span: Span) -> bool:
        names = without_address(view, span)
        return names.start < names.end and is_agency_heading(view, names, finders.agencies)

    def is_sentence(span: Span) -> bool:
        said = read_roles(view, span, finders.roles, finders.agencies)
        return bool(said.coordinating or (said.rule and said.lead))

    def label_role(text: str, span: Span) -> ColumnRole | None:
        told = rules.tables.header(text[span.start : span.end])
        if told is None and _TIME_LABEL.match(text, span.start, span.end):
            return ColumnRole.TIME
        return told.role if told else None

    def begins_action(span: Span) -> bool:
        return segmenter.begins_action(view, span)

    given = OutlineInput(metadata.genre, metadata.title, metadata.doc_type, names_agency, is_sentence, label_role, begins_action)
    blocks = read_blocks(clean, [table.span for table in tables])
    return read_outline(clean, blocks, tables, rules.sections, given)


def _year(metadata: Metadata, cited: tuple[ReferenceMention, ...]) -> int | None:
    """The document's year where it states no date of its own: the latest year among the instruments it cites."""
    if metadata.issued_on is not None:
        return metadata.issued_on.year
    dates: list[date] = [mention.issued_on for mention in cited if mention.issued_on is not None]
    return max(dates).year if dates else None


def _notes(tables: tuple[Table, ...]) -> tuple[Note, ...]:
    return tuple(note for table in tables for note in table.notes)
