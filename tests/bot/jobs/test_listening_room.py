"""The listening room: everything that was said is filed, and one fault holds up nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from bot.jobs import listening_room
from bot.jobs.listening_room import ListeningRoom
from bot.jobs.reading_district import DistrictReader
from core.people import Level, Role
from governance.committees.model import RESTRICTED, TRIAGE, Office
from governance.docket.commands import FileReading, GiveFeedback, MoveItem, ShowItem
from governance.feedback.model import ItemState, Reading
from governance.home.commands import ShowDocket
from governance.messages import Refused
from governance.reading import worker
from governance.reading.child import ChildFaultError
from governance.reading.worker import UnreadError
from governance.redaction.commands import RemoveStudentData
from storage.tables import item_original
from tests.attacks.hall import Hall, hall, reading
from tests.governance.reading import breaking
from tests.journeys.town import TEACHER, example

WHOLE = "raise: call my mother at 555-123-4567"


def named(office: Office) -> str:
    return next(one.person for one in example().district.officers if one.office is office)


@pytest.fixture
async def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hall]:
    monkeypatch.setattr(worker, "SERVE", breaking.SERVE)
    async with hall(tmp_path) as found:
        yield found


class Reads:
    """Reads everything as being for the network, except what cannot be read."""

    def __init__(self) -> None:
        self.read_so_far: list[str] = []

    async def read(self, text: str, role: Role | None, level: Level | None) -> Reading:
        self.read_so_far.append(text)
        if text == WHOLE:
            raise UnreadError("ValueError")
        if text == "no reader":
            raise ChildFaultError("MemoryError")
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


async def test_what_cannot_be_read_is_the_restricted_readers_and_holds_up_nothing(
    town: Hall,
) -> None:
    """By the child process, which raises, and with the district's own reader around it."""
    bad, danger, good = await say(town, WHOLE, "loop: she has a gun", "the wi-fi is slow")
    reader = DistrictReader(town.core.store)
    room = ListeningRoom(town.core.store, reader, town.core.dispatch.by_itself)
    try:
        await room.work_once()
    finally:
        await reader.close()
    assert await filed(town, good) == (ItemState.NEW, TRIAGE), "its committee is not here"
    assert await filed(town, bad) == (ItemState.NEW, RESTRICTED)
    assert await town.core.store.read(lambda tx: tx.open_urgent(danger)), "a responder hears"
    assert not await town.core.store.read(lambda tx: tx.open_urgent(bad))
    owner, sensitive = named(Office.TRIAGE_OWNER), named(Office.RESTRICTED_READER)
    view = await town.ask(owner, ShowDocket(queue=TRIAGE))
    assert view.unread == 2
    assert "555-123" not in str(view), "triage sees that there is one, and none of its words"
    shown = await town.ask(sensitive, ShowItem(item_id=bad))
    assert shown.redacted == WHOLE
    assert isinstance(await town.ask(owner, ShowItem(item_id=bad)), Refused)
    await town.ask(sensitive, MoveItem(item_id=bad, to="network", why=""))
    stored = await town.stored(bad)
    assert stored.reading is not None
    redacted = "raise: call my mother at [phone]"
    assert (stored.queue, stored.reading.redacted) == ("network", redacted), "a person let it go on"


async def test_personal_data_is_taken_out_before_it_is_passed_on(town: Hall) -> None:
    (bad,) = await say(town, WHOLE)
    reads = Reads()
    room = ListeningRoom(town.core.store, reads, town.core.dispatch.by_itself)
    await room.work_once()
    sensitive = named(Office.RESTRICTED_READER)
    await town.ask(sensitive, ShowItem(item_id=bad))
    await town.ask(sensitive, RemoveStudentData(item_id=bad, words="555-123-4567"))
    await town.ask(sensitive, MoveItem(item_id=bad, to="network", why=""))
    stored = await town.stored(bad)
    assert stored.reading is not None
    assert stored.reading.redacted == WHOLE.replace("555-123-4567", "[student data]")


async def test_while_no_reader_is_there_messages_wait_and_then_go_to_a_person(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    (waits,) = await say(town, "no reader")
    reads = Reads()
    room = ListeningRoom(town.core.store, reads, town.core.dispatch.by_itself)
    assert not await room.work_once()
    assert not await room.work_once()
    assert await filed(town, waits) == (ItemState.RECEIVED, None)
    monkeypatch.setattr(listening_room, "_WAITS", 0.0)
    assert await room.work_once()
    assert await filed(town, waits) == (ItemState.NEW, RESTRICTED)


async def test_twenty_that_cannot_be_filed_hold_up_nothing(town: Hall) -> None:
    *bad, good = await say(town, *(f"bad {number}" for number in range(20)), "good")

    async def file(command: FileReading) -> None:
        if command.item_id in bad:
            raise RuntimeError("no such committee")
        await town.core.dispatch.by_itself(command)

    room = ListeningRoom(town.core.store, Reads(), file)
    for _ in range(4):
        await room.work_once()
    assert await filed(town, good) == (ItemState.NEW, "network")


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
