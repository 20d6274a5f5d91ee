"""What choices mean is kept by their words, as of priorities and goals

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("choice_meaning")
    op.execute("UPDATE idea SET meaning = NULL WHERE state <> 'waiting'")


def downgrade() -> None:
    op.create_table(
        "choice_meaning",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(80), nullable=False),
        sa.Column("choice", sa.String(80), nullable=False),
        sa.Column("vectors", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_choice_meaning_wave_id"),
        sa.PrimaryKeyConstraint("wave_id", "question", "choice", name="pk_choice_meaning"),
        sqlite_with_rowid=False,
    )
