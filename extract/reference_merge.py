"""Mentions of instruments to instruments: each once, with the fullest fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from kehoach.schemas.stages import ReferenceMention


def merge_references(mentions: Iterable[ReferenceMention], own_number: str | None) -> tuple[ReferenceMention, ...]:
    """Each instrument once, in order of its first mention, with that mention's span and the fullest fields; ``own_number`` left out.

    Numbers are used again every year: two mentions of one number with different dates stay two. A bare number ("Chỉ thị 11")
    is the same instrument as a full one of its kind that begins with it; a law is known by its number or its name.
    """
    kept: list[ReferenceMention] = []
    ordered = list(mentions)
    full = [mention for mention in ordered if mention.number and not mention.number.isdigit()]
    for mention in ordered:
        alias = mention.number is not None and mention.number.isdigit() and next((other for other in full if _abbreviates(mention, other)), None)
        known = alias or mention
        if own_number and _key(known.number) == _key(own_number):
            continue
        place = next((i for i, other in enumerate(kept) if _same(other, known)), None)
        if place is not None:
            kept[place] = _richer(kept[place], mention)
        else:
            kept.append(known)
    return tuple(kept)


def _key(number: str | None) -> str:
    return re.sub(r"[\s.\-/]", "", number or "").upper()


def _abbreviates(short: ReferenceMention, other: ReferenceMention) -> bool:
    head = re.match(r"\d+", other.number or "")
    return bool(head) and head is not None and int(head.group()) == int(short.number or 0) and other.doc_type.split()[0] == short.doc_type.split()[0]


def _same(one: ReferenceMention, other: ReferenceMention) -> bool:
    if one.issued_on and other.issued_on and one.issued_on != other.issued_on:
        return False
    if one.number and other.number:
        return _key(one.number) == _key(other.number)
    same_kind = one.doc_type.lower() == other.doc_type.lower()
    years = {year for year in (_year(one), _year(other)) if year}
    return bool(one.name and other.name) and same_kind and len(years) < 2 and _same_name(one.name or "", other.name or "")


_YEAR_OF_NAME = re.compile(r"\s+((?:19|20)\d\d)$")  # a law cited by its year alone bears it in its name: "Đất đai 2024"


def _same_name(one: str, other: str) -> bool:
    """Whether two names of a law agree, a word in capitals standing for the initials of several ("BMNN")."""
    one, other = _YEAR_OF_NAME.sub("", one), _YEAR_OF_NAME.sub("", other)
    short, long = sorted((one, other), key=len)
    pattern = r"\s+".join(
        r"\s+".join(rf"{letter}\w*" for letter in word) if word.isupper() and len(word) > 2 else re.escape(word) for word in short.split()
    )
    return re.fullmatch(pattern, long, re.IGNORECASE) is not None


def _year(mention: ReferenceMention) -> int | None:
    if mention.issued_on:
        return mention.issued_on.year
    named = re.search(r"/((?:19|20)\d\d)/", mention.number or "") or _YEAR_OF_NAME.search(mention.name or "")
    return int(named.group(1)) if named else None


def _richer(first: ReferenceMention, other: ReferenceMention) -> ReferenceMention:
    relation = first.relation if first.relation != "mentions" else other.relation
    return replace(
        first,
        number=first.number or other.number,
        issued_on=first.issued_on or other.issued_on,
        issuer=first.issuer or other.issuer,
        relation=relation,
    )
