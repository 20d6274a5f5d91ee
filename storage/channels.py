"""Channels that are open to more than staff: no brief goes there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from governance.committees import Channel, Openness, channel_id
from storage.connection import Connected
from storage.ledger_tables import delivery
from storage.tables import open_channel
from surveys.people import Platform

SHUT = "The channel is open to more than staff."


class Channels(Connected):
    """What is known of channels, inside one transaction."""

    def open_channels(self) -> Mapping[UUID, Openness]:
        """Why, by the channel's id (``governance.channels.channel_id``)."""
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
            .values(state="recalled", why=SHUT, lease_until=None)
        )
