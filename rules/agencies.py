"""Loads the register (``agencies.yaml``) and the grammar of names (``agency_grammar.yaml``) into compiled patterns.

Patterns match in the folded view. Terms are written in lower case and match any case, except where a docstring says so:
capitals are evidence of a name, so the view is never lower-cased as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kehoach.rules.agencyregister import Body, Family, Opener, read_bodies, read_families, read_openers
from kehoach.rules.loader import read_yaml
from kehoach.rules.tries import tree
from kehoach.schemas.errors import RuleError

_UPPER = "".join(chr(c) for c in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1EFA)) if chr(c).isupper())
UPPER = f"[{_UPPER}]"
WORD = r"(?:[^\W_]+(?:[&.][^\W_]+)*)"
_HONORIFIC = r"[đĐ]ồng\s+chí|[đĐ]/c|\(?[ôÔ]ng|\(?[bB]à|[tT]hầy|[cC]ô|[aA]nh|[cC]hị"
_TOWN = r"thị(?=\s*[,;.)/]|\s+và\s|\s*$)"  # "các huyện, thị, thành phố"
_UNLISTED = (
    "cơ quan",
    "thường trực",
    "văn phòng",
    "vp",
    "thanh tra",
    "trung tâm",
    "tt",
)  # before a colon they are nouns, or hold offices of many kinds


@dataclass(frozen=True, slots=True, eq=False)
class AgencyRules:
    """Register and grammar, compiled. Patterns are for ``match`` at a position unless their comment says ``search``.

    Rules equal only themselves, so that what a name means can be remembered with them.
    """

    families: Mapping[str, Family]
    bodies: Mapping[str, Body]
    openers: Mapping[str, Opener]
    group_kinds: Mapping[str, str]
    head_alone: frozenset[str]
    levels: tuple[tuple[str, re.Pattern[str]], ...]
    trigger: re.Pattern[str]  # search: where a name may begin
    family: re.Pattern[str]
    body: re.Pattern[str]
    opener: re.Pattern[str]
    head: re.Pattern[str]
    single_head: re.Pattern[str]
    determiner: re.Pattern[str]
    noun: re.Pattern[str]
    series: re.Pattern[str]
    qualifier: re.Pattern[str]
    place: re.Pattern[str]
    proper: re.Pattern[str]
    post: re.Pattern[str]  # a post alone, with the person who holds it
    honorific: re.Pattern[str]  # "các đồng chí", "ông"
    person: re.Pattern[str]  # a person's name and the sign before the post
    listed: re.Pattern[str]  # an opening word over a list: "Tập đoàn: "
    people: re.Pattern[str]  # one or more persons' names and nothing else
    province: re.Pattern[str]
    unit: re.Pattern[str]
    units: re.Pattern[str]
    ambiguous: re.Pattern[str]
    stop: re.Pattern[str]  # case-sensitive, at the first letter of a word
    start: re.Pattern[str]  # a new agency begins here (for lists without separators)
    run: re.Pattern[str]
    group_run: re.Pattern[str]
    closed_run: re.Pattern[str]  # as group_run, ended by any verb
    related: re.Pattern[str]
    plain_group: re.Pattern[str]
    compounds: frozenset[str]


def _proper(surnames: Iterable[str]) -> str:
    """Capitalised words of a place name, ended by the head word of another agency; no person's name."""
    person = rf"\s+{tree(surnames, cased=True)}(?:\s+{UPPER}\w*){{2,3}}"
    heads = (
        r"(?:Sở|Ban|UBND|Ủy|Các|Đài|Báo|Bộ|Chủ|Phối|Giao|Viện|Tòa|[IVX]+)(?!\w)|Công\s+(?:an|ty|đoàn|Thương|Đoàn)|Trung\s+(?:tâm|ương|Tâm|Ương)"
        r"|Hội\s+(?:đồng|Đồng|Nông|Liên|Phụ|Cựu|Chữ|Người|Khuyến|Luật|Nhà|Đông|Doanh|Bảo|Nạn|LHPN|ND|CCB)"
    )  # "xã Gò Công Đông", "phường Trung Hòa" and "phường Hội An" are places
    return rf"(?!{person})(?:\s+(?!{heads}){UPPER}\w*){{1,4}}"


