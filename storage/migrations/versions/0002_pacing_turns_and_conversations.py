"""pacing, turns and conversations"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conversation",
        sa.Column("lane", sa.String(length=140), nullable=False),
        sa.Column("conversation", sa.String(length=300), nullable=False),
        sa.Column("arrival", storage.columns.Instant(), nullable=False),
        sa.Column("long_arrival", storage.columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("lane", "conversation", name=op.f("pk_conversation")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("turn", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("epoch", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("looks", sa.Integer(), server_default="0", nullable=False))
        batch_op.drop_index(batch_op.f("ix_delivery_work"))
        batch_op.create_index(
            "ix_delivery_turn", ["lane", "state", "priority", "turn", "not_before"], unique=False
        )

    with op.batch_alter_table("lane", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rate", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("ceiling", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("rate_since", storage.columns.Instant(), nullable=True))
        batch_op.add_column(
            sa.Column("cut_epoch", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("strikes", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("lane", schema=None) as batch_op:
        batch_op.drop_column("strikes")
        batch_op.drop_column("cut_epoch")
        batch_op.drop_column("rate_since")
        batch_op.drop_column("ceiling")
        batch_op.drop_column("rate")

    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_delivery_turn")
        batch_op.create_index(
            batch_op.f("ix_delivery_work"),
            ["lane", "state", "priority", "not_before"],
            unique=False,
        )
        batch_op.drop_column("looks")
        batch_op.drop_column("epoch")
        batch_op.drop_column("turn")

    op.drop_table("conversation")
