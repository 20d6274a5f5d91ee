"""Named lists of people, and announcements that late joiners get

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "named_list",
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(20), nullable=True),
        sa.Column("group_id", sa.String(200), nullable=False),
        sa.Column("tried_at", Instant(), nullable=True),
        sa.Column("filled_at", Instant(), nullable=True),
        sa.Column("trouble", sa.String(300), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_named_list"),
    )
    op.create_table(
        "list_member",
        sa.Column("list_key", sa.String(80), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["list_key"], ["named_list.key"], name="fk_list_member_list_key"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_list_member_person_id"),
        sa.PrimaryKeyConstraint("list_key", "person_id", name="pk_list_member"),
    )
    op.create_index("ix_list_member_person_id", "list_member", ["person_id"])
    op.add_column("announcement", sa.Column("joiners_until", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("announcement", "joiners_until")
    op.drop_table("list_member")
    op.drop_table("named_list")
