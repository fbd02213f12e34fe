"""Bytes of every format become canonical text; cells of tables have the span of what they print."""

import io
import random
import unicodedata
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach.extract.readers import claims, read_bytes
from kehoach.extract.readers.decoding import canonical
from kehoach.schemas.errors import ReadError, UnknownFormat

NAMES = ("a.txt", "a.md", "a.html", "a.docx", "a.xyz", "a")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def rows(source):
    """Texts of all grids, row by row: "^" before an inherited cell, "" for an empty one."""
    return [
        [[("^" if cell.inherited else "") + (" ".join(cell.span.of(source.text).split()) if cell.span else "") for cell in row] for row in grid.rows]
        for grid in source.grids
    ]


def lines(source):
    return [line for line in source.text.split("\n") if line.strip()]


def read(text, name):
    return read_bytes(text.encode(), name)


# --- which reader ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "claimed"), [("a.txt", True), ("A.MD", True), ("a.htm", True), ("a.docx", True), ("a.xyz", False), ("a", False)])
def test_extensions_are_claimed(name, claimed):
    assert claims(name) is claimed


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.txt", "Kế hoạch số 12", "text/plain"),
        ("a.md", "# Kế hoạch", "text/markdown"),
        ("a.html", "<p>Kế hoạch</p>", "text/html"),
        ("a.txt", "<!DOCTYPE html>\n<html><body><p>Kế hoạch</p></body></html>", "text/html"),
        ("a.txt", "\n<html><body>Kế hoạch</body></html>", "text/html"),
        ("a.md", "<html><body>Kế hoạch</body></html>", "text/html"),
        ("a.md", "<table><tr><td>a</td><td>b</td></tr></table>\n\n# Kế hoạch", "text/markdown"),
        ("a.html", "Kế hoạch số 12\nDòng hai", "text/plain"),
        ("a.txt", "Số < 5 và > 3; thẻ <b> là chữ đậm", "text/plain"),
        ("a.xyz", "Kế hoạch số 12", "text/plain"),
        ("a.xyz", "<!doctype html><p>Kế hoạch</p>", "text/html"),
    ],
)
def test_the_content_decides_where_the_extension_is_wrong(name, content, media_type):
    assert read(content, name).media_type == media_type


def test_bytes_that_no_reader_claims_are_unknown_and_not_merely_unreadable():
    with pytest.raises(UnknownFormat, match=r"a\.xyz"):
        read_bytes(bytes(range(256)) * 8, "a.xyz")


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "a.txt", "picture"),
        (b"\x7fELF" + bytes(200), "a.txt", "binary"),
        ("Постановление правительства".encode("cp1251"), "a.txt", "UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.docx", "password"),
        (b"PK\x03\x04 broken", "a.docx", "Word"),
    ],
)
def test_what_cannot_be_read_says_the_file_and_what_to_do(data, name, message):
    with pytest.raises(ReadError, match=message) as caught:
        read_bytes(data, name)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


# --- canonical text -------------------------------------------------------------------------------

SENTENCE = "Kế hoạch của Ủy ban nhân dân tỉnh về phát triển chợ"


def windows_1258(text):
    """Vietnamese as Windows wrote it: letters with their hat or horn, tone marks after them."""
    out = b""
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in parts[1:] if mark in "\u0300\u0301\u0303\u0309\u0323")
        out += unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones)).encode("cp1258") + tones.encode("cp1258")
    return out


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SENTENCE.encode(), "utf-8"),
        (SENTENCE.encode("utf-8-sig"), "utf-8"),
        (unicodedata.normalize("NFD", SENTENCE).encode(), "utf-8"),
        (SENTENCE.encode("utf-16"), "utf-16"),
        (SENTENCE.encode("utf-16-le"), "utf-16-le"),
        (SENTENCE.encode("utf-16-be"), "utf-16-be"),
        (windows_1258(SENTENCE), "cp1258"),
    ],
)
def test_the_same_sentence_in_every_encoding(data, encoding):
    source = read_bytes(data, "a.txt")
    assert (source.text, source.encoding) == (SENTENCE, encoding)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\u2028b\x0bc\x85d", "a\u2028b\x0bc\x85d"),  # only LF ends a line; nothing else is touched
        ("a\x00b", "a\x00b"),
        (" \tà\xa0b ", " \tà\xa0b "),
        ("ho\u0323a", "họa"),
        ("\ufeffa\ufeffb", "a\ufeffb"),
    ],
)
def test_nothing_but_line_ends_and_composition_changes(raw, text):
    assert canonical(raw) == text
    assert read(raw, "a.txt").text == text


