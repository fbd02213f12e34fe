"""Extracts one input and writes its two files; what runs in a worker process."""

from __future__ import annotations

import hashlib
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kehoach.api import extract_bytes, load_rules, read_input
from kehoach.schemas.document import PlanDocument
from kehoach.schemas.errors import UnknownFormat

from .archives import read_member
from .outcomes import Done, Job, Outcome, Skipped, failure_of
from .timelimit import time_limit


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every job of a batch; ``out`` None writes nothing, ``keep`` brings the documents back, ``timeout`` is in seconds."""

    out: Path | None = None
    rules: Path | None = None
    nlp: str | None = None
    keep: bool = False
    timeout: float | None = None


def start_worker(settings: Settings) -> None:
    """Prepare a worker process: rules are read once, and Ctrl-C ends it without a word (the parent speaks)."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    load_rules(settings.rules)


def extract_job(job: Job, settings: Settings) -> Outcome:
    """Extract one input; never raises, whatever the input holds."""
    try:
        with time_limit(settings.timeout, job.path):
            data, name = (read_member(job.file, job.inner), job.inner[-1]) if job.inner else (read_input(job.file), job.file.name)
            extraction = extract_bytes(data, name, doc_id=job.doc_id, path=job.path, rules=settings.rules, nlp=settings.nlp)
        document = extraction.document
        if settings.out is not None:
            write_whole(settings.out / f"{job.doc_id}.json", document.to_json().encode("utf-8"))
            write_whole(settings.out / f"{job.doc_id}.txt", extraction.text.encode("utf-8"))
    except UnknownFormat as error:
        return Skipped(job.path, " ".join(str(error).split()))
    except Exception as error:  # whatever went wrong with one document, the others go on
        return failure_of(job.path, error)
    done = _figures(job, document)
    return replace(done, document=document) if settings.keep else done


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of it."""
    # A short name of its own: the final name may already be as long as a name can be.
    part = path.with_name(f".{hashlib.sha256(path.name.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}.{os.getpid()}.part")
    with _uninterrupted():
        try:
            part.write_bytes(data)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back, where the system can: a worker that it ended in the middle of a file would leave its part behind."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _figures(job: Job, document: PlanDocument) -> Done:
    warnings = sum(diagnostic.severity != "info" for diagnostic in document.diagnostics)
    return Done(job.path, job.doc_id, len(document.tasks), len(document.targets), warnings)
