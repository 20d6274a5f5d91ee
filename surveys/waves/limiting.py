"""How often one person is asked. Counted are the panels that somebody was in, answered or not: to
be asked is what tires. Announcements are not counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class AskingLimit:
    """At most ``surveys`` within any ``days`` days. Days that follow each other and not calendar
    months: else somebody could be asked four times around the first of a month."""

    surveys: int = 2
    days: int = 30

    @property
    def span(self) -> timedelta:
        return timedelta(days=self.days)
