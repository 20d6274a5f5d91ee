"""Listening: store what somebody says at once, then file it where its reading says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid5

from governance.commands import FileReading, GiveFeedback, ShowFeedbackForm
from governance.committees import RESPONDERS, RESTRICTED, TRIAGE, Office
from governance.feedback import Destination, Item, ItemState, Naming, Reading, Urgency, Whose
from governance.messages import Done, FeedbackForm, FeedbackReceived, News, Refused
from governance.ports import GovernanceStore
from governance.typed import typed
from surveys.messages import Rejected
from surveys.people import Person
from surveys.questions import Unfit

LONGEST = 5000
"""Longest feedback in characters."""

LEADER_FROM = 10
"""A building is told by its leader's name only where this many people share the author's role."""

TRIAGE_DAYS = 3
RESTRICTED_DAYS = 1


def show_form(store: GovernanceStore, command: ShowFeedbackForm) -> FeedbackForm | Refused:
    if command.whose is Whose.OURS:
        return Refused(
            why=Unfit(
                why="That message is mine, so it needs no passing on. To say something about it, "
                "write to me in your own words."
            )
        )
    return FeedbackForm(
        text=command.text[:LONGEST],
        contacts=store.district().contacts,
        passed_on=command.whose is Whose.PASSED_ON,
    )


def give_feedback(
    store: GovernanceStore, author: Person, command: GiveFeedback, now: datetime
) -> FeedbackReceived | Rejected:
    """Store it encrypted and acknowledge; reading follows off this path."""
    text, too_long = typed(command.text, LONGEST)
    if too_long:
        return Rejected(unfit={"text": too_long})
    if not text:
        return Rejected(unfit={"text": Unfit(why="Write what you want to tell us.")})
    item = Item(
        id=command.item_id,
        author=author.id,
        naming=command.naming,
        role=author.role,
        level=author.level,
        received_at=now,
    )
    if not store.add_item(item, text) and not _same(store, item, text):
        # The form's id was used before: a form kept open, sent again with other words. Thanked
        # for, it must not be lost; the same words again are the same item.
        store.add_item(replace(item, id=uuid5(item.id, f"{author.id} {text}")), text)
    return FeedbackReceived(item_id=command.item_id, naming=command.naming)


def _same(store: GovernanceStore, item: Item, text: str) -> bool:
    """Whether an item that is there already is this person's, in these words."""
    there = store.item(item.id)
    return there is not None and (there.author, store.original(item.id)) == (item.author, text)


def file_reading(store: GovernanceStore, command: FileReading, now: datetime) -> Done:
    """Route a received item as it was read: the item, its route and the brief commit together."""
    item = store.item(command.item_id)
    if item is None or item.state is not ItemState.RECEIVED:
        return Done()  # read before, by another reader or before a restart
    reading = command.reading
    if reading.urgency is not None:
        _alert(store, item, reading.urgency, now)
    queue = _queue_of(store, reading)
    if queue is None:
        store.update_item(replace(item, reading=reading, state=ItemState.FILED))
        tell_author(store, item, News.FILED, now)
        return Done()
    enter(store, replace(item, reading=reading), queue, now)
    if queue == RESTRICTED:
        tell_author(store, item, News.RESTRICTED, now)
    return Done()


def _queue_of(store: GovernanceStore, reading: Reading) -> str | None:
    """None: out of scope, filed with a kind answer. Nothing urgent is filed unseen, and nothing
    goes to a committee that was retired while it was read."""
    match reading.destination:
        case Destination.COMMITTEE:
            found = store.district().committee(reading.committees[0].committee)
            return found.key if found else TRIAGE
        case Destination.RESTRICTED:
            return RESTRICTED
        case Destination.TRIAGE:
            return TRIAGE
        case Destination.NONE:
            return TRIAGE if reading.urgency else None


def enter(store: GovernanceStore, item: Item, queue: str, now: datetime) -> Item:
    """Put an item on a queue as new, with a due date, and tell those who work on it."""
    leader = leader_for(store, item, queue)
    entered = replace(
        item,
        queue=queue,
        state=ItemState.NEW,
        due_at=now + _time_to_answer(store, queue),
        assigned_to=leader.id if leader else None,
    )
    store.update_item(entered)
    campaign = f"item:{item.id}:{item.moves}"
    if queue == RESTRICTED:
        for reader in store.holders(Office.RESTRICTED_READER)[:1]:
            store.deliver_to_person(
                reader, campaign=campaign, kind="restricted", subject=item.id, now=now
            )
    store.deliver_to_queue(queue, campaign=campaign, kind="brief", subject=item.id, now=now)
    if leader is not None:
        store.deliver_to_person(
            leader, campaign=campaign, kind="assigned", subject=item.id, now=now
        )
    return entered


def leader_for(store: GovernanceStore, item: Item, queue: str) -> Person | None:
    """Whose matter an item is on a school-level committee: the Technology Leader of the author's
    building. That tells the building, so where the name is withheld only if ten people or more
    of the author's role work there. Nobody is asked to answer themselves."""
    committee, author = store.district().committee(queue), store.person(item.author)
    if committee is None or author is None:
        return None
    email = committee.technology_leaders.get(author.building)
    leader = store.person_by_email(email) if email else None
    if leader is None or not leader.active or leader.id == author.id:
        return None
    if queue not in store.committees_of(leader.id):
        return None
    told = item.naming is Naming.NAMED
    crowd = told or store.roster_count_at(item.role, author.building) >= LEADER_FROM
    return leader if crowd else None


def _time_to_answer(store: GovernanceStore, queue: str) -> timedelta:
    if queue == TRIAGE:
        return timedelta(days=TRIAGE_DAYS)
    if queue == RESTRICTED:
        return timedelta(days=RESTRICTED_DAYS)
    committee = store.district().committee(queue)
    return timedelta(days=committee.answer_days if committee else TRIAGE_DAYS)


def _alert(store: GovernanceStore, item: Item, urgency: Urgency, now: datetime) -> None:
    """Named responders get the original; each disclosure is logged (FERPA, 34 CFR 99.36)."""
    for responder in store.holders(RESPONDERS[urgency])[:2]:
        store.deliver_to_person(
            responder,
            campaign=f"item:{item.id}:urgent",
            kind="urgent",
            subject=item.id,
            now=now,
            urgent=True,
        )
        store.audit(responder.id, f"disclosed unredacted to responder-{urgency}", item.id, now)
    tell_author(store, item, News.URGENT, now)


def tell_author(store: GovernanceStore, item: Item, news: News, now: datetime) -> None:
    """The author hears what came of it, once per piece of news."""
    author = store.person(item.author)
    if author is not None and author.active:
        store.deliver_to_person(
            author,
            campaign=f"item:{item.id}:told-{news}",
            kind=f"told-{news}",
            subject=item.id,
            now=now,
            urgent=news in (News.URGENT, News.RESTRICTED),  # they wrote just now, and may need help
        )
