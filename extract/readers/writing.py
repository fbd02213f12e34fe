"""Collects the canonical text of a format that has parts, and says where each part came to stand."""

from __future__ import annotations

from kehoach.extract.readers.decoding import canonical
from kehoach.extract.spans import BLANKS
from kehoach.schemas.spans import Span


class TextWriter:
    """Text made line by line; spans are in its canonical (NFC) form because no line feed ever joins with its neighbours."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.at = 0

    def line(self, text: str) -> Span | None:
        """Writes ``text`` and a line feed; the span of what is printed of it, None when it is blank."""
        clean = canonical(text)
        start = self.at
        self._parts += [clean, "\n"]
        self.at += len(clean) + 1
        inner = clean.strip(BLANKS)
        if not inner:
            return None
        first = start + clean.index(inner)
        return Span(first, first + len(inner))

    def text(self) -> str:
        """Everything written so far, without the blank lines at its end."""
        return "".join(self._parts).rstrip("\n")


def hull(spans: list[Span]) -> Span | None:
    """From the first to the last of ``spans``, None without any."""
    return Span(spans[0].start, spans[-1].end) if spans else None
