"""An acknowledgement of a rule cannot be replaced

0048 refuses to change or delete one. On SQLite, INSERT OR REPLACE deletes without a trigger.

Create Date: 2026-11-29
"""

from __future__ import annotations

from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER rule_acknowledgement_no_replace BEFORE INSERT ON rule_acknowledgement "
            "WHEN EXISTS (SELECT 1 FROM rule_acknowledgement WHERE person_id = NEW.person_id "
            "AND set_id = NEW.set_id AND rule_id = NEW.rule_id) "
            "BEGIN SELECT RAISE(ABORT, 'an acknowledgement of a rule is never changed'); END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER rule_acknowledgement_no_replace")
