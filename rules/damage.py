"""Loads the word groups that are read though a letter or a blank is lost (``damage.yaml``), and the names of the register among them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kehoach.schemas.errors import RuleError

from .loader import read_yaml

_KEYS = {"about", "enough", "unused", "common", "ordinary", "groups"}
_GROUP_KEYS = {"id", "source", "terms", "examples", "counter_examples"}
# Families whose name and first words tell an agency; "Phòng" and "Ban" open too much else.
_FAMILIES = frozenset({"Sở", "Bộ"})
# So many words of a long name are context enough.
_NAME_WORDS = 3


@dataclass(frozen=True, slots=True)
class DamageGroup:
    """Some word groups with their examples: ``examples`` pair what is printed with what is read, ``counter_examples`` stay as they are."""

    id: str
    source: str
    terms: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DamageRules:
    """The file as read; ``terms`` are all its groups of words in lower case, ``names`` the beginnings of the register's names."""

    enough: int
    unused: frozenset[str]
    common: frozenset[str]
    ordinary: frozenset[str]
    groups: tuple[DamageGroup, ...]
    terms: tuple[str, ...]
    names: frozenset[str]


def load_damage_rules(overlay: Path | None = None) -> DamageRules:
    """``rules/damage.yaml``; in a user's file a group with a known id replaces it, words are added.

    Raises:
        RuleError: the file is not built like that.
    """
    enough, words, groups = 0, {"unused": set[str](), "common": set[str](), "ordinary": set[str]()}, dict[str, DamageGroup]()
    for place, data in read_yaml("damage", overlay):
        if not isinstance(data, dict) or not set(data) <= _KEYS:
            raise RuleError(f"{place}: expected the keys {', '.join(sorted(_KEYS))} only")
        enough = data.get("enough", enough)
        if not isinstance(enough, int) or enough < 1:
            raise RuleError(f"{place}: enough is a number from 1")
        for key, known in words.items():
            known.update(_texts(data.get(key), f"{place}: {key}"))
        for raw in data.get("groups") or []:
            group = _group(raw, place)
            groups[group.id] = group
    terms = [term.lower() for group in groups.values() for term in group.terms]
    return DamageRules(
        enough,
        frozenset(words["unused"]),
        frozenset(words["common"]),
        frozenset(words["ordinary"]),
        tuple(groups.values()),
        tuple(dict.fromkeys(terms)),
        frozenset(_names(overlay)) - set(terms),
    )


def _group(raw: object, place: str) -> DamageGroup:
    if not isinstance(raw, dict) or not isinstance(raw.get("id"), str) or not set(raw) <= _GROUP_KEYS:
        raise RuleError(f"{place}: every group is a mapping with an id and some of {', '.join(sorted(_GROUP_KEYS))}")
    where = f"{place}: group {raw['id']}"
    terms = _texts(raw.get("terms"), f"{where}: terms")
    if not terms or any(len(term.split()) < 2 for term in terms):
        raise RuleError(f"{where}: terms are groups of at least two words")
    examples = raw.get("examples") or []
    if not all(
        isinstance(pair, dict) and set(pair) == {"printed", "read"} and all(isinstance(text, str) for text in pair.values()) for pair in examples
    ):
        raise RuleError(f"{where}: an example is a mapping of printed and read")
    return DamageGroup(
        raw["id"],
        str(raw.get("source") or ""),
        terms,
        tuple((pair["printed"], pair["read"]) for pair in examples),
        _texts(raw.get("counter_examples"), f"{where}: counter_examples"),
    )


def _texts(value: object, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise RuleError(f"{where} is a list of words")
    return tuple(value)


def _names(overlay: Path | None) -> list[str]:
    """The beginnings of the register's names."""
    found = []
    for _, data in read_yaml("agencies", overlay):
        if not isinstance(data, dict):
            continue
        for field in data.get("fields") or ():
            found += [f"{head} {field['name']}" for head in field.get("of") or () if head in _FAMILIES]
        found += [body["name"] for body in data.get("bodies") or ()]
    words = (name.lower().replace(" - ", " ").split() for name in found)
    return [" ".join(name[:_NAME_WORDS]).rstrip(",") for name in words if len(name) > 1]
