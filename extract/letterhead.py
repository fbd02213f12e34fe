"""The head of an instrument: issuing body, number, place and date, kind and title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from kehoach.extract.citations import NUMBER, read_date, read_number
from kehoach.extract.issuers import IssuerGrammar, read_issuer
from kehoach.extract.pieces import EDGE, Piece, pieces_of, with_tabs
from kehoach.extract.spans import squash
from kehoach.rules.instruments import Instruments, InstrumentType
from kehoach.rules.loader import RuleSet
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText

_REACH = 3600  # a letterhead with its title, from the motto on
_HEAD_REACH = 8000  # a motto further down is that of an instrument quoted or attached
_BEFORE_MOTTO = 400  # in one-line tables and two-column prints the issuer stands before the motto
_MAX_TITLE = 900
_TITLE_PIECES = 8  # without a motto a kind deeper in the text opens an attachment, or is quoted
_BODY_BEFORE_PLACE = re.compile(
    r"(?:UBND|HĐND|ỦY BAN NHÂN DÂN|SỞ|BỘ|Ủy ban nhân dân|Sở|Bộ)\s+(?:(?:tỉnh|TỈNH|thành phố|huyện|xã|phường)\s+)?(?=[^\W\d_])"
)
_TITLE_LINE = 260  # a title is printed in centred lines; a longer one is the text


@dataclass(slots=True)
class Letterhead:
    """What was read, each value with its span in ``evidence``; ``motto`` is the national motto or the Party's name.

    ``parent`` is the body above the issuer in a letterhead of two; ``authority`` the line under the title that names who decides.
    """

    motto: Span | None = None
    kind: InstrumentType | None = None
    number: str | None = None
    blank_number: bool = False
    issuer: str | None = None
    parent: str | None = None
    authority: str | None = None
    place: str | None = None
    issued_on: date | None = None
    title: str | None = None
    evidence: dict[str, Span] = field(default_factory=dict)


def find_motto(view: str, rules: RuleSet) -> Span | None:
    """The first national motto, or the Party's name over a Party document, of the content."""
    for label in ("motto", "party"):
        if found := rules.first(label, view):
            return Span(*found[1].span())
    return None


def read_letterhead(clean: CleanText, rules: RuleSet, register: Instruments, grammar: IssuerGrammar) -> Letterhead:
    """The letterhead around the motto, or at the start of the content where there is none; fields that are not printed stay empty."""
    begin = len(clean.view) - len(clean.view.lstrip())
    motto = find_motto(clean.view[: begin + _HEAD_REACH], rules)
    head = Letterhead(motto=motto)
    if head.motto is not None:
        begin = max(begin, head.motto.start - _BEFORE_MOTTO)
    zone = Span(begin, min(len(clean.view), (head.motto.start if head.motto else begin) + _REACH))
    bare = _without_motto(clean, zone, rules)
    pieces = list(pieces_of(bare, zone))
    _read_number(bare.view, zone, head, rules, register)
    _read_place_date(bare, zone, head, rules)
    at = _read_kind(pieces, head, register)
    _read_issuer(pieces if at is None else pieces[:at], head, rules, grammar)
    if at is not None:
        _read_title(pieces, at, head, rules, grammar)
    elif head.number or head.blank_number:
        _read_letter_title(pieces, head, rules)
    return head


def _without_motto(clean: CleanText, zone: Span, rules: RuleSet) -> CleanText:
    view = clean.view[: zone.start] + with_tabs(clean, *zone) + clean.view[zone.end :]
    for label in ("motto", "party"):
        for rule in rules.labelled(label):
            for match in rule.pattern.finditer(view, zone.start, zone.end):
                view = view[: match.start()] + " " * len(match.group()) + view[match.end() :]
    return CleanText(clean.source, clean.dropped, view)


def _read_number(view: str, zone: Span, head: Letterhead, rules: RuleSet, register: Instruments) -> None:
    found = rules.first("number", view, zone.start, zone.end)
    if found is None:
        return
    at = found[1].end()
    if match := NUMBER.match(view, at, zone.end):
        number = read_number(match, register)
        head.number, head.evidence["number"] = number.text, number.span
        head.kind = _kind_of_codes(number.codes, register)
    elif blank := re.compile(r"[\s.…]*[/-]\s?(?P<codes>[A-ZĐ][\wĐđ&]*(?:\s?[-/]\s?[A-ZĐ][\wĐđ&]*)*)").match(view, at, zone.end):
        head.blank_number = True
        head.kind = _kind_of_codes(tuple(re.split(r"\s?[-/]\s?", blank.group("codes"))), register)


def _kind_of_codes(codes: tuple[str, ...], register: Instruments) -> InstrumentType | None:
    """The kind a number names; one with letters of an office only ("/UBND-KT") is that of a công văn."""
    kind = register.by_code("-".join(codes[:2])) or register.by_code(codes[0])
    return kind or (register.by_word("Công văn") if len(codes) > 1 else None)


