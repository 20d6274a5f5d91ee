"""What grew is told to the committee that takes it, and never of fewer than five people."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, event, select

from core.people import Level, Role
from governance.composing import compose
from governance.docket.commands import FileReading
from governance.duplicates.commands import ShowTrends, TellTrends
from governance.duplicates.views import TrendsView
from governance.feedback.model import Item, Naming
from governance.reading.themes import owners
from governance.upkeep.handlers import HOUSE
from governance.upkeep.messages import Growing
from storage.ledger_tables import delivery
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall, reading
from tests.journeys.town import CHAIR, example, person, small_roster, teachers

CROWD = [one.email for one in teachers(small_roster(30), 14)]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=30) as found:
        yield found


def themes_of_the_network() -> list[str]:
    taken = owners(example().district.committees)
    return [theme for theme, keys in taken.items() if keys[0] == "network"]


async def said(town: Hall, weeks_ago: int, theme: str, emails: list[str | None]) -> None:
    """What people said of a theme so many weeks ago; None: somebody, anonymously."""
    at = town.clock() - timedelta(weeks=weeks_ago)
    for email in emails:
        who = await person(town.core, email) if email else None
        item = Item(
            id=uuid4(),
            author=who.id if who else None,
            naming=Naming.WITHHELD if who else Naming.ANONYMOUS,
            role=Role.TEACHER if who else None,
            level=Level.HIGH if who else None,
            received_at=at,
        )
        read = replace(reading("The wifi drops", "network"), themes=(theme,))
        await town.core.store.write(lambda tx, item=item: tx.add_item(item, "The wifi drops"))
        await town.core.dispatch.by_itself(FileReading(item_id=item.id, reading=read))


async def an_ordinary_quarter(town: Hall, other: str) -> None:
    """Each week four people write of something else."""
    for week in range(2, 14):
        await said(town, week, other, list(CROWD[:4]))
    await said(town, 1, other, list(CROWD[:4]))


async def shown(town: Hall) -> Growing | None:
    view = await town.ask(CHAIR, ShowTrends(queue="network"))
    assert isinstance(view, TrendsView)
    return view.growing


async def test_what_many_people_write_of_for_the_first_time_is_new_and_told_once(
    town: Hall,
) -> None:
    new, other = themes_of_the_network()[:2]
    await an_ordinary_quarter(town, other)
    await said(town, 1, new, list(CROWD))
    for _ in range(2):
        await town.core.dispatch.by_itself(TellTrends())
    growing = await shown(town)
    assert growing is not None
    (only,) = growing.themes
    assert (only.new, only.people, only.usual) == (True, len(CROWD), None)
    assert only.weeks == (*(None,) * 12, len(CROWD))

    def told(tx: Transaction) -> list[UUID]:
        rows = tx.connection.execute(select(delivery.c.subject).where(delivery.c.kind == "trends"))
        return list(rows.scalars())

    assert await town.core.store.read(told) == [HOUSE], "once, to the one committee"
    message = await town.core.store.read(
        lambda tx: compose(tx, "trends", HOUSE, None, "network", town.clock())
    )
    assert message == growing
    elsewhere = await town.core.store.read(
        lambda tx: compose(tx, "trends", HOUSE, None, "library-media", town.clock())
    )
    assert elsewhere is None, "another committee's themes are not its business"


async def test_what_was_told_of_a_week_stays_as_it_was_told(town: Hall) -> None:
    """No page counts a week again that is over, and none says another number than the message."""
    new, other = themes_of_the_network()[:2]
    await an_ordinary_quarter(town, other)
    await said(town, 1, new, list(CROWD))
    before = await shown(town)
    await town.core.dispatch.by_itself(TellTrends())
    await said(town, 1, new, [None])
    assert await shown(town) == before
    with counting(town) as weeks:
        town.clock.forward(days=7)
        await shown(town)
    assert len(weeks) == 1, "only the week that ended since"


@contextmanager
def counting(town: Hall) -> Iterator[list[str]]:
    """The weeks whose people are counted by theme: each is a case of the statement."""
    seen: list[str] = []

    def saw(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        cases, counts, _ = statement.partition(" AS span")
        seen.extend(["a week"] * cases.count("THEN") if counts else [])

    event.listen(Engine, "before_cursor_execute", saw)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", saw)


async def test_four_people_are_never_told_of_however_often_they_write(town: Hall) -> None:
    new, other = themes_of_the_network()[:2]
    await an_ordinary_quarter(town, other)
    for _ in range(5):
        await said(town, 1, new, list(CROWD[:4]))
    assert await shown(town) is None


async def test_anonymous_messages_count_as_one_person(town: Hall) -> None:
    new, other = themes_of_the_network()[:2]
    await an_ordinary_quarter(town, other)
    await said(town, 1, new, [None] * 20)
    assert await shown(town) is None, "one person could have written them all"


async def test_a_week_like_the_others_tells_of_nothing(town: Hall) -> None:
    theme, other = themes_of_the_network()[:2]
    for week in range(1, 14):
        await said(town, week, theme, list(CROWD[:6]))
        await said(town, week, other, list(CROWD[:5]))
    assert await shown(town) is None
