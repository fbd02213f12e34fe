"""Reads the name of one body at a position: by the register, or by its opening word and where its words end.

All positions are absolute in the view; no reader looks beyond ``Cursor.end``. An end of 0 means that nothing was read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from kehoach.extract.spans import squash
from kehoach.rules.agencies import UPPER, WORD, AgencyRules
from kehoach.rules.agencyregister import Body, Opener, spaced

_DEEPEST = 3  # "Phòng | Thanh tra | Văn phòng | Sở Y tế": names nest no deeper
_OF = re.compile(r"\s+(?:của|thuộc|trực\s+thuộc)\s+", re.IGNORECASE)
_AREA = re.compile(r"\s+(?:trên|tại)\s+(?:toàn\s+)?địa\s+bàn(?!\w)")
_COUNTRY = re.compile(  # "Vụ Thị trường trong nước", "cơ quan đại diện Việt Nam ở nước ngoài"
    r"\s+(?:(?:trong(?:\s+và\s+ngoài)?|ngoài)\s+nước|(?:ở|tại)\s+(?:nước\s+ngoài|các\s+nước(?!\s+[^\W\d_]+,)))(?!\w)"
)
_AFTER_NAME = re.compile(rf"\s*+(?:[,.;:()/]|$|(?:và|hoặc|cùng)\s|{UPPER})")
_LISTS = re.compile(rf"\s*:|(?<=[Bb]ộ)\s+{UPPER}|(?<=[Ss]ở)\s+{UPPER}")  # "của các Sở: A, B", "thuộc các Bộ A, B"
_ABOUT = re.compile(rf"\s+(?:về|thực\s+hiện|triển\s+khai|phòng,?\s+chống)\s+{WORD}(?:\s+(?!chủ\s|phối\s|có\s|để\s){WORD}){{0,8}}")
_COUNT = re.compile(r"\d{1,3}\s+")  # "UBND 04 xã: A, B"
_COLON = re.compile(r"\s*:\s*")
_NEXT_PLACE = re.compile(r"\s*,\s*(?=\S)|\s+và\s+")
ZONE = re.compile(
    r"(?:các\s+)?(?:khu\s+(?:công\s+ngh(?:iệp|ệ)|kinh\s+tế|chế\s+xuất|thương\s+mại\s+tự\s+do|CN|CX|KT)|KCN|KKT|KCX|KCNC)(?!\w)", re.IGNORECASE
)
_ZONE_RUN = re.compile(
    rf"(?:(?:\s*[,&]\s*(?:và\s+)?|\s+-\s+|\s+và\s+)(?:{ZONE.pattern})(?:\s+(?:cao|cửa\s+khẩu|ven\s+biển)(?!\w))?){{1,4}}", re.IGNORECASE
)
_INSIDE_OTHERS = ("Ban", "Phòng")  # departments of another body: "Ban Tổ chức Tỉnh ủy", "Phòng Y tế UBND xã A"


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


def read_named(cur: Cursor, at: int, *, loose: bool = False, depth: int = 0) -> Items:
    """The body named at ``at``; several where one word serves many ("UBND các xã: A, B"), () where none begins.

    ``loose`` lets an unknown body begin in lower case, as in the cells of a table.
    """
    if depth > _DEEPEST or at >= cur.end:
        return ()
    return _with_zones(cur, _family(cur, at, depth) or _body(cur, at, depth) or _opened(cur, at, loose, depth))


def _with_zones(cur: Cursor, items: Items) -> Items:
    """A board of zones keeps all of them in its name: "Ban Quản lý các Khu công nghiệp, Khu kinh tế"."""
    if len(items) != 1 or not ZONE.search(cur.view, items[0].start, items[0].end):
        return items
    own = cur.rules.proper.match(cur.view, items[0].end, cur.end) if ZONE.search(cur.view, items[0].end - 12, items[0].end) else None
    end = own.end() if own else items[0].end
    more = _ZONE_RUN.match(cur.view, end, cur.end)
    return (replace(items[0], end=tail(cur, more.end() if more else end)),)


def skip_blanks(view: str, at: int) -> int:
    """The first position from ``at`` on that is no blank."""
    while at < len(view) and view[at] in " \t\n\xa0":
        at += 1
    return at


def _family(cur: Cursor, at: int, depth: int) -> Items:
    """A ministry, department or committee of the register: head word and field."""
    match = cur.rules.family.match(cur.view, at, cur.end)
    if not match or ":" in match.group() or match.group()[-1:] != " ":
        return ()
    family = cur.rules.families[spaced(match.group().strip())]
    field = family.fields.match(cur.view, match.end(), cur.end)
    if not field or not (field.group()[0].isupper() or (cur.view[at].isupper() and family.head not in _INSIDE_OTHERS)):
        return ()
    within = _nested(cur, field.end(), depth + 1) if family.head in _INSIDE_OTHERS else 0
    return (Item(at, within or tail(cur, field.end(), depth)),)


def known_body(text: str, rules: AgencyRules) -> Body | None:
    """The register's body of a printed form."""
    return rules.bodies.get(text) or rules.bodies.get(spaced(text))


