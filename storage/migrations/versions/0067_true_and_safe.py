"""What the mends of December 2026 keep: each function below is one of them

Create Date: 2026-12-01
"""

from __future__ import annotations

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Each mend adds its call here, in any order."""
