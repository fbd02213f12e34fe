"""Web pages: what a browser shows, line by line, with tables as grids and the page's own parts labelled."""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kehoach.extract.readers.decoding import decode
from kehoach.extract.readers.html_chrome import Chrome
from kehoach.extract.readers.html_walk import Page
from kehoach.extract.readers.plain import empty_note
from kehoach.schemas.errors import ReadError
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Dropped, Grid, Note, SourceText

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^<>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_HEAD_BYTES = 8192


def read_html(data: bytes, name: str) -> SourceText:
    """The text of a page; menus, heads and feet that the markup tells apart stand in ``dropped``.

    Raises:
        ReadError: no text, an unknown encoding, or markup that the parser cannot take.
    """
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    found = decode(data, name, declared.group(1).decode("ascii") if declared else None)
    soup = _parse(found.text, name)
    page = Page(Chrome(soup))
    page.walk(soup)
    text = page.text()
    spans = (Span(item.span.start, min(item.span.end, len(text))) for item in page.dropped)
    dropped = tuple(Dropped(span, item.reason) for span, item in zip(spans, page.dropped, strict=True) if span.length > 0)
    grids = tuple(grid for grid in page.grids if not _inside(grid, dropped))
    return SourceText(
        text,
        "text/html",
        found.encoding,
        hashlib.sha256(data).hexdigest(),
        grids,
        dropped,
        site=_site(soup),
        notes=(*_placed(found.notes, text), *empty_note(text)),
    )


def _placed(notes: tuple[Note, ...], text: str) -> Iterator[Note]:
    """What is odd about the bytes, at its place in the text of the page: the decoder knows that in the markup only."""
    at = text.find("\ufffd")
    for note in notes:
        yield replace(note, span=Span(at, at + 1) if at >= 0 else None) if note.span is not None else note


def _parse(markup: str, name: str) -> BeautifulSoup:
    import bs4

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # bs4 warns of XML and of text that looks like a path
            return bs4.BeautifulSoup(markup.replace("\x00", " "), "lxml")
    except Exception as error:  # lxml and bs4 raise errors of several kinds on markup that they cannot take
        raise ReadError(f"{name} is no readable HTML ({type(error).__name__}): open it in a browser and save it again") from error


def _inside(grid: Grid, dropped: tuple[Dropped, ...]) -> bool:
    return any(grid.span.within(item.span) for item in dropped)


def _site(soup: BeautifulSoup) -> str | None:
    """The host that the page names as its own address."""
    for tag, key, names, value in (("link", "rel", ("canonical",), "href"), ("meta", "property", ("og:url",), "content")):
        for element in soup.find_all(tag, limit=400):
            kind = element.get(key) or ""
            if set(kind if isinstance(kind, list) else [kind]) & set(names) and (host := _host(str(element.get(value) or ""))):
                return host
    return None


def _host(address: str) -> str | None:
    try:
        host = (urlsplit(address.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return None
    return host if _HOST.fullmatch(host) else None
