"""open items in order"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_OPEN = "state IN ('new', 'acknowledged', 'in-discussion')"


def upgrade() -> None:
    op.drop_index("ix_item_queue_state", table_name="item")
    op.create_index("ix_item_queue_state_id", "item", ["queue", "state", "id"])
    for name, order in (
        ("ix_item_open_due_at", ["queue", "due_at", "received_at", "id"]),
        ("ix_item_open_age", ["queue", "received_at", "id"]),
    ):
        where = sa.text(_OPEN)
        op.create_index(name, "item", order, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_index("ix_item_open_age", table_name="item")
    op.drop_index("ix_item_open_due_at", table_name="item")
    op.drop_index("ix_item_queue_state_id", table_name="item")
    op.create_index("ix_item_queue_state", "item", ["queue", "state"])
