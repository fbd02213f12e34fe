"""The grammar of one citation: the number of an instrument, its date, and laws cited by name.

Positions are those of the view. Source of the number's form: Nghị định 30/2020/NĐ-CP, phụ lục I ("số/loại-cơ quan"), Luật Ban
hành văn bản quy phạm pháp luật 2015, điều 11 ("số/năm/loại-cơ quan"), Hướng dẫn 36-HD/VPTW 2018 ("số-loại/cơ quan").
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from kehoach.rules.instruments import Instruments, InstrumentType
from kehoach.schemas.spans import Span

# The Icelandic eth is what many keyboards give for the capital "Đ".
_CAPITAL = "A-ZĐÐÂĂÊÔƠƯ"
_CODE = rf"[{_CAPITAL}][A-Za-zĐÐđâÂăĂêÊôÔơƠưƯ&]{{0,14}}\d{{0,3}}(?!\w)"
# Kinds whose codes are also typed in small letters ("31/kh-ubnd"); a year's two last figures may stand for it ("02/99/TT-BYT").
_SMALL = r"(?:qđ|kh|ct|nq|tb|cv|bc|ttr|nđ|tt|ttlt|hd|ctr|kl|cđ|đa)\s?[-/]\s?[a-zđ]{2,10}(?:-[a-zđ]{2,10})?(?!\w)"
NUMBER = re.compile(
    # "12/KH-UBND", "30a/2008/NQ-CP", "57-NQ/TW"; "144/2021/NĐ- CP", "3210/QĐ - UBND" as wrapped or typed. A blank on both sides of the dash only
    # after the first code: "12/KH-UBND - VP" are two things. Not inside a longer number, a link or a page's slug.
    rf"(?:(?<![\w./,-])|(?<=số)|(?<=SỐ))(?P<head>\d{{1,5}}(?:[a-zA-Z]|\.\d{{1,2}}(?=\s?/))?)"
    rf"(?:\s?/\s?(?P<year>(?:19|20)\d\d|\d\d(?=/)))?\s?[/-]\s{{0,2}}"
    rf"(?P<codes>{_SMALL}|{_CODE}(?:(?:\s{{0,2}}[-/]\s{{0,2}}|\.|\s(?=(?:TT[gG]|UBND|HĐND|CP)(?!\w))){_CODE})?"
    rf"(?:(?:\s?[-/]|[-/]\s|\.){_CODE}){{0,4}}(?:-\d{{1,3}}(?![\w/.]))?)"
)
DATE = re.compile(
    r"(?:ngày|NGÀY)?\s*(?:(?P<d>\d{1,2})\s{0,2}[/.\-]\s{0,2}(?P<m>\d{1,2})\s{0,2}[/.\-]\s{0,2}(?P<y>(?:19|20)\d\d)"
    r"|(?P<d2>\d{1,2})\s*tháng\s*(?P<m2>\d{1,2})\s*năm\s*(?P<y2>(?:19|20)\d\d))(?!\d)",
    re.IGNORECASE,
)
# What may stand between a number and its date: "số 5/KH-UBND, ngày", "(ngày", "ban hành ngày", "đã được ... thông qua ngày".
_BEFORE_DATE = re.compile(r"\s*+[,(]?\s*+(?:ban\s+hành\s+|ký\s+)?ngày\s*(?=\d)", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"\s*+[,(]?\s*+ngày\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d\d)(?![\d/]|\.\d)", re.IGNORECASE)
_CENTURY = 60  # two figures below it are of this century
_YEAR = re.compile(r"\s+năm\s+((?:19|20)\d\d)(?![\d/])|\s+((?:19|20)\d\d)(?![\d/]|\s*-\s*\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as found: ``text`` without blanks and in the register's spelling, ``codes`` its letter parts."""

    span: Span
    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitedLaw:
    """A law cited by name with its number or date; where only a year is printed, the name ends with it."""

    span: Span
    word: str
    name: str
    number: str | None
    issued_on: date | None


def read_number(match: re.Match[str], register: Instruments) -> Number:
    """The number of one match of ``NUMBER``: blanks dropped, codes given their spelling ("QĐ-TTG", "qđ-ttg" → "QĐ-TTg")."""
    lead = re.sub(r"\s+", "", match.group()[: match.start("codes") - match.start()])
    codes = re.sub(r"(?<=[^\W\d])\s+(?=[^\W\d])", "-", match["codes"])  # a dash that was lost: "12/QĐ TTg"
    codes = re.sub(r"\s+", "", codes).replace("Ð", "Đ")
    parts = re.split(r"([-/.])", codes.upper() if codes.islower() else codes)
    for place, part in enumerate(parts):
        if part.isupper() and (spelling := register.spelling.get(part)):
            parts[place] = spelling
    return Number(Span(*match.span()), lead + "".join(parts), tuple(part for part in parts if part not in "-/."))


def kind_of(number: Number, register: Instruments) -> InstrumentType | None:
    """The kind that a number's own code names; a joint code ("TB-KL") before its first part."""
    joint = register.by_code("-".join(number.codes[:2])) if len(number.codes) > 1 else None
    return joint or register.by_code(number.codes[0])


def is_number(number: Number, register: Instruments) -> bool:
    """Whether a number is one without a word before it: a known kind with an issuer, or a letter of a known issuer ("15/UBND-KT")."""
    first = number.codes[0]
    return len(number.codes) > 1 and (kind_of(number, register) is not None or first.upper() in register.spelling)


