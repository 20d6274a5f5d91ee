"""what was heard"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conclusions",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("published_at", storage.columns.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("wave_id", "version"),
    )


def downgrade() -> None:
    op.drop_table("conclusions")
