"""What a page puts around a document is labelled with a reason; the document itself is never taken."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach.extract.clean import clean_text, load_clean_rules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Dropped, SourceText

RULES = load_clean_rules()


def source(text, dropped=()):
    return SourceText(text, "text/plain", "utf-8", "0" * 64, dropped=tuple(dropped))


def kept_and_dropped(text):
    cleaned = clean_text(source(text), RULES)
    reasons = {}
    at = 0
    kept = []
    for line in text.split("\n"):
        item = next((item for item in cleaned.dropped if item.span.start <= at < item.span.end), None)
        if line.strip():
            if item:
                reasons[line.strip()] = item.reason
            else:
                kept.append(line.strip())
        at += len(line) + 1
    return kept, reasons


LETTERHEAD = """ỦY BAN NHÂN DÂN
TỈNH SÔNG LAM
-------
Số: 45/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sông Lam, ngày 20 tháng 2 năm 2031"""
BODY = """KẾ HOẠCH
Phát triển chợ nông thôn giai đoạn 2031 - 2035
I. MỤC TIÊU
1. Đến năm 2035, 90% số xã có chợ đạt chuẩn.
II. NHIỆM VỤ
1. Sở Công Thương chủ trì rà soát mạng lưới chợ.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Mẫu"""
PLAN = f"{LETTERHEAD}\n\n{BODY}"

# --- whole pages: nothing of the middle is taken, everything round it is ------------------------

PAGES = {
    "law database, fields on one line": (
        """Từ khóa: Số hiệu, tiêu đề hoặc nội dung văn bản...
Đăng nhập
Đang tải văn bản...
Kế hoạch 45/KH-UBND 2031 phát triển chợ nông thôn Sông Lam
Số hiệu: 45/KH-UBND Loại văn bản: Kế hoạch
Nơi ban hành: Tỉnh Sông Lam Người ký: Trần Văn Mẫu
Ngày ban hành: 20/02/2031 Ngày hiệu lực: Đã biết
Tình trạng: Đã biết""",
        PLAN,
        """Văn bản này chưa cập nhật nội dung tiếng Anh
Bạn chưa đăng nhập thành viên!
Vì chưa đăng nhập nên bạn chỉ xem được thuộc tính của văn bản.
Nếu chưa là thành viên, mời bạn đăng ký tại đây
1.204
IP: 192.0.2.7
Hãy để chúng tôi hỗ trợ bạn!""",
    ),
    "law database, tabs and a box with labels above values": (
        """Trang chủ
English
Toàn văn
Thuộc tính
Lịch sử
VB liên quan
Lược đồ
Bản in
Tải về
Số ký hiệu
45/KH-UBND
Ngày ban hành
20/02/2031
Loại văn bản
Kế hoạch
Cơ quan ban hành
UBND tỉnh Sông Lam
Người ký
Trần Văn Mẫu
Hiệu lực: Còn hiệu lực""",
        PLAN,
        """Tải file đính kèm
KH45_2031.pdf
Gửi phản hồi
CƠ SỞ DỮ LIỆU VĂN BẢN PHÁP LUẬT
Địa chỉ: Số 1 đường Hoa Sen, thành phố Lam
Điện thoại: 0238.3999.999""",
    ),
    "law database, product prose between the tabs": (
        """Kế hoạch 45/KH-UBND phát triển chợ nông thôn
• Thuộc tính
• Nội dung
• VB gốc
• Lược đồ
- Khách hàng xem nhanh quy định còn áp dụng, dù văn bản đã qua nhiều lần sửa đổi, bổ sung, thay thế.
• Tải về
Mục lục
Lưu
Đây là tiện ích dành cho thành viên trả phí.
Quý khách vui lòng đăng nhập tài khoản để sử dụng.
Báo lỗi
Ghi chú
Cơ quan ban hành: UBND tỉnh Sông LamSố công báo:Đang cập nhật
Số hiệu:45/KH-UBNDNgày đăng công báo:Đang cập nhật
Lĩnh vực: Thương mại""",
        PLAN,
        """


Ghi chú
Tình trạng hiệu lực: Đã biết
download Văn bản gốc (Word)
Để được giải đáp thắc mắc, vui lòng gọi
19001234
văn bản cùng lĩnh vực
văn bản mới nhất
×
Vui lòng đợi""",
    ),
    "government portal with a list of other papers": (
        """Đăng nhập
CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ
HỆ THỐNG VĂN BẢN
Trang chủ
Công dân
Doanh nghiệp
Văn bản chỉ đạo điều hành
Trích yếu
Phê duyệt đề án nâng cao năng lực dự báo thiên tai
Tài liệu đính kèm
777.signed.pdf""",
        PLAN,
        """Văn bản khác
Quyết định số 776/QĐ-TTg về việc thành lập Hội đồng thẩm định
12/05/2031
Quyết định số 775/QĐ-TTg về việc bổ sung kinh phí
© CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ
Trụ sở: 16 phố Hoa Ban, Hà Nội
Điện thoại: 080 43162; Fax: 080 48924
Email: thongtin@vidu.vn""",
    ),
    "newspaper": (
        """Thứ hai, 3/3/2031
Mới nhất
Tin theo khu vực
Đăng nhập
Trang chủ
Thời sự
Góc nhìn
Thế giới
Giải trí
Tất cả
Dân sinh""",
        """Thứ hai, 3/3/2031, 09:15 (GMT+7)
Thành phố Sông Lam giao ba sở lập phương án chống ngập trước mùa mưa
SÔNG LAM - Chủ tịch thành phố yêu cầu Sở Xây dựng, Sở Tài chính và Công an thành phố trình phương án chống ngập cho 12 điểm trước ngày 30/4.
Công nhân nạo vét cống trên đường Hoa Sen. Ảnh: Minh Mẫu
Theo đó, Sở Xây dựng chủ trì rà soát hệ thống thoát nước, hoàn thành trong quý I.
Minh Mẫu""",
        """Trở lại Thời sự
Chia sẻ
Copy link thành công
Ý kiến (3)
Quan tâm nhất
Tin liên quan
Xe ngập giữa phố sau cơn mưa 30 phút
Tags: chống ngập, Sông Lam
Đọc nhiều
Trường đại học đầu tiên công bố phương án tuyển sinh
Tổng biên tập: Phạm Mẫu
Địa chỉ: Tầng 10, tòa nhà A, phố B
© 1997-2031. Toàn bộ bản quyền thuộc Báo Mẫu""",
    ),
    "province portal": (
        """Đăng nhập
Tiếng Việt
Cổng thông tin điện tử tỉnh Sông Lam
Trang chủ
Giới thiệu
Điều kiện tự nhiên
Tin tức
Tin trong tỉnh
Công dân
Trang chủ / Tin tức / Chỉ đạo điều hành""",
        """UBND tỉnh ban hành Kế hoạch phòng, chống cháy rừng năm 2031
Ngày đăng: 14/01/2031 10:20
UBND tỉnh vừa ban hành Kế hoạch số 09/KH-UBND về phòng, chống cháy rừng năm 2031 với mục tiêu giảm 20% số vụ cháy.
UBND các xã có rừng kiện toàn tổ đội bảo vệ rừng trước ngày 15/3.
Tác giả: Thu Mẫu
Nguồn: Văn phòng UBND tỉnh""",
        """In bài viết
Chia sẻ:
Tổng số điểm của bài viết là: 0 trong 0 đánh giá
Những tin mới hơn
Khởi công tuyến đường ven sông (16/01/2031)
Những tin cũ hơn
Tặng quà hộ nghèo dịp Tết (10/01/2031)
Liên kết website
Thống kê truy cập
Đang truy cập: 12
Hôm nay: 1.234
Cơ quan chủ quản: Ủy ban nhân dân tỉnh Sông Lam
Ghi rõ nguồn "Cổng thông tin điện tử tỉnh Sông Lam" khi phát hành lại thông tin từ website này""",
    ),
    "digest with comment form": (
        "",
        """Kết quả chỉ đạo, điều hành nổi bật tuần qua (12:53 16/07/2031)
Văn phòng cung cấp thông tin về một số hoạt động chỉ đạo, điều hành nổi bật của Ủy ban nhân dân tỉnh trong tuần như sau:
Chấp thuận danh mục tuyến buýt mở mới
Ủy ban nhân dân tỉnh giao Sở Xây dựng phối hợp với các đơn vị khảo sát và mở các tuyến để phục vụ người dân vùng cao.
Văn phòng UBND tỉnh""",
        """Các bài mới đăng
Các bài đã đăng :
Viết bình luận
Họ tên:(*)
Số điện thoại:
Nội dung:(*)
Mã xác nhận:""",
    ),
    "teasers with picture and text links": (
        "",
        """Nâng cao chất lượng trường học vùng cao
