"""What is fuzzed: any bytes as a text, Markdown or HTML file, through readers, pipeline and JSON; the contract must hold."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from kehoach.api import extract_bytes
from kehoach.review.check import check_file
from kehoach.schemas.document import PlanDocument
from kehoach.schemas.errors import ReadError

# The first byte of an input chooses the format.
SUFFIXES = (".txt", ".md", ".html")


class BrokenContractError(Exception):
    """A document came out, but not one that the contract allows."""


def one_input(data: bytes, room: Path) -> None:
    """Extract the document in ``data``, write it to the folder ``room``, check it against the contract and read it back.

    Raises:
        BrokenContractError: a check failed. Any other exception is a fault too, except that an input may be unreadable.
    """
    if not data:
        return
    suffix, body = SUFFIXES[data[0] % len(SUFFIXES)], data[1:]
    try:
        extraction = extract_bytes(body, f"made{suffix}", doc_id="made", path=f"made{suffix}")
    except ReadError:
        return
    written = extraction.document.to_json()
    (room / "made.txt").write_bytes(extraction.text.encode("utf-8"))
    (room / "made.json").write_bytes(written.encode("utf-8"))
    faults = check_file(room / "made.json", "made.json")
    if faults:
        raise BrokenContractError("; ".join(map(str, faults[:5])))
    if PlanDocument.from_json(written) != extraction.document:
        raise BrokenContractError("the JSON does not give the document back")


def keep(data: bytes, folder: Path) -> Path:
    """Save an input that broke something under the hash of its bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hashlib.sha256(data).hexdigest()[:16]
    path.write_bytes(data)
    return path


def corpus(folder: Path) -> list[bytes]:
    """The inputs of a corpus, in the order of their names."""
    return [path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()] if folder.is_dir() else []


if __name__ == "__main__":  # python fuzz/target.py FILE…: run single inputs again
    from tempfile import TemporaryDirectory

    for name in sys.argv[1:]:
        with TemporaryDirectory() as made:
            one_input(Path(name).read_bytes(), Path(made))
