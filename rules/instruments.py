"""The register of instruments: kinds with their number codes, codes of issuers, and how names are written (``instruments.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kehoach.rules.loader import read_yaml
from kehoach.schemas.errors import RuleError

_TYPE_KEYS = {"name", "codes", "short", "bare", "part", "law", "plan"}
_PLANS = {"never", "always", "named"}


@dataclass(frozen=True, slots=True)
class InstrumentType:
    """A kind of instrument; ``codes`` stand in its numbers, ``short`` for the word before a number.

    ``bare`` kinds are cited by a bare number ("Chỉ thị 11"), ``part`` kinds only by a full one, ``law`` kinds by name and date.
    ``plan`` says whether such a document assigns work: "always", "named" (when its subject names a plan) or "never".
    """

    name: str
    codes: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    bare: bool = False
    part: bool = False
    law: bool = False
    plan: str = "never"


@dataclass(frozen=True, slots=True)
class Instruments:
    """The whole register. Codes are looked up in upper case; ``spelling`` gives them back as they are printed ("TTG" → "TTg")."""

    types: tuple[InstrumentType, ...]
    issuers: dict[str, str]
    spelling: dict[str, str]
    phrases: tuple[str, ...]
    heads: tuple[str, ...]
    not_heads: tuple[str, ...]
    ends: tuple[str, ...]

    def by_code(self, code: str) -> InstrumentType | None:
        """The kind whose numbers bear ``code``, in any case."""
        wanted = code.upper()
        return next((kind for kind in self.types if any(own.upper() == wanted for own in kind.codes)), None)

    def by_word(self, word: str) -> InstrumentType | None:
        """The kind called ``word`` in full or for short, in any case."""
        wanted = " ".join(word.split()).lower()
        return next((kind for kind in self.types if wanted == kind.name.lower() or any(own.lower() == wanted for own in kind.short)), None)


def load_instruments(overlay: Path | None = None) -> Instruments:
    """The built-in register, with the kinds, issuers and words of ``overlay/instruments.yaml`` added (a known kind is replaced).

    Raises:
        RuleError: unknown keys, a kind without a name, or a ``plan`` outside the closed words.
    """
    types: dict[str, InstrumentType] = {}
    issuers: dict[str, str] = {}
    words: dict[str, list[str]] = {"phrases": [], "heads": [], "not_heads": [], "ends": []}
    for place, data in read_yaml("instruments", overlay):
        if not isinstance(data, dict) or not set(data) <= {"about", "types", "issuers", *words}:
            raise RuleError(f"{place}: expected the keys about, types, issuers, phrases, heads, not_heads and ends only")
        for raw in data.get("types") or []:
            kind = _type(raw, place)
            types[kind.name] = kind
        for raw in data.get("issuers") or []:
            if not isinstance(raw, dict) or set(raw) != {"code", "name"}:
                raise RuleError(f"{place}: every issuer has a code and a name, not {raw!r}")
            issuers[str(raw["code"])] = str(raw["name"])
        for key, known in words.items():
            known += [str(word) for word in data.get(key) or [] if str(word) not in known]
    codes = [*issuers, *(code for kind in types.values() for code in kind.codes)]
    return Instruments(
        types=tuple(sorted(types.values(), key=lambda kind: -len(kind.name))),
        issuers=issuers,
        spelling={code.upper(): code for code in codes},
        phrases=tuple(sorted(words["phrases"], key=len, reverse=True)),
        heads=tuple(sorted(words["heads"], key=len, reverse=True)),
        not_heads=tuple(sorted(words["not_heads"], key=len, reverse=True)),
        ends=tuple(sorted(words["ends"], key=len, reverse=True)),
    )


def _type(raw: object, place: str) -> InstrumentType:
    if not isinstance(raw, dict) or not raw.get("name") or set(raw) - _TYPE_KEYS:
        raise RuleError(f"{place}: a kind of instrument has a name and of the keys {', '.join(sorted(_TYPE_KEYS))} only, not {raw!r}")
    if (plan := raw.get("plan", "never")) not in _PLANS:
        raise RuleError(f"{place}: {raw['name']} has plan {plan!r}; allowed are {', '.join(sorted(_PLANS))}")
    codes, short = tuple(map(str, raw.get("codes") or ())), tuple(map(str, raw.get("short") or ()))
    return InstrumentType(str(raw["name"]), codes, short, bool(raw.get("bare")), bool(raw.get("part")), bool(raw.get("law")), plan)
