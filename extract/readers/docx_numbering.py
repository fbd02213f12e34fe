"""Automatic numbers of a Word document, as Word prints them (ECMA-376, part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
# Private-use characters of the Symbol and Wingdings fonts that Word uses as bullets.
_BULLETS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf02d": "-",
    "\uf0d8": "➢",
    "\uf076": "❖",
    "\uf0fc": "✓",
    "\uf0a8": "□",
    "\uf06f": "□",
    "\uf0e8": "➔",
    "o": "o",
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    overrides: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts list paragraphs in document order; ask once for each paragraph."""

    def __init__(self, numbering: BaseOxmlElement | None, styles: BaseOxmlElement | None) -> None:
        self._lists = _read_lists(numbering) if numbering is not None else {}
        self._styles = _read_styles(styles) if styles is not None else {}
        self._counts: dict[str, dict[int, int]] = {}
        self._used: set[tuple[str, int]] = set()

    def marker(self, properties: BaseOxmlElement | None) -> str:
        """The number or bullet of a paragraph with these properties (``w:pPr``), "" when it has none."""
        found = self._reference(properties)
        if found is None or found[0] not in self._lists:
            return ""
        number, depth = found
        entry = self._lists[number]
        counts = self._counts.setdefault(entry.abstract, {})
        self._advance(number, entry, counts, depth)
        level = entry.levels.get(depth, _Level())
        if level.form == "bullet":
            return _BULLETS.get(level.text, level.text if level.text.isprintable() and level.text.strip() else "•")
        return _fill(entry, counts, level)

    def _reference(self, properties: BaseOxmlElement | None) -> tuple[str, int] | None:
        """List and level that a paragraph names itself or by its style; list "0" takes a style's number away."""
        number, depth = (None, None) if properties is None else _num_pr(properties)
        style = None if properties is None else properties.find(f"{_W}pStyle")
        inherited = self._styles.get(style.get(f"{_W}val") if style is not None else "")
        if number is None and inherited is not None:
            number, depth = inherited[0], depth if depth is not None else inherited[1]
        return None if number in (None, "0") else (number, min(depth or 0, _LEVELS - 1))

    def _advance(self, number: str, entry: _List, counts: dict[int, int], depth: int) -> None:
        first = (number, depth) not in self._used
        self._used.add((number, depth))
        start = entry.overrides.get(depth, entry.levels.get(depth, _Level()).start)
        if first and depth in entry.overrides:
            counts[depth] = start
        else:
            counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            restart = entry.levels.get(deeper, _Level()).restart
            if restart is None or (restart != 0 and depth < restart):
                del counts[deeper]


def _fill(entry: _List, counts: dict[int, int], level: _Level) -> str:
    def value(match: re.Match[str]) -> str:
        place = int(match.group(1)) - 1
        above = entry.levels.get(place, _Level())
        return format_number(counts.get(place, above.start), above.form)

    return "" if level.form == "none" else re.sub(r"%([1-9])", value, level.text).strip()


def format_number(number: int, form: str) -> str:
    """``number`` in one of Word's number formats; the rare ones are written in digits.

    >>> format_number(4, "upperRoman"), format_number(28, "lowerLetter"), format_number(7, "decimalZero")
    ('IV', 'bb', '07')
    """
    if form in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        text = ""
        for value, letters in _ROMAN:
            text += letters * (number // value)
            number %= value
        return text.upper() if form == "upperRoman" else text
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 26 * 20:
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return text.upper() if form == "upperLetter" else text
    if form == "decimalZero":
        return f"{number:02d}"
    return "" if form == "none" else str(number)


def _value(parent: BaseOxmlElement, name: str) -> str | None:
    child = parent.find(f"{_W}{name}")
    return None if child is None else child.get(f"{_W}val")


def _int(text: str | None, default: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else default


def _num_pr(properties: BaseOxmlElement) -> tuple[str | None, int | None]:
    entry = properties.find(f"{_W}numPr")
    if entry is None:
        return None, None
    depth = _value(entry, "ilvl")
    return _value(entry, "numId"), None if depth is None else _int(depth, 0)


def _read_lists(numbering: BaseOxmlElement) -> dict[str, _List]:
    abstracts = {entry.get(f"{_W}abstractNumId"): _read_levels(entry) for entry in numbering.iter(f"{_W}abstractNum")}
    lists: dict[str, _List] = {}
    for entry in numbering.iter(f"{_W}num"):
        abstract = _value(entry, "abstractNumId") or ""
        found = _List(abstract, dict(abstracts.get(abstract, {})))
        for override in entry.iter(f"{_W}lvlOverride"):
            depth = _int(override.get(f"{_W}ilvl"), 0)
            found.levels.update(_read_levels(override))
            if (start := _value(override, "startOverride")) is not None:
                found.overrides[depth] = _int(start, 1)
        lists[entry.get(f"{_W}numId")] = found
    return lists


def _read_levels(parent: BaseOxmlElement) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for entry in parent.iter(f"{_W}lvl"):
        restart = _value(entry, "lvlRestart")
        levels[_int(entry.get(f"{_W}ilvl"), 0)] = _Level(
            _int(_value(entry, "start"), 1),
            _value(entry, "numFmt") or "decimal",
            _value(entry, "lvlText") or "",
            None if restart is None else _int(restart, 0),
        )
    return levels


def _read_styles(styles: BaseOxmlElement) -> dict[str, tuple[str, int]]:
    """Style id to list and level, followed through "based on"."""
    own: dict[str, tuple[str | None, int | None]] = {}
    base: dict[str, str | None] = {}
    for entry in styles.iter(f"{_W}style"):
        name = entry.get(f"{_W}styleId") or ""
        properties = entry.find(f"{_W}pPr")
        own[name] = (None, None) if properties is None else _num_pr(properties)
        base[name] = _value(entry, "basedOn")
    found: dict[str, tuple[str, int]] = {}
    for name in own:
        at: str | None = name
        seen: set[str] = set()
        depth: int | None = None
        while at in own and at not in seen:
            seen.add(at)
            number, level = own[at]
            depth = depth if depth is not None else level
            if number is not None:
                found[name] = (number, depth or 0)
                break
            at = base[at]
    return found
