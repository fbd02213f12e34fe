"""Finds agencies: in prose, in text that is wholly a list of doers, and as the title of a heading; and says what each one is.

Register and grammar are data (``rules/agencies.yaml``, ``rules/agency_grammar.yaml``); reading a name at a position is
``agencylists``. Spans are absolute in the view.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from kehoach.extract.agencygroups import kind_at
from kehoach.extract.agencylists import after_parenthesis, read_one, read_series
from kehoach.extract.agencynames import Cursor, Item, Items, known_body
from kehoach.extract.spans import squash
from kehoach.rules.agencies import AgencyRules
from kehoach.rules.agencyregister import AgencyEntry, slug, spaced
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import AgencyMention

_ITEM_END = re.compile(r"\s*(?:[;,•]|\s-\s|\s\+\s|\.(?=\s|$)|\|)\s*")
_LEADING = re.compile(r"(?:\s|[-+•*.;,:|)]|\d{1,2}[.)]\s|(?:và|cùng|với)\s)+", re.IGNORECASE)
_TRAILING = re.compile(r"(?:\s*+(?:[-–.;,:|]|chủ\s+trì|phối\s+hợp(?:\s+với)?|thực\s+hiện|tham\s+mưu|và|cùng|với)){1,12}\s*+$", re.IGNORECASE)
_LABEL = re.compile(r"\s*(?:[^\W\d_]+\s+){1,7}?[^\W\d_]+\s*:\s*")
_FIELD = re.compile(
    r"(?:(?:cơ\s+quan|đơn\s+vị|bộ\s+phận)\s+)?(?:chủ\s+trì|phối\s+hợp|thực\s+hiện|đầu\s+mối|tham\s+mưu)(?:\s+[^\W\d_]+){0,3}\s*:\s*", re.IGNORECASE
)
_OPENED = re.compile(r"[^(),.;:]{0,40}\(\s*")
_CLOSED = re.compile(r"\s*\)")
_WHICH = re.compile(r"\s+(?:có|thuộc|trên|trong|được)(?:\s+[^\W\d_]+){1,8}[\s.:;,/)]*", re.IGNORECASE)  # "UBND các xã có rừng"
_MANNER = re.compile(r"\s*+,?\s*+(?:theo|căn\s+cứ|trong\s+phạm\s+vi|tùy\s+theo|nêu\s+trên|nói\s+trên)(?!\w)[^;:]*", re.IGNORECASE)
_OFFICE = re.compile(r"(?:các\s+)?(?:cơ\s+quan|đơn\s+vị)\s+(?:chủ\s+trì|phối\s+hợp|tham\s+mưu|đăng\s+ký)(?:\s+[^\W\d_]+){2,12}[\s.:]*", re.IGNORECASE)
_PARTICLE = re.compile(  # words that end a name and are no verbs
    r"(?:ở|tại|của|về|trên|trong|theo|với|và|qua|đến|từ|cùng|hay|hoặc|các|những|như|này|do|để|kèm|là|gồm|bao\s+gồm|trước|vào|thì|mà|cho|có|được|đã|đang|chưa|bị)(?!\w)"
)
_DOES = re.compile(  # what a group does; other verbs may tell which group it is
    r"\s+(?:tổ\s+chức|triển\s+khai|hướng\s+dẫn|chủ\s+động|bố\s+trí|rà\s+soát|tham\s+mưu|tổng\s+hợp|báo\s+cáo|xây\s+dựng|tăng\s+cường|đẩy\s+mạnh|tuyên\s+truyền|đề\s+xuất|thẩm\s+định)(?!\w)"
)
_NO_BODY = re.compile(  # articles of law, instruments, dates
    r"(?:(?:điều|khoản|mục|điểm|phụ\s+lục)\s+(?:\d|[IVX]+(?!\w))|(?:luật|nghị\s+định|thông\s+tư|quyết\s+định|nghị\s+quyết|kế\s+hoạch|công\s+văn)\s|"
    r"(?:trước|sau|từ|đến|quý|tháng|năm|ngày|hàng|hằng|thường\s+xuyên|theo|trong)\s|\d+[/.-]\d)",
    re.IGNORECASE,
)
_SENTENCE = 6  # syllables; the short name of a department that begins like a verb has fewer ("Xây dựng", "Quản lý thị trường")
_DETERMINED = re.compile(r"(?:các|những|mọi|toàn\s+bộ|tất\s+cả)\s", re.IGNORECASE)
_KINDS_TOLD = frozenset(["firm", "house", "body", "person", "civic", "closed"])
_WHICH_KIND = re.compile(  # what a group is known by, to the end of a title
    r"\s+(?:đang|tham\s+gia|hoạt\s+động|khai\s+thác|sử\s+dụng|kinh\s+doanh|sản\s+xuất|chế\s+biến|cung\s+cấp|cung\s+ứng|vận\s+tải|vận\s+hành|quản\s+lý|xây\s+dựng|đầu\s+tư|"
    r"cấp\s+(?:nước|thoát\s+nước|điện)|thi\s+công|nuôi|thu\s+gom|xuất\s+khẩu|nhập\s+khẩu|làm\s+dịch\s+vụ|có\s+(?!trách|nhiệm|kế|văn|ý|biện))(?:[\s,]+[^\W_]+){1,24}[\s.:;]*",
)
_NEXT = re.compile(r"[;•|]\s*|[,.]\s+")
_COLON = re.compile(r"\s*:\s*")
_WORDS = re.compile(r"\w")
_FIRST_WORD = re.compile(r"\w+")
_SIGN = re.compile(r"[,/]")


def mention(view: str, item: Item, rules: AgencyRules) -> AgencyMention:
    """The item as a mention: its name on one line, its id, its place."""
    name = item.name or squash(view[item.start : item.end])
    return AgencyMention(Span(item.start, item.end), name, agency_id(name, rules), item.generic, item.head)


def find_agencies(view: str, span: Span, rules: AgencyRules) -> tuple[AgencyMention, ...]:
    """Agencies and groups named in ``view[span]``, in order, none overlapping."""
    cur = Cursor(view, span.end, rules)
    found: list[AgencyMention] = []
    at = span.start
    while trigger := rules.trigger.search(view, at, span.end):
        items = () if _is_half(view, trigger.start(), rules) else read_one(cur, trigger.start())
        at = max(trigger.end(), *(item.end for item in items)) if items else trigger.end()
        found.extend(mention(view, item, rules) for item in items if not _is_area(cur, item))
    return tuple(found)


def _is_half(view: str, at: int, rules: AgencyRules) -> bool:
    """Whether a head word is the second half of another with capitals too ("XÃ HỘI", "NHIỆM VỤ", "Trung Bộ")."""
    before = view[max(0, at - 12) : at].split()
    after = _FIRST_WORD.match(view, at)
    if not (before and after and view[at].isupper() and before[-1][0].isupper()):
        return False
    return f"{before[-1]} {after.group()}".lower() in rules.compounds


def _is_area(cur: Cursor, item: Item) -> bool:
    """Whether a group in prose names areas or people at large, "các xã", "các cấp", and no doers."""
    if not item.generic or item.head:
        return False
    word = cur.rules.determiner.match(cur.view, item.start, item.end)
    start = word.end() if word else item.start
    return cur.view[start : item.end].lower() in ("cấp", "cá nhân", "bộ phận") or (
        kind_at(cur, start) == "unit" and not _SIGN.search(cur.view, start, item.end)
    )


def read_agency_list(view: str, span: Span, rules: AgencyRules) -> tuple[AgencyMention, ...]:
    """Every item of a text that is wholly a list of doers, known or not, in order.

    Items are parted by commas, semicolons, dashes, "và" before a further name, or nothing but the capital of the next name.
    """
    cur = Cursor(view, span.end, rules)
    found: list[Item] = []
    at = _skip(view, span.start, span.end)
    while at < span.end:
        if label := _FIELD.match(view, at, span.end):
            at = label.end()
            continue
        items = read_series(cur, at, loose=True)
        if named := members(cur, items):
            found.extend((*items[:-1], *named))
            at = _rest(cur, found)
        elif items:
            found.extend(items)
            at = _rest(cur, found)
        else:
            at = _unknown(cur, at, found)
        at = _skip(view, at, span.end)
    return tuple(mention(view, item, rules) for item in found)


def members(cur: Cursor, items: Items, opens: re.Pattern[str] = _OPENED) -> Items:
    """Those whom a parenthesis names after a group: "Các cơ quan tham mưu (A, B)"; () where it is a remark."""
    opened = opens.match(cur.view, items[-1].end, cur.end) if items and items[-1].generic else None
    named = read_series(cur, opened.end()) if opened else ()
    return named if named and _CLOSED.match(cur.view, named[-1].end, cur.end) else ()


def _skip(view: str, at: int, end: int) -> int:
    match = _LEADING.match(view, at, end)
    return match.end() if match else at


def _item_end(cur: Cursor, at: int) -> int:
    stop = _ITEM_END.search(cur.view, at, cur.end)
    return stop.start() if stop else cur.end


def _rest(cur: Cursor, found: list[Item]) -> int:
    """Takes words left before the next separator into the last name, unless they are its role or a remark; where to read on."""
    last = found[-1]
    end = after_parenthesis(cur, last.end)
    if colon := _COLON.match(cur.view, end, cur.end):  # a slip of the pen for ";", or a label before names
        return colon.end()
    if manner := _MANNER.match(cur.view, end, cur.end):
        return manner.end()
    stop = _item_end(cur, end)
    left = _TRAILING.sub("", cur.view[last.end : stop])
    if _says_work(cur, last, left):
        return _next_name(cur, last.end)
    if _WORDS.search(left) and "(" not in left and ":" not in left:
        whole = last.end + len(left)
        name = None if last.name is None else f"{last.name} {squash(left)}"
        found[-1] = Item(last.start, whole, name, last.generic, last.head)
    return max(stop, end)


def _says_work(cur: Cursor, item: Item, left: str) -> bool:
    """Whether the words after a name are what it does: "Sở Tài chính bố trí kinh phí"."""
    if item.generic:
        return _DOES.match(left) is not None
    words = left.lstrip()
    verb = cur.rules.stop.match(words) or cur.rules.ambiguous.match(words)
    return left[:1].isspace() and verb is not None and not _PARTICLE.match(words)


def _next_name(cur: Cursor, at: int) -> int:
    """Where, after what an agency does, the next one may begin: after ";" or where a name is sure to."""
    for sign in _NEXT.finditer(cur.view, at, cur.end):
        if sign.group()[0] in ";•|" or cur.rules.start.match(cur.view, sign.end(), cur.end):
            return sign.end()
    return cur.end


def _names_nobody(cur: Cursor, text: str) -> bool:
    """Whether an unknown item is work ("hướng dẫn áp dụng"), a law or a date; a capitalised "Xây dựng" may be the short name of a department."""
    verb = cur.rules.stop.match(text.lower()) or (cur.rules.ambiguous.match(text) if text[:1].islower() else None)
    if not verb and len(text.split()) >= _SENTENCE:
        verb = cur.rules.ambiguous.match(text.lower())
    if verb and not _PARTICLE.match(text.lower()):
        return not text[verb.end() :].lstrip()[:1].isupper()
    return _NO_BODY.match(text) is not None


def _unknown(cur: Cursor, at: int, found: list[Item]) -> int:
    """An item that neither register nor grammar knows: up to the next separator. Persons are no agencies."""
    stop = _item_end(cur, at)
    text = cur.view[at:stop]
    if label := _LABEL.match(text):
        return at + label.end() if label.end() < len(text) else stop
    if not found and _names_nobody(cur, text) and len(text.split()) >= _SENTENCE:  # the text tells work, so do its commas
        return _next_name(cur, stop)
    end = at + len(_TRAILING.sub("", text))
    if _WORDS.search(cur.view[at:end]) and not cur.rules.people.match(cur.view[at:end]) and not _names_nobody(cur, cur.view[at:end]):
        found.append(Item(at, end))
    return max(stop, at + 1)


def is_agency_heading(view: str, span: Span, rules: AgencyRules) -> bool:
    """Whether a heading's title names an agency or a list of agencies and nothing else.

    >>> from kehoach.rules.agencies import load_agency_rules
    >>> rules = load_agency_rules()
    >>> [is_agency_heading(title, Span(0, len(title)), rules) for title in ("Sở Nội vụ", "Công tác tuyên truyền")]
    [True, False]
    """
    cur = Cursor(view, span.end, rules)
    at = _skip(view, span.start, span.end)
    items = read_series(cur, at, loose=True)
    if not items:
        return False
    if _OFFICE.fullmatch(view, at, span.end):  # "Cơ quan chủ trì giải quyết thủ tục": an office defined by its work
        return True
    end = after_parenthesis(cur, (members(cur, items) or items)[-1].end)
    manner = _MANNER.match(view, end, span.end)
    end = manner.end() if manner else end
    left = view[end : span.end].strip(" .:;,/-)")
    return not left or (" các " in view[items[-1].start : end] and _WHICH.fullmatch(view, end, span.end) is not None)


def read_group_title(view: str, span: Span, rules: AgencyRules) -> tuple[AgencyMention, ...]:
    """The agencies of a title that ends in what kind of group it is: "Các doanh nghiệp đang hoạt động trong khu công nghiệp"; () for others.

    In running prose the verb would be what the group does; a title that gives an order begins with another word ("Các sở tăng cường ...").
    """
    cur = Cursor(view, span.end, rules)
    items = read_series(cur, _skip(view, span.start, span.end), loose=True)
    if not items or not items[-1].generic or items[-1].head or not _DETERMINED.match(view, items[0].start, span.end):
        return ()
    kind = kind_at(cur, _after_determiner(cur, items[-1]))
    if kind not in _KINDS_TOLD or not _WHICH_KIND.fullmatch(view, items[-1].end, span.end):
        return ()
    end = span.start + len(view[span.start : span.end].rstrip(" .:;\n\xa0"))
    last = items[-1]
    name = None if last.name is None else f"{last.name} {squash(view[last.end : end])}"
    return tuple(mention(view, item, rules) for item in (*items[:-1], replace(last, end=end, name=name)))


def _after_determiner(cur: Cursor, item: Item) -> int:
    word = cur.rules.determiner.match(cur.view, item.start, item.end)
    return word.end() if word else item.start


@lru_cache(maxsize=8192)
def agency_id(name: str, rules: AgencyRules) -> str:
    """The id of an agency named in any of its forms."""
    return slug(_canonical(name, rules)[0]) or "agency"


def describe_agency(name: str, rules: AgencyRules) -> AgencyEntry:
    """Full name, level, kind and parent of an agency by its printed name."""
    full, level, kind, parent = _canonical(name, rules)
    return AgencyEntry(slug(full) or "agency", full, level, kind, parent)


def _canonical(name: str, rules: AgencyRules) -> tuple[str, str, str, str | None]:
    """Full name without title or filler, with level, kind and parent."""
    text = squash(name).strip(" .;:,")
    while (head := rules.head.match(text)) and (head.end() < len(text)) and text[head.end() - 1] == " ":
        if rules.body.match(text) and (rules.body.match(text) or head).end() > head.end():
            break
        text = text[head.end() :]
    for read in (_known_family, _known_body, _known_opener):
        if known := read(text, rules):
            return known
    return _plain_group(text), _level(text, rules) or "other", "group", None


def _known_family(text: str, rules: AgencyRules) -> tuple[str, str, str, str | None] | None:
    match = rules.family.match(text)
    family = rules.families[spaced(match.group().strip(" :"))] if match else None
    field = family.fields.match(text, match.end()) if family and match else None
    if family is None or match is None or field is None:
        return None
    name = next(canonical for pattern, canonical in family.canonical if (hit := pattern.match(text, match.end())) and hit.end() == field.end())
    tail = _place_name(text[field.end() :], rules)
    if family.head in ("Sở", "Bộ") and tail.lower() in ("tỉnh", "thành phố"):
        tail = ""  # a Sở is always that of the province
    level = (_level(text[field.end() :], rules) or family.level) if family.head not in ("Sở", "Bộ") else family.level
    return f"{family.head} {name} {tail}".strip(), level, family.kind, family.parent


def _known_body(text: str, rules: AgencyRules) -> tuple[str, str, str, str | None] | None:
    match = rules.body.match(text)
    body = known_body(match.group(), rules) if match else None
    if body is None or match is None:
        return None
    tail = _place_name(text[match.end() :], rules)
    return f"{body.entry.name} {tail}".strip(), _level(tail, rules) or body.entry.level, body.entry.kind, body.entry.parent


def _known_opener(text: str, rules: AgencyRules) -> tuple[str, str, str, str | None] | None:
    match = rules.opener.match(text)
    if match is None:
        return None
    opener = rules.openers[spaced(match.group())]
    rest, parent = text[match.end() :], None
    inner = _known_family(rest.strip(), rules) or _known_body(rest.strip(), rules) if opener.nested else None
    if inner:
        rest, parent = f" {inner[0]}", slug(inner[0])
    return f"{opener.word.capitalize()}{_place_name(rest, rules, ' ')}", _level(rest, rules) or opener.level, opener.kind, parent


_UNIT_SHORT = re.compile(r"(?<!\w)tp\.?(?!\w)\s*", re.IGNORECASE)
_FILLER = re.compile(r"(?:\s+(?:có\s+)?liên\s+quan|\s+hữu\s+quan)+$", re.IGNORECASE)
_DETERMINER = re.compile(r"(?:các|những|mọi|toàn\s+bộ|tất\s+cả)\s+", re.IGNORECASE)


def _place_name(tail: str, rules: AgencyRules, lead: str = "") -> str:
    """A place in one form: "TP. X" and "thành phố X" are "X" where X is a province, unit words stay before other names."""
    text = squash(_FILLER.sub("", _UNIT_SHORT.sub("thành phố ", tail)))
    unit = rules.unit.match(text)
    if unit and rules.province.fullmatch(text[unit.end() :].strip()):
        text = text[unit.end() :].strip()
    return lead + text if text else ""


def _plain_group(text: str) -> str:
    return _FILLER.sub("", _DETERMINER.sub("", text, count=1)) or text


def _level(text: str, rules: AgencyRules) -> str | None:
    return next((level for level, pattern in reversed(rules.levels) if pattern.search(text)), None)
