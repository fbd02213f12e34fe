"""When what a report states was so: the time that opens a sentence holds for all its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kehoach.extract.clauses import sentences
from kehoach.extract.reading import Reading
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import MeasureKind, MeasureRecord, TimeKind, TimeMention, When

# What may stand before the time: "Kết quả, trong tháng 3 ...", "Theo báo cáo của Sở Y tế, đến ngày 15/3 ...".
_BEFORE = re.compile(r"(?:(?:kết\s+quả|cụ\s+thể|trong\s+đó|theo\s+(?:báo\s+cáo|thống\s+kê|số\s+liệu)[^,.;:]{0,80})\s*[,:]\s*)?", re.IGNORECASE)
_LONGEST = 60  # "Tính từ ngày 15 tháng 12 năm 2025 đến ngày 15 tháng 3 năm 2026"
_DATED = frozenset({TimeKind.PERIOD, TimeKind.POINT, TimeKind.DEADLINE})


def with_periods(reading: Reading, span: Span, records: Sequence[MeasureRecord]) -> list[MeasureRecord]:
    """``records`` of the paragraph ``span``, results without a time of their own with the one that opens their sentence."""
    if not any(_needs(record) for record in records):
        return list(records)
    opened = [(sentence, time) for sentence in sentences(reading.view, span) if (time := _opening(reading, sentence))]
    return [_dated(record, opened) if _needs(record) else record for record in records]


def _needs(record: MeasureRecord) -> bool:
    return record.measure.kind is MeasureKind.RESULT and not record.times


def _opening(reading: Reading, sentence: Span) -> TimeMention | None:
    """The dated time that the sentence begins with."""
    before = _BEFORE.match(reading.view, sentence.start, sentence.end)
    start = before.end() if before else sentence.start
    found = reading.times(Span(start, min(sentence.end, start + _LONGEST)), cell=True)
    return found[0] if found and found[0].span.start == start and found[0].kind in _DATED and (found[0].start or found[0].end) else None


def _dated(record: MeasureRecord, opened: Sequence[tuple[Span, TimeMention]]) -> MeasureRecord:
    quantity = record.measure.quantity
    at = quantity.number if quantity else record.measure.span
    said = next((time for sentence, time in opened if sentence.meets(at)), None)
    return replace(record, times=(When(said),)) if said else record
