"""Packages that only some formats need."""

from __future__ import annotations

import importlib
from typing import Any

from kehoach.schemas.errors import ReadError


def need(module: str, extra: str, format_name: str) -> Any:  # noqa: ANN401 - a module
    """The module called ``module``.

    Raises:
        ReadError: it is not installed; the message says how to get it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ReadError(f"{format_name} needs: pip install 'kehoach[{extra}]'") from error
