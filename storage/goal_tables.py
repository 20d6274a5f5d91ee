"""The tables of the plan's history and of its indicators' readings."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, Index, Integer, String, Table, Text, Uuid

from storage.columns import PUBLISHED, Instant, metadata

goal_step = Table(
    "goal_step",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("goal", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("component", String(40), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("body", Text, nullable=False, info=PUBLISHED),  # JSON of the goal as it was from then on
    Column("at", Instant, nullable=False),
    Column("position", Integer, nullable=False),  # among the steps of one moment
    Column("by_person", Uuid),
    Column("proposal", Uuid),
    Index("ix_goal_step_goal_at", "goal", "at"),
)

goal_reading = Table(
    "goal_reading",
    metadata,
    Column("goal", String(40), primary_key=True),
    Column("indicator", String(40), primary_key=True),
    Column("on", Date, primary_key=True),
    Column("value", Float, nullable=False),
    Column("note", Text, nullable=False, info=PUBLISHED),
    Column("by_person", Uuid),
    Column("at", Instant, nullable=False),
)
