"""The lines of a page and what each says about itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby

from kehoach.extract.cleanrules import EDGES, CleanRules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Dropped, SourceText

# Longer lines are paragraphs: no rule looks at them.
_LONGEST_RULED = 620
# A line of this length, or half of it with a full stop, is a sentence and not a headline.
_PROSE_CHARS = 170
_SENTENCE_CHARS = 70
_SHORT_WORDS = 5
_MENU_REPEATS = 3
_LIST_LINKS, _HEADLINE_WORDS = 4, 6
_LINK = re.compile(r"(?<!!)\[([^\[\]]{0,300})\]\([^()\s]{0,600}(?:\s[^()]{0,200})?\)")
_LINKS_ONLY = re.compile(r"(?:-\s+)?(?:\[[^\[\]]{1,300}\]\((?!#)[^()\s]{0,600}(?:\s[^()]{0,200})?\)[\s|•·>/,-]{0,6}){1,12}")
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

    ``linked``: it is nothing but links; ``gap``: blank lines above it. ``top`` and ``bottom`` are what a weak line says
    for chrome above and below a document.
    """

    span: Span
    key: str
    kind: Kind
    label: str
    words: int
    capitals: bool
    linked: bool = False
    gap: int = 0
    top: float = 0.0
    bottom: float = 0.0
    dropped: bool = False

    @property
    def reason(self) -> str:
        """Why the line would be dropped; "" where it says nothing about itself."""
        if self.kind is Kind.TEASER:
            return "related-news"
        return self.label.rstrip("?") if self.kind in (Kind.SURE, Kind.WEAK) else ""


def read_lines(source: SourceText, folded: str, rules: CleanRules) -> list[PageLine]:
    """The lines of ``source`` that print something; those that the reader dropped already are marked so."""
    lines: list[PageLine] = []
    known: dict[str, str] = {}
    gone = _Cover(source.dropped) if source.dropped else None
    lowered = folded.lower()
    hits = rules.hits(lowered) if len(lowered) == len(folded) else None
    start = gap = 0
    for raw in source.text.split("\n"):
        end = start + len(raw)
        key = folded[start:end].strip(EDGES)
        linked = False
        if "](" in key:
            linked = _LINKS_ONLY.fullmatch(key) is not None
            key = _LINK.sub(r"\1", key).strip(EDGES)
        if key and gone is not None and (reason := gone.reason(start, end)):
            lines.append(PageLine(Span(start, end), key, Kind.SURE, reason, 1, False, dropped=True))
        elif key:
            if (label := known.get(key)) is None:
                term = hits is None or bisect_left(hits, start) < bisect_left(hits, end)
                label = known[key] = rules.label(" ".join(key.split()), term) if len(key) <= _LONGEST_RULED else ""
            lines.append(_line(Span(start, end), key, label))
            lines[-1].linked, lines[-1].gap = linked, gap
            if raw.startswith("#") and lines[-1].kind is Kind.SHORT:
                lines[-1].kind = Kind.HEADLINE
        gap = 0 if key else gap + 1
        start = end + 1
    _discount_repeats(lines)
    _mark_link_lists(lines)
    return lines


def _mark_link_lists(lines: Sequence[PageLine]) -> None:
    """Runs of lines that are nothing but links, on a page that has a text besides: short ones are a menu, long ones other articles."""
    if not any(line.linked for line in lines) or not any(line.kind in (Kind.PROSE, Kind.OWN) and not line.linked for line in lines):
        return
    for linked, group in groupby(lines, key=lambda line: line.linked):
        run = list(group)
        if linked and len(run) >= _LIST_LINKS:
            menu = sum(line.words for line in run) < _HEADLINE_WORDS * len(run)
            for line in run:
                if line.kind is not Kind.SURE:
                    line.kind, line.label = (Kind.SURE, "site-menu") if menu else (Kind.TEASER, "")


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
