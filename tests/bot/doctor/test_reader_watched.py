"""Somebody watches the reader: it starts with the service, is replaced when it hangs, and where it
cannot be, metrics and the doctor say so while the pages go on."""

from __future__ import annotations

import asyncio
import os
import select
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import httpx
import psutil
import pytest

from bot.app.systemd import under_systemd
from bot.doctor.arrivals import arrivals
from governance.docket.commands import GiveFeedback
from governance.reading import worker
from tests.attacks.visiting import ask
from tests.bot.app.test_metrics import value
from tests.governance.reading import breaking
from tests.journeys.running import Running, running, until
from tests.journeys.town import TEACHER, settle


def child(service: Running) -> int | None:
    room = service.house.reader._room
    return room._child.pid if room and room._child else None


async def is_up(service: Running) -> bool:
    return service.house.reader.up is True


async def is_down(service: Running) -> bool:
    return service.house.reader.up is False


async def another(service: Running, first: int) -> bool:
    return child(service) not in (None, first)


@pytest.fixture
async def service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> AsyncIterator[Running]:
    monkeypatch.setattr(worker, "SERVE", getattr(request, "param", breaking.SERVE))
    monkeypatch.setattr("governance.reading.child._SILENCE", 2.0)
    monkeypatch.setattr("bot.jobs.reading_district._LOOK_SECONDS", 0.1)
    async with running(tmp_path, settle(staff=5), reader_at_start=True) as found:
        yield found


async def page(service: Running) -> str:
    async with httpx.AsyncClient() as client:
        assert (await client.get(f"{service.url}/readyz")).status_code == 200
        return (await client.get(f"{service.url}/metrics")).text


async def test_the_reader_starts_with_the_service_and_is_replaced_when_it_hangs(
    service: Running,
) -> None:
    await until(lambda: is_up(service))
    first = child(service)
    assert first is not None, "and nobody has written anything"
    assert value(await page(service), "reader_up") == 1
    psutil.Process(first).suspend()
    await until(lambda: another(service, first))
    await until(lambda: is_up(service))
    assert not psutil.pid_exists(first)


@pytest.mark.parametrize("service", ["raise SystemExit(1)"], indirect=True)
async def test_a_reader_that_cannot_start_is_told_and_takes_no_page_away(service: Running) -> None:
    await until(lambda: is_down(service))
    await ask(service, TEACHER, GiveFeedback(item_id=uuid4(), text="There is a man with a gun"))
    service.clock.forward(minutes=10)
    shown = await page(service)
    assert value(shown, "reader_up") == 0
    assert 'soundingboard_reader_up{process="reader"} 0.0' in shown, "told, not absent"
    assert value(shown, "unread_messages") == 1
    assert 600 <= value(shown, "unread_oldest_seconds") < 900
    told = await arrivals(service.settings, service.url)
    assert [good for good, _ in told[:2]] == [False, False]
    assert "does not answer" in told[0][1]
    assert "1 messages wait to be read, the oldest for 10 minutes" in told[1][1]


class Service:
    hangs: str | None = None


async def test_systemd_hears_that_it_runs_until_something_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as hears:
        hears.bind(str(tmp_path / "notify"))
        hears.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "100000")
        monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()))
        service = Service()

        def next_one() -> str:
            return hears.recv(100).decode()

        async with under_systemd(service):
            assert next_one() == "READY=1"
            for _ in range(2):
                await asyncio.wait_for(asyncio.to_thread(_readable, hears), 10)
                assert next_one() == "WATCHDOG=1"
            service.hangs = "the clock has not ticked for 601 s"
            await asyncio.sleep(0.2)
            while _readable(hears, 0):
                hears.recv(100)
            await asyncio.sleep(0.2)
            assert not _readable(hears, 0), "so systemd starts it again"
        assert next_one() == "STOPPING=1"


def _readable(hears: socket.socket, seconds: float = 10) -> bool:
    return bool(select.select([hears], [], [], seconds)[0])
