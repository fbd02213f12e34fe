"""Bytes to canonical text: encoding, byte order mark, NFC, line feeds."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

from kehoach.extract.readers.repair import ENCODINGS, WINDOWS, Repair, find_repair, scrambled_rest, syllable_share
from kehoach.schemas.errors import ReadError
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Note

# A UTF-8 file with a few broken bytes is still UTF-8: one in a thousand is damage, more is another encoding.
_MAX_BROKEN_SHARE = 0.001
# Text has next to no control characters; an archive, image or old Word file is full of them.
_MAX_CONTROL_SHARE = 0.02
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\x0b\x0c\x1b")
_SAMPLE = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
_LETTERS = "ăâđêôơưĂÂĐÊÔƠƯ"
_VIETNAMESE = frozenset(_LETTERS) | frozenset(
    composed
    for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for mark in "\u0300\u0301\u0303\u0309\u0323"
    if len(composed := unicodedata.normalize("NFC", base + mark)) == 1
)
# Longer runs of combining marks stand in no language; sorting them takes quadratic time.
_MARK_RUN = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{64}")


class Decoded(NamedTuple):
    """Text with LF line ends in NFC, the encoding it was read with, and what was odd about it."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def decode(data: bytes, name: str, declared: str | None = None) -> Decoded:
    """The canonical text of ``data``.

    ``declared`` is an encoding that the format itself names (HTML's meta charset); it is tried where the bytes are no UTF-8.

    Raises:
        ReadError: the bytes are no text, or in an encoding that is not recognised.
    """
    raw, encoding, broken = _decode_raw(data, name, declared)
    repair = Repair(encoding) if encoding in ENCODINGS else find_repair(raw)
    text = canonical(repair(canonical(raw)))
    notes = repair_notes(repair, text)
    if broken:
        at = text.find("\ufffd")
        message = f"{broken} bytes are no valid {encoding}; each is shown as U+FFFD"
        notes = (*notes, Note("encoding-damage", message, Span(at, at + 1) if at >= 0 else None))
    return Decoded(text, encoding, notes)


def repair_notes(repair: Repair, text: str) -> tuple[Note, ...]:
    """What is to be said about a repair that gave ``text``."""
    notes: tuple[Note, ...] = ()
    if repair.encoding == "mojibake":
        notes = (Note("encoding-repaired", "UTF-8 that had been read as Windows-1252 was put right", severity="info"),)
    elif repair.encoding:
        notes = (Note("encoding-repaired", f"text in {ENCODINGS[repair.encoding]} was converted to Unicode", severity="info"),)
    if scrambled_rest(text):
        notes = (*notes, Note("encoding-damage", "the text looks like UTF-8 read as Windows-1252; this may help: pip install 'kehoach[encodings]'"))
    return notes


def canonical(text: str) -> str:
    r"""``text`` in NFC with LF line ends and no byte order marks at its start; nothing else is changed.

    >>> canonical("\ufeffKe\u0302\u0301\r\nhoa\u0323ch\r")
    'Kế\nhoạch\n'
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.lstrip("\ufeff")
    if _MARK_RUN.search(text):
        return text
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _decode_raw(data: bytes, name: str, declared: str | None) -> tuple[str, str, int]:
    for mark, codec, label in _BOMS:
        if data.startswith(mark):
            return _with_bom(data, name, codec, label)
    if codec16 := _utf16_without_bom(data):
        return data.decode(codec16, "replace"), codec16, 0
    if _is_binary(data):
        raise ReadError(f"{name} is not text but binary data: convert it to DOCX, HTML or UTF-8 text first")
    try:
        return data.decode("utf-8"), "utf-8", 0
    except UnicodeDecodeError:
        return _decode_damaged_or_legacy(data, name, declared)


def _with_bom(data: bytes, name: str, codec: str, label: str) -> tuple[str, str, int]:
    text = data.decode(codec, "replace")
    broken = text.count("\ufffd")
    if broken > max(1, len(text) * _MAX_BROKEN_SHARE):
        raise ReadError(f"{name} begins like {label} but is broken: save it again as UTF-8")
    return text, label, broken


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 with its mark cut off: every second byte of the blanks, digits and plain letters is NUL, the others are not."""
    head = data[:_SAMPLE]
    half = len(head) // 2
    if half < 4 or len(data) % 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > half * 0.3 and even < half * 0.02:
        return "utf-16-le"
    if even > half * 0.3 and odd < half * 0.02:
        return "utf-16-be"
    return None


def _is_binary(data: bytes) -> bool:
    head = data[:_SAMPLE]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > max(4, len(head) * _MAX_CONTROL_SHARE)


def _decode_damaged_or_legacy(data: bytes, name: str, declared: str | None) -> tuple[str, str, int]:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    whole = sum(text.count(letter) for letter in "ạảấầốồệếộợứựđưư")
    # A short text with one broken byte among many whole letters is UTF-8 too; no legacy text decodes to whole letters.
    if broken <= len(data) * _MAX_BROKEN_SHARE or (broken <= 2 and whole >= 20):
        return text, "utf-8", broken
    for codec in (declared, "cp1258"):
        if codec and (legacy := _try(data, codec)) is not None and _is_vietnamese(legacy):
            return legacy, codec, 0
    plain = "".join(WINDOWS[code] for code in data)
    if repair := find_repair(plain).encoding:
        return plain, repair if repair in ENCODINGS else "windows-1252", 0
    if declared and (legacy := _try(data, declared)) is not None:
        return legacy, declared, 0
    if (legacy := _try(data, "cp1258")) is not None and _looks_vietnamese(legacy):
        return legacy, "cp1258", 0
    raise ReadError(
        f"{name} is neither UTF-8, UTF-16, Windows-1258, TCVN3, VNI nor VISCII: open it in the program it comes from and save it as UTF-8"
    )


# Which share of the words beyond ASCII are syllables in Vietnamese text with names and abbreviations.
_SYLLABLES = 0.8


def _is_vietnamese(text: str) -> bool:
    return _looks_vietnamese(text) and syllable_share(unicodedata.normalize("NFC", text[:200_000])) >= _SYLLABLES


def _try(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None


def _looks_vietnamese(text: str) -> bool:
    """Whether nearly all letters beyond ASCII are Vietnamese ones, and there are some."""
    sample = unicodedata.normalize("NFC", text[:200_000])
    beyond = [char for char in sample if ord(char) > 127 and (char.isalpha() or unicodedata.combining(char))]
    good = sum(char in _VIETNAMESE for char in beyond)
    return good >= 3 and good >= 0.95 * len(beyond)
