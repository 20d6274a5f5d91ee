"""Two processes on one PostgreSQL: what is done at both doors at once is done once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, update

from bot.app.settings import Settings
from bot.conversation import Speaker
from bot.doctor.checking import examine, upgrade_database
from core.people import Audience, Platform
from governance.access import Source
from governance.docket.commands import AnswerItem, GiveFeedback
from governance.messages import AnswerForm
from governance.series.commands import StartSeries
from governance.series.model import Repeat
from governance.series.views import SeriesStarted
from storage.ledger_tables import audit, delivery, occurrence
from storage.tables import item, wave
from storage.transaction import Transaction
from surveys.commands import AnswerPage, LaunchSurvey
from tests.attacks.hall import Hall, hall
from tests.journeys.running import SECRET
from tests.journeys.town import CHAIR, TEACHER, example, person, small_roster, teachers
from tests.postgres import fresh_database
from tests.storage.open_answers import said

SAID = "The wifi in the portables drops every afternoon"
STAFF = [one.email for one in teachers(small_roster(40), 30)]

Two = tuple[Hall, Hall]


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    with fresh_database() as url:
        settings = Settings(database_url=url, secret_key=SECRET)
        await asyncio.to_thread(upgrade_database, settings)
        async with AsyncExitStack() as stack:
            one = await stack.enter_async_context(hall(tmp_path, staff=40, url=url))
            yield one, await stack.enter_async_context(hall(tmp_path, staff=40, url=url))


async def count(town: Hall, table: Any, *where: Any) -> int:
    wanted = select(func.count()).select_from(table).where(*where)

    def found(tx: Transaction) -> int:
        return tx.connection.execute(wanted).scalar_one()

    return await town.core.store.read(found)


async def one_chain(town: Hall) -> None:
    numbers = await town.core.store.read(
        lambda tx: tx.connection.execute(select(audit.c.number)).scalars().all()
    )
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


async def test_an_item_that_two_answer_at_once_is_answered_once(two: Two) -> None:
    for _ in range(4):
        item_id = await two[0].item(TEACHER, SAID)
        first, second = await asyncio.gather(
            two[0].ask(CHAIR, AnswerItem(item_id=item_id, text="From here.")),
            two[1].ask(CHAIR, AnswerItem(item_id=item_id, text="From there.")),
        )
        forms = [one for one in (first, second) if isinstance(one, AnswerForm)]
        assert len(forms) == 1, "the slower one sees both texts and chooses"
        told = (delivery.c.subject == item_id, delivery.c.kind == "told-answered")
        assert await count(two[0], delivery, *told) == 1
    answered = await count(two[0], audit, audit.c.what == "answered")
    assert answered == 4
    await one_chain(two[0])


async def test_an_event_that_comes_to_every_process_three_times_is_one_item(two: Two) -> None:
    who = await person(two[0].core, TEACHER)
    speaker = Speaker(platform=Platform.WEB, person=who.id)

    async def give(town: Hall) -> bool:
        command = GiveFeedback(item_id=uuid4(), text=SAID)
        reply = await town.core.dispatch.handle(speaker, command, event_id="Ev-1")
        return not reply.repeated

    new = await asyncio.gather(*(give(town) for town in two for _ in range(3)))
    assert sum(new) == 1
    assert await count(two[0], item) == 1


async def test_a_wave_opens_once_however_many_clocks_tick(two: Two) -> None:
    wave = await launch(two[0], opens_in=timedelta(hours=1))
    for town in two:
        town.clock.forward(hours=2)
    done = await asyncio.gather(*(town.core.dispatch.keep_time() for town in two for _ in range(3)))
    assert sum(done) == 1
    assert await count(two[0], occurrence) == 1
    asked = (delivery.c.subject == wave, delivery.c.kind == "invitation")
    assert await count(two[0], delivery, *asked) == len(STAFF)


async def test_what_repeats_is_launched_once_a_date_however_many_clocks_tick(two: Two) -> None:
    zone = ZoneInfo(example().district.timezone)
    today = two[0].clock().astimezone(zone)
    monday = today.date() + timedelta(days=7 - today.weekday())
    series = StartSeries(
        series_id=uuid4(),
        survey=example().surveys[0],
        audience=Audience(),
        repeat=Repeat(rule="0 9 * * mon", begins=monday, days=2),
    )
    reply = await two[0].core.dispatch.by_itself(series, Source.OPERATOR)
    assert isinstance(reply.message, SeriesStarted), reply.message
    first = reply.message.dates[0].at
    assert first is not None
    for town in two:
        town.clock.moved = first + timedelta(seconds=9) - datetime.now(UTC)
    await asyncio.gather(*(town.core.dispatch.keep_time() for town in two for _ in range(3)))
    assert await count(two[0], wave, wave.c.series == series.series_id) == 1
    assert await count(two[0], delivery, delivery.c.kind == "repetition") == 1
    await one_chain(two[0])


async def test_answers_at_every_door_at_once_are_all_stored_once(two: Two) -> None:
    wave = await launch(two[0])
    command = AnswerPage(wave_id=wave, page=0, answers={"week": "3", "help": "yes"})
    told = await asyncio.gather(*(town.ask(email, command) for email in STAFF for town in two))
    assert Counter(type(one).__name__ for one in told) == {"Answered": 2 * len(STAFF)}
    assert len(await two[0].core.store.read(said)) == len(STAFF)
    await one_chain(two[0])


async def launch(town: Hall, opens_in: timedelta | None = None) -> UUID:
    wave_id, now = uuid4(), town.clock()
    survey = next(one for one in example().surveys if one.key == "weekly-pulse")
    command = LaunchSurvey(
        wave_id=wave_id,
        survey=survey,
        audience=Audience(people=frozenset(STAFF)),
        opens_at=now + opens_in if opens_in else None,
        closes_at=now + timedelta(days=7),
        reminders=(),
    )
    await town.core.dispatch.by_itself(command, Source.OPERATOR)
    return wave_id


async def test_the_doctor_says_when_work_waits_and_no_worker_is_there(two: Two) -> None:
    store, settings = two[0].core.store, two[0].core.settings

    async def said() -> str:
        lines, _ = await examine(settings)
        return "\n".join(lines)

    assert "ok    No worker is running, and nothing is waiting for one" in await said()
    await two[0].item(TEACHER, SAID)

    def two_minutes_ago(tx: Transaction) -> None:
        late = two[0].clock() - timedelta(minutes=2)
        tx.connection.execute(update(delivery).values(not_before=late))

    await store.write(two_minutes_ago)
    waiting = await said()
    assert "FIX   1 messages wait to be sent and 0 to be read, and no worker" in waiting
    sign = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '{}')"
    await store.write(lambda tx: tx.connection.exec_driver_sql(sign.format("5 minutes")))
    assert "no worker" in await said()
    await store.write(lambda tx: tx.connection.exec_driver_sql(sign.format("3 seconds")))
    assert "ok    A worker is running" in await said()
