"""IT rules

Versions cannot be changed or deleted by anybody: triggers refuse both.

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

_REFUSED = "a version of a rule is never changed"


def upgrade() -> None:
    op.create_table(
        "rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("number_key", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rule"),
        sa.UniqueConstraint("number_key", name="uq_rule_number_key"),
    )
    op.create_table(
        "rule_version",
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["rule_id"], ["rule.id"], name="fk_rule_version_rule_id"),
        sa.PrimaryKeyConstraint("rule_id", "number", name="pk_rule_version"),
    )
    op.create_table(
        "rule_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("vote", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["rule_id"], ["rule.id"], name="fk_rule_step_rule_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rule_step"),
    )
    op.create_index("ix_rule_step_rule_id_at", "rule_step", ["rule_id", "at"])
    op.create_table(
        "rule_exemption",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("building", sa.String(80), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["rule_id"], ["rule.id"], name="fk_rule_exemption_rule_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rule_exemption"),
    )
    op.create_index("ix_rule_exemption_rule_id", "rule_exemption", ["rule_id"])
    op.create_table(
        "rule_comment",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("section", sa.Integer(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("disposition", sa.String(20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("disposed_by", sa.Uuid(), nullable=True),
        sa.Column("disposed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_rule_comment_item_id"),
        sa.ForeignKeyConstraint(["rule_id"], ["rule.id"], name="fk_rule_comment_rule_id"),
        sa.PrimaryKeyConstraint("item_id", name="pk_rule_comment"),
    )
    op.create_index("ix_rule_comment_rule_id_version", "rule_comment", ["rule_id", "version"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION rule_version_stays() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER rule_version_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_version "
            "FOR EACH STATEMENT EXECUTE FUNCTION rule_version_stays()"
        )
    else:
        op.execute(  # INSERT OR REPLACE would delete without a trigger
            "CREATE TRIGGER rule_version_no_replace BEFORE INSERT ON rule_version WHEN EXISTS "  # noqa: S608
            "(SELECT 1 FROM rule_version WHERE rule_id = NEW.rule_id AND number = NEW.number) "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        )
        for done in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER rule_version_no_{done.lower()} BEFORE {done} ON rule_version "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
            )


def downgrade() -> None:
    for table in ("rule_comment", "rule_exemption", "rule_step", "rule_version", "rule"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION rule_version_stays()")
