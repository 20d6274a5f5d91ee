"""The ISO's office changes hands while answers wait to be confirmed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.registry import RECURRING
from governance.committees.model import Office
from governance.controls.running_commands import CloseAssessment, NameOwners, Verdict
from governance.controls.running_messages import OwnerFinished, RunView
from governance.home.commands import ShowInbox
from governance.upkeep.handlers import HOUSE
from storage.ledger_tables import delivery
from tests.attacks.hall import Hall
from tests.governance.announcements.test_campaigning import rows
from tests.governance.controls.assessed import answer, opened, review, row
from tests.governance.gaps.test_returning import holds
from tests.journeys.town import CHAIR, ISO, OFFICE, TEACHER


@pytest.fixture
async def town(town: Hall) -> Hall:
    """With the clock's entry, which every start puts there."""
    (entry,) = (one for one in RECURRING if one.kind == "practices-answers")
    await town.core.store.write(lambda tx: tx.recur(entry.kind, HOUSE, entry.rule, town.clock()))
    return town


async def morning(town: Hall) -> None:
    town.clock.forward(days=1)
    await town.core.dispatch.keep_time()


async def at_home(town: Hall, who: str) -> list[tuple[str, ...]]:
    """The numbers that wait for somebody to confirm them, by message."""
    arrived = delivery.update().where(delivery.c.kind == "assess-done").values(state="sent")
    await town.core.store.write(lambda tx: tx.connection.execute(arrived).rowcount)
    found = await town.ask(who, ShowInbox())
    messages = (one.message for one in found.entries if one.waiting)
    return [one.numbers for one in messages if isinstance(one, OwnerFinished)]


async def test_the_new_iso_finds_at_home_what_waits_to_be_confirmed(town: Hall) -> None:
    which = await opened(town)
    for number in ("1.1", "1.2"):
        await town.ask(TEACHER, answer(which, number))
    assert await at_home(town, ISO) == [("1.1", "1.2")]
    await holds(town, Office.ISO, [CHAIR])
    assert await at_home(town, ISO) == await at_home(town, CHAIR) == []
    for _ in range(2):
        await morning(town)
        assert await at_home(town, CHAIR) == [("1.1", "1.2")]
    sent = select(func.count()).select_from(delivery).where(delivery.c.kind == "assess-done")
    assert await town.core.store.read(lambda tx: tx.connection.execute(sent).scalar()) == 2
    assert set(await rows(town, "assess-done")) == {ISO, CHAIR}
    assert await at_home(town, ISO) == []


async def test_the_new_iso_is_not_told_what_waits_for_owners_or_is_settled(town: Hall) -> None:
    which = await opened(town, owners=f"1 {TEACHER}\n2.1 {OFFICE}")
    await town.ask(TEACHER, answer(which, "1.1"))
    await town.ask(OFFICE, answer(which, "2.1"))
    await review(town, which, "2.1", Verdict.CONFIRM)
    await holds(town, Office.ISO, [CHAIR])
    await morning(town)
    assert set(await rows(town, "assess-done")) == {ISO}, "1.2 is not answered, 2.1 is confirmed"
    await town.ask(TEACHER, answer(which, "1.2"))
    assert set(await rows(town, "assess-done")) == {ISO, CHAIR}
    await town.ask(CHAIR, CloseAssessment(assessment_id=which, left=2))
    await holds(town, Office.ISO, [OFFICE])
    await morning(town)
    assert set(await rows(town, "assess-done")) == {ISO, CHAIR}, "it is closed"
    assert await at_home(town, OFFICE) == []


async def test_the_iso_is_told_once_though_an_answered_safeguard_gets_a_new_due_date(
    town: Hall,
) -> None:
    which = await opened(town, owners=f"1 {TEACHER}\n2 {OFFICE}")
    for number in ("1.1", "1.2"):
        await town.ask(TEACHER, answer(which, number))
    before = await row(town, which, "1.1")
    later = f"1.1 {TEACHER} {town.clock() + timedelta(days=42):%Y-%m-%d}"
    assert isinstance(await town.ask(ISO, NameOwners(assessment_id=which, owners=later)), RunView)
    assert await row(town, which, "1.1") == before
    await morning(town)
    sent = select(func.count()).select_from(delivery).where(delivery.c.kind == "assess-done")
    assert await town.core.store.read(lambda tx: tx.connection.execute(sent).scalar()) == 1
