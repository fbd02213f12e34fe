"""What a unit of the calendar means under the words that bound, repeat or extend it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import IntEnum

import regex

from kehoach.rules.timeframes import TimeRules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import TimeContext, TimeKind, TimeMention

from .matching import lowered
from .timegrammar import Unit, add_days

_SEEN_BEFORE = 2  # characters before a passage that tell whether its first word or figure begins there


class Strength(IntEnum):
    """How surely the wording alone says when something is to be done, from the surest down."""

    STRONG = 0  # trước ngày, chậm nhất, xong trong, từ nay đến
    WITHIN = 1  # trong, vào, từ ... đến ...
    UNTIL = 2  # đến năm, cuối năm
    FROM = 3  # từ năm, sau năm
    BARE = 4  # năm 2025, quý II/2025
    NAKED = 5  # 2025, 15/11, 10/2025
    WORD = 6  # hằng năm, thường xuyên, khi có yêu cầu


@dataclass(frozen=True, slots=True)
class Passage:
    """The text that is read: ``span`` of the view, with the rules and what the document says of its own date."""

    view: str
    span: Span
    rules: TimeRules
    context: TimeContext
    _low: str = field(init=False, repr=False, compare=False)
    _shift: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        shift = max(0, self.span.start - _SEEN_BEFORE)
        object.__setattr__(self, "_low", lowered(self.view[shift : self.span.end]))
        object.__setattr__(self, "_shift", shift)

    def starts(self, pattern: re.Pattern[str] | regex.Pattern[str]) -> Iterator[int]:
        """Where ``pattern`` matches in the lower-case text: letters of one case are found several times faster than of either."""
        for match in pattern.finditer(self._low, self.span.start - self._shift):
            yield match.start() + self._shift

    def spans(self, pattern: re.Pattern[str]) -> Iterator[Span]:
        """As ``starts``, with the ends."""
        for match in pattern.finditer(self._low, self.span.start - self._shift):
            yield Span(match.start() + self._shift, match.end() + self._shift)

    def holds(self, pattern: re.Pattern[str]) -> bool:
        """Whether ``pattern`` matches anywhere in the lower-case text."""
        return pattern.search(self._low) is not None

    @property
    def end(self) -> int:
        """Where reading stops."""
        return self.span.end

    @property
    def year(self) -> int | None:
        """The document's year."""
        return self.context.year or (self.context.issued_on.year if self.context.issued_on else None)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase read at one place.

    ``grain`` is the unit's ("day", "month", ... or "word"), ``label`` the word rule's; ``whole`` spans the list that the phrase is
    a member of ("giai đoạn 2016-2020 và giai đoạn 2021-2025"): its members bind together. ``yearless`` is the month and day of a
    date without its year, month 0 where that is missing too ("trước ngày 25"): beside "hằng năm" it is the day of every year.
    """

    mention: TimeMention
    strength: Strength
    grain: str
    label: str = ""
    whole: Span | None = None
    yearless: tuple[int, int] | None = None

    @property
    def reach(self) -> Span:
        """The list that the phrase belongs to, or the phrase itself."""
        return self.whole or self.mention.span


@dataclass(frozen=True, slots=True)
class Bounds:
    """The span of a unit with its bounding words, and which kinds of them there were (groups of ``timephrases.LEAD``)."""

    span: Span
    flags: frozenset[str]

    def to(self, end: int) -> Bounds:
        """The same, reaching further."""
        return Bounds(Span(self.span.start, end), self.flags)


_QUARTER = r"(?:\s++(?:của\s++)?(?:mỗi\s++|h[ằà]ng\s++|các\s++)?quý(?:\s++(?:sau|tiếp\s++theo|kế\s++tiếp))?)"
_IN_QUARTER = re.compile(rf"\s*+(?:của\s++)?tháng\s++(?P<place>đầu|cuối)(?:\s++cùng)?{_QUARTER}(?!\w)", re.IGNORECASE)
_EVERY = re.compile(r"\s*+(?:của\s++)?(?:h[ằà]ng|mỗi|các)\s++(?P<unit>năm|quý|tháng|tuần)(?!\w)(?!\s++(?:tiếp|sau|\d))", re.IGNORECASE)
_NEXT = re.compile(r"\s*+,?\s*+(?:của\s++)?(?P<unit>năm|tháng)\s++(?:liền\s++)?(?:tiếp\s++theo|sau|kế\s++tiếp|liền\s++kề)(?!\w)", re.IGNORECASE)
_ONWARD = re.compile(r"\s*+trở\s++(?:đi|về\s++sau)(?!\w)", re.IGNORECASE)
_FOLLOWING = re.compile(
    r"\s*+(?:,|và|,\s*+và)\s*+(?:định\s++hướng\s++)?(?:(?:cho\s++)?(?:các|những)\s++)?(?P<unit>năm|tháng|quý|giai\s++đoạn)"
    r"\s++(?:tiếp\s++theo|tiếp\s++sau|sau|kế\s++tiếp|tới)(?:\s++đó)?(?!\w)(?:\s++(?:của\s++)?năm\s++(?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\s*+(?P<open>\()?\s*+(?:(?:bắt\s++đầu|kể|tính)\s++)?từ\s++năm\s++(?P<year>(?:19|20)\d\d)(?!\d)"
    r"(?:\s*+(?:-|đến)\s*+(?:hết\s++)?(?:năm\s++)?(?P<last>(?:19|20)\d\d)(?!\d))?(?:\s++trở\s++đi)?(?P<close>\s*+\))?",
    re.IGNORECASE,
)
_RECURRENCE = {"năm": "yearly", "quý": "quarterly", "tháng": "monthly", "tuần": "weekly"}
_QUARTER_MONTHS = {"đầu": "1,4,7,10", "cuối": "3,6,9,12"}
_HALF_YEAR = timedelta(days=183)
_NOWHERE = Span(0, 0)


def suffixed(passage: Passage, unit: Unit, bounds: Bounds) -> list[Phrase]:
    """The phrase of a unit with what follows it: "hằng năm", "của tháng cuối quý", "trở đi", "và các năm tiếp theo"."""
    view, at, end = passage.view, bounds.span.end, passage.end
    if (match := _IN_QUARTER.match(view, at, end)) and unit.grain == "day":
        months = _QUARTER_MONTHS[match["place"].lower()]
        rrule = f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={unit.days[1]}"
        return [replace(phrase, mention=replace(phrase.mention, rrule=rrule)) for phrase in repeated(unit, bounds.to(match.end()), "quarterly")]
    if (match := _EVERY.match(view, at, end) or _NEXT.match(view, at, end)) and not unit.year:
        return [since(passage, phrase) for phrase in repeated(unit, bounds.to(match.end()), _RECURRENCE[match["unit"].lower()])]
    if match := _FOLLOWING.match(view, at, end):
        return _followed(passage, unit, bounds, match)
    if match := _ONWARD.match(view, at, end):
        return meaning(passage, replace(unit, naked=False), Bounds(Span(bounds.span.start, match.end()), bounds.flags | {"from"}))
    return meaning(passage, unit, bounds)


def since(passage: Passage, phrase: Phrase) -> Phrase:
    """A recurring phrase with the years that bound it: "hằng năm (từ năm 2018 trở đi)"."""
    where = phrase.mention.span
    match = _SINCE.match(passage.view, where.end, passage.end)
    if not match:
        return phrase
    stop = match.end() if match["open"] and match["close"] else match.end() - len(match["close"] or "")
    first = date(int(match["year"]), 1, 1)
    last = date(int(match["last"]), 12, 31) if match["last"] and match["last"] >= match["year"] else None
    return replace(phrase, mention=replace(phrase.mention, span=Span(where.start, stop), start=first, end=last))


def repeated(unit: Unit, bounds: Bounds, recurrence: str) -> list[Phrase]:
    """A day, month or quarter that comes again every so often; a year does not."""
    if unit.grain not in ("day", "month", "quarter", "half", "range"):
        return []
    month, day = unit.months[1], unit.days[1]
    month_day = f"{month:02}-{day:02}" if unit.grain == "day" and month and recurrence == "yearly" else None
    rrule = None
    if unit.grain == "day" and recurrence == "monthly":
        rrule = f"FREQ=MONTHLY;BYMONTHDAY={day}"
    elif unit.grain != "day" and recurrence == "yearly":
        over = 12 if unit.months[0] > month else 0  # "từ tháng 10 đến tháng 4 năm sau"
        rrule = "FREQ=YEARLY;BYMONTH=" + ",".join(str((place - 1) % 12 + 1) for place in range(unit.months[0], month + over + 1))
    mention = TimeMention(
        bounds.span, TimeKind.RECURRING, None, None, "before" in bounds.flags, recurrence, month_day, rrule, "timeframes.date-every"
    )
    return [Phrase(mention, Strength.STRONG, unit.grain, recurrence)]


def _followed(passage: Passage, unit: Unit, bounds: Bounds, match: re.Match[str]) -> list[Phrase]:
    """Read "năm 2025 và các năm tiếp theo" (no end) or "quý II và những tháng tiếp theo năm 2022" (the end of its year)."""
    year = unit.year or (int(match["year"]) if match["year"] else passage.year)
    start = unit.first(year)
    open_ended = match["unit"].lower().startswith(("năm", "giai"))
    last = None if open_ended or not year else date(int(match["year"] or year), 12, 31)
    mention = TimeMention(
        bounds.to(match.end()).span, TimeKind.PERIOD, start, last if last and start and last >= start else None, rule="timeframes.and-following"
    )
    return [Phrase(mention, Strength.WITHIN if "within" in bounds.flags else Strength.BARE, unit.grain)]


def meaning(passage: Passage, unit: Unit, bounds: Bounds) -> list[Phrase]:
    """What a unit means under its bounding words; nothing where it cannot be dated at all."""
    yearless = (unit.months[1], unit.days[1]) if unit.grain == "day" and not unit.year else None
    if yearless and "periodic" in bounds.flags and yearless[0]:
        return repeated(unit, bounds, "yearly")
    if not unit.months[0]:
        mention = TimeMention(bounds.span, TimeKind.DEADLINE, before="before" in bounds.flags, rule="timeframes.date-every")
        return [Phrase(mention, Strength.NAKED, "day", yearless=yearless)] if bounds.flags else []
    year = unit.year or _missing_year(passage, unit)
    if year is None and not bounds.flags & {"before", "latest", "until", "within", "now"}:
        return []
    mention = _bounded(passage, unit, bounds, (unit.first(year), unit.last(year)))
    return [Phrase(mention, _strength(unit, bounds.flags), unit.grain, yearless=yearless)]


def _missing_year(passage: Passage, unit: Unit) -> int | None:
    """The document's year; the next one for a date more than half a year before the signing ("trước 15/01" said in November)."""
    year, signed = passage.year, passage.context.issued_on
    last = unit.last(year) if year else None
    if year and last and signed and signed.year == year and last < signed - _HALF_YEAR:
        return year + 1
    return year


