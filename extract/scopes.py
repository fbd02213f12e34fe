"""What a heading, a lead-in or a field label hands down to the tasks below it: lead, coordinating agencies, timeframes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from kehoach.extract.reading import Reading
from kehoach.extract.spans import trim
from kehoach.extract.zones import upper_share
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Actor, AgencyMention, ColumnRole, Marker, Node, NodeKind, RoleReading, TimeKind, TimeMention, When

_ROLE_TITLE = regex.compile(
    r"(?:cơ\s+quan|đơn\s+vị)\s+(?:được\s+giao\s+)?(?P<role>chủ\s+trì|đầu\s+mối|thực\s+hiện|phối\s+hợp)(?:\s+(?:thực\s+hiện|tham\s+mưu))?\s*:\s*(?P<names>.+)",
    regex.IGNORECASE | regex.DOTALL,
)


_ADDRESS = regex.compile(
    r"\W*(?:đề\s+nghị|giao|đối\s+với|(?:trách\s+nhiệm|nhiệm\s+vụ)\s+(?:cụ\s+thể\s+)?(?:của|đối\s+với))\s*:?\s+", regex.IGNORECASE
)
_ASKS = regex.compile(r"(?<!\w)(?:yêu\s+cầu|đề\s+nghị|giao)\s+", regex.IGNORECASE)
_ABOUT = regex.compile(r"\W*về\s", regex.IGNORECASE)
_GENERIC = regex.compile(
    r"(?i)(?:[\p{L}\s]{1,20}\s)?các\s+(?:(?:sở|ban|ngành|bộ|phòng|cơ\s+quan|đơn\s+vị|tổ\s+chức|đoàn\s+thể|địa\s+phương)(?:\s*,\s*)?)++"
)
_TITLE_WORDS = 40
_ASIDE = regex.compile(r"(?i),\s+(?:trong\s+đó|nhất\s+là|đặc\s+biệt\s+là|trọng\s+tâm\s+là)\s")
_DUTY = regex.compile(r"(?i)\s+(?:có|chịu)\s+trách\s+nhiệm[\s.:]*$")
_HEAD_CHARS = 12  # "Trong năm 2026, các sở ..."
_BRACKET = regex.compile(r"\(([^()]{6,400})\)")
_TIME_STATEMENT = regex.compile(
    r"(?<![^.;]\s)(?<!\w)(?:thời\s+(?:gian|hạn)|tiến\s+độ)\s+(?:thực\s+hiện|triển\s+khai|hoàn\s+(?:tất|thành)|báo\s+cáo|(?:thanh|kiểm)\s+tra|giám\s+sát|tổ\s+chức)[^:.;]{0,40}:\s*(?=(?P<rest>[^.;]{4,120}))",
    regex.IGNORECASE,
)
# "Nhiệm vụ trọng tâm tháng 9 năm 2026": a month or quarter that is the subject of a part is when its tasks are done; a year is that of the plan.
_AGENDA = regex.compile(
    r"(?:(?:một\s+số|các|những)\s+)?(?:phương\s+hướng|nhiệm\s+vụ|công\s+tác|kế\s+hoạch\s+công\s+tác|chương\s+trình\s+công\s+tác)"
    r"(?:[\s,]+(?:phương\s+hướng|nhiệm\s+vụ|công\s+tác|giải\s+pháp|trọng\s+tâm|chủ\s+yếu|cụ\s+thể|và))*"
    r"[\s,]+(?P<time>(?:trong\s+)?(?:(?:cuối\s+)?tháng|quý|\d{1,2}\s+tháng)\s.{1,40})",
    regex.IGNORECASE | regex.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds at a place of the outline, all of it inherited by what stands there."""

    lead: tuple[Actor, ...] = ()
    coordinating: tuple[Actor, ...] = ()
    implementing: tuple[Actor, ...] = ()
    times: tuple[When, ...] = ()


