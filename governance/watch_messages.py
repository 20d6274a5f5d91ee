"""What the service noticed by itself and cannot mend: told to who can."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from governance.committees import Openness
from governance.rosters import RosterSource


@dataclass(frozen=True, kw_only=True)
class ChannelOpened:
    """To a committee's chair and the operator: briefs do not go to its channel any more, for it is
    open to more than staff. ``queue`` is the key of its page, ``committee`` its name."""

    queue: str
    committee: str
    openness: Openness


@dataclass(frozen=True, kw_only=True)
class RosterRefused:
    """To the operator: the daily import of the roster changed nothing. ``why`` is what the import
    said, in the command line's English."""

    source: RosterSource
    why: str
    at: datetime


WatchMessage = ChannelOpened | RosterRefused