def test_a_few_broken_bytes_are_shown_and_reported():
    source = read_bytes((SENTENCE + "\n").encode() * 40 + b"\xff" + "hết".encode(), "a.txt")
    (note,) = source.notes
    assert note.code == "encoding-damage"
    assert note.span is not None
    assert note.span.of(source.text) == "\ufffd"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_a_text_with_a_note(data, name):
    source = read_bytes(data, name)
    assert source.text.strip() == ""
    assert [note.code for note in source.notes] == ["empty-text"]


def test_a_million_combining_marks_do_not_take_forever():
    assert len(read_bytes(("a" + "\u0301\u0323" * 500_000).encode(), "a.txt").text) == 1_000_001


# --- Markdown tables --------------------------------------------------------------------------------

TABLES = {
    "one row a line": ("| TT | Nhiệm vụ |\n|---|---|\n| 1 | Rà soát |\n| 2 |  |", [[["TT", "Nhiệm vụ"], ["1", "Rà soát"], ["2", ""]]]),
    "without a ruler": ("| a | b |\n| c | d |", [[["a", "b"], ["c", "d"]]]),
    "rows of unequal length": ("| a | b | c |\n| d |", [[["a", "b", "c"], ["d", "", ""]]]),
    "an escaped pipe is text": (r"| a \| x | b |", [[[r"a \| x", "b"]]]),
    "two tables": ("| a | b |\n\nchữ\n\n| c | d |", [[["a", "b"]], [["c", "d"]]]),
    "a sentence with a pipe is no table": ("a | b\nc | d", []),
    "a ruler alone is no table": ("|---|---|", []),
    "cell under cell": ("|\nTT\n|\nNhiệm\nvụ\n|\n|\n1\n|\nRà soát\n|\n\nHết", [[["TT", "Nhiệm vụ"], ["1", "Rà soát"]]]),
    "at the end of the file": ("|\na\n|\nb\n|\n|\nc\n|\nd\n|", [[["a", "b"], ["c", "d"]]]),
    "a cell of several paragraphs": ("|\na\n\nb\n|\nc\n|\n\nHết", [[["a b", "c"]]]),
    "an empty cell in the middle": (
        "|\nTT\n|\nViệc\n|\nChủ trì\n|\nHạn\n|\n|\n1\n|\nx\n|\n|\nQuý I\n|\n|\n2\n|\ny\n|\nSở\n|\nQuý II\n|\n",
        [[["TT", "Việc", "Chủ trì", "Hạn"], ["1", "x", "", "Quý I"], ["2", "y", "Sở", "Quý II"]]],
    ),
    "a group row": (
        "|\nTT\n|\nViệc\n|\nChủ trì\n|\n|\nI\n|\nNhóm\n|\n|\n1\n|\nx\n|\nSở\n|\n|\nII. Nhóm hai\n|\n|\n2\n|\ny\n|\nSở\n|\n",
        [[["TT", "Việc", "Chủ trì"], ["I", "Nhóm", ""], ["1", "x", "Sở"], ["II. Nhóm hai", "", ""], ["2", "y", "Sở"]]],
    ),
    "merged cells above cover the first columns": (
        "|\nTT\n|\nChủ trì\n|\nViệc\n|\nHạn\n|\n|\n1\n|\nSở Y tế\n|\nx\n|\nQuý I\n|\n|\ny\n|\nQuý II\n|\n|\n2\n|\nSở Nội vụ\n|\nz\n|\nQuý III\n|\n",
        [
            [
                ["TT", "Chủ trì", "Việc", "Hạn"],
                ["1", "Sở Y tế", "x", "Quý I"],
                ["^1", "^Sở Y tế", "y", "Quý II"],
                ["2", "Sở Nội vụ", "z", "Quý III"],
            ]
        ],
    ),
    "an empty number": (
        "|\nTT\n|\nChủ trì\n|\nViệc\n|\n|\nA\n|\nNhóm\n|\n|\n|\nSở Y tế\n|\nx\n|\n|\n1\n|\nSở\n|\ny\n|\n",
        [[["TT", "Chủ trì", "Việc"], ["A", "Nhóm", ""], ["", "Sở Y tế", "x"], ["1", "Sở", "y"]]],
    ),
    "emphasis alone is an empty cell": ("|\na\n|\n** **\n|\nb\n|\n|\nc\n|\nd\n|\ne\n|\n", [[["a", "", "b"], ["c", "d", "e"]]]),
    "tables glued to the text between them": (
        "|\nNơi nhận\n|\nCHỦ TỊCH\n|\nPHỤ LỤC\nBảng việc\n|\nSTT\n|\nViệc\n|\nChủ trì\n|\n|\n1\n|\nx\n|\nSở\n|\nBạn vừa đọc xong.\n",
        [[["Nơi nhận", "CHỦ TỊCH"]], [["STT", "Việc", "Chủ trì"], ["1", "x", "Sở"]]],
    ),
    "tags": (
        "Đầu\n<table>\n<tr><td rowspan=2>a</td><td>b</td></tr>\n<tr><td>c</td></tr>\n</table>\nCuối",
        [[["a", "b"], ["^a", "c"]]],
    ),
}


