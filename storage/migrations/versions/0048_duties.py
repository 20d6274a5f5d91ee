"""Duties, and the acknowledgement of IT rules

Acknowledgements cannot be changed or deleted by anybody: triggers refuse both.

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

_REFUSED = "an acknowledgement of a rule is never changed"


def upgrade() -> None:
    op.create_table(
        "asked_duty",
        sa.Column("kind", sa.String(14), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("way", sa.String(10), nullable=True),
        sa.Column("let_go_at", Instant(), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("reminded_at", Instant(), nullable=True),
        sa.Column("listed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_asked_duty_person_id"),
        sa.PrimaryKeyConstraint("kind", "subject", "person_id", name="pk_asked_duty"),
    )
    op.create_index("ix_asked_duty_person_id", "asked_duty", ["person_id"])
    op.create_index("ix_asked_duty_done_at", "asked_duty", ["done_at"])
    op.create_table(
        "leave",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_leave_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_leave"),
    )
    op.create_table(
        "acknowledgement_set",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.String(10), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["rule_id"], ["rule.id"], name="fk_acknowledgement_set_rule_id"),
        sa.PrimaryKeyConstraint("id", name="pk_acknowledgement_set"),
    )
    op.create_table(
        "rule_acknowledgement",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("set_id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("way", sa.String(10), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_rule_acknowledgement_person_id"
        ),
        sa.ForeignKeyConstraint(
            ["set_id"], ["acknowledgement_set.id"], name="fk_rule_acknowledgement_set_id"
        ),
        sa.ForeignKeyConstraint(["rule_id"], ["rule.id"], name="fk_rule_acknowledgement_rule_id"),
        sa.PrimaryKeyConstraint("person_id", "set_id", "rule_id", name="pk_rule_acknowledgement"),
    )
    op.create_index(
        "ix_rule_acknowledgement_rule_id",
        "rule_acknowledgement",
        ["rule_id", "person_id", "version"],
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION rule_acknowledgement_stays() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER rule_acknowledgement_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON "
            "rule_acknowledgement FOR EACH STATEMENT "
            "EXECUTE FUNCTION rule_acknowledgement_stays()"
        )
    else:
        for done in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER rule_acknowledgement_no_{done.lower()} BEFORE {done} ON "
                f"rule_acknowledgement BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
            )


def downgrade() -> None:
    tables = ("rule_acknowledgement", "acknowledgement_set", "leave", "asked_duty")
    for table in tables:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION rule_acknowledgement_stays()")
