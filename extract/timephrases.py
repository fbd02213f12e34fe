"""Phrases of time: a unit of the calendar with the words that bound, join, repeat or extend it.

``phrase_at`` reads one phrase at a position. It says what the phrase means, not whether it binds anything:
that is decided in ``timebinding.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum

from kehoach.rules.timeframes import TimeRules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import TimeContext, TimeKind, TimeMention

from .timegrammar import Unit, add_days, unit_at


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
class Phrase:
    """A phrase read at one place.

    ``grain`` is the unit's ("day", "month", ... or "word"), ``label`` the word rule's; ``whole`` spans the list that the phrase is
    a member of ("giai đoạn 2016-2020 và giai đoạn 2021-2025"): its members bind together. ``yearless`` is the month and day of a date
    without its year, month 0 where that is missing too ("trước ngày 25"): beside "hằng năm" it is the day of every year.
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


# Words that may stand before a unit, several in a row: "hoàn thành xong trước ngày", "từ nay đến hết".
_LEAD = re.compile(
    r"""(?:
      (?P<now>(?:kể\s++)?từ\s++(?:nay|bây\s++giờ|thời\s++điểm\s++này))
    | (?P<latest>(?:chậm|muộn|trễ)\s++nhất(?:\s++là)?|không\s++(?:quá|(?:muộn|chậm|trễ)\s++hơn)|hạn\s++(?:cuối|chót))
    | (?P<before>trước(?:\s++thời\s++(?:điểm|hạn|gian))?)
    | (?P<until>(?:cho\s++|tính\s++)?(?:đến|tới)(?:\s++(?:hết|thời\s++điểm|cuối(?=\s++(?:ngày|giai))))?|hết)
    | (?P<after>sau)
    | (?P<from>(?:bắt\s++đầu\s++|kể\s++|tính\s++)?từ|bắt\s++đầu)
    | (?P<within>(?:ngay\s++)?(?:trong|vào)(?:\s++(?:thời\s++gian|khoảng(?:\s++thời\s++gian)?))?|(?:nhân\s++)?dịp|cả)
    | (?P<some>(?:những|các)\s++tháng(?=\s++(?:đầu|giữa|cuối)\s++năm))
    | (?P<done>xong|định\s++kỳ|thời\s++hạn)
    )(?!\w)[\s:]*+""",
    re.IGNORECASE | re.VERBOSE,
)
_TO = re.compile(r"\s*+(?:-|(?:cho\s++)?(?:đến|tới)(?!\w)(?:\s++hết(?!\w))?)\s*+", re.IGNORECASE)
_AND = re.compile(r"\s*+(?:,\s*+(?:và\s++)?|;\s*+|(?:và|hoặc)\s++|&\s*+)", re.IGNORECASE)
# A bare year in a list is a year only if the list or clause goes on: "năm 2025, 2000 hộ" counts households.
_AFTER_NAKED = re.compile(r"\s*+(?:[,.;:)(-]|$|(?:và|là|đạt|tương\s++ứng|h[ằà]ng|trở)(?!\w))", re.IGNORECASE)
_EVERY = re.compile(r"\s*+(?:của\s++)?(?:h[ằà]ng|mỗi|các)\s++(?P<unit>năm|quý|tháng|tuần)(?!\w)(?!\s++(?:tiếp|sau|\d))", re.IGNORECASE)
_NEXT = re.compile(r"\s*+,?\s*+(?:của\s++)?(?P<unit>năm|tháng)\s++(?:liền\s++)?(?:tiếp\s++theo|sau|kế\s++tiếp|liền\s++kề)(?!\w)", re.IGNORECASE)
_IN_QUARTER = re.compile(
    r"\s*+(?:của\s++)?tháng\s++(?P<place>đầu|cuối)(?:\s++cùng)?(?:\s++(?:của\s++)?(?:mỗi\s++|h[ằà]ng\s++|các\s++)?quý(?:\s++(?:sau|tiếp\s++theo|kế\s++tiếp))?)(?!\w)", re.IGNORECASE
)
_ONWARD = re.compile(r"\s*+trở\s++(?:đi|về\s++sau)(?!\w)", re.IGNORECASE)
_FOLLOWING = re.compile(
    r"\s*+(?:,|và|,\s*+và)\s*+(?:định\s++hướng\s++)?(?:(?:cho\s++)?(?:các|những)\s++)?(?P<unit>năm|tháng|quý|giai\s++đoạn)\s++(?:tiếp\s++theo|tiếp\s++sau|sau|kế\s++tiếp|tới)(?:\s++đó)?(?!\w)"
    r"(?:\s++(?:của\s++)?năm\s++(?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\s*+(?P<open>\()?\s*+(?:(?:bắt\s++đầu|kể|tính)\s++)?từ\s++năm\s++(?P<year>(?:19|20)\d\d)(?!\d)(?:\s*+(?:-|đến)\s*+(?:hết\s++)?(?:năm\s++)?(?P<last>(?:19|20)\d\d)(?!\d))?"
    r"(?:\s++trở\s++đi)?(?P<close>\s*+\))?",
    re.IGNORECASE,
)
_RECURRENCE = {"năm": "yearly", "quý": "quarterly", "tháng": "monthly", "tuần": "weekly"}
_HALF_YEAR = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class _Lead:
    """The bounding words before a unit."""

    flags: frozenset[str]
    end: int


