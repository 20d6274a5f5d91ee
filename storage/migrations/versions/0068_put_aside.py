"""What committees put aside, and the subjects that they write

Create Date: 2026-12-02
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_aside",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_aside_item_id"),
        sa.PrimaryKeyConstraint("item_id", name="pk_item_aside"),
    )
    op.create_table(
        "item_subject",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_subject_item_id"),
        sa.PrimaryKeyConstraint("item_id", name="pk_item_subject"),
    )


def downgrade() -> None:
    op.drop_table("item_subject")
    op.drop_table("item_aside")
