"""Dates that calendar programs and feed readers show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from core.text import Text
from governance.changes.model import ChangeState


class Feed(StrEnum):
    RULES = "rules"
    CHANGES = "changes"


@dataclass(frozen=True, kw_only=True)
class ChangeDate:
    """A change on its day. ``at``: when that was said last. ``revision``: how often it was moved or
    withdrawn since staff see it."""

    change_id: UUID
    title: Text
    what: Text
    who: Text
    day: date
    state: ChangeState
    at: datetime
    revision: int
