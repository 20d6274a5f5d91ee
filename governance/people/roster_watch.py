"""Imports of the roster: what the last one changed, and telling the operator of a refused one.

The audit keeps what happened to it, so that the doctor and a message tell the same.
"""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID, uuid5

from governance.committees.model import Office
from governance.deliveries import Deliveries, Delivery
from governance.people.rosters import RosterImport, RosterSource
from governance.ports import GovernanceStore
from governance.upkeep.messages import RosterRefused

ROSTER_REFUSED = "roster-refused"
"""The kind of the delivery that tells of it."""

_NAMESPACE = UUID("0b7f6f5e-6f1c-4f55-8c1f-6b1f0c0a9d3e")
_REFUSED = "daily roster refused: "
_TAKEN = "daily roster taken in"
_IMPORTS = uuid5(_NAMESPACE, "imports")
_IMPORTED = re.compile(r"roster imported from (\w+): (\d+) added, (\d+) changed, (\d+) left")


def source_id(source: RosterSource) -> UUID:
    """What the audit and a delivery know a source by."""
    return uuid5(_NAMESPACE, source.value)


def note_refused(store: GovernanceStore, source: RosterSource, why: str, now: datetime) -> None:
    """An import changed nothing. The operator hears it once for as long as the reason is the
    same."""
    before = latest(store, source)
    store.audit(None, f"{_REFUSED}{why}", source_id(source), now)
    if before is not None and before.why == why:
        return
    for person in store.holders(Office.OPERATOR)[:1]:
        if person.active:
            store.deliver_to_person(
                person,
                campaign=f"roster:{source}:{now:%Y-%m-%d}",
                kind=ROSTER_REFUSED,
                subject=source_id(source),
                now=now,
            )


def note_taken(store: GovernanceStore, source: RosterSource, now: datetime) -> None:
    """An import went through: there is nothing to tell of an earlier one any more."""
    if latest(store, source) is not None:
        store.audit(None, _TAKEN, source_id(source), now)


def note_imported(store: GovernanceStore, done: RosterImport) -> None:
    """An import was written to its end, and it changed somebody."""
    said = (
        f"roster imported from {done.source}: {done.added} added, {done.changed} changed, "
        f"{done.left} left"
    )
    store.audit(None, said, _IMPORTS, done.at)


def last_import(store: GovernanceStore) -> RosterImport | None:
    """The last one that changed somebody."""
    found = store.last_audited(_IMPORTS)
    told = _IMPORTED.fullmatch(found[0]) if found else None
    if found is None or told is None:
        return None
    added, changed, left = (int(one) for one in told.groups()[1:])
    return RosterImport(
        source=RosterSource(told[1]), at=found[1], added=added, changed=changed, left=left
    )


def latest(store: GovernanceStore, source: RosterSource) -> RosterRefused | None:
    """The last import of a source, where it changed nothing."""
    found = store.last_audited(source_id(source))
    if found is None or not found[0].startswith(_REFUSED):
        return None
    return RosterRefused(source=source, why=found[0].removeprefix(_REFUSED), at=found[1])


def roster_refused(store: GovernanceStore, subject: UUID) -> RosterRefused | None:
    """What is told of it when a message's turn comes; None: it went through since."""
    source = next((one for one in RosterSource if source_id(one) == subject), None)
    return latest(store, source) if source is not None else None


DELIVERIES: Deliveries = (
    Delivery(kind=ROSTER_REFUSED, compose=lambda on: roster_refused(on.store, on.subject)),
)
