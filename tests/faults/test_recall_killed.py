"""The service is killed at every boundary while an announcement is taken back, and started again:
in the end it is gone from everybody's conversation, and the ledger says so."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.broadcasts import RECOVERED_WITHIN, Broadcast, survived
from tests.faults.child import Task
from tests.faults.lives import boundaries, lived
from tests.faults.numbers import blocks, side_by_side
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

PEOPLE, BATCH, BOUNDARIES = 4, 2, 28

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


@pytest.mark.parametrize("block", blocks(BOUNDARIES, few=(10,)))
async def test_recall(announced: Opening, block: Sequence[int]) -> None:
    async def killed(number: int) -> None:
        async with announced() as broadcast:
            await lived(broadcast.task, kill_at=number)
            await survived(broadcast.task, within=RECOVERED_WITHIN)
            gone(broadcast)

    await side_by_side(block, killed)


async def test_the_numbers_are_those_of_a_whole_recall(announced: Opening) -> None:
    async with announced() as broadcast:
        assert await lived(broadcast.task) == 0
        gone(broadcast)
        reached = Counter(boundaries(broadcast.task))
        assert BOUNDARIES - 12 < reached.total() <= BOUNDARIES
        assert reached["before the recall"] == reached["after the recall"] == PEOPLE
