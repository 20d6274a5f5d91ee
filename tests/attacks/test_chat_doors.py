"""Slack's and Teams' doors: other channels' senders, texts that no database takes, repetitions."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.teams.activities import typed
from core.people import Platform
from tests.journeys.running import Running, running
from tests.journeys.town import TEACHER, person, settle
from tests.stand_ins.slack import BOT_TOKEN, SIGNING_SECRET, SlackStandIn
from tests.stand_ins.teams import TeamsStandIn

HALF = "\ud83d"
"""Half of an emoji, as a JSON escape can spell it."""


async def said(service: Running) -> list[str | None]:
    who = await person(service.core, TEACHER)
    return await service.core.store.read(
        lambda tx: [tx.original(item.id) for item in tx.items_by(who.id)]
    )


# -- Teams -----------------------------------------------------------------------------------------


class Endorsing(TeamsStandIn):
    """Microsoft's keys as they are: endorsed for every channel that a bot may have."""

    async def _keys(self, request: web.Request) -> web.Response:
        keys = json.loads((await super()._keys(request)).text or "")
        for key in keys["keys"]:
            key["endorsements"] = ["msteams", "webchat", "directline", "emulator"]
        return web.json_response(keys)


@pytest.fixture
async def teams_town(tmp_path: Path) -> AsyncIterator[tuple[Running, TeamsStandIn]]:
    async with Endorsing() as teams:
        settings = teams.served_by
        prepare = settle(Platform.TEAMS, staff=5)
        async with running(tmp_path, prepare, **settings) as service:
            teams.reach(service.url)
            yield service, teams


async def test_a_web_chat_client_that_claims_to_be_somebody_in_teams_is_nobody(
    teams_town: tuple[Running, TeamsStandIn],
) -> None:
    service, teams = teams_town
    victim = teams.person("Naomi Whitehorse", TEACHER)
    await teams.install(victim)
    for channel in ("webchat", "directline", "emulator", None, ["msteams"]):
        activity = teams.activity(victim, type="message", text="I resign")
        activity["channelId"] = channel
        assert (await teams.deliver(activity)).status_code == 401, channel
    assert await said(service) == []


async def test_half_an_emoji_and_nul_in_teams_are_stored_as_what_can_be_stored(
    teams_town: tuple[Running, TeamsStandIn],
) -> None:
    service, teams = teams_town
    user = teams.person("Naomi Whitehorse", TEACHER)
    await teams.install(user)
    activity = teams.activity(user, type="message", text=f"slow {HALF} wifi\x00")
    answer = await teams.deliver(activity)
    assert answer.status_code == 200
    assert await said(service) == ["slow \ufffd wifi"]
    # The introduction is delivered by the clock and may come after the thanks.
    assert any("Thank" in one.text for one in teams.messages(user.chat))


async def test_ids_as_long_as_teams_makes_them_lose_no_message_and_double_none(
    teams_town: tuple[Running, TeamsStandIn],
) -> None:
    service, teams = teams_town
    user = teams.person("Naomi Whitehorse", TEACHER)
    await teams.install(user)
    long = "f:" + "1234567890" * 20
    for number in (1, 2, 2):
        activity = teams.activity(user, type="message", text=f"Projector {number} is dark.")
        activity["id"] = f"{long}{number}"
        assert (await teams.deliver(activity)).status_code == 200
    told = sorted(map(str, await said(service)))
    assert told == ["Projector 1 is dark.", "Projector 2 is dark."]


def test_a_message_made_to_keep_the_patterns_busy_is_read_quickly() -> None:
    import time

    start = time.process_time()
    typed({"text": "<at" * 300_000})
    typed({"text": "<at>" * 200_000})
    assert time.process_time() - start < 2


# -- Slack -----------------------------------------------------------------------------------------


async def test_half_an_emoji_and_nul_in_slack_are_stored_as_what_can_be_stored(
    tmp_path: Path,
) -> None:
    async with SlackStandIn() as slack:
        user = slack.add_user(TEACHER)
        settings = {
            "slack_signing_secret": SIGNING_SECRET,
            "slack_bot_token": BOT_TOKEN,
            "slack_api_url": slack.api_url,
        }
        async with running(tmp_path, settle(Platform.SLACK, staff=5), **settings) as service:
            slack.app = f"{service.url}/slack/events"
            answer = await slack.dm(user, f"slow {HALF} wifi\x00")
            assert answer.status_code == 200
            assert await said(service) == ["slow \ufffd wifi"]
            deep = '{"type":' + '{"a":' * 100_000 + "1" + "}" * 100_001
            answer = await slack.deliver(deep, "application/json", {})
            assert answer.status_code == 400
