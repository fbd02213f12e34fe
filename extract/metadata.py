"""Document-level fields: kind, number, issuer, place, date, title, signatory and genre, each with where it was read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import regex

from kehoach.extract.genre import load_genre_rules, read_genre
from kehoach.extract.issuers import read_issuer, settle_case
from kehoach.extract.letterhead import Letterhead, read_letterhead
from kehoach.extract.news import Told, main_instrument, read_news_head, read_news_signer, self_issuer, signing_body, told_instrument
from kehoach.extract.property_box import PropertyBox, read_property_box
from kehoach.extract.references import ReferenceRules, find_references, merge_references
from kehoach.extract.signature import read_signature
from kehoach.rules.loader import RuleSet, load_rules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText, Metadata, ReferenceMention

__all__ = ["MetadataRules", "load_metadata_rules", "read_genre", "read_metadata"]

_CAPTION = 160
# Bodies of which there is one, so that the code of a number names them.
_CENTRAL = (
    r"Bộ |Thủ tướng|Chính phủ|Chủ tịch nước|Quốc hội|Ủy ban (?:Thường vụ|Dân tộc)|Văn phòng (?:Chính|Quốc|Trung)"
    r"|Ngân hàng Nhà|Thanh tra Chính|Tổng cục"
)
_NEWS_REACH = 40_000  # an article is shorter; a page that is not has said by then what it is about


@dataclass(frozen=True, slots=True)
class MetadataRules:
    """The rules of ``metadata.yaml`` and ``genre.yaml``."""

    metadata: RuleSet
    genre: RuleSet


def load_metadata_rules(overlay: Path | None = None) -> MetadataRules:
    """The rules, a user's own laid over.

    Raises:
        RuleError: a rule file breaks the form.
    """
    return MetadataRules(load_rules("metadata", overlay), load_genre_rules(overlay))


def read_metadata(clean: CleanText, rules: MetadataRules, references: ReferenceRules) -> Metadata:
    """The fields as the text prints them; a field that it does not print is None.

    Of an instrument they come from letterhead and signature, failing those from the site's property box. Of a news item the
    title is the headline, the date that of publication, and number, kind and issuer are those of the one instrument it is about.
    """
    head = read_letterhead(clean, rules.metadata, references.register, references.issuers)
    genre = read_genre(clean.view, head, rules.genre)
    if genre in ("news_digest", "meeting_report"):
        return _digest(clean, genre, rules)
    if genre == "news_article":
        return _article(clean, rules, references)
    return _instrument(clean, genre, head, rules, references)


def _digest(clean: CleanText, genre: str, rules: MetadataRules) -> Metadata:
    news = read_news_head(clean, rules.metadata)
    return Metadata(issued_on=news.published, title=news.title, genre=genre, evidence=news.evidence)


def _article(clean: CleanText, rules: MetadataRules, references: ReferenceRules) -> Metadata:
    news = read_news_head(clean, rules.metadata)
    mentions = find_references(clean.view, Span(0, min(len(clean.view), _NEWS_REACH)), references)
    about = main_instrument(clean.view, mentions, merge_references(mentions, None), news.title)
    evidence = dict(news.evidence)
    issuer = signer = post = told = None
    if about is None and (told := told_instrument(clean.view, rules.metadata, references.issuers)):
        evidence |= {"doc_type": told.span, "issuer": told.span}
        issuer = full_name(told.issuer or "", clean.view)
    if about is not None:
        evidence |= {"number": about.span, "doc_type": about.span}
        whole = about.issuer if " " in (about.issuer or "") else None  # "Bộ đã có Kế hoạch …" does not say which
        signing = signing_body(clean.view, about.span.start, references.issuers)
        if author := whole or _author(about.number, clean.view, references) or about.issuer or signing:
            issuer, evidence["issuer"] = full_name(author, clean.view), about.span
        if signed := read_news_signer(clean.view, rules.metadata, about.span.start):
            signer, evidence["signer"], post, evidence["signer_title"] = signed
    return Metadata(
        doc_type=about.doc_type if about else told.kind if told else None,
        number=about.number if about else None,
        issuer=issuer,
        issued_on=news.published,
        title=news.title,
        signer=signer,
        signer_title=post,
        genre="news_article",
        evidence=evidence,
    )


def _instrument(clean: CleanText, genre: str, head: Letterhead, rules: MetadataRules, references: ReferenceRules) -> Metadata:
    box = read_property_box(clean, rules.metadata, references.register)
    evidence = {**box.evidence, **head.evidence}
    issuer = _issuer(head, references) or _settled(box.issuer, references) or _author(head.number, clean.view, references)
    if issuer in ("Văn phòng", "Thanh tra") and (office := _office(issuer, clean.view, rules)):
        issuer, evidence["issuer"] = office.issuer, office.span
    if issuer is None and (told := self_issuer(clean.view, rules.metadata)):
        issuer, evidence["issuer"] = told.issuer, told.span
    signer = post = None
    if signature := read_signature(clean, rules.metadata, references.issuers):
        signer, post = signature.name, signature.post
        evidence["signer"] = signature.name_span
        if signature.post_span is not None:
            evidence["signer_title"] = signature.post_span
    if head.kind is None and head.motto is None:
        return _copied(clean, genre, rules, references)
    number = head.number or (None if head.blank_number else box.number)
    values: dict[str, str | date | None] = {
        "doc_type": head.kind.name if head.kind else _kind(box, references),
        "number": number,
        "issuer": full_name(issuer, clean.view, head.place) if issuer else None,
        "place": head.place,
        "issued_on": head.issued_on or (None if head.blank_number else box.issued_on),
        "title": head.title or box.title,
        "signer": signer or box.signer,
        "signer_title": post or box.post,
    }
    kept = {name: span for name, span in evidence.items() if values.get(name) is not None}
    return Metadata(genre=genre, evidence=kept, **values)  # type: ignore[arg-type]


def _copied(clean: CleanText, genre: str, rules: MetadataRules, references: ReferenceRules) -> Metadata:
    """An instrument printed without its head: what the page's own first lines say of it."""
    mentions = find_references(clean.view, Span(0, min(len(clean.view), _NEWS_REACH)), references)
    about = main_instrument(clean.view, mentions, merge_references(mentions, None), None) or _captioned(clean, mentions, rules)
    if about is None and genre == "full_text" and (told := self_issuer(clean.view, rules.metadata)):
        own = rules.metadata.first("own_kind", clean.view)
        kind = " ".join(own[1]["kind"].split()) if own else None
        evidence = {"issuer": told.span} | ({"doc_type": Span(*own[1].span("kind"))} if own else {})
        return Metadata(doc_type=kind, issuer=full_name(told.issuer or "", clean.view), genre=genre, evidence=evidence)
    if about is None or genre != "full_text":
        news = read_news_head(clean, rules.metadata)
        return Metadata(genre=genre, title=news.title, issued_on=news.published, evidence=news.evidence)
    found = (
        {"number": about.span, "doc_type": about.span}
        | ({"issuer": about.span} if about.issuer else {})
        | ({"issued_on": about.span} if about.issued_on else {})
    )
    issuer = full_name(about.issuer, clean.view) if about.issuer else None
    title = _subject(clean, [mention for mention in mentions if mention.number == about.number])
    found |= {"title": title} if title else {}
    subject = " ".join(title.of(clean.view).split()) if title else None
    return Metadata(
        doc_type=about.doc_type, number=about.number, issuer=issuer, issued_on=about.issued_on, title=subject, genre=genre, evidence=found
    )


