"""Spans of the text as read to places and words of the text as printed, for the output document.

Damaged letters are read in a restored text; what leaves says where the printed text has it, and prints it as that does.
"""

from __future__ import annotations

from bisect import bisect_right

from kehoach.extract.printed import Restored
from kehoach.extract.spans import LineIndex, squash
from kehoach.schemas import document as out
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import AgencyMention, Measure, Quantity

_MARKDOWN = str.maketrans({"*": None, "_": " ", "#": None, "`": None})


class Quoter:
    """Quotes and places spans of one document; the same span gives the same object, for what is inherited stands in many records."""

    def __init__(self, restored: Restored) -> None:
        self._restored, self._text, self._pages = restored, restored.printed.text, restored.printed.source.page_starts
        self._lines = LineIndex(self._text)
        self._spans: dict[Span, out.TextSpan] = {}

    def span(self, span: Span) -> out.TextSpan:
        """A span of the text as read, placed in the printed text."""
        known = self._spans.get(span)
        if known is None:
            known = self._spans[span] = self.place(self._restored.span(span))
        return known

    def place(self, span: Span) -> out.TextSpan:
        """A span of the printed text with its line and page."""
        page = bisect_right(self._pages, span.start) if self._pages else None
        return out.TextSpan(start=span.start, end=span.end, line=self._lines.line(span.start), page=page or None)

    def _quoted(self, span: Span) -> str:
        return self._restored.span(span).of(self._text)

    def text(self, span: Span) -> str:
        """What is printed at a span, with single blanks."""
        return squash(self._quoted(span))

    def plain(self, span: Span | None) -> str:
        """``text`` without Markdown signs; "" for no span."""
        return squash(self._quoted(span).translate(_MARKDOWN)) if span else ""

    def name(self, mention: AgencyMention) -> str:
        """The name as the text prints it; a name that a list shares out has no place of its own and stays as it was put together."""
        if damaged := self._restored.name(mention):
            return squash(damaged.translate(_MARKDOWN))
        if squash(self._restored.read.view[mention.span.start : mention.span.end]) == squash(mention.name):
            return self.plain(mention.span)
        return squash(mention.name)

    def indicator(self, measure: Measure) -> str:
        """What is measured, as printed, without Markdown signs."""
        return squash(self._restored.wording(measure.indicator, measure.span).translate(_MARKDOWN))

    def unit(self, quantity: Quantity) -> str | None:
        """The unit of a quantity as printed; as it was read where it has no place of its own."""
        if quantity.unit is None or not quantity.unit_text:
            return quantity.unit_text and squash(quantity.unit_text)
        return squash(self._restored.wording(quantity.unit_text, quantity.unit))
