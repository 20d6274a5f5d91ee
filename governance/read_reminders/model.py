"""Who has not read an announcement that asks to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass

READ_BY = "read-by"
"""The duty to confirm an announcement by a date; its reminder is a delivery."""


@dataclass(frozen=True, kw_only=True)
class BuildingUnread:
    """Of the people of one building who got an announcement, how many have not confirmed it."""

    building: str
    unread: int
    people: int
