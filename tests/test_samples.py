"""The samples, one of each genre, give the JSON that stands beside them ('make golden' rewrites it)."""

import json
from pathlib import Path

import golden
import pytest

from kehoach.api import extract_bytes
from kehoach.batch.discovery import find_inputs
from kehoach.review.check import check_file
from kehoach.schemas.document import PlanDocument

FOLDER = Path(__file__).parents[1] / "samples"
JOBS = find_inputs([FOLDER]).jobs
GENRES = {
    "bai-bao-nuoc-sach": "news_article",
    "diem-tin-chi-dao-dieu-hanh": "news_digest",
    "hoi-nghi-so-ket-tieu-hoc": "meeting_report",
    "quyet-dinh-chuyen-doi-so": "full_text",
    "thong-tu-luu-tru": "other",
}


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.doc_id)
def test_a_sample_gives_its_expected_json(job, tmp_path):
    extraction = extract_bytes(job.file.read_bytes(), job.file.name, doc_id=job.doc_id, path=job.path)
    actual = extraction.document.to_json()
    (tmp_path / f"{job.doc_id}.txt").write_bytes(extraction.text.encode("utf-8"))
    (tmp_path / f"{job.doc_id}.json").write_bytes(actual.encode("utf-8"))
    assert check_file(tmp_path / f"{job.doc_id}.json", job.path) == []
    golden.compare_or_write(FOLDER / f"{job.doc_id}.json", actual)


def test_there_is_one_sample_of_each_genre():
    expected = {path.stem: PlanDocument.from_json(path.read_bytes()).genre for path in FOLDER.glob("*.json")}
    assert expected == GENRES == {job.doc_id: GENRES[job.doc_id] for job in JOBS}


def test_the_readme_shows_what_comes_out():
    document = json.loads((FOLDER / "quyet-dinh-chuyen-doi-so.json").read_text("utf-8"))
    task = next(task for task in document["tasks"] if task["text"].startswith("Chủ trì, phối hợp với Văn phòng"))
    fields = ",\n".join(f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in task.items())
    readme = FOLDER.parent / "README.md"
    told = readme.read_text("utf-8")
    begin, end = told.index("```json\n") + len("```json\n"), told.index("\n```", told.index("```json"))
    expected = f"{told[:begin]}{{\n{fields}\n}}{told[end:]}"
    golden.compare_or_write(readme, expected)
