"""Journeys read in earnest, in a process beside the service, and do not wait for each other's to
learn: what one leaves running another goes on with. It learns anew what is different there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest

from governance.reading import worker
from governance.reading.worker import ReadingRoom

_kept: list[ProcessPoolExecutor] = []
"""One is enough for journeys that follow each other."""

_running = ReadingRoom._running
_close = ReadingRoom.close


def _take(room: ReadingRoom) -> ProcessPoolExecutor:
    if room._pool is None and _kept:
        room._pool = _kept.pop()
        room._pool.submit(worker._learn, room._lessons)
    return _running(room)


async def _leave(room: ReadingRoom) -> None:
    pool = room._pool
    if pool is None or _kept or not all(one.is_alive() for one in pool._processes.values()):
        await _close(room)
        return
    room._pool = None
    await asyncio.wrap_future(pool.submit(worker._correct, ()))  # and all that was asked before it
    _kept.append(pool)


@pytest.fixture(autouse=True)
def one_reading_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReadingRoom, "_running", _take)
    monkeypatch.setattr(ReadingRoom, "close", _leave)


@pytest.fixture(scope="package", autouse=True)
def no_room_is_left() -> Iterator[None]:
    yield
    while _kept:
        pool = _kept.pop()
        for child in list(pool._processes.values()):
            child.terminate()
        pool.shutdown(wait=True, cancel_futures=True)
