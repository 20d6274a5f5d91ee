"""The database takes calls and answers nothing: every door answers in time, and truthfully."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from pydantic import SecretStr

from bot.app.dispatch import Dispatch
from bot.app.settings import Settings
from storage import deadline
from storage.store import database_file
from storage.transaction import Transaction
from storage.unavailable import SlowError
from tests.attacks.visiting import signed_in, token
from tests.faults.towns import slack_settings, teams_settings
from tests.journeys.running import SECRET, MovableClock, Running, opened, until
from tests.journeys.town import CTO, TEACHER, person, settle
from tests.postgres import OwnServer
from tests.stand_ins.slack import SlackStandIn
from tests.stand_ins.teams import TeamsStandIn

SLACKS_LIMIT = 3.0
PATIENCE = 0.5
BUSY_MACHINES_LIMIT = 30.0
"""Seconds in the check: the database hangs for as long as nobody is answered."""

UNSURE = "What you sent may have been saved."
WORDS = "the projector in room 12 hums like a fridge"


AS_DEMANDED = pytest.param((2.5, SLACKS_LIMIT), marks=pytest.mark.prove)


@pytest.fixture(autouse=True, params=[(PATIENCE, BUSY_MACHINES_LIMIT), AS_DEMANDED])
def limit(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> float:
    """Seconds in which every door has to answer."""
    patience, limit = request.param
    monkeypatch.setattr(deadline, "SECONDS", patience)
    return float(limit)


# -- how a database hangs --------------------------------------------------------------------------


@contextmanager
def held_writer(path: Path) -> Iterator[None]:
    """Somebody else's transaction holds SQLite's one writer."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


@contextmanager
def frozen(server: OwnServer) -> Iterator[None]:
    """PostgreSQL's processes stand; its socket still takes connections."""
    pids = server.processes()
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in reversed(pids):
            os.kill(pid, signal.SIGCONT)


# -- a service with every door ---------------------------------------------------------------------


@dataclass
class Town:
    service: Running
    slack: SlackStandIn
    teams: TeamsStandIn
    hangs: Callable[[], AbstractContextManager[None]]

    async def said(self) -> list[str | None]:
        who = await person(self.service.core, TEACHER)
        return await self.service.core.store.read(
            lambda tx: [tx.original(item.id) for item in tx.items_by(who.id)]
        )


@asynccontextmanager
async def town(folder: Path, url: str, server: OwnServer | None) -> AsyncIterator[Town]:
    async with SlackStandIn() as slack, TeamsStandIn() as teams:
        settings = Settings(
            database_url=url,
            secret_key=SecretStr(SECRET),
            port=0,
            **slack_settings(slack),
            **teams_settings(teams),
        )
        service = Running(settings=settings, prepare=settle(staff=5), clock=MovableClock(), crew=0)
        async with opened(service, folder):
            slack.app = f"{service.url}/slack/events"
            teams.reach(service.url)
            path = database_file(url)
            yield Town(
                service,
                slack,
                teams,
                (lambda: held_writer(path)) if path else (lambda: frozen(server)),  # type: ignore[arg-type]
            )


@pytest.fixture(params=["sqlite", "postgres"])
async def everywhere(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Town]:
    if request.param == "sqlite":
        async with town(tmp_path, f"sqlite:///{tmp_path / 'town.sqlite3'}", None) as found:
            yield found
        return
    server = OwnServer()
    try:
        async with town(tmp_path, server.database(), server) as found:
            yield found
    finally:
        server.close()


async def timed(limit: float, name: str, asked: Awaitable[Any]) -> Any:
    began = time.perf_counter()
    answer = await asyncio.wait_for(asked, BUSY_MACHINES_LIMIT)
    took = time.perf_counter() - began
    assert took < limit, f"{name} answered after {took:.1f} s"
    return answer


# -- what each door says ---------------------------------------------------------------------------


