"""Journeys read in earnest, in a process beside the service, and do not wait for each other's to
learn: what one leaves running another goes on with. It learns anew what is different there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from governance.reading import worker
from governance.reading.child import Child
from governance.reading.worker import ReadingRoom

_kept: list[Child] = []
"""One is enough for journeys that follow each other."""

_learned = ReadingRoom._learned
_close = ReadingRoom.close


async def _take(room: ReadingRoom) -> Child:
    if room._child is None and _kept:
        room._child = _kept.pop()
        await room._child.ask(worker._learn, room._lessons, worker.LEARNING_SECONDS)
    return await _learned(room)


async def _leave(room: ReadingRoom) -> None:
    child = room._child
    if child is None or _kept or room._turn.locked():
        await _close(room)
        return
    room._child = None
    await child.ask(worker._correct, (), worker.LEARNING_SECONDS)
    _kept.append(child)


@pytest.fixture(autouse=True)
def one_reading_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReadingRoom, "_learned", _take)
    monkeypatch.setattr(ReadingRoom, "close", _leave)


@pytest.fixture(scope="package", autouse=True)
def no_room_is_left() -> Iterator[None]:
    yield
    while _kept:
        asyncio.run(_kept.pop().end())
