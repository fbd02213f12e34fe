"""What a news item says of itself: headline, date of publication, and the one instrument it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import regex

from kehoach.extract.citations import read_date
from kehoach.extract.issuers import IssuerGrammar, read_issuer
from kehoach.extract.matching import fold
from kehoach.extract.pieces import Piece, pieces_of
from kehoach.rules.loader import RuleSet
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText, ReferenceMention

_HEAD = 3000  # characters in which headline and date line stand
_FOOT = 1200  # characters under an article in which it may say when it was published
_DATE_PIECES = 8
_MAX_HEADLINE = 260  # a longer first line is the lead itself
_LEAD = 1500
_FIRST_SENTENCE = 300
_SOURCE = regex.compile(r"\([\p{Lu}\d.]{2,15}\)\s*[-–—]\s*(?=\p{Lu})")  # "(TTXVN) - UBND tỉnh ..."
_SIGNS = regex.compile(r"\s+(?:(?:đã|vừa|mới)\s+){0,2}+(?:ký(?:\s+ban\s+hành)?|ban\s+hành)\s+$")
_NUMBERED = regex.compile(r"\s+\d{1,4}(?:\s+(?:quốc\s+gia|tỉnh|thành\s+phố|trung\s+ương))?")
_NAME = 90  # characters of a body's name with what stands between it and the verb
# A first line that begins so is the lead: "(BĐ) - UBND tỉnh ...", "Sáng 18/4, ...", "HNP - Phó Chủ tịch ...".
_LEAD_START = regex.compile(
    r"^\W*(?:\([^)]{2,30}\)\s*-|\p{Lu}[\p{L}.]{1,14}\s*-\s+(?=\p{Lu})|"
    r"(?:Sáng|Chiều|Tối|Trưa|Ngày|Vừa qua|Mới đây|Tại)(?:\s+nay)?[\s,]+(?:ngày\s+)?[\d,])",
    regex.IGNORECASE,
)
_TRAILING_TIME = regex.compile(
    r"\s*+\(?\s*+(?:\d{1,2}[:hg]\d{2}\s*[,|-]?\s*)?\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}(?:\s*[,|-]?\s*\d{1,2}[:hg]\d{2})?\s*\)?\s*$"
)


@dataclass(slots=True)
class NewsHead:
    """A headline and a publication date, each with its span in ``evidence``; None where the page prints none."""

    title: str | None = None
    published: date | None = None
    evidence: dict[str, Span] = field(default_factory=dict)


def read_news_head(clean: CleanText, rules: RuleSet) -> NewsHead:
    """Headline and date line of a news page. An item that begins with its lead has no headline."""
    head = NewsHead()
    begin = len(clean.view) - len(clean.view.lstrip())
    pieces = list(pieces_of(clean, Span(begin, min(len(clean.view), begin + _HEAD))))
    for piece in pieces[:_DATE_PIECES]:
        if len(piece.text) <= _MAX_HEADLINE and (found := rules.first("published", clean.view, piece.span.start, piece.span.end)):
            group = next(name for name in ("date", "day") if name in found[1].groupdict() and found[1][name])
            if day := read_date(clean.view, *found[1].span(group)):
                head.published, head.evidence["issued_on"] = day[0], Span(*found[1].span(group))
                break
    if head.published is None:
        _read_foot_date(clean, head, rules)
    if pieces and (title := _headline(pieces, rules)):
        head.title, head.evidence["title"] = title.text, title.span
    return head


def _read_foot_date(clean: CleanText, head: NewsHead, rules: RuleSet) -> None:
    """The date under an article, with its label ("Giờ đăng: …"); without one it may be any date, with several it is a list of items."""
    begin = max(0, len(clean.text.rstrip()) - _FOOT)
    foot = fold(clean.text[begin:])
    labelled = [rule.pattern for rule in rules.labelled("published") if rule.id == "metadata.published-label"]
    found = [match for pattern in labelled for match in pattern.finditer(foot)]
    if len(found) == 1 and (day := read_date(foot, *found[0].span("date"))):
        head.published, head.evidence["issued_on"] = day[0], Span(begin + found[0].start("date"), begin + found[0].end("date"))


def _headline(pieces: list[Piece], rules: RuleSet) -> Piece | None:
    first = pieces[0]
    if len(first.text) > _MAX_HEADLINE or _LEAD_START.match(first.text) or rules.first("recipients", first.text):
        return None
    if first.text.endswith((".", ":", ";")) and len(first.text) > 90:
        return None
    dated = _TRAILING_TIME.search(first.text)
    text = first.text[: dated.start()] if dated else first.text
    text = regex.sub(r"\s*=+$", "", text).strip()
    # Lines of one cell or a wrapped headline are separate pieces; a headline goes on only where a small letter follows at once.
    return Piece(Span(first.span.start, first.span.start + len(text)), text) if text else None


def main_instrument(
    view: str, mentions: tuple[ReferenceMention, ...], merged: tuple[ReferenceMention, ...], title: str | None
) -> ReferenceMention | None:
    """The instrument an article is about: named in the headline, or issued in the lead; None where neither says so.

    What it carries out or rests on is not it: "ban hành Kế hoạch số 5 thực hiện Nghị quyết số 7" is about the plan.
    """
    begin = len(view) - len(view.lstrip())
    opening = Span(begin + len(title) + 8 if title else begin, begin + _LEAD)
    by_number: dict[str, list[ReferenceMention]] = {}
    for mention in mentions:
        by_number.setdefault(_number(mention), []).append(mention)
    scored = [(_weight(view, one, by_number.get(_number(one), []), opening), -one.span.start, one) for one in merged if one.number]
    best = max(scored, key=lambda item: item[:2], default=None)
    return best[2] if best and best[0] >= _ABOUT else None


# Weights of the evidence: the headline says most, then that the text reports the issuing; laws and decrees are what plans rest on.
_ABOUT = 2.0
_ISSUED = regex.compile(r"(?:ban\s+hành|có|ký|phê\s+duyệt)\s+(?:\S+\s+){0,2}$")


def _weight(view: str, merged: ReferenceMention, mentions: list[ReferenceMention], opening: Span) -> float:
    """How much says that the article is about ``merged``; ``opening`` runs from the headline's end to the lead's."""
    rests = merged.relation in ("implements", "legal_basis")
    weight = 0.3 * min(len(mentions), 5) - rests - 1.5 * (merged.doc_type in ("Luật", "Bộ luật", "Nghị định", "Thông tư"))
    if any(one.span.start < opening.start for one in mentions):
        weight += 1 if rests else 3
    if any(_ISSUED.search(view[max(0, one.span.start - 40) : one.span.start]) for one in mentions):
        weight += 2
    return weight + (merged.span.start < opening.end)


def _number(mention: ReferenceMention) -> str:
    return (mention.number or "").upper()


@dataclass(frozen=True, slots=True)
class Told:
    """An instrument as running text names it: word of its kind and issuer as printed, ``span`` where."""

    span: Span
    kind: str | None
    issuer: str | None


def told_instrument(view: str, rules: RuleSet, grammar: IssuerGrammar) -> Told | None:
    """The instrument that a news item names without its number: "UBND huyện … đã phê duyệt Đề án …"."""
    begin = len(view) - len(view.lstrip())
    # Some pages print the lead, with its source, under the article.
    leads = [Span(begin, begin + _HEAD), *(Span(tag.end(), tag.end() + _FIRST_SENTENCE) for tag in _SOURCE.finditer(view, begin + _HEAD))]
    told = [rule.pattern for rule in rules.labelled("told_instrument")]
    found = [match for lead in leads for pattern in told if (match := pattern.search(view, lead.start, lead.end))]
    for match in sorted(found, key=lambda match: match.start()):
        name = read_issuer(match["issuer"], 0, len(match["issuer"]), grammar)
        if name is not None:
            kind = "Thông báo" if match["kind"].lower().startswith("thông báo") else " ".join(match["kind"].split())
            return Told(Span(*match.span()), kind, " ".join(name.of(match["issuer"]).split()))
    return None


def self_issuer(view: str, rules: RuleSet) -> Told | None:
    """Who speaks in an instrument without its letterhead: the subject of the sentence that begins to assign."""
    begin = len(view) - len(view.lstrip())
    for rule in rules.labelled("self_issuer"):
        for match in rule.pattern.finditer(view, begin, begin + 2 * _HEAD):
            before = view[: match.start()].rstrip()
            if not before or before[-1] in ".;:," or not view[match.start() - 2 : match.start()].strip():
                return Told(Span(*match.span("issuer")), None, " ".join(match["issuer"].split()))
    return None


def signing_body(view: str, at: int, grammar: IssuerGrammar) -> str | None:
    """Whose the instrument named at ``at`` is, by the words right before it: "Trưởng ban Ban Chỉ đạo A vừa ký Quyết định số 5"."""
    verb = _SIGNS.search(view[max(0, at - 40) : at])
    end = at - len(verb.group()) if verb else 0
    for head in reversed(list(grammar.head.finditer(view, max(0, end - _NAME), end))):
        name = read_issuer(view, head.start(), end, grammar)
        # A number may be part of the name: "Ban Chỉ đạo 200 quốc gia".
        if name is not None and (name.end == end or _NUMBERED.fullmatch(view, name.end, end)):
            return " ".join(view[head.start() : end].split())
    return None


def read_news_signer(view: str, rules: RuleSet, at: int | None = None) -> tuple[str, Span, str, Span] | None:
    """Name and post (with spans) of the one who, as the lead says, has signed ("Phó Chủ tịch UBND tỉnh Trần Văn A vừa ký ban hành").

    ``at`` is where the text says it of the instrument itself, if not in the lead.
    """
    begin = len(view) - len(view.lstrip())
    found = rules.first("news_signer", view, begin, begin + 2 * _LEAD) or (
        rules.first("news_signer", view, max(begin, at - _FIRST_SENTENCE), at) if at is not None else None
    )
    if found is None:
        return None
    match = found[1]
    words = match["name"].split()
    for place in range(len(words) - 1):
        if 2 <= len(words) - place <= 4 and rules.first("surname", words[place]):
            start = match.start("name") + match["name"].index(words[place])
            return " ".join(words[place:]), Span(start, match.end("name")), " ".join(match["post"].split()), Span(*match.span("post"))
    return None
