"""Who leads: the agency that is told ("Giao A"), labelled ("A: ..."), the subject of a clause, or right before "chủ trì".

An agency elsewhere in the clause (object, receiver, owner) is never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kehoach.extract.agencygroups import kind_at
from kehoach.extract.agencylists import after_parenthesis, read_series
from kehoach.extract.agencynames import Cursor, Item, Items, skip_blanks
from kehoach.extract.rolesubject import Clause, doers, has_predicate, is_regulated, read_partners, read_subject
from kehoach.rules.agencies import UPPER
from kehoach.rules.roles import RoleRules
from kehoach.schemas.spans import Span

_CLAUSE_END = re.compile(rf"(?<!TP)(?<!\d)[.!?](?=\s+{UPPER})|;")
_AIMS = re.compile(r"(?:để|nhằm|về|đối\s+với)\s", re.IGNORECASE)
_AGREES = re.compile(r"\s*+,?\s*+(?:cơ\s+bản\s+)?(?:thống\s+nhất|nhất\s+trí|đồng\s+ý|ghi\s+nhận)(?!\w)", re.IGNORECASE)
_THEN_GIVES = re.compile(r";\s*(?:đồng\s+thời\s*,?\s*)?(?=giao\s)", re.IGNORECASE)
_HELPER = re.compile(
    r"[,;]\s+(?:và\s+)?(?=(?:các\s+)?(?:cơ\s+quan|đơn\s+vị)(?:\s*,\s*(?:cơ\s+quan|đơn\s+vị|địa\s+phương|tổ\s+chức))?\s+phối\s+hợp\s+(?:có|chịu|phải|cần)\s)",
    re.IGNORECASE,
)
_BULLET = re.compile(
    r"(?:\([A-ZĐĂÂÊÔƠƯ&]{2,12}\)\s*[-–]\s|\s|[-+•*\"'|]|\(?\d{1,2}(?:\s?\\?[.)]|\s?-)\s|[a-zđ]\s?\)\s|(?:\d{1,2}\.){1,3}[a-zđ]?[.)]\s|Điều\s+\d{1,2}[.:]\s)+"
)
_LINK = re.compile(
    r"(?:và|đồng\s+thời|ngoài\s+ra|riêng|theo\s+đó|trong\s+đó|cụ\s+thể|còn|do|về\s+phía|định\s+kỳ(?:\s+\d{1,2}\s+(?:ngày|tuần|tháng|năm)(?:\s+(?:một|1)\s+lần)?|\s+(?:hằng|hàng)\s+(?:ngày|tuần|tháng|quý|năm))?|(?:hằng|hàng)\s+(?:ngày|tuần|tháng|quý|năm))\s*[,:]?\s+",
    re.IGNORECASE,
)
_PIECE = re.compile(r"[,:]\s+(?:và\s+|[Dd]o\s+)?|\s+thì\s+|(?<=vướng\smắc)\s+|(?<=phát\ssinh)\s+|(?<=đổi,\sbổ\ssung)\s+|(?<=chỉnh,\sbổ\ssung)\s+")
_BEFORE_LEAD = re.compile(r"[(,.;:]\s*(?:do\s+)?")
_AUXILIARY = re.compile(r"\s*,?\s*(?:(?:đã|sẽ|cũng|còn|tiếp\s+tục|nhấn\s+mạnh|kết\s+luận|thống\s+nhất|thông\s+báo|và)\s+)*", re.IGNORECASE)
_ISSUED = re.compile(r"\s+(?:(?:đã|vừa|mới)\s+)*(?:ban\s+hành|có|ký)\s", re.IGNORECASE)
_CITED = re.compile(
    r"(?:văn\s+bản|kế\s+hoạch|công\s+văn|chỉ\s+thị|thông\s+báo|quyết\s+định|chương\s+trình|công\s+điện)\s+(?:hỏa\s+tốc\s+)?số\s", re.IGNORECASE
)
_LEADS_ON = re.compile(r"chỉ\s+đạo\s+", re.IGNORECASE)
_LEADS_WITH = re.compile(r"\s*+,?\s*+chủ\s+trì\s*,?\s+cùng(?:\s+với)?\s+", re.IGNORECASE)  # "X chủ trì cùng Y": both lead, as in "X cùng Y"
_ENCOURAGES = re.compile(r"khuyến\s+khích\s", re.IGNORECASE)
_DEMANDS = re.compile(r"yêu\s+cầu\s", re.IGNORECASE)
_HELPS = re.compile(r"\s*(?:cùng\s+|tham\s+gia\s+|tích\s+cực\s+|chủ\s+động\s+)?phối\s+hợp(?!\s+(?:chặt\s+chẽ\s+)?(?:với|cùng))(?!\w)", re.IGNORECASE)
_DUE = re.compile(r"(?:chậm\s+nhất|trước\s+(?:ngày|tháng)|định\s+kỳ|(?:hằng|hàng)\s+(?:ngày|tuần|tháng|quý|năm))(?!\w)", re.IGNORECASE)
_GROUNDS = re.compile(r"căn\s+cứ\s", re.IGNORECASE)
_ACTS = re.compile(r"(?:chủ\s+động|chỉ\s+đạo|phối\s+hợp|chủ\s+trì|tham\s+mưu|hướng\s+dẫn)(?!\w)")
_CLOSES = re.compile(r"[^()]*\)\s*(?:[.;:/]|$)")
_BY_WHOM = re.compile(r"[^.,;:()]{4,70}?\sdo\s+")  # what is done is told in few words
_IS_DONE = re.compile(  # what a noun before "do A" needs of A; "dự án do A quản lý" only says whose it is
    r"\s+(?:trực\s+tiếp\s+)?(?:phân\s+công|bố\s+trí|chuẩn\s+bị|chủ\s+trì|đảm\s+nhận|đảm\s+nhiệm|phụ\s+trách|quyết\s+định|(?:chịu\s+trách\s+nhiệm\s+)?(?:tổ\s+chức\s+)?thực\s+hiện)"
    r"(?=\s*(?:[.;,(]|$|theo\s))"
)
_COLON = re.compile(r"\s*:\s*(?=\S)")
_OPENING_REACH = 420  # an adverbial before the subject is rarely longer, even one that cites an instrument
_REGARDING = re.compile(r"đối\s+với\s+", re.IGNORECASE)
_ABOUT = re.compile(r"về\s+(?:[^\W\d_]+[\s,]+){1,12}?[^\W\d_]+\s*:\s*", re.IGNORECASE)


@dataclass(slots=True)
class Reading:
    """What has been read of a unit; ``taken`` are ranges of names that are no subjects, ``action`` where the task's own words begin."""

    lead: list[Item] = field(default_factory=list)
    coordinating: list[Item] = field(default_factory=list)
    implementing: list[Item] = field(default_factory=list)
    taken: list[Span] = field(default_factory=list)
    action: int | None = None
    rule: str = ""
    agreed: bool = False  # what was read so far only agrees with what others are then told to do

    def give(self, items: Items, rule: str) -> bool:
        """Makes ``items`` lead and remembers the wording of the first."""
        self.lead.extend(items)
        if len(items) > 1:
            self.take(items[0].start, items)  # a list parted by ";" is no row of clauses
        self.rule = self.rule or rule
        return True

    def take(self, start: int, items: Items) -> None:
        """Marks the list that begins at ``start`` as read."""
        if items:
            self.taken.append(Span(start, items[-1].end))

    def holds(self, at: int) -> bool:
        """Whether a list already read covers ``at``."""
        return any(span.start <= at < span.end for span in self.taken)


