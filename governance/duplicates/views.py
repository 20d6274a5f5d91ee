"""The pages of matters and of what the reader was taught. Only the web draws these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from governance.duplicates.model import SaidBy
from governance.feedback.model import Byline
from governance.upkeep.messages import Growing


@dataclass(frozen=True, kw_only=True)
class SaidToo:
    """One item of a matter as its queue may see it."""

    item_id: UUID
    redacted: str
    byline: Byline
    received_at: datetime


@dataclass(frozen=True, kw_only=True)
class MatterView:
    """One matter. ``others`` are the items that are kept with the first; ``choices`` the open ones
    of the queue (with their first words) that it could be merged with."""

    queue: str
    queue_name: str
    first: SaidToo
    others: tuple[SaidToo, ...]
    said_by: SaidBy | None
    open: bool
    choices: tuple[tuple[UUID, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Taught:
    """One thing that the reader was taught."""

    item_id: UUID
    redacted: str
    came_from: str
    went_to: str
    at: datetime
    by: str | None


@dataclass(frozen=True, kw_only=True)
class CorrectionsView:
    taught: tuple[Taught, ...]


@dataclass(frozen=True, kw_only=True)
class TrendsView:
    """A committee's page of what grew. ``growing`` None: nothing that can be told."""

    queue: str
    name: str
    growing: Growing | None


MatterViews = MatterView | CorrectionsView | TrendsView
