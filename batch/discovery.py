"""Finds the input files under the paths a user gives, and the id of each document."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kehoach.api import doc_id_for, printable
from kehoach.schemas.errors import ReadError

from .archives import is_archive, members
from .outcomes import Failure, Job, Skipped

# The first bytes of every extracted document (see PlanDocument.to_json).
_OWN_OUTPUT = b'{\n  "schema_version"'


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was found, sorted by path."""

    jobs: tuple[Job, ...]
    failures: tuple[Failure, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A file with the root it was found under; ``given`` is the path in the user's words, ``inner`` its place in an archive."""

    file: Path
    root: Path
    given: Path
    inner: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return printable("/".join((self.file.relative_to(self.root).as_posix(), *self.inner)))


def find_inputs(paths: Iterable[Path], out: Path | None = None) -> Inputs:
    """All files under ``paths``, folders recursively and archives with what is in them, each once.

    Hidden files and folders, everything under ``out`` and extracted documents themselves are no input. Links to folders are not
    followed (they may lead in circles).
    """
    failures: list[Failure] = []
    skipped: list[Skipped] = []
    found: dict[tuple[Path, tuple[str, ...]], _Candidate] = {}
    hidden_out = None if out is None else Path(os.path.normpath(out.absolute()))
    for path in paths:
        given = Path(os.path.normpath(path.absolute()))
        root = given if given.is_dir() else given.parent
        files = _walk(given, hidden_out, failures) if given.is_dir() else iter([given])
        for file in files:
            candidate = _Candidate(file, root, path / file.relative_to(given) if given.is_dir() else path)
            if file.exists() and not file.is_file():
                skipped.append(Skipped(candidate.path, "not a regular file"))
            elif not is_own_output(file):
                for one in _unpacked(candidate, failures):
                    # The same file under two roots: the wider one names it, whatever the order of the arguments.
                    other = found.get((file, one.inner))
                    found[file, one.inner] = one if other is None else min(other, one, key=lambda c: len(c.root.parts))
    candidates = sorted(found.values(), key=lambda c: (c.path, str(c.file)))
    jobs = [Job(c.file, c.path, name, c.inner) for c, name in zip(candidates, _names(candidates), strict=True)]
    return Inputs(tuple(jobs), tuple(sorted(failures, key=str)), tuple(sorted(skipped, key=str)))


def _unpacked(candidate: _Candidate, failures: list[Failure]) -> Iterator[_Candidate]:
    """The candidate itself, or the files in it when it is an archive."""
    if not is_archive(candidate.file.name):
        yield candidate
        return
    try:
        for member in members(candidate.file):
            inside = replace(candidate, inner=member.inner)
            if member.fault:
                failures.append(Failure(inside.path, member.fault))
            else:
                yield inside
    except ReadError as error:
        failures.append(Failure(candidate.path, str(error)))


def _walk(folder: Path, out: Path | None, failures: list[Failure]) -> Iterator[Path]:
    def refused(error: OSError) -> None:
        where = Path(error.filename).relative_to(folder).as_posix()
        failures.append(Failure(printable(where), f"folder cannot be read: {error.strerror}", "see that you may read it"))

    for place, folders, files in os.walk(folder, onerror=refused):
        here = Path(place)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and here / name != out)
        for name in sorted(files):
            if not name.startswith("."):
                yield here / name


def is_own_output(file: Path) -> bool:
    """Whether a file is the JSON of an extracted document."""
    if file.suffix != ".json":
        return False
    try:
        with file.open("rb") as stream:
            return stream.read(len(_OWN_OUTPUT)) == _OWN_OUTPUT
    except OSError:
        return False


def _names(candidates: list[_Candidate]) -> list[str]:
    """A document id for each candidate; where two clash, both get a longer one: with extension, then with a hash of the path."""
    levels = [0] * len(candidates)
    while True:
        names = [_name(candidate, level) for candidate, level in zip(candidates, levels, strict=True)]
        groups: dict[str, list[int]] = defaultdict(list)
        for index, name in enumerate(names):
            # Two names that differ in case alone are one file on some systems.
            groups[name.casefold()].append(index)
        clashing = [index for group in groups.values() if len(group) > 1 for index in group]
        if not clashing:
            return names
        for index in clashing:
            levels[index] += 1


def _name(candidate: _Candidate, level: int) -> str:
    if level == 0:
        return doc_id_for(candidate.path)
    name = doc_id_for(candidate.path, extension=True)
    if level == 1:
        return name
    # The relative path tells most apart; the same one under two roots needs the root's name, then the path as given.
    keys = [candidate.path, f"{candidate.root.name}/{candidate.path}", candidate.given.as_posix()]
    key = keys[level - 2] if level - 2 < len(keys) else candidate.file.as_posix()
    return f"{name}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
