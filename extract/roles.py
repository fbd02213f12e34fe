"""Reads who does what in one task unit: lead (chủ trì), coordinating (phối hợp), implementing (thực hiện), and the action itself.

Agencies are read only where a doer is expected: at the head of a clause, after "giao", after "phối hợp với", after a label. An agency
anywhere else (receiver of a report, object, owner) has no role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kehoach.extract.agencies import mention
from kehoach.extract.agencylists import Cursor, Item, Items, after_parenthesis, read_series
from kehoach.extract.spans import trim
from kehoach.rules.agencies import AgencyRules, spaced
from kehoach.rules.roles import RoleRules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import AgencyMention, RoleReading

_CLAUSE_END = re.compile(r"(?<!TP)(?<!\d)[.!?](?=\s+[^\W\d_a-zà-ỹđ])|;")
_NEXT_PIECE = re.compile(r"[,:]\s+(?:và\s+|Do\s+|do\s+)?|\s+thì\s+|(?<=vướng\smắc)\s+|(?<=phát\ssinh)\s+")
_CITED = re.compile(r"(?:văn\s+bản|kế\s+hoạch|công\s+văn|chỉ\s+thị|thông\s+báo|quyết\s+định|chương\s+trình)\s+(?:hỏa\s+tốc\s+)?số\s", re.IGNORECASE)
_LEADS_ON = re.compile(r"chỉ\s+đạo\s+", re.IGNORECASE)
_MODAL = re.compile(r"\s+(?:cần|phải|sẽ|cũng|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm)(?!\w)")
_BULLET = re.compile(r"(?:\s|[-+•*\"'|]|\(?\d{1,2}[.)]\s|[a-zđ]\)\s|Điều\s+\d{1,2}[.:]\s)+")
_LINK = re.compile(r"(?:và|đồng\s+thời|ngoài\s+ra|riêng|theo\s+đó|trong\s+đó|cụ\s+thể|còn|do|định\s+kỳ)\s*[,:]?\s+", re.IGNORECASE)
_AUXILIARY = re.compile(r"\s*,?\s*(?:(?:đã|sẽ|cũng|còn|tiếp\s+tục|nhấn\s+mạnh|kết\s+luận|thống\s+nhất|thông\s+báo|và)\s+)*", re.IGNORECASE)
_HELPS = re.compile(r"\s*(?:cùng\s+|tham\s+gia\s+|tích\s+cực\s+|chủ\s+động\s+)?phối\s+hợp(?!\s+(?:chặt\s+chẽ\s+)?(?:với|cùng))(?!\w)", re.IGNORECASE)
_LOWER = re.compile(r"\s*,?\s*(?=[a-zà-ỹđ])")
_OPENING_REACH = 420  # an adverbial before the subject is rarely longer, even one that cites an instrument
_ISSUER_REACH = 260  # between "Đồng chí A, chức vụ, ..." and "yêu cầu"
_BARE_SUBJECTS = frozenset(["firm", "place", "rule", "party", "ranked", "unit", "body"])


@dataclass(slots=True)
class _Reading:
    """What has been read so far; ``taken`` are ranges of names that are no subjects."""

    lead: list[Item] = field(default_factory=list)
    coordinating: list[Item] = field(default_factory=list)
    implementing: list[Item] = field(default_factory=list)
    taken: list[Span] = field(default_factory=list)
    action: int | None = None
    rule: str = ""

    def give(self, items: Items, rule: str) -> None:
        """Makes ``items`` lead and remembers the wording of the first."""
        self.lead.extend(items)
        self.rule = self.rule or rule


@dataclass(frozen=True, slots=True)
class _Clause:
    cur: Cursor
    roles: RoleRules
    start: int
    first: bool


def read_roles(view: str, span: Span, roles: RoleRules, agencies: AgencyRules) -> RoleReading:
    """The roles stated in ``view[span]``, one list item or sentence.

    Where no lead is named ("Chủ trì, phối hợp với Sở A ...") ``lead`` is empty and the caller inherits it. ``action`` runs from the
    agency or verb to the end, without bullet and without the issuer who hands the task on ("UBND tỉnh giao").
    """
    cur = Cursor(view, span.end, agencies)
    found = _Reading()
    _labels(cur, span, roles, found)
    _helpers(cur, span, roles, found)
    for clause in _clauses(cur, span, roles):
        if not any(taken.start <= clause.start < taken.end for taken in found.taken):
            _lead_of(clause, found)
    if not found.lead:
        _lead_by_verb(cur, span, roles, found)
    action = trim(view, Span(found.action if found.action is not None else _after_bullet(view, span), span.end), " \t\n\r\xa0;")
    return RoleReading(
        _mentions(view, found.lead, agencies),
        _mentions(view, found.coordinating, agencies),
        _mentions(view, found.implementing, agencies),
        action if action.length else None,
        found.rule,
    )


def _mentions(view: str, items: list[Item], rules: AgencyRules) -> tuple[AgencyMention, ...]:
    """The items as mentions, each name once, in order of the text."""
    unique: dict[str, AgencyMention] = {}
    for item in sorted(items, key=lambda item: item.start):
        one = mention(view, item, rules)
        unique.setdefault(one.name.lower(), one)
    return tuple(unique.values())


def _after_bullet(view: str, span: Span) -> int:
    match = _BULLET.match(view, span.start, span.end)
    return match.end() if match and match.end() < span.end else span.start


def _clauses(cur: Cursor, span: Span, roles: RoleRules) -> Iterator[_Clause]:
    """Sentences and parts after ";", each with the end of the unit as its reach."""
    start, first = _after_bullet(cur.view, span), True
    while start < span.end:
        yield _Clause(cur, roles, start, first)
        end = _CLAUSE_END.search(cur.view, start, span.end)
        if not end:
            return
        start, first = _after_bullet(cur.view, Span(end.end(), span.end)), False


# --- labels and helpers ----------------------------------------------------------------------


def _labels(cur: Cursor, span: Span, roles: RoleRules, found: _Reading) -> None:
    """Fields inside the unit: "Cơ quan chủ trì: A; cơ quan phối hợp: B"."""
    for pattern, into in (
        (roles.label_lead, found.lead),
        (roles.label_coordinating, found.coordinating),
        (roles.label_implementing, found.implementing),
    ):
        for match in pattern.finditer(cur.view, span.start, span.end):
            items = read_series(cur, _skip_blanks(cur.view, match.end()), loose=True)
            into.extend(items)
            _take(found, match.start(), items)
            if items:
                found.rule = found.rule or "roles.label"
    if found.implementing and not found.lead:
        found.lead, found.implementing = found.implementing, []


def _helpers(cur: Cursor, span: Span, roles: RoleRules, found: _Reading) -> None:
    """Everybody after "phối hợp với", and the names at once after a bare "phối hợp"."""
    for match in roles.coordinate.finditer(cur.view, span.start, span.end):
        items = read_series(cur, _skip_blanks(cur.view, match.end()), loose=True)
        found.coordinating.extend(items)
        _take(found, match.start(), items)
    for match in roles.coordinate_bare.finditer(cur.view, span.start, span.end):
        if not any(taken.start <= match.start() < taken.end for taken in found.taken):
            items = read_series(cur, match.end())
            found.coordinating.extend(items)
            _take(found, match.start(), items)


def _take(found: _Reading, start: int, items: Items) -> None:
    if items:
        found.taken.append(Span(start, items[-1].end))


def _skip_blanks(view: str, at: int) -> int:
    while at < len(view) and view[at] in " \t\n\xa0":
        at += 1
    return at


# --- the lead --------------------------------------------------------------------------------


def _lead_of(clause: _Clause, found: _Reading) -> None:
    """Reads the lead at the head of a clause: told to ("Giao A"), labelled ("A: ..."), or its subject."""
    cur, at = clause.cur, clause.start
    if not clause.first and not found.lead and not _is_strong_sentence(clause):
        return
    if link := _LINK.match(cur.view, at, cur.end):
        if _told(clause, link.end(), found) or _subject(clause, link.end(), found):
            return
    if _told(clause, at, found) or _subject(clause, at, found):
        return
    if clause.first or not found.lead:
        _after_opening(clause, found)


def _is_strong_sentence(clause: _Clause) -> bool:
    """A later sentence of a unit that began with a verb names the lead only with a duty named as such."""
    items = _read_subject(clause, clause.start)
    return bool(items) and bool(clause.roles.strong.match(clause.cur.view, _skip_blanks(clause.cur.view, items[-1].end), clause.cur.end))


def _told(clause: _Clause, at: int, found: _Reading, *, keep_verb: bool = True) -> bool:
    """ "Giao A ...", "Đề nghị A ...": A leads; with a lead named before, "đề nghị B phối hợp" makes B a helper."""
    cur = clause.cur
    match = clause.roles.directive.match(cur.view, at, cur.end)
    if not match:
        return False
    items = read_series(cur, _skip_blanks(cur.view, match.end()), loose=True)
    if not items:
        return False
    if found.lead and _HELPS.match(cur.view, items[-1].end, cur.end):
        found.coordinating.extend(items)
        return True
    if not clause.first and found.lead and not cur.view[at].isupper():
        return True
    found.give(items, "roles.giao")
    if found.action is None and clause.first:
        found.action = at if keep_verb else items[0].start
    _asked_helpers(clause, items[-1].end, found)
    return True


def _read_subject(clause: _Clause, at: int, *, inside: bool = False) -> Items:
    """The names at ``at`` if they can be a subject; ``inside`` a clause a bare noun is one only before a modal verb."""
    cur = clause.cur
    items = read_series(cur, at, loose=True)
    if not items or not items[0].generic or items[0].head or cur.rules.determiner.match(cur.view, at, cur.end):
        return items
    noun = cur.rules.noun.match(cur.view, at, cur.end)
    word = spaced(noun.group()) if noun else ""
    if word == "tổ chức" or cur.rules.group_kinds.get(word) not in _BARE_SUBJECTS and not cur.rules.series.match(cur.view, at, cur.end):
        return ()
    return items if not inside or _MODAL.match(cur.view, items[-1].end, cur.end) else ()


def _subject(clause: _Clause, at: int, found: _Reading, *, after_opening: bool = False) -> bool:
    """The subject of the clause leads, unless it hands the task on or is asked to help a lead named before."""
    cur = clause.cur
    items = _read_subject(clause, at, inside=after_opening)
    if not items:
        return False
    end = after_parenthesis(cur, items[-1].end)
    if cur.view[end : end + 1] == ":" or cur.view[end : end + 2] == " :":
        if not clause.first or after_opening:
            return False
        found.give(items, "roles.label")
        return True
    if not clause.first and found.lead and _HELPS.match(cur.view, end, cur.end):
        found.coordinating.extend(items)
        return True
    if _handed_on(clause, end, found) or _ordered(clause, items, end, found):
        return True
    if not _predicate(clause, end, strict=after_opening or not clause.first):
        return False
    found.give(items, "roles.subject")
    _asked_helpers(clause, end, found)
    return True


def _handed_on(clause: _Clause, end: int, found: _Reading) -> bool:
    """ "UBND tỉnh giao A ...": A leads, the issuer has no role, and the action begins with A."""
    auxiliary = _AUXILIARY.match(clause.cur.view, end, clause.cur.end)
    return _told(clause, auxiliary.end() if auxiliary else end, found, keep_verb=False)


def _ordered(clause: _Clause, items: Items, end: int, found: _Reading) -> bool:
    """An issuer who asks for something of nobody in particular ("UBND tỉnh yêu cầu chấp hành ...") is no doer."""
    view = clause.cur.view
    verb = clause.roles.directive.match(view, _skip_blanks(view, end), clause.cur.end)
    if not verb or len(items) > 1 or not clause.roles.issuer.match(view, items[0].start, items[0].end):
        return False
    if found.action is None and clause.first:
        found.action = _skip_blanks(view, verb.end())
    return True


def _predicate(clause: _Clause, end: int, *, strict: bool) -> bool:
    """Whether the words at ``end`` say what the names before them do; ``strict`` asks for a known verb."""
    cur = clause.cur
    lower = _LOWER.match(cur.view, end, cur.end)
    if not lower:
        return False
    at = lower.end()
    if clause.roles.no_predicate.match(cur.view, at, cur.end):
        return False
    return not strict or bool(cur.rules.stop.match(cur.view, at, cur.end) or cur.rules.ambiguous.match(cur.view, at, cur.end))


def _asked_helpers(clause: _Clause, end: int, found: _Reading) -> None:
    """ "A chủ trì, đề nghị B phối hợp": B helps."""
    cur = clause.cur
    stop = _CLAUSE_END.search(cur.view, end, cur.end)
    for match in clause.roles.directive.finditer(cur.view, end, stop.start() if stop else cur.end):
        items = read_series(cur, _skip_blanks(cur.view, match.end()), loose=True)
        if items and _HELPS.match(cur.view, items[-1].end, cur.end):
            found.coordinating.extend(items)


def _after_opening(clause: _Clause, found: _Reading) -> None:
    """The subject after an adverbial ("Trên cơ sở ..., A ...") or after a person who asks ("Đồng chí A yêu cầu B ...")."""
    cur, roles, at = clause.cur, clause.roles, clause.start
    asks = bool(roles.person.match(cur.view, at, cur.end))
    if not (asks or roles.opening.match(cur.view, at, cur.end) or read_series(cur, at)):
        return
    stop = _CLAUSE_END.search(cur.view, at, cur.end)
    limit = min(stop.start() if stop else cur.end, at + _OPENING_REACH)
    places = [(piece.end(), False) for piece in _NEXT_PIECE.finditer(cur.view, at, limit)]
    places += [(verb.start(), True) for verb in roles.directive.finditer(cur.view, at, limit)]
    places += [(verb.start(), True) for verb in _LEADS_ON.finditer(cur.view, at, limit) if _CITED.search(cur.view, at, verb.start())]
    for place, is_verb in sorted(places):
        if any(taken.start <= place < taken.end for taken in found.taken):
            return
        if is_verb and (_told(clause, place, found, keep_verb=False) or _led_on(clause, place, found)):
            return
        if not is_verb and _subject(clause, place, found, after_opening=True):
            return


def _led_on(clause: _Clause, at: int, found: _Reading) -> bool:
    """ "Tại văn bản số 1, UBND tỉnh chỉ đạo A ...": an instrument speaks, so A is told."""
    verb = _LEADS_ON.match(clause.cur.view, at, clause.cur.end)
    items = read_series(clause.cur, verb.end(), loose=True) if verb else ()
    if not items:
        return False
    found.give(items, "roles.chi-dao")
    if found.action is None and clause.first:
        found.action = items[0].start
    return True


def _lead_by_verb(cur: Cursor, span: Span, roles: RoleRules, found: _Reading) -> None:
    """The last resort: an agency right before "chủ trì" or after "giao" inside the unit ("... (Giao A chủ trì)", "..., A chủ trì")."""
    for match in roles.directive.finditer(cur.view, span.start, span.end):
        inside = cur.view[match.start() - 1 : match.start()] == "("
        items = read_series(cur, _skip_blanks(cur.view, match.end()), loose=inside)
        if items and (inside or roles.lead_after.match(cur.view, _skip_blanks(cur.view, items[-1].end), cur.end)):
            found.give(items, "roles.giao")
            return
    for match in roles.lead_after.finditer(cur.view, span.start, span.end):
        for piece in _BEFORE_LEAD.finditer(cur.view, max(span.start, match.start() - 300), match.start()):
            items = read_series(cur, piece.end())
            if items and after_parenthesis(cur, items[-1].end) == _rstrip(cur.view, match.start()):
                found.give(items, "roles.chu-tri")
                return


_BEFORE_LEAD = re.compile(r"[(,.;:]\s*(?:do\s+)?")


def _rstrip(view: str, at: int) -> int:
    while at > 0 and view[at - 1] == " ":
        at -= 1
    return at
