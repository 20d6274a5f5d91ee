"""What the fixes of December 2026 keep: each function below is one of them

Create Date: 2026-12-01
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Each fix adds its call here, in any order."""
    _restored()
    _waiting_messages()
    _decisions()
    _long_work_in_parts()
    _unsent_forms()
    _danger_is_no_committees()


def _restored() -> None:
    """How a database knows that it was put back to an older state, and what waits since."""
    op.create_table(
        "lineage",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("home", sa.String(80), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("noticed_at", Instant(), nullable=True),
        sa.Column("as_of", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_lineage"),
        sa.UniqueConstraint("id", name="uq_lineage_id"),
    )
    op.create_table(
        "restored_wave",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("wave_id", name="pk_restored_wave"),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_restored_wave_wave_id"),
    )
    for table in ("fan_out", "schedule"):
        op.add_column(
            table,
            sa.Column("restored", sa.Boolean(), nullable=False, server_default=sa.false()),
        )


def _waiting_messages() -> None:
    """How many wait since a restore is asked at every probe."""
    waiting = sa.text("lane LIKE 'restored:%'")
    op.create_index(
        "ix_delivery_restored",
        "delivery",
        ["lane", "state"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def _decisions() -> None:
    """On what each campaign rests. What is being queued was decided by an earlier version."""
    exemptions = (
        "'reminder', 'series', 'service', 'edit', 'joined', 'adopted', 'own', 'owed', 'silent', "
        "'earlier'"
    )
    op.create_table(
        "campaign_decision",
        sa.Column("campaign", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("above", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(10), nullable=False),
        sa.Column("exempt", sa.String(10), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("people <= above OR basis <> 'few'", name="many_are_decided"),
        sa.CheckConstraint(
            "basis <> 'approved' OR approved_by IS NOT NULL", name="approved_by_someone"
        ),
        sa.CheckConstraint(
            "asked_by IS NULL OR approved_by <> asked_by", name="approved_by_another"
        ),
        sa.CheckConstraint("(basis = 'exempt') = (exempt IS NOT NULL)", name="exempt_for_a_reason"),
        sa.CheckConstraint("basis IN ('few', 'approved', 'exempt')", name="known_basis"),
        sa.CheckConstraint(f"exempt IS NULL OR exempt IN ({exemptions})", name="known_exemption"),
        sa.PrimaryKeyConstraint("campaign", "kind", name="pk_campaign_decision"),
    )
    op.create_table(
        "approved_reach",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "asked_by IS NULL OR approved_by <> asked_by", name="approved_by_another"
        ),
        sa.PrimaryKeyConstraint("kind", "subject", name="pk_approved_reach"),
    )
    op.create_table(
        "held_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("command", sa.String(60), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("reaching", sa.Text(), nullable=False),
        sa.Column("source", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("lapses_at", Instant(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_held_request"),
    )
    op.create_index("ix_held_request_state", "held_request", ["state", "asked_by"])
    op.execute(
        "INSERT INTO campaign_decision "
        "(campaign, kind, subject, people, above, basis, exempt, asked_by, approved_by, at) "
        "SELECT campaign, kind, subject, 0, 0, 'exempt', 'earlier', NULL, NULL, begun_at "
        "FROM fan_out"
    )
    with op.batch_alter_table("fan_out") as broadcasts:
        broadcasts.create_foreign_key(
            "fk_fan_out_campaign_decision",
            "campaign_decision",
            ["campaign", "kind"],
            ["campaign", "kind"],
        )


def _long_work_in_parts() -> None:
    """A fan-out says what it does for each, not only that it sends."""
    sending = sa.Column("act", sa.String(12), nullable=False, server_default="send")
    op.add_column("fan_out", sending)
    op.add_column("fan_out", sa.Column("body", sa.Text(), nullable=True))


def _unsent_forms() -> None:
    """What people typed into forms that were not taken."""
    op.create_table(
        "unsent_form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(64), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_unsent_form_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_unsent_form"),
        sa.UniqueConstraint("person_id", "form", name="uq_unsent_form_person_id_form"),
    )
    op.create_index("ix_unsent_form_item_id", "unsent_form", ["item_id"])
    op.create_index("ix_unsent_form_at", "unsent_form", ["at"])


def _danger_is_no_committees() -> None:
    """Which items read as danger to a person. What came before is read once more, by the service:
    a migration cannot read."""
    op.execute(
        "ALTER TABLE item ADD COLUMN danger VARCHAR(10) CONSTRAINT ck_item_held CHECK "
        "(danger <> 'held' OR (state = 'received' AND queue IS NULL) "
        "OR coalesce(queue, '') = 'restricted')"
    )
    op.execute("UPDATE item SET danger = 'unread' WHERE state <> 'received'")
    unread = sa.text("danger = 'unread'")
    op.create_index(
        "ix_item_danger_unread", "item", ["id"], sqlite_where=unread, postgresql_where=unread
    )


def downgrade() -> None:
    op.drop_index("ix_item_danger_unread", "item")
    op.execute("ALTER TABLE item DROP COLUMN danger")
    op.drop_table("unsent_form")
    with op.batch_alter_table("fan_out") as broadcasts:
        broadcasts.drop_constraint("fk_fan_out_campaign_decision", type_="foreignkey")
        for column in ("body", "act", "restored"):
            broadcasts.drop_column(column)
    for table in ("held_request", "approved_reach", "campaign_decision"):
        op.drop_table(table)
    op.drop_index("ix_delivery_restored", "delivery")
    op.drop_column("schedule", "restored")
    op.drop_table("restored_wave")
    op.drop_table("lineage")
