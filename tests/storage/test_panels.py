"""Panels on the real databases: frozen within the limit, also where two launches come at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from core.people import Audience, Level, Platform, Role
from governance.committees.model import AnnouncementSettings, District
from storage import migrating
from storage.connection import Surroundings
from storage.store import Store
from storage.tables import participation
from storage.transaction import Transaction
from storage.vault import Vault
from surveys.commands import LaunchSurvey
from surveys.messages import WaveLaunched
from surveys.ports import Response
from surveys.waves.limiting import AskingLimit
from surveys.waves.pulsing import launch
from surveys.waves.reaching import draw, foresee
from surveys.waves.sampling import Rotation, Sample, Selection, seeded
from surveys.waves.sampling import select as drawn
from tests.postgres import migrated_database
from tests.storage.stores import SECRET, import_people, row, rows
from tests.surveys.store import survey
from tests.surveys.store import wave as a_wave

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
DISTRICT = District(
    key="d",
    name="D",
    timezone="America/Chicago",
    asking_limit=AskingLimit(surveys=2, days=30),
    announcements=AnnouncementSettings(approve_above=10_000),
)
"""In which one person decides on any survey."""


async def _open(url: str, stack: AsyncExitStack) -> Store:
    store = Store(url, Surroundings(vault=Vault(SECRET), rates={Platform.WEB: 2000.0}))
    stack.push_async_callback(store.close)
    await asyncio.to_thread(migrating.upgrade, store.engine)
    return store


@pytest.fixture(params=["sqlite", "postgresql"])
async def two(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Store, Store]]:
    """Two processes on PostgreSQL; SQLite's one process."""
    async with AsyncExitStack() as stack:
        if request.param == "sqlite":
            store = await _open(f"sqlite:///{tmp_path / 'panels.sqlite3'}", stack)
            yield store, store
        else:
            url = stack.enter_context(migrated_database(hasty=True))
            yield await _open(url, stack), await _open(url, stack)


async def fill(store: Store, people: list[dict[str, object]]) -> None:
    def work(tx: Transaction) -> None:
        tx.put_district(DISTRICT, "", NOON)
        import_people(tx, people, apply=True)

    await store.write(work)


def a_launch(selection: Selection | None = None, audience: Audience | None = None) -> LaunchSurvey:
    return LaunchSurvey(
        wave_id=uuid4(),
        survey=survey(),
        audience=audience or Audience(),
        opens_at=None,
        closes_at=NOON + WEEK,
        selection=selection,
    )


async def launched(store: Store, command: LaunchSurvey, at: datetime = NOON) -> WaveLaunched:
    said = await store.write(lambda tx: launch(tx, None, command, at))
    assert isinstance(said, WaveLaunched)
    return said


async def test_launches_that_come_at_once_ask_nobody_too_often(two: tuple[Store, Store]) -> None:
    await fill(two[0], rows(60))
    commands = [a_launch(Sample(people=25)) for _ in range(6)]
    await asyncio.gather(
        *(launched(two[place % 2], command) for place, command in enumerate(commands[:3]))
    )
    of_each = participation.c.person_id
    often = select(func.count()).select_from(participation).group_by(of_each)
    times = await two[0].read(lambda tx: tx.connection.execute(often).scalars().all())
    assert max(times) <= 2
    assert sum(times) == 75


async def test_what_was_drawn_is_there_again_with_the_same_seed(two: tuple[Store, Store]) -> None:
    store = two[0]
    people = [row(n, building=f"b-{n % 3}", role=[*Role][n % 4]) for n in range(80)]
    await fill(store, people)
    command = a_launch(Sample(share=0.25))
    await launched(store, command)

    def again(tx: Transaction) -> tuple[set[UUID], set[UUID], bool]:
        wave = tx.wave(command.wave_id)
        frame = tx.frame_of(command.wave_id)
        assert wave is not None
        assert frame is not None
        of_wave = select(participation.c.person_id)
        asked = set(tx.connection.execute(of_wave).scalars())
        return (
            asked,
            {one.id for one in drawn(wave.selection, tx.people_of(Audience()))},
            frame.by_lot and frame.people == 80,
        )

    asked, drawn_again, kept = await store.read(again)
    assert asked == drawn_again
    assert len(asked) == 20
    assert kept


