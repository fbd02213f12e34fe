"""Cuts a text of one or more sentences into the clauses that state its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from kehoach.rules.targets import TargetRules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Quantity

from .spans import trim

_SENTENCE_END = regex.compile(
    r"(?<=(?:[\p{Ll}\d)%\"'\]]|\p{Lu}\p{Lu})\s{0,2})(?:[.!?]+|…)(?:\s+(?=(?:[-+]\s+|\p{Ll}\)\s+)?[\"'(\[]*[\p{Lu}\d])|(?=\p{Lu}\p{Ll})|\s*$)|\s\|\s"
)
_MARK = regex.compile(r"(?:[-+|]|\p{Ll}\))\s+")
_SEPARATOR = regex.compile(r"[,();:]|(?<!\w)(?:và|trong\s+đó)(?!\w)", regex.IGNORECASE)
_OPENING = regex.compile(r"[,();:]|(?<!\w)(?:và|trong\s+đó|để|nhằm)(?!\w)", regex.IGNORECASE)
# What still belongs to a number after its unit: a bracketed time, a comparison, a scope.
_QUALIFIER = regex.compile(r"\s*\([^()\d]{0,12}(?:năm|giai\s+đoạn|quý|tháng)\s[^()]{2,40}\)|\s+so\s+(?:với\s+)?[^,;()]{3,80}", regex.IGNORECASE)
EDGE = " \t\n\r\xa0,;:.-+|()\"'*"


@dataclass(frozen=True, slots=True)
class Clause:
    """The stretch that states one quantity (``quantity`` None: a stretch without numbers).

    ``final``: the number ends its clause ("tỷ lệ X đạt 80%"); ``shared``: the quantity has the same words as the next
    one ("80% (năm 2020), 95% (năm 2025) trẻ em ...").
    """

    span: Span
    quantity: Quantity | None
    segment: Span
    sentence: Span
    final: bool = False
    shared: bool = False


def sentences(view: str, span: Span) -> Iterator[Span]:
    """Sentences of ``view[span]``, trimmed of blanks and of the mark of a list item inside the line, never empty."""
    start = span.start
    for match in _SENTENCE_END.finditer(view, span.start, span.end):
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
    for at in range(sentence.start, sentence.end):
        sign = view[at]
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


def _split(view: str, segment: Span, sentence: Span, inside: list[Quantity], rules: TargetRules) -> Iterator[Clause]:
    left = segment.start
    pieces: list[tuple[int, int, bool, bool]] = []
    for place, quantity in enumerate(inside):
        after = _qualified(view, quantity.span.end, segment.end)
        limit = inside[place + 1].span.start if place + 1 < len(inside) else segment.end
        final = after >= limit or _at_separator(view, after, limit)
        shared = place + 1 < len(inside) and final and not _words(view[after:limit])
        left = _narrow(view, left, quantity.span.start, rules)
        right, follow = _right(view, Span(after, limit), final, place + 1 == len(inside), rules)
        pieces.append((left, right, final, shared))
        left = follow
    end = segment.end
    for place in range(len(pieces) - 1, -1, -1):  # a shared statement reaches to the end of the one it shares
        start, right, final, shared = pieces[place]
        nested = not final and place + 1 < len(pieces) and right >= inside[place + 1].span.start
        if (shared and not _ends_all(pieces[place:])) or nested:
            right = max(right, pieces[place + 1][1])
        pieces[place] = (start, min(right, end), final, shared)
    for quantity, (start, right, final, shared) in zip(inside, pieces, strict=True):
        whole = trim(view, Span(min(start, quantity.span.start), max(right, quantity.span.end)), EDGE)
        span = Span(min(whole.start, quantity.span.start), max(whole.end, quantity.span.end))
        yield Clause(_closed_brackets(view, span, segment), quantity, segment, sentence, final, shared)


def _ends_all(pieces: list[tuple[int, int, bool, bool]]) -> bool:
    """Whether the run of shared quantities ends the statement ("tương ứng 13%, 12% và 11%"), so that its words stand before it."""
    last = next((piece for piece in pieces if not piece[3]), pieces[-1])
    return last[2]


def _qualified(view: str, at: int, end: int) -> int:
    match = _QUALIFIER.match(view, at, end)
    return match.end() if match else at


def _at_separator(view: str, at: int, limit: int) -> bool:
    rest = view[at:limit].lstrip()
    return not rest or bool(_SEPARATOR.match(rest)) or rest[0] == "."


def _words(text: str) -> bool:
    return any(char.isalpha() for char in _SEPARATOR.sub(" ", text))


def _narrow(view: str, left: int, start: int, rules: TargetRules) -> int:
    """The left edge of a clause: after the last separator that is followed by the head of a statement."""
    best = left
    for speech in rules.speech.finditer(view, left, start):
        best = speech.end()
    for match in _OPENING.finditer(view, best, start):
        if match.group() == ")":
            continue
        text = view[match.end() : start + 1].lstrip()
        # "bán lẻ hàng hóa và doanh thu dịch vụ" is one indicator.
        joins = match.group().lower() == "và" and view[best : match.start()].strip() and rules.head.match(text)
        head = not joins and (rules.start.match(text) or (match.group() in ",(:" and rules.start_verb.match(text)))
        if head or (match.end() >= start - 1 and match.group() == "("):
            best = match.end()
    while (opener := rules.opener.match(view, best, start)) and opener.end() > best:
        best = opener.end()
    return best


def _right(view: str, gap: Span, final: bool, last: bool, rules: TargetRules) -> tuple[int, int]:
    """Where the clause of a quantity ends and where that of the next may begin; ``gap`` runs to the next quantity or the segment's end."""
    if final:
        return gap.start, gap.start
    tail = rules.tail.search(view, gap.start, gap.end)
    if last:
        return (tail.start() if tail else gap.end), gap.end
    marks = list(_SEPARATOR.finditer(view, gap.start, gap.end))
    if not marks:  # the next number stands inside this statement
        return gap.end, gap.start
    headed = [mark for mark in marks if mark.group() != ")" and rules.start.match(view[mark.end() : gap.end + 1].lstrip())]
    cut = (headed or marks)[0 if headed else -1]
    return min(cut.start(), tail.start() if tail else cut.start()), cut.end()


def _closed_brackets(view: str, span: Span, segment: Span) -> Span:
    """``span`` with a bracket that it opens closed, where the closing one follows at once."""
    text = view[span.start : span.end]
    if text.count("(") > text.count(")") and span.end < segment.end and view[span.end] == ")":
        return Span(span.start, span.end + 1)
    return span
