"""Late joiners: each school morning, whoever is in an announcement's audience by then gets it,
until the day that was chosen. The ledger holds one delivery for each of them, so nobody gets it
twice; quiet hours hold it as they hold everything that is not urgent.

A few need no new yes. Where so many join that one person would not decide on it, none of them gets
it, and the CTO's office reads so where it follows the announcement: somebody decides by sending
another one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.deciding import Exempt
from governance.access import CLOCK, anybody
from governance.announcements.approvals import OUTGREW, outgrown
from governance.announcements.commands import SendToJoiners
from governance.announcements.model import AnnouncementState
from governance.changes.planning import not_yet
from governance.messages import Done
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.school_days import calendar, today

JOINERS = "late-joiners"
"""Entry of the clock."""

MORNINGS = "20 7 * * mon-fri"
"""After groups were asked who is in them (``governance.lists.model.ASKED_FROM``)."""


def send(store: GovernanceStore, now: datetime) -> Done:
    day = today(store, now)
    if not calendar(store).is_school_day(day):
        return Done()
    open_to_joiners = store.open_to_joiners(day)
    dated = [one.id for one in store.to_confirm_by_a_date() if one.due and one.due >= day]
    for announcement_id in dict.fromkeys((*open_to_joiners, *dated)):
        found = store.lock_announcement(announcement_id)
        if (
            found is None
            or found.state is not AnnouncementState.SENDING
            or found.stopped_at is not None
            or found.recalled_at is not None
            or not_yet(store, found.id) is not None  # its change was withdrawn
        ):
            continue
        if outgrown(store, found):
            if store.last_audited(found.id, OUTGREW) is None:
                store.audit(None, OUTGREW, found.id, now)
            continue
        _, joined = store.joiners(found)
        if joined and announcement_id in open_to_joiners:
            calm = replace(found, urgent=False)
            store.announce_to(joined, calm, now, decision=Exempt.JOINED)
            store.audit(None, f"announcement sent to {len(joined)} who joined", found.id, now)
    return Done()


OPERATIONS: Operations = (
    Operation(
        command=SendToJoiners,
        run=lambda store, _, __, now: send(store, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind=JOINERS, command=lambda *_: SendToJoiners(), rule=MORNINGS),
    ),
)
