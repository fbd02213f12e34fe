"""Targets (chỉ tiêu) and results: what is measured, how much, by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kehoach.rules.quantities import UnitWords
from kehoach.rules.targets import TargetRules, load_target_rules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Measure, MeasureKind, Quantity, TimeMention

from .clauses import EDGE, Clause, clauses, sentences
from .indicators import read_indicator
from .spans import trim
from .verdicts import Setting, Surroundings, Verdict, is_aside, judge

__all__ = ["MeasureInput", "Setting", "TargetRules", "find_measures", "load_target_rules", "setting_of_heading"]

_MIN_QUALITATIVE = 3  # words; "Bảo đảm an toàn" is the shortest outcome a list states


@dataclass(frozen=True, slots=True)
class MeasureInput:
    """What is already known about one sentence, list item or cell.

    ``timeframes`` are those printed in the text itself; ``listed`` says that the text is an item of a list, so that
    its outcomes without a number are targets too; ``words`` is the lexicon of the quantity rules.
    """

    quantities: tuple[Quantity, ...]
    timeframes: tuple[TimeMention, ...]
    setting: Setting
    words: UnitWords
    issued_on: date | None = None
    listed: bool = False


def setting_of_heading(title: str, rules: TargetRules) -> Setting | None:
    """What a heading says about the text below it; None when it says nothing (the heading above it then decides)."""
    for label, setting in (("heading-aims", Setting.AIMS), ("heading-targets", Setting.TARGETS), ("heading-report", Setting.REPORT)):
        if rules.patterns.first(label, title):
            return setting
    return None


def find_measures(view: str, span: Span, rules: TargetRules, found: MeasureInput) -> tuple[Measure, ...]:
    """Targets and results of ``view[span]`` in order; numbers that are neither are left out.

    Timeframes inherited from headings are the caller's: only printed ones are attached here.
    """
    measures: list[Measure] = []
    if not found.quantities and not (found.listed and found.setting is Setting.TARGETS):
        return ()
    earlier: MeasureKind | None = None
    for sentence in sentences(view, span):
        inside = [item for item in found.quantities if item.number.within(sentence) and not is_aside(view, item, sentence, found.words, rules)]
        times = [item for item in found.timeframes if item.span.within(sentence)]
        pieces = list(clauses(view, sentence, inside, rules))
        around = Surroundings(found.setting, found.issued_on, found.words, earlier)
        read = _read_sentence(view, pieces, times, rules, around)
        measures += [item for item in read if item.kind is not MeasureKind.FACT]
        if (found.listed and found.setting is Setting.TARGETS) or _announced(view, sentence, read, rules):
            measures += _qualitative(view, pieces, read, times, rules)
        earlier = read[-1].kind if read else earlier
    return tuple(sorted(measures, key=lambda item: (item.quantity.span if item.quantity else item.span, item.span)))


def _read_sentence(view: str, pieces: list[Clause], times: Sequence[TimeMention], rules: TargetRules, around: Surroundings) -> list[Measure]:
    read: list[Measure] = []
    stated = [piece for piece in pieces if piece.quantity is not None]
    shared = _shared_times(stated, times)
    for place, piece in enumerate(stated):
        governing = shared.get(place) or _governing(view, piece, stated, times)
        verdict = judge(view, piece, governing, around, rules)
        if verdict.kind is not MeasureKind.FACT and place and _restates(view, stated[place - 1], piece):
            verdict = Verdict(MeasureKind.FACT, "targets.restated", 0.7)
        around = replace(around, said=verdict.kind)
        previous = read[-1].indicator if read else ""
        indicator = read_indicator(view, piece, times, rules, previous)
        read.append(_measure(piece, verdict, indicator, governing))
    return read


def _measure(piece: Clause, verdict: Verdict, indicator: str, times: tuple[TimeMention, ...]) -> Measure:
    return Measure(piece.span, verdict.kind, indicator, piece.quantity, times, verdict.rule, verdict.confidence)


def _shared_times(stated: list[Clause], times: Sequence[TimeMention]) -> dict[int, tuple[TimeMention, ...]]:
    """ "giai đoạn A, B và C đạt tương ứng x, y và z": as many times before the numbers as there are numbers, one each."""
    if len(stated) < 2 or stated[0].quantity is None:
        return {}
    run = [place for place, piece in enumerate(stated) if piece.segment == stated[0].segment]
    before = [item for item in times if item.span.end <= stated[0].quantity.span.start and item.span.within(stated[0].segment)]
    inside_run = any(stated[run[0]].quantity.span.start < item.span.start for item in times if item.span.within(stated[0].segment))  # type: ignore[union-attr]
    if len(run) < 2 or len(before) != len(run) or inside_run or not all(stated[place].shared for place in run[:-1]):
        return {}
    return {place: (item,) for place, item in zip(run, before, strict=True)}


def _governing(view: str, piece: Clause, stated: list[Clause], times: Sequence[TimeMention]) -> tuple[TimeMention, ...]:
    """The times of one clause: the one bracketed after the number, else those of the clause and the nearest one that heads it."""
    quantity = piece.quantity
    if quantity is None:
        return ()
    usable = [item for item in times if not _compared(view, item, piece.sentence)]
    after = [
        item for item in usable if quantity.span.end <= item.span.start <= quantity.span.end + 3 and "(" in view[quantity.span.end : item.span.start]
    ]
    if after:
        return (after[0],)
    others = [other.quantity.span for other in stated if other.quantity is not None and other.quantity is not quantity]
    own = [item for item in usable if item.span.within(piece.span) and not _bracketed_for(view, item, others)]
    if own:
        return tuple(own)
    first = stated[0].quantity
    heads = [item for item in usable if item.span.end <= quantity.span.start and not _bracketed_for(view, item, others)]
    if heads and first is not None:
        return (heads[-1],)
    return ()


def _bracketed_for(view: str, item: TimeMention, others: list[Span]) -> bool:
    return any(0 <= item.span.start - other.end <= 3 and "(" in view[other.end : item.span.start] for other in others)


def _compared(view: str, item: TimeMention, sentence: Span) -> bool:
    """ "so với (cùng kỳ) năm 2019": a time that is compared with governs nothing."""
    before = view[max(sentence.start, item.span.start - 24) : item.span.start].lower().split()
    return "so" in before[-4:] or "kỳ" in before[-1:] or "hơn" in before[-1:]


def _restates(view: str, first: Clause, second: Clause) -> bool:
    """ "10 Gigabit mỗi giây (10 Gbps)", "2.000 tỷ đồng (tương đương 90 triệu USD)": the same amount once more in brackets."""
    if first.quantity is None or second.quantity is None or first.segment != second.segment:
        return False
    between = view[first.quantity.span.end : second.quantity.span.start].strip().lower()
    same = first.quantity.value == second.quantity.value and first.quantity.unit_text != second.quantity.unit_text
    return (between == "(" and same) or between.replace(" ", "") in ("(tươngđương", "(tươngđươngvới")


def _announced(view: str, sentence: Span, read: list[Measure], rules: TargetRules) -> bool:
    """Whether a sentence of prose opens a list of targets ("Với mục tiêu phấn đấu 80% ...; xây dựng ...")."""
    if len(read) < 2 or read[0].kind is not MeasureKind.TARGET:
        return False
    return rules.patterns.first("announcement", view, sentence.start, min(sentence.end, sentence.start + 40)) is not None


def _qualitative(view: str, pieces: list[Clause], read: list[Measure], times: Sequence[TimeMention], rules: TargetRules) -> list[Measure]:
    """Outcomes without a number: the segments of a listed target that state none, except labels.

    A segment that begins like no outcome goes on with the one before it ("phát triển các ngành: du lịch; vận tải").
    """
    stated = {item.quantity.number for item in read if item.quantity is not None and item.kind is not MeasureKind.FACT}
    busy = {piece.segment for piece in pieces if piece.quantity is not None and piece.quantity.number in stated}
    spans: list[Span] = []
    open_ended = True
    for piece in pieces:
        span = trim(view, piece.segment, EDGE)
        if piece.segment in busy or not span.length:
            open_ended = view[piece.segment.end : piece.segment.end + 1] == ";" and len(spans) == 0
        elif spans and span.within(spans[-1]):
            continue
        elif _begins_outcome(view, span, rules) or (not spans and open_ended):
            spans.append(span)
            open_ended = True
        elif spans and open_ended:
            spans[-1] = Span(spans[-1].start, span.end)
    found = []
    for span in spans:
        if view[span.end : span.end + 1] != ":" and _is_outcome(view, span, rules):
            own = tuple(item for item in times if item.span.within(span))
            whole = Clause(span, None, span, span)
            found.append(Measure(span, MeasureKind.TARGET, read_indicator(view, whole, times, rules, ""), None, own, "targets.qualitative", 0.6))
    return found


def _begins_outcome(view: str, span: Span, rules: TargetRules) -> bool:
    return rules.patterns.first("outcome", view[span.start : span.end]) is not None


def _is_outcome(view: str, span: Span, rules: TargetRules) -> bool:
    text = view[span.start : span.end]
    words = len(text.split())
    if words < _MIN_QUALITATIVE or rules.patterns.first("achieved", text):
        return False
    return _begins_outcome(view, span, rules) or (view[span.end : span.end + 1] in (".", ";") and words > 2 * _MIN_QUALITATIVE)
