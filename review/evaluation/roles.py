"""Measures of the agencies of tasks: by role, by where the role is stated, and roles mistaken for each other."""

from __future__ import annotations

from collections.abc import Sequence

from .facts import ROLES, Action
from .figures import Figure, Share, Tally
from .pairing import count_same
from .rightness import common_agencies, same_name

_EITHER = ("lead", "coordinating")


def role_figures(pairs: Sequence[tuple[Action, Action]]) -> dict[str, Figure]:
    """The measures of tasks that were found, as (annotated, extracted).

    ``task_<role>`` counts all agencies; ``<role>_explicit`` and ``<role>_inherited`` those of the tasks that state the role themselves
    and of those that take it from a heading or merged cell; ``origin`` is the share of right agencies whose ``inherited`` is right too.
    """
    tallies = {f"task_{role}": Tally() for role in ROLES}
    tallies |= {f"{role}_{origin}": Tally() for role in _EITHER for origin in ("explicit", "inherited")}
    origins, swapped = Share(), Share()
    for want, got in pairs:
        for role in ROLES:
            wanted, found = want.role(role), got.role(role)
            tally = Tally(common_agencies(wanted, found), len(wanted), len(found))
            tallies[f"task_{role}"] += tally
            if role in _EITHER and (wanted or found):
                # By the annotation; an agency found where none is counts by its own word.
                tallies[f"{role}_{'inherited' if (wanted or found)[0].inherited else 'explicit'}"] += tally
            right = count_same(wanted, found, lambda one, other: same_name(one, other) and one.inherited == other.inherited)
            origins += Share(min(right, tally.hits), tally.hits)
        swapped += _swaps(want, got)
    return {**tallies, "origin": origins, "role_swaps": swapped}


def _swaps(want: Action, got: Action) -> Share:
    """Annotated leads found only as coordinating, and the other way round, out of all annotated leads and helpers."""
    wrong = 0
    for role, other in (_EITHER, _EITHER[::-1]):
        for agency in want.role(role):
            kept = any(same_name(agency, found) for found in got.role(role))
            both = any(same_name(agency, wanted) for wanted in want.role(other))
            wrong += not kept and not both and any(same_name(agency, found) for found in got.role(other))
    return Share(wrong, len(want.lead) + len(want.coordinating))
