"""The lines of a page and what each says about itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import regex

from kehoach.rules.loader import RuleSet
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Dropped, SourceText

# Longer lines are paragraphs: no rule looks at them, and only terms at those above the first length.
_LONGEST_ANCHORED, _LONGEST_RULED = 330, 620
# A longer line with a dash is an item of the text: menus and fields are short.
_LONGEST_BULLET = 60
# A line of this length, or half of it with a full stop, is a sentence and not a headline.
_PROSE_CHARS = 170
_SENTENCE_CHARS = 70
_SHORT_WORDS = 5
_MENU_REPEATS = 3
_EDGES = " \t#>•·●○◦▪■□»*|\\"
_SEPARATORS = "|•·"
_SEPARATOR = re.compile(r"\s*[|•·]\s*")
# How the rule loader writes a rule of terms.
_TERMS_START, _TERMS_END = r"(?<!\w)(?:", r")(?!\w)"
_LONGEST_MENU = 300
_MENU = frozenset({"site-menu", "share", "page-tool", "download-link", "comment-form", "login-prompt"})
_LINK = re.compile(r"(?<!!)\[([^\[\]]{0,300})\]\([^()\s]{0,600}(?:\s[^()]{0,200})?\)")
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
    """A line with something printed on it; ``span`` is without its line feed, ``key`` what rules and repeats compare.

    ``top`` and ``bottom`` are what a weak line says for chrome above and below a document.
    """

    span: Span
    key: str
    kind: Kind
    label: str
    words: int
    capitals: bool
    top: float = 0.0
    bottom: float = 0.0
    dropped: bool = False

    @property
    def reason(self) -> str:
        """Why the line would be dropped; "" where it says nothing about itself."""
        if self.kind is Kind.TEASER:
            return "related-news"
        return self.label.rstrip("?") if self.kind in (Kind.SURE, Kind.WEAK) else ""


@dataclass(frozen=True, slots=True)
class CleanRules:
    """The rules joined into two patterns: those that begin with ``^``, and the terms that may stand anywhere in a line.

    Group ``g<n>`` belongs to ``labels[n]``. Terms are sought in lower case; ``keys`` are the terms themselves.
    """

    anchored: regex.Pattern[str]
    anywhere: re.Pattern[str]
    keys: tuple[str, ...]
    labels: tuple[str, ...]

    @classmethod
    def of(cls, rules: RuleSet) -> CleanRules:
        """The rules of one set, the earlier before the later."""
        anchored, anywhere, keys = [], [], []
        for number, rule in enumerate(rules):
            source = rule.pattern.pattern
            if source.startswith("^"):
                anchored.append(f"(?P<g{number}>(?{'i' if rule.pattern.flags & regex.IGNORECASE else '-i'}:{source}))")
            else:
                anywhere.append(f"(?P<g{number}>{source.lower()})")
                keys += [
                    re.sub(r"\\(.)", r"\1", term.replace(r"\s+", " ")) for term in source.lower()[len(_TERMS_START) : -len(_TERMS_END)].split("|")
                ]
        return cls(regex.compile("|".join(anchored)), re.compile("|".join(anywhere) or r"(?!)"), tuple(keys), tuple(rule.label for rule in rules))

    def hits(self, text: str) -> list[int]:
        """Where terms stand in the lower-cased page, in order: a filter, so that few lines are searched."""
        found = []
        for key in self.keys:
            at = text.find(key)
            while at != -1:
                found.append(at)
                at = text.find(key, at + 1)
        return sorted(found)

    def label(self, line: str, has_term: bool = True) -> str:
        """The label of the first rule that matches the line, of its parts where "|" or "•" separate them, or ""."""
        plain = len(line) <= _LONGEST_ANCHORED and (len(line) <= _LONGEST_BULLET or line[0] not in "-+")
        match: Any = self.anchored.match(line) if plain else None
        if match is None and has_term:
            match = self.anywhere.search(line.lower())
        if match is not None and match.lastgroup:
            return self.labels[int(match.lastgroup[1:])]
        if len(line) > _LONGEST_MENU or not any(sign in line for sign in _SEPARATORS):
            return ""
        parts = _SEPARATOR.split(line)
        return "site-menu" if len(parts) > 1 and all(self._names_menu(part) for part in parts) else ""

    def _names_menu(self, part: str) -> bool:
        match = self.anchored.match(part.strip(_EDGES))
        return match is not None and self.labels[int((match.lastgroup or "g0")[1:])].rstrip("?") in _MENU


def read_lines(source: SourceText, folded: str, rules: CleanRules) -> list[PageLine]:
    """The lines of ``source`` that print something; those that the reader dropped already are marked so."""
    lines: list[PageLine] = []
    known: dict[str, str] = {}
    gone = _Cover(source.dropped)
    lowered = folded.lower()
    hits = rules.hits(lowered) if len(lowered) == len(folded) else None
    start = 0
    for raw in source.text.split("\n"):
        end = start + len(raw)
        key = folded[start:end].strip(_EDGES)
        if "](" in key:
            key = _LINK.sub(r"\1", key).strip(_EDGES)
        if key and (reason := gone.reason(start, end)):
            lines.append(PageLine(Span(start, end), key, Kind.SURE, reason, 1, False, dropped=True))
        elif key:
            if (label := known.get(key)) is None:
                term = hits is None or bisect_left(hits, start) < bisect_left(hits, end)
                label = known[key] = rules.label(" ".join(key.split()), term) if len(key) <= _LONGEST_RULED else ""
            lines.append(_line(Span(start, end), key, label))
        start = end + 1
    _discount_repeats(lines)
    return lines


def _discount_repeats(lines: Sequence[PageLine]) -> None:
    """Takes their weight from weak lines that come again and again: they are the cells of a column, a menu names a rubric once or twice."""
    counts = Counter(line.key for line in lines if line.kind is Kind.WEAK)
    for line in lines:
        if line.kind is Kind.WEAK and counts[line.key] > _MENU_REPEATS:
            line.top = line.bottom = 0.0


def _line(span: Span, key: str, label: str) -> PageLine:
    words = key.count(" ") + 1
    capitals = key.isupper() or _RULE_LINE.fullmatch(key) is not None
    line = PageLine(span, key, _kind(key, label, words), label, words, capitals)
    if line.kind is Kind.WEAK and label not in _BRIDGES:
        line.top, line.bottom = 1.0, 0.0 if label.endswith("??") else 1.0
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
    """Which of the reader's ranges covers a line; lines must be asked in order."""

    def __init__(self, dropped: tuple[Dropped, ...]) -> None:
        self._items = sorted(dropped, key=lambda item: item.span)
        self._at = 0

    def reason(self, start: int, end: int) -> str:
        while self._at < len(self._items) and self._items[self._at].span.end < end:
            self._at += 1
        covering = self._at < len(self._items) and self._items[self._at].span.start <= start
        return self._items[self._at].reason if covering else ""
