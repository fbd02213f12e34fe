"""No pattern takes more than its time on the worst text that its own words make.

Each compiled pattern of the package and each rule is first fed a thousand characters of every text of ``patterns.units_for``; the one
that takes longest is then fed again, 100 kB long. Runs of blanks are left out there and fed to the whole pipeline instead
(``test_hostile.py``): a search for optional blanks takes the square of a gap, and the stages see to it that none is searched so.
"""

import functools
import inspect
import re
import signal
import string
import time

import patterns
import pytest
import regex

import kehoach.rules.loader
from kehoach.rules.loader import load_rules
from kehoach.schemas.errors import RuleError

SHORT, LONG = 1_000, 100_000
# Seconds of CPU. A pattern without repeats in repeats takes some 0.002 s and 0.1 s here; the bounds leave room for a busy machine.
SHORT_LIMIT, LONG_LIMIT = 0.25, 3.0
EVERY = patterns.every_pattern()
# Patterns of rules that are only matched where a word before them ends, so that they never look along the text.
ANCHORED = {
    "name_before": "looks back from a number",
    "name_after": "stands right after a number",
    "around[attained]": "stands right after a time",
    "around[reported]": "stands right after a time",
    "agencies.person": "stands right after a form of address",
    "timeframes.attained": "as around[attained], which is made of it",
    "timeframes.reported": "as around[reported], which is made of it",
    "quantities.code-after": "as name_after, which is made of it",
}
# Patterns that the code gives no more than so many characters.
BOUNDED = {"extract.gridheads._TAG_AFTER": 200, "extract.issuers._SHORT": 200}  # the end of a cell, one word
SHARDS = 8


class TooLongError(Exception):
    pass


def spent(pattern: patterns.Pattern, text: str, limit: float, *, anchored: bool) -> float:
    """Seconds that a pattern takes for a text, ``limit`` when it is stopped."""

    def stop(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    # The alarm is the outer bound; "re" looks for signals now and then, "regex" has a timeout of its own.
    signal.setitimer(signal.ITIMER_REAL, 4 * limit)
    started = time.process_time()
    try:
        _try(pattern, text, 4 * limit, anchored=anchored)
    except (TooLongError, TimeoutError):
        return 4 * limit
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return time.process_time() - started


def _try(pattern: patterns.Pattern, text: str, limit: float, *, anchored: bool) -> None:
    timeout = {"timeout": limit} if isinstance(pattern, regex.Pattern) else {}
    if anchored:
        pattern.match(text, **timeout)
        pattern.match(text, len(text) // 2, **timeout)
        pattern.fullmatch(text, **timeout)
    else:
        for _ in pattern.finditer(text, **timeout):
            pass


@functools.cache
def searched() -> frozenset[str]:
    """The constants of the package that are searched for along a text, by module and name; the others are matched at a place."""
    found = set()
    for module in patterns.modules():
        source = inspect.getsource(module)
        names = re.findall(r"\b(\w+)\.(?:search|finditer|findall|sub|subn|split)\b", source)
        found |= {f"{module.__name__.removeprefix('kehoach.')}.{name}" for name in names}
    return frozenset(found)


def is_anchored(name: str) -> bool:
    if name.startswith("rules."):
        return any(name.removesuffix(".pattern").rstrip("]").endswith(key.rstrip("]")) for key in ANCHORED)
    module, _, constant = name.rpartition(".")
    users = {user for user in searched() if user.rpartition(".")[2] == constant.partition("[")[0]}
    return f"{module}.{constant.partition('[')[0]}" not in users


def filled(unit: str, length: int) -> str:
    """The unit over and over, and behind that what a pattern may need at its end: without it, it would not even be tried."""
    return (unit * (length // len(unit) + 1))[:length] + "\x00" + string.printable


def slowest(name: str, pattern: patterns.Pattern) -> tuple[float, str]:
    anchored = is_anchored(name)
    units = [unit for unit in patterns.units_for(pattern) if unit.strip()]
    return max((spent(pattern, filled(unit, SHORT), SHORT_LIMIT, anchored=anchored), unit) for unit in units)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_pattern_is_slow_on_its_worst_text(shard):
    faults = []
    for name in sorted(EVERY)[shard::SHARDS]:
        pattern = EVERY[name]
        short, unit = slowest(name, pattern)
        long = spent(pattern, filled(unit, BOUNDED.get(name, LONG)), LONG_LIMIT, anchored=is_anchored(name)) if short < SHORT_LIMIT else LONG_LIMIT
        if short >= SHORT_LIMIT or long >= LONG_LIMIT:
            faults.append(f"{name}: {short:.2f} s for {SHORT} characters, {long:.2f} s for {LONG}, of {unit!r}")
    assert not faults


def test_patterns_that_say_they_are_anchored_exist():
    for key in (*ANCHORED, *BOUNDED):
        assert any(key.rstrip("]") in name for name in EVERY), key


@pytest.mark.parametrize("blank", [" ", "\xa0", "\n"])
def test_a_gap_is_never_taken_in_more_than_its_square(blank):
    """A thousand blanks, the gap that a dropped page head leaves, stay below the limit for every pattern."""
    faults = [name for name, pattern in EVERY.items() if spent(pattern, blank * SHORT, SHORT_LIMIT, anchored=False) >= SHORT_LIMIT]
    assert not faults


@pytest.mark.parametrize("pattern", ["(?:a|aa)+b", "(?:a|a)*b", r"(?:\w+\s?){1,40}!", "(?:x*y*)*z"])
def test_a_users_rule_that_takes_too_long_is_refused(pattern, tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.resources.files", lambda package: tmp_path / "builtin")
    monkeypatch.setattr(kehoach.rules.loader, "_NESTED_REPEAT", regex.compile("(?!)"))  # not the look of it: the time it takes
    (tmp_path / "builtin").mkdir()
    (tmp_path / "builtin" / "a.yaml").write_text("labels: [l]\nrules: []", "utf-8")
    (tmp_path / "a.yaml").write_text(f"rules: [{{id: a.x, label: l, pattern: '{pattern}', examples: ['aaaa aaaa aaaa']}}]", "utf-8")
    with pytest.raises(RuleError, match="takes too long"):
        load_rules("a", tmp_path)


def test_every_built_in_rule_passes_what_a_users_rule_must():
    from kehoach.rules.probe import too_slow_on

    names = ("clauses", "clean", "genre", "metadata", "quantities", "references", "roles", "sections", "targets", "timeframes")
    assert {rule.id: said for name in names for rule in load_rules(name) if (said := too_slow_on(rule.pattern, rule.examples))} == {}
