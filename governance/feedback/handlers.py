"""Listening: store what somebody says at once, then file it where its reading says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from core.people import Person
from governance.access import CLOCK, anybody
from governance.committees.briefing import waits_for_digest
from governance.committees.model import DESKS, RESTRICTED, TRIAGE, Office
from governance.docket.commands import FileReading, GiveFeedback, ShowFeedbackForm
from governance.docket.dating import due_for, due_for_office, on_a_school_day
from governance.duplicates.model import Alike
from governance.feedback.about import Taken, kept, named, take
from governance.feedback.model import (
    OPEN_STATES,
    TRIAGE_LATE,
    UNREADABLE,
    Destination,
    Item,
    ItemState,
    Naming,
    Reading,
    Whose,
)
from governance.feedback.named import keep_from_named, names_somebody_on, unnamed
from governance.help_desk.handlers import offer
from governance.messages import Done, FeedbackForm, FeedbackReceived, News, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.rules.citing import speaks_of
from governance.sensitive.substitutes import done_by, who_reads
from governance.typed import typed
from governance.urgent.alarming import alarm_at_once, raise_alarm, with_cases
from surveys.messages import Rejected
from surveys.questions import Unfit

LONGEST = 5000
"""Longest feedback in characters."""

LEADER_FROM = 10
"""A building is told by its leader's name only where this many people share the author's role."""

NOT_HERE = (
    "We know who you are here, so this cannot be anonymous. Open the page to speak anonymously."
)
_AT_ONCE = (News.URGENT, News.RESTRICTED, News.NO_READER, News.TAKEN)
"""News that does not wait for the morning: they wrote just now, and may need help."""

_NOT_IN_DANGER = (News.FILED, News.RESTRICTED, News.NO_READER, News.TAKEN_OUT)

SHARED = frozenset(
    {
        News.ACKNOWLEDGED,
        News.IN_DISCUSSION,
        News.ANSWERED,
        News.ACCEPTED,
        News.DECLINED,
        News.FILED,
        News.BECAME,
    }
)
"""News that all who say the same hear. Of the others each is about one message."""

TOLD_AGAIN = frozenset({5, 10, 20, 50, 100, 200, 500, 1000})
"""How many people say a thing when its committee gets its brief once more."""

TRIAGE_DAYS = 3
RESTRICTED_DAYS = 1


def show_form(
    store: GovernanceStore, reader: Person, command: ShowFeedbackForm, now: datetime
) -> FeedbackForm | Refused:
    if command.whose is Whose.OURS:
        return Refused(
            why=Unfit(
                why="I wrote that message, so I can’t pass it on. To say something about it, write "
                "to me in your own words."
            )
        )
    about = named(store, command.about, now, reader)
    return FeedbackForm(
        text=command.text[:LONGEST],
        contacts=store.district().contacts,
        passed_on=command.whose is Whose.PASSED_ON,
        anonymous_door=store.anonymous_doors(now)[0],
        token=command.about if about else "",
        named=about,
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
    if command.naming is Naming.ANONYMOUS:  # no form of ours offers it to who is signed in
        return Rejected(unfit={"naming": Unfit(why=NOT_HERE)})
    item = Item(
        id=command.item_id,
        author=author.id,
        naming=command.naming,
        role=author.role,
        level=author.level,
        received_at=now,
        about=kept(store, command.about, now, author),
    )
    if not store.add_item(item, text) and not _same(store, item, text):
        # The form's id was used before: a form kept open, sent again with other words. Thanked
        # for, it must not be lost; the same words again are the same item.
        item = replace(item, id=uuid5(item.id, f"{author.id} {text}"))
        store.add_item(item, text)
    if alarm_at_once(store, item, text, command.glanced, now):
        store.await_answer(
            author,
            campaign=told_as(item.id, News.URGENT),
            kind=f"told-{News.URGENT}",
            subject=item.id,
            now=now,
        )
    about = named(store, item.about, now, author)
    help_desk = store.district().contacts.get("help-desk", "")
    return FeedbackReceived(
        item_id=item.id, naming=command.naming, named=about, help_desk=help_desk
    )


def note_answer(store: GovernanceStore, item_id: UUID, arrived: bool, now: datetime) -> None:
    """Whether the answer that was an urgent notice reached the author; if not, it is sent."""
    store.note_answer(
        campaign=told_as(item_id, News.URGENT),
        kind=f"told-{News.URGENT}",
        now=now,
        arrived=arrived,
    )


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
    if reading.redacted != UNREADABLE:  # else nobody is named in it that could be told
        keep_from_named(store, item, now)
    for urgency in reading.alarms:
        raise_alarm(store, item, urgency, now)
    reading = with_cases(store, item, reading)
    if reading.alarms:
        tell_author(store, item, News.URGENT, now)
    if reading.spans and not reading.unread:
        tell_author(store, item, News.TAKEN_OUT, now)
    if command.alike is not None and item.about and not store.named_in(item.id):
        store.keep_vector(item.id, command.alike.vector)
    taken = take(store, item, now)
    held = replace(item, reading=reading).held_back
    queue = RESTRICTED if held else _queue_of(store, reading)
    queue = _away_from_named(store, item, queue, now)
    if taken is not None and queue != RESTRICTED:
        desk = DESKS.get(taken.queue)
        if desk and not unnamed(store, item.id, store.holders(desk)):
            taken = replace(taken, queue=TRIAGE, until=None)  # it names all who could read it there
        if _away_from_named(store, item, taken.queue, now) != taken.queue:
            taken = replace(taken, queue=TRIAGE, until=None)
        entered = replace(item, reading=reading)
        lead = _open_lead(store, entered, command.alike, taken.queue) if command.alike else None
        if lead is not None and lead.about == item.about and not store.named_in(item.id):
            _keep_with(store, entered, lead, now)
        else:
            _gather(store, entered, taken, now)
        return Done()
    if queue is None:
        store.update_item(replace(item, reading=reading, state=ItemState.FILED))
        tell_author(store, item, News.FILED, now)
        return Done()
    if command.alike is not None and not item.about:
        about = speaks_of(store, reading.redacted, command.alike.vector)
        reading = replace(reading, speaks_of=about)
    entered = replace(item, reading=reading)
    if command.alike is not None and not store.named_in(item.id):
        store.keep_vector(item.id, command.alike.vector)
        lead = _open_lead(store, entered, command.alike, queue)
        if lead is not None:
            _keep_with(store, entered, lead, now)
            return Done()
    offer(store, enter(store, entered, queue, now), now)
    if queue == RESTRICTED:
        tell_sensitive(store, item, now)
    return Done()


def _gather(store: GovernanceStore, item: Item, taken: Taken, now: datetime) -> None:
    """Put an item where the feature wants it that it is about. What is gathered until a day is due
    after it, and nobody is told of each."""
    if taken.until is None or taken.until <= now:
        enter(store, item, taken.queue, now)
        return
    due = _due(store, item, taken.queue, taken.until)
    store.update_item(replace(item, queue=taken.queue, state=ItemState.NEW, due_at=due))


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
            return TRIAGE if reading.alarms else None


def _away_from_named(
    store: GovernanceStore, item: Item, queue: str | None, now: datetime
) -> str | None:
    """A committee reads together, so what names one of its people goes to triage instead."""
    if queue is None or store.district().committee(queue) is None:
        return queue
    if not names_somebody_on(store, item.id, queue):
        return queue
    store.audit(None, f"to triage and not to {queue}, where it names somebody", item.id, now)
    return TRIAGE


def _open_lead(store: GovernanceStore, item: Item, alike: Alike, queue: str) -> Item | None:
    """The open item of the queue that says the same. What is urgent, and what is restricted,
    always stands by itself: each of those is looked at by a person of its own."""
    lead = store.item(alike.lead) if alike.lead else None
    if lead is None or lead.id == item.id or lead.queue != queue or queue == RESTRICTED:
        return None
    if lead.state not in OPEN_STATES or store.lead_of(lead.id) is not None:
        return None  # answered, or merged by hand, while the new one was read
    urgent = any(r is None or r.urgency is not None for r in (item.reading, lead.reading))
    return None if urgent else lead


def _keep_with(store: GovernanceStore, item: Item, lead: Item, now: datetime) -> None:
    """One more says it. The committee is told again when that makes it five people, ten, twenty."""
    before = store.people_saying(lead.id)
    store.update_item(item)
    store.keep_with(item.id, lead.id, None, now)
    tell_joined(store, item, lead, now)
    people = store.people_saying(lead.id)
    if people in TOLD_AGAIN and before < people and lead.queue is not None:
        campaign = f"item:{lead.id}:{lead.moves}:said-by-{people}"
        store.deliver_to_queue(
            lead.queue, campaign=campaign, kind="brief", subject=lead.id, now=now
        )


def tell_joined(store: GovernanceStore, item: Item, lead: Item, now: datetime) -> None:
    """Who says what a committee looks into already hears that at once."""
    if lead.state is not ItemState.NEW:
        discussed = lead.state is ItemState.IN_DISCUSSION
        _tell(store, item, News.IN_DISCUSSION if discussed else News.ACKNOWLEDGED, now)


def enter(store: GovernanceStore, item: Item, queue: str, now: datetime) -> Item:
    """Put an item on a queue as new, with a due date, and tell those who work on it. What reads as
    danger to a person goes to the restricted queue, whichever was asked for."""
    if item.held_back:
        queue = RESTRICTED
    leader = leader_for(store, item, queue)
    entered = replace(
        item,
        queue=queue,
        state=ItemState.NEW,
        due_at=_due(store, item, queue, now),
        assigned_to=leader.id if leader else None,
    )
    store.update_item(entered)
    store.bring_back(item.id)  # the committee that had it put it aside, and named it
    store.put_subject(item.id, "", None, now)
    campaign = f"item:{item.id}:{item.moves}"
    if queue == RESTRICTED:
        tell_reader(store, entered, now)
    if queue == TRIAGE and names_somebody_on(store, item.id, TRIAGE):
        for owner in unnamed(store, item.id, store.holders(Office.TRIAGE_OWNER))[:1]:
            store.deliver_to_person(
                owner, campaign=campaign, kind=TRIAGE_LATE, subject=item.id, now=now
            )
    elif not waits_for_digest(store, entered, queue):
        store.deliver_to_queue(queue, campaign=campaign, kind="brief", subject=item.id, now=now)
    if leader is not None:
        store.deliver_to_person(
            leader, campaign=campaign, kind="assigned", subject=item.id, now=now
        )
    return entered


def tell_reader(store: GovernanceStore, item: Item, now: datetime) -> None:
    """Who reads it hears that something sensitive is there, once. Who stands in is on record."""
    for reader in who_reads(store, item)[:1]:
        what = "told of something sensitive"
        if (said := done_by(store, reader.id, item, what)) != what:
            store.audit(reader.id, said, item.id, now)
        store.deliver_to_person(
            reader,
            campaign=f"item:{item.id}:{item.moves}",
            kind="restricted",
            subject=item.id,
            now=now,
        )


def tell_sensitive(store: GovernanceStore, item: Item, now: datetime) -> None:
    """The author hears that no committee sees it; or that nobody here may read it, and whom to
    turn to. Each once, and neither while it is urgent (``tell_author``)."""
    if who_reads(store, item):
        tell_author(store, item, News.RESTRICTED, now)
        return
    store.audit(None, "nobody may read it whom it does not name", item.id, now)
    tell_author(store, item, News.NO_READER, now)


def leader_for(store: GovernanceStore, item: Item, queue: str) -> Person | None:
    """Whose matter an item is on a school-level committee: the Technology Leader of the author's
    building. That tells the building, so where the name is withheld only if ten people or more
    of the author's role work there. Nobody is asked to answer themselves."""
    committee, author = store.district().committee(queue), author_of(store, item)
    if committee is None or author is None or item.role is None:
        return None
    email = committee.technology_leaders.get(author.building)
    leader = store.person_by_email(email) if email else None
    if leader is None or not leader.active or leader.id == author.id:
        return None
    if queue not in store.committees_of(leader.id) or leader.id in store.named_in(item.id):
        return None
    told = item.naming is Naming.NAMED
    crowd = told or store.roster_count_at(item.role, author.building) >= LEADER_FROM
    return leader if crowd else None


