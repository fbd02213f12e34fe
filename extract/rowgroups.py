"""From cells in columns to rows: which rows name a group, how deep it lies, and what a row inherits from merged cells.

Shared by tables whose cells the format marks and by tables rebuilt from lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from kehoach.extract.columns import TableRules, matches
from kehoach.extract.rownumbers import RowNumber, RunningCount, parse_numbers, printed_number
from kehoach.extract.spans import squash, trim
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Cell, ColumnRole, Note, Row, RowKind

# A row below this is reported.
DOUBTFUL = 0.7
# What a merged cell can give to the rows below it. A figure or a remark is never meant for several rows.
_INHERITED = {ColumnRole.LEAD, ColumnRole.COORDINATING, ColumnRole.IMPLEMENTING, ColumnRole.TIME, ColumnRole.OUTPUT}
_TITLE_CHARS = 300
_NOTHING = Cell(None)
_CONTENT = {ColumnRole.OUTPUT, ColumnRole.TARGET, ColumnRole.NOTE, ColumnRole.OTHER}
_OWN_NUMBER = re.compile(r"^\W*(?P<number>[IVXL]{1,6}|[A-HK]|[a-zđ]\d?|\d{1,2}(?:\.\d{1,2}){0,3})(?P<close>[.)/]|(?<=\d)(?=\s))\s*(?=\S)")


class Fill(Enum):
    """Where the content of a row's cell comes from."""

    OWN = "own"
    EMPTY = "empty"  # there is a cell, and nothing in it
    MISSING = "missing"  # the text has no cell here: a merged cell of an earlier row covers it, or nothing does
    COVERED = "covered"  # the format says that a merged cell of an earlier row covers it


class RawCell(NamedTuple):
    """A cell before inheritance; ``span`` is set for OWN and COVERED ones."""

    fill: Fill
    span: Span | None = None


@dataclass(slots=True)
class RawRow:
    """A row before groups and inheritance; ``whole`` marks a cell that runs across all columns."""

    cells: list[RawCell]
    confidence: float = 1.0
    whole: bool = False
    doubts: list[str] = field(default_factory=list)

    def own(self, place: int) -> Span | None:
        """The span of a cell of this row's own."""
        cell = self.cells[place]
        return cell.span if cell.fill is Fill.OWN else None


@dataclass(frozen=True, slots=True)
class RowContext:
    """What the assembly of rows needs to know about its table."""

    text: str
    view: str
    roles: Sequence[ColumnRole]
    rules: TableRules


class _Number(NamedTuple):
    """What the number cell of a row says, and its readings where that is a running number."""

    words: str = ""
    readings: Sequence[RowNumber] = ()


