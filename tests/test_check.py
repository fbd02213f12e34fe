"""``check`` finds every kind of fault; one row for each."""

import json
import re

import plandocs
import pytest

from kehoach.review.check import check_file, check_folder
from kehoach.schemas.errors import OutputError


def test_a_sound_document_has_no_fault(tmp_path):
    plandocs.write(tmp_path, plandocs.plan())
    assert check_folder(tmp_path) == (1, [])


def _set(*path):
    """A change of one value: keys and indices, then the new value."""

    def change(data):
        node = data
        for key in path[:-2]:
            node = node[key]
        node[path[-2]] = path[-1]

    return change


def _drop_reason(data):
    data["dropped"][0]["reason"] = " "


def _swap_dropped(data):
    data["dropped"].reverse()


def _same_id(data):
    data["tasks"][1]["id"] = "k-1"


def _in_menu(data):
    data["references"][0].update(text="Trang chủ", span=plandocs.span("Trang chủ"))


JSON_FAULTS = [
    # the schema
    ("unknown field", lambda data: data.update(colour="red"), "colour: Extra inputs"),
    ("missing field", lambda data: data.pop("tasks"), "tasks: Field required"),
    ("a word outside the closed list", _set("genre", "poem"), "genre: Input should be"),
    ("a string for a number", _set("text", "chars", "9"), "text.chars: Input should be a valid integer"),
    ("another schema version", _set("schema_version", "9.0"), "schema version 9.0, this program knows 1.0"),
    ("an id twice", _same_id, "repeated id k-1"),
    ("a section that is not there", _set("tasks", 0, "section_id", "s-9"), "section s-9 is not there"),
    ("a parent that is not there", _set("sections", 0, "parent_id", "s-9"), "parent s-9 is not there"),
    ("an agency that is not there", _set("tasks", 0, "lead", 0, "agency_id", "so-x"), "agency so-x is not there"),
    ("a table row that is not there", _set("tasks", 2, "table", "row", 5), "no row 5 in table b-1"),
    ("a span that ends before it begins", _set("tasks", 0, "span", "end", 1), "empty or reversed"),
    ("dropped ranges out of order", _swap_dropped, "overlaps the one before it"),
    ("a time that ends before it begins", _set("tasks", 0, "timeframes", 0, "start", "2027-01-01"), "starts 2027-01-01, after its end"),
    # the text beside it
    ("another name", _set("doc_id", "other"), "is other, the file is called ke-hoach.json"),
    ("an absolute path", _set("source", "path", "/home/a/ke-hoach.txt"), "not relative"),
    ("a path that climbs out", _set("source", "path", "../ke-hoach.txt"), "not relative"),
    ("a drive letter", _set("source", "path", "C:\\ke-hoach.txt"), "not relative"),
    ("a dropped range without a reason", _drop_reason, r"dropped\[0\]: has no reason"),
    ("another hash", _set("text", "sha256", "0" * 64), "text.sha256: is not that of the text file"),
    ("another length", _set("text", "chars", 9), "text.chars: is 9"),
    ("another count of kept characters", _set("text", "kept_chars", 9), "text.kept_chars: is 9"),
    ("a span beyond the text", _set("tasks", 0, "span", "end", 99_999), r"tasks\[0\]: span .* leaves the text"),
    ("a wrong line", _set("tasks", 0, "span", "line", 2), r"tasks\[0\]: states line 2"),
    ("a wrong line of evidence", _set("metadata", "evidence", "title", "line", 9), r"metadata.evidence.title: states line 9"),
    ("a task that the text does not say", _set("tasks", 1, "text", "Xây cầu."), r"tasks\[1\]: text is “Xây cầu.”"),
    ("a timeframe that the text does not say", _set("tasks", 0, "timeframes", 0, "text", "ngay"), r"tasks\[0\].timeframes\[0\]: text is"),
    ("a cell that the text does not say", _set("tables", 0, "rows", 0, "cells", 0, "text", "Xây cầu"), r"tables\[0\].rows\[0\].cells\[0\]: text is"),
    ("a record in a dropped range", _in_menu, r"references\[0\]: “Trang chủ” stands in a dropped range"),
]


@pytest.mark.parametrize(("change", "message"), [row[1:] for row in JSON_FAULTS], ids=[row[0] for row in JSON_FAULTS])
def test_a_planted_fault_is_found(change, message, tmp_path):
    path = plandocs.write(tmp_path, plandocs.plan())
    data = json.loads(path.read_text("utf-8"))
    change(data)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", "utf-8")
    if data.get("doc_id") == "other":
        (tmp_path / "ke-hoach.txt").rename(tmp_path / "other.txt")
    faults = [str(fault) for fault in check_folder(tmp_path)[1]]
    assert any(re.search(message, fault) for fault in faults), faults
    assert all(fault.startswith("ke-hoach.json: ") for fault in faults)


FILE_FAULTS = [
    ("not JSON", ".json", lambda raw: raw[:-20], "is no UTF-8 JSON"),
    ("not UTF-8", ".json", lambda raw: raw + b"\xff", "is no UTF-8 JSON"),
    ("nested without end", ".json", lambda raw: b"[" * 200_000, "is no UTF-8 JSON"),
    ("another indent", ".json", lambda raw: raw.replace(b"  ", b" "), "not written as the program writes it"),
    ("no line feed at the end", ".json", lambda raw: raw.rstrip(), "not written as the program writes it"),
    ("escaped letters", ".json", lambda raw: raw.replace("ế".encode(), b"\\u1ebf", 1), "not written as the program writes it"),
    ("a list", ".json", lambda raw: b"[]\n", "valid dictionary|object"),
    ("carriage returns", ".txt", lambda raw: raw.replace(b"\n", b"\r\n"), "has carriage returns"),
    ("a byte order mark", ".txt", lambda raw: b"\xef\xbb\xbf" + raw, "begins with a byte order mark"),
    ("decomposed letters", ".txt", lambda raw: raw.replace("ế".encode(), "e\u0302\u0301".encode()), "not in NFC"),
    ("text not UTF-8", ".txt", lambda raw: b"\xff" + raw, "ke-hoach.txt is not UTF-8"),
    ("edited text", ".txt", lambda raw: raw.replace(b"95%", b"96%"), "text.sha256"),
]


@pytest.mark.parametrize(("suffix", "change", "message"), [row[1:] for row in FILE_FAULTS], ids=[row[0] for row in FILE_FAULTS])
def test_a_damaged_file_is_found(suffix, change, message, tmp_path):
    path = plandocs.write(tmp_path, plandocs.plan()).with_suffix(suffix)
    path.write_bytes(change(path.read_bytes()))
    faults = [str(fault) for fault in check_folder(tmp_path)[1]]
    assert any(re.search(message, fault) for fault in faults), faults


def test_a_missing_text_is_found(tmp_path):
    path = plandocs.write(tmp_path, plandocs.plan())
    path.with_suffix(".txt").unlink()
    assert [fault.what for fault in check_file(path, path.name)] == ["the text file ke-hoach.txt is not there"]


def test_subfolders_are_checked_too(tmp_path):
    plandocs.write(tmp_path / "a" / "b", plandocs.plan())
    path = plandocs.write(tmp_path / "c", plandocs.plan())
    path.write_text("{}", "utf-8")
    count, faults = check_folder(tmp_path)
    assert count == 2
    assert {fault.file for fault in faults} == {"c/ke-hoach.json"}


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(OutputError, match="holds no extracted documents"):
        check_folder(tmp_path)
