"""Patterns of many terms as one tree, so that a long list of words costs no more than a short one."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PIECES = re.compile(r"\s*[-,/&]\s*|\s+|.", re.DOTALL)


def _tokens(term: str) -> list[str]:
    """A term as regex pieces: its characters, any run of blanks for a blank, optional blanks around dashes and commas."""
    out = []
    for piece in _PIECES.findall(term):
        sign = piece.strip()
        if not sign:
            out.append(r"\s+")
        elif sign in "-,/&":
            out.append(rf"\s*{re.escape(sign)}\s*")
        else:
            out.append(piece)
    return out


def _letter(piece: str, cased: bool) -> str:
    if len(piece) > 1:
        return piece
    upper = piece.upper()
    if cased or upper == piece or len(upper) != 1:
        return re.escape(piece)
    return f"[{piece}{upper}]"


def tree(terms: Iterable[str], *, cased: bool = False) -> str:
    """Pattern of any of ``terms`` as a whole word, the longest that fits; in any case unless ``cased``.

    >>> import re
    >>> bool(re.match(tree(["sở y tế", "sở"]), "Sở  Y tế"))
    True
    """
    root: dict[str, dict] = {}  # type: ignore[type-arg]
    for term in terms:
        node = root
        for piece in _tokens(term if cased else term.lower()):
            node = node.setdefault(piece, {})
        node[""] = {}
    return _emit(root, cased) + r"(?!\w)"


def _emit(node: dict[str, dict], cased: bool) -> str:  # type: ignore[type-arg]
    ends = "" in node
    # Only whole words count, so a term that ends inside another's word is given up for the longer one and tried again by "?".
    branches = [_letter(piece, cased) + (_emit(rest, cased) if set(rest) != {""} else "") for piece, rest in node.items() if piece]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and not ends else "(?:" + "|".join(branches) + ")"
    return f"{body}?" if ends else body
