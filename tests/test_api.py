"""The public functions: names, import time, canonical text, threads, pickling."""

import pickle
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import plandocs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kehoach
from kehoach.api import extract_bytes
from kehoach.schemas.errors import KehoachError, ReadError, RuleError

TEXT = """KẾ HOẠCH
Cấp nước sạch năm 2026
I. NHIỆM VỤ
1. Sở Y tế chủ trì, phối hợp với Sở Xây dựng kiểm tra chất lượng nước trước ngày 30/6/2026.
"""


def test_the_public_names_are_there():
    assert set(kehoach.__all__) <= set(dir(kehoach))
    for name in kehoach.__all__:
        assert getattr(kehoach, name) is not None
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = kehoach.nothing_of_the_kind


def test_importing_the_package_imports_nothing_heavy():
    heavy = "{'pydantic', 'pandas', 'underthesea', 'pyvi', 'bs4', 'lxml', 'regex', 'yaml', 'click', 'rich', 'numpy'}"
    code = f"import sys, kehoach; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_extracting_a_text_imports_no_pandas():
    code = "import sys\nfrom kehoach import extract_text\nextract_text('1. Rà soát.')\nprint(sorted({'pandas', 'bs4', 'docx', 'click', 'rich'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_text_gives_a_document():
    document = kehoach.extract_text(TEXT, doc_id="nuoc-sach")
    assert isinstance(document, kehoach.PlanDocument)
    assert document.doc_id == "nuoc-sach"
    assert document.text.chars == len(TEXT)
    for task in document.tasks:
        assert TEXT[task.span.start : task.span.end].split() == task.text.split()


@pytest.mark.parametrize(
    ("given_text", "canonical"),
    [
        ("", ""),
        (" ", " "),
        ("\ufeffKế hoạch", "Kế hoạch"),
        ("a\r\nb\rc", "a\nb\nc"),
        (unicodedata.normalize("NFD", TEXT), TEXT),
        ("a\ud800b", "a\ufffdb"),
        ("a\x00b", "a\x00b"),
        ("<html><p>Kế hoạch</p></html>", "<html><p>Kế hoạch</p></html>"),  # a string is read as it stands
    ],
)
def test_any_string_is_a_text(given_text, canonical):
    document = kehoach.extract_text(given_text)
    assert document.text.chars == len(canonical)
    assert document.genre in {"other", "full_text"}


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=400))
def test_no_text_raises_and_every_dump_reads_back(text):
    document = kehoach.extract_text(text)
    assert kehoach.PlanDocument.from_json(document.to_json()) == document


def test_a_file_gives_the_document_of_its_text(tmp_path):
    path = tmp_path / "Kế hoạch 12.txt"
    path.write_text(TEXT, "utf-8")
    document = kehoach.extract_file(path)
    assert (document.doc_id, document.source.path, document.source.encoding) == ("Kế hoạch 12", "Kế hoạch 12.txt", "utf-8")
    assert document == kehoach.extract_file(str(path))
    assert document.tasks == kehoach.extract_text(TEXT).tasks


@pytest.mark.parametrize(
    ("name", "message"),
    [("nowhere.txt", "cannot be read: No such file"), ("folder", "is a folder"), ("binary.txt", "binary")],
)
def test_a_file_that_cannot_be_read_says_why(name, message, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "binary.txt").write_bytes(plandocs.BINARY)
    with pytest.raises(ReadError, match=message) as caught:
        kehoach.extract_file(tmp_path / name)
    assert isinstance(caught.value, KehoachError)


def test_text_and_document_come_together():
    extraction = extract_bytes("\ufeffKế hoạch\r\n".encode(), "a.txt", doc_id="a", path="b/a.txt")
    assert extraction.text == "Kế hoạch\n"
    assert extraction.document.source.path == "b/a.txt"


def test_the_same_text_gives_the_same_bytes_in_any_thread():
    expected = kehoach.extract_text(TEXT).to_json()
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: kehoach.extract_text(TEXT).to_json(), range(40))) == {expected}


def test_functions_and_results_can_be_pickled():
    document = kehoach.extract_text(TEXT)
    assert pickle.loads(pickle.dumps(document)) == document
    assert pickle.loads(pickle.dumps(kehoach.extract_text)) is kehoach.extract_text


def test_unknown_nlp_is_refused():
    with pytest.raises(ValueError, match="none, pyvi, underthesea"):
        kehoach.extract_text(TEXT, nlp="magic")


def test_a_bad_rule_folder_is_refused(tmp_path):
    (tmp_path / "sections.yaml").write_text("colour: red", "utf-8")
    with pytest.raises(RuleError):
        kehoach.extract_text(TEXT, rules=tmp_path)