def _post(data: Mapping[str, Any]) -> str:
    """A post that stands for whoever holds it, with classes or villages after it, and the holder's name, which is its last group."""
    person = rf"(?:\s+{tree(data['surnames'], cased=True)}(?:\s+{UPPER}\w*){{1,3}})"
    return rf"((?:[cC]ác\s+)?{tree(data['heads']['posts'])}(?:\s+(?:các\s+)?(?:lớp|khối|thôn|bản|buôn|ấp|xóm|khu\s+phố)(?!\w))?){person}?"


def _place(data: Mapping[str, Any], provinces: str, proper: str) -> str:
    """A place or level after a name: "tỉnh Lào Cai", "các quận, huyện, thị xã", "cấp xã", "các cấp", "Hà Nội"."""
    one = rf"{_unit(data)}(?!\s+(?:hội|ủy|đoàn|trưởng|hóa)(?!\w))"
    many = rf"(?:(?:[cC]ác|\d{{1,3}})\s+)?{one}(?:\s*\([^()]{{1,60}}\)(?=\s*,))?(?:(?:\s*[,/]\s*|\s+(?:và|-)\s+|\s+)(?:các\s+)?{one}){{0,8}}"
    span = rf"(?:\s+từ\s+(?:{_unit(data)}\s+)?{provinces}\s+(?:đến|tới|trở\s+(?:vào|ra))(?:\s+(?:{_unit(data)}\s+)?{provinces})?)?"
    level = r"[cC]ấp\s+" + tree(["tỉnh", "huyện", "xã", "cơ sở", "trung ương", "thành phố", "quận", "phường", "trên"])
    levels = level + r"(?:\s*[,/]\s*" + tree(["huyện", "xã", "phường", "cơ sở"]) + "){0,3}"
    plain = tree(
        [
            "trung ương và địa phương",
            "trung ương, địa phương",
            "cùng cấp",
            "các cấp",
            "các địa phương",
            "địa phương",
            "trung ương",
            "tw",
            "việt nam",
            "tối cao",
            "cơ sở",
            "sở tại",
        ]
    )
    number = r"(?:(?<=quận)|(?<=phường)|(?<=Quận)|(?<=Phường))\s+\d{1,2}(?![\w./])"
    # No province but Huế has a name of one word, so "tỉnh Thực hiện" is no place.
    province = rf"(?:(?<=tỉnh)|(?<=Tỉnh)){proper[:-5]}{{2,3}}(?!\s+{UPPER})"
    known = rf"\s+trực\s+thuộc\s+[tT]rung\s+ương|(?:\s+|(?<=\.)){provinces}"
    after = rf"(?:{known}|(?<!tỉnh)(?<!Tỉnh){proper}|{province}|{number})?"
    area = rf"[cC]ác\s+khu\s+vực(?!\w)|[kK]hu\s+vực(?:\s+(?:[IVX]+|\d+)(?!\w)|{proper})"
    return rf"(?:\s+tại(?=\s+{UPPER}))?\s+(?:chi\s+nhánh\s+)?(?:{levels}|{many}{after}{span}|{provinces}|{plain}|(?:HN|HP|HCM|TU|TƯ)(?!\w)|{area})"


def _unit(data: Mapping[str, Any]) -> str:
    """A word for an administrative unit; the full stop of "TP." belongs to it."""
    return rf"(?:[tT][pP]\.(?=\s*{UPPER})|{tree(data['units'])}|{_TOWN})"


