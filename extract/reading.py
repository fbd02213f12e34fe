"""One document as the record stages see it: outline, tables and the finders bound to its view."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kehoach.extract.agencies import find_agencies, is_agency_heading, read_agency_list, read_group_title
from kehoach.extract.roles import read_roles
from kehoach.extract.segmenter import Segmenter
from kehoach.extract.tablecells import CellItem, split_items
from kehoach.extract.timeframes import find_timeframes
from kehoach.rules.agencies import AgencyRules
from kehoach.rules.loader import RuleSet
from kehoach.rules.roles import RoleRules
from kehoach.rules.timeframes import TimeRules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import AgencyMention, CleanText, ColumnRole, Node, NodeKind, RoleReading, Table, TimeContext, TimeMention


@dataclass(frozen=True, slots=True)
class FinderRules:
    """The rules of every finder that records ask."""

    agencies: AgencyRules
    roles: RoleRules
    times: TimeRules
    clauses: RuleSet


@dataclass(frozen=True)
class Reading:
    """The view of one document with its finders; every method takes and gives positions in the canonical text."""

    clean: CleanText
    nodes: tuple[Node, ...]
    tables: tuple[Table, ...]
    genre: str
    context: TimeContext
    cited: tuple[Span, ...]
    rules: FinderRules
    segmenter: Segmenter
    _times: dict[tuple[Span, bool], tuple[TimeMention, ...]] = field(default_factory=dict, repr=False)
    _wordings: dict[str, tuple[TimeMention, ...]] = field(default_factory=dict, repr=False)
    _roles: dict[Span, RoleReading] = field(default_factory=dict, repr=False)
    _lists: dict[str, tuple[AgencyMention, ...]] = field(default_factory=dict, repr=False)
    _items: dict[tuple[Span, bool], tuple[CellItem, ...]] = field(default_factory=dict, repr=False)

    @property
    def view(self) -> str:
        """The folded text."""
        return self.clean.view

    def text(self, span: Span) -> str:
        """``span`` in the view, on one line."""
        return " ".join(self.view[span.start : span.end].split())

    def times(self, span: Span, *, cell: bool = False) -> tuple[TimeMention, ...]:
        """The timeframes that bind what ``span`` says; ``cell`` when it is a time cell or the value of a time label."""
        key = (span, cell)
        if key not in self._times:
            cited = self.cited_in(span)
            self._times[key] = (
                self._cell_times(span)
                if cell and not cited
                else find_timeframes(self.view, span, self.rules.times, self.context, cell=cell, skip=cited)
            )
        return self._times[key]

    def _cell_times(self, span: Span) -> tuple[TimeMention, ...]:
        """The timeframes of a cell; it stands for itself, so that a wording is read once however many rows repeat it."""
        words = self.view[span.start : span.end]
        if words not in self._wordings:
            self._wordings[words] = find_timeframes(words, Span(0, len(words)), self.rules.times, self.context, cell=True)
        return tuple(replace(time, span=_moved(time.span, span.start)) for time in self._wordings[words])

    def reported_times(self, span: Span) -> tuple[TimeMention, ...]:
        """As ``times``, with the past dates that a report states beside those that bind."""
        binding = self.times(span)
        past = find_timeframes(self.view, span, self.rules.times, TimeContext(), skip=self.cited_in(span))
        return tuple(
            sorted((*binding, *(time for time in past if not any(time.span.meets(other.span) for other in binding))), key=lambda time: time.span)
        )

    def roles(self, span: Span) -> RoleReading:
        """Who does what in the clause ``span``."""
        if span not in self._roles:
            self._roles[span] = read_roles(self.view, span, self.rules.roles, self.rules.agencies)
        return self._roles[span]

    def agencies(self, span: Span) -> tuple[AgencyMention, ...]:
        """The agencies named in prose."""
        return find_agencies(self.view, span, self.rules.agencies)

    def agency_list(self, span: Span) -> tuple[AgencyMention, ...]:
        """The agencies of a text that is wholly a list of them."""
        words = self.view[span.start : span.end]
        if words not in self._lists:  # the cells of a table repeat each other
            self._lists[words] = read_agency_list(words, Span(0, len(words)), self.rules.agencies)
        return tuple(replace(mention, span=_moved(mention.span, span.start)) for mention in self._lists[words])

    def group_title(self, span: Span) -> tuple[AgencyMention, ...]:
        """The agencies of a title that names a group by what it does; () for other titles."""
        return read_group_title(self.view, span, self.rules.agencies)

    def items(self, span: Span, *, names: bool = False) -> tuple[CellItem, ...]:
        """The items of a table cell; ``names`` when it holds agencies."""
        key = (span, names)
        if key not in self._items:  # tasks and targets both ask, and a merged cell is asked once for each of its rows
            self._items[key] = split_items(self.clean.text, self.view, span, names=names)
        return self._items[key]

    def is_agencies(self, span: Span) -> bool:
        """Whether ``span`` is only an agency or a list of agencies."""
        return span.start < span.end and is_agency_heading(self.view, span, self.rules.agencies)

    def under_agencies(self, node: Node) -> bool:
        """Whether ``node`` stands right in the part of named agencies: what is said there, they do."""
        above = self.nodes[node.parent] if node.parent is not None else None
        return above is not None and above.title is not None and self.is_agencies(above.title)

    @cached_property
    def _heading_indexes(self) -> list[int]:
        return [i for i, node in enumerate(self.nodes) if node.kind is NodeKind.HEADING]

    @cached_property
    def _heading_starts(self) -> list[int]:
        return [self.nodes[i].span.start for i in self._heading_indexes]

    @cached_property
    def label_nodes(self) -> dict[int, tuple[int, ...]]:
        """The indexes of the LABEL nodes of each node."""
        found: dict[int, list[int]] = {}
        for i, node in enumerate(self.nodes):
            if node.kind is NodeKind.LABEL and node.parent is not None:
                found.setdefault(node.parent, []).append(i)
                if node.label is ColumnRole.TIME:
                    for place in self._run_before(node.parent):
                        found.setdefault(place, []).append(i)
        return {key: tuple(value) for key, value in found.items()}

    def _run_before(self, index: int) -> Iterator[int]:
        """The unmarked paragraphs right before paragraph ``index`` under the same heading: a time stated below them holds for them all."""
        last = self.nodes[index]
        place = index - 1
        while place > 0 and all(node.kind is NodeKind.PARAGRAPH and node.parent == last.parent for node in (self.nodes[place], last)):
            yield place
            place -= 1

    @cached_property
    def statements_under(self) -> dict[int, tuple[int, ...]]:
        """The indexes of the paragraphs and items right under each heading."""
        found: dict[int, list[int]] = {}
        for i, node in enumerate(self.nodes):
            if node.kind in (NodeKind.PARAGRAPH, NodeKind.ITEM) and node.parent is not None:
                found.setdefault(node.parent, []).append(i)
        return {key: tuple(value) for key, value in found.items()}

    def acts(self, span: Span) -> bool:
        """Whether ``span`` tells what its agencies do ("Sở A tiến hành rà soát ...") rather than only naming them."""
        said = self.roles(span)
        lead = said.lead
        if said.coordinating and not self.view[max(m.span.end for m in (*lead, *said.coordinating)) : span.end].strip(" .;,\n"):
            return False  # "Sở A chủ trì, phối hợp với Sở B" only shares the roles out
        return bool(lead) and self.segmenter.begins_action(self.view, Span(lead[-1].span.end, span.end))

    def heading_of(self, index: int | None) -> int | None:
        """The nearest heading at or above node ``index``."""
        while index is not None and self.nodes[index].kind is not NodeKind.HEADING:
            index = self.nodes[index].parent
        return index

    def heading_before(self, position: int) -> int | None:
        """The last heading that begins before ``position``: the innermost part that a table row there stands in."""
        at = bisect_left(self._heading_starts, position) - 1
        return self._heading_indexes[at] if at >= 0 else None

    def cited_in(self, span: Span) -> Sequence[Span]:
        """The spans of cited instruments that touch ``span``."""
        first = bisect_left(self.cited, span.start, key=lambda cited: cited.end)
        last = first
        while last < len(self.cited) and self.cited[last].start < span.end:
            last += 1
        return self.cited[first:last]


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