def _lead_at(view: str, at: int, end: int) -> _Lead:
    flags: set[str] = set()
    for _ in range(5):
        match = _LEAD.match(view, at, end)
        if not match:
            break
        flags.add(match.lastgroup or "")
        at = match.end()
    return _Lead(frozenset(flags), at)


def phrase_at(view: str, at: int, end: int, rules: TimeRules, context: TimeContext) -> list[Phrase]:
    """The phrases that begin at ``at``: none, one, or the members of a list ("năm 2017 và năm 2021")."""
    lead = _lead_at(view, at, end)
    year = context.year or (context.issued_on.year if context.issued_on else None)
    first = unit_at(view, lead.end, end, rules.feasts, year)
    if first is None:
        return []
    unit, stop = first
    if not lead.flags & {"before", "latest", "until"} and (other := _range_at(view, stop, end, unit, rules, year)):
        return _suffixed(view, Span(at, other[1]), end, other[0], lead.flags | {"range"}, context)
    chain = [(unit, Span(at, stop)), *_list_at(view, stop, end, unit, rules, year)]
    known = next((item.year for item, _ in reversed(chain) if item.year), None)
    chain = _joined([(item if item.year or not known or item.last_year else replace(item, year=known), span) for item, span in chain])
    phrases: list[Phrase] = []
    tail = _suffixed(view, chain[-1][1], end, chain[-1][0], lead.flags, context)
    for item, span in chain[:-1]:
        each = tail[0].mention if tail else None
        repeated = each is not None and each.kind is TimeKind.RECURRING
        phrases += _repeat(item, span, lead.flags, each.recurrence or "yearly") if repeated and each else _phrase(item, span, lead.flags, context)
    phrases += tail
    if len(phrases) < 2:
        return phrases
    whole = Span(at, phrases[-1].mention.span.end)
    strength = min(phrase.strength for phrase in phrases)
    return [replace(phrase, whole=whole, strength=strength) for phrase in phrases]


def _range_at(view: str, stop: int, end: int, unit: Unit, rules: TimeRules, year: int | None) -> tuple[Unit, int] | None:
    """A span between two units; the first takes month and year from the second where it has none."""
    to = _TO.match(view, stop, end)
    found = unit_at(view, to.end(), end, rules.feasts, unit.year or year) if to else None
    if not found:
        return None
    other, other_end = found
    if other.naked and other.grain == "year" and not _AFTER_NAKED.match(view, other_end, end) and unit.grain != "year":
        return None
    if not unit.months[0]:
        unit = replace(unit, months=(other.months[0], other.months[0]))
    if not other.months[0] or not unit.months[0] or unit.last_year:
        return None
    last_year = other.last_year or other.year
    if last_year is None and unit.year:
        last_year = unit.year + (other.months[1] < unit.months[0])
    first_year = unit.year or (other.year - (unit.months[0] > other.months[1]) if other.year else None)
    if first_year and last_year and first_year > last_year:
        return None
    days = (unit.days[0], other.days[1])
    return Unit("range", first_year, (unit.months[0], other.months[1]), days, last_year=last_year, naked=unit.naked and other.naked), other_end


