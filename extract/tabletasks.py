"""Table rows to tasks: the items of the task cell, each with its row's roles, timeframes and outputs (annotation guide, section 9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import regex

from kehoach.extract.reading import Reading
from kehoach.extract.scopes import Scopes, merge_times
from kehoach.extract.spans import trim
from kehoach.extract.tablecells import CellItem, align_items, split_items
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Actor, Cell, ColumnRole, Row, RowKind, Table, TaskRecord, TimeMention, When

_HELPS = regex.compile(r"(?<!\w)(?:chủ\s+trì\s*,?\s*)?phối\s+hợp(?:\s+(?:chặt\s+chẽ\s+)?(?:với|cùng))?(?!\w)\s*:?", regex.IGNORECASE)
# A result item counts as a timeframe when the time takes at least this share of its letters ("Hoàn thành trước 30/5/2020").
TIME_SHARE = 0.45
ROW_CONFIDENCE = 0.95
_ROLES = {ColumnRole.LEAD: "lead", ColumnRole.COORDINATING: "coordinating", ColumnRole.IMPLEMENTING: "implementing"}


@dataclass(slots=True)
class _Shares:
    """What one task of a row gets from the other cells."""

    lead: list[Actor] = field(default_factory=list)
    coordinating: list[Actor] = field(default_factory=list)
    implementing: list[Actor] = field(default_factory=list)
    times: list[When] = field(default_factory=list)
    outputs: list[Span] = field(default_factory=list)


def find_table_tasks(reading: Reading, scopes: Scopes) -> tuple[TaskRecord, ...]:
    """The tasks of every table that has a task column, row by row."""
    found: list[TaskRecord] = []
    for number, table in enumerate(reading.tables):
        roles = {column.role for column in table.columns}
        if ColumnRole.TASK not in roles or not roles & {
            ColumnRole.LEAD,
            ColumnRole.COORDINATING,
            ColumnRole.IMPLEMENTING,
            ColumnRole.TIME,
            ColumnRole.OUTPUT,
        }:
            continue
        for place, row in enumerate(table.rows):
            if row.kind is RowKind.DATA:
                found += _RowTasks(reading, scopes, table).read(row, (number, place))
    return tuple(found)


class _RowTasks:
    """The tasks of the rows of one table."""

    def __init__(self, reading: Reading, scopes: Scopes, table: Table) -> None:
        self.reading, self.scopes, self.table = reading, scopes, table
        roles = {column.role for column in table.columns}
        self.has_lead = ColumnRole.LEAD in roles
        self.has_helpers = ColumnRole.COORDINATING in roles

    def read(self, row: Row, place: tuple[int, int]) -> list[TaskRecord]:
        cells = dict[ColumnRole, list[Cell]]()
        for column, cell in zip(self.table.columns, row.cells, strict=True):
            if cell.span is not None:
                cells.setdefault(column.role, []).append(cell)
        task = next((cell for cell in cells.get(ColumnRole.TASK, ()) if not cell.inherited), None)
        if task is None or task.span is None:
            return []
        items = self._items(task.span)
        shares = [_Shares() for _ in items]
        for role in _ROLES:
            for cell in cells.get(role, ()):
                self._share_names(items, shares, cell, role)
        for cell in cells.get(ColumnRole.TIME, ()):
            self._share_times(items, shares, cell)
        for cell in cells.get(ColumnRole.OUTPUT, ()):
            self._share_outputs(items, shares, cell)
        heading = self.reading.heading_before(row.span.start)
        confidence = round(ROW_CONFIDENCE * row.confidence, 3)
        return [replace(self._record(item, share, heading), row=place, confidence=confidence) for item, share in zip(items, shares, strict=True)]

    def _items(self, span: Span, *, names: bool = False) -> tuple[CellItem, ...]:
        return split_items(self.reading.clean.text, self.reading.view, span, names=names)

    def _record(self, item: CellItem, share: _Shares, heading: int | None) -> TaskRecord:
        scope = self.scopes.at(heading)
        said = self.reading.roles(item.span)
        lead = tuple(share.lead)
        implementing = tuple(share.implementing)
        if not self.has_lead and not scope.lead and implementing:  # one column alone names the doer: that is the lead
            lead, implementing = implementing, ()
        if not lead:
            lead = tuple(Actor(mention) for mention in said.lead) if said.rule and not scope.lead else scope.lead
        # A column of helpers says all of them; "phối hợp với ..." in the task beside it is how the work is done.
        stated = () if self.has_helpers else tuple(Actor(mention) for mention in said.coordinating)
        coordinating = (*share.coordinating, *stated) or scope.coordinating
        times = merge_times(scope.times, tuple(share.times), tuple(When(time) for time in self.reading.times(item.span)))
        return TaskRecord(item.span, heading, lead, _once(coordinating), implementing, times, tuple(share.outputs), rule="tables.row")

    # --- the other cells ---------------------------------------------------------------------

    def _share_names(self, items: Sequence[CellItem], shares: Sequence[_Shares], cell: Cell, role: ColumnRole) -> None:
        if cell.span is None:
            return
        others = self._items(cell.span, names=True)
        if not any(item.marked for item in others):  # one list, however many lines its names take
            others = (CellItem(trim(self.reading.view, cell.span), False),)
        helpers = self._first_helper(others, role)
        for share, part in zip(shares, align_items(items, others), strict=True):
            inherited = cell.inherited or part.inherited
            for place in part.items:
                for kind, names in self._doers(others[place].span, role if place < helpers else ColumnRole.COORDINATING):
                    target: list[Actor] = getattr(share, kind)
                    target += [Actor(mention, inherited) for mention in self.reading.agency_list(names)]

    def _first_helper(self, others: Sequence[CellItem], role: ColumnRole) -> int:
        """The place of the first item that helps: the one after an item that ends in "phối hợp" (a list broken over bullets)."""
        if role is ColumnRole.COORDINATING:
            return len(others)
        for place, item in enumerate(others[:-1]):
            if regex.search(r"(?i)phối\s+hợp(?:\s+(?:với|cùng))?\s*[:;,.]?$", self.reading.view[item.span.start : item.span.end].rstrip()):
                return place + 1
        return len(others)

    def _doers(self, span: Span, role: ColumnRole) -> Iterator[tuple[str, Span]]:
        """The parts of a doer cell: what stands after "phối hợp với" helps; a bare "phối hợp" at the end adds nothing."""
        match = _HELPS.search(self.reading.view, span.start, span.end) if role is not ColumnRole.COORDINATING else None
        if match is None:
            yield _ROLES[role], span
            return
        before, after = (
            trim(self.reading.view, Span(span.start, match.start()), " ,;.:-(\n\xa0"),
            trim(self.reading.view, Span(match.end(), span.end), " ,;.:-)\n\xa0"),
        )
        if before.start < before.end:
            yield _ROLES[role], before
        if after.start < after.end:
            yield "coordinating", after

    def _share_times(self, items: Sequence[CellItem], shares: Sequence[_Shares], cell: Cell) -> None:
        if cell.span is None:
            return
        others = self._items(cell.span)
        per_item = len(others) == len(items) and len(items) > 1
        whole = self.reading.times(cell.span, cell=True)
        for share, part in zip(shares, align_items(items, others), strict=True):
            found = [time for place in part.items for time in self.reading.times(others[place].span, cell=True)] if per_item else list(whole)
            share.times += [When(time, cell.inherited or part.inherited) for time in found]

    def _share_outputs(self, items: Sequence[CellItem], shares: Sequence[_Shares], cell: Cell) -> None:
        """A result item that is a timeframe gives that timeframe; any other is an expected output. Its numbers are read as targets elsewhere."""
        if cell.span is None:
            return
        others = self._items(cell.span)
        for share, part in zip(shares, align_items(items, others), strict=True):
            for place in part.items:
                span = others[place].span
                times = self.reading.times(span, cell=True)
                if self._is_time(span, times):
                    share.times += [When(time, cell.inherited or part.inherited) for time in times]
                    continue
                share.times += [When(time, cell.inherited or part.inherited) for time in self.reading.times(span)]
                if not part.inherited:
                    share.outputs.append(span)

    def _is_time(self, span: Span, times: Sequence[TimeMention]) -> bool:
        """Whether a result item is a timeframe; one with a share to reach ("100% các xã thực hiện đúng quy định") is a target."""
        text = self.reading.text(span)
        letters = sum(len(self.reading.text(time.span)) for time in times)
        return bool(times) and letters >= TIME_SHARE * len(text) and "%" not in text


def _once(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    kept: dict[str, Actor] = {}
    for actor in actors:
        kept.setdefault(" ".join(actor.mention.name.lower().split()), actor)
    return tuple(kept.values())
