"""A change as the subject of feedback: what it is called, and who gets a question about it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from core.people import Person
from governance.access import Actor
from governance.changes.access import works_on
from governance.changes.model import ChangeRecord, ChangeState
from governance.feedback.about import About, Subject, Subjects, Taken, read_about
from governance.feedback.model import Item, ItemState, Named
from governance.ports import GovernanceStore
from surveys.questions import Unfit

CHANGE = "change"
"""The kind of what questions are about (``feedback.about``)."""

DESK = "cto-desk"
"""Whose questions are about a change that no committee oversees."""

WITHDRAWN = "This change was withdrawn."


def about_change(change_id: UUID) -> str:
    """The token of a change."""
    return About(kind=CHANGE, subject=change_id).token


def change_about(store: GovernanceStore, token: str) -> ChangeRecord | None:
    """The change that a token is about."""
    about = read_about(token)
    if about is None or about.kind != CHANGE or about.version or about.part:
        return None
    return store.change(about.subject)


def named(
    store: GovernanceStore, about: About, _: datetime, reader: Person | None, inside: bool
) -> Named | None:
    """A change as its reader may know of it: before its approval, those who work on it."""
    record = change_about(store, about.token)
    if record is None or not (inside or record.shown or _works(store, reader, record)):
        return None
    withdrawn = record.state is ChangeState.WITHDRAWN
    return Named(name=record.words.title, note=Unfit(why=WITHDRAWN) if withdrawn else None)


def _works(store: GovernanceStore, reader: Person | None, record: ChangeRecord) -> bool:
    if reader is None:
        return False
    return works_on(Actor(person=reader, standing=store.standing(reader.id)), record)


def take(store: GovernanceStore, item: Item, about: About, _: datetime) -> Taken | None:
    record = change_about(store, about.token)
    return Taken(queue=_overseer(store, record)) if record else None


def _overseer(store: GovernanceStore, record: ChangeRecord) -> str:
    """The committee that oversees a change, else the CTO's office."""
    there = store.district().committee(record.committee) is not None
    return record.committee if there else DESK


def answers_change(store: GovernanceStore, item: Item, queue: str) -> UUID | None:
    """The change that an item was a question about, where it was answered by those who work on the
    change: then it can become an entry of the FAQ."""
    if item.state is not ItemState.ANSWERED or item.queue != queue:
        return None
    record = change_about(store, item.about)
    return record.id if record and queue == _overseer(store, record) else None


SUBJECTS: Subjects = (Subject(kind=CHANGE, named=named, take=take),)
