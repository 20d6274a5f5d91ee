"""Surveys that repeat, at the door: a moved clock, the real database, and what the CTO hears."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from shutil import copytree
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.operator.loading import load
from core.people import Audience
from core.school_calendar import Calendar, Holiday
from governance.access import Source
from governance.home.commands import KeepHouse, ShowDesk, ShowInbox
from governance.messages import Done, Refused
from governance.series.commands import (
    CheckSeries,
    MoveDate,
    PauseSeries,
    ResumeSeries,
    ShowSeries,
    StartSeries,
    StopSeries,
)
from governance.series.model import DaysOff, Repeat, Skipped
from governance.series.views import SeriesChecked, SeriesStarted, SeriesView
from governance.upkeep.messages import Repetition
from governance.views import DeskView
from storage.ledger_tables import audit
from storage.tables import participation
from storage.transaction import Transaction
from surveys.commands import ExtendWave
from surveys.messages import Rejected
from surveys.survey import Wave, WaveState
from surveys.waves.sampling import Rotation
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CTO, TEACHER, example
from tests.surveys.store import survey

CENTRAL = ZoneInfo("America/Chicago")
SERIES = UUID(int=77)
SECOND = timedelta(seconds=1)
CALENDAR = Calendar(
    holidays=(
        Holiday(name="Thanksgiving", first=date(2027, 11, 24), last=date(2027, 11, 26)),
        Holiday(name="Winter break", first=date(2027, 12, 20), last=date(2028, 1, 2)),
        Holiday(name="Labor Day", first=date(2027, 9, 6), last=date(2027, 9, 6)),
    )
)


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=CENTRAL).astimezone(UTC)


def local(moment: datetime) -> str:
    return f"{moment.astimezone(CENTRAL):%Y-%m-%d %H:%M}"


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the town and its calendar, to be copied: filling one takes a second."""

    async def fill(folder: Path) -> None:
        async with hall(folder) as town:
            await calendar(town, CALENDAR)

    folder = tmp_path_factory.mktemp("settled")
    asyncio.run(fill(folder))
    return folder


@pytest.fixture
async def town(tmp_path: Path, settled: Path) -> AsyncIterator[Hall]:
    copytree(settled, tmp_path, dirs_exist_ok=True)
    async with hall(tmp_path) as found:
        yield found


async def is_now(town: Hall, written: str | datetime) -> None:
    """The clock is moved, and looked at."""
    wanted = at(written) if isinstance(written, str) else written
    town.clock.moved = wanted - datetime.now(UTC)
    await town.core.dispatch.keep_time()


async def run(town: Hall, until: str) -> None:
    """Time goes on, and the clock looks whenever something is planned."""
    while True:
        coming = [one.at for one in await town.core.dispatch.coming() if one.at > town.clock()]
        if not coming or min(coming) > at(until):
            break
        await is_now(town, min(coming) + SECOND)
    await is_now(town, until)


def a_start(rule: str, begins: str = "2027-01-04", **more: Any) -> StartSeries:
    fields = {"every", "days_off", "days", "closes", "reminders"}
    repeat = Repeat(
        rule=rule,
        begins=date.fromisoformat(begins),
        **{name: value for name, value in more.items() if name in fields},
    )
    rest = {name: value for name, value in more.items() if name not in fields}
    rest.setdefault("despite_limit", "The board asked for it.")
    return StartSeries(
        series_id=SERIES, survey=survey(), audience=Audience(), repeat=repeat, **rest
    )


async def started(town: Hall, when: str, command: StartSeries) -> SeriesStarted:
    await is_now(town, when)
    said = await town.ask(CTO, command)
    assert isinstance(said, SeriesStarted), said
    return said


async def calendar(town: Hall, days: Calendar | None) -> None:
    """The district's files are loaded with another calendar."""
    loaded = example()
    changed = replace(loaded, district=replace(loaded.district, calendar=days), roster=None)
    await load(town.core.store, changed, town.clock(), apply=True)


async def waves(town: Hall) -> list[Wave]:
    found = await town.core.store.read(lambda tx: list(tx.waves()))
    return sorted((one for one in found if one.series == SERIES), key=lambda one: one.opens_at)


async def opened(town: Hall) -> list[str]:
    return [local(one.opens_at) for one in await waves(town)]


async def heard(town: Hall) -> list[Repetition]:
    """What the CTO's office was told, the oldest first."""
    inbox = await town.ask(CTO, ShowInbox(earlier=True))
    found = [entry.message for entry in inbox.entries if isinstance(entry.message, Repetition)]
    return sorted(found, key=lambda one: one.at)


