"""The calendar as administrative Vietnamese prints it: days, months, quarters, years and spans of them.

``unit_at`` reads one unit at a position of the view; nothing here decides whether it is a timeframe.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kehoach.rules.timeframes import Feast

# A year is never part of an instrument's number (2020/NĐ-CP, 2020-TTg) nor of a longer number.
_YEAR = r"(?:19|20)\d\d(?![\d%]|\s?/\s?[^\W\d]|/\d|-[^\W\d]|[.,]\d)"
_OF_YEAR = rf"(?:\s*+[/.-]\s*+|\s*+,?\s*+(?:của\s++)?năm\s*+)({_YEAR})"
_PART = r"(?:(đầu|giữa|cuối|nửa\s++đầu|nửa\s++cuối|(?:thượng|trung|hạ)\s++tuần)\s++)?"
_QUARTER = r"(?:IV|I{1,3}|[1-4]|một|hai|ba|tư)"
_END = r"(?![\w/]|[.,]\d)"


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of the calendar, perhaps without its year.

    ``months`` and ``days`` are inclusive; a day of 0 is the first or last day of its month. ``month`` may be unknown
    ("ngày 15 hằng tháng"): then ``months`` is (0, 0). ``naked`` units are bare figures that mean a date only in context.
    """

    grain: str
    year: int | None
    months: tuple[int, int] = (1, 12)
    days: tuple[int, int] = (0, 0)
    last_year: int | None = None
    naked: bool = False
    part: str = ""

    def first(self, year: int | None = None) -> date | None:
        """The first day, None when year or month is unknown."""
        when = self.year or year
        return _day(when, self.months[0], self.days[0] or 1) if when else None

    def last(self, year: int | None = None) -> date | None:
        """The last day, None when year or month is unknown."""
        when = self.last_year or self.year or year
        return _day(when, self.months[1], self.days[1]) if when else None


def _day(year: int, month: int, day: int) -> date | None:
    if not month:
        return None
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None


def _part_of(unit: Unit, part: str | None) -> Unit:
    """The beginning, middle or end of a month (days 1-10, 11-20, 21-), quarter (its months) or year (four months each, halves six)."""
    if not part:
        return unit
    word = " ".join(part.lower().split())
    third = {"đầu": 0, "thượng tuần": 0, "giữa": 1, "trung tuần": 1, "cuối": 2, "hạ tuần": 2}.get(word)
    first, last = unit.months
    if third is None:
        half = (first + last) // 2
        months = (first, half) if word == "nửa đầu" else (half + 1, last)
        days = ((1, 15) if word == "nửa đầu" else (16, 0)) if first == last else (0, 0)
        return replace(unit, months=(first, last) if first == last else months, days=days, part=word)
    if unit.grain == "month":
        return replace(unit, days=((1, 10), (11, 20), (21, 0))[third], part=word)
    size = (last - first + 1) // 3
    return replace(unit, months=(first + third * size, first + (third + 1) * size - 1), part=word)


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _valid(unit: Unit) -> Unit | None:
    """The unit, or None where a figure is no month or day."""
    if unit.grain == "day":
        first, last = unit.days
        if not 1 <= first <= last <= 31 or unit.months[0] > 12:
            return None
        leap = 2024  # any day that some year has
        return unit if not unit.months[0] or (unit.first(unit.year or leap) and unit.last(unit.year or leap)) else None
    if unit.last_year:
        return unit if unit.last_year >= (unit.year or 0) else None
    return unit if 1 <= unit.months[0] <= unit.months[1] <= 12 else None


def _full_day(match: re.Match[str]) -> Unit:
    first, last, month, year, sign_year = match.groups()
    return Unit("day", _number(year or sign_year), (int(month), int(month)), (int(first), int(last or first)))


def _some_days(match: re.Match[str]) -> Unit:
    """Days in a row that share their month ("24, 25 và 26 tháng 8"); days apart are no unit."""
    days = [int(figure) for figure in re.findall(r"\d+", match[1])]
    month, year = match[2] or match[4], match[3] or match[5]
    row = days == list(range(days[0], days[0] + len(days)))
    return Unit("day", _number(year), (int(month), int(month)), (days[0], days[-1]) if row else (0, 0))


def _short_day(match: re.Match[str]) -> Unit:
    word, first, last, month, year = match.groups()
    return Unit("day", _number(year), (int(month), int(month)), (int(first), int(last or first)), naked=not word)


