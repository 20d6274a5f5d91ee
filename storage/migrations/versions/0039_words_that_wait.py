"""words that wait for their author's yes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "held_words",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("encrypted", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_held_words_person_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_held_words")),
    )
    with op.batch_alter_table("held_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_held_words_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("held_words", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_held_words_person_id"))

    op.drop_table("held_words")
