"""Signing in on the web: who must come with the district's account, and a link for the others."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.people import Person
from governance.access import STRANGER, STUDENT, Actor, anybody, refusal, stranger
from governance.messages import Refused, SignInLink
from governance.operations import Operation, Operations
from governance.people.ways_in import CHAIRS, EVERYBODY, MEMBERS, AskSignInLink, WaysIn
from governance.ports import GovernanceStore, Standing

GOOD_FOR = timedelta(minutes=15)
"""How long a link to sign in with lasts, wherever it was asked for."""

MINUTES = int(GOOD_FOR.total_seconds() // 60)


def needs_account(standing: Standing, ways: WaysIn) -> bool:
    """Whether somebody with this standing comes in with the district's account only."""
    held: set[str] = {EVERYBODY, *standing.offices}
    if standing.leads:
        held.add(CHAIRS)
    if standing.sits:
        held.add(MEMBERS)
    return ways.openid and not held.isdisjoint(ways.required_for)


def welcome(store: GovernanceStore, person: Person | None) -> Refused | None:
    """None when somebody may have a page of their own, else a polite refusal."""
    return stranger(Actor(person=person), store)


def whose(store: GovernanceStore, email: str) -> Person | Refused:
    """Whose an address is that somebody confirmed, or why they cannot come in."""
    person = store.person_by_email(email)
    if person is None and store.district().is_student(email):
        return refusal(STUDENT)
    refused = welcome(store, person)
    if person is None or refused is not None:
        return refused or refusal(STRANGER)
    return person


def offer_link(store: GovernanceStore, actor: Actor, person: Person, now: datetime) -> SignInLink:
    """A link for whoever asks in chat, which says who they are. It works once. Whoever needs the
    district's account gets the way to the page instead."""
    if needs_account(actor.standing, store.ways_in()):
        return SignInLink(token=None, minutes=0)
    token = store.signin_token(person.id, now + GOOD_FOR)
    store.audit(person.id, "sign-in link asked for in chat", person.id, now)
    return SignInLink(token=token, minutes=MINUTES)


OPERATIONS: Operations = (
    Operation(
        command=AskSignInLink,
        run=lambda store, actor, _, now: offer_link(store, actor, actor.somebody, now),
        may=anybody,
        button="sign-in",
    ),
)
