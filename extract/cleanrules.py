"""The rules of ``rules/clean.yaml`` made fast: which label does a line have?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import regex

from kehoach.rules.loader import RuleSet

# Blanks, bullets and quote marks round a line that rules do not see.
EDGES = " \t#>•·●○◦▪■□»*|\\"
# Longer lines are paragraphs: only terms are sought in them.
_LONGEST = 330
# How many characters of a line are asked which rules it can meet: with three there would be as many answers as words.
_FIRST = 2
# A longer line with a dash is an item of the text: menus and fields are short.
_LONGEST_BULLET = 60
_SEPARATORS = "|•·"
_SEPARATOR = re.compile(r"\s*[|•·]\s*")
_MENU = frozenset({"site-menu", "share", "page-tool", "download-link", "comment-form", "login-prompt"})
# How the rule loader writes a rule of terms.
_TERMS_START, _TERMS_END = r"(?<!\w)(?:", r")(?!\w)"

_Tried = tuple[tuple[str, regex.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class CleanRules:
    """Rules that begin with ``^``, and terms that may stand anywhere in a line.

    ``starting`` remembers for the first characters the rules that can match a line beginning with them: one line in a hundred is
    chrome, so that most of the work is to find out quickly that no rule applies. ``keys`` are the terms in lower case.
    """

    anchored: _Tried
    terms: _Tried
    keys: tuple[str, ...]
    starting: dict[str, _Tried] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, rules: RuleSet) -> CleanRules:
        """The rules of one set, the earlier before the later."""
        anchored = tuple((rule.label, rule.pattern) for rule in rules if not rule.pattern.pattern.startswith(_TERMS_START))
        terms = tuple((rule.label, rule.pattern) for rule in rules if rule.pattern.pattern.startswith(_TERMS_START))
        keys = [key for _, pattern in terms for key in pattern.pattern.lower()[len(_TERMS_START) : -len(_TERMS_END)].split("|")]
        return cls(anchored, terms, tuple(re.sub(r"\\(.)", r"\1", key.replace(r"\s+", " ")) for key in keys))

    def hits(self, text: str) -> list[int]:
        """Where terms stand in the lower-cased page, in order: a filter, so that few lines are searched."""
        found = []
        for key in self.keys:
            at = text.find(key)
            while at != -1:
                found.append(at)
                at = text.find(key, at + 1)
        return sorted(found)

    def label(self, line: str, has_term: bool = True) -> str:
        """The label of the first rule that matches the line, of its parts where "|" or "•" separate them, or ""."""
        if len(line) <= _LONGEST_BULLET or (len(line) <= _LONGEST and line[0] not in "-+"):
            if (tried := self.starting.get(line[:_FIRST])) is None:
                tried = self._remember(line[:_FIRST])
            for label, pattern in tried:
                if pattern.search(line):
                    return label
        if has_term:
            for label, pattern in self.terms:
                if pattern.search(line):
                    return label
        if len(line) > _LONGEST or not any(sign in line for sign in _SEPARATORS):
            return ""
        parts = [part.strip(EDGES) for part in _SEPARATOR.split(line)]
        return "site-menu" if len(parts) > 1 and all(part and self._names_menu(part) for part in parts) else ""

    def _remember(self, first: str) -> _Tried:
        self.starting[first] = tuple((label, pattern) for label, pattern in self.anchored if pattern.search(first, partial=True))
        return self.starting[first]

    def _names_menu(self, part: str) -> bool:
        return any(pattern.search(part) for label, pattern in self.anchored if label.rstrip("?") in _MENU)