@pytest.mark.parametrize(("text", "expected"), TABLES.values(), ids=TABLES.keys())
def test_tables_of_markdown(text, expected):
    source = read(text, "a.md")
    assert rows(source) == expected
    assert source.text == text


def test_an_unclosed_table_does_not_swallow_the_document():
    text = "|\na\n|\nb chưa đóng\n\n" + "Một đoạn văn.\n\n" * 50 + "|\nc\n|\nd\n|\n\nHết"
    assert rows(read(text, "a.md")) == [[["a", "b chưa đóng"]], [["c", "d"]]]


# --- HTML ---------------------------------------------------------------------------------------------

HTML = {
    "blocks are lines": ("<p>Một</p><div>Hai<div>Ba</div></div><h2>Bốn</h2>", ["Một", "Hai", "Ba", "Bốn"]),
    "inline elements are not": ("<p>Sở <b>Y</b> <i>tế</i>, 32 m<sup>2</sup></p>", ["Sở Y tế, 32 m2"]),
    "source line breaks are blanks": ("<p>Một\n   hai\tba</p>", ["Một hai ba"]),
    "br": ("<p>Một<br>hai<br/>ba</p>", ["Một", "hai", "ba"]),
    "entities": ("<p>A &amp; B &lt; C&nbsp;D &#7871;</p>", ["A & B < C\xa0D ế"]),
    "pre": ("<pre>KẾ HOẠCH\n  I. MỤC TIÊU\n\n1. Việc</pre>", ["KẾ HOẠCH", "  I. MỤC TIÊU", "1. Việc"]),
    "a document in one element keeps its lines": (
        "<div>KẾ HOẠCH\nI. MỤC TIÊU\n1. Việc một\n2. Việc hai\n- Gạch</div>",
        ["KẾ HOẠCH", "I. MỤC TIÊU", "1. Việc một", "2. Việc hai", "- Gạch"],
    ),
    "scripts, styles and comments are not shown": ("<script>x</script><style>y</style><!-- z --><p>Một</p><noscript>n</noscript>", ["Một"]),
    "bullets": ("<ul><li>Một</li><li>Hai</li></ul>", ["- Một", "- Hai"]),
    "numbers": (
        "<ol start=3><li>Ba</li><li value=7>Bảy</li></ol><ol type=a><li>x</li></ol><ol type=I><li>y</li></ol>",
        ["3. Ba", "7. Bảy", "a. x", "I. y"],
    ),
    "items with their own marks": ("<ul><li>- Một</li><li>a) Hai</li></ul><ol><li>1. Ba</li></ol>", ["- Một", "a) Hai", "1. Ba"]),
    "list-style none": ('<ul style="list-style:none"><li>Một</li></ul>', ["Một"]),
    "nested lists": ("<ol><li>Một<ul><li>Con</li></ul></li><li>Hai</li></ol>", ["1. Một", "- Con", "2. Hai"]),
    "unclosed tags": ("<p>Một<p>Hai<div>Ba", ["Một", "Hai", "Ba"]),
    "a frame of one cell is no table": ("<table><tr><td><p>Một</p><p>Hai</p></td></tr></table>", ["Một", "Hai"]),
}


