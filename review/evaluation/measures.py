"""The measures of one document: what was annotated against what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .dayspans import shared_days
from .facts import META_FIELDS, Action, Facts, Heading, Measure
from .figures import Figure, Tally
from .pairing import Pairs, pairs_by, pairs_of_texts
from .rightness import common_agencies, common_times, same_target, same_task, same_unit, strictly_same_task
from .roles import role_figures
from .tablepairs import row_pairs
from .words import likeness, number_key, same_agency, same_value, shared, spoken

# How alike two texts must be to be one record. Titles of one number and tasks of one action seldom share less.
HEADING_LIKENESS = 0.75
TASK_LIKENESS = 0.7
TITLE_LIKENESS = 0.9
FIELD_LIKENESS = 0.85
# The value says most of what makes a target one with another; without it the words must.
VALUED_LIKENESS = 0.2
UNVALUED_LIKENESS = 0.6

Figures = dict[str, Figure]


@dataclass(frozen=True, slots=True)
class Matched:
    """One document: its facts on both sides and which of them are one."""

    gold: Facts
    pred: Facts
    headings: Pairs
    targets: Pairs
    results: Pairs
    tasks: Pairs

    def task_pairs(self) -> Iterator[tuple[Action, Action]]:
        """The tasks that were found, as annotated and as extracted."""
        return ((self.gold.tasks[i], self.pred.tasks[j]) for i, j in self.tasks)

    def target_pairs(self) -> Iterator[tuple[Measure, Measure]]:
        """The targets that were found, as annotated and as extracted."""
        return ((self.gold.targets[i], self.pred.targets[j]) for i, j in self.targets)


def match(gold: Facts, pred: Facts) -> Matched:
    """Pair the records of two versions of one document."""
    return Matched(
        gold,
        pred,
        headings=pairs_by(gold.headings, pred.headings, heading_likeness, HEADING_LIKENESS),
        targets=pairs_by(gold.targets, pred.targets, measure_likeness, 1e-9),
        results=pairs_by(gold.results, pred.results, measure_likeness, 1e-9),
        tasks=pairs_of_texts([task.text for task in gold.tasks], [task.text for task in pred.tasks], TASK_LIKENESS),
    )


def figures_of(matched: Matched) -> Figures:
    """Every measure of one document; measures that do not apply are left out."""
    gold, pred = matched.gold, matched.pred
    figures: Figures = {}
    if gold.content is not None and gold.chrome is not None:
        kept, dropped = pred.content or Counter(), pred.chrome or Counter()
        figures["content"] = Tally(shared(gold.content, kept), gold.content.total(), kept.total())
        figures["chrome"] = Tally(shared(gold.chrome, dropped), gold.chrome.total(), dropped.total())
    figures["metadata"] = sum((right for _, right in metadata_fields(gold, pred)), Tally())
    figures["headings"] = Tally(len(matched.headings), len(gold.headings), len(pred.headings))
    figures["heading_parent"] = _judged(same_parent(gold.headings[i], pred.headings[j]) for i, j in matched.headings)
    figures |= _target_figures(matched)
    figures["results"] = Tally(len(matched.results), len(gold.results), len(pred.results))
    figures |= _task_figures(matched)
    figures |= role_figures(list(matched.task_pairs()))
    figures["references"] = Tally(len(gold.references & pred.references), len(gold.references), len(pred.references))
    return figures


def metadata_fields(gold: Facts, pred: Facts) -> Iterator[tuple[str, Tally]]:
    """Each field that either side has, with its tally."""
    for name in META_FIELDS:
        want, got = gold.metadata.get(name), pred.metadata.get(name)
        if want is not None or got:
            right = want is not None and bool(_SAME_FIELD[name](want, got or ""))
            yield name, Tally(int(right), int(want is not None), int(bool(got)))


_SAME_FIELD: dict[str, Callable[[str, str], bool]] = {
    "doc_type": lambda want, got: likeness(want, got) >= FIELD_LIKENESS,
    "number": lambda want, got: number_key(want) == number_key(got),
    "issuer": same_agency,
    "issued_on": lambda want, got: want == got,
    "title": lambda want, got: likeness(want, got) >= TITLE_LIKENESS,
    "signer": lambda want, got: likeness(want, got) >= FIELD_LIKENESS,
}


def heading_likeness(gold: Heading, pred: Heading) -> float:
    """0 for different numbers, else the likeness of the titles; a heading without title goes by its number."""
    if number_key(gold.number) != number_key(pred.number):
        return 0.0
    return likeness(gold.title, pred.title) if gold.title else 1.0


def measure_likeness(gold: Measure, pred: Measure) -> float:
    """0 for different values, else how alike the quotes or the indicators are, whichever is more."""
    if not same_value(gold.value, pred.value):
        return 0.0
    alike = max(likeness(gold.text, pred.text), likeness(gold.indicator, pred.indicator))
    return alike if alike >= (UNVALUED_LIKENESS if gold.value is None else VALUED_LIKENESS) else 0.0


def same_parent(gold: Heading, pred: Heading) -> bool:
    """Whether both stand at the top or under one heading."""
    if gold.parent is None or pred.parent is None:
        return gold.parent is pred.parent
    return heading_likeness(gold.parent, pred.parent) >= HEADING_LIKENESS


def _judged(verdicts: Iterator[bool]) -> Tally:
    right = list(verdicts)
    return Tally(sum(right), len(right), len(right))


def _target_figures(matched: Matched) -> Figures:
    pairs = list(matched.target_pairs())
    whole = sum(same_target(want, got) and spoken(want.text) == spoken(got.text) for want, got in pairs)
    return {
        "targets": Tally(len(pairs), len(matched.gold.targets), len(matched.pred.targets)),
        "target_value_unit": _judged(same_unit(want, got) for want, got in pairs),
        "target_comparator": _judged(want.comparator == got.comparator for want, got in pairs if want.value is not None),
        "target_time": _times(pairs),
        "target_days": shared_days([(want.times, got.times) for want, got in pairs], matched.gold.issued_on),
        "target_strict": Tally(whole, len(matched.gold.targets), len(matched.pred.targets)),
    }


def _task_figures(matched: Matched) -> Figures:
    pairs = list(matched.task_pairs())
    gold, pred = matched.gold.tasks, matched.pred.tasks
    leads = sum(common_agencies(want.lead, got.lead) for want, got in pairs)
    return {
        "tasks": Tally(len(pairs), len(gold), len(pred)),
        "task_time": _times(pairs),
        "task_days": shared_days([(want.times, got.times) for want, got in pairs], matched.gold.issued_on),
        "task_record": Tally(sum(same_task(want, got) for want, got in pairs), len(gold), len(pred)),
        "task_strict": Tally(sum(strictly_same_task(want, got) for want, got in pairs), len(gold), len(pred)),
        "lead_triples": Tally(leads, sum(len(task.lead) for task in gold), sum(len(task.lead) for task in pred)),
        "row_pairs": row_pairs(gold, pred, matched.tasks),
    }


def _times(pairs: Sequence[tuple[Action, Action]] | Sequence[tuple[Measure, Measure]]) -> Tally:
    return sum((Tally(common_times(want.times, got.times), len(want.times), len(got.times)) for want, got in pairs), Tally())
