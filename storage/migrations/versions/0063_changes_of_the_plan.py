"""Proposals to change the plan, and bindings moved to another goal

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plan_proposal"),
    )
    op.create_index("ix_plan_proposal_state", "plan_proposal", ["state"])
    op.create_table(
        "goal_remapping",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch", sa.Uuid(), nullable=False),
        sa.Column("holder_kind", sa.String(20), nullable=False),
        sa.Column("holder", sa.String(200), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("source_version", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(40), nullable=False),
        sa.Column("target_version", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_goal_remapping"),
    )
    op.create_index("ix_goal_remapping_batch", "goal_remapping", ["batch"])
    op.create_index("ix_goal_remapping_holder", "goal_remapping", ["holder_kind", "holder"])


def downgrade() -> None:
    op.drop_table("goal_remapping")
    op.drop_table("plan_proposal")
