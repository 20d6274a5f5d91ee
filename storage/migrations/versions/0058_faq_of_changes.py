"""What is answered for everybody about a change

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "faq_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("helped", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("vectors", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["change_record.id"], name="fk_faq_entry_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_faq_entry"),
    )
    op.create_index("ix_faq_entry_change_id", "faq_entry", ["change_id"])
    with op.batch_alter_table("held_words") as held:
        held.add_column(sa.Column("entry_id", sa.Uuid(), nullable=True))
        held.add_column(sa.Column("about", sa.String(80), nullable=True))
        held.add_column(sa.Column("naming", sa.String(10), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("held_words") as held:
        held.drop_column("naming")
        held.drop_column("about")
        held.drop_column("entry_id")
    op.drop_table("faq_entry")
