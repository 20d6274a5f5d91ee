"""A worker on a real PostgreSQL that goes away and comes back, and a worker that is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from scheduler import jobs as scheduler_jobs
from scheduler import worker as scheduler_worker
from scheduler.job_schema import whole_schema
from tests.postgres import fresh_database
from tests.scheduler.jobs_town import Town, ask, jobs, until, working

CUT_OFF = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)

NOTHING_ENDS = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'not now'; END $$;
CREATE TRIGGER nothing_ends BEFORE DELETE ON procrastinate_jobs
    FOR EACH ROW EXECUTE FUNCTION refuse();
"""


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database is waited for, and what is held looked at, in a fraction of the time. That the
    promise holds with the real times is shown by what could not be recorded."""
    monkeypatch.setattr(scheduler_jobs, "_POOL_PATIENCE_SECONDS", 0.6)
    monkeypatch.setattr(scheduler_jobs, "_UNRECORDED_SECONDS", 1.0)
    monkeypatch.setattr(scheduler_worker, "_RECOVER_SECONDS", 0.3)


@contextmanager
def away(address: str) -> Iterator[None]:
    """The database ends all connections and takes none."""
    name = conninfo_to_dict(address)["dbname"]
    other = make_conninfo(address, dbname="postgres")
    with psycopg.connect(other, autocommit=True) as admin:
        allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        admin.execute(allow.format(sql.Identifier(str(name)), sql.SQL("false")))
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        yield
        admin.execute(allow.format(sql.Identifier(str(name)), sql.SQL("true")))


async def test_a_worker_whose_connections_are_cut_works_again_by_itself(address: str) -> None:
    town = Town(left={"north": 1}, gate=asyncio.Event())
    async with working(address, town):
        await until(lambda: town.begun["north"] == 1)
        assert ask(address, CUT_OFF), "it had connections"
        town.gate.set()  # what was in flight ends while nothing can be written down
        town.gate = None
        town.left |= {"north": 3, "south": 3}
        await until(lambda: town.done)
        assert ask(address, CUT_OFF)
        town.left |= {"north": 3}
        await until(lambda: town.done)
        await until(lambda: set(jobs(address)) <= {("sweep", "todo")})
    assert town.most_at_once == {"north": 1, "south": 1}


@pytest.mark.usefixtures("impatient")
async def test_what_was_in_flight_when_the_database_went_away_is_not_held_up_by_it(
    address: str,
) -> None:
    """It ends, and the database does not hear of it: its lane is still held by a worker that the
    database believes to live. The process knows better."""
    town = Town(left={"north": 1}, gate=asyncio.Event())
    async with working(address, town):
        await until(lambda: town.begun["north"] == 1)
        ask(address, "UPDATE procrastinate_workers SET last_heartbeat = now() + interval '1 hour'")
        with away(address):
            town.gate.set()
            await until(lambda: town.ended["north"] == 1)
            await asyncio.sleep(1.3)  # longer than the pool's patience
        town.left = {"north": 2}
        await until(lambda: town.done)
    assert town.most_at_once == {"north": 1}


async def test_a_job_that_ended_and_could_not_be_recorded_holds_its_lane_no_longer_than_promised(
    address: str,
) -> None:
    """The worker lives on and gives signs of it: nobody else may take the lane from it."""
    town = Town(left={"north": 2})
    ask(address, NOTHING_ENDS)
    async with working(address, town):
        await until(lambda: town.ended["north"] == 1)
        await asyncio.sleep(1)
        assert jobs(address)["lane:north", "doing"] == 1
        # In a thread: it waits for whatever the worker, in this loop, has begun with the table.
        await asyncio.to_thread(ask, address, "DROP TRIGGER nothing_ends ON procrastinate_jobs")
        await until(lambda: town.done)
        await until(lambda: jobs(address)["lane:north", "doing"] == 0)
    assert town.most_at_once == {"north": 1}


@pytest.mark.usefixtures("impatient")
async def test_a_job_that_is_not_over_is_left_alone_however_long_it_takes(address: str) -> None:
    town = Town(left={"north": 2}, gate=asyncio.Event())
    async with working(address, town):
        await until(lambda: town.begun["north"] == 1)
        await asyncio.sleep(2)
        assert town.begun["north"] == 1
        town.gate.set()
        await until(lambda: town.done)
    assert town.most_at_once == {"north": 1}


async def test_a_worker_waits_for_a_database_that_is_not_there_yet() -> None:
    with fresh_database() as url:
        town = Town(left={"north": 1})
        async with working(url, town):
            await asyncio.sleep(1)
            assert not town.begun
            ask(url, whole_schema())
            await until(lambda: town.done)


async def test_stopping_ends_what_is_in_flight_and_begins_nothing(address: str) -> None:
    town = Town(left={"north": 5, "south": 5}, gate=asyncio.Event())
    async with working(address, town) as worker:
        await until(lambda: town.begun.total() == 2)
        await worker.stop()
        await asyncio.sleep(0.5)
        assert town.at_once.total() == 2, "it waits for them"
        town.gate.set()
    assert town.ended == town.begun == {"north": 1, "south": 1}
    assert town.broken_off == {}
    assert {status for _, status in jobs(address)} <= {"todo"}, "another can go on at once"


async def test_stopping_does_not_wait_longer_than_it_was_told(address: str) -> None:
    town = Town(left={"north": 1}, gate=asyncio.Event())
    async with working(address, town, patience=0.3) as worker:
        await until(lambda: town.begun["north"] == 1)
        await worker.stop()
        await until(lambda: town.broken_off["north"] == 1)
    assert jobs(address)["lane:north", "doing"] == 0
    town.gate.set()
    async with working(address, town):
        await until(lambda: town.done)
