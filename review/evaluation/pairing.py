"""One-to-one matching of what was annotated with what was found."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from .words import bag, likeness

Wanted = TypeVar("Wanted")
Found = TypeVar("Found")
Key = TypeVar("Key", bound=Hashable)
Pairs = tuple[tuple[int, int], ...]


def best_pairs(scored: Iterable[tuple[float, int, int]]) -> Pairs:
    """Greedy best-first pairs of (likeness, index, index); among equals the earlier pair wins, no index is used twice."""
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for _, i, j in sorted(scored, key=lambda item: -item[0]):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return tuple(pairs)


def pairs_by(wanted: Sequence[Wanted], found: Sequence[Found], similar: Callable[[Wanted, Found], float], least: float) -> Pairs:
    """Pairs of records whose likeness is at least ``least``."""
    scored = ((similar(one, other), i, j) for i, one in enumerate(wanted) for j, other in enumerate(found))
    return best_pairs(item for item in scored if item[0] >= least)


def pairs_of_texts(wanted: Sequence[str], found: Sequence[str], least: float) -> Pairs:
    """As ``pairs_by`` with the likeness of words, without comparing texts whose lengths alone rule a pair out."""
    sizes = [bag(text).total() for text in found]
    scored = []
    for i, one in enumerate(wanted):
        size = bag(one).total()
        for j, other in enumerate(found):
            if 2 * min(size, sizes[j]) >= least * (size + sizes[j]) > 0 and (alike := likeness(one, other)) >= least:
                scored.append((alike, i, j))
    return best_pairs(scored)


def count_same(wanted: Iterable[Wanted], found: Iterable[Found], same: Callable[[Wanted, Found], bool]) -> int:
    """How many of ``wanted`` find a partner of their own in ``found``; each takes the first that fits."""
    left, count = list(found), 0
    for one in wanted:
        at = next((place for place, other in enumerate(left) if same(one, other)), None)
        if at is not None:
            del left[at]
            count += 1
    return count


def count_equal(wanted: Iterable[Key], found: Iterable[Key]) -> int:
    """How many of ``wanted`` have an equal of their own in ``found``."""
    return count_same(wanted, found, lambda one, other: one == other)
