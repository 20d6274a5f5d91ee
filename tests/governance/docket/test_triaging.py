"""Triage: how many wait is told on school mornings, what is late goes to the deputy, and what
people move teaches the reader."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from core.school_calendar import Calendar, Holiday
from governance.committees.model import RESTRICTED, TRIAGE, District, Office
from governance.composing import compose
from governance.docket.commands import MoveItem, ShowItem
from governance.docket.handlers import FILE_IT
from governance.duplicates.commands import ForgetCorrection, ShowCorrections, TellTriage
from governance.duplicates.views import CorrectionsView
from governance.messages import Brief
from governance.upkeep.messages import TriageWaiting
from storage.district import duties_of
from storage.ledger_tables import delivery
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, OFFICE, TEACHER, example, person

SAID = "The thing we take attendance in froze"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        await _with_deputy(found)
        yield found


def owner() -> str:
    return next(o.person for o in example().district.officers if o.office is Office.TRIAGE_OWNER)


async def _with_deputy(town: Hall) -> None:
    """The owner of triage, and the office professional as the deputy."""
    others = [one for one in duties_of(example().district) if one[1] != Office.TRIAGE_OWNER]
    sorting = [
        ("office", Office.TRIAGE_OWNER, owner(), 0),
        ("office", Office.TRIAGE_OWNER, OFFICE, 1),
    ]
    await town.core.store.write(lambda tx: tx.assign_duties([*others, *sorting]))


async def told(town: Hall, kind: str) -> list[tuple[UUID, UUID]]:
    """(whom, of what)."""

    def rows(tx: Transaction) -> list[tuple[UUID, UUID]]:
        found = tx.connection.execute(
            select(delivery.c.person_id, delivery.c.subject).where(delivery.c.kind == kind)
        )
        return [(row.person_id, row.subject) for row in found]

    return await town.core.store.read(rows)


async def morning(town: Hall) -> None:
    await town.core.dispatch.by_itself(TellTriage())


async def id_of(town: Hall, email: str) -> UUID:
    return (await person(town.core, email)).id


async def test_owner_and_deputy_hear_once_a_day_how_many_wait_and_since_when(town: Hall) -> None:
    first = await town.item(TEACHER, SAID, TRIAGE)
    town.clock.forward(hours=5)
    await town.item(TEACHER, "Another thing", TRIAGE)
    for _ in range(2):
        await morning(town)
    both = {await id_of(town, owner()), await id_of(town, OFFICE)}
    assert {who for who, _ in await told(town, "triage-waiting")} == both
    assert len(await told(town, "triage-waiting")) == 2
    _, subject = (await told(town, "triage-waiting"))[0]
    said = await town.core.store.read(
        lambda tx: compose(tx, "triage-waiting", subject, None, None, town.clock())
    )
    received = (await town.stored(first)).received_at
    assert said == TriageWaiting(items=2, oldest_at=received, late=0)


async def test_where_nothing_waits_or_school_is_out_nobody_is_told(town: Hall) -> None:
    await morning(town)
    assert await told(town, "triage-waiting") == []
    await town.item(TEACHER, SAID, TRIAGE)
    today = town.clock().date()
    days = Holiday(name="Break", first=today - timedelta(days=2), last=today + timedelta(days=2))
    district = replace(example().district, calendar=Calendar(holidays=(days,)))
    await town.core.store.write(lambda tx: _put(tx, district, town))
    await morning(town)
    assert await told(town, "triage-waiting") == []


@pytest.mark.parametrize("queue", [TRIAGE, RESTRICTED])
async def test_an_answer_is_due_on_a_school_day_whenever_it_came(town: Hall, queue: str) -> None:
    zone = ZoneInfo(example().district.timezone)
    for _ in range(7):
        due = (await town.stored(await town.item(TEACHER, SAID, queue))).due_at
        assert due is not None
        assert Calendar().is_school_day(due.astimezone(zone).date()), due
        town.clock.forward(days=1)


def _put(tx: Transaction, district: District, town: Hall) -> None:
    tx.put_district(district, "", town.clock())


async def test_what_is_late_goes_to_the_deputy_itself_and_only_while_it_waits(town: Hall) -> None:
    item = await town.item(TEACHER, SAID, TRIAGE)
    town.clock.forward(days=10)
    await morning(town)
    town.clock.forward(days=1)
    await morning(town)
    deputy = await person(town.core, OFFICE)
    assert await told(town, "triage-late") == [(deputy.id, item)], "once, and to the deputy"
    late = await town.core.store.read(
        lambda tx: compose(tx, "triage-late", item, deputy, None, town.clock())
    )
    assert isinstance(late, Brief)
    assert late.can_answer
    await town.ask(OFFICE, MoveItem(item_id=item, to=RESTRICTED))
    gone = await town.core.store.read(
        lambda tx: compose(tx, "triage-late", item, deputy, None, town.clock())
    )
    assert gone is None, "what became restricted is shown to no deputy of triage"


async def taught(town: Hall) -> list[tuple[UUID, str]]:
    view = await town.ask(owner(), ShowCorrections())
    assert isinstance(view, CorrectionsView)
    return [(one.item_id, one.went_to) for one in view.taught]


async def test_a_move_by_triage_or_by_a_committee_is_learned_and_said_with_the_item(
    town: Hall,
) -> None:
    network = example().district.committee("network")
    assert network is not None
    sorted_one = await town.item(TEACHER, SAID, TRIAGE)
    await town.ask(owner(), MoveItem(item_id=sorted_one, to="network"))
    shown = await town.ask(CHAIR, ShowItem(item_id=sorted_one))
    assert shown.learned
    town.clock.forward(minutes=1)
    filed = await town.item(TEACHER, "The heating again", "network")
    await town.ask(CHAIR, MoveItem(item_id=filed, to=FILE_IT))
    assert await taught(town) == [
        (filed, "Not about technology"),
        (sorted_one, network.name),
    ]


async def test_nothing_is_learned_from_what_goes_back_to_triage_or_is_restricted(
    town: Hall,
) -> None:
    unsure = await town.item(TEACHER, SAID, "network")
    await town.ask(CHAIR, MoveItem(item_id=unsure, to=TRIAGE))
    sensitive = await town.item(TEACHER, "My supervisor", TRIAGE)
    await town.ask(owner(), MoveItem(item_id=sensitive, to="network"))
    await town.ask(CHAIR, MoveItem(item_id=sensitive, to=RESTRICTED))
    assert await taught(town) == []


async def test_what_was_taught_can_be_forgotten_and_the_item_stays(town: Hall) -> None:
    item = await town.item(TEACHER, SAID, TRIAGE)
    await town.ask(owner(), MoveItem(item_id=item, to="network"))
    await town.ask(owner(), ForgetCorrection(item_id=item))
    assert await taught(town) == []
    assert (await town.stored(item)).queue == "network"
