"""The tables of changes, the messages about them, and what was edited after it was sent."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, Uuid

from storage.columns import PUBLISHED, Instant, metadata
from storage.tables import announcement

change = Table(
    "change_record",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("state", String(12), nullable=False),
    Column("day", Date, nullable=False),
    Column("body", Text, nullable=False, info=PUBLISHED),  # JSON of the whole record
)

change_step = Table(
    "change_step",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("change_id", ForeignKey(change.c.id), nullable=False),
    Column("step", String(12), nullable=False),
    Column("by_person", Uuid),
    Column("at", Instant, nullable=False),
    Column("why", Text, nullable=False, info=PUBLISHED),
    Column("day", Date),
    Index("ix_change_step_change_id_at", "change_id", "at"),
)

change_message = Table(  # what binds an announcement to a change, and says when it goes out
    "change_message",
    metadata,
    Column("announcement_id", ForeignKey(announcement.c.id), primary_key=True),
    Column("change_id", ForeignKey(change.c.id), nullable=False, index=True),
    Column("phase", String(12), nullable=False),
    Column("days", Integer, nullable=False),  # school days after the change's day
    Column("at", String(5), nullable=False),  # "07:30", by the district's clock
)

announcement_edit = Table(  # what an announcement said before it was edited after it was sent
    "announcement_edit",
    metadata,
    Column("announcement_id", ForeignKey(announcement.c.id), primary_key=True),
    Column("at", Instant, primary_key=True),
    Column("by_person", Uuid),
    Column("before", Text, nullable=False, info=PUBLISHED),  # JSON, as in ``announcement.change``
)

edit_request = Table(  # an edit that waits for a second person's yes, or the last one that did
    "edit_request",
    metadata,
    Column("announcement_id", ForeignKey(announcement.c.id), primary_key=True),
    Column("body", Text, nullable=False, info=PUBLISHED),  # JSON of an ``EditRequest``
)