class Scopes:
    """The scope of every node of one document, each computed once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._known: dict[int | None, Scope] = {}

    def at(self, index: int | None) -> Scope:
        """What node ``index`` hands down, with what it inherits itself. None is the top of the document."""
        if index not in self._known:
            self._known[index] = self._top() if index is None else self._of(index)
        return self._known[index]

    def fields(self, index: int) -> Scope:
        """What the field labels right under node ``index`` say, as stated by it (nothing marked inherited)."""
        lead: list[Actor] = []
        coordinating: list[Actor] = []
        implementing: list[Actor] = []
        times: list[When] = []
        for i in self._reading.label_nodes.get(index, ()):
            node = self._reading.nodes[i]
            if node.label in (ColumnRole.LEAD, ColumnRole.IMPLEMENTING) and not self._reading.acts(node.value):
                said = self._reading.roles(node.value)
                if said.lead and said.coordinating:
                    lead += map(Actor, said.lead)
                    coordinating += map(Actor, said.coordinating)
                    continue
            if node.label is ColumnRole.LEAD:
                lead += map(Actor, self._named(node.value))
            elif node.label is ColumnRole.IMPLEMENTING:
                implementing += map(Actor, self._named(node.value))
            elif node.label is ColumnRole.COORDINATING:
                coordinating += map(Actor, self._named(node.value))
            elif node.label is ColumnRole.TIME:
                times += map(When, self._reading.times(node.value, cell=True))
        times += self._phase_before(index)
        if implementing and not lead:  # one field alone names the doer: that is the lead (annotation guide, section 6)
            lead, implementing = implementing, []
        return Scope(tuple(lead), tuple(coordinating), tuple(implementing), tuple(times))

    def _phase_before(self, index: int) -> tuple[When, ...]:
        """The time that the line before a paragraph consists of ("Giai đoạn sau 72 giờ:", "Quý I/2026:")."""
        node, line = self._reading.nodes[index], self._reading.nodes[index - 1]
        if index == 0 or node.kind is not NodeKind.PARAGRAPH or line.kind is not NodeKind.LEAD_IN:
            return ()
        times = self._reading.times(line.value)
        whole = (
            len(times) == 1 and times[0].span.start == line.value.start and not self._reading.view[times[0].span.end : line.value.end].strip(" :.\n")
        )
        return inherited(Scope(times=(When(times[0]),))).times if whole else ()

    def _named(self, value: Span) -> tuple[AgencyMention, ...]:
        """The agencies of a label's value, which may tell what each of them does ("Sở A rà soát ...; Sở B tổng hợp ...")."""
        if not self._reading.acts(value):
            return self._reading.agency_list(value)
        found: list[AgencyMention] = []
        for clause in clauses(self._reading.view, value):
            found += self._reading.roles(clause).lead
        return tuple(found)

    def _of(self, index: int) -> Scope:
        node = self._reading.nodes[index]
        above = self.at(node.parent)
        own = self._own(node)
        fields = inherited(self.fields(index))
        lead = fields.lead or own.lead
        return Scope(
            lead=lead or above.lead,
            coordinating=fields.coordinating or own.coordinating or (() if lead else above.coordinating),
            implementing=fields.implementing or above.implementing,
            times=merge_times(above.times, own.times, fields.times, inherited(Scope(times=self._stated_times(index))).times),
        )

    def _own(self, node: Node) -> Scope:
        if node.kind is NodeKind.HEADING:
            return self._of_title(node)
        if node.kind is NodeKind.LEAD_IN:
            said = self._asked(node.value)
            lead = () if self._only_issues(node.value, said) else said.lead or self._addressed(node.value)
            if lead and all(_GENERIC.fullmatch(" ".join(mention.name.split())) for mention in lead) and self._reading.under_agencies(node):
                lead = ()  # the heading says which "các sở" these are
            return inherited(Scope(tuple(map(Actor, lead)), tuple(map(Actor, said.coordinating)), (), self._ordered_times(node.value)))
        if node.kind is NodeKind.ITEM:  # "1. Các xã tổ chức ...:" over bullets: who does it holds for them, with whom and when only for itself
            return inherited(Scope(tuple(map(Actor, self._reading.roles(node.value).lead))))
        return Scope()

    def _of_title(self, node: Node) -> Scope:
        if node.title is None:
            return Scope()
        title, view = node.title, self._reading.view
        times: tuple[TimeMention, ...] = ()
        # A period in the title of the instrument or of an attached part governs nothing by itself; nor does the title of a table's group.
        attached = node.level == 1 and (node.marker is Marker.APPENDIX or (node.number is None and upper_share(view[title.start : title.end]) > 0.7))
        if not attached and not node.in_table and not _ABOUT.match(view, title.start, title.end):
            # An event that opens the title is the phase that the part is about ("Trước khi có bão", "Giai đoạn sau 72 giờ").
            times = tuple(time for time in self._reading.times(title) if time.kind is not TimeKind.RELATIVE or time.span.start == title.start)
            if not times and (agenda := _AGENDA.fullmatch(view, title.start, title.end)):
                times = self._reading.times(trim(view, Span(*agenda.span("time"))), cell=True)
        match = _ROLE_TITLE.search(view, title.start, title.end)
        if match is not None:
            names = tuple(map(Actor, self._reading.agency_list(trim(view, Span(*match.span("names"))))))
            coordinating = "phối" in match.group("role").lower()
            return inherited(Scope(() if coordinating else names, names if coordinating else (), (), tuple(map(When, times))))
        lead = self._named_in_title(title) if not node.in_table else ()
        return inherited(Scope(tuple(map(Actor, lead)), (), (), tuple(map(When, times))))

    def _named_in_title(self, title: Span) -> tuple[AgencyMention, ...]:
        """The agencies of a title that is only agencies; those in brackets where it lists them ("Các cơ quan đăng ký (Sở A, Sở B)")."""
        bracket = _BRACKET.search(self._reading.view, title.start, title.end)
        if (
            bracket is not None
            and not self._is_named(Span(title.start, bracket.start()))
            and self._reading.is_agencies(inner := trim(self._reading.view, Span(*bracket.span(1))))
        ):
            return self._reading.agency_list(inner)
        names = without_address(self._reading.view, title)
        duty = _DUTY.search(self._reading.view, names.start, names.end)
        names = Span(names.start, duty.start()) if duty else names
        if self._reading.is_agencies(names):
            return self._reading.agency_list(names)
        return self._reading.group_title(names) or self._leading(names)

    def _is_named(self, span: Span) -> bool:
        """Whether ``span`` is one agency by its name; a bracket after it is a remark ("Sở Nội vụ (cơ quan thường trực)")."""
        names = self._reading.agency_list(span) if self._reading.is_agencies(span) else ()
        return len(names) == 1 and not names[0].generic

    def _leading(self, title: Span) -> tuple[AgencyMention, ...]:
        """The agency that a short title begins with ("Sở Nội vụ - cơ quan thường trực")."""
        if len(self._reading.text(title).split()) > _TITLE_WORDS:
            return ()
        first = next(iter(self._reading.agencies(title)), None)
        if (
            first is None
            or self._reading.view[title.start : first.span.start].strip(" :")
            or self._reading.segmenter.begins_action(self._reading.view, Span(first.span.end, title.end))
        ):
            return ()
        return (first,)

    def _asked(self, value: Span) -> RoleReading:
        """Who does what by a lead-in; where it ends in a request ("Quốc hội tán thành ..., đề nghị Chính phủ ...:"), by the request."""
        requests = list(_ASKS.finditer(self._reading.view, value.start, value.end))
        if requests:
            said = self._reading.roles(Span(requests[-1].start(), value.end))
            if said.lead:
                return said
            names = trim(self._reading.view, Span(requests[-1].end(), value.end), " :\n\xa0\t")
            if self._reading.is_agencies(names):  # "Bộ A yêu cầu các cơ quan, đơn vị:"
                return RoleReading(lead=self._reading.agency_list(names))
        return self._reading.roles(value)

    def _only_issues(self, value: Span, said: RoleReading) -> bool:
        """Whether a lead-in only says who has made the plan: "UBND tỉnh triển khai kế hoạch ..., cụ thể như sau:"."""
        text, roles = self._reading.view[value.start : value.end], self._reading.rules.roles
        return (
            len(said.lead) == 1
            and roles.issuer.match(said.lead[0].name) is not None
            and any(rule.pattern.search(text) for rule in self._reading.rules.clauses.labelled("issues"))
            and not any(rule.pattern.search(text) for rule in self._reading.rules.clauses.labelled("directive"))
        )

    def _addressed(self, value: Span) -> tuple[AgencyMention, ...]:
        """The agencies that a lead-in only names ("Ngoài các nhiệm vụ trên, Chủ tịch UBND các huyện:")."""
        view = self._reading.view
        starts = [
            value.start,
            *(at + 1 for at in range(value.start, value.end) if view[at] == ","),
            *(match.end() for match in _ASKS.finditer(view, value.start, value.end)),
        ]
        for start in starts:
            names = trim(view, Span(start, value.end), " :\n\xa0\t")
            if names.start < names.end and self._reading.is_agencies(names):
                return self._reading.agency_list(names)
        return self._leading(value)

    def _ordered_times(self, value: Span) -> tuple[When, ...]:
        """The timeframes of a lead-in that bind what it orders: at its head, or after the verb that orders; the rest is background."""
        view = self._reading.view
        verbs = [
            match.start()
            for rule in self._reading.rules.clauses.labelled("directive")
            for match in rule.pattern.finditer(view, value.start, value.end)
        ]
        last = max(verbs, default=value.start)
        return tuple(When(time) for time in self._reading.times(value) if time.span.start - value.start < _HEAD_CHARS or time.span.start > last)

    def _stated_times(self, index: int) -> tuple[When, ...]:
        """The timeframe of a sentence "Thời gian thực hiện ...: ..." among the paragraphs right under heading ``index``, or of such an item."""
        found: list[When] = []
        for place in self._reading.statements_under.get(index, ()):
            node, value = self._reading.nodes[place], self._reading.nodes[place].value
            for match in _TIME_STATEMENT.finditer(self._reading.view, value.start, value.end):
                if node.kind is NodeKind.ITEM and match.start() > value.start:
                    break  # an item of several sentences states its own time
                found += map(
                    When, self._reading.times(trim(self._reading.view, Span(match.end(), match.end() + len(match.group("rest")))), cell=True)
                )
        return tuple(found)

    def _top(self) -> Scope:
        """The introduction of a directive or conclusion: "Chủ tịch UBND tỉnh yêu cầu Thủ trưởng các sở ... thực hiện các nội dung sau:"."""
        for node in self._reading.nodes:
            if node.kind is NodeKind.HEADING:
                break
            if node.kind is NodeKind.PREAMBLE and self._reading.text(node.value).endswith(":"):
                sentences = self._reading.segmenter.sentences(self._reading.view, node.value)
                said = self._asked(sentences[-1]) if sentences else None
                if said is not None and said.lead and self._tells(sentences[-1]):
                    return inherited(Scope(tuple(map(Actor, said.lead)), tuple(map(Actor, said.coordinating))))
        return Scope()

    def _tells(self, sentence: Span) -> bool:
        """Whether an introduction tells somebody to act; "UBND tỉnh ban hành Kế hoạch ... như sau:" only says who issues it."""
        text = self._reading.view[sentence.start : sentence.end]
        labelled = self._reading.rules.clauses.labelled
        return any(rule.pattern.search(text) for rule in labelled("directive")) and not any(rule.pattern.search(text) for rule in labelled("issues"))


