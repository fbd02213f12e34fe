"""Walks a parsed page in document order and writes the lines that a browser shows. No recursion: pages may nest without bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kehoach.extract.readers.gridding import GridBuilder
from kehoach.extract.readers.html_chrome import Chrome
from kehoach.extract.readers.html_lists import ListMarker
from kehoach.extract.readers.writing import TextWriter, hull
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Dropped, Grid

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4.element import PageElement, Tag

_PARAGRAPHS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "dl", "pre", "article", "section", "main", "hr", "figure", "form"]
)
_BLOCKS = _PARAGRAPHS | frozenset(
    ["div", "li", "tr", "td", "th", "caption", "thead", "tbody", "tfoot", "dt", "dd", "nav", "header", "footer", "aside",
     "address", "center", "fieldset", "legend",
     "figcaption", "details", "summary", "option", "select", "body", "html", "dialog", "textarea", "button", "label"]
)  # fmt: skip
_ARTICLES = frozenset(["article", "main"])
_BLANKS = re.compile(r"[ \t\n\r\f]+")
# A text with line feeds of its own inside one element: lines that begin like numbered or lettered items, bullets, articles.
_OWN_LINES = re.compile(r"\n[ \t]*(?:\d{1,3}(?:\.\d{1,3})*[.)]\s|[IVX]{1,5}\.\s|[a-zđ]\)\s|[-+•]\s|(?:Điều|Chương|Phần|Mục)\s+[\dIVX])")
_OWN_LINES_MIN = 3
_MAX_SPAN = 1000


@dataclass(slots=True)
class _TableFrame:
    """A table being walked; a layout table has no builder and its cells are ordinary blocks."""

    builder: GridBuilder | None
    first: int
    place: int
    cell: tuple[int, int, int] | None = None


@dataclass(slots=True)
class _Level:
    """An open element: its children still to come, and what must be done when it ends."""

    element: Tag
    children: Iterator[PageElement]
    label: tuple[int, str] | None = None
    closes: list[str] = field(default_factory=list)


class Page:
    """The lines of one page as they are written; ``grids`` and ``dropped`` are in order."""

    def __init__(self, chrome: Chrome) -> None:
        self.grids: list[Grid] = []
        self.dropped: list[Dropped] = []
        self._chrome = chrome
        self._writer = TextWriter()
        self._buffer: list[str] = []
        self._spans: list[Span] = []
        self._tables: list[_TableFrame] = []
        self._lists = ListMarker()
        self._preformatted = 0
        self._articles = 0
        self._labelled = 0
        self._gap = False

    def walk(self, soup: BeautifulSoup) -> None:
        """Writes everything below ``soup``."""
        import bs4.element

        stack = [_Level(soup, iter(soup.contents))]
        while stack:
            child = next(stack[-1].children, None)
            if child is None:
                self._leave(stack.pop())
            elif isinstance(child, bs4.element.Tag):
                if not self._chrome.silent(child):
                    stack.append(self._enter(child))
            elif type(child) is bs4.element.NavigableString:
                self._text(str(child))
        self._flush()

    def text(self) -> str:
        """The canonical text."""
        return self._writer.text()

    def _enter(self, element: Tag) -> _Level:
        name = element.name
        level = _Level(element, iter(element.contents))
        if name == "br":
            self._break()
        elif name in _BLOCKS:
            self._flush()
            self._gap |= name in _PARAGRAPHS
        if not self._labelled and (reason := self._chrome.reason(element, self._articles > 0)):
            self._flush()
            level.label = (self._writer.at, reason)
            self._labelled += 1
        self._articles += name in _ARTICLES
        self._preformatted += name in ("pre", "textarea")
        if name in ("table", "tr", "td", "th"):
            self._enter_table(element)
        elif name in ("ul", "ol", "li"):
            self._lists.enter(element)
        return level

    def _leave(self, level: _Level) -> None:
        name = level.element.name
        if name in _BLOCKS:
            self._flush()
            self._gap |= name in _PARAGRAPHS
        if name in ("table", "td", "th"):
            self._leave_table(name)
        elif name in ("ul", "ol", "li"):
            self._lists.leave(level.element)
        self._articles -= name in _ARTICLES
        self._preformatted -= name in ("pre", "textarea")
        if level.label is not None:
            self._flush()
            self._labelled -= 1
            start, reason = level.label
            if self._writer.at > start:
                self.dropped.append(Dropped(Span(start, self._writer.at), reason))

    # --- text ------------------------------------------------------------------------------------

    def _text(self, text: str) -> None:
        if self._preformatted or len(_OWN_LINES.findall(text)) >= _OWN_LINES_MIN:
            first, *rest = text.split("\n")
            self._buffer.append(first)
            for line in rest:
                self._break()
                self._buffer.append(line)
        else:
            self._buffer.append(text)

    def _break(self) -> None:
        if self._preformatted and not "".join(self._buffer).strip():
            self._gap = True
        self._flush()

    def _flush(self) -> None:
        """Writes the collected line, if it prints anything."""
        raw = "".join(self._buffer)
        self._buffer.clear()
        line = raw.rstrip() if self._preformatted else _BLANKS.sub(" ", raw).strip(" ")
        if not line.strip():
            return
        if not self._in_cell():
            self._space()
        self._gap = False
        if (span := self._writer.line(self._lists.marker(line) + line)) is not None:
            self._spans.append(span)

    def _space(self) -> None:
        """Writes the blank line between two paragraphs, if one is due."""
        if self._gap and self._writer.at:
            self._writer.line("")
        self._gap = False

    # --- tables ----------------------------------------------------------------------------------

    def _in_cell(self) -> bool:
        return any(frame.builder is not None and frame.cell is not None for frame in self._tables[-2:])

    def _enter_table(self, element: Tag) -> None:
        if element.name == "table":
            outer = self._in_cell()
            if not outer:
                self._space()
            self._tables.append(_TableFrame(None if outer or self._is_layout(element) else GridBuilder(), len(self._spans), len(self.grids)))
            return
        if not self._tables or (frame := self._tables[-1]).builder is None:
            return
        if element.name == "tr":
            frame.builder.row()
        elif frame.cell is None:
            frame.cell = (len(self._spans), _number(element.get("rowspan"), 1), _number(element.get("colspan"), 1))

    def _is_layout(self, table: Tag) -> bool:
        """Whether a table only arranges the page: it has one cell, or most of its cells hold tables of their own.

        A table of data may have a small table in a few of its cells.
        """
        import bs4.element

        cells = nested = 0
        stack = [iter(table.contents)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif isinstance(child, bs4.element.Tag) and child.name in ("td", "th"):
                cells += 1
                nested += self._chrome.holds_table(child)
            elif isinstance(child, bs4.element.Tag) and child.name in ("tr", "tbody", "thead", "tfoot"):
                stack.append(iter(child.contents))
        return cells <= 1 or nested > 0.25 * cells

    def _leave_table(self, name: str) -> None:
        if not self._tables:
            return
        frame = self._tables[-1]
        if name != "table":
            if frame.builder is not None and frame.cell is not None:
                first, rows, columns = frame.cell
                frame.builder.cell(hull(self._spans[first:]), rows, max(1, columns))
                frame.cell = None
            return
        self._tables.pop()
        inside = hull(self._spans[frame.first :])
        if frame.builder is not None and inside is not None and (grid := frame.builder.grid(inside)):
            self.grids[frame.place :] = [grid]  # tables inside its cells are text of those cells


def _number(text: object, default: int) -> int:
    value = str(text or "").strip()
    return min(int(value), 65534) if value.isdecimal() and len(value) < 7 else default
