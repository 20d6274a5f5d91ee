"""The ledger of releases: whatever shows a figure made of responses leaves a line there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from sqlalchemy import select

from core.people import Audience
from governance.access import Source
from governance.home.commands import ShowDesk, ShowHome, ShowInbox
from governance.views import DeskView, HomeView, InboxView
from storage.tables import release_note
from surveys.commands import LaunchSurvey
from surveys.messages import Results
from tests.attacks.hall import Hall, hall
from tests.bot.exports.closing import asked, closed
from tests.journeys.town import CTO, example, person

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hall]:
    folder: Path = tmp_path_factory.mktemp("ledger")
    async with hall(folder, staff=130) as found:
        yield found


async def ledger(town: Hall, wave: UUID, to: UUID | None) -> list[str]:
    lines = select(release_note.c.what).where(
        release_note.c.wave_id == wave, release_note.c.to_person == to
    )
    return list(await town.core.store.read(lambda tx: tx.connection.execute(lines).scalars().all()))


async def test_how_many_answered_is_noted_where_the_desk_or_the_home_tab_tells_it(
    town: Hall,
) -> None:
    wave, cto = await asked(town, 250), (await person(town.core, CTO)).id
    seen = await town.ask(CTO, ShowDesk())
    assert isinstance(seen, DeskView)
    assert [line.answered for line in seen.waves if line.wave.id == wave] == [100]
    assert await ledger(town, wave, cto) == ["100 answers"]
    home = await town.ask(CTO, ShowHome())
    assert isinstance(home, HomeView)
    assert home.desk is not None
    assert await ledger(town, wave, cto) == ["100 answers"], "who looks all day learns it once"


async def test_a_survey_of_which_nothing_is_told_leaves_no_line(town: Hall) -> None:
    wave, cto = await asked(town, 4), (await person(town.core, CTO)).id
    await town.ask(CTO, ShowDesk())
    assert await ledger(town, wave, cto) == []


async def test_results_that_lie_in_an_inbox_are_noted(town: Hall) -> None:
    wave, cto = await closed(town), (await person(town.core, CTO)).id
    view = await town.ask(CTO, ShowInbox(earlier=True))
    assert isinstance(view, InboxView)
    assert any(isinstance(entry.message, Results) for entry in view.entries)
    noted = await ledger(town, wave, cto)
    assert any(
        one.startswith("final: district, role; ")
        and "; beside them: rates, who answered" in one
        and one.endswith("; as a message")
        for one in noted
    )


async def test_a_launch_that_says_how_many_were_spared_is_noted(town: Hall) -> None:
    pulse = next(s for s in example().surveys if s.key == "weekly-pulse")
    people = frozenset(
        one.email for one in await town.core.store.read(lambda tx: tx.people_of(Audience()))
    )
    for place in range(3):
        now = town.clock()
        command = LaunchSurvey(
            wave_id=uuid4(),
            survey=replace(pulse, key=f"pulse-{place}"),
            audience=Audience(people=frozenset(sorted(people)[: 20 if place < 2 else 40])),
            opens_at=None,
            closes_at=now + timedelta(days=3),
        )
        await town.core.dispatch.by_itself(command, Source.OPERATOR)
    (line,) = await ledger(town, command.wave_id, None)
    assert line.startswith("reach: ")
    assert line.endswith("spared")
