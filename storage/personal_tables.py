"""The tables of the care for personal data in what people say."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Uuid

from storage.columns import Instant, metadata
from storage.tables import item

item_care = Table(
    "item_care",
    metadata,
    Column("item_id", ForeignKey(item.c.id), primary_key=True),
    Column("confirmed_at", Instant),
    Column("purged_at", Instant),
    Column("purged_by", Uuid),
    Column("changes", Integer, nullable=False),
    Column("changed_at", Instant, index=True),
)

feedback_hold = Table(
    "feedback_hold",
    metadata,
    Column("item_id", Uuid, primary_key=True),  # all zero: every item of the district
    Column("by", Uuid),
    Column("at", Instant, nullable=False),
)