def _read_place_date(bare: CleanText, zone: Span, head: Letterhead, rules: RuleSet) -> None:
    view, text = bare.view, bare.text
    if found := rules.first("place_date", view, zone.start, zone.end):
        match = found[1]
        start = match.start("place")
        # A number line above is no part of it; a place that is wrapped ("Thành phố Hồ / Chí Minh") has none of its signs.
        above, _, below = text[start : match.end("place")].rpartition("\n")
        if above and re.search(r"[/\d]|Số|SỐ", text[text.rfind("\n", 0, start) + 1 : start + len(above)]):
            start = match.end("place") - len(below)
        place = squash(view[start : match.end("place")])
        if body := _BODY_BEFORE_PLACE.match(place):  # the issuer's line runs into that of the date
            place, start = place[body.end() :], match.end("place") - len(place) + body.end()
        head.place, head.evidence["place"] = place.title() if place.isupper() else place, Span(start, match.end("place"))
        if day := read_date(view, match.start("date"), match.end("date")):
            head.issued_on, head.evidence["issued_on"] = day[0], Span(match.start("date"), day[1])


def _read_kind(pieces: list[Piece], head: Letterhead, register: Instruments) -> int | None:
    """Index of the piece that states the kind ("KẾ HOẠCH", or a title that begins with it), preferring one that the number confirms."""
    alone = [
        (place, kind)
        for place, piece in enumerate(pieces)
        if (kind := register.by_word(piece.text.rstrip(" :"))) and (piece.capitals or head.motto is not None)
    ]
    for place, kind in alone:
        following = register.by_word(f"{pieces[place].text} {pieces[place + 1].text}") if place + 1 < len(pieces) else None
        if kind.codes or kind.law:
            joined = following is not None and following.name != "Thông báo kết luận"
            head.kind, head.evidence["doc_type"] = following if joined else kind, pieces[place].span
            return place + 1 if joined else place
    for place, piece in enumerate(pieces[: _TITLE_PIECES if head.motto is None else None]):
        kind = _leading_kind(piece.text, register)
        # "Kế hoạch 5/KH-UBND của tỉnh ...", "Chỉ thị 05: ... thế nào?" are headlines about an instrument, not its title.
        headline = piece.text.endswith("?") or (kind is not None and re.match(r"\s*(?:số\s*)?\d", piece.text[len(kind.name) :]) is not None)
        if kind and (piece.capitals or place == 0) and not headline and _agree(head.kind, kind):
            head.kind, head.evidence["doc_type"] = kind, Span(piece.span.start, piece.span.start + len(kind.name))
            return place
    return None


def _agree(numbered: InstrumentType | None, printed: InstrumentType) -> bool:
    return numbered is None or numbered.name.split()[0] == printed.name.split()[0]


def _leading_kind(text: str, register: Instruments) -> InstrumentType | None:
    lower = text.lower()
    # "Thông báo kết luận của ..." is a thông báo whose subject is the conclusion.
    kinds = (kind for kind in register.types if kind.name != "Thông báo kết luận" and (kind.codes or kind.law))
    return next((kind for kind in kinds if lower.startswith(kind.name.lower() + " ")), None)


def _read_issuer(pieces: list[Piece], head: Letterhead, rules: RuleSet, grammar: IssuerGrammar) -> None:
    """The body named in capitals at the head: a first line, lines that go on with it, and a lower body that begins a line of its own."""
    lines: list[Piece] = []
    for place, piece in enumerate(pieces):
        if rules.first("addressee", piece.text) or rules.first("title_end", piece.text) or rules.first("signing", piece.text):
            break
        if rules.first("stamp", piece.text) or not piece.capitals or re.match(r"Số\b|/", piece.text) or NUMBER.search(piece.text):
            continue
        wrapped = f"{piece.text} {pieces[place + 1].text}" if place + 1 < len(pieces) else piece.text
        first = grammar.head.match(piece.text) or (not lines and grammar.head.match(wrapped))
        if lines or first:
            if re.match(r"THEO\s|SỐ\s*\d|KHÓA|KỲ\s+HỌP|V/V", piece.text) or (first and len(lines) > 3):
                break
            lines.append(piece)
    bodies: list[list[Piece]] = []
    for line in lines:
        starts = grammar.head.match(line.text) is not None and not re.match(r"(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|TP)\b", line.text)
        if not bodies or (starts and _complete(bodies[-1])):
            bodies.append([line])
        else:
            bodies[-1].append(line)
    if bodies:
        head.issuer = " ".join(piece.text for piece in bodies[-1])
        head.parent = " ".join(piece.text for piece in bodies[-2]) if len(bodies) > 1 else None
        head.evidence["issuer"] = Span(bodies[-1][0].span.start, bodies[-1][-1].span.end)


def _complete(body: list[Piece]) -> bool:
    """Whether a body's name can stand alone: "VĂN PHÒNG" or "BAN QUẢN LÝ" goes on in the next line."""
    return " ".join(piece.text for piece in body) not in (
        "VĂN PHÒNG",
        "THỦ TƯỚNG",
        "BAN QUẢN LÝ",
        "ỦY BAN",
        "HỘI ĐỒNG",
        "BAN",
        "THANH TRA",
        "BAN CHỈ ĐẠO",
        "CHỦ TỊCH",
        "BAN CHẤP HÀNH",
    )


