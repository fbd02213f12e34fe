"""Documents built by hand for the tests of what comes after extraction, and inputs that misbehave."""

import hashlib
import os
from pathlib import Path, PosixPath

from kehoach.schemas.document import PlanDocument

TEXT = """Trang chủ
KẾ HOẠCH
Cấp nước sạch năm 2026
I. MỤC TIÊU
Tỷ lệ hộ dùng nước sạch đạt 95% vào năm 2030.
Đã lắp 120/400 đồng hồ nước.
II. NHIỆM VỤ
1. Sở Y tế chủ trì, phối hợp với Sở Xây dựng kiểm tra chất lượng nước trước ngày 30/6/2026.
2. Rà soát mạng lưới đường ống.
Căn cứ Nghị định số 12/2026/NĐ-CP.
Nhiệm vụ
Chủ trì
Lắp đồng hồ
Sở Xây dựng
Lượt truy cập: 77
"""


BINARY = b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 20


def span(quote: str, text: str = TEXT) -> dict:
    start = text.index(quote)
    return {"start": start, "end": start + len(quote), "line": text.count("\n", 0, start) + 1, "page": None}


def _time(quote: str, kind: str, end: str, before: bool = False, inherited: bool = False) -> dict:
    empty = {"recurrence": None, "month_day": None, "rrule": None}
    return {"text": quote, "kind": kind, "start": None, "end": end, "before": before, **empty, "span": span(quote), "inherited": inherited}


def _role(name: str, key: str, inherited: bool = False) -> dict:
    return {"name": name, "agency_id": key, "span": span(name), "inherited": inherited}


def _section(key: str, number: str, title: str) -> dict:
    return {"id": key, "parent_id": None, "level": 1, "number": number, "title": title, "kind": "heading", "span": span(f"{number}. {title}")}


def _task(key: str, quote: str, **more: object) -> dict:
    empty: dict = {"lead": [], "coordinating": [], "implementing": [], "timeframes": [], "outputs": [], "table": None}
    return {"id": key, "section_id": "s-2", "text": quote, "span": span(quote), **empty, "rule": "tasks.item", "confidence": 0.9, **more}


def _measure(key: str, quote: str, indicator: str, value: float, unit: str) -> dict:
    common = {"id": key, "section_id": "s-1", "text": quote, "span": span(quote), "indicator": indicator, "comparator": "="}
    return {**common, "value": value, "value_max": None, "unit": unit, "timeframes": [], "rule": "targets.clause", "confidence": 0.8}


def _agency(key: str, name: str, mentions: int) -> dict:
    return {"id": key, "name": name, "level": "province", "kind": "department", "parent": None, "mentions": mentions}


def _cell(quote: str) -> dict:
    return {"text": quote, "span": span(quote) if quote else None, "inherited": False}