def _list_at(view: str, stop: int, end: int, unit: Unit, rules: TimeRules, year: int | None) -> list[tuple[Unit, Span]]:
    """Further units of the same grain after "," or "và"."""
    more: list[tuple[Unit, Span]] = []
    while sign := _AND.match(view, stop, end):
        found = unit_at(view, sign.end(), end, rules.feasts, year)
        if not found or found[0].grain != unit.grain or (found[0].naked and not unit.naked and not _AFTER_NAKED.match(view, found[1], end)):
            break
        if found[0].grain == "day" and not unit.months[0]:
            break
        more.append((found[0], Span(sign.end(), found[1])))
        stop = found[1]
    return more


def _joined(chain: list[tuple[Unit, Span]]) -> list[tuple[Unit, Span]]:
    """Neighbouring quarters or months of one year become one stretch ("quý III và quý IV năm 2025")."""
    merged = chain[:1]
    for unit, span in chain[1:]:
        last, where = merged[-1]
        if unit.grain in ("quarter", "month") and not unit.part and not last.part and unit.year == last.year and unit.months[0] == last.months[1] + 1:
            merged[-1] = (replace(last, months=(last.months[0], unit.months[1])), Span(where.start, span.end))
        else:
            merged.append((unit, span))
    return merged


def _suffixed(view: str, span: Span, end: int, unit: Unit, flags: frozenset[str], context: TimeContext) -> list[Phrase]:
    """The phrase of the last unit with what follows it: "hằng năm", "trở đi", "và các năm tiếp theo"."""
    at = span.end
    if (match := _IN_QUARTER.match(view, at, end)) and unit.grain == "day":
        months = "3,6,9,12" if match["place"].lower() == "cuối" else "1,4,7,10"
        rrule = f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={unit.days[1]}"
        phrase = _repeat(unit, Span(span.start, match.end()), flags, "quarterly")[0]
        return [replace(phrase, mention=replace(phrase.mention, rrule=rrule))]
    if (match := _EVERY.match(view, at, end) or _NEXT.match(view, at, end)) and not unit.year:
        phrases = _repeat(unit, Span(span.start, match.end()), flags, _RECURRENCE[match["unit"].lower()])
        return [bounded(view, phrase, end) for phrase in phrases]
    if match := _FOLLOWING.match(view, at, end):
        return _followed(unit, Span(span.start, match.end()), match, flags, context)
    if match := _ONWARD.match(view, at, end):
        return _phrase(replace(unit, naked=False), Span(span.start, match.end()), flags | {"from"}, context)
    return _phrase(unit, span, flags, context)


def bounded(view: str, phrase: Phrase, end: int) -> Phrase:
    """A recurring phrase with the years that bound it: "hằng năm (từ năm 2018 trở đi)"."""
    match = _SINCE.match(view, phrase.mention.span.end, end)
    if not match:
        return phrase
    stop = match.end() if match["open"] and match["close"] else match.end() - len(match["close"] or "")
    last = date(int(match["last"]), 12, 31) if match["last"] else None
    mention = replace(phrase.mention, span=Span(phrase.mention.span.start, stop), start=date(int(match["year"]), 1, 1), end=last)
    return replace(phrase, mention=mention)


def _repeat(unit: Unit, span: Span, flags: frozenset[str], recurrence: str) -> list[Phrase]:
    """A day, month or quarter that comes again every so often."""
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
    mention = TimeMention(span, TimeKind.RECURRING, None, None, "before" in flags, recurrence, month_day, rrule, "timeframes.date-every")
    return [Phrase(mention, Strength.STRONG, unit.grain, recurrence)]


