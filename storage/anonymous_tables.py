"""What is kept of those who speak anonymously: nothing that leads to them (decision 45)."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, LargeBinary, String, Table

from storage.columns import SECRET, Instant, metadata, stays
from storage.tables import item

anonymous_waiting = Table(  # what was said anonymously since the last morning
    "anonymous_waiting",
    metadata,
    # Of the receipt and the words, under a key outside the database: said twice, it is one row.
    Column("once", LargeBinary, primary_key=True, info=SECRET),
    Column("morning", Instant, nullable=False),  # on which it is brought in, with all others
    Column("looked", Boolean, nullable=False),  # whether it was read for danger, and told none
    Column(
        "encrypted",
        LargeBinary,
        nullable=False,
        info=stays(
            "not an item yet: it becomes one, and is read and redacted, on the next school morning"
        ),
    ),  # all of it; its size is rounded up
    sqlite_with_rowid=False,
)

receipt = Table(  # with which an answer is collected
    "receipt",
    metadata,
    Column("code", LargeBinary, primary_key=True, info=SECRET),  # of the code only a keyed hash
    Column("item_id", ForeignKey(item.c.id), nullable=False, unique=True),
    sqlite_with_rowid=False,
)

kept_news = Table(  # what an anonymous author is told when they come with their receipt
    "kept_news",
    metadata,
    Column("item_id", ForeignKey(item.c.id), primary_key=True),
    Column("news", String(40), primary_key=True),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
