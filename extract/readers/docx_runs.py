"""The text of one Word paragraph: runs, breaks, fields, symbols, tracked changes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kehoach.extract.readers.docx_fonts import Fonts
from kehoach.extract.readers.legacyfonts import from_font

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Stands for a footnote's own number inside the footnote.
FOOTNOTE = "\ue000"
_FIXED = {
    f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": "",
    f"{_W}footnoteRef": FOOTNOTE, f"{_W}endnoteRef": FOOTNOTE,
}  # fmt: skip
_REFERENCES = {f"{_W}footnoteReference": "foot", f"{_W}endnoteReference": "end"}
# Not printed: what was deleted, field instructions, properties; text boxes are paragraphs of their own.
_SKIPPED = frozenset(
    [
        f"{_W}{name}"
        for name in ("del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "txbxContent", "commentReference", "annotationRef")
    ]
    + [f"{_MC}Fallback"]
)
_CHANGES = frozenset(f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
# Characters of the Symbol and Wingdings fonts that stand in running text.
_SYMBOLS = {
    "B3": "≥",
    "A3": "≤",
    "B1": "±",
    "B4": "×",
    "B0": "°",
    "AE": "→",
    "DE": "⇒",
    "B7": "•",
    "A7": "▪",
    "FC": "✓",
    "A8": "□",
    "FE": "☒",
    "6F": "□",
    "D8": "➢",
}


def paragraph_text(paragraph: BaseOxmlElement, notes: list[str], fonts: Fonts | None = None) -> tuple[str, bool]:
    """The printed text, and whether it has tracked changes; ids of footnotes are added to ``notes`` and stand as "[1]"."""
    parts: list[str | _OldText] = []
    changed = False
    stack = [iter(paragraph)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        changed = changed or child.tag in _CHANGES
        if child.tag in (f"{_W}t", f"{_M}t"):
            encoding = fonts.encoding(child.getparent(), paragraph) if fonts is not None else None
            parts.append(_OldText(child.text or "", encoding) if encoding else child.text or "")
        elif child.tag in _FIXED:
            parts.append(_FIXED[child.tag])
        elif child.tag in _REFERENCES:
            notes.append(_REFERENCES[child.tag] + (child.get(f"{_W}id") or ""))
            parts.append(f"[{len(notes)}]")
        elif child.tag == f"{_W}sym":
            parts.append(_SYMBOLS.get((child.get(f"{_W}char") or "")[-2:].upper(), ""))
        elif child.tag not in _SKIPPED and not (child.tag == f"{_W}r" and _hidden(child)):
            stack.append(iter(child))
    return _joined(parts), changed


class _OldText(NamedTuple):
    """Text set in a font from before Unicode."""

    text: str
    encoding: str


def _joined(parts: list[str | _OldText]) -> str:
    """All parts in Unicode; neighbours in one encoding are converted together, for a letter may be split between runs."""
    text = ""
    for encoding, group in groupby(parts, key=lambda part: part.encoding if isinstance(part, _OldText) else None):
        joined = "".join(part.text if isinstance(part, _OldText) else part for part in group)
        text += from_font(joined, encoding) if encoding else joined
    return text


def text_boxes(paragraph: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """The contents of the text boxes anchored in a paragraph, outermost ones only, each once (not its fallback drawing)."""
    stack = [iter(paragraph)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == f"{_W}txbxContent":
            yield child
        elif child.tag not in (f"{_MC}Fallback", f"{_W}del", f"{_W}moveFrom"):
            stack.append(iter(child))


def _hidden(run: BaseOxmlElement) -> bool:
    properties = run.find(f"{_W}rPr")
    hidden = None if properties is None else properties.find(f"{_W}vanish")
    return hidden is not None and hidden.get(f"{_W}val") not in ("0", "false", "off")