@pytest.mark.parametrize(("body", "expected"), HTML.values(), ids=HTML.keys())
def test_lines_of_a_web_page(body, expected):
    source = read(f"<html><head><title>t</title></head><body>{body}</body></html>", "a.html")
    assert lines(source) == expected
    assert source.grids == ()


def test_merged_cells_of_a_web_page():
    source = read(
        "<table><tr><th>TT</th><th>Việc</th><th>Chủ trì</th></tr><tr><td rowspan=2>1</td><td><p>x</p><p>y</p></td><td rowspan='2'>Sở</td></tr>"
        "<tr><td> </td></tr><tr><td colspan=3>II. Nhóm</td></tr></table>",
        "a.html",
    )
    assert rows(source) == [[["TT", "Việc", "Chủ trì"], ["1", "x y", "Sở"], ["^1", "", "^Sở"], ["II. Nhóm", "^II. Nhóm", "^II. Nhóm"]]]
    assert lines(source) == ["TT", "Việc", "Chủ trì", "1", "x", "y", "Sở", "II. Nhóm"]


def test_tables_that_lay_out_a_page_are_no_grids():
    inner = "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    source = read(f"<table><tr><td>Menu</td><td>{inner}</td></tr></table>", "a.html")
    assert rows(source) == [[["a", "b"], ["c", "d"]]]


def test_a_table_inside_a_cell_is_text_of_that_cell():
    source = read(
        "<table><tr><td>1</td><td>Việc</td></tr><tr><td>2</td><td>Gồm<table><tr><td>x</td><td>y</td></tr></table></td></tr><tr><td>3</td><td>z</td></tr></table>",
        "a.html",
    )
    assert rows(source) == [[["1", "Việc"], ["2", "Gồm x y"], ["3", "z"]]]


PAGE = """<html><head><link rel="canonical" href="https://www.vidu.gov.vn/kh/12"></head><body>
<header class="site-header"><a href="/">Trang chủ</a><div class="logo">CỔNG THÔNG TIN</div></header>
<div class="mainMenu"><ul><li><a href="/a">Giới thiệu</a></li><li><a href="/b">Liên hệ</a></li></ul></div>
<main><div class="breadcrumb">Trang chủ / Tin</div>
<article><header><h1>Sở Y tế giao nhiệm vụ phòng dịch năm 2031</h1></header>
<div class="news-content"><p>{prose}</p><p>Sở Y tế chủ trì phòng dịch.</p><p>{prose}</p></div><footer>Nguồn: Sở Y tế</footer></article></main>
<div class="x1"><p><a href="1">Một bài viết khác có tiêu đề khá dài</a></p><p><a href="2">Hai bài viết khác có tiêu đề khá dài</a></p>
<p><a href="3">Ba bài viết khác có tiêu đề khá dài</a></p><p><a href="4">Bốn bài viết khác có tiêu đề khá dài</a></p></div>
<form id="commentForm"><label>Họ tên</label><button>Gửi</button></form>
<div role="contentinfo"><p>Phố A, thành phố B</p></div></body></html>""".format(
    prose="Ủy ban nhân dân tỉnh yêu cầu các sở, ngành tập trung thực hiện. " * 6
)


def test_the_parts_of_a_page_are_labelled_and_never_deleted():
    source = read(PAGE, "a.html")
    found = {line.strip(): item.reason for item in source.dropped for line in item.span.of(source.text).split("\n") if line.strip()}
    assert found == {
        "Trang chủ": "site-menu",
        "CỔNG THÔNG TIN": "site-menu",
        "- Giới thiệu": "site-menu",
        "- Liên hệ": "site-menu",
        "Trang chủ / Tin": "breadcrumb",
        "Một bài viết khác có tiêu đề khá dài": "related-news",
        "Hai bài viết khác có tiêu đề khá dài": "related-news",
        "Ba bài viết khác có tiêu đề khá dài": "related-news",
        "Bốn bài viết khác có tiêu đề khá dài": "related-news",
        "Họ tên": "comment-form",
        "Gửi": "comment-form",
        "Phố A, thành phố B": "site-menu",
    }
    assert source.site == "vidu.gov.vn"


