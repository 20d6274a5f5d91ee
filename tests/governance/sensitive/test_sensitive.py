"""What is sensitive: one named reader, every day; never filed and never moved unread."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import fields, replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.jobs.listening_room import set_aside
from bot.registry import operation_of
from core.commands import Command
from governance.committees.model import RESTRICTED, Office
from governance.composing import compose
from governance.docket.commands import FileReading, MoveItem, ShowItem
from governance.docket.handlers import FILE_IT
from governance.feedback.model import ItemState, Span
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.home.commands import RemindReader, ShowDocket
from governance.messages import Brief, RestrictedWaiting
from governance.redaction.commands import RemoveStudentData
from governance.redaction.put_back import PutBack
from governance.views import DocketView
from storage.ledger_tables import audit, delivery
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.governance.test_access import EVERYTHING
from tests.journeys.town import CHAIR, TEACHER, example, person

WORDS = "My supervisor comments on my body"
OFFICER = next(one for one in example().district.officers if one.office is Office.RESTRICTED_READER)
READER, DEPUTY = OFFICER.person, OFFICER.deputies[0]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def reminded(town: Hall) -> list[UUID]:
    rows = select(delivery.c.person_id).where(delivery.c.kind == "restricted-daily")
    return await town.core.store.read(lambda tx: list(tx.connection.execute(rows).scalars()))


async def test_the_list_shows_no_words_and_opening_one_is_on_record(town: Hall) -> None:
    item = await town.item(TEACHER, WORDS, queue=RESTRICTED)
    view = await town.ask(READER, ShowDocket(queue=RESTRICTED))
    assert isinstance(view, DocketView)
    assert view.open_items[0].unopened
    assert WORDS not in repr(view)
    opened = await town.ask(READER, ShowItem(item_id=item))
    assert isinstance(opened, Brief)
    assert opened.redacted == WORDS
    again = await town.ask(READER, ShowDocket(queue=RESTRICTED))
    assert WORDS in repr(again)
    lines = select(audit.c.who).where(
        audit.c.subject == item, audit.c.what == "opened something sensitive"
    )
    who = await town.core.store.read(lambda tx: list(tx.connection.execute(lines).scalars()))
    assert who == [(await person(town.core, READER)).id]


ABOUT_ITEMS = [
    Open(of=one) if operation_of(one).opens else one
    for one in EVERYTHING
    if "item_id" in {each.name for each in fields(one)}
    and (operation_of(one).opens or operation_of(one).reads)
]
"""What shows a form or a page about an item. It notes nothing, and so may show no words."""


def about(asked: Command, item: UUID) -> Command:
    """The same about an item."""
    if isinstance(asked, Open):
        return replace(asked, of=replace(asked.of, item_id=item))  # type: ignore[call-arg]
    return replace(asked, item_id=item)  # type: ignore[call-arg]


async def test_nothing_that_notes_no_opening_shows_the_words(town: Hall) -> None:
    item = await town.item(TEACHER, WORDS, queue=RESTRICTED)
    shown = [repr(await town.ask(READER, about(one, item))) for one in ABOUT_ITEMS]
    assert len(shown) > 5, "there are forms and pages about items"
    told = [one for one, said in zip(ABOUT_ITEMS, shown, strict=True) if WORDS in said]
    assert not told, [type(getattr(one, "of", one)).__name__ for one in told]
    why = "Ask Naomi Whitehorse about it."
    named = MoveItem(item_id=item, to="network", why=why, put_back=PutBack(seen=""))
    assert WORDS not in repr(await town.ask(READER, named)), "nor where a form asks back"
    await town.ask(READER, ShowItem(item_id=item))
    assert WORDS in repr(await town.ask(READER, Open(of=MoveItem(item_id=item))))


@pytest.mark.parametrize("to", [FILE_IT, "network", "triage"])
async def test_it_is_never_filed_or_moved_unread(town: Hall, to: str) -> None:
    item = await town.item(TEACHER, WORDS, queue=RESTRICTED)
    back = await town.ask(READER, MoveItem(item_id=item, to=to))
    assert isinstance(back, Rejected)
    assert "read it first" in back.unfit["to"].why
    stored = await town.stored(item)
    assert (stored.queue, stored.state) == (RESTRICTED, ItemState.NEW)
    await town.ask(READER, ShowItem(item_id=item))
    assert isinstance(await town.ask(READER, MoveItem(item_id=item, to=to)), Brief)


async def test_the_reader_hears_daily_and_after_a_day_the_deputy_too(town: Hall) -> None:
    await town.core.dispatch.by_itself(RemindReader())
    assert await reminded(town) == [], "nothing is unread"
    item = await town.item(TEACHER, WORDS, queue=RESTRICTED)
    reader, deputy = [(await person(town.core, email)).id for email in (READER, DEPUTY)]
    for _ in range(2):
        await town.core.dispatch.by_itself(RemindReader())
    assert await reminded(town) == [reader], "once a day"
    town.clock.forward(days=1)
    await town.core.dispatch.by_itself(RemindReader())
    assert sorted(await reminded(town)) == sorted([reader, reader, deputy])
    said = await town.core.store.read(
        lambda tx: compose(tx, "restricted-daily", item, None, None, town.clock())
    )
    assert isinstance(said, RestrictedWaiting)
    assert (said.count, said.late) == (1, True)
    assert WORDS not in repr(said)
    await town.ask(DEPUTY, ShowItem(item_id=item))
    town.clock.forward(days=1)
    await town.core.dispatch.by_itself(RemindReader())
    assert len(await reminded(town)) == 3, "it was read"


SET_ASIDE = "Call me at 559-555-0142, no projector in the gym works."


async def set_aside_and_opened(town: Hall) -> UUID:
    item = await town.unread(TEACHER, SET_ASIDE)
    await town.core.dispatch.by_itself(FileReading(item_id=item, reading=set_aside(SET_ASIDE)))
    opened = await town.ask(READER, ShowItem(item_id=item))
    assert isinstance(opened, Brief)
    assert opened.redacted == SET_ASIDE, "it could not be read otherwise"
    return item


@pytest.mark.parametrize("purged", [False, True])
async def test_what_could_not_be_read_is_moved_without_personal_details(
    town: Hall, *, purged: bool
) -> None:
    item = await set_aside_and_opened(town)
    if purged:
        await town.ask(READER, RemoveStudentData(item_id=item, words="gym"))
    assert isinstance(await town.ask(READER, MoveItem(item_id=item, to="network")), Brief)
    there = await town.ask(CHAIR, ShowItem(item_id=item))
    assert isinstance(there, Brief)
    gym = "[student data]" if purged else "gym"
    assert there.redacted == f"Call me at [phone], no projector in the {gym} works."


async def test_what_cannot_be_redacted_is_moved_once_a_person_has_redacted_it(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = await set_aside_and_opened(town)

    def fails(_: str) -> tuple[Span, ...]:
        raise OverflowError

    monkeypatch.setattr("governance.redaction.originals.find", fails)
    back = await town.ask(READER, MoveItem(item_id=item, to="network"))
    assert isinstance(back, FormView)
    assert "Student data here" in back.unfit["to"].why
    assert (await town.stored(item)).queue == RESTRICTED
    await town.ask(READER, RemoveStudentData(item_id=item, words="559-555-0142"))
    assert isinstance(await town.ask(READER, MoveItem(item_id=item, to="network")), Brief)
    there = await town.ask(CHAIR, ShowItem(item_id=item))
    assert there.redacted == "Call me at [student data], no projector in the gym works."
