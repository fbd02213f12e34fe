"""Sentence ends, first words of clauses, and the taggers that are asked about unknown ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structure import rules, segmenter

from kehoach.extract.matching import fold
from kehoach.extract.segmenter import NAMES, Segmenter, load_tagger
from kehoach.schemas.errors import KehoachError
from kehoach.schemas.spans import Span

LISTS = segmenter("none")


def sentences(text):
    view = fold(text)
    return [span.of(text) for span in LISTS.sentences(view, Span(0, len(view)))]


def ask(method, text):
    view = fold(text)
    return method(view, Span(0, len(view)))


@pytest.mark.parametrize(
    "parts",
    [
        ["Rà soát quỹ đất.", "Trồng rừng."],
        ["Rà soát quỹ đất.", "“Trồng rừng” là việc gấp."],
        ["Rà soát quỹ đất.", "12 xã trồng rừng."],
        ["Ai trồng rừng?", "Các xã."],
        ["Trồng ngay!", "Không chậm trễ."],
        ["Rừng, đê, kè…", "Tất cả."],
        ["Rà soát quỹ đất./.", "Hết."],
        ["Ông nói: “Trồng rừng.”", "Bà con vỗ tay."],
        ["Trồng rừng (cả ven sông).", "Hết."],
        ["(Danh sách kèm theo.)", "Hết."],
        ["Một dòng\nnữa.", "Hết"],
        # no ends
        ["Ban quản lý TP. Bến Cát"],
        ["Đồng chí V. Lúa dự"],
        ["PGS. TS. Trần Thị Lúa dự"],
        ["Rừng, đê, v.v. Các xã chuẩn bị"],
        ["Trồng 1.250 ha và 3.5 km kè"],
        ["theo mục 2.1. của kế hoạch"],
        ["Đất (Điều 5. Khoản 2) ven sông"],
        ["hạn 30.6.2026 đã qua"],
        ["trồng rừng. và giữ rừng"],  # goes on in small letters
        ["Trồng rừng; giữ rừng: cả hai"],
        [],
    ],
)
def test_sentences(parts):
    assert sentences(" ".join(parts)) == parts


def test_sentences_keep_to_their_span():
    text = "Một. Hai. Ba."
    assert [span.of(text) for span in LISTS.sentences(text, Span(5, 9))] == ["Hai."]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Tăng cường kiểm tra rừng", True),
        ("Tổ chức hội nghị", True),
        ("Tổ chức chính trị - xã hội các cấp", False),
        ("Công tác trồng rừng", False),
        ("12 xã ven sông", False),
        ("Kinh phí thực hiện", False),
        # behind what ties it to the sentence before, and behind an opening phrase
        ("Đồng thời rà soát quỹ đất", True),
        ("Trong đó, tập trung trồng rừng", True),
        ("Trên cơ sở kết quả rà soát, xây dựng phương án giao đất", True),
        ("Trên cơ sở kết quả rà soát, các xã ven sông", False),
        ("Trên cơ sở kết quả rà soát", False),
        ('"Rà soát" là tên gọi cũ', True),
        ("", False),
        ("   ", False),
        ("...", False),
    ],
)
def test_first_words_of_an_action(text, action):
    assert ask(LISTS.begins_action, text) is action


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Công tác trồng rừng", True),
        ("12 xã ven sông", True),
        ("Trên cơ sở kết quả rà soát, xây dựng phương án", False),
        ("Rà soát quỹ đất", False),
        ("Bần chua mọc ven sông", False),  # unknown is not sure
    ],
)
def test_first_words_of_a_thing(text, thing):
    assert ask(LISTS.begins_thing, text) is thing


@pytest.mark.parametrize(
    ("text", "narrative"),
    [
        ("Các xã đã trồng 12 ha rừng", True),
        ("Chủ tịch xã cho biết nước còn cao", True),
        ("Các xã trồng 12 ha rừng", False),
        ("theo kế hoạch đã được phê duyệt", False),
        ("UBND tỉnh đã giao Sở Nội vụ rà soát", False),  # tells of a direction
    ],
)
def test_narrative(text, narrative):
    assert ask(LISTS.is_narrative, text) is narrative


# --- taggers -------------------------------------------------------------------------------------------------------------


class Recorder:
    """A tagger that notes what it is asked and says yes."""

    def __init__(self):
        self.asked = []

    def begins_action(self, words):
        self.asked.append(words)
        return True


@pytest.mark.parametrize("text", ["Rà soát quỹ đất", "Công tác trồng rừng", "Trên cơ sở đó, rà soát", "", " \n"])
def test_a_tagger_is_not_asked_what_the_lists_know(text):
    tagger = Recorder()
    ask(Segmenter(rules().finders.clauses, tagger).begins_action, text)
    assert tagger.asked == []


def test_a_tagger_is_asked_about_the_first_words_once():
    tagger = Recorder()
    one = Segmenter(rules().finders.clauses, tagger)
    for rest in ("ven sông", "trên các cồn"):
        assert ask(one.begins_action, f"Vun  xới\nluống rau {rest}")
    assert tagger.asked == ["Vun xới luống rau"]


def test_no_tagger_says_no():
    assert not load_tagger("none").begins_action("Nạo vét lòng sông")


def test_an_unknown_tagger_is_refused():
    with pytest.raises(KehoachError, match="none, pyvi, underthesea"):
        load_tagger("magic")


@pytest.mark.parametrize("name", ["pyvi", "underthesea"])
def test_a_tagger_tells_verbs_from_nouns(name):
    pytest.importorskip(name)
    tagger = load_tagger(name)
    assert tagger.begins_action("Điều tra hiện trạng rừng")
    assert not tagger.begins_action("Rừng ven sông Trăng")


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=40))
def test_no_words_make_a_tagger_fail(name, text):
    if name != "none":
        pytest.importorskip(name)
    assert isinstance(load_tagger(name).begins_action(" ".join(text.split())), bool)


# --- properties ----------------------------------------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='aÀbĐ1I.)-!?…"“”(/ \n\xa0vTP', max_size=120))
def test_sentences_hold_every_visible_character(text):
    view = fold(text)
    found = LISTS.sentences(view, Span(0, len(view)))
    at = 0
    for span in found:
        assert at <= span.start < span.end
        assert not view[at : span.start].strip()
        at = span.end
    assert not view[at:].strip()
    for method in (LISTS.begins_action, LISTS.begins_thing, LISTS.is_narrative):
        assert isinstance(method(view, Span(0, len(view))), bool)


def test_a_text_without_ends_is_read_in_a_moment():
    text = "Sông Trăng " * 20_000 + "(" * 500
    assert len(sentences(text)) == 1
