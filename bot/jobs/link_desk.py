"""Mails links to sign in with, to whoever asks on the sign-in page and is staff.

The page is answered at once, and the same whoever asked: whether an address is in the roster is
found out behind it, where nobody can measure how long that takes.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from urllib.parse import urlencode

import structlog

from bot.app.core import Core
from bot.app.doorkeeping import Doorkeeper
from bot.app.watching import outcome_of
from bot.mail.telling import Letters
from bot.web.sessions import signin_token
from core.people import STAFF_ROLES, Person
from core.words import Words
from governance.people.signing_in import GOOD_FOR, MINUTES
from scheduler.ports import Away, NotTaken, Result, Throttled
from storage.transaction import Transaction

log = structlog.get_logger(__name__)

PER_ADDRESS, PER_NETWORK = 3, 500
"""Links that are mailed in an hour, at most. A whole school sits behind one network address, so
that limit only keeps a machine from trying every address there is."""

_HOUR = timedelta(hours=1)
_PAUSES = (2.0, 8.0)
_PATIENCE = 5.0


class LinkDesk:
    """Takes requests for links."""

    def __init__(self, core: Core, letters: Letters, told: Callable[[str], None]) -> None:
        self._core = core
        self._takes_link = Doorkeeper(core).takes_link
        self._letters = letters
        self._told = told
        self._key = core.vault.key("link-desk")
        self._running: set[asyncio.Task[None]] = set()

    async def ask(self, email: str, network: str, path: str) -> bool:
        """Mail a link that leads on to ``path``, if there is somebody to mail it to. False: too
        many were asked for from this network; that is all that anybody learns."""
        email = email.strip().casefold()
        room = await self._core.store.write(lambda tx: self._room(tx, email, network))
        if room == "mail":
            task = asyncio.create_task(self._mail(email, path), name="signin-mail")
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        return room != "full"

    async def close(self) -> None:
        """Let what is being sent go out, for a moment."""
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=_PATIENCE)
            for task in late:
                task.cancel()

    def _room(self, tx: Transaction, email: str, network: str) -> str:
        """Keeps to the limits, in the database and so for all processes together. It holds keyed
        hashes: nobody can read off it who asked, or from where."""
        since = self._core.now() - _HOUR
        from_here, to_them = self._hash("network", network), self._hash("address", email)
        if tx.times(from_here, since) >= PER_NETWORK:
            return "full"
        if tx.times(to_them, since) >= PER_ADDRESS:
            return "enough"
        tx.note_time(from_here, self._core.now())
        tx.note_time(to_them, self._core.now())
        return "mail"

    def _hash(self, what: str, value: str) -> str:
        digest = hmac.new(self._key, f"{what}:{value}".encode(), hashlib.sha256).hexdigest()
        return f"link-{what}:{digest[:32]}"

    async def _mail(self, email: str, path: str) -> None:
        try:
            person = await self._core.store.read(lambda tx: tx.person_by_email(email))
            if person is None or not person.active or person.role not in STAFF_ROLES:
                outcome = "nobody"
            elif not await self._takes_link(person.id):
                outcome = "account"
            else:
                outcome = outcome_of(await self._sent(person, path))
            log.info("signin_link", outcome=outcome)
            self._told(outcome)
        except Exception:
            log.exception("signin_link.failed")

    async def _sent(self, person: Person, path: str) -> Result:
        core = self._core
        token = signin_token(core.vault.key("web"), person.id, core.now() + GOOD_FOR)
        url = f"{core.web_url}/signin?{urlencode({'token': token, 'next': path})}"
        words = Words(person.locale, person.timezone)
        for pause in (*_PAUSES, 0.0):
            result = await self._letters.send_link(person.email, url, words, MINUTES)
            if not pause or not isinstance(result, NotTaken | Away | Throttled):
                return result
            await asyncio.sleep(pause)
        raise AssertionError("the last try has no pause")


def link_desk(
    core: Core, letters: Letters | None, stack: AsyncExitStack, told: Callable[[str], None]
) -> LinkDesk | None:
    """The sign-in desk where there is mail. ``told`` hears in a word what became of each
    request."""
    if letters is None:
        return None
    desk = LinkDesk(core, letters, told)
    stack.push_async_callback(desk.close)
    return desk
