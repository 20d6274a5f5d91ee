"""final counts"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wave_count",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_wave_count_wave_id")),
        sa.PrimaryKeyConstraint("wave_id", name=op.f("pk_wave_count")),
    )
    op.create_index("ix_wave_state_opens_at", "wave", ["state", "opens_at"])
    op.drop_index("ix_delivery_subject_kind", table_name="delivery")
    op.create_index("ix_delivery_subject_kind_state", "delivery", ["subject", "kind", "state"])
    _count_what_closed()


def _count_what_closed() -> None:
    wave = sa.table("wave", sa.column("id", sa.Uuid()), sa.column("state"), sa.column("results"))
    panel = sa.table("participation", sa.column("wave_id", sa.Uuid()))
    counted = sa.table(
        "wave_count", sa.column("wave_id", sa.Uuid()), sa.column("asked"), sa.column("answered")
    )
    bind = op.get_bind()
    closed = bind.execute(sa.select(wave.c.id).where(wave.c.state == "closed")).scalars().all()
    for one in closed:
        body = bind.execute(sa.select(wave.c.results).where(wave.c.id == one)).scalar()
        mine = sa.select(sa.func.count()).select_from(panel).where(panel.c.wave_id == one)
        asked = bind.execute(mine).scalar_one()
        answered = json.loads(body).get("answered") if body else None
        bind.execute(counted.insert().values(wave_id=one, asked=asked, answered=answered))


def downgrade() -> None:
    op.drop_index("ix_delivery_subject_kind_state", table_name="delivery")
    op.create_index("ix_delivery_subject_kind", "delivery", ["subject", "kind"])
    op.drop_index("ix_wave_state_opens_at", table_name="wave")
    op.drop_table("wave_count")
