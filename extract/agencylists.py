"""Reads what stands where doers are named: heads, mixed groups split by kind, lists with a common head, and series of all of them.

``loose`` and ``bare`` allow nouns without "các" ("địa phương", "doanh nghiệp"), which are agencies only where a doer is expected.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kehoach.extract.agencygroups import after_determiner, between_items, group_item, is_office, kind_at
from kehoach.extract.agencynames import ZONE as _ZONE
from kehoach.extract.agencynames import Cursor, Item, Items, known_body, read_named, skip_blanks, tail
from kehoach.extract.agencyowners import many_owners, of_each, share_owner
from kehoach.extract.spans import squash
from kehoach.rules.agencyregister import Family, spaced

_DEEPEST = 3
_SURE_LIST = 3  # as many names after a colon are a list, whatever follows
_LONGEST = 80  # items of one list; longer ones are no list
_SEPARATOR = re.compile(r"\s*[,;]\s*(?:(?:và|cùng)\s+)?(?:với\s+)?|\s+(?:và|cùng\s+với|cùng|hoặc|&)\s+|\s*/\s*")
_APPOSITION = re.compile(
    r"(?:là\s+)?(?:cơ\s+quan|đơn\s+vị)\s+(?:thường\s+trực|đầu\s+mối|chủ\s+quản|tham\s+mưu|giúp\s+việc)(?!\w)"
)  # "Sở A, cơ quan thường trực B"
_WITHIN = re.compile(  # a remark between two names
    r"(?:\s*+,)?\s++(?:trong\s+phạm\s+vi|theo|căn\s+cứ(?:\s+theo)?)\s+chức\s+năng\s*,\s*nhiệm\s+vụ(?:\s*,\s*quyền\s+hạn)?(?:\s+(?:của\s+mình|được\s+giao))?(?=\s+và\s|\s*;)"
)
_SUCH_AS = re.compile(r"\s+(?:như|gồm|bao\s+gồm|là)\s*:?\s+")
_COLON = re.compile(r"\s*:\s*")
_PARENTHESIS = re.compile(r"\s*\([^()]{0,120}\)")
_OVER_BODIES = frozenset(["đảng ủy", "đảng bộ", "chi bộ", "ban cán sự đảng", "đảng đoàn"])
_OFFICES = frozenset(["vụ", "cục", "chi cục", "tổng cục", "thương vụ"])
_OVER_FIRMS = frozenset(["tập đoàn", "tổng công ty", "công ty"])


def read_one(cur: Cursor, at: int, *, loose: bool = False, depth: int = 0, beside: bool = False) -> Items:
    """What is named at ``at``: several items where a group or common head expands, () where nothing is.

    ``beside`` says that sở, ngành were named before in the series, so that "địa phương" stands apart from "cơ quan, đơn vị".
    """
    if depth > _DEEPEST or at >= cur.end:
        return ()
    if loose and (told := _honoured(cur, at, depth)) is not None:
        return told
    named = (
        _head(cur, at, depth)
        or (_post(cur, at) if loose else ())
        or _group(cur, at, depth, beside=beside)
        or read_named(cur, at, loose=loose, depth=depth)
    )
    return named or (_group(cur, at, depth, bare=True, beside=beside) if loose else ())


def _honoured(cur: Cursor, at: int, depth: int) -> Items | None:
    """The posts after "các đồng chí ...", or after a person's name: "Ông A - Trưởng đoàn"; None where no honorific stands."""
    called = cur.rules.honorific.match(cur.view, at, cur.end)
    if not called:
        return None
    post = _head(cur, called.end(), depth + 1) or _post(cur, called.end())
    person = None if post else cur.rules.person.match(cur.view, called.end(), cur.end)
    return post or (read_one(cur, person.end(), loose=True, depth=depth + 1) if person else ())


def _post(cur: Cursor, at: int) -> Items:
    """A post that names its holder; the person's name after it is left out of the name."""
    match = cur.rules.post.match(cur.view, at, cur.end)
    if not match:
        return ()
    name = squash(match.group(1)) if match.end() > match.end(1) else None
    return (Item(at, match.end(), name, head=True),)


