"""HTML tables inside Markdown: the tags stay in the text, the cells between them become a grid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kehoach.extract.readers.gridding import GridBuilder
from kehoach.extract.spans import trim
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Grid

_TAG = re.compile(r"<(/?)(table|tr|td|th)\b([^<>]{0,500})>", re.IGNORECASE)
_SPANS = re.compile(r"(rowspan|colspan)\s*=\s*[\"']?(\d{1,4})", re.IGNORECASE)


def find_tag_tables(text: str) -> Iterator[Grid]:
    """Grids of the tables written in tags; a table inside a cell is part of that cell's text, an unclosed one is dropped."""
    depth, start = 0, 0
    builder = GridBuilder()
    cell: tuple[int, int, int] | None = None
    for tag in _TAG.finditer(text):
        closing, name = bool(tag.group(1)), tag.group(2).lower()
        if name == "table":
            depth = max(0, depth + (-1 if closing else 1))
            if depth == 1 and not closing:
                builder, start, cell = GridBuilder(), tag.start(), None
            elif depth == 0:
                _close(text, builder, cell, tag.start())
                cell = None
                if grid := builder.grid(Span(start, tag.end())):
                    yield grid
        elif depth == 1:
            _close(text, builder, cell, tag.start())
            cell = None
            if name == "tr" and not closing:
                builder.row()
            elif not closing:
                spans = {key.lower(): int(value) for key, value in _SPANS.findall(tag.group(3))}
                cell = (tag.end(), spans.get("rowspan", 1), spans.get("colspan", 1))


def _close(text: str, builder: GridBuilder, cell: tuple[int, int, int] | None, end: int) -> None:
    if cell is not None:
        inner = trim(text, Span(cell[0], end))
        builder.cell(inner if inner.length else None, cell[1], cell[2])
