"""what was shown, in the audit"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("release_note", schema=None) as batch_op:
        batch_op.add_column(sa.Column("audited", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_release_note_audited"), ["audited"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("release_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_release_note_audited"))
        batch_op.drop_column("audited")
