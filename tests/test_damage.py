"""Words that have lost a letter or a blank: found where they decide something, quoted as printed, never seen in clean text."""

import random

import madetexts
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.api import extract_text
from kehoach.extract.damage import find_damage, restore
from kehoach.extract.damagewords import Lexicon
from kehoach.extract.matching import fold
from kehoach.extract.readers.syllables import is_spelt
from kehoach.rules.damage import load_damage_rules
from kehoach.schemas.errors import RuleError

RULES = load_damage_rules()
LEXICON = Lexicon.of(RULES)


def read(text):
    return restore(text, find_damage(fold(text), text, LEXICON))


@pytest.mark.parametrize(("printed", "meant"), [pair for group in RULES.groups for pair in group.examples])
def test_the_examples_of_the_rules_hold(printed, meant):
    assert read(printed) == meant


@pytest.mark.parametrize("text", [text for group in RULES.groups for text in group.counter_examples])
def test_the_counter_examples_stay(text):
    assert read(text) == text


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        # a letter of the first word, of the last, in capitals, at the beginning of the text and of a line
        ("hủ trì, phối hợp với Sở Y tế", "Chủ trì, phối hợp với Sở Y tế"),
        ("Cơ quan phi hợp: Sở Y tế", "Cơ quan phối hợp: Sở Y tế"),
        ("TỔ CHỨC THC HIỆN", "TỔ CHỨC THỰC HIỆN"),
        ("Giao Sở Tài chính\nđôn đc các xã", "Giao Sở Tài chính\nđôn đốc các xã"),
        ("K HOẠCH", "KẾ HOẠCH"),
        ("đơn v, địa phương", "đơn vị, địa phương"),
        # a blank: within the group, before it, behind it, beside an abbreviation
        ("thựchiện", "thực hiện"),
        ("UBND tỉnhchủ trì", "UBND tỉnh chủ trì"),
        ("UBNDchủ trì", "UBND chủ trì"),
        ("phối hợp vớiUBND xã", "phối hợp với UBND xã"),
        ("giao Giám đốcSở Y tế", "giao Giám đốc Sở Y tế"),
        # a letter and the blank beside it
        ("tchức hội nghị", "tổ chức hội nghị"),
        # lines may break within a group, not paragraphs
        ("rà soát, ch\ntrì", "rà soát, chủ\ntrì"),
        ("rà soát, ch\n\ntrì", "rà soát, ch\n\ntrì"),
        # both words could be right: two other damaged words decide
        ("Sở Y tế hủ trì", "Sở Y tế hủ trì"),
        ("Sở Y tế hủ trì; gii pháp; nhim vụ", "Sở Y tế chủ trì; giải pháp; nhiệm vụ"),
        # abbreviations, marks, units, addresses, names
        ("V/v chỉ đạo", "V/v chỉ đạo"),
        ("a) chức năng; đ) xuất", "a) chức năng; đ) xuất"),
        ("theo điểm c quan trắc", "theo điểm c quan trắc"),
        ("ông B trí thức, bà Đ nghị sĩ", "ông B trí thức, bà Đ nghị sĩ"),
        ("Trường TH trưởng thành", "Trường TH trưởng thành"),
        ("#chuyểnđổi, @thựchiện", "#chuyểnđổi, @thựchiện"),
        ("quảng bá và phát triển du lịch", "quảng bá và phát triển du lịch"),
        ("https://congan.gov.vn/thong-bao", "https://congan.gov.vn/thong-bao"),
    ],
)
def test_words_are_read(printed, meant):
    assert read(printed) == meant


PLAN = """ỦY BAN NHÂN DÂN
TỈNH SÔNG TRĂNG
-------
KẾ HOẠCH
Phát triển du lịch nông thôn năm 2026

I. MỤC TIÊU
- Tỷ lệ hộ dân dùng nước sạch đạt 95% vào năm 2030.
II. NHIỆM VỤ, GIẢI PHÁP
1. Sở Y tế chủ trì, phối hợp với Sở Tài chính, Sở Nội vụ kiểm tra bếp ăn, hoàn thành trước ngày 30/6/2026.
2. Chủ tịch UBND xã đề xuất phương án trong quý II năm 2026.
3. Giao Sở Xây dựng chủ trì, phối hợp với Công an tỉnh tổ chức thực hiện trong tháng 8/2026.
4. Sở Tư pháp tham mưu ban hành quy chế phối hợp; thời gian thực hiện: quý III năm 2026.
"""
DAMAGED = (
    PLAN.replace("MỤC TIÊU", "MC TIÊU")
    .replace("Tỷ lệ", "Tỷ l")
    .replace("NHIỆM VỤ, GIẢI", "NHIM VỤ, GII")
    .replace("tế chủ trì, phối hợp với Sở", "tếchủ trì, phi hợp với Sở")
    .replace("Sở Nội vụ kiểm tra", "S Nội vụ kểm tra")
    .replace("hoàn thành trước ngày", "hoàn thàn trướcngày")
    .replace("Chủ tịch", "Ch tịch")
    .replace("đề xuất", "đ xuất")
    .replace("quý II năm", "qý II nm")
    .replace("dựng chủ trì", "dựng ch trì")
    .replace("thực hiện trong", "thực hin trong")
)


