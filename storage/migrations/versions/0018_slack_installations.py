"""slack installations"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "slack_installation",
        sa.Column("workspace", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise", sa.String(length=120), nullable=False),
        sa.Column("organization", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("encrypted", sa.LargeBinary(), nullable=True),
        sa.Column("installed_at", storage.columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name=op.f("pk_slack_installation")),
        sa.UniqueConstraint("id", name=op.f("uq_slack_installation_id")),
    )


def downgrade() -> None:
    op.drop_table("slack_installation")
