"""One page of a PDF as lines of words and ruled tables, in page coordinates (points, origin at the top left)."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kehoach.extract.readers.legacyfonts import font_encoding, from_font

if TYPE_CHECKING:
    from pdfplumber.page import Page

# A gap of a quarter of the letter size separates words; kerning and justified letter spacing stay below.
_WORD_GAP = 0.25
# Edges of table cells nearer than this are one line of the ruling.
_SNAP = 3.0
# Lines of a ruling are thinner; only so many coloured areas are compared with each other.
_THICK, _MOST_AREAS = 4.0, 300
_OFF_PAGE = 500.0
# Marks on one line may stand higher (footnote numbers) by this share of the size.
_SAME_LINE = 0.45
# Invisible fill, soft hyphens.
_IGNORED = {"\u00ad": "", "\u200b": "", "\ufeff": "", "\u2060": ""}


# Left, top, right, bottom.
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Word:
    """Characters without a blank between them."""

    text: str
    x0: float
    x1: float
    size: float
    bold: bool


@dataclass(slots=True)
class Line:
    """Words of one baseline from left to right."""

    words: list[Word]
    top: float
    bottom: float

    @property
    def x0(self) -> float:
        """Left edge of the first word."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge of the last word."""
        return self.words[-1].x1

    @property
    def size(self) -> float:
        """Letter size of the longest word; the first may be a footnote's number."""
        return max(self.words, key=lambda word: len(word.text)).size

    @property
    def bold(self) -> bool:
        """Whether every word is bold."""
        return all(word.bold for word in self.words)

    @property
    def text(self) -> str:
        """The words with single blanks."""
        return " ".join(word.text for word in self.words)


@dataclass(slots=True)
class Cell:
    """A cell of a ruled table with its place in the grid and the lines in it."""

    row: int
    column: int
    rows: int
    columns: int
    x0: float
    x1: float
    lines: list[Line]


@dataclass(slots=True)
class RuledTable:
    """A table drawn with lines; ``edges`` are the vertical ones."""

    top: float
    bottom: float
    edges: tuple[float, ...]
    rows: int
    cells: list[Cell]

    @property
    def text(self) -> str:
        """Everything printed in it."""
        return " ".join(line.text for cell in self.cells for line in cell.lines)


@dataclass(slots=True)
class PageContent:
    """What one page prints; ``letters`` counts readable characters and ``garbled`` those that the font gives no meaning to."""

    width: float
    height: float
    lines: list[Line]
    tables: list[RuledTable]
    letters: int = 0
    garbled: int = 0
    pictured: float = 0.0


@dataclass(slots=True)
class _Glyph:
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    encoding: str | None


def read_page(page: Page) -> PageContent:
    """The lines outside tables and the ruled tables of ``page``."""
    glyphs, garbled = _glyphs(page.chars)
    tables = _ruled(page)
    inside: dict[int, list[_Glyph]] = {}
    outside: list[_Glyph] = []
    # What runs off the page belongs to the cell at its edge.
    boxes = [(x0, top, x1 + _OFF_PAGE * (x1 >= page.width - 1), bottom) for _, cells in tables for x0, top, x1, bottom in cells]
    for glyph in glyphs:
        place = _box_of(glyph, boxes) if boxes else None
        (outside if place is None else inside.setdefault(place, [])).append(glyph)
    found, offset = [], 0
    for bounds, cells in tables:
        lines = [_lines(inside.get(offset + number, ())) for number in range(len(cells))]
        offset += len(cells)
        found.append(build_table(bounds, cells, lines))
    content = PageContent(float(page.width), float(page.height), _lines(outside), [table for table in found if table.text])
    content.letters = sum(len(glyph.text) for glyph in glyphs if glyph.text.strip())
    content.garbled = garbled
    content.pictured = _pictured(page)
    return content


def _glyphs(chars: Sequence[dict[str, Any]]) -> tuple[list[_Glyph], int]:
    glyphs: list[_Glyph] = []
    seen: set[tuple[str, int, int]] = set()
    garbled = 0
    for char in chars:
        font = char.get("fontname") or ""
        encoding = font_encoding(font)
        text = char["text"] if encoding else char["text"].translate(_TABLE)  # in TCVN3 the soft hyphen's code is a letter
        if not char.get("upright", True) or not text:
            continue
        if text.startswith("(cid:") or "\ue000" <= text[0] <= "\uf8ff" or text == "\ufffd":
            garbled += 1
            continue
        if glyphs and all(map(unicodedata.combining, text)) and text.strip():
            glyphs[-1].text += text  # tone marks that the font draws over the letter before
            glyphs[-1].x1 = max(glyphs[-1].x1, char["x1"])
            continue
        key = (text, round(char["x0"] / 2), round(char["top"] / 2))
        if key in seen and text != " ":
            continue  # bold faked by printing twice
        seen.add(key)
        bold = "bold" in font.lower() or "black" in font.lower()
        glyphs.append(_Glyph(text, char["x0"], char["x1"], char["top"], char["bottom"], char["size"], bold, encoding))
    return glyphs, garbled


