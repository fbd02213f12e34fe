"""Everything that kehoach raises on purpose.

::

    KehoachError
    ├── ReadError        one input cannot be read (encoding, format, limits)
    │   └── UnknownFormat    no reader claims the input: it is skipped, not failed
    ├── RuleError        a rule file is wrong
    └── OutputError      an output folder or JSON file cannot be used
"""

from __future__ import annotations


class KehoachError(Exception):
    """Base of all errors; its text is one sentence for the person at the terminal."""


class ReadError(KehoachError):
    """An input file cannot be turned into text; says which file, why and what to do."""


class UnknownFormat(ReadError):  # noqa: N818 - it says what the input is; a batch lists it as skipped
    """No reader claims the input, neither by its extension nor by its content; a batch skips it."""


class RuleError(KehoachError):
    """A rule file breaks the form; says which file, which rule and what to change."""


class OutputError(KehoachError):
    """An extracted document cannot be read or written; says which file and why."""
