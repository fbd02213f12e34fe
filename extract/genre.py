"""What kind of page a text is: an instrument's own text, news about one, a digest, a meeting report, or something else."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from kehoach.extract.citations import NUMBER
from kehoach.extract.letterhead import Letterhead
from kehoach.rules.instruments import InstrumentType
from kehoach.rules.loader import RuleSet, load_rules

_OPENING = 1500  # headline and lead
_SAMPLE = 60_000  # enough to see how a text is built; appendices say nothing new
_ENOUGH = 8  # more matches say nothing new
_BUILT = 2  # parts or preamble lines that show how a text is built
_DIRECTED = 4000  # without a word of a reporter, an item that is about directions gives them early
_MEETING_BODY = 2  # one "tại hội nghị" is in passing, two report what was said there


def load_genre_rules(overlay: Path | None = None) -> RuleSet:
    """The rules of ``rules/genre.yaml``, a user's own laid over.

    Raises:
        RuleError: the file is malformed.
    """
    return load_rules("genre", overlay)


def read_genre(view: str, head: Letterhead, rules: RuleSet) -> str:
    """One of full_text, news_article, news_digest, meeting_report, other, for the content in ``view``.

    An instrument is one by its letterhead, or by a title that names its kind with the parts of an instrument below. Which
    instruments are plan texts the register says; a law, a decree or a decision on a regulation is "other".
    """
    content = view[:_SAMPLE]
    opening = content.lstrip()[:_OPENING]
    if is_instrument(content, head, rules):
        return "full_text" if _assigns_work(head, rules) else "other"
    if rules.first("digest", opening):
        return "news_digest"
    if rules.first("meeting", opening) and _count(rules, "meeting_body", content) >= _MEETING_BODY:
        return "meeting_report"
    if _is_bare_instrument(content, rules):
        return "full_text"
    if rules.first("lead", opening) or NUMBER.search(opening):
        return "news_article"
    told = rules.first("telling", opening) or rules.first("reader", content)
    return "news_article" if rules.first("directive", content if told else content.lstrip()[:_DIRECTED]) else "other"


def is_instrument(content: str, head: Letterhead, rules: RuleSet) -> bool:
    """Whether the letterhead, or a kind in the title with legal basis, articles or recipients, makes this an instrument's own text."""
    if head.motto is not None and (head.number or head.blank_number or head.kind):
        return True
    if head.kind is None:
        return False
    if head.number or head.blank_number:
        return True
    if rules.first("reader", content):
        return False
    built = sum(_count(rules, label, content) for label in ("structure", "basis", "parts"))
    return built >= _BUILT or (built == 1 and rules.first("lead", content.lstrip()[:_OPENING]) is None)


def _is_bare_instrument(content: str, rules: RuleSet) -> bool:
    """An instrument printed without its head: parts of a plan in sequence, and no word of a reporter except "giới thiệu toàn văn"."""
    if rules.first("full_copy", content[: 2 * _OPENING]):
        return True
    told = rules.first("reader", content) is not None
    return not told and _count(rules, "structure", content) >= _BUILT


def _assigns_work(head: Letterhead, rules: RuleSet) -> bool:
    kind: InstrumentType | None = head.kind
    if kind is None:
        return True
    if kind.plan != "named":
        return kind.plan == "always"
    title = head.title or ""
    return rules.first("plan_subject", title) is not None and rules.first("other_subject", title) is None


def _count(rules: RuleSet, label: str, content: str) -> int:
    """How often the rules of ``label`` match, counted up to a few."""
    return sum(len(list(islice(rule.pattern.finditer(content), _ENOUGH))) for rule in rules.labelled(label))
