"""Where a piece of the outline stands among the targets: the setting that headings give it, and the deadline they hand down."""

from __future__ import annotations

import re
from dataclasses import dataclass

import regex

from kehoach.extract.reading import Reading
from kehoach.extract.scopes import Scopes, merge_times
from kehoach.extract.statements import Setting
from kehoach.extract.targets import TargetRules, setting_of_heading
from kehoach.extract.zones import NEWS
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Node, NodeKind, TimeKind, TimeMention, Topic, When

# Times that say when or how often, not by when: the deadline of the heading holds beside them.
_LOOSE_TIMES = frozenset({TimeKind.RECURRING, TimeKind.RELATIVE, TimeKind.ONGOING})
_YEARS = regex.compile(
    r"(?:(?:đến|tới)\s+(?:hết\s+|cuối\s+)?năm|giai\s+đoạn|thời\s+kỳ)\s+20\d\d(?:\s*-\s*20\d\d)?(?!\d)",
    regex.IGNORECASE,
)
# "phấn đấu đến năm 2030 đạt 30% ...": before the value the year binds it, whatever noun stands before.
_BY_YEAR = re.compile(r"(?<!\w)(?:đến|tới)\s+(?:hết\s+|cuối\s+)?năm\s+20\d\d(?!\d)", re.IGNORECASE)
_STRIVING = regex.compile(r"(?<=(?<!\w)(?:phấn\s+đấu|dự\s+kiến|bảo\s+đảm|đảm\s+bảo)[\s:,]+)", regex.IGNORECASE)
_ATTAINED = re.compile(r"\s+(?:phải\s+)?(?:đạt|có|còn|giảm|tăng|chiếm|tối\s+thiểu|ít\s+nhất)\s", re.IGNORECASE)
_FIGURE = regex.compile(r"\d\s*%|(?<![\w/.,-])\d[\d.,]*\s+\p{Ll}")
_NUMBERED_SHARE = 0.5  # of the items under a period, from which on it announces targets


@dataclass(frozen=True, slots=True)
class GoalZone:
    """The setting of one node; ``listed`` when its outcomes without a number count, ``heading`` the node that decided."""

    setting: Setting
    listed: bool
    heading: int | None = None


