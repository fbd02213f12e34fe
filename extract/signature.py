"""Who signed an instrument, and in what post of their own."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from kehoach.extract.issuers import IssuerGrammar, settle_case
from kehoach.extract.pieces import Piece, pieces_of
from kehoach.rules.loader import RuleSet
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText

# Two to five capitalised syllables; names of highland peoples have one-letter parts ("Y Thanh Hà Niê", "H'Yim Kđoh").
NAME = regex.compile(r"(?:\p{Lu}(?:'\p{Lu})?\p{Ll}*(?:\s\p{Lu}(?:'\p{Lu})?\p{Ll}*){1,4}|\p{Lu}{2,}(?:\s\p{Lu}{2,}){1,4})(?=\W*(?:(?:đã|Đã) ký\W*)?$)")
# Ranks and degrees before a name: they are no part of it.
_RANK = regex.compile(r"(?:(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá)|(?:GS|PGS|TS|ThS|BS|BSCK\w*|KS|CN|Ths)\.?(?=[\s.]))[\s.,]*", regex.IGNORECASE)
_MARK = regex.compile(r"(?<!\w)(?:[TK]\s?/\s?[MTL](?!\w)|(?:TM|KT|TL|TUQ|Q)\s?\.)")
_CONTEXT = 1600  # recipients and signing words stand within a page of the signature
_AFTER_POST = 700  # in two-column prints the recipients' lines run between post and name
_NEAR = 3  # pieces after a post in which any name counts; further down only one with a known family name


@dataclass(frozen=True, slots=True)
class Signature:
    """A signatory's name and own post ("KT. CHỦ TỊCH / PHÓ CHỦ TỊCH" → "Phó Chủ tịch") with their spans."""

    name: str
    name_span: Span
    post: str | None
    post_span: Span | None


def read_signature(clean: CleanText, rules: RuleSet, grammar: IssuerGrammar) -> Signature | None:
    """The first signature of the content: the decision's own, not that of a plan attached to it."""
    for rule in rules.labelled("post"):
        posts = list(rule.pattern.finditer(clean.view))
        for place, post in enumerate(posts):
            stop = posts[place + 1].start() if place + 1 < len(posts) else len(clean.view)
            if not _in_signature(clean.view, post.start(), rules):
                continue
            if name := _name_after(clean, Span(post.end(), min(stop, post.end() + _AFTER_POST, len(clean.view))), rules, grammar):
                words = " ".join(post.group().split())
                return Signature(_written(name.text), name.span, settle_case(words, grammar), Span(*post.span()))
    return _without_post(clean, rules, grammar)


def _without_post(clean: CleanText, rules: RuleSet, grammar: IssuerGrammar) -> Signature | None:
    """The name under "T/M BỘ CHÍNH TRỊ": a member signs for a body without a post of the head's."""
    found = rules.first("recipients", clean.view)
    if found is None:
        return None
    zone = Span(found[1].start(), min(len(clean.view), found[1].start() + _CONTEXT))
    for mark in (piece for piece in pieces_of(clean, zone) if rules.first("signing", piece.text)):
        if name := _name_after(clean, Span(mark.span.end, min(len(clean.view), mark.span.end + _AFTER_POST)), rules, grammar):
            return Signature(_written(name.text), name.span, None, None)
    return None


def _in_signature(view: str, at: int, rules: RuleSet) -> bool:
    """Whether recipients or signing words stand near: posts in capitals occur in titles and authority lines too."""
    around = view[max(0, at - _CONTEXT) : at + _AFTER_POST]
    before = view[max(0, at - 60) : at]
    return rules.first("recipients", around) is not None or _MARK.search(before) is not None


def _name_after(clean: CleanText, span: Span, rules: RuleSet, grammar: IssuerGrammar) -> Piece | None:
    place = 0
    for piece in pieces_of(clean, span):
        if rules.first("signed", piece.text) or rules.first("signing", piece.text):
            continue
        lead = 0
        while rank := _RANK.match(piece.text, lead):
            lead = rank.end()
        if (match := NAME.match(piece.text, lead)) and not grammar.head.match(piece.text):
            near = place < _NEAR and not match.group().isupper()
            if near or rules.first("surname", match.group().split()[0].capitalize()):
                start = clean.view.index(match.group().split()[0], piece.span.start + lead)
                return Piece(Span(start, piece.span.end - (len(piece.text) - match.end())), match.group())
        place += 1
    return None


def _written(name: str) -> str:
    return name.title() if name.isupper() else name
