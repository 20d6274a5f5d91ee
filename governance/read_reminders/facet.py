"""How many have confirmed the messages about a change: a line of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from core.cards import Press
from core.tiles import Tile
from core.words import Words
from governance.access import Actor
from governance.changes.access import works_on
from governance.changes.facets import Facet, FacetLine
from governance.changes.model import ChangeRecord
from governance.duties.model import APART
from governance.ports import GovernanceStore
from governance.read_reminders import owing
from governance.read_reminders.commands import ShowUnread
from governance.read_reminders.model import READ_BY
from governance.school_days import calendar, today


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """Of the messages about a change that are to be confirmed by a date. Somebody who was sent two
    of them is counted twice. ``next_on``: when reminders go out next; ``first``: the message whose
    counts are shown first."""

    asked: int
    done: int
    buildings: int
    next_on: date | None
    first: UUID | None


def _find(
    store: GovernanceStore, actor: Actor, record: ChangeRecord, now: datetime
) -> Confirmed | None:
    if not works_on(actor, record):
        return None
    found = [store.announcement(one.announcement_id) for one in store.planned(record.id)]
    asking = [one.id for one in found if one and one.due and owing.asks(one)]
    if not asking:
        return None
    counts = store.duty_counts(READ_BY, asking)
    return Confirmed(
        asked=sum(one.asked for one in counts),
        done=sum(one.done for one in counts),
        buildings=len({one.group for one in counts if one.owe}),
        next_on=_next_on(store, asking, now),
        first=asking[0] if actor.cto else None,
    )


def _next_on(store: GovernanceStore, asking: list[UUID], now: datetime) -> date | None:
    """The next school morning on which somebody is reminded; None: nobody is any more."""
    days, day = calendar(store), today(store, now)
    first = [
        max(days.school_day_after(due, -APART), days.school_day_after(today(store, told), APART))
        for due, told in store.reminded_next(READ_BY, asking)
    ]
    if not first:
        return None
    return max(min(first), days.school_day_after(day, 1))


def _draw(words: Words, found: Confirmed) -> FacetLine:
    owe, todo = found.asked - found.done, ""
    if owe:
        where = words.count("{n} building", "{n} buildings", found.buildings)
        todo = words.count(
            "{n} person in {where} has not confirmed.",
            "{n} people in {where} have not confirmed.",
            owe,
            where=where,
        )
        if found.next_on:
            day = words.day(found.next_on)
            todo = f"{todo} {words.say('The next reminder goes out on {day}.', day=day)}"
        else:
            todo = f"{todo} {words.say('No more reminders go out. Ask them in person.')}"
    return FacetLine(
        name=words.say("Confirmed"),
        said=words.say(
            "{done} of {asked} asked to confirm.",
            done=words.number(found.done),
            asked=words.number(found.asked),
        ),
        todo=todo,
        tile=Tile(
            label=words.say("Confirmed"),
            figure=words.number(found.done),
            of=words.say("of {n} asked", n=words.number(found.asked)),
            share=found.done / found.asked if found.asked else None,
        ),
        press=Press(
            label=words.say("Who has confirmed it"), command=ShowUnread(announcement_id=found.first)
        )
        if found.first
        else None,
    )


FACETS = (Facet(of=Confirmed, order=20, find=_find, draw=_draw),)
