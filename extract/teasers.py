"""Lists of other articles after a document: headline, date and a sentence each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kehoach.extract.pagelines import Kind, PageLine

# An article with so many sentences between two dates must stand before the first teaser; without one the page itself is a list of news.
_ARTICLE_SENTENCES = 3
# A teaser has a headline (often twice: picture and text) and at most two paragraphs; an item of a digest has more.
_TEASER_LINES = 4
_HEADLINE_WORDS = 6
_DAY = re.compile(r"\(?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\)?")
_PLAIN = (Kind.SHORT, Kind.HEADLINE, Kind.PROSE)


def mark_teasers(lines: Sequence[PageLine]) -> None:
    """Sets the kind of the lines that belong to lists of other articles to ``TEASER``."""
    _after_headings(lines)
    _between_dates(lines)


def _after_headings(lines: Sequence[PageLine]) -> None:
    """Headlines below "Tin liên quan" and its like."""
    last = max((number for number, line in enumerate(lines) if line.kind in (Kind.OWN, Kind.PROSE)), default=len(lines))
    for number, line in enumerate(lines):
        if line.kind is Kind.SURE and line.label == "related-news":
            _follow(lines, number + 1)
        elif line.label == "related-news?" and number > last and _only_headlines(lines, number + 1):
            line.kind = Kind.SURE
            _follow(lines, number + 1)


def _only_headlines(lines: Sequence[PageLine], start: int) -> bool:
    """Whether headlines and dates alone follow, up to sure chrome or the end; short lines may be a table's cells."""
    headlines = 0
    for line in lines[start:]:
        if line.kind in (Kind.SURE, Kind.WEAK):
            break
        if line.kind is Kind.HEADLINE and line.words >= _HEADLINE_WORDS:
            headlines += 1
        elif line.label != "date-line" and not _DAY.fullmatch(line.key):
            return False
    return headlines > 0


def _follow(lines: Sequence[PageLine], start: int) -> None:
    """Marks headlines and dates from ``start`` on; where a text goes on after them, a short line before it is its heading and stays."""
    number = start
    while number < len(lines) and (lines[number].kind in (Kind.SHORT, Kind.HEADLINE, Kind.TEASER) or lines[number].label == "date-line"):
        number += 1
    stop = number
    if number < len(lines) and lines[number].kind in (Kind.PROSE, Kind.OWN):
        while stop > start and lines[stop - 1].words < _HEADLINE_WORDS and lines[stop - 1].label != "date-line":
            stop -= 1
        if stop == number:
            stop -= 1
    for line in lines[start : max(start, stop)]:
        line.kind = Kind.TEASER


def _between_dates(lines: Sequence[PageLine]) -> None:
    """Groups of headline, date and summary: the dates come every few lines, after an article of some length."""
    sentences, article, previous = 0, False, -1
    for number, line in enumerate(lines):
        if line.kind in (Kind.PROSE, Kind.OWN):
            sentences += 1
        if line.label != "date-line":
            continue
        article |= sentences >= _ARTICLE_SENTENCES
        sentences = 0
        if previous >= 0 and _few(lines, previous, number):
            _mark(lines[previous : number + 1])
            previous = number
        elif article and _another_follows(lines, number):
            _mark_back(lines, number)
            previous = number
        else:
            previous = -1


def _few(lines: Sequence[PageLine], left: int, right: int) -> bool:
    between = [line for line in lines[left + 1 : right] if line.kind in _PLAIN]
    return len(between) <= _TEASER_LINES and not any(line.kind is Kind.OWN for line in lines[left + 1 : right])


def _another_follows(lines: Sequence[PageLine], number: int) -> bool:
    """Whether the next date is near: one date alone may be the article's own."""
    later = next((place for place in range(number + 1, min(number + 14, len(lines))) if lines[place].label == "date-line"), None)
    return later is not None and _few(lines, number, later)


def _mark_back(lines: Sequence[PageLine], number: int) -> None:
    """The headline above a first date: one line, or a repeated headline with its summary."""
    first = number
    if number >= 3 and lines[number - 2].key == lines[number - 3].key and lines[number - 1].kind in _PLAIN:
        first = number - 3
    elif number >= 2 and lines[number - 1].key == lines[number - 2].key:
        first = number - 2
    elif number >= 1 and lines[number - 1].kind is Kind.HEADLINE:
        first = number - 1
    _mark(lines[first : number + 1])


def _mark(lines: Sequence[PageLine]) -> None:
    for line in lines:
        if line.kind in _PLAIN or line.label == "date-line":
            line.kind = Kind.TEASER
