"""Fairness in virtual time: conversations, campaigns and lanes do not wait for one another."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from core.people import Platform
from scheduler import pump
from scheduler.floors import FLOORS, Conversation
from scheduler.lanes import Budget, grant
from scheduler.pacing import paced
from scheduler.turns import Turns
from storage.deliveries import BULK, ROUTINE, URGENT
from tests.virtual import loop
from tests.virtual.platform import PER_CONVERSATION, Limit, Reconciling, Simulated, Window
from tests.virtual.world import World, delivered, in_the_end, play, uuid

SLACK = Budget(per_second=230 / 60, burst=4)
PLENTY = Limit(messages=10_000, seconds=1)


def slack(rng: Random, limit: Limit = PLENTY) -> Reconciling:
    return Reconciling(name=Platform.SLACK, rng=rng, workspace_limit=Window([limit]))


async def _to_channel(world: World, count: int, platform: Platform) -> None:
    """So many briefs to one committee's channel, all at once."""
    now = loop.clock()

    def queue(tx: Any) -> None:
        for number in range(count):
            tx._insert_deliveries(
                [
                    {
                        "recipient": "queue:devices@channel",
                        "person_id": None,
                        "platform": platform,
                        "workspace": "T1",
                        "conversation": "C-devices",
                        "service_url": None,
                        "lane": f"{platform}:T1",
                    }
                ],
                campaign=f"item:{number}",
                kind="brief",
                subject=uuid(world.rng),
                now=now,
                priority=ROUTINE,
            )

    await world.store.write(queue)


@pytest.mark.parametrize("platform", [Platform.SLACK, Platform.TEAMS])
def test_a_channel_with_many_briefs_at_once_is_not_hurried_and_nobody_waits_for_it(
    platform: Platform,
) -> None:
    async def main(folder: Path, rng: Random) -> None:
        simulated = Reconciling(name=platform, rng=rng, workspace_limit=Window([PLENTY]))
        world = World(
            folder, rng, {platform: simulated}, {platform: Budget(per_second=20, burst=10)}
        )
        people = await world.people(100, platform)
        await _to_channel(world, 10, platform)
        await world.broadcast(people)
        await world.until(delivered)
        assert simulated.throttled_at == []  # the platform's own windows never refused
        in_the_end(world, simulated, await world.rows())
        to_channel = [t.at for t in simulated.taken if t.conversation == "C-devices"]
        to_people = [t.at for t in simulated.taken if t.conversation != "C-devices"]
        assert len(to_channel) == 10
        assert len(to_people) == 100
        assert max(to_people) < 110 / 20 / 0.95 + 1  # as if the channel were not there
        slowest = 9 * (1.1 if platform is Platform.SLACK else 0.54)
        assert max(to_channel) - min(to_channel) < slowest + 4
        await world.close()

    play(main, 3)


@pytest.mark.parametrize("platform", [Platform.SLACK, Platform.TEAMS])
@pytest.mark.parametrize("seed", range(5))
def test_a_floor_fits_into_every_window_of_its_platform(platform: Platform, seed: int) -> None:
    """Greedy or patient, over two hours: the real windows, counted by hand, never overflow."""
    rng = Random(seed)  # noqa: S311
    floor = FLOORS[platform]
    at = loop.START
    kept = Conversation.new(at)
    times: list[float] = []
    while (passed := (at - loop.START).total_seconds()) < 7200:
        at = max(at, kept.free_at(floor))
        kept = kept.taking(floor, at)
        times.append((at - loop.START).total_seconds())
        if rng.random() < 0.02 * seed:
            at += timedelta(seconds=rng.uniform(0, 120))
    assert passed >= 7000
    for limit in PER_CONVERSATION[platform]:
        for first, last in zip(times, times[limit.messages :], strict=False):
            assert last - first >= limit.seconds, (limit, first)


def _moments(simulated: Simulated, rows: Any) -> dict[str, list[float]]:
    campaign = {row.id: row.campaign for row in rows}
    found: dict[str, list[float]] = defaultdict(list)
    for taken in simulated.taken:
        found[campaign[taken.delivery_id]].append(taken.at)
    return found


def _broadcasts(*wanted: tuple[str, int, int]) -> dict[str, list[float]]:
    """When each message of several campaigns (name, people, priority) arrived; the first is under
    way for a while before the others come."""

    async def main(folder: Path, rng: Random) -> dict[str, list[float]]:
        simulated = slack(rng)
        world = World(
            folder,
            rng,
            {Platform.SLACK: simulated},
            {Platform.SLACK: Budget(per_second=10, burst=8)},
        )
        (first, many, priority), *others = wanted
        await world.broadcast(await world.people(many, Platform.SLACK), first, priority=priority)
        await world.until(lambda states: states["sent"] >= 50)
        for name, people, urgency in others:
            ids = await world.people(people, Platform.SLACK)
            await world.broadcast(ids, name, priority=urgency)
        await world.until(delivered)
        rows = await world.rows()
        in_the_end(world, simulated, rows)
        await world.close()
        return _moments(simulated, rows)

    return play(main, 5)


def test_a_small_survey_does_not_wait_for_a_large_one() -> None:
    arrived = _broadcasts(("large", 300, BULK), ("small", 50, BULK))
    begun = arrived["small"][0]
    assert arrived["small"][-1] - begun < 2.5 * 50 / 10  # half of the lane's rate, or more
    between = [at for at in arrived["large"] if begun <= at <= arrived["small"][-1]]
    assert len(between) >= 40  # and the large one goes on meanwhile
    assert len(arrived["large"]) == 300


