"""Old encodings and misread text are put right; clean text is never touched."""

import unicodedata

import officedocs
import pytest

from kehoach.api import extract_bytes
from kehoach.extract.readers import read_bytes
from kehoach.extract.readers.legacyfonts import convert, font_encoding, table
from kehoach.extract.readers.repair import WINDOWS, find_repair
from kehoach.extract.readers.syllables import is_syllable
from kehoach.schemas.errors import ReadError

# TCVN3 has no capital letters with tones but those of its fonts of capitals: "Ủy" was written "Uỷ".
TEXT = "\n".join(officedocs.lines()).replace("Ủy", "Uỷ")
TONES = "\u0300\u0301\u0303\u0309\u0323"


def old(text, name):
    """``text`` as characters of an old encoding."""
    letters = {}
    for printed, letter in table(name).letters.items():
        if all(ord(char) < 256 for char in printed):
            letters.setdefault(letter, printed)
    return "".join(letters.get(char) or letters.get(char.lower(), char) for char in text)


def cp1258(text):
    """Windows-1258 bytes: letters with their shape, tones after them."""
    out = b""
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(part for part in parts if part in TONES)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        out += base.encode("cp1258") + tones.encode("cp1258")
    return out


BYTES = {
    "tcvn3": old(TEXT, "tcvn3").encode("latin-1"),
    "vni": old(TEXT, "vni").encode("latin-1"),
    "viscii": old(TEXT, "viscii").encode("latin-1"),
    "cp1258": cp1258(TEXT),
    "utf-16": TEXT.encode("utf-16"),
    "utf-16-le": TEXT.encode("utf-16-le"),
    "utf-8": unicodedata.normalize("NFD", TEXT).encode("utf-8"),
}


@pytest.mark.parametrize("encoding", BYTES)
def test_bytes_of_old_encodings_become_the_same_text(encoding):
    source = read_bytes(BYTES[encoding], "ke-hoach.txt")
    assert source.text == TEXT
    assert source.encoding == encoding


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "cp1258"])
def test_the_extraction_is_that_of_the_clean_text(encoding):
    clean = extract_bytes(TEXT.encode(), "a.txt", doc_id="a", path="a.txt").document
    other = extract_bytes(BYTES[encoding], "a.txt", doc_id="a", path="a.txt").document
    assert officedocs.facts(other) == officedocs.facts(clean)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii"])
@pytest.mark.parametrize("kind", ["txt", "html"])
def test_old_characters_inside_unicode_files_are_told_too(encoding, kind):
    data = (
        old(TEXT, encoding)
        if kind == "txt"
        else "<html><body>" + "".join(f"<p>{line}</p>\n" for line in old(TEXT, encoding).split("\n")) + "</body></html>"
    )
    source = read_bytes(data.encode("utf-8"), f"a.{kind}")
    assert [line for line in source.text.split("\n") if line] == TEXT.split("\n")
    assert "encoding-repaired" in [note.code for note in source.notes]


def _scrambled(text, codec):
    return text.encode().decode("latin-1") if codec == "latin-1" else "".join(WINDOWS[code] for code in text.encode())


@pytest.mark.parametrize("codec", ["latin-1", "windows-1252"])
def test_mojibake_is_undone(codec):
    assert read_bytes(_scrambled(TEXT, codec).encode(), "a.txt").text == TEXT


def test_a_scrambled_paragraph_between_clean_ones_is_undone_alone():
    lines = TEXT.split("\n")
    mixed = "\n".join([*lines[:20], *_scrambled("\n".join(lines[20:30]), "windows-1252").split("\n"), *lines[30:]])
    assert find_repair(mixed)(mixed) == TEXT


def test_an_old_paragraph_between_clean_ones_is_converted_alone():
    lines = [line for line in TEXT.split("\n") if len(line) > 60]
    mixed = "\n".join([*lines[:3], old(lines[3], "tcvn3"), *lines[4:]])
    assert find_repair(mixed)(mixed) == "\n".join(lines)


ODD = "Sở Nội vụ chủ trì, phối hợp với UBND các xã, phường rà soát – “hoà”/“hòa”, thuỷ lợi/thủy lợi; đạt ≥ 95% (m², 5 °C) № 3 §4 ½ •"
CLEAN = [
    TEXT,
    "Giá £5, ©2026, 20 °C, ½ số hộ, «Hà Nội», § 3 · mục 2 – “trích”: São Tomé, Müller, Brontë, Đà Nẵng, naïve, Ångström, ×, ÷, µg",
    "Le général de Gaulle a été élu. Où étiez-vous à Noël? Ça va très bien, garçon. L'œuvre où naît l'être aimé.",
    "São Paulo, Curaçao, Malmö, Tromsø, Århus, Zürich, Köln, Łódź, Kraków, Señor Núñez, Île-de-France",
    "XÃ“A” – HÃY – ĐÃ–",
    "Nam Á, bà Hà, ông Tô, chú Sáu, cô Út, bé Na",
    "α β γ Ä Ö Ü ä ö ü ß € 100 ¥ 200",
]


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_is_left_alone(text):
    assert not find_repair(text).encoding
    assert read_bytes(text.encode(), "a.txt").text == unicodedata.normalize("NFC", text)


def test_a_hundred_thousand_clean_characters_come_out_unchanged():
    words = ODD.split()
    lines = [" ".join(words[(start + 3 * place) % len(words)] for place in range(12)) for start in range(2100)]
    text = "\n".join([*lines, *CLEAN] * 1)
    assert len(text) > 100_000
    source = read_bytes(text.encode(), "a.txt")
    assert source.text == unicodedata.normalize("NFC", text) and not source.notes


@pytest.mark.parametrize("data", [bytes(range(128, 256)) * 20, "Straße, Grüße, Übermut, Käse, Öl ".encode("latin-1") * 20])
def test_bytes_of_another_language_are_refused(data):
    with pytest.raises(ReadError, match=r"neither|binary"):
        read_bytes(data, "a.txt")


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", "tcvn3"),
        ("ABCDEF+.VnArial-Bold", "tcvn3"),
        (".VnTimeH", "tcvn3-capitals"),
        ("VNI-Times", "vni"),
        ("VNI-Helve-Condense", "vni"),
        ("Times New Roman", None),
        ("VNTIME-Unicode", None),
        ("Vnu Times", None),
        ("Arial", None),
    ],
)
def test_font_names_tell_the_encoding(font, encoding):
    assert font_encoding(font) == encoding


@pytest.mark.parametrize(
    "word", ["nghiệp", "quyết", "khuya", "giếng", "gì", "quý", "nước", "hoà", "hòa", "thuỷ", "thủy", "uỷ", "ủy", "yêu", "ương", "oong", "xoong"]
)
def test_syllables(word):
    assert is_syllable(word) and is_syllable(word.upper())


@pytest.mark.parametrize("word", ["nghiÖp", "quyeát", "®¹t", "ng", "Müller", "w", "ắắ", "hôà"])
def test_no_syllables(word):
    assert not is_syllable(word)


@pytest.mark.parametrize("name", ["tcvn3", "vni", "viscii"])
def test_tables_cover_the_alphabet(name):
    letters = {letter for letter in table(name).letters.values() if letter.islower()}
    assert len(letters) >= 67 - len("àáâãèéêìíòóôõùúýy")
    assert convert(old("ắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựđ", name), name) == "ắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựđ"
