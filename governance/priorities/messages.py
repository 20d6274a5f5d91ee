"""What is said of ideas: to whoever has one, and to whoever reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from core.messages import InPlace, Settles
from core.text import Text
from governance.priorities.commands import Decision
from governance.redaction.put_back import Doubt
from surveys.priorities.messages import Comparing as Comparing
from surveys.priorities.model import Reason
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class IdeaReceived:
    """``left``: so many more can this person add. ``trial``: it was a test, and is not kept."""

    wave_id: UUID
    page: int
    moderator: str
    left: int
    trial: bool = False


@dataclass(frozen=True, kw_only=True)
class IdeasWaiting:
    """To who reads them: how many wait. ``moderators``: who is named to read them."""

    wave_id: UUID
    title: Text
    waiting: int
    until: datetime
    moderators: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class IdeasLine:
    """How the ideas of one survey stand. ``until``: more can come; None: they cannot."""

    wave_id: UUID
    title: Text
    waiting: int
    added: int
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class IdeasBySurvey(InPlace):
    """The surveys whose ideas their reader decides on: first those in which some wait."""

    lines: tuple[IdeasLine, ...]


@dataclass(frozen=True, kw_only=True)
class IdeaToRead(Settles):
    """One idea, without who had it or when. ``alike``: what may say the same. ``waiting``: ideas
    that wait, this one included."""

    idea_id: UUID
    wave_id: UUID
    title: Text
    prompt: Text
    words: Text
    waiting: int
    alike: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class IdeasRead(Settles):
    """No idea is to be read now. ``until``: more can come; None: they cannot."""

    wave_id: UUID
    title: Text
    added: int
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class IdeaDecisionForm:
    """``language`` and ``other``: of the idea's words, and of their translation. ``choices``:
    (key, words) of what it may be the same as."""

    idea_id: UUID
    wave_id: UUID
    decision: Decision
    words: Text
    text: str
    language: str
    other: str
    translated: str = ""
    choices: tuple[tuple[str, Text], ...] = ()
    same_as: str = ""
    reason: Reason | None = None
    doubt: Doubt | None = None
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


PriorityMessage = (
    Comparing
    | IdeaReceived
    | IdeasWaiting
    | IdeasBySurvey
    | IdeaToRead
    | IdeasRead
    | IdeaDecisionForm
)
