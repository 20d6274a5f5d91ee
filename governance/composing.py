"""Composing: a delivery stores what it is about; its message is built when it is sent or shown."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from governance import trying
from governance.access import Actor
from governance.announcing import notice
from governance.approval_messages import ApprovalAsked, ApprovalSettled
from governance.approvals import may_approve
from governance.approving import asked, settled
from governance.channels import channel_opened
from governance.committees import RESPONDERS, Office
from governance.concluding import published
from governance.docket import brief, queue_name
from governance.feedback import Item
from governance.messages import Done, Message, News, RestrictedWaiting, Told, UrgentAlert
from governance.ports import GovernanceStore
from governance.repeating import repetition
from governance.roster_watch import roster_refused
from surveys.messages import Invitation, Results
from surveys.people import Person
from surveys.presenting import invited, promise_of
from surveys.promise import Promise
from surveys.survey import Wave, WaveState

_SAID = 140
"""Characters of their own words an author sees again, so that they know which message it is."""

ASKING = frozenset({"invitation", "reminder"})
"""Kinds of a delivery that ask somebody to answer a survey."""

_CONTACTS = {
    News.RESTRICTED: ("human-resources", "title-ix", "association"),
    News.URGENT: ("safety", "security", "privacy", "help-desk"),
}


def compose(
    store: GovernanceStore,
    kind: str,
    subject: UUID,
    reader: Person | None,
    queue: str | None,
    now: datetime,
) -> Message | None:
    """The message of a delivery as it stands now. None: it is no longer wanted (a survey that
    closed meanwhile). ``reader`` is None for a committee's channel, whose key is ``queue``."""
    match kind:
        case "invitation" | "reminder":
            wave = store.wave(subject)
            if wave is None or wave.state is not WaveState.OPEN or wave.closes_at <= now:
                return None
            told = promise_of(store, wave)
            asking = invitation(wave, told, reminder=int(kind == "reminder"))
            return asking if reader is None else invited(asking, reader.id)
        case "trial":  # TRIAL
            trial = trying.composed(store, subject, now)
            return trial if trial is None or reader is None else invited(trial, reader.id)
        case "results":
            seen = _sees_results(store, subject, reader, queue)
            results = store.results(subject) if seen else None
            return Results(results=results) if results else None
        case "repetition":  # REPETITION
            return repetition(store, subject, now) if _is_office(store, reader) else None
        case "conclusions":  # concluding.KIND
            return published(store, subject)
        case "notice":
            found = store.announcement(subject)
            if found is None or found.recalled_at is not None:
                return None
            return notice(store, found, Actor(person=reader))
        case "channel-open":  # CHANNEL_OPEN
            return channel_opened(store, subject)
        case "roster-refused":  # ROSTER_REFUSED
            return roster_refused(store, subject)
        case "recall":
            return Done()  # what it takes back is named by its delivery
        case _ if kind.partition("-")[0] == "approval":
            return _about_approval(store, kind, subject, reader, now)
        case _:
            item = store.item(subject)
            return _about_item(store, kind, item, reader, queue) if item else None


def _sees_results(
    store: GovernanceStore, wave_id: UUID, reader: Person | None, queue: str | None
) -> bool:
    """Not in the inbox of somebody who was the CTO; in the channels of the committees that the
    survey names."""
    if queue is not None:
        wave = store.wave(wave_id)
        return wave is not None and queue in wave.survey.committees
    return _is_office(store, reader)


def _is_office(store: GovernanceStore, reader: Person | None) -> bool:
    """Whether they hold the CTO's office now (None: it is just going out to them)."""
    return reader is None or Office.CTO in store.standing(reader.id).offices


def invitation(wave: Wave, told: Promise, *, reminder: int = 0) -> Invitation:
    survey = wave.survey
    return Invitation(
        wave_id=wave.id,
        title=survey.title,
        asked_by=survey.asked_by,
        purpose=survey.purpose,
        question_count=len(survey.questions),
        minutes=survey.minutes,
        closes_at=wave.closes_at,
        promise=told,
        inline=survey.questions if survey.short else (),
        reminder=reminder,
    )


def _about_approval(
    store: GovernanceStore, kind: str, subject: UUID, reader: Person | None, now: datetime
) -> ApprovalAsked | ApprovalSettled | None:
    """What is asked, while it is and of who may decide (``reader`` None: it is just going out to
    them); or to who asked, what was decided."""
    found = store.announcement(subject)
    if found is None:
        return None
    if kind == "approval":
        if reader is not None and not may_approve(store.standing(reader.id), store):
            return None
        return asked(store, found, now)
    ended = settled(store, found, to_asker=True)
    return ended if ended and kind == f"approval-{ended.settlement}" else None


def _about_item(
    store: GovernanceStore, kind: str, item: Item, reader: Person | None, queue: str | None
) -> Message | None:
    match kind:
        case "brief":
            if queue is not None and item.queue != queue:
                return None  # it moved on (perhaps to the restricted page) before this was sent
            return brief(store, item, seen_from=queue)
        case "assigned":
            mine = reader is None or item.assigned_to == reader.id
            return brief(store, item) if item.assigned_to and mine else None
        case "restricted":
            return RestrictedWaiting(item_id=item.id, received_at=item.received_at)
        case "urgent":
            return _alert(store, item, reader)
        case _ if kind.startswith("told-"):
            return told(store, item, News(kind.removeprefix("told-")))
        case _:
            raise ValueError(f"a delivery of an unknown kind: {kind!r}")


def _alert(store: GovernanceStore, item: Item, reader: Person | None) -> UrgentAlert | None:
    """The original, for who responds to such things now (``reader`` None: it is just going out
    to them)."""
    urgency = item.reading.urgency if item.reading else None
    if reader is not None and (
        urgency is None or RESPONDERS[urgency] not in store.standing(reader.id).offices
    ):
        return None
    author, original = store.person(item.author), store.original(item.id)
    if author is None or original is None or urgency is None:
        return None
    names = {building.key: building.name for building in store.buildings()}
    return UrgentAlert(
        item_id=item.id,
        urgency=urgency,
        original=original,
        author=author.name,
        building=names.get(author.building, author.building),
        received_at=item.received_at,
    )


def told(store: GovernanceStore, item: Item, news: News) -> Told:
    """What an author hears. Who answered is named by committee, and by name where they answered."""
    district = store.district()
    answerer = store.person(item.answered_by) if item.answered_by else None
    wanted = _CONTACTS.get(news, ())
    return Told(
        item_id=item.id,
        news=news,
        said=excerpt(item),
        received_at=item.received_at,
        committee=queue_name(district, item.queue) if item.queue else None,
        answer=item.answer if news is News.ANSWERED else None,
        answered_by=answerer.name if answerer and news is News.ANSWERED else None,
        urgency=item.reading.urgency if item.reading else None,
        contacts={key: district.contacts[key] for key in wanted if key in district.contacts},
    )


def excerpt(item: Item) -> str:
    """The first words of what was said, redacted."""
    words = item.reading.redacted if item.reading else ""
    return words if len(words) <= _SAID else words[:_SAID].rsplit(" ", 1)[0] + "…"
