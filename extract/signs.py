"""Markdown signs that are no text: blanked in the view, kept in the text."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^[ \t]{0,12}#{1,6}(?=[ \t])|[ \t]#{1,6}[ \t]*$", re.MULTILINE)
_LINK = re.compile(r"(!?\[)([^\[\]\n]{0,500})(\]\((?:[^()\n]{0,900}|[^()\n]{0,400}\([^()\n]{0,200}\)[^()\n]{0,300})\))")
_RULE = re.compile(r"^[ \t>]{0,12}([-=*_~])(?:[ \t]?\1){2,}[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]{0,3}(?:```|~~~)[\w-]{0,20}[ \t]*$", re.MULTILINE)
_TABLE_LINE = re.compile(r"^[ \t]*\|.*$", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_TAG = re.compile(
    r"</?(?:table|thead|tbody|tfoot|tr|td|th|p|br|div|span|b|i|u|strong|em|sup|sub|center|font|colgroup|col|a|ul|ol|li|img|hr)\b[^<>\n]{0,400}>",
    re.IGNORECASE,
)


def blank_signs(text: str, view: str) -> str:
    """``view`` with blanks for heading marks, image markup, link targets, rules, fences, escapes, tags and the pipes of tables.

    The words of a link stay, those of an image go: they name a picture. Same length as before.
    """
    spans: list[tuple[int, int]] = []
    if "#" in text:
        spans += (match.span() for match in _HEADING.finditer(text))
    if "](" in text:
        for match in _LINK.finditer(text):
            spans += [match.span()] if match.group(1) == "![" else [match.span(1), match.span(3)]
    if "---" in text or "===" in text or "***" in text or "___" in text or "- -" in text or "~~~" in text:
        spans += (match.span() for match in _RULE.finditer(text))
    if "```" in text or "~~~" in text:
        spans += (match.span() for match in _FENCE.finditer(text))
    if "\\" in text:
        spans += (match.span() for match in _ESCAPE.finditer(text))
    if "</" in text or "<br" in text:
        spans += (match.span() for match in _TAG.finditer(text))
    if "|" in text:
        for line in _TABLE_LINE.finditer(text):
            spans += ((at, at + 1) for at in range(*line.span()) if text[at] == "|")
    return _blanked(view, sorted(spans)) if spans else view


def _blanked(view: str, spans: list[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in spans:
        if end > at:
            parts += [view[at : max(start, at)], " " * (end - max(start, at))]
            at = end
    return "".join([*parts, view[at:]])
