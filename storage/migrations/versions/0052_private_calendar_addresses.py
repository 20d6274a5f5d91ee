"""A private address for the calendar of IT rules

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_address",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_calendar_address_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_calendar_address"),
        sa.UniqueConstraint("hash", name="uq_calendar_address_hash"),
    )


def downgrade() -> None:
    op.drop_table("calendar_address")
