"""The tables of what cannot wait: urgent cases, what is sensitive, what goes to the help desk."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Uuid,
)

from storage.columns import KEY, Instant, metadata, stays
from storage.tables import item

urgent_case = Table(
    "urgent_case",
    metadata,
    Column("item_id", ForeignKey(item.c.id), primary_key=True),
    Column("urgency", String(10), primary_key=True),
    Column("opened_at", Instant, nullable=False, index=True),
    Column("rung", Integer, nullable=False),
    Column("next_at", Instant),  # None: it was taken
    Column("taken_by", Uuid),
    Column("taken_at", Instant),
    Column("closed_by", Uuid),
    Column("closed_at", Instant),
    Column("outcome", String(20)),
    Column(
        "note",
        LargeBinary,
        info=stays(
            "encrypted: the responder's record of what was done, which may have to name a child"
        ),
    ),  # encrypted: what was done may name a child
)

urgent_step = Table(
    "urgent_step",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("item_id", ForeignKey(item.c.id), nullable=False, index=True),
    Column("urgency", String(10), nullable=False),
    Column("did", String(10), nullable=False),
    Column("person", Uuid, nullable=False),
    Column("at", Instant, nullable=False),
)

restricted_opening = Table(  # who read something sensitive first
    "restricted_opening",
    metadata,
    Column("item_id", ForeignKey(item.c.id), primary_key=True),
    Column("opened_by", Uuid, nullable=False),
    Column("opened_at", Instant, nullable=False),
)

kept_from = Table(  # whom an item names: it never reaches them
    "kept_from",
    metadata,
    Column("item_id", ForeignKey(item.c.id), primary_key=True),
    Column("person_id", Uuid, primary_key=True, index=True),
)

hand_over = Table(  # what was offered to the help desk, and what happened to it
    "hand_over",
    metadata,
    Column("item_id", ForeignKey(item.c.id), primary_key=True),
    Column("state", String(12), nullable=False),
    Column("offered_at", Instant, nullable=False),
    Column("decided_at", Instant),
    Column("contact", Boolean, nullable=False),  # whether their name and address may be passed on
    Column("queue", String(80)),  # whose docket counts it
    Column("theme", String(80)),
    Column("number", String(80)),  # the help desk's own
    Column("why", Text, info=KEY),  # why it could not be handed over
    Index("ix_hand_over_queue_state", "queue", "state"),
)
