"""Old Word files and RTF through LibreOffice."""

import http.server
import subprocess
import threading

import officedocs
import pytest

from kehoach.api import extract_bytes
from kehoach.extract.readers import office, read_bytes
from kehoach.schemas.errors import ReadError

needs_office = pytest.mark.skipif(office.find_office() is None, reason="LibreOffice is not installed (apt-get install libreoffice-writer-nogui)")


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    """The plan as DOC and RTF."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "plan.docx").write_bytes(officedocs.as_docx())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    made = {}
    for kind in ("doc", "rtf"):
        subprocess.run(
            [office.find_office(), profile, "--headless", "--convert-to", kind, "--outdir", folder, folder / "plan.docx"],
            check=True,
            capture_output=True,
            timeout=100,
        )
        made[kind] = (folder / f"plan.{kind}").read_bytes()
    return made


@needs_office
@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_the_plan_says_the_same_as_its_text(old, kind):
    text = extract_bytes(officedocs.as_txt(), "a.txt", doc_id="a", path="a.txt").document
    other = extract_bytes(old[kind], f"a.{kind}", doc_id="a", path=f"a.{kind}").document
    assert officedocs.facts(other) == officedocs.facts(text)
    assert other.source.media_type == f"application/{'msword' if kind == 'doc' else 'rtf'}"


@needs_office
def test_an_old_word_file_under_another_name_is_read(old):
    assert read_bytes(old["doc"], "a.docx").media_type == "application/msword"


@needs_office
def test_a_broken_file_is_one_clear_error(old):
    with pytest.raises(ReadError, match="cannot be opened"):
        read_bytes(old["doc"][:1500], "a.doc")


@needs_office
def test_a_file_that_takes_too_long_is_given_up(old, monkeypatch):
    monkeypatch.setattr(office, "TIME_LIMIT", 0.05)
    with pytest.raises(ReadError, match="more than"):
        read_bytes(old["rtf"], "a.rtf")


@needs_office
def test_nothing_is_fetched():
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_port}"
        rtf = rf'{{\rtf1\ansi Sau: {{\field{{\*\fldinst INCLUDEPICTURE "{address}/a.png" \\d}}{{\fldrslt}}}}{{\field{{\*\fldinst INCLUDETEXT "{address}/b.rtf"}}{{\fldrslt}}}} xong\par}}'
        assert "xong" in read_bytes(rtf.encode(), "a.rtf").text
    finally:
        server.shutdown()
    assert not asked


def test_without_libreoffice_the_error_says_what_to_do(monkeypatch):
    monkeypatch.setattr(office, "find_office", lambda: None)
    with pytest.raises(ReadError, match="needs LibreOffice"):
        read_bytes(b"{\\rtf1 a}", "a.rtf")


def test_a_web_page_called_doc_is_a_web_page():
    assert read_bytes(officedocs.as_html(), "a.doc").media_type == "text/html"
