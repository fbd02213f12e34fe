"""What can become of one input: extracted, failed, or skipped because it is no document."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path

from kehoach.schemas.document import PlanDocument
from kehoach.schemas.errors import KehoachError


@dataclass(frozen=True, slots=True)
class Job:
    """One input file: where it is, its path relative to the input root ('/' separators), and the id of its document.

    ``inner`` are the names that lead to it inside an archive.
    """

    file: Path
    path: str
    doc_id: str
    inner: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """An extracted document in figures; ``document`` only where the caller keeps documents."""

    path: str
    doc_id: str
    tasks: int
    targets: int
    warnings: int
    document: PlanDocument | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be extracted: what went wrong, and what to do about it ("" when the error says it)."""

    path: str
    error: str
    hint: str = ""

    def __str__(self) -> str:
        said = self.error if self.path in self.error else f"{self.path}: {self.error}"
        return f"{said}; {self.hint}" if self.hint else said


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that is no document in a known format."""

    path: str
    reason: str

    def __str__(self) -> str:
        return self.reason if self.path in self.reason else f"{self.path}: {self.reason}"


Outcome = Done | Failure | Skipped


def failure_of(path: str, error: BaseException) -> Failure:
    """The failure that an exception means, in words for the person at the terminal, on one line."""
    if isinstance(error, KehoachError):
        return Failure(path, _one_line(str(error)))
    if isinstance(error, MemoryError):
        return Failure(path, "needs more memory than there is", "split the file, or use fewer workers")
    if isinstance(error, RecursionError):
        return Failure(path, "is nested too deeply to be read", "save it as plain text and try again")
    if isinstance(error, OSError):
        return Failure(path, _one_line(f"{error.strerror or error}"), "see that the disk has room and that you may write to the output folder")
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = f" ({Path(last[0].filename).name}, line {last[0].lineno})" if last else ""
    what = _one_line(f"internal error {type(error).__name__}: {error}{place}")
    return Failure(path, what, "this is a fault of kehoach: please report it with the file")


def _one_line(text: str) -> str:
    return " ".join(text.split())[:500]