async def audited(town: Hall) -> list[str]:
    wanted = select(audit.c.what).where(audit.c.subject == SERIES).order_by(audit.c.number)
    return list(
        await town.core.store.read(lambda tx: tx.connection.execute(wanted).scalars().all())
    )


# -- dates -----------------------------------------------------------------------------------------


async def test_each_date_has_a_wave_of_its_own_that_goes_on_from_the_one_before(town: Hall) -> None:
    said = await started(town, "2027-09-20 08:00", a_start("0 9 * * tue", days=3))
    assert [local(one.at) for one in said.dates if one.at][:2] == [
        "2027-09-21 09:00",
        "2027-09-28 09:00",
    ]
    await run(town, "2027-10-06 12:00")
    first, second, third = await waves(town)
    assert [local(one.opens_at)[:16] for one in (first, second, third)] == [
        "2027-09-21 09:00",
        "2027-09-28 09:00",
        "2027-10-05 09:00",
    ]
    assert [one.continues for one in (first, second, third)] == [None, first.id, second.id]
    assert [one.state for one in (first, second, third)] == [
        WaveState.CLOSED,
        WaveState.CLOSED,
        WaveState.OPEN,
    ]
    assert local(third.closes_at) == "2027-10-08 16:00"
    assert [local(one)[:16] for one in third.reminders] == ["2027-10-07 09:00"], "in the morning"
    told = await heard(town)
    assert [one.skipped for one in told] == [None, None, None]
    assert told[0].reach is not None
    assert told[0].reach.people > 80
    assert told[2].closes_at == third.closes_at


@pytest.mark.parametrize(
    ("when", "until", "moments"),
    [
        ("2027-03-05 12:00", "2027-03-16 12:00", ["2027-03-08T15:00", "2027-03-15T14:00"]),
        ("2027-10-29 12:00", "2027-11-09 12:00", ["2027-11-01T14:00", "2027-11-08T15:00"]),
    ],
)
async def test_where_clocks_change_it_is_nine_on_the_wall(
    town: Hall, when: str, until: str, moments: list[str]
) -> None:
    await started(town, when, a_start("0 9 * * mon", days=2))
    await run(town, until)
    found = [one.opens_at.astimezone(UTC) for one in await waves(town)]
    assert [f"{one:%Y-%m-%dT%H:%M}" for one in found] == moments


async def test_over_thanksgiving_and_the_winter_break(town: Hall) -> None:
    said = await started(town, "2027-11-15 08:00", a_start("0 9 * * wed", days=1))
    assert [(f"{one.day:%m-%d}", one.at is not None, one.off) for one in said.dates] == [
        ("11-17", True, ""),
        ("11-24", False, "Thanksgiving"),
        ("12-01", True, ""),
        ("12-08", True, ""),
        ("12-15", True, ""),
    ]
    await run(town, "2028-01-13 08:00")
    assert [one[:10] for one in await opened(town)] == [
        "2027-11-17",
        "2027-12-01",
        "2027-12-08",
        "2027-12-15",
        "2028-01-05",
        "2028-01-12",
    ]
    told = await heard(town)
    left_out = [one for one in told if one.skipped]
    # The break has two dates, and is told once; what comes next is told as it stands now.
    assert [(local(one.at)[:10], one.off) for one in left_out] == [
        ("2027-11-24", "Thanksgiving"),
        ("2027-12-22", "Winter break"),
    ]
    assert {one.next_at for one in told} == {at("2028-01-19 09:00")}


async def test_one_day_off_moves_it_to_the_next_school_day_or_leaves_it_out(town: Hall) -> None:
    await started(town, "2027-08-30 12:00", a_start("0 9 * * mon", days=2))
    await run(town, "2027-09-14 08:00")
    assert await opened(town) == ["2027-09-07 09:00", "2027-09-13 09:00"]
    skipping = a_start("0 9 * * mon", days=2, days_off=DaysOff.SKIP)
    checked = await town.ask(CTO, CheckSeries(start=replace(skipping, series_id=uuid4())))
    assert isinstance(checked, SeriesChecked)


async def test_the_first_school_day_of_a_month(town: Hall) -> None:
    await started(town, "2027-10-15 12:00", a_start("0 9 1 * *", days=5))
    await run(town, "2028-01-10 08:00")
    assert [one[:10] for one in await opened(town)] == ["2027-11-01", "2027-12-01", "2028-01-03"]


