"""Units that belong to several bodies: "các đơn vị của Bộ A, Bộ B" are the units of each."""

from __future__ import annotations

import re
from dataclasses import replace

from kehoach.extract.agencynames import Cursor, Item, Items
from kehoach.extract.spans import squash
from kehoach.rules.agencies import UPPER

# Bodies of the centre. Below it a list goes on with further partners ("các phòng của Sở A, Công an tỉnh, UBND các xã").
_OWNED = re.compile(rf"\s(?:của|thuộc)\s+(?=(?:Bộ|Ngân\s+hàng\s+[Nn]hà\s+nước|Tổng\s+cục)\s+{UPPER})")
_OWNER = re.compile(rf"(?:Bộ\s+{UPPER}|Tổng\s+cục\s+{UPPER}|Ngân\s+hàng\s+[Nn]hà\s+nước(?!\w)|Thanh\s+tra\s+Chính\s+phủ|Văn\s+phòng\s+Chính\s+phủ)")
_MINISTRIES = re.compile(rf"\s+(?:của|thuộc)\s+(?=[cC]ác\s+Bộ\s*:?\s+{UPPER})")


def many_owners(cur: Cursor, end: int) -> int:
    """Where the list of ministries begins in "các đơn vị của | các Bộ: A, B"; 0 when none does."""
    owned = _MINISTRIES.match(cur.view, end, cur.end)
    return owned.end() if owned else 0


def of_each(cur: Cursor, item: Item, owners: Items) -> Items:
    """The units of every ministry of ``owners``; whoever else stands among them is one for itself."""
    stem = squash(cur.view[item.start : item.end])
    link = cur.view[item.end : item.end + 20].split(maxsplit=1)[0]  # "của", "thuộc"
    named = [_owned(cur, one, f"{stem} {link}") if _is_owner(cur, one) else one for one in owners]
    return (replace(named[0], start=item.start), *named[1:])


def share_owner(cur: Cursor, items: list[Item]) -> Items:
    """``items`` with "các đơn vị của" before every ministry that follows one owned so."""
    found: list[Item] = []
    stem = ""
    for one in items:
        item = one
        owned = _OWNED.search(cur.view, item.start, item.end) if item.generic and item.name is None else None
        if owned:
            stem = squash(cur.view[item.start : owned.end()]).rstrip()
        elif stem and _is_owner(cur, item):
            item = _owned(cur, item, stem)
        else:
            stem = ""
        found.append(item)
    return tuple(found)


def _owned(cur: Cursor, owner: Item, stem: str) -> Item:
    return replace(owner, name=f"{stem} {owner.name or squash(cur.view[owner.start : owner.end])}", generic=True)


def _is_owner(cur: Cursor, item: Item) -> bool:
    return not item.generic and not item.head and _OWNER.match(item.name or cur.view[item.start : item.end]) is not None
