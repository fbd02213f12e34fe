"""An evaluation as one HTML page that needs nothing else: tables, bars, and what each document got wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from kehoach.review.terminal import plain

from .confidence import BINS, Reliability
from .evaluate import MEASURES, DocumentScore, Evaluation
from .figures import Figure, Share, Tally
from .report import MAIN, NONE, said_of, shown

_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0 2rem; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .6rem; text-align: right; border-bottom: 1px solid #8884; }
th:first-child, td:first-child, td.said { text-align: left; }
td.bar { background: linear-gradient(to right, #4a90d955 var(--part), transparent var(--part)); }
details { margin: .3rem 0; } li { margin: .15rem 0; } .scroll { overflow-x: auto; }
"""


def evaluation_page(evaluation: Evaluation) -> str:
    """The page; the same evaluation gives the same bytes."""
    parts = [
        "<h1>Evaluation</h1>",
        f"<p>{len(evaluation.documents)} documents, genre right in {evaluation.genres_right}.</p>",
        _overall(evaluation),
        "<h2>Genres</h2>",
        _groups("genre", evaluation),
        "<h2>Formats</h2>",
        _groups("format", evaluation),
        "<h2>Documents</h2>",
        _documents(evaluation),
        "<h2>Confidence</h2>",
        _reliability("tasks", evaluation.tasks),
        _reliability("targets", evaluation.targets),
        "<h2>What is wrong</h2>",
        *map(_misses, evaluation.documents),
    ]
    head = f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>kehoach: evaluation</title>\n<style>{_STYLE}</style>\n'
    return head + "</head>\n<body>\n" + "\n".join(parts) + "\n</body>\n</html>\n"


def _overall(evaluation: Evaluation) -> str:
    rows = []
    for name, figure in evaluation.overall.items():
        interval, macro = evaluation.intervals.get(name), evaluation.macro[name]
        rates = (NONE, NONE) if isinstance(figure, Share) or figure.empty else (f"{figure.precision:.3f}", f"{figure.recall:.3f}")
        span = NONE if interval is None else f"{interval.low:.3f}–{interval.high:.3f}"
        counts = (figure.gold, figure.pred) if isinstance(figure, Tally) else (figure.cases, NONE)
        cells = [_cell(name), *map(_cell, rates), _bar(figure), _cell(span), _cell(NONE if macro is None else f"{macro:.3f}"), *map(_cell, counts)]
        rows.append([*cells, f'<td class="said">{escape(MEASURES[name].strip())}</td>'])
    return _table(("measure", "P", "R", "F1 or share", "95 %", "macro", "gold", "pred", "what it measures"), rows)


def _groups(key: str, evaluation: Evaluation) -> str:
    groups = evaluation.groups((lambda document: document.genre) if key == "genre" else (lambda document: document.format))
    rows = [[_cell(name), _cell(count), *(_bar(figures.get(one)) for one in MAIN)] for name, (count, figures) in groups.items()]
    return _table((key, "documents", *MAIN.values()), rows)


def _documents(evaluation: Evaluation) -> str:
    rows = [[_cell(document.name), _cell(document.genre), *(_bar(document.figures.get(one)) for one in MAIN)] for document in evaluation.documents]
    return _table(("document", "genre", *MAIN.values()), rows)


def _reliability(title: str, reliability: Reliability) -> str:
    rows = [
        [_cell(f"{low:.2f}"), _cell(one.records), _cell(f"{one.stated / one.records:.3f}"), _bar(Share(one.right, one.records))]
        for low, one in zip(BINS, reliability.bins, strict=True)
        if one.records
    ]
    return f"<p>{escape(said_of(title, reliability))}</p>" + _table((f"{title} from", "records", "stated", "right"), rows)


def _misses(document: DocumentScore) -> str:
    title = f"{document.name}: {len(document.misses)}" + ("" if document.found else " (not extracted)")
    items = "\n".join(f"<li>{escape(plain(str(miss)))}</li>" for miss in document.misses)
    return f"<details><summary>{escape(plain(title))}</summary>\n<ul>\n{items}\n</ul></details>"


def _table(columns: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "\n".join("<tr>" + "".join(row) + "</tr>" for row in rows)
    return f'<div class="scroll"><table>\n<tr>{head}</tr>\n{body}\n</table></div>'


def _cell(said: object) -> str:
    return f"<td>{escape(plain(str(said)))}</td>"


def _bar(figure: Figure | None) -> str:
    if figure is None or figure.empty:
        return _cell(NONE)
    return f'<td class="bar" style="--part: {figure.value:.1%}">{shown(figure)}</td>'
