"""Extracted documents on disk: finding them in a folder and reading them back."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from kehoach.schemas.document import PlanDocument
from kehoach.schemas.errors import OutputError


def find_documents(folder: Path) -> dict[str, Path]:
    """The JSON files under ``folder`` by their path in it without ".json", sorted; other files are passed over."""
    found = {path.relative_to(folder).as_posix().removesuffix(".json"): path for path in folder.rglob("*.json") if path.is_file()}
    return dict(sorted(found.items()))


def load_document(path: Path) -> PlanDocument:
    """The document in a JSON file.

    Raises:
        OutputError: the file cannot be read or is no extracted document of this schema version.
    """
    try:
        return PlanDocument.from_json(path.read_bytes())
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {error.strerror or error}") from error
    except ValidationError as error:
        first = validation_faults(error)[0]
        raise OutputError(f"{path} is no extracted document ({first}); make it with 'kehoach extract'") from error


def validation_faults(error: ValidationError) -> list[str]:
    """What breaks the schema and where, one line each, in the order of the document."""
    faults = []
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        place = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in detail["loc"]).lstrip(".")
        faults.append(f"{place}: {detail['msg']}" if place else str(detail["msg"]))
    return faults
