"""Which elements of a web page are not its content: by tag, by ARIA role, by name, by how much of their text is links."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kehoach.rules.loader import RuleSet, load_rules

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4.element import PageElement, Tag

# Elements that only a page's frame uses, and roles of the same meaning (HTML standard 4.3; WAI-ARIA 1.2, landmark roles).
_TAGS = {"nav": "site-menu", "aside": "related-news", "footer": "site-menu", "header": "site-menu", "select": "page-tool", "dialog": "site-notice"}
_ROLES = {
    "navigation": "site-menu", "banner": "site-menu", "contentinfo": "site-menu", "complementary": "related-news", "search": "page-tool",
    "menu": "site-menu",
    "menubar": "site-menu", "dialog": "site-notice", "alertdialog": "site-notice",
}  # fmt: skip
_BLOCKS = frozenset(
    [
        "div",
        "ul",
        "ol",
        "dl",
        "section",
        "form",
        "table",
        "td",
        "p",
        "nav",
        "aside",
        "footer",
        "header",
        "select",
        "dialog",
        "center",
        "li",
        "fieldset",
    ]
)
# Elements that may be judged by the share of links alone: a paragraph or a cell with links is text.
_LISTS = frozenset(["div", "ul", "ol", "section", "table", "form", "center"])
_SILENT = frozenset(["script", "style", "template", "noscript", "head", "title", "iframe", "svg", "object", "canvas", "math", "audio", "video"])
_NAME = re.compile(r"(?<=[a-z])(?=[A-Z])|[-_\s.:]+|(?<=\D)(?=\d)|(?<=\d)(?=\D)")
# Lines that stand in an instrument and never in a page's frame.
_INSTRUMENT = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|Độc lập\s*-\s*Tự do|^\s*(?:Căn cứ |Điều 1\s*\.|Nơi nhận\s*:|Số\s*:\s*\S{0,12}/)", re.MULTILINE
)
_PROSE_CHARS = 120
# An element that holds so much of the page's running text is the content, whatever it is called.
_MAIN_SHARE = 0.4
# A list of links: at least four of them, and nearly nothing else.
_LIST_LINKS, _LIST_SHARE = 4, 0.75
# A page with less running text than this is itself a list; its links are its content.
_PAGE_PROSE = 400
_HEADLINE_CHARS = 28


@dataclass(slots=True)
class _Stats:
    """What an element holds: characters, those in links, those in running text outside links, and the number of links.

    ``own``: it has lines of an instrument; ``headline``: it has the page's first-level heading.
    """

    chars: int = 0
    linked: int = 0
    prose: int = 0
    links: int = 0
    tables: int = 0
    own: bool = False
    headline: bool = False

    def add(self, other: _Stats) -> None:
        self.chars += other.chars
        self.linked += other.linked
        self.prose += other.prose
        self.links += other.links
        self.tables += other.tables
        self.own |= other.own
        self.headline |= other.headline


@functools.lru_cache(maxsize=1)
def _rules() -> RuleSet:
    return load_rules("htmlchrome")


class Chrome:
    """Judges the elements of one page; measures the whole page once."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._stats: dict[int, _Stats] = {}
        self._page = _measure(soup, self._stats)
        self._rules = _rules()
        self._known: dict[str, str] = {}

    def reason(self, element: Tag, in_article: bool) -> str | None:
        """Why ``element`` is no content, None when it may be; ``in_article`` tells the headline's ``header`` from the page's."""
        name = element.name
        stats = self._stats.get(id(element))
        if name not in _BLOCKS or stats is None or not stats.chars or stats.own or self._holds_main_text(stats):
            return None
        marked = _ROLES.get(str(element.get("role") or "").lower()) or _TAGS.get(name)
        if marked and not (in_article and name in ("header", "footer", "aside")) and not (stats.headline and name == "header"):
            return marked
        if (named := self._named(element)) and not stats.headline:
            return named
        if name in _LISTS and self._page.prose >= _PAGE_PROSE and stats.links >= _LIST_LINKS and stats.linked >= _LIST_SHARE * stats.chars:
            return "related-news" if stats.linked >= _HEADLINE_CHARS * stats.links else "site-menu"
        return None

    def silent(self, element: Tag) -> bool:
        """Whether a browser shows nothing of the element as text."""
        return element.name in _SILENT

    def holds_table(self, element: Tag) -> bool:
        """Whether there is a table inside ``element``."""
        return self._stats[id(element)].tables > 0

    def _holds_main_text(self, stats: _Stats) -> bool:
        return stats.prose > max(_PROSE_CHARS, _MAIN_SHARE * self._page.prose) or stats.chars > 0.8 * self._page.chars

    def _named(self, element: Tag) -> str | None:
        names: object = element.get("class") or []
        for name in [*(names if isinstance(names, list) else [names]), element.get("id") or ""]:
            if name and (reason := self._label(str(name))):
                return reason
        return None

    def _label(self, name: str) -> str:
        if name not in self._known:
            words = " ".join(filter(None, _NAME.split(name[:120]))).lower()
            self._known[name] = next((rule.label for rule in self._rules if rule.pattern.search(words)), "")
        return self._known[name]


def _measure(soup: BeautifulSoup, stats: dict[int, _Stats]) -> _Stats:
    """Fills ``stats`` for every element, bottom up and without recursion; the whole page's are returned."""
    import bs4.element

    page = _Stats()
    stack: list[tuple[Tag, Iterator[PageElement], _Stats, int]] = [(soup, iter(soup.contents), page, 0)]
    while stack:
        element, children, here, links = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            stats[id(element)] = here
            if stack:
                stack[-1][2].add(here)
                stack[-1][2].tables += element.name == "table"
        elif isinstance(child, bs4.element.Tag):
            if child.name not in _SILENT:
                anchor = child.name == "a"
                inner = _Stats(links=int(anchor and bool(child.get("href"))), headline=child.name == "h1")
                stack.append((child, iter(child.contents), inner, links + anchor))
        elif type(child) is bs4.element.NavigableString:
            _add_text(here, child, bool(links))
    return page


def _add_text(here: _Stats, text: str, linked: bool) -> None:
    length = len(text.strip())
    here.chars += length
    here.linked += length if linked else 0
    if length >= _PROSE_CHARS and not linked:
        here.prose += length
    if length and _INSTRUMENT.search(text):
        here.own = True
