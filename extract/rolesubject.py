"""Who can be the subject of a clause: names, groups with "các", bare nouns where a verb shows what they do.

Reading a name at a place is ``agencylists``; who of those read leads is ``rolelead``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kehoach.extract.agencygroups import kind_at
from kehoach.extract.agencylists import read_series
from kehoach.extract.agencynames import Cursor, Item, Items, skip_blanks
from kehoach.rules.agencies import UPPER
from kehoach.rules.agencyregister import spaced
from kehoach.rules.roles import RoleRules

_MODAL = re.compile(r"\s+(?:cần|phải|sẽ|cũng|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm)(?!\w)")
_EVERY = re.compile(r"(?:từng|mỗi)\s+", re.IGNORECASE)
_EACH_KINDS = frozenset(["body", "place", "unit", "office"])
_MUST = re.compile(  # "mỗi xã phải có một chợ" sets a target
    r"\s+(?:(?:cần|phải)(?!\s+(?:có|đạt)(?!\w))|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|chủ\s+động)(?!\w)"
)
_STRIVES = re.compile(  # what a province or district does as a whole
    r"\s+(?:cần|phải|sẽ|cũng|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|tập\s+trung|tiếp\s+tục|chủ\s+động|đẩy\s+mạnh|tăng\s+cường|phấn\s+đấu|ưu\s+tiên|chỉ\s+đạo|triển\s+khai|huy\s+động|quyết\s+tâm|chú\s+trọng|tổ\s+chức\s+(?:thực\s+hiện|triển\s+khai)|xem\s+xét|rà\s+soát|nghiên\s+cứu)(?!\w)"
)
_LOWER = re.compile(rf"\s*+,?\s*+(?=[^\W\d_])(?!{UPPER})")
_PEOPLE = re.compile(
    r"\s+và\s+(?:(?:mọi|toàn\s+thể|các\s+tầng\s+lớp|cộng\s+đồng|các|đông\s+đảo)\s+)?"
    r"(?:(?:nhân\s+dân|người\s+dân|công\s+dân|bà\s+con|hội\s+viên|đoàn\s+viên)|(?:cán\s+bộ|đảng\s+viên|công\s+chức|viên\s+chức)"
    r"(?:\s*,\s*(?:cán\s+bộ|đảng\s+viên|công\s+chức|viên\s+chức|nhân\s+viên|người\s+lao\s+động)|\s+và\s+người\s+lao\s+động){0,5}"
    r"(?:\s+(?:thuộc|của|trong|làm\s+việc\s+tại)\s[^,.;:]{1,60}?(?=\s+(?:chịu|có)\s+trách\s+nhiệm))?)(?!\w)",
    re.IGNORECASE,
)
_AS_WHAT = re.compile(  # "Sở Y tế với vai trò là cơ quan thường trực chủ trì ..."
    r"\s*+(?:,\s++)?(?<=\s)với\s+(?:vai\s+trò|tư\s+cách)\s[^.;:]{1,80}?(?=,\s|\s+(?:có\s+trách|chịu\s+trách|chủ\s+trì|chủ\s+động|tham\s+mưu)(?!\w))"
)
_DEFINES = re.compile(r"là\s+(?!(?:cơ\s+quan|đơn\s+vị|tổ\s+chức|đầu\s+mối|chủ\s+đầu\s+tư|thường\s+trực|thành\s+viên|bên|nơi|trưởng|phó|người)(?!\w))")
_OFFICE = re.compile(
    r"(?:Bộ|Sở|Ban|Ngành|Cục|Chi\s+cục|Tổng\s+cục|Viện|Vụ|Phòng|Văn\s+phòng|Trung\s+tâm|Hội|Công\s+ty|Nhà\s+trường|Bệnh\s+viện)(?=\s)"
)
_BARE_SUBJECTS = frozenset(["firm", "place", "rule", "party", "ranked", "unit", "body"])
_STANDING = frozenset(  # bodies set up for a task: with a capital they are one, known from the text
    ["đoàn kiểm tra", "đoàn công tác", "đoàn giám sát", "tổ công tác", "hội đồng", "ban chỉ đạo", "ban quản lý", "lực lượng", "cơ quan báo chí"]
)
_AS_ORDERED = re.compile(  # how a plan closes; what an inspector demands is said with other verbs
    r"\s*+,?\s*+(?:nghiêm\s+túc|triển\s+khai|tổ\s+chức\s+(?:triển|thực)|báo\s+cáo|khẩn\s+trương|căn\s+cứ|kịp\s+thời|chủ\s+động|phối\s+hợp|tập\s+trung)(?!\w)"
)
_REGULATED = frozenset(["firm", "body", "person", "house"])
_NO_BARE_SUBJECT = ("tổ chức", "bản")  # at the head of a clause a verb, and a copy
_PARTNERS = frozenset(["firm", "rule", "place", "body"])
_NOBODY = frozenset(["cơ quan", "đơn vị", "tổ chức", "cá nhân"])  # alone they name nobody


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause from ``start``; ``end`` is where the next begins, lists may run on to the end of the unit (``cur.end``)."""

    cur: Cursor
    roles: RoleRules
    start: int
    end: int
    first: bool


