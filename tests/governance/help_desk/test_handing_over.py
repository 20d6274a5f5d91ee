"""Handing over: asked first, handed over once, its number told, and counted on the docket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from governance.composing import compose
from governance.docket.commands import AnswerItem, FileReading, GiveFeedback
from governance.feedback.model import Destination, ItemState, Urgency
from governance.help_desk.model import (
    HandOverItem,
    HandOverState,
    HelpDeskOffer,
    KeepItem,
    NoteHandOver,
    NoteTicket,
    Ticket,
)
from governance.home.commands import ShowDocket, ShowInbox
from governance.messages import Refused
from governance.urgent.withdrawing import withdraw
from governance.views import DocketView, InboxView
from storage.ledger_tables import delivery
from tests.attacks.hall import Hall, hall, reading
from tests.journeys.town import CHAIR, OFFICE, TEACHER, person

WORDS = "The projector in room 204 is dead, right now, ask Ms. Rivera"
REDACTED = "The projector in room 204 is dead, right now, ask [name]"
DESK = {"help_desk_webhook": "https://desk.example.org/in", "help_desk_secret": "s" * 32}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, **DESK) as found:
        yield found


async def broken(town: Hall, **more: object) -> UUID:
    item = uuid4()
    await town.ask(TEACHER, GiveFeedback(item_id=item, text=WORDS))
    read = replace(
        reading(REDACTED, "network"),
        needs_fixing=True,
        themes=("classroom-projectors",),
        **more,  # type: ignore[arg-type]
    )
    await town.core.dispatch.by_itself(FileReading(item_id=item, reading=read))
    return item


async def kinds(town: Hall, item: UUID) -> list[str]:
    rows = select(delivery.c.kind).where(delivery.c.subject == item).order_by(delivery.c.kind)
    return await town.core.store.read(lambda tx: list(tx.connection.execute(rows).scalars()))


async def composed(town: Hall, kind: str, item: UUID) -> object:
    return await town.core.store.read(lambda tx: compose(tx, kind, item, None, None, town.clock()))


async def test_the_author_is_asked_and_nothing_goes_before_they_say_yes(town: Hall) -> None:
    item = await broken(town)
    offer = await composed(town, "help-desk", item)
    assert isinstance(offer, HelpDeskOffer)
    assert offer.state is HandOverState.OFFERED
    assert "ticket" not in await kinds(town, item)
    assert await composed(town, "ticket", item) is None
    assert (await town.stored(item)).state is ItemState.NEW, "the committee has it meanwhile"


@pytest.mark.parametrize("contact", [True, False])
async def test_a_yes_hands_it_over_once_with_what_they_agreed_to(town: Hall, contact: bool) -> None:
    item = await broken(town)
    yes = HandOverItem(item_id=item, contact=contact)
    for _ in range(2):
        shown = await town.ask(TEACHER, yes)
        assert isinstance(shown, HelpDeskOffer)
        assert shown.state is HandOverState.QUEUED
    assert (await kinds(town, item)).count("ticket") == 1
    ticket = await composed(town, "ticket", item)
    assert isinstance(ticket, Ticket)
    author = await person(town.core, TEACHER)
    assert (ticket.redacted, ticket.room) == (REDACTED, "room 204")
    assert (ticket.name, ticket.email) == ((author.name, TEACHER) if contact else ("", ""))
    assert "Rivera" not in repr(ticket)


async def test_no_ticket_goes_of_what_was_withdrawn_for_danger_meanwhile(town: Hall) -> None:
    item = await broken(town)
    await town.ask(TEACHER, HandOverItem(item_id=item))
    await town.core.store.write(
        lambda tx: withdraw(tx, tx.item(item), town.clock())  # type: ignore[arg-type]
    )
    assert (await town.stored(item)).held_back
    assert await composed(town, "ticket", item) is None


async def test_on_the_docket_it_is_a_count_and_no_item(town: Hall) -> None:
    item = await broken(town)
    await town.ask(TEACHER, HandOverItem(item_id=item))
    view = await town.ask(CHAIR, ShowDocket(queue="network"))
    assert isinstance(view, DocketView)
    assert view.handed_over == (("classroom-projectors", 1),)
    assert item not in {one.item_id for one in (*view.open_items, *view.done_items)}


async def test_its_number_is_told_once_and_may_be_corrected(town: Hall) -> None:
    item = await broken(town)
    await town.ask(TEACHER, HandOverItem(item_id=item))
    for number in ("INC-1", "INC-1", "INC-2", " "):
        await town.core.dispatch.by_itself(NoteTicket(item_id=item, number=number))
    assert (await kinds(town, item)).count("help-desk-news") == 2
    told = await composed(town, "help-desk-news", item)
    assert isinstance(told, HelpDeskOffer)
    assert (told.state, told.number) == (HandOverState.NUMBERED, "INC-2")


async def test_what_the_desk_did_not_take_is_the_committees_again(town: Hall) -> None:
    item = await broken(town)
    await town.ask(TEACHER, HandOverItem(item_id=item))
    failed = NoteHandOver(item_id=item, state=HandOverState.FAILED, why="It was refused (400).")
    await town.core.dispatch.by_itself(failed)
    assert (await town.stored(item)).state is ItemState.NEW
    assert "help-desk-news" in await kinds(town, item), "and the author hears it"


async def test_nobody_knows_is_said_as_it_is(town: Hall) -> None:
    item = await broken(town)
    await town.ask(TEACHER, HandOverItem(item_id=item))
    await town.core.dispatch.by_itself(NoteHandOver(item_id=item, state=HandOverState.UNKNOWN))
    told = await composed(town, "help-desk-news", item)
    assert isinstance(told, HelpDeskOffer)
    assert told.state is HandOverState.UNKNOWN
    assert told.contact, "with whom to ask"
    await town.core.dispatch.by_itself(NoteTicket(item_id=item, number="INC-3"))
    late = await composed(town, "help-desk-news", item)
    assert isinstance(late, HelpDeskOffer)
    assert late.number == "INC-3", "a late number is a number"


async def test_a_no_leaves_it_with_the_committee(town: Hall) -> None:
    item = await broken(town)
    kept = await town.ask(TEACHER, KeepItem(item_id=item))
    assert isinstance(kept, HelpDeskOffer)
    assert kept.state is HandOverState.DECLINED
    assert (await town.stored(item)).state is ItemState.NEW
    assert "ticket" not in await kinds(town, item)


async def test_only_its_author_decides(town: Hall) -> None:
    item = await broken(town)
    for command in (HandOverItem(item_id=item), KeepItem(item_id=item)):
        assert isinstance(await town.ask(OFFICE, command), Refused)
        assert isinstance(await town.ask(CHAIR, command), Refused)


async def test_what_was_answered_meanwhile_is_not_handed_over(town: Hall) -> None:
    item = await broken(town)
    assert await offered(town) == [item]
    await town.ask(CHAIR, AnswerItem(item_id=item, text="A new lamp comes today."))
    assert await offered(town) == [], "nobody has to decide about it anymore"
    late = await town.ask(TEACHER, HandOverItem(item_id=item))
    assert isinstance(late, HelpDeskOffer)
    assert late.state is HandOverState.LATE
    assert (await town.stored(item)).state is ItemState.ANSWERED
    assert "ticket" not in await kinds(town, item)


async def offered(town: Hall) -> list[UUID]:
    """What the teacher's page asks about the help desk."""
    page = await town.ask(TEACHER, ShowInbox())
    assert isinstance(page, InboxView)
    return [e.message.item_id for e in page.entries if isinstance(e.message, HelpDeskOffer)]


