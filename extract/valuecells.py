"""Tables of indicators: cells that are only a number, the unit beside it or in the brackets of the indicator, the time in the column's title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from kehoach.extract.quantities import parse_number
from kehoach.extract.spans import trim
from kehoach.extract.units import read_unit
from kehoach.rules.quantities import QuantityRules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Column, Quantity

_UNIT_TITLE = regex.compile(r"\W*(?:đơn\s+vị(?:\s+tính)?|đvt|đv\s+tính)\W*$", regex.IGNORECASE)
_BARE_VALUE = regex.compile(
    r"(?P<sign>[≥>≤<~=]|>=|<=|trên|dưới|ít\s+nhất|tối\s+thiểu|tối\s+đa|khoảng)?\s*(?P<low>\d+(?:[.,]\d+)*)(?:\s*-\s*(?P<high>\d+(?:[.,]\d+)*))?",
    regex.IGNORECASE,
)
_SIGNS = {
    "≥": ">=",
    ">=": ">=",
    "ít nhất": ">=",
    "tối thiểu": ">=",
    "≤": "<=",
    "<=": "<=",
    "tối đa": "<=",
    ">": ">",
    "trên": ">",
    "<": "<",
    "dưới": "<",
    "~": "~",
    "khoảng": "~",
}
_IN_BRACKETS = regex.compile(r"\(\s*(?:(?:đơn\s+vị(?:\s+tính)?|đvt)\s*:\s*)?(?P<unit>[^()]{1,40})\)\W*$", regex.IGNORECASE)
_DATED_TITLE = regex.compile(r"(?<!\d)20\d\d(?!\d)")
_LETTER = regex.compile(r"\p{L}")


@dataclass(frozen=True, slots=True)
class CellUnit:
    """What the numbers of a row are measured in: "Triệu đồng" is đồng with a factor."""

    span: Span
    text: str
    factor: float = 1.0


def unit_columns(view: str, columns: Sequence[Column]) -> list[int]:
    """The places of columns "Đơn vị (tính)": their cells are the units of the bare numbers beside them."""
    titles = [view[column.title.start : column.title.end] if column.title is not None else "" for column in columns]
    return [place for place, title in enumerate(titles) if _UNIT_TITLE.match(title)]


def is_dated(view: str, column: Column) -> bool:
    """Whether a column is one of a time: "Năm 2027", "Giai đoạn 2026 - 2030"."""
    return column.title is not None and _DATED_TITLE.search(view, column.title.start, column.title.end) is not None


def names_something(view: str, span: Span) -> bool:
    """Whether a cell has words, so that it can name an indicator."""
    return _LETTER.search(view, span.start, span.end) is not None


def unit_of_cell(view: str, cell: Span, rules: QuantityRules) -> CellUnit:
    """The unit that a cell of the unit column names."""
    unit = read_unit(view, cell.start, cell.end, rules)
    if unit.span is not None and unit.text is not None and unit.end == cell.end:
        return CellUnit(unit.span, unit.text, unit.factor)
    return CellUnit(cell, " ".join(view[cell.start : cell.end].split()))


def unit_in_brackets(view: str, named: Span, rules: QuantityRules) -> tuple[CellUnit, Span] | None:
    """The measure in brackets at the end of an indicator ("Tỷ lệ hộ nghèo (%)"), and the indicator without it."""
    match = _IN_BRACKETS.search(view, named.start, named.end)
    if match is None:
        return None
    inner = trim(view, Span(*match.span("unit")))
    unit = read_unit(view, inner.start, inner.end, rules)
    if unit.span is None or unit.text is None or unit.kind not in ("percent", "closed") or unit.end != inner.end:
        return None
    return CellUnit(unit.span, unit.text, unit.factor), trim(view, Span(named.start, match.start()))


def value_of(view: str, span: Span, unit: CellUnit) -> Quantity | None:
    """The quantity of a cell that is only a number, a range or a bound and a number."""
    match = _BARE_VALUE.fullmatch(view, span.start, span.end)
    if match is None or (value := parse_number(match.group("low"))) is None:
        return None
    high = parse_number(match.group("high")) if match.group("high") else None
    comparator = "range" if high is not None else _SIGNS.get(" ".join((match.group("sign") or "").lower().split()), "=")
    low, top = round(value * unit.factor, 6), None if high is None else round(high * unit.factor, 6)
    return Quantity(Span(*match.span()), Span(*match.span("low")), low, top, unit.span, unit.text, comparator)
