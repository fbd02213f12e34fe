"""The lines of a page and what each says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

import regex

from kehoach.rules.loader import RuleSet
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import SourceText

# Longer lines are paragraphs: no rule looks at them.
_LONGEST_RULED = 620
# A line of this length, or half of it with a full stop, is a sentence and not a headline.
_PROSE_CHARS = 170
_SENTENCE_CHARS = 70
_SHORT_WORDS = 5
_EDGES = " \t#>•·●○◦▪■□»*|\\"
_RULE_LINE = re.compile(r"[\s|:=_*.\-]*")
# Labels of the document's own lines, and weak labels that bridge a range but never widen it (numbers and marks also fill table cells).
_OWN = frozenset({"letterhead", "type-line", "body", "byline"})
_BRIDGES = frozenset({"counter?", "rating?"})


class Kind(Enum):
    """How a line counts when the edges of the document are sought."""

    SURE = auto()
    WEAK = auto()
    TEASER = auto()  # part of a list of other articles
    NEUTRAL = auto()  # a date, a rule
    SHORT = auto()
    HEADLINE = auto()
    PROSE = auto()
    OWN = auto()  # letterhead, legal basis, numbered item, signature, byline


@dataclass(slots=True)
class PageLine:
    """A line with something printed on it; ``span`` is without its line feed, ``key`` what rules and repeats compare."""

    span: Span
    key: str
    kind: Kind
    label: str
    words: int
    capitals: bool
    weight: float = 1.0
    dropped: bool = False

    @property
    def reason(self) -> str:
        """Why the line would be dropped; "" where it says nothing about itself."""
        if self.kind is Kind.TEASER:
            return "related-news"
        return self.label.rstrip("?") if self.kind in (Kind.SURE, Kind.WEAK) else ""


@dataclass(frozen=True, slots=True)
class CleanRules:
    """The rules joined into one pattern; group ``g<n>`` belongs to ``labels[n]``."""

    pattern: regex.Pattern[str]
    labels: tuple[str, ...]

    @classmethod
    def of(cls, rules: RuleSet) -> CleanRules:
        """The rules of one set, the earlier before the later."""
        parts = [
            f"(?P<g{number}>(?{'i' if rule.pattern.flags & regex.IGNORECASE else '-i'}:{rule.pattern.pattern}))" for number, rule in enumerate(rules)
        ]
        return cls(regex.compile("|".join(parts)), tuple(rule.label for rule in rules))

    def label(self, line: str) -> str:
        """The label of the first rule that matches the line, or ""."""
        match = self.pattern.match(line)
        return self.labels[int(match.lastgroup[1:])] if match and match.lastgroup else ""


def read_lines(source: SourceText, folded: str, rules: CleanRules) -> list[PageLine]:
    """The lines of ``source`` that print something and that the reader has not dropped already."""
    lines: list[PageLine] = []
    known: dict[str, str] = {}
    gone = _Cover(item.span for item in source.dropped)
    start = 0
    for raw in source.text.split("\n"):
        end = start + len(raw)
        key = folded[start:end].strip(_EDGES)
        if key and not gone.covers(start, end):
            if (label := known.get(key)) is None:
                label = known[key] = rules.label(" ".join(key.split())) if len(key) <= _LONGEST_RULED else ""
            lines.append(_line(Span(start, end), key, label))
        start = end + 1
    return lines


def _line(span: Span, key: str, label: str) -> PageLine:
    words = key.count(" ") + 1
    capitals = key.isupper() or _RULE_LINE.fullmatch(key) is not None
    line = PageLine(span, key, _kind(key, label, words), label, words, capitals)
    if label in _BRIDGES:
        line.weight = 0.0
    return line


def _kind(key: str, label: str, words: int) -> Kind:
    if label in _OWN:
        return Kind.OWN
    if label == "date-line":
        return Kind.NEUTRAL
    if label:
        return Kind.WEAK if label.endswith("?") else Kind.SURE
    if len(key) >= _PROSE_CHARS or (len(key) >= _SENTENCE_CHARS and key[-1] in ".;:!"):
        return Kind.PROSE
    if words <= _SHORT_WORDS:
        return Kind.NEUTRAL if _RULE_LINE.fullmatch(key) else Kind.SHORT
    return Kind.HEADLINE


class _Cover:
    """Whether ranges, taken in order, cover a line; lines must be asked in order too."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._at = 0

    def covers(self, start: int, end: int) -> bool:
        while self._at < len(self._spans) and self._spans[self._at].end < end:
            self._at += 1
        return self._at < len(self._spans) and self._spans[self._at].start <= start
