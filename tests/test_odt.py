"""OpenDocument texts: numbers of lists, merged cells, notes, frames, changes; traps in packages."""

import io
import zipfile

import officedocs
import pytest

from kehoach.api import extract_bytes
from kehoach.extract.readers import packages, read_bytes
from kehoach.schemas.errors import ReadError

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "svg": "svg-compatible",
        "fo": "xsl-fo-compatible",
    }.items()
)
LIST = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="I" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="." text:display-levels="2"/>'
    '<text:list-level-style-number text:level="3" style:num-format="a" style:num-suffix=")"/>'
    '<text:list-level-style-bullet text:level="4" text:bullet-char="-"/></text:list-style>'
)


def _odt(body, styles="", **parts):
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", parts.pop("content", content), zipfile.ZIP_DEFLATED)
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


def _text(body, styles=""):
    return read_bytes(_odt(body, styles), "a.odt").text


def test_the_plan_says_the_same_as_its_text():
    pytest.importorskip("odf")
    text = extract_bytes(officedocs.as_txt(), "a.txt", doc_id="a", path="a.txt").document
    odt = extract_bytes(officedocs.as_odt(), "a.odt", doc_id="a", path="a.odt").document
    assert officedocs.facts(odt) == officedocs.facts(text)


def _item(text, deeper=""):
    return f"<text:list-item><text:p>{text}</text:p>{deeper}</text:list-item>"


def test_lists_are_numbered():
    deep = f"<text:list>{_item('Chung', '<text:list>' + _item('Một', '<text:list>' + _item('Gạch') + '</text:list>') + _item('Hai') + '</text:list>')}</text:list>"
    body = f'<text:list text:style-name="L">{_item("MỤC TIÊU", deep)}</text:list><text:p>Đoạn.</text:p>'
    again = f'<text:list text:style-name="L" text:continue-numbering="true">{_item("NHIỆM VỤ")}</text:list>'
    anew = f'<text:list text:style-name="L">{_item("KHÁC")}</text:list>'
    assert _text(body + again + anew, LIST).split("\n") == [
        "I. MỤC TIÊU",
        "I.1. Chung",
        "a) Một",
        "- Gạch",
        "b) Hai",
        "Đoạn.",
        "II. NHIỆM VỤ",
        "I. KHÁC",
    ]


def test_covered_cells_are_inherited():
    row = "<table:table-row>{}</table:table-row>"
    cell = '<table:table-cell table:number-rows-spanned="{}" table:number-columns-spanned="{}"><text:p>{}</text:p></table:table-cell>'
    body = row.format(cell.format(2, 1, "A") + cell.format(1, 2, "B")) + row.format(
        "<table:covered-table-cell/>" + cell.format(1, 1, "C") + cell.format(1, 1, "D")
    )
    source = read_bytes(_odt(f"<table:table>{body}</table:table>"), "a.odt")
    rows = [[(cell.span.of(source.text), cell.inherited) for cell in row] for row in source.grids[0].rows]
    assert rows == [[("A", False), ("B", False), ("B", True)], [("A", True), ("C", False), ("D", False)]]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<text:p>Sở<text:s text:c="2"/>Y<text:tab/>tế<text:line-break/>kiểm <text:span>tra</text:span>.</text:p>', "Sở  Y\ttế\nkiểm tra."),
        (
            "<text:p>Chỉ tiêu<text:note><text:note-citation>7</text:note-citation><text:note-body><text:p>Ghi chú.</text:p></text:note-body></text:note></text:p>",
            "Chỉ tiêu[1]\n[1] Ghi chú.",
        ),
        (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>xóa</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>Còn</text:p>",
            "Còn",
        ),
        ("<text:p>Ngoài<draw:frame><draw:text-box><text:p>Trong</text:p></draw:text-box></draw:frame></text:p>", "Ngoài\nTrong"),
        ("<text:section><text:p>Một</text:p></text:section>", "Một"),
        ("<text:p>a\n   b</text:p>", "a b"),
    ],
)
def test_pieces_of_paragraphs(body, expected):
    assert _text(body) == expected


def test_old_fonts_are_converted():
    style = '<style:style style:name="P1"><style:text-properties style:font-name="F"/></style:style>'
    face = '<style:font-face style:name="F" svg:font-family="\'.VnTime\'"/>'
    assert _text('<text:p text:style-name="P1">KÕ ho¹ch</text:p>', face + style) == "Kế hoạch"


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)) + "]>"


def test_an_entity_bomb_is_refused():
    content = f"{BOMB}<office:document-content {NAMES}><office:body><office:text><text:p>Còn &m; lại</text:p></office:text></office:body></office:document-content>"
    with pytest.raises(ReadError, match="broken"):
        read_bytes(_odt("", content=content), "a.odt")


def test_an_entity_bomb_in_a_word_file_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(officedocs.as_docx())) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = part.decode().replace("<w:document", f"{BOMB}<w:document", 1).replace("KẾ HOẠCH", "&m;", 1).encode()
            new.writestr(name, part)
    with pytest.raises(ReadError, match="no readable Word"):
        read_bytes(stream.getvalue(), "a.docx")


def test_nothing_outside_the_file_is_fetched(tmp_path):
    secret = tmp_path / "bi-mat.txt"
    secret.write_text("BÍ MẬT")
    content = (
        f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]><office:document-content {NAMES}><office:body><office:text>'
        "<text:p>Còn &s; lại</text:p></office:text></office:body></office:document-content>"
    )
    assert "BÍ MẬT" not in read_bytes(_odt("", content=content), "a.odt").text


def test_a_package_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(packages, "MAX_XML", 10_000)
    with pytest.raises(ReadError, match="unpacks to more"):
        read_bytes(_odt(f"<text:p>{'a' * 20_000}</text:p>"), "a.odt")
    with pytest.raises(ReadError, match="unpacks to more"):
        read_bytes(officedocs.as_docx(), "a.docx")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (_odt("")[:400], "broken"),
        (_odt("", content="<a>"), "broken"),
        (_odt("", **{"META-INF/manifest.xml": "<manifest:encryption-data/>"}), "password"),
    ],
)
def test_broken_and_encrypted_files_are_one_clear_error(data, said):
    with pytest.raises(ReadError, match=said):
        read_bytes(data, "a.odt")


def test_an_odt_under_another_name_is_read():
    assert read_bytes(_odt("<text:p>Một</text:p>"), "a.docx").text == "Một"
