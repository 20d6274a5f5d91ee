"""The service is killed while the recipients of a broadcast are written in parts, started again,
and goes on where it was: everybody is asked once, and nobody who is not in the frozen audience.

It dies before a part is committed, after the last but one is, and when some of those who are
written have been sent to and others are not written yet.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from storage.ledger_tables import fan_out, fan_out_part
from storage.tables import participation
from tests.faults.broadcasts import Broadcast, all_once, survived
from tests.faults.child import Task
from tests.faults.failpoints import At
from tests.faults.lives import KILLED, lived, side_by_side
from tests.faults.towns import STAFF, people_of_slack, rows_of, slack_settings, slack_town
from tests.stand_ins.slack import SlackStandIn

PEOPLE, PART = 9, 2
KILLS: tuple[At, ...] = (
    ("before the commit (LedgerStore.write_part)", 2),
    ("after the commit (LedgerStore.write_part)", PEOPLE // PART),
    ("after the send", 2),
)
AT_ONCE = 5.0


async def broadcast_in_parts(folder: Path, trip: str, kill_at: At) -> None:
    """Killed at a boundary, then served to its end."""
    async with SlackStandIn() as slack:
        people_of_slack(slack)
        task = Task(
            database_url=f"sqlite:///{slack_town(folder)}",
            trip=trip,
            folder=str(folder),
            people=STAFF[:PEOPLE],
            settings=slack_settings(slack),
            batch=3,
            part=PART,
        )
        kind = "invitation" if trip == "broadcast" else "notice"
        broadcast = Broadcast(task, slack, kind)
        assert await lived(task, kill_at=kill_at) == KILLED
        await survived(task, within=AT_ONCE)
        all_once(broadcast)
        assert rows_of(task.database_url, fan_out) == rows_of(task.database_url, fan_out_part) == []
        if kind == "invitation":
            assert len(rows_of(task.database_url, participation)) == PEOPLE


@pytest.mark.parametrize("trip", ["broadcast", "announce"])
async def test_every_person_is_written_once(tmp_path: Path, trip: str) -> None:
    async def killed(at: At) -> None:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        await broadcast_in_parts(folder, trip, at)

    await side_by_side(KILLS, killed)
