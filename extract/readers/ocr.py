"""Pages that are pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kehoach.extract.readers.pdf_page import PageContent
from kehoach.schemas.stages import Note


@dataclass(slots=True)
class Recognised:
    """Pages by number, and what is to be said about them."""

    pages: dict[int, PageContent] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


def recognise_pdf_pages(data: bytes, numbers: Sequence[int], name: str) -> Recognised:
    """The given pages of a PDF file."""
    listed = ", ".join(str(number + 1) for number in numbers[:10])
    return Recognised(notes=(Note("scanned-page", f"{len(numbers)} pages of {name} are pictures without text: {listed}"),)) if data else Recognised()
