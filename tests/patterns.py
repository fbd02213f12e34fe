"""Every compiled pattern of the package with a name, and the texts that make patterns of its kind slow."""

import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping

import regex

import kehoach
from kehoach.api import load_rules

Pattern = re.Pattern | regex.Pattern
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_CLASSES = re.compile(r"\\.|\[[^\]]*\]|\(\?[^:)]*[:)]?")
# Runs and alternations that open repeats, optional parts and look-aheads ever anew.
RUNS = (
    *(" ", "\n", "\t", "\xa0", "a", "ă", "A", "1", "0", ".", ",", ";", ":", "-", "(", ")", "[", "/", "|", "*", "#", "_", '"', "%", "<", "=", "\u200b"),
    *("a ", "A ", "Ab ", "1 ", "1.", "1,", "- ", ". ", ", ", "; ", ": ", "( ", ") ", "()", "a, ", "A, ", "a/", "1/", "1-", "a.", "| ", "|a", "\n ", " \n", "\na"),
    *("I. ", "a) ", "1) ", "1.1.", "Điều 1", "và ", "của ", "các ", "Các ", "Sở ", "UBND ", "năm ", "ngày ", "tháng ", "quý ", "từ ", "đến ", "trước ", "2026 ", "12/2026-"),
    *("Sở A, ", "Sở A và ", "Sở A - ", "các sở, ", "1,5 tỷ ", "10% ", "số 1/", "Số: ", "chủ trì, ", "phối hợp ", "phối hợp với ", "căn cứ ", "nhiệm vụ ", "http://a.", "a@", "&#1", "<td>"),
)  # fmt: skip


def modules() -> Iterator[object]:
    for found in pkgutil.walk_packages(kehoach.__path__, "kehoach."):
        if found.name.split(".")[1] not in {"tests", "bench", "fuzz", "cli"}:
            yield importlib.import_module(found.name)


def every_pattern() -> dict[str, Pattern]:
    """The patterns of the modules and of the loaded rules, each once, by where it stands."""
    found: dict[str, Pattern] = {}
    seen: set[int] = set()
    for module in modules():
        for name, value in vars(module).items():
            if not name.startswith("__"):
                _collect(value, f"{module.__name__.removeprefix('kehoach.')}.{name}", found, seen)
    _collect(load_rules(), "rules", found, seen)
    texts: dict[tuple, str] = {}
    for name, pattern in found.items():
        texts.setdefault((type(pattern), pattern.pattern, pattern.flags), name)
    return {name: found[name] for name in texts.values()}


def _collect(value: object, name: str, found: dict[str, Pattern], seen: set[int]) -> None:
    if isinstance(value, (re.Pattern, regex.Pattern)):
        if isinstance(value.pattern, str):
            found.setdefault(name, value)
        return
    if isinstance(value, (str, bytes, int, float, type(None), type)) or id(value) in seen:
        return
    seen.add(id(value))
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            _collect(getattr(value, field.name), f"{name}.{field.name}", found, seen)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            _collect(item, f"{name}[{key}]", found, seen)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for place, item in enumerate(value):
            _collect(item, f"{name}[{getattr(item, 'id', place)}]", found, seen)


def words_of(pattern: Pattern) -> list[str]:
    """Pieces of literal text in a pattern, longest first: what brings a matcher into its depths."""
    plain = _CLASSES.sub(lambda match: " " if match[0] in (r"\s", r"\b") else "·", pattern.pattern)
    pieces = {" ".join(piece.split()) for piece in re.split(r"[·(){}|?+*^$\\\[\]]+", plain)}
    return sorted((piece for piece in pieces if _LETTERS.search(piece)), key=lambda piece: (-len(piece), piece))[:12]


def units_for(pattern: Pattern, examples: tuple[str, ...] = ()) -> list[str]:
    """What to repeat against a pattern: the runs, its own words with and without blanks, its examples whole and cut short."""
    words = words_of(pattern)
    own = [*words, *(f"{word} " for word in words), *(f"{word}, " for word in words[:4]), " ".join(words), " ".join(words) + " "]
    cut = [piece for example in examples for piece in (f"{example} ", example[:-1], example[: len(example) // 2] + " ")]
    return [unit for unit in dict.fromkeys([*RUNS, *own, *cut]) if unit]
