"""Targets (chỉ tiêu) and results: what is measured, how much, by when."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import regex

from kehoach.rules.quantities import UnitWords
from kehoach.rules.targets import TargetRules, load_target_rules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Measure, MeasureKind, Quantity, TimeMention

from .clauses import EDGE, Clause, clauses, sentences
from .governing import every_print, governing_times
from .indicators import Words, read_indicator
from .spans import as_printed, squash, trim
from .statements import Setting, Statement, Surroundings, Verdict, is_aside
from .verdicts import judge

__all__ = ["MeasureInput", "Setting", "TargetRules", "find_measures", "load_target_rules", "setting_of_heading"]

_MIN_WORDS = 3  # "Bảo đảm an toàn" is the shortest outcome a list states
_LONG = 7  # words from which an item that begins like no outcome is one, if it ends like a sentence
_AND_THEN = regex.compile(r"\s*(?:,\s*)?và\s+(?=\p{Ll})")
_OPENING = 40  # characters in which a sentence of prose announces that it lists targets


@dataclass(frozen=True, slots=True)
class MeasureInput:
    """What is already known about one sentence, list item or cell.

    ``quantities`` and ``timeframes``, in order of printing, are those of the text itself; ``listed`` says that the text is an item of a list, so that
    its outcomes without a number are targets too; ``words`` is the lexicon of the quantity rules. ``subject`` is what the
    row or lead-in is about: the indicator of a number that stands alone ("31,5%" in a result cell). ``text`` is the text as printed, which
    indicators and units are taken from (the view has tone marks in one style); "" where the view is that text.
    """

    quantities: tuple[Quantity, ...]
    timeframes: tuple[TimeMention, ...]
    setting: Setting
    words: UnitWords
    issued_on: date | None = None
    listed: bool = False
    subject: str = ""
    text: str = ""


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
    listed = found.listed and found.setting is Setting.TARGETS
    told = found.setting is Setting.REPORT and bool(found.timeframes)
    if not (found.quantities or listed or told):
        return ()
    measures: list[Measure] = []
    numbers = [item.number.start for item in found.quantities]
    printed = every_print(view, span, found.timeframes)
    moments = [item.span.start for item in printed]
    around = Surroundings(found.setting, found.issued_on, found.words, subject=found.subject, printed=found.text)
    for sentence in sentences(view, span, [item.span for item in found.quantities]):
        here = found.quantities[bisect_left(numbers, sentence.start) : bisect_left(numbers, sentence.end)]
        inside = [item for item in here if not is_aside(view, item, sentence, found.words, rules)]
        times = printed[bisect_left(moments, sentence.start) : bisect_left(moments, sentence.end)]
        pieces = list(clauses(view, sentence, inside, rules))
        read = _read_sentence(view, pieces, times, rules, around)
        measures += [item for item in read if item.kind is not MeasureKind.FACT]
        if listed or _announces(view, sentence, read, rules):
            measures += _qualitative(Words(view, found.text), pieces, read, times, rules)
        elif told and times:
            measures += _promised(Words(view, found.text), pieces, read, times, rules)
        if read and read[-1].kind is not around.earlier:
            around = replace(around, earlier=read[-1].kind)
    return tuple(sorted(measures, key=lambda item: (item.quantity.span if item.quantity else item.span, item.span)))


def _read_sentence(view: str, pieces: list[Clause], times: Sequence[TimeMention], rules: TargetRules, around: Surroundings) -> list[Measure]:
    """One measure per stated number, facts among them."""
    stated = [(piece, piece.quantity) for piece in pieces if piece.quantity is not None]
    read: list[Measure] = []
    base = around.subject
    for place, ((piece, quantity), governing) in enumerate(zip(stated, governing_times(view, stated, times), strict=True)):
        verdict = judge(Statement(view, piece, quantity, around, rules), governing)
        if place and _restates(view, stated[place - 1][1], quantity):
            verdict = Verdict(MeasureKind.FACT, "targets.restated", 0.7)
        elif place and _is_served(view, stated[place - 1][1], quantity, rules):
            verdict = Verdict(MeasureKind.FACT, "targets.kinds-served", 0.7)
        indicator = read_indicator(Words(view, around.printed), piece, times, rules, previous=base, closed=around.words.closed)
        base = base if base and indicator.startswith(base) else indicator
        shown = quantity
        if quantity.unit is not None and (printed := squash(as_printed(view, around.printed, quantity.unit))) != quantity.unit_text:
            shown = replace(quantity, unit_text=printed)
        read.append(Measure(piece.span, verdict.kind, indicator, shown, governing, verdict.rule, verdict.confidence))
        if verdict.kind is not around.said:
            around = replace(around, said=verdict.kind)
    return _completed(view, read)


def _completed(view: str, read: list[Measure]) -> list[Measure]:
    """In "đến năm 2027 đạt 80%, đến năm 2030 đạt 90% hộ có nước sạch" the first number takes the words of the next."""
    later = ""
    whole = []
    for item in reversed(read):
        later = item.indicator or later or squash(view[item.span.start : item.span.end])
        whole.append(item if item.indicator == later else replace(item, indicator=later))
    return whole[::-1]


def _restates(view: str, first: Quantity, second: Quantity) -> bool:
    """In "2 Gigabit mỗi giây (2 Gbps)", "2.000 tỷ đồng (tương đương 90 triệu USD)": the same amount once more in brackets."""
    between = "".join(view[first.span.end : second.span.start].lower().split())
    same = first.value == second.value and first.unit_text != second.unit_text
    equivalent = view[second.span.start : second.number.start].lower().startswith("tương đương")
    return between == "(" and (same or equivalent)


def _is_served(view: str, first: Quantity, second: Quantity, rules: TargetRules) -> bool:
    """In "80% trẻ nhỏ được tiêm ít nhất 6 loại vắc xin": the kinds are part of what the share measures."""
    if not (first.unit_text or "").startswith("%") or (second.unit_text or "%").startswith("%"):
        return False
    return rules.patterns.first("kinds-served", view, first.span.end, second.span.end) is not None


def _announces(view: str, sentence: Span, read: list[Measure], rules: TargetRules) -> bool:
    """Whether a sentence of prose opens a list of targets ("Với mục tiêu phấn đấu 70% ...; xây dựng ...")."""
    if len(read) < 2 or read[0].kind is not MeasureKind.TARGET:
        return False
    return rules.patterns.first("announcement", view, sentence.start, min(sentence.end, sentence.start + _OPENING)) is not None


def _qualitative(words: Words, pieces: list[Clause], read: list[Measure], times: Sequence[TimeMention], rules: TargetRules) -> list[Measure]:
    """Outcomes without a number: the segments of a listed target that state none, except labels."""
    view = words.view
    stated = {item.quantity.number for item in read if item.quantity is not None and item.kind is not MeasureKind.FACT}
    busy = {piece.segment for piece in pieces if piece.quantity is not None and piece.quantity.number in stated}
    found = []
    for span in _outcome_spans(view, pieces, busy, rules):
        if view[span.end : span.end + 1] != ":" and _is_outcome(view, span, rules):
            own = tuple(item for item in times if item.span.within(span))
            indicator = read_indicator(words, Clause(span, None, span, span), times, rules)
            found.append(Measure(span, MeasureKind.TARGET, indicator, None, own, "targets.qualitative", 0.6))
    return found


def _promised(words: Words, pieces: list[Clause], read: list[Measure], times: Sequence[TimeMention], rules: TargetRules) -> list[Measure]:
    """What a report says will be reached by a time of its own, without a number: a standing, or an outcome beside a number to be reached."""
    if any(item.kind is MeasureKind.TARGET for item in read):
        found = [item.span for item in _qualitative(words, pieces, read, times, rules) if item.timeframes]
    else:
        told = pieces and not read and rules.patterns.first("standing", words.view, *pieces[0].sentence)
        found = [pieces[0].sentence] if told else []
    measures = []
    for span in [part for outcome in found for part in _by_time(words.view, outcome, times)]:
        own = tuple(item for item in times if item.span.within(span))
        indicator = read_indicator(words, Clause(span, None, span, span), times, rules)
        measures.append(Measure(span, MeasureKind.TARGET, indicator, None, own, "targets.promised", 0.55))
    return measures


def _by_time(view: str, span: Span, times: Sequence[TimeMention]) -> list[Span]:
    """The parts of "hoàn thành hồ sơ vào quý III và trình thẩm định vào tháng 12": each ends with its time."""
    parts, start = [], span.start
    inside = [item for item in times if item.span.within(span)]
    for item in inside[:-1]:
        if joint := _AND_THEN.match(view, item.span.end, span.end):
            parts.append(Span(start, item.span.end))
            start = joint.end()
    return [*parts, Span(start, span.end)]


def _outcome_spans(view: str, pieces: list[Clause], busy: set[Span], rules: TargetRules) -> list[Span]:
    """The stretches that state an outcome each.

    A segment that begins like no outcome goes on with the one before it ("phát triển các ngành: du lịch; vận tải"); after a number
    it stands for itself only behind a semicolon, since a colon opens what elaborates the number.
    """
    spans: list[Span] = []
    goes_on = True
    for piece in pieces:
        span = trim(view, piece.segment, EDGE)
        if piece.segment in busy or not span.length:
            goes_on = view[piece.segment.end : piece.segment.end + 1] == ";" and not spans
        elif spans and span.within(spans[-1]):
            continue
        elif _begins_outcome(view, span, rules) or (goes_on and not spans):
            spans.append(span)
            goes_on = True
        elif goes_on:
            spans[-1] = Span(spans[-1].start, span.end)
    return spans


def _begins_outcome(view: str, span: Span, rules: TargetRules) -> bool:
    return rules.patterns.first("outcome", view[span.start : span.end]) is not None


def _is_outcome(view: str, span: Span, rules: TargetRules) -> bool:
    text = view[span.start : span.end]
    words = len(text.split())
    if words < _MIN_WORDS or rules.patterns.first("achieved", text) or rules.patterns.first("requirement", text):
        return False
    return _begins_outcome(view, span, rules) or (view[span.end : span.end + 1] in (".", ";") and words >= _LONG)
