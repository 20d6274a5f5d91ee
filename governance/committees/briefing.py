"""Whether a committee hears of an item at once or with its next digest."""

from __future__ import annotations

from governance.committees.model import Committee
from governance.digests.model import BriefChoice, Briefs
from governance.feedback.model import Item
from governance.ports import GovernanceStore


def choice_of(store: GovernanceStore, committee: Committee) -> BriefChoice:
    """What the committee chose on its page, else what its file says."""
    return store.brief_choice(committee.key) or committee.briefs


def waits_for_digest(store: GovernanceStore, item: Item, queue: str) -> bool:
    """Not what is urgent; and only a committee has a digest."""
    committee = store.district().committee(queue)
    if committee is None or (item.reading and item.reading.urgency):
        return False
    return choice_of(store, committee).briefs is Briefs.WEEKLY
