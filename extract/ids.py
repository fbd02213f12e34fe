"""Stable ids: made of what a record says, so that the same words get the same id in every version of a document."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

_WORD = re.compile(r"[^\W_]+")
_HASH_LENGTH = 10


class Ids:
    """Ids of one kind: prefix, hash of the normalised key, ordinal among equals."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._seen: Counter[str] = Counter()

    def new(self, key: str) -> str:
        """The id of what ``key`` says; of several with the same words the later ones are numbered."""
        words = " ".join(_WORD.findall(key.lower()))
        base = f"{self._prefix}-{hashlib.sha256(words.encode('utf-8')).hexdigest()[:_HASH_LENGTH]}"
        self._seen[base] += 1
        return base if self._seen[base] == 1 else f"{base}-{self._seen[base]}"