@pytest.mark.parametrize(
    "body",
    [
        '<div class="header-menu"><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Việc</p></div>',  # an instrument, whatever the element is called
        '<div id="sidebar"><p>Căn cứ Luật Thủ đô;</p><p>Điều 1. Ban hành kế hoạch.</p></div>',
        '<form id="aspnetForm" class="search"><div>'
        + "<p>"
        + "Sở Y tế chủ trì thực hiện. " * 20
        + "</p></div></form>",  # old portals wrap the page in a form
        "<div>"
        + "".join(f'<p><a href="{n}">Kế hoạch số {n} về phòng dịch</a></p>' for n in range(9))
        + "</div>",  # a page of links is a list of papers
        "<article><header><h1>Kế hoạch</h1></header><p>Việc</p></article>",
    ],
)
def test_content_is_not_labelled_for_the_name_of_its_element(body):
    assert read(f"<html><body>{body}</body></html>", "a.html").dropped == ()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b'<meta charset="windows-1258"><p>' + windows_1258(SENTENCE) + b"</p>", "windows-1258"),
        (f'<meta charset="iso-8859-1"><p>{SENTENCE}</p>'.encode(), "utf-8"),  # wrong declarations are common; valid UTF-8 is UTF-8
        (f"<html><p>{SENTENCE}</p></html>".encode("utf-16"), "utf-16"),
    ],
)
def test_the_encoding_of_a_page(data, encoding):
    source = read_bytes(data, "a.html")
    assert (source.text, source.encoding) == (SENTENCE, encoding)


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "blockquote", 'a href="#"'])
def test_a_page_may_nest_without_bound(tag):
    source = read("<p>Đầu</p>" + f"<{tag}>" * 20_000 + "Giữa", "a.html")
    assert [line.removeprefix("- ") for line in lines(source)] == ["Đầu", "Giữa"]


def test_claims_of_giant_tables_are_not_believed():
    source = read("<table>" + ("<tr>" + "<td rowspan=65534 colspan=1000>x</td>" * 40 + "</tr>") * 100 + "</table>", "a.html")
    assert sum(len(grid.rows) * len(grid.rows[0]) for grid in source.grids) < 500_001


# --- DOCX -----------------------------------------------------------------------------------------------


def word(build):
    document = docx.Document()
    build(document)
    data = io.BytesIO()
    document.save(data)
    return read_bytes(data.getvalue(), "a.docx")


def body(xml):
    """A Word document whose body is ``xml`` (paragraphs and tables in WordprocessingML)."""

    def build(document):
        for child in parse_xml(f"<w:body {W}>{xml}</w:body>"):
            document.element.body.insert(len(document.element.body) - 1, child)

    return word(build)


def p(text, properties=""):
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}<w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def test_paragraphs_are_lines_and_breaks_are_line_feeds():
    source = body(
        p("Một") + "<w:p/>" + "<w:p><w:r><w:t>Hai</w:t><w:br/><w:t>ba</w:t><w:tab/><w:t>bốn</w:t><w:noBreakHyphen/><w:t>năm</w:t></w:r></w:p>"
    )
    assert source.text == "Một\n\nHai\nba\tbốn-năm"


