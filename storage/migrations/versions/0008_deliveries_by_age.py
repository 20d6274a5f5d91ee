"""deliveries by age"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delivery_count",
        sa.Column("campaign", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "kind", "outcome", name=op.f("pk_delivery_count")),
    )
    op.create_index(op.f("ix_delivery_count_subject"), "delivery_count", ["subject"])
    op.create_index("ix_delivery_queued_at", "delivery", ["queued_at"])


def downgrade() -> None:
    op.drop_index("ix_delivery_queued_at", "delivery")
    op.drop_table("delivery_count")
