"""A platform that is not there for a while: what waits for it waits, nobody is given up for it, and
of few people only it is not known whether they got it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import update

from core.people import Platform
from governance.delivery_reasons import DeliveryReason
from scheduler.delivery import MOST_LOOKS, settle
from scheduler.lanes import Budget
from scheduler.ports import Away, Outgoing, Result, Unknown
from scheduler.pump import Pump
from storage.deliveries import BULK, URGENT
from storage.ledger_tables import delivery
from tests.virtual import loop
from tests.virtual.platform import Limit, Reconciling, Script, Simulated, Window
from tests.virtual.world import World, compose, delivered, in_the_end, play

LONG = 600.0
"""Seconds. Eight tries ten seconds apart and more each time would be over in five minutes."""

NO_CONNECTION = DeliveryReason.SLACK_AWAY


@dataclass
class Outage:
    """What is wrong with a platform, and until when."""

    answer: Callable[[], Result] = lambda: Away(why=NO_CONNECTION)
    until: float = LONG
    refused: int = 0

    def over(self) -> bool:
        return asyncio.get_running_loop().time() >= self.until


class _Absent(Simulated):
    outage: Outage

    async def send(self, outgoing: Outgoing) -> Result:
        if self.outage.over():
            return await super().send(outgoing)
        await asyncio.sleep(self.rng.uniform(0.05, 2.0))
        self.outage.refused += 1
        result = self.outage.answer()
        if isinstance(result, Unknown):
            self.in_doubt.add(outgoing.delivery_id)
        return result


class Teams(_Absent):
    """Nobody can look whether a message arrived."""


class Slack(_Absent, Reconciling):
    """Can be looked through, when it is there."""

    async def reconcile(self, outgoing: Outgoing) -> Result:
        if self.outage.over():
            return await super().reconcile(outgoing)
        return Away(why=NO_CONNECTION)


KINDS = {Platform.SLACK: (Slack, 230), Platform.TEAMS: (Teams, 1800)}


def _world(
    folder: Path, rng: Random, platform: Platform, outage: Outage, script: Script
) -> tuple[World, Simulated]:
    kind, a_minute = KINDS[platform]
    window = Window([Limit(messages=a_minute, seconds=60)])
    simulated = kind(name=platform, rng=rng, workspace_limit=window, script=script)
    simulated.outage = outage
    budget = Budget(per_second=a_minute / 60, burst=a_minute / 60)
    return World(folder, rng, {platform: simulated}, {platform: budget}), simulated


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a run saw. ``late``: seconds from the end of the outage to the last message."""

    states: Counter[str]
    late: float
    refused: int
    whys: set[str | None]


def through(
    platform: Platform,
    people: int,
    outage: Outage,
    *,
    script: Script | None = None,
    kind: str = "notice",
    priority: int = BULK,
) -> Found:
    """Send to people through an outage."""

    async def main(folder: Path, rng: Random) -> Found:
        world, simulated = _world(folder, rng, platform, outage, script or Script(slow=0))
        everybody = await world.people(people, platform)
        await world.broadcast(everybody, kind=kind, priority=priority)
        settled = {"sent", "unknown"} if platform is Platform.TEAMS else {"sent"}
        await world.until(lambda states: delivered(states) and set(states) <= settled)
        rows = await world.rows()
        in_the_end(world, simulated, rows)
        await world.close()
        return Found(
            states=Counter(row.state for row in rows),
            late=max((taken.at for taken in simulated.taken), default=0.0) - outage.until,
            refused=outage.refused,
            whys={row.why for row in rows},
        )

    found = play(main, 1)
    print(f"\n{platform}, {people} people: {found}")
    return found


@pytest.mark.parametrize("platform", KINDS)
def test_a_long_time_without_a_connection_fails_nobody(platform: Platform) -> None:
    found = through(platform, 200, Outage())
    assert found.states == Counter(sent=200)
    _, a_minute = KINDS[platform]
    assert found.late < 200 / a_minute * 60 + 25, "and it goes on when there is one"
    assert found.refused < LONG / 10 + 60, "one try each ten seconds, and what was on its way"


@pytest.mark.parametrize(("kind", "priority"), [("restricted", BULK), ("notice", URGENT)])
def test_an_alarm_waits_for_the_connection_too(kind: str, priority: int) -> None:
    found = through(Platform.TEAMS, 1, Outage(), kind=kind, priority=priority)
    assert found.states == Counter(sent=1)
    assert found.late < 15
    assert found.whys == {None}, "it was sent once"


