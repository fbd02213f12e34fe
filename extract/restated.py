"""What an article says twice counts once: a later task or target whose words stand in an earlier one is left out (annotation guide, section 5)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

Record = TypeVar("Record")
# Share of a later record's words that must stand in one earlier record; a summary drops words but adds few.
CONTAINED = 0.85
_MIN_WORDS = 6
# Of very many records that share the rarest words of one (the rows of a long list), so many of the first and of the last are compared with it.
_COMPARED = 50
_WORD = re.compile(r"[^\W_]+")


def without_restated(records: Sequence[Record], text_of: Callable[[Record], str], same: Callable[[Record, Record], bool]) -> tuple[Record, ...]:
    """``records`` (in text order) without those that only restate an earlier one; ``same`` compares what words alone do not say."""
    kept: list[tuple[Record, frozenset[str]]] = []
    places: dict[str, list[int]] = {}
    for record in records:
        words = frozenset(_WORD.findall(text_of(record).lower()))
        earlier = (kept[place] for place in _candidates(words, places))
        if len(words) >= _MIN_WORDS and any(len(words & other) >= CONTAINED * len(words) and same(record, one) for one, other in earlier):
            continue
        for word in words:
            places.setdefault(word, []).append(len(kept))
        kept.append((record, words))
    return tuple(record for record, _ in kept)


def _candidates(words: frozenset[str], places: Mapping[str, Sequence[int]]) -> list[int]:
    """The earlier records that can hold enough of ``words``: whoever holds them lacks fewer words than are looked up here, the rarest."""
    looked_up = len(words) - math.ceil(CONTAINED * len(words)) + 1
    rarest = sorted(words, key=lambda word: (len(places.get(word, ())), word))[:looked_up]
    found = sorted({place for word in rarest for place in places.get(word, ())})
    return found if len(found) <= 2 * _COMPARED else found[:_COMPARED] + found[-_COMPARED:]