def facts(text):
    """What the tasks say, with agencies by their ids; every quote is a slice of the printed text."""
    document = extract_text(text)
    for record in (*document.tasks, *document.targets):
        assert record.text == " ".join(text[record.span.start : record.span.end].split())
    for task in document.tasks:
        for time in task.timeframes:
            assert time.text == " ".join(text[time.span.start : time.span.end].split())
    return [
        (
            *([agency.agency_id for agency in agencies] for agencies in (task.lead, task.coordinating, task.implementing)),
            [(time.kind, time.start, time.end, time.before) for time in task.timeframes],
        )
        for task in document.tasks
    ], [(target.value, target.unit, target.comparator) for target in document.targets]


def test_a_damaged_plan_tells_the_same_and_is_quoted_as_printed():
    assert facts(DAMAGED) == facts(PLAN)
    document = extract_text(DAMAGED)
    assert [section.title for section in document.sections] == ["MC TIÊU", "NHIM VỤ, GII PHÁP"]
    assert [agency.name for agency in document.tasks[0].coordinating] == ["Sở Tài chính", "S Nội vụ"]
    assert [agency.name for agency in document.tasks[1].lead] == ["Ch tịch UBND xã"]
    assert "so-noi-vu" in {agency.id for agency in document.agencies}
    (note,) = (note for note in document.diagnostics if note.code == "damaged-words")
    assert note.message.startswith("16 damaged words")
    assert DAMAGED[note.span.start : note.span.end] == "MC"
    assert not [note for note in extract_text(PLAN).diagnostics if note.code == "damaged-words"]


def damages():
    """Every way to take a letter or a blank out of a group of the rules that stands in the plan, where that leaves a damaged word."""
    low, found = PLAN.lower(), []
    for term in RULES.terms:
        at = low.find(term)
        if at < 0 or "#" in term:
            continue
        for place in range(at, at + len(term)):
            if PLAN[place] in ",\n":
                continue
            start, end = low.rfind(" ", 0, max(place, 1)), place
            while end < len(low) and low[end].isalpha():
                end += 1
            left = low[place - 1 if PLAN[place] == " " else start + 1 : place] + low[place + 1 : end]
            if PLAN[place] == " " or (len(left) > 1 and not is_spelt(left)):
                found.append(place)
    return sorted(set(found))


@pytest.mark.parametrize("seed", range(40))
def test_letters_and_blanks_taken_out_at_random_change_nothing(seed):
    chance = random.Random(seed)
    places = damages()
    taken: list[int] = []
    for place in chance.sample(places, 4):
        line = PLAN.rfind("\n", 0, place)
        if all(PLAN.rfind("\n", 0, other) != line for other in taken):  # one in a line: the words beside it are its evidence
            taken.append(place)
    text = "".join(char for place, char in enumerate(PLAN) if place not in taken)
    assert facts(text) == facts(PLAN), [PLAN[place - 5 : place + 5] for place in taken]


@given(madetexts.texts())
def test_any_text_is_restored_by_letters_put_in(text):
    edits = find_damage(fold(text), text, LEXICON)
    assert all(0 <= edit.at <= len(text) for edit in edits)
    assert [edit.at for edit in edits] == sorted(edit.at for edit in edits)


@given(st.lists(st.sampled_from(DAMAGED.split("\n")), max_size=30).map("\n".join))
def test_damaged_texts_keep_the_contract(text):
    assert not madetexts.faults(madetexts.extraction_of(text))


def test_clean_text_is_left_alone():
    lines = [line for line in madetexts.LINES if line.strip()] + [line for line in PLAN.split("\n") if line]
    text = "\n".join(random.Random(number).choice(lines) for number in range(3000))
    assert len(text) > 100_000
    assert find_damage(fold(text), text, LEXICON) == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("colour: red", "expected the keys"),
        ("enough: 0", "a number from 1"),
        ("unused: ch", "a list of words"),
        ("groups: [{id: damage.x, terms: [một]}]", "at least two words"),
        ("groups: [{terms: [chủ trì]}]", "a mapping with an id"),
        ("groups: [{id: damage.x, terms: [chủ trì], examples: [ch trì]}]", "printed and read"),
    ],
)
def test_bad_rule_files_are_refused_with_the_reason(body, message, tmp_path):
    (tmp_path / "damage.yaml").write_text(body, "utf-8")
    with pytest.raises(RuleError, match=message):
        load_damage_rules(tmp_path)


def test_a_user_adds_groups(tmp_path):
    (tmp_path / "damage.yaml").write_text("groups: [{id: damage.mine, terms: [vận tải biển]}]", "utf-8")
    mine = Lexicon.of(load_damage_rules(tmp_path))
    text = "đội vận ti biển"
    assert restore(text, find_damage(text, text, mine)) == "đội vận tải biển"
    assert read(text) == text
