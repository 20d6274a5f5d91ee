"""What the mends of December 2026 keep: each function below is one of them

Create Date: 2026-12-01
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Each mend adds its call here, in any order."""
    _restored()


def _restored() -> None:
    """How a database knows that it was put back to an older state, and what waits since."""
    op.create_table(
        "lineage",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("home", sa.String(80), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("noticed_at", Instant(), nullable=True),
        sa.Column("as_of", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_lineage"),
        sa.UniqueConstraint("id", name="uq_lineage_id"),
    )
    op.create_table(
        "restored_wave",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("wave_id", name="pk_restored_wave"),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_restored_wave_wave_id"),
    )
    for table in ("fan_out", "schedule"):
        new = sa.Column("restored", sa.Boolean(), nullable=False, server_default=sa.false())
        op.add_column(table, new)