def read_series(cur: Cursor, at: int, *, loose: bool = False) -> Items:
    """The names listed from ``at`` on, as long as separators are followed by further names."""
    found: list[Item] = list(read_one(cur, at, loose=loose))
    while found and len(found) < _LONGEST:
        end = after_parenthesis(cur, found[-1].end)
        manner = _WITHIN.match(cur.view, end, cur.end)
        sign = _SEPARATOR.match(cur.view, manner.end() if manner else end, cur.end)
        start = sign.end() if sign else skip_blanks(cur.view, end)
        if not sign and (start == end or not cur.view[start : start + 1].isupper() or not cur.rules.start.match(cur.view, start, cur.end)):
            break
        more = read_one(cur, start, loose=loose, beside=any(is_office(cur, item) for item in found))
        if not more:
            break
        if len(more) == 1 and _APPOSITION.match(cur.view, start, more[0].end) and not found[-1].generic and cur.view.startswith(",", end):
            found[-1] = replace(found[-1], end=more[0].end, name=found[-1].name or squash(cur.view[found[-1].start : found[-1].end]))
            continue
        found.extend(more)
    return share_owner(cur, found)


def after_parenthesis(cur: Cursor, at: int) -> int:
    """``at``, or the end of a short parenthesis that follows it."""
    match = _PARENTHESIS.match(cur.view, at, cur.end)
    return match.end() if match else at


def _head(cur: Cursor, at: int, depth: int) -> Items:
    """A title that stands for the agency after it; over a list with a common head the agencies alone."""
    rules = cur.rules
    match = rules.head.match(cur.view, at, cur.end)
    if not match:
        return ()
    plural = rules.determiner.match(cur.view, at, cur.end)
    single = rules.single_head.match(cur.view, plural.end() if plural else at, cur.end)
    if single and spaced(single.group()) in rules.head_alone and cur.view.startswith((",", ";"), skip_blanks(cur.view, single.end())):
        return (Item(at, single.end(), head=True),)
    under = read_one(cur, match.end(), loose=True, depth=depth + 1) or _own_office(cur, match, depth)
    if not under or under[0].name is not None:
        return under
    if (
        under[0].generic
        and kind_at(cur, under[0].start) == "unit"
        and not rules.determiner.match(cur.view, match.end(), cur.end)
        and match.group().split()[-1].lower() == "trưởng"
    ):  # "trưởng thôn" is a post
        return ()
    title = squash(match.group())
    rest = [_under_title(cur, item, title) for item in under[1:]]
    return (replace(under[0], start=at, head=True), *rest)


def _own_office(cur: Cursor, title: re.Match[str], depth: int) -> Items:
    """The office that the last word of a title begins: "Trưởng phòng Kinh tế" heads the "phòng Kinh tế"."""
    words = title.group().split()
    if len(words) < 2 or words[-1].lower() not in ("phòng", "ban"):
        return ()
    return read_named(cur, cur.view.rindex(words[-1], title.start(), title.end()), depth=depth + 1)


def _under_title(cur: Cursor, item: Item, title: str) -> Item:
    """A rank after "Thủ trưởng cơ quan ngang bộ, ..." goes under the same title; every other item stands for itself."""
    if item.name is not None or kind_at(cur, item.start) != "ranked":
        return item
    return replace(item, name=f"{title} {squash(cur.view[item.start : item.end])}", head=True)


# --- groups ----------------------------------------------------------------------------------


def _group(cur: Cursor, at: int, depth: int, *, bare: bool = False, beside: bool = False) -> Items:
    """A group, split by kind: "các sở, ngành, quận, huyện" → two items; "Các Sở: A, B" → the departments."""
    view, rules = cur.view, cur.rules
    determiner = rules.determiner.match(view, at, cur.end)
    start = determiner.end() if determiner else at
    if (determiner or view[at : at + 1].isupper()) and (listed := _prefixed(cur, start, bool(determiner))):
        return _kept_plural(cur, at, listed) if determiner else listed
    if determiner and (named := _offices(cur, at, start, depth)):
        return named
    if not determiner and not bare and not rules.series.match(view, at, cur.end):
        return ()
    word = squash(determiner.group()).lower() if determiner else ""
    found: list[Item] = []
    while len(found) < _LONGEST:
        end = group_item(cur, start, depth, bool(determiner) or bare, beside or any(is_office(cur, item) for item in found))
        if not end:
            break
        shared = word if found and kind_at(cur, start) != "ranked" and not view.startswith(("cộng đồng", "chính quyền"), start) else ""
        found.append(Item(start if found else at, end, f"{shared} {squash(view[start:end])}" if shared else None, generic=True))
        sign = between_items(cur, start, end)
        if not sign or not kind_at(cur, sign.end()) or read_named(cur, sign.end(), depth=depth):
            break
        start = sign.end()
    return _under_colon(cur, found, depth) or _under_ministries(cur, found, depth) or tuple(found)


