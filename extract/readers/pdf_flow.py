"""Pages in the order of reading: paragraphs and tables joined over page ends, page furniture moved out of their way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from kehoach.extract.readers.pdf_columns import reading_order
from kehoach.extract.readers.pdf_furniture import Furniture
from kehoach.extract.readers.pdf_page import Line, PageContent, RuledTable
from kehoach.extract.readers.pdf_paragraphs import Paragraph, joins_over_page, paragraphs
from kehoach.extract.readers.pdf_tables import FlowTable, flow_table, join

# Footnotes are set smaller than the text by a tenth at least.
_SMALL = 0.9
# In justified text at least this share of the lines ends at the right edge.
_JUSTIFIED = 0.35
# Two edges of the type area on different pages.
_SAME_WIDTH = 6.0


@dataclass(slots=True)
class Aside:
    """What a page prints outside the text, with the reason why it is not part of it."""

    text: str
    reason: str
    page: int


Entry = Paragraph | FlowTable | Aside


@dataclass(slots=True)
class _Flow:
    entries: list[Entry] = field(default_factory=list)
    open: Paragraph | FlowTable | None = None
    opened_on: int = 0
    after: list[Entry] = field(default_factory=list)

    def body(self, entry: Paragraph | FlowTable, page: int) -> None:
        self.entries += [*self.after, entry]
        self.after = []
        self.open, self.opened_on = entry, page


def arrange(pages: Sequence[PageContent], furniture: Sequence[Furniture]) -> list[Entry]:
    """Everything on ``pages`` in the order in which it is written."""
    flow = _Flow()
    rights = _right_edges(pages)
    notes: list[Paragraph] = []
    footers: list[Aside] = []
    for number, (page, taken) in enumerate(zip(pages, furniture, strict=True)):
        headers: list[Aside] = [Aside(text, reason, number) for text, reason in taken.above]
        body, lines = _body(page, number, rights[number])
        repeated = _joined(flow, body)
        if repeated is not None:
            body = body[1:]
            if footers and flow.opened_on == number - 1 and not flow.after:
                flow.entries[-1:-1] = footers
                footers = []
            flow.after += [*footers, *notes, *headers, *(Aside(text, "repeated-table-header", number) for text in repeated)]
        else:
            flow.entries += [*flow.after, *notes, *footers, *headers]
            flow.after, flow.open = [], None
        for entry in body:
            flow.body(entry, number)
        notes = paragraphs(lines, number)
        footers = [Aside(text, reason, number) for text, reason in taken.below]
    flow.entries += [*flow.after, *notes, *footers]
    return flow.entries


def _joined(flow: _Flow, body: list[Paragraph | FlowTable]) -> list[str] | None:
    """Joins the first entry of a page to the last one of the page before; the repeated header rows, None where they stand apart."""
    if not body or flow.open is None:
        return None
    first = body[0]
    if isinstance(flow.open, FlowTable):
        return join(flow.open, first) if isinstance(first, FlowTable) else None
    if isinstance(first, Paragraph) and joins_over_page(flow.open, first.lines[0]):
        flow.open.lines += first.lines
        flow.open.pages += first.pages
        return []
    return None


def _body(page: PageContent, number: int, right: float) -> tuple[list[Paragraph | FlowTable], list[Line]]:
    """Paragraphs and tables of one page, and the lines of its footnotes."""
    lines, notes = _footnotes(page)
    entries: list[Paragraph | FlowTable] = []
    rest = sorted(lines, key=lambda line: line.top)
    for table in sorted(page.tables, key=lambda table: table.top):
        middle = (table.top + table.bottom) / 2
        entries += _text([line for line in rest if line.top < middle], number, right)
        rest = [line for line in rest if line.top >= middle]
        entries += _table(table, number)
    entries += _text(rest, number, right)
    return entries, notes


def _table(table: RuledTable, number: int) -> list[Paragraph | FlowTable]:
    found = flow_table(table, number)
    if sum(bool(cell.paragraphs) for cell in found.cells) > 1 and len(found.edges) > 2:
        return [found]
    return [paragraph for cell in found.cells for paragraph in cell.paragraphs]  # a frame round text


def _text(lines: Sequence[Line], number: int, right: float) -> list[Paragraph | FlowTable]:
    runs = reading_order(lines)
    found: list[Paragraph | FlowTable] = []
    for run in runs:
        high = max(line.x1 for line in run)
        low = min(line.x0 for line in run)
        full = not run.column
        found += paragraphs(run, number, low, right if full else high) if full or len(run) > _LETTERHEAD else _apart(run, number)
    return found


# A column of so few lines is a letterhead or a signature: centred lines that are paragraphs of their own.
_LETTERHEAD = 7


def _apart(lines: Sequence[Line], number: int) -> list[Paragraph]:
    return [Paragraph([line], [number], line.x0, float("inf")) for line in lines]  # with room for any word, so nothing joins them


def _footnotes(page: PageContent) -> tuple[list[Line], list[Line]]:
    """Lines of text, and the smaller ones at the foot of the page."""
    lines = sorted(page.lines, key=lambda line: line.top)
    if len(lines) < 4:
        return lines, []
    size = median(line.size for line in lines)
    at = len(lines)
    lowest = max((table.bottom for table in page.tables), default=0.0)
    while at and lines[at - 1].size <= _SMALL * size and lines[at - 1].top > lowest:
        at -= 1
    if at in (0, len(lines)) or not lines[at].text[:1].isdigit():
        return lines, []
    return lines[:at], lines[at:]


def _right_edges(pages: Sequence[PageContent]) -> list[float]:
    """The right edge of the type area of each page: that of its own lines, or of most pages of its width where it has few."""
    own = [_right_edge(page.lines) for page in pages]
    found = []
    by_width: dict[int, list[float]] = {}
    for page, edge in zip(pages, own, strict=True):
        if len(page.lines) >= 8:
            by_width.setdefault(round(page.width), []).append(edge)
    for page, edge in zip(pages, own, strict=True):
        usual = median(by_width[round(page.width)]) if round(page.width) in by_width else edge
        found.append(edge if len(page.lines) >= 8 and abs(edge - usual) > _SAME_WIDTH else max(edge, usual))
    return found


def _right_edge(lines: Sequence[Line]) -> float:
    """Where most full lines end; the farthest end in text that is not justified."""
    ends = sorted((line.x1 for line in lines), reverse=True)
    for place, end in enumerate(ends):
        near = sum(end - other <= 2.0 for other in ends[place:])
        if near >= max(3, _JUSTIFIED * len(ends)):
            return end
    return ends[0] if ends else 0.0
