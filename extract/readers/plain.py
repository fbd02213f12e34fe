"""Plain text: the file itself is the canonical text."""

from __future__ import annotations

import hashlib

from kehoach.extract.readers.decoding import decode
from kehoach.schemas.stages import Note, SourceText


def read_plain(data: bytes, name: str) -> SourceText:
    """A text file as it stands.

    Raises:
        ReadError: no text, or an unknown encoding.
    """
    found = decode(data, name)
    return SourceText(found.text, "text/plain", found.encoding, hashlib.sha256(data).hexdigest(), notes=found.notes + empty_note(found.text))


def empty_note(text: str) -> tuple[Note, ...]:
    """The diagnostic of a document without a printed character; nothing otherwise."""
    return () if text.strip() else (Note("empty-text", "the document holds no text"),)
