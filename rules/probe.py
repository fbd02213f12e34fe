"""Tries a user's pattern on texts that make bad patterns slow, before it may read a document."""

from __future__ import annotations

import string
from collections.abc import Iterable

import regex

# Long enough that a pattern which doubles its time with each character, or takes its cube, runs into the limit; a good one takes a millisecond.
_LENGTH = 2_000
_SECONDS = 0.5
# What a pattern may need at its end: without it, it would be refused before it is tried.
_TAIL = "\x00" + string.printable
_UNITS = ("a", "x", "1", " ", "a ", "A ", "1 ", "1.", ", ", "- ", "xy", "các ", "Sở Y tế, ")


def too_slow_on(pattern: regex.Pattern[str], examples: Iterable[str]) -> str | None:
    """The unit of the repeated text for which ``pattern`` takes longer than a rule may; None when it takes its time for none."""
    own = [piece for example in examples for piece in (f"{example} ", example[:-1]) if piece]
    for unit in (*_UNITS, *own):
        text = (unit * (_LENGTH // len(unit) + 1))[:_LENGTH] + _TAIL + " ".join(own)
        try:
            for _ in pattern.finditer(text, timeout=_SECONDS):
                pass
        except TimeoutError:
            return unit
    return None
