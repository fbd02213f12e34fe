"""The items inside a table cell, and which item of one cell answers which item of another (annotation guide, section 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kehoach.extract.spans import BLANKS, trim
from kehoach.schemas.spans import Span

_BULLET = re.compile(r"(?:[-+•·●○▪◦](?![-–—\d])|(?:\(?\d{1,2}|[a-zđ])[.)](?![\d/]))\s*")
_PLUS = "+"
# The cell's line cannot end here: the next one goes on with it even after a blank line.
_OPEN_END = re.compile(r"(?:,|(?<!\w)(?:và|hoặc|với|của|trước|sau|đến|từ|các|cùng|ngày|năm|tháng|quý))$", re.IGNORECASE)
# Shorter lines were not broken by the width of a column or page, so what follows them is a paragraph of its own.
_WRAPPED_CHARS = 45
_SENTENCE_END = ".;:!?…/"


class CellItem(NamedTuple):
    """One item of a cell: ``span`` without the bullet or number, never empty; ``marked`` when it had one."""

    span: Span
    marked: bool


class Share(NamedTuple):
    """What one task of a cell gets from another cell: places in that cell's items.

    ``inherited`` when the items stand for several tasks, so that none of them is this task's own.
    """

    items: tuple[int, ...]
    inherited: bool


def split_items(text: str, view: str, span: Span, *, names: bool = False) -> tuple[CellItem, ...]:
    """The items of a cell, in order; they do not overlap and leave out only bullets and blanks.

    A bullet or number opens an item, and in a cell with bullets so does a paragraph without one; without bullets every paragraph is an
    item. Wrapped lines are rejoined. In a cell of ``names`` (agencies) a paragraph after ";" goes on with the list before it.
    """
    lines = list(_lines(text, view, span))
    if len(lines) < 2:
        return tuple(CellItem(line.span, line.marked) for line in lines)
    spaced = any(line.gap for line in lines[1:])
    items: list[CellItem] = []
    for line in lines:
        if items and not line.marked and _goes_on(view, items[-1], line, spaced, names):
            items[-1] = CellItem(Span(items[-1].span.start, line.span.end), items[-1].marked)
            continue
        items.append(CellItem(line.span, line.marked))
    plus = {line.span.start for line in lines if line.plus}
    return tuple(item for place, item in enumerate(items) if not _only_introduces(view, items, plus, place))


def align_items(tasks: Sequence[CellItem], others: Sequence[CellItem]) -> tuple[Share, ...]:
    """Which items of another cell answer each task, one share per task.

    Where the counts agree they answer in order; the marked ones are counted alone where only they agree, and an unmarked
    paragraph then goes with the marked item above it. Otherwise all of them stand for every task.
    """
    if len(tasks) < 2 or not others:
        return tuple(Share(tuple(range(len(others))), False) for _ in tasks)
    if len(tasks) == len(others):
        return tuple(Share((place,), False) for place in range(len(tasks)))
    task_heads, other_heads = _heads(tasks), _heads(others)
    if len(task_heads) == len(others) > 1:
        return _by_head(task_heads, len(tasks), [(place,) for place in range(len(others))])
    groups = _groups(other_heads, len(others))
    if len(groups) > 1 and len(groups) == len(tasks):
        return tuple(Share(group, False) for group in groups)
    if len(groups) == len(task_heads) > 1:
        return _by_head(task_heads, len(tasks), groups)
    return tuple(Share(tuple(range(len(others))), True) for _ in tasks)


class _Line(NamedTuple):
    """A line of a cell without its bullet; ``gap`` when a blank line stands before it."""

    span: Span
    marked: bool
    plus: bool
    gap: bool


def _lines(text: str, view: str, span: Span) -> Iterator[_Line]:
    at, gap = span.start, False
    while at < span.end:
        stop = text.find("\n", at, span.end)
        stop = span.end if stop < 0 else stop
        line = trim(view, Span(at, stop), BLANKS)
        if line.length:
            mark = _BULLET.match(view, line.start, line.end)
            starred = text[at : line.start].lstrip().startswith("* ")  # the view has blanks for it
            body = Span(mark.end(), line.end) if mark and mark.end() < line.end else line
            yield _Line(body, bool(mark) or starred, view[line.start] == _PLUS, gap)
            gap = False
        else:
            gap = True
        at = stop + 1


def _goes_on(view: str, item: CellItem, line: _Line, spaced: bool, names: bool) -> bool:
    """Whether an unmarked line continues the item before it."""
    before = view[item.span.start : item.span.end].rstrip()
    first = view[line.span.start]
    if not before or first.islower() or _OPEN_END.search(before[-12:]):
        return True
    if names and before[-1] in ";":
        return True
    if spaced:
        return not line.gap
    if item.marked and before[-1] not in _SENTENCE_END:
        return True  # in a list with bullets a line without one was wrapped
    last_line = before.rsplit("  ", 1)[-1]
    return before[-1] not in _SENTENCE_END and len(last_line) >= _WRAPPED_CHARS


def _only_introduces(view: str, items: Sequence[CellItem], plus: set[int], place: int) -> bool:
    """A dash item that ends in ":" and whose plus items follow is no item of its own."""
    if place + 1 >= len(items) or view[items[place].span.end - 1] != ":":
        return False
    return items[place + 1].span.start in plus and items[place].span.start not in plus


def _heads(items: Sequence[CellItem]) -> list[int]:
    """Places of the marked items; empty unless the first item is one of them."""
    return [place for place, item in enumerate(items) if item.marked] if items[0].marked else []


def _groups(heads: Sequence[int], count: int) -> list[tuple[int, ...]]:
    return [tuple(range(head, following)) for head, following in zip(heads, [*heads[1:], count], strict=True)] if heads else []


def _by_head(heads: Sequence[int], count: int, answers: Sequence[tuple[int, ...]]) -> tuple[Share, ...]:
    shares = []
    for head, following, answer in zip(heads, [*heads[1:], count], answers, strict=True):
        shares += [Share(answer, place > head) for place in range(head, following)]
    return tuple(shares)


__all__ = ["CellItem", "Share", "align_items", "split_items"]
