"""Names for what an item or a recommendation is bound to, and how many people are behind items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from governance.committees.model import District
from governance.feedback.model import OPEN_STATES, Item, ItemState
from governance.goal_changes.model import Holder, HolderKind
from governance.goal_changes.remapping import current
from governance.goals.model import Goal
from governance.ports import GovernanceStore
from governance.references.model import Bound, BoundKind, BoundLine
from governance.rules import citing

FEWEST = 5
"""People behind a count of messages before it is shown beyond their own committee."""


def goals_of(district: District) -> Iterator[Goal]:
    for component in district.components:
        yield from component.goals


def goal_bound(district: District, key: str) -> Bound | None:
    """A goal as it is worded today; None: there is none, or it was retired."""
    found = next((one for one in goals_of(district) if one.key == key and not one.retired), None)
    return Bound(kind=BoundKind.GOAL, key=key, version=found.version) if found else None


def line(store: GovernanceStore, bound: Bound, holder: Holder | None = None) -> BoundLine:
    """``holder``: what is bound; it may have been moved to another goal since."""
    match bound.kind:
        case BoundKind.GOAL:
            now = current(store, bound, holder) if holder else bound
            return replace(_goal_line(store.district(), now), bound=bound)
        case BoundKind.RULE:
            return citing.line(store, bound)
        case BoundKind.ANNOUNCEMENT:
            found = store.announcement(UUID(bound.key))
            name = found.change.title.default if found else bound.key
            gone = found is None or found.recalled_at is not None
            return BoundLine(bound=bound, name=name, now=0 if gone else None)


def _goal_line(district: District, bound: Bound) -> BoundLine:
    found = next((one for one in goals_of(district) if one.key == bound.key), None)
    if found is None:
        return BoundLine(bound=bound, name=bound.key, now=0)
    changed = found.version if found.version != bound.version else None
    now = 0 if found.retired else changed
    return BoundLine(bound=bound, name=found.title.default, now=now, title=found.title)


def can_be_linked(district: District, item: Item) -> bool:
    """Also what is answered: most of what is announced comes later. Triage and the restricted page
    bring things elsewhere, and end nothing."""
    open_or_answered = item.state in OPEN_STATES or item.state is ItemState.ANSWERED
    return open_or_answered and district.committee(item.queue or "") is not None


def links_ahead(store: GovernanceStore, items: Iterable[Item]) -> None:
    """Before ``links_of`` is asked for of each item: what all of them need, in a few reads."""
    some = list(items)
    bounds = store.bounds_ahead([one.id for one in some]) if some else ()
    store.announcements_ahead(UUID(one.key) for one in bounds if one.kind is BoundKind.ANNOUNCEMENT)
    citing.lines_ahead(store, [one for one in bounds if one.kind is BoundKind.RULE])


def links_of(store: GovernanceStore, item: Item) -> tuple[BoundLine, ...]:
    """What an item has to do with, and those that say the same; each once, the first link first."""
    said = [item.id, *(other.id for other in store.kept_with(item.id))]
    found = store.links_of(said)
    bound = {one.token: (one, each) for each in said for one in found.get(each, ())}
    return tuple(
        line(store, one, Holder(kind=HolderKind.ITEM, key=str(each)))
        for one, each in bound.values()
    )


def proposed(store: GovernanceStore, item: Item) -> BoundLine | None:
    """The rule that an item reads like it is about, for a person to say: not where it is linked to
    that rule, or where the rule does not hold anymore."""
    bound = item.reading.speaks_of if item.reading else None
    if bound is None or not can_be_linked(store.district(), item):
        return None
    found = line(store, bound)
    number = bound.key.partition(" §")[0]
    linked = [one.bound.key.partition(" §")[0] for one in links_of(store, item)]
    return found if found.place and found.now != 0 and number not in linked else None


def voices(store: GovernanceStore, items: Iterable[UUID]) -> int | None:
    """How many messages those are, with those that say the same, where at least five people are
    known to be behind them; None: fewer. All that were said anonymously count as one person: they
    may be."""
    items = list(items)
    store.items_ahead(items)
    chosen = [item for item in (store.item(item_id) for item_id in items) if item is not None]
    same = [item for one in chosen for item in store.kept_with(one.id)]
    return known_voices({item.id: item.author for item in (*chosen, *same)})


def known_voices(authors: Mapping[UUID, UUID | None]) -> int | None:
    """The same of messages whose authors are known."""
    return len(authors) if len(set(authors.values())) >= FEWEST else None
