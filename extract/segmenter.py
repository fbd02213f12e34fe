"""Sentences of a paragraph, and whether a clause begins with an action: what rules decide badly is asked of a tagger.

Three implementations of one protocol: ``none`` (word lists alone), ``pyvi`` and ``underthesea``. A tagger is asked only about a
clause whose first word the lists do not know, and each first phrase only once.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import regex

from kehoach.extract.spans import trim
from kehoach.rules.loader import RuleSet, load_rules
from kehoach.schemas.errors import KehoachError
from kehoach.schemas.spans import Span

# A full stop ends a sentence before a capital, a quote, a number or the end; not after an abbreviation or an initial, nor in "v.v.".
_END = regex.compile(
    r"(?<!(?<!\p{L})(?:TP|Tp|tp|TS|ThS|PGS|GS|BS|KS|CN|Ths|Tr|Q|P|TT|St|Mr|Ms|v|\p{Lu}))\.(?:/\.|\.\.)?[\"')\]]*(?=\s+[\"'(\[]*[\p{Lu}\d]|\s*$|(?=\p{Lu}\p{Ll}))|[!?…]+[\"')\]]*(?=\s+[\"'(]*\p{Lu}|\s*$)"
)
_FIRST_WORDS = 4  # as many as a tagger needs to tell a verb from the head of a noun phrase
_OPENING_CHARS = 300  # "Trên cơ sở ..., căn cứ ..., " runs no longer
NAMES = ("none", "pyvi", "underthesea")


class Tagger(Protocol):
    """Says of the first words of a clause whether they begin an action."""

    def begins_action(self, words: str) -> bool:
        """Whether ``words`` (a few words, single spaces) begin with a verb."""
        ...


class NoTagger:
    """Knows nothing beyond the word lists: an unknown first word is no action."""

    def begins_action(self, words: str) -> bool:
        """Always False."""
        return False


class PyviTagger:
    """Tags of pyvi's ViPosTagger (CRF; in-process, offline)."""

    def begins_action(self, words: str) -> bool:
        """Whether the first tag is a verb."""
        from pyvi import ViPosTagger, ViTokenizer

        tags = ViPosTagger.postagging(ViTokenizer.tokenize(words))[1]
        return len(tags) > 0 and str(tags[0]) == "V"


class UndertheseaTagger:
    """Tags of underthesea's CRF tagger (in-process, offline)."""

    def begins_action(self, words: str) -> bool:
        """Whether the first tag is a verb."""
        from underthesea import pos_tag

        tags = pos_tag(words)
        return bool(tags) and tags[0][1].startswith("V")


def load_tagger(name: str) -> Tagger:
    """The tagger called ``name``.

    Raises:
        KehoachError: no tagger has that name.
    """
    taggers: dict[str, type[Tagger]] = {"none": NoTagger, "pyvi": PyviTagger, "underthesea": UndertheseaTagger}
    if name not in taggers:
        raise KehoachError(f"no tagger is called {name!r}; choose one of {', '.join(NAMES)}")
    return taggers[name]()


def load_clause_rules(overlay: Path | None = None) -> RuleSet:
    """First words of actions, of titles and of narrative."""
    return load_rules("clauses", overlay)


class Segmenter:
    """Sentence ends and first words, with one tagger behind them. Safe to share between threads."""

    def __init__(self, rules: RuleSet, tagger: Tagger) -> None:
        self._rules = rules
        self._ask = lru_cache(maxsize=10_000)(tagger.begins_action)

    def sentences(self, view: str, span: Span) -> tuple[Span, ...]:
        """The sentences of ``span``, trimmed, in order; together they hold every visible character of it."""
        found, start = [], span.start
        for match in _END.finditer(view, span.start, span.end):
            if _in_bracket(view, start, match.end()):
                continue
            piece = trim(view, Span(start, match.end()))
            if piece.start < piece.end:
                found.append(piece)
            start = match.end()
        rest = trim(view, Span(start, span.end))
        return (*found, rest) if rest.start < rest.end else tuple(found)

    def begins_action(self, view: str, span: Span) -> bool:
        """Whether the clause at ``span`` begins with an action (verb-initial), as a task does and a title or a fact does not."""
        text = self._head(view, span)
        if self._is("action", text):
            return True
        if self._is("opening", text):
            return any(self._is("action", view[at + 1 : at + 60].lstrip()) for at in _commas(view, span))
        if self._is("thing", text):
            return False
        words = " ".join(text.split()[:_FIRST_WORDS])
        return bool(words) and self._ask(words)

    def begins_thing(self, view: str, span: Span) -> bool:
        """Whether the clause at ``span`` surely begins with no action: the head of a title or of a fact."""
        text = self._head(view, span)
        return not self._is("action", text) and not self._is("opening", text) and self._is("thing", text)

    def _head(self, view: str, span: Span) -> str:
        """The first words of a clause, without what ties it to the sentence before."""
        text = view[span.start : min(span.end, span.start + 120)].lstrip(" \"'([")
        for rule in self._rules.labelled("connector"):
            if match := rule.pattern.match(text):
                text = text[match.end() :]
        return text

    def _is(self, label: str, text: str) -> bool:
        return any(rule.pattern.match(text) for rule in self._rules.labelled(label))

    def is_narrative(self, view: str, span: Span) -> bool:
        """Whether the clause tells what happened or how things stand rather than what is to be done."""
        text = view[span.start : span.end]
        return any(rule.pattern.search(text) for rule in self._rules.labelled("narrative"))


def _commas(view: str, span: Span) -> Iterator[int]:
    """Positions of the commas that may end an opening phrase."""
    end = min(span.end, span.start + _OPENING_CHARS)
    at = view.find(",", span.start, end)
    while at != -1:
        yield at
        at = view.find(",", at + 1, end)


def _in_bracket(view: str, start: int, end: int) -> bool:
    """Whether a bracket opened after ``start`` is still open at ``end`` (a sentence does not end inside one)."""
    piece = view[start:end]
    return piece.count("(") > piece.count(")")
