"""The parts of a document that are open at a place: which headings, lead-ins and items enclose the next block, and which it closes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kehoach.extract.markers import BULLET_RANK, rank_of
from kehoach.schemas.stages import Block, Marker, Node, NodeKind, Topic


@dataclass(slots=True)
class OpenPart:
    """A node that still encloses what follows: its style, and the style of the list it governs (lead-ins)."""

    style: str
    node: int
    kind: NodeKind
    governs: str | None = None


class OpenParts:
    """The stack of what is open, outermost first; ``nodes`` is the outline that its owner makes longer, ``news`` says that it is of a news page."""

    def __init__(self, nodes: Sequence[Node], *, news: bool) -> None:
        self._nodes, self._news = nodes, news
        self._items: list[OpenPart] = []

    def __len__(self) -> int:
        return len(self._items)

    # --- opening and closing ---------------------------------------------------------------

    def open(self, style: str, kind: NodeKind, governs: str | None = None) -> None:
        """Opens the part of the node added last."""
        self._items.append(OpenPart(style, len(self._nodes) - 1, kind, governs))

    def keep(self, depth: int) -> None:
        """Closes all but the ``depth`` outermost parts."""
        del self._items[depth:]

    def close_lists(self) -> None:
        """Closes the items and lead-ins inside the innermost heading."""
        while self._items and self._items[-1].kind is not NodeKind.HEADING:
            self._items.pop()

    def close_for(self, block: Block, kind: NodeKind, *, quotes: bool = False) -> None:
        """Closes what does not enclose ``block``; ``quotes`` says that it is a lead-in to the words of a law."""
        if block.marker is Marker.NONE:
            self._close_for_paragraph(kind, quotes=quotes)
            return
        rank = rank_of(block.style)
        styles = [item.style for item in self._items]
        if block.style in styles:
            place = len(styles) - 1 - styles[::-1].index(block.style)
            del self._items[place:]
            return
        while self._items and self._items[-1].governs != block.style and rank_of(self._items[-1].style) >= rank:
            if (kind is not NodeKind.HEADING or self._news) and self._items[-1].kind is NodeKind.HEADING and not self._items[-1].style:
                break  # an unnumbered heading holds whatever list stands under it
            self._items.pop()

    def _close_for_paragraph(self, kind: NodeKind, *, quotes: bool) -> None:
        if self._holds_quotation(kind, quotes=quotes):
            return
        if kind is NodeKind.HEADING:
            keep = (
                0
                if self._news
                else next((i for i, item in enumerate(self._items) if item.kind is not NodeKind.HEADING or item.style == ""), len(self._items))
            )
            del self._items[keep:]
            return
        while self._items and (
            self._items[-1].kind is NodeKind.ITEM or (self._items[-1].kind is NodeKind.LEAD_IN and not self._keeps_list(self._items[-1]))
        ):
            self._items.pop()
        if kind is NodeKind.LEAD_IN:
            while self._items and self._items[-1].kind is NodeKind.LEAD_IN:
                self._items.pop()

    def _holds_quotation(self, kind: NodeKind, *, quotes: bool) -> bool:
        """On a page that explains: the title right under a lead-in that quotes a law belongs to the quotation, and all up to the next heading."""
        place = next((i for i, item in enumerate(self._items) if self._nodes[item.node].topic is Topic.QUOTED), None)
        if place is None or not self._news:
            return False
        if quotes:
            del self._items[place:]
            return True
        if kind is NodeKind.HEADING:
            return self._items[-1].node == len(self._nodes) - 1 and self._items[-1].kind is NodeKind.LEAD_IN
        while self._items[-1].kind is not NodeKind.HEADING and len(self._items) > place + 1:
            self._items.pop()
        return True

    def _keeps_list(self, lead: OpenPart) -> bool:
        """A lead-in over a numbered list holds on after a paragraph; over bullets it ends with the list."""
        return lead.governs is not None and 0 < rank_of(lead.governs) < BULLET_RANK and lead.governs != ""

    # --- what encloses a block -------------------------------------------------------------

    def innermost(self) -> OpenPart | None:
        """The part opened last, whatever it is."""
        return self._items[-1] if self._items else None

    def holder(self) -> OpenPart | None:
        """The innermost heading or lead-in."""
        return next((item for item in reversed(self._items) if item.kind is not NodeKind.ITEM), None)

    def heading(self) -> int | None:
        """The node of the innermost heading."""
        return next((item.node for item in reversed(self._items) if item.kind is NodeKind.HEADING), None)

    def beside_heading(self, block: Block) -> bool:
        """Whether a part with a number of the same style is open: ``block`` is the next one beside it."""
        return any(item.kind is NodeKind.HEADING and item.style == block.style for item in self._items)

    def enclosing_styles(self, block: Block) -> list[str]:
        """The styles of the numbers that stay open around ``block``, outermost first."""
        styles = [item.style for item in self._items if item.kind is NodeKind.HEADING]
        if block.style in styles:
            return styles[: styles.index(block.style)]
        rank = rank_of(block.style)
        over = [item.style for item in self._items if item.kind is NodeKind.LEAD_IN and item.governs == block.style]  # "- Tiêu chí ...:" over "(i)"
        return [style for style in styles if rank_of(style) < rank] + over
