"""When what a report states was so: the time that opens a sentence holds for all its figures, the period in a heading for those below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kehoach.extract.clauses import sentences
from kehoach.extract.reading import Reading
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import MeasureKind, MeasureRecord, Node, TimeKind, TimeMention, When

# What may stand before the time: "Kết quả, trong tháng 3 ...", "Theo báo cáo của Sở Y tế, đến ngày 15/3 ...".
_BEFORE = re.compile(r"(?:(?:kết\s+quả|cụ\s+thể|trong\s+đó|theo\s+(?:báo\s+cáo|thống\s+kê|số\s+liệu)[^,.;:]{0,80})\s*[,:]\s*)?", re.IGNORECASE)
_LONGEST = 60  # "Tính từ ngày 15 tháng 12 năm 2025 đến ngày 15 tháng 3 năm 2026"
_DATED = frozenset({TimeKind.PERIOD, TimeKind.POINT, TimeKind.DEADLINE})


def with_periods(reading: Reading, node: Node, records: Sequence[MeasureRecord]) -> list[MeasureRecord]:
    """``records`` of ``node``, results without a time of their own with the one that opens their sentence, else that of the nearest dated heading."""
    if not any(_needs(record) for record in records):
        return list(records)
    opened = [(sentence, time) for sentence in sentences(reading.view, node.value) if (time := _opening(reading, sentence))]
    above = _above(reading, node)
    return [_dated(record, opened, above) if _needs(record) else record for record in records]


def _needs(record: MeasureRecord) -> bool:
    return record.measure.kind is MeasureKind.RESULT and not record.times


def _opening(reading: Reading, sentence: Span) -> TimeMention | None:
    """The dated time that the sentence begins with."""
    before = _BEFORE.match(reading.view, sentence.start, sentence.end)
    start = before.end() if before else sentence.start
    found = reading.times(Span(start, min(sentence.end, start + _LONGEST)), cell=True)
    return found[0] if found and found[0].span.start == start and found[0].kind in _DATED and (found[0].start or found[0].end) else None


def _above(reading: Reading, node: Node) -> tuple[When, ...]:
    """The one period that a heading above names: "Kết quả thực hiện 9 tháng đầu năm 2025"."""
    index = node.parent
    while index is not None:
        title = reading.nodes[index].title
        found = [time for time in reading.times(title, cell=True) if time.kind is TimeKind.PERIOD and time.start and time.end] if title else []
        if found:
            return (When(found[0], inherited=True),) if len(found) == 1 else ()
        index = reading.nodes[index].parent
    return ()


def _dated(record: MeasureRecord, opened: Sequence[tuple[Span, TimeMention]], above: tuple[When, ...]) -> MeasureRecord:
    quantity = record.measure.quantity
    at = quantity.number if quantity else record.measure.span
    said = next((time for sentence, time in opened if sentence.meets(at)), None)
    return replace(record, times=(When(said),) if said else above)
