"""Lines to blocks: numbers and bullets, wrapped lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structure import view_of

from kehoach.extract.blocks import read_blocks
from kehoach.extract.markers import parse_mark
from kehoach.extract.matching import fold
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import CleanText, SourceText

MARKS = [  # line, kind, number, text after it
    ("I. MỤC ĐÍCH", "roman", "I", "MỤC ĐÍCH"),
    ("IV.1 điểm", None, None, None),
    ("II- NHIỆM VỤ", "roman", "II", "NHIỆM VỤ"),
    ("1. Mục đích", "arabic", "1", "Mục đích"),
    ("1) Mục đích", "arabic", "1", "Mục đích"),
    ("(1) Rà soát", "arabic", "1", "Rà soát"),
    ("1.272 dịch vụ công", None, None, None),
    ("15.6.2020 là hạn", None, None, None),
    ("3.1. Tham gia góp ý", "decimal", "3.1", "Tham gia góp ý"),
    ("3.1.2 Tham gia góp ý", "decimal", "3.1.2", "Tham gia góp ý"),
    ("2.5 triệu người", None, None, None),
    ("a) Giải pháp", "letter", "a)", "Giải pháp"),
    ("đ) Giải pháp", "letter", "đ)", "Giải pháp"),
    ("- Giao Sở Y tế", "dash", None, "Giao Sở Y tế"),
    ("-Tăng cường", "dash", None, "Tăng cường"),
    ("--------", None, None, None),
    ("+ Rà soát", "plus", None, "Rà soát"),
    ("• Rà soát", "dash", None, "Rà soát"),
    ("Điều 1. Ban hành", "article", "Điều 1", "Ban hành"),
    ("Điều 12 của Luật", None, None, None),
    ("Điều kiện: đủ", None, None, None),
    ("PHỤ LỤC 01", "appendix", "PHỤ LỤC 01", ""),
    ("Phụ lục II", "appendix", "Phụ lục II", ""),
    ("Phụ lục kèm theo", None, None, None),
    ("Phần thứ hai", "part", "Phần thứ hai", ""),
    ("Chương II. Nhiệm vụ", "part", "Chương II", "Nhiệm vụ"),
    ("Mục 1 Nhiệm vụ", "part", "Mục 1", "Nhiệm vụ"),
    ("Mục tiêu 1.3: Đến năm 2030", None, None, None),
    ("Mục đích", None, None, None),
    ("10.000 cây xanh", None, None, None),
    ("1/3 số xã", None, None, None),
    ("Vận động nhân dân", None, None, None),
    ("* Lưu ý", "dash", None, "Lưu ý"),
    ("Iii. giải_pháp thực_hiện", "roman", "III", "giải_pháp thực_hiện"),
    ("I . quan_điểm , mục_tiêu", "roman", "I", "quan_điểm , mục_tiêu"),
    ("a ) Tổ_chức thực_hiện", "letter", "a)", "Tổ_chức thực_hiện"),
    ("1 . Sở Y_tế", "arabic", "1", "Sở Y_tế"),
    ("v.v. và nhiều nội dung khác", None, None, None),
    ("(iv) Tổ chức hội thi", "letter", "iv", "Tổ chức hội thi"),
    ("(xã hội hóa)", None, None, None),
]


@pytest.mark.parametrize(("line", "kind", "number", "rest"), MARKS)
def test_marks(line, kind, number, rest):
    mark = parse_mark(fold(line), line, Span(0, len(line)))
    assert (mark.kind.value if mark else None, mark.number if mark else None) == (kind, number)
    if mark:
        assert line[mark.body :].strip() == rest


def clean(text):
    return CleanText(SourceText(text, "text/plain", "utf-8", ""), (), view_of(text))


def bodies(text):
    return [" ".join(fold(block.body.of(text)).split()) for block in read_blocks(clean(text))]


def test_a_paragraph_per_line_is_not_joined():
    assert bodies("Câu thứ nhất dài vừa phải.\nCâu thứ hai cũng vậy.\n- Việc một\n- Việc hai") == [
        "Câu thứ nhất dài vừa phải.",
        "Câu thứ hai cũng vậy.",
        "Việc một",
        "Việc hai",
    ]


def test_a_line_that_goes_on_in_lower_case_is_joined():
    assert bodies("- Chủ tịch xã chịu trách nhiệm trước\npháp luật về kết quả.") == ["Chủ tịch xã chịu trách nhiệm trước pháp luật về kết quả."]


WRAPPED = "\n\n".join(
    f"{i}. Tiếp tục triển khai\nnhiệm vụ số {i} trong phạm vi quản lý của từng ngành, địa phương. Các cơ quan\nSở Nội vụ và các đơn vị liên quan theo dõi, đôn đốc việc thực hiện theo đúng\nkế hoạch đã được phê duyệt."
    for i in range(1, 9)
)


def test_hard_wrapped_paragraphs_are_joined():
    assert [text.endswith("phê duyệt.") for text in bodies(WRAPPED)] == [True] * 8


def test_a_list_of_names_goes_on_after_a_wrapped_dash():
    text = "9. Sở Y tế và các Tập đoàn: Công\nnghiệp - Năng lượng sông Trăng, Bưu chính viễn thông sông Trăng, Công nghiệp\n- Viễn thông phía Nam theo chức năng của mình rà soát."
    assert bodies(f"{WRAPPED}\n\n{text}")[8:] == [" ".join(text.split())[3:]]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("+ Lắp mới: 58 trạm (Trong đó: đơn vị A:\n25 trạm, đơn vị B: 33 trạm);", 1),
        ("+ Lắp mới: 58 trạm (Trong đó\n\n25 trạm, đơn vị B: 33 trạm);", 2),  # a paragraph of its own
        ("+ Lắp mới 58 trạm (đợt 1\nTrồng rừng (đợt 2).", 2),  # an unclosed bracket is a slip
        ("a) Lắp mới 58 trạm\nNăm 2026 lắp 25 trạm).", 2),
    ],
)
def test_a_bracket_goes_on_to_the_line_that_closes_it(text, blocks):
    assert len(bodies(text)) == blocks


def test_a_number_alone_takes_the_next_line():
    assert bodies("**6.**\n\nTổ chức triển khai")[0] == "Tổ chức triển khai"


@given(st.text(alphabet="aÀbĐ1.)-+* \n\xa0IVX:;số", max_size=300))
def test_blocks_cover_every_kept_character_once(text):
    source = clean(text)
    blocks = read_blocks(source)
    at = 0
    for block in blocks:
        assert at <= block.span.start < block.span.end <= len(text)
        assert not source.view[at : block.span.start].strip()
        assert block.body.start >= block.span.start
        assert block.body.end <= block.span.end
        at = block.span.end
    assert not source.view[at:].strip()