_SUBJECT = re.compile(r"\s+(?=(?:về|Về)\s)([^.;|\"\n(]{10,400})")


def _subject(clean: CleanText, mentions: list[ReferenceMention]) -> Span | None:
    """What the first full citation of the instrument says it is about ("… của Bộ Chính trị về …"), to the end of the sentence or line."""
    for mention in mentions:
        if found := _SUBJECT.match(clean.text, mention.span.end):
            words = clean.view[found.start(1) : found.end(1)].rstrip(" ,:")
            return Span(found.start(1), found.start(1) + len(words))
    return None


def _captioned(clean: CleanText, mentions: tuple[ReferenceMention, ...], rules: MetadataRules) -> ReferenceMention | None:
    """The instrument of the kind that the text calls itself ("Kết luận này") and a headline or caption names; what it cites stands in sentences."""
    own = rules.metadata.first("own_kind", clean.view)
    kind = " ".join(own[1]["kind"].split()) if own else None
    for mention in mentions:
        start, end = clean.text.rfind("\n", 0, mention.span.start) + 1, clean.text.find("\n", mention.span.end)
        line = clean.view[start : end if end != -1 else len(clean.text)].strip()
        if kind and mention.doc_type == kind and len(line) < _CAPTION and not line.endswith((".", ";", ":", ",")):
            return mention
    return None


def _author(number: str | None, view: str, references: ReferenceRules) -> str | None:
    """Who issued an instrument by its number's code: a body of the centre by itself, a people's committee where the text names one."""
    codes = [code for code in re.split(r"[-/.]", number or "") if code in references.register.issuers]
    name = references.register.issuers[codes[0]] if codes else ""
    if re.match(_CENTRAL, name):
        return name
    if codes and codes[0] in ("UBND", "UB", "HĐND"):
        heads = "HĐND|Hội đồng nhân dân" if codes[0] == "HĐND" else "UBND|Ủy ban nhân dân"
        for found in re.finditer(rf"(?<!\w)(?:{heads})\s+(?:tỉnh|[Tt]hành phố|TP|huyện|quận|thị xã|xã|phường)(?!\w)", view[:_NEWS_REACH]):
            if body := read_issuer(view, found.start(), len(view), references.issuers):
                return " ".join(body.of(view).split())
    return None


