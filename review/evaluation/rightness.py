"""When a record that was found is also right: in unit, time and agencies, or to the word."""

from __future__ import annotations

from collections.abc import Sequence

from .facts import ROLES, Action, Measure, Named, Time
from .pairing import count_equal, count_same
from .words import likeness, number_key, same_agency, same_value, spoken

UNIT_LIKENESS = 0.7


def same_unit(want: Measure, got: Measure) -> bool:
    """Whether the unit and the upper value are right."""
    unit = number_key(want.unit) == number_key(got.unit) or likeness(want.unit, got.unit) >= UNIT_LIKENESS
    return unit and same_value(want.value_max, got.value_max)


def same_target(want: Measure, got: Measure) -> bool:
    """Whether a target that was found is right in unit, comparator and time."""
    comparator = want.value is None or want.comparator == got.comparator
    return comparator and same_unit(want, got) and same_times(want.times, got.times)


def same_times(want: tuple[Time, ...], got: tuple[Time, ...]) -> bool:
    """Whether two lists of timeframes say the same, in any order."""
    return len(want) == len(got) == common_times(want, got)


def same_task(want: Action, got: Action) -> bool:
    """Whether a task that was found is right in lead, coordinating agencies and time."""
    return same_times(want.times, got.times) and all(
        len(want.role(role)) == len(got.role(role)) == common_agencies(want.role(role), got.role(role)) for role in ("lead", "coordinating")
    )


def strictly_same_task(want: Action, got: Action) -> bool:
    """Whether a task is right to the word: its text, all three roles as printed with their origin, and all that its timeframes say."""
    if spoken(want.text) != spoken(got.text):
        return False
    if sorted(map(repr, (time.full_key for time in want.times))) != sorted(map(repr, (time.full_key for time in got.times))):
        return False
    return all(
        sorted((spoken(agency.name), agency.inherited) for agency in want.role(role))
        == sorted((spoken(agency.name), agency.inherited) for agency in got.role(role))
        for role in ROLES
    )


def same_name(one: Named, other: Named) -> bool:
    """Whether two names are one agency."""
    return same_agency(one.name, other.name)


def common_agencies(want: Sequence[Named], got: Sequence[Named]) -> int:
    """How many of the annotated agencies were found."""
    return count_same(want, got, same_name)


def common_times(want: Sequence[Time], got: Sequence[Time]) -> int:
    """How many of the annotated timeframes were found."""
    return count_equal((time.key for time in want), (time.key for time in got))