def _run(stop: str, start: str) -> str:
    """The further words of an unknown body's name, up to a stop word, a sign or the next agency; "và" only before what is none (``start``)."""
    again = r"(?:Sở|UBND|Ủy\s+ban\s+nhân\s+dân|HĐND|Công\s+an|Thanh\s+tra|Các|Bộ)\s"
    verbs = (
        r"(?:Chủ\s+trì|Phối\s+hợp|Tham\s+mưu|Căn\s+cứ|Chủ\s+động|Tăng\s+cường|Thực\s+hiện|Triển\s+khai|Hướng\s+dẫn|Rà\s+soát|Tiếp\s+tục|Giao)(?!\w)"
    )
    unit = r"(?:tỉnh|thành\s+phố|quận|huyện|thị\s+xã|xã(?!\s+hội)|phường|thị\s+trấn|đặc\s+khu)(?!\w)"  # read as the place after the name
    level = r"cấp\s+(?:tỉnh|huyện|xã|cơ\s+sở|thành\s+phố|quận|phường)(?!\w)"
    plain = rf"(?:\s*[-/&]\s*|\s+)(?!{again}|{verbs}|{unit}|{level}|và\s)"
    joined = rf"\s+và\s+(?!{start})|" if start else ""
    return rf"(?:\s+[nN]hà\s+ở(?!\w)|(?:{joined}{plain})(?!{stop})(?!\d{{4}})(?!\d+[./)]){WORD}){{1,14}}"


def load_agency_rules(overlay: Path | None = None) -> AgencyRules:
    """The register and the grammar; lists of a user's folder are added after the built-in ones, a family or opener with a known word replaces it.

    Raises:
        RuleError: a file has unknown keys or an entry lacks one it needs.
    """
    register = _merged("agencies", overlay)
    grammar = _merged("agency_grammar", overlay)
    try:
        return _compile(register, grammar)
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise RuleError(f"rules/agencies.yaml or rules/agency_grammar.yaml: {type(error).__name__} {error}") from error


_KEYS = {
    "agencies": {"about", "fields", "families", "bodies", "provinces"},
    "agency_grammar": {
        "about",
        "openers",
        "heads",
        "groups",
        "determiners",
        "qualifiers",
        "units",
        "levels",
        "stops",
        "ambiguous",
        "objects",
        "barred",
        "compounds",
        "surnames",
    },
}


def _merged(name: str, overlay: Path | None) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for place, data in read_yaml(name, overlay):
        if not isinstance(data, dict) or set(data) - _KEYS[name]:
            raise RuleError(f"{place}: expected the keys {', '.join(sorted(_KEYS[name]))} only")
        for section, value in data.items():
            known = merged.get(section)
            if known is None:
                merged[section] = value
            elif isinstance(value, list):
                merged[section] = [*known, *value]
            elif isinstance(value, dict):
                merged[section] = {k: [*known.get(k, ()), *value.get(k, ())] for k in {**known, **value}}
    return merged


def _people(surnames: Iterable[str]) -> str:
    """Persons' names parted by signs, or up to three in a row by blanks alone: more of those could be parted in more ways than there is time for."""
    name = rf"{tree(surnames, cased=True)}(?:\s+{UPPER}\w*|\s+(?!và\s|{UPPER})[^\W\d_]+(?=\s+{UPPER})){{1,3}}"
    run = rf"{name}(?:\s+{name}){{0,2}}"
    return rf"(?:(?:{_HONORIFIC})[.:]?\s+)?(?>{run}\s*+[,;][\s,;]*+){{0,11}}{run}[\s,;]*+$"


def _initials(words: Iterable[str]) -> str:
    """The class of the letters that ``words`` begin with, small and capital."""
    letters = {letter for word in words for letter in (word[0].lower(), word[0].upper())}
    return f"[{re.escape(''.join(sorted(letters)))}]"


_OFFICES = ("sở", "ban", "ngành", "bộ")
_UNITS = ("quận", "huyện", "thị xã", "xã", "phường", "thị trấn", "đặc khu")


