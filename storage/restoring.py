"""How a database knows that it was put back to an older state, and what waits for the operator.

A database counts (``lineage``), and each machine keeps beside the service's key how far it saw it
count. One that has counted less has been put back. The count is committed before it is noted
outside: whenever a process is killed, the note is behind the database and never ahead of it. Two
kinds of copies are known without a note: one that ``soundingboard backup`` wrote says of itself
that it is a copy, and PostgreSQL numbers its tables, so that a dump that was read in again lies
elsewhere.

What was to be sent in the copy may have been sent since it was made, and results may have been
drawn. So it waits, in lanes that no process serves, and the operator says what happens to it. An
alarm does not wait: to hear of danger twice is better than not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import Row, and_, case, func, literal, or_, select, update

from governance.delivery_reasons import DeliveryReason
from scheduler.delivery import ALARMS, MOST_LOOKS
from scheduler.lanes import RESTORED, WEB_PAGES
from storage.ledger_tables import (
    delivery,
    fan_out,
    lineage,
    of_sent_rows,
    restored_wave,
    served,
)
from storage.tables import wave
from storage.transaction import Transaction
from surveys.survey import WaveState

COPY: Final = "copy"
"""The home of a database in a file that ``soundingboard backup`` wrote."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """How far a database was seen to count, in which of its lives."""

    lineage: UUID
    count: int


def keep_mark(
    tx: Transaction, seen: Mark | None, now: datetime, *, said: bool = False
) -> tuple[Mark, bool]:
    """Count on, and see whether this is an older state than the one ``seen``; then, or where the
    operator has ``said`` so, everything that may have been sent before waits. The new mark, which
    is to be kept outside once this is committed, and whether a restore was noticed now."""
    home = _home(tx)
    rows = tx.connection.execute(
        select(lineage).order_by(lineage.c.number.desc()).with_for_update()
    ).all()
    current = rows[0] if rows else None
    restored = said or _went_back(rows, seen, home)
    if current is not None and not restored:
        known = update(lineage).where(lineage.c.number == current.number)
        counted = _count_of(current) + 1
        tx.connection.execute(known.values(count=counted, home=home, at=now))
        return Mark(lineage=current.id, count=counted), False
    new = Mark(lineage=uuid4(), count=1)
    tx.insert_new(  # where two processes are the first, the second one's transaction runs again
        lineage,
        {
            "number": current.number + 1 if current else 1,
            "id": new.lineage,
            "count": new.count,
            "home": home,
            "at": now,
            "noticed_at": now if restored else None,
            "as_of": current.at if current and restored else None,
        },
    )
    if restored:
        _let_wait(tx, now)
        tx.audit(None, "database restored", None, now)
    return new, restored


def _went_back(rows: Sequence[Row[Any]], seen: Mark | None, home: str) -> bool:
    if not rows:
        return seen is not None  # one from before databases counted lies where one lay that did
    current = rows[0]
    if current.home == COPY:
        return True
    moved, counted = bool(current.home != home), _count_of(current)
    if seen is None:
        return moved
    if seen.lineage == current.id:
        # One that was moved whole has counted just as far as it was seen to.
        return seen.count > counted or (moved and seen.count < counted)
    return moved or seen.lineage not in {row.id for row in rows}


def _count_of(row: Row[Any]) -> int:
    """Its column, not the method that every row has."""
    return int(row._mapping["count"])


def _home(tx: Transaction) -> str:
    """Where the database lies, as no copy of it does. A file of SQLite is the same anywhere."""
    if tx.connection.dialect.name == "sqlite":
        return ""
    ours = "'lineage'::regclass::oid::text"
    where = "(SELECT oid::text FROM pg_database WHERE datname = current_database())"
    may = "has_function_privilege('pg_control_system()', 'execute')"
    found = tx.connection.exec_driver_sql(f"SELECT {where}, {ours}, {may}").one()
    cluster = "-"
    if found[2]:
        sql = "SELECT system_identifier::text FROM pg_control_system()"
        cluster = tx.connection.exec_driver_sql(sql).scalar_one()
    return f"{cluster}/{found[0]}/{found[1]}"


# -- what waits ------------------------------------------------------------------------------------


def _let_wait(tx: Transaction, now: datetime) -> None:
    """Everything that was still to be sent, and every survey without results."""
    tx.connection.execute(update(fan_out).values(restored=True))
    open_ = or_(
        delivery.c.state.in_(("queued", "leased")),
        and_(delivery.c.state == "unknown", delivery.c.looks < MOST_LOOKS),
    )
    alarm = delivery.c.kind.in_(ALARMS)
    tx.connection.execute(
        update(delivery)
        .where(open_, alarm)
        .values(state="queued", lease_until=None, why=DeliveryReason.REPEATED)
    )
    leaves = or_(
        delivery.c.lane.is_(None),
        and_(delivery.c.lane != WEB_PAGES, served),
    )
    tx.connection.execute(
        update(delivery)
        .where(open_, leaves, ~alarm, ~of_sent_rows)
        .values(
            lane=literal(RESTORED).concat(func.coalesce(delivery.c.lane, "")),
            state=case((delivery.c.state == "leased", "unknown"), else_=delivery.c.state),
            lease_until=None,
            why=DeliveryReason.RESTORED,
        )
    )
    begun = {one.id for one in tx.with_answers() if tx.final_count(one.id) is None}
    opened = select(wave.c.id).where(wave.c.state == WaveState.OPEN)
    waves = begun | set(tx.connection.execute(opened).scalars())
    rows = [{"wave_id": one, "since": now} for one in sorted(waves)]
    tx.insert_new(restored_wave, rows)
