"""Outline to targets (chỉ tiêu) and results: every item, sentence and result cell is asked for its figures, in its setting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kehoach.extract.goalzones import GoalZone, GoalZones
from kehoach.extract.quantities import find_quantities
from kehoach.extract.reading import Reading
from kehoach.extract.scopes import Scopes, merge_times
from kehoach.extract.tablecells import CellItem, align_items, split_items
from kehoach.extract.targets import MeasureInput, Setting, TargetRules, find_measures
from kehoach.rules.quantities import QuantityRules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import ColumnRole, Measure, MeasureKind, MeasureRecord, Node, NodeKind, Row, RowKind, Table, Topic, When

_READ = frozenset({NodeKind.ITEM, NodeKind.PARAGRAPH, NodeKind.LEAD_IN, NodeKind.LABEL, NodeKind.PREAMBLE})


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
        for index, node in enumerate(self._reading.nodes):
            if node.kind in _READ and node.topic is not Topic.QUOTED:
                zone = self._zones.of(node)
                found += ((zone.heading, record) for record in self._of_node(node, zone))
            elif node.kind is NodeKind.HEADING and node.title is not None and node.in_table:
                found += ((index, record) for record in self.read(node.title, Setting.AIMS, index, listed=False))
        # Outcomes without a number are targets among targets; where nothing has a number or a time, they are aims.
        numbered = {heading for heading, record in found if record.measure.quantity is not None}
        return tuple(record for heading, record in found if record.measure.quantity is not None or record.times or heading in numbered)

    def of_cells(self) -> tuple[MeasureRecord, ...]:
        """The figures of task, result and target cells; a cell that several rows share is read once."""
        found: list[MeasureRecord] = []
        for table in self._reading.tables:
            for row in table.rows:
                if row.kind is RowKind.DATA:
                    found += self._of_row(table, row)
        return tuple(found)

    def _of_row(self, table: Table, row: Row) -> list[MeasureRecord]:
        """A result that is a bare number ("31,5%") measures what the task beside it does."""
        cells = [
            (column.role, cell.span) for column, cell in zip(table.columns, row.cells, strict=True) if cell.span is not None and not cell.inherited
        ]
        tasks = next((self._items(span) for role, span in cells if role is ColumnRole.TASK), ())
        group = self._reading.heading_before(row.span.start)
        times = self._row_times(table, row)
        found: list[MeasureRecord] = []
        for role, span in cells:
            if role is ColumnRole.TASK:
                found += [record for item in tasks for record in self.read(item.span, Setting.TASKS, group, listed=False)]
            elif role in (ColumnRole.OUTPUT, ColumnRole.TARGET):
                results = self._items(span)
                subjects = {
                    place: self._reading.text(task.span)
                    for task, share in zip(tasks, align_items(tasks, results), strict=True)
                    for place in share.items
                }
                for place, item in enumerate(results):
                    found += self.read(item.span, Setting.CELL_RESULT, group, listed=role is ColumnRole.TARGET, subject=subjects.get(place, ""))
        return [replace(record, times=merge_times(times, record.times)) if record.measure.kind is MeasureKind.TARGET else record for record in found]

    def _row_times(self, table: Table, row: Row) -> tuple[When, ...]:
        """The timeframes of a row's time cells, which govern what the row is to reach."""
        found: list[When] = []
        for column, cell in zip(table.columns, row.cells, strict=True):
            if column.role is ColumnRole.TIME and cell.span is not None:
                found += (When(time, inherited=True) for time in self._reading.times(cell.span, cell=True))
        return tuple(found)

    def _items(self, span: Span) -> tuple[CellItem, ...]:
        return split_items(self._reading.clean.text, self._reading.view, span)

    def read(self, span: Span, setting: Setting, index: int | None, *, listed: bool, subject: str = "") -> list[MeasureRecord]:
        """The figures of one piece under node ``index``."""
        times = self._reading.reported_times(span) if setting is Setting.REPORT else self._reading.times(span)
        times = self._zones.times_within(span, times)
        skip = sorted([*(time.span for time in times), *self._reading.cited_in(span)])
        quantities = find_quantities(self._reading.view, span, self._rules.quantities, skip)
        given = MeasureInput(quantities, times, setting, self._rules.quantities.words, self._issued_on(), listed, subject, self._reading.clean.text)
        return [self._record(measure, index) for measure in find_measures(self._reading.view, span, self._rules.targets, given)]

    def _of_node(self, node: Node, zone: GoalZone) -> list[MeasureRecord]:
        if node.kind is NodeKind.LABEL and node.label is not ColumnRole.TASK and node.label is not ColumnRole.OUTPUT:
            return []
        return self.read(node.value, zone.setting, node.parent, listed=zone.listed)

    def _record(self, measure: Measure, index: int | None) -> MeasureRecord:
        times = tuple(When(time) for time in measure.timeframes)
        if measure.kind is MeasureKind.TARGET:
            times = self._zones.governing(index, times)
        return MeasureRecord(measure, self._reading.heading_of(index), times)

    def _issued_on(self) -> date | None:
        return self._reading.context.issued_on
