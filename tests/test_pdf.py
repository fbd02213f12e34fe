"""PDF files with a text layer: reading order, page furniture, tables over page ends, fonts of old encodings."""

import contextlib
from itertools import pairwise

import officedocs
import pdfmaking
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach.api import extract_bytes
from kehoach.extract.readers import read_bytes
from kehoach.extract.readers.pdf_columns import reading_order
from kehoach.extract.readers.pdf_page import Line, Word
from kehoach.schemas.errors import ReadError

pytest.importorskip("pdfplumber")

BASES = {
    "pdf": officedocs.as_pdf(officedocs.PLAN[:8]),
    "docx": officedocs.as_docx(officedocs.PLAN[:8]),
    "odt": officedocs.as_odt(officedocs.PLAN[:8]),
}

WORDS = [
    "rà",
    "soát",
    "quy",
    "hoạch",
    "mạng",
    "lưới",
    "đường",
    "ống",
    "nước",
    "sạch",
    "nông",
    "thôn",
    "vùng",
    "cao",
    "biên",
    "giới",
    "hải",
    "đảo",
    "trung",
    "du",
    "đồng",
    "bằng",
    "ven",
    "biển",
]


@pytest.fixture(scope="module")
def plan():
    return read_bytes(officedocs.as_pdf(), "ke-hoach.pdf")