def test_an_alarm_that_may_have_arrived_is_repeated_however_often_there_was_no_connection() -> None:
    answers = (
        [Away(why=NO_CONNECTION)] * 8
        + [Unknown(why=DeliveryReason.FAULT)]
        + [Away(why=NO_CONNECTION)] * 3
    )

    def answer() -> Result:
        return answers.pop(0)

    async def main(folder: Path, rng: Random) -> None:
        outage = Outage(answer=answer)
        world, teams = _world(folder, rng, Platform.TEAMS, outage, Script(slow=0))
        await world.broadcast(await world.people(1, Platform.TEAMS), kind="restricted")
        pumping = asyncio.create_task(world.pump.run())
        while answers:  # noqa: ASYNC110  (time is virtual)
            await asyncio.sleep(1)
        outage.until = 0
        await asyncio.sleep(60)
        await world.pump.stop()
        await pumping
        (row,) = await world.rows()
        assert (row.state, row.why) == ("sent", DeliveryReason.REPEATED), (
            "and says that it may be there twice"
        )
        assert len(teams.taken) == 1
        await world.close()

    play(main, 1)


def test_while_teams_answers_with_errors_few_are_asked_of_whom_nobody_knows_then() -> None:
    found = through(Platform.TEAMS, 400, Outage(answer=lambda: Unknown(why=DeliveryReason.FAULT)))
    assert found.states["unknown"] == found.refused
    # On their way when it began: 30 a second, up to two seconds each. Then one a minute.
    assert found.refused < 60 + 60 + 10
    assert found.states["sent"] == 400 - found.states["unknown"]


def test_slack_is_looked_through_when_it_is_there_again_and_everybody_has_it() -> None:
    found = through(Platform.SLACK, 60, Outage(answer=lambda: Unknown(why=DeliveryReason.FAULT)))
    assert found.states == Counter(sent=60)


def test_a_look_that_could_not_be_had_does_not_count() -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, _ = _world(folder, rng, Platform.SLACK, Outage(), Script(slow=0))
        await world.broadcast(await world.people(1, Platform.SLACK))
        (claimed,) = await world.ledger.claim("slack:T1", loop.clock(), 1, 60)
        before = replace(claimed, looks=MOST_LOOKS - 1)
        after = settle(before, Away(why=NO_CONNECTION), loop.clock())
        assert (after.state, after.looks) == ("unknown", MOST_LOOKS - 1)
        assert after.not_before - loop.clock() < timedelta(minutes=1)
        await world.close()

    play(main, 1)


def test_a_few_lost_answers_are_no_outage() -> None:
    async def main(folder: Path, rng: Random) -> float:
        world, simulated = _world(
            folder, rng, Platform.TEAMS, Outage(until=0), Script(broken=0.05, lost=0.05, slow=0)
        )
        await world.broadcast(await world.people(600, Platform.TEAMS))
        await world.until(delivered)
        await world.close()
        return max(taken.at for taken in simulated.taken)

    assert play(main, 2) < 600 / 30 * 1.1


def test_one_whose_address_leads_nowhere_holds_up_nobody() -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, teams = _world(folder, rng, Platform.TEAMS, Outage(until=0), Script(slow=0))
        people = await world.people(300, Platform.TEAMS)
        lost = f"D{people[0].hex[:12]}"
        send = teams.send

        async def sending(outgoing: Outgoing) -> Result:
            if outgoing.conversation == lost:
                return Away(why=NO_CONNECTION)
            return await send(outgoing)

        teams.send = sending  # type: ignore[method-assign]
        await world.broadcast(people)
        await world.until(lambda states: states["sent"] == 299, hours=0.1)
        assert max(taken.at for taken in teams.taken) < 300 / 30 * 1.2
        await world.close()

    play(main, 3)


def test_a_worker_without_a_platforms_settings_leaves_its_lanes_to_others() -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, _ = _world(folder, rng, Platform.SLACK, Outage(until=0), Script(slow=0))
        await world.broadcast(await world.people(3, Platform.SLACK))
        forgotten = Pump(world.ledger, {}, compose, loop.clock)
        assert not await forgotten.run_lane("slack:T1", 5)
        assert await world.states() == Counter(queued=3), "nobody is in doubt for it"
        assert await world.pump.run_lane("slack:T1", 5)
        assert await world.states() == Counter(sent=3)
        await world.close()

    play(main, 5)


def test_a_day_is_the_end_of_it() -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, _ = _world(folder, rng, Platform.TEAMS, Outage(), Script(slow=0))
        await world.broadcast(await world.people(1, Platform.TEAMS))
        tried = update(delivery).values(attempts=24 * 360 - 2)
        await world.store.write(lambda tx: tx.connection.execute(tried))
        assert await world.pump.step("teams:T1")
        (row,) = await world.rows()
        assert (row.state, row.why) == ("queued", NO_CONNECTION)
        await asyncio.sleep(10)
        assert await world.pump.step("teams:T1")
        (row,) = await world.rows()
        assert (row.state, row.why) == ("failed", NO_CONNECTION)
        await world.close()

    play(main, 4)
