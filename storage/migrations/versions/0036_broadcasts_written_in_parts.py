"""broadcasts written in parts"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fan_out",
        sa.Column("campaign", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("deadline", Instant(), nullable=True),
        sa.Column("panel", sa.Boolean(), nullable=False),
        sa.Column("turns", sa.Text(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("trip", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("campaign", "kind", name=op.f("pk_fan_out")),
    )
    op.create_index(op.f("ix_fan_out_subject"), "fan_out", ["subject"])
    op.create_table(
        "fan_out_part",
        sa.Column("campaign", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "kind", "number", name=op.f("pk_fan_out_part")),
    )


def downgrade() -> None:
    op.drop_table("fan_out_part")
    op.drop_index(op.f("ix_fan_out_subject"), table_name="fan_out")
    op.drop_table("fan_out")
