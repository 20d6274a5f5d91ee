"""Links on which the help desk gives its number: signed, about one item, for a while."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

_GOOD_FOR = timedelta(days=60)
_MAC = 32

Note = Callable[[UUID, str], Awaitable[None]]


class TicketLinks:
    """Implements ``bot.web.settings.Tickets``."""

    def __init__(self, key: bytes, now: Callable[[], datetime], note: Note) -> None:
        self._key = key
        self._now = now
        self._note = note

    def token(self, item_id: UUID) -> str:
        until = int((self._now() + _GOOD_FOR).timestamp())
        said = f"{item_id}.{until}"
        return f"{said}.{self._mac(said)}"

    def item_of(self, token: str) -> UUID | None:
        said, _, mac = token.rpartition(".")
        if not hmac.compare_digest(self._mac(said).encode(), mac.encode()):
            return None
        item, _, until = said.partition(".")
        return UUID(item) if int(until) >= self._now().timestamp() else None

    async def note(self, item_id: UUID, number: str) -> None:
        await self._note(item_id, number)

    def _mac(self, said: str) -> str:
        return hmac.new(self._key, said.encode(), hashlib.sha256).hexdigest()[:_MAC]
