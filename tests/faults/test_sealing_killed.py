"""The service is killed at every boundary of a wave's closing. After a restart the wave is sealed
once, its originals are gone from the files, and its results went out once."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.conversation import Speaker
from bot.core import open_core
from bot.settings import Settings
from storage.ledger_tables import delivery, occurrence, schedule
from storage.tables import response, sealed_response, wave, wave_key
from surveys.commands import AnswerPage
from surveys.people import Platform
from tests.faults.child import WAVE, Task
from tests.faults.lives import boundaries, lived
from tests.faults.numbers import numbers
from tests.faults.towns import (
    CTO,
    STAFF,
    in_a_thread,
    people_of_slack,
    rows_of,
    slack_settings,
    slack_town,
)
from tests.journeys.running import SECRET
from tests.journeys.town import person
from tests.stand_ins.slack import SlackStandIn

BOUNDARIES = 16
ANSWERS = 12


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which twelve people have answered."""
    folder = tmp_path_factory.mktemp("answered")
    in_a_thread(_answer(folder))
    return folder / "town.sqlite3"


async def _answer(folder: Path) -> None:
    async with SlackStandIn() as slack:
        people_of_slack(slack)
        url = f"sqlite:///{slack_town(folder)}"
        settings = slack_settings(slack)
        task = Task(
            database_url=url, trip="broadcast", folder=str(folder), people=STAFF, settings=settings
        )
        assert await lived(task) == 0
    async with open_core(Settings(database_url=url, secret_key=SECRET)) as core:
        for place, email in enumerate(STAFF[:ANSWERS]):
            one = await person(core, email)
            answers = {"week": str(1 + place % 5), "help": "late"}
            command = AnswerPage(wave_id=WAVE, page=0, answers=answers)
            await core.dispatch.handle(Speaker(platform=Platform.WEB, person=one.id), command)


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn() as made:
        people_of_slack(made)
        yield made


def _task(answered: Path, folder: Path, slack: SlackStandIn) -> Task:
    database = folder / "town.sqlite3"
    shutil.copyfile(answered, database)
    settings = slack_settings(slack)
    return Task(
        database_url=f"sqlite:///{database}",
        trip="tick",
        folder=str(folder),
        days=8,
        settings=settings,
    )


@pytest.mark.parametrize("number", numbers(BOUNDARIES, every=8, start=3))
async def test_sealing(answered: Path, slack: SlackStandIn, tmp_path: Path, number: int) -> None:
    task = _task(answered, tmp_path, slack)
    url = task.database_url
    originals = [row.respondent for row in rows_of(url, response)]
    assert len(originals) == ANSWERS

    await lived(task, kill_at=number)
    kept = (len(rows_of(url, response)), len(rows_of(url, sealed_response)))
    assert kept in {(ANSWERS, 0), (0, ANSWERS)}, "never half"

    assert await lived(task) == 0
    assert [row.state for row in rows_of(url, wave)] == ["closed"]
    assert (rows_of(url, response), rows_of(url, wave_key)) == ([], [])
    assert len(rows_of(url, sealed_response)) == ANSWERS
    assert _occurred(url) == 2, "opened and closed, each once"
    told = [row.state for row in rows_of(url, delivery) if row.kind == "results"]
    assert told == ["sent"]
    cto = next(user for user, one in slack.world.users.items() if one["profile"]["email"] == CTO)
    assert len(slack.from_app(cto)) == 1
    assert not _lingering(tmp_path, originals)


def _occurred(url: str) -> int:
    """How much of the wave's schedule came about; the house is kept every night beside it."""
    planned = {row.id for row in rows_of(url, schedule) if row.subject == WAVE}
    return len([row for row in rows_of(url, occurrence) if row.schedule_id in planned])


def _lingering(folder: Path, originals: list[str]) -> list[str]:
    """Originals of which something is left in the database's files."""
    files = b""
    for name in ("town.sqlite3", "town.sqlite3-wal"):
        with suppress(FileNotFoundError):
            files += (folder / name).read_bytes()
    return [one for one in originals if one.encode() in files]


async def test_the_numbers_are_those_of_a_whole_closing(
    answered: Path, slack: SlackStandIn, tmp_path: Path
) -> None:
    task = _task(answered, tmp_path, slack)
    assert await lived(task) == 0
    reached = Counter(boundaries(task))
    assert BOUNDARIES - 6 < sum(reached.values()) <= BOUNDARIES
    assert reached["after the commit, before its log is emptied"] > 1
