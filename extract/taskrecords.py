"""A piece of text that is a task, with what it inherits and what it says itself, to the record of the task."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kehoach.extract.reading import Reading
from kehoach.extract.scopes import Scope, Scopes, merge_times
from kehoach.extract.zones import NEWS
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Actor, NodeKind, RoleReading, TaskRecord, When

# How sure a kind of evidence is; measured over the annotated documents (see docs/accuracy.md).
CONFIDENCE = {"field": 0.95, "item-lead": 0.92, "item": 0.88, "item-bare": 0.7, "sentence-lead": 0.75, "sentence": 0.55, "news": 0.6, "preamble": 0.5}


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of text that may be a task: its span, what it inherits, and how it stands in its block."""

    span: Span
    scope: Scope
    node: int
    kind: str  # item, sentence
    fixed: bool = False  # field labels name the lead: it stands whatever the text itself says


def task_record(reading: Reading, scopes: Scopes, unit: Unit, said: RoleReading, rule: str) -> TaskRecord:
    """The task of ``unit``: whom and when it names itself (``said``) goes before what it inherits; timeframes are of both."""
    own_lead = () if unit.fixed else tuple(Actor(mention) for mention in said.lead)
    coordinating = tuple(Actor(mention) for mention in said.coordinating)
    if not own_lead:
        coordinating = coordinating or unit.scope.coordinating
    return TaskRecord(
        said.action or unit.span,
        reading.heading_of(reading.nodes[unit.node].parent),
        own_lead or unit.scope.lead,
        coordinating,
        unit.scope.implementing,
        merge_times(unit.scope.times, tuple(When(mention) for mention in reading.times(unit.span))),
        rule=rule,
        confidence=_confidence(reading, scopes, unit, said),
    )


def timed(reading: Reading, task: TaskRecord, sentence: Span) -> TaskRecord:
    """``task`` with the times of a sentence that only says by when it is done."""
    return replace(task, times=merge_times(task.times, tuple(map(When, reading.times(sentence)))))


def _confidence(reading: Reading, scopes: Scopes, unit: Unit, said: RoleReading) -> float:
    if reading.nodes[unit.node].kind is NodeKind.PREAMBLE:
        return CONFIDENCE["preamble"]
    if reading.genre in NEWS:
        return CONFIDENCE["news"]
    if unit.kind == "sentence":
        return CONFIDENCE["sentence-lead" if said.lead else "sentence"]
    if scopes.fields(unit.node) != Scope():
        return CONFIDENCE["field"]
    if unit.scope.lead and not said.lead:
        return CONFIDENCE["item-lead"]
    return CONFIDENCE["item" if said.lead else "item-bare"]
