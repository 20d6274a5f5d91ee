"""What became of asking a panel, counted from participation and the ledger of deliveries."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from governance.access import Source
from storage.ledger_tables import delivery
from storage.tables import person
from storage.transaction import Transaction
from storage.unavailable import UnavailableError
from surveys.commands import AnswerPage, CloseWave, DeclineWave, LaunchSurvey, ShowResults
from surveys.messages import Results
from surveys.people import Audience
from surveys.survey import WaveState
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CTO, example, small_roster, teachers
from tests.postgres import migrated_database

DAYS = timedelta(days=2)
STAFF = [one.email for one in teachers(small_roster(60), 40)]


async def test_a_closed_wave_has_its_rates_from_the_ledger_of_deliveries(tmp_path: Path) -> None:
    async with hall(tmp_path, staff=60) as town:
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

        wave = await town.core.store.read(lambda tx: tx.wave(launched.wave_id))
        assert wave is not None
        at = town.clock()
        await town.core.store.write(lambda tx: tx.remind(wave, 1, at))

        def happens(tx: Transaction) -> None:
            """Five cannot be reached, three are sent it, and one of the three leaves. One whom the
            invitation did not reach gets the reminder."""
            ids = [found.id for e in STAFF[24:32] if (found := tx.person_by_email(e))]
            for state, some in (("unreachable", ids[:5]), ("sent", ids[5:])):
                mine = delivery.c.person_id.in_(some)
                tx.connection.execute(update(delivery).where(mine).values(state=state))
            reminded = delivery.c.person_id == ids[0], delivery.c.kind == "reminder"
            tx.connection.execute(update(delivery).where(*reminded).values(state="sent"))
            gone = person.c.id == ids[7]
            tx.connection.execute(update(person).where(gone).values(active=False))

        await town.core.store.write(happens)
        disposed = await town.core.store.read(lambda tx: tx.disposed(launched.wave_id))
        counted: Counter[tuple[str, bool, bool]] = Counter()
        for some in disposed:
            counted[some.became, some.reached, some.left] += some.people
        assert counted["asked", True, False] == 2 + 1
        assert counted["asked", True, True] == 1
        assert counted["asked", False, False] == 4 + 8  # eight wait for the clock to send
        await town.core.dispatch.by_itself(CloseWave(wave_id=launched.wave_id), Source.OPERATOR)
        found = await town.ask(CTO, ShowResults(wave_id=launched.wave_id))
        assert isinstance(found, Results)
        rates = found.results.rates
        assert rates is not None
        assert (rates.asked, rates.answered, rates.partial, rates.declined) == (40, 12, 6, 6)
        assert (rates.response_rate_1, rates.response_rate_2) == (0.3, 0.45)
        assert rates.cooperation_rate_1 == 0.5
        assert rates.beside_groups == 18 / 40, "the groups' rates count partial responses, too"
        assert rates.not_reached is None, "three are left of sixteen"


@pytest.fixture(params=["sqlite", "postgres"])
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Hall]:
    if request.param == "sqlite":
        async with hall(tmp_path, staff=60) as found:
            yield found
        return
    async with in_postgres(tmp_path) as found:
        yield found


@pytest.fixture
async def on_postgres(tmp_path: Path) -> AsyncIterator[Hall]:
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
    moved = await town.core.store.read(lambda tx: tx.moved(first, second))
    both, left, came = (
        sum(n for at, n in moved.items() if (at[0] is not None, at[1] is not None) == sides)
        for sides in ((True, True), (True, False), (False, True))
    )
    assert (both, left, came) == (12, 8, 16)
    found = await town.ask(CTO, ShowResults(wave_id=second))
    assert isinstance(found, Results)
    week = next(t for t in found.results.trends if t.question == "week" and not t.group)
    assert [(point.wave_id, point.value) for point in week.points] == [(first, 4.5), (second, 3.5)]
    assert week.change == -1.0
    assert week.low is not None
    assert week.low < -1.0


async def test_a_wave_that_continues_another_hides_the_few_who_came(town: Hall) -> None:
    """All of the first wave answer again, and three more: no group but the district is told."""
    first = await answered(town, STAFF[:30], None, 3)
    second = await answered(town, STAFF[:33], first, 3)
    found = await town.ask(CTO, ShowResults(wave_id=second))
    assert isinstance(found, Results)
    district, *groups = found.results.tables
    assert district.cells[0].n == 33
    assert groups, "else there is nothing to hide"
    assert {cell.n for table in groups for cell in table.cells} == {None}


async def test_a_closing_may_count_longer_than_a_frozen_transaction_may_last(
    on_postgres: Hall,
) -> None:
    """Seen with twenty questions by building and role on a busy machine: after ten seconds without
    a statement PostgreSQL ended the closing, and each further try."""
    launched = LaunchSurvey(
        wave_id=uuid4(),
        survey=next(s for s in example().surveys if s.key == "weekly-pulse"),
        audience=Audience(people=frozenset(STAFF)),
        opens_at=None,
        closes_at=on_postgres.clock() + DAYS,
    )
    await on_postgres.core.dispatch.by_itself(launched, Source.OPERATOR)

    def impatient(tx: Transaction) -> None:
        tx.connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = '100ms'")

    def counting(tx: Transaction) -> WaveState:
        impatient(tx)
        tx.set_wave_state(launched.wave_id, WaveState.CLOSED)
        time.sleep(0.4)
        found = tx.wave(launched.wave_id)
        assert found is not None
        return found.state

    def frozen(tx: Transaction) -> None:
        impatient(tx)
        time.sleep(0.4)
        tx.wave(launched.wave_id)

    assert await on_postgres.core.store.write(counting) is WaveState.CLOSED
    with pytest.raises(UnavailableError):
        await on_postgres.core.store.write(frozen)