def after_bullet(view: str, span: Span) -> int:
    """Where the words of a unit begin, after bullet, number and "Điều 3."."""
    match = _BULLET.match(view, span.start, span.end)
    return match.end() if match and match.end() < span.end else span.start


def read_lead(cur: Cursor, span: Span, roles: RoleRules, found: Reading) -> None:
    """Adds the leads of every clause of ``span`` to ``found``."""
    aims = False
    for clause in _clauses(cur, span, roles):
        if not found.holds(clause.start):
            _lead_of(clause, found, after_aims=aims and not found.lead)
        # "Nhằm A; khắc phục B, Chủ tịch C yêu cầu ...": the subject stands after several aims
        aims = (aims or (clause.first and _AIMS.match(cur.view, clause.start) is not None)) and cur.view.startswith(";", clause.end)
    if found.lead:
        _named_helpers(cur, span, found)
    if not found.lead:
        _lead_by_verb(cur, span, roles, found)
    if not found.lead:
        _lead_by_whom(cur, span, roles, found)


def _named_helpers(cur: Cursor, span: Span, found: Reading) -> None:
    """Those called helpers beside the lead: "Sở A chủ trì ..., các cơ quan phối hợp có trách nhiệm ..."."""
    for match in _HELPER.finditer(cur.view, span.start, span.end):
        items = read_series(cur, match.end(), loose=True)
        if items and not any("phối hợp" in cur.view[one.start : one.end] for one in found.lead):
            found.coordinating.extend(items)


