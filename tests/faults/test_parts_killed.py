"""The service is killed while the recipients of a broadcast are written in parts, started again,
and goes on where it was: everybody is asked once, and nobody who is not in the frozen audience."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from storage.ledger_tables import fan_out, fan_out_part
from storage.tables import participation
from tests.faults.broadcasts import Broadcast, all_once, survived
from tests.faults.child import Task
from tests.faults.lives import boundaries, lived
from tests.faults.numbers import blocks, side_by_side
from tests.faults.towns import STAFF, people_of_slack, rows_of, slack_settings, slack_town
from tests.stand_ins.slack import SlackStandIn

PEOPLE, PART = 9, 2
BOUNDARIES = 58
AT_ONCE = 5.0


async def broadcast_in_parts(folder: Path, trip: str, kill_at: int | None) -> Counter[str]:
    """Killed at a boundary (None: at none), then served to its end; the boundaries by name."""
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
        await lived(task, kill_at=kill_at)
        reached = Counter(boundaries(task, detailed=True))
        await survived(task, within=AT_ONCE)
        all_once(broadcast)
        assert rows_of(task.database_url, fan_out) == rows_of(task.database_url, fan_out_part) == []
        if kind == "invitation":
            assert len(rows_of(task.database_url, participation)) == PEOPLE
        return reached


@pytest.mark.parametrize("trip", ["broadcast", "announce"])
@pytest.mark.parametrize("block", blocks(BOUNDARIES, few=(4, 5, 7, 9)))
async def test_every_person_is_written_once(
    tmp_path: Path, trip: str, block: Sequence[int]
) -> None:
    async def killed(number: int) -> None:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        await broadcast_in_parts(folder, trip, number)

    await side_by_side(block, killed)


async def test_the_numbers_are_those_of_a_whole_run(tmp_path: Path) -> None:
    reached = await broadcast_in_parts(tmp_path, "broadcast", None)
    parts = reached["before the commit (LedgerStore.write_part)"]
    assert parts >= PEOPLE // PART, reached
    assert BOUNDARIES * 2 // 3 < reached.total() <= BOUNDARIES, reached.total()