def plan_data(doc_id: str = "ke-hoach") -> dict:
    """A document with one of everything, as JSON data that a test may change before it is validated."""
    data = TEXT.encode("utf-8")
    dropped = [{"span": span("Trang chủ\n"), "reason": "site-menu"}, {"span": span("Lượt truy cập: 77\n"), "reason": "counter"}]
    first = "Sở Y tế chủ trì, phối hợp với Sở Xây dựng kiểm tra chất lượng nước trước ngày 30/6/2026."
    target = _measure("t-1", "Tỷ lệ hộ dùng nước sạch đạt 95%", "Tỷ lệ hộ dùng nước sạch", 95.0, "%")
    digest = hashlib.sha256(data).hexdigest()
    return {
        "schema_version": "1.0",
        "doc_id": doc_id,
        "genre": "full_text",
        "source": {"path": f"{doc_id}.txt", "media_type": "text/plain", "encoding": "utf-8", "sha256": digest, "site": None},
        "text": {"sha256": digest, "chars": len(TEXT), "kept_chars": len(TEXT) - len("Trang chủ\n") - len("Lượt truy cập: 77\n")},
        "metadata": {
            "doc_type": "Kế hoạch",
            "number": None,
            "issuer": {"name": "Ủy ban nhân dân tỉnh Sông Trăng", "agency_id": None},
            "place": None,
            "issued_on": "2026-03-16",
            "title": "Cấp nước sạch năm 2026",
            "signer": None,
            "signer_title": None,
            "evidence": {"title": span("Cấp nước sạch năm 2026")},
        },
        "sections": [_section("s-1", "I", "MỤC TIÊU"), _section("s-2", "II", "NHIỆM VỤ")],
        "targets": [{**target, "timeframes": [_time("vào năm 2030", "deadline", "2030-12-31")]}],
        "results": [{**_measure("t-2", "Đã lắp 120/400 đồng hồ nước", "đồng hồ nước đã lắp", 120.0, "đồng hồ nước"), "planned": 400.0}],
        "tasks": [
            _task(
                "k-1",
                first,
                lead=[_role("Sở Y tế", "so-y-te")],
                coordinating=[_role("Sở Xây dựng", "so-xay-dung")],
                timeframes=[_time("trước ngày 30/6/2026", "deadline", "2026-06-30", before=True)],
            ),
            _task("k-2", "Rà soát mạng lưới đường ống.", lead=[_role("Sở Y tế", "so-y-te", inherited=True)]),
            _task("k-3", "Lắp đồng hồ", lead=[_role("Sở Xây dựng", "so-xay-dung")], table={"table_id": "b-1", "row": 0}),
        ],
        "agencies": [_agency("so-y-te", "Sở Y tế", 1), _agency("so-xay-dung", "Sở Xây dựng", 2)],
        "references": [
            {
                "id": "r-1",
                "text": "Nghị định số 12/2026/NĐ-CP",
                "span": span("Nghị định số 12/2026/NĐ-CP"),
                "doc_type": "Nghị định",
                "number": "12/2026/NĐ-CP",
                "issued_on": None,
                "issuer": None,
                "relation": "legal_basis",
            }
        ],
        "tables": [
            {
                "id": "b-1",
                "section_id": "s-2",
                "span": span("Nhiệm vụ\nChủ trì\nLắp đồng hồ\nSở Xây dựng"),
                "columns": [{"title": "Nhiệm vụ", "role": "task"}, {"title": "Chủ trì", "role": "lead"}, {"title": "Ghi chú", "role": "note"}],
                "rows": [{"confidence": 0.8, "cells": [_cell("Lắp đồng hồ"), _cell("Sở Xây dựng"), _cell("")]}],
            }
        ],
        "dropped": dropped,
        "diagnostics": [{"code": "date-unparsed", "severity": "warning", "message": "a date was not understood", "span": span("II. NHIỆM VỤ")}],
    }


def plan(data: dict | None = None) -> PlanDocument:
    import json

    return PlanDocument.from_json(json.dumps(data or plan_data()))


class DeadlyPath(PosixPath):
    """A file that ends the process that reads it, as a crash in a native library would."""

    def is_dir(self) -> bool:
        os._exit(9)


def write(folder: Path, document: PlanDocument, text: str = TEXT) -> Path:
    """The two files of a document, as a run would leave them; gives the JSON file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{document.doc_id}.txt").write_bytes(text.encode("utf-8"))
    path = folder / f"{document.doc_id}.json"
    path.write_bytes(document.to_json().encode("utf-8"))
    return path


def stand_in(source, doc_id, path, rules, nlp):
    """In place of the pipeline: an empty document of any text, or the trouble that the text names."""
    from kehoach.api import Extraction

    trouble = {
        "TOO DEEP": RecursionError("deep"),
        "TOO LARGE": MemoryError(),
        "A BUG": KeyError("lead"),
        "DISK FULL": OSError(28, "No space left on device"),
    }
    for word, error in trouble.items():
        if word in source.text:
            raise error
    data = plan_data(doc_id)
    for group in ("sections", "targets", "results", "tasks", "agencies", "references", "tables", "dropped"):
        data[group] = []
    data["metadata"]["evidence"] = {}
    data["diagnostics"] = [
        {"code": "x", "severity": "warning", "message": "x", "span": None},
        {"code": "y", "severity": "info", "message": "y", "span": None},
    ]
    data["source"].update(path=path, media_type=source.media_type, encoding=source.encoding, sha256=source.sha256)
    data["text"] = {"sha256": hashlib.sha256(source.text.encode()).hexdigest(), "chars": len(source.text), "kept_chars": len(source.text)}
    return Extraction(plan(data), source.text)


def without_pipeline(monkeypatch) -> None:
    """Let the public functions work with ``stand_in``, for tests of what stands around extraction."""
    import kehoach.api

    monkeypatch.setattr(kehoach.api, "_extract", stand_in)
    monkeypatch.setattr(kehoach.api, "_load_once", lambda overlay: None)
