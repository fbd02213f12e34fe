"""Whether a clause directs, binds or only reads like it, and what the lead-in above an item says of the item."""

from __future__ import annotations

import regex

from kehoach.extract.reading import Reading
from kehoach.extract.zones import NEWS
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Node, NodeKind, Topic

_ANNOUNCES = regex.compile(r"(?:nhiệm\s+vụ|giải\s+pháp|hoạt\s+động|công\s+việc)(?!\w)[^.;]{0,200}(?:sau|gồm|sau\s+đây)\s*:\s*$", regex.IGNORECASE)
_REPORTS = regex.compile(r"(?<!\w)(?:kết\s+quả|đã|đạt\s+được|tình\s+hình|thực\s+trạng)(?!\w)", regex.IGNORECASE)
_PASSIVE = regex.compile(
    r"(?:các|những|một\s+số)\s[^,;.]{2,60}\s(?<!(?:phải|cần|sẽ)\s)được\s+(?!giao|phân\s+công)", regex.IGNORECASE
)  # "Các chủ đề được lựa chọn kỹ, ..."
_LISTS = regex.compile(
    r"(?<!\w)(?:như|gồm|bao\s+gồm|gồm\s+có|sau|sau\s+đây|quyết\s+định|ban\s+hành|phê\s+duyệt|xem\s+xét|triển\s+khai|thực\s+hiện)\s*:\s*$",
    regex.IGNORECASE,
)
_PAPERS = regex.compile(r"(?<!\w)(?:hồ\s+sơ|giấy\s+tờ|tài\s+liệu|thành\s+phần)(?!\w)", regex.IGNORECASE)
# "Cầu bến phải bảo đảm an toàn": what is so is none of "phải xác định là", which states a principle.
_OBLIGES = regex.compile(
    r"[^,;:.]{3,160}(?:,[^,;:.]{3,80}){0,3}?\s(?:phải|cần|có\s+trách\s+nhiệm)\s+(?:được\s+)?(?=\p{Ll})(?!thiết|xác\s+định\s+là)|[^.]{3,1500}?\schịu\s+trách\s+nhiệm\s+thi\s+hành(?!\w)",
    regex.IGNORECASE,
)
_NORM = regex.compile(
    r"(?:hỗ\s+trợ|cấp|chi)\s+(?:tối\s+đa\s+|không\s+quá\s+)?\d", regex.IGNORECASE
)  # "Hỗ trợ 50% đơn giá ..." where money is the topic
_SHORTEST = 8  # characters; nothing shorter is a task


def says(reading: Reading, label: str, span: Span) -> bool:
    """Whether a rule of ``label`` ("directive", "binds", "hands-over", "no-task") matches in ``span``."""
    text = reading.text(span)
    return any(rule.pattern.search(text) for rule in reading.rules.clauses.labelled(label))


def is_none(reading: Reading, span: Span) -> bool:
    """Formulas, rights and what only restates law: no tasks whatever they look like."""
    return span.length < _SHORTEST or says(reading, "no-task", span)


def is_norm(reading: Reading, span: Span) -> bool:
    """Whether a clause of a part on money only says how much is granted."""
    return _NORM.match(reading.view, span.start, span.end) is not None


def is_passive(reading: Reading, span: Span) -> bool:
    """Whether a sentence tells what is done with things ("Các chủ đề được lựa chọn kỹ, ...")."""
    return _PASSIVE.match(reading.view, span.start, span.end) is not None


def obliges(reading: Reading, span: Span) -> bool:
    """Whether a sentence of an instrument says what must be so, or who carries the instrument out, without any verb of ordering."""
    return reading.genre != "other" and _OBLIGES.match(reading.view, span.start, span.end) is not None


def is_object(reading: Reading, node: Node) -> bool:
    """Whether an item is what its lead-in says to do ("Triển khai các nền tảng số như:" over "Hệ thống giám sát giao thông.")."""
    above = _above(reading, node)
    if above is None or above.kind is not NodeKind.LEAD_IN or above.topic is not Topic.TASKS:
        return False
    view, span = reading.view, above.value
    lists = _LISTS.search(view, span.start, span.end) is not None and not _PAPERS.search(view, span.start, span.end)
    return lists and reading.segmenter.begins_action(view, span)


def is_announced(reading: Reading, node: Node) -> bool:
    """Whether a lead-in above an item of a news list says that it lists what is to be done ("... các hoạt động như sau:")."""
    direct, above = True, _above(reading, node)
    while above is not None:
        text = reading.view[above.value.start : above.value.end]
        if above.topic is Topic.TASKS and above.kind is NodeKind.LEAD_IN:
            began = direct and reading.segmenter.begins_action(reading.view, above.value)
            if began or (_ANNOUNCES.search(text) and not _REPORTS.search(text)):
                return True
        direct, above = False, _above(reading, above)
    return False


def is_answer(reading: Reading, node: Node) -> bool:
    """Whether an item of a news page is what somebody answers to the question above it: prose, whatever dash it begins with."""
    above = _above(reading, node)
    asked = above is not None and above.kind is NodeKind.HEADING and reading.text(above.value).endswith("?")
    return asked and reading.genre in NEWS and node.number is None and len(reading.segmenter.sentences(reading.view, node.value)) > 1


def is_listed_fact(reading: Reading, node: Node) -> bool:
    """Whether a lead-in among tasks lists whom or what it concerns here ("Đối tượng được hỗ trợ:", over kinds of households)."""
    above = _above(reading, node)
    if above is None or above.kind is not NodeKind.LEAD_IN or above.topic is not Topic.PURPOSE:
        return False
    return above.parent is not None and reading.nodes[above.parent].topic is not Topic.PURPOSE


def _above(reading: Reading, node: Node) -> Node | None:
    return reading.nodes[node.parent] if node.parent is not None else None


__all__ = ["is_announced", "is_answer", "is_listed_fact", "is_none", "is_norm", "is_object", "is_passive", "obliges", "says"]
