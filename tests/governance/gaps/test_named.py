"""Somebody who answers for an accepted risk is told, in words that tell nothing of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.cards import card_of
from core.words import Words
from governance.deliveries import Occasion
from governance.gaps.commands import ShowGap
from governance.gaps.handlers import PRACTICE_NAMED, named_in_it
from governance.gaps.messages import GapView, NamedInDecision
from governance.gaps.model import GapChoice
from storage.ledger_tables import delivery
from storage.tables import person as person_table
from tests.attacks.hall import Hall, hall
from tests.governance.gaps.test_returning import DAY
from tests.governance.gaps.towns import SECRETS, assessed, decided
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER, person


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=5) as found:
        yield found


async def told(town: Hall, gap: UUID) -> list[str]:
    def look(tx: Any) -> list[str]:
        rows = select(delivery.c.person_id).where(
            delivery.c.kind == PRACTICE_NAMED, delivery.c.subject == gap
        )
        people = (tx.person(one) for one in tx.connection.execute(rows).scalars())
        return [one.email for one in people]

    return await town.core.store.read(look)


async def said(town: Hall, gap: UUID, email: str) -> NamedInDecision | None:
    who = await person(town.core, email)
    return await town.core.store.read(
        lambda tx: named_in_it(
            Occasion(store=tx, subject=gap, reader=None, queue=None, now=town.clock(), to=who)
        )
    )


async def test_an_administrator_who_is_named_is_told_and_reads_that_page(town: Hall) -> None:
    leads = person_table.update().where(person_table.c.email == CHAIR).values(role="administrator")
    await town.core.store.write(lambda tx: tx.connection.execute(leads) and None)
    winter = await assessed(town.core)
    found = {"choice": GapChoice.ACCEPT, "administrator": CHAIR, "by_day": DAY, "owner": OFFICE}
    gap = (await decided(town, winter, **found)).gap_id
    assert await told(town, gap) == [CHAIR]
    await decided(town, winter, **found)
    assert await told(town, gap) == [CHAIR], "handed in twice"
    message = await said(town, gap, CHAIR)
    assert message is not None
    card = str(card_of(message, Words("en", "America/Chicago")))
    assert "a decision needs your answer" in card
    for secret in (*SECRETS, "1.2", "risk", "accept"):
        assert secret not in card
    assert isinstance(await town.ask(CHAIR, ShowGap(gap_id=gap)), GapView)
    assert not isinstance(await town.ask(TEACHER, ShowGap(gap_id=gap)), GapView)
    cto = str((await person(town.core, CTO)).id)
    await decided(town, winter, **(found | {"administrator": "", "accepted_by": cto}))
    assert await told(town, gap) == [CHAIR, CTO]
    assert await said(town, gap, CHAIR) is None, "another one answers for it now"


async def test_a_decision_that_nobody_accepts_tells_nobody(town: Hall) -> None:
    gap = (await decided(town, await assessed(town.core), owner=OFFICE)).gap_id
    assert await told(town, gap) == []
