"""What people put right reaches the reader before the next message, without learning anew."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import ClassVar

import pytest

from bot.jobs import reading_district
from bot.jobs.reading_district import DistrictReader
from core.people import Level, Role
from governance.committees.model import TRIAGE
from governance.docket.commands import MoveItem
from governance.docket.handlers import FILE_IT
from governance.duplicates.commands import ForgetCorrection
from governance.feedback.model import Reading
from governance.reading.examples import Example
from tests.attacks.hall import Hall, hall, reading
from tests.governance.docket.test_triaging import owner
from tests.journeys.town import CHAIR, TEACHER, example

SAID = "The thing we take attendance in froze"


class Room:
    """A reading room that keeps what it was told."""

    learned = 0
    parts: ClassVar[list[int]] = []
    put_right: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __init__(self, *_: object) -> None:
        Room.learned += 1

    async def retrain(self, *_: object) -> None:
        Room.learned += 1

    async def correct(self, corrections: Sequence[Example]) -> None:
        Room.put_right = tuple((one.text, one.committees) for one in corrections)

    async def read(self, text: str, role: Role | None, level: Level | None) -> Reading:
        return reading(text, "network")

    async def themes_of(self, texts: Sequence[str]) -> Sequence[str]:
        Room.parts.append(len(texts))
        return [f"on {text}" for text in texts]


@pytest.fixture
async def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hall]:
    monkeypatch.setattr(reading_district, "ReadingRoom", Room)
    monkeypatch.setattr(Room, "learned", 0)
    async with hall(tmp_path) as found:
        yield found


async def read(reader: DistrictReader) -> None:
    await reader.read("Anything", Role.TEACHER, Level.HIGH)


async def test_a_move_is_told_before_the_next_message_and_gone_when_it_is_forgotten(
    town: Hall,
) -> None:
    reader = DistrictReader(town.core.store)
    await read(reader)
    assert Room.put_right == ()
    item = await town.item(TEACHER, SAID, TRIAGE)
    await town.ask(owner(), MoveItem(item_id=item, to="network"))
    town.clock.forward(minutes=1)
    filed = await town.item(TEACHER, "The heating again", "network")
    await town.ask(CHAIR, MoveItem(item_id=filed, to=FILE_IT))
    await read(reader)
    assert Room.put_right == (("The heating again", ()), (SAID, ("network",)))
    await town.ask(owner(), ForgetCorrection(item_id=item))
    await read(reader)
    assert Room.put_right == (("The heating again", ()),)
    assert Room.learned == 1, "nothing of this is learned anew at once: that takes seconds"


async def test_many_texts_are_read_for_themes_in_parts_so_that_messages_come_between(
    town: Hall,
) -> None:
    Room.parts.clear()
    texts = [str(at) for at in range(150)]
    assert await DistrictReader(town.core.store).themes_of(texts) == [f"on {at}" for at in texts]
    assert Room.parts == [64, 64, 22]


async def test_a_district_that_is_loaded_again_is_learned_anew(town: Hall) -> None:
    reader = DistrictReader(town.core.store)
    await read(reader)
    town.clock.forward(minutes=1)
    await town.core.store.write(lambda tx: tx.put_district(example().district, "", town.clock()))
    await read(reader)
    assert Room.learned == 2
