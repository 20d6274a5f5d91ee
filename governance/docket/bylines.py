"""What those who work on an item may know of its author."""

from __future__ import annotations

from governance.feedback.handlers import author_of
from governance.feedback.model import Byline, Item, Naming
from governance.ports import GovernanceStore

BYLINE_FROM = 10
"""Role and level are shown only where that cell of the roster has this many people."""


def byline(store: GovernanceStore, item: Item) -> Byline:
    """What may be known of an author: the name if they gave it; else role and level, where ten
    people or more share them (domain plan, Feedback); of an anonymous one nothing."""
    if item.role is None or item.level is None:
        return Byline()
    if item.naming is Naming.NAMED and (author := author_of(store, item)) is not None:
        return Byline(name=author.name, role=item.role, level=item.level)
    if store.roster_count(item.role, item.level) >= BYLINE_FROM:
        return Byline(role=item.role, level=item.level)
    return Byline()
