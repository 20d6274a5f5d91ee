"""roster accounts"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roster_account",
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_roster_account_person_id")
        ),
        sa.PrimaryKeyConstraint("source", "account", name=op.f("pk_roster_account")),
    )
    op.create_index(
        op.f("ix_roster_account_person_id"), "roster_account", ["person_id"], unique=False
    )
    op.create_table(
        "roster_link",
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("at", storage.columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_roster_link")),
    )


def downgrade() -> None:
    op.drop_table("roster_link")
    op.drop_index(op.f("ix_roster_account_person_id"), table_name="roster_account")
    op.drop_table("roster_account")