async def test_every_door_answers_in_time_and_that_nothing_was_saved(
    everywhere: Town, limit: float
) -> None:
    slack, teams, service = everywhere.slack, everywhere.teams, everywhere.service
    user, ana = slack.add_user(TEACHER), teams.person("Naomi Whitehorse", CTO)
    await teams.install(ana)
    (card,) = await teams.say(ana, "help")
    await slack.command(user, "help")
    async with (
        signed_in(service, TEACHER) as browser,
        httpx.AsyncClient(base_url=service.url, trust_env=False) as machine,
    ):
        form = {"csrf": await token(browser, "/feedback"), "item_id": str(uuid4()), "text": WORDS}
        await asyncio.sleep(0.6)  # a connection that rested is tried before it is used
        with everywhere.hangs():
            (
                looked,
                page,
                command,
                event,
                spoken,
                pressed,
                figures,
                ready,
                healthy,
            ) = await asyncio.gather(
                timed(limit, "a page", browser.get("/surveys")),
                timed(limit, "a form", browser.post("/feedback", data=form)),
                timed(limit, "a command", slack.command(user, f"feedback {WORDS}")),
                timed(limit, "an event", slack.dm(user, WORDS, event_id="Ev1")),
                timed(limit, "Teams", teams.say(ana, WORDS)),
                timed(limit, "a press", teams.execute(ana, card, "Tell us something")),
                timed(limit, "/metrics", machine.get("/metrics")),
                timed(limit, "/readyz", machine.get("/readyz")),
                timed(limit, "/healthz", machine.get("/healthz")),
            )
            if looked.status_code != 200:  # SQLite's readers go on
                assert (looked.status_code, "saved" in looked.text) == (503, False)
            assert (page.status_code, "was not saved" in page.text) == (503, True)
            assert (command.status_code, "was not saved" in command.text) == (200, True)
            assert event.status_code == 503, "Slack sends it again"
            assert [one.text for one in spoken if "not saved" in one.text]
            assert "Nothing was changed" in pressed.words, "it only opens a form"
            assert figures.status_code == 200
            assert "soundingboard_request_seconds" in figures.text
            assert ready.status_code in (200, 503)
            assert healthy.status_code == 200

        async def answers() -> bool:
            return (await slack.dm(user, WORDS, event_id="Ev1", retry=1)).status_code == 200

        await until(answers)
        assert (await slack.dm(user, WORDS, event_id="Ev1", retry=2)).status_code == 200
        assert (await browser.post("/feedback", data=form)).status_code == 303
    assert await everywhere.said() == [WORDS, WORDS], "the event once, and the form once"


@pytest.mark.parametrize("everywhere", ["sqlite"], indirect=True)
async def test_what_was_saved_is_said_to_be_though_its_page_cannot_be_shown(
    everywhere: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database goes away between the commit and the answer."""
    slack, teams = everywhere.slack, everywhere.teams
    user, ana = slack.add_user(TEACHER), teams.person("Naomi Whitehorse", CTO)
    await teams.install(ana)

    async def away(*given: Any) -> None:
        raise SlowError

    async with signed_in(everywhere.service, TEACHER) as browser:
        form = {"csrf": await token(browser, "/feedback"), "item_id": str(uuid4()), "text": WORDS}
        monkeypatch.setattr(Dispatch, "_go_on", away)
        sent = await browser.post("/feedback", data=form)
        assert sent.status_code == 303, "a reload repeats nothing"
        command = await slack.command(user, f"feedback {WORDS}")
        (answer,) = await teams.say(ana, f"feedback {WORDS}")
        monkeypatch.undo()
        said = [(await browser.get(sent.headers["location"])).text, command.text, answer.text]
    assert ["What you sent was saved" in one for one in said] == [True] * 3
    assert ["not saved" in one for one in said] == [False] * 3
    assert await everywhere.said() == [WORDS] * 2


@pytest.mark.parametrize("everywhere", ["sqlite"], indirect=True)
async def test_a_write_that_had_begun_is_said_to_be_uncertain_and_counts_once(
    everywhere: Town, limit: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something holds up the commit and lets it go later."""
    slack, teams = everywhere.slack, everywhere.teams
    user, ana = slack.add_user(TEACHER), teams.person("Naomi Whitehorse", CTO)
    await teams.install(ana)
    add_item = Transaction.add_item

    def slowly(tx: Transaction, *given: Any, **more: Any) -> Any:
        time.sleep(deadline.SECONDS + 1)
        return add_item(tx, *given, **more)

    monkeypatch.setattr(Transaction, "add_item", slowly)
    event = await timed(limit, "an event", slack.dm(user, WORDS, event_id="Ev2"))
    assert event.status_code == 503, "it is not acknowledged"
    assert (await slack.dm(user, WORDS, event_id="Ev2", retry=1)).status_code in (200, 503)
    monkeypatch.setattr(Transaction, "add_item", add_item)

    async def settled() -> bool:
        return (await slack.dm(user, WORDS, event_id="Ev2", retry=2)).status_code == 200

    await until(settled)
    assert await everywhere.said() == [WORDS]
    monkeypatch.setattr(Transaction, "add_item", slowly)

    async def unsure(name: str, ask: Callable[[], Awaitable[str]]) -> bool:
        """A busy machine may not begin the write in time: then it says so, and is asked again."""
        answer = await timed(limit, name, ask())
        await everywhere.service.core.store.write(lambda tx: None)  # when that one has ended
        assert (UNSURE in answer) != ("was not saved" in answer), answer
        return UNSURE in answer

    async def in_slack() -> str:
        return str((await slack.command(user, f"feedback {WORDS}")).text)

    async def in_teams() -> str:
        (answer,) = await teams.say(ana, WORDS)
        return str(answer.text)

    await until(lambda: unsure("a command", in_slack))
    await until(lambda: unsure("Teams", in_teams))
