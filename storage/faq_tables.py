"""The table of what is answered for everybody about a change."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, Table, Text, Uuid

from storage.change_tables import change
from storage.columns import GOES, metadata, of_an_item

faq_entry = Table(
    "faq_entry",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("change_id", ForeignKey(change.c.id), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("words", Text, nullable=False, info=of_an_item(json=True)),  # JSON: question and answer
    Column("helped", Integer, nullable=False),
    Column("retired", Boolean, nullable=False),
    Column(
        "vectors", LargeBinary, info=GOES
    ),  # 384 numbers in eight bits each; null: not known yet
)
