"""Headers of flattened tables: a run of short lines that name columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kehoach.extract.columns import HeaderCell, TableRules, header_wording, is_numbering, settle
from kehoach.extract.rownumbers import parse_numbers
from kehoach.extract.spans import trim
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText, Column, ColumnRole

# Words that open a header cell; a line that begins with none of them cannot begin a header.
_MAY_OPEN = re.compile(
    r"\W{0,4}(?:S\.?T\.?T|T\.?T|Số|Thứ|Tên|Nhiệm|Nội|Công|Cơ|Đơn|Chủ|Thời|Lĩnh|Nhóm|Hoạt|Chỉ|Mục|Giải|Danh|Đề|Tiêu|Các|Ngày|Tháng|Năm|Chương|No)(?![^\W\d_])",
    re.IGNORECASE,
)
_INDEX = re.compile(r"\W{0,4}(?:S\.?\s?T\.?\s?T|T\.?\s?T|Số\s+(?:TT|thứ\s+tự))\W{0,4}", re.IGNORECASE)
_NUMBERED = re.compile(r"\W{0,4}(?:[IVXL]{1,5}|[A-HK]|[a-zđ]|\d{1,2}(?:\.\d{1,2})*+)\s?[.)/]\s+\S")
_LINE_CHARS = 120
_TITLE_CHARS = 50
_TITLE_WORDS = 10
_MAX_COLUMNS = 16
_MAX_BLANKS = 3
_DOERS = {ColumnRole.LEAD, ColumnRole.COORDINATING}
_WHO_OR_WHEN = {*_DOERS, ColumnRole.IMPLEMENTING, ColumnRole.TIME}

_Cell = tuple[Span, HeaderCell | None]


@dataclass(frozen=True, slots=True)
class FlatHead:
    """A header: its columns, the first line after it, and whether blank lines stand between cells."""

    columns: tuple[Column, ...]
    span: Span
    next_line: int
    spaced: bool


class HeadFinder:
    """Reads headers from the lines of one text; ``closed`` tells of a line whether it belongs to something else."""

    def __init__(self, clean: CleanText, rules: TableRules, lines: Sequence[Span], closed: Callable[[int], bool]) -> None:
        self._clean = clean
        self._rules = rules
        self._lines = lines
        self._closed = closed
        self._known: dict[str, HeaderCell | None] = {}

    def openings(self) -> Iterator[int]:
        """The lines at which a header can begin; cheap."""
        text = self._clean.text
        for number, (start, end) in enumerate(self._lines):
            if 2 <= end - start <= _LINE_CHARS and _MAY_OPEN.match(text, start, end) and not self._closed(number):
                yield number

    def head_at(self, start: int) -> FlatHead | None:
        """The header that begins at this line, None when the lines there are no header."""
        indexed = _INDEX.fullmatch(self._clean.text, *self._lines[start]) is not None
        cells: list[_Cell] = []
        number, blanks, after = start, 0, start
        while number < len(self._lines) and not self._closed(number) and len(cells) <= _MAX_COLUMNS and blanks <= _MAX_BLANKS:
            span = trim(self._clean.text, self._lines[number])
            number += 1
            if not span.length:
                blanks += 1
                continue
            words = self._clean.view[span.start : span.end]
            if not self._may_be_cell(words, indexed and bool(cells)):
                break
            wrapped = len(cells) > 1 and not blanks and _is_spaced(self._clean.text, cells)
            if not self._add(cells, span, words, indexed, wrapped):
                return None
            blanks, after = 0, number
        return self._head(_without_split_parent(cells), indexed, after)

    def _add(self, cells: list[_Cell], span: Span, words: str, indexed: bool, wrapped: bool) -> bool:
        """Adds a line to the cells; False when it shows that this is no header."""
        if not indexed and words[:1].islower():
            return False  # lines of a wrapped paragraph
        if cells and _INDEX.fullmatch(words) is not None:
            return False  # the number column comes first: what stands above it is no header
        if wrapped or (len(cells) > 1 and words[:1].islower() and not self._clean.view[cells[-1][0].start].islower()):
            span = Span(cells.pop()[0].start, span.end)  # "Cơ quan" over "chủ trì" is one cell
            words = self._clean.view[span.start : span.end]
        cells.append((span, self._header(words)))
        return True

    def _header(self, words: str) -> HeaderCell | None:
        if words not in self._known:
            self._known[words] = self._rules.header(words)
        return self._known[words]

    def _may_be_cell(self, words: str, titled: bool) -> bool:
        """Whether a line can be a header cell: known wording, or below "TT" any short title."""
        end = words.rstrip()[-1:]
        if len(words) > _LINE_CHARS or end == ":" or words[0] in "-+•" or parse_numbers(words) or _NUMBERED.match(words):
            return False
        if self._header(words) is not None:
            return True
        return titled and len(header_wording(words).split()) <= _TITLE_WORDS and end not in ".;" and words[0].isalpha()

    def _head(self, cells: list[_Cell], indexed: bool, after: int) -> FlatHead | None:
        if not 2 <= len(cells) <= _MAX_COLUMNS or not (indexed or _is_sure(cells)):
            return None
        roles = settle([cell for _, cell in cells])
        columns = tuple(Column(span, role) for (span, _), role in zip(cells, roles, strict=True))
        after = self._after_numbering(after, len(columns))
        last = trim(self._clean.text, Span(cells[0][0].start, self._lines[after - 1].end))
        return FlatHead(columns, last, after, _is_spaced(self._clean.text, cells))

    def _after_numbering(self, after: int, width: int) -> int:
        """The line after "(1) (2) (3)" where the header ends in such a line of numbers."""
        found: list[str] = []
        for number in range(after, min(len(self._lines), after + 3 * width)):
            words = self._clean.view[self._lines[number].start : self._lines[number].end].strip()
            if words:
                found.append(words)
            if len(words) > 6 or len(found) > width:
                return after
            if len(found) >= max(3, width - 1) and is_numbering(found):
                return number + 1
        return after


def _is_spaced(text: str, cells: Sequence[_Cell]) -> bool:
    """Whether blank lines stand between the cells, as the first two show."""
    return text.count("\n", cells[0][0].end, cells[1][0].start) > 1


def _is_sure(cells: Sequence[_Cell]) -> bool:
    """Without a number column only three short titles of different kinds, a task and its doer or time among them, are no outline."""
    roles = {cell.role for _, cell in cells if cell is not None}
    short = all(cell is not None and span.length <= _TITLE_CHARS for span, cell in cells)
    return short and len(roles) >= 3 and ColumnRole.TASK in roles and bool(roles & _WHO_OR_WHEN)


def _without_split_parent(cells: list[_Cell]) -> list[_Cell]:
    """A header of two lines: "Cơ quan thực hiện" over "Chủ trì" and "Phối hợp", whose cells come last in the text."""
    tail = {cell.role for _, cell in cells[-2:] if cell is not None}
    if len(cells) < 5 or tail != _DOERS:
        return cells
    above = [place for place, (_, cell) in enumerate(cells[:-2]) if cell is not None and cell.role in _WHO_OR_WHEN - {ColumnRole.TIME}]
    if len(above) != 1 or above[0] == len(cells) - 3:
        return cells
    return [*cells[: above[0]], *cells[-2:], *cells[above[0] + 1 : -2]]


__all__ = ["FlatHead", "HeadFinder"]
