"""Numbers that count or measure something, with unit, bound and range; numbers that are names are refused."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

import regex

from kehoach.rules.quantities import QuantityRules, load_quantity_rules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Quantity

from .matching import lowered
from .units import Unit, read_unit

__all__ = ["QuantityRules", "find_quantities", "load_quantity_rules", "parse_number"]

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_RANGE = re.compile(r"\s*(?:-|đến|tới)\s*(?:mức\s+)?(\d+(?:[.,]\d+)*)(?![./]\d)")
_RATIO = re.compile(r"\s*/\s*(\d+(?:[.,]\d+)*)")
_POWER_OF_TEN = re.compile(r"10{3,6}$|10{0,2}(?:\.000){1,2}$")
_LIST_NUMBER = re.compile(r"\s*[.)]\s|\s*[.)]$|\s*/\s|\.\d+\.?\s+\w")
_VALUE_BEFORE = regex.compile(
    r"(?<=(?<!\w)(?:đạt|là|bằng|còn|lên|xuống|dưới|trên|khoảng|ở\s+mức|mức|từ|đến|xếp\s+thứ|đứng\s+thứ|xếp\s+hạng|thứ|quá|:|[≥≤<>])\s*)",
    regex.IGNORECASE,
)
_RANK_BEFORE = regex.compile(r"(?<=(?<!\w)(?:xếp|đứng|vị\s+trí|xếp\s+hạng)\s+(?:thứ\s+)?)", regex.IGNORECASE)
# "giảm lượng rác thải 10%": the verb of change, then a noun phrase of at most this many words and no other verb of value.
_CHANGE = regex.compile(
    r"(?<=(?<!\w)(?<!(?:tốc\s+độ|mức|tỷ\s+lệ|tỉ\s+lệ|số)\s+)(?:(?P<up>tăng(?!\s+trưởng|\s+cường))|(?P<down>giảm(?!\s+nghèo)))"
    r"(?:\s+(?!(?:đạt|lên|xuống|còn|là|bằng|chiếm|dưới|trên|khoảng)\s)\p{L}+){1,8}?\s+)",
    regex.IGNORECASE,
)
_FRACTION = re.compile(r"\s+(?:số|tổng|diện|các|trở)(?!\w)", re.IGNORECASE)
_UP_FAR = re.compile(r"[^.,;:()\d]{0,80}?(?<!\w)trở\s+lên(?!\w)", re.IGNORECASE)
_FROM = regex.compile(r"(?<=(?<!\w)từ\s*)", regex.IGNORECASE)
_MAX_RANK = 1000
_FEW_DIGITS = 2
_ON = regex.compile(r"(?<=(?<!(?:đạt|có|được|còn|là|cho|phủ)\s+)(?<!\w)trên\s+)", regex.IGNORECASE)
_HANDED_ON = (">=", "<=", ">", "~")
_ADDED = regex.compile(r"(?:\s+\p{Ll}+){0,4}(?:\s*+,|\s++và)\s++", regex.IGNORECASE)
_MAP_SCALE = 100  # "quy hoạch chi tiết 1/500" is the scale of a map
_MAX_DIVISOR = 10  # "2/3 số xã" is a fraction, "20/30 xã" a plan
_SOON = 40  # characters after digits in which their unit begins
_YEARS = range(1900, 2101)
_TWO_FIGURES = 10.0  # "tăng trưởng hai con số" says at least ten per cent


def find_quantities(view: str, span: Span, rules: QuantityRules, skip: Sequence[Span] = ()) -> tuple[Quantity, ...]:
    """Every quantity of ``view[span]`` in order.

    Digits inside ``skip`` (timeframes, references) are no quantities, except where they count times ("1 lần/năm").
    """
    blocked = sorted(skip)
    starts = [item.start for item in blocked]
    found: list[Quantity] = []
    done = span.start
    for match in _NUMBER.finditer(view, span.start, span.end):
        if match.start() < done or (_inside(Span(*match.span()), blocked, starts) and not _may_count_times(view, match)):
            continue
        if _is_name(view, span, match, rules, found):
            continue
        quantity = _read(view, span, match, rules)
        if quantity is None or (_inside(quantity.number, blocked, starts) and not (quantity.unit_text or "").startswith("lần")):
            continue
        found.append(quantity)
        done = max(quantity.span.end, match.end())
    if len(found) > 1:
        found = _same_bounds(view, found)
    if not rules.word_cue.search(lowered(view[span.start : span.end])):
        return tuple(found)
    words = [item for item in _in_words(view, span, rules) if not any(item.span.meets(other.span) for other in found)]
    return tuple(sorted([*found, *words], key=lambda item: item.span)) if words else tuple(found)


def parse_number(text: str) -> float | None:
    """The value of digits in Vietnamese notation; None for section numbers and other malformed groups.

    >>> parse_number("4.275"), parse_number("0,21"), parse_number("98.74"), parse_number("1.840,75"), parse_number("1.3.2")
    (4275.0, 0.21, 98.74, 1840.75, None)
    """
    whole, comma, rest = text.partition(",")
    if comma and ("," in rest or "." in rest):
        # "1,500,000": English notation
        return float(text.replace(",", "")) if re.fullmatch(r"\d{1,3}(?:,\d{3})+", text) else None
    groups = whole.split(".")
    if len(groups) > 1:
        if all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3 and groups[0] != "0":
            whole = "".join(groups)
        elif len(groups) == 2 and not comma:
            return float(whole)
        else:
            return None
    return float(f"{whole}.{rest}" if comma else whole)


def _same_bounds(view: str, found: list[Quantity]) -> list[Quantity]:
    """In "ít nhất 100 trường, 50 lớp" the bound holds for the second count too, which nothing but a comma or "và" parts from the first."""
    read: list[Quantity] = []
    for item in found:
        last = read[-1] if read else None
        if (
            last is not None
            and item.comparator == "="
            and last.comparator in _HANDED_ON
            and all(one.unit_text and not one.unit_text.startswith("%") and one.planned is None for one in (last, item))
            and _ADDED.fullmatch(view, last.span.end, item.span.start)
        ):
            read.append(replace(item, comparator=last.comparator))
        else:
            read.append(item)
    return read


def _inside(number: Span, blocked: list[Span], starts: list[int]) -> bool:
    place = bisect_right(starts, number.start) - 1
    return any(number.meets(item) for item in blocked[max(0, place - 1) : place + 2])


def _may_count_times(view: str, match: re.Match[str]) -> bool:
    """Whether "lần" stands soon after digits, perhaps behind those of a range."""
    return "lần" in view[match.end() : match.end() + _SOON]


def _is_name(view: str, span: Span, match: re.Match[str], rules: QuantityRules, found: list[Quantity]) -> bool:
    """Whether the digits belong to a name, a date, a citation or a list number."""
    start, end = match.span()
    if start == span.start and _LIST_NUMBER.match(view, end, span.end) and not rules.percent.match(view, end):
        return True
    digits = match.group()
    if len(digits) > 2 and digits[0] == "0" and digits[1].isdigit():  # telephone numbers, codes
        return True
    if start > span.start and view[start - 1] in "/-":
        unit = found[-1].unit if found and view[start - 1] == "/" else None
        if unit is None or unit.end != start - 1:
            return not (start == span.start + 1 or view[start - 2] in " (")
    if rules.name_after.match(view, end, span.end):
        return True
    if not rules.name_before.match(view, start):
        return _is_year(view, match, rules)
    # "mức 2" is a grade, "mức 32 m2" a measure; "đợt 1 năm 2026" stays a name.
    measure = rules.closed.match(view, end, span.end)
    measured = measure is not None and " ".join(measure.group(1).lower().split()) not in rules.words.durations
    return not (measured or rules.percent.match(view, end) or rules.multiplier.match(view, end))


def _is_year(view: str, match: re.Match[str], rules: QuantityRules) -> bool:
    if len(match.group()) != 4 or not match.group().isdigit() or int(match.group()) not in _YEARS:
        return False
    end = match.end()
    return not any(pattern.match(view, end) for pattern in (rules.percent, rules.multiplier, rules.closed, rules.classifier))


def _read(view: str, span: Span, match: re.Match[str], rules: QuantityRules) -> Quantity | None:
    """The quantity whose first digits are ``match``, or None when nothing shows that it measures."""
    value = parse_number(match.group())
    if value is None:
        return None
    start, end = match.span()
    if ratio := _ratio(view, Span(end, span.end)):
        return _of_ratio(view, span, Span(start, ratio[1]), (value, ratio[0]), rules)
    if _RANK_BEFORE.match(view, start) and value < _MAX_RANK:
        return Quantity(Span(start, end), Span(start, end), value, None, None, None, "=")
    unit, value_max = read_unit(view, end, span.end, rules), None
    if upper := _range(view, span, (value, unit), end, rules):
        value, value_max, unit, end = upper
    if unit.span is None and unit.factor == 1.0 and not _stands_alone(view, span, start, match.group()):
        return None
    comparator, first = ("range", start) if value_max is not None else _comparator(view, span, start, unit, rules)
    high = None if value_max is None else round(value_max * unit.factor, 6)
    whole = Span(first, max(end, unit.end))
    return Quantity(whole, Span(start, end), round(value * unit.factor, 6), high, unit.span, unit.text, comparator)


def _ratio(view: str, rest: Span) -> tuple[float, int] | None:
    match = _RATIO.match(view, rest.start, rest.end)
    if not match or _POWER_OF_TEN.match(match.group(1)) or (planned := parse_number(match.group(1))) is None:
        return None
    return planned, match.end()


def _of_ratio(view: str, span: Span, number: Span, values: tuple[float, float], rules: QuantityRules) -> Quantity | None:
    """In "300/500 lao động" the plan, in "xếp thứ 5/63" the field, in "1/3 số xã" the divisor, in "43,2/80 điểm" the scale."""
    value, planned = values
    if _RANK_BEFORE.match(view, number.start):
        return Quantity(number, number, value, None, None, None, "=")
    unit = read_unit(view, number.end, span.end, rules)
    if unit.span is None or (value == 1 and planned >= _MAP_SCALE):
        return None
    if value < planned <= _MAX_DIVISOR and _FRACTION.match(view, number.end):
        return Quantity(number, number, round(value / planned, 6), None, None, None, "=")
    comparator, first = _comparator(view, span, number.start, unit, rules)
    plan = None if (unit.text or "").startswith("điểm") else round(planned * unit.factor, 6)
    whole = Span(first, max(number.end, unit.end))
    return Quantity(whole, number, round(value * unit.factor, 6), None, unit.span, unit.text, comparator, plan)


def _range(view: str, span: Span, lower: tuple[float, Unit], at: int, rules: QuantityRules) -> tuple[float, float, Unit, int] | None:
    """In "25-30 tuyến", "từ 0,7%-1,0%/năm", "2 triệu đến 3 triệu đồng": (low, high, unit, end of the number)."""
    value, first = lower
    # A unit may stand after the first number too; a noun phrase may not ("từ 5 xã đến 10 xã" is read as two).
    for start in {at, first.end if first.kind != "noun" else at}:
        match = _RANGE.match(view, start, span.end)
        if not match or (value_max := parse_number(match.group(1))) is None:
            continue
        unit = read_unit(view, match.end(1), span.end, rules)
        if start != at and not (unit.text or "").lower().startswith((first.text or "").lower()):
            continue  # "trong 5 năm tới 80% ..." is no range
        if start != at and first.factor != unit.factor:
            value *= first.factor / unit.factor
        if value < value_max:
            return value, value_max, unit, match.end(1)
    return None


def _stands_alone(view: str, span: Span, start: int, digits: str) -> bool:
    """Whether a number without a unit is a value: an index ("đạt 68,5", "thứ 5") or a decimal fraction."""
    if _VALUE_BEFORE.match(view, start):
        return start > span.start
    return "," in digits


def _comparator(view: str, span: Span, start: int, unit: Unit, rules: QuantityRules) -> tuple[str, int]:
    """The comparator and where its wording begins. A bound wins over a change."""
    end = unit.end
    if rules.up_after.match(view, end, span.end) or (_FROM.match(view, start) and _UP_FAR.match(view, end, span.end)):
        return ">=", start
    if rules.down_after.match(view, end, span.end):
        return "<=", start
    if (match := rules.bound_before.match(view, start)) and match.lastgroup:
        first = match.start(match.lastgroup)
        if first >= span.start:
            comparator = rules.comparators[int(match.lastgroup[1:])]
            if not (comparator == ">" and _is_ground(view, start, unit, rules)):
                return comparator, first
    if unit.kind == "percent" and (change := _CHANGE.match(view, start)):
        first = change.start("up") if change.group("up") else change.start("down")
        if first >= span.start:
            return ("+" if change.group("up") else "-"), start
    return "=", start


def _is_ground(view: str, start: int, unit: Unit, rules: QuantityRules) -> bool:
    """In "đổi mới trên 4 ngành" the count is what something is done on."""
    few = not view[start : start + _FEW_DIGITS + 1].isdigit()
    if unit.kind != "noun" or not few or not (unit.text or "").lower().startswith(rules.words.grounds):
        return False
    return _ON.match(view, start) is not None


def _in_words(view: str, span: Span, rules: QuantityRules) -> list[Quantity]:
    found: list[Quantity] = []
    for match in rules.number_words.finditer(view, span.start, span.end):
        words = rules.words
        text = " ".join(match.group(match.lastgroup or 0).lower().split())
        number = Span(*match.span())
        if match.group("multiple"):
            found.append(Quantity(number, number, words.multiples[text], None, None, "lần", "="))
        elif match.group("half"):
            comparator, first = _comparator(view, span, number.start, Unit(None, None, 1.0, number.end, "percent"), rules)
            found.append(Quantity(Span(first, number.end), number, words.halves[text], None, None, None, comparator))
        elif match.group("top"):
            value = words.digits[match.group("top").lower()] / words.digits[match.group("bottom").lower()]
            if value < 1:
                found.append(Quantity(number, number, round(value, 6), None, None, None, "="))
        elif match.group("figures"):
            found.append(Quantity(number, number, _TWO_FIGURES, None, None, "%", ">="))
        else:
            unit = read_unit(view, number.end, span.end, rules)
            if unit.span is not None:
                comparator, first = _comparator(view, span, number.start, unit, rules)
                found.append(Quantity(Span(first, unit.end), number, words.digits[text] * unit.factor, None, unit.span, unit.text, comparator))
    return found
