"""The tables of proposals to change the plan, and of bindings that were moved to another goal."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text, Uuid

from storage.columns import KEY, PUBLISHED, Instant, metadata

plan_proposal = Table(
    "plan_proposal",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("state", String(20), nullable=False, index=True),
    Column("at", Instant, nullable=False),  # of what happened last
    Column("body", Text, nullable=False, info=PUBLISHED),  # JSON: all of it, with its decisions
)

goal_remapping = Table(
    "goal_remapping",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("batch", Uuid, nullable=False, index=True),
    Column("holder_kind", String(20), nullable=False),
    Column("holder", String(200), nullable=False, info=KEY),
    Column("source", String(40), nullable=False),
    Column("source_version", Integer, nullable=False),
    Column("target", String(40), nullable=False),
    Column("target_version", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by_person", Uuid),
    Column("undone_at", Instant),
    Column("undone_by", Uuid),
    Index("ix_goal_remapping_holder", "holder_kind", "holder"),
)
