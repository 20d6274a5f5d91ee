"""Results: what a page of results reads, beside counting a million answers in a plain table; and
what closing a wave costs, whoever closes it and whoever answers another survey meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlalchemy import create_engine, select

from bot.app.core import Core, open_core
from bot.app.settings import Settings
from bot.conversation import Speaker
from bot.web.result_figures import drawn_results
from core.people import Platform
from storage.tables import participation
from storage.transaction import Transaction
from surveys.commands import ShowResults
from surveys.messages import Results as Told

from .closing import MOST_SECONDS, MOST_WAITED, QUESTIONS, Closed, close, close_large
from .databases import SECRET, Kind, database
from .district import prepare
from .measured import Figure, Progress, Scale, Section, milliseconds, times
from .responses import Filled, add_plain, answer_everybody, count_plain, fill
from .scores import EACH, IDEAS, VOTES, Scored, score
from .scores import MOST_SECONDS as MOST_SCORING

_WAVES = 20
_EACH = 50_000
_LOOKS = 7
CTO = "ramona.castellanos@schools.example.org"


@dataclass(frozen=True, kw_only=True)
class Read:
    """Seconds that reading one wave, and all of them, took (the median of a few)."""

    one: float
    all: float


@dataclass(frozen=True, kw_only=True)
class Results:
    """What was measured on one database. ``responses`` is how many there are in all."""

    kind: Kind
    responses: int
    released: Read
    plain: Read
    first: float
    page: float
    """Seconds until the page of a large survey's results was read, checked and drawn: for the first
    time in a process, and every time after."""
    small: Closed
    large: Closed


def measure(scale: Scale, progress: Progress) -> Section:
    """The section of ``make bench``."""
    progress.begin(4 * len(Kind) + 1)
    progress("scoring pairs")
    scored = min((score(scale.of(VOTES, EACH)) for _ in range(3)), key=lambda one: one.seconds)
    found = []
    for kind in Kind:
        with database(kind, scale.folder / kind.name) as url:
            found.append(asyncio.run(_on(kind, url, scale, progress)))
    return Section(
        key="results",
        title="Results",
        figures=[_of_pairs(scored), *(figure for one in found for figure in _figures(one))],
    )


async def _on(kind: Kind, url: str, scale: Scale, progress: Progress) -> Results:
    progress(f"{kind}: closing a wave")
    ready = await prepare(url)
    settings = Settings(database_url=url, secret_key=SECRET)  # type: ignore[arg-type]
    async with open_core(settings) as core:
        people = await core.store.read(lambda tx: _panel(tx, ready.pulse.id))
        await answer_everybody(core, ready.pulse.id, people)
        closed = await close(core, ready.pulse.id)
        small = Closed(wave_id=ready.pulse.id, people=len(people), buildings=60, took=closed)
        results = await core.store.read(lambda tx: tx.results(ready.pulse.id))
        assert results is not None
        progress(f"{kind}: closing a large survey")
        large = await close_large(core, scale.share)
        first, page = await _looked_at(core, large.wave_id)
        progress(f"{kind}: writing {scale.of(_WAVES * _EACH):,} answers")
        filled = await fill(core, ready.pulse, results, _WAVES, scale.of(_EACH, 100))
        progress(f"{kind}: counting")
        released = await _released(core, filled)
        await asyncio.to_thread(add_plain, core.store.engine, filled)
    plain = _counted(url, filled)
    return Results(
        kind=kind,
        responses=_WAVES * filled.each,
        released=released,
        plain=plain,
        first=first,
        page=page,
        small=small,
        large=large,
    )


def _panel(tx: Transaction, wave_id: UUID) -> list[UUID]:
    people = select(participation.c.person_id).where(participation.c.wave_id == wave_id)
    return list(tx.connection.execute(people).scalars())


async def _released(core: Core, filled: Filled) -> Read:
    """What the page of results reads: the wave and its released tables, by their key."""

    async def read(waves: Sequence[UUID]) -> float:
        begun = time.perf_counter()
        for wave_id in waves:
            await core.store.read(partial(_page, wave_id=wave_id))
        return time.perf_counter() - begun

    singly = [await read([filled.waves[n % _WAVES]]) for n in range(_LOOKS)]
    together = [await read(filled.waves) for _ in range(_LOOKS)]
    return Read(one=_median(singly), all=_median(together))


def _page(tx: Transaction, wave_id: UUID) -> None:
    assert tx.wave(wave_id) is not None
    assert tx.results(wave_id) is not None


async def _looked_at(core: Core, wave_id: UUID) -> tuple[float, float]:
    """The page of results for the CTO: all that happens but HTTP and the page's frame. Seconds of
    the first look, and the median of those after it."""
    officer = await core.store.read(lambda tx: tx.person_by_email(CTO))
    assert officer is not None
    speaker, seconds = Speaker(platform=Platform.WEB, person=officer.id), []
    for _ in range(_LOOKS):
        begun = time.perf_counter()
        reply = await core.dispatch.handle(speaker, ShowResults(wave_id=wave_id))
        assert isinstance(reply.message, Told)
        await asyncio.to_thread(drawn_results, reply.message.results, reply.reader)
        seconds.append(time.perf_counter() - begun)
    return seconds[0], _median(seconds[1:])


def _counted(url: str, filled: Filled) -> Read:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:

        def took(wave_id: UUID | None, expected: int) -> float:
            begun = time.perf_counter()
            counted = count_plain(connection, wave_id)
            seconds = time.perf_counter() - begun
            assert sum(counted.values()) == expected, "not every answer was counted"
            return seconds

        ones = [took(filled.waves[n % _WAVES], filled.each) for n in range(_LOOKS)]
        whole = [took(None, _WAVES * filled.each) for _ in range(3)]
    engine.dispose()
    return Read(one=_median(ones), all=_median(whole))


def _median(seconds: list[float]) -> float:
    return sorted(seconds)[len(seconds) // 2]


# -- in words ---------------------------------------------------------------------------------


def _figures(found: Results) -> Iterator[Figure]:
    size, every = found.responses // _WAVES, found.responses
    postgres = found.kind is Kind.POSTGRES
    yield Figure(
        what=f"{found.kind}: the page of results of a wave of {size:,} among {every:,}",
        demand="< 20 ms",
        measured=milliseconds(found.released.one),
        baseline=milliseconds(found.plain.one),
        ratio=times(found.released.one / found.plain.one),
        reached=found.released.one < 0.02,
    )
    yield Figure(
        what=f"{found.kind}: the released tables of all {_WAVES} waves ({every:,} responses)",
        demand="< 150 ms" if postgres else "",
        measured=milliseconds(found.released.all),
        baseline=milliseconds(found.plain.all),
        ratio=times(found.released.all / found.plain.all),
        reached=found.released.all < 0.15 if postgres else None,
    )
    yield from _of_closings(found)


def _of_pairs(found: Scored) -> Figure:
    return Figure(
        what=f"Counting {found.votes:,} votes between {IDEAS} ideas with noise, and scoring the "
        "ideas",
        demand="< 1 s",
        measured=f"{milliseconds(found.seconds)} ({milliseconds(found.scoring)} for the scores)",
        reached=found.seconds < MOST_SCORING,
    )


def _of_closings(found: Results) -> Iterator[Figure]:
    yield Figure(
        what=f"{found.kind}: the CTO's page of a survey of {QUESTIONS} questions by role in "
        f"{found.large.buildings} buildings: all tables read, the ledger written, charts drawn",
        demand="< 100 ms",
        measured=f"{milliseconds(found.page)} ({milliseconds(found.first)} the first time)",
        reached=found.page < 0.1,
    )
    for one, what in (
        (found.small, "a wave"),
        (found.large, f"{QUESTIONS} questions by role in {found.large.buildings} buildings"),
    ):
        asked = f"{what}, {one.people:,} answers"
        yield Figure(
            what=f"{found.kind}: closing {asked}, until results can be read and the answers are "
            "deleted",
            demand="≤ 3 s",
            measured=milliseconds(one.took.seconds),
            reached=one.took.seconds <= MOST_SECONDS,
        )
        yield Figure(
            what=f"{found.kind}: an answer to another survey while closing {asked} (the slowest of "
            f"{one.took.others})",
            demand="≤ 250 ms",
            measured=milliseconds(one.took.waited),
            reached=one.took.waited <= MOST_WAITED,
        )
