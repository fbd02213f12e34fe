"""Word documents (DOCX): paragraphs in order with their automatic numbers, tables as grids, text boxes, footnotes.

Tracked changes are read as accepted, hidden text is left out. Each paragraph is a line of its own, also in table cells; a line
break inside a paragraph is a line feed. Page headers and footers repeat on every page and are not part of the text.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kehoach.extract.readers.docx_fonts import Fonts
from kehoach.extract.readers.docx_numbering import Numbering
from kehoach.extract.readers.docx_runs import FOOTNOTE, paragraph_text, text_boxes
from kehoach.extract.readers.packages import open_package
from kehoach.extract.readers.plain import empty_note
from kehoach.extract.readers.writing import TextWriter, hull
from kehoach.schemas.errors import ReadError
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Dropped, Grid, GridCell, Note, SourceText

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part
    from docx.oxml.xmlchemy import BaseOxmlElement

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}notes"
# Styles of the lines of an automatic table of contents: it repeats the headings.
_CONTENTS = re.compile(r"(?i)(?:TOC|Mclc|Mucluc)\s?\d")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Elements that only wrap paragraphs, tables, rows or cells.
_WRAPPERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))


def read_docx(data: bytes, name: str) -> SourceText:
    """The text and tables of a Word document.

    Raises:
        ReadError: the file is encrypted, broken or no Word document.
    """
    document = _open(data, name)
    walker = _Walker(document)
    walker.blocks(document.element.body)
    walker.notes("foot")
    walker.notes("end")
    text = walker.writer.text()
    notes = (Note("tracked-changes", "the document has tracked changes; they are read as accepted", severity="info"),) if walker.changed else ()
    dropped = tuple(drop for drop in walker.dropped if drop.span.end <= len(text))
    return SourceText(text, MEDIA_TYPE, None, hashlib.sha256(data).hexdigest(), tuple(walker.grids), dropped, notes=notes + empty_note(text))


def _open(data: bytes, name: str) -> Document:
    if data.startswith(_OLE):
        raise ReadError(f"{name} is protected with a password or no Word document: open it in Word and save it as DOCX without a password")
    try:
        open_package(data, name).close()
        import docx

        return docx.Document(io.BytesIO(data))
    except ReadError:
        raise
    except Exception as error:  # the packages below raise KeyError, ValueError, lxml and zlib errors of their own on broken files
        raise ReadError(f"{name} is no readable Word document ({type(error).__name__}): open and save it again in Word") from error


class _Walker:
    """Writes the blocks of a document in reading order."""

    def __init__(self, document: Document) -> None:
        self.writer = TextWriter()
        self.grids: list[Grid] = []
        self.dropped: list[Dropped] = []
        self.changed = False
        self._joined = ""  # text of a paragraph whose end was deleted: it goes on in the next one
        self._document = document
        self._notes: list[str] = []
        part = document.part
        styles = _related(part, "styles")
        self._numbering = Numbering(_related(part, "numbering"), styles)
        self._fonts = Fonts(styles)

    def blocks(self, parent: BaseOxmlElement) -> list[Span]:
        """Writes the paragraphs and tables of ``parent``; the spans of what they print."""
        spans: list[Span] = []
        for child in parent:
            if child.tag == f"{_W}p":
                spans += self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                spans += self._table(child)
            elif child.tag in _WRAPPERS:
                spans += self.blocks(child)
        return spans

    def _paragraph(self, paragraph: BaseOxmlElement) -> list[Span]:
        properties = paragraph.find(f"{_W}pPr")
        text, changed = paragraph_text(paragraph, self._notes, self._fonts)
        self.changed |= changed
        text, self._joined = self._joined + text, ""
        if _ends_deleted(properties):
            self._joined, self.changed = text, True
            return []
        marker = self._numbering.marker(properties)
        spans = [found for line in f"{marker} {text}".split("\n") if (found := self.writer.line(line)) is not None] if marker else self._lines(text)
        if spans and _is_contents(properties):
            self.dropped.append(Dropped(Span(spans[0].start, spans[-1].end), "table-of-contents"))
            spans = []
        for box in text_boxes(paragraph):
            spans += self.blocks(box)
        return spans

    def _lines(self, text: str) -> list[Span]:
        return [found for line in text.split("\n") if (found := self.writer.line(line)) is not None]

    def _table(self, table: BaseOxmlElement) -> list[Span]:
        rows = [list(_cells(row)) for row in _descend(table, "tr") if row.find(f"{_W}trPr/{_W}del") is None]
        if sum(len(row) for row in rows) <= 1:  # a frame round other content
            return [span for row in rows for cell in row for span in self.blocks(cell)]
        spans: list[Span] = []
        place = len(self.grids)
        written = [self._row(row, spans) for row in rows]
        if spans:
            grid = _grid(written, Span(spans[0].start, spans[-1].end))
            self.grids[place:] = [grid]  # tables inside a cell are text of that cell
        return spans

    def _row(self, cells: list[BaseOxmlElement], spans: list[Span]) -> list[tuple[Span | None, int, str]]:
        """Span, width and vertical merge of each cell; gaps before and after count as empty cells."""
        found: list[tuple[Span | None, int, str]] = []
        if cells:
            before = _count(cells[0].getparent(), "gridBefore")
            found += [(None, before, "")] if before else []
        for cell in cells:
            merge = _merge(cell)
            inner = [] if merge == "continue" else self.blocks(cell)
            spans += inner
            found.append((hull(inner), max(1, _count(cell, "gridSpan")), merge))
        return found

    def notes(self, kind: str) -> None:
        """Writes the footnotes ("foot") or endnotes ("end") that the text refers to, in order of reference, each after its number."""
        wanted = _NOTES.format(kind)
        part = next((link.target_part for link in self._document.part.rels.values() if link.reltype == wanted and not link.is_external), None)
        if not self._notes or part is None:
            return
        from docx.oxml import parse_xml

        try:
            root = parse_xml(part.blob)
        except ValueError:  # lxml's syntax errors are of this kind
            return
        bodies = {f"{kind}{entry.get(f'{_W}id')}": entry for entry in root.iter(f"{_W}{kind}note")}
        for number, key in enumerate(list(self._notes), 1):
            if (body := bodies.get(key)) is None:
                continue
            paragraphs = [paragraph_text(paragraph, [], self._fonts)[0].replace(FOOTNOTE, "").strip() for paragraph in body.iter(f"{_W}p")]
            self.writer.line(f"[{number}] " + "\n".join(filter(None, paragraphs)))


def _ends_deleted(properties: BaseOxmlElement | None) -> bool:
    """Whether a tracked change deletes the paragraph's end."""
    return properties is not None and properties.find(f"{_W}rPr/{_W}del") is not None


