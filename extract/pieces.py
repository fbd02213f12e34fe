"""Cells and columns of printed lines: what letterhead, signature and headline are read from.

The view has no line breaks, so lines are taken from the canonical text; a line is cut into pieces at table bars and tabs, at " / "
between the paragraphs of a cell, and at the wide blanks between two columns of a printed page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kehoach.extract.spans import iter_lines, squash
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText

EDGE = " \t|#>*_=-–—~\xa0\u200b"
_CUT = re.compile(r"\||\s{3,}|(?<=[^\d\s])\s+/\s+(?=\D)|\s+/\s+(?=[^\d\s])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell or column of one line: ``text`` is its view on one line; ``gap`` whether an empty line or rule stands before it."""

    span: Span
    text: str
    gap: bool = False

    @property
    def capitals(self) -> bool:
        """Whether it is printed in capitals (numbers of instruments and abbreviations aside)."""
        letters = [letter for letter in self.text if letter.isalpha()]
        return bool(letters) and sum(letter.isupper() for letter in letters) >= 0.85 * len(letters)


def pieces_of(clean: CleanText, span: Span) -> Iterator[Piece]:
    """The non-empty pieces of the lines in ``span``, in reading order."""
    gap = False
    for line in iter_lines(clean.text[span.start : span.end]):
        start, end = line.start + span.start, line.end + span.start
        cuts = [start, *(edge for cut in _CUT.finditer(with_tabs(clean, start, end)) for edge in (cut.start() + start, cut.end() + start)), end]
        found = False
        for left, right in zip(cuts[::2], cuts[1::2], strict=True):
            text = clean.view[left:right]
            lead = len(text) - len(text.lstrip(EDGE))
            if body := text.strip(EDGE):
                yield Piece(Span(left + lead, left + lead + len(body)), squash(body), gap)
                gap, found = False, True
        gap = gap or not found


def with_tabs(clean: CleanText, start: int, end: int) -> str:
    """The view of one line with a bar for every tab: a tab stands between two cells or columns."""
    line = clean.view[start:end]
    if "\t" not in clean.text[start:end]:
        return line
    return "".join("|" if clean.text[start + place] == "\t" else letter for place, letter in enumerate(line))
