"""The service is killed while an announcement is taken back, and started again: in the end it is
gone from everybody's conversation, and the ledger says so.

It dies after the commit that takes it back, before and after a part of those it is taken back from
is committed, between a call and its record, and before that is committed.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.broadcasts import RECOVERED_WITHIN, Broadcast, survived
from tests.faults.child import Task
from tests.faults.failpoints import At
from tests.faults.lives import KILLED, lived, side_by_side
from tests.faults.towns import (
    STAFF,
    ledger,
    people_of_slack,
    slack_settings,
    slack_town,
    teams_settings,
    teams_town,
)
from tests.stand_ins.slack import SlackStandIn
from tests.stand_ins.teams import TeamsStandIn

PEOPLE, BATCH = 4, 2
KILLS: tuple[At, ...] = (
    ("after the commit (Dispatch.handle)", 1),
    ("before the commit (LedgerStore.write_part)", 1),
    ("after the commit (LedgerStore.write_part)", 2),
    ("after the recall", 2),
    ("before the commit (LedgerStore.record)", 1),
)

Opening = Callable[[], AbstractAsyncContextManager[Broadcast]]


@pytest.fixture(params=["slack", "teams"])
def announced(tmp_path: Path, request: pytest.FixtureRequest) -> Opening:
    """Opens a place in which four people have an announcement."""

    @asynccontextmanager
    async def opening() -> AsyncIterator[Broadcast]:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        task = Task(
            database_url=f"sqlite:///{folder / 'town.sqlite3'}",
            trip="announce",
            folder=str(folder),
            people=STAFF[:PEOPLE],
            batch=BATCH,
            part=1,
        )
        async with SlackStandIn() if request.param == "slack" else TeamsStandIn() as made:
            if isinstance(made, SlackStandIn):
                people_of_slack(made)
                slack_town(folder)
                task = replace(task, settings=slack_settings(made))
            else:
                teams_town(folder, made)
                task = replace(task, settings=teams_settings(made))
            broadcast = Broadcast(task, made, kind="notice")
            assert await lived(task) == 0
            assert broadcast.taken().total() == PEOPLE
            broadcast.task = replace(task, trip="recall")
            yield broadcast

    return opening


def gone(broadcast: Broadcast) -> None:
    assert broadcast.taken() == Counter()
    rows = ledger(broadcast.task.database_url)
    assert Counter(row.state for row in rows if row.kind == "notice") == {"recalled": PEOPLE}
    assert Counter(row.state for row in rows if row.kind == "recall") == {"sent": PEOPLE}


async def test_recall(announced: Opening) -> None:
    async def killed(at: At) -> None:
        async with announced() as broadcast:
            assert await lived(broadcast.task, kill_at=at) == KILLED
            await survived(broadcast.task, within=RECOVERED_WITHIN)
            gone(broadcast)

    await side_by_side(KILLS, killed)
