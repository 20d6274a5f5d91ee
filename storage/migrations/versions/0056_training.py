"""Training sessions, who signed up for them, and guides with who did them

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "training_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("change_id", sa.Uuid(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change_record.id"], name="fk_training_session_change_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_training_session"),
    )
    op.create_index("ix_training_session_change_id", "training_session", ["change_id"])
    op.create_index("ix_training_session_day", "training_session", ["day"])
    op.create_table(
        "training_seat",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("seated", sa.Boolean(), nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name="fk_training_seat_session_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_training_seat_person_id"),
        sa.PrimaryKeyConstraint("session_id", "person_id", name="pk_training_seat"),
    )
    op.create_index("ix_training_seat_person_id", "training_seat", ["person_id"])
    op.create_index(
        "ix_training_seat_session_id_number", "training_seat", ["session_id", "number"], unique=True
    )
    op.create_table(
        "guide",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("change_id", sa.Uuid(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change_record.id"], name="fk_guide_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_guide"),
    )
    op.create_index("ix_guide_change_id", "guide", ["change_id"])
    op.create_table(
        "guide_done",
        sa.Column("guide_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["guide_id"], ["guide.id"], name="fk_guide_done_guide_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_guide_done_person_id"),
        sa.PrimaryKeyConstraint("guide_id", "person_id", name="pk_guide_done"),
    )
    op.create_index("ix_guide_done_person_id", "guide_done", ["person_id"])


def downgrade() -> None:
    op.drop_table("guide_done")
    op.drop_table("guide")
    op.drop_table("training_seat")
    op.drop_table("training_session")
