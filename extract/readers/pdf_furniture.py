"""What a PDF repeats on its pages: headers, footers and page numbers, taken out of the flow with a reason."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kehoach.extract.readers.pdf_page import Line, PageContent, RuledTable

# Headers and footers stand in the outer sixth of a page and are a few lines long.
_MARGIN = 0.17
_MOST_LINES = 6
_SAME_PLACE = 8.0
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:(?:[Tt]rang|[Pp]age)\s*)?(\d{1,4})(?:\s*[/|]\s*\d{1,4})?[-–—\s.]*")
_DIGITS = re.compile(r"\d+")
# On two pages a repeated line may be chance; from three on half of the pages decide.
_SHARE = 0.5


@dataclass(slots=True)
class Furniture:
    """The lines taken from the top and from the bottom of one page, each with its reason."""

    above: list[tuple[str, str]] = field(default_factory=list)
    below: list[tuple[str, str]] = field(default_factory=list)


def take_furniture(pages: Sequence[PageContent]) -> list[Furniture]:
    """Removes page headers, footers and numbers from ``pages``; what was taken from each."""
    tops = [_edge(page, top=True) for page in pages]
    bottoms = [_edge(page, top=False) for page in pages]
    head, foot = _repeated(tops), _repeated(bottoms)
    numbered = _numbered(tops), _numbered(bottoms)
    taken = []
    for number, page in enumerate(pages):
        found = Furniture()
        for edge, keys, counting, into, reason in (
            (tops[number], head, numbered[0], found.above, "page-header"),
            (bottoms[number], foot, numbered[1], found.below, "page-footer"),
        ):
            for item in edge:
                is_number = counting and _PAGE_NUMBER.fullmatch(item.text) is not None
                if not is_number and _key(item) not in keys:
                    break
                into.append((item.text, "page-number" if is_number else reason))
                _remove(page, item)
        found.below.reverse()
        taken.append(found)
    return taken


def _edge(page: PageContent, *, top: bool) -> list[Line | RuledTable]:
    """Lines and tables in the margin, from the page's edge inwards."""
    items: list[Line | RuledTable] = [*page.lines, *page.tables]
    limit = _MARGIN * page.height
    if top:
        return sorted((item for item in items if item.bottom <= limit), key=lambda item: item.top)[:_MOST_LINES]
    return sorted((item for item in items if item.top >= page.height - limit), key=lambda item: -item.bottom)[:_MOST_LINES]


def _key(item: Line | RuledTable) -> tuple[str, int]:
    """What a page repeats: the text without its numbers, at the same height."""
    return _DIGITS.sub("#", item.text), round(item.top / _SAME_PLACE)


def _repeated(edges: Sequence[list[Line | RuledTable]]) -> set[tuple[str, int]]:
    """Texts (digits apart) at the same edge of at least half of the pages; odd and even pages may differ, so a third each will do."""
    if len(edges) < 2:
        return set()
    counts = Counter(key for edge in edges for key in {_key(item) for item in edge})
    needed = 2 if len(edges) == 2 else max(3, len(edges) * _SHARE) if len(edges) < 6 else len(edges) / 3
    return {key for key, count in counts.items() if count >= needed and key[0] != "#"}


def _numbered(edges: Sequence[list[Line | RuledTable]]) -> bool:
    """Whether the outermost line counts the pages: its number grows by one from page to page (the first page often has none)."""
    numbers = [_number(edge) for edge in edges]
    if len(numbers) == 1:
        return numbers[0] == 1
    steps = sum(1 for left, right in itertools.pairwise(numbers) if left is not None and right == left + 1)
    shown = sum(number is not None for number in numbers)
    if len(numbers) == 2:
        return numbers in ([1, 2], [None, 2])
    return shown >= 2 and steps >= 0.6 * (shown - 1)


def _number(edge: Sequence[Line | RuledTable]) -> int | None:
    for item in edge[:2]:
        if match := _PAGE_NUMBER.fullmatch(item.text):
            return int(match[1])
    return None


def _remove(page: PageContent, item: Line | RuledTable) -> None:
    if isinstance(item, Line):
        page.lines = [line for line in page.lines if line is not item]
    else:
        page.tables = [table for table in page.tables if table is not item]
