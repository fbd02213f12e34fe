"""Measures a folder of extracted documents against a folder of annotated ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .annotated import load_gold
from .bootstrap import Interval, intervals
from .confidence import Reliability, target_reliability, task_reliability
from .extracted import load_predictions
from .facts import NOTHING, Facts
from .figures import Figure, Tally
from .measures import Figures, figures_of, match
from .misses import Miss, find_misses

# In the order in which they are shown, with what they say.
MEASURES = {
    "content": "words kept as content",
    "chrome": "words labelled as boilerplate",
    "metadata": "type, number, issuer, date, title, signer",
    "headings": "headings with their numbers",
    "heading_parent": "headings under the right heading",
    "targets": "targets with their values",
    "target_value_unit": "of the targets found, unit and upper value right",
    "target_comparator": "of the targets found, comparator right",
    "target_time": "timeframes of the targets found",
    "target_strict": "targets right to the word in all fields",
    "results": "results with their values",
    "tasks": "tasks",
    "task_lead": "leads of the tasks found",
    "lead_explicit": "  where the task names them",
    "lead_inherited": "  where a heading or merged cell does",
    "task_coordinating": "coordinating agencies of the tasks found",
    "coordinating_explicit": "  where the task names them",
    "coordinating_inherited": "  where a heading or merged cell does",
    "task_implementing": "implementing agencies of the tasks found",
    "task_time": "timeframes of the tasks found",
    "task_record": "tasks right in lead, coordinating and time",
    "task_strict": "tasks right to the word in all fields",
    "lead_triples": "pairs of task and lead, over all tasks",
    "row_pairs": "pairs of task and cell in rebuilt tables",
    "references": "numbers of cited instruments",
    "target_days": "common days of the targets' timeframes",
    "task_days": "common days of the tasks' timeframes",
    "origin": "right agencies whose origin (stated, inherited) is right",
    "role_swaps": "leads and helpers mistaken for each other (0 is best)",
}
# The mean over documents counts those with at least this many of the thing: in fewer, one record is worth a fifth and more.
MACRO_LEAST = 5


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """One document: ``found`` false where there is no prediction (everything counts as missed)."""

    name: str
    genre: str
    format: str
    found: bool
    genre_right: bool
    figures: Figures
    misses: tuple[Miss, ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A corpus: the documents in order of their names, and what they add up to."""

    documents: tuple[DocumentScore, ...]
    overall: Figures
    macro: Mapping[str, float | None]
    intervals: Mapping[str, Interval]
    tasks: Reliability
    targets: Reliability

    @property
    def genres_right(self) -> int:
        """How many documents have the right genre."""
        return sum(document.genre_right for document in self.documents)

    def groups(self, key: Callable[[DocumentScore], str]) -> dict[str, tuple[int, Figures]]:
        """Number of documents and added-up figures of each group of documents, groups in order of their names."""
        names = sorted({key(document) for document in self.documents})
        members = {name: [document for document in self.documents if key(document) == name] for name in names}
        return {name: (len(group), add_up(document.figures for document in group)) for name, group in members.items()}


def evaluate_folders(gold: Path, predictions: Path, resamples: int = 1000) -> Evaluation:
    """Measure every annotated document of ``gold`` against its extraction under ``predictions``.

    Raises:
        OutputError: a folder holds no documents of its kind, or one cannot be read.
    """
    wanted, found = load_gold(gold), load_predictions(predictions)
    return evaluate(((facts, found.get(stem) or found.get(facts.name)) for stem, facts in wanted.items()), resamples)


def evaluate(pairs: Iterable[tuple[Facts, Facts | None]], resamples: int = 1000) -> Evaluation:
    """Measure (annotated, extracted) documents; ``resamples`` is the number of draws behind the confidence intervals."""
    documents: list[DocumentScore] = []
    tasks, targets = Reliability(), Reliability()
    for gold, found in pairs:
        matched = match(gold, found or NOTHING)
        documents.append(
            DocumentScore(
                name=gold.name,
                genre=gold.genre,
                format=(found or gold).format,
                found=found is not None,
                genre_right=found is not None and found.genre == gold.genre,
                figures=figures_of(matched),
                misses=tuple(find_misses(matched)),
            )
        )
        tasks, targets = tasks + task_reliability(matched), targets + target_reliability(matched)
    return Evaluation(
        documents=tuple(documents),
        overall=add_up(document.figures for document in documents),
        macro={name: _macro(name, documents) for name in MEASURES},
        intervals=intervals([document.figures for document in documents], tuple(MEASURES), resamples),
        tasks=tasks,
        targets=targets,
    )


def add_up(figures: Iterable[Figures]) -> Figures:
    """The figures of several documents as one, in the order of ``MEASURES``."""
    total: dict[str, Figure] = {}
    for one in figures:
        for name, figure in one.items():
            total[name] = total[name] + figure if name in total else figure  # type: ignore[operator]
    return {name: total.get(name, Tally()) for name in MEASURES}


def _macro(name: str, documents: Iterable[DocumentScore]) -> float | None:
    tallies = (document.figures.get(name, Tally()) for document in documents)
    # Rounded one by one, as the table of documents shows them.
    scores = [round(tally.value, 3) for tally in tallies if isinstance(tally, Tally) and tally.gold >= MACRO_LEAST]
    return sum(scores) / len(scores) if scores else None
