"""Listening: stored at once and encrypted, then filed where the reading says, once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from bot.cards import card_of
from bot.operator.loading import load
from core.words import Words
from governance.committees.model import RESTRICTED, TRIAGE, Office
from governance.docket.commands import FileReading, GiveFeedback, ShowFeedbackForm
from governance.feedback.handlers import LONGEST
from governance.feedback.model import (
    COMMITTEE_RETIRED,
    Destination,
    ItemState,
    Likely,
    Naming,
    Reading,
    Tone,
    Urgency,
)
from governance.home.commands import ShowInbox
from governance.messages import FeedbackForm, FeedbackReceived
from storage.ledger_tables import delivery
from storage.transaction import Transaction
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.journeys.town import OFFICE, TEACHER, example, person, small_roster


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def read(
    destination: Destination,
    committee: str | None = None,
    urgency: Urgency | None = None,
) -> Reading:
    return Reading(
        redacted="The [name] drops.",
        spans=(),
        tone=Tone.NEGATIVE,
        polarity=-0.2,
        urgency=urgency,
        destination=destination,
        committees=(Likely(committee=committee, probability=0.7),) if committee else (),
        confidence=0.7,
    )


async def said(town: Hall, text: str = "The wifi drops.") -> UUID:
    item = uuid4()
    received = await town.ask(TEACHER, GiveFeedback(item_id=item, text=text))
    desk = (await town.core.store.read(lambda tx: tx.district())).contacts["help-desk"]
    assert received == FeedbackReceived(item_id=item, naming=Naming.WITHHELD, help_desk=desk)
    assert desk in str(card_of(received, Words())), "whether it is a fault is not known yet"
    return item


async def file(town: Hall, item: UUID, reading: Reading) -> None:
    await town.core.dispatch.by_itself(FileReading(item_id=item, reading=reading))


async def queued(town: Hall, item: UUID) -> list[tuple[str, str, int]]:
    """(kind, recipient, priority) of what was queued about an item."""

    def rows(tx: Transaction) -> list[tuple[str, str, int]]:
        found = tx.connection.execute(
            select(delivery.c.kind, delivery.c.recipient, delivery.c.priority)
            .where(delivery.c.subject == item)
            .order_by(delivery.c.kind, delivery.c.recipient)
        )
        return [(r.kind, r.recipient, r.priority) for r in found]

    return await town.core.store.read(rows)


async def to_person(town: Hall, email: str) -> str:
    return f"person:{(await person(town.core, email)).id}"


def officers(office: Office) -> tuple[str, ...]:
    found = next(one for one in example().district.officers if one.office is office)
    return (found.person, *found.deputies)


# -- storing ------------------------------------------------------------------------------------


async def test_words_are_stored_encrypted_and_come_back_as_they_were(town: Hall) -> None:
    item = await said(town, "  Ms. Whitehorse's wifi drops.\r\nEvery day.  ")
    stored = await town.core.store.read(lambda tx: tx.original(item))
    assert stored == "Ms. Whitehorse's wifi drops.\nEvery day."
    path = town.core.store.path
    assert path is not None
    for file in path.parent.glob(f"{path.name}*"):
        assert b"Whitehorse's wifi" not in await asyncio.to_thread(file.read_bytes)


async def test_the_same_words_twice_are_one_item(town: Hall) -> None:
    command = GiveFeedback(item_id=uuid4(), text="Once.")
    first, second = await asyncio.gather(town.ask(TEACHER, command), town.ask(TEACHER, command))
    assert first == second
    view = await town.ask(TEACHER, ShowInbox())
    assert len(view.items) == 1


@pytest.mark.parametrize("blank", ["", " \n\t ", "\x00", "\u202e"])
async def test_nothing_said_is_sent_back_and_not_stored(town: Hall, blank: str) -> None:
    back = await town.ask(TEACHER, GiveFeedback(item_id=uuid4(), text=blank))
    assert isinstance(back, Rejected)
    assert not await town.core.store.read(lambda tx: tx.unread_items())


@pytest.mark.parametrize("length", [LONGEST + 1, 1_000_000])
async def test_too_much_is_sent_back_with_both_numbers(town: Hall, length: int) -> None:
    back = await town.ask(TEACHER, GiveFeedback(item_id=uuid4(), text="x" * length))
    assert isinstance(back, Rejected)
    assert back.unfit["text"].values == {"n": length, "most": LONGEST}
    assert not await town.core.store.read(lambda tx: tx.unread_items())


async def test_as_much_as_fits_is_taken(town: Hall) -> None:
    item = await said(town, "é" * LONGEST)
    assert await town.core.store.read(lambda tx: tx.original(item)) == "é" * LONGEST


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("nul\x00 and escape\x1b[2J", "nul and escape[2J"),
        ("half a pair \ud83d here", "half a pair  here"),
        ("turned \u202eround\u202c", "turned round"),
        ("<script>alert(1)</script> <!everyone>", "<script>alert(1)</script> <!everyone>"),
        ("شبكة الواي فاي بطيئة 👩🏽‍🏫", "شبكة الواي فاي بطيئة 👩🏽‍🏫"),
        ("'; DROP TABLE item; --", "'; DROP TABLE item; --"),
    ],
)
async def test_hostile_words_are_kept_as_words(town: Hall, typed: str, kept: str) -> None:
    item = await said(town, typed)
    assert await town.core.store.read(lambda tx: tx.original(item)) == kept


async def test_the_form_opens_with_what_was_typed_and_whom_to_call(town: Hall) -> None:
    form = await town.ask(TEACHER, ShowFeedbackForm(text="x" * 9000))
    assert isinstance(form, FeedbackForm)
    assert len(form.text) == LONGEST
    assert form.contacts


# -- filing ---------------------------------------------------------------------------------------


async def test_a_reading_routes_to_its_committee_with_a_due_date_and_one_brief(town: Hall) -> None:
    item = await said(town)
    for _ in range(2):  # the reader started again before it knew
        await file(town, item, read(Destination.COMMITTEE, "network"))
    stored = await town.stored(item)
    assert (stored.queue, stored.state) == ("network", ItemState.NEW)
    network = example().district.committee("network")
    assert network is not None
    assert stored.due_at is not None
    assert (stored.due_at - stored.received_at).days == network.answer_days
    assert await queued(town, item) == [("brief", "queue:network@web:queue:network", 5)]


async def test_a_second_reading_does_not_move_what_was_filed(town: Hall) -> None:
    item = await said(town)
    await file(town, item, read(Destination.COMMITTEE, "network"))
    await file(town, item, read(Destination.TRIAGE))
    assert (await town.stored(item)).queue == "network"


async def test_what_nobody_is_sure_about_goes_to_triage(town: Hall) -> None:
    item = await said(town)
    await file(town, item, read(Destination.TRIAGE, "network"))
    assert (await town.stored(item)).queue == TRIAGE


async def test_a_committee_that_is_no_more_cannot_swallow_an_item(town: Hall) -> None:
    item = await said(town)
    await file(town, item, read(Destination.COMMITTEE, "retired-last-year"))
    assert (await town.stored(item)).queue == TRIAGE


async def test_out_of_scope_is_filed_and_the_author_told(town: Hall) -> None:
    item = await said(town)
    await file(town, item, read(Destination.NONE))
    stored = await town.stored(item)
    assert (stored.state, stored.queue) == (ItemState.FILED, None)
    assert await queued(town, item) == [("told-filed", await to_person(town, TEACHER), 5)]


@pytest.mark.parametrize("urgency", Urgency)
async def test_urgent_goes_to_the_responder_at_once_and_the_author_hears(
    town: Hall, urgency: Urgency
) -> None:
    item = await said(town)
    await file(town, item, read(Destination.NONE, urgency=urgency))
    responder = await to_person(town, officers(Office(f"responder-{urgency}"))[0])
    rows = await queued(town, item)
    assert [r for kind, r, _ in rows if kind == f"urgent-{urgency}"] == [responder]
    at_once = (f"urgent-{urgency}", "told-urgent")
    assert {priority for kind, _, priority in rows if kind in at_once} == {0}
    danger = urgency is Urgency.SAFETY
    told = {kind for kind, *_ in rows if kind.startswith("told-")}
    assert told == {"told-urgent"}, "nothing beside it that contradicts it"
    kept = RESTRICTED if danger else TRIAGE
    assert (await town.stored(item)).queue == kept, "nothing urgent is filed unseen"


async def test_what_is_restricted_reaches_its_reader_and_no_chat(town: Hall) -> None:
    item = await said(town)
    await file(town, item, read(Destination.RESTRICTED, "network"))
    assert (await town.stored(item)).queue == RESTRICTED
    reader = officers(Office.RESTRICTED_READER)[0]
    assert await queued(town, item) == [
        ("brief", "queue:restricted@web:queue:restricted", 5),
        ("restricted", await to_person(town, reader), 5),
        ("told-restricted", await to_person(town, TEACHER), 0),
    ]


async def test_an_author_who_left_is_not_written_to(town: Hall) -> None:
    item = await said(town)
    roster = small_roster(3)
    people = tuple(one for one in roster.people if one.email != TEACHER)
    fewer = replace(example(), roster=replace(roster, people=people))
    await load(town.core.store, fewer, town.clock(), apply=True)
    await file(town, item, read(Destination.NONE))
    assert await queued(town, item) == []


# -- a committee that is retired later ----------------------------------------------------------


async def test_open_items_of_a_retired_committee_go_to_triage_and_say_why(town: Hall) -> None:
    item = await said(town)
    await file(town, item, read(Destination.COMMITTEE, "network"))
    done = await said(town, "Another thing.")
    await file(town, done, read(Destination.COMMITTEE, "library-media"))
    district = example().district
    fewer = replace(
        district, committees=tuple(c for c in district.committees if c.key != "network")
    )
    loaded = replace(example(), district=fewer, roster=None)
    differences = await load(town.core.store, loaded, town.clock(), apply=True)
    retired = "- committee network: retired; its open items go to triage"
    assert retired in [str(one) for one in differences]
    stored = await town.stored(item)
    assert (stored.queue, stored.state) == (TRIAGE, ItemState.NEW)
    steps = await town.core.store.read(lambda tx: tx.moves(item))
    assert [(s.came_from, s.went_to, s.why) for s in steps] == [
        ("network", TRIAGE, COMMITTEE_RETIRED)
    ]
    assert ("brief", "queue:triage@web:queue:triage", 5) in await queued(town, item)
    assert (await town.stored(done)).queue == "library-media"


async def test_other_peoples_items_are_not_in_my_inbox(town: Hall) -> None:
    item = await said(town)
    view = await town.ask(OFFICE, ShowInbox())
    assert item not in [mine.item_id for mine in view.items]
