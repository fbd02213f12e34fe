"""Checks extracted documents against the schema and against the text they were read from."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from kehoach.extract.readers.decoding import canonical
from kehoach.extract.spans import LineIndex
from kehoach.schemas.document import PlanDocument, TextSpan
from kehoach.schemas.errors import OutputError

from .stored import find_documents, validation_faults

# Groups whose records quote the text: their "text" must be the slice at their span.
_QUOTING = ("targets", "results", "tasks", "references", "tables")
# Groups that may point into dropped ranges: the ranges themselves, and what a property box told about the document.
_MAY_BE_DROPPED = ("dropped", "metadata", "diagnostics")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: in which JSON file (relative to the folder), where in it, and what."""

    file: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.where}: {self.what}" if self.where else f"{self.file}: {self.what}"


def check_folder(folder: Path) -> tuple[int, list[Fault]]:
    """How many documents stand under ``folder``, and everything that is wrong with them, sorted by file.

    Raises:
        OutputError: there is no JSON file in the folder.
    """
    files = find_documents(folder)
    if not files:
        raise OutputError(f"{folder} holds no extracted documents; make some with 'kehoach extract PATH --out {folder}'")
    return len(files), [fault for path in files.values() for fault in check_file(path, path.relative_to(folder).as_posix())]


def check_file(path: Path, name: str) -> list[Fault]:
    """Everything that is wrong with one JSON file and the text file beside it; ``name`` is what the faults call it."""
    try:
        raw = path.read_bytes().decode("utf-8")
        data = json.loads(raw)
    except OSError as error:
        return [Fault(name, "", f"cannot be read: {error.strerror}")]
    except (ValueError, RecursionError) as error:
        return [Fault(name, "", f"is no UTF-8 JSON: {error}")]
    try:
        document = PlanDocument.from_json(raw)
    except ValidationError as error:
        version = data.get("schema_version") if isinstance(data, dict) else None
        told = [] if version in {"1.0", None} else [f"has schema version {version}, this program knows 1.0"]
        return [Fault(name, "", fault) for fault in told or validation_faults(error)]
    faults = [("", "is not written as the program writes it (two-space indent, UTF-8, a line feed at the end)")] if document.to_json() != raw else []
    faults += _names(document, path)
    body, text, told_of_text = _text_beside(path, document)
    faults += told_of_text
    if text is not None:
        faults += [*_figures(document, body, text), *_positions(document, text)]
    return [Fault(name, where, what) for where, what in faults]


def _names(document: PlanDocument, path: Path) -> Iterator[tuple[str, str]]:
    if path.name != f"{document.doc_id}.json":
        yield "doc_id", f"is {document.doc_id}, the file is called {path.name}"
    if re.match(r"/|\\\\|[A-Za-z]:[\\/]", document.source.path) or ".." in document.source.path.split("/"):
        yield "source.path", f"{document.source.path} is not relative to the input folder"
    for index, item in enumerate(document.dropped):
        if not item.reason.strip():
            yield f"dropped[{index}]", "has no reason"


def _text_beside(path: Path, document: PlanDocument) -> tuple[bytes, str | None, list[tuple[str, str]]]:
    beside = path.with_name(f"{document.doc_id}.txt")
    try:
        body = beside.read_bytes()
        text = body.decode("utf-8")
    except OSError:
        return b"", None, [("text", f"the text file {beside.name} is not there")]
    except UnicodeDecodeError as error:
        return b"", None, [("text", f"{beside.name} is not UTF-8: {error.reason} at byte {error.start}")]
    faults = []
    if "\r" in text:
        faults.append(("text", "has carriage returns"))
    if text.startswith("\ufeff"):
        faults.append(("text", "begins with a byte order mark"))
    if canonical(text) != text and not faults:
        faults.append(("text", "is not in NFC"))
    return body, text, faults


def _figures(document: PlanDocument, body: bytes, text: str) -> Iterator[tuple[str, str]]:
    stated = document.text
    if hashlib.sha256(body).hexdigest() != stated.sha256:
        yield "text.sha256", "is not that of the text file: one of the two was changed"
    if len(text) != stated.chars:
        yield "text.chars", f"is {stated.chars}, the text has {len(text)}"
    kept = len(text) - sum(item.span.end - item.span.start for item in document.dropped)
    if kept != stated.kept_chars:
        yield "text.kept_chars", f"is {stated.kept_chars}, {kept} characters are not dropped"


def _positions(document: PlanDocument, text: str) -> Iterator[tuple[str, str]]:
    lines = LineIndex(text)
    dropped = [(item.span.start, item.span.end) for item in document.dropped]
    for where, owner, span in _spans(document, ""):
        if span.end > len(text):
            yield where, f"span {span.start}-{span.end} leaves the text of {len(text)} characters"
            continue
        if span.line != lines.line(span.start):
            yield where, f"states line {span.line}, the span begins on line {lines.line(span.start)}"
        group = re.split(r"[.\[]", where, maxsplit=1)[0]
        quoted = getattr(owner, "text", None)
        if group in _QUOTING and isinstance(quoted, str) and quoted.split() != text[span.start : span.end].split():
            yield where, f"text is “{_short(quoted)}”, at its span stands “{_short(text[span.start : span.end])}”"
        if group not in _MAY_BE_DROPPED and any(start <= span.start and span.end <= end for start, end in dropped):
            yield where, f"“{_short(text[span.start : span.end])}” stands in a dropped range"


def _spans(node: object, where: str) -> Iterator[tuple[str, BaseModel, TextSpan]]:
    """Every span under ``node`` with its owner and its place ("tasks[3].lead[0]")."""
    if isinstance(node, BaseModel):
        for name in type(node).model_fields:
            value = getattr(node, name)
            if isinstance(value, TextSpan):
                yield where, node, value
            elif isinstance(value, BaseModel | tuple | dict):
                yield from _spans(value, f"{where}.{name}" if where else name)
    elif isinstance(node, tuple):
        for index, item in enumerate(node):
            yield from _spans(item, f"{where}[{index}]")
    elif isinstance(node, dict):
        for key, item in node.items():
            if isinstance(item, TextSpan):
                yield f"{where}.{key}", item, item


def _short(text: str, width: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1] + "…"
