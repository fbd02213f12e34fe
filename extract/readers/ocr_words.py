"""Tesseract's table of words to the content of a page."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from kehoach.extract.readers.ocr_ruling import Edge
from kehoach.extract.readers.pdf_page import Box, Line, PageContent, Word, build_table

# Tesseract's columns: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
_COLUMNS = 12
_WORD = "5"
# A line's letters are about so much of its height, from the top of the accents to the foot of the tails.
_LETTERS = 0.8
# Lines whose height differs less from the usual one are in the usual size: heights depend on which letters a line has.
_USUAL = 0.35
# Lines side by side overlap in height by this share.
_OVERLAP = 0.55
_NEAR = 3.0
_BULLETS = frozenset("-–—+•*…/&%") | {"...", "./."}


def page_of_words(table: str, pixels: tuple[int, int], resolution: float, edges: Sequence[Edge]) -> tuple[PageContent, list[float]]:
    """The page in points, and the confidence of each word in percent."""
    scale = 72 / resolution
    found: dict[tuple[str, ...], list[tuple[Word, float, float]]] = {}
    confidences: list[float] = []
    for row in table.split("\n")[1:]:
        parts = row.split("\t")
        if len(parts) < _COLUMNS or parts[0] != _WORD or not _is_word(parts[11].strip()):
            continue
        left, top, width, height = (float(part) * scale for part in parts[6:10])
        found.setdefault(tuple(parts[1:5]), []).append((Word(parts[11].strip(), left, left + width, height, False), top, top + height))
        confidences.append(float(parts[10]))
    words = [_sized(words) for words in found.values()]
    _even_out(words)
    content = _content(words, pixels, scale, edges)
    content.letters = sum(len(word.text) for line in words for word, _, _ in line)
    return content, confidences


def _is_word(text: str) -> bool:
    """Whether ``text`` is a word or a bullet; other lone signs are specks and the rests of rules."""
    return any(map(str.isalnum, text)) or text in _BULLETS


def _sized(words: list[tuple[Word, float, float]]) -> list[tuple[Word, float, float]]:
    """The words of a line with one size and the line's own top and bottom."""
    top, bottom = min(top for _, top, _ in words), max(bottom for _, _, bottom in words)
    size = _LETTERS * (bottom - top)
    for word, _, _ in words:
        word.size = size
    return [(word, top, bottom) for word, _, _ in words]


def _even_out(lines: Sequence[list[tuple[Word, float, float]]]) -> None:
    if not lines:
        return
    usual = median(line[0][0].size for line in lines)
    for line in lines:
        if abs(line[0][0].size - usual) <= _USUAL * usual:
            for word, _, _ in line:
                word.size = usual


def _content(lines: Sequence[list[tuple[Word, float, float]]], pixels: tuple[int, int], scale: float, edges: Sequence[Edge]) -> PageContent:
    tables = _boxes(edges)
    boxes = [box for _, cells in tables for box in cells]
    inside: dict[int, list[tuple[Word, float, float]]] = {}
    outside: list[list[tuple[Word, float, float]]] = []
    for line in lines:
        rest: list[tuple[Word, float, float]] = []
        for word, top, bottom in line:
            place = _box_of((word.x0 + word.x1) / 2, (top + bottom) / 2, boxes)
            (rest if place is None else inside.setdefault(place, [])).append((word, top, bottom))
        if rest:
            outside.append(rest)
    found, offset = [], 0
    for bounds, cells in tables:
        found.append(build_table(bounds, cells, [_lines(_split(inside.get(offset + place, []))) for place in range(len(cells))]))
        offset += len(cells)
    return PageContent(pixels[0] * scale, pixels[1] * scale, _lines(outside), [table for table in found if table.text])


def _boxes(edges: Sequence[Edge]) -> list[tuple[Box, list[Box]]]:
    """Tables that the ruling draws, by pdfplumber's way from edges to cells."""
    if not edges:
        return []
    from pdfplumber import table as finder

    merged = finder.merge_edges(list(edges), snap_x_tolerance=_NEAR, snap_y_tolerance=_NEAR, join_x_tolerance=_NEAR, join_y_tolerance=_NEAR)
    cells = finder.intersections_to_cells(finder.edges_to_intersections(merged, _NEAR, _NEAR))
    found = []
    for group in finder.cells_to_tables(cells):
        kept = [box for box in group if box[2] - box[0] > 2 * _NEAR and box[3] - box[1] > 2 * _NEAR]
        if len(kept) > 2:
            bounds = (min(box[0] for box in kept), min(box[1] for box in kept), max(box[2] for box in kept), max(box[3] for box in kept))
            found.append((bounds, kept))
    return sorted(found, key=lambda item: item[0][1])


def _box_of(x: float, y: float, boxes: Sequence[Box]) -> int | None:
    return next((number for number, (x0, top, x1, bottom) in enumerate(boxes) if x0 <= x <= x1 and top <= y <= bottom), None)


def _split(words: Sequence[tuple[Word, float, float]]) -> list[list[tuple[Word, float, float]]]:
    """The words of a cell by the lines that tesseract found: words of one line share their top and bottom."""
    lines: dict[tuple[float, float], list[tuple[Word, float, float]]] = {}
    for word, top, bottom in words:
        lines.setdefault((top, bottom), []).append((word, top, bottom))
    return list(lines.values())


def _lines(lines: Sequence[list[tuple[Word, float, float]]]) -> list[Line]:
    """Lines from top to bottom; those side by side become one, to be split into columns later."""
    found: list[Line] = []
    for line in sorted(lines, key=lambda words: words[0][1]):
        top, bottom = line[0][1], line[0][2]
        words = [word for word, _, _ in line]
        beside = next((other for other in found[-3:] if _beside(other, words, top, bottom)), None)
        if beside is None:
            found.append(Line(sorted(words, key=lambda word: word.x0), top, bottom))
        else:
            beside.words = sorted([*beside.words, *words], key=lambda word: word.x0)
            beside.top, beside.bottom = min(beside.top, top), max(beside.bottom, bottom)
    return found


def _beside(line: Line, words: Sequence[Word], top: float, bottom: float) -> bool:
    shared = min(line.bottom, bottom) - max(line.top, top)
    apart = max(word.x1 for word in words) <= line.x0 or min(word.x0 for word in words) >= line.x1
    return apart and shared >= _OVERLAP * min(line.bottom - line.top, bottom - top)
