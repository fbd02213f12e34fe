"""The unit after a number: percent, multiplier, measure, or the counted noun phrase, with its denominator."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from kehoach.rules.quantities import QuantityRules
from kehoach.schemas.spans import Span

_WORD = regex.compile(r"\s*([\p{L}&]+(?:[-/&][\p{L}]+)*+\d?G?|\d{1,3}[GD])(?!\w)")
# "giường bệnh/10.000 dân": a power of ten after the stroke is a denominator, any other number a quantity of its own ("cây/276 tuyến phố").
_PER = regex.compile(
    r"\s*/\s*(?:10{2,6}|10{0,2}(?:\.000){1,2}|1|vạn)?\s*(?:\p{L}+(?:\s+(?:dân|sàn|sinh|đẻ|sống|trẻ|hộ|động|người|ngày|đêm|gia|đình|gái|trai|nữ|ra)(?!\w)){0,3})"
    r"|\s+(?:trên|/)\s+(?:một\s+|1\s+)?(?:10{2,6}|10{0,2}(?:\.000){1,2}|vạn|1\s+vạn|một\s+vạn)\s+\p{L}+(?:\s+(?:đẻ|sống|dân|sinh|ra)(?!\w)){0,3}"
    r"|\s+(?:mỗi|một|trên\s+một|trên\s+mỗi)\s+(?:giây|giờ|ngày|tháng|quý|năm|người|hộ)(?!\w)",
    regex.IGNORECASE,
)
_OTHER_HALF = regex.compile(r"\s*(?:,|(?<!\w)và(?!\w))\s+(\p{Ll}+(?:\s+\p{Ll}+)?)(?!\w)")
_MAX_WORDS = 10


@dataclass(frozen=True, slots=True)
class Unit:
    """What was read after a number; ``span`` None when nothing counts as a unit, ``end`` where reading stopped."""

    span: Span | None
    text: str | None
    factor: float
    end: int
    kind: str  # percent, closed, noun, none


def read_unit(view: str, at: int, end: int, rules: QuantityRules) -> Unit:
    """The unit that begins at ``at`` (the end of a number), never beyond ``end``."""
    if match := rules.percent.match(view, at, end):
        return _with_denominator(view, Span(*match.span(1)), end, 1.0, "percent")
    factor = 1.0
    for _ in range(2):  # "nghìn tỷ"
        if not (match := rules.multiplier.match(view, at, end)):
            break
        factor, at = factor * rules.words.multipliers[" ".join(match.group(1).lower().split())], match.end()
    if match := rules.closed.match(view, at, end):
        return _with_denominator(view, Span(*match.span(1)), end, factor, "closed")
    if span := _noun_phrase(view, at, end, rules):
        return _with_denominator(view, span, end, factor, "noun")
    if match := _PER.match(view, at, end):  # "30/100000 trẻ đẻ sống"
        span = Span(match.end() - len(match.group().lstrip()), match.end())
        return Unit(span, " ".join(view[span.start : span.end].split()), factor, span.end, "noun")
    return Unit(None, None, factor, at, "none")


def _with_denominator(view: str, span: Span, end: int, factor: float, kind: str) -> Unit:
    for _ in range(2):  # "đồng/người/năm"
        if match := _PER.match(view, span.end, end):
            span = Span(span.start, match.end())
    return Unit(span, " ".join(view[span.start : span.end].split()), factor, span.end, kind)


def _noun_phrase(view: str, at: int, end: int, rules: QuantityRules) -> Span | None:
    """The counted noun: words up to punctuation, a digit, a stop word, a stop pair, or a proper name after common words."""
    words: list[regex.Match[str]] = []
    while len(words) <= _MAX_WORDS and (match := _WORD.match(view, at, end)):
        words.append(match)
        at = match.end()
    names = [match.group(1).lower() for match in words]
    taken = 0
    for place, word in enumerate(names[:_MAX_WORDS]):
        before, after = names[place - 1] if place else "", names[place + 1] if place + 1 < len(names) else ""
        whole = {f"{before} {word}", f"{word} {after}"} & rules.words.compounds
        shown = words[place].group(1)
        name = place > 0 and words[0].group(1)[0].islower() and shown.istitle() and shown[0].isalpha()  # "trạm 5G" is a kind of station
        if name or (word in rules.words.stops and not whole) or _stops(f"{word} {after}", place, rules):
            break
        taken = place + 1
    if not taken or (words[0].start(1) == words[0].start()):
        return None  # nothing, or letters glued to the number: a name ("3E"), or no known measure
    return Span(words[0].start(1), _coordinated(view, words[taken - 1].end(1), end, names[:taken], rules))


def _coordinated(view: str, at: int, end: int, names: list[str], rules: QuantityRules) -> int:
    """The end of a noun that goes on behind a comma or "và" as one half of a fixed pair."""
    match = _OTHER_HALF.match(view, at, end)
    if match is None:
        return at
    following = [word.lower() for word in match.group(1).split()]
    for taken in range(len(following), 0, -1):
        for before in (1, 2):
            if " ".join([*names[-before:], *following[:taken]]) in rules.words.coordinated:
                words = list(_WORD.finditer(view, match.start(1), match.end(1)))
                return words[taken - 1].end(1)
    return at


def _stops(pair: str, place: int, rules: QuantityRules) -> bool:
    return pair in rules.words.stop_pairs and (place > 0 or pair not in rules.words.noun_pairs)
