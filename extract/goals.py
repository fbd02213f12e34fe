"""Outline to targets (chỉ tiêu) and results: every item, sentence and result cell is asked for its figures, in its setting."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from kehoach.extract.goalzones import GoalZone, GoalZones
from kehoach.extract.quantities import find_quantities
from kehoach.extract.reading import Reading
from kehoach.extract.reportperiods import with_periods
from kehoach.extract.scopes import Scopes, merge_times
from kehoach.extract.tablecells import CellItem, align_items
from kehoach.extract.targets import MeasureInput, Setting, TargetRules, find_measures
from kehoach.extract.valuecells import CellUnit, is_dated, names_something, unit_columns, unit_in_brackets, unit_of_cell, value_of
from kehoach.rules.quantities import QuantityRules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import (
    Column,
    ColumnRole,
    Measure,
    MeasureKind,
    MeasureRecord,
    Node,
    NodeKind,
    Row,
    RowKind,
    Table,
    TimeMention,
    Topic,
    When,
)

_READ = frozenset({NodeKind.ITEM, NodeKind.PARAGRAPH, NodeKind.LEAD_IN, NodeKind.LABEL, NodeKind.PREAMBLE})

_MEASURED = frozenset({ColumnRole.OUTPUT, ColumnRole.TARGET})
# Characters that are asked for their figures at once: five times the longest sentences of plans. Each figure looks at the words around it, so
# that a text of figures without any full stop would take the square of its length.
_LONGEST = 6000
_SHORTEST = 4000


@dataclass(frozen=True, slots=True)
class GoalRules:
    """The rules of figures and of what they state."""

    quantities: QuantityRules
    targets: TargetRules


class GoalReader:
    """Asks pieces of one document for their targets and results."""

    def __init__(self, reading: Reading, scopes: Scopes, rules: GoalRules) -> None:
        self._reading, self._rules = reading, rules
        self._zones = GoalZones(reading, scopes, rules.targets)

    def of_outline(self) -> tuple[MeasureRecord, ...]:
        """The figures of the prose and lists, and of the group titles of tables."""
        found: list[tuple[int | None, MeasureRecord]] = []
        items: Counter[int | None] = Counter()
        for index, node in enumerate(self._reading.nodes):
            if node.kind in _READ and node.topic is not Topic.QUOTED:
                zone = self._zones.of(node)
                records = self._of_node(node, zone)
                found += ((zone.heading, record) for record in records)
                items[zone.heading] += bool(records) and node.kind is NodeKind.ITEM and self._zones.specific(zone)
            elif node.kind is NodeKind.HEADING and node.title is not None and node.in_table:
                found += ((index, record) for record in self.read(node.title, Setting.AIMS, index, listed=False))
        # Outcomes without a number are targets among targets and as items under specific ones; where nothing has a number or a time, they are aims.
        listed = {heading for heading, record in found if record.measure.quantity is not None or items[heading] > 1}
        return tuple(record for heading, record in found if record.measure.quantity is not None or record.times or heading in listed)

    def of_cells(self) -> tuple[MeasureRecord, ...]:
        """The figures of task, result and target cells; a cell that several rows share is read once."""
        found: list[MeasureRecord] = []
        for table in self._reading.tables:
            units = unit_columns(self._reading.view, table.columns)
            for row in table.rows:
                if row.kind is RowKind.DATA:
                    found += self._of_row(table, row, units)
        return tuple(found)

    def _of_row(self, table: Table, row: Row, units: list[int]) -> list[MeasureRecord]:
        """A result that is a bare number ("31,5%") measures what the task beside it does."""
        cells = [(column, cell.span) for column, cell in zip(table.columns, row.cells, strict=True) if cell.span is not None and not cell.inherited]
        task = next((span for column, span in cells if column.role is ColumnRole.TASK), None)
        named = task or self._indicator_cell(cells)
        tasks = self._reading.items(named) if named is not None else ()
        group = self._reading.heading_before(row.span.start)
        times = self._row_times(table, row)
        unit = self._unit(row, units, named)
        found: list[MeasureRecord] = []
        for column, span in cells:
            if column.role is ColumnRole.TASK:
                found += [record for item in tasks for record in self.read(item.span, Setting.TASKS, group, listed=False)]
            elif column.role in _MEASURED and unit is not None and (value := value_of(self._reading.view, span, unit[0])):
                stated = self._column_times(column)
                measure = Measure(span, MeasureKind.TARGET, self._reading.text(unit[1]), value, stated, "targets.cell-value", 0.85)
                found.append(self._record(measure, group))
            elif column.role in _MEASURED:
                found += self._of_results(column, span, tasks, group)
        return [replace(record, times=merge_times(times, record.times)) if record.measure.kind is MeasureKind.TARGET else record for record in found]

    def _of_results(self, column: Column, span: Span, tasks: tuple[CellItem, ...], group: int | None) -> list[MeasureRecord]:
        """The figures of a result cell; the time in the title of its column governs those that state none."""
        results = self._reading.items(span)
        subjects = {
            place: self._reading.text(task.span) for task, share in zip(tasks, align_items(tasks, results), strict=True) for place in share.items
        }
        listed = column.role is ColumnRole.TARGET
        found = [
            record
            for place, item in enumerate(results)
            for record in self.read(item.span, Setting.CELL_RESULT, group, listed=listed, subject=subjects.get(place, ""))
        ]
        stated = tuple(map(When, self._column_times(column)))
        return [replace(record, times=stated) if stated and not record.measure.timeframes else record for record in found]

    def _column_times(self, column: Column) -> tuple[TimeMention, ...]:
        if column.role is not ColumnRole.TARGET or column.title is None or not is_dated(self._reading.view, column):
            return ()
        return self._reading.times(column.title, cell=True)

    def _unit(self, row: Row, units: list[int], named: Span | None) -> tuple[CellUnit, Span] | None:
        """The unit of a row's bare numbers and the indicator: from its unit column, else from the brackets of the indicator."""
        if named is None:
            return None
        cell = next((span for place in units if (span := row.cells[place].span) is not None), None)
        if cell is not None:
            return unit_of_cell(self._reading.view, cell, self._rules.quantities), named
        return unit_in_brackets(self._reading.view, named, self._rules.quantities)

    def _indicator_cell(self, cells: list[tuple[Column, Span]]) -> Span | None:
        """In a table of indicators without tasks the first target cell names what the others measure, where it states no number itself."""
        spans = [span for column, span in cells if column.role in _MEASURED]
        if len(spans) < 2 or cells[-1][1] == spans[0] or not names_something(self._reading.view, spans[0]):
            return None
        return None if find_quantities(self._reading.view, spans[0], self._rules.quantities) else spans[0]

    def _row_times(self, table: Table, row: Row) -> tuple[When, ...]:
        """The timeframes of a row's time cells, which govern what the row is to reach."""
        found: list[When] = []
        for column, cell in zip(table.columns, row.cells, strict=True):
            if column.role is ColumnRole.TIME and cell.span is not None:
                found += (When(time, inherited=True) for time in self._reading.times(cell.span, cell=True))
        return tuple(found)

    def read(self, span: Span, setting: Setting, index: int | None, *, listed: bool, subject: str = "") -> list[MeasureRecord]:
        """The figures of one piece under node ``index``."""
        if span.length > _LONGEST:
            return [record for part in _parts(self._reading.view, span) for record in self.read(part, setting, index, listed=listed, subject=subject)]
        times = self._reading.reported_times(span) if setting is Setting.REPORT else self._reading.times(span)
        times = self._zones.times_within(span, times)
        skip = sorted([*(time.span for time in times), *self._reading.cited_in(span)])
        quantities = find_quantities(self._reading.view, span, self._rules.quantities, skip)
        if not quantities and not listed and not (times and setting is Setting.REPORT):
            return []
        given = MeasureInput(quantities, times, setting, self._rules.quantities.words, self._issued_on(), listed, subject, self._reading.clean.text)
        return [self._record(measure, index) for measure in find_measures(self._reading.view, span, self._rules.targets, given)]

    def _of_node(self, node: Node, zone: GoalZone) -> list[MeasureRecord]:
        if node.kind is NodeKind.LABEL and node.label is not ColumnRole.TASK and node.label is not ColumnRole.OUTPUT:
            return []
        found = self.read(node.value, zone.setting, node.parent, listed=zone.listed)
        return with_periods(self._reading, node, found)

    def _record(self, measure: Measure, index: int | None) -> MeasureRecord:
        times = tuple(When(time) for time in measure.timeframes)
        if measure.kind is MeasureKind.TARGET:
            times = self._zones.governing(index, times)
        return MeasureRecord(measure, self._reading.heading_of(index), times)

    def _issued_on(self) -> date | None:
        return self._reading.context.issued_on


def _parts(view: str, span: Span) -> list[Span]:
    """``span`` in parts of at most ``_LONGEST`` characters, parted at the last sentence end, else sign, else blank that allows it."""
    parts, start = [], span.start
    while span.end - start > _LONGEST:
        found = (view.rfind(sign, start + _SHORTEST, start + _LONGEST) for sign in (". ", "; ", ", ", " "))
        stop = next((at + 1 for at in found if at != -1), start + _LONGEST)
        parts.append(Span(start, stop))
        start = stop
    return [*parts, Span(start, span.end)]
