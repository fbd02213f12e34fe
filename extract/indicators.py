"""What a stated number measures, in the words of its clause."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kehoach.rules.targets import TargetRules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Quantity, TimeMention

from .clauses import Clause
from .spans import as_printed, squash

_JOINTS = re.compile(r"(?:(so)|kế hoạch|dự toán|chỉ tiêu|mục tiêu|tổng kế hoạch)(?!\w)", re.IGNORECASE)
_LOOSE = re.compile(r"\s+(?:vào|trong|từ|trước|đến|tới)$", re.IGNORECASE)  # left over where a time was taken out
_EDGE = " ,;:.-–—()|\"'“”‘’"
_PAIRS = {'"': '"', "“": "”", "(": ")"}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text as printed (``text``; "" where the view is it), at the places of the view."""

    view: str
    text: str = ""

    def of(self, span: Span, times: Sequence[TimeMention]) -> str:
        """The words of ``span`` without the timeframes in it, on one line."""
        parts, at = [], span.start
        for item in times:
            if item.span.within(span) and item.span.start >= at:
                parts.append(as_printed(self.view, self.text, Span(at, item.span.start)))
                at = item.span.end
        rest = as_printed(self.view, self.text, Span(at, span.end))
        return _tidy(squash(" ".join([*parts, rest])).replace("( )", "").replace("()", ""))


def read_indicator(
    words: Words, clause: Clause, times: Sequence[TimeMention], rules: TargetRules, *, previous: str = "", closed: Collection[str] = ()
) -> str:
    """The indicator as plain text on one line; "" for a number that has no words and none before it.

    ``closed`` are units that name nothing ("ha", "đồng"); ``previous`` is the indicator of the quantity before it in the
    sentence, for numbers that state none of their own
    ("đến năm 2025 đạt 100%", "tăng 7,5% so với cùng kỳ").
    """
    quantity = clause.quantity
    if quantity is None:
        return _without_lead(words.of(clause.span, times), rules) or words.of(clause.span, ())
    end = quantity.span.end
    before = _without_lead(words.of(Span(clause.span.start, quantity.span.start), times), rules)
    after = _after(words.of(Span(end, max(end, clause.span.end)), times), clause)
    named = _tidy(rules.value_end.sub("", before))
    unit = words.of(quantity.unit, ()) if quantity.unit is not None else ""
    if named and _is_value(before, named, after, quantity, rules):
        return _LOOSE.sub("", named)
    if not named and (joint := _JOINTS.match(after)):  # "đạt 92% kế hoạch", "tăng 5% so với cùng kỳ": of what was said before
        return (" " if joint.group(1) else ", ").join(filter(None, (previous, after)))
    counted = "" if unit.startswith("%") or (named and unit.lower().split("/")[0] in closed) else unit
    # "tập huấn cho 90% cán bộ": the words before and after the number make one phrase.
    lead = before if named and rules.valued_end.search(before) is None else named
    text = " ".join(filter(None, (lead, counted, after)))
    own = named or after or len(counted.split()) > 1  # "120 triệu lượt khách nội địa" names what it counts, "276 tuyến" does not
    return _tidy(_LOOSE.sub("", text if own or not previous else previous))


def _is_value(before: str, named: str, after: str, quantity: Quantity, rules: TargetRules) -> bool:
    """Whether the number is the value of what stands before it ("tỷ lệ X đạt 80%"), so that ``named`` alone is the indicator."""
    unit = quantity.unit_text or "%"
    if rules.valued_end.search(before) or rules.head.match(named):
        return True
    return not after if unit.startswith("%") else quantity.comparator in ("+", "-")


def _tidy(text: str) -> str:
    """``text`` without signs at its ends, but with the closing sign of what it opens."""
    bare = text.strip(_EDGE)
    at = text.find(bare) + len(bare)
    for first, last in _PAIRS.items():
        opened = bare.count(first) % 2 if first == last else bare.count(first) > bare.count(last)
        if bare and opened and text[at : at + 1] == last:
            return bare + last
    return bare


def _without_lead(text: str, rules: TargetRules) -> str:
    while (match := rules.lead.match(text)) and match.end() > 0:
        text = text[match.end() :]
    return _tidy(text)


def _after(text: str, clause: Clause) -> str:
    """The words after a number; a shared number skips the other numbers between it and the common words."""
    if not clause.shared:
        return text
    words = text.split()
    first = next((place for place, word in enumerate(words) if any(char.isdigit() for char in word)), None)
    if first is None:
        return text
    while first < len(words) and any(char.isdigit() or char in "%()" for char in words[first]):
        first += 1
    return _tidy(" ".join(words[first:]))
