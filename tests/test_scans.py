"""Pictures of pages: recognised where there is no text, with their confidence; limits of pictures."""

import io
import subprocess
from collections import Counter

import officedocs
import pdfmaking
import pytest

from kehoach.extract.readers import ocr, read_bytes
from kehoach.extract.readers.office import find_office
from kehoach.schemas.errors import ReadError

Image = pytest.importorskip("PIL.Image")
pdfium = pytest.importorskip("pypdfium2")
needs_tesseract = pytest.mark.skipif(
    ocr.find_tesseract() is None, reason="tesseract is not installed (apt-get install tesseract-ocr tesseract-ocr-vie)"
)
needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed (apt-get install libreoffice-writer-nogui)")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The plan, printed and scanned at 300 dpi."""
    folder = tmp_path_factory.mktemp("scan")
    (folder / "plan.docx").write_bytes(officedocs.as_docx())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [find_office(), profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "plan.docx"],
        check=True,
        capture_output=True,
        timeout=100,
    )
    document = pdfium.PdfDocument((folder / "plan.pdf").read_bytes())
    return [page.render(scale=300 / 72, grayscale=True).to_pil() for page in document]


def _as_pdf(images):
    stream = io.BytesIO()
    images[0].save(stream, "PDF", save_all=True, append_images=images[1:], resolution=300)
    return stream.getvalue()


def _as_png(image):
    stream = io.BytesIO()
    image.save(stream, "PNG", dpi=(300, 300))
    return stream.getvalue()


def _f1(text, expected):
    found, wanted = Counter(text.split()), Counter(expected.split())
    return 2 * (found & wanted).total() / (found.total() + wanted.total())


@needs_tesseract
@needs_office
def test_a_scan_is_read(pages):
    source = read_bytes(_as_pdf(pages), "scan.pdf")
    assert _f1(source.text, "\n".join(officedocs.lines())) >= 0.97
    assert source.encoding == "ocr" and len(source.page_starts) == len(pages)
    note = next(note for note in source.notes if note.code == "scanned-page")
    assert "mean word confidence 9" in note.message and note.severity == "info"
    tables = [
        [[cell.span.of(source.text) if cell.span else None for cell in row] for row in grid.rows] for grid in source.grids if len(grid.rows) > 2
    ]
    assert [len(table) for table in tables] == [7, 4]
    assert tables[1][1][2:] == ["60%", "95%"]


@needs_tesseract
@needs_office
def test_a_picture_is_a_page(pages):
    top = pages[0].crop((0, 0, pages[0].width, pages[0].height // 4))
    source = read_bytes(_as_png(top), "trang.png")
    assert source.media_type == "image/png" and "KẾ HOẠCH" in source.text


@needs_tesseract
def test_an_empty_picture_is_an_empty_document():
    source = read_bytes(_as_png(Image.new("L", (600, 800), 255)), "a.png")
    assert not source.text and {note.code for note in source.notes} == {"scanned-page", "empty-text"}


@needs_tesseract
def test_a_huge_picture_is_refused_before_it_is_unpacked():
    data = _as_png(Image.new("1", (20_000, 20_000), 1))
    assert len(data) < 1_000_000
    with pytest.raises(ReadError, match="pixels"):
        read_bytes(data, "a.png")


@needs_tesseract
@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"\xff\xd8\xff\xe0" + b"\x00" * 50])
def test_a_broken_picture_is_one_clear_error(data):
    with pytest.raises(ReadError, match="no readable picture"):
        read_bytes(data, "a.png")


def test_without_tesseract_the_error_says_what_to_do(monkeypatch):
    monkeypatch.setattr(ocr, "find_tesseract", lambda: None)
    blank = Image.new("L", (1000, 1400), 255)
    for data, name in ((_as_png(blank), "a.png"), (_as_pdf([blank]), "a.pdf")):
        with pytest.raises(ReadError, match="tesseract-ocr-vie"):
            read_bytes(data, name)


def test_text_is_never_recognised(monkeypatch):
    monkeypatch.setattr(ocr, "find_tesseract", lambda: pytest.fail("a page with text was taken for a scan"))
    sheet = pdfmaking.Sheet()
    sheet.paragraph("Kế hoạch cải tạo mạng lưới cấp nước sạch nông thôn năm 2026")
    assert read_bytes(sheet.pdf(), "a.pdf").encoding is None