def _clauses(cur: Cursor, span: Span, roles: RoleRules) -> Iterator[Clause]:
    """Sentences, and the parts after ";"."""
    start, first = after_bullet(cur.view, span), True
    while start < span.end:
        end = _CLAUSE_END.search(cur.view, start, span.end)
        yield Clause(cur, roles, start, end.start() if end else span.end, first)
        if not end:
            return
        start, first = after_bullet(cur.view, Span(end.end(), span.end)), False


def _lead_of(clause: Clause, found: Reading, *, after_aims: bool = False) -> None:
    """A later clause adds a lead where the first had one, or where it names a duty as such ("B chịu trách nhiệm ...")."""
    if after_aims:
        if kind_at(clause.cur, clause.start) != "unit" and not _subject(clause, clause.start, found):
            _after_opening(clause, found, known=True)
        return
    if not clause.first and not found.lead and not found.agreed and not _is_duty(clause):
        if _DUE.match(clause.cur.view, clause.start, clause.cur.end):  # "... Chậm nhất ngày 15/11, các sở báo cáo ..."
            _after_opening(clause, found)
        return
    if _regarding(clause, found):
        return
    link = _LINK.match(clause.cur.view, clause.start, clause.cur.end) or _ABOUT.match(clause.cur.view, clause.start, clause.cur.end)
    for at in ([link.end()] if link else []) + [clause.start]:
        if _put_in_charge(clause, at, found) or _told(clause, at, found) or _subject(clause, at, found):
            return
    if clause.first or not found.lead:
        _after_opening(clause, found)


def _regarding(clause: Clause, found: Reading) -> bool:
    """A leads in "Đối với A: Chủ động rà soát ..."; but with a subject after the colon A is only the field ("Đối với A: B có trách nhiệm ...")."""
    opened = _REGARDING.match(clause.cur.view, clause.start, clause.cur.end) if clause.first else None
    items = doers(clause, opened.end()) if opened else ()
    colon = _COLON.match(clause.cur.view, items[-1].end, clause.cur.end) if items else None
    if (
        not colon
        or kind_at(clause.cur, items[0].start) == "firm"
        or read_series(clause.cur, colon.end(), loose=True)
        or clause.roles.directive.match(clause.cur.view, colon.end(), clause.cur.end)
    ):
        return False
    return found.give(items, "roles.label")


def _put_in_charge(clause: Clause, at: int, found: Reading) -> bool:
    """A leads in "Chỉ đạo A chủ trì ...", told by nobody named; without "chủ trì" whoever directs is the lead, and inherited."""
    verb = _LEADS_ON.match(clause.cur.view, at, clause.cur.end)
    items = doers(clause, verb.end()) if verb else ()
    charge = clause.roles.lead_after.match(clause.cur.view, skip_blanks(clause.cur.view, items[-1].end), clause.cur.end) if items else None
    return charge is not None and found.give(items, "roles.chi-dao")


def _is_duty(clause: Clause) -> bool:
    items = read_subject(clause, clause.start)
    return bool(items) and bool(clause.roles.strong.match(clause.cur.view, skip_blanks(clause.cur.view, items[-1].end), clause.cur.end))


def _helps(clause: Clause, end: int) -> bool:
    """Whether the names before ``end`` are to help ("... phối hợp thực hiện") and not to be helped ("phối hợp [với] B làm ...")."""
    match = _HELPS.match(clause.cur.view, end, clause.cur.end)
    return match is not None and not read_partners(clause.cur, match.end())


def _told(clause: Clause, at: int, found: Reading, *, issuer: bool = False) -> bool:
    """A leads in "Giao A ...", "Đề nghị A ..."; with a lead named before, "đề nghị B phối hợp" makes B a helper.

    Without an issuer before it, "Yêu cầu các doanh nghiệp ..." is what an inspector does: no lead is read, it is inherited.
    """
    cur = clause.cur
    match = clause.roles.directive.match(cur.view, at, cur.end)
    items = doers(clause, match.end()) if match else ()
    if match is None or not items:
        return False
    if found.lead and _helps(clause, items[-1].end):
        found.coordinating.extend(items)
        return True
    if not clause.first and found.lead and not cur.view[at].isupper():
        return True
    if not issuer and _DEMANDS.match(cur.view, at) and all(is_regulated(cur, item) for item in items):
        return True
    if _ENCOURAGES.match(cur.view, at) and any(item.generic or item.head for item in items):
        return False  # "Khuyến khích các doanh nghiệp đầu tư": somebody else does so
    found.give((*items, *_leading_with(clause, items[-1].end)), "roles.giao")
    if found.action is None and clause.first:
        found.action = items[0].start if issuer else at
    _asked_helpers(clause, items[-1].end, found)
    return True


