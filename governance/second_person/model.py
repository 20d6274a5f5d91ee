"""A command that would reach many people, kept until a second person has decided on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from core.deciding import Reaching
from core.people import Audience
from core.text import Text
from surveys.waves.limiting import AskingLimit

SERIES = "series"
"""The kind under which a series of surveys is approved, as a message's kind is for a campaign."""

INVITATION = "invitation"

HOLDS = timedelta(days=7)
"""How long a request waits for a yes."""


class Act(StrEnum):
    """What a command does that reaches many. Each has its words (``cards``)."""

    SURVEY = "survey"
    SERIES = "series"
    HEARD = "heard"
    RULE = "rule"
    ACKNOWLEDGE = "acknowledge"
    GUIDE = "guide"
    REPORT = "report"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a second person is shown of a command, and what they approve. If it has changed by the
    time they press, they are asked again. ``words``: what people will read. ``at``: when it
    goes out; None: as soon as it is approved. ``path``: the page that has the whole. ``stamp``:
    tells whether what is only on that page is still the same. ``by``: the person who
    started what the clock now continues. ``sampled``: a survey asks a random sample, or one
    group after another; else everyone but those who have reached ``limit``."""

    act: Act
    title: Text
    words: tuple[Text, ...] = ()
    audience: Audience | None = None
    at: datetime | None = None
    path: str = ""
    stamp: str = ""
    by: UUID | None = None
    sampled: bool = False
    limit: AskingLimit | None = None


@dataclass(frozen=True, kw_only=True)
class SecondPerson:
    """Somebody else has to approve something before it is sent, as is said before it is asked for.
    ``approvers``: who may, by name. ``above``: only where it goes to more people than this, while
    nobody knows yet to how many it goes; 0: it does. ``everyone``: it goes to nearly all of the
    staff, so whoever asks types a word first."""

    approvers: tuple[str, ...]
    above: int = 0
    everyone: bool = False


class RequestState(StrEnum):
    DRAFT = "draft"
    """Nobody has been asked: whoever pressed has still to confirm it."""
    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    OVERTAKEN = "overtaken"
    """It no longer fits: something else was changed, or was done meanwhile."""


@dataclass(frozen=True, kw_only=True)
class HeldRequest:
    """``command`` and ``body``: the name of its type, and its fields as JSON. ``source``: who acts
    in it (``governance.access.Source``). ``why``: a person's reason, or in English, with places
    for ``values``, why it no longer fits."""

    id: UUID
    command: str
    body: str
    shown: Shown
    reaching: Reaching
    source: str
    state: RequestState
    asked_by: UUID | None
    asked_at: datetime
    lapses_at: datetime
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    why: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """Names what was shown, in milliseconds since 1970: a yes is to that, and to nothing that
        was asked since."""
        return int(self.asked_at.timestamp() * 1000)

    def open(self, now: datetime) -> bool:
        return self.state is RequestState.WAITING and now < self.lapses_at
