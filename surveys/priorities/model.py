"""Ideas of staff: further choices of a question that is asked pair by pair."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from core.text import Text

LONGEST_IDEA = 120
"""Characters: it is read on a phone, beside another one."""

OWN_IDEAS = 3
"""Ideas that one person may add to a question."""

MOST_IDEAS = 200
"""Ideas that a question takes: of more, none would be compared often enough."""

MOST_WAITING = 500
"""Ideas that may wait for the moderator at a time."""


@dataclass(frozen=True, kw_only=True)
class Ideas:
    """How a question takes ideas. ``moderator``: the e-mail address of who reads them before
    others do. ``days``: so many days after the opening they can be added."""

    moderator: str
    days: int = 14


class IdeaState(StrEnum):
    WAITING = "waiting"
    ADDED = "added"
    SAME = "same"
    DECLINED = "declined"


class Reason(StrEnum):
    """Why an idea is not added. Its author reads it in words."""

    UNCLEAR = "unclear"
    NAMES = "names"
    NOT_TECHNOLOGY = "not-technology"
    DONE = "done"
    UNKIND = "unkind"
    LATE = "late"


@dataclass(frozen=True, kw_only=True)
class Idea:
    """One idea. Nothing here says who had it, or when. ``key``: of the choice that it becomes.
    ``same_as``: the key of the choice or idea that says the same. ``rounds``: how many school
    mornings it has waited. ``meaning``: its vector, while it waits; None: not known."""

    id: UUID
    wave_id: UUID
    question: str
    key: str
    words: Text
    state: IdeaState = IdeaState.WAITING
    same_as: str = ""
    reason: Reason | None = None
    rounds: int = 0
    meaning: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class News:
    """What became of one idea, for its author: ``same_as`` is what it is counted with."""

    words: Text
    state: IdeaState
    same_as: Text | None = None
    reason: Reason | None = None
