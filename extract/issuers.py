"""Names of issuing bodies: where one ends in running text, and how one printed in capitals is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kehoach.rules.instruments import Instruments
from kehoach.schemas.spans import Span

_MAX_WORDS = 16  # "Phó Chủ tịch Thường trực Ủy ban nhân dân thành phố Hồ Chí Minh" has 13
_BLANKS = re.compile(r"\s*")
_WORD = re.compile(r"[^\W\d]+(?:&[^\W\d]+)*")
_TERM = re.compile(r"\s*+\(?\s*+(?:khóa|KHÓA)\s+(?:[IVXL]+|\d{1,2})(?:\s*\))?(?!\w)", re.IGNORECASE)
# A Party plenum: "Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII" is the committee, "Hội nghị Trung ương 6 khóa XIII" names itself.
_PLENUM = re.compile(
    r"Hội\s+nghị\s+(?:(?P<session>Trung\s+ương\s+(?:lần\s+thứ\s+)?\w+(?:\s*,?\s+khóa\s+[IVXL]+)?)|lần\s+thứ\s+\w+(?:\s+\w+)?,?\s+(?=Ban\s))",
    re.IGNORECASE,
)
# Lower-case words inside names: units of the country, and second halves of names that are not capitalised.
_INNER = re.compile(
    "nhân|dân|thành|phố|tỉnh|huyện|quận|xã|phường|thị|đặc|khu|nước|vận|tải|nông|thôn|trung|ương|tối|cao|quốc|gia|ủy|đảng|các|cấp|và|tịch|sát|viên|công"
)


@dataclass(frozen=True, slots=True)
class IssuerGrammar:
    """Compiled words of the register: ``head`` begins a name, ``end`` and ``end_capitals`` stand after one."""

    head: re.Pattern[str]
    end: re.Pattern[str]
    end_capitals: re.Pattern[str]
    kind: re.Pattern[str]
    phrases: dict[str, str]
    phrase: re.Pattern[str]


def _any(words: tuple[str, ...] | list[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in ordered) + r")(?!\w)"


def compile_issuers(register: Instruments) -> IssuerGrammar:
    """The grammar of the register's words."""
    names = {phrase.lower() for phrase in register.phrases if phrase[0].isupper()}
    # A verb of two syllables may open with a capital by mistake ("của UBND tỉnh Sửa đổi"), unless a name begins with it ("Phát triển nông thôn").
    verbs = [word.capitalize() for word in register.ends if " " in word and not any(word in name for name in names)]
    heads = [*register.heads, *(head.upper() for head in register.heads)]
    return IssuerGrammar(
        head=re.compile(rf"(?!(?i:{_any(register.not_heads)}))" + _any(heads)),
        end=re.compile(_any([*register.ends, *verbs])),
        # In capitals "XÂY DỰNG" may be a ministry's field, so words that are also names do not end one there.
        end_capitals=re.compile(_any([word.upper() for word in register.ends if word not in names])),
        # Another instrument begins ("của Chính phủ, Nghị quyết số …"); in "Bộ Kế hoạch và Đầu tư" none does.
        kind=re.compile(_any([kind.name for kind in register.types if len(kind.name.split()) > 1]) + r"(?!\s+và\s+Đầu)"),
        phrases={phrase.lower(): phrase for phrase in register.phrases},
        phrase=re.compile(r"(?<!\w)" + _any([phrase.lower() for phrase in register.phrases])),
    )


def read_issuer(view: str, start: int, stop: int, grammar: IssuerGrammar) -> Span | None:
    """The name of a body that begins at ``start`` (blanks skipped), None where no known head stands there.

    A name runs over capitalised words, at most one lower-case half after each ("Bộ Tài chính", "Chính phủ"), and the
    units of the country; it ends before a verb or preposition, a kind of instrument, a digit or a mark.
    """
    start = _BLANKS.match(view, start, stop).end()  # type: ignore[union-attr]  # it always matches
    if plenum := _PLENUM.match(view, start, stop):
        if plenum["session"]:
            return Span(start, plenum.end())
        start = plenum.end()
    head = grammar.head.match(view, start, stop)
    if head is None:
        return None
    capitals = view[start : min(stop, start + 60)].split(".", maxsplit=1)[0].isupper()
    end = _name_end(view, Span(head.end(), stop), grammar, grammar.end_capitals if capitals else grammar.end)
    term = _TERM.match(view, end, stop)
    return Span(start, term.end() if term else end)


def _name_end(view: str, rest: Span, grammar: IssuerGrammar, ends: re.Pattern[str]) -> int:
    """Where the name ends whose head ends at ``rest.start``."""
    end = at = rest.start
    names = 0  # capitalised words in a row: after two of them (a place, a person) a lower-case word is no second half
    for _ in range(_MAX_WORDS):
        step = _next_word(view, at, rest.end)
        if step is None or ends.match(view, step.start) or grammar.kind.match(view, step.start):
            break
        word = step.of(view)
        if head := grammar.head.match(view, step.start, rest.end):
            names, step = 0, Span(step.start, head.end())
        elif word[0].isupper():
            names += 1
        elif not _INNER.fullmatch(word) and (names != 1 or view[at : step.start].strip()):
            break
        else:
            names = 0
        at = step.end
        if word.lower() not in ("và", "các"):
            end = at
    return end


def _next_word(view: str, at: int, stop: int) -> Span | None:
    """The next word of a name: after blanks, " - ", "." of an abbreviation, or ", " before half of a ministry's name or a body that signs along."""
    gap = re.compile(r"\s+-\s+(?=[^\W\d])|\.?\s+|\.(?=[^\W\d])|,\s+(?=(?i:Thương binh|Thể thao|Giáo dục nghề|Ban Bí thư))").match(view, at, stop)
    if gap is None or ("." in gap.group() and not view[max(0, at - 2) : at].isupper()):
        return None
    word = _WORD.match(view, gap.end(), stop)
    return Span(*word.span()) if word else None


def settle_case(name: str, grammar: IssuerGrammar) -> str:
    """``name`` as it is written inside a sentence, where it was printed in capitals; unchanged where it was not.

    >>> from kehoach.rules.instruments import load_instruments
    >>> settle_case("ỦY BAN NHÂN DÂN TỈNH SƠN LA", compile_issuers(load_instruments()))
    'Ủy ban nhân dân tỉnh Sơn La'
    """
    name = " ".join(name.split())
    letters = [letter for letter in name if letter.isalpha()]
    if not letters or sum(letter.isupper() for letter in letters) < 0.8 * len(letters):
        return name
    lower, parts, at = name.lower(), [], 0
    for match in grammar.phrase.finditer(lower):
        parts += [_capitalised(name[at : match.start()]), grammar.phrases[" ".join(match.group().split())]]
        at = match.end()
    settled = "".join([*parts, _capitalised(name[at:])])
    return settled[:1].upper() + settled[1:]


_SHORT = re.compile(r"^(?:.*&.*|UBND|HĐND|UBTVQH|TP|TPHCM|HCM|MTTQ|TNMT|PTNT|THPT|THCS|TW|CP|[IVX]+)$")


def _capitalised(words: str) -> str:
    return re.sub(r"[^\W\d_]+(?:&[^\W\d_]+)*", lambda word: word.group() if _SHORT.match(word.group()) else word.group().capitalize(), words)
