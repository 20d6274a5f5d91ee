"""The reading room reads in a child process, survives its death and leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import replace

import psutil
import pytest

from governance.committees import Committee
from governance.reading.worker import ReadingRoom
from surveys.people import Level, Role

FEW = (
    Committee(key="net", name="Network", charter="Wi-Fi, outages.", chair="c@x", deputy="d@x"),
    Committee(key="pay", name="Pay", charter="Payroll, leave.", chair="c@x", deputy="d@x"),
)
TEACHER = (Role.TEACHER, Level.HIGH)


@pytest.fixture
async def room() -> AsyncIterator[ReadingRoom]:
    room = ReadingRoom(FEW, [], names=["Tam Sung"])
    yield room
    await room.close()


def readers() -> list[psutil.Process]:
    """Our child processes that read (not multiprocessing's own resource tracker)."""
    children = psutil.Process().children()
    return [c for c in children if any("spawn_main" in part for part in c.cmdline())]


async def test_nothing_starts_before_the_first_message_and_nothing_stays(
    room: ReadingRoom,
) -> None:
    before = set(readers())
    await room.retrain(FEW, [], names=["Tam Sung"])
    assert set(readers()) == before
    reading = await room.read("tam sung has no wi-fi", *TEACHER)
    assert reading.redacted == "[name] has no wi-fi"
    assert reading.committees[0].committee == "net"
    assert len(set(readers()) - before) == 1
    await room.close()
    assert set(readers()) == before
    await room.close()


async def test_a_reader_that_dies_is_replaced_and_nothing_is_lost(room: ReadingRoom) -> None:
    before = set(readers())
    await room.read("wi-fi", *TEACHER)
    (child,) = set(readers()) - before
    os.kill(child.pid, signal.SIGKILL)
    readings = await asyncio.gather(*(room.read(f"payroll {i}", *TEACHER) for i in range(5)))
    assert [r.committees[0].committee for r in readings] == ["pay"] * 5
    (another,) = set(readers()) - before
    assert another.pid != child.pid


async def test_many_come_back_in_order_and_a_cancelled_read_harms_nobody(
    room: ReadingRoom,
) -> None:
    waiting = asyncio.create_task(room.read("wi-fi", *TEACHER))
    await asyncio.sleep(0.05)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    messages = [(f"{'wi-fi' if i % 2 else 'payroll'} {i}", *TEACHER) for i in range(450)]
    readings = await room.read_many(messages)
    assert [r.redacted for r in readings] == [text for text, _, _ in messages]
    assert [r.committees[0].committee for r in readings[:4]] == ["pay", "net", "pay", "net"]

    renamed = [replace(c, key=c.key + "-2") for c in FEW]
    await room.retrain(renamed, [])
    assert (await room.read("wi-fi", *TEACHER)).committees[0].committee == "net-2"
