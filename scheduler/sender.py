"""Sending claimed deliveries: composed when it is their turn, one call each, never a raise."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog

from core.people import Platform
from governance.delivery_reasons import DeliveryReason
from governance.messages import Message
from scheduler.delivery import RECALL, of_sent
from scheduler.halting import Halts
from scheduler.ports import (
    ChatPlatform,
    Claimed,
    Failed,
    NotTaken,
    Outgoing,
    Result,
    Spared,
    Stopped,
    Unknown,
    Unreachable,
)
from scheduler.trips import new_trip, on_trip

log = structlog.get_logger(__name__)

Compose = Callable[[Sequence[Claimed]], Awaitable[Sequence[Message | Spared | None]]]
"""Builds the messages of a batch when they are sent; None: no longer wanted, ``Spared``: not by
this recipient."""

Content = Message | Spared | NotTaken | None
"""What a delivery became when it was composed; NotTaken: it could not be, this time."""

Composed = tuple[Claimed, Content]

_LOOKING_SECONDS = 10.0
"""So long it is waited to see whether a message was stopped; unseen, it is not sent."""

_PATIENCE_SECONDS = 45.0
"""Less than a lease: whoever is still waiting after it does not know whether it was taken."""


class Sender:
    """Composes and sends."""

    def __init__(
        self, platforms: Mapping[Platform, ChatPlatform], compose: Compose, halts: Halts
    ) -> None:
        self.platforms = platforms
        self._compose = compose
        self._halts = halts

    async def compose(self, claimed: Sequence[Claimed]) -> list[Composed]:
        """The messages of a batch, which may leave as soon as this returns."""
        composed, _ = await asyncio.gather(self._composed(claimed), self._halts.ready(claimed))
        return composed

    async def _composed(self, claimed: Sequence[Claimed]) -> list[Composed]:
        """One that cannot be composed must not keep the others back."""
        try:
            return list(zip(claimed, await self._compose(claimed), strict=True))
        except Exception:
            if len(claimed) > 1:
                return [pair for one in claimed for pair in await self._composed([one])]
            log.exception("pump.compose_failed", delivery_id=str(claimed[0].delivery_id))
            return [(claimed[0], NotTaken(why=DeliveryReason.NOT_COMPOSED))]

    async def send(self, claimed: Claimed, message: Content) -> Result:
        """Send one message and say what happened to it."""
        if isinstance(message, NotTaken):
            return message
        held = await self._held_back(claimed)
        if held is not None:
            return held
        if message is None:
            return Failed(why=DeliveryReason.NOT_NEEDED)
        if isinstance(message, Spared):
            return message
        with on_trip(claimed.trip or new_trip()):
            return await self._send(claimed, message)

    async def _send(self, claimed: Claimed, message: Message) -> Result:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await self._call(claimed, message)
        except TimeoutError:
            return Unknown(why=DeliveryReason.NO_ANSWER)
        except Exception:
            # A platform must not raise; if one does, we cannot know whether the message went out.
            log.exception("pump.send_failed", delivery_id=str(claimed.delivery_id))
            return Unknown(why=DeliveryReason.FAULT)

    async def _call(self, claimed: Claimed, message: Message) -> Result:
        platform = self.platforms[claimed.platform]
        if not of_sent(claimed.kind):
            return await platform.send(outgoing(claimed, message))
        if not claimed.reference:
            return Failed(why=DeliveryReason.NO_REFERENCE)
        if claimed.kind != RECALL:
            return await platform.renew(outgoing(claimed, message), claimed.reference)
        return await platform.recall(outgoing(claimed, message), claimed.reference)

    async def _held_back(self, claimed: Claimed) -> Result | None:
        """Why a message must not leave, seen right before it would."""
        try:
            async with asyncio.timeout(_LOOKING_SECONDS):
                if await self._halts.stopped(claimed):
                    return Stopped()
        except Exception:  # a database that does not answer; TimeoutError is one of them
            log.exception("pump.halts_unseen", delivery_id=str(claimed.delivery_id))
            return NotTaken(why=DeliveryReason.STOP_UNSEEN)
        left = claimed.left and claimed.kind != RECALL
        return Unreachable(why=DeliveryReason.LEFT) if left else None


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
        thread="" if of_sent(claimed.kind) else claimed.reference,
    )
