"""The surveys that one person was asked, with what each of them is waiting for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.commands import Command
from core.text import Text
from surveys.survey import Participation

MOST_LISTED = 20
"""Surveys listed, the newest first: at two a month most of a year."""


@dataclass(frozen=True, kw_only=True)
class ShowMySurveys(Command):
    """List the surveys that the speaker was asked."""


@dataclass(frozen=True, kw_only=True)
class MySurvey:
    """One of them. ``became``: what its reader did with it. ``open``: it can be answered until
    ``closes_at``. ``held``: it has closed under a records hold. ``heard_at``: when what was heard
    was published; None: not yet."""

    wave_id: UUID
    title: Text
    closes_at: datetime
    became: Participation
    open: bool
    held: bool = False
    heard_at: datetime | None = None
    questions: int = 0
    minutes: int = 0
    """Of the whole survey, about."""


@dataclass(frozen=True, kw_only=True)
class MySurveys:
    """To one person; nothing of what they answered is in it. ``more``: there are older ones, which
    are not listed."""

    surveys: tuple[MySurvey, ...]
    more: bool = False
