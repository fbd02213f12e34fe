"""A text as printed and as read, with its damaged words whole; from what was read back to the printed positions and wordings."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from kehoach.extract.damage import Edit, restore
from kehoach.extract.matching import fold
from kehoach.extract.spans import squash
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import AgencyMention, CleanText, Dropped, Grid, GridCell, Note

_SHOWN = 3


class Restored:
    """A text whose damaged words have their letters and blanks back; without edits both sides are one text.

    ``read`` is what the stages read, ``printed`` what the document quotes, with a note of what was read as meant.
    """

    def __init__(self, printed: CleanText, edits: Sequence[Edit] = ()) -> None:
        self.printed = printed
        self._at = [edit.at for edit in edits]
        self._opens = [edit.opens for edit in edits]
        self._sizes = [0, *accumulate(len(edit.letters) for edit in edits)]
        self._starts = [edit.at + before for edit, before in zip(edits, self._sizes, strict=False)]
        self.read = self._restored(edits) if edits else printed
        if edits:
            self.printed = replace(printed, source=replace(printed.source, notes=(*printed.source.notes, self._note())))

    # --- to the restored text --------------------------------------------------------------

    def _restored(self, edits: Sequence[Edit]) -> CleanText:
        given = self.printed.source
        dropped = self._dropped(self.printed.dropped)
        source = replace(
            given,
            text=restore(given.text, edits),
            grids=tuple(
                Grid(
                    self._on(grid.span),
                    tuple(tuple(GridCell(cell.span and self._on(cell.span), cell.inherited) for cell in row) for row in grid.rows),
                )
                for grid in given.grids
            ),
            dropped=self._dropped(given.dropped),
            page_starts=tuple(self._on(Span(start, start + 1)).start for start in given.page_starts),
        )
        return CleanText(source, dropped, fold(restore(self.printed.view, edits)))

    def _dropped(self, items: Sequence[Dropped]) -> tuple[Dropped, ...]:
        return tuple(Dropped(self._on(item.span), item.reason) for item in items)

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

    def span(self, span: Span) -> Span:
        """``span`` of what was read in the printed text; never empty where it was not."""
        if not self._at:
            return span
        start = self._back(span.start)
        return Span(start, max(self._back(span.end), start + (span.end > span.start)))

    def _note(self) -> Note:
        words = [self._word(at) for at in self._at]
        pairs = ((span.of(self.printed.text), self._on(span).of(self.read.text)) for span in words)
        shown = ", ".join(f"“{printed}” as “{read}”" for printed, read in list(dict.fromkeys(pairs))[:_SHOWN])
        count = f"{len(words)} damaged words were" if len(words) > 1 else "a damaged word was"
        return Note("damaged-words", f"{count} read as meant, {shown}; quotes stay as printed", words[0], severity="info")

    def _word(self, at: int) -> Span:
        """The printed word to which a letter is missing at ``at``."""
        text = self.printed.text
        start, end = at, at
        while start and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        return Span(start, end)

    def name(self, mention: AgencyMention) -> str | None:
        """A damaged name as printed, None for any other; what a list puts before it stays ("các tchức xã hội")."""
        if not self._damaged(mention.span):
            return None
        seen = squash(self.read.view[mention.span.start : mention.span.end])
        given = mention.name[: -len(seen)] if mention.name.endswith(seen) else ""
        said = self._wording(mention.name.removeprefix(given), mention.span)
        return said and given + said

    def wording(self, words: str, span: Span) -> str:
        """``words`` of ``span`` as the printed text has them, or as they are where it has them not."""
        return (self._damaged(span) and self._wording(words, span)) or words

    def _damaged(self, span: Span) -> bool:
        return bisect_left(self._starts, span.start) < bisect_left(self._starts, span.end)

    def _wording(self, words: str, span: Span) -> str | None:
        """``words`` as the printed text has them; None where they do not stand in ``span`` as they are."""
        # Blanks and marks may part the words in the text.
        seen = self.read.view[span.start : span.end]
        places = [place for place, char in enumerate(seen) if not char.isspace()]
        at = "".join(seen.split()).find("".join(words.split()))
        if at < 0:
            return None
        length = len("".join(words.split()))
        found = self.span(Span(span.start + places[at], span.start + places[at + length - 1] + 1))
        return squash(self.printed.text[found.start : found.end])