@pytest.mark.parametrize(
    ("run", "printed"),
    [
        ("<w:ins><w:r><w:t>thêm</w:t></w:r></w:ins>", "thêm"),
        ("<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>", ""),
        ("<w:moveFrom><w:r><w:t>đi</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>đến</w:t></w:r></w:moveTo>", "đến"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>", ""),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>hiện</w:t></w:r>", "hiện"),
        ("<w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink>", "liên kết"),
        ("<w:sdt><w:sdtContent><w:r><w:t>ô nhập</w:t></w:r></w:sdtContent></w:sdt>", "ô nhập"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple w:instr='PAGE'><w:r><w:t>3</w:t></w:r></w:fldSimple>", "3"),
        ("<w:r><w:sym w:font='Symbol' w:char='F0B3'/><w:t> 80%</w:t></w:r>", "≥ 80%"),
    ],
)
def test_what_word_prints_of_a_paragraph(run, printed):
    assert body(f"<w:p><w:r><w:t>[</w:t></w:r>{run}<w:r><w:t>]</w:t></w:r></w:p>").text == f"[{printed}]"


def test_tracked_changes_are_reported():
    assert [note.code for note in body("<w:p><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins></w:p>").notes] == ["tracked-changes"]
    assert body(p("Một")).notes == ()


LEVELS = (("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)"), ("bullet", "-"), ("bullet", "\uf0b7"))


def numbered(paragraphs):
    def build(document):
        numbering = document.part.numbering_part.element
        levels = "".join(
            f"<w:lvl w:ilvl='{depth}'><w:start w:val='1'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/></w:lvl>"
            for depth, (form, text) in enumerate(LEVELS)
        )
        numbering.insert(0, parse_xml(f"<w:abstractNum {W} w:abstractNumId='900'>{levels}</w:abstractNum>"))
        numbering.append(parse_xml(f"<w:num {W} w:numId='900'><w:abstractNumId w:val='900'/></w:num>"))
        override = "<w:lvlOverride w:ilvl='1'><w:startOverride w:val='5'/></w:lvlOverride>"
        numbering.append(parse_xml(f"<w:num {W} w:numId='901'><w:abstractNumId w:val='900'/>{override}</w:num>"))
        for number, depth, text in paragraphs:
            xml = p(text, f"<w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{number}'/></w:numPr>")
            document.element.body.insert(len(document.element.body) - 1, parse_xml(xml.replace("<w:p>", f"<w:p {W}>", 1)))

    return word(build)


def test_automatic_numbers_are_written_out():
    source = numbered(
        [
            (900, 0, "a"),
            (900, 1, "b"),
            (900, 2, "c"),
            (900, 2, "d"),
            (900, 1, "e"),
            (900, 2, "f"),
            (900, 3, "g"),
            (900, 4, "h"),
            (900, 5, "i"),
            (900, 0, "k"),
            (900, 1, "l"),
        ]
    )
    assert source.text.split("\n") == ["I. a", "1. b", "1.1. c", "1.2. d", "2. e", "2.1. f", "a) g", "- h", "• i", "II. k", "1. l"]


def test_a_restarted_list_and_a_removed_number():
    assert numbered([(900, 1, "a"), (901, 1, "b"), (901, 1, "c"), (0, 1, "d")]).text.split("\n") == ["1. a", "5. b", "6. c", "d"]


RESTART, CONTINUE, WIDE = "<w:vMerge w:val='restart'/>", "<w:vMerge/>", "<w:gridSpan w:val='3'/>"


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(p(line) for line in text.split('|'))}</w:tc>"


def test_merged_cells_of_a_word_table():
    source = body(
        "<w:tbl><w:tblPr/><w:tblGrid/>"
        f"<w:tr>{cell('TT')}{cell('Việc')}{cell('Chủ trì')}</w:tr>"
        f"<w:tr>{cell('1')}{cell('x|y')}{cell('Sở', RESTART)}</w:tr>"
        f"<w:tr>{cell('2')}{cell('')}{cell('', CONTINUE)}</w:tr>"
        f"<w:tr>{cell('II. Nhóm', WIDE)}</w:tr></w:tbl>"
    )
    assert rows(source) == [[["TT", "Việc", "Chủ trì"], ["1", "x y", "Sở"], ["2", "", "^Sở"], ["II. Nhóm", "^II. Nhóm", "^II. Nhóm"]]]
    assert lines(source) == ["TT", "Việc", "Chủ trì", "1", "x", "y", "Sở", "2", "II. Nhóm"]


