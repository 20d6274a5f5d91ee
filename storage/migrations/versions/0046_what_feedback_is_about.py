"""what feedback is about

Create Date: 2026-11-29
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("item", sa.Column("about", sa.String(80), nullable=True))


def downgrade() -> None:
    op.drop_column("item", "about")