def doers(clause: Clause, at: int) -> Items:
    """The names at ``at``, () where they name nobody in particular ("cơ quan")."""
    items = read_series(clause.cur, skip_blanks(clause.cur.view, at), loose=True)
    return () if names_nobody(clause.cur, items) else items


def names_nobody(cur: Cursor, items: Items) -> bool:
    """Whether the one name is a bare "cơ quan", "đơn vị"."""
    return len(items) == 1 and spaced(cur.view[items[0].start : items[0].end]) in _NOBODY


def read_partners(cur: Cursor, at: int) -> Items:
    """The names right after a bare "phối hợp"; a noun without "các" only where it cannot be a verb."""
    at = skip_blanks(cur.view, at)
    noun = cur.rules.noun.match(cur.view, at, cur.end)
    sure = kind_at(cur, at) in _PARTNERS or (noun is not None and spaced(noun.group()).startswith(("cơ quan ", "lực lượng")))
    loose = (sure and not cur.view.startswith("tổ chức", at)) or bool(read_series(cur, at))
    return read_series(cur, at, loose=loose)


def is_regulated(cur: Cursor, item: Item) -> bool:
    """Whether an item is those whom agencies supervise: "các đơn vị", "các tổ chức, cá nhân", "các doanh nghiệp" but no "địa phương"."""
    word = cur.rules.determiner.match(cur.view, item.start, item.end)
    printed = cur.view[item.start : item.end]
    if not item.generic or item.head or "địa phương" in printed or kind_at(cur, word.end() if word else item.start) not in _REGULATED:
        return False
    return "cá nhân" in printed or not _AS_ORDERED.match(cur.view, item.end, cur.end)


def _named(clause: Clause, at: int, *, inside: bool = False) -> Items:
    """The names at ``at`` if they can be a subject; ``inside`` a clause a bare noun is one only before a modal verb."""
    cur, items = clause.cur, doers(clause, at)
    if not items or not items[0].generic or items[0].head or cur.rules.determiner.match(cur.view, at, cur.end):
        return items
    noun = cur.rules.noun.match(cur.view, at, cur.end)
    if noun and spaced(noun.group()) in _NO_BARE_SUBJECT:
        return ()
    if noun and spaced(noun.group()) == "ngành" and items[0].end > noun.end():  # "Ngành Y tế"
        return items
    if noun and spaced(noun.group()) in _STANDING and cur.view[at].isupper():  # "Đoàn kiểm tra liên ngành"
        return items
    if kind_at(cur, at) not in _BARE_SUBJECTS and not cur.rules.series.match(cur.view, at, cur.end):
        return ()
    verb = _STRIVES if kind_at(cur, at) == "unit" else _MODAL
    return items if not inside or verb.match(cur.view, items[-1].end, cur.end) else ()


def read_subject(clause: Clause, at: int, *, inside: bool = False) -> Items:
    """The names at ``at`` if they can be a subject; ``inside`` a clause a bare noun is one only before a verb that shows it."""
    return _named(clause, at, inside=inside) or _office(clause, at, inside=inside) or _each(clause, at)


def _each(clause: Clause, at: int) -> Items:
    """Every single one of a kind that is told what it must do: "Từng cơ quan, đơn vị phải ..."."""
    cur = clause.cur
    word = _EVERY.match(cur.view, at, cur.end)
    items = read_series(cur, word.end(), loose=True) if word and kind_at(cur, word.end()) in _EACH_KINDS else ()
    if len(items) != 1 or not _MUST.match(cur.view, items[0].end, cur.end):
        return ()
    return (Item(at, items[0].end, generic=True),)


def _office(clause: Clause, at: int, *, inside: bool) -> Items:
    """A bare "Bộ", "Sở", "Nhà trường" at the head of a clause: the one that the text is about, if a verb follows at once."""
    cur = clause.cur
    noun = _OFFICE.match(cur.view, at, cur.end)
    if not noun:
        return ()
    verb = cur.rules.stop.match(cur.view, skip_blanks(cur.view, noun.end()), cur.end)
    if not (
        _MODAL.match(cur.view, noun.end(), cur.end) or (verb and not inside and not clause.roles.no_predicate.match(cur.view, verb.start(), cur.end))
    ):
        return ()
    return (Item(at, noun.end(), generic=True),)


def has_predicate(clause: Clause, end: int, *, known_verb: bool) -> bool:
    """Whether the words at ``end`` say what the names before them do."""
    cur = clause.cur
    people = _PEOPLE.match(cur.view, end, cur.end)  # "các đoàn thể và mọi người dân triển khai": people have no role
    aside = people or _AS_WHAT.match(cur.view, end, cur.end)
    lower = _LOWER.match(cur.view, aside.end() if aside else end, cur.end)
    if not lower or clause.roles.no_predicate.match(cur.view, lower.end(), cur.end) or _DEFINES.match(cur.view, lower.end(), cur.end):
        return False
    if not known_verb or cur.rules.stop.match(cur.view, lower.end(), cur.end):
        return True
    return "," not in lower.group() and bool(cur.rules.ambiguous.match(cur.view, lower.end(), cur.end))
