"""One plan in the text formats, whole and damaged: the records are those of the plain text."""

import officedocs
import pytest

from kehoach import extract_text
from kehoach.api import extract_bytes


def facts(data, name):
    return officedocs.facts(extract_bytes(data, name, doc_id="plan", path=name).document)


@pytest.fixture(scope="module")
def plain():
    found = facts(officedocs.as_txt(), "plan.txt")
    assert found["tasks"] and found["targets"]
    return found


@pytest.mark.parametrize(("make", "name"), [(officedocs.as_md, "plan.md"), (officedocs.as_html, "plan.html")])
def test_a_plan_says_the_same_in_every_text_format(plain, make, name):
    assert facts(make(), name) == plain


DAMAGED = [
    ("letters lost", "1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ công khai, minh bch, hiu quả việc cấp phép trước ngày 30/6/2026."),
    ("words of a segmenter", "1. Sở Y_tế chủ_trì , phối_hợp với Sở Nội_vụ công_khai , minh_bạch việc cấp phép trước ngày 30/6/2026 ."),
    ("glued words", "1. Sở Y tế chủ trì,phối hợp với Sở Nội vụ công khai việc cấp phép trước ngày30/6/2026."),
    ("old tone marks", "1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ hoà giải, uỷ thác việc cấp phép trước ngày 30/6/2026."),
]


@pytest.mark.parametrize("line", [row[1] for row in DAMAGED], ids=[row[0] for row in DAMAGED])
def test_damaged_text_tells_the_same(line):
    (task,) = extract_text(f"KẾ HOẠCH\nVề cấp phép\nI. NHIỆM VỤ\n{line}\n").tasks
    assert [agency.name for agency in task.lead] == ["Sở Y tế"]
    assert [agency.name for agency in task.coordinating] == ["Sở Nội vụ"]
    assert [str(time.end) for time in task.timeframes] == ["2026-06-30"]
    assert task.text in " ".join(line.split())