def test_two_equal_campaigns_share_a_lane() -> None:
    arrived = _broadcasts(("one", 300, BULK), ("two", 200, BULK))
    begun, ended = arrived["two"][0], arrived["two"][-1]
    beside = len([at for at in arrived["one"] if begun <= at <= ended])
    assert 180 <= beside <= 214


def test_an_urgent_notice_overtakes_everything() -> None:
    arrived = _broadcasts(("survey", 250, BULK), ("urgent", 60, URGENT))
    begun, ended = arrived["urgent"][0], arrived["urgent"][-1]
    assert ended - begun < 1.2 * 60 / 10
    between = [at for at in arrived["survey"] if begun < at < ended]
    assert len(between) <= 10  # those that were claimed already


def test_what_could_not_be_sent_before_its_deadline_is_not_sent_at_all() -> None:
    async def main(folder: Path, rng: Random) -> None:
        simulated = slack(rng)
        world = World(folder, rng, {Platform.SLACK: simulated}, {Platform.SLACK: SLACK})
        closes = loop.clock() + timedelta(seconds=20)
        await world.broadcast(await world.people(200, Platform.SLACK), deadline=closes)
        await world.until(delivered)
        states = await world.states()
        assert 60 <= states["sent"] <= 90
        assert states["failed"] == 200 - states["sent"]
        assert max(taken.at for taken in simulated.taken) < 22
        await world.close()

    play(main, 8)


def _ends_of_lanes(lanes: int, people: int, places: int, budget: Budget) -> dict[str, float]:
    """When each lane's last message arrived: the real pump and the real ledger, lanes of equal
    size and with equal budgets."""

    async def main(folder: Path, rng: Random) -> dict[str, float]:
        simulated = slack(rng)
        world = World(
            folder, rng, {Platform.SLACK: simulated}, {Platform.SLACK: budget}, most_lanes=places
        )
        for number in range(lanes):
            ids = await world.people(people, Platform.SLACK, f"T{number}")
            await world.broadcast(ids, f"notice:{number}")
        await world.until(delivered)
        rows = await world.rows()
        assert len(rows) == lanes * people
        in_the_end(world, simulated, rows)
        await world.close()
        lane = {row.id: row.lane for row in rows}
        return {lane[taken.delivery_id]: taken.at for taken in simulated.taken}

    return play(main, 9)


def test_lanes_take_turns_when_there_are_more_than_places() -> None:
    """The real pump: nine lanes, three places, and each lane ends at about the same time."""
    last = _ends_of_lanes(9, 100, 3, Budget(per_second=2, burst=2))
    assert len(last) == 9
    assert max(last.values()) < 2 * min(last.values())


@pytest.mark.prove
@pytest.mark.timeout(900)
def test_five_hundred_lanes_in_64_places_through_the_ledger(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The real pump and ledger, 30,000 messages. Sixty to a lane would be done in one stint of
    30 seconds, so that nothing were shared: a stint is three seconds here."""
    monkeypatch.setattr(pump, "_STINT", timedelta(seconds=3))
    last = _ends_of_lanes(500, 60, 64, SLACK)
    fastest, slowest = min(last.values()), max(last.values())
    print(f"\n500 lanes of 60 in 64 places: {fastest:.0f} to {slowest:.0f} s")
    assert len(last) == 500
    assert slowest < 2 * fastest


@pytest.mark.prove
def test_a_model_of_five_hundred_lanes_of_six_thousand_ends_together() -> None:
    """A model at full size: the pump's own turns and budgets, deliveries counted, not sent.
    64 places; each lane has a budget between 230 and 525 a minute and a stint is 30 s."""
    rng = Random(500)  # noqa: S311
    lanes = {f"slack:T{number}": 6000 for number in range(500)}
    rates = {lane: Budget(per_second=rng.uniform(230, 525) / 60, burst=5) for lane in lanes}
    equal = _model(dict(lanes), dict.fromkeys(lanes, SLACK))
    mixed = _model(dict(lanes), rates)
    print(
        f"\na model of 500 lanes of 6,000, equal: {min(equal.values())} to {max(equal.values())}",
        end="; ",
    )
    print(f"mixed: {min(mixed.values())} to {max(mixed.values())}")
    day = timedelta(hours=24)
    assert max(equal.values()) < 2 * min(equal.values())
    assert max(equal.values()) < day
    # A faster lane is done sooner by as much as it is faster, and by nothing else.
    spread = max(b.per_second for b in rates.values()) / min(b.per_second for b in rates.values())
    assert max(mixed.values()) < 1.25 * spread * min(mixed.values())


def _model(left: dict[str, int], budgets: dict[str, Budget]) -> dict[str, timedelta]:
    """When each lane's last message leaves."""
    turns, arrival = Turns(64), dict.fromkeys(left, loop.START)
    ends: list[tuple[datetime, str]] = []
    done: dict[str, timedelta] = {}
    now = loop.START
    while left:
        for lane in turns.begin(list(left), now):
            pace = paced(budgets[lane], budgets[lane].per_second)
            stint = math.ceil(30 * pace.per_second)
            given = grant(
                Budget(per_second=pace.per_second, burst=stint), arrival[lane], now, left[lane]
            )
            arrival[lane] = given.arrival
            left[lane] -= given.messages
            heapq.heappush(ends, (given.arrival, lane))
        now, lane = heapq.heappop(ends)
        turns.end(lane, now, sent_something=True)
        if not left[lane]:
            del left[lane]
            done[lane] = now - loop.START
    return done
