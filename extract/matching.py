"""One same-length view of the text for all matching, so that positions need no mapping back."""

from __future__ import annotations

import re

# Characters with one meaning for every rule. Each maps to exactly one character: the view keeps the text's length.
_BLANKS = "\n\t\x0b\x0c\r\xa0\u200b\ufeff\u2009\u202f*_`\u202a\u202b\u202c\u202d\u202e\u200e\u200f"
# One replacement after the other: each runs at the speed of memory, a table would be asked character by character.
_FOLD = (
    *((sign, " ") for sign in _BLANKS),
    *((sign, "-") for sign in "–—−‐‑‒"),
    ("“", '"'),
    ("”", '"'),
    ("’", "'"),
    ("‘", "'"),
    ("quí", "quý"),
    ("Quí", "Quý"),
    ("QUÍ", "QUÝ"),
)

# "hoà" and "hòa" are one word; the mark moves to the first vowel (the older style, that of the agency register).
# Not after "q": in "quý" the u belongs to the consonant.
_NEW_STYLE = re.compile(r"(?:[oO](?<![qQ].)[àáảãạÀÁẢÃẠèéẻẽẹÈÉẺẼẸ]|[uU](?<![qQ].)[ỳýỷỹỵỲÝỶỸỴ])(?!\w)")
_MARKED = "àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ"
_PLAIN = dict(zip(_MARKED, "aaaaaeeeeeyyyyyAAAAAEEEEEYYYYY", strict=True))
_MARK = {letter: place % 5 for place, letter in enumerate(_MARKED)}  # grave, acute, hook, tilde, dot
_FIRST = {"o": "òóỏõọ", "O": "ÒÓỎÕỌ", "u": "ùúủũụ", "U": "ÙÚỦŨỤ"}


def _older_style(match: re.Match[str]) -> str:
    first, second = match.group()[0], match.group()[1]
    return _FIRST[first][_MARK[second]] + _PLAIN[second]


def fold(text: str) -> str:
    """``text`` as rules see it, of the same length: blanks, dashes, quotes and tone-mark style unified; case kept.

    >>> fold("Uỷ ban – hoà bình, quý I")
    'Ủy ban - hòa bình, quý I'
    """
    for sign, one in _FOLD:
        text = text.replace(sign, one)
    return _NEW_STYLE.sub(_older_style, text)


def lowered(text: str) -> str:
    """``text`` in lower case, of the same length: "İ" alone has a lower case of two characters.

    >>> lowered("Quý I, İ")
    'quý i, i'
    """
    return text.replace("İ", "i").lower()
