"""Channels that are open to more than staff: no brief goes there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from core.people import Platform
from governance.committees.model import Channel, Openness, UnsettledPost, channel_id
from governance.delivery_reasons import DeliveryReason
from scheduler.delivery import MOST_LOOKS
from storage.connection import Connected
from storage.ledger_tables import delivery, lane
from storage.tables import open_channel

_UNSETTLED = (
    select(delivery)
    .where(
        delivery.c.lane.in_(select(lane.c.key)),  # by the index: lane, then state
        delivery.c.state == "unknown",
        delivery.c.looks >= MOST_LOOKS,
        delivery.c.recipient.startswith("queue:"),
    )
    .order_by(delivery.c.queued_at, delivery.c.id)
)


class Channels(Connected):
    """What is known of channels, inside one transaction."""

    def open_channels(self) -> Mapping[UUID, Openness]:
        """Why, by the channel's id (``governance.committees.channels.channel_id``)."""
        rows = self.connection.execute(select(open_channel))
        return {
            channel_id(
                Channel(
                    platform=Platform(row.platform),
                    workspace=row.workspace,
                    conversation=row.conversation,
                )
            ): Openness(row.openness)
            for row in rows
        }

    def unsettled_posts(self, queue: str | None = None) -> Sequence[UnsettledPost]:
        rows = self.connection.execute(_UNSETTLED).all()
        posts = (
            UnsettledPost(
                id=row.id,
                queue=row.recipient.removeprefix("queue:").partition("@")[0],
                item_id=row.subject if row.kind == "brief" else None,
                at=row.queued_at,
            )
            for row in rows
        )
        return [post for post in posts if queue in (None, post.queue)]

    def settle_post(self, post: UnsettledPost, *, arrived: bool, now: datetime) -> None:
        became: dict[str, Any] = {"state": "sent", "sent_at": now, "why": None}
        if not arrived:
            why = DeliveryReason.REPEATED
            became = {"state": "queued", "not_before": now, "looks": 0, "why": why}
        unknown = (delivery.c.id == post.id) & (delivery.c.state == "unknown")
        self.connection.execute(update(delivery).where(unknown).values(became))

    def put_openness(self, channel: Channel, openness: Openness | None, now: datetime) -> None:
        """Note why a channel is open, and let nothing go there that still waits; None: it is
        private again."""
        key = {
            "platform": channel.platform,
            "workspace": channel.workspace,
            "conversation": channel.conversation,
        }
        if openness is None:
            same = (open_channel.c[name] == value for name, value in key.items())
            self.connection.execute(delete(open_channel).where(*same))
            return
        row = {**key, "openness": openness, "since": now}
        self.put(open_channel, row, ("platform", "workspace", "conversation"))
        self.connection.execute(
            update(delivery)
            .where(
                delivery.c.platform == channel.platform,
                delivery.c.conversation == channel.conversation,
                delivery.c.state == "queued",
            )
            .values(state="recalled", why=DeliveryReason.OPEN_CHANNEL, lease_until=None)
        )
