"""A database that was restored: no survey is drawn again by itself, and nothing that came due since
the backup is sent again, while what is new goes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import inspect, select

from bot.charts.beside_words import lead
from bot.operator.operations import do
from core.people import Audience
from core.words import Words
from governance.access import Source
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import EditAnnouncement
from governance.announcements.commands import (
    ApproveAnnouncement,
    ApproveEdit,
    SendAnnouncement,
    WriteAnnouncement,
)
from governance.feedback.model import Urgency
from governance.home.commands import ShowDesk
from governance.messages import Refused
from governance.refusals import ASKED_BEFORE_RESTORE, refusal
from governance.second_person.commands import ApproveRequest, AskSecondPerson, DeclineRequest
from governance.second_person.model import RequestState
from governance.views import DeskView
from scheduler.lanes import WEB_MAIL, WEB_PAGES
from storage.answer_tables import answers_of
from storage.ledger_tables import delivery
from surveys.commands import CloseWave, LaunchSurvey, ShowResults
from surveys.messages import Results
from surveys.results.model import Restored, WaveResults
from tests.attacks.hall import Hall, hall, ledger_of
from tests.governance.announcements.test_announcing import WORDS
from tests.governance.announcements.test_approving import APPROVER
from tests.governance.second_person.test_second_person import few, launch_of, queued
from tests.journeys.town import CTO, ISO, OFFICE, TEACHER, example
from tests.second_person import held

MAIL: dict[str, Any] = {"smtp_host": "127.0.0.1", "mail_from": "sounding-board@schools.example.org"}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=30, **MAIL) as found:
        yield found


async def launched(town: Hall) -> UUID:
    survey = next(s for s in example().surveys if s.key == "weekly-pulse")
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=survey,
        audience=Audience(),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=7),
        reminders=(),
    )
    await town.core.dispatch.by_itself(command, Source.OPERATOR)
    return command.wave_id


async def announced(town: Hall, **later: float) -> UUID:
    new = uuid4()
    people = Audience(people=frozenset((TEACHER, OFFICE, ISO)))
    await town.ask(CTO, WriteAnnouncement(announcement_id=new, **by_name(WORDS), audience=people))
    at = town.clock() + timedelta(**later) if later else None
    await town.ask(CTO, SendAnnouncement(announcement_id=new, at=at))
    return new


@asynccontextmanager
async def restored(town: Hall, folder: Path, **later: float) -> AsyncIterator[Hall]:
    """A backup of a town, made now and restored later on another machine."""
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    made = await do(town.core, "backup", {"path": str(elsewhere / "hall.sqlite3")})
    assert made.ok, made.lines
    async with hall(elsewhere, staff=30, now=town.clock() + timedelta(**later), **MAIL) as found:
        yield found


async def results(town: Hall, wave: UUID) -> WaveResults:
    found = await town.ask(CTO, ShowResults(wave_id=wave))
    assert isinstance(found, Results), found
    return found.results


async def close(town: Hall, wave: UUID, word: str = "") -> Any:
    return await do(town.core, "survey-close", {"wave": str(wave), "restored": word})


async def lanes(town: Hall, subject: UUID) -> Counter[str | None]:
    mine = select(delivery.c.lane).where(delivery.c.subject == subject)
    return Counter(
        await town.core.store.read(lambda tx: tx.connection.execute(mine).scalars().all())
    )


async def has_answers(town: Hall, wave: UUID) -> bool:
    table = answers_of(wave).table.name
    return await town.core.store.read(lambda tx: inspect(tx.connection).has_table(table))


@pytest.mark.parametrize("word", ["without-results", "never-seen"])
async def test_a_survey_that_closed_after_the_backup_is_not_drawn_again(
    town: Hall, tmp_path: Path, word: str
) -> None:
    wave = await launched(town)
    async with restored(town, tmp_path, days=8) as later:
        await town.core.dispatch.by_itself(CloseWave(wave_id=wave), Source.OPERATOR)
        assert (await results(town, wave)).final
        for _ in range(2):
            await later.core.dispatch.keep_time()
        assert (await results(later, wave)).restored is Restored.WAITS
        assert "restored from a backup" in lead(await results(later, wave), Words())
        assert await has_answers(later, wave)
        desk = await later.ask(CTO, ShowDesk())
        assert isinstance(desk, DeskView)
        assert [line.restored for line in desk.waves] == [Restored.WAITS]
        refused = await close(later, wave)
        assert not refused.ok
        assert "--without-results" in " ".join(refused.lines)
        await later.core.dispatch.by_itself(CloseWave(wave_id=wave), Source.OPERATOR)
        assert (await results(later, wave)).restored is Restored.WAITS, "nor by any other door"

        done = await close(later, wave, word)
        assert done.ok, done.lines
        found = await results(later, wave)
        assert found.final
        assert found.restored is (Restored.NO_RESULTS if word == "without-results" else None)
        assert bool(found.tables) is (word == "never-seen")
        assert not await has_answers(later, wave)
        await later.core.dispatch.keep_time()
        assert await results(later, wave) == found


async def test_one_that_closed_before_the_backup_keeps_its_results(
    town: Hall, tmp_path: Path
) -> None:
    wave = await launched(town)
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave), Source.OPERATOR)
    before = await results(town, wave)
    async with restored(town, tmp_path, days=8) as later:
        await later.core.dispatch.keep_time()
        assert await results(later, wave) == before


async def test_what_came_due_since_the_backup_waits_and_what_is_new_goes(
    town: Hall, tmp_path: Path
) -> None:
    due, later_on = await announced(town, hours=1), await announced(town, days=2)
    async with restored(town, tmp_path, days=1) as later:
        for _ in range(2):
            await later.core.dispatch.keep_time()
        ledger = ledger_of(later)
        assert set(await lanes(later, due)) == {f"restored:{WEB_MAIL}"}
        assert set(await ledger.lanes_with_work(later.clock())) <= {WEB_PAGES}
        new = await announced(later)
        assert set(await lanes(later, new)) == {WEB_MAIL}
        assert WEB_MAIL in await ledger.lanes_with_work(later.clock())
        alarm = await later.item(TEACHER, "A knife", "restricted", urgency=Urgency.SAFETY)
        assert WEB_MAIL in await lanes(later, alarm)

        later.clock.forward(days=1, hours=1)
        await later.core.dispatch.keep_time()
        assert set(await lanes(later, later_on)) == {WEB_MAIL}, "it came due after the restore"
        told = await do(later.core, "restored-list", {})
        (line,) = [one for one in told.lines if str(due) in one]
        assert "3 by web" in line
        dropped = await do(
            later.core, "restored-decide", {"decision": "drop", "which": [f"announcement:{due}"]}
        )
        assert dropped.ok
        states = select(delivery.c.state).where(delivery.c.subject == due)
        found = await later.core.store.read(
            lambda tx: tx.connection.execute(states).scalars().all()
        )
        assert set(found) == {"recalled"}


async def test_a_yes_to_what_was_asked_for_before_the_backup_sends_nothing_again(
    town: Hall, tmp_path: Path
) -> None:
    """It may have been approved after the backup, and be out."""
    await few(town, 10)
    await town.ask(CTO, launch_of(town))
    new = uuid4()
    await town.ask(
        CTO, WriteAnnouncement(announcement_id=new, **by_name(WORDS), audience=Audience())
    )
    await town.ask(CTO, SendAnnouncement(announcement_id=new, everyone="everyone"))
    (form,) = await held(town, RequestState.DRAFT)
    await town.ask(CTO, AskSecondPerson(request_id=form.id, everyone="everyone"))
    async with restored(town, tmp_path, hours=1) as later:
        (request,) = await held(later, RequestState.WAITING)
        approve = ApproveRequest(request_id=request.id, number=request.number)
        assert await later.ask(ISO, approve) == refusal(ASKED_BEFORE_RESTORE)
        waits = await later.core.store.read(lambda tx: tx.announcement(new))
        assert waits is not None
        yes = ApproveAnnouncement(announcement_id=new, request=waits.request)
        assert await later.ask(APPROVER, yes) == refusal(ASKED_BEFORE_RESTORE)
        assert await queued(later, "invitation") == await queued(later, "notice") == 0

        no = DeclineRequest(request_id=request.id, number=request.number, why="Is it out?")
        await later.ask(ISO, no)
        await later.ask(CTO, launch_of(later))
        (again,) = await held(later, RequestState.DRAFT)
        asked = AskSecondPerson(request_id=again.id, everyone="everyone")
        number = (await later.ask(CTO, asked)).number
        await later.ask(ISO, ApproveRequest(request_id=again.id, number=number))
        assert await queued(later, "invitation") > 10


async def test_an_edit_that_was_asked_for_before_the_backup_changes_nothing_again(
    town: Hall, tmp_path: Path
) -> None:
    await few(town, 10)
    new = uuid4()
    await town.ask(
        CTO, WriteAnnouncement(announcement_id=new, **by_name(WORDS), audience=Audience())
    )
    await town.ask(CTO, SendAnnouncement(announcement_id=new, everyone="everyone"))
    found = await town.core.store.read(lambda tx: tx.announcement(new))
    assert found is not None
    await town.ask(APPROVER, ApproveAnnouncement(announcement_id=new, request=found.request))
    words = {**WORDS, "what": "Something else."}
    asked = await town.ask(
        CTO, EditAnnouncement(announcement_id=new, **by_name(words), everyone="everyone")
    )
    yes = ApproveEdit(announcement_id=new, request=asked.request.number)
    async with restored(town, tmp_path, hours=1) as later:
        assert await later.ask(APPROVER, yes) == refusal(ASKED_BEFORE_RESTORE)
        same = await later.core.store.read(lambda tx: tx.announcement(new))
        assert same is not None
        assert same.edited_at is None
    assert not isinstance(await town.ask(APPROVER, yes), Refused)
