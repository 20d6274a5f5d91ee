"""The door of the pages: who may come in and how, and who is in. Everything is looked up in the
database at each visit, so that signing out, leaving the roster and a new duty count at once."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from uuid import UUID

from bot.app.core import Core
from bot.conversation import Reader
from bot.web.settings import Known
from governance.messages import Refused
from governance.people.signing_in import needs_account, welcome, whose
from governance.people.ways_in import How
from storage.sessions import WebSession
from storage.transaction import Transaction

SEEN_EVERY = timedelta(minutes=2)
"""How far behind the time somebody was last here may be: a write for each page costs too much."""

FAILURES = 100
"""Failed returns from the district's accounts in an hour from a network address. Those that
succeed do not count: a whole district may sit behind one address."""

_HOUR = timedelta(hours=1)


class Doorkeeper:
    """Lets people in and out."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._longest = timedelta(hours=core.settings.session_hours)
        self._idle = timedelta(minutes=core.settings.session_idle_minutes)
        self._key = core.vault.key("doorkeeper")

    # -- sessions -----------------------------------------------------------------------------

    async def begin(self, person_id: UUID, how: How) -> str:
        """A new session's key."""
        now = self._core.now()

        def start(tx: Transaction) -> str:
            if how is not How.DEMO:
                tx.audit(person_id, f"signed in ({how})", person_id, now)
            return tx.start_session(person_id, how, now)

        return await self._core.store.write(start)

    async def recognise(self, key: str) -> Known | None:
        """The person with this session; None once it has ended."""
        now = self._core.now()
        found = await self._core.store.read(lambda tx: self._known(tx, key, now))
        if found is None:
            return None
        known, seen_at = found
        if now - seen_at >= SEEN_EVERY:
            await self._core.store.write(lambda tx: tx.see_session(key, now))
        return known

    async def lapsed(self, key: str) -> UUID | None:
        """Whose session this was that nobody ended, and that is over because of its age."""
        now = self._core.now()

        def found(tx: Transaction) -> UUID | None:
            session = tx.web_session(key)
            if session is None or not self._too_old(session, now):
                return None
            return session.person.id if session.person.active else None

        return await self._core.store.read(found)

    def _known(self, tx: Transaction, key: str, now: datetime) -> tuple[Known, datetime] | None:
        session = tx.web_session(key)
        if session is None or self._too_old(session, now):
            return None
        person = session.person
        if welcome(tx, person) is not None:
            return None
        if session.how is How.LINK and self._account(tx, person.id):
            return None
        reader = Reader(locale=person.locale, timezone=person.timezone, web_url=self._core.web_url)
        return Known(person=person.id, name=person.name, reader=reader), session.seen_at

    def _too_old(self, session: WebSession, now: datetime) -> bool:
        return now - session.started_at >= self._longest or now - session.seen_at >= self._idle

    async def end(self, key: str) -> How | None:
        """Sign out of one session. How it had begun, None where it had ended before."""

        def end(tx: Transaction) -> How | None:
            was = tx.end_session(key)
            return was.how if was else None

        return await self._core.store.write(end)

    async def end_all(self, person_id: UUID) -> int:
        """Sign somebody out everywhere. How many sessions they had."""
        now = self._core.now()

        def end(tx: Transaction) -> int:
            tx.audit(person_id, "signed out everywhere", person_id, now)
            return tx.end_sessions(person_id)

        return await self._core.store.write(end)

    # -- who may come in ------------------------------------------------------------------------

    async def takes_link(self, person_id: UUID) -> bool:
        """Whether a link lets somebody in: with some duties only the district's account does."""
        return not await self._core.store.read(lambda tx: self._account(tx, person_id))

    def _account(self, tx: Transaction, person_id: UUID) -> bool:
        ways = tx.ways_in()
        # Nobody's duties are looked up where none asks for anything: this is at every visit.
        return bool(ways.required_for) and needs_account(tx.standing(person_id), ways)

    async def whose(self, email: str) -> UUID | Refused:
        """The person with a verified address, or the reason why they cannot sign in."""
        found = await self._core.store.read(lambda tx: whose(tx, email))
        return found if isinstance(found, Refused) else found.id

    # -- too many tries -----------------------------------------------------------------------

    async def has_room(self, network: str) -> bool:
        """Whether somebody from this network may try again now."""
        since = self._core.now() - _HOUR
        what = self._hash(network)
        return await self._core.store.read(lambda tx: tx.times(what, since) < FAILURES)

    async def note_failure(self, network: str) -> None:
        now, what = self._core.now(), self._hash(network)
        await self._core.store.write(lambda tx: tx.note_time(what, now))

    def _hash(self, network: str) -> str:
        """Keyed, as the link desk's: nobody reads off the database from where somebody came."""
        digest = hmac.new(self._key, network.encode(), hashlib.sha256).hexdigest()
        return f"openid-network:{digest[:32]}"