def _sentence(number):
    """A sentence of two lines, another one for each number."""
    return "Các cơ quan " + " ".join(WORDS[(number * 7 + 3 * place * (1 + number // 24)) % len(WORDS)] for place in range(25)) + "."


def _dropped(source):
    return [(drop.span.of(source.text), drop.reason) for drop in source.dropped]


def _kept(source):
    gone = {text for text, _ in _dropped(source)}
    return [line for line in source.text.split("\n") if line not in gone]


def _cells(source, grid):
    return [[cell.span.of(source.text) if cell.span else None for cell in row] for row in source.grids[grid].rows]


def test_the_plan_says_the_same_as_its_text():
    text = extract_bytes(officedocs.as_txt(), "a.txt", doc_id="a", path="a.txt").document
    pdf = extract_bytes(officedocs.as_pdf(), "a.pdf", doc_id="a", path="a.pdf").document
    assert officedocs.facts(pdf) == officedocs.facts(text)
    assert pdf.metadata.number == text.metadata.number == "87/KH-UBND"
    assert pdf.metadata.signer == text.metadata.signer


def test_every_position_has_its_page(plan):
    pdf = extract_bytes(officedocs.as_pdf(), "a.pdf", doc_id="a", path="a.pdf").document
    pages = [task.span.page for task in pdf.tasks]
    assert pages[0] == 1 and pages[-1] == max(pages) > 1 and pages == sorted(pages)
    assert plan.page_starts[0] == 0 and len(plan.page_starts) > 1
    assert all(left <= right for left, right in pairwise(plan.page_starts))


def test_paragraphs_stand_on_one_line_and_words_are_whole(plan):
    for part in officedocs.PLAN:
        if isinstance(part, officedocs.Para):
            assert part.text in plan.text.split("\n")


def test_columns_without_rules_are_read_one_after_the_other(plan):
    letterhead, signature = officedocs.PLAN[0], officedocs.PLAN[-1]
    assert plan.text.startswith("\n".join((*letterhead.left, *letterhead.right)))
    assert "\n".join((*signature.left, *signature.right)) in plan.text


def test_tables_are_grids_with_merged_cells(plan):
    assert len(plan.grids) == 2
    assert _cells(plan, 0) == list(map(list, officedocs._filled(officedocs.TASKS)))
    merged = plan.grids[0].rows[2][4]
    assert merged.inherited and not plan.grids[0].rows[1][4].inherited


def test_a_table_over_pages_is_one_and_its_repeated_header_is_dropped():
    rows = (("STT", "Nhiệm vụ"), *((str(n), f"Kiểm tra trạm số {n} và báo cáo kết quả bằng văn bản") for n in range(1, 60)))
    sheet = pdfmaking.Sheet()
    sheet.table(rows, (1, 6))
    source = read_bytes(sheet.pdf(), "a.pdf")
    assert len(source.page_starts) == 2
    assert _cells(source, 0) == list(map(list, rows))
    assert ("STT Nhiệm vụ", "repeated-table-header") in _dropped(source)


def test_a_row_over_a_page_end_is_one():
    sheet = pdfmaking.Sheet(numbers=False)
    first, rest = "Rà soát toàn bộ các trạm bơm", "đang hoạt động và lập danh mục cần thay thế"
    sheet.y = 700
    sheet.table((("STT", "Nhiệm vụ"), ("1", "Lập kế hoạch"), ("2", first)), (1, 4))
    sheet._page()
    sheet.table((("", rest), ("3", "Báo cáo")), (1, 4))
    source = read_bytes(sheet.pdf(), "a.pdf")
    assert [row[1] for row in _cells(source, 0)] == ["Nhiệm vụ", "Lập kế hoạch", f"{first} {rest}", "Báo cáo"]


@pytest.mark.parametrize("pages", [3, 7])
def test_headers_and_page_numbers_are_dropped_with_a_reason(pages):
    sheet = pdfmaking.Sheet(header="Kế hoạch phân loại rác - Tỉnh Hà Sơn")
    sentences = []
    while len(sheet.pages) < pages:
        sentences.append(_sentence(len(sentences)))
        sheet.paragraph(sentences[-1])
    source = read_bytes(sheet.pdf(), "a.pdf")
    reasons = [reason for _, reason in _dropped(source)]
    assert reasons.count("page-header") == reasons.count("page-number") == pages
    assert _kept(source) == sentences


def test_a_paragraph_over_a_page_end_is_one_line():
    sheet = pdfmaking.Sheet()
    sentences = []
    while len(sheet.pages) < 2 or sheet.y < 150:
        sentences.append(_sentence(len(sentences)))
        sheet.paragraph(sentences[-1])
    assert _kept(read_bytes(sheet.pdf(), "a.pdf")) == sentences


def test_numbers_at_page_edges_that_do_not_count_pages_stay():
    sheet = pdfmaking.Sheet(numbers=False)
    for number in (17, 80, 5):
        sheet.put(70, 800, str(number))
        sheet.y = 200
        sheet.paragraph(_sentence(number))
        sheet._page()
    assert not _dropped(read_bytes(sheet.pdf(), "a.pdf"))


def _line(y, *words):
    return Line([Word(text, x, x + 6 * len(text), 12, False) for text, x in words], y, y + 12)


def test_a_page_of_two_columns_is_read_column_by_column():
    lines = [_line(100 + 15 * n, (f"trái{n}", 70), ("chữ", 110), (f"phải{n}", 320), ("chữ", 370)) for n in range(6)]
    text = [line.text for run in reading_order(lines) for line in run]
    assert text == [f"trái{n} chữ" for n in range(6)] + [f"phải{n} chữ" for n in range(6)]


def test_a_gap_after_a_number_is_no_column():
    lines = [_line(100 + 15 * n, (f"{n}.", 70), ("Nhiệm", 130), ("vụ", 170)) for n in range(1, 4)]
    assert len(reading_order(lines)) == 1


def test_marks_drawn_over_letters_are_composed():
    sheet = pdfmaking.Sheet(numbers=False)
    sheet.put(70, 100, "Kê\u0301 hoa\u0323ch")
    assert read_bytes(sheet.pdf(), "a.pdf").text == "Kế hoạch"


@pytest.mark.parametrize(
    ("font", "printed", "expected"),
    [
        (".VnTime", "KÕ ho¹ch n©ng cao chÊt l­îng", "Kế hoạch nâng cao chất lượng"),
        (".VnTimeH", "KÕ ho¹ch", "KẾ HOẠCH"),
        ("VNI-Times", "Keá hoaïch naâng cao chaát löôïng", "Kế hoạch nâng cao chất lượng"),
        ("Times-Roman", "Café Brontë £5", "Café Brontë £5"),
    ],
)
def test_old_fonts_are_told_by_their_name(font, printed, expected):
    sheet = pdfmaking.Sheet(numbers=False)
    sheet.put(70, 100, printed)
    assert read_bytes(sheet.pdf(font=font), "a.pdf").text == expected


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"%PDF-1.5\n" + b"\x00broken" * 50, "a.pdf", "no readable PDF"),
        (officedocs.as_pdf()[:2000], "a.pdf", "PDF"),
    ],
)
def test_what_is_no_whole_pdf_is_one_clear_error(data, name, said):
    with pytest.raises(ReadError, match=said):
        read_bytes(data, name)


def test_a_pdf_under_another_name_is_read():
    assert read_bytes(officedocs.as_pdf(), "a.txt").media_type == "application/pdf"


@pytest.mark.parametrize(("data", "kind"), [("Kế hoạch năm 2026".encode(), "text/plain"), (officedocs.as_html(), "text/html")])
def test_what_is_called_a_pdf_and_is_text_is_read_as_text(data, kind):
    assert read_bytes(data, "a.pdf").media_type == kind


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_whatever_is_broken_is_text_or_one_clear_error(data):
    whole = bytearray(BASES[kind := data.draw(st.sampled_from(sorted(BASES)))])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.sampled_from([0, 1, 40]))] = data.draw(st.binary(max_size=8))
    with contextlib.suppress(ReadError):
        source = read_bytes(bytes(whole), f"a.{kind}")
        assert all(0 <= start <= len(source.text) for start in source.page_starts)
        assert all(cell.span is None or cell.span.end <= len(source.text) for grid in source.grids for row in grid.rows for cell in row)
