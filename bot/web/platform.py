"""The web as a chat platform for the pump: being in the inbox is being delivered."""

from __future__ import annotations

from scheduler.ports import Outgoing, Result, Sent
from surveys.people import Platform


class WebPlatform:
    """Implements ``scheduler.ports.ChatPlatform``. A person's page reads the ledger itself, so
    there is nothing to send and nothing that can fail."""

    @property
    def name(self) -> Platform:
        return Platform.WEB

    async def send(self, outgoing: Outgoing) -> Result:
        return Sent(reference=str(outgoing.delivery_id))
