"""Every record that one extraction of a corpus has and another has not; no annotation is needed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kehoach.review.diff import Change, diff_documents
from kehoach.review.stored import find_documents, load_document
from kehoach.schemas.document import PlanDocument
from kehoach.schemas.errors import OutputError

from .pairing import pairs_of_texts

# A record gone and a record new of one kind in one document are one record worded anew when they share this much.
REWORDED = 0.6
_RECORDS = ("section", "target", "result", "task", "agency", "reference", "table")


class Shift(NamedTuple):
    """One record: lost (``new`` is None), gained (``old`` is None), or worded anew."""

    document: str
    kind: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed over a corpus; ``changed`` counts the records that stayed with other fields, by kind, and ``fields`` lists how."""

    documents: int
    shifts: tuple[Shift, ...]
    fields: tuple[Change, ...]

    @property
    def lost(self) -> tuple[Shift, ...]:
        """Records that only the old extraction has."""
        return tuple(shift for shift in self.shifts if shift.new is None)

    @property
    def gained(self) -> tuple[Shift, ...]:
        """Records that only the new extraction has."""
        return tuple(shift for shift in self.shifts if shift.old is None)

    @property
    def reworded(self) -> tuple[Shift, ...]:
        """Records whose text is another piece of the document than before."""
        return tuple(shift for shift in self.shifts if shift.old is not None and shift.new is not None)

    def counts(self) -> dict[str, tuple[int, int, int, int]]:
        """Lost, gained, worded anew and otherwise changed records of each kind, in the order of the schema."""
        lost, gained, reworded = (Counter(shift.kind for shift in part) for part in (self.lost, self.gained, self.reworded))
        changed = Counter(kind for _, kind, _ in {(change.document, change.kind, change.record) for change in self.fields})
        return {kind: (lost[kind], gained[kind], reworded[kind], changed[kind]) for kind in ("metadata", *_RECORDS)}


def compare_folders(old: Path, new: Path) -> Comparison:
    """Compare two folders of extracted documents; a document in only one of them has all its records lost or gained.

    Raises:
        OutputError: neither holds documents, or one cannot be read.
    """
    before, after = find_documents(old), find_documents(new)
    names = sorted({*before, *after})
    if not names:
        raise OutputError(f"neither {old} nor {new} holds extracted documents; make some with 'kehoach extract'")
    shifts: list[Shift] = []
    fields: list[Change] = []
    for name in names:
        one = load_document(before[name]) if name in before else None
        other = load_document(after[name]) if name in after else None
        changes = _changes(one, other, name)
        shifts += _shifts(name, [change for change in changes if change.field is None and change.kind in _RECORDS])
        fields += [change for change in changes if change.field is not None and change.kind in (*_RECORDS, "metadata")]
    return Comparison(len(names), tuple(shifts), tuple(fields))


def _changes(old: PlanDocument | None, new: PlanDocument | None, name: str) -> list[Change]:
    if old is not None and new is not None:
        return diff_documents(old, new, name)
    whole = old or new
    if whole is None:
        return []
    empty = whole.model_copy(update={f"{kind[:-1] + 'ie' if kind.endswith('y') else kind}s": () for kind in _RECORDS})
    return diff_documents(old or empty, new or empty, name)


def _shifts(name: str, changes: list[Change]) -> list[Shift]:
    shifts = []
    for kind in _RECORDS:
        lost = [change.record for change in changes if change.kind == kind and change.new is None]
        gained = [change.record for change in changes if change.kind == kind and change.old is None]
        pairs = dict(pairs_of_texts(lost, gained, REWORDED))
        shifts += [Shift(name, kind, record, gained[pairs[i]] if i in pairs else None) for i, record in enumerate(lost)]
        shifts += [Shift(name, kind, None, record) for j, record in enumerate(gained) if j not in pairs.values()]
    return shifts
