"""Large broadcasts: frozen at once, written in parts, and honest about it meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, select, update

from bot.operator.restored_operations import restored_list
from core.people import Audience
from core.words import Words
from governance.access import Source
from governance.announcements import campaign_wording as campaign_words
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import ResumeCampaign, ShowProgress, StopCampaign
from governance.announcements.commands import SendAnnouncement, WriteAnnouncement
from governance.announcements.model import Step, steps
from governance.messages import Progress
from storage import deliveries
from storage.ledger import LedgerStore
from storage.ledger_tables import delivery, fan_out, fan_out_part
from storage.restoring import keep_mark
from storage.tables import participation
from storage.tables import person as person_table
from surveys.commands import CloseWave, ExtendWave, LaunchSurvey
from surveys.messages import WaveLaunched
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_announcing import WORDS
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, example, person

PEOPLE = (TEACHER, OFFICE, CHAIR, ISO)


@pytest.fixture
async def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hall]:
    monkeypatch.setattr(deliveries, "PART", 1)
    async with hall(tmp_path) as found:
        yield found


async def sent(town: Hall) -> UUID:
    announcement, audience = uuid4(), Audience(people=frozenset(PEOPLE))
    write = WriteAnnouncement(announcement_id=announcement, **by_name(WORDS), audience=audience)
    await town.ask(CTO, write)
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement))
    return announcement


async def write_parts(town: Hall, most: int = 100) -> int:
    """What the service does beside everything else; how many transactions it took."""
    ledger = LedgerStore(town.core.store, {}, "en", "UTC")
    for written in range(most):
        if not await ledger.write_part(town.clock()):
            return written
    return most


async def progress(town: Hall, announcement: UUID) -> Progress:
    found = await town.ask(CTO, ShowProgress(announcement_id=announcement))
    assert isinstance(found, Progress)
    return found


async def states(town: Hall) -> Counter[str]:
    wanted = select(delivery.c.state).where(delivery.c.kind == "notice")
    rows = await town.core.store.read(lambda tx: tx.connection.execute(wanted).scalars().all())
    return Counter(rows)


async def launched(town: Hall, **more: Any) -> UUID:
    survey = next(s for s in example().surveys if s.key == "weekly-pulse")
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=survey,
        audience=Audience(),
        opens_at=None,
        closes_at=town.clock().replace(year=town.clock().year + 1),
        reminders=(),
        **more,
    )
    reply = await town.core.dispatch.by_itself(command, Source.OPERATOR)
    assert isinstance(reply.message, WaveLaunched), reply.message
    return command.wave_id


async def test_the_sender_reads_how_many_are_queued_so_far(town: Hall) -> None:
    announcement = await sent(town)
    found = await progress(town, announcement)
    assert (found.tally.people, found.tally.queued, found.tally.unwritten) == (4, 1, 3)
    said = campaign_words.notes(Words("en", "UTC"), found)
    assert said == ["Queueing 1 of 4. Messages are already going out."]
    assert campaign_words.counts(Words("en", "UTC"), found.tally) == [("Waiting to be sent", 4)]
    assert Step.STOP in steps(found.announcement, found.tally)
    assert await write_parts(town) == 4, "three parts, and the end of it"
    assert (await progress(town, announcement)).tally.unwritten == 0
    assert await states(town) == {"queued": 4}


async def test_the_audience_is_that_of_the_press(town: Hall) -> None:
    """Whoever joins while it is being written is not in it; whoever leaves gets nothing."""
    await sent(town)
    gone = await person(town.core, ISO)
    left = update(person_table).where(person_table.c.id == gone.id).values(active=False)
    await town.core.store.write(lambda tx: tx.connection.execute(left))
    await write_parts(town)
    assert (await states(town)).total() in (3, 4), "the first part was written at once"


async def test_stopped_while_it_is_written_nobody_more_gets_it_until_it_goes_on(
    town: Hall,
) -> None:
    announcement = await sent(town)
    await write_parts(town, 1)
    await town.ask(CTO, StopCampaign(subject=announcement))
    found = await progress(town, announcement)
    assert campaign_words.counts(Words("en", "UTC"), found.tally) == [
        ("Stopped before they were sent", 4)
    ]
    assert not found.tally.moving
    assert Step.RESUME in steps(found.announcement, found.tally)
    await write_parts(town, 3)  # the second of two leaves the queue, and a third never enters it
    assert await states(town) == {"recalled": 3}
    await town.ask(CTO, ResumeCampaign(subject=announcement))
    await write_parts(town)
    assert await states(town) == {"queued": 4}


async def test_campaigns_take_turns_whatever_the_size_of_a_part(town: Hall) -> None:
    await sent(town)
    await write_parts(town)
    wanted = select(delivery.c.turn).where(delivery.c.kind == "notice")
    turns = await town.core.store.read(lambda tx: tx.connection.execute(wanted).scalars().all())
    assert sorted(turns) == [0, 1, 2, 3], "one message of it each turn"


async def test_a_panel_is_whole_from_its_first_moment_on(town: Hall) -> None:
    wave_id = await launched(town)
    everybody = len(await town.core.store.read(lambda tx: tx.people_of(Audience())))
    size = await town.core.store.read(lambda tx: tx.panel_size(wave_id))
    tally = await town.core.store.read(lambda tx: tx.asking_tally(wave_id, town.clock()))
    assert (size, tally.people, tally.queued) == (everybody, everybody, 1)
    await write_parts(town, 1000)
    wanted = select(participation.c.person_id).where(participation.c.wave_id == wave_id)
    panel = await town.core.store.read(lambda tx: tx.connection.execute(wanted).scalars().all())
    assert len(set(panel)) == everybody
    size = await town.core.store.read(lambda tx: tx.panel_size(wave_id))
    assert size == everybody, "as before"


async def test_a_part_is_of_neighbors_in_the_indexes(town: Hall) -> None:
    """Else each row of it changes pages of its own: three times as many to write at a commit."""
    await launched(town)
    wanted = select(fan_out_part.c.recipients).order_by(fan_out_part.c.number)
    rest = await town.core.store.read(lambda tx: tx.connection.execute(wanted).scalars().all())
    assert len(rest) > 1
    assert rest == sorted(rest)


async def test_who_waits_is_given_more_time_from_now_on_and_not_from_the_closing(
    town: Hall,
) -> None:
    wave_id = await launched(town)
    await write_parts(town, 3)
    closes_at = town.clock() + timedelta(days=800)
    extend = ExtendWave(wave_id=wave_id, closes_at=closes_at)
    await town.core.dispatch.by_itself(extend, Source.OPERATOR)
    begun = select(fan_out.c.act, fan_out.c.begun_at)
    rows = await town.core.store.read(lambda tx: tx.connection.execute(begun).all())
    assert {row.act for row in rows} == {"send", deliveries.POSTPONE}
    assert all(row.begun_at <= town.clock() for row in rows)


async def test_the_operator_reads_how_many_messages_that_wait_are_not_written(town: Hall) -> None:
    announcement, now = await sent(town), town.clock()
    await town.core.store.write(lambda tx: keep_mark(tx, None, now, said=True))
    told = await restored_list(town.core, {})
    assert "3 messages that wait are still being written." in told.lines
    assert not any("Nothing waits" in line for line in told.lines)
    slack = update(delivery).where(delivery.c.subject == announcement)
    waits = slack.values(platform="slack", lane="restored:slack:T1")
    await town.core.store.write(lambda tx: tx.connection.execute(waits))
    lines = (await restored_list(town.core, {})).lines
    assert any(": 4 by slack" in line for line in lines), "those of the same campaign are counted"
    assert not any("written" in line for line in lines)


async def test_closed_while_it_is_written_asks_nobody_more(town: Hall) -> None:
    wave_id = await launched(town)
    await write_parts(town, 2)
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave_id), Source.OPERATOR)
    assert await write_parts(town) == 0
    assert await town.core.store.read(lambda tx: tx.panel_size(wave_id)) == 3


async def test_the_writer_reads_no_roster(town: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """With 70,000 people reading all of them takes a second, in which nobody else could write."""
    monkeypatch.setattr(deliveries, "PART", 2)
    everybody = len(await town.core.store.read(lambda tx: tx.people_of(Audience())))
    most = [0]

    @event.listens_for(town.core.store.engine, "after_cursor_execute")
    def counted(connection: Any, cursor: Any, statement: str, given: Any, *_: Any) -> None:
        if statement.startswith("INSERT INTO delivery"):
            most[0] = max(most[0], len(given) if isinstance(given, list) else 1)
        if statement.startswith("SELECT person"):
            read.append(statement)

    read: list[str] = []
    await launched(town)
    announcement, audience = uuid4(), Audience()
    write = WriteAnnouncement(announcement_id=announcement, **by_name(WORDS), audience=audience)
    await town.ask(CTO, write)
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement))
    assert most[0] <= 2 < everybody
    whole = [one for one in read if "person.id IN" not in one and "WHERE person.id =" not in one]
    whole = [one for one in whole if "duty" not in one]
    assert whole == [], "the roster was read inside a writing transaction"
