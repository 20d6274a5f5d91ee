"""The tables of service notices: what binds them to their announcements, and their updates."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text, Uuid

from storage.columns import PUBLISHED, Instant, metadata
from storage.tables import announcement

service_notice = Table(
    "service_notice",
    metadata,
    Column("announcement_id", ForeignKey(announcement.c.id), primary_key=True),
    Column("ends", Instant),  # as it is expected
    Column("ended_at", Instant),
)

service_update = Table(
    "service_update",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("announcement_id", ForeignKey(service_notice.c.announcement_id), nullable=False),
    Column("at", Instant, nullable=False),
    Column("by_person", Uuid),
    Column("words", Text, nullable=False, info=PUBLISHED),  # JSON of a text
    Column("ends", Instant),
    Column("last", Boolean, nullable=False),
    Index("ix_service_update_announcement_id_at", "announcement_id", "at"),
)
