"""One text or one file in, one ``PlanDocument`` out. Folders are read by ``kehoach.batch``.

Nothing here keeps state between calls except the rules, which are read once for each rule folder; every function may be
called from several threads and its results can be pickled.
"""

from __future__ import annotations

import gc
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from kehoach.schemas.errors import ReadError

if TYPE_CHECKING:
    from kehoach.extract.pipeline import Rules
    from kehoach.schemas.document import PlanDocument
    from kehoach.schemas.stages import SourceText

NLP_CHOICES = ("none", "pyvi", "underthesea")

# "Kế hoạch 12.2026" has no extension, "Kế hoạch 12.docx" has.
_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}$")
# Control characters and what one of the usual file systems refuses in a name; lone surrogates stand for undecodable bytes.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\ud800-\udfff]')
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DEVICE_NAME = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
# File names hold at most 255 bytes; the rest is room for an extension, a clash hash and ".json".
_MAX_NAME_BYTES = 200
# Larger files are no documents; a file is read into memory as a whole.
_MAX_FILE = 500_000_000


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document and the canonical text that its spans point into."""

    document: PlanDocument
    text: str


def extract_text(text: str, *, doc_id: str = "text", rules: Path | None = None, nlp: str | None = None) -> PlanDocument:
    """The plan in a string.

    Spans point into the canonical text: ``text`` in NFC, with line feeds only and without a byte order mark. Lone surrogates
    become U+FFFD.

    Args:
        text: plain text or Markdown.
        doc_id: goes into the document as it is.
        rules: a folder of your own rules, laid over the built-in ones.
        nlp: one of ``NLP_CHOICES``; None takes the default.

    Raises:
        ReadError: the text is longer than any document.
        RuleError: a file in ``rules`` is wrong.
    """
    from kehoach.extract.readers import check_length
    from kehoach.extract.readers.decoding import canonical
    from kehoach.extract.readers.plain import empty_note
    from kehoach.schemas.stages import SourceText as Source

    # Not through the readers: a string is text whatever it holds, and a page given as one is to be read as it stands.
    check_length(text, doc_id)
    given = _LONE_SURROGATE.sub("\ufffd", text)
    clean = canonical(given)
    source = Source(clean, "text/plain", "utf-8", hashlib.sha256(given.encode("utf-8")).hexdigest(), notes=empty_note(clean))
    return _extract(source, doc_id, "", rules, nlp).document


def extract_file(path: str | Path, *, doc_id: str | None = None, rules: Path | None = None, nlp: str | None = None) -> PlanDocument:
    """The plan in a file; arguments as in ``extract_text``, ``doc_id`` is the file's name without extension unless given.

    Raises:
        ReadError: the file is not there, or no text can be read from it.
        RuleError: a file in ``rules`` is wrong.
    """
    path = Path(path)
    data = read_input(path)
    name = printable(path.name)
    return extract_bytes(data, path.name, doc_id=doc_id or doc_id_for(name), path=name, rules=rules, nlp=nlp).document


def extract_bytes(data: bytes, name: str, *, doc_id: str, path: str, rules: Path | None = None, nlp: str | None = None) -> Extraction:
    """The document and its canonical text from the bytes of a file called ``name``; ``path`` goes into ``source.path``.

    Raises:
        ReadError: no text can be read from the bytes.
        RuleError: a file in ``rules`` is wrong.
    """
    from kehoach.extract.readers import read_bytes

    return _extract(read_bytes(data, name), doc_id, path, rules, nlp)


def _extract(source: SourceText, doc_id: str, path: str, rules: Path | None, nlp: str | None) -> Extraction:
    from kehoach.extract.pipeline import extract_source

    if nlp is not None and nlp not in NLP_CHOICES:
        raise ValueError(f"nlp is {nlp!r}; it can be {', '.join(NLP_CHOICES)} or None for the default")
    loaded = load_rules(rules)
    chosen = {} if nlp is None else {"nlp": nlp}
    with _collector_at_rest():
        document = extract_source(source, loaded, doc_id=doc_id, path=path, **chosen)
    return Extraction(document, source.text)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the cycle collector from walking all records again and again while they grow: the stages make no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def load_rules(overlay: Path | None = None) -> Rules:
    """The built-in rules with the folder ``overlay`` laid over them, read once for each folder.

    Raises:
        RuleError: a rule file is wrong.
    """
    return _load_once(None if overlay is None else Path(overlay).absolute())


@lru_cache(maxsize=8)
def _load_once(overlay: Path | None) -> Rules:
    from kehoach.extract.pipeline import load_all

    return load_all(overlay)


def read_input(path: Path) -> bytes:
    """The bytes of a regular file.

    Raises:
        ReadError: it is no file, or the system refuses to read it.
    """
    shown = printable(str(path))
    if path.is_dir():
        raise ReadError(f"{shown} is a folder; give a file, or use extract_folder")
    if path.exists() and not path.is_file():
        raise ReadError(f"{shown} is not a regular file; copy what it holds into one")
    try:
        if path.stat().st_size > _MAX_FILE:
            raise ReadError(f"{shown} has more than {_MAX_FILE // 1_000_000} MB: split it")
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"{shown} cannot be read: {error.strerror or error}; see that it exists and that you may read it") from error


def printable(path: str) -> str:
    """``path`` in NFC with undecodable bytes as U+FFFD: the same on every machine, and encodable."""
    return unicodedata.normalize("NFC", _LONE_SURROGATE.sub("\ufffd", path))


def split_extension(path: str) -> tuple[str, str]:
    """``path`` and its extension with the dot ("" where the name has none).

    >>> split_extension("kế hoạch/12.2026.html"), split_extension("Kế hoạch 12.2026")
    (('kế hoạch/12.2026', '.html'), ('Kế hoạch 12.2026', ''))
    """
    match = _EXTENSION.search(path)
    if match is None or PurePosixPath(path).name.startswith(match[0]):
        return path, ""
    return path[: match.start()], match[0]


def doc_id_for(path: str, *, extension: bool = False) -> str:
    """The document id of a path relative to its root: without extension unless asked, '/' as '__', safe as a file name anywhere.

    >>> doc_id_for("2026/Kế hoạch 12.docx"), doc_id_for("a?b.txt")
    ('2026__Kế hoạch 12', 'a_b')
    """
    stem, suffix = split_extension(printable(path))
    name = _UNSAFE.sub("_", (stem + suffix if extension else stem).replace("/", "__"))
    name = re.sub(r"^[ .]|[ .]$", "_", name) or "_"
    if _DEVICE_NAME.match(name):
        name = f"_{name}"
    if len(name.encode("utf-8")) > _MAX_NAME_BYTES:
        digest = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        name = name.encode("utf-8")[: _MAX_NAME_BYTES - 9].decode("utf-8", "ignore") + "-" + digest
    return name
