"""Reads who does what in one task unit: lead (chủ trì), coordinating (phối hợp), implementing (thực hiện), and the action itself.

Agencies are read only where a doer is expected: at the head of a clause, after "giao", after "phối hợp với", after a label. An agency
anywhere else (receiver of a report, object, owner) has no role.
"""

from __future__ import annotations

import re

from kehoach.extract.agencies import members, mention
from kehoach.extract.agencylists import read_series
from kehoach.extract.agencynames import Cursor, Item, Items, skip_blanks
from kehoach.extract.rolelead import Reading, after_bullet, read_lead
from kehoach.extract.rolesubject import names_nobody, read_partners
from kehoach.extract.spans import trim
from kehoach.rules.agencies import UPPER, AgencyRules
from kehoach.rules.roles import RoleRules
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import AgencyMention, RoleReading

_BRACKET = re.compile(r"\s*\(\s*(?:(?:gồm|bao\s+gồm|là)\s*:?\s+)?")
_WITH = re.compile(r"Với\s+")
_CAPITAL = re.compile(UPPER)
_APPOSED = re.compile(r"[^(),.;:]{0,40}\(\s*")  # "cơ quan thường trực của Chương trình (Sở Y tế)": the name is in the parenthesis


def read_roles(view: str, span: Span, roles: RoleRules, agencies: AgencyRules) -> RoleReading:
    """The roles stated in ``view[span]``, one list item or sentence.

    Where no lead is named ("Chủ trì, phối hợp với Sở A ...") ``lead`` is empty and the caller inherits it. ``action`` runs from the
    agency or verb to the end, without bullet and without the issuer who hands the task on ("UBND tỉnh giao").
    """
    cur = Cursor(view, span.end, agencies)
    found = Reading()
    _read_labels(cur, span, roles, found)
    _read_helpers(cur, span, roles, found)
    read_lead(cur, span, roles, found)
    action = trim(view, Span(found.action if found.action is not None else after_bullet(view, span), span.end), " \t\n\r\xa0;")
    return RoleReading(
        _mentions(cur, found.lead),
        _mentions(cur, found.coordinating),
        _mentions(cur, found.implementing),
        action if action.length else None,
        found.rule,
    )


def _mentions(cur: Cursor, items: list[Item]) -> tuple[AgencyMention, ...]:
    """The items as mentions, each name once, in order of the text; a group whose members are listed in a parenthesis is those members."""
    unique: dict[str, AgencyMention] = {}
    for item in sorted(items, key=lambda item: item.start):
        for named in _listed(cur, item) or (item,):
            one = mention(cur.view, named, cur.rules)
            unique.setdefault(one.name.lower(), one)
    return tuple(unique.values())


def _listed(cur: Cursor, item: Item) -> Items:
    """The members of "các nhà mạng (A, B, C)"; () where the parenthesis holds anything else, or one name alone."""
    named = members(cur, (item,), _BRACKET) if item.generic and not item.head else ()
    return named if len(named) > 1 and not any(one.generic for one in named) else ()


def _read_labels(cur: Cursor, span: Span, roles: RoleRules, found: Reading) -> None:
    """Fields inside the unit: "Cơ quan chủ trì: A; cơ quan phối hợp: B". A doer field alone names the lead."""
    fields = ((roles.label_lead, found.lead), (roles.label_coordinating, found.coordinating), (roles.label_implementing, found.implementing))
    labels = [(match.start(), match.end(), into) for pattern, into in fields for match in pattern.finditer(cur.view, span.start, span.end)]
    labels.sort(key=lambda label: label[0])
    ends = [*(start for start, _, _ in labels[1:]), span.end]
    for (start, value, into), end in zip(labels, ends, strict=False):  # no label, one end
        items = read_series(cur._replace(end=end), skip_blanks(cur.view, value), loose=True)
        into.extend(items)
        found.take(start, items)
        found.rule = found.rule or ("roles.label" if items else "")
    if found.implementing and not found.lead:
        found.lead, found.implementing = found.implementing, []


def _read_helpers(cur: Cursor, span: Span, roles: RoleRules, found: Reading) -> None:
    """Everybody after "phối hợp với", and the names at once after a bare "phối hợp"."""
    for match in roles.coordinate.finditer(cur.view, span.start, span.end):
        items = _apposed(cur, read_series(cur, skip_blanks(cur.view, match.end()), loose=True))
        if names_nobody(cur, items):
            continue
        found.coordinating.extend(items)
        found.take(match.start(), items)
    _read_with(cur, span, found)
    for match in roles.coordinate_bare.finditer(cur.view, span.start, span.end):
        if not found.holds(match.start()):
            items = read_partners(cur, match.end())
            found.coordinating.extend(items)
            found.take(match.start(), items)


def _read_with(cur: Cursor, span: Span, found: Reading) -> None:
    """Those in "Với Sở A hướng dẫn ...", an item below "Phối hợp:"; before a comma "với" is "as for"."""
    start = after_bullet(cur.view, span)
    opened = _WITH.match(cur.view, start, span.end)
    items = read_series(cur, opened.end(), loose=True) if opened else ()
    if not items or not _CAPITAL.search(cur.view, items[0].start + 1, items[0].end):
        return
    verb = skip_blanks(cur.view, items[-1].end)
    if cur.rules.stop.match(cur.view, verb, span.end) or cur.rules.ambiguous.match(cur.view, verb, span.end):
        found.coordinating.extend(items)
        found.take(start, items)


def _apposed(cur: Cursor, items: Items) -> Items:
    """A lone office whose holder is named right after it in a parenthesis is that holder."""
    if len(items) != 1 or not items[0].generic or cur.rules.determiner.match(cur.view, items[0].start, items[0].end):
        return items
    opened = _APPOSED.match(cur.view, items[0].end, cur.end)
    named = read_series(cur, opened.end()) if opened else ()
    return named if named and cur.view.startswith(")", skip_blanks(cur.view, named[-1].end)) else items