def _body(cur: Cursor, at: int, depth: int) -> Items:
    """A standing body of the register with the place, level or owner after it."""
    match = cur.rules.body.match(cur.view, at, cur.end)
    body = known_body(match.group(), cur.rules) if match else None
    if match is None or body is None:
        return ()
    if body.tailed and not (cur.rules.place.match(cur.view, match.end(), cur.end) and (cur.view[at].isupper() or body.entry.kind == "armed_forces")):
        return ()
    within = _nested(cur, match.end(), depth + 1) if match.group().startswith("Phòng ") else 0  # "Phòng Cảnh sát ... Công an tỉnh"
    if within:
        return (Item(at, within),)
    return _by_places(cur, at, match.end()) or _by_units(cur, at, match.end()) or (Item(at, tail(cur, match.end(), depth)),)


def _by_places(cur: Cursor, at: int, end: int) -> Items:
    """The members of "UBND các huyện: A, B", each with the words before it; of mixed units ("các huyện, quận: A, B") without the unit."""
    rules, view = cur.rules, cur.view
    plural = rules.determiner.match(view, skip_blanks(view, end), cur.end) or _COUNT.match(view, skip_blanks(view, end), cur.end)
    units = rules.units.match(view, plural.end(), cur.end) if plural else None
    if units is None:
        return ()
    colon = _COLON.match(view, units.end(), cur.end)
    several = rules.unit.fullmatch(units.group()) is None
    stem = squash(view[at:end] if several else f"{view[at:end]} {units.group()}")
    found: list[Item] = []
    place = rules.proper.match(view, colon.end() - 1 if colon else units.end(), cur.end) if colon or not several else None
    while place:
        start = skip_blanks(view, place.start())
        found.append(Item(start, place.end(), f"{stem} {squash(view[start : place.end()])}"))
        sign = _NEXT_PLACE.match(view, place.end(), cur.end)
        place = rules.proper.match(view, sign.end() - 1, cur.end) if sign and view[sign.end() - 1] == " " else None
    return tuple(found) if len(found) > 1 else ()


def _by_units(cur: Cursor, at: int, end: int) -> Items:
    """The members of "UBND xã A, xã B và phường C": a unit with a name of its own after the first has a body of its own too."""
    view, stem = cur.view, squash(cur.view[at:end])
    found: list[Item] = []
    start = skip_blanks(view, end)
    while unit := cur.rules.unit.match(view, start, cur.end):
        place = cur.rules.proper.match(view, unit.end(), cur.end)
        known = cur.rules.province.match(view, skip_blanks(view, unit.end()), cur.end)
        stop = max(match.end() if match else 0 for match in (place, known))
        if not stop:
            break
        found.append(Item(start, stop, f"{stem} {squash(view[start:stop])}"))
        sign = _NEXT_PLACE.match(view, stop, cur.end)
        if not sign:
            break
        start = sign.end()
    return (replace(found[0], start=at, name=None), *found[1:]) if len(found) > 1 else ()


