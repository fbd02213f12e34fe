"""The lines of a flattened table as units: what each holds by its look alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from kehoach.extract.columns import CellKinds, TableRules, matches
from kehoach.extract.rownumbers import parse_numbers
from kehoach.extract.spans import squash, trim
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText

_BULLET = regex.compile(r"^[-+•·●○▪◦](?![-–—])\s*")
_MARKER = regex.compile(r"^(?:[IVXL]{1,6}|[A-HK]|[a-zđ]\d?|\d{1,2})[.)]\s*(?=\S)")
# A line that cannot be the end of its cell: it ends in a comma, or in a word that wants another.
_OPEN_END = regex.compile(r"(?:[,;]|(?<!\w)(?:và|hoặc|với|của|trước|sau|đến|từ|các|cùng|ngày|năm|tháng))$", regex.IGNORECASE)
# A person: two to five capitalised words.
_NAME = regex.compile(r"(?:\p{Lu}\p{Ll}{0,6}\s){1,4}\p{Lu}\p{Ll}{0,6}[.,;]?$")
# Beyond this a unit is prose and needs no closer look.
_CLASSIFIED_CHARS = 3000


class Unit(NamedTuple):
    """One paragraph of a flattened table: ``span`` trimmed, None for a line that holds only a no-break space."""

    span: Span | None
    at: int
    words: int = 0
    bullet: bool = False
    marker: bool = False
    number: bool = False
    agencies: bool = False
    time: bool = False
    figure: bool = False
    product: bool = False
    group_title: bool = False
    name: bool = False
    lower: bool = False
    ends_open: bool = False
    introduces: bool = False
    ends: bool = False
    sentence: bool = False


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
        start: Span | None = None
        last: Span | None = None
        for line in lines:
            raw = text[line.start : line.end]
            trimmed = trim(text, line)
            if not trimmed.length or self.dropped(trimmed.start):
                if start is not None and last is not None:
                    yield self.unit(Span(start.start, last.end))
                    start = last = None
                if ("\xa0" in raw and not trimmed.length) or (raw == "" and not spaced):
                    yield Unit(None, line.start)
                continue
            if start is not None and last is not None and not spaced:
                yield self.unit(Span(start.start, last.end))
                start = None
            start, last = start or trimmed, trimmed
        if start is not None and last is not None:
            yield self.unit(Span(start.start, last.end))

    def unit(self, span: Span) -> Unit:
        """A unit with its kinds."""
        words = squash(self._clean.view[span.start : span.end])
        if not words:
            return Unit(None, span.start)
        if (known := self._seen.get(words)) is None:
            known = self._seen[words] = self._read(words)
        return known._replace(span=span, at=span.start)

    def _read(self, words: str) -> Unit:
        """The unit of these words, as yet without a place."""
        if len(words) <= 10 and parse_numbers(words):
            return Unit(None, 0, words=1, marker=True, number=True, ends_open=False)
        bullet = _BULLET.match(words)
        body = words[bullet.end() :] if bullet else words
        short = len(words) <= _CLASSIFIED_CHARS
        agencies = short and self._kinds.is_agencies(body)
        time = short and not agencies and self._kinds.is_time(body)
        other = not agencies and not time
        return Unit(
            None,
            0,
            words=len(body.split()),
            bullet=bullet is not None,
            marker=_MARKER.match(words) is not None,
            agencies=agencies,
            time=time,
            figure=other and matches(self._rules.figure, words[:120]),
            product=other and matches(self._rules.product, words[:60]),
            group_title=matches(self._rules.group_title, words[:120]),
            name=other and _NAME.match(body) is not None,
            lower=body[:1].islower(),
            ends_open=_OPEN_END.search(words[-12:]) is not None,
            introduces=words.endswith(":"),
            ends=matches(self._rules.table_end, words[:60]),
            sentence=words[-1] in ".;!" or len(words) > 80,
        )


__all__ = ["Unit", "UnitReader"]
