"""campaigns"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "halt",
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("at", storage.columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_halt")),
    )
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("asked_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("asked_at", storage.columns.Instant(), nullable=True))
        batch_op.add_column(sa.Column("approved_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("approved_at", storage.columns.Instant(), nullable=True))
        batch_op.add_column(sa.Column("declined_why", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("recalled_at", storage.columns.Instant(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.drop_column("recalled_at")
        batch_op.drop_column("declined_why")
        batch_op.drop_column("approved_at")
        batch_op.drop_column("approved_by")
        batch_op.drop_column("asked_at")
        batch_op.drop_column("asked_by")
        batch_op.drop_column("urgent")

    op.drop_table("halt")
