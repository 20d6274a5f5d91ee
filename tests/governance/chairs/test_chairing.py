"""A chair's twenty minutes: several at once, undone while nobody has heard, drafts and agenda."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from governance.chairs.bulk import UNDO_FOR, Became, Bulk, BulkAct
from governance.chairs.commands import (
    DisposeTogether,
    LeaveTogether,
    ShowAgenda,
    ShowChair,
    UndoTogether,
)
from governance.chairs.views import AgendaView, ChairView, DraftKind
from governance.committees.model import RESTRICTED, TRIAGE
from governance.docket.commands import AnswerItem, MoveItem
from governance.feedback.model import ItemState
from governance.messages import Refused
from governance.reading.embedding import SIZE
from storage.ledger_tables import delivery
from storage.transaction import Transaction
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, OFFICE, TEACHER, example, person

SAID = "The wifi in the portables drops every afternoon, room {n}"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def five(town: Hall) -> tuple[UUID, ...]:
    return tuple([await town.item(TEACHER, SAID.format(n=n)) for n in range(5)])


async def told(town: Hall) -> list[str]:
    """The kinds of news that were queued for authors."""

    def kinds(tx: Transaction) -> list[str]:
        rows = select(delivery.c.kind).where(delivery.c.kind.startswith("told-"))
        return list(tx.connection.execute(rows).scalars())

    return await town.core.store.read(kinds)


def together(act: BulkAct, items: tuple[UUID, ...], **more: object) -> DisposeTogether:
    return DisposeTogether(bulk_id=uuid4(), queue="network", act=act, items=items, **more)  # type: ignore[arg-type]


async def minutes_pass(town: Hall) -> None:
    town.clock.forward(seconds=UNDO_FOR.total_seconds() + 1)
    await town.core.dispatch.keep_time()


async def states(town: Hall, items: tuple[UUID, ...]) -> set[ItemState]:
    return {(await town.stored(one)).state for one in items}


async def test_five_are_answered_at_once_when_the_minutes_are_over_and_not_before(
    town: Hall,
) -> None:
    items = await five(town)
    bulk = await town.ask(CHAIR, together(BulkAct.ANSWER, items, words="On Friday."))
    assert isinstance(bulk, Bulk)
    await town.core.dispatch.keep_time()
    assert await states(town, items) == {ItemState.NEW}
    assert await told(town) == []
    await minutes_pass(town)
    await minutes_pass(town)
    assert await states(town, items) == {ItemState.ANSWERED}
    assert await told(town) == ["told-answered"] * 5
    assert {(await town.stored(one)).answer for one in items} == {"On Friday."}


async def test_what_is_undone_never_happened(town: Hall) -> None:
    items = await five(town)
    bulk = await town.ask(CHAIR, together(BulkAct.ANSWER, items, words="On Friday."))
    network = example().district.committee("network")
    assert network is not None
    back = await town.ask(network.deputy, UndoTogether(bulk_id=bulk.id))
    assert isinstance(back, Bulk)
    assert back.undone
    assert "On Friday." not in repr(back), "what nobody was told is not kept"
    await minutes_pass(town)
    assert await states(town, items) == {ItemState.NEW}
    assert await told(town) == []


async def test_what_has_left_cannot_be_undone_and_says_so(town: Hall) -> None:
    bulk = await town.ask(CHAIR, together(BulkAct.ACKNOWLEDGE, await five(town)))
    await minutes_pass(town)
    assert isinstance(await town.ask(CHAIR, UndoTogether(bulk_id=bulk.id)), Refused)
    assert await told(town) == ["told-acknowledged"] * 5


async def test_each_item_says_what_became_of_it(town: Hall) -> None:
    items = await five(town)
    bulk = await town.ask(CHAIR, together(BulkAct.ANSWER, items, words="On Friday."))
    await town.ask(CHAIR, AnswerItem(item_id=items[0], text="Today."))
    await town.ask(CHAIR, MoveItem(item_id=items[1], to=RESTRICTED))
    await minutes_pass(town)
    view = await town.ask(CHAIR, ShowChair(queue="network"))
    assert isinstance(view, ChairView)
    [shown] = [one for one in view.bulks if one.id == bulk.id]
    became = {one.item_id: one.became for one in shown.items}
    assert [became[one] for one in items] == [Became.CHANGED] * 2 + [Became.DONE] * 3
    assert (await town.stored(items[0])).answer == "Today."
    assert dict(view.said)[items[1]] == "…", "what is restricted is not said here"


async def test_what_names_a_chair_is_neither_shown_to_them_nor_answered_by_them(town: Hall) -> None:
    about_them, other = (await five(town))[:2]
    chair = await person(town.core, CHAIR)
    await town.core.store.write(lambda tx: tx.keep_from(about_them, chair.id))
    for asked in ((), (about_them, other)):
        view = await town.ask(CHAIR, ShowChair(queue="network", items=asked))
        shown = {line.brief.item_id for line in view.lines}
        assert other in shown
        assert about_them not in shown
    await town.ask(CHAIR, together(BulkAct.ANSWER, (about_them, other), words="On Friday."))
    await minutes_pass(town)
    assert (await town.stored(about_them)).state is ItemState.NEW
    assert (await town.stored(other)).state is ItemState.ANSWERED


async def test_only_what_was_selected_is_shown_as_long_as_some_of_it_is_open(town: Hall) -> None:
    items = await five(town)
    view = await town.ask(CHAIR, ShowChair(queue="network", items=items[3:]))
    assert [line.brief.item_id for line in view.lines] == [*items[3:]]
    assert (view.only, view.more) == (True, 0)
    await town.ask(CHAIR, AnswerItem(item_id=items[3], text="Today."))
    view = await town.ask(CHAIR, ShowChair(queue="network", items=items[3:]))
    assert [line.brief.item_id for line in view.lines] == [items[4]]
    await town.ask(CHAIR, AnswerItem(item_id=items[4], text="Today."))
    view = await town.ask(CHAIR, ShowChair(queue="network", items=items[3:]))
    assert (view.only, len(view.lines)) == (False, 3)


async def test_each_gets_its_own_words(town: Hall) -> None:
    items = (await five(town))[:2]
    own = {items[0]: "First.", items[1]: "Second."}
    await town.ask(CHAIR, together(BulkAct.ANSWER, items, own=own))
    await minutes_pass(town)
    assert [(await town.stored(one)).answer for one in items] == ["First.", "Second."]


@pytest.mark.parametrize(
    ("act", "state", "queue"),
    [
        (BulkAct.DISCUSS, ItemState.IN_DISCUSSION, "network"),
        (BulkAct.MOVE, ItemState.NEW, TRIAGE),
        (BulkAct.FILE, ItemState.FILED, "network"),
    ],
)
async def test_several_are_discussed_moved_or_filed(
    town: Hall, act: BulkAct, state: ItemState, queue: str
) -> None:
    items = await five(town)
    await town.ask(CHAIR, together(act, items, to=TRIAGE))
    await minutes_pass(town)
    assert {((await town.stored(one)).state, (await town.stored(one)).queue) for one in items} == {
        (state, queue)
    }


async def test_items_of_another_committee_are_left_out(town: Hall) -> None:
    theirs = await town.item(TEACHER, "A book is missing", "library-media")
    answer = together(BulkAct.ANSWER, (theirs,), words="Mine!")
    assert isinstance(await town.ask(CHAIR, answer), Refused)
    assert isinstance(await town.ask(TEACHER, answer), Refused)
    await minutes_pass(town)
    assert (await town.stored(theirs)).state is ItemState.NEW


async def test_an_answer_without_words_is_sent_back_whole(town: Hall) -> None:
    items = await five(town)
    back = await town.ask(CHAIR, together(BulkAct.ANSWER, items, own={items[0]: "Yes."}))
    assert isinstance(back, Rejected)
    await minutes_pass(town)
    assert await told(town) == []


async def test_who_left_the_committee_meanwhile_answers_nobody(town: Hall) -> None:
    items = await five(town)
    await town.ask(CHAIR, together(BulkAct.ANSWER, items, words="On Friday."))
    await town.core.store.write(lambda tx: tx.assign_duties([]))
    await minutes_pass(town)
    assert await told(town) == []


async def test_nobody_makes_it_leave_by_hand(town: Hall) -> None:
    bulk = await town.ask(CHAIR, together(BulkAct.ACKNOWLEDGE, await five(town)))
    assert isinstance(await town.ask(CHAIR, LeaveTogether(bulk_id=bulk.id)), Refused)


# -- drafts ----------------------------------------------------------------------------------------


def meaning(*numbers: int) -> bytes:
    return bytes([*numbers, *[0] * (SIZE - len(numbers))])


async def test_the_draft_is_the_own_answer_to_the_likest_message_before(town: Hall) -> None:
    wifi, printer, again = [
        await town.item(TEACHER, words) for words in ("The wifi", "The printer", "Wifi again")
    ]
    await town.ask(CHAIR, AnswerItem(item_id=wifi, text="Two access points come."))
    await town.ask(CHAIR, AnswerItem(item_id=printer, text="Toner is on its way."))

    def know(tx: Transaction) -> None:
        tx.keep_vector(wifi, meaning(100, 10))
        tx.keep_vector(printer, meaning(0, 0, 100))
        tx.keep_vector(again, meaning(90, 20))

    await town.core.store.write(know)
    view = await town.ask(CHAIR, ShowChair(queue="network"))
    [line] = view.lines
    assert [(one.kind, one.words) for one in line.drafts] == [
        (DraftKind.EARLIER, "Two access points come.")
    ]


async def test_another_committees_answer_is_never_a_draft(town: Hall) -> None:
    theirs = await town.item(TEACHER, "The wifi", "library-media")
    ours = await town.item(TEACHER, "The wifi")

    def answered(tx: Transaction) -> None:
        for one in (theirs, ours):
            tx.keep_vector(one, meaning(100))

    await town.core.store.write(answered)
    library = example().district.committee("library-media")
    assert library is not None
    await town.ask(library.chair, AnswerItem(item_id=theirs, text="Ask in the library."))
    view = await town.ask(CHAIR, ShowChair(queue="network"))
    assert view.lines[0].drafts == ()


async def test_open_items_stand_by_due_date_and_those_on_their_way_do_not(town: Hall) -> None:
    items = await five(town)
    await town.ask(CHAIR, together(BulkAct.ACKNOWLEDGE, items[:2]))
    view = await town.ask(CHAIR, ShowChair(queue="network"))
    assert [line.brief.item_id for line in view.lines] == list(items[2:])


# -- the agenda ------------------------------------------------------------------------------------


async def test_the_agenda_has_what_waits_and_what_was_answered(town: Hall) -> None:
    items = await five(town)
    await town.ask(CHAIR, AnswerItem(item_id=items[0], text="Two access points come."))
    view = await town.ask(CHAIR, ShowAgenda(queue="network"))
    assert isinstance(view, AgendaView)
    assert view.open == 4
    assert [one.words for one in view.decided] == ["Two access points come."]
    assert sum(one.count for one in view.themes) == 5
    assert view.on - view.since == timedelta(days=14), "it meets every two weeks"


async def test_an_agenda_that_may_be_shared_has_no_words_and_no_count_of_few(town: Hall) -> None:
    await five(town)
    await town.item(OFFICE, "The wifi in the office")
    view = await town.ask(CHAIR, ShowAgenda(queue="network", shared=True))
    assert (view.themes, view.quotes, view.oldest) == ((), (), ())
    assert "wifi" not in repr(view)
