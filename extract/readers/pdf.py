"""PDF files: text in reading order, tables as grids, page headers, footers and numbers dropped with a reason.

Lines of a paragraph are written as one line, also where it runs over a page; so are tables. What a page repeats stands before or
after the paragraph that it interrupts. Pages without usable text are recognised from their picture (see ``ocr.py``).
"""

from __future__ import annotations

import hashlib
import io
import logging
from pathlib import PurePath
from typing import TYPE_CHECKING

from kehoach.extract.readers.extras import need
from kehoach.extract.readers.ocr import Recognised, read_pictures, recognise_pdf_pages
from kehoach.extract.readers.pdf_flow import Aside, Entry, arrange
from kehoach.extract.readers.pdf_furniture import take_furniture
from kehoach.extract.readers.pdf_page import PageContent, read_page
from kehoach.extract.readers.pdf_paragraphs import Paragraph
from kehoach.extract.readers.pdf_tables import FlowTable, grid_rows
from kehoach.extract.readers.plain import empty_note
from kehoach.extract.readers.writing import TextWriter, hull
from kehoach.schemas.errors import ReadError
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Dropped, Grid, SourceText

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

MEDIA_TYPE = "application/pdf"
# Books are longer; a plan with its appendices is not.
MAX_PAGES = 3000
# A page whose picture covers half of it and that has fewer letters is a scan with a stamp on it.
_FEW_LETTERS = 40
_PICTURED = 0.5
# Fonts without a character map give codes instead of letters.
_GARBLED_SHARE = 0.2
_PICTURES = {"jpg": "jpeg", "jpeg": "jpeg", "tif": "tiff", "tiff": "tiff", "bmp": "bmp", "webp": "webp"}


def read_pdf(data: bytes, name: str) -> SourceText:
    """The text and tables of a PDF file.

    Raises:
        ReadError: the file is encrypted, broken or too long, or pdfplumber is not installed.
    """
    pages = _pages(data, name)
    scans = [number for number, page in enumerate(pages) if needs_recognition(page)]
    recognised = recognise_pdf_pages(data, scans, len(pages), name) if scans else Recognised()
    for number, content in recognised.pages.items():
        pages[number] = content
    return source_of_pages(pages, data, MEDIA_TYPE, recognised)


def read_picture(data: bytes, name: str) -> SourceText:
    """The text of a scanned page (PNG, JPEG, TIFF with several pages ...).

    Raises:
        ReadError: the file is no picture, is too large, or tesseract is not installed.
    """
    recognised = read_pictures(data, name)
    kind = _PICTURES.get(PurePath(name).suffix.lower().removeprefix("."), "png")
    return source_of_pages([recognised.pages[number] for number in sorted(recognised.pages)], data, f"image/{kind}", recognised)


def source_of_pages(pages: list[PageContent], data: bytes, media_type: str, recognised: Recognised) -> SourceText:
    """Pages written out; the encoding is called "ocr" when any of them was recognised."""
    writer = _Writer(len(pages))
    for entry in arrange(pages, take_furniture(pages)):
        writer.write(entry)
    text = writer.out.text()
    return SourceText(
        text,
        media_type,
        "ocr" if recognised.pages else None,
        hashlib.sha256(data).hexdigest(),
        tuple(writer.grids),
        tuple(drop for drop in writer.dropped if drop.span.end <= len(text)),
        writer.page_starts(len(text)),
        notes=(*recognised.notes, *empty_note(text)),
    )


def needs_recognition(page: PageContent) -> bool:
    """Whether a page prints a picture of text rather than text."""
    if page.garbled > _GARBLED_SHARE * (page.letters + page.garbled) and page.garbled > _FEW_LETTERS:
        return True
    return page.letters < _FEW_LETTERS and page.pictured >= _PICTURED


def _pages(data: bytes, name: str) -> list[PageContent]:
    pdfplumber = need("pdfplumber", "pdf", "PDF")
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it tells of each oddity of a font on standard error
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return _contents(document, name)
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # pdfminer raises dozens of kinds on broken files, AssertionError and struct.error among them
        if "password" in type(error).__name__.lower() or "password" in repr(error).lower():
            raise ReadError(f"{name} is protected with a password: print it to a new PDF without one") from error
        raise ReadError(f"{name} is no readable PDF ({type(error).__name__}): open it and print it to a new PDF") from error


def _contents(document: PDF, name: str) -> list[PageContent]:
    count = len(document.pages)
    if count > MAX_PAGES:
        raise ReadError(f"{name} has {count} pages, more than the {MAX_PAGES} that are read: split it")
    if not count:
        raise ReadError(f"{name} has no pages: open it and print it to a new PDF")
    pages = []
    for page in document.pages:
        pages.append(read_page(page))
        page.close()  # frees what pdfplumber keeps of it; long files would fill the memory
    return pages


class _Writer:
    """Writes entries and notes where each page begins."""

    def __init__(self, pages: int) -> None:
        self.out = TextWriter()
        self.grids: list[Grid] = []
        self.dropped: list[Dropped] = []
        self._starts: list[int | None] = [None] * pages

    def write(self, entry: Entry) -> None:
        if isinstance(entry, Aside):
            self._began(entry.page, self.out.at)
            if span := self.out.line(entry.text):
                self.dropped.append(Dropped(span, entry.reason))
        elif isinstance(entry, Paragraph):
            self._paragraph(entry)
        else:
            self._table(entry)

    def _paragraph(self, paragraph: Paragraph) -> Span | None:
        text = ""
        for page, part in paragraph.parts():
            self._began(page, self.out.at + len(text))
            text += part
        return self.out.line(text)

    def _table(self, table: FlowTable) -> None:
        spans: list[Span | None] = []
        for cell in table.cells:
            spans.append(hull([span for paragraph in cell.paragraphs if (span := self._paragraph(paragraph))]))
        printed = [span for span in spans if span]
        if printed:
            self.grids.append(Grid(Span(printed[0].start, printed[-1].end), grid_rows(table, spans)))

    def _began(self, page: int, position: int) -> None:
        if self._starts[page] is None:
            self._starts[page] = position

    def page_starts(self, end: int) -> tuple[int, ...]:
        """Where each page begins; an empty page begins where the next one does."""
        starts, following = [], end
        for start in reversed(self._starts):
            following = min(following, following if start is None else start)
            starts.append(following)
        return tuple(reversed(starts))
