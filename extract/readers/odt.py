"""OpenDocument text (ODT): paragraphs in order with the numbers of their lists, tables as grids, frames, notes.

Tracked changes are read as accepted; page headers and footers are styles and not part of the text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kehoach.extract.readers.gridding import GridBuilder
from kehoach.extract.readers.legacyfonts import from_font
from kehoach.extract.readers.odt_styles import ListCounter, Styles
from kehoach.extract.readers.packages import open_package, parse_part, read_part
from kehoach.extract.readers.plain import empty_note
from kehoach.extract.readers.writing import TextWriter, hull
from kehoach.schemas.errors import ReadError
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Dropped, Grid, Note, SourceText

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_FIXED = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
# Deleted text, comments, the printed number of a note, form fields.
_SKIPPED = frozenset(
    {
        f"{_TEXT}tracked-changes",
        f"{_OFFICE}annotation",
        f"{_OFFICE}annotation-end",
        f"{_TEXT}note-citation",
        f"{_OFFICE}forms",
        f"{_TEXT}sequence-decls",
    }
)
_MOST_BLANKS = 200
# Rows and cells that a table repeats; sheets pad theirs by thousands of empty ones.
_MOST_REPEATS = 200


def read_odt(data: bytes, name: str) -> SourceText:
    """The text and tables of an OpenDocument text.

    Raises:
        ReadError: the file is encrypted, broken or too large.
    """
    package = open_package(data, name)
    manifest = "META-INF/manifest.xml"
    if manifest in package.namelist() and b"encryption-data" in read_part(package, manifest, name):
        raise ReadError(f"{name} is protected with a password: save it without one")
    content = parse_part(package, "content.xml", name)
    roots = [content, parse_part(package, "styles.xml", name)] if "styles.xml" in package.namelist() else [content]
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise ReadError(f"{name} is an OpenDocument file without text: save it as ODT or DOCX")
    walker = _Walker(Styles(roots))
    walker.blocks(body)
    walker.notes()
    text = walker.writer.text()
    changed = body.find(f"{_TEXT}tracked-changes") is not None
    notes = (Note("tracked-changes", "the document has tracked changes; they are read as accepted", severity="info"),) if changed else ()
    dropped = tuple(drop for drop in walker.dropped if drop.span.end <= len(text))
    return SourceText(text, MEDIA_TYPE, None, hashlib.sha256(data).hexdigest(), tuple(walker.grids), dropped, notes=notes + empty_note(text))


class _Walker:
    """Writes the blocks of a document in reading order."""

    def __init__(self, styles: Styles) -> None:
        self.writer = TextWriter()
        self.grids: list[Grid] = []
        self.dropped: list[Dropped] = []
        self._styles = styles
        self._counter = ListCounter(styles)
        self._notes: list[_Element] = []
        self._frames: list[_Element] = []

    def blocks(self, parent: _Element, marker: str = "") -> list[Span]:
        """Writes what ``parent`` holds; ``marker`` stands before the first paragraph."""
        spans: list[Span] = []
        for child in parent:
            if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                spans += self._paragraph(child, marker or self._heading_number(child))
                marker = ""
            elif child.tag == f"{_TEXT}list":
                spans += self._list(child)
            elif child.tag == f"{_TABLE}table":
                spans += self._table(child)
            elif child.tag == f"{_TEXT}table-of-content":
                if inner := self.blocks(child):
                    self.dropped.append(Dropped(Span(inner[0].start, inner[-1].end), "table-of-contents"))
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                spans += self.blocks(child)
        return spans

    def _heading_number(self, heading: _Element) -> str:
        return self._counter.heading(heading) if heading.tag == f"{_TEXT}h" else ""

    def _paragraph(self, paragraph: _Element, marker: str) -> list[Span]:
        text = "".join(self._pieces(paragraph, paragraph))
        frames, self._frames = self._frames, []
        lines = (f"{marker} {text}" if marker else text).split("\n")
        spans = [span for line in lines if (span := self.writer.line(line)) is not None]
        for frame in frames:
            spans += self.blocks(frame)
        return spans

    def _pieces(self, element: _Element, paragraph: _Element) -> Iterator[str]:
        yield self._text(element.text, element, paragraph)
        for child in element:
            if child.tag in _FIXED:
                yield _FIXED[child.tag]
            elif child.tag == f"{_TEXT}s":
                count = child.get(f"{_TEXT}c", "1")
                yield " " * (min(int(count), _MOST_BLANKS) if count.isdecimal() else 1)
            elif child.tag == f"{_TEXT}note":
                self._notes.append(child)
                yield f"[{len(self._notes)}]"
            elif child.tag in (f"{_DRAW}frame", f"{_DRAW}custom-shape"):
                self._frames.append(child)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                yield from self._pieces(child, paragraph)
            yield self._text(child.tail, element, paragraph)

    def _text(self, text: str | None, element: _Element, paragraph: _Element) -> str:
        """White space in the file's lines counts as one blank."""
        if not text:
            return ""
        plain = (" " if text[0] in " \t\r\n" else "") + " ".join(text.split()) + (" " if text[-1] in " \t\r\n" and text.strip() else "")
        encoding = self._styles.encoding(element.get(f"{_TEXT}style-name"), paragraph.get(f"{_TEXT}style-name"))
        return from_font(plain, encoding) if encoding else plain

    def _list(self, element: _Element) -> list[Span]:
        spans: list[Span] = []
        self._counter.enter(element)
        for item in element:
            if item.tag in (f"{_TEXT}list-item", f"{_TEXT}list-header"):
                numbered = item.tag == f"{_TEXT}list-item" and any(child.tag in (f"{_TEXT}p", f"{_TEXT}h") for child in item[:1])
                spans += self.blocks(item, self._counter.next(item) if numbered else "")
        self._counter.leave()
        return spans

    def _table(self, table: _Element) -> list[Span]:
        rows = list(_rows(table))
        cells = [child for row in rows for child in row if child.tag == f"{_TABLE}table-cell"]
        if len(cells) <= 1:  # a frame round other content
            return [span for cell in cells for span in self.blocks(cell)]
        builder, spans, place = GridBuilder(), list[Span](), len(self.grids)
        for row in rows:
            for _ in range(_repeats(row, "rows")):
                builder.row()
                for cell in row:
                    if cell.tag == f"{_TABLE}table-cell":
                        for _ in range(_repeats(cell, "columns")):
                            inner = self.blocks(cell)
                            spans += inner
                            builder.cell(hull(inner), _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned"))
        if spans and (grid := builder.grid(Span(spans[0].start, spans[-1].end))) is not None:
            self.grids[place:] = [grid]  # tables inside a cell are text of that cell
        return spans

    def notes(self) -> None:
        """Writes footnotes and endnotes, each after its number."""
        for number, note in enumerate(list(self._notes), 1):
            body = note.find(f"{_TEXT}note-body")
            if body is not None:
                paragraphs = ["".join(self._pieces(child, child)) for child in body.iter(f"{_TEXT}p")]
                self.writer.line(f"[{number}] " + "\n".join(paragraphs))


def _rows(parent: _Element) -> Iterator[_Element]:
    for child in parent:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in (f"{_TABLE}table-header-rows", f"{_TABLE}table-rows", f"{_TABLE}table-row-group"):
            yield from _rows(child)


def _count(element: _Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1


def _repeats(element: _Element, what: str) -> int:
    return min(_count(element, f"number-{what}-repeated"), _MOST_REPEATS)
