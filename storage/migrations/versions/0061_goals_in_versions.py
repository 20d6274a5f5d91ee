"""The plan's history, and readings of its indicators

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "goal_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("component", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.Column("proposal", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_goal_step"),
    )
    op.create_index("ix_goal_step_goal_at", "goal_step", ["goal", "at"])
    op.create_table(
        "goal_reading",
        sa.Column("goal", sa.String(40), nullable=False),
        sa.Column("indicator", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("goal", "indicator", "on", name="pk_goal_reading"),
    )


def downgrade() -> None:
    op.drop_table("goal_reading")
    op.drop_table("goal_step")
