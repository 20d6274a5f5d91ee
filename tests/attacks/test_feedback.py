"""What was said in confidence: where its words turn up, and what stops the reading of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from bot.conversation import Reader
from bot.jobs.listening_room import ListeningRoom
from bot.slack.blocks import pen_for
from bot.slack.draw import draw_message
from bot.teams.draw import draw as draw_card
from core.people import Level, Role
from governance.committees.model import RESTRICTED, TRIAGE, Office
from governance.composing import compose
from governance.docket.commands import FileReading, GiveFeedback, MoveItem, ShowItem
from governance.feedback.model import UNREADABLE, ItemState, Naming, Reading
from governance.messages import Brief
from storage.tables import item_original
from storage.transaction import Transaction
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall, reading
from tests.journeys.town import CHAIR, TEACHER, example, person

SAID = "My supervisor shouts at me about the gradebook"
READER = next(o for o in example().district.officers if o.office is Office.RESTRICTED_READER).person
OWNER = next(o for o in example().district.officers if o.office is Office.TRIAGE_OWNER).person


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def composed(town: Hall, item: UUID, queue: str) -> object:
    """What the pump would send to a queue's channel now."""
    return await town.core.store.read(
        lambda tx: compose(tx, "brief", item, None, queue, town.clock())
    )


async def test_a_brief_that_waited_is_not_sent_after_its_item_became_restricted(
    town: Hall,
) -> None:
    item = await town.item(TEACHER, SAID)
    assert isinstance(await composed(town, item, "network"), Brief)
    await town.ask(CHAIR, MoveItem(item_id=item, to=RESTRICTED, why="Not for us"))
    assert await composed(town, item, "network") is None
    unread = await town.ask(READER, MoveItem(item_id=item, to=TRIAGE))
    assert isinstance(unread, Rejected), "never moved unread"
    await town.ask(READER, ShowItem(item_id=item))
    await town.ask(READER, MoveItem(item_id=item, to=TRIAGE))
    assert await composed(town, item, "network") is None
    assert isinstance(await composed(town, item, TRIAGE), Brief)


async def test_the_card_that_takes_a_restricted_items_place_in_a_channel_says_nothing_of_it(
    town: Hall,
) -> None:
    item = await town.item(TEACHER, SAID, naming=Naming.NAMED)
    card = await town.ask(CHAIR, MoveItem(item_id=item, to=RESTRICTED, why="Harassment, again"))
    assert isinstance(card, Brief)
    who = await person(town.core, TEACHER)
    for drawn in (
        str(draw_message(card, pen_for(Reader(), uuid4()))),
        str(draw_card(card, Reader())),
    ):
        for told in ("supervisor", "gradebook", "Harassment", who.family_name):
            assert told not in drawn
    own = await town.ask(READER, ShowItem(item_id=item))
    assert isinstance(own, Brief)
    assert own.redacted == SAID, "whom it is for reads it"
    assert own.history[-1][2] == "Harassment, again"


async def test_a_name_typed_into_the_reason_of_a_move_does_not_travel_along(town: Hall) -> None:
    item = await town.item(TEACHER, "The wifi is down")
    why = "Call Ms. Naomi Whitehorse, 402-555-0188, it is her room"
    moved = await town.ask(CHAIR, MoveItem(item_id=item, to=TRIAGE, why=why))
    assert isinstance(moved, Brief)
    told = (await town.ask(OWNER, ShowItem(item_id=item))).history[-1][2]
    assert "Whitehorse" not in told
    assert "0188" not in told
    assert "it is her room" in told


async def test_a_message_read_for_a_committee_that_was_retired_meanwhile_goes_to_triage(
    town: Hall,
) -> None:
    item = await town.item(TEACHER, SAID, "a-committee-that-is-no-more")
    assert (await town.stored(item)).queue == TRIAGE


class QuickReader:
    async def read(self, text: str, role: Role | None, level: Level | None) -> Reading:
        return reading(text, "network")


async def test_one_message_that_cannot_be_decrypted_does_not_hold_up_the_rest(
    town: Hall,
) -> None:
    store = town.core.store
    first, second = uuid4(), uuid4()
    await town.ask(TEACHER, GiveFeedback(item_id=first, text="first"))
    await town.ask(TEACHER, GiveFeedback(item_id=second, text="second"))

    def spoil(tx: Transaction) -> None:
        tx.connection.execute(
            item_original.update()
            .where(item_original.c.item_id == first)
            .values(encrypted=b"\0" * 60)
        )

    await store.write(spoil)

    async def file(command: FileReading) -> None:
        await town.core.dispatch.by_itself(command)

    room = ListeningRoom(store, QuickReader(), file)
    for _ in range(4):
        await asyncio.wait_for(room.work_once(), 60)
    assert (await town.stored(second)).queue == "network"
    unread = await town.stored(first)
    assert unread.queue == TRIAGE, "never silence: a person looks at it"
    assert unread.reading is not None
    assert unread.reading.redacted == UNREADABLE
    assert unread.state is ItemState.NEW
