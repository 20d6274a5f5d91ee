"""Who reads what is sensitive: its readers, and where nobody of them is independent of it, who
stands in for them. That is worked out anew each time somebody asks, from whoever holds which office
now: nothing is kept that could give access a day longer than it is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from core.people import Person
from governance.committees.model import RESTRICTED, Office
from governance.feedback.model import Item
from governance.feedback.named import unnamed
from governance.ports import GovernanceStore

_ORDER = (Office.ISO, Office.CTO)
"""Whose holders stand in, each before their deputies."""

_MOST = 2
"""Who stands in, and who hears of it when they have not read it for a day."""


def who_reads(store: GovernanceStore, item: Item) -> Sequence[Person]:
    """Who may read something sensitive, the first of them first. Empty: nobody is independent."""
    return readers(store, item) or _stand_ins(store, item)


def readers(store: GovernanceStore, item: Item) -> Sequence[Person]:
    """Those who read what is sensitive, as far as this one neither names them nor is theirs."""
    return _independent(store, item, store.holders(Office.RESTRICTED_READER))


def stood_in(store: GovernanceStore, item: Item) -> bool:
    """Whether an item waits for a stand-in, or for nobody: then whoever opens it is one."""
    return item.queue == RESTRICTED and not readers(store, item)


def nobody_reads(store: GovernanceStore, item: Item) -> bool:
    """Whether it is sensitive and nobody is independent of it."""
    return item.queue == RESTRICTED and not who_reads(store, item)


def stands_in(store: GovernanceStore, person_id: UUID | None, item: Item) -> bool:
    """Whether somebody stands in for the readers of this one item."""
    if person_id is None or not stood_in(store, item):
        return False
    return any(one.id == person_id for one in _stand_ins(store, item))


def done_by(store: GovernanceStore, person_id: UUID | None, item: Item, what: str) -> str:
    """What somebody did with an item, as the audit has it."""
    return f"{what}, as a stand-in" if stands_in(store, person_id, item) else what


def _stand_ins(store: GovernanceStore, item: Item) -> Sequence[Person]:
    holders = (one for office in _ORDER for one in store.holders(office))
    once = {one.id: one for one in holders}
    return _independent(store, item, once.values())[:_MOST]


def _independent(store: GovernanceStore, item: Item, people: Iterable[Person]) -> Sequence[Person]:
    """Whom it does not name, and who did not write it: nobody answers themselves."""
    return [one for one in unnamed(store, item.id, people) if one.id != item.author]
