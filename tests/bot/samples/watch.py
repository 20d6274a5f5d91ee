"""What the service noticed by itself, as every platform draws it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from core.text import text
from governance.committees.model import Openness
from governance.messages import Message
from governance.people.rosters import RosterSource
from governance.series.model import Skipped
from governance.upkeep.messages import (
    ChannelOpened,
    DocketOverdue,
    Growing,
    Grown,
    RecordsHold,
    Repetition,
    RosterRefused,
    TriageWaiting,
)
from surveys.messages import PanelReach
from surveys.questions import Unfit
from surveys.waves.limiting import AskingLimit


def watched(hostile: str, now: datetime) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    return {
        "channel_public": ChannelOpened(
            queue="network", committee="Network", openness=Openness.PUBLIC
        ),
        "growing": Growing(
            queue="network",
            committee="Network",
            week=now - timedelta(days=7),
            themes=(
                Grown(theme=hostile, new=True, people=9, usual=None, weeks=(*(None,) * 12, 9)),
                Grown(theme="Wi-Fi", new=False, people=31, usual=12, weeks=(*(12,) * 12, 31)),
                Grown(theme="Mail", new=False, people=8, usual=None, weeks=(*(None,) * 12, 8)),
            ),
        ),
        "triage_waiting": TriageWaiting(items=7, oldest_at=now, late=2),
        "docket_overdue": DocketOverdue(
            queue="network", committee=hostile, items=3, oldest_due=now - timedelta(days=4)
        ),
        "channel_guests": ChannelOpened(
            queue="triage", committee="Triage", openness=Openness.GUESTS
        ),
        "channel_shared": ChannelOpened(
            queue="network", committee=hostile, openness=Openness.SHARED
        ),
        "hold_set": RecordsHold(
            wave_id=UUID(int=8),
            title=text(hostile),
            closes_at=now + timedelta(days=5),
            why="A court asked for the answers to be kept.",
        ),
        "hold_lifted": RecordsHold(
            wave_id=UUID(int=8), title=text(hostile), closes_at=now + timedelta(days=5), why=None
        ),
        "repeated": Repetition(
            series_id=UUID(int=7),
            title=text(hostile),
            at=now,
            unfit=Unfit(why=""),
            reach=PanelReach(audience=651, people=611, spared=40, limit=AskingLimit()),
            closes_at=now + timedelta(days=5),
            next_at=now + timedelta(days=14),
        ),
        "repetition_on_a_holiday": Repetition(
            series_id=UUID(int=7),
            title=text("Weekly pulse"),
            at=now,
            skipped=Skipped.DAY_OFF,
            unfit=Unfit(why=""),
            off=hostile,
            next_at=now + timedelta(days=14),
        ),
        "repetition_unfit": Repetition(
            series_id=UUID(int=7),
            title=text("Weekly pulse"),
            at=now,
            skipped=Skipped.UNFIT,
            unfit=Unfit(
                why="Only {n} people may be asked. Draw fewer, or ask all of them.",
                values={"n": 12},
            ),
        ),
        "roster_refused": RosterRefused(source=RosterSource.GRAPH, why=hostile, at=now),
    }
