"""What grows with history and with people, on SQLite: how long pages and the morning take after
years of surveys and with thousands of open messages, and how long another write waits while a
district sends, launches and imports."""

from __future__ import annotations

import asyncio
import csv
import gc
import math
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from bot.app.core import Core, open_core
from bot.app.serving import set_up_python
from bot.app.settings import Settings
from bot.conversation import Speaker
from bot.demo.examples import example_district
from bot.operator.operations import OPERATIONS
from core.commands import Command
from core.people import Audience, Person, Platform
from governance.access import Source
from governance.announcements.approvals import approvers
from governance.announcements.asked import by_name
from governance.announcements.commands import (
    ApproveAnnouncement,
    SendAnnouncement,
    WriteAnnouncement,
)
from governance.announcements.model import EVERYONE
from governance.chairs.commands import ShowAgenda, ShowChair
from governance.committees.commands import NoteAbsence, RemindDockets
from governance.digests.commands import ShowDigest
from governance.docket.commands import FileReading
from governance.duplicates.commands import TellTrends
from governance.feedback.model import Item, Naming
from governance.home.commands import ShowDesk
from governance.reading.themes import all_themes
from storage.digest_tables import week_figures
from storage.ledger import LedgerStore
from storage.matter_tables import item_vector
from storage.tables import address, announcement, duty, item, person, wave, wave_count
from storage.transaction import Transaction
from surveys.commands import CloseWave, LaunchSurvey
from tests.attacks.hall import reading

from .closing import large_survey
from .databases import SECRET
from .district import approve
from .measured import Figure, Progress, Scale, Section, milliseconds

WEEKS = (26, 260, 2_600)
"""Surveys and announcements, one of each a week: five years are the second."""

OPEN = (20, 2_000, 20_000)
"""Open messages on one docket."""

PEOPLE = (700, 7_000, 70_000)

MOST_PAGE = 0.15
MOST_WAITED = 0.25
"""Seconds that a page may take, and that somebody else's write may wait."""

FLAT = 0.2
"""The largest exponent that counts as flat or logarithmic: from 20 to 20,000 a logarithm grows with
the power 0.17."""

LINEAR = 1.0

