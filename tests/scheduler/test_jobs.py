"""Jobs on a real PostgreSQL: whatever becomes of one, a lane with work is served, by one at a time,
and nothing of it stays behind."""

from __future__ import annotations

import asyncio
from asyncio import all_tasks

from scheduler.jobs import STALLED_SECONDS
from scheduler.worker import _LOOK_SECONDS
from tests.scheduler.jobs_town import PROMISED, Town, ask, jobs, until, working

DIED = (
    "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id"
)
HELD = (
    "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, status,"
    " worker_id) VALUES ('lanes', 'serve', %(lock)s, %(lock)s, '{\"lane\": \"north\"}', 'doing',"
    " %(worker)s)"
)
DOUBLED = (
    "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args)"
    " SELECT 'lanes', 'serve', 'lane:north', '{\"lane\": \"north\"}' FROM generate_series(1, 6)"
)


async def test_lanes_are_served_and_things_are_read_and_nothing_stays_behind(address: str) -> None:
    town = Town(left={f"lane {number}": 4 for number in range(6)}, unread=3)
    async with working(address, town), working(address, town):
        await until(lambda: town.done and town.unread <= 0 and town.swept >= 1)
    assert town.most_together > 1, "lanes do not wait for one another"
    assert set(town.most_at_once.values()) == {1}
    assert town.ended.total() >= 24
    assert set(jobs(address)) <= {("sweep", "todo")}, "only the next sweep waits"
    [(events,)] = ask(address, "SELECT count(*) FROM procrastinate_events")
    assert events <= 2, "what is kept of a job goes with it"
    assert ask(address, "SELECT * FROM procrastinate_workers") == []


async def test_who_only_calls_serves_nothing_and_wakes_who_does(address: str) -> None:
    town = Town()
    async with working(address, town, works=False) as caller:
        await until(lambda: jobs(address)["sweep", "todo"] == 1)
        town.left = {"north": 1}
        caller.wake()
        await until(lambda: jobs(address)["lane:north", "todo"] == 1)
        caller.wake()  # it waits already: no second one
        await asyncio.sleep(0.5)
        assert jobs(address) == {("sweep", "todo"): 1, ("lane:north", "todo"): 1}
        assert not town.begun
        async with working(address, town):
            await until(lambda: town.done)
    assert town.ended == {"north": 1}


async def test_a_job_that_is_lost_while_it_waits_changes_nothing(address: str) -> None:
    town = Town(left={"north": 2}, unread=1)
    async with working(address, town, works=False):
        await until(lambda: {"lane:north", "read"} <= {lock for lock, _ in jobs(address)})
    ask(address, "DELETE FROM procrastinate_jobs")
    async with working(address, town):
        await until(lambda: town.done and not town.unread)
    assert town.ended["north"] >= 2


async def test_a_job_that_is_lost_while_its_lane_is_served_changes_nothing(address: str) -> None:
    town = Town(left={"north": 3}, gate=asyncio.Event())
    async with working(address, town):
        await until(lambda: town.begun["north"] == 1)
        ask(address, "UPDATE procrastinate_jobs SET lock = lock || ' lost'")
        ask(address, "DELETE FROM procrastinate_jobs")
        town.gate.set()
        await until(lambda: town.done)
    assert town.broken_off == {}


async def test_a_job_deferred_many_times_serves_one_at_a_time(address: str) -> None:
    """By two workers, of which each has places for many."""
    ask(address, DOUBLED)
    town = Town(left={"north": 5, "south": 5})
    async with working(address, town), working(address, town):
        await until(lambda: town.done and town.begun["north"] >= 6)
    assert town.most_at_once == {"north": 1, "south": 1}
    assert town.most_together == 2, "there was a place for both, and for more"


async def test_what_a_dead_worker_held_is_anothers(address: str) -> None:
    """Within ten seconds, if nothing keeps the machine busy: of silence, until a look, and one for
    the rest."""
    assert STALLED_SECONDS + _LOOK_SECONDS + 1 <= PROMISED
    town, now = Town(), asyncio.get_running_loop().time
    async with working(address, town):
        await until(lambda: jobs(address)["sweep", "todo"] == 1)
        begun = now()
        [(dead,)] = ask(address, DIED, [f"{STALLED_SECONDS - 1.5} seconds"])
        ask(address, HELD, {"lock": "lane:north", "worker": dead})
        town.left["north"] = 1
        await until(lambda: town.done)
    assert now() - begun > 1.0, "one that gave a sign lately may live"
    assert town.ended == {"north": 1}


async def test_what_a_long_dead_worker_held_is_free_as_soon_as_another_starts(address: str) -> None:
    [(dead,)] = ask(address, DIED, ["1 hour"])
    ask(address, HELD, {"lock": "lane:north", "worker": dead})
    town = Town(left={"north": 1})
    async with working(address, town):
        await until(lambda: town.done)
        assert (dead,) not in ask(address, "SELECT id FROM procrastinate_workers")


async def test_a_worker_that_is_woken_while_it_stops_stops(address: str) -> None:
    """However few steps of the loop lie between: then the waking ends what the stop cancels."""
    for steps in range(5):
        async with working(address, Town()) as worker:
            await until(lambda: any(task.get_name() == "worker-tending" for task in all_tasks()))
            await asyncio.sleep(0.5)  # it has looked, and waits
            await worker.stop()
            for _ in range(steps):
                await asyncio.sleep(0)
            worker.wake()
