"""Bullets and numbers that a browser draws before list items."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4.element import Tag

# An item that brings its own number or dash stands in a list whose automatic marks are switched off.
_OWN_MARKER = re.compile(
    r"\s*(?:[-–—+*•▪○●·✓➢]|\(?\d{1,3}(?:\.\d{1,3})*[.)/]|[IVXivx]{1,6}[.)]|\(?[a-zđA-ZĐ][.)]\s|(?:Điều|Chương|Mục|Phần)\s+[\dIVX])"
)
_NO_MARKER = re.compile(r"list-style(?:-type)?\s*:\s*[^;]{0,60}?\bnone\b", re.IGNORECASE)
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class ListMarker:
    """Follows the lists of a page; the marker of an item is given out once, with its first line."""

    def __init__(self) -> None:
        self._lists: list[tuple[str, str, int]] = []  # tag, numbering type, next number
        self._pending = ""

    def enter(self, element: Tag) -> None:
        """A list or an item begins."""
        if element.name != "li":
            kind = "" if _NO_MARKER.search(str(element.get("style") or "")) else str(element.get("type") or "1")
            self._lists.append((element.name, kind, _whole(element.get("start"), 1)))
        elif self._lists:
            tag, kind, number = self._lists[-1]
            number = _whole(element.get("value"), number)
            self._lists[-1] = (tag, kind, number + 1)
            self._pending = (
                "" if not kind or _NO_MARKER.search(str(element.get("style") or "")) else "- " if tag == "ul" else f"{_format(number, kind)}. "
            )

    def leave(self, element: Tag) -> None:
        """A list or an item ends."""
        self._pending = ""
        if element.name != "li" and self._lists:
            self._lists.pop()

    def marker(self, line: str) -> str:
        """What the browser draws before ``line``: the mark of the item that it opens, or nothing."""
        marker, self._pending = self._pending, ""
        return "" if _OWN_MARKER.match(line) else marker


def _whole(text: object, default: int) -> int:
    value = str(text or "").strip()
    return int(value) if re.fullmatch(r"-?\d{1,6}", value) else default


def _format(number: int, kind: str) -> str:
    if kind in ("a", "A") and 0 < number <= 26:
        return chr(ord(kind) + number - 1)
    if kind in ("i", "I") and 0 < number < 40:
        text, left = "", number
        for value, letters in _ROMAN:
            text += letters * (left // value)
            left %= value
        return text if kind == "i" else text.upper()
    return str(number)