def _due(store: GovernanceStore, item: Item, queue: str, now: datetime) -> datetime:
    """Triage and the restricted page are looked at every school day, also in summer."""
    committee = store.district().committee(queue)
    if committee is not None:
        return due_for(store, committee, item, now)
    if queue in DESKS:
        return due_for_office(store, now)
    days = RESTRICTED_DAYS if queue == RESTRICTED else TRIAGE_DAYS
    return on_a_school_day(store, now + timedelta(days=days))


def author_of(store: GovernanceStore, item: Item) -> Person | None:
    """Who said it, for the machine. None: nobody knows, or they are not on the roster."""
    return store.person(item.author) if item.author else None


def tell_author(
    store: GovernanceStore,
    item: Item,
    news: News,
    now: datetime,
    *,
    about: UUID | None = None,
    again: str = "",
) -> None:
    """The author hears what followed from it; where more people say it, all of them do. ``about``:
    a recommendation or an announcement that several of their messages may be behind: they hear of
    it once. ``again``: distinguishes this news from earlier news of the same kind. While somebody
    is called about danger in it, nothing else is said that is about its subject or its words: it
    would come beside the number to call, and contradict it."""
    if news in _NOT_IN_DANGER and store.open_urgent(item.id):
        return
    _tell(store, item, news, now, about, again)
    if news in SHARED:
        told = {item.author}
        for other in store.kept_with(item.id):
            if other.author is None or other.author not in told:
                _tell(store, other, news, now, about, again)
            told.add(other.author)


