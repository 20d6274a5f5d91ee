"""What a change's page says of the training for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.cards import Press
from core.text import Text
from core.tiles import Tile
from core.words import Words
from governance.access import Actor
from governance.changes.access import works_on
from governance.changes.facets import Facet, FacetLine
from governance.changes.model import ChangeRecord
from governance.learning import wording as say
from governance.learning.access import sees_guide, sees_session
from governance.learning.commands import ShowLearning
from governance.learning.handlers import times
from governance.ports import GovernanceStore


@dataclass(frozen=True, kw_only=True)
class Learned:
    """``sessions``: those to come, for staff; all that were not cancelled, for whoever works on the
    change. ``seats`` None: some have no limit. ``did``: presses of "I did this" by guides.
    ``full``: the session that most people wait for, and how many."""

    change_id: UUID
    works: bool
    sessions: int = 0
    guides: int = 0
    taken: int = 0
    seats: int | None = None
    did: int = 0
    full: tuple[Text, int] | None = None


def find(
    store: GovernanceStore, actor: Actor, record: ChangeRecord, now: datetime
) -> Learned | None:
    works = works_on(actor, record)
    sessions = [
        one
        for one in store.trainings(change_id=record.id)
        if not one.cancelled and sees_session(store, actor, one)
    ]
    coming = [one for one in sessions if times(store, one)[0] > now]
    guides = [one for one in store.guides(change_id=record.id) if sees_guide(store, actor, one)]
    if not works:
        if not (coming or guides):
            return None
        return Learned(change_id=record.id, works=False, sessions=len(coming), guides=len(guides))
    counts = store.count_seats([one.id for one in sessions])
    limits = [one.capacity for one in sessions]
    waits = [(one.title, counts[one.id].waiting) for one in coming if counts[one.id].waiting]
    done = store.count_done([one.id for one in guides])
    return Learned(
        change_id=record.id,
        works=True,
        sessions=len(sessions),
        guides=len(guides),
        taken=sum(one.taken for one in counts.values()),
        seats=None if None in limits else sum(one for one in limits if one),
        did=sum(done.values()),
        full=max(waits, key=lambda one: one[1], default=None),
    )


def draw(words: Words, found: Learned) -> FacetLine:
    sessions = words.count("{n} session", "{n} sessions", found.sessions) if found.sessions else ""
    if found.works and found.sessions:
        sessions = f"{sessions}, {say.taken(words, found.taken, found.seats)}"
    if found.works:
        did = words.count("{n} person did the guide", "{n} people did the guide", found.did)
        if found.guides > 1:
            did = words.count("{n} guide completed", "{n} guides completed", found.did)
        guides = did if found.guides else ""
    else:
        guides = words.count("{n} guide", "{n} guides", found.guides) if found.guides else ""
    todo = ""
    if found.full:
        title, waiting = found.full
        todo = words.count(
            "“{title}” is full and {n} person is waiting: add another session.",
            "“{title}” is full and {n} people are waiting: add another session.",
            waiting,
            title=words.text(title),
        )
    label = words.say("See sessions") if found.sessions else words.say("Training")
    return FacetLine(
        name=words.say("Training"),
        said="; ".join(one for one in (sessions, guides) if one),
        todo=todo,
        tile=_tile(words, found, guides),
        press=Press(label=label, command=ShowLearning(change_id=found.change_id)),
    )


def _tile(words: Words, found: Learned, guides: str) -> Tile | None:
    """Seats that are taken; without sessions, who did the guides. For who works on the change."""
    label = words.say("Training")
    if not found.works or not (found.sessions or found.guides):
        return None
    if not found.sessions:
        return Tile(label=label, figure=words.number(found.did), says=guides)
    told = words.count("{n} session", "{n} sessions", found.sessions)
    if found.seats is None:
        base, share = words.say("signed up"), None
    else:
        base = words.say("of {n} seats", n=words.number(found.seats))
        share = min(1.0, found.taken / found.seats) if found.seats else None
    return Tile(
        label=label,
        figure=words.number(found.taken),
        of=base,
        share=share,
        says="; ".join(part for part in (told, guides) if part),
    )


FACETS = (Facet(of=Learned, order=30, find=find, draw=draw),)
