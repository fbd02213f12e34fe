"""The process that atheris drives; started by ``run.py`` with libFuzzer's options."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path
from tempfile import mkdtemp

import atheris

with atheris.instrument_imports(include=["kehoach"]):
    import kehoach.extract

    # Most modules are imported only when they are used, which would be too late to watch them.
    for module in pkgutil.walk_packages(kehoach.extract.__path__, "kehoach.extract."):
        importlib.import_module(module.name)
    from target import one_input

ROOM = Path(mkdtemp(prefix="kehoach-fuzz-"))


def run(data: bytes) -> None:
    """One input; what it raises ends the run, and libFuzzer keeps the input."""
    one_input(data, ROOM)


if __name__ == "__main__":
    atheris.Setup(sys.argv, run)
    atheris.Fuzz()
