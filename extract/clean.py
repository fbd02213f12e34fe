"""Labels what a website put around a document; nothing is deleted, every drop has its reason.

Lines that are chrome for sure are dropped wherever they stand. Lines that are chrome only in company (a tab name, a
field label) and lines that say nothing about themselves go only at the page's edges, where the balance of evidence
decides: see ``_edge``. The document's own lines stop every range.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kehoach.extract.cleanrules import CleanRules
from kehoach.extract.matching import fold
from kehoach.extract.pagelines import Kind, PageLine, read_lines
from kehoach.extract.repeats import mark_repeats, without_titles
from kehoach.extract.signs import blank_signs
from kehoach.extract.teasers import mark_teasers
from kehoach.rules.loader import load_rules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText, Dropped, SourceText

__all__ = ["CleanRules", "clean_text", "load_clean_rules"]

# What a line of each kind adds to the credit with which chrome goes on from the page's edge: one sure line outweighs a sentence or a few
# short lines. Below a document short lines weigh more than a weak line above them gives: there they may be a table's cells.
_TOP = {
    **{Kind.SURE: 3.0, Kind.TEASER: 0.3, Kind.NEUTRAL: 0.0},
    **{Kind.SHORT: -0.6, Kind.HEADLINE: -1.2, Kind.PROSE: -2.5, Kind.OWN: -50.0},
}
_BOTTOM = {**_TOP, Kind.SHORT: -1.1}
# The credit at the start, and the most that there can be: a long menu does not pay for a long text behind it.
_CREDIT_TOP, _CREDIT_BOTTOM, _MOST_CREDIT = 2.5, 1.2, 6.0
# A range needs a sure line, or at the top four weak ones.
_PROOF, _PROOF_WEAK = 3.0, 4.0
# A tail without a line of its own goes as a whole with three sure lines, a quarter of chrome, few sentences, and no long stretch of anything else.
_DENSE_SURE, _DENSE_SHARE, _DENSE_PROSE, _DENSE_GAP, _DENSE_PARAGRAPHS = 3, 0.25, 0.2, 12, 3
# Blank lines between the parts of a page; the cells of a table have one between them.
_WIDE_GAP = 3
# Chrome that stands in the middle of a text and says nothing about its neighbours.
_ALONE = frozenset({"image", "page-number", "download-link"})
# A headline is at least so many words; fewer are a menu entry, a cell or a person's name.
_HEADLINE_WORDS = 6
# Lines of the letterhead above the motto: issuer in capitals, number, rules.
_LETTERHEAD_LINES = 8


def load_clean_rules(overlay: Path | None = None) -> CleanRules:
    """The rules of ``rules/clean.yaml``, a user's own laid over.

    Raises:
        RuleError: a rule file breaks the form.
    """
    return CleanRules.of(load_rules("clean", overlay))


def clean_text(source: SourceText, rules: CleanRules) -> CleanText:
    """The source with its boilerplate labelled and its view made.

    Dropped ranges are in order, do not overlap and are never empty; each covers whole lines with their line feeds, except
    where the reader dropped less than a line.
    """
    folded = fold(source.text)
    lines = read_lines(source, folded, rules)
    mark_teasers(lines)
    mark_repeats(lines)
    start = _head(lines)
    _recognise(lines[:start], lines[start:])
    end = _tail(lines)
    for number, line in enumerate(lines):
        line.dropped |= number < start or number >= end or line.kind in (Kind.SURE, Kind.TEASER)
    _drop_company(lines)
    dropped = _ranges(source, lines)
    return CleanText(source, dropped, blank_signs(source.text, _blank(folded, dropped)))


def _head(lines: Sequence[PageLine]) -> int:
    """Number of lines at the top that are chrome."""
    limit = _document_start(lines)
    size = _edge(lines[:limit], _TOP)
    if not size:
        return 0
    # The last entries of a menu stand right above the date or the headline.
    stop = size
    while stop < limit and lines[stop].kind is Kind.SHORT and not lines[stop].capitals:
        stop += 1
    ends = stop < len(lines) and (lines[stop].label == "date-line" or (stop == limit and lines[stop].kind is Kind.HEADLINE))
    return stop if ends else size


def _recognise(head: Sequence[PageLine], rest: Sequence[PageLine]) -> None:
    """Lets weak lines count below the document too where the same line stood in the chrome above it and a wide gap parts it from the text."""
    known = {line.key for line in head if line.kind is Kind.WEAK}
    for line in rest:
        if line.kind is Kind.WEAK and line.top > 0 and line.gap >= _WIDE_GAP and line.key in known:
            line.bottom = 1.0


def _tail(lines: Sequence[PageLine]) -> int:
    """Index of the first line of the chrome at the bottom."""
    return without_titles(lines, min(len(lines) - _edge(lines[::-1], _BOTTOM), _dense_tail(lines)))


def _dense_tail(lines: Sequence[PageLine]) -> int:
    """Index where a tail below an instrument begins that is thick with chrome: long legends and letters to members among it."""
    seen, sure, prose, gap, run, best = 0, 0, 0, 0, 0, len(lines)
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if line.kind is Kind.OWN and line.label != "type-line":
            return best if line.label != "byline" else len(lines)
        run = run + 1 if line.kind is Kind.PROSE else 0
        if gap > _DENSE_GAP or run > _DENSE_PARAGRAPHS:
            return best
        chrome = _weight(line, _BOTTOM) > 0
        gap = 0 if chrome else gap + 1
        sure += chrome and line.kind is Kind.SURE
        seen += chrome
        prose += line.kind is Kind.PROSE
        size = len(lines) - number
        if chrome and line.kind is Kind.SURE and sure >= _DENSE_SURE and seen >= _DENSE_SHARE * size and prose <= _DENSE_PROSE * size:
            best = number
    return len(lines)


def _edge(lines: Sequence[PageLine], weights: Mapping[Kind, float]) -> int:
    """How many of ``lines``, counted from the page's edge, are chrome: up to the last line of chrome that the credit reaches."""
    credit, proof, size, sure = _CREDIT_TOP if weights is _TOP else _CREDIT_BOTTOM, 0.0, 0, False
    for count, line in enumerate(lines, 1):
        weight = _weight(line, weights)
        credit = min(credit + weight, _MOST_CREDIT)
        if credit < 0:
            break
        if weight > 0:
            proof += weight
            sure |= line.kind is Kind.SURE
            if proof >= (_PROOF if sure else _PROOF_WEAK):
                size = count
    return size


