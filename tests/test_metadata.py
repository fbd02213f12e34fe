"""Kind, number, issuer, place, date, title and signatory, from letterhead, signature, property box or news text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structure import view_of

from kehoach.extract.metadata import full_name, load_metadata_rules, read_metadata
from kehoach.extract.references import load_reference_rules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText, Dropped, SourceText

RULES, REFERENCES = load_metadata_rules(), load_reference_rules()
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"


def read(text, boxed=""):
    """The metadata of ``boxed`` (a property box, dropped) followed by ``text``."""
    whole = boxed + text
    gone = (Dropped(Span(0, len(boxed)), "property-box"),) if boxed else ()
    source = SourceText(whole, "text/plain", "utf-8", "0" * 64)
    return read_metadata(CleanText(source, gone, view_of(whole, gone)), RULES, REFERENCES)


LINES = f"""ỦY BAN NHÂN DÂN
TỈNH AN HẢI
-------

{MOTTO}
---------------

Số: 15/KH-UBND

An Hải, ngày 03 tháng 02 năm 2021

KẾ HOẠCH

Trồng rừng phòng hộ ven biển
giai đoạn 2021 - 2025

-----

Căn cứ Luật Lâm nghiệp;
"""


def test_a_letterhead_in_lines():
    found = read(LINES)
    assert (found.doc_type, found.number, found.issuer, found.place, found.issued_on, found.title, found.genre) == (
        "Kế hoạch", "15/KH-UBND", "Ủy ban nhân dân tỉnh An Hải", "An Hải", date(2021, 2, 3), "Trồng rừng phòng hộ ven biển giai đoạn 2021 - 2025", "full_text",
    )  # fmt: skip
    assert {name: LINES[span.start : span.end] for name, span in found.evidence.items()} == {
        "doc_type": "KẾ HOẠCH", "number": "15/KH-UBND", "issuer": "ỦY BAN NHÂN DÂN\nTỈNH AN HẢI", "place": "An Hải",
        "issued_on": "ngày 03 tháng 02 năm 2021", "title": "Trồng rừng phòng hộ ven biển\ngiai đoạn 2021 - 2025",
    }  # fmt: skip


BODY = "\nKẾ HOẠCH\nTrồng rừng\n\nCăn cứ Luật Lâm nghiệp;"


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        # two columns of one table, in one line, a pipe per cell, cells of paragraphs, tabs, wide blanks
        (
            f"| UBND TỈNH AN HẢI ------- | {MOTTO.replace(chr(10), ' ')} --- |\n|---|---|\n| Số: 1/KH-UBND | An Hải, ngày 3 tháng 2 năm 2021 |\n",
            "Ủy ban nhân dân tỉnh An Hải",
        ),
        (
            "|\n**ỦY BAN NHÂN\nDÂN**\nTỈNH AN HẢI\n--------\n|\n**CỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM**\nĐộc lập - Tự do - Hạnh phúc\n|\nSố: 1/KH-UBND\n|\n",
            "Ủy ban nhân dân tỉnh An Hải",
        ),
        (
            f"ỦY BAN NHÂN DÂN / TỈNH AN HẢI | {MOTTO.replace(chr(10), ' / ')}\nSố: 1/KH-UBND | An Hải, ngày 3 tháng 2 năm 2021\n",
            "Ủy ban nhân dân tỉnh An Hải",
        ),
        ("UBND TỈNH AN HẢI\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/KH-UBND\tAn Hải, ngày 3 tháng 2 năm 2021\n", "Ủy ban nhân dân tỉnh An Hải"),
        (
            "  ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n    TỈNH AN HẢI                Độc lập - Tự do - Hạnh phúc\n Số: 1/KH-UBND\n",
            "Ủy ban nhân dân tỉnh An Hải",
        ),
        # a body above, a body below
        (f"UBND TỈNH AN HẢI\nSỞ CÔNG THƯƠNG\n{MOTTO}\nSố: 1/KH-SCT\n", "Sở Công Thương tỉnh An Hải"),
        (f"UBND TỈNH AN HẢI\nVĂN PHÒNG\n{MOTTO}\nSố: 1/KH-VP\n", "Văn phòng Ủy ban nhân dân tỉnh An Hải"),
        (f"VĂN PHÒNG\nCHÍNH PHỦ\n{MOTTO}\nSố: 1/KH-VPCP\n", "Văn phòng Chính phủ"),
        (f"THỦ TƯỚNG\nCHÍNH PHỦ\n{MOTTO}\nSố: 1/KH-TTg\n", "Thủ tướng Chính phủ"),
        (f"THỦ\nTƯỚNG CHÍNH PHỦ\n{MOTTO}\nSố: 1/KH-TTg\n", "Thủ tướng Chính phủ"),
        (f"BỘ TÀI CHÍNH\nTỔNG CỤC HẢI QUAN\n{MOTTO}\nSố: 1/KH-TCHQ\n", "Tổng cục Hải quan"),
        (f"BỘ LAO ĐỘNG - THƯƠNG BINH\nVÀ XÃ HỘI\n{MOTTO}\nSố: 1/KH-BLĐTBXH\n", "Bộ Lao động - Thương binh và Xã hội"),
        # the Party
        ("TỈNH ỦY AN HẢI\n*\nSố 1-KH/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nAn Hải, ngày 3 tháng 2 năm 2021\n", "Tỉnh ủy An Hải"),
        ("ĐẢNG CỘNG SẢN VIỆT NAM\nBAN CHẤP HÀNH TRUNG ƯƠNG\nĐẢNG ĐOÀN QUỐC HỘI\nSố 1-KH/ĐĐQH15\n", "Đảng đoàn Quốc hội"),
        # stamps, and no issuer but the line that decides
        (f"DỰ THẢO\nUBND TỈNH AN HẢI\n{MOTTO}\nSố:     /KH-UBND\n", "Ủy ban nhân dân tỉnh An Hải"),
        (f"{MOTTO}\nSố: 1/KH-UBND\n", None),
    ],
)
def test_issuer(text, issuer):
    found = read(text + BODY)
    assert (found.issuer, found.doc_type, found.title) == (issuer, "Kế hoạch", "Trồng rừng")


@pytest.mark.parametrize(
    ("after", "title"),
    [
        # capitals go on over an empty line; the line that decides, the basis and the text do not belong
        ("BAN HÀNH KẾ HOẠCH\nTRỒNG RỪNG\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH AN HẢI\n\nCăn cứ Luật A;", "BAN HÀNH KẾ HOẠCH TRỒNG RỪNG"),
        ("BAN HÀNH KẾ HOẠCH\n\nTRỒNG RỪNG\nTrong những năm qua,", "BAN HÀNH KẾ HOẠCH TRỒNG RỪNG"),
        ("Ban hành Kế hoạch trồng rừng\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật A;", "Ban hành Kế hoạch trồng rừng"),
        ("VỀ VIỆC PHÊ DUYỆT CHƯƠNG TRÌNH CHÍNH PHỦ SỐ\nỦY BAN NHÂN DÂN TỈNH AN HẢI\nCăn cứ Luật A;", "VỀ VIỆC PHÊ DUYỆT CHƯƠNG TRÌNH CHÍNH PHỦ SỐ"),
        ("**Về “Kế hoạch**\n**trồng rừng”**\n---\nQuyết định này", "Về “Kế hoạch trồng rừng”"),
    ],
)
def test_title(after, title):
    head = f"ỦY BAN NHÂN DÂN\nTỈNH AN HẢI\n{MOTTO}\nSố: 1/QĐ-UBND\nAn Hải, ngày 3 tháng 2 năm 2021\n\nQUYẾT ĐỊNH\n"
    assert read(head + after).title == title.replace("“", '"').replace("”", '"')


def test_a_draft_has_no_number_and_no_date_of_the_box():
    found = read(
        f"UBND TỈNH AN HẢI\n{MOTTO}\nSố:      /KH-UBND\nAn Hải, ngày    tháng    năm 2026\n{BODY}", "Số hiệu: 7/KH-UBND\nNgày ban hành: 01/02/2020\n"
    )
    assert (found.number, found.issued_on, found.place, found.doc_type) == (None, None, "An Hải", "Kế hoạch")


def test_a_letter_has_its_subject_under_the_number():
    found = read(
        f"UBND TỈNH AN HẢI\nSỞ Y TẾ\n{MOTTO}\nSố: 15/SYT-NVY\nV/v tiêm chủng mở rộng\nnăm 2021\nAn Hải, ngày 3 tháng 2 năm 2021\nKính gửi: Các huyện"
    )
    assert (found.doc_type, found.number, found.title) == ("Công văn", "15/SYT-NVY", "tiêm chủng mở rộng năm 2021")


@pytest.mark.parametrize(
    ("block", "signer", "post"),
    [
        ("Nơi nhận:\n- Như trên;\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn An", "Trần Văn An", "Phó Chủ tịch"),
        ("Nơi nhận:\n- Lưu: VT.\n|\n**TM. ỦY BAN NHÂN\nDÂN**\nCHỦ TỊCH\n(Đã ký)\n\nLê Thị Bích Hà\n|", "Lê Thị Bích Hà", "Chủ tịch"),
        ("| Nơi nhận: - Như Điều 3; - Lưu: VT. | CHỦ TỊCH Hoàng Quốc Anh |", "Hoàng Quốc Anh", "Chủ tịch"),
        ("Nơi nhận: / - Như trên; | KT. BỘ TRƯỞNG, CHỦ NHIỆM / PHÓ CHỦ NHIỆM / Trịnh Văn Linh", "Trịnh Văn Linh", "Phó Chủ nhiệm"),
        ("T/M ĐẢNG ĐOÀN\nBÍ THƯ\n\nTRẦN THANH BÌNH", "Trần Thanh Bình", "Bí thư"),
        (
            "Nơi nhận:               TL. CHỦ TỊCH\n- Như trên;          CHÁNH VĂN PHÒNG\n- Các sở;\n- Lưu: VT.\n\n                     Vũ Minh Châu",
            "Vũ Minh Châu",
            "Chánh Văn phòng",
        ),
        ("Nơi nhận:\n- Như trên.\nBỘ TRƯỞNG\nĐại tướng Lương Văn Quang", "Lương Văn Quang", "Bộ trưởng"),
        ("Nơi nhận:\n- Lưu.\nT/M BỘ CHÍNH TRỊ\nTrần Văn Tú", "Trần Văn Tú", None),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật A", None, None),
    ],
)
def test_signature(block, signer, post):
    found = read(f"{LINES}\nI. MỤC TIÊU\n{block}\n\nPHỤ LỤC\nDANH MỤC")
    assert (found.signer, found.signer_title) == (signer, post)


def test_the_first_signature_is_the_documents():
    found = read(f"{LINES}\nNơi nhận:\n- Lưu.\nCHỦ TỊCH\nTrần Văn An\nPHỤ LỤC\nNơi nhận:\nGIÁM ĐỐC\nLê Văn Ba")
    assert (found.signer, found.signer_title) == ("Trần Văn An", "Chủ tịch")


BOX = "Cơ quan ban hành: Ủy ban nhân dân TP. An HàSố công báo:Đang cập nhật\nSố hiệu:12/KH-UBNDNgày đăng công báo:Đang cập nhật\nLoại văn bản:Kế hoạchNgười ký:Trần Văn An\nNgày ban hành:11/06/2020Ngày hết hiệu lực:Đang cập nhật\n"


def test_a_property_box_fills_what_the_text_lacks():
    found = read(f"{MOTTO}\nKẾ HOẠCH\nTrồng rừng\n\nI. MỤC TIÊU", BOX)
    assert (found.number, found.issuer, found.issued_on, found.signer, found.doc_type) == (
        "12/KH-UBND",
        "Ủy ban nhân dân Thành phố An Hà",
        date(2020, 6, 11),
        "Trần Văn An",
        "Kế hoạch",
    )
    assert BOX[slice(*found.evidence["signer"])] == "Trần Văn An"


def test_the_text_outweighs_the_box():
    assert read(LINES, BOX).number == "15/KH-UBND"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # headline, date line, and the instrument that the lead names
        (
            "Trồng thêm rừng ven biển\n\nThứ Ba, 18/06/2024\n\nABC – Phó Chủ tịch UBND tỉnh An Hải Trần Thu An vừa ký ban hành Kế hoạch số 81/KH-UBND ngày 13/6/2024 thực hiện Nghị quyết số 4-NQ/TW.",
            ("Trồng thêm rừng ven biển", date(2024, 6, 18), "Kế hoạch", "81/KH-UBND", "Trần Thu An", "Phó Chủ tịch"),
        ),
        # the headline names it
        (
            "# Chỉ thị 05: ai phải trồng rừng?\n\nNgày 26/11/2021, UBND TPHCM đã có Chỉ thị 05/CT-UBND về rừng.",
            ("Chỉ thị 05: ai phải trồng rừng?", None, "Chỉ thị", "05/CT-UBND", None, None),
        ),
        # a digest and a report are about none
        (
            "Kết quả chỉ đạo, điều hành nổi bật của UBND tỉnh từ ngày 1-5/7/2019 (12:53 16/07/2019)\n\nUBND tỉnh ban hành Kế hoạch số 5/KH-UBND.",
            ("Kết quả chỉ đạo, điều hành nổi bật của UBND tỉnh từ ngày 1-5/7/2019", date(2019, 7, 16), None, None, None, None),
        ),
        # an item that begins with its lead has no headline
        ("(AB) - UBND tỉnh vừa ban hành Kế hoạch số 5/KH-UBND yêu cầu Sở A trồng rừng.", (None, None, "Kế hoạch", "5/KH-UBND", None, None)),
        # who signs, with the post after the name, says whose it is
        (
            "Lập tổ kiểm tra rừng\n\n(AB) - Ngày 3/2, Bộ trưởng Bộ Xây dựng Trần Thu An, Phó Trưởng ban Thường trực Ban Chỉ đạo 200 quốc gia ký Quyết định số 12/QĐ-BCĐ200 về tổ kiểm tra.",
            ("Lập tổ kiểm tra rừng", None, "Quyết định", "12/QĐ-BCĐ200", "Trần Thu An", "Phó Trưởng ban Thường trực"),
        ),
        (
            "Sáng 13/4/2022, Chủ tịch chủ trì hội nghị.\nTại hội nghị, Sở A báo cáo.\nPhát biểu kết luận hội nghị, ông B.",
            (None, None, None, None, None, None),
        ),
    ],
)
def test_news(text, expected):
    found = read(text)
    assert (found.title, found.issued_on, found.doc_type, found.number, found.signer, found.signer_title) == expected


@pytest.mark.parametrize(
    ("issuer", "text", "name"),
    [
        ("UBND Thành phố", "Thành ủy Hà Nội; thành phố Hà Nội; tỉnh Sơn La", "Ủy ban nhân dân Thành phố Hà Nội"),
        ("UBND TP Hà Nội", "", "Ủy ban nhân dân Thành phố Hà Nội"),
        ("UBND TPHCM", "", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("HĐND tỉnh", "trên địa bàn tỉnh Sơn La", "Hội đồng nhân dân tỉnh Sơn La"),
        ("UBND tỉnh", "tỉnh Căn cứ vào", "Ủy ban nhân dân tỉnh"),
        ("Bộ Y tế", "tỉnh Sơn La", "Bộ Y tế"),
        ("Ban Thường vụ Tỉnh ủy", "tỉnh Sơn La", "Ban Thường vụ Tỉnh ủy Sơn La"),
    ],
)
def test_an_issuers_full_name(issuer, text, name):
    assert full_name(issuer, text) == name


# --- instruments without their letterhead, and news that names one without its number -------------------------------------
PARTY = "BAN CHẤP HÀNH TRUNG ƯƠNG\n-------\nĐẢNG CỘNG SẢN VIỆT NAM\n---------------\nSố: 9-KL/TW\nHà Nội, ngày 2 tháng 3 năm 2021\n"


def test_a_title_that_names_its_author():
    found = read(f"{PARTY}KẾT LUẬN\nCỦA BỘ CHÍNH TRỊ, BAN BÍ THƯ\nVỀ PHÁT TRIỂN RỪNG VEN BIỂN\n\nTriển khai thực hiện các nhiệm vụ sau.")
    assert (found.doc_type, found.issuer, found.title) == ("Kết luận", "Bộ Chính trị, Ban Bí thư", "VỀ PHÁT TRIỂN RỪNG VEN BIỂN")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # the body that begins to assign is the issuer
            "Kế hoạch trồng rừng ven biển\nThực hiện Luật Lâm nghiệp.\nUBND tỉnh An Hải xây dựng Kế hoạch trồng rừng như sau:\nI. MỤC TIÊU\n1. Trồng rừng.\n"
            "II. NHIỆM VỤ\n1. Sở Xây dựng chủ trì.\n",
            ("Kế hoạch", None, "Ủy ban nhân dân tỉnh An Hải"),
        ),
        (  # a full text named by the caption of its page
            "Bộ Chính trị, Ban Bí thư có ý kiến như sau:\n## I- MỤC TIÊU, YÊU CẦU\n1. Bảo đảm nguyên tắc.\n## II- NHIỆM VỤ\n"
            "1. Giao Ban Tổ chức thực hiện Kết luận này.\n\nToàn văn Kết luận số 33-KL/TW của Bộ Chính trị, Ban Bí thư\n",
            ("Kết luận", "33-KL/TW", "Bộ Chính trị, Ban Bí thư"),
        ),
        (  # news
            "Phát triển du lịch biển\nUBND huyện Sông Trăng đã phê duyệt Đề án phát triển du lịch. Theo đó, huyện giao Phòng Văn hóa chủ trì thực hiện.",
            ("Đề án", None, "Ủy ban nhân dân huyện Sông Trăng"),
        ),
        (
            "Gỡ khó cho doanh nghiệp\nTại Kế hoạch mới được UBND tỉnh An Hải ban hành, nhiều giải pháp được đưa ra. UBND tỉnh yêu cầu các sở chủ trì.",
            ("Kế hoạch", None, "Ủy ban nhân dân tỉnh An Hải"),
        ),
        (  # the lead may be printed, with its source, under the article
            "Trồng rừng ven biển\n" + "UBND các xã chủ trì trồng rừng.\n" * 110 + "(AB) - Văn phòng Chính phủ vừa có thông báo kết luận về rừng.",
            ("Thông báo", None, "Văn phòng Chính phủ"),
        ),
        (  # a minister asks for the ministry
            "Chỉ thị về trồng rừng ven biển\nThực hiện Luật Lâm nghiệp.\nBộ trưởng Bộ Y tế yêu cầu các đơn vị như sau:\nI. MỤC TIÊU\n1. Trồng rừng.\n"
            "II. NHIỆM VỤ\n1. Vụ Kế hoạch chủ trì thực hiện Chỉ thị này.\n",
            ("Chỉ thị", None, "Bộ Y tế"),
        ),
        (  # the number's code names a ministry
            "Kế hoạch 56/KH-BYT về tiêm chủng ra sao?\nBộ đã có Kế hoạch 56/KH-BYT về tiêm chủng. Theo đó, các đơn vị chủ trì, phối hợp thực hiện.",
            ("Kế hoạch", "56/KH-BYT", "Bộ Y tế"),
        ),
    ],
)
def test_what_running_text_tells(text, expected):
    found = read(text)
    assert (found.doc_type, found.number, found.issuer) == expected


def test_a_copied_instrument_takes_its_subject_from_its_citation():
    text = (
        "# Nghị quyết số 7-NQ/TW\nBộ Chính trị đã ký ban hành Nghị quyết số 7-NQ/TW (ngày 22/12/2020) của Bộ Chính trị về phát triển rừng ven biển.\n"
        "Trân trọng giới thiệu toàn văn Nghị quyết:\nI. QUAN ĐIỂM\n1. Rừng là vốn quý.\nII. NHIỆM VỤ\n1. Trồng rừng.\n"
    )
    assert read(text).title == "về phát triển rừng ven biển"


def test_an_office_is_named_by_the_text_where_the_line_above_is_garbled():
    text = f"DUBND TỈNH AN HẢI\nVĂN PHÒNG\nSố:     /BC-VP\n{MOTTO}\nAn Hải, ngày     tháng 6 năm 2026\n\nBÁO CÁO\nTình hình trồng rừng\n\nVăn phòng UBND tỉnh báo cáo như sau:"
    assert read(text).issuer == "Văn phòng Ủy ban nhân dân tỉnh An Hải"


def test_the_date_of_publication_may_stand_under_the_article():
    text = (
        "Trồng rừng\nUBND tỉnh yêu cầu các sở chủ trì, phối hợp trồng rừng.\nTheo đó, Sở Xây dựng chủ trì.\nGiờ đăng bài viết gốc: 01/04/2025 21:59"
    )
    assert read(text).issued_on == date(2025, 4, 1)


def test_a_place_is_a_place():
    text = (
        f"UBND TỈNH SÔNG TRĂNG\n{MOTTO}\nSố: 5/KH-UBND\nUBND Sông Trăng, ngày 3 tháng 2 năm 2026\n\nKẾ HOẠCH\nTrồng rừng\n\nCăn cứ Luật Lâm nghiệp;"
    )
    assert read(text).place == "Sông Trăng"


@given(st.text(alphabet="SốKẾ HOẠCHUBND/-.,:|\n\t0123456789Nơi nhận:TM.CHỦ TỊCH Trần Văn An CỘNGHÒA", max_size=300))
def test_any_text_parses_and_evidence_lies_in_it(text):
    found = read(f"{MOTTO}\n{text}")
    whole = len(MOTTO) + 1 + len(text)
    assert all(0 <= span.start < span.end <= whole for span in found.evidence.values())
