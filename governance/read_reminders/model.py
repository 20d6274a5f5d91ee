"""Who has not read an announcement that asks to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class BuildingUnread:
    """Of the people of one building who got an announcement, how many have not confirmed it."""

    building: str
    unread: int
    people: int
