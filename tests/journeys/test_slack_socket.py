"""Behind a firewall: what staff do in Slack comes through the service's own connection."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from core.people import Platform
from tests.journeys.running import Running, running, until
from tests.journeys.town import settle, small_roster, teachers
from tests.journeys.trips import PULSE, launch
from tests.stand_ins.slack import BOT_TOKEN, texts
from tests.stand_ins.slack_socket import APP_TOKEN, SocketStandIn

STAFF = [person.email for person in teachers(small_roster(40), 1)]


@pytest.fixture
async def slack() -> AsyncIterator[SocketStandIn]:
    async with SocketStandIn() as slack:
        yield slack


async def ready(service: Running) -> dict[str, Any]:
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{service.url}/readyz")
        assert answer.status_code == 200, "without Slack the pages still work"
        found: dict[str, Any] = answer.json()
        return found


@pytest.mark.prove_on_postgres("one process holds the connection")
async def test_a_survey_is_answered_through_the_socket_which_is_renewed_cut_and_restarted(
    slack: SocketStandIn, tmp_path: Path
) -> None:
    user = slack.add_user(STAFF[0])

    async def connected() -> bool:
        return bool(slack.connections)

    async def said(words: str) -> Any:
        async def look() -> Any:
            return next((m for m in slack.from_app(user)[::-1] if words in texts(m)), None)

        return await until(look)

    settings = {
        "slack_app_token": APP_TOKEN,
        "slack_bot_token": BOT_TOKEN,
        "slack_api_url": slack.api_url,
        "slack_per_minute": 6000,
    }
    async with running(tmp_path, settle(Platform.SLACK), **settings) as service:
        await until(connected)

        async def told() -> bool:
            return (await ready(service))["slack_connected"] is True

        await until(told)
        assert b'slack_connected{mode="socket"} 1.0' in await service.house.figures()
        async with httpx.AsyncClient() as client:
            called = await client.post(f"{service.url}/slack/events", content=b"{}")
            assert called.status_code in (404, 405), "nobody may call where nobody needs to"

        await launch(service, STAFF)
        invitation = await said(PULSE)
        pressed = await slack.click(user, invitation, "Answer", {"week": "2", "help": "late"})
        assert pressed.status_code == 200
        assert await said("Thank you")
        assert "soundingboard" in (await slack.command(user, "help")).text, "an answer in the reply"

        await slack.refresh()
        known = len(slack.from_app(user))
        assert (await slack.dm(user, "help", event_id="Ev1")).status_code == 200
        assert await slack.next_message(user, after=known)

        before = slack.opened
        await slack.cut()

        async def again() -> bool:
            return slack.opened > before and bool(slack.connections)

        await until(again)
        count = len(slack.from_app(user))
        assert (await slack.dm(user, "help", event_id="Ev1", retry=1)).status_code == 200
        assert len(slack.from_app(user)) == count, "what comes again has one effect"

        await service.restart()
        await until(connected)
        assert (await slack.dm(user, "help")).status_code == 200


async def test_what_could_not_be_stored_is_not_acknowledged(
    slack: SocketStandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = slack.add_user(STAFF[0])
    settings = {
        "slack_app_token": APP_TOKEN,
        "slack_bot_token": BOT_TOKEN,
        "slack_api_url": slack.api_url,
    }
    async with running(tmp_path, settle(Platform.SLACK), **settings) as service:

        async def connected() -> bool:
            return bool(slack.connections)

        await until(connected)
        with monkeypatch.context() as broken:

            async def away(*_: Any, **__: Any) -> Any:
                raise OSError("gone")

            broken.setattr(service.core.dispatch, "handle", away)
            broken.setattr("tests.stand_ins.slack_socket.SECONDS", 1.0)
            assert (await slack.dm(user, "help", event_id="Ev2")).status_code == 504
        assert (await slack.dm(user, "help", event_id="Ev2", retry=1)).status_code == 200
        assert await slack.next_message(user)
