"""Having dates in one's own calendar or feed reader."""

from __future__ import annotations

from dataclasses import dataclass

from core.commands import Command
from governance.feeds.model import Feed


@dataclass(frozen=True, kw_only=True)
class ShowCalendarAddress(Command):
    """How to have the dates of rules and changes in one's own calendar or feed reader."""


@dataclass(frozen=True, kw_only=True)
class MakeCalendarAddress(Command):
    """A new private address for that; the one before ends."""


@dataclass(frozen=True, kw_only=True)
class DropCalendarAddress(Command):
    """End it, without a new one."""


@dataclass(frozen=True, kw_only=True)
class ReadCalendar(Command):
    """What such an address shows. ``key``: the part of it that nobody else knows."""

    key: str
    feed: Feed = Feed.RULES


@dataclass(frozen=True, kw_only=True)
class ShowChangeDates(Command):
    """The days of all changes that staff see."""