class GoalZones:
    """The zone of every node of one document; what a heading says is read once."""

    def __init__(self, reading: Reading, scopes: Scopes, rules: TargetRules) -> None:
        self._reading, self._scopes, self._rules = reading, scopes, rules
        self._said: dict[int, Setting | None] = {}
        self._below: dict[int, list[Node]] = {}
        for node in reading.nodes:
            if node.parent is not None and node.kind in (NodeKind.ITEM, NodeKind.PARAGRAPH):
                self._below.setdefault(node.parent, []).append(node)

    def of(self, node: Node) -> GoalZone:
        """The zone of ``node``: the nearest heading that says something decides, else the topic and the genre."""
        heading, setting = self._above(node.parent)
        if heading is not None and setting is Setting.AIMS and self._is_horizon(heading):
            return GoalZone(Setting.TARGETS, listed=node.kind is NodeKind.ITEM, heading=heading)
        if node.topic is Topic.PURPOSE:
            return GoalZone(Setting.NEUTRAL, listed=False)
        if setting is None:
            setting = self._by_genre(node)
        listed = setting is Setting.TARGETS and node.kind in (NodeKind.ITEM, NodeKind.PARAGRAPH)
        if listed and self._is("run-in-aim", self._reading.view[node.value.start : node.value.start + 60]):
            return GoalZone(Setting.AIMS, listed=False, heading=heading)
        return GoalZone(setting, listed, heading)

    def _is_horizon(self, heading: int) -> bool:
        """Whether a heading opens, among targets, what is to be reached later than they are ("Tầm nhìn đến năm 2045")."""
        return self._is("heading-vision", self._title(heading)) and self._above(self._reading.nodes[heading].parent)[1] is Setting.TARGETS

    def specific(self, zone: GoalZone) -> bool:
        """Whether the heading of ``zone`` says that what it lists is to be reached: "Mục tiêu cụ thể", not "Mục tiêu" alone."""
        return zone.listed and zone.heading is not None and self._is("heading-specific", self._title(zone.heading))

    def _above(self, index: int | None) -> tuple[int | None, Setting | None]:
        while index is not None:
            if (said := self._of_heading(index)) is not None:
                return index, said
            index = self._reading.nodes[index].parent
        return None, None

    def _of_heading(self, index: int) -> Setting | None:
        if index not in self._said:
            title = self._title(index)
            said = setting_of_heading(title, self._rules)
            if said is None and self._is("heading-period", title) and self._counts(index):
                said = Setting.TARGETS
            self._said[index] = said
        return self._said[index]

    def _title(self, index: int) -> str:
        node = self._reading.nodes[index]
        span = node.title if node.kind is NodeKind.HEADING else node.value
        return self._reading.text(span) if span is not None else ""

    def _counts(self, index: int) -> bool:
        """Whether most of what stands right under a period states a number."""
        below = self._below.get(index, ())
        numbered = sum(_FIGURE.search(self._reading.view, node.value.start, node.value.end) is not None for node in below)
        return len(below) > 1 and numbered > _NUMBERED_SHARE * len(below)

    def _is(self, label: str, text: str) -> bool:
        return self._rules.patterns.first(label, text) is not None

    def _by_genre(self, node: Node) -> Setting:
        if node.topic is Topic.TARGETS:
            above = self._title(node.parent) if node.parent is not None else ""
            # Nothing above a period says that it is one of targets: it orders tasks.
            return Setting.TASKS if self._is("heading-period", above) else Setting.TARGETS
        if node.topic is Topic.SITUATION:
            return Setting.REPORT
        if self._reading.genre in NEWS:
            return Setting.REPORT if node.kind is NodeKind.PARAGRAPH else Setting.NEUTRAL
        return Setting.NEUTRAL if node.kind is NodeKind.PREAMBLE or node.topic is Topic.FUNDING else Setting.TASKS

    def times_within(self, span: Span, times: tuple[TimeMention, ...]) -> tuple[TimeMention, ...]:
        """``times`` of ``span`` with the years right before a value, which a name before them would take."""
        view, found = self._reading.view, list(times)
        if view.find("20", span.start, span.end) == -1:
            return times
        for match in _BY_YEAR.finditer(view, span.start, span.end):
            place = Span(*match.span())
            valued = _STRIVING.match(view, place.start) or _ATTAINED.match(view, place.end, span.end)
            if valued and not any(place.meets(time.span) for time in times):
                found += self._reading.times(place)
        return tuple(sorted(found, key=lambda time: time.span)) if len(found) > len(times) else times

    def governing(self, index: int | None, own: tuple[When, ...]) -> tuple[When, ...]:
        """The times of a target that stands under node ``index``: its own, and those from above that these do not replace."""
        if any(when.mention.kind not in _LOOSE_TIMES for when in own):
            return own
        above = merge_times(self._scopes.at(index).times, self._of_titles(index))
        return merge_times(own, above)

    def _of_titles(self, index: int | None) -> tuple[When, ...]:
        """The years of the nearest heading over targets that names some ("Định hướng đến năm 2035", a table's "Giai đoạn 2026 - 2027")."""
        while index is not None:
            node, title = self._reading.nodes[index], self._title(index)
            dated = node.kind is NodeKind.HEADING and node.title is not None and _YEARS.search(self._reading.view, node.title.start, node.title.end)
            if dated and self._scopes.at(index).times:
                return ()
            if dated and (self._is("heading-period", title) or (self._of_heading(index) in (Setting.TARGETS, Setting.AIMS) and not node.in_table)):
                return tuple(When(time, inherited=True) for time in self._reading.times(Span(*dated.span())))
            index = node.parent
        return ()
