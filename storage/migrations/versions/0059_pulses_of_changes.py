"""Which waves of surveys ask how ready people are for which change

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change_pulse",
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("moment", sa.String(8), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change_record.id"], name="fk_change_pulse_change_id"
        ),
        sa.PrimaryKeyConstraint("change_id", "moment", name="pk_change_pulse"),
        sa.UniqueConstraint("wave_id", name="uq_change_pulse_wave_id"),
    )


def downgrade() -> None:
    op.drop_table("change_pulse")
