"""The fonts of Word runs, as far as they tell an encoding from before Unicode (``.VnTime``, ``VNI-Times``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kehoach.extract.readers.legacyfonts import font_encoding

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_BASES = 20


class Fonts:
    """Encodings of runs: by the run's own font, its style, its paragraph's style, or the document's default."""

    def __init__(self, styles: BaseOxmlElement | None) -> None:
        self._own: dict[str, str | None] = {}
        self._base: dict[str, str | None] = {}
        self._usual: str | None = None
        self._paragraphs: str | None = None
        if styles is None:
            return
        for style in styles.iter(f"{_W}style"):
            name = style.get(f"{_W}styleId") or ""
            self._own[name] = _font(style.find(f"{_W}rPr"))
            self._base[name] = _value(style, "basedOn")
            if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true"):
                self._paragraphs = name
        self._usual = _font(styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))

    def encoding(self, run: BaseOxmlElement, paragraph: BaseOxmlElement) -> str | None:
        """What ``font_encoding`` says of the font that ``run`` is set in."""
        properties = run.find(f"{_W}rPr")
        font = _font(properties)
        if font is None and properties is not None:
            font = self._of_style(_value(properties, "rStyle"))
        if font is None:
            above = paragraph.find(f"{_W}pPr")
            font = self._of_style(_value(above, "pStyle") if above is not None else None) or self._of_style(self._paragraphs)
        font = font or self._usual
        return font_encoding(font) if font else None

    def _of_style(self, name: str | None) -> str | None:
        for _ in range(_MOST_BASES):
            if name is None:
                return None
            if (font := self._own.get(name)) is not None:
                return font
            name = self._base.get(name)
        return None


def _font(properties: BaseOxmlElement | None) -> str | None:
    fonts = None if properties is None else properties.find(f"{_W}rFonts")
    return None if fonts is None else fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi")


def _value(parent: BaseOxmlElement, name: str) -> str | None:
    child = parent.find(f"{_W}{name}")
    return None if child is None else child.get(f"{_W}val")