def _under_ministries(cur: Cursor, found: list[Item], depth: int) -> Items:
    """The units of each in "các đơn vị của các Bộ: A, B"."""
    start = many_owners(cur, found[-1].end) if found else 0
    owners = _group(cur, start, depth + 1) if start and depth < _DEEPEST else ()
    return (*found[:-1], *of_each(cur, found[-1], owners)) if len(owners) > 1 else ()


def _offices(cur: Cursor, at: int, start: int, depth: int) -> Items:
    """Offices of one field are one name ("các Vụ Thị trường ngoài nước"), those of several fields one each ("các Vụ Kế hoạch, Pháp chế")."""
    word = cur.rules.opener.match(cur.view, start, cur.end)
    if not word or spaced(word.group()) not in _OFFICES or not cur.view[skip_blanks(cur.view, word.end()) :][:1].isupper():
        return ()
    named = read_named(cur, start, loose=True, depth=depth)
    sign = _SEPARATOR.match(cur.view, named[0].end, cur.end) if named else None
    if sign and not cur.rules.start.match(cur.view, sign.end(), cur.end) and _unknown_field(cur, sign.end()):
        return _distributed(cur, skip_blanks(cur.view, word.end()), word.group())
    return (Item(at, tail(cur, named[0].end, group=True), generic=True),) if named else ()


def _kept_plural(cur: Cursor, at: int, listed: Items) -> Items:
    """Departments of one field in many provinces are one name: "Các Sở Xây dựng nêu trên"; where a list follows, "các" is that of the list."""
    first = listed[0]
    if len(listed) > 1 or ":" in cur.view[at : first.start] or _SEPARATOR.match(cur.view, first.end, cur.end):
        return listed
    return (Item(at, tail(cur, first.end, group=True), generic=True),)


def _under_colon(cur: Cursor, found: list[Item], depth: int) -> Items:
    """The members of "các đơn vị: A, B"; () where the colon opens a clause ("Các sở, ngành: Phối hợp ...")."""
    colon = _COLON.match(cur.view, found[0].end, cur.end) if len(found) == 1 else None
    such = None if colon or len(found) != 1 else _SUCH_AS.match(cur.view, found[0].end, cur.end)
    if such and depth <= 1:  # "các đơn vị như A, B"
        named = read_series(cur, such.end())
        return _named(cur, named) if _are_bodies(named) else ()
    if colon and (noun := cur.rules.noun.match(cur.view, after_determiner(cur, found[0]), cur.end)):
        family = cur.rules.families.get(spaced(noun.group()))
        if family and (members := _fields(cur, colon.end(), family, colon=False)):  # "Các sở, ngành: Tài chính, Nội vụ"
            return members
    inner = read_series(cur, colon.end()) if colon and depth <= 1 else ()
    if not inner:
        return ()
    acts = cur.view[inner[-1].end : min(cur.end, inner[-1].end + 40)].strip(" .;,)")[:1].islower()
    if acts and len(inner) < _SURE_LIST:
        return ()
    return _named(cur, inner)


def _are_bodies(items: Items) -> bool:
    return len(items) > 1 and not any(item.generic for item in items)


def _prefixed(cur: Cursor, at: int, plural: bool) -> Items:
    """The members of "Các Sở: A, B và C", each with the head word before it."""
    match = cur.rules.family.match(cur.view, at, cur.end)
    if plural and not (match and ":" in match.group()) and (listed := cur.rules.listed.match(cur.view, at, cur.end)):
        return _distributed(cur, listed.end(), listed.group())
    if not match or not (plural or ":" in match.group()):
        return ()
    return _fields(cur, match.end(), cur.rules.families[spaced(match.group().strip(" :"))], colon=":" in match.group())


