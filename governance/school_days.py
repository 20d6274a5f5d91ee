"""The district's day and its school calendar, which nobody's own time zone changes."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.school_calendar import Calendar
from governance.ports import GovernanceStore


def today(store: GovernanceStore, now: datetime) -> date:
    """The day that it is in the district."""
    return now.astimezone(ZoneInfo(store.district().timezone)).date()


def calendar(store: GovernanceStore) -> Calendar:
    """Without one, weekends alone are days off."""
    return store.district().calendar or Calendar()
