"""Who may say yes to an announcement that is urgent or goes to many, and who said it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from core.people import Audience, Person
from governance.announcements.model import GROWN, Announcement, Approval, Guard, is_nearly_all
from governance.committees.model import Office
from governance.ports import GovernanceStore, Standing
from governance.second_person.model import SecondPerson


def approvers(store: GovernanceStore) -> Sequence[Person]:
    """The office's holder and deputies. Where nobody holds it (any more), the ISO and theirs: what
    is urgent must not wait for a file."""
    return store.holders(Office.ANNOUNCEMENT_APPROVER) or store.holders(Office.ISO)


def may_approve(standing: Standing, store: GovernanceStore) -> bool:
    if Office.ANNOUNCEMENT_APPROVER in standing.offices:
        return True
    return Office.ISO in standing.offices and not store.holders(Office.ANNOUNCEMENT_APPROVER)


def minute_after(lapses_at: datetime) -> datetime:
    """The end of the minute in which a request lapses: the clock has one entry for all requests of
    a minute."""
    return lapses_at.replace(second=0, microsecond=0) + timedelta(minutes=1)


def others(store: GovernanceStore, *but: UUID | None) -> tuple[Person, ...]:
    """Who may approve what somebody wrote or asks for: anybody but themselves, deputy or not."""
    return tuple(one for one in approvers(store) if one.id not in but)


def name_of(store: GovernanceStore, person_id: UUID | None) -> str:
    person = store.person(person_id) if person_id else None
    return person.name if person else "–"


def guard_of(
    store: GovernanceStore, audience: Audience, now: datetime, *, but: tuple[UUID | None, ...] = ()
) -> Guard:
    """How many people an audience is, and what that asks for. Above the district's number of people
    one person does not decide alone. ``but``: who asks or wrote it, and so cannot approve it."""
    return guard_of_people(store, store.reach(audience, now).people, now, but=but)


def guard_of_people(
    store: GovernanceStore, people: int, now: datetime, *, but: tuple[UUID | None, ...] = ()
) -> Guard:
    """The same of so many people."""
    if people <= store.district().announcements.approve_above:
        return Guard(people=people)
    return Guard(
        people=people,
        everyone=_nearly_all(store, people, now),
        second=True,
        approvers=tuple(one.name for one in others(store, *but)),
    )


def second_person(
    store: GovernanceStore, asker: UUID | None, people: int | None
) -> SecondPerson | None:
    """Who has to approve what ``asker`` sends to so many, where one person alone does not decide on
    it. ``people`` None: it is not known yet to how many."""
    above = store.district().announcements.approve_above
    if people is not None and people <= above:
        return None
    found = second_person_for_public(store, asker, above=above if people is None else 0)
    everyone = people is not None and is_nearly_all(people, store.sizes_of(Audience()).total())
    return replace(found, everyone=everyone)


def second_person_for_public(
    store: GovernanceStore, asker: UUID | None, *, above: int = 0
) -> SecondPerson:
    """The same of what everyone on the internet can read, however few the staff are."""
    return SecondPerson(approvers=tuple(one.name for one in others(store, asker)), above=above)


OUTGREW = "announcement outgrew what was decided"
"""What the audit notes once of one that nobody who joins gets any more."""


def outgrown(store: GovernanceStore, sent: Announcement) -> bool:
    """Whether so many joined its audience that somebody has to decide anew, by sending another:
    more than one person decides on, and many more than were asked about or it was sent to."""
    if store.last_audited(sent.id, OUTGREW):
        return True
    has, joined = store.joiners(sent)
    people = has + len(joined)
    above = store.district().announcements.approve_above
    return people > above and people > (sent.approved_people or has) * GROWN


def concerns_everyone(store: GovernanceStore, found: Announcement, now: datetime) -> bool:
    """Whether what was sent is for everyone by now, or everyone has it: lists change."""
    people = store.tally(found.id, now).recipients
    many = people > store.district().announcements.approve_above
    have = many and _nearly_all(store, people, now)
    return have or guard_of(store, found.audience, now).everyone


def _nearly_all(store: GovernanceStore, people: int, now: datetime) -> bool:
    return is_nearly_all(people, store.reach(Audience(), now).people)


def approval_of(store: GovernanceStore, found: Announcement) -> Approval | None:
    """The people behind an announcement that needs two; None: nobody was asked."""
    if found.asked_at is None or found.lapses_at is None:
        return None
    decided = found.approved_at is not None
    asked = (
        ()
        if decided
        else tuple(one.name for one in others(store, found.asked_by, found.written_by))
    )
    return Approval(
        urgent=found.urgent,
        asked_by=name_of(store, found.asked_by) if found.asked_by else "",
        asked_at=found.asked_at,
        lapses_at=found.lapses_at,
        approvers=asked,
        approved_by=name_of(store, found.approved_by) if decided else None,
        approved_at=found.approved_at,
        goes_at=None if found.urgent else found.send_at,
    )
