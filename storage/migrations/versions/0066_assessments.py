"""Assessments of practices, and gaps

A closed assessment is never changed: triggers refuse it.

Create Date: 2026-11-30
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

_REFUSED = "a closed assessment is never changed"


def upgrade() -> None:
    _assessments()
    _targets_and_evidence()
    _gaps()
    if op.get_bind().dialect.name == "postgresql":
        _protect_on_postgresql()
    else:
        _protect_on_sqlite()


def _assessments() -> None:
    op.create_table(
        "framework",
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("key", "version", name="pk_framework"),
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("framework", sa.String(40), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("scope_group", sa.String(40), nullable=False),
        sa.Column("controls", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("committee", sa.String(40), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("after", sa.Uuid(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_assessment"),
    )
    op.create_table(
        "assessed_safeguard",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("owner", sa.Uuid(), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("ask", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("handed_by", sa.Uuid(), nullable=True),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_assessed_safeguard_assessment_id"
        ),
        sa.PrimaryKeyConstraint("assessment_id", "number", name="pk_assessed_safeguard"),
    )
    op.create_index("ix_assessed_safeguard_owner", "assessed_safeguard", ["owner"])
    op.create_index("ix_assessed_safeguard_ask", "assessed_safeguard", ["ask"])


def _targets_and_evidence() -> None:
    op.create_table(
        "practice_target",
        sa.Column("framework", sa.String(40), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("control", sa.String(20), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("framework", "version", "control", name="pk_practice_target"),
    )
    op.create_table(
        "said_evidence",
        sa.Column("framework", sa.String(40), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("framework", "number", "item_id", name="pk_said_evidence"),
    )


def _gaps() -> None:
    op.create_table(
        "gap",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.Uuid(), nullable=False),
        sa.Column("by_day", sa.Date(), nullable=False),
        sa.Column("returned_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_gap"),
    )
    op.create_table(
        "gap_work",
        sa.Column("gap_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(14), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["gap_id"], ["gap.id"], name="fk_gap_work_gap_id"),
        sa.PrimaryKeyConstraint("gap_id", "subject", name="pk_gap_work"),
    )


def _protect_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION closed_assessment_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608
        "IF TG_TABLE_NAME = 'assessment' THEN "
        f"  IF OLD.state = 'closed' THEN RAISE EXCEPTION '{_REFUSED}'; END IF; "
        "ELSE "
        "  IF (TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM assessment WHERE id = "
        "OLD.assessment_id AND state = 'closed')) OR (TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM "
        "assessment WHERE id = NEW.assessment_id AND state = 'closed')) "
        f"  THEN RAISE EXCEPTION '{_REFUSED}'; END IF; "
        "END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER closed_assessment_stays BEFORE UPDATE OR DELETE ON assessment "
        "FOR EACH ROW EXECUTE FUNCTION closed_assessment_stays()"
    )
    op.execute(
        "CREATE TRIGGER closed_assessment_stays BEFORE INSERT OR UPDATE OR DELETE ON "
        "assessed_safeguard FOR EACH ROW EXECUTE FUNCTION closed_assessment_stays()"
    )


def _protect_on_sqlite() -> None:
    closed = "(SELECT 1 FROM assessment WHERE id = {row}.assessment_id AND state = 'closed')"
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    for done in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER closed_assessment_no_{done.lower()} BEFORE {done} ON assessment "
            f"WHEN OLD.state = 'closed' {refuse}"
        )
    op.execute(  # INSERT OR REPLACE would delete without a trigger
        "CREATE TRIGGER closed_assessment_no_replace BEFORE INSERT ON assessment "  # noqa: S608
        f"WHEN EXISTS (SELECT 1 FROM assessment WHERE id = NEW.id AND state = 'closed') {refuse}"
    )
    for done, rows in {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}.items():
        of_closed = " OR ".join(f"EXISTS {closed.format(row=row)}" for row in rows)
        op.execute(
            f"CREATE TRIGGER assessed_safeguard_no_{done.lower()} BEFORE {done} ON "
            f"assessed_safeguard WHEN {of_closed} {refuse}"
        )


def downgrade() -> None:
    for table in (
        "gap_work",
        "gap",
        "said_evidence",
        "practice_target",
        "assessed_safeguard",
        "assessment",
        "framework",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION closed_assessment_stays()")
