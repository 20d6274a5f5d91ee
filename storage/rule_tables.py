"""The tables of IT rules. A version is never changed or deleted: triggers refuse both."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Uuid,
)

from storage.columns import FIGURES, OF_AN_ITEM, PUBLISHED, Instant, metadata
from storage.tables import item

rule = Table(
    "rule",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", String(20), nullable=False),
    Column("number_key", String(20), nullable=False, unique=True),  # "itr4": however it is written
    Column("state", String(20), nullable=False),
    Column(
        "body", Text, nullable=False, info=PUBLISHED
    ),  # JSON: all else, as ``storage.rules`` writes it
)

rule_version = Table(
    "rule_version",
    metadata,
    Column("rule_id", ForeignKey(rule.c.id), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column(
        "body", Text, nullable=False, info=PUBLISHED
    ),  # JSON: title, texts, language, changed, answers, material, read_first
    Column("digest", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("by_person", Uuid),
)

rule_meaning = Table(  # what each section of a version means: 384 numbers in eight bits
    "rule_meaning",
    metadata,
    Column("rule_id", ForeignKey(rule.c.id), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column(
        "vectors", LargeBinary, nullable=False, info=FIGURES
    ),  # one after the other, in their order
)

rule_step = Table(
    "rule_step",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("rule_id", ForeignKey(rule.c.id), nullable=False),
    Column("step", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("by_person", Uuid),
    Column("at", Instant, nullable=False),
    Column("why", Text, nullable=False, info=PUBLISHED),
    Column("day", Date),
    Column("vote", Text, info=PUBLISHED),  # JSON
    Index("ix_rule_step_rule_id_at", "rule_id", "at"),
)

rule_exemption = Table(
    "rule_exemption",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("rule_id", ForeignKey(rule.c.id), nullable=False, index=True),
    Column("person_id", Uuid),
    Column("building", String(80), nullable=False),
    Column("until", Date, nullable=False),
    Column("why", Text, nullable=False, info=PUBLISHED),
    Column("by_person", Uuid),
    Column("at", Instant, nullable=False),
)

rule_comment = Table(  # what binds a feedback item to a version, and what happened to it
    "rule_comment",
    metadata,
    Column("item_id", ForeignKey(item.c.id), primary_key=True),
    Column("rule_id", ForeignKey(rule.c.id), nullable=False),
    Column("version", Integer, nullable=False),
    Column("section", Integer, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("disposition", String(20)),
    Column("reason", Text, nullable=False, info=OF_AN_ITEM),
    Column("disposed_by", Uuid),
    Column("disposed_at", Instant),
    Index("ix_rule_comment_rule_id_version", "rule_id", "version"),
)
