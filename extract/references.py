"""Citations of instruments: which, of what date, by whom, and how the text stands to each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import regex

from kehoach.extract.citations import NUMBER, CitedLaw, Number, date_after, find_laws, is_number, kind_of, read_date, read_number
from kehoach.extract.issuers import IssuerGrammar, compile_issuers, read_issuer, settle_case
from kehoach.extract.reference_merge import merge_references
from kehoach.extract.relations import relate
from kehoach.rules.instruments import Instruments, load_instruments
from kehoach.rules.loader import RuleSet, load_rules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import ReferenceMention

__all__ = ["ReferenceRules", "find_references", "load_reference_rules", "merge_references"]

_WORD_REACH = 96  # the longest kind, with its issuer and "số:" before a number ("Nghị quyết của Hội đồng nhân dân tỉnh … số")
_CUE_REACH = 160  # an issuing clause: "Ngày …, Chủ tịch Ủy ban nhân dân thành phố … vừa ký ban hành"
_LABEL = re.compile(r"(?<!\w)số\s*:?\s*\Z", re.IGNORECASE)
_SHARED = re.compile(r"\s*(?:[,;]|và|hoặc|[,;]\s*và)\s*(?:(?:các\s+)?số\s*:?\s*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReferenceRules:
    """The register of kinds and issuers, the relation cues, and what is compiled from them."""

    register: Instruments
    cues: RuleSet
    issuers: IssuerGrammar
    word: re.Pattern[str]
    word_of: re.Pattern[str]
    bare: re.Pattern[str]


def load_reference_rules(overlay: Path | None = None) -> ReferenceRules:
    """The rules of ``references.yaml`` and ``instruments.yaml``, with a user's folder laid over them.

    Raises:
        RuleError: a file is malformed.
    """
    register = load_instruments(overlay)
    names = [name for kind in register.types for name in (kind.name, *kind.short)]
    whole = [name for kind in register.types if not kind.part for name in (kind.name, *kind.short)]
    bare = [name for kind in register.types if kind.bare for name in (kind.name, *kind.short)]
    return ReferenceRules(
        register=register,
        cues=load_rules("references", overlay),
        issuers=compile_issuers(register),
        word=re.compile(rf"(?<!\w)(?P<word>{_words(names)})\s*(?:(?:số|SỐ|Số)\s*:?\s*)?\Z", re.IGNORECASE),
        word_of=re.compile(rf"(?<!\w)(?P<word>{_words(names)})\s+của\s+(?P<issuer>[^,.;:|\d]{{2,70}}?)\s+số\s*:?\s*\Z", re.IGNORECASE),
        # "Kế hoạch số 399 về ..."; "Chỉ thị 11 của ...". Not "Kế hoạch 5 năm", "Quyết định số 12/…" (a full number), "số 5, 6".
        bare=re.compile(
            rf"(?<!\w)(?:(?P<named>{_words(whole, capital=True)})\s+số\s*|(?P<word>{_words(bare, capital=True)})\s+)"
            rf"(?P<number>(?<=số)\s*\d{{1,4}}|\d{{2,4}})"
            r"(?![\w%]|[.,]\d|\s{0,2}[/-]\s{0,2}[\w&]|\s+(?:năm|tháng|ngày\s+làm)(?!\w)(?!\s+(?:19|20)\d\d))"
        ),
    )


def _words(names: Iterable[str], *, capital: bool = False) -> str:
    ordered = sorted(names, key=len, reverse=True)
    spelled = [r"\s+".join(re.escape(part) for part in name.split()).replace("Đ", "[ĐÐ]").replace("đ", "[đð]") for name in ordered]
    return "|".join(spelled) if not capital else "|".join(f"{name[0]}{name[1:]}" for name in spelled)


def find_references(view: str, span: Span, rules: ReferenceRules) -> tuple[ReferenceMention, ...]:
    """Every citation in ``span`` with a number, or of a law by full name and date or year, in order, repeats included.

    The span runs from the word of the kind to the end of the date or of the issuer where one is printed after it. The
    issuer is only what is printed. A draft's blank number ("Số:    /KH-UBND") is none.
    """
    laws = find_laws(view, span, rules.register)
    taken = {place for law in laws for place in range(law.span.start, law.span.end)}
    found = [_law(view, law, span, rules) for law in laws]
    previous: ReferenceMention | None = None
    for match in NUMBER.finditer(view, span.start, span.end):
        if match.start() in taken:
            continue
        mention = _numbered(view, match, span, previous, rules)
        if mention is not None:
            found.append(mention)
            previous = mention
    taken |= {place for mention in found for place in range(mention.span.start, mention.span.end)}
    found += [
        mention
        for match in rules.bare.finditer(view, span.start, span.end)
        if match.start() not in taken and (mention := _bare(view, match, span, rules))
    ]
    found.sort(key=lambda mention: mention.span.start)
    return _share(view, relate(view, span, found, rules.cues))


def _numbered(view: str, match: re.Match[str], span: Span, previous: ReferenceMention | None, rules: ReferenceRules) -> ReferenceMention | None:
    number = read_number(match, rules.register)
    before = view[max(span.start, match.start() - _WORD_REACH) : match.start()]
    word = rules.word.search(before) or rules.word_of.search(before)
    label = _LABEL.search(before)
    if word is None and not is_number(number, rules.register) and not (label and len(number.codes) > 1):
        return None
    lead = word or label
    start = match.start() - len(before) + lead.start() if lead else match.start()
    issuer = word.groupdict().get("issuer") if word else None
    body = read_issuer(issuer, 0, len(issuer), rules.issuers) if issuer else None
    follows = previous if previous is not None and _SHARED.fullmatch(view, previous.span.end, match.start()) else None
    kind = _kind_name(number, word.group("word") if word else None, follows, rules)
    mention = _dated(view, ReferenceMention(Span(start, match.end()), kind, number.text, None, None), span, rules)
    return replace(mention, issuer=settle_case(body.of(issuer), rules.issuers)) if body and issuer else mention


def _kind_name(number: Number, word: str | None, follows: ReferenceMention | None, rules: ReferenceRules) -> str:
    """The printed kind, that of the enumeration which a bare number continues, or the one that its code names.

    "văn bản số 5/BC-UBND" is a report; "văn bản số 7/UBND-KT", whose code names no kind, is called just that.
    """
    own = kind_of(number, rules.register)
    printed = rules.register.by_word(word.replace("Ð", "Đ").replace("ð", "đ")) if word else None
    authored = sum(not code.isdigit() for code in number.codes) > 1  # "93/CT-05" is a company's letter, no chỉ thị
    if printed is not None and not (own and authored and printed.name == "Văn bản"):
        return printed.name
    if printed is None and follows is not None:
        return follows.doc_type
    return own.name if own else "Văn bản" if word else "Công văn"


def _dated(view: str, mention: ReferenceMention, span: Span, rules: ReferenceRules) -> ReferenceMention:
    """``mention`` with the date and issuer printed after it, or in the clause that says who issued it."""
    issued_on, end = date_after(view, mention.span.end, span.end)
    issuer, rule = None, "references.number"
    lead = _OF.match(view, end, span.end)
    name = read_issuer(view, lead.end() if lead else end, span.end, rules.issuers)
    if name and (lead or (issued_on and _ABOUT.match(view, name.end, span.end))):
        issuer, end = name.of(view), name.end
    elif name := _subject_after(view, mention, end, span, rules):
        issuer = name.of(view)
    if issuer is None or issued_on is None:
        cue = _issuing_clause(view, mention, span, rules)
        rule, issuer, issued_on = (cue[0], issuer or cue[1], issued_on or cue[2]) if cue else (rule, issuer, issued_on)
    issuer = settle_case(issuer, rules.issuers) if issuer else None
    return replace(mention, span=Span(mention.span.start, end), issued_on=issued_on, issuer=issuer, rule=rule)


def _issuing_clause(view: str, mention: ReferenceMention, span: Span, rules: ReferenceRules) -> tuple[str, str | None, date | None] | None:
    """Rule, issuer and date of the clause before a citation ("Ngày …, UBND tỉnh vừa ban hành"), where the number fits the issuer."""
    cue = rules.cues.first("issuing", view[max(span.start, mention.span.start - _CUE_REACH) : mention.span.start])
    if cue is None:
        return None
    clause = cue[1].groupdict()
    body = read_issuer(clause["issuer"], 0, len(clause["issuer"]), rules.issuers)
    if body is None or not _fits(mention.number, body.of(clause["issuer"]), rules):
        return None
    day = read_date(clause["date"], 0, len(clause["date"])) if clause.get("date") else None
    return cue[0].id, _body(body.of(clause["issuer"])), day[0] if day else None


# A deputy signs for the body: "Phó Chủ tịch UBND Thành phố Trần Văn A ký ban hành" names a body and a person.
_SIGNATORY = re.compile(r"^(?:Phó\s+)?Chủ\s+tịch\s+(?=UBND|Ủy\s+ban\s+nhân|HĐND)")
_PERSON = regex.compile(r"((?:tỉnh|phố|huyện|quận|xã|phường)(?:\s+\p{Lu}\p{L}*){0,2}?)(?:\s+\p{Lu}\p{L}*){3,4}$")


def _body(name: str) -> str:
    name = " ".join(name.split())
    signed = _SIGNATORY.match(name)
    return _PERSON.sub(r"\1", name[signed.end() :]) if signed else name


def _fits(number: str | None, issuer: str, rules: ReferenceRules) -> bool:
    """Whether the code of a number does not name another body: "…/QĐ-TTg" is not by a province."""
    codes = [code for code in re.split(r"[-/.]", number or "") if code in rules.register.issuers]
    if not codes:
        return True
    code, wanted = codes[-1], rules.register.issuers[codes[-1]].split()[0]
    province = code in ("UBND", "UB") and re.search(r"(?<!\w)(?:[Tt]hành phố|[Tt]ỉnh|TP)(?!\w)", issuer) is not None
    return code in issuer or wanted in issuer or province


_ABOUT = re.compile(r"\s+về\s", re.IGNORECASE)  # "ngày 01/02/2024 Bộ Chính trị về …": the "của" is left out
_OF = re.compile(r"\s*+,?\s*+(?:do\s+|của\s+(?:các\s+)?)", re.IGNORECASE)
_SUBJECT = re.compile(r"\s*,\s+")


def _subject_after(view: str, mention: ReferenceMention, end: int, span: Span, rules: ReferenceRules) -> Span | None:
    """The subject of "Tại văn bản số …, UBND thành phố báo cáo …", where the number is its own."""
    opening = view[max(span.start, mention.span.start - 8) : mention.span.start].split()
    if opening and opening[-1].lower() in ("tại", "theo") and (lead := _SUBJECT.match(view, end, span.end)):
        name = read_issuer(view, lead.end(), span.end, rules.issuers)
        known = any(code in rules.register.issuers for code in re.split(r"[-/.]", mention.number or ""))
        return name if name and known and _fits(mention.number, name.of(view), rules) else None
    return None


def _law(view: str, law: CitedLaw, span: Span, rules: ReferenceRules) -> ReferenceMention:
    issuer = None
    if lead := re.compile(r"\s+của\s+(?=Quốc\s|QUỐC\s|Ủy\s+ban\s+[Tt]hường|ỦY\s)").match(view, law.span.end, span.end):
        issuer = read_issuer(view, lead.end(), span.end, rules.issuers)
    end = issuer.end if issuer else law.span.end
    name = settle_case(issuer.of(view), rules.issuers) if issuer else None
    return ReferenceMention(Span(law.span.start, end), law.word, law.number, law.issued_on, name, rule="references.law", name=law.name or None)


def _bare(view: str, match: re.Match[str], span: Span, rules: ReferenceRules) -> ReferenceMention | None:
    kind = rules.register.by_word((match["named"] or match["word"]).replace("Ð", "Đ"))
    if kind is None:
        return None
    mention = ReferenceMention(Span(*match.span()), kind.name, match["number"].strip(), None, None)
    return replace(_dated(view, mention, span, rules), rule="references.bare")


def _share(view: str, found: list[ReferenceMention]) -> tuple[ReferenceMention, ...]:
    """An issuer printed once after an enumeration belongs to each member: "các Quyết định số 1/QĐ-TTg và số 2/QĐ-TTg của Thủ tướng"."""
    shared = list(found)
    for place in range(len(shared) - 2, -1, -1):
        here, after = shared[place], shared[place + 1]
        gap = view[here.span.end : after.span.start]
        alike = here.doc_type == after.doc_type and _tail(here.number) == _tail(after.number)
        if here.issuer is None and after.issuer and alike and re.fullmatch(r"\s*(?:,|;|và|, và)\s*", gap):
            shared[place] = replace(here, issuer=after.issuer)
    for place in range(1, len(shared)):
        before, here = shared[place - 1], shared[place]
        unnamed = re.match(r"số|\d", here.span.of(view), re.IGNORECASE)  # continues "các Quyết định: số …; số …"
        if unnamed and here.issuer is None and before.issuer and _tail(here.number) == _tail(before.number):
            shared[place] = replace(here, issuer=before.issuer)
    return tuple(shared)


def _tail(number: str | None) -> str:
    return re.sub(r"^\d+[a-z]?(?:/\d{4})?[/-]?", "", number or "")
