"""What the real clients make of each way in which an answer goes missing: whatever cannot be known
is called unknown, and the stand-ins keep a message or not, as they were told."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from bot.slack.client import SlackClient
from bot.slack.platform import SlackPlatform
from bot.slack.settings import SlackSettings
from bot.slack.workspaces import OneWorkspace
from bot.teams.platform import TeamsPlatform
from scheduler.ports import NotTaken, Outgoing, Result, Sent, Throttled, Unknown
from tests.bot.slack.samples import SAMPLES
from tests.stand_ins import slack_world as in_slack
from tests.stand_ins import teams_kinds as in_teams
from tests.stand_ins.slack import SlackStandIn
from tests.stand_ins.slack_limits import POST
from tests.stand_ins.teams import TeamsStandIn


def outgoing(workspace: str, conversation: str) -> Outgoing:
    return Outgoing(
        delivery_id=uuid4(),
        message=SAMPLES["notice"],
        workspace=workspace,
        conversation=conversation,
        service_url=None,
        locale="en",
        timezone="America/Chicago",
    )


SLACK = {
    "dropped before it was taken": (in_slack.dropped(taken=False), Unknown, 0),
    "dropped after it was taken": (in_slack.dropped(taken=True), Unknown, 1),
    "cut off in the answer": (in_slack.cut_off(taken=True), Unknown, 1),
    "half an answer": (in_slack.garbled(taken=True), Unknown, 1),
    "a page instead of an answer": (in_slack.garbled("<html>hello</html>", taken=True), Unknown, 1),
    "an answer that says nothing": (in_slack.garbled("{}", taken=True), Unknown, 1),
    "a list for an answer": (in_slack.garbled("[1, 2]", taken=True), Unknown, 1),
    "nothing for an answer": (in_slack.garbled(" ", taken=True), Unknown, 1),
    "500": (in_slack.broken(500), Unknown, 0),
    "500 and taken": (in_slack.broken(500, taken=True), Unknown, 1),
    "503": (in_slack.broken(503), Unknown, 0),
    "too slow": (in_slack.slow(60), Unknown, 1),
    "slow": (in_slack.slow(0.2), Sent, 1),
    "throttled": (in_slack.throttled(3), Throttled, 0),
}


@pytest.mark.parametrize("what", SLACK)
async def test_slack(what: str) -> None:
    fault, expected, there = SLACK[what]
    async with SlackStandIn() as slack:
        user = slack.add_user("t.rivera@example.org")
        settings = SlackSettings(
            signing_secret="s", bot_token=slack.bot_token, api_url=slack.api_url, timeout=60
        )
        client = SlackClient(settings)
        hasty = SlackClient(replace(settings, timeout=1))
        slack.fail(POST, fault)
        message = outgoing(slack.world.team, user)
        asked = hasty if what == "too slow" else client
        result = await SlackPlatform(OneWorkspace(asked)).send(message)
        assert type(result) is expected, result
        assert len(slack.from_app(user)) == there
        assert [call.taken for call in slack.journal.of(POST)] == [bool(there)]
        found = await SlackPlatform(OneWorkspace(client)).reconcile(message)
        assert type(found) is (Sent if there else NotTaken), "and looking tells which it was"
        await client.close()
        await hasty.close()


TEAMS: dict[str, tuple[in_teams.Fault, type[Result], int]] = {
    "dropped before it was taken": (in_teams.Fault(drop=True), Unknown, 0),
    "dropped after it was taken": (in_teams.lost(), Unknown, 1),
    "cut off in the answer": (in_teams.MOODS["cut"], Unknown, 1),
    "half an answer": (in_teams.Fault(garbage='{"id": "1', taken=True), Sent, 1),
    "a page instead of an answer": (in_teams.Fault(garbage="<html>", taken=True), Sent, 1),
    "a list for an answer": (in_teams.Fault(garbage="[1]", taken=True), Sent, 1),
    "500": (in_teams.broken(), Unknown, 0),
    "500 and taken": (in_teams.broken(taken=True), Unknown, 1),
    **{
        f"{status}{' and taken' * taken}": (in_teams.broken(status, taken=taken), Unknown, taken)
        for status in in_teams.GATEWAYS
        for taken in (False, True)
    },
    "503 with a time to come back": (in_teams.broken(503, retry_after="3"), Throttled, 0),
    "412": (in_teams.broken(412), NotTaken, 0),
    "too slow": (replace(in_teams.broken(taken=True), hang=60), Unknown, 1),
    "throttled": (in_teams.throttled(3), Throttled, 0),
}


@pytest.mark.parametrize("what", TEAMS)
async def test_teams(what: str) -> None:
    fault, expected, there = TEAMS[what]
    async with TeamsStandIn() as teams:
        ana = teams.person("Ana Silva")
        teams.installed.add(ana.user)
        teams.script(fault)
        platform = TeamsPlatform(teams.settings(timeout=1 if what == "too slow" else 60))
        result = await platform.send(outgoing(teams.tenant, ana.chat))
        await platform.close()
        assert type(result) is expected, result
        assert len(teams.messages(ana.chat)) == there
        assert [call.taken for call in teams.journal.of("post")] == [bool(there)]