_LOOKS = 5
_CTO = "ramona.castellanos@schools.example.org"
_QUEUE = "network"
_SAID = "The wifi in the portables drops every afternoon"
_WORDS = {
    "title": "New phones in every classroom",
    "what": "The old desk phones are replaced.",
    "why": "They fail.",
    "when": "From March 1.",
    "who": "Everybody with a desk phone.",
    "action": "Unplug the old one.",
    "learn": "Watch the film.",
    "ask": "The help desk.",
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One kind of work, measured at several sizes: ``seconds`` by size. ``at``: the size that its
    demand is of; ``most``: seconds; ``exponent``: the largest that is allowed."""

    what: str
    of: str
    seconds: Mapping[int, float]
    at: int
    most: float
    exponent: float


def exponent(seconds: Mapping[int, float]) -> float:
    """The slope of the line through (log size, log time), by least squares."""
    points = [(math.log(size), math.log(took)) for size, took in seconds.items()]
    slope: float = statistics.linear_regression(*zip(*points, strict=True)).slope
    return slope


def measure(scale: Scale, progress: Progress) -> Section:
    """The section of ``make bench``."""
    progress.begin(3 + 3 + 3 * 3)
    rows = [
        *asyncio.run(_of_history(scale, progress)),
        *asyncio.run(_of_dockets(scale, progress)),
        *asyncio.run(_of_people(scale, progress)),
    ]
    return Section(
        key="growth", title="Growth", figures=[figure for row in rows for figure in _figures(row)]
    )


def _figures(row: Row) -> Iterator[Figure]:
    first = row.seconds[row.at]
    others = [
        f"{milliseconds(took)} at {size:,}" for size, took in row.seconds.items() if size != row.at
    ]
    yield Figure(
        what=f"{row.what}, {row.at:,} {row.of}",
        demand=f"≤ {row.most * 1000:.0f} ms",
        measured=milliseconds(first),
        baseline=" | ".join(others),
        reached=first <= row.most,
    )
    slope = round(exponent(row.seconds), 2)
    allowed = "flat or logarithmic" if row.exponent == FLAT else "linear"
    yield Figure(
        what=f"{row.what}: exponent over {' | '.join(f'{size:,}' for size in row.seconds)}",
        demand=f"≤ {row.exponent} ({allowed})",
        measured=f"{slope:.2f}",
        reached=slope <= row.exponent,
    )


def _sizes(scale: Scale, sizes: Sequence[int], least: int) -> list[int]:
    """Sizes that differ, however small the share is."""
    return [scale.of(size, least * (place + 1)) for place, size in enumerate(sizes)]


@asynccontextmanager
async def _district(folder: Path) -> AsyncIterator[Core]:
    await asyncio.to_thread(folder.mkdir, parents=True)
    url = f"sqlite:///{folder / 'bench.sqlite3'}"
    settings = Settings(database_url=url, secret_key=SECRET)  # type: ignore[arg-type]
    async with open_core(settings) as core:
        told = await OPERATIONS["district-load"](core, {"path": str(example_district())})
        if not told.ok:
            raise RuntimeError("\n".join(told.lines))
        set_up_python()  # as the service does when it starts
        try:
            yield core
        finally:
            gc.unfreeze()


async def _person(core: Core, email: str) -> Person:
    found = await core.store.read(lambda tx: tx.person_by_email(email))
    assert found is not None
    return found


async def _asked(core: Core, email: str, command: Command) -> float:
    """Seconds until somebody on the web is answered: the median of a few times."""
    who = await _person(core, email)
    speaker, seconds = Speaker(platform=Platform.WEB, person=who.id), []
    for _ in range(_LOOKS + 1):
        begun = time.perf_counter()
        await core.dispatch.handle(speaker, command)
        seconds.append(time.perf_counter() - begun)
    return _median(seconds[1:])  # what the first one writes into the ledger is there then


def _median(seconds: Sequence[float]) -> float:
    return sorted(seconds)[len(seconds) // 2]


class Waited:
    """Writes a little again and again, and knows the longest that it had to wait."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.longest = 0.0

    async def while_doing(self, doing: Awaitable[object]) -> float:
        """Do it, and write meanwhile; the longest wait in seconds."""
        writing = asyncio.create_task(self._write())
        await asyncio.sleep(0.02)
        try:
            await doing
            await asyncio.sleep(0.02)
        finally:
            writing.cancel()
            with suppress(asyncio.CancelledError):
                await writing
        return self.longest

    async def _write(self) -> None:
        while True:
            begun = time.perf_counter()
            await self._core.store.write(lambda tx: tx.first_time(uuid4().hex, self._core.now()))
            self.longest = max(self.longest, time.perf_counter() - begun)
            await asyncio.sleep(0.005)


# -- years of surveys ---------------------------------------------------------------------------


async def _of_history(scale: Scale, progress: Progress) -> list[Row]:
    weeks, seconds = _sizes(scale, WEEKS, 2), {}
    async with _district(scale.folder / "history") as core:
        launched = await _launched(core)
        await core.dispatch.by_itself(CloseWave(wave_id=launched), Source.OPERATOR)
        news = await _sent(core)
        await _written(core)
        there = 1
        for many in weeks:
            progress(f"the dashboard after {many:,} weeks")
            await core.store.write(partial(_repeat, of=(launched, news), there=there, many=many))
            there = many
            seconds[many] = await _asked(core, _CTO, ShowDesk())
    return [
        Row(
            what="The dashboard of the CTO's office",
            of="surveys and announcements (five years)",
            seconds=seconds,
            at=weeks[1],
            most=MOST_PAGE,
            exponent=FLAT,
        )
    ]


async def _launched(core: Core) -> UUID:
    wave_id = uuid4()
    command = LaunchSurvey(
        wave_id=wave_id,
        survey=large_survey(),
        audience=Audience(),
        opens_at=None,
        closes_at=core.now() + timedelta(days=4),
        despite_limit="To measure it.",
    )
    await core.dispatch.by_itself(command, Source.OPERATOR)
    await approve(core)
    return wave_id


async def _sent(core: Core) -> UUID:
    news = uuid4()
    write = WriteAnnouncement(announcement_id=news, **by_name(_WORDS), audience=Audience())
    await core.dispatch.by_itself(write, Source.OPERATOR)
    send = SendAnnouncement(announcement_id=news, everyone=EVERYONE[0])
    await core.dispatch.by_itself(send, Source.OPERATOR)
    asked, second = await core.store.read(lambda tx: (tx.announcement(news), approvers(tx)[0]))
    if asked is None:
        raise RuntimeError("the announcement was not written")
    approve = ApproveAnnouncement(announcement_id=news, request=asked.request)
    await core.dispatch.handle(Speaker(platform=Platform.WEB, person=second.id), approve)
    return news


async def _written(core: Core) -> None:
    """Until every recipient of every broadcast is written."""
    ledger = LedgerStore(core.store, core.budgets, "en", "UTC")
    while await ledger.write_part(core.now()):
        pass


def _repeat(tx: Transaction, of: tuple[UUID, UUID], there: int, many: int) -> None:
    """The survey and the announcement of a week, once for each week before it."""
    launched, news = of
    for table, key, moments, first in (
        (wave, "id", ("opens_at", "closes_at"), launched),
        (wave_count, "wave_id", (), launched),
        (announcement, "id", ("sent_at",), news),
    ):
        found = select(table).where(table.c[key] == first)
        row = dict(tx.connection.execute(found).mappings().one())
        fresh = {"key": None} if table is announcement else {}
        copies = [
            {**row, **fresh, **{name: row[name] - timedelta(weeks=week) for name in moments}}
            | {key: UUID(int=week)}
            for week in range(there, many)
        ]
        tx.connection.execute(table.insert(), copies)


# -- open messages ------------------------------------------------------------------------------


async def _of_dockets(scale: Scale, progress: Progress) -> list[Row]:
    sizes = _sizes(scale, OPEN, 2)
    looks: dict[str, Callable[[Core, str], Awaitable[float]]] = {
        "A morning on which no day has changed": _morning,
        "The page of what can be answered together": _page(ShowChair(queue=_QUEUE)),
        "A committee's week": _page(ShowDigest(queue=_QUEUE)),
        "The agenda": _page(ShowAgenda(queue=_QUEUE)),
        "What a new message is compared with": _matching,
        "The longest wait of another write while an absence dates a docket anew": _dating,
    }
    found: dict[str, dict[int, float]] = {what: {} for what in looks}
    async with _district(scale.folder / "dockets") as core:
        committee = (await core.store.read(lambda tx: tx.district())).committee(_QUEUE)
        assert committee is not None
        first, there = await _said(core), 1
        for many in sizes:
            progress(f"a docket of {many:,} open messages")
            await core.store.write(partial(_copied, first=first, many=many - there))
            there = many
            await core.dispatch.by_itself(TellTrends())  # as on every Monday
            for what, look in looks.items():
                found[what][many] = await look(core, committee.chair)
    pages = (MOST_PAGE,) * 4
    limits = (MOST_WAITED, *pages, MOST_WAITED)
    return [
        Row(
            what=what,
            of="open messages",
            seconds=found[what],
            at=sizes[-1],
            most=most,
            exponent=FLAT,
        )
        for what, most in zip(looks, limits, strict=True)
    ]


async def _said(core: Core) -> UUID:
    """One message on the docket."""
    author = await _person(core, _CTO)
    said = Item(
        id=uuid4(),
        author=author.id,
        naming=Naming.WITHHELD,
        role=author.role,
        level=author.level,
        received_at=core.now(),
    )
    await core.store.write(lambda tx: tx.add_item(said, _SAID))
    read = FileReading(item_id=said.id, reading=reading(_SAID, _QUEUE, None))
    await core.dispatch.by_itself(read)
    return said.id


def _copied(tx: Transaction, first: UUID, many: int) -> None:
    """More of the same, one every 20 minutes, so that a longer history is no busier week; of other
    themes, by other people and due on other days of two weeks."""
    found = select(item).where(item.c.id == first)
    row = dict(tx.connection.execute(found).mappings().one())
    people = tx.connection.execute(select(person.c.id).limit(500)).scalars().all()
    there = tx.open_count(_QUEUE, without=())
    themes = sorted(all_themes())
    copies = [
        {
            **row,
            "id": uuid4(),
            "author": people[n % len(people)],
            "received_at": row["received_at"] - timedelta(minutes=20 * n),
            "due_at": row["due_at"] + timedelta(minutes=n % (14 * 24 * 60)),
            "theme": themes[n % len(themes)],
        }
        for n in range(there, there + many)
    ]
    tx.connection.execute(item.insert(), copies)
    tx.connection.execute(delete(week_figures))  # these are of past weeks, too
    rng = Random(6)  # noqa: S311
    vectors = [{"item_id": one["id"], "vector": rng.randbytes(384)} for one in copies]
    tx.connection.execute(item_vector.insert(), vectors)


def _page(command: Command) -> Callable[[Core, str], Awaitable[float]]:
    async def look(core: Core, chair: str) -> float:
        return await _asked(core, chair, command)

    return look


async def _morning(core: Core, chair: str) -> float:
    seconds = []
    for _ in range(_LOOKS + 1):
        begun = time.perf_counter()
        await core.dispatch.by_itself(RemindDockets())
        seconds.append(time.perf_counter() - begun)
    return _median(seconds[1:])


async def _matching(core: Core, chair: str) -> float:
    seconds = []
    for _ in range(_LOOKS):
        begun = time.perf_counter()
        await core.store.read(lambda tx: tx.open_vectors(_QUEUE))
        seconds.append(time.perf_counter() - begun)
    return _median(seconds)


async def _dating(core: Core, chair: str) -> float:
    """Whoever leads is away for a day more."""
    district = await core.store.read(lambda tx: tx.district())
    committee = district.committee(_QUEUE)
    assert committee is not None
    today = core.now().date()

    async def away() -> None:
        for email in committee.leaders:
            who = await _person(core, email)
            days = NoteAbsence(absence_id=uuid4(), first=today, last=today + timedelta(days=9))
            await core.dispatch.handle(Speaker(platform=Platform.WEB, person=who.id), days)
        while await core.store.read(lambda tx: tx.being_dated()):
            await core.dispatch.keep_time()

    return await Waited(core).while_doing(away())


# -- people -------------------------------------------------------------------------------------


async def _of_people(scale: Scale, progress: Progress) -> list[Row]:
    sizes, found = _sizes(scale, PEOPLE, 300), dict[str, dict[int, float]]()
    for many in sizes:
        async with _district(scale.folder / f"people-{many}") as core:
            await core.store.write(partial(_peopled, many=many))
            file = scale.folder / f"staff-{many}.csv"
            await core.store.read(partial(_exported, file=file))
            for what, doing in (
                ("an announcement is sent to everybody", _sending(core)),
                ("a survey is launched for everybody", _launching(core)),
                ("an import changes three of four people", _importing(core, file)),
            ):
                progress(f"{many:,} people: {what}")
                waited = await Waited(core).while_doing(doing)
                of = found.setdefault(f"The longest wait of another write while {what}", {})
                of[many] = waited
    return [
        Row(
            what=what,
            of="people",
            seconds=seconds,
            at=sizes[-1],
            most=MOST_WAITED,
            exponent=LINEAR,
        )
        for what, seconds in found.items()
    ]


async def _sending(core: Core) -> None:
    await _sent(core)
    await _written(core)


async def _launching(core: Core) -> None:
    await _launched(core)
    await _written(core)


async def _importing(core: Core, file: Path) -> None:
    given = {"source": str(file), "apply": True, "confirmed": True}
    told = await OPERATIONS["people-import"](core, given)
    if not told.ok:
        raise RuntimeError("\n".join(told.lines))


def _peopled(tx: Transaction, many: int) -> None:
    """So many people in Slack; whoever holds an office or sits on a committee stays."""
    tx.connection.execute(delete(person).where(person.c.id.not_in(select(duty.c.person_id))))
    rows = tx.connection.execute(select(person)).mappings().all()
    of, rng = rows[0], Random(1)  # noqa: S311
    buildings = [one.key for one in tx.buildings()]
    new = [
        {
            **of,
            "id": uuid4(),
            "sourced_id": f"bench-{n}",
            "email": f"bench{n}@schools.example.org",
            "given_name": "Alex",
            "family_name": f"Number{n}",
            "role": rng.choice(("teacher", "office", "support")),
            "building": rng.choice(buildings),
            "platform": Platform.SLACK,
        }
        for n in range(len(rows), many)
    ]
    tx.connection.execute(person.insert(), new)
    ids = tx.connection.execute(select(person.c.id)).scalars().all()
    addresses = [
        {
            "platform": Platform.SLACK,
            "workspace": "T0DISTRICT",
            "user": f"U{one.hex[:12].upper()}",
            "person_id": one,
            "conversation": f"D{one.hex[:12].upper()}",
            "service_url": None,
            "reachable": True,
        }
        for one in ids
    ]
    tx.connection.execute(address.insert(), addresses)


def _exported(tx: Transaction, file: Path) -> None:
    """Everybody as a CSV file, three of four with another name."""
    columns = ("sourced_id", "email", "given_name", "family_name", "role", "building")
    rows: Sequence[Any] = tx.connection.execute(
        select(*(person.c[name] for name in columns)).order_by(person.c.sourced_id)
    ).all()
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("identifier", *columns[1:]))
        for place, row in enumerate(rows):
            writer.writerow((*row[:2], "Sam" if place % 4 else row[2], *row[3:]))
