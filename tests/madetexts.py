"""Texts made at random of what plans are made of and of what breaks programs, and the check of what comes out."""

import tempfile
import unicodedata
from pathlib import Path

from hypothesis import strategies as st

from kehoach.api import Extraction, _extract
from kehoach.extract.readers.decoding import canonical
from kehoach.extract.readers.plain import empty_note
from kehoach.review.check import check_file
from kehoach.schemas.document import PlanDocument
from kehoach.schemas.stages import SourceText

LETTERHEAD = """ỦY BAN NHÂN DÂN
TỈNH SÔNG TRĂNG
-------

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------

Số: 45/KH-UBND

Sông Trăng, ngày 09 tháng 3 năm 2026

KẾ HOẠCH
Phát triển du lịch nông thôn năm 2026

Thực hiện Nghị quyết số 12-NQ/TU ngày 05/01/2026 của Tỉnh ủy, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

"""
LINES = (
    "I. MỤC TIÊU",
    "II. NHIỆM VỤ, GIẢI PHÁP",
    "III. TỔ CHỨC THỰC HIỆN",
    "1. Hạ tầng số",
    "2. Sở Nội vụ",
    "PHỤ LỤC",
    "Điều 3. Chánh Văn phòng, Giám đốc các sở chịu trách nhiệm thi hành.",
    "- Tỷ lệ hộ dân dùng nước sạch đạt 95% vào năm 2030.",
    "- Tối thiểu 85% hồ sơ được nộp trực tuyến; trên 60% dân số có tài khoản.",
    "- Đào tạo 1.200 công chức, 25-30 tuyến xe buýt, tăng 5% so với năm 2025.",
    "1. Sở Y tế chủ trì, phối hợp với Sở Tài chính, Sở Xây dựng và UBND các xã, phường kiểm tra, hoàn thành trước ngày 30/6/2026.",
    "a) Rà soát, cập nhật danh mục trong quý II/2026.",
    "- Định kỳ hằng quý báo cáo Ủy ban nhân dân tỉnh.",
    "Giao Công an tỉnh, Các Sở: Nội vụ, Tư pháp xây dựng phương án; đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh giám sát.",
    "Đến nay, toàn tỉnh đã gia cố 38/50 km bờ bao, đạt 76% kế hoạch năm.",
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;",
    "TT",
    "Nhiệm vụ",
    "Cơ quan chủ trì",
    "Thời gian hoàn thành",
    "Xây dựng kho dữ liệu dùng chung",
    "Sở Khoa học và Công nghệ",
    "Quý III/2026",
    "| TT | Nhiệm vụ | Chủ trì | Thời gian |",
    "|---|---|---|---|",
    "| 1 | Lắp đồng hồ nước | Sở Xây dựng | Tháng 9/2026 |",
    "Nơi nhận:",
    "- Như Điều 3;",
    "TM. ỦY BAN NHÂN DÂN",
    "CHỦ TỊCH",
    "Trang chủ",
    "Số lượt truy cập: 2.345.678",
    "",
    " ",
    "\xa0",
)
# Signs that mean something to some stage, or to no stage at all.
ODD = "\x00\x01\x07\x0b\x0c\x1b\x1f\x7f\x85\xa0\xad\u0300\u0301\u0323\u200b\u200d\u202e\u2028\u2029\u2066\ufeff\ufffd\U000e0001😀١²½ǅﬁ"
junk = st.text(st.one_of(st.sampled_from(ODD + " \n\t.,;:()-|*#0123456789IVXaăâđêôơưSởBộ%/"), st.characters(exclude_categories=["Cs"])), max_size=40)
lines = st.one_of(st.sampled_from(LINES), st.sampled_from(LINES), junk)


@st.composite
def texts(draw):
    """A text of up to forty lines, with or without a letterhead, cut anywhere."""
    body = draw(st.lists(st.one_of(lines, st.tuples(lines, junk, lines).map("".join)), max_size=40))
    text = draw(st.sampled_from(("", LETTERHEAD))) + draw(st.sampled_from(("\n", "\n", "\n\n", "\r\n", " "))).join(body)
    return text[: draw(st.integers(0, len(text)))] if draw(st.booleans()) else text


def extraction_of(text: str) -> Extraction:
    """The document of a string with its canonical text, as ``extract_text`` makes it."""
    clean = canonical(text)
    return _extract(SourceText(clean, "text/plain", "utf-8", "0" * 64, notes=empty_note(clean)), "made", "made.txt", None, None)


def faults(extraction: Extraction) -> list[str]:
    """Everything that breaks the contract: positions, text, dropped ranges, ids, form."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "made.txt").write_bytes(extraction.text.encode("utf-8"))
        Path(folder, "made.json").write_bytes(extraction.document.to_json().encode("utf-8"))
        return [str(fault) for fault in check_file(Path(folder, "made.json"), "made.json")]


def ids(document: PlanDocument) -> list[str]:
    """The ids of all records that may be pointed at from elsewhere."""
    groups = (document.sections, document.targets, document.results, document.tasks, document.references, document.tables)
    return [record.id for group in groups for record in group]


def said(document: PlanDocument) -> list[object]:
    """All that a document says, without positions and with single blanks: the same for the same words however they are encoded."""
    return [
        _said(document.model_dump(mode="json", include={"metadata", "sections", "targets", "results", "tasks", "agencies", "references", "tables"}))
    ]


def _said(value: object) -> object:
    if isinstance(value, dict):
        return {key: _said(item) for key, item in value.items() if key not in {"span", "evidence"}}
    if isinstance(value, list):
        return [_said(item) for item in value]
    return " ".join(unicodedata.normalize("NFC", value).split()) if isinstance(value, str) else value