def _compile(register: Mapping[str, Any], grammar: Mapping[str, Any]) -> AgencyRules:
    families, bodies, openers = read_families(register, "rules/agencies.yaml"), read_bodies(register), read_openers(grammar)
    provinces = tree(register["provinces"])
    kinds = {term: kind for kind, terms in grammar["groups"].items() for term in terms}
    body = "|".join((tree(form for form in bodies if not form.isupper()), tree((form for form in bodies if form.isupper()), cased=True)))
    heads, family, opener, determiner = tree(grammar["heads"]["words"]), tree(families), tree(openers), tree(grammar["determiners"])
    noun = rf"(?!{tree(grammar['barred'])})(?:{tree(kinds)}|{_TOWN})"
    offices, units = tree(_OFFICES), tree(_UNITS)
    first = _initials([*families, *bodies, *openers, *grammar["heads"]["words"], *grammar["determiners"], *_OFFICES, *_UNITS])
    series = rf"(?:{offices}(?:\s*[,/]\s*|\s+(?:và\s+)?){offices}|{units}(?:\s*[,/]\s*|\s+(?:và\s+)?){units})"
    proper = _proper(grammar["surnames"])
    objects = tree(grammar["objects"], cased=True)
    stop = rf"(?:{tree(grammar['stops'], cased=True)}|{tree(grammar['ambiguous'], cased=True)}(?=\s*,|\s+{objects}))"
    start = rf"(?:{determiner}\s+{noun}|{family}\s+{UPPER}|{body}|{opener}\s+{UPPER}|{heads}\s+(?:các|{UPPER}))"
    return AgencyRules(
        families=families,
        bodies=bodies,
        openers=openers,
        group_kinds=kinds,
        head_alone=frozenset(grammar["heads"]["alone"]),
        levels=tuple((level, re.compile(r"(?<!\w)" + tree(words))) for level, words in grammar["levels"].items()),
        trigger=re.compile(  # the first letters come first: they pass over most of a text at once
            rf"(?={first})(?<![\w/-])(?:{determiner}\s+(?={noun}|{family}|{opener})|{family}(?=\s)|{body}|{heads}(?=[\s,])|{opener}(?=\s)|{series})"
        ),
        family=re.compile(family + r"\s*:?\s*"),
        body=re.compile(body),
        opener=re.compile(opener),
        head=re.compile(rf"(?:[cC]ác\s+)?{heads}(?:(?:\s*[,/]\s*|\s+và\s+)(?:các\s+)?{heads}){{0,4}}(?:\s+của)?\s+"),
        single_head=re.compile(heads),
        determiner=re.compile(determiner + r"\s+"),
        noun=re.compile(noun),
        series=re.compile(series),
        qualifier=re.compile(r"\s+(?i:" + "|".join(grammar["qualifiers"]) + r")(?!\w)"),
        place=re.compile(_place(grammar, provinces, proper)),
        proper=re.compile(proper),
        post=re.compile(_post(grammar)),
        honorific=re.compile(rf"(?:[cC]ác\s+)?(?:{_HONORIFIC})(?:\s*[,(/]\s*(?:{_HONORIFIC}))?\s*\)?\s*[.:]?\s+"),
        person=re.compile(rf"{UPPER}\w*(?:\s+{UPPER}\w*){{1,4}}\s*[-,(]\s*"),
        listed=re.compile(tree(word for word, opener in openers.items() if opener.next != "none" and word not in _UNLISTED) + r"\s*:\s*"),
        people=re.compile(_people(grammar["surnames"])),
        province=re.compile(provinces),
        unit=re.compile(_unit(grammar)),
        units=re.compile(rf"{_unit(grammar)}(?:(?:\s*,\s*|\s+và\s+)(?:các\s+)?{_unit(grammar)}){{0,6}}"),
        ambiguous=re.compile(tree(grammar["ambiguous"], cased=True)),
        stop=re.compile(stop),
        start=re.compile(start),
        run=re.compile(_run(stop, start)),
        group_run=re.compile(_run(stop, "")),
        closed_run=re.compile(_run(rf"(?:{stop}|{tree(grammar['ambiguous'], cased=True)})", "")),
        related=re.compile(r"\s+(?:(?:có\s+)?(?:liên|hữu)\s+quan(?!\w)|khác(?=\s*(?:[,;.()/]|$|và\s|có\s+liên)))"),
        compounds=frozenset(grammar["compounds"]),
        plain_group=re.compile(rf"{determiner}\s+{noun}(?:\s*,\s*{noun}){{0,4}}"),
    )
