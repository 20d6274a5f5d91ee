"""The surveys that one person was asked, with what each of them is waiting for, and what came of
those that have closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from core.commands import Command
from core.paging import Paging
from core.text import Text
from surveys.survey import Participation

MOST_LISTED = 20
"""Surveys on a page: at two a month most of a year."""


@dataclass(frozen=True, kw_only=True)
class ShowMySurveys(Command):
    """List the surveys that the speaker was asked, and those of all of the staff that have closed.
    ``page``: from 0."""

    page: int = 0


@dataclass(frozen=True, kw_only=True)
class MySurvey:
    """One of them. ``became``: what its reader did with it; None: they were not asked, and it has
    closed. ``open``: it can be answered until ``closes_at``. ``held``: it has closed under a
    records hold. ``heard_at``: when what was heard was published; None: not yet. ``tables``: its
    reader may open all of its results, as the CTO's office and the committees that it names."""

    wave_id: UUID
    title: Text
    closes_at: datetime
    became: Participation | None
    open: bool
    held: bool = False
    heard_at: datetime | None = None
    tables: bool = False
    questions: int = 0
    minutes: int = 0
    """Of the whole survey, about."""


@dataclass(frozen=True, kw_only=True)
class MySurveys:
    """To one person, those first that are open, then the newest. Nothing of what anybody answered
    is in it. ``building``: the name of the building that its reader administers, of which there are
    no results here; else ""."""

    surveys: tuple[MySurvey, ...]
    building: str = ""
    paging: Paging = field(default_factory=Paging)

    @property
    def more(self) -> bool:
        """Whether there are older ones on the next page."""
        return self.paging.page + 1 < self.paging.pages