async def test_every_second_week_is_counted_from_the_first(town: Hall) -> None:
    said = await started(town, "2027-09-08 12:00", a_start("0 9 * * tue", "2027-09-08", every=2))
    assert [f"{one.day:%m-%d}" for one in said.dates] == [
        "09-14",
        "09-28",
        "10-12",
        "10-26",
        "11-09",
    ]
    await run(town, "2027-09-15 08:00")
    shown = await town.ask(CTO, ShowSeries(series_id=SERIES))
    assert isinstance(shown, SeriesView)
    assert [f"{one.day:%m-%d}" for one in shown.line.dates] == [
        "09-28",
        "10-12",
        "10-26",
        "11-09",
        "11-23",
    ]


async def test_a_day_that_becomes_a_holiday_and_one_that_is_none_any_more(town: Hall) -> None:
    await started(town, "2027-09-20 08:00", a_start("0 9 * * tue", days=2))
    snow = Holiday(name="Storm", first=date(2027, 9, 21), last=date(2027, 9, 21))
    await calendar(town, Calendar(holidays=(snow,)))
    await run(town, "2027-09-21 15:00")
    assert await opened(town) == []
    await calendar(town, Calendar())
    await run(town, "2027-09-22 10:00")
    assert await opened(town) == []  # its day is over: late is late
    await run(town, "2027-09-28 10:00")
    assert await opened(town) == ["2027-09-28 09:00"]


# -- once, whatever happens ------------------------------------------------------------------------


async def test_many_who_look_at_once_launch_one(town: Hall) -> None:
    await started(town, "2027-09-20 08:00", a_start("0 9 * * tue", days=2))
    town.clock.moved = at("2027-09-21 09:00") + SECOND - datetime.now(UTC)
    await asyncio.gather(*(town.core.dispatch.keep_time() for _ in range(6)))
    assert len(await waves(town)) == 1
    assert len(await heard(town)) == 1