Thứ Ba, 18/06/2031
Phó Chủ tịch tỉnh vừa ký ban hành Kế hoạch số 18/KH-UBND về nâng cao chất lượng trường học vùng cao giai đoạn 2031 - 2035 của tỉnh.
Kế hoạch đặt mục tiêu 80% trường đạt chuẩn, giao Sở Giáo dục và Đào tạo chủ trì triển khai thực hiện trên toàn tỉnh.
Sở Tài chính cân đối, bố trí kinh phí hằng năm để bảo đảm tiến độ; các xã, phường rà soát cơ sở vật chất, báo cáo trước 30/9.
Minh Mẫu""",
        """Kế hoạch tổ chức hội thảo khoa học về bảo tồn chợ phiên
Thứ Năm, 16/05/2031
Chủ tịch tỉnh vừa ký ban hành Kế hoạch số 15/KH-UBND ngày 15/5/2031 về việc tổ chức hội thảo khoa học về bảo tồn chợ phiên vùng cao.
Tin cùng chuyên mục
Bảo đảm an toàn kỳ thi tốt nghiệp năm nay trên địa bàn tỉnh
Bảo đảm an toàn kỳ thi tốt nghiệp năm nay trên địa bàn tỉnh
Thủ tướng vừa ký Công điện về việc tổ chức kỳ thi tốt nghiệp trung học phổ thông và quản lý trẻ em, học sinh trong dịp nghỉ hè năm nay.
Thứ Sáu, 28/06/2031
Tin khác
Lễ hội hoa ban diễn ra từ ngày 12 đến ngày 16 tháng 3
Lễ hội hoa ban diễn ra từ ngày 12 đến ngày 16 tháng 3
Thứ Hai, 24/06/2031""",
    ),
}


@pytest.mark.parametrize(("top", "middle", "bottom"), PAGES.values(), ids=PAGES.keys())
def test_a_page_is_parted_at_the_right_lines(top, middle, bottom):
    kept, reasons = kept_and_dropped(f"{top}\n\n{middle}\n\n{bottom}")
    assert kept == [line.strip() for line in middle.split("\n") if line.strip()]
    assert all(reasons.values())


@pytest.mark.parametrize(("top", "middle", "bottom"), PAGES.values(), ids=PAGES.keys())
def test_the_document_alone_is_kept_whole(top, middle, bottom):
    assert clean_text(source(middle), RULES).dropped == ()


# --- lines of plans that look like chrome ----------------------------------------------------------

CONTENT_LINES = [
    "Đăng ký doanh nghiệp qua mạng",
    "Người dân đăng nhập bằng tài khoản định danh điện tử",
    "Mời các thành viên Ban Chỉ đạo dự họp",
    "Để được hỗ trợ, hộ dân đăng ký với Ủy ban nhân dân xã",
    "Đây là nội dung quan trọng để các thành viên Ban Chỉ đạo thống nhất",
    "Ban hành văn bản thay thế các quy định không còn phù hợp",
    "Rà soát, bãi bỏ văn bản hết hiệu lực",
    "Dữ liệu chưa được cập nhật thường xuyên",
    "Gửi ý kiến tham gia về Sở Tư pháp",
    "Nhập mã định danh vào hệ thống",
    "Chia sẻ dữ liệu qua trục liên thông của tỉnh",
    "Lượt truy cập đạt 1 triệu",
    "Tổng cộng: 1.250",
    "Điểm đánh giá đạt 80 điểm trở lên",
    "Ghi rõ nguồn gốc, xuất xứ hàng hóa",
    "Gửi bản mềm định dạng .docx",
    "180000",
    "Tài trợ",
    "In ấn",
    "Tiếp tục sử dụng",
    "Đang cập nhật",
    "Thông báo",
    "Nội dung",
    "Ghi chú",
    "Văn bản",
    "Đạt",
    "5",
    "30/10/2031",
    "Bảo mật khi khai thác thông tin từ cơ sở dữ liệu dùng chung",
    "Công bố đường dây nóng của Sở Y tế",
    "Theo dõi, tiếp nhận phản ánh qua Zalo",
]


@pytest.mark.parametrize("line", CONTENT_LINES)
def test_a_line_of_a_plan_that_only_looks_like_chrome_is_kept(line):
    text = f"{PLAN}\nPHỤ LỤC\nSTT\nNhiệm vụ\n1\n{line}\nSở Nội vụ\n2\nXây dựng phần mềm quản lý\nSở Tài chính"
    assert line in kept_and_dropped(text)[0]


def test_the_cells_of_a_table_above_the_foot_of_a_page_are_kept():
    cells = "\n".join(f"{number}\nRà soát danh mục {number}\nSở Nội vụ\nThông báo" for number in range(1, 9))
    kept, reasons = kept_and_dropped(f"{PLAN}\nPHỤ LỤC\n{cells}\nLượt xem: 12\nIn bài viết\nOnline: 3")
    assert kept[-1] == "Thông báo"
    assert len(reasons) == 3


def test_a_page_that_only_lists_news_keeps_its_list():
    page = "\n".join(
        f"Sở Nội vụ ban hành kế hoạch số {number} về cải cách hành chính\nThứ Hai, 0{number}/06/2031\nKế hoạch đề ra nhiệm vụ cho các sở, ngành, địa phương."
        for number in range(1, 9)
    )
    assert clean_text(source(page), RULES).dropped == ()


def test_a_digest_whose_items_have_dates_and_paragraphs_is_kept():
    item = "Thứ Hai, 0{n}/06/2031\nỦy ban nhân dân tỉnh đã ban hành Kế hoạch số {n}/KH-UBND với nhiều nhiệm vụ trọng tâm cho các sở, ngành và địa phương trong tỉnh.\n"
    body = "Sở Nội vụ chủ trì, phối hợp với các đơn vị liên quan triển khai thực hiện, báo cáo kết quả trước ngày 30 tháng 9 năm nay theo quy định chung.\n"
    page = "".join(f"Giao nhiệm vụ cải cách hành chính đợt {n} cho các đơn vị\n" + item.format(n=n) + body * 5 for n in range(1, 6))
    assert clean_text(source(page), RULES).dropped == ()


def test_a_box_of_other_news_inside_an_article_takes_only_its_headlines():
    text = """Tỉnh Sông Lam giao nhiệm vụ phòng, chống cháy rừng