def _day_only(match: re.Match[str]) -> Unit:
    return Unit("day", None, (0, 0), (int(match[1]), int(match[1])))


def _month(match: re.Match[str]) -> Unit:
    part, first, joint, last, year = match.groups()
    if joint and joint.strip() != "-" and int(last) != int(first) + 1:  # "tháng 3, 9 năm 2025" is no stretch
        return Unit("month", None, (0, 0))
    return _part_of(Unit("month", _number(year), (int(first), int(last or first))), part)


def _short_month(match: re.Match[str]) -> Unit:
    return Unit("month", int(match[2]), (int(match[1]), int(match[1])), naked=True)


def _some_months(match: re.Match[str]) -> Unit:
    count, word, year, other_year = match.groups()
    months = int(count) if count else 6
    cut = (13 - months, 12) if (word or "").lower() == "cuối" else (1, months)
    return Unit("half", _number(year or other_year), cut)


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "một": 1, "hai": 2, "ba": 3, "tư": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _quarter(match: re.Match[str]) -> Unit:
    part, first, last, year = match.groups()
    one = _ROMAN[first.lower()]
    two = _ROMAN[last.lower()] if last else one
    return _part_of(Unit("quarter", _number(year), (3 * one - 2, 3 * two)), part)


def _years(match: re.Match[str]) -> Unit:
    head, first, last = match.groups()
    school = bool(head) and "học" in head.lower()  # a school year runs from September to May
    return Unit("school" if school else "years", int(first), (9, 5) if school else (1, 12), last_year=int(last), naked=not head)


def _one_year(match: re.Match[str]) -> Unit:
    part, year = match.groups()
    return _part_of(Unit("year", int(year)), part)


def _naked_year(match: re.Match[str]) -> Unit:
    return Unit("year", int(match[0]), naked=True)


_D = r"(0?[1-9]|[12]\d|3[01])"
_M = r"(0?[1-9]|1[0-2])"
_N = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_DASH_DAY = r"(?:\s*+-\s*+(0?[1-9]|[12]\d|3[01]))?"
_FIGURES = "0123456789"
# First letters, pattern and reader of each form, the longer forms before those that they begin with.
_READERS = tuple(
    (first, re.compile(pattern, re.IGNORECASE), reader)
    for first, pattern, reader in (
        # 24, 25 và 26 tháng 8 năm 2026; ngày 24, 25/8/2026
        (
            _FIGURES + "n",
            rf"(?:ngày\s*+)?({_N}(?:\s*+,\s*+(?:ngày\s*+)?{_N}){{0,6}}\s*+(?:,|và|&|,\s*+và)\s*+(?:ngày\s*+)?{_N})"
            rf"(?:\s++tháng\s*+{_M}(?!\d)(?:{_OF_YEAR})?|\s?/\s?{_M}\s?/\s?({_YEAR}))",
            _some_days,
        ),
        # ngày 15 tháng 11 năm 2020; ngày 15 tháng 11
        (
            _FIGURES + "n",
            rf"(?:ngày\s*+)?{_D}{_DASH_DAY}\s*+tháng\s*+{_M}(?!\d)(?:\s*+,?\s*+(?:của\s++)?năm\s*+({_YEAR})|\s*+[/.-]\s*+({_YEAR}))?",
            _full_day,
        ),
        # 15/11/2020, 8-12/7/2019, 15.11.2020
        (_FIGURES + "n", rf"(ngày\s*+)?{_D}{_DASH_DAY}\s*+[/.-]\s*+{_M}\s*+[/.-]\s*+({_YEAR})", _short_day),
        # 15/11 without its year; 15.11 and 15-11 only after "ngày"
        ("n", rf"(ngày\s*+){_D}()\s?[/.-]\s?{_M}{_END}()", _short_day),
        (_FIGURES, rf"(){_D}()\s?/\s?{_M}{_END}()", _short_day),
        # 6 tháng đầu năm 2019; 9 tháng năm 2019; 3 tháng cuối năm
        (_FIGURES, rf"(?:(\d{{1,2}})\s++tháng)\s++(?:(đầu|cuối)\s++năm(?:\s++({_YEAR}))?|năm\s*+({_YEAR}))", _some_months),
        # tháng 5/2025, cuối tháng 5 năm 2025, tháng 3-6/2024, T5/2025
        (
            "đgcnhtT",
            rf"{_PART}(?:các\s++)?(?:tháng\s*+|T\.?\s?(?=\d\d?/)){_M}"
            rf"(?:(\s*+(?:-|(?:,|và)(?=\s*+\d\d?\s*+(?:/|năm\s*+\d)))\s*+){_M})?(?!\d)(?:{_OF_YEAR})?",
            _month,
        ),
        (_FIGURES, rf"{_M}\s?[/-]\s?({_YEAR})", _short_month),
        # quý II/2020, quý III, IV năm 2025
        ("đgcnthq", rf"{_PART}quý\s*+({_QUARTER})(?!\w)(?:\s*+(?:,|-|và|&)\s*+(?:quý\s*+)?({_QUARTER})(?!\w))?(?:{_OF_YEAR})?", _quarter),
        # giai đoạn 2021 - 2025, nhiệm kỳ 2020-2025, năm 2026 - 2027, năm học 2024-2025
        (
            _FIGURES + "chbgtn(",
            r"((?:(?:các|hai|ba|0?\d)\s++năm\s*+|(?:giai\s++đoạn|thời\s++kỳ|nhiệm\s++kỳ|niên\s++độ|năm\s*+học|năm)\s*+"
            r"(?:(?:0?5|10|0?3|ba|năm|mười)\s++năm\s*+)?)\(?(?:từ\s++)?(?:năm\s*+)?)?"
            rf"((?:19|20)\d\d)\s*+(?:-|/(?=\d{{4}})|(?:đến|tới)\s)\s*+(?:hết\s++)?(?:năm\s*+)?({_YEAR})",
            _years,
        ),
        ("đgcnth", rf"{_PART}năm\s*+({_YEAR})", _one_year),
        (_FIGURES, _YEAR, _naked_year),
        ("n", rf"ngày\s*+{_D}(?![\w/]|[.,]\d)", _day_only),
    )
)
_BY_FIRST: dict[str, list[tuple[re.Pattern[str], Callable[[re.Match[str]], Unit]]]] = {
    sign: [(pattern, reader) for first, pattern, reader in _READERS if sign in first] for sign in _FIGURES + "đgcnhtqb("
}
# "Tết Nguyên đán Bính Ngọ năm 2026": the year's cyclic name may stand between.
_FEAST_YEAR = re.compile(rf"(?:\s++(?:Giáp|Ất|Bính|Đinh|Mậu|Kỷ|Canh|Tân|Nhâm|Quý)\s++\w++)?\s*+(?:-\s*+)?(?:năm\s*+)?({_YEAR})", re.IGNORECASE)


