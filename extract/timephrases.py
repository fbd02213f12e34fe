"""Phrases of the calendar: bounding words, a unit, a range or list of units, and what follows.

``phrases_at`` reads at one position. It says what a phrase means, not whether it binds anything: that is decided in
``timebinding.py``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kehoach.schemas.spans import Span
from kehoach.schemas.stages import TimeKind

from .timegrammar import Unit, dotted_day_at, unit_at
from .timemeaning import Bounds, Passage, Phrase, meaning, repeated, suffixed

# Words that may stand before a unit, several in a row: "xong trước ngày", "từ nay đến hết", "chậm nhất là trong".
LEAD = re.compile(
    r"""(?:
      (?P<now>(?:kể\s++)?từ\s++(?:nay|bây\s++giờ|thời\s++điểm\s++này))
    | (?P<latest>(?:chậm|muộn|trễ)\s++nhất(?:\s++là)?|không\s++(?:quá|(?:muộn|chậm|trễ)\s++hơn)|hạn\s++(?:cuối|chót))
    | (?P<before>trước(?:\s++thời\s++(?:điểm|hạn|gian))?)
    | (?P<until>(?:cho\s++|tính\s++)?(?:đến|tới)(?:\s++(?:hết|thời\s++điểm|cuối(?=\s++(?:ngày|giai))))?|hết)
    | (?P<after>sau)
    | (?P<from>(?:bắt\s++đầu\s++|kể\s++|tính\s++)?từ|bắt\s++đầu)
    | (?P<within>(?:ngay\s++)?(?:trong|vào)(?:\s++(?:thời\s++gian|khoảng(?:\s++thời\s++gian)?|các(?=\s++(?:ngày|tháng|quý))))?
        |(?:nhân\s++)?dịp|cả(?=\s++(?:năm|quý|tháng)))
    | (?P<some>(?:những|các)\s++tháng(?=\s++(?:đầu|giữa|cuối)\s++năm))
    | (?P<done>xong|thời\s++hạn)
    | (?P<periodic>định\s++kỳ)
    )(?!\w)[\s:(]*+""",
    re.IGNORECASE | re.VERBOSE,
)
# Where a phrase may begin; every phrase holds a figure, a quarter or a feast. Conversion glues figures to their word ("ngày30/6").
# This and what every phrase holds are sought in lower case (``Passage.starts``).
START = re.compile(
    r"""(?<![\w/])(?<!\d[.,-])(?:
      (?:19|20)\d\d | \d\d?(?=\s{0,2}(?:[/.-]|tháng|năm|(?:,|và|&)\s?(?:ngày\s)?\d)) | t\d\d?(?=/)
    | ngày(?=\s*\d) | tháng(?=\s*\d) | quý(?=\s*(?:[1-4i]|một|hai|ba|tư)) | năm(?=\s*[\d(]|\s+(?:học|năm|ba|mười|từ)(?!\w))
    | giai(?=\s+đoạn) | nhiệm(?=\s+kỳ) | niên(?=\s+độ) | thời(?=\s+(?:kỳ|hạn)) | (?:hai|ba)(?=\s+năm) | các(?=\s+(?:năm|tháng)) | những(?=\s+tháng)
    | (?:đầu|giữa|cuối)(?=\s+(?:(?:các\s+)?t|quý|năm)) | nửa(?=\s+(?:đầu|cuối)) | (?:thượng|trung|hạ)(?=\s+tuần)
    | (?:tết|giỗ|xong)(?!\w) | trung(?=\s+thu) | định(?=\s+kỳ) | bắt(?=\s+đầu) | (?:chậm|muộn|trễ)(?=\s+nhất) | không(?=\s+(?:quá|muộn|chậm|trễ))
    | hạn(?=\s+(?:cuối|chót)) | cho(?=\s+(?:đến|tới)) | tính(?=\s+(?:đến|tới|từ)) | nhân(?=\s+dịp) | kể(?=\s+từ) | ngay(?=\s+(?:trong|vào))
    | cả(?=\s+(?:năm|quý|tháng))
    | (?:trước|đến|tới|hết|sau|từ|trong|vào|dịp)
      (?=[\s:(]++(?:\d|(?:ngày|tháng|quý|năm)\d|(?:ngày|tháng|quý|năm|giai|thời|nhiệm|niên|đầu|giữa|cuối|nửa|thượng|trung|hạ|những|các|cả|hết|tết|giỗ
        |trước|trong|vào|dịp|khoảng|từ|nay|bây|đến|tới|nhất|quá|muộn|chậm|trễ|chót|hạn|kỳ|sau)(?!\w)))
    )""",
    re.VERBOSE,
)
HAS_UNIT = re.compile(r"\d|tháng\s+này|năm\s+nay|quý|năm\s+(?:tiếp|tới|kế)|tết|giỗ|trung\s+thu")
_TO = re.compile(r"\s*+(?:-|(?:cho\s++)?(?:đến|tới)(?!\w)(?:\s++hết(?!\w))?)\s*+", re.IGNORECASE)
_AND = re.compile(r"\s*+(?:,\s*+(?:và\s++)?|;\s*+|(?:và|hoặc)\s++|&\s*+)", re.IGNORECASE)
# A bare year in a list is a year only if the list or clause goes on: "năm 2025, 2000 hộ" counts households.
_AFTER_NAKED = re.compile(r"\s*+(?:[,.;:)(-]|$|(?:và|là|đạt|tương\s++ứng|h[ằà]ng|trở)(?!\w))", re.IGNORECASE)
_MOST_LEADS = 5


def phrases_at(passage: Passage, at: int) -> list[Phrase]:
    """The phrases that begin at ``at``: none, one, or the members of a list ("năm 2017 và năm 2021")."""
    flags, after = _lead_at(passage, at)
    first = unit_at(passage.view, after, passage.end, passage.rules.feasts, passage.year)
    if first is None and flags & {"before", "latest"}:
        first = dotted_day_at(passage.view, after, passage.end)
    if first is None:
        return []
    unit, stop = first
    if not flags & {"before", "latest", "until"} and (other := _range_at(passage, stop, unit)):
        return suffixed(passage, other[0], Bounds(Span(at, other[1]), flags | {"range"}))
    chain = _chain(passage, unit, Span(at, stop))
    phrases = suffixed(passage, chain[-1][0], Bounds(chain[-1][1], flags))
    if len(chain) == 1 or not phrases:
        return phrases
    last = phrases[0].mention
    members: list[Phrase] = []
    for item, span in chain[:-1]:
        bounds = Bounds(span, flags)
        members += repeated(item, bounds, last.recurrence or "yearly") if last.kind is TimeKind.RECURRING else meaning(passage, item, bounds)
    members += phrases
    whole, strength = Span(at, members[-1].mention.span.end), min(phrase.strength for phrase in members)
    return [replace(phrase, whole=whole, strength=strength) for phrase in members]


def _lead_at(passage: Passage, at: int) -> tuple[frozenset[str], int]:
    """Which bounding words stand at ``at``, and where they end."""
    flags: set[str] = set()
    for _ in range(_MOST_LEADS):
        match = LEAD.match(passage.view, at, passage.end)
        if not match:
            break
        flags.add(match.lastgroup or "")
        at = match.end()
    return frozenset(flags), at


def _range_at(passage: Passage, stop: int, unit: Unit) -> tuple[Unit, int] | None:
    """A span between two units; the first takes month and year from the second where it has none."""
    to = _TO.match(passage.view, stop, passage.end)
    found = unit_at(passage.view, to.end(), passage.end, passage.rules.feasts, unit.year or passage.year) if to else None
    if not found or unit.last_year:
        return None
    other, end = found
    if other.naked and other.grain == "year" and unit.grain != "year" and not _AFTER_NAKED.match(passage.view, end, passage.end):
        return None
    if not unit.months[0]:
        unit = replace(unit, months=(other.months[0], other.months[0]))
    if not other.months[0]:
        return None
    last_year = other.last_year or other.year or (unit.year + (other.months[1] < unit.months[0]) if unit.year else None)
    first_year = unit.year or (other.year - (unit.months[0] > other.months[1]) if other.year else None)
    if first_year and last_year and (first_year, unit.months[0]) > (last_year, other.months[1]):
        return None
    months, days = (unit.months[0], other.months[1]), (unit.days[0], other.days[1])
    return Unit("range", first_year, months, days, last_year=last_year, naked=unit.naked and other.naked), end


def _chain(passage: Passage, unit: Unit, span: Span) -> list[tuple[Unit, Span]]:
    """The unit and those of its grain after "," or "và"; they share the year that the last one states."""
    chain = [(unit, span)]
    stop = span.end
    while sign := _AND.match(passage.view, stop, passage.end):
        found = unit_at(passage.view, sign.end(), passage.end, passage.rules.feasts, passage.year)
        if not found or found[0].grain != unit.grain or (found[0].grain == "day" and not unit.months[0]):
            break
        if found[0].naked and found[0].grain in ("year", "years") and not _AFTER_NAKED.match(passage.view, found[1], passage.end):
            break
        stop = found[1]
        chain.append((found[0], Span(sign.end(), stop)))
    known = next((item.year for item, _ in reversed(chain) if item.year), None)
    return _joined([(item if item.year or not known else replace(item, year=known), where) for item, where in chain])


def _joined(chain: list[tuple[Unit, Span]]) -> list[tuple[Unit, Span]]:
    """Neighbouring quarters or months of one year become one stretch ("quý III và quý IV năm 2025")."""
    merged = chain[:1]
    for unit, span in chain[1:]:
        last, where = merged[-1]
        whole = unit.grain in ("quarter", "month") and not unit.part and not last.part
        if whole and unit.year == last.year and unit.months[0] == last.months[1] + 1:
            merged[-1] = (replace(last, months=(last.months[0], unit.months[1])), Span(where.start, span.end))
        else:
            merged.append((unit, span))
    return merged
