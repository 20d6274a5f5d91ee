"""What is shown of a question that is asked pair by pair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.messages import InPlace
from core.text import Text
from surveys.priorities.model import News
from surveys.promise import Promise


class Stage(StrEnum):
    BEGIN = "begin"
    PROTECTED = "protected"
    """How its answers are protected."""
    PAIR = "pair"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two choices."""

    key: str
    label: Text


@dataclass(frozen=True, kw_only=True)
class Comparing(InPlace):
    """Two choices side by side; or how it begins, or where it stands. ``done`` of ``of`` pairs are
    answered. ``last``: no page comes after it.
    ``takes_ideas``: this person can add one now. ``news``: what became of their ideas."""

    wave_id: UUID
    page: int
    title: Text
    prompt: Text
    hint: Text | None
    stage: Stage
    done: int
    of: int
    closes_at: datetime
    pair: tuple[Side, Side] | None = None
    promise: Promise | None = None
    last: bool = True
    takes_ideas: bool = False
    news: tuple[News, ...] = ()
