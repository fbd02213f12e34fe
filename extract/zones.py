"""Which zone of a document each block stands in: head, body, signature, the title of an attached part, captions.

Source of the parts of an instrument: Nghị định 30/2020/NĐ-CP, phụ lục I. News pages have a headline, captions and an author line instead.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from enum import StrEnum

from kehoach.rules.loader import RuleSet
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Block, CleanText, Marker

NEWS = frozenset({"news_article", "news_digest", "meeting_report"})
_OPENS_BODY = frozenset({Marker.PART, Marker.ARTICLE, Marker.ROMAN, Marker.CAPITAL, Marker.ARABIC, Marker.DECIMAL, Marker.LETTER})
_ENCLOSED_WITHIN = 4  # blocks: type word, one to three title lines, then "(Kèm theo ...)"
_TITLE_BLOCKS = 5
_SUMMARY_BLOCKS = 3  # headline and summary of a news page
_LINK_CHARS = 600  # a picture's Markdown link with its address


class Zone(StrEnum):
    """What kind of place a block stands in."""

    HEAD = "head"  # letterhead, title, legal basis, introduction
    BODY = "body"
    END = "end"  # recipients, signature
    ATTACHED = "attached"  # a line of the title of an attached plan, list or appendix
    CAPTION = "caption"


def upper_share(text: str) -> float:
    """Share of capitals among the letters of ``text``; 0 without letters.

    >>> upper_share("MỤC ĐÍCH 1")
    1.0
    """
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) / len(letters) if letters else 0.0


class ZoneReader:
    """Walks the blocks of one document and names the zone of each."""

    def __init__(self, clean: CleanText, rules: RuleSet, genre: str, title: str | None) -> None:
        self._view = clean.view
        self._text = clean.text
        self._rules = rules
        self._news = genre in NEWS
        self._title = "".join((title or "").lower().split())

    def zones(self, blocks: Sequence[Block], tables: Sequence[Span]) -> tuple[Zone, ...]:
        """One zone for each block; ``tables`` are the spans of the tables, which end the head of a part."""
        found: list[Zone] = []
        zone = Zone.HEAD
        starts = sorted(table.start for table in tables)
        for i, block in enumerate(blocks):
            next_table = bisect_left(starts, blocks[i - 1].span.end) if i else len(starts)
            if next_table < len(starts) and starts[next_table] < block.span.start and zone is not Zone.END:
                zone = Zone.BODY
            zone, here = self._step(zone, blocks, i)
            found.append(here)
        return tuple(found)

    def _step(self, zone: Zone, blocks: Sequence[Block], i: int) -> tuple[Zone, Zone]:
        """The zone that holds from block ``i`` on, and that of the block itself."""
        block = blocks[i]
        text = self._view[block.span.start : block.span.end].strip()
        if self._news:
            return Zone.BODY, self._news_zone(text, blocks, i)
        if self._is("recipients", text) or self._is("signature", text):
            return Zone.END, Zone.END
        if block.marker is Marker.APPENDIX or self._opens_part(zone, blocks, i):
            return Zone.ATTACHED, Zone.ATTACHED
        if zone is Zone.ATTACHED:
            if self._is("enclosed", text):
                return Zone.HEAD, Zone.HEAD
            if block.marker is Marker.NONE and upper_share(_before_bracket(text)) > 0.7 and self._title_lines(blocks, i) < _TITLE_BLOCKS:
                return Zone.ATTACHED, Zone.ATTACHED
            zone = Zone.HEAD
        if zone is Zone.END:
            opens = block.marker in (Marker.PART, Marker.ROMAN) and block.number is not None and upper_share(text) > 0.7
            return (Zone.BODY, Zone.BODY) if opens else (Zone.END, Zone.END)
        if zone is Zone.HEAD:
            return self._head_step(block, text)
        if any(self._is(label, text) for label in ("formula", "legal", "letterhead")) and block.marker is Marker.NONE:
            return zone, Zone.HEAD
        return Zone.BODY, Zone.BODY

    def _head_step(self, block: Block, text: str) -> tuple[Zone, Zone]:
        if block.marker in _OPENS_BODY:
            return Zone.BODY, Zone.BODY
        if self._is("intro", text) and block.marker is Marker.NONE:
            return Zone.BODY, Zone.HEAD
        return Zone.HEAD, Zone.HEAD

    def _opens_part(self, zone: Zone, blocks: Sequence[Block], i: int) -> bool:
        """An attached plan or table: a title in capitals after the signature, or one with "(Kèm theo ...)" under it."""
        block = blocks[i]
        text = self._view[block.span.start : block.span.end].strip()
        if (
            zone in (Zone.HEAD, Zone.ATTACHED)
            or block.marker is not Marker.NONE
            or not self._is("attached", text)
            or upper_share(_before_bracket(text)) < 0.8
        ):
            return False
        if zone is Zone.END:
            return True
        below = [self._view[b.span.start : b.span.end] for b in blocks[i : i + _ENCLOSED_WITHIN]]
        return any(self._is("enclosed", line) or "(Kèm theo" in line or "(Ban hành kèm theo" in line for line in below)

    def _title_lines(self, blocks: Sequence[Block], i: int) -> int:
        count = 0
        while i > 0 and upper_share(self._view[blocks[i - 1].span.start : blocks[i - 1].span.end]) > 0.7:
            count, i = count + 1, i - 1
        return count

    def _news_zone(self, text: str, blocks: Sequence[Block], i: int) -> Zone:
        squashed = "".join(text.lstrip("# ").lower().split())
        asks = i < _SUMMARY_BLOCKS and text.count("?") > 1  # the questions that the page answers
        if i == 0 or asks or (self._title and squashed == self._title):
            return Zone.HEAD if not text.endswith((".", ";")) else Zone.BODY
        line = self._text.rfind("\n", 0, self._text.rfind("\n", 0, blocks[i].span.start) + 1 or 1)
        above = self._text[max(0, line - _LINK_CHARS) : blocks[i].span.start].strip().rsplit("\n", 1)[-1].strip()
        if len(text) < 200 and not text.endswith((".", "?", ";", ":")) and self._is("picture", above):
            return Zone.CAPTION
        if (
            len(text) < 200
            and not text.endswith((".", "?", ";", ":"))
            and any(self._is(label, text) for label in ("caption", "byline", "dateline", "picture"))
        ):
            return Zone.CAPTION
        return Zone.BODY

    def _is(self, label: str, text: str) -> bool:
        return any(rule.pattern.search(text) for rule in self._rules.labelled(label))


def _before_bracket(text: str) -> str:
    return text.split("(", 1)[0]
