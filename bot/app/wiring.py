"""Builds the house: platforms, pump, clock, reader and pages around one core. It only builds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import structlog
from starlette.routing import BaseRoute

from bot.app.core import Core, Now, now, open_core
from bot.app.doorkeeping import Doorkeeper
from bot.app.downloads import note_download
from bot.app.heartbeat import Heartbeat
from bot.app.metrics import Metrics
from bot.app.settings import PREFIX, Settings, SettingsError
from bot.app.unsent_forms import StoredForms
from bot.app.watching import DeliveryLog
from bot.app.wiring_help_desk import open_help_desk, ticket_links
from bot.app.wiring_ledger import open_ledger
from bot.app.wiring_mail import open_mail
from bot.app.wiring_openid import accounts_of
from bot.app.wiring_previews import SIGHTS
from bot.app.wiring_rosters import open_rosters
from bot.doctor.inside import look_inside
from bot.doctor.responder_findings import refuse_without_responders
from bot.jobs.composing import composing
from bot.jobs.link_desk import LinkDesk, link_desk
from bot.jobs.listening_room import ListeningRoom
from bot.jobs.mornings import Mornings
from bot.jobs.reading_district import DistrictReader
from bot.jobs.second_opinion import open_opinion
from bot.mail.telling import Letters
from bot.operator.checking_files import check_files
from bot.registry import RECURRING
from bot.rosters.uploaded import UploadedRosters
from bot.web.navigation import Usable, usable
from bot.web.platform import WebPlatform
from bot.web.settings import Followed, PagePorts, Persona, Site, WebSettings
from core.people import Platform
from core.text import Text
from governance.home.waits import Waits
from governance.people.ways_in import EVERYBODY
from governance.sensitive.handlers import unreadable
from governance.upkeep.handlers import HOUSE
from scheduler.clock import Clock
from scheduler.fan_out import FanOut
from scheduler.observing import Together
from scheduler.ports import ChatPlatform
from scheduler.pump import Pump
from storage.attending import unread
from storage.ledger import LedgerStore
from storage.store import database_file
from storage.transaction import Transaction
from storage.unavailable import DiskError, UnavailableError

if TYPE_CHECKING:
    from bot.slack.socket import SlackSocket
    from scheduler.worker import Worker

log = structlog.get_logger(__name__)

_PATIENCE = 15.0
"""Seconds that what is in flight gets to end: longer than a platform's own time limit."""

_STANDS = 30.0
"""Seconds without a tick after which the clock is said to stand: it ticks every five."""

_HANGS = 600.0
"""Seconds without a look after which systemd starts the service again."""

Personas = Callable[[Core], Awaitable[Sequence[Persona]]]
Follow = Callable[[Core, UUID], Awaitable[Followed | None]]


class Part(Enum):
    """What a process does of the whole. Only on PostgreSQL can it be less than everything."""

    EVERYTHING = "everything"
    WEB = "web"
    """The doors, and the clock; workers deliver and read."""
    WORKER = "worker"
    """Delivering and reading, and the clock; no doors."""


@dataclass(kw_only=True)
class House:
    """The running service. ``tasks`` are its inner loops; ``routes`` its doors for chat."""

    core: Core
    pump: Pump
    fan_out: FanOut
    clock: Clock
    listening: ListeningRoom
    platforms: dict[Platform, ChatPlatform]
    routes: list[BaseRoute]
    web: WebSettings
    pages: PagePorts
    ledger: LedgerStore
    metrics: Metrics
    heartbeat: Heartbeat
    reader: DistrictReader
    worker: Worker | None = None
    """Its part in the jobs, on PostgreSQL."""
    socket: SlackSocket | None = None
    """The connection to Slack, in Socket Mode."""
    keeping: asyncio.Task[None] | None = None
    """Keeps the reader open. Whether it succeeds is no question of readiness."""
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def trouble(self) -> str | None:
        """Why the house is not ready: its clock stands, or an inner loop ended. None: it is."""
        return self._stands(_STANDS)

    @property
    def hangs(self) -> str | None:
        """Why only a new process helps. One look of the clock may take minutes, where several
        large surveys close at once or the database is slow: ending it would help nobody."""
        return self._stands(_HANGS)

    def _stands(self, seconds: float) -> str | None:
        if not self.clock.running:
            return "the clock was stopped"
        if self.clock.tick_age > seconds:
            return f"the clock has not ticked for {self.clock.tick_age:.0f} s"
        ended = [task.get_name() for task in self.tasks if task.done()]
        return f"ended: {', '.join(ended)}" if ended else None

    async def ails(self) -> str | None:
        """Why the service is not ready: as ``trouble``, or because of its database, which has to
        answer now and to have taken a write a moment ago."""
        try:
            await self.core.store.read(lambda tx: tx.district_loaded_at())
            await self.core.store.see_room()
        except Exception as error:
            log.error("ready.database", why=str(error))
            return "disk" if isinstance(error, DiskError) else "database"
        return self.heartbeat.trouble or self.trouble

    async def figures(self) -> bytes:
        """The page of metrics: while the database is away without what only that knows."""
        moment, lanes, lost, waits, ready = self.core.now(), None, None, None, False
        try:
            lanes = await self.ledger.figures(moment)
            lost = await self.core.store.read(lambda tx: unreadable(tx, moment))
            waits = await self.core.store.read(unread)
            ready = await self.ails() is None
        except UnavailableError as error:
            log.error("metrics.database", why=str(error))
        connected = self.socket.connected if self.socket else None
        return self.metrics.page(
            lanes,
            tick_age=self.clock.tick_age,
            ready=ready,
            connected=connected,
            unreadable=lost,
            unread=(waits.number, _age(waits.oldest, moment)) if waits else None,
            reader_up=self.reader.up,
        )


