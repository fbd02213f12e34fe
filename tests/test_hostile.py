"""Whatever the input holds: no exception, nothing lost, every quote in its place, and no more time than its length asks for."""

import contextlib
import random
import time
import unicodedata
from pathlib import Path

import patterns
import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from madetexts import LETTERHEAD, LINES, extraction_of, faults, ids, said, texts

import kehoach.rules
from kehoach.api import extract_file
from kehoach.batch.discovery import find_inputs
from kehoach.batch.folder import extract_folder
from kehoach.batch.worker import Settings, extract_job
from kehoach.extract.pipeline import load_all
from kehoach.schemas.errors import KehoachError, RuleError

SAMPLES = Path(__file__).parents[1] / "samples"
CORPUS = Path(__file__).parents[1] / "fuzz" / "corpus"
TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt")) + sorted(SAMPLES.glob("*.md"))}
PLAN = LETTERHEAD + "\n".join(LINES[:14])
made = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


# --- properties of any text ----------------------------------------------------------------


@made
@given(texts())
@example("")
@example("\ufeff\n")
@example("| | |\n|---|---|\n| a |")
@example("I.\nII.\nIII.")
@example("**" * 99)
def test_any_text_gives_a_document_that_keeps_the_contract(text):
    extraction = extraction_of(text)
    assert faults(extraction) == []
    dropped = sum(item.span.end - item.span.start for item in extraction.document.dropped)
    assert extraction.document.text.kept_chars + dropped == len(extraction.text) == extraction.document.text.chars


@made
@given(st.text(max_size=400))
def test_any_string_at_all_gives_a_document(text):
    assert faults(extraction_of(text.encode("utf-8", "replace").decode("utf-8"))) == []


@made
@given(texts())
def test_sections_are_a_tree_in_the_order_of_the_text(text):
    sections = extraction_of(text).document.sections
    seen = {}
    for section in sections:
        assert section.parent_id is None or section.parent_id in seen
        assert section.level == (1 if section.parent_id is None else seen[section.parent_id] + 1)
        seen[section.id] = section.level
    starts = [section.span.start for section in sections]
    assert starts == sorted(starts)


@made
@given(texts())
def test_extraction_is_a_function_of_the_text(text):
    assert extraction_of(text).document.to_json() == extraction_of(text).document.to_json()


@made
@given(texts())
def test_decomposed_letters_say_the_same(text):
    assert said(extraction_of(unicodedata.normalize("NFD", text)).document) == said(extraction_of(unicodedata.normalize("NFC", text)).document)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("share", [0.05, 0.5, 1.0])
def test_no_break_spaces_between_words_say_the_same(name, share):
    """Only inside lines: a line that holds nothing but one says that a table cell is empty."""
    drawn = random.Random(7)
    words = TEXTS[name]
    inner = [place for place in range(1, len(words) - 1) if words[place] == " " and words[place - 1].isalnum() and words[place + 1].isalnum()]
    chosen = {place for place in inner if drawn.random() < share}
    sprinkled = "".join("\xa0" if place in chosen else char for place, char in enumerate(words))
    assert said(extraction_of(sprinkled).document) == said(extraction_of(words).document)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems_say_the_same(name, ending):
    plain, other = extraction_of(TEXTS[name]), extraction_of(TEXTS[name].replace("\n", ending))
    assert other.text == plain.text and other.document.to_json() == plain.document.to_json()


@pytest.mark.parametrize("sign", ["\u200b", "\u200e", "\u202e", "\u2066", "\xad", "\u200d"])
def test_invisible_and_turning_signs_do_no_harm(sign):
    drawn = random.Random(3)
    words = "".join(char + (sign if drawn.random() < 0.1 else "") for char in PLAN)
    extraction = extraction_of(words)
    assert faults(extraction) == [] and len(extraction.document.sections) >= 2


