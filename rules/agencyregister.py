"""The entries of the register: agencies, head words with their fields, the words that open names, and the forms by which they are looked up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kehoach.rules.tries import tree
from kehoach.schemas.errors import RuleError

_BETWEEN_PARTS = r"\s*(?:[-,&]|và(?!\w))?\s*"
_PARTS = re.compile(r"\s*,\s*|\s+-\s+|\s+và\s+|\s*&\s*")


@dataclass(frozen=True, slots=True)
class AgencyEntry:
    """What is known of one agency: contract words for ``level`` and ``kind``; ``parent`` is an id or None."""

    id: str
    name: str
    level: str
    kind: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Opener:
    """A word that opens names: what may follow it, and what the named body then is."""

    word: str
    level: str
    kind: str
    next: str
    nested: bool
    about: bool
    barred: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Family:
    """A head word with its fields: ``fields`` matches any of them, ``canonical`` finds which."""

    head: str
    level: str
    kind: str
    parent: str | None
    fields: re.Pattern[str]
    canonical: tuple[tuple[re.Pattern[str], str], ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A standing body of the register; a ``tailed`` one is an agency only with a place after it ("Thuế tỉnh")."""

    entry: AgencyEntry
    tailed: bool


@lru_cache(maxsize=8192)
def slug(name: str) -> str:
    """ASCII id of a name.

    >>> slug("Sở Lao động - Thương binh và Xã hội")
    'so-lao-dong-thuong-binh-va-xa-hoi'
    """
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "-".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))


def spaced(text: str) -> str:
    """Lower-case form of a term however its blanks, dashes and commas were printed.

    >>> spaced("Báo  và Phát thanh -Truyền hình")
    'báo và phát thanh - truyền hình'
    """
    return key(re.sub(r"\s*([-,/&])\s*", lambda m: {",": ", "}.get(m[1], f" {m[1]} "), text))


def key(text: str) -> str:
    """Lower-case form with single blanks, by which terms are looked up."""
    return " ".join(text.lower().split())


def _field_pattern(raw: Mapping[str, Any]) -> str:
    full = _BETWEEN_PARTS.join(r"\s+".join(part.split()) for part in _PARTS.split(raw["name"]) if part)
    short = raw.get("short")
    if not short:
        return full
    return full + "|" + r"[-,&.\s]{0,3}(?:và\s+)?".join("(?:" + "|".join(map(re.escape, part.split("/"))) + ")" for part in short.split())


def read_families(data: Mapping[str, Any], place: str) -> dict[str, Family]:
    """The families by their head words in lower case; the fields of each are tried longest first.

    Raises:
        RuleError: a family of the file at ``place`` has no field.
    """
    found = {}
    for raw in data["families"]:
        head = raw["head"]
        fields = sorted((f for f in data["fields"] if head in f["of"]), key=lambda f: -len(f["name"]))
        if not fields:
            raise RuleError(f"{place}: family {head} has no field")
        patterns = [(_field_pattern(f), f["name"]) for f in fields]
        found[head.lower()] = Family(
            head,
            raw["level"],
            raw["kind"],
            raw.get("parent"),
            re.compile("(?:" + "|".join(p for p, _ in patterns) + r")(?!\w)", re.I),
            tuple((re.compile(f"(?:{p})(?!\\w)", re.I), name) for p, name in patterns),
        )
    return found


def read_bodies(data: Mapping[str, Any]) -> dict[str, Body]:
    """The standing bodies by each form of their names: abbreviations as they are, other forms ``spaced``."""
    found = {}
    for raw in data["bodies"]:
        entry = AgencyEntry(slug(raw["name"]), raw["name"], raw["level"], raw["kind"], raw.get("parent"))
        for form in (raw["name"], *raw.get("aliases", ())):
            found[form if form.isupper() else spaced(form)] = Body(entry, raw.get("tailed", False))
    return found


def read_openers(data: Mapping[str, Any]) -> dict[str, Opener]:
    """The words that open names, each by its full and its short forms."""
    found = {}
    for raw in data["openers"]:
        barred = re.compile(r"\s+" + tree(raw["not"])) if raw.get("not") else None
        for word in (raw["word"], *raw.get("short", ())):
            found[word] = Opener(raw["word"], raw["level"], raw["kind"], raw["next"], raw.get("nested", False), raw.get("about", False), barred)
    return found
