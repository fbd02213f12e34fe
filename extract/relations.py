"""How a text stands to the instruments it cites: legal basis, carried out, attached to, amended, replaced."""

from __future__ import annotations

import re
from dataclasses import replace

from kehoach.rules.loader import RuleSet
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import ReferenceMention

_CUE_REACH = 160  # words between a verb and the citation it governs: "thực hiện có hiệu quả các nội dung tại"
_BASIS_REACH = 900  # several bases share one "Căn cứ"
_INTRO_REACH = 6000  # title and opening paragraphs; a task further down that carries out an instrument merely mentions it
_ORDER = ("attached_to", "replaces", "amends", "legal_basis", "implements")
_NEW_SENTENCE = re.compile(r"[.:|]\s|/\.")
_NEXT_OF_LIST = re.compile(r"(?:^|[;,])\s*(?:và\s+)?(?:(?:các|số)\s+)?\Z|\svà\s+\Z")


def relate(view: str, span: Span, found: list[ReferenceMention], cues: RuleSet) -> list[ReferenceMention]:
    """``found`` with relations by the words before each; one that continues an enumeration takes that of the one before it."""
    content = view[span.start : span.end]
    intro = span.start + len(content) - len(content.lstrip()) + _INTRO_REACH
    related: list[ReferenceMention] = []
    for mention in found:
        relation = _relation(view, mention, span, cues)
        if related:
            last, between = related[-1], view[related[-1].span.end : mention.span.start]
            if relation == "mentions" and _NEXT_OF_LIST.search(between[-12:]) and not _NEW_SENTENCE.search(between):
                relation = last.relation
            # "Nghị định A sửa đổi, bổ sung Nghị định B": that is what A does, not this text.
            if relation in ("amends", "replaces") and last.relation != relation and not re.search(r"[.;:|]", between):
                relation = "mentions"
        if relation == "implements" and mention.span.start > intro:
            relation = "mentions"
        related.append(replace(mention, relation=relation))
    return related


def _relation(view: str, mention: ReferenceMention, span: Span, cues: RuleSet) -> str:
    start = mention.span.start
    near, far = view[max(span.start, start - _CUE_REACH) : start], view[max(span.start, start - _BASIS_REACH) : start]
    return next((relation for relation in _ORDER if cues.first(relation, far if relation == "legal_basis" else near)), "mentions")
