"""Printed lines to paragraphs: a line goes on below when the next word did not fit into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kehoach.extract.readers.pdf_marks import has_mark
from kehoach.extract.readers.pdf_page import Line

# Lines whose left edges differ by less are aligned.
_ALIGNED = 2.5
# White space above a line that ends a paragraph, in letter sizes: twice the widest leading in use (1.5 lines).
_APART = 1.35
# Letters of another size begin another paragraph.
_SAME_SIZE = 0.14
# A hanging indent is no deeper than this.
_HANGING = 45.0
# The lines of a centred title or cell are broken by hand before they are full.
_TITLE_WIDTH = 0.5
# A sentence that goes on in small letters may leave so much of the line: the edge of ragged text is only known from its longest line.
_OPEN_SLACK = 0.06
_SENTENCE_END = (".", ";", ":", "!", "?", "./.")


@dataclass(slots=True)
class Paragraph:
    """Lines of one paragraph with the page of each; ``width`` bounds what fits into a line."""

    lines: list[Line]
    pages: list[int]
    left: float
    right: float

    def parts(self) -> Iterable[tuple[int, str]]:
        """Page and text of each line; the text ends in a blank unless the word goes on in the next line."""
        for number, (line, page) in enumerate(zip(self.lines, self.pages, strict=True)):
            text = line.text
            if number + 1 < len(self.lines) and not _splits_word(text, self.lines[number + 1].text):
                text += " "
            yield page, text

    @property
    def text(self) -> str:
        """All lines in one."""
        return "".join(text for _, text in self.parts())


def _splits_word(line: str, following: str) -> bool:
    """Whether a word runs over the end of ``line``: a hyphen stands right at a letter or digit ("2575-", "KT-")."""
    if len(line) < 2 or line[-1] not in "-‐/" or not line[-2].isalnum():
        return False
    if line[-1] == "/":
        return following[:1].isalnum() and (line[-2].isdigit() or line[-2].isupper())
    return following[:1].isdigit() == line[-2].isdigit() and following[:1].isalnum()


def paragraphs(lines: Sequence[Line], page: int, left: float | None = None, right: float | None = None) -> list[Paragraph]:
    """The paragraphs of one column of text on one page; the edges are those of the lines themselves unless given."""
    if not lines:
        return []
    low = min(line.x0 for line in lines) if left is None else left
    high = max(line.x1 for line in lines) if right is None else right
    found: list[Paragraph] = []
    for line in lines:
        if found and _near(found[-1].lines[-1], line) and continues(found[-1], line):
            found[-1].lines.append(line)
            found[-1].pages.append(page)
        else:
            found.append(Paragraph([line], [page], low, high))
    return found


def continues(paragraph: Paragraph, line: Line) -> bool:
    """Whether ``line`` goes on with ``paragraph``, judged by edges, letters and words (not by the distance between them)."""
    last = paragraph.lines[-1]
    if abs(last.size - line.size) > _SAME_SIZE * last.size or not _wrapped(paragraph, last, line):
        return False
    if last.bold and not line.bold and line.text[:1].isupper():
        return False
    first = paragraph.lines[0]
    if _symmetric(paragraph, last) and _symmetric(paragraph, line) and (_centred(paragraph, last) or _centred(paragraph, line)):
        return not has_mark(line.text)
    if len(paragraph.lines) > 1:
        aligned = abs(line.x0 - last.x0) <= _ALIGNED
        indented = first.x0 - last.x0 > _ALIGNED or last.x0 - first.x0 > _ALIGNED
        return aligned and (indented or not has_mark(line.text))
    if line.x0 - first.x0 > _ALIGNED:
        return has_mark(first.text) and line.x0 - first.x0 <= _HANGING and not has_mark(line.text)
    return first.x0 - line.x0 > _ALIGNED or not has_mark(line.text)


def joins_over_page(paragraph: Paragraph, line: Line) -> bool:
    """Whether the first line of a page goes on with the last paragraph of the page before."""
    if not _sentence_open(paragraph.lines[-1].text) and not line.text[:1].islower():
        return False
    return continues(paragraph, line)


def _sentence_open(text: str) -> bool:
    return not text.endswith(_SENTENCE_END)


def _near(last: Line, line: Line) -> bool:
    gap = line.top - last.bottom
    return gap <= _APART * line.size or (line.text[:1].islower() and gap <= 2 * _APART * line.size)


def _wrapped(paragraph: Paragraph, last: Line, line: Line) -> bool:
    """Whether the first word of ``line`` had no room at the end of ``last``."""
    word = line.words[0]
    needed = word.x1 - word.x0 + 0.2 * last.size
    if _centred(paragraph, last) and last.x0 - paragraph.left > _ALIGNED:
        room = paragraph.right - paragraph.left
        goes_on = line.text[:1].islower() and _sentence_open(last.text)
        return last.x1 - last.x0 + needed > (_TITLE_WIDTH * room if goes_on else room - 2)
    slack = 1.0
    if _sentence_open(last.text) and not line.text[:1].isupper() and not has_mark(line.text):
        slack += _OPEN_SLACK * (paragraph.right - paragraph.left)
    return last.x1 + needed > paragraph.right - slack


def _centred(paragraph: Paragraph, line: Line) -> bool:
    return _symmetric(paragraph, line) and line.x0 - paragraph.left > 2 * _ALIGNED


def _symmetric(paragraph: Paragraph, line: Line) -> bool:
    """Whether ``line`` leaves as much room on the left as on the right; full lines do."""
    return abs((line.x0 - paragraph.left) - (paragraph.right - line.x1)) <= 2 * _ALIGNED
