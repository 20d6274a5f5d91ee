"""Installs the Teams app for people to whom something waits to be sent, where the district wants
it: by one process, a few a second, once a day for each of them (decision 24)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Protocol
from uuid import UUID

import structlog

from bot.app.core import Core
from bot.jobs.errands import keep_looking
from bot.teams.graph_app import NotForThem, NotForUs, NotNow
from bot.teams.installs import Installed, Outcome
from core.people import Platform
from storage.app_installs import (
    Wanting,
    claim_installs,
    give_back_installs,
    say_why,
    wanting,
)
from storage.transaction import Transaction

log = structlog.get_logger(__name__)

_LOOK_SECONDS = 10.0
_AT_ONCE = 20
"""People claimed together: so many are not tried again for a day where the process dies."""

PER_SECOND = 4.0
"""Installs; Microsoft names no limit for them, and says when it is too much."""

_DENIED_SECONDS = 3600.0
"""What nobody is allowed today may be granted soon, and need not be asked each second."""

Sleep = Callable[[float], Awaitable[None]]


class Installer(Protocol):
    """Installs the app for one person; never raises."""

    async def install(self, email: str, user: str = "") -> Outcome: ...


async def keep_installing(core: Core, installer: Installer) -> None:
    """See to it until cancelled that people have the app when something waits for them."""
    look = partial(install_waiting, installer=installer)
    await keep_looking(core, look, seconds=_LOOK_SECONDS, failed="teams.installing_failed")


async def install_waiting(core: Core, *, installer: Installer, sleep: Sleep = asyncio.sleep) -> int:
    """Install it for everybody who waits and was not tried for within a day; for how many."""
    installed = 0
    while await core.store.read(lambda tx: wanting(tx, core.now(), 1)):  # nearly always nobody
        claimed = await core.store.write(lambda tx: claim_installs(tx, core.now(), _AT_ONCE))
        for place, one in enumerate(claimed):
            outcome = await installer.install(one.email, one.user)
            if isinstance(outcome, NotNow | NotForUs):
                await _wait(core, claimed[place:], outcome, sleep)
                return installed
            installed += await _note(core, one, outcome)
            await sleep(1 / PER_SECOND)
    return installed


async def _note(core: Core, one: Wanting, outcome: Installed | NotForThem) -> bool:
    if isinstance(outcome, NotForThem):
        log.info("teams.not_installed", why=outcome.why)
        await core.store.write(lambda tx: say_why(tx, one.person, outcome.why, core.now()))
        return False
    if outcome.conversation is not None:
        chat = outcome.conversation
        await core.store.write(lambda tx: _found(tx, core, one.person, outcome.user, chat))
        core.ears.pump()
    return True


def _found(tx: Transaction, core: Core, person_id: UUID, user: str, chat: str) -> None:
    """They had the app all the time: their chat is known now, and what waited goes there."""
    person = tx.person(person_id)
    if person is None:
        return
    tx.note_address(
        person,
        platform=Platform.TEAMS,
        workspace=core.settings.teams_tenant_id,
        user=user,
        conversation=chat,
        service_url=None,
        reachable=True,
    )


async def _wait(
    core: Core, left: Sequence[Wanting], outcome: NotNow | NotForUs, sleep: Sleep
) -> None:
    """Nobody of these was decided on. Where it is about us, their messages say so."""
    people = [one.person for one in left]
    await core.store.write(lambda tx: give_back_installs(tx, people))
    if isinstance(outcome, NotNow):
        return await sleep(outcome.seconds)
    log.error("teams.installing_denied", why=outcome.why)
    now = core.now()

    def say(tx: Transaction) -> None:
        for person in people:
            say_why(tx, person, outcome.why, now, final=False)

    await core.store.write(say)
    return await sleep(_DENIED_SECONDS)
