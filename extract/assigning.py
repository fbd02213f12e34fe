"""Whether an item or a sentence assigns an action (annotation guide, section 5), by its words and by where it stands."""

from __future__ import annotations

import regex

from kehoach.extract.directing import is_announced, is_listed_fact, is_none, is_norm, is_object, is_passive, obliges, says
from kehoach.extract.reading import Reading
from kehoach.extract.scopes import Scope
from kehoach.extract.zones import NEWS
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Node, NodeKind, RoleReading, Topic

_MODAL = regex.compile(r"(?:do\s+(?:đó|vậy)\s*,\s*)?(?:cần|phải)\s", regex.IGNORECASE)
_IN_DOING = regex.compile(r"[Tt]rong\s+(?:\p{Ll}+\s+){1,6}(?:cần|phải)\s")  # "Trong tổ chức thực hiện phải phân rõ việc"
_ORDERS = regex.compile(r"(?:chủ\s+trì|đề\s+nghị|yêu\s+cầu|giao)[\s,]", regex.IGNORECASE)
_TOLD_RULE = "roles.giao"  # "Giao A ...", "yêu cầu B ..."
# A list item that reports does so at once; "đã" further on belongs to a condition ("... khi đã hoàn thành thủ tục").
_EARLY = 60
_CITES = regex.compile(
    r"(?:thông\s+báo|công\s+văn|quyết\s+định|kế\s+hoạch|nghị\s+quyết|chỉ\s+thị|văn\s+bản)\s+số\s", regex.IGNORECASE
)  # of a situation: what was ordered


class Assigning:
    """Judges the items and sentences of one node of the outline."""

    def __init__(self, reading: Reading, node: Node) -> None:
        self._reading, self._node = reading, node

    def item(self, span: Span, said: RoleReading, fields: Scope) -> bool:
        """Whether a list item is a task, by itself or by the labelled ``fields`` below it."""
        reading = self._reading
        if is_none(reading, span) or (self._node.topic is Topic.FUNDING and not said.lead and is_norm(reading, span)):
            return False
        if said.lead or fields.lead or fields.times or reading.segmenter.begins_action(reading.view, span):
            return True
        if self._node.topic is Topic.FUNDING or reading.genre == "other" or (reading.genre in NEWS and not is_announced(reading, self._node)):
            return False
        # Of what a news item lists, a programme with its day is a task; what must be so is none.
        planned = bool(reading.times(span)) if reading.genre in NEWS else says(self._reading, "directive", span)
        if reading.segmenter.begins_thing(reading.view, span) and not planned and not is_object(reading, self._node):
            return False  # a list of things: documents, conditions, kinds of persons
        early = Span(span.start, min(span.end, span.start + _EARLY))
        return not reading.segmenter.is_narrative(reading.view, early) and not reading.is_agencies(span)

    def sentence(self, span: Span, said: RoleReading, topic: Topic, *, directed: bool) -> bool:
        """Whether a sentence is a task in a part on ``topic``; ``directed`` says that the sentence before it was one."""
        reading = self._reading
        text = reading.text(span)
        if is_none(self._reading, span) or text.endswith(":"):
            return False
        directs = says(self._reading, "directive", span)
        if self._node.kind is NodeKind.PREAMBLE:
            return directs and bool(said.lead) and not says(reading, "hands-over", span) and not reading.segmenter.is_narrative(reading.view, span)
        narrative = reading.segmenter.is_narrative(reading.view, self._head_of_order(span, said))
        if topic is Topic.SITUATION:
            return directs and bool(said.lead) and not narrative and not _CITES.match(reading.view, span.start, span.end)
        if topic in (Topic.PURPOSE, Topic.TARGETS):
            return (
                bool(said.lead)
                and not narrative
                and (directs or (said.lead[0].span.start - span.start < 4 and not is_listed_fact(reading, self._node)))
            )
        if reading.genre in NEWS:
            orders = directs and not is_passive(reading, span)
            goes_on = directed and (bool(said.lead) or orders or reading.segmenter.begins_action(reading.view, span))
            return not narrative and ((directs and bool(said.lead)) or goes_on or says(self._reading, "binds", span))
        if said.lead:
            return directs or not narrative
        if topic is Topic.FUNDING:
            return False
        if narrative:
            return False
        return (
            obliges(reading, span)
            or reading.segmenter.begins_action(reading.view, span)
            or (reading.under_agencies(self._node) and not reading.segmenter.begins_thing(reading.view, span))
        )

    def drops_subject(self, sentence: Span, *, first: bool) -> bool:
        """Whether a sentence goes on with the subject before it; "Quá trình triển khai cần ..." and a new paragraph "Cần ..." do not."""
        if self._reading.genre not in NEWS:
            return True
        view = self._reading.view
        if _IN_DOING.match(view, sentence.start, sentence.end):
            return True
        return self._reading.segmenter.begins_action(view, sentence) and not (first and _MODAL.match(view, sentence.start))

    def _head_of_order(self, span: Span, said: RoleReading) -> Span:
        """Of a sentence that orders somebody, the part up to whom: "đã" further on belongs to what is ordered ("... doanh nghiệp đã đầu tư")."""
        if said.lead and said.rule == _TOLD_RULE:
            return Span(span.start, said.lead[-1].span.end)
        return Span(span.start, min(span.end, span.start + _EARLY)) if _ORDERS.match(self._reading.view, span.start) else span
