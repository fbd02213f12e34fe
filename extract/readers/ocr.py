"""Scans: pictures of pages turned into words with their places by tesseract, tables found by their ruling.

The words go the same way as those of a PDF with a text layer, so that columns, paragraphs and tables are put together alike.
"""

from __future__ import annotations

import functools
import io
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kehoach.extract.readers.extras import need
from kehoach.extract.readers.ocr_words import page_of_words
from kehoach.extract.readers.pdf_page import PageContent
from kehoach.extract.readers.programs import run_program
from kehoach.schemas.errors import ReadError
from kehoach.schemas.stages import Note

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 300
# Scanned A3 at 600 dpi has 70 million pixels; each takes a few bytes while it is looked at.
MAX_PIXELS = 120_000_000
# A rendered page is kept below this, whatever size it claims; a page of A4 at 300 dpi has 9 million.
_MOST_RENDERED = 36_000_000
_PAGE_SECONDS = 120.0
# Below this mean confidence (percent) what was recognised should be looked at by a person.
_DOUBTFUL = 80.0
MISSING = "install tesseract (Debian: apt-get install tesseract-ocr tesseract-ocr-vie)"
log = logging.getLogger("kehoach.ocr")


@dataclass(slots=True)
class Recognised:
    """Recognised pages by number, and what is to be said about them."""

    pages: dict[int, PageContent] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


@functools.cache
def find_tesseract() -> str | None:
    """The tesseract program, None where it or its Vietnamese data is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        languages = run_program([program, "--list-langs"], Path(folder), 20, "tesseract does not answer")
    return program if b"vie" in languages.split() else None


def recognise_pdf_pages(data: bytes, numbers: Sequence[int], total: int, name: str) -> Recognised:
    """The pages of a PDF file (counted from 0) that have no usable text.

    Raises:
        ReadError: no page of the file has text and tesseract is not installed, or a page takes too long.
    """
    listed = _ranges(numbers)
    if find_tesseract() is None:
        if len(numbers) == total:
            raise ReadError(f"{name} is a scan; to read it {MISSING}")
        return Recognised(notes=(Note("scanned-page", f"page {listed} is a picture without text; to read it {MISSING}"),))
    pdfium = need("pypdfium2", "ocr", "Reading scans")
    try:
        with pdfium.PdfDocument(data) as document:
            return _recognised(((number, functools.partial(_rendered, document, number)) for number in numbers), len(numbers), name)
    except pdfium.PdfiumError as error:
        raise ReadError(f"{name} has pages that cannot be drawn ({error}): open it and print it to a new PDF") from error


def read_pictures(data: bytes, name: str) -> Recognised:
    """The pages of an image file.

    Raises:
        ReadError: it is no readable image, has too many pixels, or tesseract is not installed.
    """
    pillow = need("PIL.Image", "ocr", "Reading pictures")
    if find_tesseract() is None:
        raise ReadError(f"{name} is a picture; to read it {MISSING}")
    pillow.MAX_IMAGE_PIXELS = None  # the limit is checked below, with a message of its own
    try:
        with pillow.open(io.BytesIO(data)) as image:
            frames = getattr(image, "n_frames", 1)
            return _recognised(((number, functools.partial(_frame, image, number, name)) for number in range(frames)), frames, name)
    except ReadError:
        raise
    except Exception as error:  # Pillow's decoders raise errors of many kinds on broken files
        raise ReadError(f"{name} is no readable picture ({type(error).__name__}): save it again as PNG, or as PDF") from error


def _rendered(document: object, number: int) -> tuple[Image, float]:
    page = document[number]  # type: ignore[index]
    width, height = page.get_size()
    scale = min(DPI / 72, (_MOST_RENDERED / max(1.0, width * height)) ** 0.5)
    image: Image = page.render(scale=scale, grayscale=True).to_pil()
    page.close()
    return image, scale * 72


def _frame(image: Image, number: int, name: str) -> tuple[Image, float]:
    """One page of a picture and its resolution; a page without one is taken for A4."""
    image.seek(number)
    if image.width * image.height > MAX_PIXELS:
        raise ReadError(f"{name} has {image.width} × {image.height} pixels, more than can be read: scan it at {DPI} dpi")
    stated = image.info.get("dpi", (0, 0))[0]
    resolution = float(stated) if 70 <= stated <= 1300 else max(70.0, min(image.width, image.height) / 8.27)
    return image.convert("L"), resolution


def _recognised(pages: Iterable[tuple[int, Callable[[], tuple[Image, float]]]], total: int, name: str) -> Recognised:
    found: dict[int, PageContent] = {}
    sure: list[float] = []
    for place, (number, picture) in enumerate(pages, 1):
        log.info("%s: recognising page %d of %d", name, place, total)
        image, resolution = picture()
        found[number], confidences = _page(image, resolution, name)
        sure += confidences
    mean = sum(sure) / len(sure) if sure else 0.0
    message = f"page {_ranges(sorted(found))} was recognised from a picture, mean word confidence {mean:.0f}%"
    return Recognised(found, (Note("scanned-page", message, severity="info" if mean >= _DOUBTFUL else "warning"),))


def _page(image: Image, resolution: float, name: str) -> tuple[PageContent, list[float]]:
    from kehoach.extract.readers.ocr_ruling import find_ruling

    edges, plain = find_ruling(image, resolution)
    program = find_tesseract()
    if program is None:  # checked by the callers
        raise ReadError(f"{name} needs tesseract: {MISSING}")
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        plain.save(Path(folder) / "page.png", dpi=(resolution, resolution))
        options = ["-l", "vie", "--dpi", str(round(resolution)), "--psm", "3", "-c", "preserve_interword_spaces=0"]
        command = [program, "page.png", "stdout", *options, "tsv"]
        too_long = f"{name} has a page that takes longer than {_PAGE_SECONDS:.0f} seconds to recognise: scan it again at {DPI} dpi"
        table = run_program(command, Path(folder), _PAGE_SECONDS, too_long, {"OMP_THREAD_LIMIT": "1"})
    return page_of_words(table.decode("utf-8", "replace"), (image.width, image.height), resolution, edges)


def _ranges(numbers: Sequence[int]) -> str:
    """Page numbers as printed, from 1: "1-3, 7"."""
    return ", ".join(f"{first + 1}-{last + 1}" if last > first else str(first + 1) for first, last in _runs(numbers))


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = None
    for place, number in enumerate(numbers):
        start = number if start is None else start
        if place + 1 == len(numbers) or numbers[place + 1] != number + 1:
            yield start, number
            start = None