def _office(issuer: str, view: str, rules: MetadataRules) -> Told | None:
    """The full name of an office whose letterhead does not say whose it is, from the text."""
    for rule in rules.metadata.labelled("office_of"):
        for found in rule.pattern.finditer(view, 0, _NEWS_REACH):
            if found.group().startswith(issuer):
                return Told(Span(*found.span()), None, " ".join(found.group().split()))
    return None


def _kind(box: PropertyBox, references: ReferenceRules) -> str | None:
    kind = references.register.by_word(box.kind) if box.kind else None
    return kind.name if kind else None


def _settled(name: str | None, references: ReferenceRules) -> str | None:
    """``name`` in its usual spelling, also where the source has lost its capitals ("Ủy ban nhân dân tỉnh bắc kạn")."""
    if not name:
        return None
    return settle_case(name.upper() if name[1:].islower() else name, references.issuers)


def _issuer(head: Letterhead, references: ReferenceRules) -> str | None:
    """The issuer's full name: a department or office of a province is told by the body above it ("Sở Y tế tỉnh Sơn La")."""
    decides = re.sub(r"(?i)^(?:chủ\s+tịch\s+(?=ủy\s+ban|hội\s+đồng)|bộ\s+trưởng\s+(?=bộ)|giám\s+đốc\s+(?=sở))", "", head.authority or "")
    own, above = _settled(head.issuer or decides or None, references), _settled(head.parent, references)
    if own is None or above is None:
        return own
    province = re.match(r"(?:UBND|Ủy ban nhân dân)\s+(.+)", above)
    if own in ("Văn phòng", "Thanh tra"):
        return f"{own} {above if own == 'Văn phòng' or province is None else province.group(1)}"
    if province and re.match(r"(?:Sở|Phòng|Ban Quản lý)\s", own) and province.group(1).split()[-1] not in own:
        return f"{own} {province.group(1)}"
    return own


# Abbreviations that an issuer's name is printed with, and in full.
_SHORT = (
    (re.compile(r"(?<!\w)UBND(?!\w)"), "Ủy ban nhân dân"),
    (re.compile(r"(?<!\w)HĐND(?!\w)"), "Hội đồng nhân dân"),
    (re.compile(r"(?<!\w)TP\.?\s?HCM(?!\w)"), "Thành phố Hồ Chí Minh"),
    (re.compile(r"(?<!\w)TP\.?\s+(?=\w)"), "Thành phố "),
    (re.compile(r"(?<!\w)TP$"), "Thành phố"),
    (re.compile(r"(?<=Thủ tướng )CP(?!\w)"), "Chính phủ"),
)
_UNNAMED = re.compile(r"(?:^|\s)(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|tỉnh ủy|thành ủy)$", re.IGNORECASE)
_LONG_PLACES = frozenset({"Hồ Chí Minh", "Thừa Thiên Huế"})
_PLACE = {
    "tỉnh": r"(?:tỉnh|Tỉnh\s+ủy)\s+",
    "thành phố": r"(?:[Tt]hành\s+phố|TP\.?|Thành\s+ủy|UBND\s+TP\.?)\s*",
}


def _without_person(name: str) -> str:
    """The place that begins ``name``, "" where it is a person's ("UBND tỉnh Vũ Thanh Giang ký"): all but a few places have two words."""
    words = name.split()
    if " ".join(words[:3]) in _LONG_PLACES:
        return " ".join(words[:3])
    return "" if len(words) in (3, 4) else " ".join(words[:2])


def full_name(issuer: str, view: str, place: str | None = None) -> str:
    """``issuer`` with abbreviations written out; one without its place ("UBND Thành phố") takes the place the text names most with that unit.

    ``place`` is where it was signed: the seat of a province bears its name, so it stands in where the text names none.
    """
    for short, written in _SHORT:
        issuer = short.sub(written, issuer)
    issuer = " ".join(issuer.split())
    unit = _UNNAMED.search(issuer)
    if unit is None:
        return issuer
    kind = {"tỉnh ủy": "tỉnh", "thành ủy": "thành phố"}.get(unit.group(1).lower(), unit.group(1).lower())
    lead = _PLACE.get(kind, rf"(?:{unit.group(1)})\s+")
    names = regex.findall(lead + r"(Huế|\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+){1,5})(?!\w)", view[:_NEWS_REACH])
    if kind in ("tỉnh", "thành phố"):
        names = [name for name in map(_without_person, names) if name]
    names = [" ".join(name.split()[:3]) for name in names]
    usual = Counter(" ".join(name.split()) for name in names)
    named = usual.most_common(1)[0][0] if usual else place if kind == "tỉnh" else None
    return f"{issuer} {named}" if named else issuer
