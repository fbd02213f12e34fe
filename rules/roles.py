"""Loads the wordings of roles (``roles.yaml``) as one pattern for each label."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import regex

from kehoach.rules.loader import RuleSet, load_rules

LABELS = (
    "coordinate", "coordinate_bare", "directive", "lead_after", "strong", "label_lead", "label_coordinating", "label_implementing",
    "opening", "no_predicate", "person", "issuer",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoleRules:
    """The patterns of ``roles.yaml`` by label, each an alternation of its rules in file order."""

    coordinate: regex.Pattern[str]
    coordinate_bare: regex.Pattern[str]
    directive: regex.Pattern[str]
    lead_after: regex.Pattern[str]
    strong: regex.Pattern[str]
    label_lead: regex.Pattern[str]
    label_coordinating: regex.Pattern[str]
    label_implementing: regex.Pattern[str]
    opening: regex.Pattern[str]
    no_predicate: regex.Pattern[str]
    person: regex.Pattern[str]
    issuer: regex.Pattern[str]


def load_role_rules(overlay: Path | None = None) -> RoleRules:
    """The built-in wordings with those of ``overlay/roles.yaml`` laid over them.

    Raises:
        RuleError: see ``load_rules``.
    """
    rules = load_rules("roles", overlay)
    return RoleRules(**{label: _joined(rules, label) for label in LABELS})


def _joined(rules: RuleSet, label: str) -> regex.Pattern[str]:
    """Any rule of the label, longest beginning first as in the file; case does not matter."""
    return regex.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in rules.labelled(label)), regex.IGNORECASE)
