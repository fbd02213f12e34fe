"""What table headers and cells look like: header cells to column roles, and light kinds of cells.

The roles are read from the header alone, then settled against each other: "Nội dung" is the task where no column says
"Nhiệm vụ", and a single column of doers is the lead (annotation guide, section 6).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from kehoach.extract.spans import squash
from kehoach.rules.loader import Rule, RuleSet, load_rules
from kehoach.schemas.stages import ColumnRole

# Longer cells are content: the longest real header cells explain themselves in a bracket.
_HEADER_CHARS = 120
_FOOTNOTE = regex.compile(r"\s*(?:\[\d+\]|\(\d+\)|\(\*+\)|\d$(?<=\p{L}\d))\s*$")
_BRACKET = regex.compile(r"\s*\([^()]*\)$")
_NUMBERING = regex.compile(r"^\(?(\d{1,2}|[A-Z])\)?(?:\s*=.{1,30})?$")
# The words that make a column of content a column of tasks, from the strongest; see _settle.
_STRONG_TASK = "tables.task-strong"
_BARE_DOER = "tables.implementing-bare"


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """The role that a header cell's wording gives, and the rule that said so."""

    role: ColumnRole
    rule: str


@dataclass(frozen=True, slots=True)
class TableRules:
    """The rules of ``rules/tables.yaml``, sorted by use."""

    headers: tuple[Rule, ...]
    agency_head: tuple[Rule, ...]
    agency_verb: tuple[Rule, ...]
    time_cell: tuple[Rule, ...]
    figure: tuple[Rule, ...]
    product: tuple[Rule, ...]
    group_title: tuple[Rule, ...]
    layout: tuple[Rule, ...]
    table_end: tuple[Rule, ...]

    def header(self, cell: str) -> HeaderCell | None:
        """The role of a header cell, None when no rule knows its wording.

        >>> load_table_rules().header("Cơ quan chủ trì[1]").role
        <ColumnRole.LEAD: 'lead'>
        """
        wording = header_wording(cell)
        if not wording or len(wording) > _HEADER_CHARS:
            return None
        for rule in self.headers:
            if rule.pattern.search(wording):
                return HeaderCell(ColumnRole(rule.label), rule.id)
        return None


@dataclass(frozen=True, slots=True)
class CellKinds:
    """How to tell agency lists and timeframes; the default is light, a caller with full grammars may pass its own."""

    is_agencies: Callable[[str], bool]
    is_time: Callable[[str], bool]


def load_table_rules(overlay: Path | None = None) -> TableRules:
    """The built-in table rules, with the user's ``tables.yaml`` laid over.

    Raises:
        RuleError: a rule file is wrong; says which rule.
    """
    rules = load_rules("tables", overlay)
    roles = {role.value for role in ColumnRole}
    return TableRules(tuple(rule for rule in rules if rule.label in roles), *(rules.labelled(label) for label in _KIND_LABELS))


_KIND_LABELS = ("agency-head", "agency-verb", "time-cell", "figure", "product", "group-title", "layout", "table-end")


def header_wording(cell: str) -> str:
    """A header cell on one line without footnote mark, explaining bracket and outer punctuation."""
    words = _FOOTNOTE.sub("", squash(cell)).strip(" .:;*_|")
    return _BRACKET.sub("", words) or words


def matches(rules: Sequence[Rule], text: str) -> bool:
    """Whether one of the rules is found in ``text``."""
    return any(rule.pattern.search(text) for rule in rules)


