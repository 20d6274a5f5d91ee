"""What became of asking a panel, counted from participation and the ledger of deliveries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from core.people import Audience
from governance.access import Source
from storage.tables import person
from surveys.commands import AnswerPage, CloseWave, DeclineWave, LaunchSurvey, ShowResults
from surveys.messages import Results
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CTO, example, small_roster, teachers
from tests.postgres import migrated_database

pytestmark = pytest.mark.usefixtures("exact")

DAYS = timedelta(days=2)
STAFF = [one.email for one in teachers(small_roster(60), 40)]


async def test_a_closed_wave_has_its_rate_of_everybody_who_was_asked(town: Hall) -> None:
    """Twelve answer, six half of it, six say no; one of the others leaves."""
    launched = LaunchSurvey(
        wave_id=uuid4(),
        survey=next(s for s in example().surveys if s.key == "weekly-pulse"),
        audience=Audience(people=frozenset(STAFF)),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=2),
    )
    await town.core.dispatch.by_itself(launched, Source.OPERATOR)

    async def page(email: str, **answers: str) -> None:
        await town.ask(email, AnswerPage(wave_id=launched.wave_id, page=0, answers=answers))

    for email in STAFF[:12]:
        await page(email, week="4", help="late")
    for email in STAFF[12:18]:
        await page(email, week="4")  # and the second question not
    for email in STAFF[18:24]:
        await town.ask(email, DeclineWave(wave_id=launched.wave_id))
    gone = update(person).where(person.c.email == STAFF[30]).values(active=False)
    await town.core.store.write(lambda tx: tx.connection.execute(gone) and None)
    panel = await town.core.store.read(lambda tx: tx.panel_by_group(launched.wave_id))
    assert sum(panel.values()) == 40
    await town.core.dispatch.by_itself(CloseWave(wave_id=launched.wave_id), Source.OPERATOR)
    found = await town.ask(CTO, ShowResults(wave_id=launched.wave_id))
    assert isinstance(found, Results)
    rates = found.results.rates
    assert rates is not None
    assert (rates.asked, rates.answered, rates.response_rate_2) == (40, 20, 0.5)
    assert (rates.partial, rates.declined, rates.not_reached) == (None, None, None)


@pytest.fixture(params=["sqlite", "postgres"])
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Hall]:
    if request.param == "sqlite":
        async with hall(tmp_path, staff=60) as found:
            yield found
        return
    async with in_postgres(tmp_path) as found:
        yield found


@asynccontextmanager
async def in_postgres(tmp_path: Path) -> AsyncIterator[Hall]:
    with migrated_database() as url:
        async with hall(tmp_path, staff=60, url=url) as found:
            yield found


async def answered(town: Hall, staff: list[str], before: UUID | None, point: int) -> UUID:
    """A wave that these answer, and that is closed."""
    launched = LaunchSurvey(
        wave_id=uuid4(),
        survey=next(s for s in example().surveys if s.key == "weekly-pulse"),
        audience=Audience(people=frozenset(STAFF)),
        opens_at=None,
        closes_at=town.clock() + DAYS,
        continues=before,
    )
    await town.core.dispatch.by_itself(launched, Source.OPERATOR)
    for number, email in enumerate(staff):
        answers = {"week": str(point + number % 2), "help": "late"}
        await town.ask(email, AnswerPage(wave_id=launched.wave_id, page=0, answers=answers))
    await town.core.dispatch.by_itself(CloseWave(wave_id=launched.wave_id), Source.OPERATOR)
    return launched.wave_id


async def test_a_wave_that_continues_another_says_what_changed(town: Hall) -> None:
    first = await answered(town, STAFF[:20], None, 4)
    second = await answered(town, STAFF[8:36], first, 3)
    found = await town.ask(CTO, ShowResults(wave_id=second))
    assert isinstance(found, Results)
    week = next(t for t in found.results.trends if t.question == "week" and not t.group)
    assert [(point.wave_id, point.value) for point in week.points] == [(first, 4.5), (second, 3.5)]
    assert week.change == -1.0
    assert week.low is not None
    assert week.low < -1.0
