"""Golden files: compared with what the program writes now, or rewritten when ``KEHOACH_UPDATE_GOLDEN=1`` (``make golden``)."""

import os
from pathlib import Path

FLAG = "KEHOACH_UPDATE_GOLDEN"


def updating() -> bool:
    return os.environ.get(FLAG, "") not in {"", "0"}


def compare_or_write(path: Path, actual: str) -> None:
    """Fail with the first line that differs, or write ``actual`` to ``path`` when the flag is set."""
    if updating():
        path.write_bytes(actual.encode("utf-8"))
        return
    assert path.is_file(), f"{path.name} is not there; write it with 'make golden' and read it before you commit it"
    expected = path.read_bytes().decode("utf-8").splitlines()
    lines = actual.splitlines()
    for number, (old, new) in enumerate(zip(expected, lines, strict=False), 1):
        assert old == new, f"{path.name}, line {number}; if the change is meant: 'make golden'"
    assert len(expected) == len(lines), f"{path.name} has {len(expected)} lines, now there are {len(lines)}; if the change is meant: 'make golden'"
