"""Lines to blocks: wrapped lines rejoined, each block with its number or bullet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from kehoach.extract.markers import Mark, parse_mark
from kehoach.extract.spans import iter_lines, trim
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Block, CleanText, Marker

# A text is hard-wrapped when most of its longer lines end within this many characters of one width. Chosen on the
# Markdown files of legal portals (width 70-100, ragged by one word); prose with a paragraph per line never comes near.
WRAP_RAGGED = 18
WRAP_SHARE = 0.6
WRAP_WIDTHS = range(50, 130)
_BOLD_LINE = 100  # characters; a whole paragraph in bold is longer
_CAPITALS = 8  # letters; shorter runs are abbreviations
_NAME_CHARS = 240  # a list of names that may go on after a wrapped dash
_WANTS_MORE = regex.compile(r"(?i)(?<!\w)(?:năm|tháng|ngày|quý|số|khoản|điều|và|hoặc|của|với|các|những)$|,$")
_ENDS_SENTENCE = regex.compile(r"[.;:?!…][\"')\]]*$|\.{3}$")
_IN_NAME = regex.compile(r"(?i)(?<!\w)(?:(?:tập\s+đoàn|công\s+ty|liên\s+danh)\s|(?:tập\s+đoàn|công\s+ty)\s*:\s[^;:.]{2,160},\s)[^,;:.]{2,30}$")
_LETTERHEAD = regex.compile(r"(?i)độc\s+lập\s*-\s*tự\s+do|cộng\s+h(?:òa|oà)\s+xã\s+hội|^\s*(?:số|nơi\s+nhận)\s*:|^\s*(?:tm|kt|tl|tuq|t/m|q)\.")


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span  # trimmed
    mark: Mark | None
    after_blank: bool


def read_blocks(clean: CleanText, exclude: Sequence[Span] = ()) -> tuple[Block, ...]:
    """The blocks of the kept text outside ``exclude`` (table spans), in order.

    Every kept, non-blank character outside ``exclude`` belongs to exactly one block.
    """
    lines = list(_lines(clean, exclude))
    width = _wrap_width(clean.view, lines)
    blocks: list[Block] = []
    group: list[_Line] = []
    bold = False
    for line in lines:
        if group and not _continues(clean, group, line, width, bold):
            blocks.append(_block(clean, group))
            group, bold = [], False
        group.append(line)
        bold ^= clean.text.count("**", *line.span) % 2 == 1
    if group:
        blocks.append(_block(clean, group))
    return tuple(blocks)


def _lines(clean: CleanText, exclude: Sequence[Span]) -> Iterator[_Line]:
    text, view = clean.text, clean.view
    blank, skip = True, iter([*exclude, Span(len(text) + 1, len(text) + 1)])
    table = next(skip)
    for line in iter_lines(text):
        while table.end <= line.start:
            table = next(skip)
            blank = True
        pieces = _outside(line, table)
        for piece in pieces:
            kept = trim(view, piece)
            if kept.start == kept.end:
                blank = True
                continue
            head = _with_emphasis(text, kept, piece)
            yield _Line(head, parse_mark(view, text, head), blank)
            blank = False


def _outside(line: Span, table: Span) -> Iterable[Span]:
    if not line.meets(table):
        return (line,)
    return tuple(piece for piece in (Span(line.start, table.start), Span(table.end, line.end)) if piece.start < piece.end)


def _with_emphasis(text: str, kept: Span, line: Span) -> Span:
    """``kept`` widened over Markdown signs that the view blanks (``**``, ``* ``), so that they stay with their block."""
    start, end = kept
    while start > line.start and text[start - 1] in "*_` ":
        start -= 1
    while end < line.end and text[end] in "*_`":
        end += 1
    return trim(text, Span(start, end))


def _wrap_width(view: str, lines: Sequence[_Line]) -> int:
    """The width that lines were wrapped to, 0 when the text is not hard-wrapped.

    Wrapping breaks lines amid sentences: where most long lines end one, they are items of one length ("- ...;"), not wrapped.
    """
    long = [line.span for line in lines if line.span.length >= WRAP_WIDTHS.start]
    lengths = [span.length for span in long]
    if len(long) < 12 or sum(_ENDS_SENTENCE.search(view, *span) is not None for span in long) > len(long) // 2:
        return 0
    best = max(WRAP_WIDTHS, key=lambda width: sum(1 for n in lengths if width - WRAP_RAGGED <= n <= width))
    near = sum(1 for n in lengths if best - WRAP_RAGGED <= n <= best)
    return best if near >= WRAP_SHARE * len(lengths) else 0


def _continues(clean: CleanText, group: list[_Line], line: _Line, width: int, bold: bool) -> bool:
    """Whether ``line`` is the rest of the block that ends with the last line of ``group``; ``bold`` says that a ``**`` is still open in it."""
    text, view, last = clean.text, clean.view, group[-1]
    above = view[last.span.start : last.span.end].rstrip()
    paragraph = view[max(group[0].span.start, last.span.end - _NAME_CHARS) : last.span.end].rstrip()
    if len(group) == 1 and last.mark is not None and last.mark.number and above.strip(" .):/") == last.mark.number.strip(")"):
        return line.mark is None  # a number alone on its line: its text stands on the next
    if line.after_blank:
        return False
    if bold:
        return True
    if line.mark is not None and not _mark_is_text(paragraph, last, line, width):
        return False
    first = view[line.span.start : line.span.end].lstrip(" \"'(")[:1]
    if (
        first.isupper()
        and text[line.span.start] != "*"
        and text[group[0].span.start] == "*"
        and text[last.span.end - 1] == "*"
        and last.span.length < _BOLD_LINE
    ):
        return False  # a bold line over prose is its heading
    if _LETTERHEAD.search(above) or _LETTERHEAD.search(view, line.span.start, line.span.end):
        return False
    if _in_capitals(above) != _in_capitals(view[line.span.start : line.span.end]):
        return False  # a title or a signature over other lines
    if line.mark is None and (_WANTS_MORE.search(above) or _closes_bracket(view, group, line)):
        return True
    if first.islower():
        return not _ENDS_SENTENCE.search(above) or bool(width)
    if not width or (text[line.span.start] == "*" and text[last.span.end - 1] == "*"):
        return False
    # Word processors' exports break the first line of a paragraph early; a short line that ends a sentence ends its paragraph.
    return not _ENDS_SENTENCE.search(above) or last.span.length >= width - WRAP_RAGGED


def _closes_bracket(view: str, group: list[_Line], line: _Line) -> bool:
    """Whether a bracket stays open at the end of ``group`` and closes on ``line`` ("58 trạm (trong đó: A: / 25 trạm, B: 33 trạm)")."""
    before = view[(group[0].mark.body if group[0].mark else group[0].span.start) : group[-1].span.end]
    here = view[line.span.start : line.span.end]
    closing = here.find(")")
    return before.count("(") > before.count(")") and closing != -1 and "(" not in here[:closing]


def _in_capitals(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return len(letters) >= _CAPITALS and all(c.isupper() for c in letters)


def _mark_is_text(above: str, last: _Line, line: _Line, width: int) -> bool:
    """A line that begins with a number or dash because its sentence was wrapped there.

    "... số / 12/QĐ-UBND", "giai đoạn 2026 / - 2030", "Tập đoàn Công nghiệp / - Viễn thông".
    """
    if line.mark is None or _ENDS_SENTENCE.search(above):
        return False
    if line.mark.kind is Marker.DASH:
        goes_on = above.rstrip()[-1:].isdigit() or _IN_NAME.search(above) is not None
        return bool(width) and last.span.length >= width - WRAP_RAGGED and goes_on
    return line.mark.kind in (Marker.ARABIC, Marker.DECIMAL) and line.mark.style == "1/"


def _block(clean: CleanText, group: list[_Line]) -> Block:
    text, view = clean.text, clean.view
    span = Span(group[0].span.start, group[-1].span.end)
    mark = group[0].mark
    # A blank mark body ("**1.****\n**Trên") continues on the next line of the block.
    body = trim(view, Span(mark.body if mark else span.start, span.end))
    if body.start >= body.end:
        body = Span(span.end, span.end)
    return Block(
        span,
        body,
        mark.kind if mark else Marker.NONE,
        mark.number if mark else None,
        _is_bold(text, span),
        _depth(text, span),
        mark.style if mark else "",
    )


def _is_bold(text: str, span: Span) -> bool:
    raw = text[span.start : span.end]
    if raw.startswith("#"):
        return True
    if raw.count("**") < 2:
        return False
    outside = regex.sub(r"\*\*.*?\*\*", "", raw, flags=regex.DOTALL)
    return sum(c.isalnum() for c in outside) <= 0.15 * sum(c.isalnum() for c in raw)


def _depth(text: str, span: Span) -> int:
    """Indentation of the block's first line, in columns (a tab counts as four)."""
    start = text.rfind("\n", 0, span.start) + 1
    return len(text[start : span.start].expandtabs(4))