def test_the_letterhead_of_two_columns_is_read_cell_by_cell():
    source = body(
        f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cell('UBND TỈNH SÔNG LAM|SỞ Y TẾ')}{cell('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc')}</w:tr></w:tbl>"
        + p("KẾ HOẠCH")
    )
    assert lines(source) == ["UBND TỈNH SÔNG LAM", "SỞ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "KẾ HOẠCH"]


def test_a_table_inside_a_word_cell_is_text_of_that_cell_and_a_frame_is_no_table():
    inner = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cell('x')}{cell('y')}</w:tr></w:tbl>"
    nested = f"<w:tc><w:tcPr/>{p('Gồm')}{inner}{p('hết')}</w:tc>"
    assert rows(body(f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cell('1')}{nested}</w:tr></w:tbl>")) == [[["1", "Gồm x y hết"]]]
    assert rows(body(f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tcPr/>{inner}{p('')}</w:tc></w:tr></w:tbl>")) == [[["x", "y"]]]


def test_a_deleted_row_is_not_read():
    table = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cell('a')}{cell('b')}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{cell('c')}{cell('d')}</w:tr></w:tbl>"
    assert rows(body(table)) == [[["a", "b"]]]


def test_text_boxes_follow_the_paragraph_that_holds_them_and_are_read_once():
    box = "<w:txbxContent>" + p("Trong khung") + "</w:txbxContent>"
    mc = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    run = f"<w:r><mc:AlternateContent {mc}><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    assert lines(body(f"<w:p><w:r><w:t>Ngoài</w:t></w:r>{run}</w:p>" + p("Sau"))) == ["Ngoài", "Trong khung", "Sau"]


def test_footnotes_stand_at_the_end_with_the_number_of_their_reference():
    document = docx.Document()
    document.add_paragraph("Theo luật")
    document.paragraphs[0]._p.append(parse_xml(f"<w:r {W}><w:footnoteReference w:id='2'/></w:r>"))
    data = io.BytesIO()
    document.save(data)
    notes = f"<w:footnotes {W}><w:footnote w:id='0' w:type='separator'>{p('-')}</w:footnote><w:footnote w:id='2'>{p('Luật số 1/2030/QH16')}</w:footnote></w:footnotes>"
    relation = (
        '<Relationship Id="rId900" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>'
    )
    kind = '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>'
    changed = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(changed, "w") as new:
        for item in old.namelist():
            text = old.read(item)
            text = text.replace(b"</Relationships>", relation.encode() + b"</Relationships>") if item == "word/_rels/document.xml.rels" else text
            new.writestr(item, text.replace(b"</Types>", kind.encode() + b"</Types>") if item == "[Content_Types].xml" else text)
        new.writestr("word/footnotes.xml", notes)
    assert read_bytes(changed.getvalue(), "a.docx").text == "Theo luật[1]\n[1] Luật số 1/2030/QH16"


def test_a_word_file_under_another_name_is_recognised():
    data = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Kế hoạch")
    document.save(data)
    assert read_bytes(data.getvalue(), "a.bin").text == "Kế hoạch"


# --- whatever comes ---------------------------------------------------------------------------------------


def assert_sound(data, name):
    try:
        source = read_bytes(data, name)
    except ReadError as error:
        assert str(error)
        return
    assert unicodedata.is_normalized("NFC", source.text)
    assert "\r" not in source.text
    for grid in source.grids:
        assert len({len(row) for row in grid.rows}) == 1
        spans = [cell.span for row in grid.rows for cell in row if cell.span and not cell.inherited]
        assert spans == sorted(spans)
        assert all(0 <= span.start < span.end <= len(source.text) for span in spans)
        assert all(span.within(grid.span) for span in spans)
    for before, after in zip(source.grids, source.grids[1:], strict=False):
        assert before.span.end <= after.span.start


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(), st.text().map(lambda text: text.encode("utf-8", "surrogatepass"))), st.sampled_from(NAMES))
def test_any_bytes_are_read_or_refused(data, name):
    assert_sound(data, name)


@pytest.mark.parametrize("name", ["a.md", "a.html"])
def test_any_mixture_of_table_parts_is_read(name):
    chance = random.Random(11)
    parts = [
        "|",
        "|\n",
        "\n",
        "\n\n",
        "a",
        "| a | b |\n",
        "|---|\n",
        "1",
        "STT",
        "I.",
        "** **",
        "<table>",
        "</table>",
        "<tr>",
        "<td rowspan=3>",
        "<td colspan=2>",
        "</td>",
        "<ul><li>",
        "<p>",
        "\\|",
        "ế",
    ]
    for _ in range(400):
        assert_sound("".join(chance.choices(parts, k=chance.randint(1, 80))).encode(), name)
