"""Finds text that was read in the wrong encoding and puts it right; clean text is never touched.

Two faults are known: characters of a font or code page from before Unicode (TCVN3, VNI-Windows, VISCII), and UTF-8 read as
Windows-1252 ("Káº¿ hoáº¡ch"). The document as a whole has to show the fault, by words that become Vietnamese syllables when they are
converted and are none as they stand; then each line is converted that shows it too.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from kehoach.extract.readers.legacyfonts import convert
from kehoach.extract.readers.syllables import is_syllable

ENCODINGS = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI-Windows", "viscii": "VISCII"}
# Characters that only misread text has within words. Clean text has a few of them (·, ©, §), old text one in each second word.
_ODD = re.compile("[¡-©«¬\u00ad®µ-¾ÆÇËÐÑÖØÛÜÞßäåæçëîïðñö÷øûüþÿ\u0080-\u009f]")
_ODD_NEEDED = 4
# Letters of Vietnamese that no old encoding gives by chance; a line that has them is Unicode.
_UNICODE = re.compile("[\u1ea0-\u1ef9ăĂđĐơƠưƯ]")
_WORDS = re.compile(r"[^\s!-/:-@\[-`{-~0-9]+")
_CAPITALS = re.compile("[A-Z][^\\s\u0000-\u007f]*[A-Z](?<=[^\u0000-\u007f][A-Z])|[A-Z]{2}[^\\s\u0000-\u007f]|[^\\s\u0000-\u007f][A-Z]{2}")
_TAG = re.compile("<[^<>]{0,300}>|&[a-z]{2,8};")
_SMALL = re.compile("[a-z]")
_EDGES = "“”‘’–—…•"
# Shares of the odd words that are syllables after conversion, and before it: measured on converted plan texts, the first is above 0.95
# and the second below 0.4; for clean text with foreign names the first stays below 0.3.
_GOOD, _BAD, _FEWEST = 0.85, 0.5, 4
_SAMPLE = 400_000
# Each byte as Windows-1252 shows it; the five codes that it leaves empty as Latin-1 does.
WINDOWS = [bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(256)]
_BYTES = {char: code for code, char in enumerate(WINDOWS)} | {chr(code): code for code in range(0x80, 0xA0)}
# The lead bytes of UTF-8's Vietnamese letters, quotes and dashes with a follower, as Windows-1252 or Latin-1 show them.
_FOLLOWER = "[" + "".join(map(re.escape, {*WINDOWS[0x80:0xC0], *map(chr, range(0x80, 0xC0))})) + "]"
_MOJIBAKE = re.compile(f"[ÃÄÅÆ]{_FOLLOWER}|á[º»]{_FOLLOWER}|â(?:€|\u0080){_FOLLOWER}")
_MOJIBAKE_NEEDED = 3
# A document with more lines in Unicode than this is mixed: a line that does not show the fault by itself is left alone.
_MIXED_SHARE = 0.2


class Score(NamedTuple):
    """How many odd words there are, and how many of them are syllables before and after a conversion."""

    words: int = 0
    before: int = 0
    after: int = 0

    @property
    def decided(self) -> bool:
        """Whether the conversion is right beyond doubt."""
        return self.words >= _FEWEST and self.after >= _GOOD * self.words and self.before <= _BAD * self.words


@dataclass(frozen=True, slots=True)
class Repair:
    """What is wrong with a text: ``encoding`` is one of ``ENCODINGS``, "mojibake", or "" when nothing is.

    ``mixed`` when other parts of the text are clean.
    """

    encoding: str = ""
    mixed: bool = False

    def __call__(self, text: str) -> str:
        """``text`` with its faulty lines converted."""
        if not self.encoding:
            return text
        mend = _unscrambled if self.encoding == "mojibake" else self._converted
        return "\n".join(map(mend, text.split("\n")))

    def _converted(self, line: str) -> str:
        if line.isascii() or _UNICODE.search(line):
            return line
        score = _score([line], lambda text: convert(text, self.encoding))
        if score.after < score.before or (self.mixed and score.after == score.before):
            return line
        found = convert(line, self.encoding)
        # Set in a font of capitals: toned letters have small codes there.
        return found.upper() if self.encoding == "tcvn3" and _CAPITALS.search(line) and not _SMALL.search(_TAG.sub("", line)) else found


def find_repair(text: str) -> Repair:
    """What has to be done to ``text``; nothing for clean text."""
    sample = text[:_SAMPLE]
    if looks_scrambled(sample):
        lines = [line for line in sample.split("\n") if _MOJIBAKE.search(line)]
        score = _score(lines, _unscrambled, mixed=True)
        if score.after >= score.before + _MOJIBAKE_NEEDED:
            return Repair("mojibake")
    if len(_ODD.findall(sample)) < _ODD_NEEDED:
        return Repair()
    lines = [line for line in sample.split("\n") if not line.isascii() and not _UNICODE.search(line)]
    scores = {name: _score(lines, lambda word, name=name: convert(word, name)) for name in ENCODINGS}  # type: ignore[misc]
    best = max(scores, key=lambda name: scores[name].after)
    if not scores[best].decided:
        return Repair()
    clean = sum(_UNICODE.search(line) is not None for line in sample.split("\n"))
    return Repair(best, mixed=clean > _MIXED_SHARE * (clean + len(lines)))


def scrambled_rest(text: str) -> bool:
    """Whether some of a repaired text is still scrambled, and a package that is not installed might help."""
    return looks_scrambled(text) and importlib.util.find_spec("ftfy") is None


def looks_scrambled(text: str) -> bool:
    """Whether ``text`` looks like UTF-8 read as Windows-1252."""
    return len(_MOJIBAKE.findall(text[:_SAMPLE])) >= _MOJIBAKE_NEEDED


def syllable_share(text: str) -> float:
    """Which share of the words with letters beyond ASCII are syllables; 0 without such words."""
    score = _score(text[:_SAMPLE].split("\n"), lambda word: word)
    return score.before / score.words if score.words else 0.0


def _score(lines: Iterable[str], mend: Callable[[str], str], *, mixed: bool = False) -> Score:
    """Counts over the odd words of ``lines``; ``mixed`` compares whole lines, for conversions that move word ends."""
    if mixed:
        pairs = [(_odd_words(line), _odd_words(mend(line))) for line in lines]
        return Score(
            sum(len(before) for before, _ in pairs),
            sum(is_syllable(word) for before, _ in pairs for word in before),
            sum(is_syllable(word) for _, after in pairs for word in after),
        )
    words = [word for line in lines for word in _odd_words(line)]
    return Score(len(words), sum(map(is_syllable, words)), sum(is_syllable(mend(word)) for word in words))


def _odd_words(line: str) -> list[str]:
    words = (word.strip(_EDGES) for word in _WORDS.findall(line))
    return [word for word in words if not word.isascii()]


def _unscrambled(line: str) -> str:
    """``line`` read as UTF-8, if it is; where only parts of it are, ftfy finds them."""
    if not _MOJIBAKE.search(line):
        return line
    try:
        found = bytes(_BYTES[char] for char in line).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        found = _partly(line)
    gained = sum(map(is_syllable, _odd_words(found))) > sum(map(is_syllable, _odd_words(line)))
    return found if gained or not any(map(str.isalpha, found)) else line


def _partly(line: str) -> str:
    if importlib.util.find_spec("ftfy") is None:
        return line
    import ftfy

    return str(ftfy.fix_encoding(line, ftfy.TextFixerConfig(uncurl_quotes=False, unescape_html=False)))
