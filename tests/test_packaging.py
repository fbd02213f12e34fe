"""The repository root is the package: nothing may be missing from it, and its texts agree with each other."""

import doctest
import importlib
import pkgutil
import tomllib
from pathlib import Path

import pytest

import kehoach

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGES = PROJECT["tool"]["setuptools"]["packages"]
MODULES = sorted(module.name for module in pkgutil.walk_packages(kehoach.__path__, "kehoach.") if module.name.split(".")[1] not in {"tests", "bench"})


def _folder(package: str) -> Path:
    return ROOT.joinpath(*package.split(".")[1:])


def test_every_package_folder_is_listed():
    found = {
        path.parent
        for path in ROOT.glob("**/__init__.py")
        if not any(part.startswith(".") or part in {"build", "tests", "bench"} for part in path.relative_to(ROOT).parts)
    }
    assert found == {_folder(package) for package in PACKAGES}


def test_versions_agree():
    assert PROJECT["project"]["version"] == kehoach.__version__
    assert f"## {kehoach.__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_data_file_has_a_pattern():
    patterns = PROJECT["tool"]["setuptools"]["package-data"]
    for package in PACKAGES:
        for path in _folder(package).iterdir():
            if path.suffix in {".yaml", ".json", ".typed", ".html", ".css", ".csv", ".txt"}:
                assert any(path.match(pattern) for pattern in patterns.get(package, [])), f"{path.name} is not in package-data of {package}"


@pytest.mark.skipif(Path(kehoach.__file__).resolve().parent == ROOT, reason="kehoach is not installed here: 'make test' installs it")
def test_the_installed_package_is_whole():
    home = Path(kehoach.__file__).parent
    for package in PACKAGES:
        for path in _folder(package).iterdir():
            if path.suffix in {".py", ".yaml", ".typed", ".json"} and path.is_file():
                copy = home / path.relative_to(ROOT)
                assert copy.is_file() and copy.read_bytes() == path.read_bytes(), f"{path.name} is not installed as it stands here: 'make install'"
    assert not {path.name for path in home.iterdir()} & {"tests", "samples", "docs", "bench", "build"}


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples_hold(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_no_file_of_the_package_holds_a_path_of_some_machine():
    for package in PACKAGES:
        for path in [*_folder(package).glob("*.py"), *_folder(package).glob("*.yaml")]:
            text = path.read_text("utf-8")
            assert "/work/" not in text and "/home/" not in text.replace('"/home/', ""), path
