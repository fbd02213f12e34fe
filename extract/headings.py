"""Whether a numbered or unnumbered block names a part (heading), opens a list (lead-in), or is content.

Annotation guide, section 3: a heading names a part and is followed by it; a numbered item that is a whole sentence is content.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import regex

from kehoach.extract.markers import rank_of
from kehoach.extract.zones import upper_share
from kehoach.schemas.stages import Block, ColumnRole, Marker, NodeKind

# Longest headings seen in administrative texts that are no list of agencies: chapter titles of forty words.
HEADING_WORDS = 60
# A numbered lead-in that names its subject ("Giải pháp về nguồn lực:") is a heading; one this long, a sentence, or one that
# says "sau đây" only opens its list.
SUBJECT_WORDS = 30
SHORT_WORDS = 9
LONG_WORDS = 45  # beyond this only type (bold, capitals) shows that a line without a full stop is a title
_ON = regex.compile(r"(?i)về\s+(?:việc|các|kiến|đề|nội|nguồn|công|tình|vấn)")  # "Về kiến nghị ...:" names its subject at any length
_STEP = regex.compile(r"(?i)(?:bước|giai\s+đoạn|nhóm|hợp\s+phần|(?:tiểu\s+)?dự\s+án|nội\s+dung|nhiệm\s+vụ|đợt)\s+(?:thứ\s+)?[\dIVX]{1,3}\s*[:.]")
_FOR = regex.compile(r"(?i)đối\s+với\s+\p{L}")  # "b) Đối với cán bộ quản lý và giáo viên": whom the part concerns
HANDS_OVER = regex.compile(
    r"(?i)(?<!\w)(?:sau|sau\s+đây|như\s+sau|bao\s+gồm|gồm(?:\s+có)?)\s*:$|^(?:tham\s+mưu|trình|(?:chủ\s+trì\s*,\s+)?phối\s+hợp)\s[^:]{10,300}:$|phối\s+hợp\s+với\s[^:]{3,200}(?:chỉ\s+đạo|chủ\s+trì|thực\s+hiện|triển\s+khai)\s*:$"
)
_ROLES_ALONE = regex.compile(r"(?i)chủ\s+trì(?:\s*,\s+phối\s+hợp(?:\s+với)?)?|phối\s+hợp(?:\s+với)?")  # "b) Chủ trì, phối hợp" over its list
_AMOUNT = regex.compile(r"(?i):\s*[\d.,]+\s*(?:đ|đồng|(?:nghìn|triệu|tỷ|tỉ)(?:\s+đồng)?)\W*$")  # "a) Kinh phí của tỉnh: 25.810.000đ" states a figure
_ALWAYS = frozenset({Marker.PART, Marker.ARTICLE, Marker.APPENDIX})
FIRST_NUMBERS = frozenset({"1", "I", "A", "a)", "a", "1.1", "i"})  # a list that begins here belongs to what stands above it, whatever its style
_GROUP_WORDS = 8
_BULLETS = frozenset({Marker.DASH, Marker.PLUS})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands below a block: the field labels right under it, then the next block that is none."""

    labels: tuple[ColumnRole, ...]
    following: Block | None
    before_table: bool
    beside: bool = False  # a heading with numbers of the same style stands before the block in the same part


