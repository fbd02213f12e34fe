"""An evaluation as plain data, for JSON: figures rounded to four decimals, in a fixed order."""

from __future__ import annotations

from collections.abc import Mapping

from .compare import Comparison
from .confidence import BINS, SURE, Bin, Reliability
from .evaluate import Evaluation
from .figures import Figure, Tally

Data = dict[str, object]
_DECIMALS = 4


def evaluation_data(evaluation: Evaluation, *, misses: bool = False) -> Data:
    """All figures of an evaluation; with ``misses`` also every fault of every document."""
    overall = {name: _overall(evaluation, name) for name in evaluation.overall}
    documents = {}
    for document in evaluation.documents:
        documents[document.name] = {
            "genre": document.genre,
            "genre_right": document.genre_right,
            "format": document.format,
            "found": document.found,
            "figures": figures_data(document.figures),
        } | ({"misses": [miss._asdict() for miss in document.misses]} if misses else {})
    groups = {"genre": evaluation.groups(lambda document: document.genre), "format": evaluation.groups(lambda document: document.format)}
    return {
        "overall": overall,
        "genre_right": evaluation.genres_right,
        "groups": {
            key: {name: {"documents": count, "figures": figures_data(figures)} for name, (count, figures) in group.items()}
            for key, group in groups.items()
        },
        "confidence": {"tasks": _reliability(evaluation.tasks), "targets": _reliability(evaluation.targets)},
        "documents": documents,
    }


def figures_data(figures: Mapping[str, Figure]) -> Data:
    """Figures by name, those with nothing to measure left out."""
    return {name: figure_data(figure) for name, figure in figures.items() if not figure.empty}


def figure_data(figure: Figure) -> Data:
    """One figure with its counts."""
    if isinstance(figure, Tally):
        rates = {"p": _round(figure.precision), "r": _round(figure.recall), "f1": _round(figure.value)}
        return {**rates, "hits": figure.hits, "gold": figure.gold, "pred": figure.pred}
    return {"share": _round(figure.value), "cases": figure.cases}


def comparison_data(comparison: Comparison) -> Data:
    """Every record lost, gained and worded anew, and every field changed."""
    return {
        "documents": comparison.documents,
        "counts": {kind: dict(zip(("lost", "gained", "reworded", "changed"), counts, strict=True)) for kind, counts in comparison.counts().items()},
        "records": [shift._asdict() for shift in comparison.shifts],
        "fields": [
            {"document": one.document, "kind": one.kind, "record": one.record, "field": one.field, "old": one.old, "new": one.new}
            for one in comparison.fields
        ],
    }


def _overall(evaluation: Evaluation, name: str) -> Data:
    interval, macro = evaluation.intervals.get(name), evaluation.macro[name]
    return {
        **figure_data(evaluation.overall[name]),
        "macro_f1": None if macro is None else _round(macro),
        "interval": None if interval is None else [_round(interval.low), _round(interval.high)],
    }


def _reliability(reliability: Reliability) -> Data:
    total, sure = reliability.total, reliability.sure
    return {
        "records": total.records,
        "sure_from": SURE,
        "sure_share": _round(sure.records / total.records) if total.records else None,
        "sure_right": _round(sure.right / sure.records) if sure.records else None,
        "gap": _round(reliability.gap),
        "bins": [{"from": low, **_bin(one)} for low, one in zip(BINS, reliability.bins, strict=True) if one.records],
    }


def _bin(one: Bin) -> Data:
    return {"records": one.records, "stated": _round(one.stated / one.records), "right": _round(one.right / one.records)}


def _round(value: float) -> float:
    return round(value, _DECIMALS)