@made
@given(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=30, unique=True), st.lists(st.sampled_from(LINES[:16]), min_size=1, max_size=8, unique=True)
)
def test_text_after_the_end_leaves_the_ids_of_earlier_tasks_and_targets_alone(lines, more):
    """The ids of tasks and targets hang on their words alone; with an appendix behind the text they are the same, in the same order."""
    text = LETTERHEAD + "\n".join([*lines, "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Mai Quốc Khánh"])
    before = extraction_of(text).document
    after = extraction_of("\n".join([text, "", "PHỤ LỤC", "DANH MỤC NHIỆM VỤ", "", *more])).document
    for group in ("tasks", "targets", "results", "references"):
        old, new = ([record.id for record in getattr(document, group)] for document in (before, after))
        assert new[: len(old)] == old


@pytest.mark.parametrize("name", TEXTS)
def test_text_after_a_sample_leaves_its_ids_alone(name):
    before = extraction_of(TEXTS[name]).document
    after = extraction_of(TEXTS[name].rstrip() + "\n\n9. Sở Nội vụ chủ trì lập danh sách cán bộ trước ngày 30/11/2026.\n").document
    assert set(ids(before)) <= set(ids(after))


def test_the_order_of_files_does_not_matter(tmp_path):
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    jobs = find_inputs([tmp_path]).jobs
    outs = []
    for number, order in enumerate((jobs, jobs[::-1])):
        out = tmp_path / f"out{number}"
        out.mkdir()
        for job in order:
            extract_job(job, Settings(out=out))
        outs.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert outs[0] == outs[1] and len(outs[0]) == 2 * len(TEXTS)


# --- what fuzzing has found ----------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()) if CORPUS.is_dir() else [], ids=lambda path: path.name)
def test_the_corpus_of_the_fuzzer(path, tmp_path):
    """Every file is read as each of the formats that read text."""
    for suffix in (".txt", ".md", ".html"):
        copy = tmp_path / f"made{suffix}"
        copy.write_bytes(path.read_bytes())
        try:
            document = extract_file(copy)
        except KehoachError:
            continue
        assert document.text.chars >= 0


# --- size ----------------------------------------------------------------------------------

SHORT, LONG = 10_000, 40_000
TASK = "\nII. NHIỆM VỤ\n1. Sở Y tế chủ trì, phối hợp với Sở Xây dựng kiểm tra trước ngày 30/6/2026"


def seconds(text: str) -> float:
    started = time.process_time()
    extraction_of(text)
    return time.process_time() - started


def holds(unit: str, length: int) -> str:
    return LETTERHEAD + "I. MỤC TIÊU\nTỷ lệ đạt 95%" + unit * (length // len(unit)) + TASK + unit * (length // len(unit) // 4) + " giao Sở Y tế"


@pytest.mark.parametrize("unit", [*patterns.RUNS, *(f"{line} " for line in LINES if line.strip()), *(f"{line}\n" for line in LINES if line.strip())])
def test_a_long_run_of_anything_takes_time_in_proportion(unit):
    """Four times the text may take seven times as long: growth by the square would take sixteen times."""
    extraction_of(PLAN)
    once = seconds(holds(unit, SHORT))
    assert seconds(holds(unit, LONG)) < 7 * once + 0.5


@pytest.mark.parametrize(
    ("rows", "columns"), [(3, 10_000), (3_000, 8), (1, 30_000)], ids=["ten thousand columns", "three thousand rows", "one row of thirty thousand"]
)
@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_tables_of_any_size(rows, columns, suffix, tmp_path):
    cells = ["Nhiệm vụ", "Cơ quan chủ trì", *(f"c{n}" for n in range(columns - 2))]
    if suffix == ".md":
        table = "\n".join(["| " + " | ".join(cells) + " |", "|" + "---|" * columns, *("| " + " | ".join("x" * columns) + " |" for _ in range(rows))])
    else:
        table = (
            "<table>"
            + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (cells, *(["x"] * columns,) * rows))
            + "</table>"
        )
    path = tmp_path / f"bang{suffix}"
    path.write_text(f"{PLAN}\n\n{table}\n\nNơi nhận:\n", "utf-8")
    started = time.process_time()
    assert extract_file(path).text.chars > columns
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 5_000 + "Sở Y tế",
        "<table><tr><td>" * 600 + "Sở Y tế",
        "<table><tr><td rowspan=100000 colspan=100000>x</td></tr></table>",
        "<ul><li>" * 2_000 + "x",
        "<p>" + "&lt;" * 50_000,
        "<" * 100_000,
        "<!--" + "-" * 100_000,
        "<script>" + "x" * 100_000,
        '<p style="' + "a" * 100_000 + '">x</p>',
    ],
    ids=["deep", "tables in tables", "wide spans", "lists", "entities", "brackets", "comment", "script", "attribute"],
)
def test_hostile_pages(page, tmp_path):
    path = tmp_path / "trang.html"
    path.write_text(f"<html><body><p>Giao Sở Y tế chủ trì.</p>{page}</body></html>", "utf-8")
    started = time.process_time()
    extract_file(path)
    assert time.process_time() - started < 15


