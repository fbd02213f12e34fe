"""Blocks and tables to the outline: every block in its place under headings and lead-ins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import regex

from kehoach.extract.fieldlabels import LabelReader, read_label
from kehoach.extract.headings import FIRST_NUMBERS, HANDS_OVER, SHORT_WORDS, HeadingReader, Surroundings
from kehoach.extract.markers import rank_of
from kehoach.extract.openparts import OpenParts
from kehoach.extract.spans import trim
from kehoach.extract.topics import TopicReader
from kehoach.extract.zones import NEWS, Zone, ZoneReader
from kehoach.rules.loader import RuleSet, load_rules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Block, CleanText, ColumnRole, Marker, Node, NodeKind, RowKind, Table, Topic

_ENCLOSED = regex.compile(r"\(\s*(?:ban\s+hành\s+)?(?:kèm|đính)\s+", regex.IGNORECASE)
_ASIDE = regex.compile(
    r"\s*\((?:chi\s+tiết|có|xem)\s[^()]{0,60}(?:phụ\s+lục|danh\s+mục|biểu|bảng)[^()]{0,80}\)\s*$", regex.IGNORECASE
)  # "(chi tiết tại Phụ lục)"
_BY_WHEN = regex.compile(
    r"(?i)(?:(?:phải\s+)?hoàn\s+thành|xong|thời\s+(?:gian|hạn)(?:\s+\p{L}+){0,3}\s*:)\s*(?:trong|trước|vào|đến|từ|chậm\s+nhất|năm|quý|tháng|ngày)\s"
)
_WHEN_CHARS = 80


@dataclass(frozen=True, slots=True)
class OutlineInput:
    """What the outline needs beside the blocks: document-level facts and the grammars' answers.

    ``names_agency(span)`` says that a title is only agencies; ``is_sentence(span)`` that it tells an agency what to do;
    ``label_role(view, span)`` reads a field label ("Cơ quan chủ trì") as a table column would; ``begins_action(span)`` says that a
    text begins with a verb of doing.
    """

    genre: str
    title: str | None
    doc_type: str | None
    names_agency: Callable[[Span], bool]
    is_sentence: Callable[[Span], bool]
    label_role: LabelReader
    begins_action: Callable[[Span], bool]


def load_section_rules(overlay: Path | None = None) -> RuleSet:
    """The wordings of titles and formal lines."""
    return load_rules("sections", overlay)


def read_outline(clean: CleanText, blocks: Sequence[Block], tables: Sequence[Table], rules: RuleSet, given: OutlineInput) -> tuple[Node, ...]:
    """The nodes of the document in text order; headings of table groups are among them.

    Every block is one node, except the lines of one title, which are one heading. A ``parent`` is a heading, a lead-in or, for
    a LABEL or a narrower item, also the item it belongs to.
    """
    return _Builder(clean, tuple(blocks), tuple(tables), rules, given).build()


class _Builder:
    def __init__(self, clean: CleanText, blocks: tuple[Block, ...], tables: tuple[Table, ...], rules: RuleSet, given: OutlineInput) -> None:
        self.view, self.blocks, self.tables, self.rules, self.given = clean.view, blocks, tables, rules, given
        self.zones = ZoneReader(clean, rules, given.genre, given.title).zones(blocks, [table.span for table in tables])
        self.labels = [read_label(self.view, block, given.label_role, given.begins_action) for block in blocks]
        self.reader = HeadingReader(
            clean.view, lambda block: given.names_agency(block.body), lambda block: given.is_sentence(block.body), given.genre in NEWS
        )
        # A report tells what was done until a title turns to what is to be done.
        default = Topic.SITUATION if given.doc_type == "Báo cáo" else Topic.TASKS
        self.topics = TopicReader(clean.view, rules, news=given.genre in NEWS, default=default)
        self.nodes: list[Node] = []
        self.parts = OpenParts(self.nodes, news=given.genre in NEWS)
        self.next_table = 0

    def build(self) -> tuple[Node, ...]:
        i = 0
        while i < len(self.blocks):
            self._tables_before(self.blocks[i].span.start)
            i += self._place(i)
        self._tables_before(len(self.view) + 1)
        return tuple(self.nodes)

    # --- one block -------------------------------------------------------------------------

    def _place(self, i: int) -> int:
        """Adds block ``i``; returns how many blocks were used."""
        block, zone = self.blocks[i], self.zones[i]
        if zone is Zone.ATTACHED:
            return self._attached(i)
        if zone is not Zone.BODY:
            kind = {Zone.HEAD: NodeKind.PREAMBLE, Zone.END: NodeKind.SIGNATURE, Zone.CAPTION: NodeKind.CAPTION}[zone]
            self.nodes.append(Node(kind, block.span, block.body, self.parts.heading(), marker=block.marker))
            return 1
        if (label := self.labels[i]) is not None and not self._names_part(block, *label):
            return self._labelled(block, *label)
        kind = self.reader.kind(block, replace(self._below(i), beside=self.parts.beside_heading(block)), self.parts.enclosing_styles(block))
        if kind is NodeKind.PARAGRAPH and self.topics.quotes(block.body):
            kind = NodeKind.LEAD_IN
        if kind is NodeKind.HEADING and block.marker is Marker.ARTICLE and self._is_content(block):
            self._heading(block, Span(block.body.start, block.body.start))
            self.nodes.append(Node(NodeKind.PARAGRAPH, block.body, block.body, self._parent(), self._topic(), marker=block.marker))
            return 1
        if kind is NodeKind.LEAD_IN and block.number and (name := self._run_in_name(block)) is not None:
            self._heading(block, name)
            return 1
        if kind is NodeKind.HEADING:
            if self.given.genre in NEWS and self.view[block.body.start : block.body.end].rstrip().endswith("?"):
                self.parts.keep(0)
            self._heading(block, block.body, self._governed(block, self._below(i).following))
            return 1
        self._content(i, block, kind)
        return 1

    def _content(self, i: int, block: Block, kind: NodeKind) -> None:
        if kind is not NodeKind.PARAGRAPH or not self._goes_with_list(i, block):
            quotes = kind is NodeKind.LEAD_IN and block.marker is Marker.NONE and self.topics.quotes(block.body)
            self.parts.close_for(block, kind, quotes=quotes)
        innermost = self.parts.innermost()
        parent = innermost.node if innermost and block.marker is not Marker.NONE else self._parent()
        topic = self.topics.of_lead_in(block.body, self._topic()) if kind is NodeKind.LEAD_IN else self._topic()
        self.nodes.append(Node(kind, block.span, block.body, parent, topic, block.number, marker=block.marker))
        if kind is NodeKind.LEAD_IN:
            following = self._below(i).following
            self.parts.open(block.style, kind, following.style if following else None)
        elif block.marker is not Marker.NONE:
            self.parts.open(block.style, kind)

    def _labelled(self, block: Block, role: ColumnRole, value: Span) -> int:
        if block.marker is not Marker.NONE:
            self.parts.close_for(block, NodeKind.ITEM)
        innermost = self.parts.innermost()
        parent = innermost.node if innermost else (len(self.nodes) - 1 if self.nodes and self.nodes[-1].kind is NodeKind.PARAGRAPH else None)
        if block.marker is Marker.NONE and self.nodes and self.nodes[-1].kind is NodeKind.PARAGRAPH:
            parent = len(self.nodes) - 1
        if value.start >= value.end:  # "Cơ quan phối hợp:" over a list
            self.nodes.append(Node(NodeKind.LEAD_IN, block.span, block.body, parent, self._topic(), label=role, marker=block.marker))
            self.parts.open(block.style, NodeKind.LEAD_IN)
            return 1
        self.nodes.append(Node(NodeKind.LABEL, block.span, value, parent, self._topic(), label=role, marker=block.marker))
        return 1

    def _heading(self, block: Block, title: Span, governs: str | None = None) -> None:
        self.parts.close_for(block, NodeKind.HEADING)
        asks = block.marker is Marker.DASH and self.view[block.body.start : block.body.end].rstrip().endswith("?")
        style = "" if asks else block.style  # the answer begins with a dash too, and stands under its question
        self._add_heading(block.span, block.number, title, style, block.marker, governs=governs)

    def _governed(self, block: Block, following: Block | None) -> str | None:
        """The style of the list that a numbered heading opens although it is usually the wider one ("A." over "I.")."""
        if following is None or following.number not in FIRST_NUMBERS or block.marker is Marker.NONE:
            return None
        return following.style if rank_of(following.style) <= rank_of(block.style) else None

    def _add_heading(
        self, span: Span, number: str | None, title: Span, style: str, marker: Marker, *, governs: str | None = None, in_table: bool = False
    ) -> None:
        above = self.parts.heading()
        level = self.nodes[above].level + 1 if above is not None else 1
        aside = _ASIDE.search(self.view, title.start, title.end)
        shown = trim(self.view, Span(title.start, aside.start()) if aside else title)
        outer = self.nodes[above].topic if above is not None else None
        topic = self.topics.of_heading(shown, outer, self._topic())
        self.nodes.append(
            Node(
                NodeKind.HEADING,
                span,
                title,
                self._parent(),
                topic,
                number,
                shown if shown.start < shown.end else None,
                level,
                marker=marker,
                in_table=in_table,
            )
        )
        self.parts.open(style, NodeKind.HEADING, governs)

    def _attached(self, i: int) -> int:
        """The title of an attached part: its number line and the title lines below it are one heading at the top."""
        used = 1
        while i + used < len(self.blocks) and self.zones[i + used] is Zone.ATTACHED and self.blocks[i + used].marker is not Marker.APPENDIX:
            used += 1
        first, last = self.blocks[i], self.blocks[i + used - 1]
        start = first.span.start
        if first.marker is Marker.APPENDIX:
            start = next((at for at in range(first.body.start, first.body.end) if self.view[at] not in " .:-–—/\t\n"), first.body.end)
        cut = _ENCLOSED.search(self.view, start, last.span.end)
        span = trim(self.view, Span(first.span.start, cut.start() if cut and cut.start() > first.span.start else last.span.end))
        self.parts.keep(0)
        self._add_heading(span, first.number, Span(min(start, span.end), span.end), "attached", first.marker)
        if cut:
            self.nodes.append(Node(NodeKind.PREAMBLE, Span(cut.start(), last.span.end), Span(cut.start(), last.span.end), self.parts.heading()))
        return used

    # --- tables ----------------------------------------------------------------------------

    def _tables_before(self, position: int) -> None:
        """Adds the group headings of every table that begins before ``position``."""
        while self.next_table < len(self.tables) and self.tables[self.next_table].span.start < position:
            table = self.tables[self.next_table]
            self.next_table += 1
            self.parts.close_lists()
            depth = len(self.parts)
            levels: list[int] = []
            for row in table.rows:
                if row.kind is not RowKind.GROUP:
                    continue
                while levels and levels[-1] >= row.level:
                    levels.pop()
                    self.parts.keep(len(self.parts) - 1)
                title = row.title or Span(row.span.start, row.span.start)
                self._add_heading(row.span, row.number, title, f"row{row.level}", Marker.NONE, in_table=True)
                levels.append(row.level)
            self.parts.keep(depth)

    # --- what stands above a block ---------------------------------------------------------

    def _goes_with_list(self, i: int, block: Block) -> bool:
        """Whether an unmarked line closes no list: it stands right under its numbered lead-in, or says when the item above is done."""
        above = self.parts.holder()
        if above is None or above.kind is not NodeKind.LEAD_IN or block.marker is not Marker.NONE:
            return False
        if above.node == len(self.nodes) - 1:
            return self.nodes[above.node].number is not None
        following = self._below(i).following
        only_when = block.body.length < _WHEN_CHARS and _BY_WHEN.match(self.view, block.body.start, block.body.end) is not None
        return only_when and following is not None and following.style == above.governs

    def _parent(self) -> int | None:
        holder = self.parts.holder()
        return holder.node if holder else None

    def _topic(self) -> Topic:
        above = self._parent()
        return self.nodes[above].topic if above is not None else self.topics.default

    # --- what a block says -----------------------------------------------------------------

    def _is_content(self, block: Block) -> bool:
        text = self.view[block.body.start : block.body.end].strip()
        names_part = len(text.split()) <= SHORT_WORDS and not self.given.is_sentence(block.body) and not HANDS_OVER.search(text)
        return len(text.split()) > 12 or text.endswith((".", ";", "./")) or (text.endswith(":") and not names_part)

    def _run_in_name(self, block: Block) -> Span | None:
        """The agency of "2. Sở X: chịu trách nhiệm các nội dung sau:", which names the part that its list makes."""
        colon = self.view.find(":", block.body.start, block.body.end)
        name = trim(self.view, Span(block.body.start, max(colon, block.body.start)))
        return name if name.start < name.end and colon < block.body.end - 1 and self.given.names_agency(name) else None

    def _names_part(self, block: Block, role: ColumnRole, value: Span) -> bool:
        """Whether "c) Nhiệm vụ:" stands beside "a) Mục tiêu:" and "b) Yêu cầu:", which are headings: it names a part as they do."""
        return role is ColumnRole.TASK and value.start >= value.end and block.number is not None and self.parts.beside_heading(block)

    def _below(self, i: int) -> Surroundings:
        labels: list[ColumnRole] = []
        listed = False
        end = self.blocks[i].span.end
        for j in range(i + 1, len(self.blocks)):
            if self._table_between(end, self.blocks[j].span.start):
                return Surroundings(tuple(labels), None, True)
            end = self.blocks[j].span.end
            if self.zones[j] is Zone.CAPTION:
                continue
            if self.zones[j] is not Zone.BODY:
                return Surroundings(tuple(labels), None, False)
            label = self.labels[j]
            if label is None and labels and listed and self.blocks[j].marker in (Marker.DASH, Marker.PLUS):
                continue
            if label is None:
                return Surroundings(tuple(labels), self.blocks[j], False)
            labels.append(label[0])
            listed = label[1].start >= label[1].end  # "Cơ quan phối hợp:" over a list of agencies
        return Surroundings(tuple(labels), None, self._table_between(end, len(self.view) + 1))

    def _table_between(self, start: int, end: int) -> bool:
        first = bisect_left(self.tables, start, key=lambda table: table.span.start)
        return first < len(self.tables) and self.tables[first].span.start < end


__all__ = ["OutlineInput", "load_section_rules", "read_outline"]
