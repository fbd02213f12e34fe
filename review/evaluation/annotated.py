"""Reads annotated documents: gold files in the annotators' form, or extracted JSON that somebody has put right."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from kehoach.schemas.errors import OutputError

from .extracted import facts_of, format_of, load_extracted
from .facts import META_FIELDS, Action, Facts, Heading, Measure, Named, Time
from .words import bag, number_key

# Annotated documents by the name that predictions are found under: the stem of their source.
Gold = dict[str, Facts]


def load_gold(folder: Path) -> Gold:
    """The annotated documents of ``folder`` (``*.json``), sorted by file name.

    Raises:
        OutputError: there are none, or one has neither of the two forms.
    """
    found: Gold = {}
    for path in sorted(folder.glob("*.json")):
        try:
            data = json.loads(path.read_text("utf-8"))
            facts = _annotated(data, folder) if isinstance(data.get("source"), str) else _extracted(path)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise OutputError(f"{path} is no annotated document ({type(error).__name__}: {error})") from error
        found[_stem(data, path)] = facts
    if not found:
        raise OutputError(f"{folder} holds no annotated documents (*.json)")
    return found


def _stem(data: Mapping[str, Any], path: Path) -> str:
    source = data["source"] if isinstance(data["source"], str) else data["source"]["path"]
    return PurePosixPath(source).stem or path.stem


def _extracted(path: Path) -> Facts:
    return facts_of(*load_extracted(path))


def _annotated(data: Mapping[str, Any], folder: Path) -> Facts:
    content, chrome = _words(data, folder)
    metadata = {name: str(value) for name in META_FIELDS if (value := (data.get("metadata") or {}).get(name)) is not None}
    return Facts(
        name=data["id"],
        genre=data["genre"],
        format=format_of(data["source"]),
        metadata=metadata,
        headings=_headings(data.get("headings") or []),
        targets=tuple(_measure(item) for item in data.get("targets") or []),
        results=tuple(_measure(item) for item in data.get("results") or []),
        tasks=tuple(_action(item) for item in data.get("tasks") or []),
        references=frozenset(number_key(item["number"]) for item in data.get("references") or [] if item.get("number")),
        content=content,
        chrome=chrome,
    )


def _headings(items: Sequence[Mapping[str, Any]]) -> tuple[Heading, ...]:
    """In file order; ``parent`` is the line of another heading, wherever in the list that stands."""
    by_line = {item.get("line"): item for item in items}

    def heading(item: Mapping[str, Any]) -> Heading:
        above = by_line.get(item.get("parent"))
        parent = None if above is None else Heading(above.get("number"), above.get("title") or "")
        return Heading(item.get("number"), item.get("title") or "", parent)

    return tuple(heading(item) for item in items)


def _measure(item: Mapping[str, Any]) -> Measure:
    return Measure(
        text=item["quote"],
        indicator=item.get("indicator") or "",
        comparator=item.get("comparator") or "=",
        value=item.get("value"),
        value_max=item.get("value_max"),
        unit=item.get("unit") or "",
        times=_times(item),
    )


def _action(item: Mapping[str, Any]) -> Action:
    def named(role: str) -> tuple[Named, ...]:
        return tuple(Named(name, bool(item.get(f"{role}_inherited"))) for name in item.get(role) or [])

    return Action(item["quote"], named("lead"), named("coordinating"), named("implementing"), _times(item))


def _times(item: Mapping[str, Any]) -> tuple[Time, ...]:
    inherited = bool(item.get("timeframe_inherited"))
    return tuple(
        Time(raw["kind"], _day(raw.get("start")), _day(raw.get("end")), raw.get("recurrence"), raw.get("month_day"), inherited)
        for raw in item.get("timeframes") or []
    )


def _day(stated: str | None) -> date | None:
    return date.fromisoformat(stated) if stated else None


def _words(data: Mapping[str, Any], folder: Path) -> tuple[Counter[str] | None, Counter[str] | None]:
    """Words of the kept and of the other lines of the text that was annotated: a reading view where there is one, else the source."""
    view = f"{data['id']}.txt"
    places = (folder / "views" / view, folder.parent / "views" / view, folder / data["source"], folder.parent / data["source"])
    path = next((place for place in places if place.is_file()), None)
    if path is None or not data.get("content_lines"):
        return None, None
    lines = path.read_bytes().decode("utf-8", errors="replace").split("\n")
    kept = {number for first, last in data["content_lines"] for number in range(first - 1, last)}
    content = "\n".join(line for number, line in enumerate(lines) if number in kept)
    return bag(content), bag("\n".join(line for number, line in enumerate(lines) if number not in kept))
