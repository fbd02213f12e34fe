"""From a restored text back to the printed one: every position, and every wording that was read from it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import accumulate
from typing import TypeVar

from kehoach.extract.damage import Edit, restore
from kehoach.extract.matching import view_of
from kehoach.extract.spans import squash
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import AgencyMention, CleanText, Dropped, Grid, GridCell, Measure, Metadata, Note, Quantity, SourceText

T = TypeVar("T")
_SHOWN = 3


class Restored:
    """A source in which damaged words have their letters and blanks back; ``source`` is what the stages read."""

    def __init__(self, printed: SourceText, edits: Sequence[Edit]) -> None:
        self._printed = printed
        self._at = [edit.at for edit in edits]
        self._opens = [edit.opens for edit in edits]
        self._sizes = [0, *accumulate(len(edit.letters) for edit in edits)]
        self._starts = [edit.at + before for edit, before in zip(edits, self._sizes, strict=False)]
        self.source = self._restored(edits)

    # --- to the restored text --------------------------------------------------------------

    def _restored(self, edits: Sequence[Edit]) -> SourceText:
        given = self._printed
        return replace(
            given,
            text=restore(given.text, edits),
            grids=tuple(
                Grid(
                    self._on(grid.span),
                    tuple(tuple(GridCell(cell.span and self._on(cell.span), cell.inherited) for cell in row) for row in grid.rows),
                )
                for grid in given.grids
            ),
            dropped=tuple(Dropped(self._on(item.span), item.reason) for item in given.dropped),
            page_starts=tuple(self._on(Span(start, start + 1)).start for start in given.page_starts),
        )

    def _on(self, span: Span) -> Span:
        """``span`` with the letters that begin its first word and end its last."""
        first, last = bisect_left(self._at, span.start), bisect_left(self._at, span.end)
        if first < len(self._at) and self._at[first] == span.start and not self._opens[first]:
            first += 1
        if last < len(self._at) and self._at[last] == span.end and not self._opens[last]:
            last += 1
        return Span(span.start + self._sizes[first], span.end + self._sizes[last])

    # --- to the printed text ---------------------------------------------------------------

    def _back(self, position: int) -> int:
        before = bisect_right(self._starts, position) - 1
        if before < 0:
            return position
        return max(self._at[before], position - self._sizes[before + 1])

    def _span(self, span: Span) -> Span:
        start = self._back(span.start)
        return Span(start, max(self._back(span.end), start + (span.end > span.start)))

    def clean(self, read: CleanText) -> CleanText:
        """The printed text with what is dropped of it."""
        dropped = tuple(Dropped(self._span(item.span), item.reason) for item in read.dropped)
        notes = (*self._printed.notes, self._note())
        return CleanText(replace(self._printed, notes=notes), dropped, view_of(self._printed.text, dropped))

    def _note(self) -> Note:
        words = [self._word(at) for at in self._at]
        pairs = ((span.of(self._printed.text), self._on(span).of(self.source.text)) for span in words)
        shown = ", ".join(f"“{printed}” as “{read}”" for printed, read in list(dict.fromkeys(pairs))[:_SHOWN])
        count = f"{len(words)} damaged words were" if len(words) > 1 else "a damaged word was"
        return Note("damaged-words", f"{count} read as meant, {shown}; quotes stay as printed", words[0], severity="info")

    def _word(self, at: int) -> Span:
        """The printed word to which a letter is missing at ``at``."""
        text = self._printed.text
        start, end = at, at
        while start and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        return Span(start, end)

    def printed(self, value: T, view: str) -> T:
        """``value`` with every position and wording in the printed text; ``view`` is that of the restored one."""
        if isinstance(value, Span):
            return self._span(value)  # type: ignore[return-value]
        if isinstance(value, tuple):
            return tuple(self.printed(item, view) for item in value)  # type: ignore[return-value]
        if not is_dataclass(value) or isinstance(value, type):
            return value
        changed = {field.name: self.printed(getattr(value, field.name), view) for field in fields(value)}
        match value:
            case AgencyMention():
                changed["printed"] = self._name(value, view)
            case Measure():
                changed["indicator"] = self._wording(value.indicator, value.span, view) or value.indicator
            case Quantity() if value.unit is not None and value.unit_text is not None:
                changed["unit_text"] = self._wording(value.unit_text, value.unit, view) or value.unit_text
            case Metadata():
                changed["evidence"] = {name: self._span(span) for name, span in value.evidence.items()}
                for name, span in value.evidence.items():
                    if isinstance(said := getattr(value, name, None), str) and (wording := self._wording(said, span, view)):
                        changed[name] = wording
        return replace(value, **changed)  # type: ignore[type-var]

    def _name(self, mention: AgencyMention, view: str) -> str | None:
        """A damaged name as printed; what a list puts before it stays ("các tchức xã hội")."""
        seen = squash(view[mention.span.start : mention.span.end])
        given = mention.name[: -len(seen)] if mention.name.endswith(seen) else ""
        said = self._wording(mention.name.removeprefix(given), mention.span, view)
        return said and given + said

    def _wording(self, words: str, span: Span, view: str) -> str | None:
        """``words`` as the printed text has them; None where they do not stand in ``span`` as they are, or nothing of them is damaged."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        if first == last:
            return None
        # Blanks and marks may part the words in the text.
        seen = view[span.start : span.end]
        places = [place for place, char in enumerate(seen) if not char.isspace()]
        at = "".join(seen.split()).find("".join(words.split()))
        if at < 0:
            return None
        length = len("".join(words.split()))
        found = self._span(Span(span.start + places[at], span.start + places[at + length - 1] + 1))
        return squash(self._printed.text[found.start : found.end])
