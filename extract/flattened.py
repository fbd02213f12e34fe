"""Tables whose cells became lines: finds their headers and rebuilds their rows (annotation guide, section 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from kehoach.extract.cellunits import Unit, UnitReader
from kehoach.extract.columns import CellKinds, HeaderCell, TableRules, header_wording, is_numbering, settle
from kehoach.extract.rawrows import raw_rows_of
from kehoach.extract.rowgroups import Grid2Rows, RowBuilder
from kehoach.extract.rownumbers import RunningCount, parse_numbers
from kehoach.extract.spans import iter_lines, trim
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText, Column, ColumnRole, Table

# Words that open a header cell; a line that begins with none of them cannot begin a header.
_MAY_BE_HEADER = regex.compile(
    r"\W{0,4}(?:S\.?T\.?T|T\.?T|Số|Thứ|Tên|Nhiệm|Nội|Công|Cơ|Đơn|Chủ|Thời|Lĩnh|Nhóm|Hoạt|Chỉ|Mục|Giải|Danh|Đề|Tiêu|Các|Ngày|Tháng|Năm|Chương|No)(?!\p{Ll})",
    regex.IGNORECASE,
)
_INDEX_LINE = regex.compile(r"\W{0,4}(?:S\.?\s?T\.?\s?T|T\.?\s?T|Số\s+(?:TT|thứ\s+tự))\W{0,4}", regex.IGNORECASE)
_NUMBERED = regex.compile(r"\W{0,4}(?:[IVXL]{1,5}|[A-HK]|[a-zđ]|\d{1,2}(?:\.\d{1,2})*+)\s?[.)/]\s+\S")
_WIDE_NUMBER = regex.compile(r"\W{0,4}(?P<number>[IVXL]{1,5}|[A-HK])\s?[.)/]\s+\p{Lu}")
_HEADER_CHARS = 120
_TITLE_CHARS = 50
_MAX_COLUMNS = 16
_MIN_COLUMNS = 2
_SPLIT_DOERS = {ColumnRole.LEAD, ColumnRole.COORDINATING}


@dataclass(frozen=True, slots=True)
class _Header:
    columns: tuple[Column, ...]
    span: Span
    next_line: int
    spaced: bool


def find_flattened(clean: CleanText, rules: TableRules, kinds: CellKinds, taken: Sequence[Span]) -> list[Table]:
    """The flattened tables outside the spans ``taken``, in order."""
    lines = list(iter_lines(clean.text))
    reader = UnitReader(clean, rules, kinds)
    headers: list[tuple[int, _Header]] = []
    at = 0
    for number, line in enumerate(lines):
        if number < at or not _may_open(clean, line) or reader.dropped(line.start) or _inside(line, taken):
            continue
        header = _read_header(clean, rules, reader, lines[: _stop_at_taken(lines, number, len(lines), taken)] if taken else lines, number)
        if header is not None:
            headers.append((number, header))
            at = header.next_line
    tables = []
    for place, (_, header) in enumerate(headers):
        stop = headers[place + 1][0] if place + 1 < len(headers) else len(lines)
        stop = _stop_at_taken(lines, header.next_line, stop, taken)
        if (table := _rebuild(clean, rules, reader, header, lines[header.next_line : stop])) is not None:
            tables.append(table)
    return tables


def _may_open(clean: CleanText, line: Span) -> bool:
    return 2 <= line.length <= _HEADER_CHARS and _MAY_BE_HEADER.match(clean.text, line.start, line.end) is not None


def _inside(line: Span, taken: Sequence[Span]) -> bool:
    return any(line.meets(span) for span in taken)


def _stop_at_taken(lines: Sequence[Span], start: int, stop: int, taken: Sequence[Span]) -> int:
    for span in taken:
        if lines[start - 1].end <= span.start:
            for number in range(start, stop):
                if lines[number].end > span.start:
                    return number
            return stop
    return stop


# --- headers ---------------------------------------------------------------------------------------------------------


def _read_header(clean: CleanText, rules: TableRules, reader: UnitReader, lines: Sequence[Span], start: int) -> _Header | None:
    """The header that begins at line ``start``, None when the lines there are no header."""
    indexed = _INDEX_LINE.fullmatch(clean.text, lines[start].start, lines[start].end) is not None
    cells: list[tuple[Span, HeaderCell | None]] = []
    number, blanks, after = start, 0, start
    while number < len(lines) and len(cells) <= _MAX_COLUMNS:
        span = trim(clean.text, lines[number])
        if not span.length:
            blanks += 1
            if blanks > 3:
                break
            number += 1
            continue
        words = clean.view[span.start : span.end]
        if reader.dropped(span.start) or not _may_be_header_cell(words, rules, indexed, bool(cells)):
            break
        if cells and _INDEX_LINE.fullmatch(words) is not None:
            return None  # the number column comes first: what stands above it is no header
        if words[:1].islower() and not indexed:
            return None  # lines of a wrapped paragraph
        if cells and words[:1].islower() and rules.header(words) is None:
            joined = Span(cells[-1][0].start, span.end)
            cells[-1] = (joined, rules.header(clean.view[joined.start : joined.end]))
        else:
            cells.append((span, rules.header(words)))
        number, blanks, after = number + 1, 0, number + 1
    return _make_header(clean, lines, cells, indexed, after)


def _may_be_header_cell(words: str, rules: TableRules, indexed: bool, inside: bool) -> bool:
    """Whether a line can be a header cell: known wording, or in a header that began with TT any short title."""
    if len(words) > _HEADER_CHARS or words.rstrip().endswith(":") or parse_numbers(words) or _NUMBERED.match(words):
        return False
    if rules.header(words) is not None:
        return not words.lstrip().startswith(("-", "+", "•"))
    title = header_wording(words)
    return (
        indexed
        and inside
        and len(title.split()) <= 10
        and words.rstrip()[-1:] not in ".;:"
        and not words.lstrip().startswith(("-", "+"))
        and words[:1].isalpha()
    )


def _make_header(clean: CleanText, lines: Sequence[Span], cells: list[tuple[Span, HeaderCell | None]], indexed: bool, after: int) -> _Header | None:
    cells = _without_split_parent(cells)
    if not _is_header(cells, indexed):
        return None
    roles = settle([cell for _, cell in cells])
    columns = tuple(Column(span, role) for (span, _), role in zip(cells, roles, strict=True))
    spaced = "\n" in clean.text[cells[0][0].end : cells[1][0].start].replace("\n", "", 1)
    after = _after_numbering(clean, lines, after, len(columns))
    end = trim(clean.text, Span(cells[-1][0].start, lines[after - 1].end)).end
    return _Header(columns, Span(cells[0][0].start, max(cells[-1][0].end, end)), after, spaced)


def _is_header(cells: Sequence[tuple[Span, HeaderCell | None]], indexed: bool) -> bool:
    if not _MIN_COLUMNS <= len(cells) <= _MAX_COLUMNS:
        return False
    known = {cell.role for _, cell in cells if cell is not None}
    if indexed:
        return len(cells) >= 2
    # Without a number column only three short titles of different kinds, a task and its doer or time among them, are no outline.
    doers_and_times = {ColumnRole.LEAD, ColumnRole.COORDINATING, ColumnRole.IMPLEMENTING, ColumnRole.TIME}
    short = all(cell is not None and span.length <= _TITLE_CHARS for span, cell in cells)
    return len(known) >= 3 and short and ColumnRole.TASK in known and bool(known & doers_and_times)


def _without_split_parent(cells: list[tuple[Span, HeaderCell | None]]) -> list[tuple[Span, HeaderCell | None]]:
    """A header of two lines: "Cơ quan thực hiện" over "Chủ trì" and "Phối hợp", whose cells come last in the text."""
    if len(cells) < 5:
        return cells
    tail = [cell.role for _, cell in cells[-2:] if cell is not None]
    if set(tail) != _SPLIT_DOERS:
        return cells
    for place, (_, cell) in enumerate(cells[:-2]):
        if (
            cell is not None
            and cell.role in (ColumnRole.IMPLEMENTING, ColumnRole.LEAD)
            and not any(other is not None and other.role in _SPLIT_DOERS and spot != place for spot, (_, other) in enumerate(cells[:-2]))
        ):
            return [*cells[:place], *cells[-2:], *cells[place + 1 : -2]] if place < len(cells) - 3 else cells
    return cells


def _after_numbering(clean: CleanText, lines: Sequence[Span], after: int, width: int) -> int:
    """The line after "(1) (2) (3)" where the header ends in such a line of numbers."""
    found: list[str] = []
    number = after
    while number < len(lines) and len(found) < width and number < after + 3 * width:
        words = clean.view[lines[number].start : lines[number].end].strip()
        if words:
            if len(words) > 6 or (not is_numbering(["0", words] if words == "1" else [words, "1"]) and not words.strip("()").isalnum()):
                return after
            found.append(words)
        number += 1
    return number if len(found) >= width - 1 and len(found) >= 3 and is_numbering(found) else after


# --- rows ------------------------------------------------------------------------------------------------------------


def _rebuild(clean: CleanText, rules: TableRules, reader: UnitReader, header: _Header, lines: Sequence[Span]) -> Table | None:
    units = list(reader.units(lines, header.spaced))
    units = units[: _table_length(clean.view, units)]
    roles = [column.role for column in header.columns]
    raw_rows = raw_rows_of(clean.view, units, roles)
    builder = RowBuilder(Grid2Rows(clean.text, clean.view, roles, rules))
    rows = tuple(builder.rows(raw_rows))
    if not rows:
        return None
    end = max(row.span.end for row in rows)
    return Table(Span(header.span.start, end), header.span, header.columns, rows, tuple(builder.notes))


def _table_length(view: str, units: Sequence[Unit]) -> int:
    """How many units can belong to the table: up to a line that only stands after one, or a title out of the table's own count.

    "II. Nhóm giải pháp" across the columns goes on with the "I." that opened the table; a numbered title in a table without
    such titles is the next heading of the document.
    """
    titles = RunningCount()
    for place, unit in enumerate(units):
        if unit.ends:
            return place
        if unit.span is None or (mark := _WIDE_NUMBER.match(view, unit.span.start, unit.span.end)) is None:
            continue
        opened = place == 0 or titles.started
        if not opened or titles.accept(mark["number"]) < 2:
            return place
    return len(units)


__all__ = ["find_flattened"]