class RowBuilder:
    """Turns the raw rows of one table into rows, in order."""

    def __init__(self, table: RowContext) -> None:
        self._table = table
        self._index = table.roles.index(ColumnRole.INDEX) if ColumnRole.INDEX in table.roles else None
        self._groups = [place for place, role in enumerate(table.roles) if role is ColumnRole.GROUP]
        self._tasks = [place for place, role in enumerate(table.roles) if role is ColumnRole.TASK]
        self._count = RunningCount()
        self._values: list[tuple[Span, int] | None] = [None] * len(table.roles)  # value and the depth of the group it stands in
        self._numbered_depth = -1
        self._depth = -1  # of the innermost open group, -1 outside groups
        self.notes: list[Note] = []

    def rows(self, raw_rows: Sequence[RawRow]) -> Iterator[Row]:
        """The rows of the table; a raw row may give none, or group rows and then a data row."""
        numbers = [self._number(raw) for raw in raw_rows]
        for raw, number, below in zip(raw_rows, numbers, [*numbers[1:], _Number()], strict=False):
            if raw.confidence < DOUBTFUL:
                span = _extent(raw.cells)
                self.notes.append(Note("table-row-doubtful", "; ".join(raw.doubts) or "the cells of this row may belong to other columns", span))
            yield from self._row(raw, number, below)

    def _number(self, raw: RawRow) -> _Number:
        span = raw.own(self._index) if self._index is not None else None
        words = squash(self._view(span)) if span else ""
        return _Number(words, parse_numbers(words))

    def _row(self, raw: RawRow, number: _Number, below: _Number) -> Iterator[Row]:
        own = [place for place, cell in enumerate(raw.cells) if cell.fill is Fill.OWN]
        title = self._group_title(raw, own, number, below)
        if title is not None:
            yield self._group(raw, *self._number_and_title(raw, number, title), title)
            return
        groups = [place for place in self._groups if place in own]
        for place in groups:
            yield self._column_group(raw, place, number if place == groups[0] else _Number())
        if self._states_content(raw, own):
            yield self._data(raw, number if not groups else _Number())

    def _states_content(self, raw: RawRow, own: Sequence[int]) -> bool:
        """Whether a row says more than its number and its group."""
        if all(place == self._index or place in self._groups for place in own):
            return False
        return not self._tasks or any(raw.cells[place].span for place in self._tasks)

    # --- groups -----------------------------------------------------------------------------------------------------

    def _group_title(self, raw: RawRow, own: Sequence[int], number: _Number, below: _Number) -> int | None:
        """The column of the title when the row only names a group."""
        if raw.whole and own:
            return own[-1]
        texts = [place for place in own if place != self._index]
        if not texts:
            # A title that runs from the number column on: "I. Nhóm nhiệm vụ ..."
            return own[0] if own and not number.readings else None
        if texts[0] in self._groups:
            return None
        return texts[0] if self._only_names(raw, texts, number, below) else None

    def _only_names(self, raw: RawRow, texts: Sequence[int], number: _Number, below: _Number) -> bool:
        """Whether the row's first text is a title and nothing beside it is content of a task."""
        span = raw.own(texts[0])
        if span is None or any(self._table.roles[place] in _CONTENT for place in texts[1:]):
            return False
        words = squash(self._view(span))
        if matches(self._table.rules.group_title, words[:200]):
            return True
        return len(texts) == 1 and (_looks_like_title(words, number) or _opens(number, below, words))

    def _number_and_title(self, raw: RawRow, number: _Number, place: int) -> tuple[str | None, Span]:
        """The number from the index cell, or from the head of the title where the index cell says none."""
        span = raw.own(place)
        assert span is not None
        if number.readings and place != self._index:
            return printed_number(number.words), trim(self._table.view, span)
        return self._split_number(span)

    def _split_number(self, span: Span) -> tuple[str | None, Span]:
        words = self._view(span)
        mark = _OWN_NUMBER.match(words)
        if mark is None or not mark["close"]:
            return None, trim(self._table.view, span)
        number = mark["number"] + (")" if mark["close"] == ")" and mark["number"].islower() else "")
        return number, trim(self._table.view, Span(span.start + mark.end(), span.end))

    def _group(self, raw: RawRow, number: str | None, title: Span, place: int) -> Row:
        level = self._level(number)
        self._open_group(level)
        for column, cell in enumerate(raw.cells):
            if column != place and cell.fill is Fill.OWN and cell.span and self._table.roles[column] in _INHERITED:
                self._values[column] = (cell.span, level)
        cells = tuple(Cell(cell.span if cell.fill is Fill.OWN else None) for cell in raw.cells)
        return Row(RowKind.GROUP, _extent(raw.cells), cells, number, title, level, raw.confidence)

    def _column_group(self, raw: RawRow, place: int, numbered: _Number) -> Row:
        """A cell of a group column: a group of its own, as deep as its column stands."""
        span = raw.own(place)
        assert span is not None
        number, title = self._split_number(span)
        if numbered.readings:
            number, title = printed_number(numbered.words), trim(self._table.view, span)
        level = self._numbered_depth + 1 + self._groups.index(place)
        self._open_group(level)
        index = raw.own(self._index) if numbered.words and self._index is not None else None
        cells = tuple(Cell(span if column == place else index if column == self._index else None) for column in range(len(raw.cells)))
        return Row(RowKind.GROUP, Span(index.start if index else span.start, span.end), cells, number, title, level, raw.confidence)

    def _level(self, number: str | None) -> int:
        if number is None:
            return self._numbered_depth + 1
        self._numbered_depth = self._count.place(parse_numbers(number))
        return self._numbered_depth

    def _open_group(self, level: int) -> None:
        """A new group ends what was stated in groups as deep or deeper, and what stood before any group."""
        self._depth = level
        self._values = [value if value is not None and value[1] < level else None for value in self._values]

    # --- data -------------------------------------------------------------------------------------------------------

    def _data(self, raw: RawRow, number: _Number) -> Row:
        cells = tuple([self._filled(place, cell) for place, cell in enumerate(raw.cells)])
        printed = printed_number(number.words) if number.readings else None
        return Row(RowKind.DATA, _extent(raw.cells), cells, printed, confidence=raw.confidence)

    def _filled(self, place: int, cell: RawCell) -> Cell:
        if cell.fill is Fill.OWN and cell.span:
            self._values[place] = (cell.span, self._depth)
            return Cell(cell.span)
        if cell.fill is Fill.COVERED:
            return Cell(cell.span, inherited=cell.span is not None)
        if cell.fill is Fill.EMPTY:
            self._values[place] = None
            return _NOTHING
        value = self._values[place]
        if value is None or self._table.roles[place] not in _INHERITED:
            return _NOTHING
        return Cell(value[0], inherited=True)

    def _view(self, span: Span) -> str:
        return self._table.view[span.start : span.end]


def _looks_like_title(words: str, number: _Number) -> bool:
    """A lone text that is a title by its form: a wide number of its own, a colon at its end, or capitals."""
    if len(words) > _TITLE_CHARS:
        return False
    if any(found.kind in ("I", "A", "I.1") for found in number.readings) or (words.endswith(":") and len(words.split()) <= 25):
        return True
    mark = _OWN_NUMBER.match(words)
    if mark is not None and mark["number"].isupper() and mark["close"]:
        return True
    letters = "".join(filter(str.isalpha, words))
    return len(letters) > 3 and sum(map(str.isupper, letters)) > 0.8 * len(letters)


def _opens(number: _Number, below: _Number, words: str) -> bool:
    """Whether the next row's number is the first step below this row's ("2" before "2.1", "II" before "1").

    A whole sentence under "2" is a task of its own even if "2.1" follows; titles do not end in a full stop.
    """
    for upper in number.readings:
        for lower in below.readings:
            if lower.values[-1] == 1 and upper.kind in ("A", "I", "I.1") and lower.kind in ("1", "I.1", "I") and lower.kind != upper.kind:
                return True
            if upper.kind == lower.kind and lower.values == (*upper.values, 1) and not words.endswith((".", ";")):
                return True
    return False


def _extent(cells: Sequence[RawCell]) -> Span:
    own = [cell.span for cell in cells if cell.fill is Fill.OWN and cell.span]
    return Span(min(own).start, max(span.end for span in own))


__all__ = ["DOUBTFUL", "Fill", "RawCell", "RawRow", "RowBuilder", "RowContext"]
