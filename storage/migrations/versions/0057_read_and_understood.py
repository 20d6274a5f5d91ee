"""Announcements to be confirmed by a date, their questions, and lessons

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("announcement", sa.Column("due", sa.Date(), nullable=True))
    op.add_column("announcement", sa.Column("question", sa.Text(), nullable=True))
    op.add_column(
        "announcement",
        sa.Column("lesson", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column(
        "asked_duty", sa.Column("late", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_table(
        "answer_count",
        sa.Column("announcement_id", sa.Uuid(), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name="fk_answer_count_announcement_id"
        ),
        sa.PrimaryKeyConstraint("announcement_id", "choice", name="pk_answer_count"),
    )
    op.create_table(
        "answered_before",
        sa.Column("announcement_id", sa.Uuid(), nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name="fk_answered_before_announcement_id"
        ),
        sa.PrimaryKeyConstraint("announcement_id", "who", name="pk_answered_before"),
    )


def downgrade() -> None:
    op.drop_table("answered_before")
    op.drop_table("answer_count")
    with op.batch_alter_table("asked_duty") as duties:
        duties.drop_column("late")
    with op.batch_alter_table("announcement") as announcements:
        announcements.drop_column("lesson")
        announcements.drop_column("question")
        announcements.drop_column("due")
