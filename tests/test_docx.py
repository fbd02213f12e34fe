"""Word documents: numbers, merged cells, text boxes, notes, tracked changes, old fonts, broken files."""

import io
import zipfile

import docx
import officedocs
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kehoach.api import extract_bytes
from kehoach.extract.readers import read_bytes
from kehoach.schemas.errors import ReadError

NUMBERING = """<w:numbering {0}><w:abstractNum w:abstractNumId="77">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
</w:abstractNum><w:num w:numId="99"><w:abstractNumId w:val="77"/></w:num></w:numbering>"""


def _document(*paragraphs):
    """A document of paragraphs given as the XML inside ``w:p``."""
    document = docx.Document()
    for inner in paragraphs:
        document.element.body.insert(len(document.element.body) - 1, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))
    return document


def _saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _read(document):
    return read_bytes(_saved(document), "a.docx")


def _run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def _font(name):
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def test_the_plan_says_the_same_as_its_text():
    text = extract_bytes(officedocs.as_txt(), "a.txt", doc_id="a", path="a.txt").document
    word = extract_bytes(officedocs.as_docx(), "a.docx", doc_id="a", path="a.docx").document
    assert officedocs.facts(word) == officedocs.facts(text)
    assert (word.metadata.number, word.metadata.signer) == (text.metadata.number, text.metadata.signer)


def test_automatic_numbers_are_written_out():
    document = _document(
        *(
            f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="99"/></w:numPr></w:pPr>{_run(text)}'
            for level, text in [
                (0, "MỤC TIÊU"),
                (1, "Chung"),
                (2, "Một"),
                (2, "Hai"),
                (3, "Gạch"),
                (1, "Riêng"),
                (2, "Ba"),
                (0, "NHIỆM VỤ"),
                (1, "Chung"),
            ]
        )
    )
    root = document.part.numbering_part.element
    for entry in parse_xml(NUMBERING.format(nsdecls("w"))):
        root.insert(0, entry) if entry.tag.endswith("abstractNum") else root.append(entry)
    assert _read(document).text.split("\n") == [
        "I. MỤC TIÊU",
        "1. Chung",
        "a) Một",
        "b) Hai",
        "- Gạch",
        "2. Riêng",
        "a) Ba",
        "II. NHIỆM VỤ",
        "1. Chung",
    ]


def test_merged_cells_are_inherited_both_ways():
    document = docx.Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Hai cột"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "Hai dòng"
    table.cell(1, 0).text = "a"
    source = _read(document)
    rows = [[(cell.span.of(source.text) if cell.span else None, cell.inherited) for cell in row] for row in source.grids[0].rows]
    assert rows[0][:2] == [("Hai cột", False), ("Hai cột", True)]
    assert [row[2] for row in rows[1:]] == [("Hai dòng", False), ("Hai dòng", True)]
    assert rows[2][0] == (None, False)


def test_a_letterhead_of_two_columns_is_untangled():
    source = read_bytes(officedocs.as_docx(), "a.docx")
    head = officedocs.PLAN[0]
    assert source.text.startswith("\n".join((*head.left, *head.right)))


def test_tracked_changes_are_read_as_accepted():
    document = _document(
        _run("Sở Y tế ") + f"<w:del>{_run('không ').replace('w:t', 'w:delText')}</w:del><w:ins>{_run('chủ trì')}</w:ins>" + _run(" kiểm tra."),
        f"<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{_run('Một câu ')}",
        _run("liền."),
    )
    source = _read(document)
    assert source.text == "Sở Y tế chủ trì kiểm tra.\nMột câu liền."
    assert [note.code for note in source.notes] == ["tracked-changes"]


def test_hidden_text_is_left_out():
    assert _read(_document(_run("Thấy") + _run(" ẩn", "<w:vanish/>"))).text == "Thấy"


def test_text_boxes_are_read_once():
    box = f"<w:txbxContent><w:p>{_run('Trong khung')}</w:p></w:txbxContent>"
    alternate = (
        f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    assert _read(_document(_run("Ngoài khung") + f"<w:r>{alternate}</w:r>")).text == "Ngoài khung\nTrong khung"


@pytest.mark.parametrize("kind", ["foot", "end"])
def test_notes_stand_at_the_end(kind):
    data = _saved(_document(_run("Chỉ tiêu") + f'<w:r><w:{kind}noteReference w:id="2"/></w:r>' + _run(" năm 2026")))
    body = f'<w:{kind}notes {nsdecls("w")}><w:{kind}note w:id="2"><w:p><w:r><w:{kind}noteRef/></w:r>{_run(" Theo Quyết định số 5.")}</w:p></w:{kind}note></w:{kind}notes>'
    relation = (
        f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}notes" Target="{kind}notes.xml"/>'
    )
    override = (
        f'<Override PartName="/word/{kind}notes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}notes+xml"/>'
    )
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode("utf-8") if name.endswith((".rels", "].xml")) else old.read(name)
            if name == "word/_rels/document.xml.rels":
                part = part.replace("</Relationships>", f"{relation}</Relationships>")
            if name == "[Content_Types].xml":
                part = part.replace("</Types>", f"{override}</Types>")
            new.writestr(name, part)
        new.writestr(f"word/{kind}notes.xml", body)
    assert read_bytes(changed.getvalue(), "a.docx").text == "Chỉ tiêu[1] năm 2026\n[1] Theo Quyết định số 5."


def test_a_table_of_contents_is_dropped():
    source = _read(_document(f'<w:pPr><w:pStyle w:val="TOC1"/></w:pPr>{_run("I. MỤC TIÊU 2")}', _run("I. MỤC TIÊU")))
    assert [(drop.span.of(source.text), drop.reason) for drop in source.dropped] == [("I. MỤC TIÊU 2", "table-of-contents")]


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (_run("Sè 5 cña Bé Tµi chÝnh", _font(".VnTime")), "Số 5 của Bộ Tài chính"),
        (_run("kÕ ho¹ch", _font(".VnTimeH")) + _run(" năm 2026", _font("Times New Roman")), "KẾ HOẠCH năm 2026"),
        (_run("Kế hoạch", _font(".VnTime")), "Kế hoạch"),
    ],
)
def test_runs_in_old_fonts_are_converted(runs, expected):
    assert _read(_document(runs)).text == expected


def test_a_letter_split_between_two_runs_is_one():
    assert _read(_document(_run("Ke", _font("VNI-Times")) + _run("á hoaïch", _font("VNI-Times")))).text == "Kế hoạch"


def test_an_old_font_of_the_style_counts():
    document = docx.Document()
    document.styles["Normal"].font.name = ".VnTime"
    document.add_paragraph("KÕ ho¹ch")
    assert _read(document).text == "Kế hoạch"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"EncryptedPackage".ljust(600, b"\x00"), "password"),
        (officedocs.as_docx()[:3000], "broken"),
        (officedocs.zipped(**{"word/document.xml": b"<w:document/>"}), "no readable Word"),
    ],
)
def test_broken_and_encrypted_files_are_one_clear_error(data, said):
    with pytest.raises(ReadError, match=said):
        read_bytes(data, "a.docx")
