"""What staff said, offered to the ISO as evidence, and read by the owner without who said it.

``pytest tests/governance/gaps/test_said.py -s`` prints the figures of decision 74.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from bot.cards import card_of
from bot.demo.examples import example_past
from bot.files.framework_yaml import included
from bot.files.said_yaml import read_past
from core.words import Words
from governance.controls.answer_commands import AnswerSafeguard
from governance.controls.answer_messages import SafeguardView
from governance.controls.commands import ShowSafeguard
from governance.controls.model import Framework
from governance.docket.commands import MoveItem
from governance.duplicates.model import Alike
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.gaps.commands import JudgeSaid
from governance.gaps.matching import nearest, texts_of
from governance.gaps.said import OfferedToIso, SaidByStaff
from governance.messages import Refused
from governance.reading.matching import meanings
from tests.attacks.hall import Hall, hall
from tests.governance.gaps.towns import assessed, renumbered, sent_back
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER

HERE = Path(__file__).parent
MESSAGES = HERE.parents[2] / "examples" / "district" / "feedback"
SAID = "A teacher who left in June still has an account: nobody closes accounts of leavers"
NUMBER = "2.1"


# -- how often it is right ---------------------------------------------------------------------


@cache
def labelled() -> dict[str, set[str]]:
    """Messages for the information-security committee, with the safeguards that they are about."""
    lines = (HERE / "said.tsv").read_text().splitlines()
    pairs = (line.partition("\t") for line in lines)
    return {key: set(numbers.split()) for key, _, numbers in pairs}


@cache
def said() -> list[tuple[str, str, bytes]]:
    lines = (line for file in MESSAGES.glob("*.jsonl") for line in file.read_text().splitlines())
    found = {one["id"]: one["text"] for one in map(json.loads, lines)}
    texts = [found[key] for key in labelled()]
    return list(zip(labelled(), texts, parts_of(meanings(texts), len(texts)), strict=True))


def parts_of(vectors: bytes | None, many: int) -> list[bytes]:
    assert vectors is not None
    size = len(vectors) // many
    return [vectors[at : at + size] for at in range(0, len(vectors), size)]


def measured(framework: Framework, numbers: Iterable[str]) -> tuple[int, int, int]:
    """(right ones, all that is offered, all that there are) of these safeguards."""
    texts = texts_of(framework)
    wanted = [text for pair in texts.values() for text in pair]
    known = dict(zip(wanted, parts_of(meanings(wanted), len(wanted)), strict=True))
    right = offered = there = 0
    for number in numbers:
        keys = nearest(number, texts, known, said())
        right += sum(number in labelled()[key] for key in keys)
        offered += len(keys)
        there += sum(number in numbers for numbers in labelled().values())
    return right, offered, there


def test_how_often_what_is_offered_is_about_the_safeguard() -> None:
    framework = next(one for one in included().values() if one.key == "cis")
    for group, least, share in (("ig1", 8, 0.5), ("ig3", 9, 1 / 3)):
        numbers = [one.number for one in framework.in_group(group)]
        right, offered, there = measured(framework, numbers)
        print(f"{group}: {right} of {offered} offered are right, of {there} that there are")
        assert right >= least
        assert right / offered >= share


def test_a_message_of_the_demo_is_offered_for_a_safeguard_of_its_assessment() -> None:
    (told,) = (one.text for one in read_past(example_past()).said if one.key == "phishing")
    framework = included()["cis-8.1"]
    texts = texts_of(framework)
    wanted = [text for pair in texts.values() for text in pair]
    known = dict(zip(wanted, parts_of(meanings(wanted), len(wanted)), strict=True))
    messages = [("demo", told, *parts_of(meanings([told]), 1))]
    for number in ("14.2", "14.3"):
        assert nearest(number, texts, known, messages) == ["demo"]


# -- at the door -------------------------------------------------------------------------------


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=5) as found:
        yield found


@pytest.fixture
async def winter(town: Hall) -> UUID:
    return await assessed(town.core)


async def item(town: Hall, words: str = SAID, queue: str = "information-security") -> UUID:
    (vector,) = parts_of(meanings([words]), 1)
    return await town.item(OFFICE, words, queue, alike=Alike(vector=vector, lead=None))


async def read_meanings(town: Hall) -> None:
    """What the reader does beside the service."""
    wanted = await town.core.store.read(lambda tx: list(tx.texts_without_meaning(1000)))
    if not wanted:
        return
    known = dict(zip(wanted, parts_of(meanings(wanted), len(wanted)), strict=True))
    await town.core.store.write(lambda tx: tx.keep_meanings(known))


async def facet(
    town: Hall, who: str, winter: UUID, kind: type = SaidByStaff, number: str = NUMBER
) -> Any:
    found = await town.ask(who, ShowSafeguard(assessment_id=winter, number=number))
    assert isinstance(found, SafeguardView), found
    return next((one for one in found.facets if isinstance(one, kind)), None)


async def offered(town: Hall, winter: UUID) -> list[UUID]:
    await facet(town, ISO, winter)  # asks for the meanings
    await read_meanings(town)
    found = await facet(town, ISO, winter, OfferedToIso)
    return [one.item_id for one in found.messages] if found else []


def judged(winter: UUID, one: UUID, *, used: bool) -> JudgeSaid:
    return JudgeSaid(assessment_id=winter, number=NUMBER, item_id=one, used=used)


async def test_the_iso_is_offered_what_fits_and_the_owner_reads_what_was_used(
    town: Hall, winter: UUID
) -> None:
    fits = await item(town)
    await item(town, "The projector in the gym hums")
    assert await offered(town, winter) == [fits]
    for who in (CTO, TEACHER):
        for kind in (SaidByStaff, OfferedToIso):
            assert await facet(town, who, winter, kind) is None
    shown = await town.ask(ISO, judged(winter, fits, used=True))
    assert isinstance(shown, SafeguardView)
    for who in (ISO, CTO, TEACHER):
        assert await facet(town, who, winter) == SaidByStaff(used=(SAID,))
        assert await facet(town, who, winter, OfferedToIso) is None
    page = repr(card_of(await shown_to(town, TEACHER, winter), Words("en")))
    assert SAID in page
    assert OFFICE not in page
    assert str(fits) not in page
    form = await opened(town, winter)
    assert SAID in repr(card_of(form, Words("es")))


async def shown_to(town: Hall, who: str, winter: UUID) -> Any:
    return await town.ask(who, ShowSafeguard(assessment_id=winter, number=NUMBER))


async def opened(town: Hall, winter: UUID) -> FormView:
    """The owner's form, while there is something to answer."""
    await sent_back(town.core, winter, NUMBER)
    form = await town.ask(TEACHER, Open(of=AnswerSafeguard(assessment_id=winter, number=NUMBER)))
    assert isinstance(form, FormView), form
    return form


