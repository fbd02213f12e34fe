"""Fields of a site's property box ("Số hiệu", "Ngày ban hành", "Người ký"): boilerplate as text, legitimate evidence as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import regex

from kehoach.extract.citations import NUMBER, read_date, read_number
from kehoach.extract.matching import fold
from kehoach.extract.spans import squash
from kehoach.rules.instruments import Instruments
from kehoach.rules.loader import RuleSet
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText

_VALUE = 600  # characters of the longest value, a subject; others end at the line's end or the next label
_NAME = regex.compile(r"\p{Lu}\p{Ll}*(?:\s\p{Lu}\p{Ll}*){1,4}(?!\p{Ll})")


@dataclass(slots=True)
class PropertyBox:
    """Values as printed, each with its span in ``evidence``."""

    number: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    kind: str | None = None
    signer: str | None = None
    post: str | None = None
    title: str | None = None
    evidence: dict[str, Span] = field(default_factory=dict)


def read_property_box(clean: CleanText, rules: RuleSet, register: Instruments) -> PropertyBox:
    """The first value of each field in the dropped ranges; a field that no range has stays empty."""
    box = PropertyBox()
    for item in _joined(clean):
        text = fold(item.of(clean.text))
        if box.number is None and (found := rules.first("box_number", text)):
            value = _value(clean.text, text, item, found[1].end(), rules)
            if match := NUMBER.match(text, value.start, value.end):
                number = read_number(match, register)
                box.number, box.evidence["number"] = number.text, _shift(number.span, item)
        if box.issued_on is None and (found := rules.first("box_date", text)) and (day := read_date(text, found[1].end(), len(text))):
            box.issued_on, box.evidence["issued_on"] = day[0], _shift(Span(found[1].end(), day[1]), item)
        for name, label in (("issuer", "box_issuer"), ("kind", "box_type"), ("signer", "box_signer"), ("post", "box_post"), ("title", "box_title")):
            if getattr(box, name) is None and (found := rules.first(label, text)):
                value = _value(clean.text, text, item, found[1].end(), rules)
                if name == "signer":
                    person = _NAME.match(value.of(text))
                    value = Span(value.start, value.start + len(person.group()) if person else value.start)
                if value.length:
                    setattr(box, name, squash(value.of(text)))
                    box.evidence["doc_type" if name == "kind" else name] = _shift(value, item)
    return box


def _joined(clean: CleanText) -> list[Span]:
    """Dropped ranges, neighbours joined: a field's label and value may be dropped one by one."""
    joined: list[Span] = []
    for item in clean.dropped:
        if joined and not clean.text[joined[-1].end : item.span.start].strip():
            joined[-1] = Span(joined[-1].start, item.span.end)
        else:
            joined.append(item.span)
    return joined


def _shift(span: Span, within: Span) -> Span:
    return Span(span.start + within.start, span.end + within.start)


def _value(source: str, text: str, item: Span, start: int, rules: RuleSet) -> Span:
    """From ``start`` to the line's end or the next label; boxes that are copied run their fields together."""
    end = min(len(text), start + _VALUE)
    newline = source.find("\n", item.start + start, item.start + end)
    end = newline - item.start if newline != -1 else end
    if stop := rules.first("box_stop", text, start, end):
        end = stop[1].start()
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end)
