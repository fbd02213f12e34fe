"""What kind of page a text is."""

import json
from pathlib import Path

import pytest
from structure import view_of

from kehoach.extract.metadata import load_metadata_rules, read_metadata
from kehoach.extract.references import load_reference_rules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText, Dropped, SourceText

RULES, REFERENCES = load_metadata_rules(), load_reference_rules()
SHARED = Path(__file__).resolve().parents[2] / "shared"

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
HEAD = f"ỦY BAN NHÂN DÂN\nTỈNH AN HẢI\n\n{MOTTO}\nSố: 5/{{code}}-UBND\n\nAn Hải, ngày 3 tháng 2 năm 2021\n\n"


def clean(text, dropped=()):
    gone = tuple(Dropped(Span(*span), "site-menu") for span in dropped)
    return CleanText(SourceText(text, "text/plain", "utf-8", "0" * 64), gone, view_of(text, gone))


def genre(text):
    return read_metadata(clean(text), RULES, REFERENCES).genre


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # instruments that assign work
        (HEAD.format(code="KH") + "KẾ HOẠCH\nPhòng, chống lụt bão năm 2021\n\nI. MỤC ĐÍCH", "full_text"),
        (HEAD.format(code="CT") + "CHỈ THỊ\nVề việc tăng cường quản lý đất đai", "full_text"),
        (HEAD.format(code="QĐ") + "QUYẾT ĐỊNH\nBan hành Kế hoạch trồng rừng năm 2021\n\nCăn cứ Luật A", "full_text"),
        (HEAD.format(code="TB") + "THÔNG BÁO\nKết luận của Chủ tịch Ủy ban nhân dân tỉnh tại cuộc họp", "full_text"),
        (f"UBND TỈNH AN HẢI\nSỞ Y TẾ\n{MOTTO}Số: 15/SYT-NVY\nV/v tiêm chủng\n\nKính gửi: Ủy ban nhân dân các huyện", "full_text"),
        # and those that do not
        (HEAD.format(code="QĐ") + "QUYẾT ĐỊNH\nBan hành Quy chế làm việc của Ủy ban nhân dân tỉnh\n\nCăn cứ Luật A", "other"),
        (HEAD.format(code="TB") + "THÔNG BÁO\nKết quả thẩm định thiết kế công trình", "other"),
        (f"BỘ Y TẾ\n{MOTTO}Số: 3/2021/TT-BYT\nTHÔNG TƯ\nQuy định về hồ sơ bệnh án", "other"),
        (f"CHÍNH PHỦ\n{MOTTO}Số: 30/2021/NĐ-CP\nNGHỊ ĐỊNH\nQuy định chi tiết Luật A", "other"),
        (f"QUỐC HỘI\n{MOTTO}Luật số: 30/2021/QH15\nLUẬT\nCƯ TRÚ\n\nĐiều 1. Phạm vi", "other"),
        # instruments without their head
        ("Kế hoạch trồng rừng năm 2021\nCăn cứ Nghị quyết số 5/NQ-CP, Ủy ban lập kế hoạch.\nI. MỤC TIÊU\nII. NHIỆM VỤ\n", "full_text"),
        ("I- MỤC TIÊU, YÊU CẦU\n1. Bảo đảm A\nII- NỘI DUNG\nGiao Sở B thực hiện.", "full_text"),
        ("Trân trọng giới thiệu toàn văn Nghị quyết số 5-NQ/TW:\nI- QUAN ĐIỂM\nII- MỤC TIÊU", "full_text"),
        # news
        ("Trồng thêm rừng\n\nABC - Phó Chủ tịch UBND tỉnh Trần Văn An vừa ký ban hành Kế hoạch số 5/KH-UBND ngày 2/3/2021.", "news_article"),
        (
            "Kế hoạch 5/KH-UBND về trồng rừng ra sao?\nTheo Kế hoạch 5/KH-UBND, Sở B chủ trì. (Hình từ Internet)\nII. NHIỆM VỤ\nI. MỤC TIÊU",
            "news_article",
        ),
        ("(AB) - UBND tỉnh vừa có văn bản yêu cầu Sở B kiểm tra.", "news_article"),
        ("Kết quả chỉ đạo, điều hành nổi bật của UBND tỉnh từ ngày 1-5/3/2021\nTrồng rừng\nUBND tỉnh ban hành Kế hoạch số 5/KH-UBND.", "news_digest"),
        (
            "Sáng 2/3, Chủ tịch UBND tỉnh Trần Văn An chủ trì hội nghị giao ban.\nTại hội nghị, Sở A báo cáo.\nPhát biểu kết luận hội nghị, ông An yêu cầu Sở B.",
            "meeting_report",
        ),
        # a plenum that is named is no meeting reported
        ("Trồng rừng\nThủ tướng Chính phủ yêu cầu Bộ A trình tại Hội nghị lần thứ 10, tại Hội nghị lần thứ 11.", "news_article"),
        # nothing of it all
        ("Thực đơn tuần này\nThứ hai: cơm gà\nThứ ba: phở", "other"),
        ("", "other"),
    ],
)
def test_genre(text, expected):
    assert genre(text) == expected


def test_a_motto_quoted_far_down_makes_no_instrument():
    text = "UBND tỉnh vừa ban hành Kế hoạch số 5/KH-UBND.\n" + "Các sở phối hợp thực hiện.\n" * 500 + HEAD.format(code="KH") + "KẾ HOẠCH\nTrồng rừng"
    assert genre(text) == "news_article"


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the annotated documents are not beside the project")
@pytest.mark.parametrize("path", sorted((SHARED / "gold").glob("*.json")) if (SHARED / "gold").is_dir() else [], ids=lambda path: path.stem)
def test_annotated_documents(path):
    gold = json.loads(path.read_text("utf-8"))
    view = SHARED / "gold" / "views" / f"{gold['id']}.txt"
    text = (view if view.is_file() else SHARED / gold["source"]).read_bytes().decode("utf-8")
    kept = {line for first, last in gold["content_lines"] for line in range(first, last + 1)}
    dropped, at = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        if number not in kept and at < len(text):
            dropped.append((at, min(at + len(line) + 1, len(text))))
        at += len(line) + 1
    assert read_metadata(clean(text, dropped), RULES, REFERENCES).genre == gold["genre"]
