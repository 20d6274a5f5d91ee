"""Edits that wait for a second person's yes, and for how many people a yes was

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edit_request",
        sa.Column("announcement_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name="fk_edit_request_announcement_id"
        ),
        sa.PrimaryKeyConstraint("announcement_id", name="pk_edit_request"),
    )
    op.add_column("announcement", sa.Column("approved_people", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("announcement", "approved_people")
    op.drop_table("edit_request")