async def test_what_is_not_about_it_is_offered_no_more(town: Hall, winter: UUID) -> None:
    fits = await item(town)
    assert await offered(town, winter) == [fits]
    await town.ask(ISO, judged(winter, fits, used=False))
    assert await offered(town, winter) == []
    assert await facet(town, TEACHER, winter) is None


async def test_nothing_is_offered_that_the_iso_may_not_read(town: Hall, winter: UUID) -> None:
    elsewhere = await item(town, queue="network")
    restricted = await item(town, queue="restricted")
    assert await offered(town, winter) == []
    for one in (elsewhere, restricted, winter):
        assert isinstance(await town.ask(ISO, judged(winter, one, used=True)), Refused)
    for who in (CTO, TEACHER, CHAIR):
        assert isinstance(await town.ask(who, judged(winter, elsewhere, used=True)), Refused)


async def test_what_became_restricted_is_shown_no_more(town: Hall, winter: UUID) -> None:
    fits = await item(town)
    await town.ask(ISO, judged(winter, fits, used=True))
    assert await facet(town, TEACHER, winter)
    await town.ask(ISO, MoveItem(item_id=fits, to="restricted", why="It is about somebody"))
    assert await facet(town, TEACHER, winter) is None


async def test_spanish_is_not_guessed_at(town: Hall, winter: UUID) -> None:
    await item(town, "Una maestra que se fue en junio todavía tiene su cuenta de la escuela")
    assert await offered(town, winter) == []


async def test_evidence_follows_its_safeguard_to_its_new_number(town: Hall, winter: UUID) -> None:
    fits, other = await item(town), await item(town, "Old accounts of leavers still work")
    await town.ask(ISO, judged(winter, fits, used=True))
    again = await renumbered(town, winter, NUMBER)
    for who in (ISO, TEACHER):
        assert await facet(town, who, winter) == SaidByStaff(used=(SAID,))
        assert await facet(town, who, again, number="1.10") == SaidByStaff(used=(SAID,))
        assert await facet(town, who, again) is None, "another safeguard has the number now"
    assert fits not in await offered(town, again), "it would be written over"
    await town.ask(ISO, judged(again, other, used=True))
    (words,) = (await facet(town, TEACHER, again)).used
    assert words.startswith("Old accounts")
    assert await facet(town, TEACHER, winter) == SaidByStaff(used=(SAID,))


async def test_evidence_is_taken_in_the_version_that_is_assessed_now(
    town: Hall, winter: UUID
) -> None:
    """Evidence keeps no version: what is taken now counts for the newest."""
    fits = await item(town)
    assert await offered(town, winter) == [fits]
    await renumbered(town, winter, "1.2")
    assert await offered(town, winter) == []
    assert isinstance(await town.ask(ISO, judged(winter, fits, used=True)), Refused)
    assert await facet(town, TEACHER, winter) is None
