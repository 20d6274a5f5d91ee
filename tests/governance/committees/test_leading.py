"""Leading a committee: away, stood in for, and reminded once of what is late."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from governance.committees.commands import DropAbsence, NoteAbsence, RemindDockets
from governance.committees.handlers import LATE_AGAIN, OVERDUE, subject_of
from governance.committees.model import Committee
from governance.composing import compose
from governance.docket.commands import AnswerItem, MoveItem
from governance.home.commands import ShowDocket
from governance.messages import Done, Refused
from governance.upkeep.messages import DocketOverdue
from governance.views import DocketView
from storage.ledger_tables import delivery
from storage.transaction import Transaction
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, TEACHER, example, person

SAID = "The wifi in the portables drops every afternoon"
DAY = timedelta(days=1)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def network() -> Committee:
    found = example().district.committee("network")
    assert found is not None
    return found


async def told(town: Hall) -> list[str]:
    """Who was reminded of the network's docket, in order."""

    def recipients(tx: Transaction) -> list[str]:
        rows = tx.connection.execute(
            select(delivery.c.recipient)
            .where(delivery.c.kind == OVERDUE, delivery.c.subject == subject_of(network()))
            .order_by(delivery.c.queued_at)
        )
        return list(rows.scalars())

    ids = {}
    for email in (network().chair, network().deputy):
        ids[f"person:{(await person(town.core, email)).id}"] = email
    return [ids[one] for one in await town.core.store.read(recipients)]


async def mornings(town: Hall, days: int) -> None:
    for _ in range(days):
        town.clock.forward(days=1)
        await town.core.dispatch.by_itself(RemindDockets())


def today(town: Hall) -> date:
    return town.clock().date()


async def away(town: Hall, email: str, days: int) -> None:
    first = today(town)
    command = NoteAbsence(absence_id=uuid4(), first=first, last=first + (days - 1) * DAY)
    assert isinstance(await town.ask(email, command), Done)


async def test_what_is_late_is_told_to_the_chair_once_and_a_week_later_to_the_deputy(
    town: Hall,
) -> None:
    item = await town.item(TEACHER, SAID)
    await mornings(town, network().answer_days - 1)
    assert await told(town) == []
    await mornings(town, 3)
    assert await told(town) == [network().chair]
    await mornings(town, LATE_AGAIN + 10)
    assert await told(town) == [network().chair, network().deputy]
    chair = await person(town.core, CHAIR)

    def shown(tx: Transaction) -> object:
        return compose(tx, OVERDUE, subject_of(network()), chair, None, town.clock())

    late = await town.core.store.read(shown)
    assert isinstance(late, DocketOverdue)
    assert late.items == 1
    await town.ask(CHAIR, AnswerItem(item_id=item, text="On Friday."))
    assert await town.core.store.read(shown) is None, "what is answered reminds nobody"


async def test_while_the_chair_is_away_the_deputy_stands_in(town: Hall) -> None:
    await town.item(TEACHER, SAID)
    await mornings(town, network().answer_days - 1)
    await away(town, CHAIR, 20)
    await mornings(town, 3)
    assert await told(town) == [network().deputy]


async def test_while_everybody_who_leads_is_away_the_clock_stands_still(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    before = (await town.stored(item)).due_at
    await away(town, CHAIR, 10)
    assert (await town.stored(item)).due_at == before, "the deputy stands in"
    await away(town, network().deputy, 10)
    after = (await town.stored(item)).due_at
    assert before is not None
    assert after is not None
    assert after - before > 8 * DAY
    view = await town.ask(CHAIR, ShowDocket(queue="network"))
    assert isinstance(view, DocketView)
    (mine,) = view.absences
    await town.ask(network().deputy, DropAbsence(absence_id=mine.id))
    assert (await town.stored(item)).due_at == after, "nobody takes back somebody else's"
    await town.ask(CHAIR, DropAbsence(absence_id=mine.id))
    restored = (await town.stored(item)).due_at
    assert restored is not None
    assert abs(restored - before) < timedelta(minutes=1)


async def test_an_item_that_moves_is_due_anew_and_reminded_anew(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    await mornings(town, network().answer_days + 2)
    assert len(await told(town)) == 1
    library = example().district.committee("library-media")
    assert library is not None
    await town.ask(CHAIR, MoveItem(item_id=item, to="library-media"))
    due = (await town.stored(item)).due_at
    assert due is not None
    assert (due - town.clock()).days in (library.answer_days - 1, library.answer_days)
    await town.ask(library.chair, MoveItem(item_id=item, to="network"))
    await mornings(town, network().answer_days + 2)
    assert await told(town) == [network().chair, network().chair]


async def test_an_absence_needs_days_that_make_sense_and_somebody_who_leads(town: Hall) -> None:
    for first, last in (
        (None, today(town)),
        (today(town) + DAY, today(town)),
        (today(town) - 9 * DAY, today(town) - 8 * DAY),
        (today(town), today(town) + 400 * DAY),
    ):
        back = await town.ask(CHAIR, NoteAbsence(absence_id=uuid4(), first=first, last=last))
        assert isinstance(back, Rejected), (first, last)
    fine = NoteAbsence(absence_id=uuid4(), first=today(town), last=today(town))
    for email in (TEACHER, network().members[0]):
        assert isinstance(await town.ask(email, fine), Refused)
