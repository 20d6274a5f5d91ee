"""Changes, the messages about them, and what was edited after it was sent

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_change_record"),
    )
    op.create_table(
        "change_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(12), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change_record.id"], name="fk_change_step_change_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_change_step"),
    )
    op.create_index("ix_change_step_change_id_at", "change_step", ["change_id", "at"])
    op.create_table(
        "change_message",
        sa.Column("announcement_id", sa.Uuid(), nullable=False),
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("phase", sa.String(12), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(5), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name="fk_change_message_announcement_id"
        ),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change_record.id"], name="fk_change_message_change_id"
        ),
        sa.PrimaryKeyConstraint("announcement_id", name="pk_change_message"),
    )
    op.create_index("ix_change_message_change_id", "change_message", ["change_id"])
    op.create_table(
        "announcement_edit",
        sa.Column("announcement_id", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name="fk_announcement_edit_announcement_id"
        ),
        sa.PrimaryKeyConstraint("announcement_id", "at", name="pk_announcement_edit"),
    )


def downgrade() -> None:
    op.drop_table("announcement_edit")
    op.drop_table("change_message")
    op.drop_table("change_step")
    op.drop_table("change_record")
