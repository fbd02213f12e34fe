"""Running numbers of table rows: reading them and telling whether one continues the count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kehoach.extract.spans import squash

_FORM = re.compile(
    r"^\(?(?:(?P<decimal>(?!(?:19|20)\d\d\)?$)\d{1,5}(?:\.\d{1,3}){0,4})|(?P<mixed>[IVXL]{1,6}(?:\.\d{1,3}){1,3})|(?P<upper>[IVXL]{1,6}|[A-HKĐ])|(?P<letter>[a-zđ]\d?))(?P<close>[.)/]?)$"
)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_CAPITALS = "ABCDĐEGHIKLMNOPQRSTUVXY"


class RowNumber(NamedTuple):
    """One reading of a running number: ``kind`` is "1", "I", "A", "a" or "I.1", ``values`` its steps."""

    kind: str
    values: tuple[int, ...]


def parse_numbers(cell: str) -> list[RowNumber]:
    """The readings of a cell that is nothing but a running number ("C" is a letter, "I" a letter and a Roman one); else empty.

    A year is no running number.

    >>> parse_numbers("1.2.")[0].values, parse_numbers("II")[0].kind, parse_numbers("2021-2025")
    ((1, 2), 'I', [])
    """
    match = _FORM.match(squash(cell)) if len(cell) <= 40 else None
    if match is None:
        return []
    if decimal := match.group("decimal"):
        return [RowNumber("1", tuple(int(step) for step in decimal.split(".")))]
    if mixed := match.group("mixed"):
        first, *rest = mixed.split(".")
        return [RowNumber("I.1", (_roman(first), *(int(step) for step in rest)))]
    if letter := match.group("letter"):
        return [RowNumber("a", (_LETTERS.index(letter[0]) + 1,))] if letter[0] in _LETTERS else []
    upper = match.group("upper")
    found = [RowNumber("I", (value,))] if (value := _roman(upper)) else []
    return found + ([RowNumber("A", (_CAPITALS.index(upper) + 1,))] if len(upper) == 1 and upper in _CAPITALS else [])


def printed_number(words: str) -> str:
    """The number of a squashed cell as the outline writes it: "1." → "1", "a)" stays."""
    return words.removesuffix(".").removeprefix("(") if words.endswith(".") else words


def _roman(text: str) -> int:
    if not all(sign in _ROMAN for sign in text):
        return 0
    values = [_ROMAN[sign] for sign in text]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


class RunningCount:
    """Follows the numbers of one table and says of each next one how well it continues the count."""

    def __init__(self) -> None:
        self._open: list[RowNumber] = []
        self._last: dict[tuple[str, int], tuple[int, ...]] = {}  # of each kind, whether or not a wider number has closed it

    def accept(self, readings: Sequence[RowNumber]) -> int:
        """How well a number continues the count, given its readings (see ``parse_numbers``).

        2 when the number is the next one, 1 when one or two were left out or the count starts again, 0 when it is no row number.
        A number that is accepted becomes part of the count.
        """
        best, chosen = 0, None
        for number in readings:
            score = self._score(number)
            if score > best:
                best, chosen = score, number
        if chosen is not None:
            self._push(chosen)
        return best

    def place(self, readings: Sequence[RowNumber]) -> int:
        """The depth of a number that is known to be one, whether or not it continues the count: 0 for the widest kind."""
        if not self.accept(readings) and readings:
            self._push(readings[0])
        return self.depth

    @property
    def started(self) -> bool:
        """Whether any number was accepted."""
        return bool(self._open)

    @property
    def depth(self) -> int:
        """How many numbers are open above the last accepted one: 0 for the widest kind."""
        return max(0, len(self._open) - 1)

    def _score(self, number: RowNumber) -> int:
        *parents, step = number.values
        siblings = [other for other in self._open if _same_kind(other, number)]
        if siblings and siblings[-1].values[:-1] == tuple(parents):
            gap = step - siblings[-1].values[-1]
            if gap in (1, 2, 3):
                return 2 if gap == 1 else 1
            return 1 if step == 1 and gap < 0 else 0
        if step != 1:
            # "4" below group "II" goes on with the "3" of group "I".
            goes_on = self._last.get((number.kind, len(number.values))) == (*parents, step - 1)
            return 2 if goes_on else 1 if self._below_open(number) else 0
        return 2 if not parents or self._below_open(number) or not self._open else 1

    def _below_open(self, number: RowNumber) -> bool:
        """Whether the number's own first steps repeat an open number ("2.1" below "2" or "II")."""
        parents = number.values[:-1]
        return any(other.values == parents and other.kind in ("1", "I", "I.1") for other in self._open) if parents else False

    def _push(self, number: RowNumber) -> None:
        """A kind that is open closes what stands below it, a new kind goes below; "2" after "1.1" closes the longer one."""
        for place, other in enumerate(self._open):
            if _same_kind(other, number) or (other.kind == number.kind and len(other.values) > len(number.values)):
                del self._open[place:]
                break
        self._open.append(number)
        self._last[number.kind, len(number.values)] = number.values


def _same_kind(one: RowNumber, other: RowNumber) -> bool:
    return one.kind == other.kind and len(one.values) == len(other.values)


__all__ = ["RowNumber", "RunningCount", "parse_numbers", "printed_number"]
