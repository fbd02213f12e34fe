"""Readers: bytes of one format to a ``SourceText`` (canonical text, and what the format itself says about its parts)."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from pathlib import PurePath

from kehoach.schemas.errors import ReadError, UnknownFormat
from kehoach.schemas.stages import SourceText

__all__ = ["claims", "read_bytes"]

# extension -> module and function; imported when the first file of the kind is read
_READERS = {
    ".txt": ("plain", "read_plain"),
    ".text": ("plain", "read_plain"),
    ".md": ("markdown", "read_markdown"),
    ".markdown": ("markdown", "read_markdown"),
    ".html": ("html", "read_html"),
    ".htm": ("html", "read_html"),
    ".xhtml": ("html", "read_html"),
    ".docx": ("docx", "read_docx"),
    ".docm": ("docx", "read_docx"),
    ".doc": ("office", "read_old_office"),
    ".dot": ("office", "read_old_office"),
    ".rtf": ("office", "read_old_office"),
    ".odt": ("odt", "read_odt"),
    ".ott": ("odt", "read_odt"),
    ".pdf": ("pdf", "read_pdf"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"), ("pdf", "read_picture")),
}
_TEXTUAL = frozenset({"plain", "markdown", "html"})
_HEAD = 4096
# The longest plans with all appendices have two million characters; what is longer is a dump of something else. Prose needs 130 MB of memory for
# a million, so that eight stay under 1.5 GB; tables need more and have a limit of their own (see the pipeline).
MAX_CHARS = 8_000_000
# Bytes of a text or page that is worth decoding, or parsing into a tree of tags, which takes a hundred times its size.
_MAX_BYTES = {"plain": 40_000_000, "markdown": 40_000_000, "html": 10_000_000}
# A line is a paragraph; some finders look at a whole one at a time.
MAX_LINE = 2_000_000
_HTML_START = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(
    rb"</?(?:p|div|br|td|tr|table|span|li|ul|ol|a|h[1-6]|b|i|strong|em|meta|title|body|pre|article|section|main|font|center)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_ZIP, _OLE, _PDF, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"{\\rtf"
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
# Streams of an OLE file: an old Word document, and a protected one of any newer kind.
_OLD_WORD, _ENCRYPTED = "WordDocument".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")


def claims(name: str) -> bool:
    """Whether a reader is registered for the extension of ``name``."""
    return PurePath(name).suffix.lower() in _READERS


def read_bytes(data: bytes, name: str) -> SourceText:
    """The canonical text of a file's bytes; the reader is chosen by the extension of ``name`` and by the content, which wins.

    Raises:
        UnknownFormat: neither extension nor content tell which reader to take.
        ReadError: the chosen reader cannot read the bytes.
    """
    module, function = _choose(data, name)
    if len(data) > _MAX_BYTES.get(module, len(data)):
        raise ReadError(f"{name} has {len(data) // 1_000_000} MB of text, more than {_MAX_BYTES[module] // 1_000_000} MB: split it")
    reader: Callable[[bytes, str], SourceText] = getattr(importlib.import_module(f"{__name__}.{module}"), function)
    source = reader(data, name)
    check_length(source.text, name)
    return source


def check_length(text: str, name: str) -> None:
    """Refuses what no document is.

    Raises:
        ReadError: the text, or one line of it, is too long.
    """
    if len(text) > MAX_CHARS:
        raise ReadError(f"{name} holds {len(text):,} characters, more than {MAX_CHARS:,}: split it")
    if len(text) > MAX_LINE and (longest := max(map(len, text.split("\n")))) > MAX_LINE:
        raise ReadError(f"{name} has a line of {longest:,} characters, more than {MAX_LINE:,}: break it into paragraphs")


def _choose(data: bytes, name: str) -> tuple[str, str]:
    suffix = PurePath(name).suffix.lower()
    known = _READERS.get(suffix)
    if data.lstrip()[: len(_PDF)] == _PDF or (suffix == ".pdf" and _PDF in data[:_HEAD]):
        return _READERS[".pdf"]
    if data.startswith((_ZIP, _OLE)):
        return _packed(data, name, known)
    if data.startswith(_PICTURES):
        return _READERS[".png"]
    if data.startswith(_RTF):
        return _READERS[".rtf"]
    if known is None or known[0] not in _TEXTUAL:  # the extension says nothing, or lies
        return _sniffed(data, name)
    if known[0] == "plain" and _is_html(data):
        return _READERS[".html"]
    if known[0] == "markdown" and _HTML_START.match(_plain_head(data)):  # tables in tags are part of Markdown, a whole page is not
        return _READERS[".html"]
    if known[0] == "html" and not _has_tags(data):
        return _READERS[".txt"]
    return known


def _packed(data: bytes, name: str, known: tuple[str, str] | None) -> tuple[str, str]:
    """A container: what is in it counts, not its name; one that holds no document is refused."""
    if _is_odt(data):
        return _READERS[".odt"]
    if data.startswith(_ZIP) and (b"word/" in data or known == _READERS[".docx"]):
        return _READERS[".docx"]
    if data.startswith(_OLE) and (_ENCRYPTED in data or known == _READERS[".docx"]) and _OLD_WORD not in data:
        return _READERS[".docx"]  # which says what to do with a protected file
    if data.startswith(_OLE) and (_OLD_WORD in data or known == _READERS[".doc"]):
        return _READERS[".doc"]
    message = f"{name} is an Office or archive file without a document that can be read: save it as DOCX, HTML or text"
    raise ReadError(message) if known is not None else UnknownFormat(message)


def _is_odt(data: bytes) -> bool:
    """Whether a package says in its first entry, which is not compressed, that it is an OpenDocument text."""
    return data.startswith(_ZIP) and b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:200]


def _sniffed(data: bytes, name: str) -> tuple[str, str]:
    from kehoach.extract.readers.decoding import decode

    if _is_html(data):
        return _READERS[".html"]
    try:
        decode(data[: 1 << 20], name)
    except ReadError as error:
        raise UnknownFormat(f"{name}: neither its extension nor its content is of a known format") from error
    return _READERS[".txt"]


def _plain_head(data: bytes) -> bytes:
    """The first bytes as if in a one-byte encoding, so that UTF-16 pages are recognised too."""
    return data[:_HEAD].replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")


def _is_html(data: bytes) -> bool:
    """Whether text is a web page: it begins like one, or tags open it and fill it. A text that mentions a tag is none."""
    head = _plain_head(data)
    if _HTML_START.match(head):
        return True
    return head.lstrip()[:1] == b"<" and len(_TAGS.findall(head)) >= 5


def _has_tags(data: bytes) -> bool:
    return bool(_HTML_START.match(_plain_head(data)) or _TAGS.search(data[: 1 << 20].replace(b"\x00", b"")))
