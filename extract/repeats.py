"""What a page prints of its own article a second time: its list of contents, its preview, the title in its property box."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kehoach.extract.pagelines import Kind, PageLine

_LABEL = "page-tool"
# A list of contents stands among the first lines; its entries are this long at least.
_TOP_LINES, _ENTRY_WORDS, _ENTRIES = 12, 4, 2
_PREVIEW_END = 40  # characters before the dots that must stand in a paragraph below
_PREVIEW_LINES = 15
_DOTS_WITHIN = 8
_DOTS = re.compile(r"(?:…|\.{3})\W{0,3}$")
_TITLE = re.compile(
    r"(?i)(?:kế hoạch|quyết định|chỉ thị|công (?:văn|điện)|nghị (?:quyết|định)|thông (?:báo|tư)|kết luận|chương trình|hướng dẫn)"
    r"\s\S{0,12}\d\S*\s(?:năm|ngày)\s\d"
)


def mark_repeats(lines: Sequence[PageLine]) -> None:
    """Makes lists of contents and previews sure chrome."""
    _mark_contents(lines)
    _mark_previews(lines)


def _mark_contents(lines: Sequence[PageLine]) -> None:
    """Neighbouring lines at the top that come again further down, each as the heading of its part."""
    last = {_words(line): place for place, line in enumerate(lines)}
    for run in _runs(lines, last):
        entries = {_words(lines[place]): place for place in run if last[_words(lines[place])] > place}
        if len(entries) >= _ENTRIES:
            for place in entries.values():
                lines[place].kind, lines[place].label = Kind.SURE, _LABEL
    for line in lines[:_TOP_LINES]:
        if line.label == f"{_LABEL}??":  # "Nội dung chính" is a part of a plan elsewhere
            line.kind, line.label = Kind.SURE, _LABEL


def _runs(lines: Sequence[PageLine], last: dict[str, int]) -> list[list[int]]:
    """Runs among the first lines that come again; the headline of the page (its first line) begins none."""
    runs: list[list[int]] = [[]]
    for place in range(1, min(_TOP_LINES, len(lines))):
        words = _words(lines[place])
        if not words:
            continue  # a bare bullet
        named = lines[place].kind in (Kind.HEADLINE, Kind.SHORT) or lines[place].key.endswith("?")
        if last[words] > place and named and words.count(" ") + 1 >= _ENTRY_WORDS:
            runs[-1].append(place)
        else:
            runs.append([])
    return runs


def _mark_previews(lines: Sequence[PageLine]) -> None:
    """A paragraph that breaks off in dots and stands whole below."""
    for place, line in enumerate(lines[:_TOP_LINES]):
        dots = _DOTS.search(line.key, max(0, len(line.key) - _DOTS_WITHIN))
        said = line.key[: dots.start()].rstrip() if dots else ""
        end = said[-_PREVIEW_END:]
        if len(end) == _PREVIEW_END and any(end in later.key and later.key != line.key for later in lines[place + 1 : place + 1 + _PREVIEW_LINES]):
            line.kind, line.label = Kind.SURE, _LABEL


def without_titles(lines: Sequence[PageLine], end: int) -> int:
    """``end`` moved up over the titles by which a site names the instrument right above its chrome."""
    own = next((number for number, line in enumerate(lines[:end]) if line.kind is Kind.OWN), end)
    if end == len(lines):
        return end
    while end - 1 > own and (_TITLE.match(lines[end - 1].key) is not None or not _words(lines[end - 1])):
        end -= 1
    return end


def _words(line: PageLine) -> str:
    """What identifies a line: its letters and numbers."""
    return " ".join(re.findall(r"\w+", line.key))


__all__ = ["mark_repeats", "without_titles"]
