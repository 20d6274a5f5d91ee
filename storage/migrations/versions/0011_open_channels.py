"""open channels"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "open_channel",
        sa.Column("platform", sa.String(length=10), nullable=False),
        sa.Column("workspace", sa.String(length=120), nullable=False),
        sa.Column("conversation", sa.String(length=300), nullable=False),
        sa.Column("openness", sa.String(length=10), nullable=False),
        sa.Column("since", storage.columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint(
            "platform", "workspace", "conversation", name=op.f("pk_open_channel")
        ),
    )


def downgrade() -> None:
    op.drop_table("open_channel")
