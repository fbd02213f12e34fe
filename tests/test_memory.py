"""How memory grows with the text: the longest text that is read has to stay under 1.5 GB, whatever it is."""

import subprocess
import sys
from pathlib import Path

import pytest

from kehoach.api import extract_bytes
from kehoach.extract.pipeline import MAX_CELLS
from kehoach.extract.readers import MAX_CHARS
from kehoach.schemas.errors import ReadError

_PEAK = """
import sys
from kehoach.api import extract_bytes
kind, size, kept = sys.argv[1], int(sys.argv[2]), 0
lines = ["# KẾ HOẠCH", "Về cấp phép", "", "## I. NHIỆM VỤ", ""]
task = "- Sở Y tế chủ trì, phối hợp với Sở Nội vụ rà soát danh mục số {0}, đạt {1}% vào năm 2027; hoàn thành trước ngày {2}/6/2026."
row = "| {0} | Rà soát danh mục số {0} | Sở Y tế | Sở Nội vụ, Sở Tài chính | Tháng {1}/2026 |"
if kind == "table":
    lines += ["| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |", "|---|---|---|---|---|"]
while kept < size:
    number = len(lines)
    if kind == "table":
        lines.append(row.format(number, number % 12 + 1))
    else:
        lines.append(f"{number}. Nhóm việc {number}" if number % 12 == 0 else task.format(number, number % 90 + 10, number % 28 + 1))
    kept += len(lines[-1]) + 1
document = extract_bytes("\\n".join(lines).encode(), "plan.md", doc_id="plan", path="plan.md").document
assert len(document.tasks) > size // 200
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
# kB: the program with its rules; the bound. Characters in a row of the table, and its cells.
_START, _MOST, _ROW, _CELLS = 100_000, 1_500_000, 85, 5


def peak(kind, size):
    command = [sys.executable, "-c", _PEAK, kind, str(size)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout)


def grown(kind):
    """kB for a character."""
    small, large = 100_000, 300_000
    return (peak(kind, large) - peak(kind, small)) / (large - small)


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="the peak of a process is read from /proc")
def test_memory_grows_no_faster_than_the_largest_document_allows():
    tables = MAX_CELLS / _CELLS * _ROW
    assert _START + grown("table") * tables + grown("prose") * (MAX_CHARS - tables) < _MOST


def test_larger_tables_are_refused(monkeypatch):
    monkeypatch.setattr("kehoach.extract.pipeline.MAX_CELLS", 10)
    table = "| TT | Nhiệm vụ | Chủ trì |\n|---|---|---|\n" + "".join(f"| {n} | Rà soát danh mục {n} | Sở Y tế |\n" for n in range(1, 6))
    with pytest.raises(ReadError, match="tables of 15 cells, more than 10: split it"):
        extract_bytes(table.encode(), "plan.md", doc_id="plan", path="plan.md")
