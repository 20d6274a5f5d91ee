"""An owner assesses their safeguards in dialogs of Teams, and the message that asked says how many
are left: no answer to a dialog can change it, so the ledger does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.ledger_tables import delivery
from tests.journeys.running import until
from tests.journeys.test_decided_elsewhere import NEXT, asked_to_assess
from tests.journeys.test_teams import Place, in_teams
from tests.journeys.town import TEACHER
from tests.stand_ins.teams import Answered, Posted, TeamsUser


@dataclass
class Owner:
    """``asked``: the message that asks them, as it stands."""

    place: Place
    user: TeamsUser
    asked: Posted

    async def assesses(self, number: str) -> Answered:
        """What the dialog shows after its form was handed in."""
        teams = self.place.teams
        form = await teams.open_dialog(self.user, self.asked, NEXT)
        assert f"Assess SC {number}" in form.text
        inputs = {"field.applies": "no", "field.why_not": "There are no locks."}
        return await teams.hand_in(self.user, form, "Done", inputs)

    async def reads(self, *words: str) -> None:
        async def look() -> bool:
            return all(one in self.asked.shown for one in words)

        await until(look)
        assert len(self.place.teams.messages(self.user.chat)) == 1, "drawn again, not sent again"


@pytest.fixture
async def owner(tmp_path: Path) -> AsyncIterator[Owner]:
    async with in_teams(tmp_path) as place:
        user = await place.join(TEACHER)
        place.teams.posted.clear()
        await asked_to_assess(place.service)
        asked = await place.message(user.chat, "Please assess 2 safeguards")
        await place.service.at_rest()
        yield Owner(place, user, asked)


async def test_a_message_in_teams_says_how_much_of_it_a_dialog_has_done(owner: Owner) -> None:
    assert "is done" in (await owner.assesses("1.1")).text
    await owner.reads("Please assess 1 safeguard", "1 other is done.", NEXT)
    assert "1.1" not in owner.asked.shown
    assert "is done" in (await owner.assesses("1.2")).closing
    await owner.reads("Your safeguards are assessed")
    assert NEXT not in owner.asked.shown


async def test_a_message_that_teams_does_not_change_disturbs_no_dialog(owner: Owner) -> None:
    owner.place.teams.blocked.add(owner.user.user)
    assert "is done" in (await owner.assesses("1.1")).text
    states = select(delivery.c.state).where(delivery.c.kind == "assess-now")
    read = owner.place.service.core.store.read

    async def refused() -> bool:
        found = await read(lambda tx: tx.connection.execute(states).scalars().all())
        return found == ["unreachable"]

    await until(refused)
    assert owner.asked.updates == 0
    owner.place.teams.blocked.clear()
    await owner.assesses("1.2")
    await owner.reads("Your safeguards are assessed")
