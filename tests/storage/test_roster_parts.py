"""An import is cut into parts that are right by themselves: after any of them it may end, and the
same import again completes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from storage import importing, migrating
from storage.connection import Surroundings
from storage.importing import Arrival, Ownership, RosterDifference, compare_rows
from storage.roster_parts import Step, in_parts
from storage.store import Store
from storage.tables import person
from storage.transaction import Transaction
from storage.vault import Vault
from tests.storage.stores import SECRET, import_people, row, rows

Roster = Sequence[dict[str, Any]]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path_factory.mktemp('parts') / 'parts.sqlite3'}"
    store = Store(url, Surroundings(vault=Vault(SECRET)))
    migrating.upgrade(store.engine)
    yield store
    store.engine.dispose()


@pytest.fixture
def blank(engine: Store) -> Iterator[Transaction]:
    """A transaction on an empty database that is never committed."""
    with engine.engine.connect() as connection:
        yield Transaction(connection, Surroundings(vault=Vault(SECRET)))


def compared(tx: Transaction, roster: Roster) -> RosterDifference:
    return compare_rows(tx.everyone(), [Arrival(columns=one) for one in roster], Ownership())


def state(tx: Transaction) -> list[Any]:
    """Everybody. Who came has another id each time, and so has what they gave up later."""
    kept = [column for column in person.c if column.name != "id"]
    found = tx.connection.execute(select(*kept).order_by(person.c.family_name, person.c.email))
    return [
        tuple("former" if str(value).startswith("former:") else value for value in one)
        for one in found
    ]


def ended_after(tx: Transaction, before: Roster, after: Roster, parts: int | None) -> list[Any]:
    """The roster after an import that wrote so many parts and was run again (None: at once)."""
    point = tx.connection.begin_nested()
    import_people(tx, before)
    if parts is not None:
        for part in compared(tx, after).parts[:parts]:
            assert tx.write_people(part) == 0
    for part in compared(tx, after).parts:
        assert tx.write_people(part) == 0
    assert compared(tx, after).parts == [], "the same again changes nothing"
    found = state(tx)
    point.rollback()
    return found


def holds_wherever_it_ends(tx: Transaction, before: Roster, after: Roster) -> None:
    undisturbed = ended_after(tx, before, after, None)
    point = tx.connection.begin_nested()
    import_people(tx, before)
    parts = len(compared(tx, after).parts)
    point.rollback()
    for number in range(1, parts):
        assert ended_after(tx, before, after, number) == undisturbed, f"after {number} parts"


ring = [row(n, sourced_id=f"s-{(n + 1) % 7}") for n in range(7)]


@pytest.mark.parametrize(
    "after",
    [
        pytest.param([row(n, email=row(1 - n)["email"]) for n in range(2)], id="two swap"),
        pytest.param(
            [row(n, email=row((n + 1) % 3)["email"]) for n in range(3)], id="a ring of three"
        ),
        pytest.param(ring, id="a ring of identifiers that is larger than a part"),
        pytest.param([{**one, "building": "b-2"} for one in ring], id="who also move"),
        pytest.param(
            [row(n, sourced_id=f"s-{n + 1}") for n in range(7)], id="all identifiers anew"
        ),
        pytest.param([*rows(4), row(9, email=row(5)["email"])], id="a newcomer's used address"),
        pytest.param([*rows(4), row(9, sourced_id="s-5")], id="a newcomer's used identifier"),
    ],
)
@pytest.mark.parametrize("most", [1, 2, 3])
def test_wherever_it_ends_the_same_again_completes_it(
    blank: Transaction, monkeypatch: pytest.MonkeyPatch, after: Roster, most: int
) -> None:
    monkeypatch.setattr(importing, "PART", most)
    holds_wherever_it_ends(blank, rows(7), after)


def roster_of(who: Sequence[tuple[int, int, int, int]]) -> Roster:
    """People whose identifiers and addresses differ."""
    unique: dict[int, tuple[int, int, int, int]] = {}
    for one in who:
        if one[1] not in {kept[1] for kept in unique.values()}:
            unique.setdefault(one[0], one)
    return [
        row(0, sourced_id=f"s-{s}", email=f"{e}@x", given_name=f"G{g}", family_name=f"F{f}")
        for s, e, g, f in unique.values()
    ]


some = st.lists(st.tuples(*(st.integers(0, 4) for _ in range(4))), max_size=7).map(roster_of)


@given(some, some, st.integers(1, 3))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_any_import_may_end_after_any_part(
    engine: Store, before: Roster, after: Roster, most: int
) -> None:
    with engine.engine.connect() as connection, pytest.MonkeyPatch.context() as patch:
        patch.setattr(importing, "PART", most)
        tx = Transaction(connection, Surroundings(vault=Vault(SECRET)))
        holds_wherever_it_ends(tx, before, after)


def test_parts_are_no_larger_than_asked_for(blank: Transaction) -> None:
    steps = [Step(row(n) | {"id": n}, row(n, building="b-2") | {"id": n}) for n in range(10)]
    parts = in_parts(steps, most=4)
    assert [sum(len(group.steps) for group in part) for part in parts] == [4, 4, 2]


def test_whoever_has_a_duty_comes_first_and_then_those_who_leave() -> None:
    stay, leave, chair = (row(n) | {"id": n} for n in range(3))
    steps = [
        Step(None, row(7) | {"id": 7}),
        Step(stay, stay | {"building": "b-2"}),
        Step(leave, leave | {"active": False}),
        Step(chair, chair | {"building": "b-2"}),
    ]
    parts = in_parts(steps, most=1, first=[chair["email"]])
    assert [part[0].steps[0].new["id"] for part in parts] == [2, 1, 7, 0]
