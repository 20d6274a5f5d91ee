"""Confirming an announcement by a date is a duty: who owes it, and when it is done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from core.deciding import Exempt
from core.people import Platform
from core.text import Text
from governance.access import Actor
from governance.announcements.approvals import outgrown
from governance.announcements.model import Announcement, AnnouncementState
from governance.duties.handlers import bring_up_to_date
from governance.duties.kinds import DutyKind, Wanted
from governance.duties.model import APART, Some
from governance.ports import GovernanceStore
from governance.read_reminders.model import READ_BY
from governance.school_days import calendar, today


def ask(store: GovernanceStore, sending: Announcement, now: datetime) -> None:
    """Everybody to whom it goes out now owes it; the announcement itself asks them."""
    if sending.due is None:
        return
    people = store.ids_of(sending.audience)
    store.ask_people(
        READ_BY,
        sending.id,
        people,
        due=sending.due,
        today=today(store, now),
        now=now,
        sends=False,
    )


def done(store: GovernanceStore, actor: Actor, found: Announcement, now: datetime) -> None:
    """Somebody has confirmed it. After their date it is late."""
    if found.due is None:
        return
    person, way, day = actor.somebody, actor.platform or Platform.WEB, today(store, now)
    duty = store.duty(READ_BY, found.id, person.id)
    if duty is not None:
        store.do_duty(duty, way, now, late=day > duty.due)
    else:
        late = day > found.due
        store.note_done(READ_BY, found.id, person.id, due=found.due, way=way, now=now, late=late)


def let_go(store: GovernanceStore, now: datetime) -> None:
    """Nobody owes what was stopped or taken back, or is reminded of it."""
    bring_up_to_date(store, DUTY, now)


def asks(found: Announcement) -> bool:
    """Whether it is asked for now."""
    out = found.state is AnnouncementState.SENDING
    return found.acknowledge and out and found.recalled_at is None and found.stopped_at is None


def wanted(store: GovernanceStore, day: date, some: Some | None = None) -> Iterable[Wanted]:
    """Those in an announcement's audience as it is today. Who joins it is asked until its date,
    and has a week at least; where too many join it, nobody more is (``outgrown``)."""
    for found in store.to_confirm_by_a_date():
        if found.due is None or not asks(found):
            continue
        people = frozenset(store.ids_of(found.audience, some))
        asked = store.asked_people(READ_BY, found.id, some)
        if day > found.due or (people - asked and outgrown(store, found)):
            people &= asked
        week = calendar(store).school_day_after(day, APART)
        yield Wanted(subject=found.id, people=people, due=max(found.due, week))


def _send(
    store: GovernanceStore, announcement_id: UUID, people: Collection[UUID], now: datetime
) -> None:
    """To who joined: the announcement itself, in its own campaign. Who has it gets nothing."""
    found = store.announcement(announcement_id)
    if found is not None:
        calm = replace(found, urgent=False)
        store.announce_to(sorted(people), calm, now, decision=Exempt.JOINED)


def _named(store: GovernanceStore, announcements: Collection[UUID]) -> Mapping[UUID, Text]:
    store.announcements_ahead(announcements)
    found = ((one, store.announcement(one)) for one in announcements)
    return {which: one.change.title for which, one in found if one is not None}


DUTY = DutyKind(kind=READ_BY, wanted=wanted, named=_named, asks=_send, ahead=True)
DUTY_KINDS = (DUTY,)
