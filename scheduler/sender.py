"""Sending claimed deliveries: composed when it is their turn, one call each, never a raise."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog

from governance.messages import Message
from scheduler.ports import ChatPlatform, Claimed, Failed, NotTaken, Outgoing, Result, Unknown
from scheduler.trips import new_trip, on_trip
from surveys.people import Platform

log = structlog.get_logger(__name__)

Compose = Callable[[Sequence[Claimed]], Awaitable[Sequence[Message | None]]]
"""Builds the messages of a batch when they are sent; None: no longer wanted."""

Composed = tuple[Claimed, Message | NotTaken | None]

_PATIENCE_SECONDS = 45.0
"""Less than a lease: whoever is still waiting after it does not know whether it was taken."""


class Sender:
    """Composes and sends."""

    def __init__(self, platforms: Mapping[Platform, ChatPlatform], compose: Compose) -> None:
        self.platforms = platforms
        self._compose = compose

    async def compose(self, claimed: Sequence[Claimed]) -> list[Composed]:
        """The messages of a batch. One that cannot be composed must not keep the others back."""
        try:
            return list(zip(claimed, await self._compose(claimed), strict=True))
        except Exception:
            if len(claimed) > 1:
                return [pair for one in claimed for pair in await self.compose([one])]
            log.exception("pump.compose_failed", delivery_id=str(claimed[0].delivery_id))
            return [(claimed[0], NotTaken(why="It could not be put into words; see the log."))]

    async def send(self, claimed: Claimed, message: Message | NotTaken | None) -> Result:
        """Send one message and say what became of it."""
        if isinstance(message, NotTaken):
            return message
        if message is None:
            return Failed(why="No longer needed when its turn came.")
        with on_trip(claimed.trip or new_trip()):
            return await self._send(claimed, message)

    async def _send(self, claimed: Claimed, message: Message) -> Result:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await self.platforms[claimed.platform].send(outgoing(claimed, message))
        except TimeoutError:
            return Unknown(why="There was no answer in time; it may have arrived.")
        except Exception:
            # A platform must not raise; if one does, we cannot know whether the message went out.
            log.exception("pump.send_failed", delivery_id=str(claimed.delivery_id))
            return Unknown(why="An internal fault while sending; it may have arrived.")


def outgoing(claimed: Claimed, message: Message) -> Outgoing:
    """A claimed delivery with its message, as platforms take it."""
    return Outgoing(
        delivery_id=claimed.delivery_id,
        message=message,
        workspace=claimed.workspace,
        conversation=claimed.conversation,
        service_url=claimed.service_url,
        locale=claimed.locale,
        timezone=claimed.timezone,
        channel=claimed.recipient.startswith("queue:"),
    )
