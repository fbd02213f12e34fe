"""When two quotes, names or numbers count as the same: by their words, whatever the case, the marks and the usual abbreviations."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

# The abbreviations that annotators and documents use side by side; only where both forms are one name everywhere.
_ABBREVIATIONS = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "mttq": "mặt trận tổ quốc",
    "tp": "thành phố",
    "tt&tt": "thông tin và truyền thông",
    "tn&mt": "tài nguyên và môi trường",
    "gd&đt": "giáo dục và đào tạo",
    "gd&dt": "giáo dục và đào tạo",
    "lđ-tb&xh": "lao động thương binh và xã hội",
    "lđtb&xh": "lao động thương binh và xã hội",
    "kh&đt": "kế hoạch và đầu tư",
    "gtvt": "giao thông vận tải",
    "nn&ptnt": "nông nghiệp và phát triển nông thôn",
    "qh-kt": "quy hoạch kiến trúc",
    "kh&cn": "khoa học và công nghệ",
    "vh&tt": "văn hóa và thể thao",
    "bhxh": "bảo hiểm xã hội",
    "vpubnd": "văn phòng ủy ban nhân dân",
    "vp": "văn phòng",
}
_TONES = {"uỷ": "ủy", "hoà": "hòa", "hoá": "hóa"}
_SHORT = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(_ABBREVIATIONS, key=len, reverse=True))) + r")(?!\w)")
_TONE = re.compile("|".join(_TONES))
_WORD = re.compile(r"[^\W_]+")
_NUMBER_MARKS = re.compile(r"[\s.:)(]")

# "Giám đốc Sở Y tế" is "Sở Y tế"; "lãnh đạo" alone stays, as something must be left.
_HEADS = re.compile(r"^(?:(?:tổng giám đốc|giám đốc|chủ tịch|thủ trưởng|bộ trưởng|chánh|người đứng đầu|lãnh đạo) )+(?=\w)")
_FILLERS = frozenset(("các", "những", "và", "của", "thuộc", "có", "liên", "quan"))
# One word each: two people's committees share four words before the first that tells them apart.
_STANDING = sorted({" ".join(_WORD.findall(full)) for full in _ABBREVIATIONS.values()}, key=len, reverse=True)
_SAME_NAME = 0.8
_RELATIVE_ERROR = 1e-6


@lru_cache(maxsize=200_000)
def spoken(text: str) -> str:
    """``text`` as its words in lower case, one blank between them, abbreviations written out.

    >>> spoken("UBND TP. Sông Trăng (Sở TT&TT)")
    'ủy ban nhân dân thành phố sông trăng sở thông tin và truyền thông'
    """
    low = _TONE.sub(lambda match: _TONES[match[0]], unicodedata.normalize("NFC", text).lower())
    return " ".join(_WORD.findall(_SHORT.sub(lambda match: _ABBREVIATIONS[match[0]], low)))


@lru_cache(maxsize=200_000)
def bag(text: str) -> Counter[str]:
    """The words of ``text`` with how often each stands in it; not to be changed by the caller."""
    return Counter(spoken(text).split())


def likeness(one: str, other: str) -> float:
    """F1 of the words of two texts: 1.0 for the same words in any order, 0.0 for none in common or an empty text.

    >>> likeness("Sở Y tế", "SỞ Y TẾ."), likeness("a b", "b c")
    (1.0, 0.5)
    """
    x, y = bag(one), bag(other)
    common = shared(x, y)
    return 2 * common / (x.total() + y.total()) if common else 0.0


def shared(one: Counter[str], other: Counter[str]) -> int:
    """How many words two bags have in common."""
    if len(other) < len(one):
        one, other = other, one
    return sum(min(count, other[word]) for word, count in one.items() if word in other)


def number_key(number: str | None) -> str:
    """A printed number without blanks, dots, colons and brackets: "1)" is "1.".

    >>> number_key(" 12 / kh-ubnd. ")
    '12/KH-UBND'
    """
    return _NUMBER_MARKS.sub("", unicodedata.normalize("NFC", number or "")).upper()


def same_value(one: float | None, other: float | None) -> bool:
    """Whether two values are one number, or both none."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _RELATIVE_ERROR * max(1.0, abs(one))


@lru_cache(maxsize=200_000)
def _telling_words(name: str) -> Counter[str]:
    """The words that tell one agency from another: without the head's title and filler words."""
    text = _HEADS.sub("", spoken(name))
    for standing in _STANDING:
        text = text.replace(standing, standing.replace(" ", "_"))
    words = text.split()
    return Counter([word for word in words if word not in _FILLERS] or words)


def same_agency(one: str, other: str) -> bool:
    """Whether two names are one agency: one may lack words of the other, but a word in place of another makes another agency.

    >>> same_agency("Giám đốc Sở Y tế", "Sở Y tế"), same_agency("Sở Y tế", "Bộ Y tế")
    (True, False)
    """
    x, y = _telling_words(one), _telling_words(other)
    if not x or ((x - y) and (y - x)):
        return False
    return 2 * (x & y).total() / (x.total() + y.total()) >= _SAME_NAME
