"""Tables whose cells became lines: finds them and rebuilds their rows (annotation guide, section 9)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kehoach.extract.cellunits import Look, Unit, UnitReader
from kehoach.extract.columns import CellKinds, TableRules
from kehoach.extract.flatheads import FlatHead, HeadFinder
from kehoach.extract.rawrows import raw_rows_of
from kehoach.extract.rowgroups import RowBuilder, RowContext
from kehoach.extract.rownumbers import RunningCount, parse_numbers
from kehoach.extract.spans import iter_lines
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText, Table

_WIDE_NUMBER = re.compile(r"\W{0,4}(?P<number>[IVXL]{1,5}|[A-HK])\s?[.)/]\s+(?=(?P<first>\w))")


def find_flattened(clean: CleanText, rules: TableRules, kinds: CellKinds, taken: Sequence[Span]) -> list[Table]:
    """The flattened tables outside the spans ``taken``, in order."""
    lines = list(iter_lines(clean.text))
    taken_lines = _taken_lines(lines, taken)
    reader = UnitReader(clean, rules, kinds)
    finder = HeadFinder(clean, rules, lines, lambda number: taken_lines[number] or reader.dropped(lines[number].start))
    heads: list[tuple[int, FlatHead]] = []
    at = 0
    for number in finder.openings():
        if number >= at and (head := finder.head_at(number)) is not None:
            heads.append((number, head))
            at = head.next_line
    tables = []
    for place, (_, head) in enumerate(heads):
        limit = heads[place + 1][0] if place + 1 < len(heads) else len(lines)
        stop = next((number for number in range(head.next_line, limit) if taken_lines[number]), limit)
        if (table := _rebuild(clean, rules, reader, head, lines[head.next_line : stop])) is not None:
            tables.append(table)
    return tables


def _taken_lines(lines: Sequence[Span], taken: Sequence[Span]) -> list[bool]:
    """For every line whether one of the spans has a part in it."""
    if not taken:
        return [False] * len(lines)
    found, place, until = [], 0, -1
    spans = sorted(taken)
    for line in lines:
        while place < len(spans) and spans[place].start <= line.end:
            until = max(until, spans[place].end)
            place += 1
        found.append(until > line.start)
    return found


def _rebuild(clean: CleanText, rules: TableRules, reader: UnitReader, header: FlatHead, lines: Sequence[Span]) -> Table | None:
    units = list(reader.units(lines, header.spaced))
    units = units[: _table_length(clean.view, units)]
    roles = [column.role for column in header.columns]
    raw_rows = raw_rows_of(units, roles)
    builder = RowBuilder(RowContext(clean.text, clean.view, roles, rules))
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
        if unit.look is Look.END:
            return place
        if unit.span is None or (mark := _WIDE_NUMBER.match(view, *unit.span)) is None or not mark["first"].isupper():
            continue
        opened = place == 0 or titles.started
        if not opened or titles.accept(parse_numbers(mark["number"])) < 2:
            return place
    return len(units)


__all__ = ["find_flattened"]
