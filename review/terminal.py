"""The terminal: one kind of console, and document text that cannot control it."""

from __future__ import annotations

import re
import shutil
from typing import TextIO

from rich.console import Console

# Escape sequences, other controls, and marks that reverse the direction of what follows: a document may hold any of them.
_CONTROLS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# A pipe has no width; this is one that fits a page of A4 and most windows.
PIPE_WIDTH = 100
LEAST_WIDTH = 40


def console_for(stream: TextIO) -> Console:
    """A console on ``stream``: as wide as the terminal, colour only where it is one."""
    width = shutil.get_terminal_size((PIPE_WIDTH, 25)).columns
    return Console(file=stream, width=max(width, LEAST_WIDTH), highlight=False, markup=False, emoji=False, soft_wrap=False)


def plain(text: str) -> str:
    r"""``text`` on one line with its control characters taken out.

    >>> plain("Sở\x1b[31m Y\n tế\x07")
    'Sở Y tế'
    """
    return " ".join(_CONTROLS.sub("", text.replace("\t", " ")).split())
