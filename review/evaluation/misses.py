"""What one document got wrong, record by record, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .facts import ROLES, Action, Measure, Time
from .measures import Matched, metadata_fields, same_parent
from .pairing import Pairs
from .rightness import common_agencies, same_times, same_unit

_WIDTH = 110


class Miss(NamedTuple):
    """One fault: the measure it counts in, what was annotated and what was found (None for nothing)."""

    measure: str
    record: str
    gold: str | None
    found: str | None

    def __str__(self) -> str:
        if self.found is None:
            return f"{self.measure} missed: {self.record}"
        if self.gold is None:
            return f"{self.measure} extra: {self.record}"
        return f"{self.measure} of {self.record}: annotated {self.gold}, found {self.found}"


def find_misses(matched: Matched) -> Iterator[Miss]:
    """Every fault of a document, measure by measure."""
    gold, pred = matched.gold, matched.pred
    for name, tally in metadata_fields(gold, pred):
        if not tally.hits:
            yield Miss("metadata", name, gold.metadata.get(name, "nothing"), pred.metadata.get(name, "nothing"))
    heads = [[" ".join(filter(None, (heading.number, heading.title))) for heading in side.headings] for side in (gold, pred)]
    yield from _unpaired("headings", heads[0], heads[1], matched.headings)
    for i, j in matched.headings:
        one, other = gold.headings[i], pred.headings[j]
        if not same_parent(one, other):
            yield Miss("heading_parent", heads[0][i], *(side.parent.title if side.parent else "the top" for side in (one, other)))
    yield from _unpaired("targets", _measures(gold.targets), _measures(pred.targets), matched.targets)
    for want, got in matched.target_pairs():
        yield from _target_faults(want, got)
    yield from _unpaired("results", _measures(gold.results), _measures(pred.results), matched.results)
    yield from _unpaired("tasks", [_short(task.text) for task in gold.tasks], [_short(task.text) for task in pred.tasks], matched.tasks)
    for task, found in matched.task_pairs():
        yield from _task_faults(task, found)
    for missed in sorted(gold.references - pred.references):
        yield Miss("references", missed, missed, None)
    for extra in sorted(pred.references - gold.references):
        yield Miss("references", extra, None, extra)


def _unpaired(measure: str, gold: Sequence[str], pred: Sequence[str], pairs: Pairs) -> Iterator[Miss]:
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, said in enumerate(gold):
        if i not in left:
            yield Miss(measure, said, said, None)
    for j, said in enumerate(pred):
        if j not in right:
            yield Miss(measure, said, None, said)


def _target_faults(want: Measure, got: Measure) -> Iterator[Miss]:
    record = _short(want.text)
    if not same_unit(want, got):
        yield Miss("target_value_unit", record, f"{want.unit} {want.value_max or ''}".strip(), f"{got.unit} {got.value_max or ''}".strip())
    if want.value is not None and want.comparator != got.comparator:
        yield Miss("target_comparator", record, want.comparator, got.comparator)
    if not same_times(want.times, got.times):
        yield Miss("target_time", record, _times(want.times), _times(got.times))


def _task_faults(want: Action, got: Action) -> Iterator[Miss]:
    record = _short(want.text)
    for role in ROLES:
        wanted, found = want.role(role), got.role(role)
        if not len(wanted) == len(found) == common_agencies(wanted, found):
            yield Miss(f"task_{role}", record, *(_listed(agency.name for agency in side) for side in (wanted, found)))
    if not same_times(want.times, got.times):
        yield Miss("task_time", record, _times(want.times), _times(got.times))


def _measures(records: Iterable[Measure]) -> list[str]:
    return [f"{'' if record.value is None else f'{record.value:g} {record.unit}'} | {_short(record.text)}" for record in records]


def _times(times: Iterable[Time]) -> str:
    return _listed(f"{time.kind} {time.recurrence or ''}{time.start or ''}..{time.end or ''}" for time in times)


def _listed(words: Iterable[str]) -> str:
    return "; ".join(words) or "nothing"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return f"“{text if len(text) <= _WIDTH else text[: _WIDTH - 1] + '…'}”"
