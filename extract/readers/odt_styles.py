"""Styles of an OpenDocument text as far as reading needs them: numbers of lists and headings, fonts from before Unicode."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kehoach.extract.readers.docx_numbering import format_number
from kehoach.extract.readers.legacyfonts import font_encoding

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}
_MOST_BASES = 20


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list prints its number; ``bullet`` is set for bullets."""

    form: str = "none"
    prefix: str = ""
    suffix: str = ""
    shown: int = 1
    start: int = 1
    bullet: str | None = None


class Styles:
    """Lists and fonts by style name."""

    def __init__(self, roots: Sequence[_Element]) -> None:
        self.lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        self.of_paragraph: dict[str, str] = {}
        self._fonts: dict[str, str] = {}
        self._faces: dict[str, str] = {}
        self._bases: dict[str, str] = {}
        for root in roots:
            self._read(root)

    def _read(self, root: _Element) -> None:
        for face in root.iter(f"{_STYLE}font-face"):
            self._faces[face.get(f"{_STYLE}name", "")] = face.get(f"{_SVG}font-family", "").strip("'\"")
        for style in root.iter(f"{_STYLE}style"):
            name = style.get(f"{_STYLE}name", "")
            self._bases[name] = style.get(f"{_STYLE}parent-style-name", "")
            if listed := style.get(f"{_STYLE}list-style-name"):
                self.of_paragraph[name] = listed
            properties = style.find(f"{_STYLE}text-properties")
            if properties is not None and (font := properties.get(f"{_STYLE}font-name") or properties.get(f"{_FO}font-family")):
                self._fonts[name] = self._faces.get(font, font)
        for style in root.iter(f"{_TEXT}list-style"):
            self.lists[style.get(f"{_STYLE}name", "")] = _levels(style)
        for style in root.iter(f"{_TEXT}outline-style"):
            self.outline = _levels(style)

    def encoding(self, *names: str | None) -> str | None:
        """What the font of the first style that names one says (see ``font_encoding``)."""
        for name in names:
            at = name
            for _ in range(_MOST_BASES):
                if not at:
                    break
                if at in self._fonts:
                    return font_encoding(self._fonts[at])
                at = self._bases.get(at)
        return None

    def list_of(self, paragraph_style: str | None) -> str | None:
        """The list style that a paragraph style brings with it."""
        at = paragraph_style
        for _ in range(_MOST_BASES):
            if not at or at in self.of_paragraph:
                break
            at = self._bases.get(at)
        return self.of_paragraph.get(at or "")


def _levels(style: _Element) -> dict[int, Level]:
    levels = {}
    for entry in style:
        depth = _number(entry.get(f"{_TEXT}level"), 1)
        bullet = entry.get(f"{_TEXT}bullet-char")
        levels[depth] = Level(
            form=_FORMS.get(entry.get(f"{_STYLE}num-format", ""), "decimal"),
            prefix=entry.get(f"{_STYLE}num-prefix", ""),
            suffix=entry.get(f"{_STYLE}num-suffix", ""),
            shown=_number(entry.get(f"{_TEXT}display-levels"), 1),
            start=_number(entry.get(f"{_TEXT}start-value"), 1),
            bullet=bullet if bullet is None or bullet.isprintable() else "•",
        )
    return levels


def _number(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 7 else default


class ListCounter:
    """Counts the items of lists as they are walked through."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._open: list[str] = []
        self._counts: dict[tuple[str, int], int] = {}
        self._headings: dict[int, int] = {}

    def enter(self, element: _Element) -> None:
        """A list begins; one that does not go on with an earlier list counts anew."""
        name = element.get(f"{_TEXT}style-name") or (self._open[-1] if self._open else "")
        if not name:
            first = next((child for child in element.iter(f"{_TEXT}p", f"{_TEXT}h")), None)
            name = self._styles.list_of(first.get(f"{_TEXT}style-name")) or "" if first is not None else ""
        self._open.append(name)
        goes_on = element.get(f"{_TEXT}continue-numbering") == "true" or element.get(f"{_TEXT}continue-list") is not None
        if not goes_on:
            self._forget(len(self._open))

    def leave(self) -> None:
        """The innermost list ends."""
        self._open.pop()

    def next(self, item: _Element) -> str:
        """The number of the next item of the innermost list, "" where it prints none."""
        name, depth = self._open[-1], len(self._open)
        levels = self._styles.lists.get(name, {})
        level = levels.get(depth)
        if level is None:
            return ""
        key = (name, depth)
        started = item.get(f"{_TEXT}start-value")
        self._counts[key] = _number(started, 1) if started else self._counts.get(key, level.start - 1) + 1
        self._forget(depth + 1)
        if level.bullet is not None:
            return level.bullet
        return _printed(level, depth, levels, {at: self._counts.get((name, at), 1) for at in range(1, depth + 1)})

    def heading(self, element: _Element) -> str:
        """The number of a heading outside lists."""
        depth = _number(element.get(f"{_TEXT}outline-level"), 1)
        level = self._styles.outline.get(depth)
        if level is None or level.form == "none":
            return ""
        self._headings[depth] = self._headings.get(depth, level.start - 1) + 1
        self._headings = {at: count for at, count in self._headings.items() if at <= depth}
        return _printed(level, depth, self._styles.outline, self._headings)

    def _forget(self, depth: int) -> None:
        names = {self._open[-1]} if self._open else set()
        self._counts = {key: count for key, count in self._counts.items() if not (key[0] in names and key[1] >= depth)}


def _printed(level: Level, depth: int, levels: dict[int, Level], counts: dict[int, int]) -> str:
    if level.form == "none":
        return (level.prefix + level.suffix).strip()
    shown = range(max(1, depth - level.shown + 1), depth + 1)
    numbers = [format_number(counts.get(at, 1), levels[at].form if at in levels else "decimal") for at in shown]
    return f"{level.prefix}{'.'.join(filter(None, numbers))}{level.suffix}".strip()
