"""surveys written on the web"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("on_web", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    op.create_table(
        "survey_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("replaces", sa.String(length=80), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_draft")),
    )
    op.create_table(
        "survey_draft_version",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("edited_by", sa.Uuid(), nullable=True),
        sa.Column("edited_at", storage.columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["survey_draft.id"], name=op.f("fk_survey_draft_version_draft_id")
        ),
        sa.PrimaryKeyConstraint("draft_id", "number", name=op.f("pk_survey_draft_version")),
    )
    op.create_table(
        "survey_version",
        sa.Column("survey_key", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("launched_at", storage.columns.Instant(), nullable=False),
        sa.Column("launched_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("survey_key", "number", name=op.f("pk_survey_version")),
    )
    op.create_table(
        "survey_trial",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("survey", sa.Text(), nullable=False),
        sa.Column("until", storage.columns.Instant(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_survey_trial_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_trial")),
    )
    _number_what_was_launched()


def _number_what_was_launched() -> None:
    """Every text that was launched before is a version, too: numbered as they opened."""
    connection = op.get_bind()
    wave = sa.table(
        "wave",
        sa.column("survey_key"),
        sa.column("survey"),
        sa.column("opens_at"),
        sa.column("launched_by"),
    )
    version = sa.table(
        "survey_version",
        *(sa.column(c) for c in ("survey_key", "number", "body", "launched_at", "launched_by")),
    )
    newest: dict[str, tuple[int, str]] = {}
    for row in connection.execute(sa.select(wave).order_by(wave.c.opens_at)).all():
        number, body = newest.get(row.survey_key, (0, ""))
        if body == row.survey:
            continue
        newest[row.survey_key] = number + 1, row.survey
        connection.execute(
            version.insert().values(
                survey_key=row.survey_key,
                number=number + 1,
                body=row.survey,
                launched_at=row.opens_at,
                launched_by=row.launched_by,
            )
        )


def downgrade() -> None:
    op.drop_table("survey_trial")
    op.drop_table("survey_version")
    op.drop_table("survey_draft_version")
    op.drop_table("survey_draft")
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.drop_column("on_web")
