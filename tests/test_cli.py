"""The command line: exit codes, messages, what stands on which stream."""

import json
import os
import resource
import signal
import subprocess
import sys
import time

import plandocs
import pytest
from click.testing import CliRunner

import kehoach
from kehoach.cli import cli

COMMANDS = ["extract", "show", "check", "schema", "diff", "rules"]


@pytest.fixture
def stand_in(monkeypatch):
    plandocs.without_pipeline(monkeypatch)


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("1. Rà soát mạng lưới.", "utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def process(*arguments, **more):
    return subprocess.run([sys.executable, "-m", "kehoach.cli", *map(str, arguments)], capture_output=True, check=False, **more)


# --- help ------------------------------------------------------------------------------------


def test_help_answers_at_once_and_imports_nothing_heavy():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    tries = 3
    for _ in range(tries):
        assert process("--help").returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / tries < 0.3
    code = "import sys, kehoach.cli; print(sorted({'pydantic', 'pandas', 'underthesea', 'pyvi', 'bs4', 'lxml', 'rich', 'regex', 'yaml'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_help_lists_every_command():
    told = run("--help").output
    for command in COMMANDS:
        assert command in told
        assert run(command, "--help").exit_code == 0


def test_version():
    assert run("--version").output == f"kehoach {kehoach.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Usage"),
        (["fly"], "No such command"),
        (["extract"], "Missing argument"),
        (["extract", "in"], "Missing option '--out'"),
        (["extract", "nowhere", "--out", "out"], "does not exist"),
        (["extract", "in", "--out", "in/a.txt"], "is a file"),
        (["extract", "in", "--out", "in"], "error: in is the input folder itself"),
        (["extract", "in", "--out", "out", "--workers", "0"], "--workers"),
        (["extract", "in", "--out", "out", "--nlp", "magic"], "--nlp"),
        (["extract", "in", "--out", "out", "--rules", "nowhere"], "does not exist"),
        (["show", "in"], "is a directory"),
        (["show", "notes.json"], "error: notes.json is no extracted document"),
        (["check", "in"], "error: in holds no extracted documents"),
        (["diff", "in", "in/a.txt"], "error: in and in/a.txt are a folder and a file"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2_and_one_message(arguments, message, here):
    (here / "notes.json").write_text("{}")
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.output
    assert "Traceback" not in result.output


# --- extract ---------------------------------------------------------------------------------


def test_extract_writes_two_files_a_document_and_a_closing_table(here, stand_in):
    result = run("extract", "in", "--out", "out", "--workers", 1)
    assert result.exit_code == 0
    assert sorted(path.name for path in (here / "out").iterdir()) == ["a.json", "a.txt"]
    assert result.stdout.splitlines() == [
        "documents  tasks  targets  warnings  failed  skipped",
        "        1      0        0         1       0        0",
    ]
    assert result.stderr == ""


def test_failures_are_one_line_each_and_exit_code_1(here, stand_in):
    (here / "in" / "b.txt").write_text("A BUG", "utf-8")
    (here / "in" / "c.txt").write_bytes(plandocs.BINARY)
    (here / "in" / "d.png").write_bytes(plandocs.BINARY)
    result = run("extract", "in", "--out", "out", "--workers", 1)
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert [line.split()[0] for line in lines] == ["error:", "error:", "skipped:"]
    assert all(name in line for name, line in zip(["b.txt", "c.txt", "d.png"], lines, strict=True))
    assert result.stdout.splitlines()[1].split() == ["1", "0", "0", "1", "2", "1"]
    assert [json.loads(line)["path"] for line in (here / "out" / "errors.jsonl").read_text("utf-8").splitlines()] == ["b.txt", "c.txt"]


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be made on Windows")
def test_a_file_name_cannot_control_the_terminal(here, stand_in):
    (here / "in" / "b\n\x1b[2J.txt").write_text("A BUG", "utf-8")
    (here / "in" / "c\n\x1b[2J.png").write_bytes(plandocs.BINARY)
    result = run("extract", "in", "--out", "out")
    assert [line.split()[0] for line in result.stderr.splitlines()] == ["error:", "skipped:"]
    assert "\x1b" not in result.stderr


def test_quiet_says_only_what_failed(here, stand_in):
    (here / "in" / "b.txt").write_text("A BUG", "utf-8")
    result = run("extract", "in", "--out", "out", "--quiet", "--workers", 1)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1


def test_an_empty_folder_is_no_error(here, stand_in):
    (here / "empty").mkdir()
    result = run("extract", "empty", "--out", "out")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].split() == ["0"] * 6


def test_a_bad_rule_folder_stops_before_anything_is_written(here):
    (here / "rules").mkdir()
    (here / "rules" / "sections.yaml").write_text("colour: red", "utf-8")
    result = run("extract", "in", "--out", "out", "--rules", "rules")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert "sections.yaml" in result.stderr


def test_from_end_to_end(here):
    (here / "in" / "b.md").write_text("# KẾ HOẠCH\n\n1. Sở Y tế chủ trì kiểm tra nguồn nước trước ngày 30/6/2026.\n", "utf-8")
    assert process("extract", "in", "--out", "out", "--workers", 2).returncode == 0
    assert process("check", "out").stdout == b"2 documents, 0 faults\n"
    assert process("extract", "in", "--out", "again", "--workers", 1).returncode == 0
    assert process("diff", "out", "again").stdout == b"no differences\n"
    assert "Sở Y tế" in process("show", "out/b.json").stdout.decode("utf-8")
    assert process("show", "in/b.md").stdout == process("show", "out/b.json").stdout.replace(b"b.json", b"b.md")


