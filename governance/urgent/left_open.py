"""What was taken and never closed: whoever took it is asked each school morning, and after some of
them those who are beside and above hear it too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.people import Person
from governance.access import CLOCK, anybody
from governance.committees.model import RESPONDERS, District, Office
from governance.messages import Done
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.urgent.commands import RemindTakers
from governance.urgent.model import Case, CaseStep, Did, school_day

LEFT_OPEN = "left-open"
"""The clock's kind of entry."""

MORNINGS = "45 7 * * mon-fri"
"""When it is looked at, on the district's clock; on holidays nothing is."""

CLOSED_WITHIN = 3
"""School days in which whoever took a case has closed it, or others hear of it."""


def remind(store: GovernanceStore, command: RemindTakers, now: datetime) -> Done:
    """Ask each taker once a school morning, from the one after they took it. What stays open for
    ``CLOSED_WITHIN`` school days, or belongs to somebody who has left, others hear once."""
    district = store.district()
    today = now.astimezone(ZoneInfo(district.timezone)).date()
    if not school_day(district, today):
        return Done()
    for case in store.cases_left_open():
        days = _school_days_since(district, case, today)
        if days == 0:
            continue
        taker = store.person(case.taken_by) if case.taken_by else None
        here = taker is not None and taker.active and taker.id not in store.named_in(case.item_id)
        if taker is not None and here:
            _tell(store, case, taker, Did.REMINDED, now - timedelta(hours=12), now)
        if days >= CLOSED_WITHIN or not here:
            for other in _others(store, case):
                _tell(store, case, other, Did.LATE, case.taken_at or now, now)
    return Done()


def _school_days_since(district: District, case: Case, today: date) -> int:
    """School days after the one on which it was taken, up to today."""
    if case.taken_at is None:
        return 0
    taken = case.taken_at.astimezone(ZoneInfo(district.timezone)).date()
    after = (taken + timedelta(days=n) for n in range(1, (today - taken).days + 1))
    return sum(school_day(district, day) for day in after)


def _others(store: GovernanceStore, case: Case) -> Iterable[Person]:
    """The first of its kind's responders who did not take it, and the Information Security
    Officer: whom it does not name."""
    apart = {case.taken_by, *store.named_in(case.item_id)}
    beside = [one for one in store.holders(RESPONDERS[case.urgency]) if one.id not in apart]
    above = [one for one in store.holders(Office.ISO)[:1] if one.id not in apart]
    return {one.id: one for one in (*beside[:1], *above)}.values()


def _tell(
    store: GovernanceStore, case: Case, person: Person, did: Did, since: datetime, now: datetime
) -> None:
    """Tell somebody, unless they were told since a moment. The history has it as well."""
    for step in store.case_steps(case.item_id, case.urgency):
        if step.did is did and step.person == person.id and step.at >= since:
            return
    store.add_case_step(
        CaseStep(item_id=case.item_id, urgency=case.urgency, did=did, person=person.id, at=now)
    )
    store.audit(person.id, f"told that an urgent case of {case.urgency} is open", case.item_id, now)
    store.deliver_to_person(
        person,
        campaign=f"item:{case.item_id}:{case.urgency}:{now:%Y%m%dT%H%M}",
        kind=f"case-{did}-{case.urgency}",
        subject=case.item_id,
        now=now,
    )


OPERATIONS: Operations = (
    Operation(
        command=RemindTakers,
        run=lambda store, _, command, now: remind(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind=LEFT_OPEN, command=lambda *_: RemindTakers(), rule=MORNINGS, alarm=True),
    ),
)