def _weight(line: PageLine, weights: Mapping[Kind, float]) -> float:
    if line.kind is Kind.WEAK:
        return line.top if weights is _TOP else line.bottom
    return 0.0 if line.label in _ALONE else weights[line.kind]


def _document_start(lines: Sequence[PageLine]) -> int:
    """Index of the line where the top chrome ends at the latest: the letterhead, the type word, or else the first headline."""
    for number, line in enumerate(lines):
        if line.label in ("letterhead", "type-line"):
            return _letterhead_start(lines, number)
    for number, line in enumerate(lines):
        in_menu = number + 1 < len(lines) and lines[number + 1].label.startswith("site-menu")
        if line.kind in (Kind.OWN, Kind.PROSE) or (line.kind is Kind.HEADLINE and line.words >= _HEADLINE_WORDS and not in_menu):
            return number
    return len(lines)


def _letterhead_start(lines: Sequence[PageLine], number: int) -> int:
    """The first of the lines in capitals, rules and numbers that stand right above the motto."""
    first = number
    while (
        first > 0
        and number - first < _LETTERHEAD_LINES
        and (lines[first - 1].capitals or lines[first - 1].label == "body")
        and lines[first - 1].kind is not Kind.SURE
    ):
        first -= 1
    return first


def _drop_company(lines: Sequence[PageLine]) -> None:
    """Weak lines beside a dropped one go with it, as far as weak lines reach without a gap."""
    for sequence in (lines, lines[::-1]):
        before = False
        for line in sequence:
            if before and line.kind is Kind.WEAK and line.bottom > 0:
                line.dropped = True
            before = line.dropped and line.label not in _ALONE


def _ranges(source: SourceText, lines: Sequence[PageLine]) -> tuple[Dropped, ...]:
    """The dropped lines as ranges, one for each run of lines with one reason, joined with what the reader dropped."""
    found: list[tuple[Span, str]] = []
    reason, joined = "", False
    for line in lines:
        if not line.dropped:
            joined = False
            continue
        reason = line.reason or (reason if joined else "") or _reason_after(lines, line)
        stop = min(line.span.end + 1, len(source.text))
        if joined and found[-1][1] == reason:
            found[-1] = (Span(found[-1][0].start, stop), reason)
        else:
            start = found[-1][0].end if joined else line.span.start
            found.append((Span(start, stop), reason))
        joined = True
    return _merged([*((item.span, item.reason) for item in source.dropped), *found])


def _reason_after(lines: Sequence[PageLine], line: PageLine) -> str:
    place = lines.index(line)
    return next((later.reason for later in lines[place:] if later.reason and later.dropped), "site-menu")


def _merged(found: Iterable[tuple[Span, str]]) -> tuple[Dropped, ...]:
    """In order and without overlaps: of two ranges that meet, the later gives way."""
    ranges: list[Dropped] = []
    at = 0
    for (start, end), reason in sorted(found):
        if end > max(start, at):
            ranges.append(Dropped(Span(max(start, at), end), reason))
            at = end
    return tuple(ranges)


def _blank(view: str, dropped: Iterable[Dropped]) -> str:
    parts, at = [], 0
    for item in dropped:
        parts += [view[at : item.span.start], " " * item.span.length]
        at = item.span.end
    return "".join([*parts, view[at:]])
