"""speaking anonymously"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0028"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "anonymous_waiting",
        sa.Column("once", sa.LargeBinary(), nullable=False),
        sa.Column("morning", Instant(), nullable=False),
        sa.Column("looked", sa.Boolean(), nullable=False),
        sa.Column("encrypted", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("once", name=op.f("pk_anonymous_waiting")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "item_exchange",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("queue", sa.String(length=80), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("encrypted", sa.LargeBinary(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_exchange_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_exchange")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_item_exchange_item_id_number")),
    )
    op.create_table(
        "kept_news",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("news", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_kept_news_item_id")),
        sa.PrimaryKeyConstraint("item_id", "news", name=op.f("pk_kept_news")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "receipt",
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_receipt_item_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_receipt")),
        sa.UniqueConstraint("item_id", name=op.f("uq_receipt_item_id")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.alter_column("author", nullable=True)
        batch_op.alter_column("role", nullable=True)
        batch_op.alter_column("level", nullable=True)


def downgrade() -> None:
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.alter_column("level", nullable=False)
        batch_op.alter_column("role", nullable=False)
        batch_op.alter_column("author", nullable=False)

    op.drop_table("receipt")
    op.drop_table("kept_news")
    op.drop_table("item_exchange")
    op.drop_table("anonymous_waiting")
