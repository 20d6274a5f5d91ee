"""What the service noticed by itself, as every platform draws it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from governance.committees import Openness
from governance.messages import Message
from governance.rosters import RosterSource
from governance.watch_messages import ChannelOpened, RosterRefused


def watched(hostile: str, now: datetime) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    return {
        "channel_public": ChannelOpened(
            queue="network", committee="Network", openness=Openness.PUBLIC
        ),
        "channel_guests": ChannelOpened(
            queue="triage", committee="Triage", openness=Openness.GUESTS
        ),
        "channel_shared": ChannelOpened(
            queue="network", committee=hostile, openness=Openness.SHARED
        ),
        "roster_refused": RosterRefused(source=RosterSource.GRAPH, why=hostile, at=now),
    }