Chủ tịch tỉnh yêu cầu Chi cục Kiểm lâm chủ trì tổ chức trực 24/24 giờ trong các tháng cao điểm của mùa khô năm nay.
Tin liên quan
Cháy rừng ở phía tây được khống chế sau hai giờ
Các nhiệm vụ cụ thể
Ủy ban nhân dân các xã có rừng kiện toàn tổ đội bảo vệ rừng, bố trí phương tiện, dụng cụ chữa cháy trước ngày 15 tháng 3.
Thu Mẫu"""
    kept, reasons = kept_and_dropped(text)
    assert set(reasons) == {"Tin liên quan", "Cháy rừng ở phía tây được khống chế sau hai giờ"}
    assert "Các nhiệm vụ cụ thể" in kept


def test_lists_of_links_are_menus_and_other_articles():
    menu = "\n".join(f"* [Chuyên trang {n}](https://vidu.vn/{n})" for n in range(5))
    other = "\n".join(f"- [Một bài viết khác của trang này số {n}](https://vidu.vn/{n})" for n in range(5))
    article = "# Tỉnh giao nhiệm vụ\n\n" + "Sở Y tế chủ trì, phối hợp với các đơn vị liên quan thực hiện nhiệm vụ được giao. " * 3
    toc = "\n".join(f"- [Phần {n}](#phan-{n})" for n in range(5))
    kept, reasons = kept_and_dropped(f"{menu}\n\n{article}\n\n{toc}\n\n{other}")
    assert set(reasons.values()) == {"site-menu", "related-news"}
    assert len(reasons) == 10
    assert len(kept) == 7


def test_a_page_of_nothing_but_links_is_a_list_and_kept():
    assert clean_text(source("\n".join(f"- [Kế hoạch số {n} của tỉnh](https://vidu.vn/{n})" for n in range(9))), RULES).dropped == ()


# --- single reasons ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[img]", "image"),
        ("![Toàn cảnh](https://vidu.vn/a.jpg)", "image"),
        (">>> TẢI VỀ Toàn văn Kế hoạch 45/KH-UBND", "download-link"),
        ("File đính kèm: KH_45.pdf", "download-link"),
        ("Quý khách cần hỏi thêm thông tin có thể đặt câu hỏi tại đây.", "hotline"),
        ("Hotline: 0901 234 567", "hotline"),
        ("788 người đã bình chọn", "rating"),
        ("Facebook Twitter Zalo", "share"),
        ("Lượt xem: 321", "counter"),
        ("Trang chủ > Tin tức > Chỉ đạo điều hành", "breadcrumb"),
        ("Về đầu trang | Đăng nhập | RSS", "site-menu"),
        ("- 3 -", "page-number"),
        ("Cỡ chữ: A- A A+", "page-tool"),
        ("Ghi rõ nguồn: Báo Mẫu khi phát hành lại thông tin từ trang này", "copyright"),
        ("[Chia sẻ bài viết](https://vidu.vn/s)", "share"),
    ],
)
def test_a_sure_line_is_dropped_in_the_middle_of_a_text(line, reason):
    text = f"{PLAN}\n{line}\nSở Nội vụ chủ trì thực hiện nhiệm vụ này theo quy định."
    assert kept_and_dropped(text)[1] == {line: reason}


def test_a_page_number_does_not_take_the_cell_below_it():
    assert "Nội dung" in kept_and_dropped(f"{PLAN}\n- 3 -\nNội dung\nĐơn vị chủ trì")[0]


# --- ranges and view ----------------------------------------------------------------------------------


def test_ranges_cover_whole_lines_with_their_line_feed():
    text = f"Đăng nhập\nTrang chủ\nTin tức\nGiới thiệu\n\n{PLAN}\nOnline: 12\n"
    cleaned = clean_text(source(text), RULES)
    first, last = cleaned.dropped[0], cleaned.dropped[-1]
    assert first.span.of(text) == "Đăng nhập\nTrang chủ\nTin tức\nGiới thiệu\n"
    assert last.span.of(text) == "Online: 12\n"


def test_what_the_reader_dropped_stays_dropped_with_its_reason():
    text = f"Menu một\nMenu hai\n{PLAN}"
    cleaned = clean_text(source(text, [Dropped(Span(0, 18), "site-menu")]), RULES)
    assert cleaned.dropped == (Dropped(Span(0, 18), "site-menu"),)


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("## I. MỤC TIÊU", "   I. MỤC TIÊU"),
        ("Xem [Kế hoạch](https://vidu.vn/a) nhé", "Xem  Kế hoạch" + " " * 21 + "nhé"),
        ("Xem ![ảnh](a.jpg) nhé", "Xem               nhé"),
        ("Mục\n-----\nNội", "Mục       Nội"),
        ("Mục\n====\nNội", "Mục      Nội"),
        ("| a | b |", "  a   b  "),
        ("```\nx", "    x"),
        (r"1\. Việc \- một", "1 . Việc  - một"),
        ("A<br>B", "A    B"),
        ("a | b", "a | b"),
        ("Số C# và #1", "Số C# và #1"),
        ("5 < 6 và 7 > 6", "5 < 6 và 7 > 6"),
    ],
)
def test_signs_of_markdown_are_blank_in_the_view(text, view):
    assert clean_text(source(text), RULES).view == view


def test_dropped_text_is_blank_in_the_view():
    text = f"{PLAN}\nLượt xem: 12"
    view = clean_text(source(text), RULES).view
    assert view.endswith(" " * len("\nLượt xem: 12"))
    assert "Sở Công Thương" in view


def assert_sound(text):
    cleaned = clean_text(source(text), RULES)
    assert len(cleaned.view) == len(text)
    at = 0
    for item in cleaned.dropped:
        assert at <= item.span.start < item.span.end <= len(text)
        assert re.fullmatch(r"[a-z-]+", item.reason)
        at = item.span.end


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_is_cleaned(text):
    assert_sound(text)


def test_any_mixture_of_lines_is_cleaned():
    chance = random.Random(7)
    stock = (
        [line for parts in PAGES.values() for part in parts for line in part.split("\n")]
        + CONTENT_LINES
        + ["", "|", "İ", "\x00", "\u2028", "ß" * 400]
    )
    for _ in range(150):
        assert_sound("\n".join(chance.choices(stock, k=chance.randint(0, 60))))


def test_an_empty_text_is_an_empty_page():
    cleaned = clean_text(source(""), RULES)
    assert (cleaned.dropped, cleaned.view) == ((), "")


def test_a_users_rule_is_laid_over(tmp_path: Path):
    (tmp_path / "clean.yaml").write_text("rules: [{id: clean.own, label: site-notice, terms: ['bản tin nội bộ']}]", "utf-8")
    text = f"{PLAN}\nBản tin nội bộ số 5"
    assert clean_text(source(text), load_clean_rules(tmp_path)).dropped[-1].span.of(text) == "Bản tin nội bộ số 5"
    assert clean_text(source(text), RULES).dropped == ()


def test_long_and_hostile_texts_take_linear_time():
    for text in (
        "a " * 400_000,
        "|\n" * 60_000,
        "[" * 100_000,
        "# " * 100_000,
        "Trang chủ\n" * 30_000,
        "<" * 100_000,
        "- " * 100_000,
        "Thứ Hai, 01/01/2031\n" * 5_000,
    ):
        assert_sound(text)
