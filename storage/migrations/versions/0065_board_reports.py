"""Board reports, and what was issued of them

What was issued cannot be changed or deleted by anybody: triggers refuse both.

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

_REFUSED = "an issued report is never changed"


def upgrade() -> None:
    op.create_table(
        "board_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("public_at", Instant(), nullable=True),
        sa.Column("announcement", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_board_report"),
        sa.UniqueConstraint("corrects", name="uq_board_report_corrects"),
    )
    op.create_table(
        "board_report_issued",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["board_report.id"], name="fk_board_report_issued_report_id"
        ),
        sa.PrimaryKeyConstraint("report_id", name="pk_board_report_issued"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION board_report_issued_stays() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER board_report_issued_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON "
            "board_report_issued FOR EACH STATEMENT EXECUTE FUNCTION board_report_issued_stays()"
        )
        return
    op.execute(  # INSERT OR REPLACE would delete without a trigger
        "CREATE TRIGGER board_report_issued_no_replace BEFORE INSERT ON board_report_issued "  # noqa: S608
        "WHEN EXISTS (SELECT 1 FROM board_report_issued WHERE report_id = NEW.report_id) "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    )
    for done in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER board_report_issued_no_{done.lower()} BEFORE {done} ON "
            f"board_report_issued BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        )


def downgrade() -> None:
    op.drop_table("board_report_issued")
    op.drop_table("board_report")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION board_report_issued_stays()")
