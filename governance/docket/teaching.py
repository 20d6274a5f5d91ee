"""What the reader was taught: every move by people, until it is forgotten."""

from __future__ import annotations

from datetime import datetime

from governance.access import Actor, triage_owner
from governance.docket.handlers import queue_name
from governance.duplicates.commands import ForgetCorrection, ShowCorrections
from governance.duplicates.views import CorrectionsView, Taught
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore

SHOWN = 200


def show(store: GovernanceStore) -> CorrectionsView:
    district = store.district()
    found = store.corrections(most=SHOWN)
    people = {one.by: store.person(one.by) for one in found if one.by is not None}
    return CorrectionsView(
        taught=tuple(
            Taught(
                item_id=one.item_id,
                redacted=one.redacted,
                came_from=queue_name(district, one.came_from),
                went_to=queue_name(district, one.went_to),
                at=one.at,
                by=who.name if one.by and (who := people[one.by]) else None,
            )
            for one in found
        )
    )


def forget(
    store: GovernanceStore, actor: Actor, command: ForgetCorrection, now: datetime
) -> CorrectionsView:
    store.forget_correction(command.item_id)
    store.audit(actor.person_id, "correction forgotten", command.item_id, now)
    return show(store)


OPERATIONS: Operations = (
    Operation(
        command=ShowCorrections,
        run=lambda store, _, __, ___: show(store),
        may=triage_owner,
        reads=True,
    ),
    Operation(command=ForgetCorrection, run=forget, may=triage_owner),
)
