"""At the doors: the bot and the library find what is meant, show nobody more than they may read,
and go by words alone where the reader cannot tell."""

from __future__ import annotations

from uuid import uuid4

import pytest

from bot.jobs import reading_district
from bot.jobs.reading_district import DistrictReader
from governance.reading.embedding import embed
from governance.reading.matching import meanings, packed
from governance.rules.commands import AskRules, ReadInPublic, ShowRules
from governance.rules.messages import RulesView
from tests.attacks.hall import Hall
from tests.governance.rules.test_asking import answer, town
from tests.journeys.town import ISO, TEACHER

__all__ = ["town"]

ASKED = "Is there a rule about what I do when my Chromebook walks away on the bus?"


class Room:
    """A reading room in this process that knows what texts mean."""

    asked: list[str]

    def __init__(self, *_: object) -> None:
        self.asked = []

    async def correct(self, *_: object) -> None:
        pass

    async def open(self) -> None:
        pass

    async def meanings(self, texts: tuple[str, ...]) -> bytes | None:
        self.asked += texts
        return meanings(texts)

    async def meaning(self, text: str) -> bytes | None:
        self.asked.append(text)
        return packed(embed([text])[0])


@pytest.fixture
async def room(town: Hall, monkeypatch: pytest.MonkeyPatch) -> Room:
    """With a reader that has read the rules."""
    made = Room()
    monkeypatch.setattr(reading_district, "ReadingRoom", lambda *_: made)
    reader = DistrictReader(town.core.store)
    await reader._open()
    town.core.ears.meaning = reader.meaning
    return made


async def headings(town: Hall, question: str) -> list[str]:
    return [one.heading for one in (await answer(town, question)).found]


async def test_the_bot_finds_what_is_meant_in_other_words(
    town: Hall, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "At once" in await headings(town, ASKED)
    assert room.asked[-1] == ASKED

    async def away(_: str) -> None:
        return None

    monkeypatch.setattr(town.core.ears, "meaning", away)
    assert "At once" not in await headings(town, ASKED), "words alone decide"


async def test_what_a_command_came_with_is_not_believed(town: Hall, room: Room) -> None:
    forged = packed(embed(["Call the help desk when a laptop is lost or stolen"])[0])
    said = "Which rule is about passphrases?"
    plain = await town.ask(TEACHER, AskRules(item_id=uuid4(), text=said))
    asked = await town.ask(TEACHER, AskRules(item_id=uuid4(), text=said, meant=forged))
    assert asked.found == plain.found
    shown = await town.ask(TEACHER, ShowRules(query=said, meant=forged))
    assert shown.found == (await town.ask(TEACHER, ShowRules(query=said))).found


async def test_the_library_finds_by_meaning_what_its_reader_may_see(town: Hall, room: Room) -> None:
    bot = ShowRules(query="may chatbots write my newsletters")
    theirs = await town.ask(TEACHER, bot)
    assert isinstance(theirs, RulesView)
    assert "ITR 9" not in {one.number for one in theirs.found}, "only proposed to its committee"
    assert "ITR 9" in {one.number for one in (await town.ask(ISO, bot)).found}
    assert [one.section for one in (await town.ask(TEACHER, ShowRules(query="itr4"))).found] == [0]


async def test_a_version_is_read_once(town: Hall, room: Room) -> None:
    before = list(room.asked)
    assert before
    reader = DistrictReader(town.core.store)
    await reader._open()
    assert room.asked == before
    assert await town.core.store.read(lambda tx: tx.version_without_meaning()) is None


async def test_without_a_model_the_words_decide(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_model(*_: object) -> None:
        return None

    monkeypatch.setattr(Room, "meanings", no_model)
    monkeypatch.setattr(Room, "meaning", no_model)
    monkeypatch.setattr(reading_district, "ReadingRoom", Room)
    reader = DistrictReader(town.core.store)
    await reader._open()
    assert reader.up
    town.core.ears.meaning = reader.meaning
    assert (await headings(town, "What is the rule about a stolen laptop?"))[0] == "At once"


async def test_whoever_is_not_signed_in_does_not_keep_the_reader_busy(
    town: Hall, room: Room
) -> None:
    before = list(room.asked)
    await town.core.dispatch.unsigned(ReadInPublic(shown=ShowRules(query="passphrases")))
    assert room.asked == before
