"""A docket as a list: what it says of an item is what its brief says, and it costs the same however
many there are."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.exports.dockets import docket_csv
from core.lists import ListRequest
from core.people import Audience
from governance.committees.model import RESTRICTED
from governance.conversations.commands import AskAuthor
from governance.docket.commands import ExportDocket
from governance.docket.messages import DocketLine
from governance.docket.open_items import Aside
from governance.home.commands import ShowDocket
from governance.messages import Brief, Refused
from governance.views import DocketFile, DocketView
from storage.ledger_tables import audit
from tests.attacks.hall import Hall, hall
from tests.governance.office.counting import statements
from tests.journeys.town import CHAIR, OFFICE, TEACHER, person

READER = "bertrand.oyelaran@schools.example.org"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def docket(town: Hall) -> DocketView:
    view = await town.ask(CHAIR, ShowDocket(queue="network"))
    assert isinstance(view, DocketView), view
    return view


async def test_a_line_says_what_the_brief_says(town: Hall) -> None:
    first = await town.item(TEACHER, "The Wi-Fi in the portables drops after lunch.")
    await town.item(OFFICE, "The copier in the office jams.")
    await town.ask(CHAIR, AskAuthor(item_id=first, text="Which portable is it?"))
    view = await docket(town)
    assert {one.asked_back for one in view.open_items} == {True, False}
    for line in view.open_items:
        brief = await beside(town, CHAIR, line.item_id)
        assert isinstance(brief, Brief)
        for one in fields(DocketLine):
            assert getattr(line, one.name) == getattr(brief, one.name), one.name
    asked = ListRequest(row=str(first))
    assert isinstance(await town.ask(TEACHER, ShowDocket(queue="network", asked=asked)), Refused)


async def beside(town: Hall, email: str, item: UUID | None = None) -> Brief | None:
    """What is open beside the list."""
    asked = ListRequest(row=str(item or ""))
    view = await town.ask(email, ShowDocket(queue="network", asked=asked))
    assert isinstance(view, DocketView), view
    return view.beside


async def test_the_item_beside_a_list_is_the_chosen_one_if_it_may_be_seen(town: Hall) -> None:
    first = await town.item(TEACHER, "The Wi-Fi in the portables drops after lunch.")
    elsewhere = await town.item(OFFICE, "The library is closed.", "library-media")
    assert await beside(town, CHAIR) is None, "nothing is open until it is chosen"
    opened = await beside(town, CHAIR, first)
    assert opened is not None
    assert opened.item_id == first
    assert await beside(town, CHAIR, elsewhere) is None, "what another committee has"
    chair = await person(town.core, CHAIR)
    await town.core.store.write(lambda tx: tx.keep_from(first, chair.id))
    assert await beside(town, CHAIR, first) is None, "what names the reader"


async def test_fifty_items_take_the_statements_of_five(town: Hall) -> None:
    for n in range(5):
        await town.item(TEACHER, f"The switch in room {n} hums.")
    few, _ = await statements(town, CHAIR, ShowDocket(queue="network"))
    people = await town.core.store.read(lambda tx: tx.people_of(Audience()))
    for n in range(45):
        await town.item(people[n].email, f"The access point in hall {n} is dark.")
    many, view = await statements(town, CHAIR, ShowDocket(queue="network"))
    assert len(view.open_items) == 50
    assert many == few <= 25


async def test_a_file_of_the_docket_has_redacted_words_and_is_noted(town: Hall) -> None:
    await town.item(TEACHER, "The Wi-Fi in the portables drops after lunch.")
    file = await town.ask(CHAIR, ExportDocket(queue="network"))
    assert isinstance(file, DocketFile)
    assert file.lines == (await docket(town)).open_items
    said = docket_csv((replace(file.lines[0], redacted="=HYPERLINK(1)"),)).decode()
    assert "'=HYPERLINK(1)" in said, "no spreadsheet calculates it"
    assert ",1,2026-" in said, "one person, and the day"
    aside = Aside(until=date(2026, 10, 12), why="It can wait.")
    named = docket_csv((replace(file.lines[0], subject="Portables", aside=aside),)).decode()
    assert ",Portables," in named
    assert ",2026-10-12,It can wait." in named
    chain = await town.core.store.read(
        lambda tx: tx.connection.execute(select(audit.c.what)).scalars().all()
    )
    assert "docket exported: network, 1" in chain
    assert isinstance(await town.ask(TEACHER, ExportDocket(queue="network")), Refused)


async def test_what_is_sensitive_is_in_no_file(town: Hall) -> None:
    await town.item(TEACHER, "He shouts at me in the lab.", queue=RESTRICTED)
    assert isinstance(await town.ask(READER, ExportDocket(queue=RESTRICTED)), Refused)
