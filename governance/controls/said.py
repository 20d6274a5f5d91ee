"""What staff said that the ISO's office took as evidence for a safeguard: its owner reads the
redacted words, and no author and no date."""

from __future__ import annotations

from governance.access import Actor, is_kept_from
from governance.committees.model import RESTRICTED
from governance.ports import GovernanceStore

MOST = 5
"""The newest, on a page and a form."""


def used_words(
    store: GovernanceStore, actor: Actor, framework: str, number: str
) -> tuple[str, ...]:
    """Without what became restricted or was deleted since, and what names the reader."""
    used = (one.item_id for one in store.said_evidence(framework, number) if one.used)
    items = (store.item(one) for one in used if not is_kept_from(actor, one, store))
    found = [
        one.reading.redacted
        for one in items
        if one is not None and one.reading and one.reading.redacted and one.queue != RESTRICTED
    ]
    return tuple(found[:MOST])