def read_date(view: str, start: int, stop: int) -> tuple[date, int] | None:
    """The date that begins at ``start`` (a leading "ngày" allowed) and where it ends; None for no date or an impossible one."""
    match = DATE.match(view, start, stop)
    if match is None:
        return None
    day, month, year = (int(match[name] or match[name + "2"]) for name in ("d", "m", "y"))
    try:
        return date(year, month, day), match.end()
    except ValueError:
        return None


def date_after(view: str, start: int, stop: int) -> tuple[date | None, int]:
    """The date printed after a number ("…, ngày 9/7/2019", "(ngày …)"), or its bare year ("năm 2025"), and where that ends."""
    if (lead := _BEFORE_DATE.match(view, start, stop)) and (found := read_date(view, lead.end(), stop)):
        end = found[1]
        if "(" in lead.group() and (close := re.compile(r"\s*\)").match(view, end, stop)):
            end = close.end()
        return found[0], end
    if short := _SHORT_YEAR.match(view, start, stop):
        day, month, year_of = (int(figure) for figure in short.groups())
        with suppress(ValueError):
            return date(year_of + (2000 if year_of < _CENTURY else 1900), month, day), short.end()
    if year := _YEAR.match(view, start, stop):
        return None, year.end()
    return None, start


_LAW = re.compile(r"(?<!\w)(?:Bộ\s+[Ll]uật|Luật|Pháp\s+lệnh|Hiến\s+pháp|BỘ\s+LUẬT|LUẬT|PHÁP\s+LỆNH|HIẾN\s+PHÁP)(?!\w)(?!\s+(?:sư|gia|định|lệ)(?!\w))")
_LAW_REACH = 240  # "Luật Sửa đổi, bổ sung một số điều của Luật A, Luật B, Luật C và Luật D ngày ..." stays under it
_LAW_STOP = re.compile(r"[;|\")?!\[\]]|\.\s|(?<!số):|\((?!\s*(?:Luật\s+)?(?:số|ngày))")
_LAW_END = re.compile(
    r",?\s*(?<!\w)(?:(?P<day>ngày\s*(?=\d))|(?P<number>(?:\(\s*)?(?:Luật\s+)?số\s*:?\s*(?=\d))|(?:năm\s+)?(?<![\d/.-])(?P<year>(?:19|20)\d\d)(?![\d/]|\s*-\s*\d))",
    re.IGNORECASE,
)
# "Luật A được Quốc hội khóa XV thông qua tại kỳ họp thứ 9 ngày ...": how it came about, not its name.
_PASSED = re.compile(r",?\s+(?:đã\s+)?(?:được|do)\s+(?:Quốc\s+hội|Ủy\s+ban\s+Thường\s+vụ)\s.{0,80}\Z|\s+ban\s+hành\Z", re.IGNORECASE)
# No name of a law runs over these: another instrument, or what is done under the law.
_NOT_A_NAME = re.compile(
    r"(?<!\w)(?:nghị\s+(?:định|quyết)|thông\s+tư|quyết\s+định|chỉ\s+thị|kế\s+hoạch|công\s+văn|trong|đến|vào|trước|chậm\s+nhất|hoàn\s+thành|nhiệm\s+kỳ|giai\s+đoạn|có\s+hiệu\s+lực|"
    r"quy\s+định\s+tại|từ|tháng|quý|điều\s+\d|khoản\s+\d|lần\s+thứ|căn\s+cứ|trên\s+địa\s+bàn)(?!\w)",
    re.IGNORECASE,
)
_AMENDING = re.compile(r"^\s*sửa\s+đổi", re.IGNORECASE)


def find_laws(view: str, span: Span, register: Instruments) -> list[CitedLaw]:
    """Laws cited by name with a number, a date or a year, in order; a law named inside another's name is part of that.

    "Luật Đất đai" alone is no citation, nor is "Luật Đất đai trong năm 2025" (that year is a time).
    """
    found: list[CitedLaw] = []
    at = span.start
    while head := _LAW.search(view, at, span.end):
        law = _law_from(view, head, span.end, register)
        if law is not None:
            found.append(law)
        at = law.span.end if law is not None else head.end()
    return found


def _law_from(view: str, head: re.Match[str], stop: int, register: Instruments) -> CitedLaw | None:
    stop = min(stop, head.end() + _LAW_REACH)
    if cut := _LAW_STOP.search(view, head.end(), stop):
        stop = cut.start()
    end = _LAW_END.search(view, head.end(), stop)
    if end is None:
        return None
    name = _PASSED.sub("", view[head.end() : end.start()])
    following = _LAW.search(name)
    if _NOT_A_NAME.search(name) or (following and not _AMENDING.match(name)) or (not name.strip() and not end["number"]):
        return None
    if head.group().isupper() and not name.isupper() and name.strip():
        return None  # a title in capitals has ended and the text begun
    word = " ".join(head.group().split()).capitalize()
    number, issued_on, finish = None, None, end.end()
    if end["number"]:
        if (match := NUMBER.match(view, end.end(), stop)) is None:
            return None
        number = read_number(match, register).text
        issued_on, finish = date_after(view, match.end(), stop)
    elif end["day"]:
        if (found := read_date(view, end.end(), stop)) is None:
            return None
        issued_on, finish = found
    return CitedLaw(Span(head.start(), finish), word, f"{' '.join(name.split()).strip(' ,')} {end['year'] or ''}".strip(), number, issued_on)
