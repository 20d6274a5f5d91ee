"""What is shown of one's own calendar address, and at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.messages import InPlace
from governance.feeds.model import ChangeDate
from governance.rules.messages import RuleDate


@dataclass(frozen=True, kw_only=True)
class CalendarAddress(InPlace):
    """To its owner. ``made_at`` None: there is none. ``key``: only right after it was made, since
    the database has a hash of it."""

    made_at: datetime | None
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class CalendarDates:
    """The newest first; of one feed. For its reader's language and time zone, where a program reads
    it for them."""

    rules: tuple[RuleDate, ...] = ()
    changes: tuple[ChangeDate, ...] = ()
    locale: str = "en"
    timezone: str = "UTC"
