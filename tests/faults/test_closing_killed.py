"""The service is killed while a wave is closed. After a restart it has results; they are those that
were written before, went out once, and the answers are gone from the files.

It dies before its results are committed, after they are, when some of the answers are deleted, and
on SQLite before they are emptied out of its log. Each step fails in
``tests/storage/test_closing_steps.py``.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.app.core import open_core
from bot.app.settings import Settings
from bot.conversation import Speaker
from core.people import Platform
from storage.ledger_tables import delivery, occurrence, schedule
from storage.tables import answer_key, wave, wave_count, wave_key
from surveys.commands import AnswerPage
from tests.faults.broadcasts import survived
from tests.faults.child import WAVE, Task
from tests.faults.failpoints import At
from tests.faults.lives import KILLED, PROVED_ON_BOTH, SQLITE, lived, side_by_side
from tests.faults.towns import (
    CTO,
    STAFF,
    answers_in,
    in_a_thread,
    people_of_slack,
    rows_of,
    slack_settings,
    slack_town,
)
from tests.faults.towns_postgres import copy_of, template
from tests.journeys.running import SECRET
from tests.journeys.town import person
from tests.stand_ins.slack import SlackStandIn

KILLS: tuple[At, ...] = (
    ("before the commit (Closings._steps)", 1),
    ("after the commit (Closings._steps)", 1),
    ("after the commit (Closings._steps)", 2),
)
SCRUBBED: At = ("after the commit, before its log is emptied", 2)
"""The first time is at the start."""
ANSWERS = 12
LEASE = 2.5
PART = 5


@pytest.fixture(scope="module")
def answered_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which twelve people have answered."""
    folder = tmp_path_factory.mktemp("answered")
    path = slack_town(folder)
    in_a_thread(_answer(folder, f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="module")
def answered_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("answered")
    with template(Platform.SLACK) as url:
        in_a_thread(_answer(folder, url))
        yield url


async def _answer(folder: Path, url: str) -> None:
    async with SlackStandIn() as slack:
        people_of_slack(slack)
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


Opening = Callable[[], AbstractAsyncContextManager[tuple[Task, SlackStandIn]]]


@pytest.fixture
def closing(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Opening:
    """Opens a copy of the answered database, a week later."""
    answered = request.getfixturevalue(f"answered_{database}")

    @asynccontextmanager
    async def opening() -> AsyncIterator[tuple[Task, SlackStandIn]]:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        async with AsyncExitStack() as stack:
            slack = await stack.enter_async_context(SlackStandIn())
            people_of_slack(slack)
            if database == SQLITE:
                url = f"sqlite:///{shutil.copyfile(answered, folder / 'town.sqlite3')}"
            else:
                url = await stack.enter_async_context(copy_of(answered))
            settings = slack_settings(slack)
            yield (
                Task(
                    database_url=url,
                    trip="tick",
                    folder=str(folder),
                    days=8,
                    settings=settings,
                    lease=LEASE,
                    part=PART,
                ),
                slack,
            )

    return opening


@pytest.mark.parametrize("database", PROVED_ON_BOTH)
async def test_closing(closing: Opening, database: str) -> None:
    async def killed(at: At) -> None:
        async with closing() as (task, slack):
            await _closed(task, slack, at)

    await side_by_side((*KILLS, SCRUBBED) if database == SQLITE else KILLS, killed)


async def _closed(task: Task, slack: SlackStandIn, at: At) -> None:
    url = task.database_url
    originals = [row.respondent for row in answers_in(url)]
    assert len(originals) == ANSWERS

    assert await lived(task, kill_at=at) == KILLED
    left, written = len(answers_in(url)), _results(url)
    assert left == ANSWERS or written, "no answer goes before there are results"

    await survived(task, within=LEASE)
    assert [row.state for row in rows_of(url, wave)] == ["closed"]
    assert (answers_in(url), rows_of(url, wave_key), rows_of(url, answer_key)) == ([], [], [])
    found = _results(url)
    assert found
    assert written in {"", found}, "noise is drawn once"
    assert _occurred(url) == 2, "opened and closed, each once"
    told = [row.state for row in rows_of(url, delivery) if row.kind == "results"]
    assert told == ["sent"]
    cto = next(user for user, one in slack.world.users.items() if one["profile"]["email"] == CTO)
    assert len(slack.from_app(cto)) == 1
    assert not _lingering(Path(task.folder), originals)


def _results(url: str) -> str:
    """The final results as they are written; "": there are none."""
    return next(row.results for row in rows_of(url, wave)) if rows_of(url, wave_count) else ""


def _occurred(url: str) -> int:
    """How much of the wave's schedule came about; the house is kept every night beside it."""
    planned = {row.id for row in rows_of(url, schedule) if row.subject == WAVE}
    return len([row for row in rows_of(url, occurrence) if row.schedule_id in planned])


def _lingering(folder: Path, originals: list[str]) -> list[str]:
    """Originals of which something is left in the files of an SQLite database."""
    files = b""
    for name in ("town.sqlite3", "town.sqlite3-wal"):
        with suppress(FileNotFoundError):
            files += (folder / name).read_bytes()
    return [one for one in originals if one.encode() in files]
