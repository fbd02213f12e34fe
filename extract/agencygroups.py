"""The nouns of groups: which of "các cơ quan, đơn vị, địa phương thuộc tỉnh" stay together as one item, and how far the item goes.

A group noun is no name: it stands for every body of its kind. Which items make a group, and what they expand to, is read by ``agencylists``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kehoach.extract.agencynames import Cursor, Item, read_named, skip_blanks, tail
from kehoach.rules.agencyregister import spaced

_INSIDE = re.compile(r"\s*[,/]\s*(?:và\s+)?|\s+(?:và|-)\s+")
_BLANKS = re.compile(r"\s+")
_ROLE_NAMED = re.compile(r"\s+(?:chủ\s+trì|phối\s+hợp|thường\s+trực|đầu\s+mối)(?=\s+(?:có(?!\s+hiệu)|phải|chịu|không|được|gửi|lấy|cho|giải\s+quyết))")
_RELATIVE = re.compile(
    r"\s+(?:được|có|do|đã|đang|chưa|thuộc|theo)\s[^.;:]{1,220}?(?=\s+(?:có\s+trách\s+nhiệm|(?:cần|phải)\s+(?:chủ\s+động|tập\s+trung|khẩn\s+trương|nghiêm\s+túc|thực\s+hiện|bảo\s+đảm|báo\s+cáo))(?!\w))"
)
_JOINS = frozenset({  # kinds that stay in one item with the kind before them
    ("office", "office"), ("office", "body"), ("body", "body"), ("body", "person"), ("body", "place"), ("body", "office"), ("person", "person"),
    ("person", "body"), ("place", "body"), ("place", "person"), ("unit", "unit"),
})  # fmt: skip
_BOARDS = re.compile(
    r"(?<=[Bb]an)(?<!sở,\sban)\s+(?:HĐND|UBND|Hội\s+đồng\s+nhân\s+dân|Ủy\s+ban\s+nhân\s+dân|(?:Đảng\s+)?(?:của\s+)?(?:Tỉnh|Thành|Huyện|Đảng)\s+ủy|Đảng)(?!\w)"
)  # "các Ban HĐND tỉnh"
_OF_OFFICES = re.compile(r"\s+(?:các\s+)?(?:[Bb]ộ|[Ss]ở)(?:\s*,\s*(?:ban|ngành)){1,2}(?!\w)")  # "tổ chức pháp chế các sở, ngành"
_UNPARTED = frozenset(["office", "unit"])  # written without a comma too: "sở ngành", "quận huyện"
_RUNNING = frozenset(["firm", "house", "civic", "body", "party", "person"])  # kinds whose names go on in free words


def kind_at(cur: Cursor, at: int) -> str:
    """The kind of the group noun at ``at``, "" where none stands."""
    match = cur.rules.noun.match(cur.view, at, cur.end)
    return cur.rules.group_kinds.get(spaced(match.group()), "unit") if match else ""


def after_determiner(cur: Cursor, item: Item) -> int:
    """Where the noun of an item begins, behind "các", "những"."""
    word = cur.rules.determiner.match(cur.view, item.start, item.end)
    return word.end() if word else item.start


def is_office(cur: Cursor, item: Item) -> bool:
    """Whether an item lists sở, ban, ngành, perhaps under a head."""
    head = cur.rules.head.match(cur.view, item.start, item.end) if item.head else None
    start = head.end() if head else item.start
    return item.generic and kind_at(cur, after_determiner(cur, replace(item, start=start))) == "office"


def group_item(cur: Cursor, at: int, depth: int, run: bool, beside: bool) -> int:
    """End of one item of a group: nouns of kinds that stay together, with the qualifiers of the last; 0 when no noun stands at ``at``."""
    rules, view, end, last, start = cur.rules, cur.view, 0, "", at
    while match := rules.noun.match(view, start, cur.end):
        noun = spaced(match.group())
        kind = "person" if noun in ("tổ chức", "cá nhân") else rules.group_kinds.get(noun, "unit")
        if last and ((last, kind) not in _JOINS or (beside and (last, kind) == ("body", "place"))):
            break
        end = (_force(cur, match.end(), depth) if noun == "lực lượng" else 0) or _qualified(cur, match.end(), depth, kind if run else "")
        if kind == "unit" and end == match.end() and (name := rules.proper.match(view, end, cur.end)):
            end = name.end()
        closed = end > match.end()
        last = "office" if last == "office" and kind == "body" else kind
        sign = _INSIDE.match(view, end, cur.end) or (_BLANKS.match(view, end, cur.end) if kind in _UNPARTED else None)
        if not sign or (closed and (last != "office" or kind_at(cur, sign.end()) != "body")):
            break
        again = rules.determiner.match(view, sign.end(), cur.end) if noun == "cấp" else None
        start = again.end() if again else sign.end()
    return end


def _force(cur: Cursor, end: int, depth: int) -> int:
    """End of the body that a force is of: "lực lượng Công an tỉnh", "lực lượng Hải quan"; 0 when none follows."""
    start = skip_blanks(cur.view, end)
    named = read_named(cur, start, depth=depth + 1)
    known = None if named else cur.rules.body.match(cur.view, start, cur.end)
    return named[-1].end if named else known.end() if known and cur.view[start].isupper() else 0


def _qualified(cur: Cursor, end: int, depth: int, kind: str) -> int:
    """End of a group noun with what qualifies it: closed phrases, places, owners, and for firms and houses free words."""
    after = tail(cur, end, depth, group=True)
    if kind == "body" and (role := _ROLE_NAMED.match(cur.view, after, cur.end)):
        return role.end()
    if after == end and kind == "office" and (board := _BOARDS.match(cur.view, end, cur.end)):
        return tail(cur, board.end(), depth)
    if after == end and kind == "house" and (offices := _OF_OFFICES.match(cur.view, end, cur.end)):
        return tail(cur, offices.end(), depth, group=True)
    if after == end and kind == "closed" and (run := cur.rules.closed_run.match(cur.view, end, cur.end)):
        after = tail(cur, run.end(), depth, group=True)
    if after == end and kind in _RUNNING and (run := cur.rules.group_run.match(cur.view, end, cur.end)):
        after = tail(cur, run.end(), depth, group=True)
    charged = after > end and cur.view[end:after].split()[-1] in ("giao", "công")  # "được giao ... có trách nhiệm": with what is in the name
    if (after == end or charged) and kind and depth == 0 and (relative := _RELATIVE.match(cur.view, end, cur.end)):
        return after if charged and cur.rules.start.search(cur.view, after, relative.end()) else relative.end()
    return after


def between_items(cur: Cursor, start: int, end: int) -> re.Match[str] | None:
    """What stands behind the item from ``start`` to ``end``: a sign, or the blank where a comma was left out ("các sở, ban, ngành đoàn thể")."""
    if sign := _INSIDE.match(cur.view, end, cur.end):
        return sign
    blank = _BLANKS.match(cur.view, end, cur.end)
    return blank if blank and kind_at(cur, start) == "office" and kind_at(cur, blank.end()) == "civic" else None
