"""kehoach: Vietnamese administrative plans to structured data.

>>> from kehoach import extract_text
>>> document = extract_text("1. Sở Y tế chủ trì rà soát mạng lưới trạm y tế, hoàn thành trước ngày 30/6/2026.")
>>> document.schema_version
'1.0'

The names below are loaded when they are first used, so importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .api import extract_file, extract_text
    from .batch.folder import FolderResult, extract_folder
    from .schemas.document import PlanDocument
    from .schemas.errors import KehoachError

__version__ = "0.1.0"

__all__ = ["FolderResult", "KehoachError", "PlanDocument", "__version__", "extract_file", "extract_folder", "extract_text"]

_HOMES = {
    "FolderResult": "kehoach.batch.folder",
    "KehoachError": "kehoach.schemas.errors",
    "PlanDocument": "kehoach.schemas.document",
    "extract_file": "kehoach.api",
    "extract_folder": "kehoach.batch.folder",
    "extract_text": "kehoach.api",
}


def __getattr__(name: str) -> object:
    """Load a public name from where it is written."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kehoach' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted(__all__)
