"""Table rows to tasks: the items of the task cell, each with its row's roles, timeframes and outputs (annotation guide, section 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kehoach.extract.reading import Reading
from kehoach.extract.scopes import Scopes, merge_times
from kehoach.extract.spans import trim
from kehoach.extract.tablecells import CellItem, align_items
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Actor, AgencyMention, ColumnRole, Row, RowKind, Table, TaskRecord, TimeMention, When

_HELPS = re.compile(r"(?<!\w)(?:chủ\s+trì\s*,?\s*)?phối\s+hợp(?:\s+(?:chặt\s+chẽ\s+)?(?:với|cùng))?(?!\w)\s*:?", re.IGNORECASE)
_HELPERS_FOLLOW = re.compile(r"phối\s+hợp(?:\s+(?:với|cùng))?\s*[:;,.]?$", re.IGNORECASE)
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


class _Doers(NamedTuple):
    """The items of a doer cell, and of each of them its agencies by the name of the role they have."""

    items: tuple[CellItem, ...]
    named: list[list[tuple[str, tuple[AgencyMention, ...]]]]


def find_table_tasks(reading: Reading, scopes: Scopes) -> tuple[TaskRecord, ...]:
    """The tasks of every table that has a task column, row by row."""
    found: list[TaskRecord] = []
    for number, table in enumerate(reading.tables):
        roles = {column.role for column in table.columns}
        if ColumnRole.TASK not in roles or not roles & {*_ROLES, ColumnRole.TIME, ColumnRole.OUTPUT}:
            continue
        rows = _RowTasks(reading, scopes, table)
        for place, row in enumerate(table.rows):
            if row.kind is RowKind.DATA:
                found += rows.read(row, (number, place))
    return tuple(found)


class _RowTasks:
    """The tasks of the rows of one table."""

    def __init__(self, reading: Reading, scopes: Scopes, table: Table) -> None:
        self.reading, self.scopes = reading, scopes
        self.columns: dict[ColumnRole, list[int]] = {}
        for place, column in enumerate(table.columns):
            self.columns.setdefault(column.role, []).append(place)
        self.doers_known: dict[tuple[Span, ColumnRole], _Doers] = {}  # a merged cell answers in each of its rows

    def read(self, row: Row, place: tuple[int, int]) -> list[TaskRecord]:
        task = next((span for span, inherited in self._cells(row, ColumnRole.TASK) if not inherited), None)
        if task is None:
            return []
        items = self.reading.items(task)
        shares = [_Shares() for _ in items]
        for role in _ROLES:
            for span, inherited in self._cells(row, role):
                self._share_names(items, shares, self._doers(span, role), inherited)
        for span, inherited in self._cells(row, ColumnRole.TIME):
            self._share_times(items, shares, span, inherited)
        for span, inherited in self._cells(row, ColumnRole.OUTPUT):
            self._share_outputs(items, shares, span, inherited)
        heading = self.reading.heading_before(row.span.start)
        confidence = round(ROW_CONFIDENCE * row.confidence, 3)
        return [self._record(item.span, share, heading, place, confidence) for item, share in zip(items, shares, strict=True)]

    def _cells(self, row: Row, role: ColumnRole) -> list[tuple[Span, bool]]:
        """The cells with this role that hold something, each with whether it is merged with the row above."""
        cells = [row.cells[place] for place in self.columns.get(role, ())]
        return [(cell.span, cell.inherited) for cell in cells if cell.span is not None]

    def _record(self, span: Span, share: _Shares, heading: int | None, row: tuple[int, int], confidence: float) -> TaskRecord:
        scope = self.scopes.at(heading)
        lead, implementing = tuple(share.lead), tuple(share.implementing)
        if ColumnRole.LEAD not in self.columns and not scope.lead:  # one column alone names the doer: that is the lead
            lead, implementing = implementing or lead, ()
        lead = lead or scope.lead or self._said_to_lead(span)
        # A column of helpers says all of them; "phối hợp với ..." in the task beside it is how the work is done.
        stated = () if ColumnRole.COORDINATING in self.columns else tuple(Actor(mention) for mention in self.reading.roles(span).coordinating)
        coordinating = _once((*share.coordinating, *stated) or scope.coordinating)
        times = merge_times(scope.times, tuple(share.times), tuple(When(time) for time in self.reading.times(span)))
        outputs = tuple(share.outputs)
        return TaskRecord(span, heading, lead, coordinating, implementing, times, outputs, row=row, rule="tables.row", confidence=confidence)

    def _said_to_lead(self, span: Span) -> tuple[Actor, ...]:
        """Who leads by the words of the task itself."""
        said = self.reading.roles(span)
        return tuple(Actor(mention) for mention in said.lead) if said.rule else ()

    # --- the other cells ---------------------------------------------------------------------

    def _share_names(self, items: Sequence[CellItem], shares: Sequence[_Shares], doers: _Doers, inherited: bool) -> None:
        for share, part in zip(shares, align_items(items, doers.items), strict=True):
            for place in part.items:
                for kind, mentions in doers.named[place]:
                    target: list[Actor] = getattr(share, kind)
                    target += [Actor(mention, inherited or part.inherited) for mention in mentions]

    def _doers(self, span: Span, role: ColumnRole) -> _Doers:
        """What a doer cell says, item by item."""
        if (known := self.doers_known.get((span, role))) is not None:
            return known
        items = self.reading.items(span, names=True)
        if not any(item.marked for item in items):  # one list, however many lines its names take
            items = (CellItem(trim(self.reading.view, span), False),)
        helpers = self._first_helper(items, role)
        named = [
            [(kind, self.reading.agency_list(names)) for kind, names in self._parts(item.span, role if place < helpers else ColumnRole.COORDINATING)]
            for place, item in enumerate(items)
        ]
        return self.doers_known.setdefault((span, role), _Doers(items, named))

    def _first_helper(self, items: Sequence[CellItem], role: ColumnRole) -> int:
        """The place of the first item that helps: the one after an item that ends in "phối hợp" (a list broken over bullets)."""
        if role is not ColumnRole.COORDINATING:
            for place, item in enumerate(items[:-1]):
                if _HELPERS_FOLLOW.search(self.reading.view[item.span.start : item.span.end].rstrip()):
                    return place + 1
        return len(items)

    def _parts(self, span: Span, role: ColumnRole) -> Iterator[tuple[str, Span]]:
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

    def _share_times(self, items: Sequence[CellItem], shares: Sequence[_Shares], span: Span, inherited: bool) -> None:
        others = self.reading.items(span)
        per_item = len(others) == len(items) and len(items) > 1
        for share, part in zip(shares, align_items(items, others), strict=True):
            spans = [others[place].span for place in part.items] if per_item else [span]
            share.times += [When(time, inherited or part.inherited) for one in spans for time in self.reading.times(one, cell=True)]

    def _share_outputs(self, items: Sequence[CellItem], shares: Sequence[_Shares], span: Span, inherited: bool) -> None:
        """A result item that is a timeframe gives that timeframe; any other is an expected output. Its numbers are read as targets elsewhere."""
        others = self.reading.items(span)
        for share, part in zip(shares, align_items(items, others), strict=True):
            for place in part.items:
                result = others[place].span
                times = self.reading.times(result, cell=True)
                is_time = self._is_time(result, times)
                share.times += [When(time, inherited or part.inherited) for time in (times if is_time else self.reading.times(result))]
                if not is_time and not part.inherited:
                    share.outputs.append(result)

    def _is_time(self, span: Span, times: Sequence[TimeMention]) -> bool:
        """Whether a result item is a timeframe; one with a share to reach ("100% các xã thực hiện đúng quy định") is a target."""
        text = self.reading.text(span)
        letters = sum(len(self.reading.text(time.span)) for time in times)
        return bool(times) and letters >= TIME_SHARE * len(text) and "%" not in text


def _once(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    if len(actors) < 2:
        return tuple(actors)
    kept: dict[str, Actor] = {}
    for actor in actors:
        kept.setdefault(" ".join(actor.mention.name.lower().split()), actor)
    return tuple(kept.values())