def _bounded(passage: Passage, unit: Unit, bounds: Bounds, days: tuple[date | None, date | None]) -> TimeMention:
    """Kind and days of a unit whose first and last day are known or None."""
    (first, last), flags = days, bounds.flags
    if "before" in flags and not (unit.grain in ("day", "feast") or unit.part == "cuối"):
        # "trước ngày 31/10" names the day; "trước năm 2030" excludes the whole unit, so its eve is the last day allowed.
        last = add_days(first, -1) if first else None
    if "now" in flags:
        signed = passage.context.issued_on
        start = signed if signed and (not last or signed <= last) else None
        return TimeMention(bounds.span, TimeKind.PERIOD, start, last, rule="timeframes.from-now")
    if "before" in flags:
        return TimeMention(bounds.span, TimeKind.DEADLINE, None, last, before=True, rule="timeframes.before")
    if flags & {"latest", "until"}:
        return TimeMention(bounds.span, TimeKind.DEADLINE, None, last, rule="timeframes.until")
    return _open(unit, bounds, first, last)


def _open(unit: Unit, bounds: Bounds, first: date | None, last: date | None) -> TimeMention:
    """Kind and days of a unit that no word of ending bounds."""
    if "range" not in bounds.flags and "after" in bounds.flags:
        return TimeMention(bounds.span, TimeKind.PERIOD, add_days(last, 1) if last else None, None, rule="timeframes.after")
    if "range" not in bounds.flags and "from" in bounds.flags and not unit.last_year:
        return TimeMention(bounds.span, TimeKind.PERIOD, first, None, rule="timeframes.from")
    if unit.part == "cuối" and unit.grain in ("year", "quarter"):
        return TimeMention(bounds.span, TimeKind.DEADLINE, None, last, rule="timeframes.end-of")
    if "some" in bounds.flags and unit.part == "đầu":  # how many months "những tháng đầu năm" are is not said
        return TimeMention(bounds.span, TimeKind.PERIOD, first, None, rule="timeframes.first-months")
    kind = TimeKind.POINT if first is not None and first == last and unit.grain in ("day", "feast") else TimeKind.PERIOD
    return TimeMention(bounds.span, kind, first, last, rule="timeframes.unit")


def _strength(unit: Unit, flags: frozenset[str]) -> Strength:
    if flags & {"now", "latest", "done", "periodic"} or ("before" in flags and (unit.grain != "year" or not unit.naked)):
        return Strength.STRONG
    if "until" in flags:
        return Strength.STRONG if unit.grain == "day" else Strength.UNTIL
    if "within" in flags or flags >= {"range", "from"}:
        return Strength.WITHIN
    if flags & {"from", "after", "before"}:
        return Strength.FROM
    if unit.part == "cuối" and unit.grain == "year":
        return Strength.UNTIL
    return Strength.NAKED if unit.naked or unit.grain == "feast" else Strength.BARE
