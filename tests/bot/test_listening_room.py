"""The listening room: everything that was said is filed, and one fault holds up nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from bot import listening_room
from bot.listening_room import ListeningRoom, unsure
from governance.commands import FileReading, GiveFeedback
from governance.committees import TRIAGE
from governance.feedback import ItemState, Reading
from storage.tables import item_original
from surveys.people import Level, Role
from tests.attacks.hall import Hall, hall, reading
from tests.journeys.town import TEACHER


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


class Reads:
    """Reads everything as being for the network, except what says that it cannot be read."""

    def __init__(self) -> None:
        self.read_so_far: list[str] = []

    async def read(self, text: str, role: Role | None, level: Level | None) -> Reading:
        self.read_so_far.append(text)
        if "unreadable" in text:
            raise RuntimeError("the child process died")
        return reading(text, "network")


async def say(town: Hall, *texts: str) -> list[UUID]:
    items = [uuid4() for _ in texts]
    for item, text in zip(items, texts, strict=True):
        await town.ask(TEACHER, GiveFeedback(item_id=item, text=text))
        town.clock.forward(seconds=1)
    return items


async def filed(town: Hall, item: UUID) -> tuple[ItemState, str | None]:
    found = await town.core.store.read(lambda tx: tx.item(item))
    assert found is not None
    return found.state, found.queue


async def test_it_reads_oldest_first_each_once(town: Hall) -> None:
    items = await say(town, "one", "two", "three")
    reads = Reads()
    room = ListeningRoom(town.core.store, reads, town.core.dispatch.by_itself)
    assert await room.work_once()
    assert reads.read_so_far == ["one", "two", "three"]
    assert not await room.work_once()
    for item in items:
        assert await filed(town, item) == (ItemState.NEW, "network")


async def test_what_cannot_be_read_goes_to_triage_after_three_tries(town: Hall) -> None:
    bad, good = await say(town, "unreadable, call 555-123-4567", "two")
    reads = Reads()
    room = ListeningRoom(town.core.store, reads, town.core.dispatch.by_itself)
    await room.work_once()
    assert await filed(town, bad) == (ItemState.RECEIVED, None), "not yet"
    assert await filed(town, good) == (ItemState.NEW, "network"), "not held up"
    while await room.work_once():
        pass
    assert await filed(town, bad) == (ItemState.NEW, TRIAGE)
    assert len([one for one in reads.read_so_far if "unreadable" in one]) == 3
    stored = await town.stored(bad)
    assert stored.reading is not None
    assert "555" not in stored.reading.redacted, "redacted all the same"


async def test_an_original_that_cannot_be_decrypted_holds_up_nothing(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = await say(town, "one", "two")
    await town.core.store.write(
        lambda tx: tx.connection.execute(
            item_original.update().where(item_original.c.item_id == bad).values(encrypted=b"?" * 40)
        )
    )
    monkeypatch.setattr(listening_room, "_TRIES", 1)
    room = ListeningRoom(town.core.store, Reads(), town.core.dispatch.by_itself)
    await room.work_once()
    assert await filed(town, good) == (ItemState.NEW, "network")
    assert await filed(town, bad) == (ItemState.NEW, TRIAGE)


async def test_an_item_that_cannot_be_filed_holds_up_nothing_and_is_tried_again(
    town: Hall,
) -> None:
    bad, good = await say(town, "one", "two")
    broken = True

    async def file(command: FileReading) -> None:
        if command.item_id == bad and broken:
            raise RuntimeError("no such committee")
        await town.core.dispatch.by_itself(command)

    room = ListeningRoom(town.core.store, Reads(), file)
    assert await room.work_once()
    assert await filed(town, good) == (ItemState.NEW, "network")
    assert not await room.work_once(), "nothing came of it, so it waits before it tries again"
    broken = False
    assert await room.work_once()
    assert await filed(town, bad) == (ItemState.NEW, "network")


def test_unsure_is_redacted_and_for_triage() -> None:
    made = unsure("Write to jo@example.org")
    assert "jo@example.org" not in made.redacted
    assert made.route == "triage"