def unit_at(view: str, at: int, end: int, feasts: tuple[Feast, ...], default_year: int | None = None) -> tuple[Unit, int] | None:
    """The calendar unit that begins exactly at ``at`` and where it ends, or None."""
    for pattern, reader in _BY_FIRST.get(view[at : at + 1].lower(), ()):
        if (match := pattern.match(view, at, end)) and (unit := _valid(reader(match))):
            return unit, match.end()
    return _feast_at(view, at, end, feasts, default_year)


_DOTTED = re.compile(rf"{_D}\.{_M}(?![\w%]|[.,/]\d|\s*+(?:%|[^\W\d]))")


def dotted_day_at(view: str, at: int, end: int) -> tuple[Unit, int] | None:
    """A day as "15.12" without "ngày", which is a decimal fraction unless "trước" stands before it and the clause ends after it."""
    match = _DOTTED.match(view, at, end)
    unit = _valid(Unit("day", None, (int(match[2]), int(match[2])), (int(match[1]), int(match[1])))) if match else None
    return (unit, match.end()) if unit and match else None


def _feast_at(view: str, at: int, end: int, feasts: tuple[Feast, ...], default_year: int | None) -> tuple[Unit, int] | None:
    for feast in feasts:
        if match := feast.pattern.match(view, at, end):
            named = _FEAST_YEAR.match(view, match.end(), end)
            year = int(named[1]) if named else default_year
            day = feast.days.get(year) if year else None
            if day:
                return Unit("feast", day.year, (day.month, day.month), (day.day, day.day)), named.end() if named else match.end()
    return None


def add_days(start: date, count: int) -> date | None:
    """``start`` moved by ``count`` days; None beyond the calendar."""
    try:
        return start + timedelta(days=count)
    except OverflowError:
        return None


def add_months(start: date, count: int) -> date | None:
    """The same day ``count`` months later, or the last day of that month."""
    month = start.month - 1 + count
    year = start.year + month // 12
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month % 12 + 1, min(start.day, monthrange(year, month % 12 + 1)[1]))