def _age(oldest: datetime | None, moment: datetime) -> float:
    return max(0.0, (moment - oldest).total_seconds()) if oldest else 0.0


@asynccontextmanager
async def open_house(
    settings: Settings,
    *,
    clock: Now = now,
    demo: bool = False,
    personas: Personas | None = None,
    follow: Follow | None = None,
    prepare: Callable[[Core], Awaitable[None]] | None = None,
    part: Part = Part.EVERYTHING,
) -> AsyncIterator[House]:
    """Open everything, recover what a stop left behind, run until the block ends. ``prepare``
    may fill a fresh database first. ``SettingsError``: only a part of it, on SQLite."""
    if part is not Part.EVERYTHING and database_file(settings.database_url) is not None:
        raise SettingsError(
            "On SQLite one process does everything: soundingboard run. Several processes need "
            f"PostgreSQL: set {PREFIX}DATABASE_URL to postgresql://USER@HOST/NAME."
        )
    async with AsyncExitStack() as stack:
        metrics = Metrics()
        core = await stack.enter_async_context(open_core(settings, clock=clock, watch=metrics))
        if prepare is not None:
            await prepare(core)
        await refuse_without_responders(core)
        house = await _build(
            core, stack, metrics, demo=demo, personas=personas, follow=follow, part=part
        )
        if not core.store.embedded:
            from bot.app.wiring_worker import open_worker

            house.worker = open_worker(
                core,
                house.pump,
                house.listening,
                works=part is not Part.WEB,
                patience=_PATIENCE - 3,  # less than what follows waits for it
            )
        await _start(house, reads=part is not Part.WEB)
        try:
            yield house
        finally:
            await _stop(house)


async def _build(
    core: Core,
    stack: AsyncExitStack,
    metrics: Metrics,
    *,
    demo: bool,
    personas: Personas | None,
    follow: Follow | None,
    part: Part,
) -> House:
    chat = await _open_platforms(core, stack, metrics, part)
    open_rosters(core, stack)
    reader = DistrictReader(core.store)
    stack.push_async_callback(reader.close)
    ledger, watch = await open_ledger(core), Together(DeliveryLog(), metrics)
    house = House(
        core=core,
        pump=Pump(ledger, chat.platforms, composing(core), core.now, observer=watch),
        fan_out=FanOut(ledger, core.now, lambda: core.ears.pump()),
        clock=Clock(lambda: _look(core)),
        listening=ListeningRoom(
            core.store,
            metrics.timing(reader),
            core.dispatch.by_itself,
            reader.alike,
            open_opinion(core, stack),
            Mornings(core.store, reader, core.dispatch.by_itself, core.now),
        ),
        platforms=chat.platforms,
        routes=chat.routes,
        web=await web_settings(core, demo=demo),
        pages=_pages(core, personas, follow, link_desk(core, chat.letters, stack, metrics.link)),
        ledger=ledger,
        metrics=metrics,
        heartbeat=Heartbeat(core, part.value),
        reader=reader,
        socket=chat.socket,
    )
    if core.settings.slack_oauth:
        from bot.app.wiring_slack import open_installing

        site = Site(conversation=core.dispatch, settings=house.web, pages=house.pages)
        open_installing(core, house.routes, site, stack)
    return house


@dataclass(kw_only=True)
class _Platforms:
    """Where messages go and come from."""

    platforms: dict[Platform, ChatPlatform]
    routes: list[BaseRoute] = field(default_factory=list)
    letters: Letters | None = None
    socket: SlackSocket | None = None


async def _open_platforms(
    core: Core, stack: AsyncExitStack, metrics: Metrics, part: Part
) -> _Platforms:
    made = _Platforms(platforms={Platform.WEB: WebPlatform()})
    if core.settings.mail:
        made.letters = await open_mail(core, stack)
    desk = open_help_desk(core, made.letters, stack)
    made.platforms[Platform.WEB] = WebPlatform(
        made.letters.tell if made.letters else None, desk.hand_over if desk else None
    )
    if core.settings.slack:
        from bot.app.wiring_slack import open_slack

        hears = part is not Part.WORKER
        slack = await open_slack(core, made.routes, stack, metrics.answered, hears=hears)
        made.platforms[Platform.SLACK], made.socket = slack.platform, slack.socket
    if core.settings.teams:
        from bot.app.wiring_teams import open_teams

        made.platforms[Platform.TEAMS] = await open_teams(core, made.routes, stack)
    return made


