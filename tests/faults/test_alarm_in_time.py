"""An alarm reaches its responder within seconds in the service as it runs, a process that was
started a moment ago: the first message of all, and the first after its reader was killed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest
from pydantic import SecretStr

from bench.processes import COMMAND, Serving, free_port, serving
from bot.app.core import open_core
from bot.app.settings import Settings
from core.people import Platform
from tests.bot.app.test_metrics import value
from tests.journeys.running import SECRET, until
from tests.journeys.test_cannot_wait import FIRST
from tests.journeys.town import TEACHER, settle
from tests.stand_ins.slack import BOT_TOKEN, SIGNING_SECRET, SlackStandIn, texts

pytestmark = [pytest.mark.prove, pytest.mark.timeout(900)]

STATED = "There is a man with a gun in the hallway"
MENTIONED = (
    "a man just called the office and said he was coming up here with a gun because of what "
    "happened to his daughter"
)
"""What patterns know only where the reader cannot be asked."""
HINTED = "He left his cat's bowl and a letter on my desk and will not be back, he says"
"""What no pattern knows."""
STARTS = 3
WITHIN = 3.0
"""Seconds that are demanded, from the message to the responder's notice."""


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """How soon it serves is measured elsewhere."""
    monkeypatch.setattr("bench.processes._PATIENCE", 300.0)


@dataclass
class Place:
    service: Serving
    slack: SlackStandIn
    author: str
    responder: str

    def notices(self, words: str) -> int:
        return sum(words[:40] in texts(one) for one in self.slack.from_app(self.responder))

    async def takes(self, words: str) -> float:
        """Seconds until the responder has one notice more."""
        before, begun = self.notices(words), time.monotonic()
        answer = await self.slack.dm(self.author, words)
        assert answer.status_code == 200

        async def called() -> bool:
            return self.notices(words) > before

        await until(called, every=0.01)
        return time.monotonic() - begun

    async def reader_is_up(self) -> None:
        async with httpx.AsyncClient() as client:

            async def up() -> bool:
                page = (await client.get(f"{self.service.url}/metrics")).text
                return value(page, "reader_up") == 1

            await until(up, seconds=300)

    async def kill_the_reader(self) -> None:
        async def reads() -> bool:
            return bool(self.service.children())

        await until(reads)
        [reader] = self.service.children()
        reader.kill()

        async def gone() -> bool:
            return not reader.is_running() or reader.status() == psutil.STATUS_ZOMBIE

        await until(gone, every=0.01)


@asynccontextmanager
async def started(folder: Path) -> AsyncIterator[Place]:
    """``soundingboard run`` on the town's database, with the reader that starts with it."""
    url, port = f"sqlite:///{folder / 'town.sqlite3'}", free_port()
    async with SlackStandIn() as slack:
        author, responder = slack.add_user(TEACHER), slack.add_user(FIRST)
        async with open_core(Settings(database_url=url, secret_key=SecretStr(SECRET))) as core:
            await settle(Platform.SLACK)(core)
        settings = {
            "DATABASE_URL": url,
            "SECRET_KEY": SECRET,
            "PORT": str(port),
            "LOG_FORMAT": "json",
            "READER_AT_START": "true",
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_API_URL": slack.api_url,
        }
        running = serving(
            [str(COMMAND), "run"],
            port,
            "/readyz",
            settings={f"SOUNDINGBOARD_{name}": value for name, value in settings.items()},
            log=folder / "run.log",
        )
        service = await asyncio.to_thread(running.__enter__)
        try:
            slack.app = f"{service.url}/slack/events"
            yield Place(service, slack, author, responder)
        finally:
            await asyncio.to_thread(running.__exit__, None, None, None)


async def best(folder: Path, trial: Callable[[Place], Awaitable[float]]) -> float:
    """The shortest of up to three starts: a busy machine keeps any one of them waiting."""
    found: list[float] = []
    while len(found) < STARTS and not any(one <= WITHIN for one in found):
        own = folder / str(len(found))
        own.mkdir()
        async with started(own) as place:
            found.append(await trial(place))
    return min(found)


@pytest.mark.parametrize("words", [STATED, MENTIONED])
async def test_the_first_message_after_the_start_calls_the_responder_in_time(
    tmp_path: Path, words: str
) -> None:
    async def first(place: Place) -> float:
        return await place.takes(words)

    seconds = await best(tmp_path, first)
    print(f"\nAn alarm right after the start is with its responder after {seconds:.2f} s")
    assert seconds <= WITHIN


@pytest.mark.parametrize("words", [STATED, MENTIONED])
async def test_the_first_message_after_the_reader_was_killed_calls_the_responder_in_time(
    tmp_path: Path, words: str
) -> None:
    async def killed(place: Place) -> float:
        await place.kill_the_reader()
        return await place.takes(words)

    seconds = await best(tmp_path, killed)
    print(f"\nAn alarm right after the reader was killed takes {seconds:.2f} s")
    assert seconds <= WITHIN


async def test_what_only_the_reader_understands_calls_the_responder_once_it_reads(
    tmp_path: Path,
) -> None:
    """In time where it is there. Right after the start, and after it was killed, it learns for some
    seconds first, which are measured here and not bounded."""

    async def understood(place: Place) -> float:
        at_start = await place.takes(HINTED)
        await place.reader_is_up()
        there = await place.takes(f"{HINTED}.")
        await place.kill_the_reader()
        killed = await place.takes(f"{HINTED}!")
        print(
            f"\nWhat only the reader understands is with its responder after {at_start:.1f} s from "
            f"the start, {there:.2f} s once it reads, {killed:.1f} s after it was killed"
        )
        return there

    assert await best(tmp_path, understood) <= WITHIN
