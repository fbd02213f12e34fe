"""What ``kehoach eval`` does: measure or compare, and print."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kehoach.review.terminal import console_for
from kehoach.schemas.errors import OutputError

from .compare import compare_folders
from .data import Data, comparison_data, evaluation_data
from .evaluate import evaluate_folders
from .page import evaluation_page
from .report import print_comparison, print_evaluation, print_misses


def evaluate(gold: Path, out: Path, *, as_json: bool, page: Path | None, errors: str | None) -> None:
    """Measure ``out`` against ``gold`` and print the tables, or JSON, or the faults of the document ``errors``; write ``page`` where asked.

    Raises:
        OutputError: a folder holds no documents of its kind, ``errors`` is none of them, or the page cannot be written.
    """
    evaluation = evaluate_folders(gold, out)
    if page is not None:
        try:
            page.write_text(evaluation_page(evaluation), "utf-8", newline="\n")
        except OSError as error:
            raise OutputError(f"{page} cannot be written: {error.strerror or error}") from error
    if errors is not None:
        document = next((one for one in evaluation.documents if one.name == errors), None)
        if document is None:
            raise OutputError(f"{errors} is no document of {gold}; there are {', '.join(one.name for one in evaluation.documents)}")
        print_misses(document, console_for(sys.stdout))
    elif as_json:
        _print_json(evaluation_data(evaluation, misses=True))
    else:
        print_evaluation(evaluation, console_for(sys.stdout))


def compare(old: Path, new: Path, *, as_json: bool) -> bool:
    """Print what was lost and gained between two extractions; whether anything was lost.

    Raises:
        OutputError: neither folder holds documents, or one cannot be read.
    """
    comparison = compare_folders(old, new)
    if as_json:
        _print_json(comparison_data(comparison))
    else:
        print_comparison(comparison, console_for(sys.stdout))
    return bool(comparison.lost)


def _print_json(data: Data) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
