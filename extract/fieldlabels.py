"""Field labels of a list item ("a) Nhiệm vụ:", "Cơ quan chủ trì: Sở X"), which say as a column header would what stands behind them."""

from __future__ import annotations

from collections.abc import Callable

import regex

from kehoach.extract.spans import trim
from kehoach.extract.zones import upper_share
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Block, ColumnRole, Marker

LabelReader = Callable[[str, Span], ColumnRole | None]

_LABEL = regex.compile(
    r"\W*+(?:(?P<name>\p{L}[^:;.]{2,60}?)\s*:\s*(?=\S|$)|(?P<bare>(?:thời\s+(?:gian|hạn)|tiến\s+độ)\s+(?:thực\s+hiện|hoàn\s+thành))\s+(?=\S))",
    regex.IGNORECASE,
)
_LABEL_WORDS = 7
_LABEL_HEAD = regex.compile(
    r"(?:các\s+|những\s+)?(?:(?:cơ\s+quan|đơn\s+vị|sở|ngành|bộ|tổ\s+chức|người)\W{1,3}|chủ\s+trì|phối\s+hợp|đầu\s+mối|thực\s+hiện|thời\s+(?:gian|hạn|điểm)|tiến\s+độ|hoàn\s+thành|nội\s+dung|nhiệm\s+vụ|"
    r"công\s+việc|hoạt\s+động|kết\s+quả|sản\s+phẩm|yêu\s+cầu\s+(?:kết|sản)|chỉ\s+tiêu|phân\s+công|trách\s+nhiệm\s+(?:thực|chủ))"
)
_NAMED = regex.compile(r"(?<!\w)(?i:sở|ủy\s+ban|uỷ\s+ban|ubnd|hđnd|bộ|công\s+an|ban|phòng|trung\s+tâm|hội|cục|viện|trường|văn\s+phòng)\s+\p{Lu}")
_PREDICATE = regex.compile(r"(?<!\w)(?:cần|phải|được|sẽ|là|gồm|bao\s+gồm|như)(?!\w)(?!\s+(?:giao|phân|đạt))")
_NEVER_LABELS = frozenset({Marker.PART, Marker.ARTICLE, Marker.APPENDIX, Marker.ROMAN, Marker.CAPITAL, Marker.DECIMAL})
_NO_FIELDS = (ColumnRole.INDEX, ColumnRole.OTHER, ColumnRole.NOTE, ColumnRole.GROUP, ColumnRole.TARGET)


def read_label(view: str, block: Block, role_of: LabelReader, begins_action: Callable[[Span], bool]) -> tuple[ColumnRole, Span] | None:
    """What the label at the head of ``block`` announces, and the value behind it (empty over a list); None where there is no label."""
    match = None if block.marker in _NEVER_LABELS else _LABEL.match(view, block.body.start, block.body.end)
    if match is None or upper_share(view[match.start() : match.end()]) > 0.7:
        return None
    name = match.span("name") if match.group("name") else match.span("bare")
    role = role_of(view, Span(*name)) if _can_be_label(view, name) else None
    if role is None or role in _NO_FIELDS:
        return None
    value = trim(view, Span(match.end(), block.body.end))
    if role is ColumnRole.TASK and value.start < value.end and not begins_action(value):
        role = ColumnRole.NOTE  # "Nội dung: Cổng thông tin gồm ..." describes the item; "Nội dung: rà soát ..." is the task
    return role, value


def _can_be_label(view: str, name: tuple[int, int]) -> bool:
    """A field label is short; a lead-in that only contains its words ("Ngoài các nhiệm vụ trên, Chủ tịch UBND:") is prose."""
    text = view[slice(*name)].lower()
    if _NAMED.search(view, *name):
        return False  # "Sở Nội vụ chủ trì rà soát: ..."
    return len(text.split()) <= _LABEL_WORDS and "," not in text and _LABEL_HEAD.match(text.strip()) is not None and not _PREDICATE.search(text)


__all__ = ["LabelReader", "read_label"]
