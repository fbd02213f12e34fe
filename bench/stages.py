"""CPU seconds of each stage of the pipeline, by wrapping what the pipeline calls."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from kehoach.extract import pipeline

# The pipeline's calls that are stages, under the names of the table; what runs inside another counts there only.
STAGES = {
    "clean_text": "boilerplate",
    "find_references": "references",
    "read_metadata": "metadata",
    "find_tables": "tables",
    "_outline": "outline",
    "find_tasks": "tasks",
    "find_table_tasks": "tasks of tables",
    "_mentioned": "agencies mentioned",
    "assemble": "document",
}
METHODS = {"of_outline": "targets and results", "of_cells": "targets and results of tables"}


@contextmanager
def timed_stages() -> Iterator[dict[str, float]]:
    """The seconds spent in each stage while the context is open, filled as it runs."""
    spent: dict[str, float] = dict.fromkeys((*STAGES.values(), *METHODS.values()), 0.0)
    depth = 0

    def timed(call: Callable[..., Any], name: str) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            nonlocal depth
            depth += 1
            started = time.process_time()
            try:
                return call(*args, **kwargs)
            finally:
                depth -= 1
                if depth == 0:
                    spent[name] += time.process_time() - started

        return wrapped

    saved = [(pipeline, name, getattr(pipeline, name)) for name in STAGES if hasattr(pipeline, name)]
    saved += [(pipeline.GoalReader, name, getattr(pipeline.GoalReader, name)) for name in METHODS]
    for owner, name, call in saved:
        setattr(owner, name, timed(call, {**STAGES, **METHODS}[name]))
    try:
        yield spent
    finally:
        for owner, name, call in saved:
            setattr(owner, name, call)
