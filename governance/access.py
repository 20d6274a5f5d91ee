"""Who acts, and the rules of who may do what. Each operation names its rule; a test crosses every
actor with every command."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from core.people import Person, Platform, Role
from governance.announcements.approvals import may_approve
from governance.announcements.model import Announcement
from governance.committees.model import DESKS, RESPONDERS, RESTRICTED, TRIAGE, Office
from governance.feedback.model import OPEN_STATES, READS_AS_DANGER, Item, Urgency
from governance.messages import Refused
from governance.ports import GovernanceStore, Standing
from governance.refusals import (
    APPROVERS_ONLY,
    CTO_ONLY,
    LEADERS_ONLY,
    NAMED_PERSON_ONLY,
    NOT_YOURS,
    RESPONDERS_ONLY,
    UNOPENED,
    WITHDRAWN,
)
from governance.refusals import GONE as GONE
from governance.refusals import GUEST as GUEST
from governance.refusals import LEFT as LEFT
from governance.refusals import STRANGER as STRANGER
from governance.refusals import STUDENT as STUDENT
from governance.refusals import refusal as refusal
from governance.sensitive.substitutes import stands_in
from surveys.survey import Wave


class Source(StrEnum):
    """Who is acting: a person, the clock (and other parts of the service), the operator, or
    nobody in particular."""

    PERSON = "person"
    CLOCK = "clock"
    NOBODY = "nobody"
    """Who speaks anonymously, or comes with a receipt: it is not known who, nor asked."""
    OPERATOR = "operator"


PERSON = frozenset({Source.PERSON})
OPERATOR_TOO = frozenset({Source.PERSON, Source.OPERATOR})
"""The operator launches for the CTO's office, and sees no answer and no feedback."""
CLOCK = frozenset({Source.CLOCK})
CLOCK_TOO = frozenset({Source.PERSON, Source.CLOCK})
NOBODY = frozenset({Source.NOBODY})


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts. A person is None when the platform's account is nobody of the roster."""

    source: Source = Source.PERSON
    person: Person | None = None
    standing: Standing = field(default_factory=Standing)
    guest: bool = False
    platform: Platform | None = None
    """Where a person speaks."""

    @property
    def cto(self) -> bool:
        return Office.CTO in self.standing.offices

    @property
    def person_id(self) -> UUID | None:
        return self.person.id if self.person else None

    @property
    def somebody(self) -> Person:
        """The person, where only people act: then somebody is known (``stranger``)."""
        if self.person is None:
            raise LookupError("nobody is known here")
        return self.person


# -- rules that hold for every command of a person -------------------------------------------------


def stranger(actor: Actor, store: GovernanceStore) -> Refused | None:
    if actor.guest:
        return refusal(GUEST)
    if actor.person is None:
        return refusal(STRANGER)
    if actor.person.role is Role.STUDENT or store.district().is_student(actor.person.email):
        return refusal(STUDENT)
    if not actor.person.active:
        return refusal(LEFT)
    return None


def named(actor: Actor, command: object, store: GovernanceStore) -> Refused | None:
    """What names somebody is to them as if it were not there, whichever command asks for it."""
    items = (getattr(command, field, None) for field in ("item_id", "into"))
    return refusal(GONE) if any(is_kept_from(actor, one, store) for one in items if one) else None


def is_kept_from(actor: Actor, item_id: UUID, store: GovernanceStore) -> bool:
    """Whether an item names who asks for it."""
    return actor.person_id is not None and actor.person_id in store.named_in(item_id)


# -- rules of operations: None, or a polite refusal ------------------------------------------------


class _OfItem(Protocol):
    @property
    def item_id(self) -> UUID: ...


class _OfQueue(Protocol):
    @property
    def queue(self) -> str: ...


class _OfAnnouncement(Protocol):
    @property
    def announcement_id(self) -> UUID: ...


class _OfCampaign(Protocol):
    @property
    def subject(self) -> UUID: ...


class _OfWave(Protocol):
    @property
    def wave_id(self) -> UUID: ...


