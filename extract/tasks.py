"""Outline to tasks (nhiệm vụ): which items and sentences assign an action, and who and when hold for each.

Annotation guide, section 5: a list item is one task; in a paragraph a sentence is one; an inline enumeration gives one for each number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from kehoach.extract.assigning import Assigning
from kehoach.extract.directing import is_answer, is_none, obliges, says
from kehoach.extract.reading import Reading
from kehoach.extract.scopes import Scope, Scopes, merge_times
from kehoach.extract.spans import trim
from kehoach.extract.taskparts import after_subject, enumerated, own_clauses
from kehoach.extract.taskrecords import Unit, task_record, timed
from kehoach.extract.telling import agreed, is_new_story, only_times, told
from kehoach.extract.zones import NEWS
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Actor, ColumnRole, Node, NodeKind, RoleReading, TaskRecord, Topic, When

_TOGETHER = regex.compile(r"(?:chủ\s+trì\s*+,?\s++(?:và\s++)?)?phối\s+hợp(?:\s+với)?[\s:]*+", regex.IGNORECASE)
_FOR = regex.compile(r"đối\s+với\s+([^:.;]{4,120}?)\s*:", regex.IGNORECASE)
_MARK_END = regex.compile(r"\(?\s*\w{1,4}\)\s*$")
_NAMES_TASKS = regex.compile(r"(?:nhiệm\s+vụ|giải\s+pháp)[^,;.]{0,40}:\s*$", regex.IGNORECASE)
_CONTINUED = regex.compile(r"\(\d")
_EARLY_SUBJECT = 4
_EARLY_NAME = 12  # "Giao Sở A ...", "Trên: Sở A": an item that names somebody further on is about something else first
_REPORTS_ONE = frozenset({"news_article", "news_digest"})  # an article on one instrument stays with its content; a meeting report does not
_TURNS = regex.compile(r"(?:trong\s+)?thời\s+gian\s+tới\s*,", regex.IGNORECASE)  # from what was done to what is to be done
_NUMBER_CHARS = 8  # "(12) " before an enumerated item


def find_tasks(reading: Reading, scopes: Scopes) -> tuple[TaskRecord, ...]:
    """The tasks of the prose and lists of one document, in order; those of tables are read by ``tabletasks``."""
    found: list[TaskRecord] = []
    before = _Before()
    last = -2  # the node of the task found last
    for index, node in enumerate(reading.nodes):
        if found and node.kind is NodeKind.PARAGRAPH and last == index - 1 and only_times(reading, node.value):
            found[-1] = timed(reading, found[-1], node.value)
        elif node.kind in (NodeKind.ITEM, NodeKind.PARAGRAPH, NodeKind.LEAD_IN, NodeKind.LABEL, NodeKind.PREAMBLE):
            reader = _NodeTasks(reading, scopes, index, before)
            records = reader.read()
            found += records
            last = index if records else last
            before = replace(reader.after, item=records[-1] if records and node.kind is NodeKind.ITEM else None)
        elif node.kind is NodeKind.HEADING:
            before = _Before()
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Before:
    """How the last sentence of the paragraph above stood: whether it directed, and whom. A news item goes on over paragraphs."""

    directed: bool = False
    lead: tuple[Actor, ...] = ()
    item: TaskRecord | None = None  # the task of a list item that a paragraph stands right under


class _NodeTasks:
    """The tasks of one node of the outline."""

    def __init__(self, reading: Reading, scopes: Scopes, index: int, before: _Before) -> None:
        self.reading, self.scopes, self.index = reading, scopes, index
        self.before = before if reading.genre in NEWS else _Before(item=before.item)
        self.after = _Before()
        self.turned = False  # a part on how things stand has turned to what is to be done ("Thời gian tới, ...")
        self.node: Node = reading.nodes[index]
        self.assigning = Assigning(reading, self.node)
        self.scope = scopes.at(self.node.parent)

    def read(self) -> list[TaskRecord]:
        node = self.node
        if node.topic is Topic.QUOTED or self._is_value_of_label():
            return []
        if node.kind is NodeKind.LABEL:
            return self._of_label()
        if node.kind is NodeKind.ITEM and is_answer(self.reading, node):
            return self._of_paragraph(node.value)
        if node.kind is NodeKind.ITEM:
            return self._of_item(node.value, self.scopes.fields(self.index))
        if node.kind is NodeKind.LEAD_IN:
            sentences = self.reading.segmenter.sentences(self.reading.view, node.value)
            return self._of_sentences(sentences[:-1])
        self.scope = _joined(self.scope, self.scopes.fields(self.index))
        return self._of_paragraph(node.value)

    def _is_value_of_label(self) -> bool:
        """An item under "Cơ quan phối hợp:" is an agency, not a task."""
        parent = self.node.parent
        above = self.reading.nodes[parent] if parent is not None else None
        return (
            above is not None
            and above.kind is NodeKind.LEAD_IN
            and above.label in (ColumnRole.LEAD, ColumnRole.COORDINATING, ColumnRole.IMPLEMENTING, ColumnRole.OUTPUT)
        )

    def _of_label(self) -> list[TaskRecord]:
        node, parent = self.node, self.node.parent
        if node.label is ColumnRole.TASK:
            fields = self.scopes.fields(parent) if parent is not None else Scope()
            return self._of_item(node.value, fields)
        if node.label in (ColumnRole.LEAD, ColumnRole.IMPLEMENTING) and self.reading.acts(node.value):
            fields = self.scopes.fields(parent) if parent is not None else Scope()
            scope = replace(self.scope, lead=fields.lead)
            unit = Unit(node.value, scope, self.index, "item", fixed=bool(fields.lead))
            return [self._record(unit, self.reading.roles(node.value), "tasks.label-sentence")]
        return []

    # --- items -----------------------------------------------------------------------------

    def _of_item(self, span: Span, fields: Scope) -> list[TaskRecord]:
        reading = self.reading
        numbered = list(enumerated(reading, span))
        if len(numbered) >= 2:
            return self._of_enumeration(span, numbered)
        fields = _joined(self._addressed(span), fields)
        scope = _joined(self.scope, fields)
        span = agreed(self.reading, after_subject(self.reading, span))
        topic = self.node.topic
        if reading.genre in NEWS and _CONTINUED.match(reading.view, self.node.span.start):
            return self._of_continued(span)
        if topic in (Topic.PURPOSE, Topic.SITUATION, Topic.TARGETS) and not fields.lead:
            return self._of_sentences(reading.segmenter.sentences(reading.view, span))
        sentences = reading.segmenter.sentences(reading.view, span)
        if len(sentences) > 1 and says(self.reading, "no-task", sentences[0]):
            return self._of_sentences(sentences[1:])
        said = self._as_partners(reading.roles(span))
        if not self.assigning.item(span, said, fields):
            return []
        self.after = _Before(True, tuple(Actor(mention, True) for mention in said.lead))
        scope = scope if fields.lead else self._of_thing(span, said, scope)
        parts = own_clauses(self.reading, span)
        if parts:
            return [self._record(Unit(part, scope, self.index, "item"), reading.roles(part), "tasks.own-clause") for part in parts]
        return [self._record(Unit(span, scope, self.index, "item", fixed=bool(fields.lead)), said, "tasks.item")]

    def _as_partners(self, said: RoleReading) -> RoleReading:
        """``said`` with the subject as the partner: below "Chủ trì, phối hợp với:" an item begins with whom one works with."""
        above = self.reading.nodes[self.node.parent] if self.node.parent is not None else None
        if above is None or not (self.scope.lead and said.rule == "roles.subject"):
            return said
        words = above.value if above.title is None else above.title
        together = _TOGETHER.fullmatch(self.reading.view, words.start, words.end)
        return replace(said, lead=(), coordinating=(*said.lead, *said.coordinating)) if together else said

    def _addressed(self, span: Span) -> Scope:
        """The agency of "Đối với Sở X: ...", which leads what stands after the colon."""
        match = _FOR.match(self.reading.view, span.start, span.end)
        if match is None or not self.reading.is_agencies(names := Span(*match.span(1))):
            return Scope()
        told = self.reading.roles(trim(self.reading.view, Span(match.end(), span.end), " :\n\xa0\t"))
        if told.rule == "roles.subject" and told.lead and told.lead[0].span.start - match.end() < _EARLY_SUBJECT:
            return Scope()  # "Đối với Đoàn kiểm tra: Các thành viên Đoàn thực hiện ..."
        return Scope(tuple(map(Actor, self.reading.agency_list(names))))

    def _of_enumeration(self, span: Span, numbered: list[Span]) -> list[TaskRecord]:
        """The items of "Giao Sở X: (1) ...; (2) ..."; what stands before (1) holds for each."""
        reading = self.reading
        mark = _MARK_END.search(reading.view, span.start, numbered[0].start)
        head = trim(reading.view, Span(span.start, mark.start() if mark else numbered[0].start))
        said = reading.roles(head) if head.start < head.end else RoleReading()
        given = Scope(
            tuple(Actor(m, True) for m in said.lead),
            tuple(Actor(m, True) for m in said.coordinating),
            (),
            tuple(When(t, True) for t in reading.times(head)) if head.start < head.end else (),
        )
        asks = says(self.reading, "directive", head) or _NAMES_TASKS.search(reading.view, head.start, head.end) is not None
        if reading.genre in NEWS and not (said.lead or self.scope.lead or given.times or asks):
            return []
        if self.node.topic is Topic.SITUATION or (self.node.topic is Topic.FUNDING and not said.lead):
            return []
        scope = _joined(self.scope, given)
        last = numbered[-1]
        sentences = reading.segmenter.sentences(reading.view, last)
        items = [*numbered[:-1], sentences[0]] if sentences else numbered
        found = [
            self._record(Unit(item, scope, self.index, "item"), reading.roles(item), "tasks.enumeration")
            for item in items
            if not is_none(self.reading, item)
        ]
        return found + self._of_sentences(sentences[1:])

    def _of_continued(self, span: Span) -> list[TaskRecord]:
        """An enumeration that goes on in a new paragraph ("(3) ..."); its item ends with its sentence."""
        first, *rest = self.reading.segmenter.sentences(self.reading.view, span)
        found = (
            []
            if is_none(self.reading, first)
            else [self._record(Unit(first, self.scope, self.index, "item"), self.reading.roles(first), "tasks.enumeration")]
        )
        return found + self._of_sentences(tuple(rest))

    # --- paragraphs ------------------------------------------------------------------------

    def _of_paragraph(self, span: Span) -> list[TaskRecord]:
        numbered = list(enumerated(self.reading, span))
        sentences = self.reading.segmenter.sentences(self.reading.view, span)
        if len(numbered) >= 2:
            before = tuple(sentence for sentence in sentences if sentence.end < numbered[0].start - _NUMBER_CHARS)
            rest = Span(sentences[len(before)].start, span.end)
            return self._of_sentences(before) + self._of_enumeration(rest, numbered)
        self._go_on()
        return self._of_sentences(sentences)

    def _go_on(self) -> None:
        """An unmarked paragraph right under an item that leaves its subject out goes on with whom the item names."""
        above = self.before.item
        if above is None or self.reading.genre in NEWS or not self.reading.segmenter.begins_action(self.reading.view, self.node.value):
            return
        first = above.lead[0] if above.lead else None
        if first is None or first.mention.name in self.reading.text(self.node.value):
            return  # "Vướng mắc phản ánh về Sở A": A is told, not telling
        if first.inherited or first.mention.span.start - above.span.start < _EARLY_NAME:
            self.scope = replace(self.scope, lead=tuple(replace(actor, inherited=True) for actor in above.lead), coordinating=())

    def _of_sentences(self, sentences: tuple[Span, ...]) -> list[TaskRecord]:
        """Sentence by sentence; one that drops its subject after a directed one inherits it."""
        found: list[TaskRecord] = []
        lead, directed = self.before.lead, self.before.directed
        for whole in sentences:
            if is_new_story(self.reading, whole):
                lead, directed = (), False
            self.turned |= self.node.topic is Topic.SITUATION and _TURNS.match(self.reading.view, whole.start) is not None
            what = told(self.reading, whole)
            sentence = what.span
            if found and only_times(self.reading, sentence):
                found[-1] = timed(self.reading, found[-1], sentence)
                continue
            said = self.reading.roles(sentence)
            topic = Topic.TASKS if self.turned else self.node.topic
            if not self.assigning.sentence(sentence, said, topic, directed=directed or what.ordered):
                directed = directed and (self.reading.genre in _REPORTS_ONE or not self.reading.segmenter.is_narrative(self.reading.view, sentence))
                continue
            if what.ordered:
                lead = tuple(Actor(mention, True) for mention in what.lead)
            drops = self.assigning.drops_subject(sentence, first=whole is sentences[0])
            heir = tuple(map(Actor, what.lead)) or (lead if drops else ())
            scope = replace(self.scope, lead=heir or self.scope.lead, coordinating=() if heir else self.scope.coordinating)
            scope = self._of_thing(sentence, said, scope)
            parts = own_clauses(self.reading, sentence)
            for part in parts or [sentence]:
                found.append(self._record(Unit(part, scope, self.index, "sentence"), self.reading.roles(part) if parts else said, "tasks.sentence"))
            directed = True
            if said.lead:
                lead = tuple(Actor(mention, True) for mention in said.lead)
        self.after = _Before(directed, lead)
        return found

    def _of_thing(self, span: Span, said: RoleReading, scope: Scope) -> Scope:
        """What must be so of a thing ("Cầu bến phải bảo đảm an toàn.") inherits nobody from the top of the instrument."""
        reading = self.reading
        if said.lead or reading.genre in NEWS or scope.lead != self.scopes.at(None).lead:
            return scope
        if not obliges(reading, span) or reading.segmenter.begins_action(reading.view, span):
            return scope
        return replace(scope, lead=(), coordinating=())

    def _record(self, unit: Unit, said: RoleReading, rule: str) -> TaskRecord:
        return task_record(self.reading, self.scopes, unit, said, rule)


def _joined(above: Scope, own: Scope) -> Scope:
    """``own`` before ``above``; the timeframes of both."""
    return Scope(
        own.lead or above.lead,
        own.coordinating or (() if own.lead else above.coordinating),
        own.implementing or above.implementing,
        merge_times(above.times, own.times),
    )


__all__ = ["find_tasks"]
