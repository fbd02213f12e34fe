"""What a part of a document is about: read from its title, from the lead-in over a list, or taken over from the part around it."""

from __future__ import annotations

import regex

from kehoach.rules.loader import RuleSet
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Topic

_TASK_TITLE = regex.compile(
    r"(?i)nhiệm\s+vụ|giải\s+pháp|tổ\s+chức\s+thực\s+hiện|nội\s+dung|phân\s+công|trách\s+nhiệm|phương\s+hướng|kiến\s+nghị|đề\s+xuất|phương\s+án|biện\s+pháp|lộ\s+trình"
)
_PERIOD_TITLE = regex.compile(r"(?i)\W*+(?:(?:đến|trong|năm|giai\s+đoạn|từ|\d{4})\W*+)++")
_TITLE_TOPICS = (Topic.PURPOSE, Topic.SITUATION, Topic.TARGETS, Topic.FUNDING)
_LEAD_INS = (
    (Topic.QUOTED, "quotes-law"),
    (Topic.PURPOSE, "hands-facts"),
    (Topic.TASKS, "hands-tasks"),
    (Topic.TARGETS, "hands-targets"),
)


class TopicReader:
    """Reads topics by the rules of titles; ``news`` says that the text is a news page, ``default`` what it is about outside all parts."""

    def __init__(self, view: str, rules: RuleSet, *, news: bool, default: Topic) -> None:
        self.default = default
        self._view, self._rules, self._news = view, rules, news

    def quotes(self, span: Span) -> bool:
        """Whether a block announces the words of a law."""
        return self._says("quotes-law", self._text(span))

    def of_lead_in(self, span: Span, around: Topic) -> Topic:
        """What a lead-in announces; else what the part ``around`` it is for."""
        text = self._text(span)
        if self._news and around is Topic.QUOTED:
            return Topic.QUOTED
        return next((topic for topic, label in _LEAD_INS if self._says(label, text)), around)

    def of_heading(self, title: Span, outer: Topic | None, around: Topic) -> Topic:
        """What the part under ``title`` is for; ``outer`` is the topic of the heading above it, ``around`` that of whatever encloses it."""
        if outer is not None and _PERIOD_TITLE.fullmatch(self._view, title.start, title.end):
            return outer  # "Đến năm 2030" is for what stands above it
        if around is Topic.QUOTED:
            return Topic.QUOTED  # the title of a quoted article
        return self._of_title(title) or outer or self.default

    def _of_title(self, title: Span) -> Topic | None:
        text = self._text(title)
        for topic in _TITLE_TOPICS:
            if topic is Topic.PURPOSE and _TASK_TITLE.search(text):
                continue  # "Phạm vi, đối tượng, phương án hỗ trợ" holds the plan too
            if self._says(topic.value, text):
                return topic
        return (
            Topic.TASKS
            if regex.search(
                r"(?i)nhiệm\s+vụ|giải\s+pháp|tổ\s+chức\s+thực\s+hiện|nội\s+dung|phân\s+công|trách\s+nhiệm|phương\s+hướng|kiến\s+nghị|đề\s+xuất", text
            )
            else None
        )

    def _text(self, span: Span) -> str:
        return self._view[span.start : span.end].strip()

    def _says(self, label: str, text: str) -> bool:
        return any(rule.pattern.search(text) for rule in self._rules.labelled(label))
