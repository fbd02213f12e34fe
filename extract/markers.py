"""Numbers and bullets at the head of a line: which kind, what value, where the text after it begins.

Source of the forms: Nghị định 30/2020/NĐ-CP, phụ lục I (phần, chương, mục, điều, khoản "1.", điểm "a)") and common
practice beside it ("1.1.", "-", "+", "•").
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Marker

_FORMS = regex.compile(
    r"""
      (?P<appendix>(?:PHỤ\ +LỤC|Phụ\ +lục)(?:\ +(?:số\ +|SỐ\ +)?(?:\d{1,2}|[IVXL]{1,6})[A-Za-z]?(?!\w))?) (?=\s*(?:$|[.:(/-]|\p{Lu}))
    | (?P<part>(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)\ +(?:thứ\ +\p{Ll}+|THỨ\ +\p{Lu}+|[IVXL]{1,6}|\d{1,2})(?!\w)) \s*[.:]?
    | (?P<article>Điều\ +\d{1,3}[a-z]?) \s*[.:]
    | (?P<roman>[IVXL]{1,6}|[IVX][ivx]{1,4}) (?!/[Vv]) (?:\s*[.)/]\s*(?![\d\p{Ll}])(?=\S|$)|\s*[.)/]\s+(?=\p{L}))
    | (?P<roman_dash>[IVX]{1,6}) \s*-\s+(?=\p{Lu})
    | (?P<capital>[A-HK]) \s*[.)/](?:\s+(?=\p{Lu})|\s*$)
    | (?P<decimal_letter>\d{1,2}(?:\.\d{1,2}){0,2}\.[a-zđ]) [.)]?\s+(?=["'(]?\p{Lu})
    | (?P<decimal>\d{1,2}(?:\.\d{1,2}){1,3}) (?:(?:\ ?[.)])?\s+(?=["'(]?\p{Lu})|[.)]\s*$)
    | (?P<arabic>\d{1,3}) \s*[.)/](?:\s+(?=[^\s/])|\s*$|(?![\d/])(?=\S))
    | \( (?P<bracket>\d{1,2}) \) \s*(?=\S)
    | \( (?P<bracket_roman>[ivx]{1,5}) \) \s*(?=\S)
    | (?P<letter>[a-zđ]\d?\ ?\)) \s*(?=\S|$)
    | (?P<letter_dot>[a-zđ]\d?) \.\s+(?=\p{Lu})
    | (?P<plus>\+) \s*(?=\S)
    | (?P<dash>[-•·●○▪◦–—](?![-–—])) \s*(?=\S)
    """,
    regex.VERBOSE,
)
_KINDS = {
    "appendix": Marker.APPENDIX, "part": Marker.PART, "article": Marker.ARTICLE, "roman": Marker.ROMAN, "roman_dash": Marker.ROMAN,
    "capital": Marker.CAPITAL, "decimal": Marker.DECIMAL, "arabic": Marker.ARABIC, "bracket": Marker.ARABIC, "bracket_roman": Marker.LETTER,
    "letter": Marker.LETTER, "decimal_letter": Marker.LETTER, "letter_dot": Marker.LETTER, "plus": Marker.PLUS, "dash": Marker.DASH,
}  # fmt: skip
# Where kinds of numbers stand in one another when a document opens a kind that is not yet open; a lead-in paragraph and an
# unnumbered heading stand between letters and bullets. "1)" and "(1)" are points of a letter, not sections.
_RANK = {
    **{"attached": 0, "appendix": 0, "phần": 1, "chương": 2, "mục": 3, "article": 4, "I": 5, "capital": 6},
    **{"1.": 7, "1/": 7, "1 ": 7, "1.1": 8, "1.1.1": 9, "1.1.1.1": 9, "a)": 10, "a.": 10, "1.a": 10},
    **{"1)": 11, "(1)": 11, "(i)": 11, "": 12, "-": 13, "*": 13, "+": 14},
}
BULLET_RANK = 13
_FIRST_MARKS = "0123456789IVXLABCDEFGHKPĐMĐabcdefghijklmnopqrstuvwxyzđ(+-•·●○▪◦–—*"


@dataclass(frozen=True, slots=True)
class Mark:
    """A parsed head: ``style`` tells apart "1." from "1)" and "(1)"; ``number`` is the value as the outline writes it."""

    kind: Marker
    style: str
    number: str | None
    body: int


def parse_mark(view: str, text: str, span: Span) -> Mark | None:
    """The number or bullet at the head of ``span`` (trimmed), or None.

    A Markdown bullet "* " is a blank in the view, so that one is read from ``text``.

    >>> parse_mark("1.2. Mục tiêu", "1.2. Mục tiêu", Span(0, 13)).number
    '1.2'
    >>> parse_mark("1.272 dịch vụ", "1.272 dịch vụ", Span(0, 13)) is None
    True
    """
    start, end = span
    if start >= end:
        return None
    if text[start] == "*" and start + 1 < end and text[start + 1] in " \t":
        return Mark(Marker.DASH, "*", None, _skip(view, start + 1, end))
    at = _skip(view, start, end)
    if at >= end or view[at] not in _FIRST_MARKS:
        return None
    match = _FORMS.match(view, at, end)
    if match is None or match.lastgroup is None:
        return None
    group = match.lastgroup
    value = " ".join(match.group(group).split())
    kind = _KINDS[group]
    if kind is Marker.ROMAN:
        value = value.upper()  # "Ii." in texts set in small letters by machine
    elif kind is Marker.LETTER:
        value = value.replace(" ", "")
    number = None if kind in (Marker.DASH, Marker.PLUS) else value
    after = view[match.end(group) : match.end(group) + 1]
    style = {
        "arabic": f"1{after}",
        "bracket": "(1)",
        "bracket_roman": "(i)",
        "letter": "a)",
        "letter_dot": "a.",
        "decimal_letter": "1.a",
        "part": value.split()[0].lower(),
        "roman": "I",
        "roman_dash": "I",
        "plus": "+",
    }
    if group == "decimal":
        return Mark(kind, "1" + ".1" * value.count("."), number, match.end())
    if group == "dash":
        return Mark(kind, "-" if value in "-–—" else value, number, match.end())
    return Mark(kind, style.get(group, kind.value), number, match.end())


def _skip(view: str, at: int, end: int) -> int:
    while at < end and view[at] == " ":
        at += 1
    return at


def rank_of(style: str) -> int:
    """How narrow the parts are that a style of number opens; a wider style has a lower rank.

    >>> rank_of("I") < rank_of("1.") < rank_of("a)") < rank_of("-")
    True
    """
    return _RANK.get(style, BULLET_RANK)
