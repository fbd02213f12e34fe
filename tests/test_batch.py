"""Folders: what is found, how it is called, and that nothing stops the rest."""

import json
import os
import stat
import unicodedata

import plandocs
import pytest

import kehoach
from kehoach.api import doc_id_for
from kehoach.batch.discovery import find_inputs
from kehoach.batch.folder import extract_folder, prepare, write_errors
from kehoach.batch.outcomes import Done, Failure, Job, Skipped
from kehoach.batch.pool import default_workers, run_jobs
from kehoach.batch.worker import Settings, extract_job, write_whole
from kehoach.schemas.errors import OutputError, ReadError

posix_only = pytest.mark.skipif(os.name == "nt", reason="such names cannot be made on Windows")


@pytest.fixture
def stand_in(monkeypatch):
    plandocs.without_pipeline(monkeypatch)


def _files(folder, *names, text="1. Sở Y tế rà soát mạng lưới."):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


# --- names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.txt", "a"),
        ("2026/quý 1/a.html", "2026__quý 1__a"),
        ("a", "a"),
        ("Kế hoạch 12.2026", "Kế hoạch 12.2026"),  # a year is no extension
        ("Kế hoạch 12.2026.docx", "Kế hoạch 12.2026"),
        ("122/KH-UBND.txt", "122__KH-UBND"),
        ("a.tar.gz", "a.tar"),
        ('a<b>:"|?*.txt', "a_b______"),  # refused by some file systems
        ("a\nb\t.txt", "a_b_"),
        ("a\udcff.txt", "a\ufffd"),  # a byte that is no UTF-8
        (unicodedata.normalize("NFD", "Kế hoạch.txt"), "Kế hoạch"),  # as some systems store names
        ("con.txt", "_con"),
        ("COM1", "_COM1"),
        (" a .txt", "_a_"),
        ("ends with a dot..txt", "ends with a dot_"),
        ("-a.txt", "-a"),
    ],
)
def test_the_id_comes_from_the_path(path, expected):
    assert doc_id_for(path) == expected


@pytest.mark.parametrize("path", ["Kế hoạch " * 60 + ".txt", "thư mục dài/" * 40 + "a.txt", "ế" * 300])
def test_a_long_path_gives_a_name_that_can_be_written(path, tmp_path):
    name = doc_id_for(path)
    assert len(f"{name}.json".encode()) <= 255
    write_whole(tmp_path / f"{name}.json", b"{}")
    assert doc_id_for(path + "2") != name


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.txt", "b.txt"], ["a", "b"]),
        (["a.txt", "a.md"], ["a.md", "a.txt"]),
        (["a.txt", "A.md"], ["A.md", "a.txt"]),  # one file on some systems
        (["a/b.txt", "a__b.html"], ["a__b.txt", "a__b.html"]),
    ],
)
def test_names_that_clash_get_their_extension(names, expected, tmp_path):
    jobs = find_inputs([_files(tmp_path / "in", *names)]).jobs
    assert sorted(job.doc_id for job in jobs) == sorted(expected)


def test_names_that_still_clash_get_a_hash_of_the_path(tmp_path):
    jobs = find_inputs([_files(tmp_path / "in", "a/b.txt", "a__b.txt", "c.txt")]).jobs
    names = [job.doc_id for job in jobs]
    assert len(set(names)) == 3
    assert names[2] == "c"
    assert all(name.startswith("a__b.txt-") for name in names[:2])


def test_the_same_name_in_two_folders(tmp_path):
    _files(tmp_path / "x", "a.txt")
    _files(tmp_path / "y", "a.txt")
    there = {job.file: job.doc_id for job in find_inputs([tmp_path / "x", tmp_path / "y"]).jobs}
    back = {job.file: job.doc_id for job in find_inputs([tmp_path / "y", tmp_path / "x"]).jobs}
    assert there == back
    assert len(set(there.values())) == 2


# --- discovery -------------------------------------------------------------------------------


def test_folders_are_read_recursively_in_order_and_hidden_files_passed_over(tmp_path):
    _files(tmp_path, "b.txt", "a/z.txt", "a/b/c.txt", ".hidden.txt", ".git/x.txt", "a/.x/y.txt")
    assert [job.path for job in find_inputs([tmp_path]).jobs] == ["a/b/c.txt", "a/z.txt", "b.txt"]


def test_a_hidden_file_that_is_named_is_read(tmp_path):
    _files(tmp_path, ".a.txt")
    assert [job.path for job in find_inputs([tmp_path / ".a.txt"]).jobs] == [".a.txt"]


