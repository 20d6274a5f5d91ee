"""The roster, the audit and the health of the service, for the CTO's office."""

from __future__ import annotations

from datetime import datetime

from governance.access import Actor, office
from governance.office.commands import (
    ShowAudit,
    ShowFileCheck,
    ShowHealth,
    ShowHeld,
    ShowImport,
    ShowPeople,
    StartImport,
)
from governance.office.importing import ImportView
from governance.office.model import (
    AuditView,
    FileCheckView,
    HealthView,
    HeldView,
    PeopleView,
    PersonLine,
    PersonReach,
)
from governance.operations import Operation, Operations
from governance.people.roster_watch import last_import, latest
from governance.ports import GovernanceStore


def people(store: GovernanceStore, command: ShowPeople) -> PeopleView:
    found, of = store.people_listed(command.asked)
    shown = next((one for one in found if str(one.id) == command.asked.row), None)
    line = shown or next(iter(found), None)
    refused = (latest(store, source) for source in store.district().roster.daily)
    return PeopleView(
        people=tuple(found),
        found=of,
        opened=_reach(store, line) if line else None,
        imported=last_import(store),
        refused=tuple(one for one in refused if one is not None),
    )


def _reach(store: GovernanceStore, line: PersonLine) -> PersonReach | None:
    person = store.person(line.id)
    if person is None:
        return None
    standing, on = store.standing(line.id), store.lists_of(line.id)
    return PersonReach(
        line=line,
        locale=person.locale,
        timezone=person.timezone,
        addresses=tuple(store.addresses_of(line.id)),
        committees=tuple(
            (one.name, one.key in standing.leads)
            for one in store.district().committees
            if one.key in standing.sits
        ),
        lists=tuple((one.key, one.name) for one in store.named_lists() if one.key in on),
    )


def audit(store: GovernanceStore, command: ShowAudit) -> AuditView:
    lines, found = store.audit_listed(command.asked)
    return AuditView(
        lines=tuple(lines),
        found=found,
        length=store.audit_length(),
        checked=store.audit_checked() if command.check else None,
    )


def start_import(store: GovernanceStore, actor: Actor, _: StartImport, now: datetime) -> ImportView:
    """What it changed is noted where it comes to its end (``note_imported``)."""
    store.audit(actor.person_id, "roster import started on a page", None, now)
    return ImportView()


def held(store: GovernanceStore) -> HeldView:
    return HeldView(waves=tuple(store.held_waves()), feedback=tuple(store.feedback_holds()))


OPERATIONS: Operations = (
    Operation(
        command=ShowPeople,
        run=lambda store, _, command, __: people(store, command),
        may=office,
        reads=True,
    ),
    Operation(
        command=ShowAudit,
        run=lambda store, _, command, __: audit(store, command),
        may=office,
        reads=True,
    ),
    Operation(command=ShowHealth, run=lambda *_: HealthView(), may=office, reads=True),
    Operation(command=ShowImport, run=lambda *_: ImportView(), may=office, reads=True),
    Operation(command=StartImport, run=start_import, may=office),
    Operation(command=ShowFileCheck, run=lambda *_: FileCheckView(), may=office, reads=True),
    Operation(command=ShowHeld, run=lambda store, *_: held(store), may=office, reads=True),
)
