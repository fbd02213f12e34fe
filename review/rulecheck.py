"""Checks a user's own rule folder: every file loads, is one that the program reads, and its examples hold."""

from __future__ import annotations

import importlib.resources
from pathlib import Path

from kehoach.api import load_rules
from kehoach.rules import loader
from kehoach.schemas.errors import RuleError


def rule_files() -> dict[str, str]:
    """The names of the built-in rule files with what each is about, sorted."""
    names = sorted(path.name.removesuffix(".yaml") for path in importlib.resources.files("kehoach.rules").iterdir() if path.name.endswith(".yaml"))
    return {name: _about(name) for name in names}


def check_rules(folder: Path) -> list[str]:
    """What is wrong with the rule files in ``folder``, one line each; empty when all is well."""
    files = sorted(path for path in folder.iterdir() if path.suffix in {".yaml", ".yml"})
    known = rule_files()
    expected = ", ".join(f"{name}.yaml" for name in known)
    if not files:
        return [f"{folder} holds no .yaml file; it can hold {expected}"]
    faults = [f"{path.name}: is never read; rule files are called {expected}" for path in files if not _read(path, known)]
    try:
        load_rules(folder)
    except RuleError as error:
        return [*faults, str(error)]
    for path in files:
        if _read(path, known) and _has_patterns(path.stem):
            faults += [f"{path.name}: {fault}" for rule in loader.load_rules(path.stem, folder) for fault in loader.check_examples(rule)]
    return faults


def _read(path: Path, known: dict[str, str]) -> bool:
    return path.suffix == ".yaml" and path.stem in known


def _has_patterns(name: str) -> bool:
    data = loader.read_yaml(name)[0][1]
    return isinstance(data, dict) and "rules" in data and set(data) <= {"about", "labels", "rules"}


def _about(name: str) -> str:
    data = loader.read_yaml(name)[0][1]
    return " ".join(str(data.get("about", "")).split()) if isinstance(data, dict) else ""
