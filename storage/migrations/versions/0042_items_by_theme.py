"""items by theme

Create Date: 2026-11-28
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_OPEN = sa.text("state IN ('new', 'acknowledged', 'in-discussion')")


def upgrade() -> None:
    op.add_column("item", sa.Column("theme", sa.String(length=80), nullable=True))
    postgres = op.get_bind().dialect.name == "postgresql"
    first = "reading::json #>> '{themes,0}'" if postgres else "json_extract(reading, '$.themes[0]')"
    op.execute(f"UPDATE item SET theme = {first} WHERE reading IS NOT NULL")  # noqa: S608
    op.create_index("ix_item_came", "item", ["queue", "received_at", "theme", "id"])
    op.create_index("ix_item_said", "item", ["received_at", "theme", "author", "queue"])
    op.create_index("ix_item_move_went_to_at", "item_move", ["went_to", "at", "item_id"])
    op.drop_index("ix_item_open_due_at", table_name="item")
    _index_of_open("due_at", ["queue", "due_at", "received_at", "id", "state"])
    _index_of_open("id", ["queue", "id", "due_at", "received_at", "state"])
    _index_of_open("theme", ["queue", "theme", "author", "id", "state"])
    op.create_table(
        "week_figures",
        sa.Column("week", sa.String(length=10), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("week", name=op.f("pk_week_figures")),
    )


def downgrade() -> None:
    op.drop_table("week_figures")
    op.drop_index("ix_item_open_theme", table_name="item")
    op.drop_index("ix_item_open_id", table_name="item")
    op.drop_index("ix_item_open_due_at", table_name="item")
    _index_of_open("due_at", ["queue", "due_at", "received_at", "id"])
    op.drop_index("ix_item_move_went_to_at", table_name="item_move")
    op.drop_index("ix_item_said", table_name="item")
    op.drop_index("ix_item_came", table_name="item")
    op.drop_column("item", "theme")


def _index_of_open(name: str, columns: list[str]) -> None:
    op.create_index(
        f"ix_item_open_{name}", "item", columns, sqlite_where=_OPEN, postgresql_where=_OPEN
    )
