"""Archives and mails are walked; bombs, passwords and broken entries cost themselves alone. Time limits."""

import email.message
import io
import time
import zipfile

import officedocs
import plandocs
import pytest

from kehoach.api import extract_text, read_input
from kehoach.batch import archives, worker
from kehoach.batch.archives import members, read_member
from kehoach.batch.discovery import find_inputs
from kehoach.batch.folder import extract_folder
from kehoach.batch.outcomes import Failure, Job
from kehoach.batch.timelimit import time_limit
from kehoach.batch.worker import Settings, extract_job
from kehoach.cli import cli
from kehoach.extract import readers
from kehoach.schemas.errors import ReadError

PLAN = officedocs.as_txt()


def _mail(*attachments, body="Kính gửi các đơn vị."):
    mail = email.message.EmailMessage()
    mail["Subject"] = "Kế hoạch"
    mail.set_content(body)
    for name, data in attachments:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def test_each_file_of_an_archive_is_a_document(tmp_path):
    inner = officedocs.zipped(**{"sâu/c.docx": officedocs.as_docx()})
    (tmp_path / "gói.zip").write_bytes(
        officedocs.zipped(
            **{"a.txt": PLAN, "quý 1/b.html": officedocs.as_html(), "trong.zip": inner, "ảnh.xyz": plandocs.BINARY, "__MACOSX/._a.txt": b"x"}
        )
    )
    (tmp_path / "thư.eml").write_bytes(_mail(("kế hoạch.txt", PLAN), ("d.zip", officedocs.zipped(**{"e.txt": PLAN}))))
    result = extract_folder(tmp_path)
    paths = [document.source.path for document in result]
    assert paths == ["gói.zip/a.txt", "gói.zip/quý 1/b.html", "gói.zip/trong.zip/sâu/c.docx", "thư.eml/d.zip/e.txt", "thư.eml/kế hoạch.txt"]
    assert len({document.doc_id for document in result}) == 5
    first = officedocs.facts(result.documents[0])
    assert all(officedocs.facts(document) == first for document in result)
    assert not result.failures and [skipped.path for skipped in result.skipped] == ["gói.zip/ảnh.xyz"]


def test_a_mail_without_attachments_is_its_text(tmp_path):
    (tmp_path / "a.eml").write_bytes(_mail(body="Sở Y tế chủ trì rà soát trước ngày 30/6/2026."))
    assert [document.source.path for document in extract_folder(tmp_path)] == ["a.eml/thu.txt"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("../../etc/a.txt", "etc/a.txt"), ("/a.txt", "a.txt"), ("..\\b\\a.txt", "b/a.txt"), ("Kế hoạch.txt", "Kế hoạch.txt")],
)
def test_names_stay_inside_the_archive(tmp_path, name, said):
    (tmp_path / "a.zip").write_bytes(officedocs.zipped(**{name: PLAN}))
    found = members(tmp_path / "a.zip")
    assert [member.inner for member in found] == [(said,)]
    assert read_member(tmp_path / "a.zip", (said,)) == PLAN


def _encrypted():
    data = bytearray(officedocs.zipped(**{"a.txt": PLAN}))
    data[6] |= 1
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def _bomb():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.txt", "w") as entry:
        for _ in range(30):
            entry.write(bytes(1_000_000))
    return stream.getvalue()


def _corrupt():
    data = bytearray(officedocs.zipped(**{"a.txt": PLAN}))
    data[60:90] = bytes(30)
    return bytes(data)


def _nested(depth):
    data, name = PLAN, "a.txt"
    for _ in range(depth):
        data, name = officedocs.zipped(**{name: data}), "b.zip"
    return data


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (_encrypted(), "password"),
        (_bomb(), "trap"),
        (_corrupt(), "broken"),
        (PLAN, "broken archive"),
        (_nested(5), "nested deeper"),
        (_nested(1)[:80], "broken"),
    ],
)
def test_a_bad_archive_is_one_clear_failure_and_the_rest_goes_on(tmp_path, data, said):
    (tmp_path / "a.zip").write_bytes(data)
    (tmp_path / "b.txt").write_bytes(PLAN)
    result = extract_folder(tmp_path)
    assert len(result) == 1 and len(result.failures) == 1
    assert said in str(result.failures[0])


@pytest.mark.parametrize(("limit", "value"), [("MAX_MEMBERS", 3), ("MAX_TOTAL", 10_000)])
def test_an_archive_that_holds_too_much_is_refused_as_a_whole(tmp_path, monkeypatch, limit, value):
    monkeypatch.setattr(archives, limit, value)
    monkeypatch.setattr(archives._Budget.__init__, "__defaults__", (archives.MAX_MEMBERS, archives.MAX_TOTAL))
    many = {f"{number}.txt": PLAN for number in range(3)}
    (tmp_path / "a.zip").write_bytes(officedocs.zipped(**many, **{"b.zip": officedocs.zipped(**many)}))
    inputs = find_inputs([tmp_path])
    assert (not inputs.jobs and "holds more" in str(inputs.failures[0])) or "unpacks to more" in str(inputs.failures[0])


# --- limits ----------------------------------------------------------------------------------


def test_a_file_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    def slow(*_args, **_more):
        try:
            time.sleep(20)
        except Exception:  # as readers do with what packages raise
            pytest.fail("the limit was swallowed")

    monkeypatch.setattr(worker, "extract_bytes", slow)
    (tmp_path / "a.txt").write_bytes(PLAN)
    before = time.monotonic()
    outcome = extract_job(Job(tmp_path / "a.txt", "a.txt", "a"), Settings(timeout=0.2))
    assert isinstance(outcome, Failure) and "--timeout" in outcome.error
    assert time.monotonic() - before < 5


@pytest.mark.parametrize("seconds", [None, 0, 60])
def test_a_limit_that_is_not_reached_leaves_no_trace(seconds):
    with time_limit(seconds, "a.txt"):
        pass
    time.sleep(0.01)


def test_the_command_line_takes_a_limit(tmp_path):
    from click.testing import CliRunner

    (tmp_path / "a.txt").write_bytes(PLAN)
    result = CliRunner().invoke(cli, ["extract", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--timeout", "0.0001"])
    assert result.exit_code == 1 and "takes longer" in result.output


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a" * 2_000_001, "a line of"),
        (b"Mot dong.\n" * 1_000_001, "characters"),
        (b"a " * 26_000_000, "MB of text"),
        (b"<html><body>" + b"<p>a</p>" * 1_500_000, "MB of text"),
    ],
)
def test_what_no_document_is_is_refused_at_once(data, said):
    before = time.monotonic()
    with pytest.raises(ReadError, match=said):
        readers.read_bytes(data, "a.html" if data.startswith(b"<") else "a.txt")
    assert time.monotonic() - before < 5


def test_a_string_has_the_same_limits():
    with pytest.raises(ReadError, match="a line of"):
        extract_text("a" * 2_000_001)


def test_a_file_beyond_all_measure_is_not_read(tmp_path):
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(600_000_000)
    with pytest.raises(ReadError, match="more than 500 MB"):
        read_input(tmp_path / "a.txt")
