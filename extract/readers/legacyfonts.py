"""Vietnamese texts from before Unicode: what the characters of the old fonts and code pages stand for.

Each encoding is a table from the characters that come out when its bytes are read as Windows-1252 (or Latin-1) to Vietnamese
letters. Sources: TCVN 5712:1993 VN3 (TCVN3, fonts ``.VnTime``), RFC 1456 (VISCII), the VNI-Windows key table (fonts ``VNI-Times``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"

# 0xA1-0xAE and the toned letters, in the order of the code page; a dash stands for codes that the fonts leave empty.
_TCVN3 = "ĂÂÊÔƠƯĐăâêôơưđ------àảãáạ-ằẳẵắ-------ặầẩẫấậè-ẻẽéẹềểễếệìỉ---ĩíịò-ỏõóọồổỗốộờởỡớợù-ủũúụừửữứựỳỷỹýỵ"
# Codes 0x80 to 0xFF of RFC 1456.
_VISCII = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
# VNI writes the mark after the letter; these stand on any letter that takes them, and shift the letter's shape as well.
_VNI_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_CIRCUMFLEX = {"â": "", "á": _ACUTE, "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_VNI_BREVE = {"ê": "", "é": _ACUTE, "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_VNI_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}

# Font names of the two families; subset prefixes ("ABCDEF+") and sizes vary. A final H is a font of capitals.
_TCVN3_FONT = re.compile(r"(?i)(?:^|\+)\.?\s*vn(?!i)[a-z]{3,}")
_VNI_FONT = re.compile(r"(?i)(?:^|\+)\s*vni[-_ ]?[a-z]")
# Vietnamese fonts of today that begin like the old ones.
_UNICODE_FONT = re.compile(r"(?i)unicode|^(?:.*\+)?vn(?:u|univ)")


class Table(NamedTuple):
    """An old encoding: ``letters`` maps what stands in the text, ``pattern`` finds the longest of them."""

    name: str
    letters: dict[str, str]
    pattern: re.Pattern[str]


@cache
def table(name: str) -> Table:
    """The table called "tcvn3", "viscii" or "vni"."""
    letters = {"tcvn3": _tcvn3, "viscii": _viscii, "vni": _vni}[name]()
    keys = sorted(letters, key=lambda key: (-len(key), key))
    return Table(name, letters, re.compile("|".join(map(re.escape, keys))))


def convert(text: str, name: str) -> str:
    """``text`` with the letters of the encoding ``name`` replaced; other characters stay.

    >>> convert("Céng hßa x· héi chñ nghÜa ViÖt Nam", "tcvn3"), convert("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "vni")
    ('Cộng hòa xã hội chủ nghĩa Việt Nam', 'Cộng hòa xã hội chủ nghĩa Việt Nam')
    """
    found = table(name)
    return found.pattern.sub(lambda match: found.letters[match[0]], text)


def font_encoding(font: str) -> str | None:
    """The encoding that a font name implies: "tcvn3", "tcvn3-capitals", "vni" or None for Unicode fonts.

    >>> font_encoding("ABCDEF+.VnTimeH"), font_encoding("VNI-Times"), font_encoding("Times New Roman")
    ('tcvn3-capitals', 'vni', None)
    """
    if _UNICODE_FONT.search(font):
        return None
    if _VNI_FONT.search(font):
        return "vni"
    if _TCVN3_FONT.search(font):
        plain = re.split(r"[,\-]", font)[0]
        return "tcvn3-capitals" if plain.endswith("H") else "tcvn3"
    return None


def from_font(text: str, encoding: str) -> str:
    """Text set in a font of ``encoding`` (see ``font_encoding``); text that is Unicode already stays as it is."""
    if any("\u1ea0" <= char <= "\u1ef9" or char in "đơư" for char in text):
        return text
    plain = convert(text, encoding.removesuffix("-capitals"))
    return plain.upper() if encoding.endswith("-capitals") else plain


def _tcvn3() -> dict[str, str]:
    return {chr(0xA1 + place): letter for place, letter in enumerate(_TCVN3) if letter != "-"}


def _viscii() -> dict[str, str]:
    letters = {chr(0x80 + place): letter for place, letter in enumerate(_VISCII)}
    letters |= {chr(code): letter for code, letter in _VISCII_LOW.items()}
    for place in range(32):  # the same codes read as Windows-1252
        try:
            letters[bytes([0x80 + place]).decode("cp1252")] = _VISCII[place]
        except UnicodeDecodeError:
            continue
    return letters


def _vni() -> dict[str, str]:
    letters = dict(_VNI_SINGLE)
    for base in "aeiouy":
        letters |= {base + sign: _composed(base, mark) for sign, mark in _VNI_TONES.items()}
    for base in "aeo":
        letters |= {base + sign: _composed(base, _CIRCUMFLEX + mark) for sign, mark in _VNI_CIRCUMFLEX.items()}
    letters |= {"a" + sign: _composed("a", _BREVE + mark) for sign, mark in _VNI_BREVE.items()}
    for base, horned in (("ô", "ơ"), ("ö", "ư")):
        letters |= {base + sign: _composed(horned, mark) for sign, mark in _VNI_TONES.items()}
    # Capitals; a capital may carry a small mark where only the letter was typed with Shift.
    capitals = {key.upper(): value.upper() for key, value in letters.items()}
    mixed = {key[0].upper() + key[1]: value.upper() for key, value in letters.items() if len(key) == 2}
    return letters | capitals | mixed


def _composed(base: str, marks: str) -> str:
    return unicodedata.normalize("NFC", base + marks)
