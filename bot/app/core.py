"""The part of the house that every command needs: settings, database and dispatch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import structlog

from bot.app.dispatch import Dispatch, Glance, Meaning, Woken, not_told
from bot.app.keys import exposed_files, secret_key
from bot.app.locking import DatabaseLock, writable
from bot.app.marks import MarkFile, mark_file
from bot.app.settings import Settings
from bot.app.watching import Unwatched, Watch
from bot.jobs.closings import ThemesOf, no_reader
from bot.web.sessions import signin_token
from core.people import Platform
from scheduler.lanes import DEFAULT_BUDGETS, Budget
from storage import migrating
from storage.connection import Surroundings
from storage.proving import keep_fingerprint, prove_key
from storage.restoring import Mark, keep_mark
from storage.store import Store, database_file, make_file
from storage.transaction import Transaction
from storage.vault import Vault

log = structlog.get_logger(__name__)

Now = Callable[[], datetime]


def now() -> datetime:
    """The one place where the clock is read."""
    return datetime.now(UTC)


@dataclass(kw_only=True)
class Ears:
    """Who is woken after a commit. Wiring fills these in; on the command line nobody listens."""

    pump: Callable[[], None] = lambda: None
    reading: Callable[[], None] = lambda: None
    clock: Callable[[datetime], None] = lambda at: None
    glance: Glance = not_told
    meaning: Meaning = not_told
    """These two are asked before a commit."""
    themes_of: ThemesOf = no_reader
    """Asked while a survey is closed."""


@dataclass(frozen=True, kw_only=True)
class Core:
    """A database opened and ready, with the one way in."""

    settings: Settings
    store: Store
    vault: Vault
    dispatch: Dispatch
    ears: Ears
    budgets: Mapping[Platform, Budget]
    now: Now
    web_url: str
    marks: MarkFile
    lock: DatabaseLock | None = field(default=None)

    async def count_on(
        self, beside: Callable[[Transaction], None] = lambda tx: None, *, said: bool = False
    ) -> None:
        """Let the database count, and note outside how far. Where it was put back to an older
        state, what may have been sent before waits from now on. ``beside``: what the same
        transaction writes. A part of every sign of life. ``said``: the operator says that
        it was."""
        seen, moment = self.marks.seen, self.now()

        def counted(tx: Transaction) -> tuple[Mark, bool]:
            beside(tx)
            return keep_mark(tx, seen, moment, said=said)

        mark, restored = await self.store.write(counted)
        if restored and not said:
            log.error("restored", mend="soundingboard restored list")
        await asyncio.to_thread(self.marks.keep, mark)


def budgets_of(settings: Settings) -> Mapping[Platform, Budget]:
    """Each platform's budget, with the rates that were set."""
    slack, teams = settings.slack_per_minute / 60, settings.teams_per_second
    return {
        **DEFAULT_BUDGETS,
        Platform.SLACK: Budget(per_second=slack, burst=max(1, round(slack))),
        Platform.TEAMS: Budget(per_second=teams, burst=max(1, round(teams / 2))),
    }


@asynccontextmanager
async def open_core(
    settings: Settings, *, clock: Now = now, watch: Watch | None = None
) -> AsyncIterator[Core]:
    """Open the database: lock it (SQLite), migrate it (embedded) or refuse (behind)."""
    path = database_file(settings.database_url)
    lock = DatabaseLock(path) if path else None
    try:
        with writable():
            if lock is not None:
                lock.acquire()
            core = _build(settings, path, lock, clock, watch or Unwatched())
        try:
            bring_up_to_date(core.store, core.vault)
            await core.count_on()
            yield core
        finally:
            await core.store.close()
    finally:
        if lock is not None:
            lock.release()


def _build(
    settings: Settings, path: Path | None, lock: DatabaseLock | None, clock: Now, watch: Watch
) -> Core:
    vault = Vault(secret_key(settings, path))
    if path is not None and lock is not None:
        make_file(path)
        lock.hold_file()
    for exposed in exposed_files(settings):
        log.warning("readable_by_others", file=str(exposed), mend=f"chmod 600 {exposed}")
    budgets = budgets_of(settings)
    rates = {platform: budget.per_second for platform, budget in budgets.items()}
    url = f"sqlite:///{path}" if path else settings.database_url
    if settings.mail:
        rates[Platform.WEB] = settings.mail_per_second  # until the last one has been told
    surroundings = Surroundings(
        vault=vault,
        rates=rates,
        mails=settings.mail,
        installs=settings.teams and settings.teams_install_app,
        help_desk=settings.help_desk,
        ways_in=settings.ways_in,
        signin_token=partial(signin_token, vault.key("web")),
    )
    store = Store(url, surroundings, watch)
    ears = Ears()
    web_url = settings.web_url or f"http://{settings.host}:{settings.port}"
    woken = Woken(
        pump=lambda: ears.pump(),
        reading=lambda: ears.reading(),
        clock=lambda at: ears.clock(at),
    )
    return Core(
        settings=settings,
        store=store,
        vault=vault,
        dispatch=Dispatch(
            store,
            clock,
            web_url,
            woken,
            watch,
            lambda text: ears.glance(text),
            lambda text: ears.meaning(text),
            lambda texts: ears.themes_of(texts),
        ),
        ears=ears,
        budgets=budgets,
        now=clock,
        web_url=web_url,
        marks=mark_file(settings, path),
        lock=lock,
    )


def bring_up_to_date(store: Store, vault: Vault, *, upgrades: bool = False) -> None:
    """``WrongSecretError`` before anything is changed; ``BehindError`` where it must not be
    upgraded. ``upgrades``: PostgreSQL, too, which else only ``database upgrade`` does."""
    prove_key(store.engine, vault)
    if store.embedded or upgrades:
        migrating.upgrade(store.engine)
    elif not migrating.is_current(store.engine):
        raise migrating.BehindError(
            "The database is not at this version. Run: soundingboard database upgrade"
        )
    keep_fingerprint(store.engine, vault)