# --- show, check, diff, schema, rules --------------------------------------------------------


@pytest.mark.parametrize("columns", [40, 72, 80, 100, 160])
def test_show_fits_the_terminal(columns, here, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    result = run("show", plandocs.write(here, plandocs.plan()))
    assert result.exit_code == 0
    assert all(len(line) <= columns for line in result.output.splitlines())
    assert "\x1b" not in result.output
    assert all(line == line.rstrip() for line in result.output.splitlines())
    words = result.output.split()
    for word in [
        "Kế",
        "hoạch",
        "sạch",
        "2026-03-16",
        "MỤC",
        "TIÊU",
        "95%",
        "Targets",
        "Results",
        "Tasks",
        "Xây",
        "dựng",
        "30/6/2026.",
        "date-unparsed",
    ]:
        assert any(word in printed for printed in words), word


def test_show_says_what_is_inherited(here):
    output = run("show", plandocs.write(here, plandocs.plan())).output
    assert "Sở Y tế↑" in output
    assert "↑ stated in a heading" in output


def test_a_document_cannot_control_the_terminal(here):
    data = plandocs.plan_data()
    data["metadata"]["title"] = "Kế hoạch\x1b[2J\x1b]0;owned\x07 nước\u202e sạch"
    output = run("show", plandocs.write(here, plandocs.plan(data))).output
    assert not {"\x1b", "\x07", "\u202e"} & set(output)
    assert "Kế hoạch" in output


def test_check_names_each_fault(here):
    path = plandocs.write(here / "out", plandocs.plan())
    path.with_suffix(".txt").unlink()
    result = run("check", "out")
    assert result.exit_code == 1
    assert result.stderr == "ke-hoach.json: text: the text file ke-hoach.txt is not there\n"
    assert result.stdout == "1 documents, 1 faults\n"


def test_diff_says_what_changed(here):
    data = plandocs.plan_data()
    data["tasks"][0]["lead"] = []
    plandocs.write(here / "old", plandocs.plan())
    plandocs.write(here / "new", plandocs.plan(data))
    result = run("diff", "old", "new")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0] == "ke-hoach"
    assert lines[1].startswith("  task “Sở Y tế chủ trì")
    assert lines[1].endswith(": lead Sở Y tế → nothing")
    assert lines[2] == "1 differences in 1 documents"
    assert run("diff", "old/ke-hoach.json", "old/ke-hoach.json").exit_code == 0


def test_schema_is_json():
    schema = json.loads(run("schema").output)
    assert schema["title"] == "PlanDocument"


def test_rules_are_listed():
    result = run("rules")
    assert result.exit_code == 0
    assert "sections.yaml" in result.output


GOOD = "rules: [{id: clean.mine, label: %s, terms: [góc quảng cáo], source: here, examples: [góc quảng cáo]}]"


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("sections.yaml", "colour: red", "sections.yaml"),
        ("poems.yaml", "rules: []", "poems.yaml: is never read"),
        ("sections.yml", "rules: []", "sections.yml: is never read"),
        (None, "", "holds no .yaml file"),
    ],
)
def test_a_bad_rule_folder_is_found(name, body, message, here):
    (here / "rules").mkdir()
    if name:
        (here / "rules" / name).write_text(body, "utf-8")
    result = run("rules", "rules")
    assert result.exit_code == 1
    assert message in result.stderr


def test_examples_of_a_rule_folder_are_run(here):
    from kehoach.rules.loader import load_rules

    some = next(iter(load_rules("sections")))
    (here / "rules").mkdir()
    for example, code in (("thời tiết đẹp", 0), ("thời tiết xấu", 1)):
        rule = {"id": "sections.mine", "label": some.label, "terms": ["thời tiết đẹp"], "source": "here", "examples": [example]}
        (here / "rules" / "sections.yaml").write_text(json.dumps({"rules": [rule]}), "utf-8")
        result = run("rules", "rules")
        assert result.exit_code == code, result.output


# --- processes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp1252"}, {"PYTHONUTF8": "0", "LC_ALL": "POSIX"}]
)
def test_vietnamese_is_printed_in_any_locale(locale, here):
    path = plandocs.write(here, plandocs.plan())
    result = process("show", path, env={**os.environ, **locale})
    assert result.returncode == 0
    assert "Sở Xây dựng" in result.stdout.decode("utf-8")


def test_a_closed_pipe_ends_quietly(here):
    data = plandocs.plan_data()
    data["tasks"] = [{**data["tasks"][1], "id": f"k-{number}"} for number in range(3000)]
    path = plandocs.write(here, plandocs.plan(data))
    for arguments in (["show", path], ["diff", plandocs.write(here / "other", plandocs.plan()), path], ["schema"]):
        running = subprocess.Popen([sys.executable, "-m", "kehoach.cli", *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        running.stdout.close()
        told = running.stderr.read()
        running.wait()
        assert told == b"", arguments
        running.stderr.close()


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_ends_quietly(here):
    for number in range(400):
        (here / "in" / f"{number}.txt").write_text("1. Sở Y tế rà soát mạng lưới trạm y tế trước ngày 15/3/2026.\n" * 200, "utf-8")
    arguments = [sys.executable, "-m", "kehoach.cli", "extract", "in", "--out", "out", "--workers", "2"]
    running = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    until = time.monotonic() + 60
    while not list(here.glob("out/*.json")) and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    out, told = running.communicate(timeout=30)
    assert running.returncode == 130
    assert b"Traceback" not in told
    assert out == b""
    assert not [path for path in (here / "out").iterdir() if path.suffix == ".part"]
