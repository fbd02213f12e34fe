"""What the deciding words look like when a letter or a blank is lost: an index by the damaged form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from kehoach.extract.matching import fold
from kehoach.extract.readers.syllables import is_spelt
from kehoach.rules.damage import DamageRules

# Shorter words are glued to nothing: what they end up in are abbreviations.
_SHORTEST_GLUED = 4
_REMEMBERED = 50_000
# Two letters stand in many words and are many abbreviations.
SHORT = 2
_FIGURES = "#@"


class Pair(NamedTuple):
    """A damaged form with the word beside it, where the form begins in that, and the words that a text must have with it."""

    text: str
    at: int
    others: frozenset[str]


class Group(NamedTuple):
    """A group of words, with their commas; ``place`` is that of the damaged one, ``named`` that it begins a name."""

    words: tuple[str, ...]
    place: int
    named: bool = False

    def pair(self, form: str) -> Pair:
        """What to look for: ``form`` in its place with a word beside it."""
        others = frozenset(word.rstrip(",") for place, word in enumerate(self.words) if place != self.place and word not in _FIGURES)
        before = self.words[self.place - 1] if self.place else ""
        mark = "," if self.words[self.place].endswith(",") else ""
        if before:
            return Pair(f"{before} {form}{mark}", len(before) + 1, others)
        return Pair(f"{form}{mark} {self.words[1]}".rstrip(_FIGURES), 0, others)


class Loss(NamedTuple):
    """What a damaged form lacks: ``letters`` before its character ``at``."""

    at: int
    letters: str


@dataclass(frozen=True, slots=True)
class Form:
    """One way to read a damaged form: the loss, the groups in which it decides, and whether the form is no word by itself."""

    loss: Loss
    groups: tuple[Group, ...]
    broken: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``forms`` by damaged form; ``joined`` are two words of a group without their blank; ``first`` and ``last`` words with their groups.

    ``pairs`` are for forms that are frequent, as words or within words, what to look for in their place; ``all_pairs`` with groups of two.
    """

    forms: dict[str, tuple[Form, ...]]
    joined: dict[str, Loss]
    first: dict[str, tuple[Group, ...]]
    last: dict[str, tuple[Group, ...]]
    pairs: dict[str, tuple[Pair, ...]]
    all_pairs: dict[str, tuple[Pair, ...]]
    ordinary: frozenset[str]
    enough: int
    short: frozenset[str]
    sound: set[str] = field(default_factory=set, compare=False)

    @classmethod
    def of(cls, rules: DamageRules) -> Lexicon:
        """The index of the rules' groups."""
        groups: dict[str, list[Group]] = {}
        for term in (*rules.terms, *rules.names):
            words = tuple(term.split())
            for place, word in enumerate(words):
                if word not in _FIGURES:
                    groups.setdefault(word.rstrip(","), []).append(Group(words, place, term in rules.names))
        forms: dict[str, list[Form]] = {}
        for word, among in groups.items():
            for form, loss in _without_a_letter(word):
                broken = not is_spelt(form) or form in rules.unused
                if form not in rules.common:
                    forms.setdefault(form, []).append(Form(loss, tuple(among), broken))
        return cls(
            {form: tuple(ways) for form, ways in forms.items()},
            _joined(rules.terms),
            {word: tuple(group for group in among if group.place == 0) for word, among in groups.items()},
            {word: tuple(group for group in among if group.place == len(group.words) - 1) for word, among in groups.items()},
            {form: tuple(pairs) for form, ways in forms.items() if (pairs := _pairs(form, ways, 3))},
            {form: tuple(pairs) for form, ways in forms.items() if (pairs := _pairs(form, ways, 2))},
            rules.ordinary,
            rules.enough,
            frozenset(form for form in forms if len(form) <= SHORT),
        )

    def knows(self, word: str) -> bool:
        """Whether ``word`` (lower case) may be one of the damaged words and none by itself; true for few words of a clean text."""
        ways = self.forms.get(word, ())
        if ways:
            return len(word) > SHORT and ways[0].broken
        return is_glued(word) and (word in self.joined or any(self.splits(word)))

    def known(self, words: set[str]) -> list[str]:
        """Those of ``words`` that it knows: most of the others were met before."""
        found = [word for word in words - self.sound if self.knows(word)]
        if len(self.sound) < _REMEMBERED:
            self.sound.update(words.difference(found))
        return found

    def splits(self, word: str) -> Iterator[int]:
        """Where a word of a group may begin or end within a glued word."""
        for at in range(2, len(word) - 1):
            if self.first.get(word[at:]) or self.last.get(word[:at]):
                yield at


def is_glued(word: str) -> bool:
    """Whether ``word`` is too much for one word; words without marks are foreign or parts of an address."""
    return len(word) >= _SHORTEST_GLUED and not word.isascii() and not is_spelt(word)


def _without_a_letter(word: str) -> Iterator[tuple[str, Loss]]:
    seen = set()
    for at, letter in enumerate(word):
        form = fold(word[:at] + word[at + 1 :])
        if form and form not in seen:
            seen.add(form)
            yield form, Loss(at, letter)


def _pairs(form: str, ways: Iterable[Form], least: int) -> dict[Pair, None]:
    """What to look for in place of a form that is a word, or short; groups of two count for a short one that is none."""
    return dict.fromkeys(
        group.pair(form)
        for way in ways
        for group in way.groups
        if (not way.broken and len(group.words) >= least) or (way.broken and len(form) <= SHORT)
    )


def _joined(terms: Iterable[str]) -> dict[str, Loss]:
    """Two neighbours without the blank between them, and without a letter beside it too ("tchức")."""
    found: dict[str, set[Loss]] = {}
    for term in terms:
        words = term.split()
        for one, other in pairwise(words):
            if not (one.isalpha() and other.isalpha()):
                continue
            at = len(one)
            for form, loss in (
                (one + other, Loss(at, " ")),
                (one[:-1] + other, Loss(at - 1, one[-1] + " ")),
                (one + other[1:], Loss(at, " " + other[0])),
            ):
                if is_glued(form):
                    found.setdefault(form, set()).add(loss)
    return {form: next(iter(losses)) for form, losses in found.items() if len(losses) == 1}