@pytest.mark.parametrize(
    "more",
    [
        {"urgency": Urgency.SAFETY},
        {"destination": Destination.RESTRICTED},
        {"needs_fixing": False},
    ],
)
async def test_what_is_graver_or_not_broken_is_not_offered(
    town: Hall, more: dict[str, object]
) -> None:
    item = await broken(town)
    asked = uuid4()
    await town.ask(TEACHER, GiveFeedback(item_id=asked, text=WORDS))
    read = replace(reading(REDACTED, "network"), **({"needs_fixing": True} | more))  # type: ignore[arg-type]
    await town.core.dispatch.by_itself(FileReading(item_id=asked, reading=read))
    assert "help-desk" not in await kinds(town, asked)
    assert "help-desk" in await kinds(town, item)


async def test_without_a_help_desk_nothing_is_offered(tmp_path: Path) -> None:
    async with hall(tmp_path) as town:
        item = await broken(town)
        assert "help-desk" not in await kinds(town, item)


async def test_home_says_once_what_became_of_it(town: Hall) -> None:
    first, second = await broken(town), await broken(town)
    for item in (first, second):
        await town.ask(TEACHER, HandOverItem(item_id=item))
        await town.core.dispatch.by_itself(NoteHandOver(item_id=item, state=HandOverState.SENT))
    view = await town.ask(TEACHER, ShowInbox())
    assert isinstance(view, InboxView)
    told = [one.message.item_id for one in view.entries if isinstance(one.message, HelpDeskOffer)]
    assert sorted(told) == sorted((first, second)), "the offer and its outcome are one line"
