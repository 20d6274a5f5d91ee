"""The disk gets full while people talk to the service: what was acknowledged is there, everybody
else hears that nothing was saved, and it gets well by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.attacks.test_machine import Machine, machine, signed_in
from tests.faults.disks import Disk, disk
from tests.faults.towns import slack_settings, teams_settings
from tests.journeys.town import CTO, TEACHER
from tests.stand_ins.slack import SlackStandIn
from tests.stand_ins.teams import Posted, TeamsStandIn, TeamsUser

WORDS = "the laminator smells of burnt toast"


@dataclass
class Doors:
    """All ways in to a service whose database is on a small disk."""

    disk: Disk
    service: Machine
    slack: SlackStandIn
    user: str
    teams: TeamsStandIn
    ana: TeamsUser
    form: Posted
    browser: httpx.AsyncClient
    csrf: str

    @property
    def pid(self) -> int:
        assert self.service.process is not None
        return self.service.process.pid

    async def ready(self) -> tuple[int, str]:
        answer = await self.browser.get("/readyz")
        return answer.status_code, answer.json().get("why", "")

    async def page(self) -> httpx.Response:
        form = {"csrf": self.csrf, "item_id": str(uuid4()), "text": WORDS}
        return await self.browser.post("/feedback", data=form)

    async def items(self) -> int:
        [(count,)] = await asyncio.to_thread(self.service.ask, "SELECT count(*) FROM item")
        return int(count)


@pytest.fixture
async def doors(tmp_path: Path) -> AsyncIterator[Doors]:
    with disk(tmp_path) as small:
        async with SlackStandIn() as slack, TeamsStandIn() as teams, machine(small.folder) as made:
            made.logs = tmp_path
            chat = slack_settings(slack) | teams_settings(teams)
            made.more = {f"SOUNDINGBOARD_{name.upper()}": str(chat[name]) for name in chat}
            [(teacher,)] = made.ask("SELECT id FROM person WHERE email = ?", TEACHER)
            await made.start()
            slack.app = f"{made.url}/slack/events"
            teams.reach(made.url)
            async with httpx.AsyncClient(
                base_url=made.url, headers={"accept": "text/html"}, trust_env=False
            ) as browser:
                ana = teams.person("Naomi Whitehorse", CTO)
                await teams.install(ana)
                (told,) = await teams.say(ana, "help")
                yield Doors(
                    disk=small,
                    service=made,
                    slack=slack,
                    user=slack.add_user(TEACHER),
                    teams=teams,
                    ana=ana,
                    form=told,
                    browser=browser,
                    csrf=await signed_in(browser, str(teacher)),
                )


@asynccontextmanager
async def full(doors: Doors) -> AsyncIterator[None]:
    """For the length of the block. A few of the last bytes may still be used."""
    doors.disk.fill(doors.pid, log=doors.service.log)
    if doors.disk.real:
        assert await doors.ready() == (503, "disk"), "seen before anybody has to be told"
    for _ in range(50):
        if (await doors.page()).status_code != 303:
            break
    else:
        raise AssertionError("it never got full")
    try:
        yield
    finally:
        doors.disk.clear(doors.pid)


async def test_every_door_says_that_nothing_was_saved_and_works_again_with_room(
    doors: Doors,
) -> None:
    assert await doors.ready() == (200, "")
    async with full(doors):
        before = await doors.items()
        page = await doors.page()
        assert (page.status_code, "was not saved" in page.text) == (503, True)
        command = await doors.slack.command(doors.user, f"feedback {WORDS}")
        assert (command.status_code, "was not saved" in command.text) == (200, True)
        assert "try again" in command.text
        event = await doors.slack.dm(doors.user, WORDS, event_id="Ev7")
        assert event.status_code == 503, "Slack sends it again"
        (answer,) = await doors.teams.say(doors.ana, WORDS)
        assert "not saved" in answer.text
        assert "try again" in answer.text
        pressed = await doors.teams.execute(doors.ana, doors.form, "Tell us something")
        assert "Nothing was changed" in pressed.words, "it only opens a form"
        assert await doors.ready() == (503, "disk")
        assert (await doors.browser.get("/healthz")).status_code == 200
        assert (await doors.browser.get("/help")).status_code == 200, "reading goes on"
        assert await doors.items() == before
    assert await doors.ready() == (200, "")
    assert (await doors.page()).status_code == 303
    assert (await doors.slack.dm(doors.user, WORDS, event_id="Ev7", retry=1)).status_code == 200
    (answer,) = await doors.teams.say(doors.ana, WORDS)
    assert "Thank" in answer.text
    assert await doors.items() == before + 3
    logged = await doors.service.stop()
    assert "The disk of the database is full or fails" in logged
    assert "Traceback" not in logged
    assert "laminator" not in logged
    assert doors.service.ask("PRAGMA integrity_check") == [("ok",)]