def anybody(_: Actor, __: object, ___: GovernanceStore) -> None:
    """Everybody on the staff; or whichever machine the operation is for."""


def office(actor: Actor, _: object, __: GovernanceStore) -> Refused | None:
    """The CTO's office; and the machines that the operation is for."""
    return None if actor.cto or actor.source is not Source.PERSON else refusal(CTO_ONLY)


def announcer(actor: Actor, command: _OfAnnouncement, store: GovernanceStore) -> Refused | None:
    """The CTO's office, and the ISO where it is a lesson of theirs."""
    refused = office(actor, command, store)
    if refused is None or own_lesson(actor, store.announcement(command.announcement_id)):
        return None
    return refused


def announcer_of(actor: Actor, command: _OfCampaign, store: GovernanceStore) -> Refused | None:
    """The same of a campaign, which may be a survey's."""
    mine = own_lesson(actor, store.announcement(command.subject))
    return None if mine else office(actor, command, store)


def approver(actor: Actor, _: object, store: GovernanceStore) -> Refused | None:
    """Who is named to approve urgent announcements."""
    return None if may_approve(actor.standing, store) else refusal(APPROVERS_ONLY)


def leader(actor: Actor, _: object, __: GovernanceStore) -> Refused | None:
    """Who leads any committee."""
    return None if actor.standing.leads else refusal(LEADERS_ONLY)


def leader_of_queue(actor: Actor, command: _OfQueue, _: GovernanceStore) -> Refused | None:
    return None if command.queue in actor.standing.leads else refusal(LEADERS_ONLY)


def member_of_queue(actor: Actor, command: _OfQueue, _: GovernanceStore) -> Refused | None:
    return None if command.queue in actor.standing.sits else refusal(NOT_YOURS)


def worker_on_queue(actor: Actor, command: _OfQueue, _: GovernanceStore) -> Refused | None:
    if works_on(actor, command.queue):
        return None
    held = command.queue in (TRIAGE, RESTRICTED)
    return refusal(NAMED_PERSON_ONLY if held else NOT_YOURS)


def triage_owner(actor: Actor, _: object, __: GovernanceStore) -> Refused | None:
    return None if works_on(actor, TRIAGE) else refusal(NAMED_PERSON_ONLY)


def worker_on_item(actor: Actor, command: _OfItem, store: GovernanceStore) -> Refused | None:
    item = store.item(command.item_id)
    return _item(actor, item, store) or _unopened(item, store)


def reader_of_item(actor: Actor, command: _OfItem, store: GovernanceStore) -> Refused | None:
    """Who works on an item, and of something sensitive also who stands in for its readers."""
    return opener_of_item(actor, command, store) or _unopened(store.item(command.item_id), store)


def opener_of_item(actor: Actor, command: _OfItem, store: GovernanceStore) -> Refused | None:
    """The same, of what nobody has opened yet, too."""
    item = store.item(command.item_id)
    if item is not None and stands_in(store, actor.person_id, item):
        return None
    return _item(actor, item, store)


def responder_or_reader(actor: Actor, command: _OfItem, store: GovernanceStore) -> Refused | None:
    item = store.item(command.item_id)
    return None if item and responds_to(actor, item) else reader_of_item(actor, command, store)


def author(actor: Actor, command: _OfItem, store: GovernanceStore) -> Refused | None:
    """To others it is as if it were not there: whose it is must not be told by a refusal."""
    item = store.item(command.item_id)
    mine = item is not None and item.author is not None and item.author == actor.person_id
    return None if mine else refusal(GONE)


def responder(actor: Actor, _: object, __: GovernanceStore) -> Refused | None:
    return None if responds(actor) else refusal(RESPONDERS_ONLY)


def announced_to(actor: Actor, command: _OfAnnouncement, store: GovernanceStore) -> Refused | None:
    """Who was told, the CTO's office, and the ISO where it is a lesson of theirs."""
    person_id = actor.person_id
    if person_id is not None and store.was_announced_to(command.announcement_id, person_id):
        return None
    if actor.cto or own_lesson(actor, store.announcement(command.announcement_id)):
        return None
    return refusal(GONE)


