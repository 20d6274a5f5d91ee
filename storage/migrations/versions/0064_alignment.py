"""Which goals priorities serve

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "priority_goal",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(80), nullable=False),
        sa.Column("choice", sa.String(80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("goal", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("wave_id", "question", "choice", "number", name="pk_priority_goal"),
    )
    op.create_table(
        "alignment_sent",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("committee", sa.String(40), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("wave_id", "at", name="pk_alignment_sent"),
    )
    op.create_table(
        "priority_advice",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("recommendation_id", name="pk_priority_advice"),
    )
    op.create_index("ix_priority_advice_wave_id", "priority_advice", ["wave_id"])
    op.create_table(
        "text_meaning",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name="pk_text_meaning"),
    )


def downgrade() -> None:
    op.drop_table("text_meaning")
    op.drop_table("priority_advice")
    op.drop_table("alignment_sent")
    op.drop_table("priority_goal")
