"""How far the messages about a change have got: a line of its page, for whoever works on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.cards import Press
from core.tiles import Tile, share_tile
from core.words import Words
from governance.access import Actor
from governance.announcements.model import AnnouncementState
from governance.changes.access import works_on
from governance.changes.commands import ShowSequence
from governance.changes.facets import Facet, FacetLine
from governance.changes.model import ChangeRecord
from governance.changes.planning import moment_of
from governance.ports import GovernanceStore


@dataclass(frozen=True, kw_only=True)
class Reached:
    """``people``: how many the change is for; ``reached``: of them, who have at least one message
    about it. ``late``: drafts whose time has passed, or is to come and nobody has scheduled them.
    ``next_at``: when the next message goes out."""

    sent: int
    messages: int
    people: int
    reached: int
    late: int
    next_at: datetime | None
    change_id: UUID | None = None


def _find(
    store: GovernanceStore, actor: Actor, record: ChangeRecord, now: datetime
) -> Reached | None:
    if not works_on(actor, record):
        return None
    planned = store.planned(record.id)
    found = [
        (one, it) for one in planned if (it := store.announcement(one.announcement_id)) is not None
    ]
    sent = [it for _, it in found if it.sent_at is not None]
    left = [(one, it) for one, it in found if it.sent_at is None and not record.over]
    waiting = [it.send_at for _, it in left if it.send_at is not None]
    drafts = [moment_of(store, record.day, one) for one, it in left if it.state is _DRAFT]
    people, reached = store.reached_of(record.audience, [one.id for one in sent])
    return Reached(
        sent=len(sent),
        messages=len(found),
        people=people,
        reached=reached,
        late=len(drafts) if record.shown else sum(1 for at in drafts if at <= now),
        next_at=min(waiting, default=None),
        change_id=record.id,
    )


_DRAFT = AnnouncementState.DRAFT


def _draw(words: Words, found: Reached) -> FacetLine:
    if not found.messages:
        return FacetLine(
            name=words.say("Reached"),
            said=words.say("No messages yet."),
            todo=words.say("Add the messages about this change."),
            does=_messages(words, found),
            tile=Tile(label=words.say("Reached"), figure="–", says=words.say("No messages yet.")),
        )
    said = words.say(
        "{n} of {people} people, with {sent} of {messages} messages.",
        n=words.number(found.reached),
        people=words.number(found.people),
        sent=words.number(found.sent),
        messages=words.number(found.messages),
    )
    if found.next_at:
        coming = words.say("The next one goes out on {when}.", when=words.when(found.next_at))
        said = f"{said} {coming}"
    late = words.count(
        "{n} message isn’t scheduled. Send it or remove it.",
        "{n} messages aren’t scheduled. Send or remove them.",
        found.late,
    )
    return FacetLine(
        name=words.say("Reached"),
        said=said,
        todo=late if found.late else "",
        does=_messages(words, found),
        tile=share_tile(
            words,
            words.say("Reached"),
            found.reached,
            found.people,
            says=words.say(
                "{sent} of {messages} messages sent",
                sent=words.number(found.sent),
                messages=words.number(found.messages),
            ),
        ),
    )


def _messages(words: Words, found: Reached) -> Press | None:
    if found.change_id is None:
        return None
    return Press(label=words.say("Messages"), command=ShowSequence(change_id=found.change_id))


FACETS = (Facet(of=Reached, order=10, find=_find, draw=_draw),)
