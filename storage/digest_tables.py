"""The tables of what is told in sums, and of what a chair does with several items at once."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table, Text, UniqueConstraint, Uuid

from storage.columns import AS_PUT_UP, FIGURES, OF_AN_ITEM, Instant, metadata
from storage.tables import item

brief_choice = Table(  # what committees chose on their page, in the place of what their file says
    "brief_choice",
    metadata,
    Column("queue", String(80), primary_key=True),
    Column("body", Text, nullable=False, info=AS_PUT_UP),
    Column("by_person", Uuid),
    Column("at", Instant, nullable=False),
)

digest = Table(  # one a week for each committee: two who look at once, and one of them tells
    "digest",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("queue", String(80), nullable=False),
    Column("week", String(10), nullable=False),  # its Monday
    Column("since", Instant, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("queue", "week"),
)

digest_item = Table(  # what was new in it
    "digest_item",
    metadata,
    Column("digest_id", ForeignKey(digest.c.id), primary_key=True),
    Column("item_id", ForeignKey(item.c.id), primary_key=True, index=True),
)

month_figures = Table(  # the district's figures of each month, as they were told
    "month_figures",
    metadata,
    Column("month", String(10), primary_key=True),  # its first day
    Column("body", Text, nullable=False, info=FIGURES),
    Column("at", Instant, nullable=False),
)

week_figures = Table(  # how many people wrote of each theme in a week, as counted after it
    "week_figures",
    metadata,
    Column("week", String(10), primary_key=True),  # its Monday
    Column("body", Text, nullable=False, info=FIGURES),
    Column("at", Instant, nullable=False),
)

bulk = Table(  # what somebody does with several items; until it leaves it can be undone
    "bulk",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("queue", String(80), nullable=False, index=True),
    Column("act", String(20), nullable=False),
    Column("to_queue", String(80)),  # of a move
    Column("by_person", Uuid),
    Column("at", Instant, nullable=False),
    Column("leaves_at", Instant, nullable=False),
    Column("ended_at", Instant),  # undone or done
    Column("undone", String(5)),  # "yes": undone
)

bulk_item = Table(
    "bulk_item",
    metadata,
    Column("bulk_id", ForeignKey(bulk.c.id), primary_key=True),
    Column("item_id", ForeignKey(item.c.id), primary_key=True, index=True),
    Column("words", Text, info=OF_AN_ITEM),  # of an answer, or why it is moved
    Column("became", String(20)),  # of it when it left
)
