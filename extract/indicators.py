"""What a stated number measures, in the words of its clause."""

from __future__ import annotations

from collections.abc import Sequence

from kehoach.rules.targets import TargetRules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import TimeMention

from .clauses import Clause
from .spans import squash

_EDGE = " ,;:.-()\"'"


def read_indicator(view: str, clause: Clause, times: Sequence[TimeMention], rules: TargetRules, previous: str) -> str:
    """The indicator as plain text on one line, never empty.

    ``previous`` is the indicator of the quantity before it in the sentence, for numbers that state none of their own
    ("đến năm 2025 đạt 100%", "tăng 9,5% so với cùng kỳ").
    """
    quantity = clause.quantity
    if quantity is None:
        return _without_lead(_text(view, clause.span, times), rules) or _text(view, clause.span, ())
    end = quantity.span.end
    before = _without_lead(_text(view, Span(clause.span.start, quantity.span.start), times), rules)
    # A shared number skips the numbers between it and the common words.
    after = _after(_text(view, Span(end, max(end, clause.span.end)), times), clause)
    named = rules.value_end.sub("", before).strip(_EDGE)
    valued = named != before or clause.final
    unit = quantity.unit_text or ""
    if unit.startswith("%") or not unit:
        text = named if named and (valued or not after) else " ".join(filter(None, (named, after)))
    elif valued and named and len(named.split()) > 1:
        text = named
    else:
        text = " ".join(filter(None, (named, unit, after)))
    if after.lower().startswith("so ") and not named:
        text = " ".join(filter(None, (previous, after)))
    return text or previous or _text(view, clause.span, ())


def _text(view: str, span: Span, times: Sequence[TimeMention]) -> str:
    """``view[span]`` without the timeframes in it."""
    parts, at = [], span.start
    for item in times:
        if item.span.within(span) and item.span.start >= at:
            parts.append(view[at : item.span.start])
            at = item.span.end
    return squash(" ".join([*parts, view[at : span.end]]).replace("()", " ").replace("( )", " ").replace("(  )", " ")).strip(_EDGE)


def _without_lead(text: str, rules: TargetRules) -> str:
    while (match := rules.lead.match(text)) and match.end() > 0:
        text = text[match.end() :]
    return text.strip(_EDGE)


def _after(text: str, clause: Clause) -> str:
    if not clause.shared:
        return text
    words = text.split()
    first = next((place for place, word in enumerate(words) if any(char.isdigit() for char in word)), None)
    if first is None:
        return text
    while first < len(words) and any(char.isdigit() or char in "%()" for char in words[first]):
        first += 1
    return " ".join(words[first:]).strip(_EDGE)