@dataclass(frozen=True, slots=True)
class HeadingReader:
    """Decides the kind of a body block; the callables answer what only the agency and role grammars know."""

    view: str
    names_agency: Callable[[Block], bool]
    is_sentence: Callable[[Block], bool]
    news: bool

    def kind(self, block: Block, below: Surroundings, open_styles: Sequence[str]) -> NodeKind:
        """``open_styles`` are the styles of the numbers that enclose the block, outermost first."""
        if block.marker in _ALWAYS or (self.news and self._asks(block, below)):
            return NodeKind.HEADING
        opens = self._opens(block, below, open_styles)
        if block.marker in _BULLETS:
            if block.marker is Marker.DASH and self._names_group(block, below):
                return NodeKind.HEADING
            return NodeKind.LEAD_IN if opens and self._text(block).endswith(":") else NodeKind.ITEM
        if block.marker is Marker.NONE:
            return self._unnumbered(block, below, opens)
        return self._numbered(block, below, opens)

    def _numbered(self, block: Block, below: Surroundings, opens: bool) -> NodeKind:
        text = self._text(block)
        words = len(text.split())
        last = text[-1:]
        if below.labels and ColumnRole.TASK not in below.labels and (below.following is None or not self._nests(block, below.following)):
            return NodeKind.ITEM
        names_agency = self.names_agency(block) and not (last in ".;" and words > SHORT_WORDS and self.is_sentence(block))
        if not text or (words > HEADING_WORDS and not names_agency):
            return NodeKind.LEAD_IN if opens and last == ":" else NodeKind.ITEM
        if not opens and not below.labels and not below.before_table:
            return NodeKind.HEADING if block.marker is Marker.ROMAN and last not in ".;" else NodeKind.ITEM
        if block.bold or upper_share(text) > 0.8 or block.marker is Marker.ROMAN or names_agency:
            return NodeKind.HEADING
        if block.marker is Marker.LETTER and _AMOUNT.search(text):
            return NodeKind.ITEM
        if last == ":":
            names_subject = words <= SUBJECT_WORDS or _ON.match(text)
            return NodeKind.HEADING if names_subject and not self.is_sentence(block) and not HANDS_OVER.search(text) else NodeKind.LEAD_IN
        if _ROLES_ALONE.fullmatch(text):
            return NodeKind.LEAD_IN
        if _STEP.match(text):
            return NodeKind.HEADING
        if _FOR.match(text) and last not in ".;,":
            return NodeKind.HEADING
        if last in ".;,":
            longest = HEADING_WORDS if self._is_wide(block, below) and not below.beside else self._title_words(below)
            if last == "." and words <= longest and below.following is not None and below.following.marker is not Marker.NONE:
                return NodeKind.ITEM if self.is_sentence(block) else NodeKind.HEADING
            return NodeKind.HEADING if words <= SHORT_WORDS and not self.is_sentence(block) else NodeKind.ITEM
        return (
            NodeKind.ITEM
            if (words > LONG_WORDS and not self._is_wide(block, below)) or (words > SHORT_WORDS and self.is_sentence(block))
            else NodeKind.HEADING
        )

    def _title_words(self, below: Surroundings) -> int:
        """How long a title with a full stop may be: longer over a list with numbers of its own than over bullets, the parts of a sentence."""
        return LONG_WORDS if below.following is not None and below.following.number in FIRST_NUMBERS else SUBJECT_WORDS

    def _is_wide(self, block: Block, below: Surroundings) -> bool:
        """Whether the numbers below go on from that of the block ("4." over "4.1."), or a heading stands beside it: a title at any length."""
        return below.beside or (below.following is not None and block.number is not None and below.following.number == f"{block.number}.1")

    def _unnumbered(self, block: Block, below: Surroundings, opens: bool) -> NodeKind:
        text = self._text(block)
        words = len(text.split())
        last = text[-1:]
        if last == ":" and opens:
            return NodeKind.LEAD_IN
        content = below.following is not None or below.before_table
        stopped = self.news and block.bold and last == "." and words <= SUBJECT_WORDS and ". " not in text and below.following is not None
        if not content or words < 2 or words > HEADING_WORDS or (last in ".;,:!…" and not stopped) or text.startswith(("(", "[", "|", ">", '"', "!")):
            return NodeKind.PARAGRAPH
        if block.bold or (upper_share(text) > 0.8 and words >= 2):
            return NodeKind.HEADING
        if self.news and text[:1].isupper() and below.following is not None and self._is_prose(below.following):
            return NodeKind.HEADING
        return NodeKind.PARAGRAPH

    def _asks(self, block: Block, below: Surroundings) -> bool:
        """The question of an interview or of a page of questions and answers, which its answer follows."""
        return self._text(block).endswith("?") and below.following is not None and block.marker in (Marker.NONE, Marker.DASH, Marker.ARABIC)

    def _names_group(self, block: Block, below: Surroundings) -> bool:
        """A short bullet without a stop over unmarked sentences ("- Thủy sản" / "Hình thành ít nhất hai vùng nuôi.") names what they are about."""
        text, following = self._text(block), below.following
        if (
            self.news
            or following is None
            or following.marker is not Marker.NONE
            or not 1 < len(text.split()) <= _GROUP_WORDS
            or not text[-1].isalpha()
        ):
            return False
        prose = self._text(following)
        return text[0].isupper() and (prose[:1].isupper() or prose[:1].isdigit()) and prose.endswith((".", ";", "./."))

    def _is_prose(self, block: Block) -> bool:
        text = self._text(block)
        return block.marker is not Marker.NONE or text.endswith((".", ":", ";", "./", '."'))

    def _opens(self, block: Block, below: Surroundings, open_styles: Sequence[str]) -> bool:
        """Whether what follows is narrower than the block: its own content."""
        return below.before_table or (below.following is not None and self._nests(block, below.following, open_styles))

    def _nests(self, block: Block, following: Block, open_styles: Sequence[str] = ()) -> bool:
        if following.marker is Marker.NONE:
            return block.marker is not Marker.NONE
        if following.marker in _ALWAYS or following.style == block.style:
            return False
        if following.style in open_styles:  # "B. ..." over "I." after the last part of "A.": a list that begins anew belongs to what stands above it
            return block.marker is Marker.CAPITAL and following.number == "I"
        return block.marker is Marker.NONE or rank_of(following.style) > rank_of(block.style) or following.number in FIRST_NUMBERS

    def _text(self, block: Block) -> str:
        return self.view[block.body.start : block.body.end].strip()
