"""Cuts a text of one or more sentences into the clauses that state its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from kehoach.rules.targets import TargetRules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Quantity

from .spans import trim

# A full stop, the bar of a table row, or the bullet of the next item of a cell (its line break is a blank in the view).
_SENTENCE_END = regex.compile(
    r"(?<=(?:[\p{Ll}\d)%\"'\]]|\p{Lu}\p{Lu})\s{0,2})(?:[.!?]+|…)(?:\s+(?=(?:[-+]\s+|\p{Ll}\)\s+)?[\"'(\[]*[\p{Lu}\d])|(?=\p{Lu}\p{Ll})|\s*$)|\s\|\s|\s{2,}(?=[-+]\s)"
)
_MARK = regex.compile(r"(?:[-+|]|(?:\p{Ll}|\d{1,2})\))\s+")
_SIGN = re.compile(r"[();:+]")
_SEPARATOR = regex.compile(r"[,();:]|(?<!\w)(?:và|trong\s+đó)(?!\w)", regex.IGNORECASE)
_OPENING = regex.compile(r"[,();:]|(?<!\w)(?:và|trong\s+đó|để|nhằm)(?!\w)", regex.IGNORECASE)
# What still belongs to a number after its unit: a bracketed time, a comparison, a scope.
_QUALIFIER = regex.compile(r"\s*\([^()\d]{0,12}(?:năm|giai\s+đoạn|quý|tháng)\s[^()]{2,40}\)|\s+so\s+(?:với\s+)?[^,;()]{3,80}", regex.IGNORECASE)
# A noun of at most three words that goes on a list, up to the next separator or to what is said of all of them.
_NOUN = regex.compile(
    r"\s*(?:,|(?<!\w)và(?!\w))\s+((?:\p{Ll}+\s+){0,2}?\p{Ll}+)(?=\s*(?:[,;.]|$)|\s+(?:và|của|có|được|đạt|trong|tại|ở|thuộc|trên|trực\s+thuộc|tham\s+gia)(?!\w))"
)
_AND = regex.compile(r"\s*và\s+(?:(?:trên|dưới|hơn|gần|khoảng|ít\s+nhất|tối\s+thiểu)\s+)?$", regex.IGNORECASE)
EDGE = " \t\n\r\xa0,;:.-+|()\"'*"


@dataclass(frozen=True, slots=True)
class Clause:
    """The stretch that states one quantity (``quantity`` None: a stretch without numbers).

    ``final``: the number ends its clause ("tỷ lệ X đạt 80%"); ``shared``: the quantity has the same words as the next
    one ("80% (năm 2027), 95% (năm 2030) trẻ em ...").
    """

    span: Span
    quantity: Quantity | None
    segment: Span
    sentence: Span
    final: bool = False
    shared: bool = False


def sentences(view: str, span: Span, whole: Sequence[Span] = ()) -> Iterator[Span]:
    """Sentences of ``view[span]``, trimmed of blanks and of the mark of a list item inside the line, never empty.

    None ends inside one of ``whole`` ("40  - 50 trường" is a range, not a bullet).
    """
    start = span.start
    for match in _SENTENCE_END.finditer(view, span.start, span.end):
        if any(item.start < match.start() and match.end() < item.end for item in whole):
            continue
        if (piece := _unmarked(view, Span(start, match.end()))).length:
            yield piece
        start = match.end()
    if (piece := _unmarked(view, Span(start, span.end))).length:
        yield piece


def _unmarked(view: str, span: Span) -> Span:
    piece = trim(view, span)
    mark = _MARK.match(view, piece.start, piece.end)
    return trim(view, Span(mark.end(), piece.end)) if mark else piece


def segments(view: str, sentence: Span, quantities: Sequence[Quantity]) -> Iterator[Span]:
    """Parts of a sentence between semicolons outside brackets, and after a label that ends in a colon."""
    depth, start = 0, sentence.start
    for mark in _SIGN.finditer(view, sentence.start, sentence.end):
        sign, at = mark.group(), mark.start()
        if sign in "()":
            depth = max(0, depth + (1 if sign == "(" else -1))
        elif (
            (sign == ";" and depth == 0)
            or (sign == "+" and view[at - 1 : at + 2] == " + ")
            or (sign == ":" and depth == 0 and _is_label(view, sentence, at, quantities))
        ):
            yield Span(start, at)
            start = at + 1
    yield Span(start, sentence.end)


def _is_label(view: str, sentence: Span, colon: int, quantities: Sequence[Quantity]) -> bool:
    """A colon joins an indicator to its value ("Số hồ sơ: 300 hồ sơ") where nothing follows the value, and labels what follows elsewhere."""
    after = next((item for item in quantities if colon < item.span.start), None)
    if after is None or view[colon + 1 : after.span.start].strip():
        return True
    rest = view[after.span.end : sentence.end].lstrip()
    return bool(rest) and rest[0] not in ",;.()"


def clauses(view: str, sentence: Span, quantities: Sequence[Quantity], rules: TargetRules) -> Iterator[Clause]:
    """The clauses of one sentence in order, one per quantity, and one per segment without any."""
    for segment in segments(view, sentence, quantities):
        inside = [item for item in quantities if segment.start <= item.number.start < segment.end]
        if inside:
            yield from _split(view, Span(*segment), sentence, inside, rules)
        elif (piece := trim(view, segment, EDGE)).length:
            yield Clause(piece, None, piece, sentence)


@dataclass(slots=True)
class _Piece:
    """A clause in the making: [start, end) as far as cut."""

    start: int
    end: int
    final: bool
    shared: bool


def _split(view: str, segment: Span, sentence: Span, inside: list[Quantity], rules: TargetRules) -> Iterator[Clause]:
    pieces: list[_Piece] = []
    left = segment.start
    for place, quantity in enumerate(inside):
        follower = inside[place + 1] if place + 1 < len(inside) else None
        limit = max(quantity.span.end, follower.span.start if follower else segment.end)
        after = _qualified(view, _listed_nouns(view, quantity, limit, follower is not None, rules), segment.end)
        gap = Span(after, max(after, limit))
        final = not gap.length or _at_separator(view, gap)
        shared = follower is not None and final and not _has_words(view[gap.start : gap.end])
        start = _narrow(view, left, quantity.span.start, rules)
        end, left = (gap.start, gap.start) if final else _right(view, gap, follower, rules)
        pieces.append(_Piece(start, end, final, shared))
    _extend(pieces, inside)
    _share_predicate(view, pieces, inside, rules)
    for quantity, piece in zip(inside, pieces, strict=True):
        whole = trim(view, Span(min(piece.start, quantity.span.start), min(max(piece.end, quantity.span.end), segment.end)), EDGE)
        span = Span(min(whole.start, quantity.span.start), max(whole.end, quantity.span.end))
        yield Clause(_closed_brackets(view, span, segment), quantity, segment, sentence, piece.final, piece.shared)


def _extend(pieces: list[_Piece], inside: list[Quantity]) -> None:
    """A shared or nested statement reaches to the end of the one it shares or holds.

    Not where the numbers end the statement ("đạt tương ứng 13%, 12% và 11%"): there the words stand before them.
    """
    ends_all = True
    for place in range(len(pieces) - 2, -1, -1):
        piece, following = pieces[place], pieces[place + 1]
        if not following.shared:
            ends_all = following.final
        nested = not piece.final and piece.end >= inside[place + 1].span.start
        if nested or (piece.shared and not ends_all):
            piece.end = max(piece.end, following.end)


def _share_predicate(view: str, pieces: list[_Piece], inside: list[Quantity], rules: TargetRules) -> None:
    """In "80% trạm y tế xã và 100% cơ sở cai nghiện đủ điều kiện" the first share has the predicate of the second."""
    for place in range(len(pieces) - 2, -1, -1):
        piece, following = pieces[place], pieces[place + 1]
        first, second = inside[place], inside[place + 1]
        joined = _AND.match(view, piece.end, second.span.start) is not None
        if not (joined and all((item.unit_text or "").startswith("%") for item in (first, second))):
            continue
        own = rules.patterns.first("predicate", view, first.span.end, piece.end)
        if own is None and view[first.span.end : piece.end].strip() and rules.patterns.first("predicate", view, second.span.end, following.end):
            piece.end = following.end


def _listed_nouns(view: str, quantity: Quantity, limit: int, followed: bool, rules: TargetRules) -> int:
    """The end of a count whose noun goes on behind a comma or "và" ("03 cơ sở giáo dục, đào tạo của tỉnh")."""
    at = quantity.span.end
    if quantity.unit is None or quantity.unit_text is None or (len(quantity.unit_text.split()) < 2 and not followed):
        return at
    while (match := _NOUN.match(view, at, limit)) and not (rules.start.match(match.group(1)) or rules.start_verb.match(match.group(1))):
        if (followed and not view[match.end() : limit].strip()) or rules.patterns.first("action", match.group(1)):
            break
        at = match.end()
    return at


def _qualified(view: str, at: int, end: int) -> int:
    match = _QUALIFIER.match(view, at, end)
    return match.end() if match else at


def _at_separator(view: str, gap: Span) -> bool:
    rest = view[gap.start : gap.end].lstrip()
    return not rest or bool(_SEPARATOR.match(rest)) or rest[0] == "."


def _has_words(text: str) -> bool:
    return any(char.isalpha() for char in _SEPARATOR.sub(" ", text))


def _starts(mark: regex.Match[str], following: str, rules: TargetRules) -> bool:
    """Whether a statement begins behind a separator."""
    text = following.lstrip()
    return mark.group() != ")" and bool(rules.start.match(text) or (mark.group() in ",(:" and rules.start_verb.match(text)))


def _narrow(view: str, left: int, start: int, rules: TargetRules) -> int:
    """The left edge of a clause: after the last separator that is followed by the head of a statement."""
    best = left
    for speech in rules.speech.finditer(view, left, start):
        best = speech.end()
    asides = _closed_asides(view, best, start)
    for mark in _OPENING.finditer(view, best, start):
        if any(aside.start <= mark.start() < aside.end for aside in asides):
            continue
        following = view[mark.end() : start + 1]
        # "bán lẻ hàng hóa và doanh thu dịch vụ" is one indicator.
        joins = mark.group().lower() == "và" and view[best : mark.start()].strip() and rules.head.match(following.lstrip())
        if (not joins and _starts(mark, following, rules)) or (mark.end() >= start - 1 and mark.group() == "("):
            best = mark.end()
    if such := rules.such_as.search(view, best, start):
        best = such.end()
    while (opener := rules.opener.match(view, best, start)) and opener.end() > best:
        best = opener.end()
    return best


def _closed_asides(view: str, start: int, end: int) -> list[Span]:
    """Brackets that close before ``end``: what stands in them divides nothing."""
    opened: list[int] = []
    found = []
    for at in range(start, end):
        if view[at] == "(":
            opened.append(at)
        elif view[at] == ")" and opened:
            found.append(Span(opened.pop(), at + 1))
    return found


def _right(view: str, gap: Span, follower: Quantity | None, rules: TargetRules) -> tuple[int, int]:
    """Where the clause of a quantity ends and where that of ``follower`` may begin; ``gap`` runs to there or to the segment's end."""
    tail = rules.tail.search(view, gap.start, gap.end)
    if follower is None:
        return (tail.start() if tail else gap.end), gap.end
    marks = list(_SEPARATOR.finditer(view, gap.start, gap.end))
    headed = [mark for mark in marks if _starts(mark, view[mark.end() : gap.end + 1], rules)]
    if not marks or (not headed and _is_nested(view[marks[-1].end() : gap.end], follower)):
        return gap.end, gap.start
    cut = headed[0] if headed else marks[-1]
    return min(cut.start(), tail.start() if tail else cut.start()), cut.end()


def _is_nested(lead: str, follower: Quantity) -> bool:
    """In "100% cán bộ cấp huyện, cấp xã được bồi dưỡng ít nhất 1 lần/năm" the bound belongs to the predicate of the share."""
    return follower.comparator in (">=", "<=") and not (follower.unit_text or "").startswith("%") and len(lead.split()) > 1


def _closed_brackets(view: str, span: Span, segment: Span) -> Span:
    """``span`` with a bracket or quotation that it opens closed, where the closing one follows at once."""
    text = view[span.start : span.end]
    if text.count('"') % 2 and span.end < segment.end and view[span.end] == '"':
        return Span(span.start, span.end + 1)
    if text.count("(") > text.count(")") and span.end < segment.end and view[span.end] == ")":
        return Span(span.start, span.end + 1)
    return span
