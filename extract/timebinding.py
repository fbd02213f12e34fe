"""Whether a phrase of time says when something is to be done, or belongs to a noun, a title, a comparison or the past.

No parser is used: what stands before the phrase in its clause, and right after it, decides. The words are rules
(``rules/timeframes.yaml``); the order of the questions is here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kehoach.schemas.spans import Span
from kehoach.schemas.stages import TimeKind

from .timemeaning import Passage, Phrase, Strength

# A clause, for this purpose, runs back to one of these signs; 200 characters are more than any name of a plan needs.
_CLAUSE_START = re.compile(r"[;.:](?=\s)|[()]")
_REACH = 200
# A counted quantity between a noun and the date parts them: "theo Nghị quyết đạt 90% đến năm 2030". Numbers of instruments and dates do not.
_NUMBER = re.compile(r"(?<![\w/.,-])(?<!số\s)\d[\d.,]*(?:\s?%|\s++(?!tháng|năm|ngày|của|về)[^\W\d])", re.IGNORECASE)
# Names end in years and spans of years; a month or quarter belongs to a noun only right behind it ("nhiệm vụ công tác tháng 5").
_NEAR = 25
_NAMED_GRAINS = ("year", "years", "half")
# "Quyết định của Ủy ban ngày 1/2/2020": the date of a cited instrument.
_CITED = re.compile(
    r"(?<!\w)(?:số\s+\S{1,25}|(?:Luật|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Thông tư|Kế hoạch|Công văn|Thông báo|Kết luận|Công điện|Tờ trình"
    r"|Văn bản)(?:\s[^;.()\d]{0,60})?)\s*,?\s*$",
    re.IGNORECASE,
)
# "12/QĐ-UBND ngày 1/2/2020", "Kế hoạch 45/KH-UBND năm 2025".
_NUMBERED = re.compile(r"\d\s?[-/]\s?\w*[A-ZĐ][\w&/-]*\s*,?\s*(?:ban hành\s+)?$")
_HEAD = re.compile(r"^[\s,\"'*+•)-]*$")
_COMMA_HEAD = re.compile(r",\s*(?:và\s+)?$")
_UNTIL_NOW = re.compile(r"\s*+(?:đến|tới|-)\s++nay(?!\w)", re.IGNORECASE)
# "từ ngày 15 tháng 12 năm trước kỳ báo cáo đến ngày 14 tháng 12 của kỳ báo cáo": what the figures of a report cover (Nghị định 09/2019/NĐ-CP).
_DATA_WINDOW = re.compile(
    r"\s*+(?:của\s++)?(?:(?:năm|tháng|quý)\s++trước(?!\w)|(?:năm|tháng|quý|kỳ)\s++(?:thuộc\s++kỳ\s++)?báo\s++cáo(?!\w))", re.IGNORECASE
)
_AT_END = re.compile(r"\s*+(?:[;.,)]|$)")
_CLOSING = re.compile(r"\s*+\)?\s*+")
# "đến năm 2025, định hướng đến năm 2030" is how names of strategies end.
_HORIZON = re.compile(r"\s*+,?\s*+(?:và\s++)?(?:tầm\s++nhìn|định\s++hướng|có\s++xét|hướng\s++(?:tới|đến))", re.IGNORECASE)
_EVENT = re.compile(r"(?:(?:ngay|đột\s++xuất)\s++)?(?:sau\s++|trước\s++)?khi\s", re.IGNORECASE)
_AFTER_STEP = re.compile(r"sau\s++khi\s", re.IGNORECASE)
# "trong năm 2025" may belong to a noun before it, "vào năm 2025" never does.
_AT = re.compile(r"(?:ngay|vào|từ)\s", re.IGNORECASE)
_COLON = re.compile(r"[^;:]{0,300}:(?=\s)")
# "đầu tư công trung hạn, hằng năm" and "hằng quý, hằng năm" name kinds of plans and reports: the comma begins no clause.
_PAIRED = re.compile(r"(?:(?:trung|dài)\s+hạn|0?5\s+năm|giai\s+đoạn|h[ằà]ng\s+(?:ngày|tuần|tháng|quý))\s*,?\s*(?:và\s+)?$", re.IGNORECASE)
_SUDDEN = re.compile(r"\s*+(?:,|và|hoặc|/|-)\s*+đột\s++xuất(?!\w)", re.IGNORECASE)
_BY_RHYTHM = re.compile(r"(?<!\w)theo\s+$", re.IGNORECASE)  # "kiểm tra theo định kỳ hoặc đột xuất" says when, "kiểm tra định kỳ" what
_OF = re.compile(r"\s*+của\s")
_WEEKDAY = re.compile(r"(?<!\w)(?:thứ|chủ\s+nhật)\s")
_AIM = re.compile(r"\s*+với\s++(?:mục\s++(?:tiêu|đích)|phương\s++châm|tinh\s++thần|quyết\s++tâm)(?!\w)", re.IGNORECASE)
_COMMA = re.compile("[,:]")
_NAKED_END = re.compile(r"\s*+(?:[,:)]|$)")
_CLOCK = re.compile(r"\d\s*+(?:h|giờ|g)\s*+(?:\d\d'?)?\s*+,?\s*+$|(?:sáng|trưa|chiều|tối|đêm|thứ\s\w{2,4}|chủ\s+nhật)\s*+,?\s*+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    """A phrase in its clause: ``before`` is the clause up to it, ``after`` the rest of the passage."""

    passage: Passage
    phrase: Phrase
    before: Span
    after: Span

    def leads(self, label: str, reach: int = _REACH) -> bool:
        """Whether a rule of ``label`` matches before the phrase, within ``reach`` characters."""
        low = max(self.before.start, self.before.end - reach)
        return self.passage.rules.around[label].search(self.passage.view, low, self.before.end) is not None

    def follows(self, label: str) -> bool:
        """Whether a rule of ``label`` matches right after the phrase."""
        blank = _CLOSING.match(self.passage.view, self.after.start, self.after.end)
        at = blank.end() if blank else self.after.start
        return self.passage.rules.around[label].match(self.passage.view, at, self.after.end) is not None

    def touches(self, label: str) -> bool:
        """Whether a rule of ``label`` matches right before the phrase, with nothing but punctuation between."""
        view, end = self.passage.view, self.before.end
        found = self.passage.rules.around[label].finditer(view, max(self.before.start, end - 40), end)
        return any(not view[match.end() : end].strip(" ,:(") for match in found)

    def owned(self, label: str, reach: int = _REACH) -> bool:
        """Whether a noun of ``label`` stands before the phrase with no figure between."""
        view, end, last = self.passage.view, self.before.end, None
        for last in self.passage.rules.around[label].finditer(view, max(self.before.start, end - reach), end):  # noqa: B007
            pass
        return last is not None and not _NUMBER.search(view, last.end(), end)

    @property
    def opens(self) -> bool:
        """Whether nothing but marks stands before the phrase in its clause."""
        return _HEAD.match(self.passage.view[self.before.start : self.before.end]) is not None

    @property
    def at_comma(self) -> bool:
        """Whether the phrase stands right after a comma."""
        return _COMMA_HEAD.search(self.passage.view, self.before.start, self.before.end) is not None

    @property
    def heads(self) -> bool:
        """Whether the phrase opens its clause, perhaps after "Phấn đấu" or "Mục tiêu"."""
        if self.opens:
            return True
        view, (start, end) = self.passage.view, self.before
        found = self.passage.rules.around["lead_in"].finditer(view, max(start, end - 30), end)
        return any(not view[match.end() : end].strip(" ,:") and _HEAD.match(view[start : match.start()]) for match in found)


def binds(passage: Passage, phrase: Phrase) -> bool:
    """Whether the phrase is a timeframe of the task or target that the passage states."""
    year, end = passage.year, phrase.mention.end
    if phrase.strength is not Strength.WORD and year and end and end.year < year:
        return False
    at, stop = phrase.reach
    start = _clause_start(passage.view, at, passage.span.start)
    place = _Place(passage, phrase, Span(start, at), Span(stop, passage.end))
    if phrase.strength is Strength.WORD:
        return _word_binds(place)
    return _dated_binds(place) and not _refused(place)


def _clause_start(view: str, at: int, low: int) -> int:
    """Where the clause that holds ``at`` begins, not before ``low``; what stands in closed parentheses is passed over."""
    low = max(low, at - _REACH)
    closed = 0
    for sign in reversed([*_CLAUSE_START.finditer(view, low, at)]):
        closed += {")": 1, "(": -1}.get(sign[0], 0)
        if closed < 0 or (not closed and sign[0] in ";.:"):
            return sign.end()
    return low


def _refused(place: _Place) -> bool:
    """Cited, compared, done or reported: no wording makes these a time to act."""
    phrase, view = place.phrase, place.passage.view
    if _UNTIL_NOW.match(view, *place.after) or _DATA_WINDOW.match(view, *place.after) or _cited(place) or _is_background(place):
        return True
    return place.leads("compared", 50) or place.leads("past") or (not phrase.mention.before and place.follows("reported"))


def _is_background(place: _Place) -> bool:
    """The days of an event of the past ("hậu quả mưa lũ từ ngày 5 đến ngày 9"), or a time in the purpose, cause or subject that opens a sentence."""
    phrase, signed = place.phrase, place.passage.context.issued_on
    view, start = place.passage.view, place.before.start
    if (
        start > place.passage.span.start
        and view[start - 1] == "("
        and place.passage.rules.around["named_day"].search(view, max(0, start - 80), start)
    ):
        return True
    if phrase.strength is Strength.STRONG:
        return False
    if place.leads("heading_topic") and _COLON.match(view, *place.after):
        return True
    opening = place.leads("topic") and _COMMA.search(view, *place.after) is not None
    over = phrase.grain in ("day", "month", "range") and phrase.mention.end is not None and (signed is None or phrase.mention.end <= signed)
    return opening or (over and place.leads("background", 60))


def _cited(place: _Place) -> bool:
    if place.phrase.strength is Strength.STRONG:
        return False
    view, before = place.passage.view, place.before
    return bool(_NUMBERED.search(view, *before) or (place.phrase.grain == "day" and _CITED.search(view, *before)))


def _dated_binds(place: _Place) -> bool:
    """By the strength of the wording: "trước ngày" always, "trong" unless a noun owns it, bare years where nothing does."""
    strength = place.phrase.strength
    if strength is Strength.STRONG:
        return True
    if strength is Strength.NAKED:
        years = place.phrase.grain in ("year", "years") and _NAKED_END.match(place.passage.view, *place.after)
        return bool(years) and place.heads and not _in_name(place)
    if place.heads:
        return True
    if strength is Strength.WITHIN:
        return _AT.match(place.passage.view, place.before.end) is not None or not place.leads("owner") or _still_to_come(place)
    return _bare_binds(place)


def _still_to_come(place: _Place) -> bool:
    """Whether a result is to be reported in a month or quarter that was not over at the signing; a year is that of the result."""
    signed, end = place.passage.context.issued_on, place.phrase.mention.end
    return bool(signed and end and end >= signed) and place.phrase.grain in ("day", "month", "quarter", "range") and place.leads("own_time")


def _in_name(place: _Place) -> bool:
    """Whether a figure in parentheses belongs to the name before them: "kế hoạch 5 năm (2021-2025)"."""
    passage, start = place.passage, place.before.start
    if start <= passage.span.start or passage.view[start - 1] != "(":
        return False
    outer = _Place(passage, place.phrase, Span(_clause_start(passage.view, start - 1, passage.span.start), start - 1), place.after)
    return outer.owned("title") or outer.owned("measure")


def _bare_binds(place: _Place) -> bool:
    """Years, quarters and months without "trong": they bind after a verb of doing, before a predicate, or where no noun owns them."""
    if place.touches("binder"):
        return True
    grain = place.phrase.grain
    if grain in ("day", "school"):
        return bool(_CLOCK.search(place.passage.view, *place.before))
    if _HORIZON.match(place.passage.view, *place.after):
        return False
    reach = _REACH if grain in _NAMED_GRAINS else _NEAR
    if place.owned("title", reach) or (grain == "years" and place.owned("term")) or (grain == "year" and place.owned("event")):
        return False
    return place.follows("attained") or not (_begun(place) or place.owned("measure", reach))


def _begun(place: _Place) -> bool:
    """A span that began before the document's year is some programme's, not the time of a new task."""
    year, start = place.passage.year, place.phrase.mention.start
    return bool(place.phrase.grain == "years" and year and start and start.year < year)


def _word_binds(place: _Place) -> bool:
    """Recurrence, "thường xuyên" and events: bound at the head of a clause or after a verb, not behind the noun they qualify."""
    label, (at, stop) = place.phrase.label, place.phrase.mention.span
    if place.phrase.mention.rule == "timeframes.session":
        return place.leads("session_act") and not place.leads("past")
    if label == "relative":
        if place.at_comma and place.phrase.mention.rule == "timeframes.when-allowed":
            return True
        if _bracketed_step(place):
            return False
        return not place.leads("condition" if _EVENT.match(place.passage.view, at, stop) else "compared")
    if label == "ongoing":
        return _ongoing_binds(place)
    if label == "periodic" and _BY_RHYTHM.search(place.passage.view, *place.before):
        return not _OF.match(place.passage.view, *place.after)
    if label == "periodic" and _SUDDEN.match(place.passage.view, *place.after):
        return place.opens
    if label == "periodic":
        return place.opens or place.at_comma or not (place.leads("occasion", 40) or place.leads("occasion_list") or place.leads("recurring_owner"))
    return place.phrase.mention.kind is TimeKind.RECURRING and _recurring_binds(place)


def _bracketed_step(place: _Place) -> bool:
    """In "quyết định điều chỉnh (sau khi thống nhất với các bộ)" the bracket is a condition of the words before it."""
    view, start = place.passage.view, place.before.start
    return place.opens and start > 0 and view[start - 1] == "(" and _AFTER_STEP.match(view, place.before.end) is not None


def _recurring_binds(place: _Place) -> bool:
    view, (at, stop) = place.passage.view, place.phrase.mention.span
    text = view[at:stop].lower()
    if place.opens or text.startswith(("định", "vào", "trước", "chậm")) or "lần" in text or _WEEKDAY.search(text) or place.leads("regime", 60):
        return True
    if place.at_comma and not _AT_END.match(view, *place.after) and not _PAIRED.search(view, *place.before):
        return True
    often = place.phrase.label in ("daily", "weekly") and place.leads("reporting", 60) and not place.leads("reporting_noun", 80)
    return often or not place.leads("recurring_owner")


def _ongoing_binds(place: _Place) -> bool:
    view, (at, stop) = place.passage.view, place.phrase.mention.span
    if place.phrase.mention.rule == "timeframes.round-the-clock":
        return True
    if place.leads("circumstance", 40) or (place.follows("state") and not (place.at_comma and _AIM.match(view, *place.after))):
        return False
    if place.follows("steady_act") or place.leads("steady", 40):
        return True
    if place.opens or view[at:stop].lower().startswith("liên"):  # "liên tục" alone is manner elsewhere
        return place.opens
    return not place.follows("manner") and not place.leads("ongoing_owner")