@pytest.mark.parametrize("selection", [None, Sample(people=25), Sample(share=0.3)], ids=str)
async def test_as_many_are_foreseen_as_are_drawn(
    two: tuple[Store, Store], selection: Selection | None
) -> None:
    store = two[0]
    people = [row(n, building=f"b-{n % 3}", role=[*Role][n % 4]) for n in range(80)]
    await fill(store, people)
    for _ in range(3):  # so that some of them, and not all, were asked often enough
        await launched(store, a_launch(Sample(people=30)))
    audiences = (
        Audience(),
        Audience(roles=frozenset({Role.TEACHER}), except_buildings=frozenset({"b-1"})),
        Audience(buildings=frozenset({"nowhere"})),
    )

    def both(tx: Transaction, audience: Audience, *, spares: bool) -> list[tuple[object, int]]:
        asked = audience, seeded(selection), NOON + timedelta(days=1)
        found = foresee(tx, *asked, spares=spares), draw(tx, *asked, spares=spares)
        return [(one.frame, one.panel) for one in found]

    for audience in audiences:
        for spares in (True, False):
            foreseen, was_drawn = await store.read(
                lambda tx, a=audience, s=spares: both(tx, a, spares=s)  # type: ignore[misc]
            )
            assert foreseen == was_drawn
    (frame, _), _ = await store.read(lambda tx: both(tx, Audience(), spares=True))
    assert 0 < frame.spared < 80  # type: ignore[attr-defined]


async def test_a_launch_that_is_repeated_changes_nothing(two: tuple[Store, Store]) -> None:
    await fill(two[0], rows(30))
    command = a_launch(Rotation(groups=3))
    first = await launched(two[0], command)
    assert await launched(two[1], command) == replace(first, again=True)
    count = select(func.count()).select_from(participation)
    asked = await two[0].read(lambda tx: tx.connection.execute(count).scalar_one())
    assert asked < 30


async def test_what_somebody_began_can_be_taken_back(two: tuple[Store, Store]) -> None:
    await fill(two[0], rows(6))
    command = a_launch()
    await launched(two[0], command)
    began = Response(answers={"wifi": 2}, complete=False)

    def begun(tx: Transaction) -> list[int]:
        sizes = []
        wave, people = command.wave_id, tx.people_of(Audience())
        for one in people[:2]:
            tx.put_response(wave, one, began)
        sizes += [len(tx.open_responses(wave)), len(tx.open_responses(wave, complete=False))]
        tx.forget_response(wave, people[0].id)
        sizes += [len(tx.open_responses(wave, complete=False))]
        assert tx.response(wave, people[0].id) is None
        assert tx.response(wave, people[1].id) == began
        return sizes

    assert await two[0].write(begun) == [0, 2, 1]


@pytest.mark.prove
async def test_how_long_a_panel_of_7000_takes(two: tuple[Store, Store]) -> None:
    """Printed, not judged: the machine decides. Two waves before it, so that the limit counts."""
    people = [
        row(n, building=f"b-{n % 60}", role=[*Role][n % 5], level=[*Level][n % 4])
        for n in range(7000)
    ]
    await fill(two[0], people)
    for selection in (Sample(people=3000), Sample(people=3000), Sample(people=2000), None):
        seconds = await two[0].write(lambda tx, s=selection: _freeze_once(tx, s))  # type: ignore[misc]
        began = perf_counter()
        said = await launched(two[0], a_launch(selection))
        whole = perf_counter() - began
        kind = type(selection).__name__ if selection else "nobody drawn"
        print(
            f"{two[0].engine.dialect.name}, {kind}: panel of {said.people} of 7,000 drawn and "
            f"frozen in {seconds:.2f} s; launched, asked and committed in {whole:.2f} s"
        )


def _freeze_once(tx: Transaction, selection: Selection | None) -> float:
    """Seconds for choosing and writing a panel, which is taken back."""
    wave = replace(a_wave(), selection=seeded(selection))
    tx.add_wave(wave)
    with tx.connection.begin_nested() as trial:
        began = perf_counter()
        drawn_now = draw(tx, wave.audience, wave.selection, NOON)
        tx.put_frame(wave.id, drawn_now.frame, NOON)
        tx.join_panel(wave.id, drawn_now.people)
        seconds = perf_counter() - began
        trial.rollback()
    return seconds