def _read_title(pieces: list[Piece], at: int, head: Letterhead, rules: RuleSet, grammar: IssuerGrammar) -> None:
    """The subject after the kind: the rest of that piece and the lines that go on with it."""
    kind = head.kind.name if head.kind else ""
    first = pieces[at]
    chosen: list[tuple[Span, str]] = []
    capitals: bool | None = None
    if len(first.text) > len(kind) + 1 and first.text.lower().startswith(kind.lower() + " "):
        rest = first.text[len(kind) :].strip(EDGE)
        chosen, capitals = [(Span(first.span.start + len(kind) + 1, first.span.end), rest)], first.capitals
    running = bool(chosen)  # kind and title share a line: what follows belongs to it only as a wrapped rest
    for place, piece in enumerate(pieces[at + 1 :], at + 1):
        if rules.first("stamp", piece.text):
            continue
        following = pieces[place + 1].text if place + 1 < len(pieces) else ""
        if _is_authority(piece, following, head, rules, grammar):
            head.authority = piece.text
            head.evidence.setdefault("issuer", piece.span)
            break
        if _ends_title(piece, chosen, capitals, rules, running=running):
            break
        chosen.append((piece.span, piece.text))
        capitals = piece.capitals if capitals is None else capitals
        if len(chosen) > 12 or sum(len(text) for _, text in chosen) > _MAX_TITLE:
            break
    if chosen:
        head.title = squash(" ".join(text for _, text in chosen)).strip(" :")
        head.evidence["title"] = Span(chosen[0][0].start, chosen[-1][0].end)
        _split_author(head, grammar)


def _split_author(head: Letterhead, grammar: IssuerGrammar) -> None:
    """A title that begins with its author ("KẾT LUẬN CỦA BỘ CHÍNH TRỊ, BAN BÍ THƯ VỀ ..."): the subject is what follows "về".

    The author is the issuer where a Party letterhead names only the committee above it, or where there is none.
    """
    title = head.title or ""
    if not re.match(r"(?:CỦA|của)\s", title):
        return
    end = len("của ")
    while (name := read_issuer(title, end, len(title), grammar)) is not None:
        end = name.end
        if not (more := re.compile(r"\s*(?:,|và|VÀ)\s+(?!(?:về|VỀ)\s)").match(title, end)) or grammar.head.match(title, more.end()) is None:
            break
        end = more.end()
    about = re.compile(r"\s+(?=(?:về|VỀ|V/v|V/V)\s)").match(title, end)
    if about is None:
        return
    if head.issuer is None or head.issuer.startswith(("BAN CHẤP HÀNH", "ĐẢNG CỘNG SẢN")):
        head.issuer, head.parent = title[len("của ") : end], None
        head.evidence["issuer"] = head.evidence["title"]
    head.title = title[about.end() :]


def _is_authority(piece: Piece, following: str, head: Letterhead, rules: RuleSet, grammar: IssuerGrammar) -> bool:
    """Whether a line names who decides ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"): it repeats the issuer, or the legal basis follows it."""
    text = piece.text.upper()
    if head.issuer and (text == head.issuer or text.endswith(" " + head.issuer)):
        return True
    if rules.first("post", piece.text) and len(piece.text.split()) < 3:
        return True
    named = grammar.head.match(piece.text) is not None or grammar.head.match(text) is not None
    return named and len(piece.text.split()) < 14 and re.match(r"(?:KHÓA|Khóa|Căn\s+cứ|Xét|Theo\s+đề|Sau\s+khi|QUYẾT)", following) is not None


def _ends_title(piece: Piece, chosen: list[tuple[Span, str]], capitals: bool | None, rules: RuleSet, *, running: bool) -> bool:
    if rules.first("title_end", piece.text) or rules.first("attached_note", piece.text):
        return True
    if not chosen:
        return len(piece.text) > 2 * _TITLE_LINE
    if capitals:  # a title in capitals may go on after an empty line; small letters after capitals begin the text
        return not piece.capitals
    if running and not piece.text[:1].islower():
        return True
    return piece.gap or len(piece.text) > _TITLE_LINE or chosen[-1][1].endswith((".", "?", ";"))


def _read_letter_title(pieces: list[Piece], head: Letterhead, rules: RuleSet) -> None:
    """A công văn has no line for its kind; its subject is the "V/v" under the number."""
    for place, piece in enumerate(pieces):
        if found := rules.first("addressee", piece.text):
            parts = [piece]
            for following in pieces[place + 1 :]:
                if (
                    following.gap
                    or rules.first("title_end", following.text)
                    or rules.first("place_date", following.text)
                    or not following.text[:1].islower()
                ):
                    break
                parts.append(following)
            head.title = squash(" ".join([found[1]["title"], *(part.text for part in parts[1:])]))
            head.evidence["title"] = Span(parts[0].span.start, parts[-1].span.end)
            return
