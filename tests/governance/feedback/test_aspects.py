"""A message whose parts differ in tone: its committee sees that on the item's page, and nothing of
it stays when words are taken out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.lists import ListRequest
from governance.docket.commands import FileReading, GiveFeedback, ShowItem
from governance.feedback.model import Aspect, Tone
from governance.home.commands import ShowDocket
from governance.messages import Brief
from governance.redaction.commands import RemoveStudentData
from tests.attacks.hall import Hall, hall, reading
from tests.journeys.town import CHAIR, TEACHER

PRAISE = "The new panels are wonderful"
BLAME = "but Zuleyka has no pen."


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


@pytest.fixture
async def item(town: Hall) -> UUID:
    said, found = f"{PRAISE}, {BLAME}", uuid4()
    aspects = (
        Aspect(start=0, end=len(PRAISE), tone=Tone.POSITIVE),
        Aspect(start=len(said) - len(BLAME), end=len(said), tone=Tone.NEGATIVE),
    )
    await town.ask(TEACHER, GiveFeedback(item_id=found, text=said))
    read = replace(reading(said, "network"), aspects=aspects)
    await town.core.dispatch.by_itself(FileReading(item_id=found, reading=read))
    return found


async def test_the_page_of_an_item_says_how_each_part_sounds(town: Hall, item: UUID) -> None:
    page = await town.ask(CHAIR, ShowItem(item_id=item))
    assert isinstance(page, Brief)
    assert page.aspects == ((PRAISE, Tone.POSITIVE), (BLAME, Tone.NEGATIVE))
    listed = await town.ask(CHAIR, ShowDocket(queue="network"))
    assert [hasattr(line, "aspects") for line in listed.open_items] == [False]
    asked = ListRequest(row=str(item))
    beside = (await town.ask(CHAIR, ShowDocket(queue="network", asked=asked))).beside
    assert beside.item_id == item
    assert beside.aspects == ()


async def test_what_is_taken_out_takes_the_parts_along(town: Hall, item: UUID) -> None:
    brief = await town.ask(CHAIR, RemoveStudentData(item_id=item, words="Zuleyka"))
    assert isinstance(brief, Brief)
    page = await town.ask(CHAIR, ShowItem(item_id=item))
    assert page.aspects == ()
    assert "Zuleyka" not in str(page)
