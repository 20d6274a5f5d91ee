"""The tables of what goes to many: each campaign's decision, what was approved, and the commands
that wait for a second person."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    Uuid,
)

from core.deciding import Basis, Exempt
from storage.columns import KEY, PUBLISHED, Instant, metadata


def _one_of(column: str, members: type[Basis] | type[Exempt]) -> str:
    return f"{column} IN ({', '.join(repr(str(one)) for one in members)})"


campaign_decision = Table(
    "campaign_decision",
    metadata,
    # One row for each campaign that is sent to people, above the number or not.
    Column("campaign", String(80), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("subject", Uuid, nullable=False),
    Column("people", Integer, nullable=False),  # all who were ever put in it
    Column("above", Integer, nullable=False),  # the district's number then
    Column("basis", String(10), nullable=False),
    Column("exempt", String(10)),
    Column("asked_by", Uuid),  # None: the operator, or the clock
    Column("approved_by", Uuid),
    Column("at", Instant, nullable=False),
    CheckConstraint("people <= above OR basis <> 'few'", name="many_are_decided"),
    CheckConstraint("basis <> 'approved' OR approved_by IS NOT NULL", name="approved_by_someone"),
    CheckConstraint("asked_by IS NULL OR approved_by <> asked_by", name="approved_by_another"),
    CheckConstraint("(basis = 'exempt') = (exempt IS NOT NULL)", name="exempt_for_a_reason"),
    CheckConstraint(_one_of("basis", Basis), name="known_basis"),
    CheckConstraint(f"exempt IS NULL OR {_one_of('exempt', Exempt)}", name="known_exemption"),
)

approved_reach = Table(
    "approved_reach",
    metadata,
    # What a second person approved before it goes out: a survey that opens later, a series.
    Column("kind", String(20), primary_key=True),
    Column("subject", Uuid, primary_key=True),
    Column("people", Integer, nullable=False),
    Column("asked_by", Uuid),
    Column("approved_by", Uuid, nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("asked_by IS NULL OR approved_by <> asked_by", name="approved_by_another"),
)

held_request = Table(
    "held_request",
    metadata,
    # A command that waits for a second person, with what they are shown of it.
    Column("id", Uuid, primary_key=True),
    Column("command", String(60), nullable=False),
    Column("body", Text, nullable=False, info=PUBLISHED),
    Column("shown", Text, nullable=False, info=PUBLISHED),
    Column("reaching", Text, nullable=False, info=KEY),
    Column("source", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("asked_by", Uuid),
    Column("asked_at", Instant, nullable=False),
    Column("lapses_at", Instant, nullable=False),
    Column("decided_by", Uuid),
    Column("decided_at", Instant),
    Column("why", Text, info=PUBLISHED),
    Index("ix_held_request_state", "state", "asked_by"),
)

OF_A_DECISION = ForeignKeyConstraint(
    ["campaign", "kind"],
    ["campaign_decision.campaign", "campaign_decision.kind"],
    name="fk_fan_out_campaign_decision",
)
"""Of ``fan_out``: no campaign is queued in parts that has no decision."""
