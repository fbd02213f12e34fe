"""Header rows of grids, and the grids that only lay out a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from kehoach.extract.columns import HeaderCell, TableRules, is_numbering, matches, settle
from kehoach.extract.spans import squash
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText, Column, ColumnRole, Grid, GridCell

# A first header may have a caption and a letterhead above it in the same grid.
_FIRST_HEADER_ROWS = 6
# A letterhead or signature has few rows, and its words stand in the first ones.
_LAYOUT_ROWS = 8
_LAYOUT_WORD_ROWS = 4
_MAX_HEADER_COLUMNS = 40
# Inline tags that a Markdown cell may keep: "<strong>TT</strong>".
_TAG_BEFORE = regex.compile(r"(?:\s*<[^<>]{1,80}>)+\s*")
_TAG_AFTER = regex.compile(r"(?:\s*</?[^<>]{1,80}>)+\s*$")


@dataclass(frozen=True, slots=True)
class GridHead:
    """Which rows of a grid are a header (``first`` to ``after``, exclusive), and the columns read from them."""

    first: int
    after: int
    columns: tuple[Column, ...]
    span: Span


def visible_rows(clean: CleanText, grid: Grid) -> list[tuple[GridCell, ...]]:
    """The rows of a grid with dropped and blank cells empty, and cells without the tags around their text; empty rows left out."""
    trimmed: dict[Span, Span | None] = {}
    rows = []
    for row in grid.rows:
        cells = []
        for cell in row:
            if cell.span is not None and cell.span not in trimmed:
                trimmed[cell.span] = _without_tags(clean, cell.span)
            cells.append(GridCell(trimmed[cell.span] if cell.span else None, cell.inherited))
        if any(cell.span for cell in cells):
            rows.append(tuple(cells))
    return rows


def _without_tags(clean: CleanText, span: Span) -> Span | None:
    start, end = span
    if not clean.view[start:end].strip():
        return None
    if clean.text[start] == "<" and (match := _TAG_BEFORE.match(clean.text, start, end)):
        start = match.end()
    if clean.text[end - 1] == ">" and (match := _TAG_AFTER.search(clean.text, max(start, end - 200), end)):
        end = match.start()
    return Span(start, end) if clean.view[start:end].strip() else None


def words_of(clean: CleanText, cell: GridCell) -> str:
    """What a cell says, on one line."""
    return squash(clean.view[cell.span.start : cell.span.end]) if cell.span else ""


def is_layout(clean: CleanText, rules: TableRules, rows: Sequence[Sequence[GridCell]]) -> bool:
    """Whether a grid is a letterhead, a signature block or a property box: few rows, and its words say so."""
    if not rows or max(len(row) for row in rows) < 2:
        return True
    words = " ".join(words_of(clean, cell)[:300] for row in rows[:_LAYOUT_WORD_ROWS] for cell in row if not cell.inherited)
    return len(rows) <= _LAYOUT_ROWS and matches(rules.layout, words[:2000])


def find_heads(clean: CleanText, rules: TableRules, rows: Sequence[tuple[GridCell, ...]]) -> list[GridHead]:
    """The headers of a grid; a second one further down must begin with the number column, or repeat the kinds of the first."""
    heads: list[GridHead] = []
    place = 0
    while place + 1 < len(rows):
        head = _head(clean, rules, rows, place, first=not heads and place < _FIRST_HEADER_ROWS)
        if head is not None and not (heads and repeats_header(clean, heads[-1], rows[place])):
            heads.append(head)
            place = head.after
        else:
            place += 1
    return heads


def _head(clean: CleanText, rules: TableRules, rows: Sequence[tuple[GridCell, ...]], place: int, first: bool) -> GridHead | None:
    row = rows[place]
    if sum(1 for cell in row if cell.span and not cell.inherited) < 2:
        return None
    if not first and not any(cell.span and cell.span.length <= 12 and _is_index(rules, words_of(clean, cell)) for cell in row):
        return None
    found = [rules.header(words_of(clean, cell)) if cell.span and place_in < _MAX_HEADER_COLUMNS else None for place_in, cell in enumerate(row)]
    offset = _offset(row, found)
    row, found = row[offset:], found[offset:]
    if not _names_columns(found, row):
        return None
    cells, after = (
        _second_line(clean, rules, rows, place, list(zip(row, found, strict=True))) if not offset else (list(zip(row, found, strict=True)), place + 1)
    )
    while after < len(rows) and is_numbering_row(clean, rows[after]):
        after += 1
    roles = settle([known for _, known in cells])
    columns = tuple(Column(cell.span, role) for (cell, _), role in zip(cells, roles, strict=True))
    spans = [cell.span for cell, _ in cells if cell.span] + [cell.span for other in rows[place + 1 : after] for cell in other if cell.span]
    if after >= len(rows) or not spans:
        return None
    return GridHead(place, after, columns, Span(min(span.start for span in spans), max(span.end for span in spans)))


def _is_index(rules: TableRules, words: str) -> bool:
    known = rules.header(words)
    return known is not None and known.role is ColumnRole.INDEX


def _offset(row: Sequence[GridCell], found: Sequence[HeaderCell | None]) -> int:
    """Where the header begins in its row: after a lost row end other cells stand before the number column."""
    for place, known in enumerate(found):
        if known is not None and known.role is ColumnRole.INDEX:
            before = [cell for cell in row[:place] if cell.span]
            return place if any(cell.span.length > 200 for cell in before if cell.span) or place > 2 else 0
    return 0


def _names_columns(found: Sequence[HeaderCell | None], row: Sequence[GridCell]) -> bool:
    """Whether a row of cells is a header: roles of two kinds or more, in half of its cells."""
    filled = [cell for cell in row[:_MAX_HEADER_COLUMNS] if cell.span and not cell.inherited]
    known = [known for cell, known in zip(row, found, strict=True) if known is not None and cell.span and not cell.inherited]
    return len({cell.role for cell in known}) >= 2 and 2 * len(known) >= len(filled)


def _second_line(
    clean: CleanText,
    rules: TableRules,
    rows: Sequence[Sequence[GridCell]],
    place: int,
    top: list[tuple[GridCell, HeaderCell | None]],
) -> tuple[list[tuple[GridCell, HeaderCell | None]], int]:
    """The header cells, with those of a second header line in place of the wide cell above them."""
    if place + 1 >= len(rows):
        return top, place + 1
    below = rows[place + 1]
    wide = {column for column, (cell, _) in enumerate(top) if cell.inherited and cell.span}
    wide |= {column - 1 for column in wide}
    own = [column for column, cell in enumerate(below) if cell.span and not cell.inherited]
    if not wide or not own or any(column not in wide for column in own):
        return top, place + 1
    merged = list(top)
    for column in own:
        merged[column] = (below[column], rules.header(words_of(clean, below[column])) or top[column][1])
    return merged, place + 2


def plain_head(rows: Sequence[Sequence[GridCell]]) -> GridHead | None:
    """A grid without a header that is clearly a table, three rows or more with three cells or more: its first row stands for the header."""
    full = [row for row in rows if sum(1 for cell in row if cell.span and not cell.inherited) >= 3]
    if len(full) < 3 or 2 * len(full) < len(rows):
        return None
    spans = [cell.span for cell in rows[0] if cell.span]
    columns = tuple(Column(cell.span if not cell.inherited else None, ColumnRole.OTHER) for cell in rows[0])
    return GridHead(0, 1, columns, Span(min(span.start for span in spans), max(span.end for span in spans)))


def is_numbering_row(clean: CleanText, row: Sequence[GridCell]) -> bool:
    """Whether a row only numbers the columns."""
    if any(cell.span and cell.span.length > 40 for cell in row):
        return False
    return is_numbering([words_of(clean, cell) for cell in row])


def repeats_header(clean: CleanText, head: GridHead, row: Sequence[GridCell]) -> bool:
    """Whether a row is the header again, as on every page of a long table."""
    titles = [squash(clean.view[column.title.start : column.title.end]) if column.title else "" for column in head.columns]
    return len(row) == len(titles) and any(titles) and [words_of(clean, cell) for cell in row] == titles


__all__ = ["GridHead", "find_heads", "is_layout", "is_numbering_row", "plain_head", "repeats_header", "visible_rows", "words_of"]