def reader_of_results(actor: Actor, command: _OfWave, store: GovernanceStore) -> Refused | None:
    return None if sees_all_tables(actor, store.wave(command.wave_id)) else refusal(CTO_ONLY)


# -- what the rules ask ----------------------------------------------------------------------------


def own_lesson(actor: Actor, found: Announcement | None) -> bool:
    """Whether the ISO wrote it, or it was brought in from a file."""
    if found is None or not found.lesson or Office.ISO not in actor.standing.offices:
        return False
    return found.written_by is None or found.written_by == actor.person_id


def sees_all_tables(actor: Actor, wave: Wave | None) -> bool:
    """The CTO's office, and whoever is on a committee that the survey names, while they are."""
    if actor.cto:
        return True
    return wave is not None and not actor.standing.sits.isdisjoint(wave.survey.committees)


def is_sealed(store: GovernanceStore, item: Item) -> bool:
    """Whether an item is restricted and nobody has opened it yet. Its words are not shown before,
    and nothing is done with it: who read it, and when, is on record."""
    if item.queue != RESTRICTED or item.state not in OPEN_STATES:
        return False
    return not store.was_opened(item.id)


def _unopened(item: Item | None, store: GovernanceStore) -> Refused | None:
    return refusal(UNOPENED) if item is not None and is_sealed(store, item) else None


def _item(actor: Actor, item: Item | None, store: GovernanceStore) -> Refused | None:
    if item is None or item.queue is None:
        return refusal(GONE)
    if works_on(actor, item.queue):
        return None
    theirs = item.held_back and any(works_on(actor, one) for one in taken_from(store, item))
    return refusal(WITHDRAWN if theirs else NOT_YOURS)


def taken_from(store: GovernanceStore, item: Item) -> list[str]:
    """The queues from which an item was withdrawn because it reads as danger, the last one last."""
    return [one.came_from for one in store.moves(item.id) if one.why == READS_AS_DANGER]


def works_on(actor: Actor, queue: str) -> bool:
    """Whether somebody works on a queue: a committee's members, triage's owners, the one reader
    of what is restricted. The CTO has no docket (domain plan, Access)."""
    if queue == TRIAGE:
        return Office.TRIAGE_OWNER in actor.standing.offices
    if queue == RESTRICTED:
        return Office.RESTRICTED_READER in actor.standing.offices
    if queue in DESKS:
        return DESKS[queue] in actor.standing.offices
    return queue in actor.standing.sits


def responds_to(actor: Actor, item: Item) -> bool:
    """Whether somebody is a named responder to what an item is urgent about: they may say that
    they are taking care of it, on whichever queue it is."""
    alarms = item.reading.alarms if item.reading else ()
    return any(RESPONDERS[urgency] in actor.standing.offices for urgency in alarms)


def responds(actor: Actor) -> bool:
    """Whether somebody is called about urgent things: by a duty of theirs, or in the end."""
    called = {*RESPONDERS.values(), Office.ISO, Office.CTO}
    return not called.isdisjoint(actor.standing.offices)


def answers_for(actor: Actor, urgency: Urgency, item_id: UUID, store: GovernanceStore) -> bool:
    """Whether an urgent case is somebody's: they respond to its kind, or it has gone up to them
    because nobody took it; and it does not name them."""
    if is_kept_from(actor, item_id, store):
        return False
    if RESPONDERS[urgency] in actor.standing.offices:
        return store.case(item_id, urgency) is not None
    who = actor.person_id if responds(actor) else None
    return who is not None and store.was_called(item_id, urgency, who)


def queues_of(actor: Actor) -> tuple[str, ...]:
    """The queues somebody works on: their committees, triage, what is restricted."""
    queues = sorted(actor.standing.sits)
    if Office.TRIAGE_OWNER in actor.standing.offices:
        queues.append(TRIAGE)
    if Office.RESTRICTED_READER in actor.standing.offices:
        queues.append(RESTRICTED)
    queues += [desk for desk, office in DESKS.items() if office in actor.standing.offices]
    return tuple(queues)
