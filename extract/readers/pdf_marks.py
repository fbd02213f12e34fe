"""Numbers and bullets at the head of a printed line."""

from __future__ import annotations

import re

_MARK = re.compile(
    r"[-–—+•●○▪■□◦❖➢✓*·\uf0b7\uf0a7]|\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[IVXLC]{1,7}|[a-zđ]|[A-ZĐ])[.)]|\d{1,2}(?:\.\d{1,2}){1,4}|"
    r"(?:Điều|Chương|Phần|Mục|Phụ\slục|Khoản)",
)
_HEAD = re.compile(
    r"(?:[-–—+•●○▪■□◦❖➢✓*·\uf0b7\uf0a7]\s|\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[IVXLC]{1,7}|[a-zđ]|[A-ZĐ])[.)]\s|\d{1,2}(?:\.\d{1,2}){1,4}\s|"
    r"(?:Điều|ĐIỀU)\s\d|(?:Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|PHỤ\sLỤC|Phụ\slục)\s[IVXLC\d])"
)


def opens_item(word: str) -> bool:
    """Whether ``word`` alone is a number or bullet."""
    return _MARK.fullmatch(word) is not None


def has_mark(text: str) -> bool:
    """Whether a line begins with a number or bullet."""
    return _HEAD.match(text) is not None
