"""Who owes an answer about a safeguard is on the ISO's list, and on no building's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from core.people import Role
from governance.access import Actor
from governance.deliveries import Occasion
from governance.duties.commands import ShowOwed
from governance.duties.handlers import _news, show_owed
from governance.duties.messages import OwedView
from storage.duties import asked_duty
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.governance.controls.assessed import DUE, opened
from tests.journeys.town import ISO, TEACHER, person
from tests.postgres import migrated_database


@pytest.fixture(params=["sqlite", "postgres"])
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        url = ""
        if request.param == "postgres":
            url = stack.enter_context(migrated_database(hasty=True))
        yield await stack.enter_async_context(hall(tmp_path, url=url))


async def test_the_iso_sees_who_is_late_and_the_building_does_not(town: Hall) -> None:
    await opened(town)
    town.clock.forward(days=(DUE - town.clock().date()).days + 21)
    reminded = update(asked_duty).values(reminders=3, listed_at=town.clock())
    await town.core.store.write(lambda tx: tx.connection.execute(reminded).rowcount)
    seen = await town.ask(ISO, ShowOwed())
    assert isinstance(seen, OwedView)
    assert {one.name for one in seen.rows} >= {"Naomi Whitehorse"}
    assert all(one.what and one.what.default == "Winter" for one in seen.rows)
    teacher = await person(town.core, TEACHER)
    head = replace(teacher, role=Role.ADMINISTRATOR)

    def of_the_building(tx: Transaction) -> tuple[OwedView, object]:
        view = show_owed(tx, Actor(person=head), ShowOwed(), town.clock())
        on = Occasion(
            store=tx, subject=teacher.id, reader=head, queue=None, now=town.clock(), to=head
        )
        return view, _news(on)

    view, news = await town.core.store.read(of_the_building)
    assert view.building, "it is the list of the owner's building"
    assert view.rows == ()
    assert news is None
