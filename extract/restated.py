"""What an article says twice counts once: a later task or target whose words stand in an earlier one is left out (annotation guide, section 5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

Record = TypeVar("Record")
# Share of a later record's words that must stand in one earlier record; a summary drops words but adds few.
CONTAINED = 0.85
_MIN_WORDS = 6
_WORD = re.compile(r"[^\W_]+")


def without_restated(records: Sequence[Record], text_of: Callable[[Record], str], same: Callable[[Record, Record], bool]) -> tuple[Record, ...]:
    """``records`` (in text order) without those that only restate an earlier one; ``same`` compares what words alone do not say."""
    kept: list[tuple[Record, frozenset[str]]] = []
    for record in records:
        words = frozenset(_WORD.findall(text_of(record).lower()))
        if len(words) >= _MIN_WORDS and any(len(words & earlier) >= CONTAINED * len(words) and same(record, other) for other, earlier in kept):
            continue
        kept.append((record, words))
    return tuple(record for record, _ in kept)
