"""Finds words that decide rules and have lost a letter or the blank beside them; clean text has none.

A word by itself is no evidence: it is damaged where all other words of a group stand beside it untouched ("ch" before "trì").
What is found are letters to put in, so that every position of the restored text has one in the printed text and back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kehoach.extract.damagewords import SHORT, Form, Group, Lexicon, Loss, Pair, is_glued
from kehoach.extract.matching import lowered
from kehoach.extract.readers.syllables import is_spelt

_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"[ivx]+(?!\w)")
# Words that name a point or a person by one letter: "tại điểm đ nghị quyết này".
_LETTERED = re.compile(r"(?:điểm|mục|khoản|nhóm|lớp|loại|hạng|mẫu|biểu|phụ lục|cột|phương án|ông|bà|anh|chị|em|cháu|tiết|ý)\s+$")
_AMOUNT = re.compile(r"\d[.,]?\s*(?:nghìn|ngàn|triệu|tỷ|tỉ)?\s*$")
_BESIDE = 24
_MARKS = ("", ",", ";", ".", ":")
_ADDRESS = "#@/\\"
# A wider gap, or a blank line, parts cells and paragraphs.
_WIDEST_GAP = 6
_LIST_MARKS = frozenset("ABCDĐEGHIVX")


class Edit(NamedTuple):
    """``letters`` are missing before position ``at``; ``opens`` when they begin the word behind them."""

    at: int
    letters: str
    opens: bool = False


def find_damage(view: str, text: str, lexicon: Lexicon) -> list[Edit]:
    """What is missing in ``view``, in order, one edit for a damaged word at most; ``text`` has the line breaks of the view."""
    low = lowered(view)
    # Splitting at blanks first makes few words of many: five times as fast as a search through the text.
    parts = set(low.split())
    words = set(filter(str.isalpha, parts))
    words.update(_WORD.findall(" ".join(parts - words)))
    # A short form stands between blanks; the mark "b)" and the beginning of "v/v" do not.
    words -= {form for form in words & lexicon.short if not any(form + mark in parts for mark in _MARKS)}
    finder = _Finder(view, low, text, lexicon)
    broken = [place for word in lexicon.known(words) for place in _places(low, word)]
    found = finder.edits(broken + _paired(low, words, parts, lexicon.pairs))
    if len(found) >= lexicon.enough:
        finder.least = 2
        found = finder.edits(broken + _paired(low, words, parts, lexicon.all_pairs))
    return found


def _places(low: str, word: str) -> Iterator[tuple[int, int]]:
    """Where ``word`` stands as a whole word."""
    at = low.find(word)
    while at != -1:
        end = at + len(word)
        if not (low[at - 1 : at].isalpha() or low[end : end + 1].isalpha()):
            yield at, end
        at = low.find(word, end)


def _paired(low: str, words: set[str], parts: set[str], pairs: dict[str, tuple[Pair, ...]]) -> list[tuple[int, int]]:
    """Where a form stands beside a word of its group, a short one between blanks."""
    found = []
    for form in words & pairs.keys():
        if len(form) <= SHORT:
            sought = {f" {form}{mark or ' '}": 1 for mark in _MARKS if form + mark in parts}
            if low.startswith(form):
                found.append((0, len(form)))
        else:
            sought = {pair.text: pair.at for pair in pairs[form] if pair.others <= words}
        for text, offset in sought.items():
            at = low.find(text)
            while at != -1:
                found.append((at + offset, at + offset + len(form)))
                at = low.find(text, at + 1)
    return found


class _Finder:
    def __init__(self, view: str, low: str, text: str, lexicon: Lexicon) -> None:
        self.view, self.low, self.text, self.lexicon = view, low, text, lexicon
        self.least = 3  # words of a group that tell a word from another that is one too

    def edits(self, places: Iterable[tuple[int, int]]) -> list[Edit]:
        """What the words at ``places`` lack, in order of the text."""
        return [edit for start, end in sorted(set(places)) if (edit := self._edit(start, end)) is not None]

    def _edit(self, start: int, end: int) -> Edit | None:
        """What one word lacks; None when it is sound or could be read in two ways."""
        if self.low[start - 1 : start].isalpha() or self.low[end : end + 1].isalpha():
            return None
        word = self.low[start:end]
        if self.low[start - 1 : start] in _ADDRESS and start:
            return None
        ways = {loss for form in self.lexicon.forms.get(word, ()) if self._sound(start, end) for loss in self._lost(form, start, end)}
        ways = ways or set(self._unglued(word, start, end))
        if len(ways) != 1:
            return None
        loss = ways.pop()
        opens = loss.at == 0
        return Edit(start + loss.at, self._cased(loss.letters, start, end, opens), opens)

    def _sound(self, start: int, end: int) -> bool:
        """Whether what is left of a short word is no mark, abbreviation or unit."""
        if end - start > SHORT:
            return True
        before, after = self.low[max(0, start - _BESIDE) : start], self.text[end : end + 1]
        if (before[-1:] in {"/", "-", ".", "&"} and start) or (after in {"/", "-", "&", ".", ")"} and after):
            return False
        return end - start > 1 or not (_LETTERED.search(before) or _AMOUNT.search(before))

    def _lost(self, form: Form, start: int, end: int) -> Iterator[Loss]:
        for group in form.groups:
            if (form.broken or len(group.words) >= self.least) and self._stands(group, start, end) and not self._is_ordinary(form, group, start, end):
                yield form.loss

    def _is_ordinary(self, form: Form, group: Group, start: int, end: int) -> bool:
        """Whether the words are said as they stand, alone or with the next one: "phi hợp pháp"."""
        if form.broken:
            return False
        said = " ".join((*group.words[: group.place], self.low[start:end], *group.words[group.place + 1 :]))
        behind = self.low[end : end + len(said) + _BESIDE].split()[len(group.words) - group.place - 1 :]
        return said in self.lexicon.ordinary or (bool(behind) and f"{said} {behind[0].rstrip(',.;:')}" in self.lexicon.ordinary)

    def _unglued(self, word: str, start: int, end: int) -> Iterator[Loss]:
        if not is_glued(word):
            return
        if loss := self.lexicon.joined.get(word):
            yield loss
            return
        for at in self.lexicon.splits(word):
            left, right = word[:at], word[at:]
            if (
                self._whole(left, start, start + at)
                and any(self._behind(group, 1, end) for group in self.lexicon.first.get(right, ()) if group.words[0] == right)
            ) or (
                self._whole(right, start + at, end)
                and any(self._before(group, len(group.words) - 1, start) for group in self.lexicon.last.get(left, ()))
            ):
                yield Loss(at, " ")

    def _whole(self, word: str, start: int, end: int) -> bool:
        """Whether a part of a glued word is a word or an abbreviation."""
        return is_spelt(word) or (end - start > 1 and self.view[start:end].isupper() and not self.view[start - 1 : end + 1].isupper())

    # --- the words beside ------------------------------------------------------------------

    def _stands(self, group: Group, start: int, end: int) -> bool:
        mark = "," if group.words[group.place].endswith(",") else ""
        if mark and not self.low.startswith(mark, end):
            return False
        if not (self._before(group, group.place, start) and self._behind(group, group.place + 1, end + len(mark))):
            return False
        beside = self._neighbour(group, start, end + len(mark))
        if group.named and not self._begins_name(group, start, beside):
            return False
        token = self.view[start:end]
        if len(token) == 1:
            if not any(map(str.isalnum, self._line_before(start))):
                return token.isupper() and token not in _LIST_MARKS  # "a", "B" may be the mark of an item
            # "anh T chức vụ": a capital stands for a name, unless the word beside it has one too ("với S Tài chính").
            return beside.isupper() if token.isupper() and group.place else token.isupper() == (beside[:1].isupper() and not group.place)
        return not token.isupper() or beside.isupper()  # "CQ quan trắc": an abbreviation

    def _begins_name(self, group: Group, start: int, beside: str) -> bool:
        """Whether the capitals of a name are there: "quảng bá và phát triển" names no newspaper."""
        if group.place == 0:
            return beside[:1].isupper()
        before = self.view[max(0, start - _BESIDE) : start].rstrip() if group.place == 1 else ""
        return group.place > 1 or before[-len(group.words[0]) :][:1].isupper()

    def _neighbour(self, group: Group, start: int, end: int) -> str:
        if group.place + 1 < len(group.words) and group.words[group.place + 1] not in "#@":
            at = self._skip(end)
            return self.view[at : at + len(group.words[group.place + 1])]
        at = start
        while at and self.low[at - 1].isspace():
            at -= 1
        return self.view[at - len(group.words[group.place - 1]) : at]

    def _before(self, group: Group, place: int, start: int) -> bool:
        """Whether the words of ``group`` before ``place`` end right before ``start``."""
        at = start
        for word in reversed(group.words[:place]):
            end = at
            while at and self.low[at - 1].isspace():
                at -= 1
            if not self._is_gap(at, end, start) or not self.low.startswith(word, at - len(word)) or at < len(word):
                return False
            at -= len(word)
        return place == 0 or not self.low[at - 1 : at].isalnum() or at == 0

    def _behind(self, group: Group, place: int, end: int) -> bool:
        """Whether the words of ``group`` from ``place`` on begin right behind ``end``."""
        at = end
        for word in group.words[place:]:
            start = at
            at = self._skip(at)
            if not self._is_gap(start, at, end):
                return False
            if word in "#@":
                return self.low[at : at + 1].isdigit() if word == "#" else _ROMAN.match(self.low, at) is not None
            if not self.low.startswith(word, at):
                return False
            at += len(word)
        return place >= len(group.words) or not self.low[at : at + 1].isalnum()

    def _skip(self, at: int) -> int:
        while at < len(self.low) and self.low[at].isspace():
            at += 1
        return at

    def _is_gap(self, start: int, end: int, beside: int) -> bool:
        return 0 < end - start <= _WIDEST_GAP and self.text.count("\n", start, end) <= 1

    def _cased(self, letters: str, start: int, end: int, opens: bool) -> str:
        token = self.view[start:end]
        if token.isupper() and (len(token) > 1 or self._in_capitals(end)):
            return letters.upper()
        if not opens:
            return letters
        begins = not any(map(str.isalnum, self._line_before(start)))
        return letters.upper() if begins or self.view[self._skip(end) :][:1].isupper() else letters

    def _line_before(self, at: int) -> str:
        return self.text[self.text.rfind("\n", 0, at) + 1 : at]

    def _in_capitals(self, end: int) -> bool:
        match = _WORD.search(self.view, end, end + _BESIDE)
        return match is not None and len(match[0]) > 1 and match[0].isupper()


def restore(text: str, edits: Sequence[Edit]) -> str:
    """``text`` with what it lacks."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.at], edit.letters]
        at = edit.at
    return "".join([*parts, text[at:]])
