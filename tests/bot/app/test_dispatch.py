"""The one way in: an event has its effect once, strangers leave no trace, times are local."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.conversation import Reply, Speaker
from core.commands import Command
from core.people import Audience, Platform
from governance.access import GUEST, LEFT, STRANGER, Source
from governance.announcements.commands import SendAnnouncement, WriteAnnouncement
from governance.docket.commands import GiveFeedback
from governance.home.commands import NoteAddress, ShowDocket, ShowHelp, ShowInbox
from governance.messages import Done, FeedbackReceived, Help, Refused
from governance.people.reading_language import ChooseLanguage
from storage.ledger_tables import occurrence
from storage.tables import address, item
from storage.tables import person as person_table
from storage.transaction import Transaction
from surveys.commands import AnswerPage, LaunchSurvey, ShowPage
from surveys.messages import Answered, QuestionPage, Rejected, WaveLaunched
from surveys.survey import WaveState
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CTO, TEACHER, example, person


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def on_slack(user: str = "U1", email: str | None = TEACHER, **more: Any) -> Speaker:
    return Speaker(platform=Platform.SLACK, workspace="T1", user=user, email=email, **more)


async def handle(town: Hall, speaker: Speaker, command: Command, event: str | None = None) -> Reply:
    return await town.core.dispatch.handle(speaker, command, event_id=event)


async def count(town: Hall, table: Any) -> int:
    return await town.core.store.read(
        lambda tx: tx.connection.execute(select(func.count()).select_from(table)).scalar_one()
    )


async def change(town: Hall, email: str, **values: Any) -> None:
    who = await person(town.core, email)
    await town.core.store.write(
        lambda tx: tx.connection.execute(
            person_table.update().where(person_table.c.id == who.id).values(**values)
        )
    )


# -- events ---------------------------------------------------------------------------------------


async def test_an_event_that_comes_again_has_one_effect_and_shows_nothing(town: Hall) -> None:
    first, again = await asyncio.gather(
        *(
            handle(town, on_slack(), GiveFeedback(item_id=uuid4(), text="It hums."), "Ev1")
            for _ in range(2)
        )
    )
    assert {first.repeated, again.repeated} == {True, False}
    repeated = first if first.repeated else again
    assert isinstance(repeated.message, Done)
    assert await count(town, item) == 1


async def test_an_event_that_failed_may_come_again(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = GiveFeedback(item_id=uuid4(), text="It hums.")

    def fails(*_: object) -> bool:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(Transaction, "add_item", fails)
        with pytest.raises(RuntimeError):
            await handle(town, on_slack(), said, "Ev1")
    reply = await handle(town, on_slack(), said, "Ev1")
    assert not reply.repeated
    assert isinstance(reply.message, FeedbackReceived)


# -- who speaks -----------------------------------------------------------------------------------


async def test_somebody_new_on_a_platform_is_known_by_their_address_from_then_on(
    town: Hall,
) -> None:
    assert isinstance((await handle(town, on_slack(), ShowHelp())).message, Help)
    assert isinstance((await handle(town, on_slack(email=None), ShowHelp())).message, Help)
    assert await count(town, address) == 1


@pytest.mark.parametrize(
    ("speaker", "why"),
    [
        (on_slack(email=None), STRANGER),
        (on_slack(email="nobody@schools.example.org"), STRANGER),
        (on_slack(guest=True), GUEST),
        (Speaker(platform=Platform.WEB), STRANGER),
        (Speaker(platform=Platform.WEB, person=UUID(int=1)), STRANGER),
        (Speaker(platform=Platform.WEB, email=TEACHER), STRANGER),
    ],
    ids=["unknown", "not in the roster", "guest", "signed out", "no such person", "by word"],
)
async def test_a_stranger_is_refused_and_leaves_no_trace(
    town: Hall, speaker: Speaker, why: str
) -> None:
    for command in (
        GiveFeedback(item_id=uuid4(), text="Let me in."),
        ShowInbox(),
        ShowDocket(queue="network"),
        NoteAddress(
            platform=Platform.SLACK,
            workspace="T1",
            user="U1",
            email=TEACHER,
            conversation="U1",
        ),
    ):
        reply = await handle(town, speaker, command)
        assert isinstance(reply.message, Refused)
        assert reply.message.why.why == why
    assert await count(town, item) == 0
    assert await count(town, address) == 0


async def test_somebody_chooses_the_language_in_which_they_are_answered(town: Hall) -> None:
    before = await handle(town, on_slack(), ShowHelp())
    assert before.reader.locale == "en"
    chosen = await handle(town, on_slack(), ChooseLanguage(locale="es"))
    assert isinstance(chosen.message, Done)
    assert (await handle(town, on_slack(), ShowHelp())).reader.locale == "es"
    assert (await handle(town, on_slack("U2", CTO), ShowHelp())).reader.locale == "en"
    unknown = await handle(town, on_slack(), ChooseLanguage(locale="de"))
    assert isinstance(unknown.message, Rejected)
    assert (await handle(town, on_slack(), ShowHelp())).reader.locale == "es"


async def test_somebody_who_left_is_refused_and_leaves_no_trace(town: Hall) -> None:
    await change(town, TEACHER, active=False)
    reply = await handle(town, on_slack(), GiveFeedback(item_id=uuid4(), text="One more thing."))
    assert isinstance(reply.message, Refused)
    assert reply.message.why.why == LEFT
    assert await count(town, item) == 0
    assert await count(town, address) == 0


async def test_whoever_was_given_the_account_of_one_who_left_is_themselves(town: Hall) -> None:
    await handle(town, on_slack(), ShowHelp())
    await change(town, TEACHER, active=False)
    reply = await handle(town, on_slack(email=CTO), ShowHelp())
    assert isinstance(reply.message, Help)
    assert reply.message.cto
    reply = await handle(town, on_slack(email=None), ShowHelp())
    assert isinstance(reply.message, Help)
    assert reply.message.cto, "and stays so"


async def test_an_address_is_noted_for_who_speaks_and_for_nobody_else(town: Hall) -> None:
    noted = NoteAddress(
        platform=Platform.SLACK, workspace="T1", user="U1", email=CTO, conversation="D1"
    )
    await handle(town, on_slack(), noted)
    owner = await town.core.store.read(lambda tx: tx.person_by_address(Platform.SLACK, "T1", "U1"))
    assert owner is not None
    assert owner.email == TEACHER


# -- zones ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("zone", ["America/Chicago", "Pacific/Honolulu", "Asia/Kathmandu"])
async def test_a_time_without_a_zone_is_in_the_speakers(town: Hall, zone: str) -> None:
    await change(town, CTO, timezone=zone)
    day = (town.clock() + timedelta(days=3)).date()
    at = [datetime(day.year, day.month, day.day, hour) for hour in (7, 12, 18)]  # noqa: DTZ001
    launched = await town.ask(
        CTO,
        LaunchSurvey(
            wave_id=uuid4(),
            survey=example().surveys[0],
            audience=Audience(),
            opens_at=at[0],
            closes_at=at[2],
            reminders=(at[1],),
        ),
    )
    assert isinstance(launched, WaveLaunched)
    wave = await town.core.store.read(lambda tx: tx.wave(launched.wave_id))
    assert wave is not None
    local = [moment.replace(tzinfo=ZoneInfo(zone)) for moment in at]
    assert [wave.opens_at, *wave.reminders, wave.closes_at] == local


async def test_the_operator_is_answered_in_the_districts_zone(town: Hall) -> None:
    district = replace(example().district, timezone="Pacific/Honolulu", locale="es")
    await town.core.store.write(lambda tx: tx.put_district(district, "", town.clock()))
    draft = WriteAnnouncement(announcement_id=uuid4(), change=example().announcements[0].change)
    reply = await town.core.dispatch.by_itself(draft, Source.OPERATOR)
    assert (reply.reader.timezone, reply.reader.locale) == ("Pacific/Honolulu", "es")


async def test_a_reader_reads_in_their_own_locale(town: Hall) -> None:
    await change(town, TEACHER, locale="es", timezone="America/Denver")
    reply = await handle(town, on_slack(), ShowHelp())
    assert (reply.reader.locale, reply.reader.timezone) == ("es", "America/Denver")
    assert reply.reader.web_url == town.core.web_url


# -- the clock -----------------------------------------------------------------------------------


async def launch(town: Hall) -> UUID:
    now = town.clock()
    launched = await town.ask(
        CTO,
        LaunchSurvey(
            wave_id=uuid4(),
            survey=next(s for s in example().surveys if s.key == "weekly-pulse"),
            audience=Audience(people=frozenset({TEACHER})),
            opens_at=now + timedelta(hours=1),
            closes_at=now + timedelta(days=4),
            reminders=(now + timedelta(days=1),),
        ),
    )
    return launched.wave_id


async def state(town: Hall, wave_id: UUID) -> WaveState:
    wave = await town.core.store.read(lambda tx: tx.wave(wave_id))
    assert wave is not None
    return wave.state


async def asked(town: Hall, wave_id: UUID, kind: str) -> int:
    found = await town.core.store.read(lambda tx: tx.deliveries_by_state(kind, wave_id))
    return sum(found.values())


async def test_two_ticks_at_once_do_what_is_due_once(town: Hall) -> None:
    wave_id = await launch(town)
    assert await town.core.dispatch.keep_time() == 0
    town.clock.forward(hours=2)
    done = await asyncio.gather(*(town.core.dispatch.keep_time() for _ in range(4)))
    assert sum(done) == 1
    assert await state(town, wave_id) is WaveState.OPEN
    assert await asked(town, wave_id, "invitation") == 1
    assert await count(town, occurrence) == 1


async def test_a_late_start_catches_up_in_order_and_asks_nobody_in_vain(town: Hall) -> None:
    wave_id = await launch(town)
    town.clock.forward(days=2)
    assert await town.core.dispatch.keep_time() == 2
    assert await state(town, wave_id) is WaveState.OPEN
    assert await asked(town, wave_id, "invitation") == 1
    town.clock.forward(days=5)
    await town.core.dispatch.keep_time()
    assert await state(town, wave_id) is WaveState.CLOSED
    assert await town.core.dispatch.coming() == []


async def test_a_service_that_slept_through_it_all_asks_nobody(town: Hall) -> None:
    wave_id = await launch(town)
    town.clock.forward(days=9)
    await town.core.dispatch.keep_time()
    assert await state(town, wave_id) is WaveState.CLOSED
    assert await asked(town, wave_id, "invitation") == 0
    assert await asked(town, wave_id, "reminder") == 0


async def test_an_entry_that_nobody_understands_does_not_hold_up_the_rest(town: Hall) -> None:
    wave_id = await launch(town)
    await town.core.store.write(lambda tx: tx.schedule("of a newer version", uuid4(), town.clock()))
    town.clock.forward(hours=2)
    assert await town.core.dispatch.keep_time() == 1
    assert await state(town, wave_id) is WaveState.OPEN
    assert len(await town.core.dispatch.coming()) == 3, "it keeps its place for that version"


async def test_the_ears_hear_what_was_planned(town: Hall) -> None:
    heard: list[datetime] = []
    pumped: list[bool] = []
    town.core.ears.clock = heard.append
    town.core.ears.pump = lambda: pumped.append(True)
    wave_id = await launch(town)
    wave = await town.core.store.read(lambda tx: tx.wave(wave_id))
    assert wave is not None
    assert heard == [wave.opens_at, *wave.reminders, wave.closes_at]
    assert pumped
    pumped.clear()
    await town.ask(TEACHER, ShowInbox())
    assert not pumped, "looking wakes nobody"


async def test_who_answered_in_a_modal_in_the_middle_of_the_closing_is_told_so(town: Hall) -> None:
    wave_id = await launch(town)
    town.clock.forward(hours=2)
    await town.core.dispatch.keep_time()
    assert isinstance(await town.ask(TEACHER, ShowPage(wave_id=wave_id)), QuestionPage)
    answers = {"week": "3", "help": "yes"}
    said = AnswerPage(wave_id=wave_id, page=0, answers=answers)
    assert isinstance(await town.ask(TEACHER, said), Answered)
    town.clock.forward(days=5)
    assert not isinstance(await town.ask(TEACHER, said), Answered), "closed, though not yet sealed"


async def test_a_draft_of_the_cto_with_a_local_time_wakes_the_clock(town: Hall) -> None:
    draft = uuid4()
    change = example().announcements[0].change
    await town.ask(CTO, WriteAnnouncement(announcement_id=draft, change=change))
    heard: list[datetime] = []
    town.core.ears.clock = heard.append
    at = datetime.now(UTC) + timedelta(days=1)
    await town.ask(CTO, SendAnnouncement(announcement_id=draft, at=at))
    assert heard == [at]
