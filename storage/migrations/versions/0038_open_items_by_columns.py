"""open items by columns"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "docket_dating",
        sa.Column("queue", sa.String(length=80), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("after", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("queue", name=op.f("pk_docket_dating")),
    )
    op.create_index("ix_audit_subject_what", "audit", ["subject", "what"])
    op.create_index("ix_audit_what_at", "audit", ["what", "at", "subject"])


def downgrade() -> None:
    op.drop_index("ix_audit_what_at", table_name="audit")
    op.drop_index("ix_audit_subject_what", table_name="audit")
    op.drop_table("docket_dating")
