"""Messages from staff, offered to the ISO's office as evidence on the page of the safeguard that
they may be about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.cards import Page, Press
from core.words import Words
from governance import links
from governance.access import Actor, is_kept_from, refusal, works_on
from governance.committees.model import DESKS, RESTRICTED, TRIAGE, Office
from governance.controls.access import owns, security_office, sees_all
from governance.controls.answer_messages import SafeguardView
from governance.controls.commands import ShowSafeguard
from governance.controls.facets import Place, PracticeFacet
from governance.controls.finding import place_of
from governance.controls.model import SaidEvidence
from governance.controls.safeguards import show
from governance.controls.said import evidence_for, used_words, version_assessed
from governance.feedback.model import Item
from governance.gaps.commands import JudgeSaid
from governance.gaps.matching import nearest, texts_of
from governance.goals.facets import FacetLine
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import GONE

_LATELY = 200
"""The newest messages of a queue that are considered."""


@dataclass(frozen=True, kw_only=True)
class Offered:
    item_id: UUID
    words: str


@dataclass(frozen=True, kw_only=True)
class SaidByStaff:
    """The words used as evidence."""

    used: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OfferedToIso:
    assessment_id: UUID
    number: str
    messages: tuple[Offered, ...]


def find_used(
    store: GovernanceStore, actor: Actor, place: Place, _: datetime
) -> SaidByStaff | None:
    row = place.row
    if row is None or not (sees_all(actor) or owns(actor, row)):
        return None
    used = used_words(store, actor, place.framework, row.number)
    return SaidByStaff(used=used) if used else None


def find_offered(
    store: GovernanceStore, actor: Actor, place: Place, now: datetime
) -> OfferedToIso | None:
    row = place.row
    if row is None or Office.ISO not in actor.standing.offices:
        return None
    if not _is_assessed_now(store, place, now):
        return None
    found = tuple(_offered(store, actor, place, row.number))
    if not found:
        return None
    return OfferedToIso(assessment_id=place.assessment.id, number=row.number, messages=found)


def _is_assessed_now(store: GovernanceStore, place: Place, now: datetime) -> bool:
    """Whether its version is the one assessed now: evidence keeps no version of its own."""
    key = place.framework.key
    return version_assessed(store.assessments(), key, now) == place.framework.version


def _offered(store: GovernanceStore, actor: Actor, place: Place, number: str) -> Iterator[Offered]:
    """Meanings that are not known yet are requested. They are computed outside the transaction, and
    the page has them the next time it is opened."""
    framework = place.framework
    texts = texts_of(framework)
    wanted = [text for pair in texts.values() for text in pair]
    meanings = store.want_meanings(wanted)
    # A row about an older safeguard with this number must not be written over.
    kept = (one for one in store.said_evidence(framework.key) if one.number == number)
    judged = {one.item_id for one in (*evidence_for(store, framework, number), *kept)}
    words = {
        one.id: one.reading.redacted
        for one in _readable(store, actor)
        if one.id not in judged and one.reading and one.reading.redacted
    }
    vectors = store.vectors_of(words)
    messages = [(key, words[key], vectors[key]) for key in words if key in vectors]
    for key in nearest(number, texts, meanings, messages):
        yield Offered(item_id=key, words=words[key])


def _readable(store: GovernanceStore, actor: Actor) -> Iterator[Item]:
    """What the actor works on, except what is restricted, not triaged or names them."""
    queues = [*sorted(actor.standing.sits), *(one for one in DESKS if works_on(actor, one))]
    kept = store.kept_from(actor.somebody.id)
    for items in store.items_in_each(queues, most=_LATELY).values():
        yield from (one for one in items if one.id not in kept)


def judge(
    store: GovernanceStore, actor: Actor, command: JudgeSaid, now: datetime
) -> SafeguardView | Refused:
    place = place_of(store, command.assessment_id, command.number)
    item = store.item(command.item_id)
    if place is None or not _is_assessed_now(store, place, now):
        return refusal(GONE)
    if not _may_be_used(store, actor, item):
        return refusal(GONE)
    store.put_said_evidence(
        SaidEvidence(
            framework=place.framework.key,
            number=command.number,
            item_id=command.item_id,
            used=command.used,
            by=actor.person_id,
            at=now,
        )
    )
    name = f"{place.framework.short} {command.number}"
    store.audit(actor.person_id, f"Practices entered: {name}", command.item_id, now)
    shows = ShowSafeguard(assessment_id=command.assessment_id, number=command.number)
    return show(store, actor, shows, now)


def _may_be_used(store: GovernanceStore, actor: Actor, item: Item | None) -> bool:
    if item is None or item.queue is None or item.queue in (RESTRICTED, TRIAGE):
        return False
    return works_on(actor, item.queue) and not is_kept_from(actor, item.id, store)


# -- drawing -----------------------------------------------------------------------------------


def draw_used(words: Words, found: SaidByStaff) -> FacetLine:
    said = tuple(words.say("“{words}”", words=one) for one in found.used)
    return FacetLine(name=words.say("What staff said"), said=said)


def draw_offered(words: Words, found: OfferedToIso) -> FacetLine:
    return FacetLine(
        name=words.say("Messages from staff that may be about this"),
        entries=tuple(
            (
                Page(label=words.say("Message {n}", n=n), path=links.item("", one.item_id)),
                one.words,
            )
            for n, one in enumerate(found.messages, start=1)
        ),
        presses=tuple(
            Press(
                label=label,
                command=JudgeSaid(
                    assessment_id=found.assessment_id,
                    number=found.number,
                    item_id=one.item_id,
                    used=used,
                ),
            )
            for n, one in enumerate(found.messages, start=1)
            for used, label in (
                (True, words.say("Use message {n} as evidence", n=n)),
                (False, words.say("Message {n} is not about this", n=n)),
            )
        ),
    )


PRACTICE_FACETS = (
    PracticeFacet(of=SaidByStaff, order=20, find=find_used, draw=draw_used),
    PracticeFacet(of=OfferedToIso, order=21, find=find_offered, draw=draw_offered),
)

OPERATIONS: Operations = (
    Operation(
        command=JudgeSaid,
        run=judge,
        may=security_office,
        button="judge-said",
        carries=("used",),
    ),
)
