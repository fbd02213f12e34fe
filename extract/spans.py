"""Positions: line numbers, trimming and line iteration over the canonical text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from kehoach.schemas.spans import Span

BLANKS = " \t\n\r\x0b\x0c\xa0\u200b\ufeff"


class LineIndex:
    r"""Line numbers of positions in one text.

    >>> LineIndex("một\nhai").line(4)
    2
    """

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at != -1:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def line(self, position: int) -> int:
        """1-based number of the line that holds ``position``."""
        return bisect_right(self._starts, position)


def iter_lines(text: str) -> Iterator[Span]:
    """Spans of the lines of ``text``, without their line feeds; the last may be empty."""
    start = 0
    while (end := text.find("\n", start)) != -1:
        yield Span(start, end)
        start = end + 1
    yield Span(start, len(text))


def trim(text: str, span: Span, chars: str = BLANKS) -> Span:
    """``span`` without ``chars`` at its ends; empty (``start == end``) when nothing else is in it.

    >>> trim("a  b ", Span(1, 5))
    Span(start=3, end=4)
    """
    start, end = span
    while start < end and text[start] in chars:
        start += 1
    while end > start and text[end - 1] in chars:
        end -= 1
    return Span(start, end)


def as_printed(view: str, text: str, span: Span) -> str:
    """``text[span]`` with a blank wherever the view has one: the printed words without line breaks, marks and dropped ranges."""
    if not text:
        return view[span.start : span.end]
    seen, printed = view[span.start : span.end], text[span.start : span.end]
    if seen == printed and "\\" not in printed:
        return printed
    # The escaping stroke of Markdown is no character of the word ("R\\&D").
    return "".join(" " if one.isspace() else other for one, other in zip(seen, printed, strict=True) if other != "\\")


def squash(text: str) -> str:
    """``text`` on one line with single spaces: what titles, names and indicators look like in the output."""
    return " ".join(text.split())