def without_address(view: str, title: Span) -> Span:
    """A title without what only addresses the agencies it names ("Đề nghị:", "Trách nhiệm của") or dwells on some (", trong đó trọng tâm là ...")."""
    prefix = _ADDRESS.match(view, title.start, title.end)
    start = prefix.end() if prefix else title.start
    aside = _ASIDE.search(view, start, title.end)
    return Span(start, aside.start() if aside else title.end)


def clauses(view: str, span: Span) -> tuple[Span, ...]:
    """The parts of ``span`` between semicolons, trimmed; none empty."""
    found, start = [], span.start
    for at in [i for i in range(span.start, span.end) if view[i] == ";"] + [span.end]:
        piece = trim(view, Span(start, at))
        if piece.start < piece.end:
            found.append(piece)
        start = at + 1
    return tuple(found)


def inherited(scope: Scope) -> Scope:
    """``scope`` as what stands below it receives it."""
    lead, coordinating, implementing = (
        tuple(replace(actor, inherited=True) for actor in group) for group in (scope.lead, scope.coordinating, scope.implementing)
    )
    return Scope(lead, coordinating, implementing, tuple(replace(when, inherited=True) for when in scope.times))


def merge_times(*groups: tuple[When, ...]) -> tuple[When, ...]:
    """All timeframes of ``groups``, the same time once, in order."""
    kept: dict[tuple[object, ...], When] = {}
    for group in groups:
        for when in group:
            time = when.mention
            key = (time.kind, time.start, time.end, time.recurrence, time.month_day, time.span if time.kind is TimeKind.RELATIVE else None)
            if key not in kept or (kept[key].inherited and not when.inherited and kept[key].mention.span != time.span):
                kept[key] = when  # its own words before what is handed down
    return tuple(kept.values())
