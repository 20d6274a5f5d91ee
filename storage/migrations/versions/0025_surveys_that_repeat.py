"""surveys that repeat"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0025"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_key", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("started_at", storage.columns.Instant(), nullable=False),
        sa.Column("moved_slot", sa.String(length=40), nullable=True),
        sa.Column("moved_to", storage.columns.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_series_state", "series", ["state"])
    op.create_table(
        "series_date",
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("launched_on", sa.String(length=10), nullable=True),
        sa.Column("wave_id", sa.Uuid(), nullable=True),
        sa.Column("skipped", sa.String(length=10), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("noted_at", storage.columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"]),
        sa.PrimaryKeyConstraint("series_id", "slot"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("series_id", "launched_on"),
    )


def downgrade() -> None:
    op.drop_table("series_date")
    op.drop_index("ix_series_state", "series")
    op.drop_table("series")