def test_a_file_given_twice_is_read_once(tmp_path):
    _files(tmp_path, "a/b.txt")
    for paths in ([tmp_path, tmp_path / "a", tmp_path / "a/b.txt"], [tmp_path / "a/b.txt", tmp_path / "a/../a", tmp_path]):
        assert [job.path for job in find_inputs(paths).jobs] == ["a/b.txt"]


def test_outputs_are_no_inputs(tmp_path):
    _files(tmp_path, "a.txt", "out/b.txt", "out2/c.txt")
    plandocs.write(tmp_path / "old", plandocs.plan())
    (tmp_path / "old" / "ke-hoach.txt").unlink()
    assert [job.path for job in find_inputs([tmp_path], tmp_path / "out").jobs] == ["a.txt", "out2/c.txt"]


@posix_only
def test_pipes_and_links_in_circles_do_no_harm(tmp_path):
    _files(tmp_path, "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    inputs = find_inputs([tmp_path])
    assert [job.path for job in inputs.jobs] == ["a.txt", "gone.txt"]
    assert [str(skip) for skip in inputs.skipped] == ["pipe.txt: not a regular file"]
    failure = extract_job(inputs.jobs[1], Settings())
    assert isinstance(failure, Failure)
    assert "cannot be read" in failure.error


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may read everything")
def test_a_folder_that_may_not_be_read_is_reported(tmp_path):
    _files(tmp_path, "a.txt", "closed/b.txt")
    (tmp_path / "closed").chmod(0)
    try:
        inputs = find_inputs([tmp_path])
    finally:
        (tmp_path / "closed").chmod(stat.S_IRWXU)
    assert [job.path for job in inputs.jobs] == ["a.txt"]
    assert inputs.failures[0].path == "closed"


@posix_only
@pytest.mark.parametrize(
    "name", ["-rf.txt", "a\nb.txt", "a'\"$(x).txt", "\u202egnp.txt", b"a\xff.txt".decode("utf-8", "surrogateescape"), "a\\b.txt", "名前.txt"]
)
def test_hostile_names_are_extracted(name, tmp_path, stand_in):
    try:
        _files(tmp_path / "in", name)
    except OSError:
        pytest.skip("this file system refuses the name")
    out = tmp_path / "out"
    settings = Settings(out=out)
    jobs = prepare([tmp_path / "in"], settings).jobs
    outcomes = list(run_jobs(jobs, settings))
    assert [type(outcome) for outcome in outcomes] == [Done]
    written = json.loads((out / f"{jobs[0].doc_id}.json").read_text("utf-8"))
    assert written["source"]["path"].encode("utf-8")
    assert sorted(path.suffix for path in out.iterdir()) == [".json", ".txt"]


# --- one bad file never stops the rest -------------------------------------------------------

TROUBLE = [
    ("TOO DEEP", "nested too deeply", "plain text"),
    ("TOO LARGE", "more memory", "split the file"),
    ("A BUG", "internal error KeyError: 'lead' (plandocs.py, line", "report it"),
    ("DISK FULL", "No space left on device", "room"),
]


@pytest.mark.parametrize(("text", "error", "hint"), TROUBLE)
def test_trouble_with_one_document_is_a_failure_of_that_one(text, error, hint, tmp_path, stand_in):
    _files(tmp_path, "a.txt", "c.txt")
    _files(tmp_path, "b.txt", text=text)
    result = extract_folder(tmp_path)
    assert [document.doc_id for document in result] == ["a", "c"]
    assert len(result) == 2
    assert [failure.path for failure in result.failures] == ["b.txt"]
    assert error in result.failures[0].error
    assert hint in result.failures[0].hint
    assert str(result.failures[0]).startswith("b.txt: ")
    assert "\n" not in str(result.failures[0])


def test_binary_is_skipped_or_failed_by_what_its_name_promises(tmp_path, stand_in):
    for name in ("photo.png", "text.txt"):
        (tmp_path / name).write_bytes(plandocs.BINARY)
    result = extract_folder(tmp_path)
    assert [type(skip) for skip in result.skipped] == [Skipped]
    assert result.skipped[0].path == "photo.png"
    assert [failure.path for failure in result.failures] == ["text.txt"]


@posix_only
def test_a_worker_that_dies_costs_its_own_document_only(tmp_path):
    _files(tmp_path, *(f"{number}.txt" for number in range(6)))
    jobs = list(find_inputs([tmp_path]).jobs)
    jobs[2] = Job(plandocs.DeadlyPath(jobs[2].file), jobs[2].path, jobs[2].doc_id)
    outcomes = list(run_jobs(jobs, Settings(out=tmp_path), workers=2))
    assert [outcome.path for outcome in outcomes] == [job.path for job in jobs]
    assert [type(outcome) for outcome in outcomes] == [Done, Done, Failure, Done, Done, Done]
    assert "worker process died" in str(outcomes[2])


# --- output ----------------------------------------------------------------------------------


def test_two_workers_write_the_same_bytes_as_one(tmp_path):
    folder = _files(tmp_path / "in", *(f"{number}.txt" for number in range(7)), "sub/a.md")
    _files(folder, "3.txt", text="KẾ HOẠCH\n1. Sở Nội vụ chủ trì lập danh sách trước ngày 15/3/2026.\n2. Đạt 95% vào năm 2030.\n")
    (folder / "bad.txt").write_bytes(plandocs.BINARY)
    written = []
    for workers in (1, 2):
        out = tmp_path / f"out{workers}"
        settings = Settings(out=out)
        outcomes = list(run_jobs(prepare([folder], settings).jobs, settings, workers))
        write_errors(out, [outcome for outcome in outcomes if isinstance(outcome, Failure)])
        written.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert written[0] == written[1]
    assert len(written[0]) == 2 * 8 + 1


def test_outcomes_keep_the_order_of_the_jobs(tmp_path):
    folder = _files(tmp_path, *(f"{number:02}.txt" for number in range(9)))
    _files(folder, "00.txt", text="1. Sở Y tế rà soát mạng lưới trạm y tế trước ngày 15/3/2026.\n" * 300)
    result = extract_folder(folder, workers=2)
    assert [document.doc_id for document in result] == [f"{number:02}" for number in range(9)]


def test_a_document_is_the_same_alone_and_in_a_batch(tmp_path):
    folder = _files(tmp_path, "a.txt", "b.txt")
    assert extract_folder(folder).documents[0] == kehoach.extract_file(folder / "a.txt")


def test_half_written_files_are_never_seen(tmp_path, monkeypatch):
    path = tmp_path / "a.json"
    write_whole(path, b"old")
    monkeypatch.setattr("pathlib.Path.replace", _refuse)
    with pytest.raises(OSError, match="refused"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def _refuse(*_):
    raise OSError("refused")


def test_errors_are_written_sorted_and_an_old_list_is_removed(tmp_path, stand_in):
    _files(tmp_path / "in", "a.txt")
    out = tmp_path / "out"
    out.mkdir()
    write_errors(out, [Failure("b", "broken", "mend it"), Failure("a", "hỏng", "")])
    assert [json.loads(line) for line in (out / "errors.jsonl").read_text("utf-8").splitlines()] == [
        {"path": "a", "error": "hỏng", "hint": ""},
        {"path": "b", "error": "broken", "hint": "mend it"},
    ]
    prepare([tmp_path / "in"], Settings(out=out))
    write_errors(out, [])
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    ("paths", "out", "message"),
    [
        (["in"], "in", "is the input folder itself"),
        (["in/a.txt"], "in", "in/a.txt is no output of kehoach"),
        (["in/a.txt"], "in/../in", "in/a.txt is no output of kehoach"),
        (["in"], "notes", "notes/a.txt is no output of kehoach"),
        (["in"], "data", "data/a.json is no output of kehoach"),
        (["in"], "in/a.txt", "cannot be written to"),
        (["in"], "in/a.txt/deeper", "cannot be written to"),
    ],
)
def test_inputs_are_never_overwritten(paths, out, message, tmp_path, stand_in):
    _files(tmp_path, "in/a.txt", "notes/a.txt", "data/a.json")
    with pytest.raises(OutputError, match=message):
        prepare([tmp_path / path for path in paths], Settings(out=tmp_path / out))
    assert (tmp_path / "in" / "a.txt").read_text("utf-8").startswith("1. Sở")


def test_an_earlier_run_is_written_over(tmp_path, stand_in):
    settings = Settings(out=tmp_path / "out")
    for text in ("cũ", "mới"):
        _files(tmp_path / "in", "a.txt", text=text)
        list(run_jobs(prepare([tmp_path / "in"], settings).jobs, settings))
    assert (tmp_path / "out" / "a.txt").read_text("utf-8") == "mới"


def test_extract_folder_wants_a_folder(tmp_path):
    with pytest.raises(ReadError, match="is no folder"):
        extract_folder(_files(tmp_path, "a.txt") / "a.txt")


def test_a_small_batch_starts_no_processes(tmp_path):
    small, large = _files(tmp_path / "small", "a.txt"), _files(tmp_path / "large", "a.txt", text="a" * 2_000_000)
    assert default_workers(find_inputs([small]).jobs) == 1
    assert default_workers(find_inputs([large]).jobs) == min(os.cpu_count() or 1, 4)
    assert default_workers([Job(tmp_path / "nowhere.txt", "nowhere.txt", "nowhere")]) == 1
