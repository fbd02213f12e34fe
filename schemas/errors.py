"""Everything that kehoach raises on purpose.

::

    KehoachError
    ├── ReadError        one input cannot be read (encoding, format, limits)
    ├── RuleError        a rule file is wrong
    └── OutputError      an output folder or JSON file cannot be used
"""

from __future__ import annotations


class KehoachError(Exception):
    """Base of all errors; its text is one sentence for the person at the terminal."""


class ReadError(KehoachError):
    """An input file cannot be turned into text; says which file, why and what to do."""


class RuleError(KehoachError):
    """A rule file breaks the form; says which file, which rule and what to change."""


class OutputError(KehoachError):
    """An extracted document cannot be read or written; says which file and why."""