_TABLE = str.maketrans(_IGNORED)


def _box_of(glyph: _Glyph, boxes: Sequence[Box]) -> int | None:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    for number, (x0, top, x1, bottom) in enumerate(boxes):
        if x0 <= x <= x1 and top <= y <= bottom:
            return number
    return None


def _lines(glyphs: Iterable[_Glyph]) -> list[Line]:
    rows: list[list[_Glyph]] = []
    middle, size = 0.0, 0.0
    for glyph in sorted((glyph for glyph in glyphs if glyph.text.strip()), key=lambda glyph: (glyph.top + glyph.bottom) / 2):
        centre = (glyph.top + glyph.bottom) / 2
        if rows and abs(centre - middle) <= _SAME_LINE * max(size, glyph.size):
            rows[-1].append(glyph)
            if glyph.size > size:
                middle, size = centre, glyph.size
        else:
            rows.append([glyph])
            middle, size = centre, glyph.size
    blanks = sorted((glyph for glyph in glyphs if not glyph.text.strip()), key=lambda glyph: glyph.x0) if rows else []
    return [_line(row, blanks) for row in rows]


def _line(row: list[_Glyph], blanks: Sequence[_Glyph]) -> Line:
    row.sort(key=lambda glyph: glyph.x0)
    top, bottom = min(glyph.top for glyph in row), max(glyph.bottom for glyph in row)
    centre = (top + bottom) / 2
    stops = [glyph.x0 for glyph in blanks if glyph.top <= centre <= glyph.bottom]
    words: list[list[_Glyph]] = [[row[0]]]
    for left, right in pairwise(row):
        place = bisect_right(stops, left.x0)
        blank = place < len(stops) and stops[place] <= right.x0
        if blank or right.x0 - left.x1 > _WORD_GAP * max(left.size, right.size):
            words.append([])
        words[-1].append(right)
    return Line([_word(glyphs) for glyphs in words], top, bottom)


def _word(glyphs: list[_Glyph]) -> Word:
    first = glyphs[0]
    text = "".join(glyph.text for glyph in glyphs)
    if first.encoding is not None:
        text = from_font(text, first.encoding)
    return Word(text, first.x0, max(glyph.x1 for glyph in glyphs), max(glyph.size for glyph in glyphs), all(glyph.bold for glyph in glyphs))


def _ruled(page: Page) -> list[tuple[Box, list[Box]]]:
    """Tables of two columns at least; a frame round text is none."""
    if not (page.lines or page.rects or page.curves):
        return []
    found = []
    ruling = _ruling(page)
    settings = {"explicit_vertical_lines": [float(page.width)]} if any(edge["x1"] >= float(page.width) - 1 for edge in ruling.rects) else {}
    for table in ruling.find_tables(settings):
        cells = [cell for cell in table.cells if cell[2] - cell[0] > _SNAP and cell[3] - cell[1] > _SNAP]
        if len({round(cell[0] / _SNAP) for cell in cells}) > 1 or len(cells) > 2:
            found.append((table.bbox, cells))
    return sorted(found, key=lambda item: item[0][1])


def _ruling(page: Page) -> Page:
    """The page without what is no ruling: letters, and coloured areas inside other coloured areas (marked words in a shaded cell)."""
    areas = [rect for rect in page.rects if rect.get("fill") and not rect.get("stroke") and min(rect["width"], rect["height"]) > _THICK]
    nested = {id(area) for area in areas[:_MOST_AREAS] if any(_within(area, other) for other in areas[:_MOST_AREAS])}
    return page.filter(lambda item: item["object_type"] != "char" and id(item) not in nested)


def _within(inner: dict[str, Any], outer: dict[str, Any]) -> bool:
    return bool(
        inner["x0"] > outer["x0"] + 1
        and inner["x1"] <= outer["x1"]
        and inner["top"] >= outer["top"]
        and inner["bottom"] <= outer["bottom"]
        and inner["width"] < outer["width"] - 2
    )


def build_table(bounds: Box, boxes: Sequence[Box], lines: Sequence[list[Line]]) -> RuledTable:
    """A table from the boxes of its cells and the lines in each."""
    columns, rows = _snapped([x for box in boxes for x in (box[0], box[2])]), _snapped([y for box in boxes for y in (box[1], box[3])])
    cells = []
    for (x0, top, x1, bottom), inner in zip(boxes, lines, strict=True):
        left, right, upper, lower = _nearest(columns, x0), _nearest(columns, x1), _nearest(rows, top), _nearest(rows, bottom)
        cells.append(Cell(upper, left, max(1, lower - upper), max(1, right - left), x0, x1, inner))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return RuledTable(bounds[1], bounds[3], tuple(columns), max(1, len(rows) - 1), cells)


def _snapped(values: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SNAP:
            edges.append(value)
    return edges


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda place: abs(edges[place] - value))


def _pictured(page: Page) -> float:
    """The largest share of the page that one image covers."""
    area = float(page.width) * float(page.height) or 1.0
    return max((abs(image["x1"] - image["x0"]) * abs(image["bottom"] - image["top"]) / area for image in page.images), default=0.0)
