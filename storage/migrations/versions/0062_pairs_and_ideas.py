"""Pairs asked one by one, and ideas of staff

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "choice_shown",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(80), nullable=False),
        sa.Column("people", sa.String(50), nullable=False),
        sa.Column("choice", sa.String(80), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_choice_shown_wave_id"),
        sa.PrimaryKeyConstraint("wave_id", "question", "people", "choice", name="pk_choice_shown"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "idea",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(80), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("same_as", sa.String(80), nullable=False),
        sa.Column("reason", sa.String(20), nullable=True),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("meaning", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_idea_wave_id"),
        sa.PrimaryKeyConstraint("id", name="pk_idea"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_idea_wave_id_question_state", "idea", ["wave_id", "question", "state"])


def downgrade() -> None:
    op.drop_table("idea")
    op.drop_table("choice_shown")
