"""No sentence promises a message in chat where there is no chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.cards import note_after
from core.people import Platform
from core.words import Words
from governance.digests import wording as digest_words
from governance.digests.commands import ShowDigest
from governance.digests.views import WeekView
from governance.docket.commands import AssignItem
from governance.reach import reminded
from storage.tables import person as person_table
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser
from tests.governance.docket.test_assigning import SAID, members
from tests.journeys.town import CHAIR, TEACHER, person

WORDS = Words()


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


@pytest.mark.parametrize(
    ("platform", "learns"),
    [(Platform.WEB, "sees it on Home."), (Platform.SLACK, "gets a message about it.")],
)
async def test_whoever_assigns_a_message_reads_how_the_other_one_learns_of_it(
    town: Hall, platform: Platform, learns: str
) -> None:
    item, email = await town.item(TEACHER, SAID), members("network")[2]
    change = update(person_table).where(person_table.c.email == email).values(platform=platform)
    await town.core.store.write(lambda tx: tx.connection.execute(change).rowcount)
    member = await person(town.core, email)
    give = AssignItem(item_id=item, to=str(member.id))
    said = note_after(give, await town.ask(CHAIR, give), WORDS)
    assert said == f"{member.name} has it now and {learns}"


async def test_a_committee_without_a_channel_is_told_where_its_messages_appear(town: Hall) -> None:
    view = await town.ask(CHAIR, ShowDigest(queue="network"))
    assert isinstance(view, WeekView)
    for chat in (False, True):
        said = digest_words.chosen(WORDS, view.choice, chat=chat)
        assert ("your channel" in said, "page as it arrives" in said) == (chat, not chat)
    shown = digest_words.chosen(WORDS, view.choice, chat=view.in_chat)
    async with browser(town, CHAIR) as client:
        assert shown in (await client.get("/committees/network/week")).text


def test_reminders_are_said_to_be_on_home_where_nobody_is_in_chat() -> None:
    assert "on Home only" in reminded(WORDS, chat=False)
    assert "Home" not in reminded(WORDS, chat=True)
