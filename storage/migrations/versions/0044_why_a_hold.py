"""why a hold

Create Date: 2026-11-28
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("wave", sa.Column("hold_why", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("wave", "hold_why")