async def _look(core: Core) -> None:
    await core.dispatch.keep_time()


async def _start(house: House, *, reads: bool) -> None:
    worker = house.worker
    wake_sender = worker.wake if worker else house.pump.wake

    def queued() -> None:
        house.fan_out.wake()
        wake_sender()

    house.core.ears.pump = queued
    house.core.ears.reading = worker.wake if worker else house.listening.wake
    house.core.ears.clock = house.clock.at
    house.core.ears.glance = house.reader.glance
    house.core.ears.meaning = house.reader.meaning
    house.core.ears.themes_of = house.reader.themes_of
    started = house.core.now()
    await house.core.store.write(partial(_recur, started=started))
    house.clock.start()
    for entry in await house.core.dispatch.coming():
        house.clock.at(entry.at)
    loops = (
        {"worker": worker.run()}
        if worker
        else {"pump": house.pump.run(), "listening": house.listening.run()}
    )
    loops["fan-out"] = house.fan_out.run()
    await house.heartbeat.beat()
    loops["heartbeat"] = house.heartbeat.run()
    if house.socket is not None:
        loops["slack-socket"] = house.socket.run()
    house.tasks = [asyncio.create_task(loop, name=name) for name, loop in loops.items()]
    if reads and house.core.settings.reader_at_start:
        house.keeping = asyncio.create_task(house.reader.keep_open(), name="reader")


def _recur(tx: Transaction, *, started: datetime) -> None:
    """Written at every start: another version's rule replaces the one that is there."""
    for entry in RECURRING:
        tx.recur(entry.kind, HOUSE, entry.rule, started)


async def _stop(house: House) -> None:
    """Nothing new starts; what is in flight ends."""
    if house.keeping is not None:
        house.keeping.cancel()
    house.clock.stop()
    house.heartbeat.stop()
    if house.socket is not None:
        house.socket.stop()
    house.fan_out.stop()
    await house.listening.stop()
    await house.pump.stop()
    if house.worker is not None:
        await house.worker.stop()
    _, late = await asyncio.wait(house.tasks, timeout=_PATIENCE)
    for task in late:  # a message that is being read stays unread, and is read at the next start
        task.cancel()
    await asyncio.gather(*house.tasks, return_exceptions=True)


async def web_settings(core: Core, *, demo: bool) -> WebSettings:
    district = await core.store.read(lambda tx: tx.loaded_district())
    named = district.name if district else "Sounding Board"
    return WebSettings(
        web_url=core.web_url,
        secret=core.vault.key("web"),
        district=named,
        demo=demo,
        accent=district.accent if district else "#1d5fa8",
        session_hours=core.settings.session_hours,
        locale=district.locale if district else "en",
        timezone=district.timezone if district else "America/Chicago",
        mails=core.settings.mail and EVERYBODY not in core.settings.ways_in.required_for,
        openid=core.settings.openid,
    )


def _pages(
    core: Core, personas: Personas | None, follow: Follow | None, desk: LinkDesk | None
) -> PagePorts:
    async def consume(token_id: str) -> bool:
        moment = core.now()
        return await core.store.write(lambda tx: tx.use_signin(token_id, moment))

    async def name_of(person_id: UUID) -> str | None:
        person = await core.store.read(lambda tx: tx.person(person_id))
        return person.name if person is not None and person.active else None

    async def places(person_id: UUID, counted: Waits | None) -> Sequence[Usable]:
        moment = core.now()
        return await core.store.read(lambda tx: usable(tx, person_id, moment, counted))

    async def to_be() -> Sequence[Persona]:
        return await personas(core) if personas else ()

    async def followed(item_id: UUID) -> Followed | None:
        return await follow(core, item_id) if follow else None

    async def ask_link(email: str, network: str, path: str) -> bool:
        return await desk.ask(email, network, path) if desk else True

    return PagePorts(
        now=core.now,
        consume_signin=consume,
        name_of=name_of,
        door=Doorkeeper(core),
        accounts=accounts_of(core),
        personas=to_be,
        places=places,
        follow=followed,
        ask_link=ask_link,
        sights=SIGHTS,
        public_text=lambda key: core.store.read(partial(_public_text, key)),
        tickets=ticket_links(core),
        unsent=StoredForms(core),
        health=partial(look_inside, core),
        rosters=UploadedRosters(core),
        check_files=partial(check_files, core),
        note_download=partial(note_download, core),
    )


def _public_text(key: str, tx: Transaction) -> Text | None:
    district = tx.loaded_district()
    return district.pages.get(key) if district else None
