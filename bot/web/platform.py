"""The web as a chat platform for the pump: being in the inbox is being delivered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from core.people import Platform
from governance.delivery_reasons import DeliveryReason
from scheduler.lanes import HELP_DESK
from scheduler.ports import Failed, Outgoing, Result, Sent

Mail = Callable[[Outgoing], Awaitable[Result]]
"""Tells somebody by mail that something is on their page. Never raises."""


class WebPlatform:
    """Implements ``scheduler.ports.ChatPlatform``. A page reads the ledger itself and shows what
    is there from the moment it is queued, so there is nothing to send and nothing that can fail.
    Where mail is set up, a person is told by mail as well, and what became of the mail is what
    became of the delivery. A committee's page is never mailed."""

    def __init__(self, mail: Mail | None = None, desk: Mail | None = None) -> None:
        self._mail = mail
        self._desk = desk

    @property
    def name(self) -> Platform:
        return Platform.WEB

    async def send(self, outgoing: Outgoing) -> Result:
        if outgoing.conversation == HELP_DESK:
            if self._desk is None:
                return Failed(why=DeliveryReason.DESK_NOT_SET_UP)
            return await self._desk(outgoing)
        if self._mail is None or outgoing.channel:
            return Sent(reference=str(outgoing.delivery_id))
        return await self._mail(outgoing)

    async def recall(self, outgoing: Outgoing, reference: str) -> Result:
        """The page reads the ledger: what is recalled there is gone here. A mail that told of it
        says what is on the page, and the page says that it was taken back."""
        return Sent(reference=reference)

    async def renew(self, outgoing: Outgoing, reference: str) -> Result:
        """The page shows everything as it stands."""
        return Sent(reference=reference)