def _subject(clause: Clause, at: int, found: Reading, *, inside: bool = False, known_verb: bool = False) -> bool:
    """The subject at ``at`` leads, unless it hands the task on or is asked to help a lead named before."""
    cur = clause.cur
    items = read_subject(clause, at, inside=inside)
    if not items:
        return False
    end = after_parenthesis(cur, items[-1].end)
    if cur.view[end : end + 2].strip()[:1] == ":":
        beside = found.rule == "roles.label" and cur.view[clause.start - 2 : clause.start].strip() == ";"  # "Sở A: ...; Sở B: ..."
        return (clause.first or beside) and not inside and found.give(items, "roles.label")
    if not clause.first and found.lead and _helps(clause, end):
        found.coordinating.extend(items)
        return True
    if _with_helpers(clause, items, end, found) or _handed_on(clause, items, end, found):
        return True
    if clause.first and _AGREES.match(cur.view, end, cur.end) and _THEN_GIVES.search(cur.view, end, cur.end):
        found.agreed = True  # "Các bộ thống nhất chỉ có một đầu mối; giao Bộ A ..."
        return True
    if not has_predicate(clause, end, known_verb=known_verb or not clause.first):
        return False
    _asked_helpers(clause, end, found)
    return found.give((*items, *_leading_with(clause, end)), "roles.subject")


def _leading_with(clause: Clause, end: int) -> Items:
    """B leads too in "A chủ trì cùng B"."""
    beside = _LEADS_WITH.match(clause.cur.view, end, clause.cur.end)
    return doers(clause, beside.end()) if beside else ()


def _with_helpers(clause: Clause, items: Items, end: int, found: Reading) -> bool:
    """A leads and B helps in "A và đề nghị B phối hợp làm ..."; but a body that issues only asks."""
    cur = clause.cur
    if clause.roles.issuer.match(cur.view, items[0].start, items[0].end) and len(items) == 1:
        return False
    auxiliary = _AUXILIARY.match(cur.view, end, cur.end)
    verb = clause.roles.directive.match(cur.view, auxiliary.end() if auxiliary else end, cur.end)
    helpers = doers(clause, verb.end()) if verb else ()
    if not helpers or not _helps(clause, helpers[-1].end):
        return False
    found.coordinating.extend(helpers)
    return found.give(items, "roles.subject")


def _handed_on(clause: Clause, items: Items, end: int, found: Reading) -> bool:
    """A leads in "UBND tỉnh giao A ...", the issuer has no role, the action begins with A.

    So too where an instrument speaks: "UBND tỉnh ban hành Kế hoạch số 1 chỉ đạo A ..."; elsewhere in "A chỉ đạo B" A leads.
    """
    cur = clause.cur
    auxiliary = _AUXILIARY.match(cur.view, end, cur.end)
    at = auxiliary.end() if auxiliary else end
    if _told(clause, at, found, issuer=True):
        return True
    if len(items) > 1 or not clause.roles.issuer.match(cur.view, items[0].start, items[0].end):
        return False
    if _CITED.search(cur.view, clause.start, end) and _led_on(clause, at, found):
        return True
    if _ISSUED.match(cur.view, end, cur.end) and (cited := _CITED.search(cur.view, end, clause.end)):
        _first_told(clause, cited.end(), found)
        return True  # "UBND tỉnh đã ban hành Kế hoạch số 5": what it has issued is no task of its own
    verb = clause.roles.directive.match(cur.view, at, cur.end)
    if verb and found.action is None and clause.first:  # asked of nobody in particular: "UBND tỉnh yêu cầu chấp hành ..."
        found.action = skip_blanks(cur.view, verb.end())
    return verb is not None


def _first_told(clause: Clause, at: int, found: Reading) -> bool:
    """The first "giao", "yêu cầu", "chỉ đạo" from ``at`` on that somebody is named after."""
    verbs = [verb.start() for pattern in (clause.roles.directive, _LEADS_ON) for verb in pattern.finditer(clause.cur.view, at, clause.end)]
    return any(_told(clause, place, found, issuer=True) or _led_on(clause, place, found) for place in sorted(verbs))


