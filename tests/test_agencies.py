"""Agencies: where names begin and end, how lists expand and split, and one id for one agency."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach.extract.agencies import agency_id, describe_agency, find_agencies, is_agency_heading, read_agency_list, read_group_title
from kehoach.extract.matching import fold
from kehoach.rules.agencies import load_agency_rules
from kehoach.schemas.errors import RuleError
from kehoach.schemas.spans import Span

RULES = load_agency_rules()


def found(text):
    view = fold(text)
    return [mention.name for mention in find_agencies(view, Span(0, len(view)), RULES)]


def listed(text):
    view = fold(text)
    return [mention.name for mention in read_agency_list(view, Span(0, len(view)), RULES)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # names of the register that contain commas, dashes and "và"
        ("Sở Lao động, Thương binh và Xã hội tổ chức hội nghị", ["Sở Lao động, Thương binh và Xã hội"]),
        ("gửi Sở Văn hóa, Thể thao và Du lịch, Sở Tài chính", ["Sở Văn hóa, Thể thao và Du lịch", "Sở Tài chính"]),
        ("Bộ Nông nghiệp và Phát triển nông thôn và Bộ Y tế ban hành", ["Bộ Nông nghiệp và Phát triển nông thôn", "Bộ Y tế"]),
        ("Sở Nông nghiệp và Môi trường xây dựng kế hoạch", ["Sở Nông nghiệp và Môi trường"]),
        ("Sở Dân tộc và Tôn giáo, Đảng ủy xã, đặc khu", ["Sở Dân tộc và Tôn giáo", "Đảng ủy xã, đặc khu"]),
        ("Sở Xây dựng xây dựng quy chế", ["Sở Xây dựng"]),
        ("Sở KH&CN, Sở GD&ĐT", ["Sở KH&CN", "Sở GD&ĐT"]),
        # places and levels belong to the name
        ("báo cáo UBND tỉnh Lào Cai và HĐND cấp xã", ["UBND tỉnh Lào Cai", "HĐND cấp xã"]),
        ("UBND các quận, huyện, thị xã rà soát", ["UBND các quận, huyện, thị xã"]),
        ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương", ["Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương"]),
        ("Công an TP. Hải Phòng", ["Công an TP. Hải Phòng"]),
        ("UBND các quận, huyện. Thời gian", ["UBND các quận, huyện"]),
        ("UBND tỉnh Sông Trăng ban hành", ["UBND tỉnh Sông Trăng"]),
        ("HĐND tỉnh Nghị quyết về phí", ["HĐND tỉnh"]),
        ("Chủ tịch UBND thành phố Nguyễn Văn An phát biểu", ["Chủ tịch UBND thành phố"]),
        # bodies that no register lists end before a verb, a sign or the next agency
        ("Ban Quản lý dự án đầu tư xây dựng số 2 đẩy nhanh tiến độ", ["Ban Quản lý dự án đầu tư xây dựng số 2"]),
        ("Ban Quản lý dự án công trình giao thông tỉnh hoàn thành", ["Ban Quản lý dự án công trình giao thông tỉnh"]),
        ("Trung tâm Dịch vụ việc làm tỉnh phối hợp", ["Trung tâm Dịch vụ việc làm tỉnh"]),
        ("Công ty cổ phần Cấp nước Hồng Hà, Viện Quy hoạch đô thị", ["Công ty cổ phần Cấp nước Hồng Hà", "Viện Quy hoạch đô thị"]),
        ("Văn phòng UBND tỉnh, Thanh tra Sở Y tế và Thanh tra các sở", ["Văn phòng UBND tỉnh", "Thanh tra Sở Y tế", "Thanh tra các sở"]),
        ("Ban Tuyên giáo Tỉnh ủy chỉ đạo Ban Tổ chức Trung ương", ["Ban Tuyên giáo Tỉnh ủy", "Ban Tổ chức Trung ương"]),
        (
            "Hội Liên hiệp Phụ nữ tỉnh, Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh",
            ["Hội Liên hiệp Phụ nữ tỉnh", "Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh"],
        ),
        ("Ngân hàng Nhà nước chi nhánh Hà Nội, Kho bạc Nhà nước khu vực II", ["Ngân hàng Nhà nước chi nhánh Hà Nội", "Kho bạc Nhà nước khu vực II"]),
        ("Thuế tỉnh và Hải quan khu vực VIII", ["Thuế tỉnh", "Hải quan khu vực VIII"]),
        # groups are split by kind
        ("với các sở, ngành, quận, huyện, thị xã", ["các sở, ngành", "các quận, huyện, thị xã"]),
        ("các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", ["các bộ", "cơ quan ngang bộ", "cơ quan thuộc Chính phủ"]),
        ("Các sở, ban, ngành, đơn vị có liên quan", ["Các sở, ban, ngành, đơn vị có liên quan"]),
        ("các cơ quan, đơn vị, địa phương báo cáo", ["các cơ quan, đơn vị, địa phương"]),
        ("các sở, ban, ngành, đoàn thể và địa phương liên quan", ["các sở, ban, ngành", "các đoàn thể", "các địa phương liên quan"]),
        # heads stand for their agency
        ("Giám đốc Sở Y tế, Thủ trưởng các sở, ban, ngành", ["Giám đốc Sở Y tế", "Thủ trưởng các sở, ban, ngành"]),
        (
            "Bộ trưởng, Thủ trưởng cơ quan ngang bộ, cơ quan thuộc Chính phủ",
            ["Bộ trưởng", "Thủ trưởng cơ quan ngang bộ", "Thủ trưởng cơ quan thuộc Chính phủ"],
        ),
        (
            "Chánh Văn phòng UBND tỉnh; Chỉ huy trưởng Bộ Chỉ huy quân sự tỉnh",
            ["Chánh Văn phòng UBND tỉnh", "Chỉ huy trưởng Bộ Chỉ huy quân sự tỉnh"],
        ),
        # words that only look like the head of a name
        ("Ban hành Báo cáo tại Hội nghị; Tổ chức thực hiện", []),
        ("các trường hợp, các cơ sở dữ liệu, các bộ phận, các xã hội", []),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA, NHIỆM VỤ CHUNG, THƯ VIỆN SỐ", []),
        ("Kế hoạch số 12/KH-UBND, Giấy mời 3/GM-VPUBND", []),
        ("100% các xã đạt chuẩn; trưởng thôn", []),
        ("cơ sở y tế, sở hữu trí tuệ, tư vấn, cán bộ", []),
    ],
)
def test_names_in_prose(text, names):
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Các Sở: Tài chính, Nội vụ, Kế hoạch và Đầu tư và Y tế", ["Sở Tài chính", "Sở Nội vụ", "Sở Kế hoạch và Đầu tư", "Sở Y tế"]),
        ("Các Sở: Y tế, Thủy lợi và Đê điều; Báo Bình Minh", ["Sở Y tế", "Sở Thủy lợi và Đê điều", "Báo Bình Minh"]),
        ("Các Bộ: Công an, Quốc phòng, Tư pháp", ["Bộ Công an", "Bộ Quốc phòng", "Bộ Tư pháp"]),
        ("Các Sở: Tư pháp, Ngoại vụ, Công an thành phố", ["Sở Tư pháp", "Sở Ngoại vụ", "Công an thành phố"]),
        (
            "3. Giám đốc, Thủ trưởng các Sở: Nội vụ, Y tế; các đơn vị: Thanh tra Thành phố, Công an Thành phố",
            ["Sở Nội vụ", "Sở Y tế", "Thanh tra Thành phố", "Công an Thành phố"],
        ),
        ("UBND các huyện: Sông Hinh, Tây Sơn", ["UBND huyện Sông Hinh", "UBND huyện Tây Sơn"]),
        ("Doanh nghiệp, nhà cung cấp dịch vụ số, nhà đầu tư", ["Doanh nghiệp", "nhà cung cấp dịch vụ số", "nhà đầu tư"]),
        ("Sở Y tế Sở Công Thương; UBND các phường, xã", ["Sở Y tế", "Sở Công Thương", "UBND các phường, xã"]),
        ("- Sở Y tế\n- Trung tâm y tế quận, huyện\n- Các đơn vị liên quan.", ["Sở Y tế", "Trung tâm y tế quận, huyện", "Các đơn vị liên quan"]),
        ("Thanh tra\n\nThành phố;", ["Thanh tra Thành phố"]),
        ("Sở Nội vụ phối hợp", ["Sở Nội vụ"]),
        ("Cơ quan chủ trì: Sở Tư pháp", ["Sở Tư pháp"]),
        (
            "Các sở, ban, ngành và các cơ quan, đơn vị, địa phương liên quan",
            ["Các sở, ban, ngành", "các cơ quan, đơn vị", "các địa phương liên quan"],
        ),
        ("các tổ chức chính trị - xã hội, tổ chức xã hội - nghề nghiệp", ["các tổ chức chính trị - xã hội", "các tổ chức xã hội - nghề nghiệp"]),
        ("Các Sở, Ban, ngành đoàn thể thành phố", ["Các Sở, Ban, ngành", "các đoàn thể thành phố"]),
        ("UBND các xã, phường có rừng", ["UBND các xã, phường có rừng"]),
        ("Các cơ quan tham mưu (Sở Tài chính, Sở Xây dựng)", ["Sở Tài chính", "Sở Xây dựng"]),
        ("Cộng tác viên dân số; Nhóm trẻ tư thục", ["Cộng tác viên dân số", "Nhóm trẻ tư thục"]),
        ("Các Sở: Xây dựng, Ngoại vụ: Hội Luật gia tỉnh", ["Sở Xây dựng", "Sở Ngoại vụ", "Hội Luật gia tỉnh"]),
        ("UBND các huyện, quận: Sông Hinh, Tây Sơn", ["UBND Sông Hinh", "UBND Tây Sơn"]),
        ("Các Sở, ngành: Kế hoạch và Đầu tư; Tài chính; Các đơn vị liên quan", ["Sở Kế hoạch và Đầu tư", "Sở Tài chính", "Các đơn vị liên quan"]),
        ("Các sở, ngành có liên quan theo chức năng, nhiệm vụ được giao", ["Các sở, ngành có liên quan"]),
        ("các cơ quan báo chí, phát thanh, truyền hình khác", ["các cơ quan báo chí, phát thanh, truyền hình khác"]),
        ("", []),
        (" ;. - ", []),
        # persons are no agencies
        ("Trần Văn An\nLê Thị Bình", []),
        ("Sở Tài chính; Nguyễn Thị Hoa", ["Sở Tài chính"]),
        ("Thầy Trần Văn An", []),
        ("Phó Hiệu trưởng Lê Thị Bình", ["Phó Hiệu trưởng"]),
        ("(Ông) Trần Văn An, Giám đốc Sở Y tế", ["Giám đốc Sở Y tế"]),
        ("Giáo viên chủ nhiệm các lớp", ["Giáo viên chủ nhiệm các lớp"]),
        # what an agency does is no part of its name; work, laws and dates are nobody
        ("Sở Y tế hướng dẫn, Sở Tài chính bố trí kinh phí", ["Sở Y tế", "Sở Tài chính"]),
        ("UBND các xã tổ chức thực hiện; thẩm định", ["UBND các xã"]),
        ("hướng dẫn áp dụng Điều 12; Điều 5 Luật Khám bệnh; trước 30/6/2027", []),
        ("Tài chính, Xây dựng, Công an", ["Tài chính", "Xây dựng", "Công an"]),
        # one name
        ("Ban Quản lý các Khu công nghiệp, Khu kinh tế; Sở Y tế", ["Ban Quản lý các Khu công nghiệp, Khu kinh tế", "Sở Y tế"]),
        ("Các Sở: Tài chính, Ban Quản lý Khu kinh tế, Khu chế xuất", ["Sở Tài chính", "Ban Quản lý Khu kinh tế, Khu chế xuất"]),
        ("Ban Quản lý Khu kinh tế Đông Hải, Sở Y tế", ["Ban Quản lý Khu kinh tế Đông Hải", "Sở Y tế"]),
        ("UBND các tỉnh, thành phố khác (nếu có)", ["UBND các tỉnh, thành phố khác"]),
        ("Xây dựng cơ chế thử nghiệm có kiểm soát cho công nghệ, sản phẩm mới", []),
        # an opening word over a list
        ("các Tập đoàn: Điện lực Việt Nam, Cao su Việt Nam", ["Tập đoàn Điện lực Việt Nam", "Tập đoàn Cao su Việt Nam"]),
        ("Các Vụ : Kế hoạch , Pháp chế , Cục Hóa chất", ["Vụ Kế hoạch", "Vụ Pháp chế", "Cục Hóa chất"]),
        ("các Đảng ủy: Chính phủ; Quốc hội", ["Đảng ủy Chính phủ", "Đảng ủy Quốc hội"]),
        ("Ban Quản lý các khu chế xuất và công nghiệp Cần Thơ", ["Ban Quản lý các khu chế xuất và công nghiệp Cần Thơ"]),
        ("Điện lực Lào Cai; Bưu điện tỉnh", ["Điện lực Lào Cai", "Bưu điện tỉnh"]),
        (
            "Ban Quản lý các dự án đầu tư xây dựng tỉnh, Trung tâm Y tế các khu vực",
            ["Ban Quản lý các dự án đầu tư xây dựng tỉnh", "Trung tâm Y tế các khu vực"],
        ),
        ("các cơ sở khám bệnh, chữa bệnh trên địa bàn tỉnh", ["các cơ sở khám bệnh, chữa bệnh trên địa bàn tỉnh"]),
        ("Chủ đầu tư các dự án nhà ở xã hội", ["Chủ đầu tư các dự án nhà ở xã hội"]),
        ("Các trường: Đại học, Cao đẳng trên địa bàn tỉnh", ["Các trường: Đại học, Cao đẳng trên địa bàn tỉnh"]),
        ("các hội: Hội Nông dân, Hội Phụ nữ, Liên minh các HTX tham gia", ["Hội Nông dân", "Hội Phụ nữ", "Liên minh các HTX"]),
        ("Trung ương Hội Nông dân Việt Nam, Ban Bí thư Trung ương Đoàn", ["Trung ương Hội Nông dân Việt Nam", "Ban Bí thư Trung ương Đoàn"]),
        (
            "Phòng Cảnh sát quản lý hành chính về trật tự xã hội Công an tỉnh; Ban Chỉ huy Bộ đội Biên phòng tỉnh",
            ["Phòng Cảnh sát quản lý hành chính về trật tự xã hội Công an tỉnh", "Ban Chỉ huy Bộ đội Biên phòng tỉnh"],
        ),
        ("Đỗ Mạnh Hùng Vũ Việt Lân Nguyễn Thị thúy Hoa", []),  # persons, one printed with a slip
        # places whose names hold a word that also begins bodies; a counted list
        ("UBND các xã: Gò Công Đông, Trung Hòa và Hội Sơn", ["UBND xã Gò Công Đông", "UBND xã Trung Hòa", "UBND xã Hội Sơn"]),
        ("UBND 04 xã: Tân Hòa, Bình An", ["UBND xã Tân Hòa", "UBND xã Bình An"]),
        ("UBND 12 huyện, thị xã; Công an tỉnh", ["UBND 12 huyện, thị xã", "Công an tỉnh"]),
        ("UBND phường Công an phường; UBND xã Tân Hội Hội Nông dân xã", ["UBND phường", "Công an phường", "UBND xã Tân Hội", "Hội Nông dân xã"]),
    ],
)
def test_lists_of_doers(text, names):
    assert listed(text) == names


@pytest.mark.parametrize(
    ("forms", "own"),
    [
        (["Sở Thông tin và Truyền thông", "Sở TT&TT", "sở Thông tin & Truyền thông", "Giám đốc Sở TT&TT"], "so-thong-tin-va-truyen-thong"),
        (
            ["Sở LĐ-TB&XH", "Sở LĐTBXH", "Sở Lao động, Thương binh và Xã hội", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"],
            "so-lao-dong-thuong-binh-va-xa-hoi",
        ),
        (["Sở Văn hóa và Thể thao", "Sở Văn hóaThể thao", "Sở VH&TT", "Sở Văn hoá, Thể thao"], "so-van-hoa-va-the-thao"),
        (["UBND Thành phố", "UBNĐ Thành phố", "Uỷ ban nhân dân thành phố", "Ủy ban nhân dân TP"], "uy-ban-nhan-dan-thanh-pho"),
        (["Sở Y tế", "Sở Y tế tỉnh", "Thủ trưởng Sở Y tế"], "so-y-te"),
        (["Sở Y tế Hà Nội", "Sở Y tế thành phố Hà Nội", "Sở Y tế TP. Hà Nội"], "so-y-te-ha-noi"),
        (["Văn phòng UBND tỉnh", "VPUBND tỉnh", "VP UBND tỉnh", "Chánh Văn phòng Ủy ban nhân dân tỉnh"], "van-phong-uy-ban-nhan-dan-tinh"),
        (["các sở, ngành", "Các sở, ngành có liên quan"], "so-nganh"),
    ],
)
def test_one_agency_one_id(forms, own):
    assert {agency_id(fold(form), RULES) for form in forms} == {own}


@pytest.mark.parametrize(
    ("name", "full", "level", "kind"),
    [
        ("Sở TN&MT", "Sở Tài nguyên và Môi trường", "province", "department"),
        ("Bộ KH&CN", "Bộ Khoa học và Công nghệ", "central", "state"),
        ("UBND cấp xã", "Ủy ban nhân dân cấp xã", "commune", "committee"),
        ("Công an huyện", "Công an huyện", "district", "armed_forces"),
        ("TAND tỉnh", "Tòa án nhân dân tỉnh", "province", "court"),
        ("MTTQ", "Ủy ban Mặt trận Tổ quốc", "province", "front"),
        ("EVN", "Tập đoàn Điện lực Việt Nam", "central", "company"),
        ("Đài PTTH Hà Nội", "Đài Phát thanh và Truyền hình Hà Nội", "province", "media"),
        ("Trường Đại học Bình Minh", "Trường đại học Bình Minh", "other", "school"),
        ("Ban Tổ chức Trung ương", "Ban Tổ chức Trung ương", "central", "party"),
        ("các sở, ngành", "sở, ngành", "other", "group"),
    ],
)
def test_what_an_agency_is(name, full, level, kind):
    entry = describe_agency(fold(name), RULES)
    assert (entry.name, entry.level, entry.kind) == (full, level, kind)


@pytest.mark.parametrize(
    ("title", "is_agency"),
    [
        ("Sở Nội vụ", True),
        ("Các Sở, ban, ngành của Thành phố, UBND phường, xã", True),
        ("Giám đốc, Thủ trưởng các Sở: Nội vụ, Y tế; các đơn vị: Thanh tra Thành phố", True),
        ("CƠ QUAN CHỦ TRÌ THỰC HIỆN: SỞ Y TẾ.", True),
        ("Ủy ban nhân dân các xã, phường có di tích", True),
        ("Cơ quan chủ trì giải quyết thủ tục đất đai", True),
        ("Cơ quan thực hiện", False),
        ("Công tác thông tin, tuyên truyền", False),
        ("Sở Y tế chủ trì, phối hợp với các đơn vị liên quan thực hiện:", False),
        ("Tổ chức thực hiện", False),
        ("Xây dựng chính quyền số", False),
        ("", False),
    ],
)
def test_headings_that_name_agencies(title, is_agency):
    view = fold(title)
    assert is_agency_heading(view, Span(0, len(view)), RULES) is is_agency


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Các chủ đầu tư xây dựng và kinh doanh hạ tầng cụm công nghiệp", ["Các chủ đầu tư xây dựng và kinh doanh hạ tầng cụm công nghiệp"]),
        ("Các doanh nghiệp tăng cường chia sẻ thông tin", []),  # an order
        ("Các doanh nghiệp có trách nhiệm báo cáo", []),
        ("Các sở xây dựng kế hoạch", []),
        ("Doanh nghiệp khai thác cát", []),
        ("Sở Y tế", []),
        ("", []),
    ],
)
def test_titles_that_name_a_group_by_what_it_does(title, names):
    view = fold(title)
    assert [mention.name for mention in read_group_title(view, Span(0, len(view)), RULES)] == names


def test_a_users_register_is_added(tmp_path):
    (tmp_path / "agencies.yaml").write_text('bodies: [{name: "Ban Điều phối Hồ Xanh", kind: committee, level: other, aliases: ["BĐP"]}]', "utf-8")
    rules = load_agency_rules(tmp_path)
    assert agency_id("BĐP", rules) == "ban-dieu-phoi-ho-xanh"
    assert agency_id("Sở Y tế", rules) == "so-y-te"


def test_unknown_keys_are_refused(tmp_path):
    (tmp_path / "agency_grammar.yaml").write_text("colour: red", "utf-8")
    with pytest.raises(RuleError, match="expected the keys"):
        load_agency_rules(tmp_path)


_PIECES = st.sampled_from(
    [
        "Sở ",
        "các ",
        "UBND ",
        "Y tế",
        ", ",
        "; ",
        " và ",
        "tỉnh ",
        "phối hợp với ",
        "(",
        ")",
        ": ",
        "Giám đốc ",
        "Các Sở: ",
        "địa phương",
        ". ",
        "- ",
        "\n",
        "Ban Quản lý ",
        "x",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join) | st.text(max_size=80))
def test_any_text_is_read_and_spans_stay_inside(text):
    view = fold(text)
    for read in (find_agencies, read_agency_list):
        mentions = read(view, Span(0, len(view)), RULES)
        assert all(0 <= m.span.start < m.span.end <= len(view) for m in mentions)
        assert all(m.name.strip() and m.agency_id for m in mentions)
    spans = [m.span for m in find_agencies(view, Span(0, len(view)), RULES)]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    is_agency_heading(view, Span(0, len(view)), RULES)
