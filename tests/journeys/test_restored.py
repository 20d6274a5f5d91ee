"""A backup that is made while a broadcast goes out, and restored when everybody has it."""

from __future__ import annotations

import asyncio
import subprocess
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select

from bot.operator.operations import do
from bot.operator.telling import Told
from governance.announcements.commands import SendAnnouncement
from governance.docket.commands import FileReading, GiveFeedback
from governance.feedback.handlers import file_reading, give_feedback
from governance.feedback.model import Urgency
from storage.ledger_tables import delivery
from storage.transaction import Transaction
from tests.attacks.hall import reading
from tests.journeys.running import Running, running, until
from tests.journeys.town import TEACHER, person, settle, small_roster, teachers
from tests.journeys.trips import PULSE, draft, launch
from tests.stand_ins.mail import MailStandIn, mail_stand_in

STAFF = 24
SLOWLY = 8
"""Mails a second: the backup is made among them."""


class Place:
    """A district whose people are told by mail, and the mail server, which outlives it."""

    def __init__(self, service: Running, mail: MailStandIn, folder: Path) -> None:
        self.service, self.mail, self.folder = service, mail, folder
        self.people = [one.email for one in teachers(small_roster(60), STAFF)]

    def got(self) -> Counter[str]:
        """How often each was asked."""
        asks = [one for one in self.mail.arrived if any("/surveys/" in at for at in one.links)]
        return Counter(one.to for one in asks)

    async def at_least(self, number: int) -> None:
        async def enough() -> bool:
            return self.got().total() >= number

        await until(enough, seconds=30)

    async def told(self, operation: str, **given: Any) -> Told:
        return await do(self.service.core, operation, given)

    async def ready(self) -> dict[str, Any]:
        async with httpx.AsyncClient() as client:
            found: dict[str, Any] = (await client.get(f"{self.service.url}/readyz")).json()
            return found

    async def states(self, kind: str = "invitation") -> Counter[str]:
        wanted = select(delivery.c.state).where(delivery.c.kind == kind)
        rows = await self.service.core.store.read(
            lambda tx: tx.connection.execute(wanted).scalars().all()
        )
        return Counter(rows)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with mail_stand_in() as mail:
        settings = {
            "smtp_host": "127.0.0.1",
            "smtp_port": mail.port,
            "mail_from": "sounding-board@schools.example.org",
            "mail_per_second": SLOWLY,
        }
        async with running(tmp_path, settle(staff=60), **settings) as service:
            yield Place(service, mail, tmp_path)


@asynccontextmanager
async def backed_up(place: Place) -> AsyncIterator[str]:
    """The address at which a backup will lie, made now as the guide says."""
    store = place.service.core.store
    if store.embedded:
        copy = place.folder / "elsewhere" / "copy.sqlite3"
        copy.parent.mkdir()
        made = await place.told("backup", path=str(copy))
        assert made.ok, made.lines
        yield f"sqlite:///{copy}"
        return
    from tests.postgres import fresh_database, program

    dumped = place.folder / "dump.sql"
    out = ("--exclude-table-data=wave_key", "--exclude-table-data=web_session")
    plain = store.url.set(drivername="postgresql").render_as_string(hide_password=False)
    await _done(str(program("pg_dump")), *out, "--file", str(dumped), plain)
    with fresh_database() as url:
        await _done(str(program("psql")), "--quiet", "--file", str(dumped), url)
        yield url


async def _done(*command: str) -> None:
    await asyncio.to_thread(subprocess.run, command, check=True, stdout=subprocess.DEVNULL)


async def restored(place: Place, url: str) -> None:
    """The service ends, and another begins on the backup, on another machine."""
    await place.service.stop()
    place.service.settings = place.service.settings.model_copy(
        update={"database_url": url, "mail_per_second": 100}
    )
    await place.service.start()


async def calls_for_help(place: Place) -> UUID:
    """Somebody is in danger, and the responder has to hear of it."""
    core, said = place.service.core, "Somebody with a knife is in the hall of the middle school"
    author = await person(core, TEACHER)
    give = GiveFeedback(item_id=uuid4(), text=said)
    read = FileReading(item_id=give.item_id, reading=reading(said, "restricted", Urgency.SAFETY))

    def work(tx: Transaction) -> None:
        give_feedback(tx, author, give, core.now())
        file_reading(tx, read, core.now())

    await core.store.write(work)
    core.ears.pump()
    return give.item_id


@pytest.mark.prove_on_postgres("its dump is read in as another database")
@pytest.mark.parametrize("decided", ["send", "drop"])
async def test_nobody_is_told_twice_after_a_restore_unless_the_operator_says_so(
    place: Place, decided: str
) -> None:
    wave = await launch(place.service, place.people)
    await place.at_least(4)
    async with backed_up(place) as url:
        await place.at_least(STAFF)
        assert set(place.got().values()) == {1}
        await restored(place, url)
        waits = (await place.states())["queued"] + (await place.states())["unknown"]
        assert 0 < waits <= STAFF, "what was sent is in the copy as not sent yet"
        assert (await place.ready())["restored"]["messages_waiting"] == waits

        await calls_for_help(place)
        await until(lambda: _arrived(place, "Urgent"), seconds=30)
        await place.service.pass_time(hours=1)
        await asyncio.sleep(2)
        assert set(place.got().values()) == {1}, "nobody heard it twice"

        told = await place.told("restored-list")
        assert any(f"invitation of “{PULSE}”: {waits} by web" in line for line in told.lines), told
        assert (await place.told("restored-decide", decision=decided, which=[])).ok
        if decided == "send":
            await until(lambda: _total(place, STAFF + waits), seconds=30)
        await asyncio.sleep(1)
        assert place.got().total() == STAFF + (waits if decided == "send" else 0)
        assert not (await place.told("survey-close", wave=str(wave))).ok, "its results wait, too"
        word = "never-seen" if decided == "send" else "without-results"
        assert (await place.told("survey-close", wave=str(wave), restored=word)).ok
        assert (await place.told("restored-list")).lines == (
            "Nothing is on hold because of a restore.",
        )
        assert await place.ready() == {"ready": True}
        announced = await draft(place.service, [TEACHER])
        await place.service.by_itself(SendAnnouncement(announcement_id=announced))
        await until(lambda: _arrived_at(place, TEACHER, 1))


async def _arrived(place: Place, words: str) -> bool:
    return any(words in str(one.mail["Subject"]) for one in place.mail.arrived)


async def _arrived_at(place: Place, email: str, number: int) -> bool:
    return len(place.mail.to(email)) >= number


async def _total(place: Place, number: int) -> bool:
    return place.got().total() >= number
