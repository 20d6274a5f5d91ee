"""What feedback is about, where its form was opened from one thing: a section of a rule, a change.

A feature that takes feedback about its things declares a ``Subject`` in ``SUBJECTS``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from core.people import Person
from core.text import Text
from governance.features import declared
from governance.feedback.model import Item, Named
from governance.ports import GovernanceStore
from surveys.questions import Unfit

_TOKEN = re.compile(r"([a-z]{2,20})-([0-9a-f]{32})-([0-9]{1,6})-([0-9]{1,4})", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class About:
    """One thing of a feature, in its version (0: it has none), and a part of it (0: the whole)."""

    kind: str
    subject: UUID
    version: int = 0
    part: int = 0

    @property
    def token(self) -> str:
        """As buttons and links carry it, and as it is stored."""
        return f"{self.kind}-{self.subject.hex}-{self.version}-{self.part}"


def read_about(token: str) -> About | None:
    """None for what is no token."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    kind, subject, version, part = found.groups()
    return About(kind=kind, subject=UUID(hex=subject), version=int(version), part=int(part))


@dataclass(frozen=True, kw_only=True)
class Taken:
    """The queue that an item goes to. ``until``: it is gathered there with others until then."""

    queue: str
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a feature does with feedback about its things.

    ``named`` gives None for a thing, a version or a part that is not there, or not for its reader
    (None: anybody). Whoever works on a message about it is told in any case (``inside``).
    ``take`` is called once for each message, when it was read, and says where it goes; None leaves
    that to its words. What is sensitive goes to the restricted queue in any case.
    """

    kind: str
    named: Callable[[GovernanceStore, About, datetime, Person | None, bool], Named | None]
    take: Callable[[GovernanceStore, Item, About, datetime], Taken | None]
    outcome: Callable[[GovernanceStore, Item], Unfit | None] = lambda *_: None
    """What happened to it, in a sentence for its author; None: nothing yet."""


Subjects = tuple[Subject, ...]


@cache
def _subjects() -> dict[str, Subject]:
    return {one.kind: one for of_feature in declared("SUBJECTS") for one in of_feature}


def _subject_of(token: str) -> tuple[Subject, About] | None:
    """Whose thing a token is about, and the thing."""
    about = read_about(token)
    subject = _subjects().get(about.kind) if about else None
    return (subject, about) if about and subject else None


def named(
    store: GovernanceStore,
    token: str,
    now: datetime,
    reader: Person | None = None,
    *,
    inside: bool = False,
) -> Named | None:
    """What a token is about; None where it is nothing, gone, or not for its reader."""
    found = _subject_of(token)
    return found[0].named(store, found[1], now, reader, inside) if found else None


def name_of(store: GovernanceStore, item: Item) -> Text | None:
    """What an item is about, for its author and for whoever works on it."""
    about = named(store, item.about, item.received_at, inside=True)
    return about.name if about else None


def kept(store: GovernanceStore, token: str, now: datetime, reader: Person | None) -> str:
    """A token as it is stored: only one that means something to whoever sent it, and always written
    in the same way, so that nobody can be told by how theirs was."""
    about = read_about(token)
    return about.token if about and named(store, token, now, reader) else ""


def take(store: GovernanceStore, item: Item, now: datetime) -> Taken | None:
    """Where the feature wants an item; None: its words say where."""
    found = _subject_of(item.about)
    return found[0].take(store, item, found[1], now) if found else None


def outcome(store: GovernanceStore, item: Item) -> Unfit | None:
    """What became of an item, where the feature that it is about says so."""
    found = _subject_of(item.about)
    return found[0].outcome(store, item) if found else None
