"""What was taken and never closed: its taker is asked every school morning, then others hear."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from governance.committees.model import RESPONDERS
from governance.composing import compose
from governance.feedback.model import Urgency
from governance.messages import Refused
from governance.urgent.commands import CloseCase, RemindTakers, ShowCase, TakeCase
from governance.urgent.left_open import CLOSED_WITHIN
from governance.urgent.messages import CaseNews, UrgentAlert
from governance.urgent.model import Did
from storage.ledger_tables import delivery
from storage.tables import person as people
from tests.attacks.hall import Hall, hall
from tests.journeys.town import ISO, TEACHER, example, person

WORDS = "He says he has a gun in his locker"
SAFETY = Urgency.SAFETY
MONDAY = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("America/Chicago"))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        found.clock.forward(seconds=(MONDAY - found.clock()).total_seconds())
        yield found


def responders() -> list[str]:
    office = RESPONDERS[SAFETY]
    found = next(one for one in example().district.officers if one.office is office)
    return [found.person, *found.deputies]


async def taken(town: Hall) -> UUID:
    item = await town.item(TEACHER, WORDS, urgency=SAFETY)
    await town.ask(responders()[0], TakeCase(item_id=item, urgency=SAFETY))
    return item


async def mornings(town: Hall, days: int) -> None:
    for _ in range(days):
        town.clock.forward(days=1)
        for _ in range(2):  # the clock may say a thing twice
            await town.core.dispatch.by_itself(RemindTakers())


async def told(town: Hall, did: Did) -> list[str]:
    rows = (
        select(people.c.email)
        .join(delivery, delivery.c.person_id == people.c.id)
        .where(delivery.c.kind == f"case-{did}-safety")
    )
    return await town.core.store.read(lambda tx: sorted(tx.connection.execute(rows).scalars()))


async def test_its_taker_is_asked_once_a_school_morning_until_it_is_closed(town: Hall) -> None:
    item, first = await taken(town), responders()[0]
    await town.core.dispatch.by_itself(RemindTakers())
    assert await told(town, Did.REMINDED) == [], "not on the day itself"
    await mornings(town, 2)
    assert await told(town, Did.REMINDED) == [first] * 2
    await town.ask(first, CloseCase(item_id=item, urgency=SAFETY, outcome="helped", note="Done."))
    await mornings(town, 5)
    assert await told(town, Did.REMINDED) == [first] * 2
    assert await told(town, Did.LATE) == []


async def test_a_weekend_asks_nobody(town: Hall) -> None:
    town.clock.forward(days=4)  # a Friday
    await taken(town)
    await mornings(town, 2)
    assert await told(town, Did.REMINDED) == []
    await mornings(town, 1)
    assert await told(town, Did.REMINDED) == [responders()[0]]


async def test_left_open_the_deputy_and_the_iso_hear_it_once_and_may_close_it(town: Hall) -> None:
    item, deputy = await taken(town), responders()[1]
    assert ISO not in responders()
    show = ShowCase(item_id=item, urgency=SAFETY)
    await mornings(town, CLOSED_WITHIN - 1)
    assert await told(town, Did.LATE) == []
    assert isinstance(await town.ask(ISO, show), Refused)
    await mornings(town, 2)
    assert await told(town, Did.LATE) == sorted([deputy, ISO])
    news = await town.core.store.read(
        lambda tx: compose(tx, "case-late-safety", item, None, None, town.clock())
    )
    assert isinstance(news, CaseNews)
    assert WORDS not in repr(news)
    assert isinstance(await town.ask(ISO, show), UrgentAlert)
    done = CloseCase(item_id=item, urgency=SAFETY, outcome="passed-on", note="With the police.")
    closed = await town.ask(ISO, done)
    assert isinstance(closed, UrgentAlert)
    assert closed.closed_at is not None
    assert [line.did for line in closed.history].count(Did.LATE) == 2


async def test_where_the_taker_has_left_others_hear_the_next_morning(town: Hall) -> None:
    await taken(town)
    first = await person(town.core, responders()[0])
    gone = people.update().where(people.c.id == first.id).values(active=False)
    await town.core.store.write(lambda tx: tx.connection.execute(gone))
    await mornings(town, 1)
    assert await told(town, Did.REMINDED) == []
    assert len(await told(town, Did.LATE)) == 2
