"""Reads names of agencies at a position: one name, a mixed group split by kind, or a list with a common head ("Các Sở: A, B").

All positions are absolute in the view. A reader returns the items it found, in order, or ``()``; it never looks beyond
``Cursor.end``. ``loose`` allows bare nouns ("địa phương", "doanh nghiệp") that are agencies only where a doer is expected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from kehoach.extract.spans import squash
from kehoach.rules.agencies import WORD, AgencyRules, Opener, spaced

_DEEPEST = 4  # "Giám đốc | Văn phòng | Đảng ủy | Sở Y tế": names nest no deeper
_LONGEST = 80  # items of one list; longer ones are no list
_SEPARATOR = re.compile(r"\s*[,;]\s*(?:(?:và|cùng)\s+)?(?:với\s+)?|\s+(?:và|cùng\s+với|cùng|hoặc|&)\s+|\s*/\s*")
_BLANKS = re.compile(r"\s*")
_INSIDE = re.compile(r"\s*[,/]\s*(?:và\s+)?|\s+và\s+")
_OF = re.compile(r"\s+(?:của|thuộc|trực\s+thuộc|tại|ở)\s+", re.IGNORECASE)
_AREA = re.compile(r"\s+(?:trên|tại)\s+(?:toàn\s+)?địa\s+bàn(?!\w)")
_ROLE_NAMED = re.compile(
    r"\s+(?:chủ\s+trì|phối\s+hợp|thường\s+trực|đầu\s+mối|chủ\s+quản)(?=\s+(?:có(?!\s+hiệu)|phải|chịu|không|được|gửi|lấy|cho|giải\s+quyết))"
)
_RELATIVE = re.compile(r"\s+(?:được|có|do|đã|đang|chưa|thuộc|theo)\s[^.;:]{1,220}?(?=\s+có\s+trách\s+nhiệm(?!\w))")
_PLURAL = re.compile(r"\s+các\s+")
_AFTER_COLON = re.compile(r"\s*:\s*")
_ABOUT = re.compile(rf"\s+(?:về|thực\s+hiện|triển\s+khai|phòng,?\s+chống)\s+{WORD}(?:\s+(?!chủ\s|phối\s|có\s|để\s){WORD}){{0,8}}")
_JOINS = {  # kinds that stay in one item with the kind before them
    ("office", "office"), ("office", "body"), ("body", "body"), ("body", "person"), ("body", "place"), ("body", "office"), ("person", "person"),
    ("person", "body"), ("place", "body"), ("place", "person"), ("unit", "unit"),
}  # fmt: skip
_INSIDE_OTHERS = ("Ban", "Phòng")  # departments of another body: "Ban Tổ chức Tỉnh ủy", "Phòng Y tế UBND xã A"
_UNPARTED = frozenset(["office", "unit"])  # written without a comma too: "sở ngành", "quận huyện"
_RUNNING = frozenset(["firm", "house", "civic", "body", "party", "person"])


@dataclass(frozen=True, slots=True)
class Item:
    """A name read at ``[start, end)``; ``name`` is None where the printed form is the name (no head distributed)."""

    start: int
    end: int
    name: str | None = None
    generic: bool = False
    head: bool = False


class Cursor(NamedTuple):
    """What a reader reads in: the view up to ``end``."""

    view: str
    end: int
    rules: AgencyRules


Items = tuple[Item, ...]


def read_one(cur: Cursor, at: int, *, loose: bool = False, depth: int = 0, beside: bool = False) -> Items:
    """The agency named at ``at``: several items where a group or common head expands, () where none begins."""
    if depth > _DEEPEST or at >= cur.end:
        return ()
    named = (
        _head(cur, at, depth) or _group(cur, at, depth, beside=beside) or _family(cur, at) or _body(cur, at, depth) or _opener(cur, at, loose, depth)
    )
    return named or (_group(cur, at, depth, bare=True, beside=beside) if loose else ())


def read_series(cur: Cursor, at: int, *, loose: bool = False) -> Items:
    """The names listed from ``at`` on, as long as separators are followed by further names."""
    found: list[Item] = list(read_one(cur, at, loose=loose))
    while found and len(found) < _LONGEST:
        end = after_parenthesis(cur, found[-1].end)
        sign = _SEPARATOR.match(cur.view, end, cur.end)
        start = sign.end() if sign else _BLANKS.match(cur.view, end, cur.end).end()  # type: ignore[union-attr]
        if not sign and (start == end or not cur.view[start : start + 1].isupper() or not cur.rules.start.match(cur.view, start, cur.end)):
            break
        more = read_one(cur, start, loose=loose, beside=any(_is_office(cur, item) for item in found))
        if not more:
            break
        found.extend(more)
    return tuple(found)


def _is_office(cur: Cursor, item: Item) -> bool:
    """Whether an item lists sở, ban, ngành: beside it "địa phương" stands apart from "cơ quan, đơn vị"."""
    if not item.generic or item.head:
        return item.head and " sở" in cur.view[item.start : item.end].lower()
    word = cur.rules.determiner.match(cur.view, item.start, item.end)
    return _is_kind(cur, word.end() if word else item.start, "office")


def after_parenthesis(cur: Cursor, at: int) -> int:
    """``at``, or the end of a short parenthesis that follows it."""
    match = _PARENTHESIS.match(cur.view, at, cur.end)
    return match.end() if match else at


_PARENTHESIS = re.compile(r"\s*\([^()]{0,120}\)")


def _head(cur: Cursor, at: int, depth: int) -> Items:
    """A title that stands for the agency after it; over a list with a common head the agencies alone."""
    rules = cur.rules
    match = rules.head.match(cur.view, at, cur.end)
    if not match:
        return ()
    single = rules.single_head.match(cur.view, at, cur.end)
    if single and spaced(single.group()) in rules.head_alone and cur.view[single.end() : single.end() + 1] in (",", ";"):
        return (Item(at, single.end(), head=True),)
    nested = read_one(cur, match.end(), loose=True, depth=depth + 1)
    if not nested:
        return ()
    first = nested[0]
    if first.name is not None:
        return nested
    title = squash(match.group())
    rest = [
        replace(item, name=f"{title} {squash(cur.view[item.start : item.end])}", head=True) if _is_rank(cur, item) else item for item in nested[1:]
    ]
    return (replace(first, start=at, head=True), *rest)


def _is_rank(cur: Cursor, item: Item) -> bool:
    match = cur.rules.noun.match(cur.view, item.start, item.end)
    return item.name is None and bool(match) and cur.rules.group_kinds.get(spaced(match.group() if match else "")) == "ranked"


def _family(cur: Cursor, at: int) -> Items:
    """A ministry, department or committee of the register: head word and field."""
    match = cur.rules.family.match(cur.view, at, cur.end)
    if not match or ":" in match.group() or match.group()[-1:] != " ":
        return ()
    family = cur.rules.families[spaced(match.group().strip())]
    field = family.fields.match(cur.view, match.end(), cur.end)
    if not field or not (field.group()[0].isupper() or (cur.view[at].isupper() and family.head in ("Sở", "Bộ"))):
        return ()
    within = _nested(cur, field.end(), 1) if family.head in _INSIDE_OTHERS else 0
    return (Item(at, within or _tail(cur, field.end(), 0)),)


def _body(cur: Cursor, at: int, depth: int) -> Items:
    """A standing body of the register with the place, level or parent after it."""
    match = cur.rules.body.match(cur.view, at, cur.end)
    if not match:
        return ()
    body = cur.rules.bodies.get(match.group()) or cur.rules.bodies.get(spaced(match.group()))
    if body is None:
        return ()
    end = match.end()
    if body.tailed:
        place = cur.rules.place.match(cur.view, end, cur.end)
        if not place or not (cur.view[at].isupper() or body.entry.id == "cong-an"):
            return ()
    return _by_places(cur, at, end) or (Item(at, _tail(cur, end, depth)),)


def _by_places(cur: Cursor, at: int, end: int) -> Items:
    """ "UBND các huyện: A, B" names each; "UBND cấp huyện, cấp xã" likewise."""
    rules = cur.rules
    plural = _PLURAL.match(cur.view, end, cur.end)
    unit = rules.unit.match(cur.view, plural.end(), cur.end) if plural else None
    if unit is None:
        return ()
    stem = f"{squash(cur.view[at:end])} {squash(unit.group())}"
    colon = _AFTER_COLON.match(cur.view, unit.end(), cur.end)
    found, place = [], rules.proper.match(cur.view, colon.end() - 1 if colon else unit.end(), cur.end)
    while place:
        start = place.start() + len(place.group()) - len(place.group().lstrip())
        found.append(Item(start, place.end(), f"{stem} {squash(place.group())}"))
        sign = _INSIDE.match(cur.view, place.end(), cur.end)
        place = rules.proper.match(cur.view, sign.end() - 1, cur.end) if sign and cur.view[sign.end() - 1] == " " else None
    return tuple(found) if len(found) > 1 else ()


def _opener(cur: Cursor, at: int, loose: bool, depth: int) -> Items:
    """A body that the register does not know: opening word and the words up to a stop."""
    match = cur.rules.opener.match(cur.view, at, cur.end)
    if not match or not (loose or cur.view[at].isupper()):
        return ()
    opener, end = cur.rules.openers[spaced(match.group())], match.end()
    if opener.barred and opener.barred.match(cur.view, end, cur.end):
        return ()
    if opener.nested and (nested := _nested(cur, end, depth)):
        return (Item(at, nested),)
    if opener.next == "none":
        return (Item(at, _tail(cur, end, depth)),)
    end = _run_on(cur, end, opener)
    return (Item(at, _tail(cur, end, depth)),) if end else ()


def _run_on(cur: Cursor, end: int, opener: Opener) -> int:
    """Where the words of the name end; 0 when none follows of the kind that the opener asks for."""
    if opener.next == "nested":
        return 0
    run = cur.rules.run.match(cur.view, end, cur.end)
    if not run:
        place = cur.rules.place.match(cur.view, end, cur.end) if opener.next == "any" else None
        about = _ABOUT.match(cur.view, end, cur.end) if opener.about else None
        return about.end() if about else place.end() if place else end if opener.about else 0
    first = run.group().lstrip(" -/&")
    if opener.next == "capital" and not (first[:1].isupper() or first[:1].isdigit()):
        return 0
    return run.end()


def _nested(cur: Cursor, end: int, depth: int) -> int:
    """End of the agency that follows at once, 0 when none does."""
    start = end + 1
    if cur.view[end : end + 1] != " ":
        return 0
    while cur.view[start : start + 1] == " ":
        start += 1
    inner = read_one(cur, start, depth=depth + 1)
    return inner[0].end if inner and inner[0].name is None else 0


def _tail(cur: Cursor, end: int, depth: int) -> int:
    """``end`` moved over places, levels, "của …", "có liên quan" that belong to the name."""
    for _ in range(4):
        match = cur.rules.place.match(cur.view, end, cur.end) or cur.rules.qualifier.match(cur.view, end, cur.end)
        if match:
            end = match.end()
            continue
        if area := _AREA.match(cur.view, end, cur.end):
            end = area.end()
            continue
        belongs = _OF.match(cur.view, end, cur.end)
        if not belongs:
            return end
        inner = _owner(cur, belongs.end(), depth)
        if not inner:
            return end
        end = inner
    return end


def _owner(cur: Cursor, at: int, depth: int) -> int:
    """End of the agency or place that a name belongs to, 0 when none is named."""
    place = cur.rules.place.match(cur.view, at - 1, cur.end)
    if place:
        return place.end()
    inner = read_one(cur, at, depth=depth + 2) if depth < 2 else ()
    return inner[0].end if inner and inner[0].name is None and not inner[0].head else 0


def _group(cur: Cursor, at: int, depth: int, *, bare: bool = False, beside: bool = False) -> Items:
    """A group, split by kind: "các sở, ngành, quận, huyện" → two items; "Các Sở: A, B" → the departments."""
    view, rules = cur.view, cur.rules
    determiner = rules.determiner.match(view, at, cur.end)
    start = determiner.end() if determiner else at
    if determiner or view[at : at + 1].isupper():
        if listed := _prefixed(cur, start, bool(determiner)):
            return listed
    if not determiner and not bare and not rules.series.match(view, at, cur.end):
        return ()
    found: list[Item] = []
    first = at
    while len(found) < _LONGEST:
        read = _group_item(cur, start, depth, bool(determiner) or bare, beside or any(_is_office(cur, item) for item in found))
        if not read:
            break
        word = squash(view[at : determiner.end()]).lower() if determiner and found and not _is_kind(cur, start, "ranked") else ""
        name = f"{word} {squash(view[start:read])}" if word else None
        found.append(Item(first, read, name, generic=True))
        sign = _INSIDE.match(view, read, cur.end) or _BLANKS.match(view, read, cur.end)
        if (
            not sign
            or sign.end() == read
            or not rules.noun.match(view, sign.end(), cur.end)
            or _family(cur, sign.end())
            or _body(cur, sign.end(), depth)
        ):
            break
        first = start = sign.end()
    if len(found) == 1 and (colon := _AFTER_COLON.match(view, found[0].end, cur.end)):
        inner = read_series(cur, colon.end()) if depth <= 1 else ()
        if inner and not _predicate_follows(cur, inner[-1].end):
            return tuple(replace(item, name=item.name or squash(view[item.start : item.end])) for item in inner)
    return tuple(found)


def _is_civic_after_office(cur: Cursor, start: int, end: int) -> bool:
    """ "các sở, ban, ngành đoàn thể": a comma is often left out before đoàn thể."""
    blank = _BLANKS.match(cur.view, end, cur.end)
    return bool(blank) and _is_kind(cur, start, "office") and _is_kind(cur, blank.end() if blank else end, "civic")


def _predicate_follows(cur: Cursor, end: int) -> bool:
    """Whether words follow the list: then "Các sở, ngành: Sở A làm …" is a label and a clause, no list with a common head."""
    rest = cur.view[end : min(cur.end, end + 40)].strip(" .;,)")
    return bool(rest) and rest[0].islower()


def _group_item(cur: Cursor, at: int, depth: int, run: bool, beside: bool) -> int:
    """End of one item of a group: nouns of one kind with the qualifiers of the last; 0 when no group noun stands at ``at``."""
    rules, view, end, last = cur.rules, cur.view, 0, ""
    start = at
    while match := rules.noun.match(view, start, cur.end):
        kind = rules.group_kinds[spaced(match.group())]
        kind = "person" if spaced(match.group()) in ("tổ chức", "cá nhân") else kind
        if last and ((last, kind) not in _JOINS or (beside and (last, kind) == ("body", "place"))):
            break
        whole = _qualified(cur, match.end(), depth, kind if run else "")
        closed = whole > match.end()
        end = whole
        last = "office" if last == "office" and kind == "body" else kind
        if kind == "unit" and not closed and (name := rules.proper.match(view, end, cur.end)):
            end, closed = name.end(), True
        sign = _INSIDE.match(view, end, cur.end) or (_BLANKS.match(view, end, cur.end) if kind in _UNPARTED else None)
        if not sign or (closed and last != "office"):
            break
        start = sign.end()
        if last == "office" and (again := rules.determiner.match(view, start, cur.end)) and spaced(match.group()) == "cấp":
            start = again.end()
        if closed and not _is_kind(cur, start, "body"):
            break
    return end


def _is_kind(cur: Cursor, at: int, kind: str) -> bool:
    match = cur.rules.noun.match(cur.view, at, cur.end)
    return bool(match) and cur.rules.group_kinds[spaced(match.group() if match else "")] == kind


def _qualified(cur: Cursor, end: int, depth: int, kind: str) -> int:
    """End of a group noun with what qualifies it: closed phrases, places, owners, and for firms and houses free words."""
    relative = _RELATIVE.match(cur.view, end, cur.end) if kind and depth == 0 else None
    after = _tail(cur, end, depth)
    if kind == "body" and (role := _ROLE_NAMED.match(cur.view, after, cur.end)):
        return role.end()
    if after == end and kind in _RUNNING:
        run = cur.rules.run.match(cur.view, end, cur.end)
        if run:
            after = _tail(cur, run.end(), depth)
    if after == end and relative:
        return relative.end()
    return after


def _prefixed(cur: Cursor, at: int, plural: bool) -> Items:
    """The members of "Các Sở: A, B và C", each with the head word before it."""
    match = cur.rules.family.match(cur.view, at, cur.end)
    if not match or not (plural or ":" in match.group()):
        return ()
    family = cur.rules.families[spaced(match.group().strip(" :"))]
    colon, start = ":" in match.group(), match.end()
    found: list[Item] = []
    while len(found) < _LONGEST:
        field = family.fields.match(cur.view, start, cur.end)
        if field and field.group()[0].isupper():
            found.append(Item(start, _tail(cur, field.end(), 2), f"{family.head} {squash(field.group())}"))
        elif found and (other := read_one(cur, start)):
            found.extend(replace(item, name=item.name or squash(cur.view[item.start : item.end])) for item in other)
            if other[0].generic:
                break
        elif (found or colon) and (end := _unknown_field(cur, start)):
            found.append(Item(start, end, f"{family.head} {squash(cur.view[start:end])}"))
        else:
            break
        sign = _SEPARATOR.match(cur.view, after_parenthesis(cur, found[-1].end), cur.end)
        if not sign:
            break
        start = sign.end()
    return tuple(found)


def _unknown_field(cur: Cursor, at: int) -> int:
    """End of a field that the register does not list: capitalised words up to a separator; 0 when there is none."""
    if not cur.view[at : at + 1].isupper():
        return 0
    run = cur.rules.run.match(" " + cur.view[at : min(cur.end, at + 120)])
    return at + run.end() - 1 if run else 0
