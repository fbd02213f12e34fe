"""Where one item or sentence is cut into tasks: clauses with agencies of their own, enumerations, the subject before a colon."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from kehoach.extract.reading import Reading
from kehoach.extract.scopes import clauses
from kehoach.extract.spans import trim
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import RoleReading

_ENUMERATION = regex.compile(r"(?<![\w(])\((\d{1,2}|[ivx]{1,4})\)\s+(?=\S)|(?<=[:;.]\s)(\d{1,2})\)\s+(?=\p{Lu})")
_ROMAN = {numeral: value for value, numeral in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], start=1)}
_SUBJECT = regex.compile(r"về\s+(?:(?:các\s+)?(?:đề\s+nghị|đề\s+xuất|kiến\s+nghị)|việc|nội\s+dung)(?!\w)[^:]{5,600}+:\s+(?=\p{Lu})", regex.IGNORECASE)
_ABOUT = regex.compile(r"về\s", regex.IGNORECASE)
_COLON = regex.compile(r":\s+(?=\S)")
_TELLS = regex.compile(r"(?<!\w)(?:giao|đề\s+nghị|yêu\s+cầu)\s+(?:các\s+\p{L}+(?:\s+\p{L}+)?:\s+)?$", regex.IGNORECASE)
_CONDITION = regex.compile(r"(?:khi|nếu|trường\s+hợp)(?!\w)", regex.IGNORECASE)
_SUBJECT_CHARS = 600
_MOST_CLAUSES = 8  # more are an enumeration
_NEAR_START = 12  # characters before the subject of a clause: "Đề nghị ...", a number


def own_clauses(reading: Reading, span: Span) -> list[Span]:
    """The clauses between semicolons that have an agency of their own as subject, each with those that go on with it; empty when there is one."""
    parts = clauses(reading.view, span)
    if not 2 <= len(parts) <= _MOST_CLAUSES:
        return []
    if not _has_subject(reading, parts[0], opened=True):
        return []
    told = all(_has_subject(reading, part) for part in parts)  # each clause names its agency: whatever the verbs
    shared = _CONDITION.match(reading.view, parts[0].start) is not None  # a leading condition holds for all up to the next
    found = [parts[0]]
    for above, part in pairwise(parts):
        opened = _opens(reading, part)
        own = (told or reading.acts(part)) and (opened or not shared) and _has_subject(reading, part, opened=opened)
        again = opened and _leads(reading, part) == _leads(reading, found[-1])  # "...; trên cơ sở đó, Sở A ..." goes on with Sở A's task
        if own and not again and not _ends_in_helpers(reading.roles(above), above):
            found.append(part)
        else:
            found[-1] = Span(found[-1].start, part.end)
    return found if len(found) > 1 else []


def _leads(reading: Reading, part: Span) -> set[str]:
    """Names of those who lead in ``part``."""
    return {mention.name.casefold() for mention in reading.roles(part).lead}


def _has_subject(reading: Reading, part: Span, *, opened: bool = False) -> bool:
    """Whether a clause begins with the agency that acts; ``opened`` when a phrase may stand before it ("Trên cơ sở ..., các sở ...")."""
    said, view = reading.roles(part), reading.view
    if not said.lead or not said.rule or not view[said.lead[-1].span.end : part.end].strip(" ,."):
        return False  # "Giao Sở A; Sở B; các xã rà soát ..." is one list of agencies
    start = said.lead[0].span.start
    tells = _TELLS.search(view, part.start, start) if opened else None
    comma = view.rfind(",", part.start, start) if opened else -1
    near = tells.start() if tells else comma if start - comma < _NEAR_START else -1
    return start - part.start < _NEAR_START or (near != -1 and ":" not in view[part.start : near])


def _opens(reading: Reading, part: Span) -> bool:
    """Whether a clause begins with an adverbial ("Trường hợp vượt thẩm quyền, ...")."""
    text = reading.view[part.start : part.end]
    return any(rule.pattern.match(text) for rule in reading.rules.clauses.labelled("opening"))


def after_subject(reading: Reading, span: Span) -> Span:
    """The task of an item that names its subject before a colon ("Về đề nghị ...: Sở X nghiên cứu ...") is what follows."""
    view = reading.view
    if match := _SUBJECT.match(view, span.start, span.end):
        return Span(match.end(), span.end)
    if not (about := _ABOUT.match(view, span.start, span.end)):
        return span
    ends = _COLON.finditer(view, about.end(), min(span.end, about.end() + _SUBJECT_CHARS))
    starts = [Span(colon.end(), span.end) for colon in ends]
    told = (rest for rest in starts if _has_subject(reading, clauses(view, rest)[0], opened=True))
    return next(told, None) or next((rest for rest in starts if reading.segmenter.begins_action(view, rest)), span)


def _ends_in_helpers(said: RoleReading, part: Span) -> bool:
    """Whether a clause stops in its list of helpers ("Sở A chủ trì, phối hợp với Hội B; các đơn vị C xây dựng ..."): the list goes on."""
    return bool(said.coordinating) and said.coordinating[-1].span.end >= part.end - 2


def _value(number: str) -> int:
    return int(number) if number.isdigit() else _ROMAN.get(number, 0)


def _in_bracket(view: str, start: int, end: int) -> bool:
    """Whether a bracket opened in ``view[start:end]`` is still open at its end."""
    return view.count("(", start, end) > view.count(")", start, end)


def enumerated(reading: Reading, span: Span) -> Iterator[Span]:
    """The items of "(1) ...; (2) ..." in ``span``: numbers that count up from 1, or on from where the block itself began."""
    matches: list[regex.Match[str]] = []
    for match in _ENUMERATION.finditer(reading.view, span.start, span.end):
        if _value(match.group(1) or match.group(2)) == len(matches) + 1:
            matches.append(match)
    if matches and _in_bracket(reading.view, span.start, matches[0].start()):
        matches.clear()  # "(trong đó: (1) ...)" is a remark
    ends = [match.start() for match in matches[1:]] + [span.end] * bool(matches)
    for match, end in zip(matches, ends, strict=True):
        item = trim(reading.view, Span(match.end(), end))
        if item.start < item.end:
            yield item


__all__ = ["after_subject", "enumerated", "own_clauses"]