def _fields(cur: Cursor, start: int, family: Family, *, colon: bool) -> Items:
    """The fields listed from ``start`` on, each with its head word; one that the register does not know only after a known one or a ``colon``."""
    found: list[Item] = []
    while start and len(found) < _LONGEST:
        field = family.fields.match(cur.view, start, cur.end)
        if field and field.group()[0].isupper():
            found.append(Item(start, tail(cur, field.end()), f"{family.head} {squash(field.group())}"))
        elif found and (other := read_one(cur, start)):
            found.extend(_named(cur, other))
            if other[0].generic:
                break
        elif (found or colon) and (end := _unknown_field(cur, start)):
            found.append(Item(start, end, f"{family.head} {squash(cur.view[start:end])}"))
        else:
            break
        start = _after_separator(cur, found[-1].end)
    return tuple(found)


def _distributed(cur: Cursor, start: int, word: str) -> Items:
    """The members of "các Tập đoàn: A, B" with the opening word before each; one that begins with a head word of its own keeps its name."""
    word = squash(word.strip(" :"))
    head = word[:1].upper() + word[1:]
    found: list[Item] = []
    while start and len(found) < _LONGEST:
        other = read_one(cur, start)
        if other and (other[0].generic or other[0].head or not _is_under(cur, start, word)):
            if not found:
                return ()
            found.extend(_named(cur, other))
        elif end := _under_head(cur, start, head) or (other[0].end if other else _unknown_field(cur, start)):
            found.append(Item(start, end, f"{head} {squash(cur.view[start:end])}"))
        else:
            break
        start = _after_separator(cur, found[-1].end)
    return tuple(found)


def _after_separator(cur: Cursor, end: int) -> int:
    """Where the next member of a list begins after one that ends at ``end``; 0 where the list ends."""
    sign = _SEPARATOR.match(cur.view, after_parenthesis(cur, end), cur.end)
    return sign.end() if sign else 0


def _named(cur: Cursor, items: Items) -> Items:
    """The items with the names that they print, where they have none of their own."""
    return tuple(replace(item, name=item.name or squash(cur.view[item.start : item.end])) for item in items)


def _is_under(cur: Cursor, at: int, word: str) -> bool:
    """Whether the name at ``at`` goes on one that begins with ``word``: "các Đảng ủy: Chính phủ; Quốc hội", "các Tập đoàn: Điện lực Việt Nam"."""
    opened = cur.rules.opener.match(cur.view, at, cur.end)
    if spaced(word) in _OVER_BODIES:
        return opened is None or cur.rules.openers[spaced(opened.group())].kind != "party"
    match = cur.rules.body.match(cur.view, at, cur.end) if spaced(word) in _OVER_FIRMS and not opened else None
    body = known_body(match.group(), cur.rules) if match else None
    return body is not None and body.tailed


def _under_head(cur: Cursor, at: int, head: str) -> int:
    """End of what the register knows under ``head`` at ``at``: "Mặt trận Tổ quốc, các đoàn thể Trung ương" after "Đảng ủy"; 0 for nothing."""
    known = cur.rules.body.match(f"{head} {cur.view[at : min(cur.end, at + 90)]}")
    return at + known.end() - len(head) - 1 if known else 0


def _unknown_field(cur: Cursor, at: int) -> int:
    """End of a field that the register does not list: capitalised words up to a separator; 0 when there is none."""
    if not cur.view[at : at + 1].isupper() or _opens(cur, at) or _ZONE.match(cur.view, at, cur.end):
        return 0
    run = cur.rules.run.match(" " + cur.view[at : min(cur.end, at + 120)])
    return tail(cur, at + run.end() - 1) if run else 0


def _opens(cur: Cursor, at: int) -> bool:
    """Whether a word that begins names stands at ``at``; "Tổ chức cán bộ" is no "Tổ"."""
    opened = cur.rules.opener.match(cur.view, at, cur.end)
    barred = cur.rules.openers[spaced(opened.group())].barred if opened else None
    return opened is not None and not (barred and barred.match(cur.view, opened.end()))
