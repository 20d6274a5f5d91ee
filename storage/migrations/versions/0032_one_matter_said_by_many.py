"""one matter said by many"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0032"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_correction",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("came_from", sa.String(length=80), nullable=False),
        sa.Column("went_to", sa.String(length=80), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_correction_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_correction")),
    )
    with op.batch_alter_table("item_correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_correction_at"), ["at"], unique=False)

    op.create_table(
        "item_matter",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("came_with", sa.Uuid(), nullable=True),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_matter_item_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["item.id"], name=op.f("fk_item_matter_lead_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_matter")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("item_matter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_matter_lead_id"), ["lead_id"], unique=False)

    op.create_table(
        "item_vector",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_vector_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_vector")),
    )


def downgrade() -> None:
    op.drop_table("item_vector")
    with op.batch_alter_table("item_matter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_matter_lead_id"))

    op.drop_table("item_matter")
    with op.batch_alter_table("item_correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_correction_at"))

    op.drop_table("item_correction")
