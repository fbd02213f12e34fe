"""One document for a human reader: what it is, its outline, targets, results and tasks, as wide as the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kehoach.schemas.document import AgencyRole, PlanDocument, Result, Section, Target, Task, Timeframe

from .terminal import plain

INHERITED = "↑"
_NOTHING = "–"
_COMPARATORS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "≈ ", "+": "+", "-": "−", "=": "", "range": "", None: ""}
# Below this width the roles of a task stand under it instead of beside it: a column would hold one syllable a line.
_WIDE = 76


def show_document(document: PlanDocument, console: Console) -> None:
    """Print the document, without blanks at the ends of lines (they would wrap in a window made narrower)."""
    with console.capture() as capture:
        _document(document, console)
    for line in capture.get().split("\n")[:-1]:
        console.file.write(line.rstrip() + "\n")


def _document(document: PlanDocument, console: Console) -> None:
    _head(document, console)
    headings = [section for section in document.sections if section.kind == "heading"]
    _title(console, "Outline", len(headings))
    for section in headings:
        _outline_line(section, console)
    if document.targets:
        _title(console, "Targets (mục tiêu, chỉ tiêu)", len(document.targets))
        console.print(_measures(document.targets, console.width))
    if document.results:
        _title(console, "Results (kết quả)", len(document.results))
        console.print(_measures(document.results, console.width))
    if document.tasks:
        _title(console, "Tasks (nhiệm vụ)", len(document.tasks))
        console.print(_tasks(document.tasks, console.width))
    _notes(document, console)


def _head(document: PlanDocument, console: Console) -> None:
    data = document.metadata
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    dropped = document.text.chars - document.text.kept_chars
    size = f"{document.text.chars:,} characters" + (f", {dropped:,} of them put there by the web site" if dropped else "")
    rows = [
        ("Document", f"{document.doc_id} ({document.genre.replace('_', ' ')})"),
        ("Type, number", " ".join(part for part in (data.doc_type, data.number) if part)),
        ("Title", data.title),
        ("Issuer", data.issuer.name if data.issuer else None),
        ("Place, date", ", ".join(part for part in (data.place, data.issued_on) if part)),
        ("Signed by", ", ".join(part for part in (data.signer, data.signer_title) if part)),
        ("Text", size),
    ]
    for label, value in rows:
        if value:
            grid.add_row(label, Text(plain(value)))
    console.print(grid)


def _title(console: Console, title: str, count: int) -> None:
    console.print()
    console.print(Text(f"{title}: {count}", style="bold"))


def _outline_line(section: Section, console: Console) -> None:
    label = plain(" ".join(part for part in (section.number, section.title) if part))
    console.print(Padding(Text(label, overflow="fold"), (0, 0, 0, 2 * min(section.level, 8))))


def _table(columns: Sequence[tuple[str, int, str]]) -> Table:
    """A table of columns given as (title, share of the width or 0 for as narrow as possible, justification)."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=True, show_edge=False, pad_edge=False)
    for title, ratio, justify in columns:
        right = justify == "right"
        table.add_column(title, ratio=ratio or None, justify="right" if right else "left", overflow="fold", no_wrap=not ratio)
    return table


def _measures(records: Sequence[Target], width: int) -> Table:
    table = _table([("Line", 0, "right"), ("Indicator", 5, ""), ("Value", 3, ""), ("When", 3, "")])
    for record in records:
        value = _value(record)
        if isinstance(record, Result) and record.planned is not None:
            value += f" (planned {_number(record.planned)})"
        table.add_row(str(record.span.line), Text(plain(record.indicator) or plain(record.text)), Text(value), Text(_when(record.timeframes)))
    return table


def _value(record: Target) -> str:
    if record.value is None:
        return _NOTHING
    number = _COMPARATORS[record.comparator] + _number(record.value)
    if record.value_max is not None:
        number += f"–{_number(record.value_max)}"
    unit = plain(record.unit or "")
    return f"{number}{unit}" if unit.startswith("%") else f"{number} {unit}".strip()


def _number(value: float) -> str:
    """A number as Vietnamese readers write it: dots between thousands, a decimal comma."""
    return f"{int(value) if value.is_integer() else value:,}".translate(str.maketrans(",.", ".,"))


def _tasks(tasks: Sequence[Task], width: int) -> Table:
    if width < _WIDE:
        table = _table([("Line", 0, "right"), ("Task", 1, "")])
        for task in tasks:
            below = [part for part in (_who(task), _when(task.timeframes)) if part != _NOTHING]
            table.add_row(str(task.span.line), Text("\n".join([plain(task.text), *below]).replace("\n", "\n  ")))
        return table
    table = _table([("Line", 0, "right"), ("Task", 5, ""), ("Who", 3, ""), ("When", 2, "")])
    for task in tasks:
        table.add_row(str(task.span.line), Text(plain(task.text)), Text(_who(task)), Text(_when(task.timeframes)))
    return table


def _who(task: Task) -> str:
    parts = [_agencies(task.lead)] if task.lead else []
    if task.coordinating:
        parts.append("with " + _agencies(task.coordinating))
    if task.implementing:
        parts.append("done by " + _agencies(task.implementing))
    return "\n".join(parts) or _NOTHING


def _agencies(roles: Iterable[AgencyRole]) -> str:
    return ", ".join(plain(role.name) + (INHERITED if role.inherited else "") for role in roles)


def _when(timeframes: Iterable[Timeframe]) -> str:
    return "; ".join(plain(time.text) + (INHERITED if time.inherited else "") for time in timeframes) or _NOTHING


def _notes(document: PlanDocument, console: Console) -> None:
    roles = [role for task in document.tasks for role in (*task.lead, *task.coordinating, *task.implementing)]
    measures: list[Target] = [*document.targets, *document.results]
    times = [time for measure in measures for time in measure.timeframes] + [time for task in document.tasks for time in task.timeframes]
    if any(role.inherited for role in roles) or any(time.inherited for time in times):
        console.print()
        console.print(Text(f"{INHERITED} stated in a heading, a title or a merged cell", style="dim"))
    if document.diagnostics:
        _title(console, "To look at", len(document.diagnostics))
        for item in document.diagnostics:
            place = f"line {item.span.line}: " if item.span else ""
            console.print(Padding(Text(f"{place}{plain(item.message)} [{item.code}]", overflow="fold"), (0, 0, 0, 2)))
