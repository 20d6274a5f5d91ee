"""What a committee asked an author, and what they replied; what waits for its author's yes."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from storage.columns import GOES, OF_AN_ITEM, Instant, metadata, of_an_item
from storage.tables import item, person

item_exchange = Table(
    "item_exchange",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("item_id", ForeignKey(item.c.id), nullable=False),
    Column("number", Integer, nullable=False),  # two who ask at once: one of them is told
    Column("asked_by", Uuid),  # of a question
    Column("queue", String(80)),  # of a question: which committee asks
    Column(
        "words", Text, info=OF_AN_ITEM
    ),  # a question as it was typed; a reply redacted, once it was read
    Column(
        "encrypted", LargeBinary, info=of_an_item(encrypted="reply")
    ),  # a reply's original, until it was read
    Column("at", Instant, nullable=False),
    UniqueConstraint("item_id", "number"),
)

held_words = Table(  # typed to the bot and too short to tell: passed on if its author says so
    "held_words",
    metadata,
    Column("item_id", Uuid, primary_key=True),  # of the item that it may become
    Column("person_id", ForeignKey(person.c.id), nullable=False, index=True),
    Column("encrypted", LargeBinary, nullable=False, info=GOES),
    Column("at", Instant, nullable=False),
    Column("entry_id", Uuid),  # an entry of an FAQ was shown instead of sending them …
    Column("about", String(80)),  # … about this, and
    Column("naming", String(10)),  # … spoken like this
)
