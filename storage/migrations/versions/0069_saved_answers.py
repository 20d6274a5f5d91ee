"""Answers that committees keep, and changes of a docket that can be undone

Create Date: 2026-12-02
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_answer",
        sa.Column("queue", sa.String(length=80), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_saved_answer_item_id"),
        sa.PrimaryKeyConstraint("queue", "id", name="pk_saved_answer"),
    )

    op.create_table(
        "docket_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("mark", sa.String(length=200), nullable=False),
        sa.Column("assigned_to", sa.Uuid(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_docket_change_item_id"),
        sa.PrimaryKeyConstraint("id", "item_id", name="pk_docket_change"),
    )


def downgrade() -> None:
    op.drop_table("docket_change")
    op.drop_table("saved_answer")