# --- rules and names -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "&a [*a]",
        "a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]",
        "!!python/object/apply:os.system ['true']",
        "rules: [{id: roles.x, label: coordinate, pattern: '(?:a|aa)+$', examples: [aaaa]}]",
        "rules: [{id: roles.x, label: coordinate, pattern: '" + "(" * 500 + "'}]",
        "rules: [{id: roles.x, label: coordinate, terms: [" + "[" * 500 + "]}]",
        "rules: 7",
        "rules: [7]",
        "rules: [{id: [1], label: coordinate, terms: [a]}]",
        "rules: [{id: roles.x, label: coordinate, terms: a}]",
        "rules: [{id: roles.x, label: coordinate, pattern: 7}]",
        "\x00",
        "[" * 3_000,
    ],
    ids=[
        "cycle",
        "billion laughs",
        "code",
        "slow",
        "brackets",
        "deep list",
        "number",
        "list of numbers",
        "list as id",
        "text as terms",
        "number as pattern",
        "nul",
        "deep",
    ],
)
def test_hostile_rule_files_are_refused(body, tmp_path):
    (tmp_path / "roles.yaml").write_text(body, "utf-8")
    path = tmp_path / "a.txt"
    path.write_text("Giao Sở Y tế chủ trì.", "utf-8")
    with pytest.raises(RuleError):
        extract_file(path, rules=tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "..txt",
        "...",
        "-rf.txt",
        "a\nb.txt",
        "a\x1b[2Jb.txt",
        "%00.txt",
        "con.txt",
        "a" * 240 + ".txt",
        "🦊.txt",
        "e\u0301.txt",
        "a;rm b.txt",
        "$(x).txt",
    ],
)
def test_a_file_name_is_only_a_name(name, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_text("Giao Sở Y tế chủ trì lập danh sách.", "utf-8")
    result = extract_folder(tmp_path / "in")
    jobs = find_inputs([tmp_path / "in"]).jobs
    out = tmp_path / "out"
    out.mkdir()
    for job in jobs:
        extract_job(job, Settings(out=out))
    assert len(result) + len(result.failures) + len(result.skipped) <= 1
    assert sorted(path.parent for path in tmp_path.rglob("*.json")) == [out] * len(jobs)


RULES = Path(kehoach.rules.__file__).parent
SHAPES = (7, [7], {"x": 7}, {"x": [7]})


@pytest.mark.parametrize("name", sorted(path.name for path in RULES.glob("*.yaml")))
def test_rule_files_of_another_shape_are_refused_or_without_effect(name, tmp_path):
    keys = yaml.safe_load((RULES / name).read_text("utf-8"))
    for body in (7, [1], {"x": 1}, "a", None, *({key: shape} for key in keys for shape in SHAPES)):
        (tmp_path / name).write_text(yaml.safe_dump(body), "utf-8")
        with contextlib.suppress(RuleError):
            load_all(tmp_path)
