"""Service notices and their updates

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service_notice",
        sa.Column("announcement_id", sa.Uuid(), nullable=False),
        sa.Column("ends", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name="fk_service_notice_announcement_id"
        ),
        sa.PrimaryKeyConstraint("announcement_id", name="pk_service_notice"),
    )
    op.create_table(
        "service_update",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("announcement_id", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("ends", Instant(), nullable=True),
        sa.Column("last", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["service_notice.announcement_id"],
            name="fk_service_update_announcement_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_service_update"),
    )
    op.create_index(
        "ix_service_update_announcement_id_at", "service_update", ["announcement_id", "at"]
    )


def downgrade() -> None:
    op.drop_table("service_update")
    op.drop_table("service_notice")
