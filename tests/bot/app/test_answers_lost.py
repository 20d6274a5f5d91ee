"""The answer to what somebody wrote is lost on its way: the chat refuses it, nobody knows what
became of it, or the commit was not confirmed. They hear all the same, and once."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from core.people import Platform
from storage import deadline
from storage.transaction import Transaction
from tests.bot.jobs.test_glance import Town
from tests.faults.towns import slack_settings, teams_settings
from tests.journeys.rote import quick_reader
from tests.journeys.running import running, until
from tests.journeys.test_cannot_wait import FIRST, GUN
from tests.journeys.test_danger import CALL
from tests.journeys.test_teams import Place as InTeams
from tests.journeys.town import CTO, TEACHER, settle
from tests.stand_ins.slack import SlackStandIn, texts
from tests.stand_ins.slack_world import Fault, dropped, refused
from tests.stand_ins.teams import TeamsStandIn
from tests.stand_ins.teams_kinds import broken

__all__ = ["quick_reader"]
pytestmark = pytest.mark.usefixtures("quick_reader")

POST = "chat.postMessage"
WORDS = "the projector in room 12 hums like a fridge"


@pytest.fixture
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    async with SlackStandIn() as slack, TeamsStandIn() as teams:
        settings = {**slack_settings(slack), **teams_settings(teams)}
        author = slack.add_user(TEACHER)
        slack.add_user(FIRST)
        prepare = settle(getattr(request, "param", Platform.SLACK), staff=5)
        async with running(tmp_path, prepare, **settings) as service:
            slack.app = f"{service.url}/slack/events"
            teams.reach(service.url)
            yield Town(service, slack, teams, author)


async def notice_in_slack(town: Town) -> None:
    async def told() -> bool:
        return any(CALL in one for one in town.shown)

    await until(told)


async def nothing_more_in_slack(town: Town, notices: int) -> None:
    """Also not once whoever waits for the answer has given up."""
    await town.items(TEACHER)
    await town.service.pass_time(minutes=5)
    await town.slack.dm(town.author, WORDS)

    async def thanked() -> bool:
        return any("Thank you" in one for one in town.shown)

    await until(thanked)
    assert sum(CALL in one for one in town.shown) == notices


@pytest.mark.parametrize(
    "faults",
    [[refused("fatal_error")], [dropped(taken=False)], []],
    ids=["refused", "lost", "taken"],
)
async def test_a_notice_that_slack_does_not_take_is_sent_by_itself_and_once(
    town: Town, faults: list[Fault]
) -> None:
    town.slack.world.faults[POST].extend(faults)
    await town.slack.dm(town.author, GUN)
    await notice_in_slack(town)
    await nothing_more_in_slack(town, 1)


@pytest.mark.parametrize("town", [Platform.TEAMS], indirect=True)
async def test_a_notice_that_teams_does_not_take_is_sent_by_itself_and_once(town: Town) -> None:
    ana = await InTeams(town.service, town.teams, {}).join(CTO)
    town.teams.script(broken(), conversation=ana.chat)
    await town.teams.say(ana, GUN)

    async def told() -> int:
        return sum(CALL in one.text for one in town.teams.messages(ana.chat))

    assert await until(told) == 1
    await town.items(CTO)
    await town.service.pass_time(minutes=5)
    assert any("Thank you" in one.text for one in await town.teams.say(ana, WORDS))
    assert await told() == 1


async def test_a_process_that_ends_before_it_answers_leaves_the_notice_to_the_ledger(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ended(*_: Any, **__: Any) -> None:
        return

    with monkeypatch.context() as patch:
        patch.setattr("bot.slack.listen.run_all", ended)
        await town.slack.dm(town.author, GUN)
    await town.items(TEACHER)
    assert not town.shown
    await town.service.restart()
    await town.service.pass_time(seconds=61)
    await notice_in_slack(town)


@pytest.mark.parametrize("words", [WORDS, GUN])
async def test_a_message_whose_commit_was_not_confirmed_is_stored_and_answered_once(
    town: Town, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    add = Transaction.add_item

    def slowly(tx: Transaction, *args: Any) -> bool:
        time.sleep(2.0)
        return add(tx, *args)

    with monkeypatch.context() as patch:
        patch.setattr(deadline, "SECONDS", 1.0)
        patch.setattr(Transaction, "add_item", slowly)
        first = await town.slack.dm(town.author, words, event_id="Ev1")
    assert first.status_code == 503

    async def taken() -> bool:
        again = await town.slack.dm(town.author, words, event_id="Ev1", retry=1)
        return again.status_code == 200

    await until(taken)
    await until(lambda: shown(town))
    assert len(await town.items(TEACHER)) == 1

    await town.slack.dm(town.author, words, event_id="Ev1", retry=2)
    await town.service.pass_time(minutes=5)
    await town.slack.dm(town.author, "thanks")
    await until(lambda: shown(town, 2))
    assert [CALL in one for one in town.shown] == [words == GUN, False], "and not once more"


async def shown(town: Town, number: int = 1) -> bool:
    return len([one for one in town.slack.from_app(town.author) if texts(one)]) >= number
