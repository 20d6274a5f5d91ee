"""The tables of matters: which items say the same, and what an item means as a vector."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table, Uuid

from storage.columns import GOES, Instant, metadata
from storage.tables import item

item_matter = Table(  # one row for each item that is kept with another one
    "item_matter",
    metadata,
    Column("item_id", ForeignKey(item.c.id), primary_key=True),
    Column("lead_id", ForeignKey(item.c.id), nullable=False, index=True),
    Column("came_with", Uuid),  # the lead that it had before the two were merged by hand
    Column("by_person", Uuid),  # None: the reader found that they say the same
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

item_vector = Table(  # no words: 384 numbers in eight bits
    "item_vector",
    metadata,
    Column("item_id", ForeignKey(item.c.id), primary_key=True),
    Column("vector", LargeBinary, nullable=False, info=GOES),
)

item_correction = Table(  # where people put what the reader had put elsewhere
    "item_correction",
    metadata,
    # Its words are the item's: what is deleted there is forgotten here.
    Column("item_id", ForeignKey(item.c.id), primary_key=True),
    Column("came_from", String(80), nullable=False),
    Column("went_to", String(80), nullable=False),  # a committee's key, or "none"
    Column("by_person", Uuid),
    Column("at", Instant, nullable=False, index=True),
)
