"""The tables of surveys that repeat."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table, Text, UniqueConstraint, Uuid

from storage.columns import AS_PUT_UP, Instant, metadata

series = Table(  # surveys that repeat
    "series",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("survey_key", String(80), nullable=False),
    Column("body", Text, nullable=False, info=AS_PUT_UP),  # what is launched, on which dates
    Column("state", String(10), nullable=False, index=True),
    Column("started_at", Instant, nullable=False),
    Column("moved_slot", String(40)),  # the date that somebody put somewhere else
    Column("moved_to", Instant),
)

series_date = Table(  # what became of each date: two who look at once, and one of them launches
    "series_date",
    metadata,
    Column("series_id", ForeignKey(series.c.id), primary_key=True),
    Column("slot", String(40), primary_key=True),  # the local date and time of the rule
    Column("id", Uuid, nullable=False, unique=True),
    Column("day", String(10), nullable=False),
    Column("launched_on", String(10)),  # the day again, where a wave was launched
    Column("wave_id", Uuid),
    Column("skipped", String(10)),
    Column("why", Text, info=AS_PUT_UP),
    Column("noted_at", Instant, nullable=False),
    UniqueConstraint("series_id", "launched_on"),
)
