"""Outlines and readings of short texts, for the tests of what comes between clean text and records."""

import datetime as dt
from functools import lru_cache

from kehoach.extract import pipeline
from kehoach.extract.matching import fold
from kehoach.extract.reading import Reading
from kehoach.extract.references import find_references
from kehoach.extract.scopes import Scopes
from kehoach.extract.segmenter import Segmenter, load_tagger
from kehoach.extract.spans import squash
from kehoach.extract.tables import find_tables
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText, Grid, GridCell, Metadata, SourceText, TimeContext

ISSUED = dt.date(2026, 3, 1)


@lru_cache(maxsize=1)
def rules():
    return pipeline.load_all()


def view_of(text, dropped=()):
    """The folded text with blanks for what is dropped."""
    view = fold(text)
    for item in dropped:
        view = view[: item.span.start] + " " * item.span.length + view[item.span.end :]
    return view


def clean_of(text, grids=()):
    return CleanText(SourceText(text, "text/plain", "utf-8", "", tuple(grids)), (), view_of(text))


def segmenter(nlp="none"):
    return Segmenter(rules().finders.clauses, load_tagger(nlp))


def outline_of(clean, genre="full_text", title=None, tables=()):
    """The nodes of a text, with the answers of the grammars that the pipeline gives."""
    return pipeline._outline(clean, tuple(tables), Metadata(genre=genre, title=title), rules(), segmenter())


def reading_of(text, genre="full_text", grids=(), title=None):
    """A document as the record stages see it, issued on ``ISSUED``."""
    clean = clean_of(text, grids)
    tables = find_tables(clean, rules().tables)
    cited = tuple(mention.span for mention in find_references(clean.view, Span(0, len(clean.view)), rules().references))
    nodes = outline_of(clean, genre, title, tables)
    return Reading(clean, nodes, tables, genre, TimeContext(ISSUED, ISSUED.year), cited, rules().finders, segmenter())


def scopes_of(text, genre="full_text"):
    """The reading of a text and its scopes."""
    reading = reading_of(text, genre)
    return reading, Scopes(reading)


def words(reading, span):
    """``span`` as printed, on one line."""
    return squash(reading.clean.text[span.start : span.end])


def names(actors):
    """Names of actors, "*" before inherited ones."""
    return [("*" if actor.inherited else "") + actor.mention.name for actor in actors]


def days(times):
    """Timeframes as "start..end" (or the kind where there is no day), "*" before inherited ones."""
    found = []
    for when in times:
        time = when.mention
        shown = f"{time.start or ''}..{time.end or ''}" if time.start or time.end else time.kind.value
        found.append(("*" if when.inherited else "") + shown)
    return found


def grid_of(rows, before="II. NHIỆM VỤ\n\n"):
    """A text with one table and its grid; "^" repeats the cell above (merged), "" is empty, "\\n" stands in a cell as it is."""
    text, made = before, []
    start = len(text)
    for row in rows:
        cells = []
        for place, cell in enumerate(row):
            if cell == "^":
                cells.append(GridCell(made[-1][place].span, inherited=True))
            elif not cell:
                cells.append(GridCell(None))
            else:
                cells.append(GridCell(Span(len(text), len(text) + len(cell))))
                text += cell + "\n"
        made.append(tuple(cells))
    return text + "\nHết.\n", (Grid(Span(start, len(text)), tuple(made)),)
