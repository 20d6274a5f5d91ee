"""Whatever people do in whatever order: never more than there are seats, nobody waits beside a free
one, and the waiting list keeps its order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select

from core.text import text
from governance.learning.model import TrainingSession
from governance.learning.seats import fill, give_up, take
from storage import migrating
from storage.connection import Surroundings
from storage.ledger_tables import delivery
from storage.transaction import Transaction
from storage.vault import Vault
from tests.storage.stores import SECRET, import_people, rows

PEOPLE = 6
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    found = create_engine(f"sqlite:///{tmp_path_factory.mktemp('seats') / 'seats.sqlite3'}")
    migrating.upgrade(found)
    yield found
    found.dispose()


@contextmanager
def rolled_back(engine: object) -> Iterator[tuple[Transaction, list[UUID]]]:
    with engine.connect() as connection:  # type: ignore[attr-defined]
        tx = Transaction(connection, Surroundings(vault=Vault(SECRET)))
        import_people(tx, rows(PEOPLE))
        yield tx, list(tx.next_people(None, PEOPLE))
        connection.rollback()


steps = st.lists(
    st.one_of(
        st.tuples(st.just("take"), st.integers(0, PEOPLE - 1)),
        st.tuples(st.just("give up"), st.integers(0, PEOPLE - 1)),
        st.tuples(st.just("seats"), st.one_of(st.none(), st.integers(1, PEOPLE))),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(capacity=st.one_of(st.none(), st.integers(1, 4)), walk=steps)
def test_seats_and_the_waiting_list(
    engine: object, capacity: int | None, walk: list[tuple[str, int | None]]
) -> None:
    with rolled_back(engine) as (tx, people):
        session = TrainingSession(
            id=uuid4(),
            title=text("Signing in"),
            day=date(2026, 12, 1),
            begins=time(15),
            ends=time(16),
            leader=people[0],
            capacity=capacity,
        )
        tx.put_training(session)
        seated, waiting, told = list[UUID](), list[UUID](), list[UUID]()
        for minute, (what, number) in enumerate(walk):
            now = NOW + timedelta(minutes=minute)
            who = people[number or 0]
            match what:
                case "take":
                    take(tx, session, who, now)
                    if who not in (*seated, *waiting):
                        free = session.capacity is None or len(seated) < session.capacity
                        (seated if free else waiting).append(who)
                case "give up":
                    give_up(tx, session, who, now)
                    for some in (seated, waiting):
                        if who in some:
                            some.remove(who)
                case _ if number is None or number >= len(seated):
                    session = _with(tx, session, number)
                    fill(tx, session, now)
            while waiting and (session.capacity is None or len(seated) < session.capacity):
                told.append(waiting[0])
                seated.append(waiting.pop(0))
            counts = tx.count_seats([session.id])[session.id]
            assert session.capacity is None or counts.taken <= session.capacity
            assert {one.person for one in tx.seats(session.id, seated=True)} == set(seated)
            line = tx.seats(session.id, seated=False)
            assert [one.person for one in line] == waiting
            assert [tx.waits_at(one) for one in line] == list(range(1, len(line) + 1))
        sent = tx.connection.execute(
            select(delivery.c.person_id).where(delivery.c.kind == "session-seat")
        )
        assert sorted(sent.scalars()) == sorted(told), "each time at once, and nobody else"


def _with(tx: Transaction, session: TrainingSession, capacity: int | None) -> TrainingSession:
    from dataclasses import replace

    changed = replace(session, capacity=capacity)
    tx.put_training(changed)
    return changed
