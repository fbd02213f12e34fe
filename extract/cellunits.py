"""The lines of a flattened table as units: what each holds by its look alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

import regex

from kehoach.extract.columns import CellKinds, TableRules, matches
from kehoach.extract.rownumbers import RowNumber, parse_numbers
from kehoach.extract.spans import squash, trim
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText

_BULLET = re.compile(r"[-+•·●○▪◦](?![-–—])\s*")
_MARKER = re.compile(r"(?:[IVXL]{1,6}|[A-HK]|[a-zđ]\d?|\d{1,2})[.)]\s*(?=\S)")
# A line that cannot be the end of its cell: it ends in a comma, or in a word that wants another.
_OPEN_END = re.compile(r"(?:[,;]|(?<!\w)(?:và|hoặc|với|của|trước|sau|đến|từ|các|cùng|ngày|năm|tháng))$", re.IGNORECASE)
# A person: two to five capitalised words.
_NAME_WORDS = 5
_NAME = regex.compile(r"(?:\p{Lu}\p{Ll}{0,6}\s){1,4}\p{Lu}\p{Ll}{0,6}[.,;]?$")
# Longer numbers of rows do not occur.
_NUMBER_CHARS = 10
# Beyond this a unit is prose and needs no closer look.
_CLASSIFIED_CHARS = 3000
_WORD, _FIGURE, _PHRASE, _CLAUSE = 3, 25, 15, 40


class Look(StrEnum):
    """What a unit looks like, by the first description that fits."""

    END = "end"  # "PHỤ LỤC 02", "Nơi nhận:": no cell at all
    ROW_NUMBER = "row number"  # the next running number
    LIKELY_NUMBER = "likely number"  # a running number after a gap
    EMPTY = "empty"
    TITLE = "title"  # "Mục tiêu 2.4: ..."
    NUMBER = "number"  # a number that does not count the rows
    AGENCIES = "agencies"
    TIME = "time"
    FIGURE = "figure"
    PRODUCT = "product"
    NAME = "name"  # of a person
    WORD = "word"  # up to 3 words
    PHRASE = "phrase"  # up to 15: names and times are not longer
    CLAUSE = "clause"  # up to 40: results and titles are not longer
    PROSE = "prose"


class Unit(NamedTuple):
    """One paragraph of a flattened table: ``span`` trimmed, None for a line that holds only a no-break space.

    ``look`` is that of the unit by itself; ``numbers`` are its readings where it is nothing but a running number.
    """

    span: Span | None
    look: Look
    words: int = 0
    bullet: bool = False
    marker: bool = False
    lower: bool = False
    ends_open: bool = False
    introduces: bool = False
    sentence: bool = False
    numbers: Sequence[RowNumber] = ()


EMPTY = Unit(None, Look.EMPTY)


class UnitReader:
    """Reads units from a clean text; dropped ranges are passed over."""

    def __init__(self, clean: CleanText, rules: TableRules, kinds: CellKinds) -> None:
        self._clean = clean
        self._rules = rules
        self._kinds = kinds
        self._drop_starts = [item.span.start for item in clean.dropped]
        self._seen: dict[str, Unit] = {}  # merged columns repeat their texts over and over

    def dropped(self, position: int) -> bool:
        """Whether this character is labelled as boilerplate."""
        place = bisect_right(self._drop_starts, position) - 1
        return place >= 0 and position < self._clean.dropped[place].span.end

    def units(self, lines: Sequence[Span], spaced: bool) -> Iterator[Unit]:
        """The units of these lines: paragraphs between blank lines when ``spaced``, else every line for itself.

        A line with nothing but a no-break space is an empty unit; so is a blank line between unspaced ones.
        """
        text = self._clean.text
        opened: Span | None = None
        for line in lines:
            span = trim(text, line)
            blank = span.start == span.end
            ended = blank or self.dropped(span.start)
            if opened is not None and (ended or not spaced):
                yield self.unit(opened)
                opened = None
            if blank and ("\xa0" in text[line.start : line.end] or (line.start == line.end and not spaced)):
                yield EMPTY
            elif not ended:
                opened = Span(opened.start, span.end) if opened is not None else span
        if opened is not None:
            yield self.unit(opened)

    def unit(self, span: Span) -> Unit:
        """A unit with its look."""
        words = self._clean.view[span.start : span.end]
        if (known := self._seen.get(words)) is None:
            known = self._seen[words] = self._read(squash(words))
        return Unit(span, *known[1:]) if known is not EMPTY else EMPTY

    def _read(self, words: str) -> Unit:
        """The unit of these words, as yet without a place."""
        if not words:
            return EMPTY
        if len(words) <= _NUMBER_CHARS and (numbers := parse_numbers(words)):
            return Unit(None, Look.NUMBER, words=1, marker=True, numbers=numbers)
        bullet = _BULLET.match(words)
        body = words[bullet.end() :] if bullet else words
        count = body.count(" ") + 1 if body else 0
        return Unit(
            None,
            self._look(words, body, count),
            words=count,
            bullet=bullet is not None,
            marker=_MARKER.match(words) is not None,
            lower=body[:1].islower(),
            ends_open=_OPEN_END.search(words[-12:]) is not None,
            introduces=words.endswith(":"),
            sentence=words[-1] in ".;!" or len(words) > 80,
        )

    def _look(self, words: str, body: str, count: int) -> Look:
        """The look of words that are no number; ``body`` is without the bullet, ``count`` says how many words it has."""
        rules, kinds, short = self._rules, self._kinds, len(words) <= _CLASSIFIED_CHARS
        if matches(rules.table_end, words[:60]):
            return Look.END
        if matches(rules.group_title, words[:120]):
            return Look.TITLE
        if short and kinds.is_agencies(body):
            return Look.AGENCIES
        if short and kinds.is_time(body):
            return Look.TIME
        if count <= _FIGURE and matches(rules.figure, words[:120]):
            return Look.FIGURE
        if count <= _CLAUSE and matches(rules.product, words[:60]):
            return Look.PRODUCT
        if count <= _NAME_WORDS and _NAME.match(body):
            return Look.NAME
        return Look.WORD if count <= _WORD else Look.PHRASE if count <= _PHRASE else Look.CLAUSE if count <= _CLAUSE else Look.PROSE


__all__ = ["EMPTY", "Look", "Unit", "UnitReader"]
