"""Whether a word is spelt like a Vietnamese syllable: the measure of what an old encoding was read right by."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ONSET = re.compile(r"ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx]|")
_LIST = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơng ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uêt
    uôc uôi uôm uôn uông uôt uơ uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu ynh
"""
_RIMES = frozenset(_LIST.split())
_CLOSING = re.compile(r"(?:c|p|t|ch)$")
_MISSPELT = re.compile(r"(?:c|g|ng)(?=[eêiy])|(?:k|gh|ngh)(?=[aăâoôơuư])|p(?!h)|q(?!u)")


@lru_cache(maxsize=1 << 15)
def is_syllable(word: str) -> bool:
    """Whether ``word`` is onset, rime and at most one tone, as Vietnamese writes them; case does not matter.

    >>> is_syllable("nghiệp"), is_syllable("NƯỚC"), is_syllable("nghiÖp"), is_syllable("water")
    (True, True, False, False)
    """
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [part for part in parts if part in _TONES]
    if len(tones) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    onset = _ONSET.match(plain)
    rest = plain[onset.end() :] if onset else plain
    # "gi" alone and before i is written once ("gì"); "qu" takes the u that other onsets leave to the rime.
    return rest in _RIMES or (plain.startswith("gi") and "i" + rest in _RIMES) or (plain.startswith("qu") and "u" + rest in _RIMES)


@lru_cache(maxsize=1 << 15)
def is_spelt(word: str) -> bool:
    """Whether ``word`` (lower case) is a syllable with the letters that Vietnamese spelling and its tones allow: stricter than ``is_syllable``.

    >>> is_spelt("nghiệp"), is_spelt("ngiệp"), is_spelt("hp"), is_spelt("trưc"), is_spelt("gì")
    (True, False, False, False, True)
    """
    if not is_syllable(word):
        return False
    parts = unicodedata.normalize("NFD", word)
    plain = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    if _MISSPELT.match(plain) and not plain.startswith("gi"):
        return False
    # A syllable that ends in a stop has the rising or the heavy tone.
    return not _CLOSING.search(plain) or "\u0301" in parts or "\u0323" in parts
