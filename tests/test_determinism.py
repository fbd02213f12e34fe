"""The same bytes and the same version give the same bytes: on any day, in any locale and time zone, in any order, with any hash seed."""

import ast
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import floors
import plandocs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kehoach
from kehoach.batch.discovery import find_inputs
from kehoach.batch.pool import run_jobs
from kehoach.batch.worker import Settings

SAMPLES = Path(__file__).parents[1] / "samples"
PACKAGE = Path(kehoach.__file__).parent
# What would let a clock, a host or a locale into the output.
BARRED = {
    "today",
    "now",
    "utcnow",
    "time_ns",
    "gethostname",
    "getuser",
    "getpreferredencoding",
    "setlocale",
    "uuid1",
    "uuid4",
    "urandom",
    "getrandbits",
}
SCRIPT = """
import hashlib, sys
from pathlib import Path
if sys.argv[2] != "-":
    import time_machine
    time_machine.travel(sys.argv[2], tick=False).start()
    import datetime
    assert datetime.datetime.now(datetime.UTC).date().isoformat() == sys.argv[2][:10]
from kehoach.batch.discovery import find_inputs
from kehoach.batch.worker import Settings, extract_job
out = Path(sys.argv[1]); out.mkdir()
jobs = find_inputs([Path(sys.argv[3])]).jobs
for job in jobs[::-1] if sys.argv[4] == "reversed" else jobs:
    extract_job(job, Settings(out=out))
"""


def run(out: Path, *, day: str = "-", order: str = "sorted", **environment: str) -> dict[str, str]:
    """The hashes of what a fresh process writes for the samples."""
    where = {"PYTHONPATH": os.pathsep.join(filter(None, (str(PACKAGE.parent), os.environ.get("PYTHONPATH"))))} if PACKAGE.name == "kehoach" else {}
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(out), day, str(SAMPLES), order],
        env={**os.environ, **where, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.iterdir())}


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    written = run(tmp_path_factory.mktemp("as-it-is") / "out")
    assert len(written) == 10
    return written


@pytest.mark.parametrize("seed", ["0", "1", "4294967295"])
def test_hash_seeds(seed, expected, tmp_path):
    assert run(tmp_path / "out", PYTHONHASHSEED=seed) == expected


@pytest.mark.parametrize("day", ["2016-02-29", "2031-12-31", "1999-01-01"])
def test_clocks(day, expected, tmp_path):
    pytest.importorskip("time_machine")
    assert run(tmp_path / "out", day=f"{day}T12:00:00+00:00") == expected


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C.UTF-8"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "Asia/Ho_Chi_Minh"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "POSIX"},
        {"COLUMNS": "20", "TERM": "dumb", "NO_COLOR": "1"},
        {"PYTHONOPTIMIZE": "2"},
    ],
    ids=lambda environment: " ".join(f"{name}={value}" for name, value in environment.items()),
)
def test_environments(environment, expected, tmp_path):
    assert run(tmp_path / "out", **environment) == expected


def test_orders_of_files(expected, tmp_path):
    assert run(tmp_path / "out", order="reversed") == expected


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_numbers_of_workers(workers, expected, tmp_path):
    list(run_jobs(find_inputs([SAMPLES]).jobs, Settings(out=tmp_path), workers))
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(tmp_path.iterdir())} == expected


@pytest.mark.parametrize("version", ["python3.11", "python3.12", "python3.13"])
def test_versions_of_python(version, expected, tmp_path):
    """Where another Python has the package's dependencies."""
    found = subprocess.run(["sh", "-c", f"{version} -c 'import kehoach, pydantic, regex, lxml, yaml'"], capture_output=True, check=False)
    if found.returncode:
        pytest.skip(f"no {version} with kehoach here")
    told = subprocess.run([version, "-c", SCRIPT, str(tmp_path / "out"), "-", str(SAMPLES), "sorted"], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((tmp_path / "out").iterdir())} == expected


def test_nothing_asks_for_the_time_the_machine_or_chance():
    """Except the seeded draws of the evaluation, which are no part of an extraction."""
    faults = []
    for path in [
        *PACKAGE.glob("*.py"),
        *PACKAGE.glob("extract/**/*.py"),
        *PACKAGE.glob("rules/*.py"),
        *PACKAGE.glob("schemas/*.py"),
        *PACKAGE.glob("batch/*.py"),
    ]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in BARRED:
                faults.append(f"{path.name}, line {node.lineno}: {node.attr}")
            if isinstance(node, (ast.Import, ast.ImportFrom)) and {"random", "locale", "socket", "platform", "uuid", "getpass"} & _modules(node):
                faults.append(f"{path.name}, line {node.lineno}: {_modules(node)}")
    assert not faults


def _modules(node: ast.Import | ast.ImportFrom) -> set[str]:
    return {name.name for name in node.names} if isinstance(node, ast.Import) else {node.module or ""}


def test_an_evaluation_gives_the_same_bytes(tmp_path):
    from kehoach.review.evaluation.data import evaluation_data
    from kehoach.review.evaluation.evaluate import evaluate_folders
    from kehoach.review.evaluation.page import evaluation_page

    floors.extract_corpus("samples", tmp_path)
    once, again = (evaluate_folders(floors.CORPORA["samples"][0], tmp_path) for _ in range(2))
    assert evaluation_page(once) == evaluation_page(again)
    assert json.dumps(evaluation_data(once, misses=True)) == json.dumps(evaluation_data(again, misses=True))


@settings(max_examples=300, deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False), st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.floats(0, 1))
def test_the_fast_way_to_json_writes_what_the_plain_one_does(value, text, confidence):
    data = plandocs.plan_data()
    data["targets"][0].update(value=value, text=text, confidence=confidence)
    data["metadata"]["title"] = text
    document = plandocs.plan(data)
    assert document.to_json() == json.dumps(document.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
