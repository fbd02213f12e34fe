"""An evaluation and a comparison on the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table

from kehoach.review.terminal import plain

from .compare import Comparison, Shift
from .confidence import BINS, SURE, Bin, Reliability
from .evaluate import MEASURES, DocumentScore, Evaluation
from .figures import Figure, Share, Tally

# What the tables of groups and documents show: the figures that say most of a document.
MAIN = {
    "metadata": "meta",
    "headings": "heads",
    "targets": "targets",
    "tasks": "tasks",
    "task_lead": "lead",
    "task_coordinating": "coord.",
    "task_time": "time",
    "task_record": "record",
    "references": "refs",
}
# Below this width a line of the score table would not hold what each measure means.
_WIDE = 140
NONE = "-"


def print_evaluation(evaluation: Evaluation, console: Console) -> None:
    """The score table, the groups, the documents and the reliability of confidences."""
    console.print(_overall(evaluation, wide=console.width >= _WIDE))
    console.print(f"genre right in {evaluation.genres_right} of {len(evaluation.documents)} documents\n")
    for title, key in (("genre", _genre), ("format", _format)):
        groups = evaluation.groups(key)
        console.print(_table((title, "docs", *MAIN.values()), ((name, str(count), *_main(figures)) for name, (count, figures) in groups.items())))
    rows = ((plain(document.name) + ("" if document.found else " (not extracted)"), *_main(document.figures)) for document in evaluation.documents)
    console.print(_table(("document", *MAIN.values()), rows))
    for title, reliability in (("tasks", evaluation.tasks), ("targets", evaluation.targets)):
        console.print(_reliability(title, reliability))
        console.print(said_of(title, reliability) + "\n")


def print_misses(document: DocumentScore, console: Console) -> None:
    """What one document got wrong, one fault a line."""
    for miss in document.misses:
        console.print(plain(str(miss)), soft_wrap=True)
    console.print(f"{len(document.misses)} faults in {plain(document.name)}")


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Every record lost, gained and worded anew, document by document, and the counts."""
    document = None
    for shift in comparison.shifts:
        if shift.document != document:
            document = shift.document
            console.print(plain(document), soft_wrap=True)
        console.print(plain_indented(shift), soft_wrap=True)
    rows = ((kind, *map(str, counts)) for kind, counts in comparison.counts().items() if any(counts))
    if any(any(counts) for counts in comparison.counts().values()):
        console.print(_table(("records", "lost", "gained", "reworded", "changed"), rows))
    counts = f"{len(comparison.lost)} records lost, {len(comparison.gained)} gained, {len(comparison.reworded)} reworded"
    console.print(f"{counts} in {comparison.documents} documents")


def plain_indented(shift: Shift) -> str:
    """One record lost, gained or worded anew, as a line of the list under its document."""
    if shift.new is None:
        return "  " + plain(f"lost {shift.kind}: {shift.old}")
    if shift.old is None:
        return "  " + plain(f"gained {shift.kind}: {shift.new}")
    return "  " + plain(f"reworded {shift.kind}: {shift.old} → {shift.new}")


def shown(figure: Figure | None) -> str:
    """A figure in three decimals, or that there is nothing to measure."""
    return NONE if figure is None or figure.empty else f"{figure.value:.3f}"


def said_of(records: str, reliability: Reliability) -> str:
    """The reliability of confidences in one sentence."""
    total, sure = reliability.total, reliability.sure
    if not total.records:
        return f"no {records}"
    share = f"{sure.records / total.records:.1%} of {total.records} {records} have a confidence of {SURE} or more"
    right = f", {sure.right / sure.records:.1%} of these are right" if sure.records else ""
    return f"{share}{right}; mean gap between confidence and truth {reliability.gap:.3f}"


def _genre(document: DocumentScore) -> str:
    return document.genre


def _format(document: DocumentScore) -> str:
    return document.format


def _overall(evaluation: Evaluation, *, wide: bool) -> Table:
    rows = []
    for name, figure in evaluation.overall.items():
        macro, interval = evaluation.macro[name], evaluation.intervals.get(name)
        span = NONE if interval is None else f"{interval.low:.3f}–{interval.high:.3f}"
        middle = shown(figure), span, NONE if macro is None else f"{macro:.3f}"
        rows.append((name, *_rates(figure), *middle, *_counts(figure), *([MEASURES[name]] if wide else [])))
    said = ("what it measures",) if wide else ()
    return _table(("measure", "P", "R", "F1", "95 %", "macro", "gold", "pred", *said), rows, last_left=wide)


def _rates(figure: Figure) -> tuple[str, str]:
    if isinstance(figure, Share) or figure.empty:
        return NONE, NONE
    return f"{figure.precision:.3f}", f"{figure.recall:.3f}"


def _counts(figure: Figure) -> tuple[str, str]:
    return (str(figure.gold), str(figure.pred)) if isinstance(figure, Tally) else (str(figure.cases), NONE)


def _main(figures: dict[str, Figure]) -> tuple[str, ...]:
    return tuple(shown(figures.get(name)) for name in MAIN)


def _reliability(title: str, reliability: Reliability) -> Table:
    def row(low: float, one: Bin) -> tuple[str, ...]:
        return f"{low:.2f}", str(one.records), f"{one.stated / one.records:.3f}", f"{one.right / one.records:.3f}"

    rows = (row(low, one) for low, one in zip(BINS, reliability.bins, strict=True) if one.records)
    return _table((f"{title} from", "records", "stated", "right"), rows)


def _table(columns: Iterable[str], rows: Iterable[tuple[str, ...]], *, last_left: bool = False) -> Table:
    names = list(columns)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for place, name in enumerate(names):
        left = place == 0 or (last_left and place == len(names) - 1)
        table.add_column(name, justify="left" if left else "right", no_wrap=not left, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table