def _followed(unit: Unit, span: Span, match: re.Match[str], flags: frozenset[str], context: TimeContext) -> list[Phrase]:
    year = unit.year or (int(match["year"]) if match["year"] else None) or _context_year(context)
    start = unit.first(year)
    open_end = match["unit"].lower() in ("năm",) or "giai" in match["unit"].lower()
    last = None if open_end or not year else date(int(match["year"] or year), 12, 31)
    mention = TimeMention(span, TimeKind.PERIOD, start, last if last and start and last >= start else None, rule="timeframes.and-following")
    return [Phrase(mention, Strength.WITHIN if "within" in flags else Strength.BARE, unit.grain)]


def _context_year(context: TimeContext) -> int | None:
    return context.year or (context.issued_on.year if context.issued_on else None)


def _missing_year(unit: Unit, context: TimeContext) -> int | None:
    """The document's year; the next one for a date that lies more than half a year before the signing ("trước 15/01" said in November)."""
    year = _context_year(context)
    last = unit.last(year) if year else None
    if year and last and context.issued_on and last < context.issued_on - _HALF_YEAR and context.issued_on.year == year:
        return year + 1
    return year


def _phrase(unit: Unit, span: Span, flags: frozenset[str], context: TimeContext) -> list[Phrase]:
    """What a unit means under its bounding words."""
    if not unit.months[0]:
        mention = TimeMention(span, TimeKind.DEADLINE, before="before" in flags)
        return [Phrase(mention, Strength.NAKED, "day", yearless=(0, unit.days[1]))] if flags else []
    year = unit.year or _missing_year(unit, context)
    first = unit.first(year)
    last = unit.last(year)
    if year is None and not flags & {"before", "latest", "until", "within", "now"}:
        return []
    mention = _bounded_by(flags, unit, first, last, context)
    yearless = (unit.months[1], unit.days[1]) if unit.grain == "day" and not unit.year else None
    return [Phrase(replace(mention, span=span), _strength(unit, flags), unit.grain, yearless=yearless)]


def _bounded_by(flags: frozenset[str], unit: Unit, first: date | None, last: date | None, context: TimeContext) -> TimeMention:
    none = Span(0, 0)
    if "before" in flags:
        # "trước ngày 31/10" names the day; "trước năm 2030" excludes the whole unit, so its eve is the last day allowed.
        exact = unit.grain in ("day", "feast") or unit.part == "cuối"
        last = last if exact or not first else add_days(first, -1)
        if "now" not in flags:
            return TimeMention(none, TimeKind.DEADLINE, None, last, before=True, rule="timeframes.before")
    if "now" in flags:
        return TimeMention(none, TimeKind.PERIOD, context.issued_on if not last or not context.issued_on or context.issued_on <= last else None, last, rule="timeframes.from-now")
    if flags & {"latest", "until"}:
        return TimeMention(none, TimeKind.DEADLINE, None, last, rule="timeframes.until")
    if "range" not in flags and "after" in flags:
        return TimeMention(none, TimeKind.PERIOD, add_days(last, 1) if last else None, None, rule="timeframes.after")
    if "range" not in flags and "from" in flags and not unit.last_year:
        return TimeMention(none, TimeKind.PERIOD, first, None, rule="timeframes.from")
    if unit.part == "cuối" and unit.grain in ("year", "quarter"):
        return TimeMention(none, TimeKind.DEADLINE, None, last, rule="timeframes.end-of")
    kind = TimeKind.POINT if first is not None and first == last and unit.grain in ("day", "feast") else TimeKind.PERIOD
    return TimeMention(none, kind, first, last, rule="timeframes.unit")


def _strength(unit: Unit, flags: frozenset[str]) -> Strength:
    if flags & {"now", "latest", "done"} or ("before" in flags and (unit.grain != "year" or not unit.naked)):
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
