"""What the sections of IT rules mean

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rule_meaning",
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("vectors", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["rule_id"], ["rule.id"], name="fk_rule_meaning_rule_id"),
        sa.PrimaryKeyConstraint("rule_id", "version", name="pk_rule_meaning"),
    )


def downgrade() -> None:
    op.drop_table("rule_meaning")