def _opened(cur: Cursor, at: int, loose: bool, depth: int) -> Items:
    """A body that the register does not know: an opening word and the words up to a stop."""
    match = cur.rules.opener.match(cur.view, at, cur.end)
    if not match or not (loose or cur.view[at].isupper()):
        return ()
    opener, end = cur.rules.openers[spaced(match.group())], match.end()
    if opener.barred and opener.barred.match(cur.view, end, cur.end):
        return ()
    if opener.nested and (inner := _nested(cur, end, depth)):
        return (Item(at, inner),)
    if opener.next != "none":
        end = _words(cur, end, opener)
    return (Item(at, tail(cur, end, depth)),) if end else ()


def _words(cur: Cursor, end: int, opener: Opener) -> int:
    """Where the words of the name end; 0 when none follows of the kind that the opener asks for."""
    if opener.next == "nested":
        return 0
    run = cur.rules.run.match(cur.view, end, cur.end)
    if not run:
        place = cur.rules.place.match(cur.view, end, cur.end) if opener.next == "any" else None
        about = _ABOUT.match(cur.view, end, cur.end) if opener.about else None
        ends = about or place
        return ends.end() if ends else end if opener.about else 0
    first = run.group().lstrip(" -/&")[:1]
    return 0 if opener.next == "capital" and not (first.isupper() or first.isdigit()) else run.end()


def _nested(cur: Cursor, end: int, depth: int) -> int:
    """End of the body or group that follows at once, as in "Thanh tra các sở"; 0 when none does."""
    start = skip_blanks(cur.view, end)
    if start == end:
        return 0
    inner = read_named(cur, start, depth=depth + 1)
    if inner:
        return inner[0].end if inner[0].name is None else 0
    group = cur.rules.plain_group.match(cur.view, start, cur.end)
    return group.end() if group else 0


def tail(cur: Cursor, end: int, depth: int = 0, *, group: bool = False) -> int:
    """``end`` moved over places, levels, owners ("của …"), "có liên quan"; for a ``group`` over all that qualifies groups."""
    view, rules = cur.view, cur.rules
    qualifier = rules.qualifier if group else rules.related
    for _ in range(5):
        if view[end : end + 1] != " ":
            return end
        match = rules.place.match(view, end, cur.end) or qualifier.match(view, end, cur.end)
        if match := match or _COUNTRY.match(view, end, cur.end) or (_AREA.match(view, end, cur.end) if group else None):
            end = match.end()
            continue
        owned = _OF.match(view, end, cur.end)
        inner = _owner(cur, owned.end(), depth) if owned else 0
        if not inner:
            return end
        end = inner
    return end


def _owner(cur: Cursor, at: int, depth: int) -> int:
    """End of the agency or place that a name belongs to, 0 when none is named."""
    if place := cur.rules.place.match(cur.view, at - 1, cur.end):
        return place.end()
    inner = read_named(cur, at, depth=depth + 1)
    if inner:
        return inner[0].end if inner[0].name is None else 0
    group = cur.rules.plain_group.match(cur.view, at, cur.end) or cur.rules.series.match(cur.view, at, cur.end)
    if group is None or _LISTS.match(cur.view, group.end(), cur.end):
        return 0
    end = tail(cur, group.end(), depth, group=True)
    next_word = skip_blanks(cur.view, end)
    told = _AFTER_NAME.match(cur.view, end, cur.end) or cur.rules.stop.match(cur.view, next_word) or cur.rules.ambiguous.match(cur.view, next_word)
    return end if told else 0  # "thuộc các cơ quan chuyên trách ...": nobody knows where such a name ends