def _led_on(clause: Clause, at: int, found: Reading) -> bool:
    verb = _LEADS_ON.match(clause.cur.view, at, clause.cur.end)
    items = doers(clause, verb.end()) if verb else ()
    if items and found.action is None and clause.first:
        found.action = items[0].start
    return bool(items) and found.give(items, "roles.chi-dao")


def _asked_helpers(clause: Clause, end: int, found: Reading) -> None:
    """B helps in "A chủ trì, đề nghị B phối hợp"."""
    for match in clause.roles.directive.finditer(clause.cur.view, end, clause.end):
        items = doers(clause, match.end())
        if items and _helps(clause, items[-1].end):
            found.coordinating.extend(items)


def _after_opening(clause: Clause, found: Reading, *, known: bool = False) -> None:
    """The subject after an adverbial ("Trên cơ sở ..., A ...") or after a person who asks ("Đồng chí A yêu cầu B ...")."""
    cur, roles, at = clause.cur, clause.roles, clause.start
    person = roles.person.match(cur.view, at, cur.end)
    if not (known or person or roles.opening.match(cur.view, at, cur.end) or read_series(cur, at)):
        return
    limit = min(clause.end, at + _OPENING_REACH)
    if person and any(_put_in_charge(clause, verb.start(), found) for verb in _LEADS_ON.finditer(cur.view, at, limit)):
        return  # "Phó Giám đốc A chỉ đạo Phòng B chủ trì"
    pieces = [piece.end() for piece in _PIECE.finditer(cur.view, at, limit)]
    if _GROUNDS.match(cur.view, at) and (verb := next((i for i, piece in enumerate(pieces) if _ACTS.match(cur.view, piece)), None)) is not None:
        del pieces[verb:]  # "Căn cứ chức năng, chỉ đạo các trường, các trạm ...": the subject is left out
    # Inside the adverbial itself nobody is told: "Trường hợp đề nghị cơ quan khác thẩm định, ...".
    verbs = [verb.start() for verb in roles.directive.finditer(cur.view, at if person else min(pieces, default=limit), limit)]
    for place in sorted((*pieces, *verbs)):
        if found.holds(place):
            return
        if place in pieces and _subject(clause, place, found, inside=True, known_verb=place != pieces[0]):
            return
        if place in verbs and _told(clause, place, found, issuer=known or bool(person) or roles.opening.match(cur.view, at, cur.end) is not None):
            return


def _lead_by_whom(cur: Cursor, span: Span, roles: RoleRules, found: Reading) -> None:
    """A leads in "Nhiệm vụ của từng thành viên do A phân công"; after a verb "do A ..." belongs to its object."""
    whole = Clause(cur, roles, after_bullet(cur.view, span), span.end, first=False)
    head = cur.view[whole.start : whole.start + 40].lower()
    if cur.rules.stop.match(head) or cur.rules.ambiguous.match(head) or roles.opening.match(head):
        return
    starts = [whole.start, *(colon.end() for colon in _COLON.finditer(cur.view, whole.start, span.end))]
    for match in filter(None, (_BY_WHOM.match(cur.view, start, span.end) for start in starts)):
        items = doers(whole, match.end())
        if items and _IS_DONE.match(cur.view, items[-1].end, cur.end):
            found.give(items, "roles.do")
            return


def _lead_by_verb(cur: Cursor, span: Span, roles: RoleRules, found: Reading) -> None:
    """The last resort: after "giao" in a parenthesis or before "chủ trì" inside the unit ("... (Giao A chủ trì)", "..., A chủ trì")."""
    charges = list(roles.lead_after.finditer(cur.view, span.start, span.end))
    if not charges and cur.view.find("(", span.start, span.end) < 0:
        return
    whole = Clause(cur, roles, span.start, span.end, first=False)
    for match in roles.directive.finditer(cur.view, span.start, span.end):
        items = doers(whole, match.end())
        inside = cur.view[match.start() - 1 : match.start()] == "(" and _CLOSES.match(cur.view, match.end(), span.end) is not None
        if items and (inside or roles.lead_after.match(cur.view, skip_blanks(cur.view, items[-1].end), cur.end)):
            found.give(items, "roles.giao")
            return
    for match in charges:
        for piece in _BEFORE_LEAD.finditer(cur.view, max(span.start, match.start() - 300), match.start()):
            items = () if found.holds(piece.end()) else read_series(cur, piece.end())
            if items and skip_blanks(cur.view, after_parenthesis(cur, items[-1].end)) == match.start():
                found.give(items, "roles.chu-tri")
                return
