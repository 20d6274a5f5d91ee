"""A whole journey's events delivered three times each: shuffled by seed, some days late, some at
once with themselves. Each has one effect, and none is answered with a fault."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote_plus
from uuid import uuid4

import pytest

from bot.app import wiring
from bot.app.settings import Settings
from bot.doctor.checking import upgrade_database
from tests.attacks.conftest import RoteReader
from tests.faults import recording
from tests.faults.recording import Recording, door, facts, play
from tests.faults.towns import in_a_thread, slack_settings, teams_settings
from tests.journeys.running import SECRET, MovableClock
from tests.postgres import fresh_database
from tests.stand_ins.slack import SlackStandIn
from tests.stand_ins.teams import TeamsStandIn


def copier(folder: Path) -> Callable[[str], str]:
    def copy(url: str) -> str:
        path = folder / f"{uuid4().hex}.sqlite3"
        shutil.copyfile(url.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"

    return copy


@pytest.fixture(scope="module")
def reader() -> Iterator[None]:
    """Nobody waits for the language models."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "DistrictReader", RoteReader)
        yield


@pytest.fixture(scope="module")
def in_slack(reader: None, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    folder = tmp_path_factory.mktemp("slack")
    made: list[Recording] = []

    async def record() -> None:
        url = f"sqlite:///{folder / 'prepared.sqlite3'}"
        made.append(await recording.record_slack(url, copier(folder)))

    in_a_thread(record())
    return made[0]


async def again_in_slack(recorded: Recording, url: str, rng: Random) -> None:
    clock = MovableClock()
    async with SlackStandIn() as slack:
        slack.world = deepcopy(recorded.standing)
        async with door(url, clock, slack_settings(slack)) as app:
            slack.app = app

            async def deliver(event: tuple[str, str]) -> int:
                body, kind = event
                body = body.replace(quote_plus(recorded.base_url), quote_plus(slack.base_url))
                return (await slack.deliver(body, kind)).status_code

            await play(recorded.events, deliver, clock, rng)
    same(facts(url), recorded)


def same(found: dict[str, Any], recorded: Recording) -> None:
    """As if everything had come once and in order; what was acknowledged after it was answered
    may have told nobody."""
    more = found.pop("deliveries") - recorded.facts["deliveries"]
    assert more == {}
    assert found == {k: v for k, v in recorded.facts.items() if k != "deliveries"}


def test_the_journey_has_all_kinds_of_effect(in_slack: Recording) -> None:
    done = in_slack.facts
    assert len(in_slack.events) == 13
    assert (len(done["answers"]), len(done["items"]), done["read"]) == (4, 3, 3)
    assert [answer for *_, answer in done["items"] if answer]


QUICK = 8
"""Seeds of each platform that every run plays; the others are for the proof."""

SEEDS = [pytest.param(n, marks=() if n < QUICK else pytest.mark.prove) for n in range(24)]


@pytest.mark.parametrize("seed", SEEDS)
async def test_slack(in_slack: Recording, tmp_path: Path, seed: int) -> None:
    rng = Random(seed)  # noqa: S311  (not a secret)
    await again_in_slack(in_slack, copier(tmp_path)(in_slack.prepared), rng)


@pytest.fixture
async def teams(reader: None) -> AsyncIterator[TeamsStandIn]:
    async with TeamsStandIn() as made:
        yield made


@pytest.mark.parametrize("block", [0, pytest.param(1, marks=pytest.mark.prove)])
async def test_teams(teams: TeamsStandIn, tmp_path: Path, block: int) -> None:
    """Many seeds a block: a stand-in's addresses and keys are in what was recorded."""
    copy = copier(tmp_path)
    recorded = await recording.record_teams(f"sqlite:///{tmp_path / 'p.sqlite3'}", copy, teams)
    assert len(recorded.facts["answers"]) == 4
    for seed in range(QUICK) if block == 0 else range(QUICK, 20):
        clock, url = MovableClock(), copy(recorded.prepared)
        async with door(url, clock, teams_settings(teams), teams=True) as app:
            teams.reach(app)

            async def deliver(activity: Any) -> int:
                return (await teams.deliver(activity)).status_code

            await play(recorded.events, deliver, clock, Random(seed))  # noqa: S311
        same(facts(url), recorded)


@pytest.mark.prove
async def test_slack_on_postgres(reader: None) -> None:
    """Where two that come at once really run at once."""
    with ExitStack() as databases:

        def copy(url: str) -> str:
            return databases.enter_context(fresh_database(like=url))

        prepared = databases.enter_context(fresh_database())
        upgrade_database(Settings(database_url=prepared, secret_key=SECRET))
        recorded = await recording.record_slack(prepared, copy)
        for seed in range(10):
            await again_in_slack(recorded, copy(prepared), Random(seed))  # noqa: S311