async def test_a_crash_between_the_date_and_its_launch_leaves_neither(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    await started(town, "2027-09-20 08:00", a_start("0 9 * * tue", days=2))

    def fails(*_: object, **__: object) -> bool:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(Transaction, "add_wave", fails)
        await is_now(town, "2027-09-21 09:00")
        assert await waves(town) == []
        assert await town.core.store.read(lambda tx: tx.past_dates(SERIES, 9)) == []
    await is_now(town, "2027-09-21 09:10")
    assert await opened(town) == ["2027-09-21 09:10"]
    await is_now(town, "2027-09-21 09:20")
    assert len(await waves(town)) == 1


@pytest.mark.parametrize(
    ("back", "launched"),
    [("2027-09-21 12:59", True), ("2027-09-21 13:01", False), ("2027-09-24 09:00", False)],
)
async def test_a_service_that_was_away_launches_late_on_the_same_day_only(
    town: Hall, back: str, launched: bool
) -> None:
    await started(town, "2027-09-13 12:00", a_start("0 9 * * tue", days=2))
    await is_now(town, back)
    assert await opened(town) == ([back] if launched else [])
    told = await heard(town)
    assert [one.skipped for one in told] == [None if launched else Skipped.LATE]
    if not launched:
        assert told[0].next_at == at("2027-09-28 09:00")
    await run(town, "2027-09-28 10:00")
    assert (await opened(town))[-1] == "2027-09-28 09:00"


async def test_a_clock_that_was_set_years_ahead_stops_nothing(town: Hall) -> None:
    await started(town, "2027-09-13 12:00", a_start("0 9 * * tue", days=2))
    await is_now(town, "2031-03-05 12:00")
    await is_now(town, "2027-09-14 02:30")
    await town.core.dispatch.by_itself(KeepHouse())
    await run(town, "2027-09-15 10:00")
    assert await opened(town) == ["2027-09-14 09:00"]


async def test_starting_twice_is_one_series(town: Hall) -> None:
    command = a_start("0 9 * * tue", days=2)
    first = await started(town, "2027-09-20 08:00", command)
    again = await town.ask(CTO, command)
    assert isinstance(again, SeriesStarted)
    assert again.dates == first.dates
    desk = await town.ask(CTO, ShowDesk())
    assert isinstance(desk, DeskView)
    assert [line.series.id for line in desk.series] == [SERIES]


# -- pausing, stopping, moving ---------------------------------------------------------------------


async def test_a_date_that_comes_while_it_is_paused_stays_left_out(town: Hall) -> None:
    await started(town, "2027-09-13 12:00", a_start("0 9 * * tue", days=2))
    nothing = await town.ask(CTO, PauseSeries(series_id=SERIES, why=" "))
    assert isinstance(nothing, Rejected)
    for _ in range(2):
        paused = await town.ask(CTO, PauseSeries(series_id=SERIES, why="Testing week"))
        assert isinstance(paused, Done), "the same press again is the same"
    other = await town.ask(CTO, PauseSeries(series_id=SERIES, why="A fire drill"))
    assert isinstance(other, Rejected), "another reason is not dropped as if it were kept"
    await run(town, "2027-09-14 09:30")
    assert await opened(town) == []
    assert isinstance(await town.ask(CTO, ResumeSeries(series_id=SERIES)), Done)
    await is_now(town, "2027-09-14 09:31")
    assert await opened(town) == []
    assert await heard(town) == []  # who paused it knows
    await run(town, "2027-09-21 10:00")
    assert await opened(town) == ["2027-09-21 09:00"]
    assert [one for one in await audited(town) if "repeating 2027" not in one] == [
        "survey repeats: 0 9 * * tue",
        "repeating paused: Testing week",
        "repeating resumed",
    ]


async def test_a_wave_of_a_series_that_is_stopped_stays_open_until_it_closes(town: Hall) -> None:
    await started(town, "2027-09-13 12:00", a_start("0 9 * * tue", days=3))
    await run(town, "2027-09-14 10:00")
    await town.ask(CTO, StopSeries(series_id=SERIES, why="Enough"))
    (wave,) = await waves(town)
    assert wave.state is WaveState.OPEN
    await run(town, "2027-11-01 10:00")
    (wave,) = await waves(town)
    assert wave.state is WaveState.CLOSED
    assert isinstance(await town.ask(CTO, ResumeSeries(series_id=SERIES)), Rejected)
    desk = await town.ask(CTO, ShowDesk())
    assert desk.series == ()


async def test_the_next_date_is_put_somewhere_else_once(town: Hall) -> None:
    await started(town, "2027-09-13 12:00", a_start("0 9 * * tue", days=2))
    wrong = {
        "2027-09-12 09:00": "Choose a time that is still to come.",
        "2027-09-18 09:00": "That is not a school day. Choose another day.",
        "2027-09-21 08:00": "Choose a day before the next date after it.",
    }
    for to, why in wrong.items():
        said = await town.ask(CTO, MoveDate(series_id=SERIES, to=at(to)))
        assert isinstance(said, Rejected), to
        assert said.unfit["to"].why == why
    moved = await town.ask(CTO, MoveDate(series_id=SERIES, to=at("2027-09-16 13:30")))
    assert isinstance(moved, Done), moved
    await run(town, "2027-09-29 10:00")
    assert await opened(town) == ["2027-09-16 13:30", "2027-09-21 09:00", "2027-09-28 09:00"]


async def test_it_can_be_put_earlier_also_where_its_own_date_would_be_left_out(town: Hall) -> None:
    await started(town, "2027-12-16 12:00", a_start("0 9 * * wed", days=1))
    moved = await town.ask(CTO, MoveDate(series_id=SERIES, to=at("2027-12-17 09:00")))
    assert isinstance(moved, Done), moved
    await run(town, "2028-01-05 10:00")
    assert await opened(town) == ["2027-12-17 09:00", "2028-01-05 09:00"]


async def test_the_next_one_does_not_open_while_the_last_is_open(town: Hall) -> None:
    await started(town, "2027-09-13 12:00", a_start("0 9 * * tue", days=2))
    await run(town, "2027-09-14 10:00")
    (wave,) = await waves(town)
    longer = ExtendWave(wave_id=wave.id, closes_at=at("2027-09-22 16:00"))
    assert isinstance(await town.ask(CTO, longer), Done)
    await run(town, "2027-09-28 10:00")
    assert await opened(town) == ["2027-09-14 09:00", "2027-09-28 09:00"]
    assert [one.skipped for one in await heard(town)] == [None, Skipped.OPEN, None]


@pytest.mark.usefixtures("real_launches")
async def test_what_does_not_fit_is_said_before_it_begins(town: Hall) -> None:
    weekend = a_start("0 9 * * sat", days=1, days_off=DaysOff.SKIP)
    cases = [
        (a_start("0 9 * * tue", days=7), "days"),
        (a_start("0 9 * * tue", days=-1), "days"),
        (a_start("0 17 * * tue", days=0), "days"),
        (a_start("0 9 * * mon-fri", days=1), "days"),
        (a_start("0 9,15 * * tue", days=1), "repeat"),
        (a_start("at dawn", days=1), "repeat"),
        (weekend, "repeat"),
        (a_start("0 9 30 2 *", days=1), "repeat"),
        (a_start("0 9 * * tue", days=3, reminders=3), "reminders"),
        (a_start("0 9 * * tue", days=3, selection=Rotation(groups=50)), "selection"),
        (a_start("0 9 * * tue", days=3, continues=uuid4()), "continues"),
        (a_start("0 9 * * tue", days=3, despite_limit=" "), "despite_limit"),
    ]
    await is_now(town, "2027-09-13 12:00")
    for command, field in cases:
        checked = await town.ask(CTO, CheckSeries(start=command))
        assert isinstance(checked, SeriesChecked)
        assert field in checked.unfit, command.repeat
        assert isinstance(await town.ask(CTO, command), Rejected)
    assert await town.core.store.read(lambda tx: tx.series(SERIES)) is None


async def test_what_a_year_tells_of_one_person_is_told_before_it_begins(town: Hall) -> None:
    await is_now(town, "2027-09-13 12:00")

    async def over_a_year(**more: Any) -> tuple[int, Fraction] | None:
        command = a_start("0 9 1 * *", days=2, **more)
        checked = await town.ask(CTO, CheckSeries(start=command))
        assert isinstance(checked, SeriesChecked)
        told = checked.over_a_year
        return (told.waves, told.epsilon) if told else None

    assert await over_a_year() == (12, Fraction(24))
    assert await over_a_year(every=3) == (4, Fraction(8))
    assert await over_a_year(every=12) is None, "nobody is asked twice"
    assert await over_a_year(selection=Rotation(groups=5)) == (3, Fraction(6))
    # At most two within 30 days: the limit of the district holds for what comes weekly.
    weekly = a_start("0 9 * * wed", days=2, despite_limit=None)
    checked = await town.ask(CTO, CheckSeries(start=weekly))
    assert isinstance(checked, SeriesChecked)
    assert checked.over_a_year
    assert checked.over_a_year.waves == 26


async def test_only_the_office_and_the_operator_may(town: Hall) -> None:
    command = a_start("0 9 * * tue", days=2)
    await is_now(town, "2027-09-13 12:00")
    assert isinstance(await town.ask(TEACHER, command), Refused)
    reply = await town.core.dispatch.by_itself(command, Source.OPERATOR)
    assert isinstance(reply.message, SeriesStarted)


# -- how often somebody is asked -------------------------------------------------------------------


async def test_26_pulses_of_a_rotation_ask_everybody_once_a_round(town: Hall) -> None:
    rotating = a_start(
        "0 9 * * wed", days=2, reminders=0, selection=Rotation(groups=13), despite_limit=None
    )
    await is_now(town, "2027-01-01 12:00")
    assert isinstance(await town.ask(CTO, rotating), SeriesStarted)
    await run(town, "2027-07-06 12:00")
    asked = [await panel(town, wave.id) for wave in await waves(town)]
    assert len(asked) == 26
    everybody = {one.id for one in await people(town)}
    for turn in (0, 13):
        times = Counter(person for group in asked[turn : turn + 13] for person in group)
        assert set(times) == everybody
        assert set(times.values()) == {1}
    assert asked[:13] == asked[13:]


async def panel(town: Hall, wave_id: UUID) -> set[UUID]:
    wanted = select(participation.c.person_id).where(participation.c.wave_id == wave_id)
    return set(await town.core.store.read(lambda tx: tx.connection.execute(wanted).scalars().all()))


async def people(town: Hall) -> Sequence[Any]:
    return await town.core.store.read(lambda tx: tx.people_of(Audience()))


async def test_the_limit_holds_for_what_repeats(town: Hall) -> None:
    """Two within 30 days: of a weekly survey everybody gets two, and then none."""
    rule = a_start("0 9 * * tue", days=2, despite_limit=None)
    await started(town, "2027-09-13 12:00", rule)
    await run(town, "2027-10-13 12:00")
    assert await opened(town) == ["2027-09-14 09:00", "2027-09-21 09:00"]
    told = await heard(town)
    assert [one.skipped for one in told][:4] == [None, None, Skipped.UNFIT, Skipped.UNFIT]
    assert "survey limit" in told[2].unfit.why
    await run(town, "2027-10-26 12:00")
    assert len(await opened(town)) > 2
    assert all(
        times <= 2
        for times in Counter(
            [one for wave in (await waves(town))[-2:] for one in await panel(town, wave.id)]
        ).values()
    )
