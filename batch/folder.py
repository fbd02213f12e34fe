"""A whole folder in one call: for programs (``extract_folder``) and for the command line (``extract_to``)."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kehoach.api import load_rules
from kehoach.schemas.document import PlanDocument
from kehoach.schemas.errors import OutputError, ReadError

from .discovery import Inputs, find_inputs, is_own_output
from .outcomes import Done, Failure, Outcome, Skipped
from .pool import run_jobs
from .worker import Settings, write_whole

ERRORS = "errors.jsonl"


@dataclass(frozen=True, slots=True)
class FolderResult:
    """The documents of a folder, sorted by path, and what did not become one; iterating gives the documents."""

    documents: tuple[PlanDocument, ...]
    failures: tuple[Failure, ...]
    skipped: tuple[Skipped, ...]

    def __iter__(self) -> Iterator[PlanDocument]:
        return iter(self.documents)

    def __len__(self) -> int:
        return len(self.documents)


def extract_folder(
    path: str | Path, *, workers: int = 1, rules: Path | None = None, nlp: str | None = None, timeout: float | None = None
) -> FolderResult:
    """All plans of a folder, its subfolders and the archives in them; one bad file never stops the rest.

    Args:
        path: the folder; hidden files in it are passed over.
        workers: processes to use. With more than one, a script must call this under ``if __name__ == "__main__":``.
        rules: a folder of your own rules, laid over the built-in ones.
        nlp: "none", "pyvi" or "underthesea"; None takes the default.
        timeout: seconds after which a file is given up (see ``time_limit``); None waits for ever.

    Raises:
        ReadError: ``path`` is no folder.
        RuleError: a file in ``rules`` is wrong.
    """
    if not Path(path).is_dir():
        raise ReadError(f"{path} is no folder; use extract_file for a file")
    inputs = find_inputs([Path(path)])
    load_rules(rules)
    outcomes: list[Outcome] = list(run_jobs(inputs.jobs, Settings(rules=rules, nlp=nlp, keep=True, timeout=timeout), workers))
    return FolderResult(
        tuple(outcome.document for outcome in outcomes if isinstance(outcome, Done) and outcome.document is not None),
        (*inputs.failures, *(outcome for outcome in outcomes if isinstance(outcome, Failure))),
        (*inputs.skipped, *(outcome for outcome in outcomes if isinstance(outcome, Skipped))),
    )


def prepare(paths: Sequence[Path], settings: Settings) -> Inputs:
    """The inputs of a run that writes to ``settings.out``, with everything checked that would spoil the whole run.

    Raises:
        OutputError: the output folder cannot be made, or an output would overwrite an input.
        RuleError: a file in ``settings.rules`` is wrong.
    """
    out = settings.out
    if out is None:
        raise ValueError("prepare needs an output folder")
    if any(path.is_dir() and path.resolve() == out.resolve() for path in paths):
        raise OutputError(f"{out} is the input folder itself; choose another folder for --out")
    load_rules(settings.rules)
    inputs = find_inputs(paths, out)
    _spare_what_is_there(inputs, Path(os.path.normpath(out.absolute())))
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_whole(out / ERRORS, b"")
        (out / ERRORS).unlink()
    except OSError as error:
        raise OutputError(f"{out} cannot be written to: {error.strerror or error}; choose another folder for --out") from error
    return inputs


def _spare_what_is_there(inputs: Inputs, out: Path) -> None:
    """Refuse to write over an input, or over a file in ``out`` that no earlier run has made."""
    files = {job.file for job in inputs.jobs}
    for job in inputs.jobs:
        text, data = out / f"{job.doc_id}.txt", out / f"{job.doc_id}.json"
        # A run writes the JSON first: a text without one is not its work.
        foreign = [data] if data.exists() and not is_own_output(data) else [text] if text.exists() and not data.exists() else []
        if lost := [path for path in (text, data) if path in files] or foreign:
            raise OutputError(f"{out.name}/{lost[0].name} is no output of kehoach and would be written over; choose another folder for --out")


def write_errors(out: Path, failures: Sequence[Failure]) -> None:
    """Write ``OUT/errors.jsonl``, one JSON object a line, sorted by path; without failures there is no such file."""
    ordered = sorted(failures, key=lambda failure: (failure.path, failure.error))
    lines = [json.dumps({"path": f.path, "error": f.error, "hint": f.hint}, ensure_ascii=False) for f in ordered]
    if lines:
        write_whole(out / ERRORS, ("\n".join(lines) + "\n").encode("utf-8"))