def is_numbering(cells: Sequence[str]) -> bool:
    """Whether the cells are the line that numbers the columns: "(1) | (2) | (3)", "A | B | 1 | 2", the first perhaps empty.

    >>> is_numbering(["", "(1)", "(2)", "(3)"]), is_numbering(["1", "Sở Y tế", "2"])
    (True, False)
    """
    found = [_NUMBERING.match(squash(cell)) for cell in cells if squash(cell)]
    if len(found) < 2 or not all(found):
        return False
    numbers = [int(match.group(1)) for match in found if match and match.group(1).isdigit()]
    return len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def settle(found: Sequence[HeaderCell | None]) -> list[ColumnRole]:
    """The roles of all columns, settled against each other.

    >>> rules = load_table_rules()
    >>> [role.value for role in settle([rules.header(h) for h in ("TT", "Nội dung", "Đơn vị thực hiện", "Thời gian")])]
    ['index', 'task', 'lead', 'time']
    """
    roles = [cell.role if cell else ColumnRole.OTHER for cell in found]
    _settle_tasks(roles, found)
    if ColumnRole.LEAD in roles or ColumnRole.TARGET in roles:
        roles = [ColumnRole.OTHER if cell and cell.rule == _BARE_DOER else role for cell, role in zip(found, roles, strict=True)]
    if ColumnRole.LEAD not in roles:
        doers = [place for place, role in enumerate(roles) if role is ColumnRole.IMPLEMENTING]
        for place in doers[:1]:
            roles[place] = ColumnRole.LEAD
    index = [place for place, role in enumerate(roles) if role is ColumnRole.INDEX]
    for place in index[1:]:
        roles[place] = ColumnRole.OTHER
    return roles


def _settle_tasks(roles: list[ColumnRole], found: Sequence[HeaderCell | None]) -> None:
    """One task column: the strongest wording; wider words before it name groups, after it they are details."""
    tasks = [place for place, role in enumerate(roles) if role is ColumnRole.TASK]
    groups = [place for place, role in enumerate(roles) if role is ColumnRole.GROUP]
    if not tasks:
        if groups and ColumnRole.TARGET not in roles:
            roles[groups[-1]] = ColumnRole.TASK
        return
    strong = [place for place in tasks if (cell := found[place]) is not None and cell.rule == _STRONG_TASK]
    chosen = (strong or tasks)[-1] if strong and strong[0] != tasks[0] else tasks[0]
    for place in tasks:
        if place != chosen:
            roles[place] = ColumnRole.GROUP if place < chosen else ColumnRole.OTHER
    for place, role in enumerate(roles):
        if role is ColumnRole.GROUP and place > chosen:
            roles[place] = ColumnRole.OTHER
        elif role is ColumnRole.TARGET and place < chosen and _names_goal(found[place]):
            roles[place] = ColumnRole.GROUP


def _names_goal(cell: HeaderCell | None) -> bool:
    return cell is not None and cell.rule == "tables.target"


def light_kinds(rules: TableRules) -> CellKinds:
    """The default classifiers, from the rules alone."""
    return CellKinds(lambda cell: _is_agencies(rules, cell), lambda cell: _is_time(rules, cell))


# An agency's name rarely has more words; longer pieces are sentences about what it does.
_NAME_WORDS = 16
_CELL_CHARS = 3000
_PIECES = regex.compile(r"[,:]|(?<!\w)(?:và|cùng|phối\s+hợp(?:\s+với)?)(?!\w)")


def _is_agencies(rules: TableRules, cell: str) -> bool:
    """Whether the cell lists agencies: it opens with one, and its pieces are names or short tails of names."""
    if len(cell) > _CELL_CHARS or not matches(rules.agency_head, cell[:120]):
        return False
    pieces = named = 0
    for part in cell.split(";"):
        listed = ":" in part  # "Các Sở: Tài chính, Nội vụ": the names after the colon have no head of their own
        for piece in _PIECES.split(part):
            words = len(piece.split())
            if not piece.strip(" .-+•"):
                continue
            if words > _NAME_WORDS:
                return False
            pieces += 1
            named += words <= (8 if listed else 4) or matches(rules.agency_head, piece.strip()[:120])
    return named >= 0.7 * pieces and not matches(rules.agency_verb, cell)


# "Hoàn thành đầu tư, lắp đặt và vận hành xong trước ngày ..." is the longest kind of time cell seen.
_TIME_WORDS = 16
_TIME_CHARS = 200


def _is_time(rules: TableRules, cell: str) -> bool:
    if len(cell) > _TIME_CHARS:
        return False
    first = cell.split(". ", 1)[0]  # "Ban hành trong quý I. Rà soát, điều chỉnh hằng năm": the first sentence decides
    return len(first.split()) <= _TIME_WORDS and matches(rules.time_cell, squash(first))


__all__ = [
    "CellKinds",
    "HeaderCell",
    "RuleSet",
    "TableRules",
    "header_wording",
    "is_numbering",
    "light_kinds",
    "load_table_rules",
    "matches",
    "settle",
]