def _tell(
    store: GovernanceStore,
    item: Item,
    news: News,
    now: datetime,
    about: UUID | None = None,
    again: str = "",
) -> None:
    """The author hears what followed from it, once per piece of news. An anonymous one cannot be
    told: the news is kept until somebody comes for it with the receipt."""
    if item.naming is Naming.ANONYMOUS:
        store.keep_news(item.id, news, now)
        return
    author = author_of(store, item)
    campaign = told_as(item.id, news)
    if about is not None:  # of several messages of theirs, once
        campaign = f"about:{about}:told-{news}"
    if again:
        campaign = f"{campaign}:{again}"
    if author is not None and author.active:
        store.deliver_to_person(
            author,
            campaign=campaign,
            kind=f"told-{news}",
            subject=item.id,
            now=now,
            urgent=news in _AT_ONCE,
            own=True,
        )


def told_as(item_id: UUID, news: News) -> str:
    """Under what a piece of news of an item is on record, so that it is told once."""
    return f"item:{item_id}:told-{news}"


OPERATIONS: Operations = (
    Operation(
        command=ShowFeedbackForm,
        run=lambda store, actor, command, now: show_form(store, actor.somebody, command, now),
        may=anybody,
        reads=True,
        button="feedback-form",
        carries=("about",),
        takes=("text",),
    ),
    Operation(
        command=FileReading,
        run=lambda store, _, command, now: file_reading(store, command, now),
        may=anybody,
        by=CLOCK,
    ),
)