def _is_contents(properties: BaseOxmlElement | None) -> bool:
    style = None if properties is None else properties.find(f"{_W}pStyle")
    return style is not None and _CONTENTS.match(style.get(f"{_W}val") or "") is not None


def _related(part: Part, kind: str) -> BaseOxmlElement | None:
    """The root element of the numbering or styles part, None when the package has none."""
    found = next((link.target_part for link in part.rels.values() if link.reltype.endswith(f"/{kind}") and not link.is_external), None)
    return getattr(found, "element", None)


def _descend(parent: BaseOxmlElement, tag: str) -> Iterator[BaseOxmlElement]:
    """Children called ``tag``, also inside wrappers."""
    for child in parent:
        if child.tag == f"{_W}{tag}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _descend(child, tag)


def _cells(row: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    return _descend(row, "tc")


def _count(element: BaseOxmlElement, name: str) -> int:
    properties = element.find(f"{_W}tcPr" if element.tag == f"{_W}tc" else f"{_W}trPr")
    child = None if properties is None else properties.find(f"{_W}{name}")
    text = "" if child is None else child.get(f"{_W}val") or ""
    return min(int(text), 1000) if text.isdecimal() else 0


def _merge(cell: BaseOxmlElement) -> str:
    """How a cell takes part in a vertical merge: "restart", "continue" or ""."""
    properties = cell.find(f"{_W}tcPr")
    merge = None if properties is None else properties.find(f"{_W}vMerge")
    return "" if merge is None else merge.get(f"{_W}val") or "continue"


def _grid(rows: list[list[tuple[Span | None, int, str]]], span: Span) -> Grid:
    width = max(sum(size for _, size, _ in row) for row in rows)
    above: tuple[GridCell, ...] = (GridCell(None),) * width
    grid: list[tuple[GridCell, ...]] = []
    for row in rows:
        cells: list[GridCell] = []
        for found, size, merge in row:
            for offset in range(size):
                upper = above[len(cells)]
                cells.append(GridCell(upper.span, inherited=True) if merge == "continue" else GridCell(found, inherited=offset > 0))
        above = tuple(cells) + (GridCell(None),) * (width - len(cells))
        grid.append(above)
    return Grid(span, tuple(grid))
