"""The dashboard after years: it reads what it shows, and has pages for the rest."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import event, select

from core.people import Audience
from governance.access import Source
from governance.home.commands import CountWaves, ShowDesk, ShowHome
from governance.home.handlers import DESK_LINES
from governance.messages import Refused
from governance.views import DeskView, HomeView, WaveLines
from storage import surveys as stored_surveys
from storage.tables import announcement, release_note, wave, wave_count
from storage.transaction import Transaction
from surveys.commands import CloseWave, LaunchSurvey
from surveys.waves.sampling import Rotation, Sample
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser
from tests.governance.announcements.test_campaigning import sent
from tests.journeys.town import CHAIR, CTO, TEACHER, example

YEARS = 40


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def weekly(town: Hall) -> LaunchSurvey:
    """The weekly pulse, asked of everyone for a week."""
    return LaunchSurvey(
        wave_id=uuid4(),
        survey=next(s for s in example().surveys if s.key == "weekly-pulse"),
        audience=Audience(),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=7),
    )


async def closed(town: Hall) -> UUID:
    command = replace(weekly(town), despite_limit="To see it closed.")
    await town.core.dispatch.by_itself(command, Source.OPERATOR)
    await town.core.dispatch.by_itself(CloseWave(wave_id=command.wave_id), Source.OPERATOR)
    return command.wave_id


async def who(page: httpx.AsyncClient) -> list[str]:
    """What the list says of who is asked, row by row."""
    return re.findall(r"<td[^>]*>(Everyone[^<]*)</td>", (await page.get("/desk/surveys")).text)


async def test_a_sample_of_everyone_does_not_read_as_everyone(town: Hall) -> None:
    launch = weekly(town)
    parts = {
        "Everyone: a sample of 3 people": Sample(people=3),
        "Everyone: a sample of 50%": Sample(share=0.5),
        "Everyone: group 1 of 2": Rotation(groups=2),
        "Everyone": None,
    }
    async with browser(town, CTO) as page:
        for said, selection in parts.items():
            one = replace(launch, wave_id=uuid4(), selection=selection)
            await town.core.dispatch.by_itself(one, Source.OPERATOR)
            listed = said if selection else f"{said} within the survey limit"
            assert listed in await who(page), said
            asking = (await page.get(f"/desk/asking/{one.wave_id}")).text
            assert f"{said}. " in asking
            assert "People who have reached the survey limit are skipped." in asking
        anyway = replace(launch, wave_id=uuid4(), despite_limit="It is the law.")
        await town.core.dispatch.by_itself(anyway, Source.OPERATOR)
        asking = (await page.get(f"/desk/asking/{anyway.wave_id}")).text
        assert "reached the survey limit" not in asking
        assert "Everyone" in await who(page), "nobody was left out of this one"


async def years(town: Hall, many: int = YEARS) -> None:
    """So many copies of a closed survey and of an announcement, one for each day before."""
    first, news = await closed(town), await sent(town)

    def copy(tx: Transaction) -> None:
        for table, key, moments, of in (
            (wave, "id", ("opens_at", "closes_at"), first),
            (wave_count, "wave_id", (), first),
            (announcement, "id", ("sent_at",), news),
        ):
            found = select(table).where(table.c[key] == of)
            row = dict(tx.connection.execute(found).mappings().one())
            for day in range(1, many):
                moved = {name: row[name] - timedelta(days=day) for name in moments}
                fresh = {"key": None} if "key" in row else {}
                one = {**row, **fresh, **moved, key: UUID(int=day)}
                tx.connection.execute(table.insert(), one)

    await town.core.store.write(copy)


async def statements(town: Hall, command: ShowDesk) -> tuple[int, DeskView]:
    seen = [0]

    def counted(*_: Any) -> None:
        seen[0] += 1

    event.listen(town.core.store.engine, "after_cursor_execute", counted)
    try:
        view = await town.ask(CTO, command)
    finally:
        event.remove(town.core.store.engine, "after_cursor_execute", counted)
    assert isinstance(view, DeskView)
    return seen[0], view


async def test_eight_open_surveys_cost_what_one_does(town: Hall) -> None:
    survey = next(s for s in example().surveys if s.key == "weekly-pulse")
    waves: list[UUID] = []
    costs: list[int] = []
    for many in (1, 8):
        while len(waves) < many:
            command = LaunchSurvey(
                wave_id=uuid4(),
                survey=survey,
                audience=Audience(),
                opens_at=None,
                closes_at=town.clock() + timedelta(days=7),
                reminders=(),
                despite_limit="To see it open.",
            )
            await town.core.dispatch.by_itself(command, Source.OPERATOR)
            waves.append(command.wave_id)
        costs.append(await counting(town, tuple(waves)))
    one, eight = costs
    assert one == eight
    assert one <= 12


async def counting(town: Hall, waves: tuple[UUID, ...]) -> int:
    seen = [0]

    def counted(*_: Any) -> None:
        seen[0] += 1

    event.listen(town.core.store.engine, "after_cursor_execute", counted)
    try:
        found = await town.ask(CTO, CountWaves(wave_ids=waves))
    finally:
        event.remove(town.core.store.engine, "after_cursor_execute", counted)
    assert isinstance(found, WaveLines)
    assert [line.wave.id for line in found.lines] == list(waves)
    return seen[0]


async def test_it_costs_the_same_however_much_there_was(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    await years(town, DESK_LINES)
    await town.ask(CTO, ShowDesk())  # what it shows is in the ledger then
    few, _ = await statements(town, ShowDesk())

    def decoded(body: str) -> Any:
        raise AssertionError("whole results were decoded for one number")

    def more(tx: Transaction) -> None:
        row = dict(tx.connection.execute(select(wave).limit(1)).mappings().one())
        news = dict(tx.connection.execute(select(announcement).limit(1)).mappings().one())
        for day in range(200):
            at = town.clock() - timedelta(days=900 + day)
            one = {**row, "id": UUID(int=10_000 + day), "opens_at": at}
            tx.connection.execute(wave.insert(), one)
            old = {**news, "id": UUID(int=10_000 + day), "key": None, "sent_at": at}
            tx.connection.execute(announcement.insert(), old)

    await town.core.store.write(more)
    monkeypatch.setattr(stored_surveys, "results_from_json", decoded)
    many, view = await statements(town, ShowDesk())
    assert many <= few + 2, "two years more cost nothing more"
    assert len(view.waves) == len(view.announcements) == DESK_LINES


async def test_every_survey_and_announcement_is_on_one_of_its_pages(town: Hall) -> None:
    await years(town)
    waves: list[UUID] = []
    news: list[UUID] = []
    _, view = await statements(town, ShowDesk())
    there = view.announcements_paging
    assert there.matching >= YEARS
    for page in range(there.pages):
        _, view = await statements(town, ShowDesk(waves=page, announcements=page))
        waves += [line.wave.id for line in view.waves]
        news += [line.announcement.id for line in view.announcements]
    assert len(set(waves)) == YEARS
    assert len(set(news)) == len(news) == there.matching
    _, past = await statements(town, ShowDesk(waves=999))
    assert past.waves_paging.page == YEARS // DESK_LINES - 1, "past the end: the last page"


@pytest.mark.usefixtures("exact")
async def test_the_numbers_are_those_of_the_campaign_itself(town: Hall) -> None:
    announcement_id = await sent(town)
    _, view = await statements(town, ShowDesk())
    (line,) = [one for one in view.announcements if one.announcement.id == announcement_id]
    whole = await town.core.store.read(lambda tx: tx.tally(announcement_id, town.clock()))
    assert (line.tally.people, line.tally.sent, line.tally.acknowledged) == (
        whole.people,
        whole.sent,
        whole.acknowledged,
    )
    wave_id = await closed(town)
    _, view = await statements(town, ShowDesk(wave_id=wave_id))
    (asked,) = view.waves
    panel = await town.core.store.read(lambda tx: tx.panel_size(wave_id))
    assert (asked.asked, asked.answered) == (panel, None), "nobody answered: nothing is shown"


async def test_home_shows_what_runs_whatever_drafts_there_are(town: Hall) -> None:
    await sent(town)
    home = await town.ask(CTO, ShowHome())
    assert isinstance(home, HomeView)
    assert home.desk is not None
    assert [line.announcement.sent_at is not None for line in home.desk.announcements] == [True]


async def counted(town: Hall, *waves: UUID) -> tuple[int, WaveLines]:
    seen = [0]

    def more(*_: Any) -> None:
        seen[0] += 1

    event.listen(town.core.store.engine, "after_cursor_execute", more)
    try:
        view = await town.ask(CTO, CountWaves(wave_ids=waves))
    finally:
        event.remove(town.core.store.engine, "after_cursor_execute", more)
    assert isinstance(view, WaveLines)
    return seen[0], view


async def noted(town: Hall) -> list[tuple[UUID, str]]:
    wanted = select(release_note.c.wave_id, release_note.c.what)
    rows = await town.core.store.read(lambda tx: tx.connection.execute(wanted).all())
    return sorted((row.wave_id, row.what) for row in rows)


async def test_a_list_of_surveys_counts_what_the_dashboard_does_in_as_many_statements(
    town: Hall,
) -> None:
    """And both write the same into the ledger, once."""
    await years(town)

    def answered(tx: Transaction) -> None:
        tx.connection.execute(wave_count.update().values(answered=40))

    await town.core.store.write(answered)
    desk = await town.ask(CTO, ShowDesk())
    assert isinstance(desk, DeskView)
    told = await noted(town)
    assert len(told) >= DESK_LINES
    waves = [line.wave.id for line in desk.waves]
    await counted(town, *waves)  # what is fixed of them is remembered then
    few, _ = await counted(town, *waves[:2])
    many, view = await counted(town, *waves)
    assert many == few
    assert [(one.wave.id, one.asked, one.answered) for one in view.lines] == [
        (one.wave.id, one.asked, one.answered) for one in desk.waves
    ]
    assert await noted(town) == told, "nothing is noted twice"
    others = [UUID(int=day) for day in range(YEARS - 10, YEARS)]
    await counted(town, *others)
    assert {one for one, _ in await noted(town)} >= set(others)


async def test_nobody_but_the_office_is_told_how_many_answered(town: Hall) -> None:
    one = await closed(town)
    for email in (TEACHER, CHAIR):
        assert isinstance(await town.ask(email, CountWaves(wave_ids=(one,))), Refused)
