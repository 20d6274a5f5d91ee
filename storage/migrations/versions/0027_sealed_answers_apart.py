"""sealed answers apart"""

from __future__ import annotations

import json
import random
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0024"
branch_labels = None
depends_on = None

FEWEST = 5

_CHANCE = random.SystemRandom()
_sealed = sa.table(
    "sealed_response",
    sa.column("wave_id", sa.Uuid()),
    sa.column("id", sa.Uuid()),
    sa.column("answers", sa.Text()),
)


def upgrade() -> None:
    """What was sealed before loses role, level and building, and each row's answers are dealt out
    anew, as a closing does it now. The old table goes whole: rows that are deleted linger."""
    connection = op.get_bind()
    apart = sa.Table("sealed_apart", sa.MetaData(), *_columns(), prefixes=["TEMPORARY"])
    apart.create(connection)
    for wave_id in connection.execute(sa.select(_sealed.c.wave_id).distinct()).scalars().all():
        mine = sa.select(_sealed.c.answers).where(_sealed.c.wave_id == wave_id)
        rows = _dealt(wave_id, [json.loads(body) for body in connection.scalars(mine)])
        connection.execute(apart.insert(), rows)
    op.drop_table("sealed_response")
    op.create_table(
        "sealed_response",
        *_columns(),
        sa.PrimaryKeyConstraint("wave_id", "id", name=op.f("pk_sealed_response")),
        sqlite_with_rowid=False,
    )
    connection.execute(_sealed.insert().from_select(["wave_id", "id", "answers"], sa.select(apart)))
    apart.drop(connection)


def _columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
    )


def _dealt(wave_id: UUID, responses: list[dict[str, Any]]) -> list[dict[str, Any]]:
    dealt: list[dict[str, Any]] = [{} for _ in responses]
    for key in sorted({key for response in responses for key in response}):
        given = [response[key] for response in responses if key in response]
        if len(given) >= FEWEST:
            for place, answer in zip(
                _CHANCE.sample(range(len(dealt)), len(given)), given, strict=True
            ):
                dealt[place][key] = answer
    return [
        {
            "wave_id": wave_id,
            "id": uuid4(),
            "answers": json.dumps(row, ensure_ascii=False, sort_keys=True),
        }
        for row in dealt
    ]


def downgrade() -> None:
    raise NotImplementedError("what was cut apart cannot be put together again")
