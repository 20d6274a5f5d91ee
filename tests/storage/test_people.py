"""The roster: who came, changed and left; whom an audience means; where somebody is reached."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from time import process_time
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.people import STAFF_ROLES, Audience, Level, Person, Platform, Role
from governance.committees.model import Office
from governance.lists.model import NamedList
from storage import migrating
from storage.connection import Surroundings
from storage.importing import RosterChange
from storage.store import Store
from storage.transaction import Transaction
from storage.vault import Vault
from tests.postgres import migrated_database
from tests.storage.stores import SECRET, empty_store, import_people, row, rows

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with empty_store(tmp_path) as found:
        yield found


async def take_in(
    store: Store, roster: list[dict[str, Any]], *, apply: bool = True
) -> RosterChange:
    return await store.write(lambda tx: import_people(tx, roster, apply=apply))


def change(added: int = 0, changed: int = 0, left: int = 0, same: int = 0) -> RosterChange:
    return RosterChange(added=added, changed=changed, left=left, same=same)


async def ids(store: Store) -> dict[str, UUID]:
    """Active people by name."""

    def found(tx: Transaction) -> dict[str, UUID]:
        return {one.name: one.id for one in tx.people_of(Audience())}

    return await store.read(found)


async def by_email(store: Store, number: int) -> Person | None:
    email = f"person{number}@schools.example.org"
    return await store.read(lambda tx: tx.person_by_email(email))


# -- imports ------------------------------------------------------------------------------------


async def test_people_come_change_stay_and_leave(store: Store) -> None:
    assert await take_in(store, rows(3)) == change(added=3)
    after = [row(0), row(1, building="b-2"), row(3)]
    assert await take_in(store, after) == change(added=1, changed=1, left=1, same=1)
    gone = await by_email(store, 2)
    assert gone is not None
    assert not gone.active
    assert await take_in(store, after) == change(same=3)


async def test_the_language_that_somebody_chose_outlives_every_import(store: Store) -> None:
    await take_in(store, [row(0, locale="en"), row(1, locale="en")])
    first = await by_email(store, 0)
    assert first is not None
    await store.write(lambda tx: tx.choose_language(first.id, "es"))
    assert await take_in(store, [row(0, locale="en"), row(1, locale="es-MX")]) == change(
        changed=1, same=1
    )
    await take_in(store, [row(0, locale="fr", building="b-2"), row(1, locale="es-MX")])
    chose, told = await by_email(store, 0), await by_email(store, 1)
    assert chose is not None
    assert told is not None
    assert (chose.locale, chose.building, told.locale) == ("es", "b-2", "es-MX")


async def test_a_dry_run_tells_the_same_and_changes_nothing(store: Store) -> None:
    await take_in(store, rows(3))
    before = await ids(store)
    after = [row(0), row(1, building="b-2"), row(3)]
    told = await take_in(store, after, apply=False)
    assert await ids(store) == before
    assert await take_in(store, after) == told


async def test_who_comes_back_is_the_same_person(store: Store) -> None:
    await take_in(store, rows(2))
    before = await ids(store)
    await take_in(store, rows(1))
    assert len(await ids(store)) == 1
    assert await take_in(store, rows(2)) == change(changed=1, same=1)
    assert await ids(store) == before


@pytest.mark.parametrize(
    "changed",
    [
        {"email": "married@schools.example.org"},
        {"email": "married@schools.example.org", "family_name": "Married"},
        {"family_name": "Married", "given_name": "Another"},
        {"sourced_id": "new-system-77"},
        {"sourced_id": "new-system-77", "family_name": "Married"},
    ],
)
async def test_somebody_stays_the_same_person_when_two_of_three_agree(
    store: Store, changed: dict[str, str]
) -> None:
    await take_in(store, rows(2))
    before = await by_email(store, 1)
    assert before is not None
    assert await take_in(store, [row(0), row(1, **changed)]) == change(changed=1, same=1)
    after = await store.read(lambda tx: tx.person(before.id))
    assert after is not None
    assert after == replace(before, **changed)


async def test_two_who_swap_addresses_stay_who_they_are(store: Store) -> None:
    await take_in(store, rows(2))
    before = await ids(store)
    one, two = row(0, email=row(1)["email"]), row(1, email=row(0)["email"])
    assert await take_in(store, [one, two]) == change(changed=2)
    assert await ids(store) == before
    found = await by_email(store, 0)
    assert found is not None
    assert found.name == "Given1 Family1"


async def test_three_who_pass_their_identifiers_round_stay_who_they_are(store: Store) -> None:
    await take_in(store, rows(3))
    before = await ids(store)
    moved = [row(n, sourced_id=f"s-{(n + 1) % 3}") for n in range(3)]
    assert await take_in(store, moved) == change(changed=3)
    assert await ids(store) == before


@pytest.mark.parametrize("left_before", [True, False])
@pytest.mark.parametrize("reused", ["sourced_id", "email"])
async def test_a_newcomer_with_a_used_identifier_or_address_is_somebody_else(
    store: Store, reused: str, left_before: bool
) -> None:
    await take_in(store, rows(2))
    before = await by_email(store, 1)
    assert before is not None
    if left_before:
        await take_in(store, rows(1))
    newcomer = row(9, **{reused: row(1)[reused]})
    expected = change(added=1, same=1, left=0 if left_before else 1)
    assert await take_in(store, [row(0), newcomer]) == expected
    new = await store.read(lambda tx: tx.person_by_email(newcomer["email"]))
    assert new is not None
    assert new.id != before.id, "their inbox is not the newcomer's"
    former = await store.read(lambda tx: tx.person(before.id))
    assert former is not None
    assert not former.active
    assert await take_in(store, [row(0), newcomer]) == change(same=2), "and it stays so"


async def test_a_namesake_with_the_address_of_one_who_left_needs_the_whole_name(
    store: Store,
) -> None:
    await take_in(store, rows(2))
    await take_in(store, rows(1))
    half = row(9, email=row(1)["email"], family_name=row(1)["family_name"])
    assert (await take_in(store, [row(0), half])).added == 1


@given(
    st.lists(st.lists(st.tuples(*(st.integers(0, 5) for _ in range(4))), max_size=6), max_size=5)
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_import_ends_in_a_fault_or_in_two_active_people_of_one_address(
    blank: Transaction, imports: list[list[tuple[int, int, int, int]]]
) -> None:
    point = blank.connection.begin_nested()
    for one in imports:
        unique: dict[int, tuple[int, int, int, int]] = {}
        for who in one:
            if who[1] not in {kept[1] for kept in unique.values()}:
                unique.setdefault(who[0], who)
        roster = [
            row(0, sourced_id=f"s-{s}", email=f"{e}@x", given_name=f"G{g}", family_name=f"F{f}")
            for s, e, g, f in unique.values()
        ]
        told = import_people(blank, roster)
        assert told.added + told.changed + told.same == len(roster)
        active = {person.email for person in blank.people_of(Audience())}
        assert active == {one["email"] for one in roster}
    point.rollback()


async def test_seven_thousand_are_taken_in_within_a_second_or_two(store: Store) -> None:
    began = process_time()  # of processor time: a busy machine is no fault
    await take_in(store, rows(7000))
    await take_in(store, [row(n, building="b-2") for n in range(7000)])
    took = process_time() - began
    print(f"two imports of 7,000: {took:.2f} s of processor time")
    assert took < 10


# -- duties -------------------------------------------------------------------------------------


async def test_duties_are_replaced_and_unknown_people_left_out(store: Store) -> None:
    await take_in(store, rows(3))
    first = [
        ("office", "cto", row(0)["email"], 0),
        ("office", "cto", row(1)["email"], 1),
        ("office", "cto", "nobody@schools.example.org", 2),
        ("chair", "network", row(1)["email"], 0),
        ("member", "library", row(1)["email"], 2),
    ]
    await store.write(lambda tx: tx.assign_duties(first))

    def seen(tx: Transaction) -> tuple[list[str], frozenset[str], frozenset[str]]:
        one = tx.person_by_email(row(1)["email"])
        assert one is not None
        standing = tx.standing(one.id)
        return [p.email for p in tx.holders(Office.CTO)], standing.leads, standing.sits

    assert await store.read(seen) == (
        [row(0)["email"], row(1)["email"]],
        frozenset({"network"}),
        frozenset({"network", "library"}),
    )
    await store.write(lambda tx: tx.assign_duties(first[:1]))
    assert await store.read(seen) == ([row(0)["email"]], frozenset(), frozenset())


async def test_when_the_holder_left_the_deputy_stands_first(store: Store) -> None:
    await take_in(store, rows(2))
    duties = [("office", "cto", row(n)["email"], n) for n in range(2)]
    await store.write(lambda tx: tx.assign_duties(duties))
    await take_in(store, [row(1)])
    held = await store.read(lambda tx: tx.holders(Office.CTO))
    assert [one.email for one in held] == [row(1)["email"]]


# -- addresses ------------------------------------------------------------------------------------


async def test_an_address_is_found_again_and_can_be_given_to_another(store: Store) -> None:
    await take_in(store, rows(2))

    def note(tx: Transaction, number: int) -> None:
        person = tx.person_by_email(row(number)["email"])
        assert person is not None
        tx.note_address(
            person,
            platform=Platform.SLACK,
            workspace="T1",
            user="U1",
            conversation="U1",
            service_url=None,
            reachable=True,
        )

    def whose(tx: Transaction) -> str | None:
        found = tx.person_by_address(Platform.SLACK, "T1", "U1")
        return found.email if found else None

    assert await store.read(whose) is None
    for number in (0, 0, 1):
        await store.write(lambda tx, n=number: note(tx, n))
        assert await store.read(whose) == row(number)["email"]
    others = ((Platform.TEAMS, "T1", "U1"), (Platform.SLACK, "T2", "U1"))
    for platform, workspace, user in others:
        assert (
            await store.read(
                lambda tx, p=platform, w=workspace, u=user: tx.person_by_address(p, w, u)
            )
            is None
        )


# -- audiences: the rule and its SQL are one ----------------------------------------------------

BUILDINGS, COMMITTEES = ["b-1", "b-2", "b-3"], ["network", "library"]
LISTS = ("powerschool", "new-staff")


@pytest.fixture(scope="module")
def connected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path_factory.mktemp('people') / 'people.sqlite3'}"
    store = Store(url, Surroundings(vault=Vault(SECRET)))
    migrating.upgrade(store.engine)
    yield store
    store.engine.dispose()


@pytest.fixture(scope="module")
def blank(connected: Store) -> Iterator[Transaction]:
    """One transaction on an empty database that is never committed."""
    with connected.engine.connect() as connection:
        yield Transaction(connection, Surroundings(vault=Vault(SECRET)))


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def crowd(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Transaction]:
    """Somebody of every role, level and building, some of whom left, some on committees."""
    if request.param == "postgres":
        with migrated_database(hasty=True) as url:
            yield from _crowded(Store(url, Surroundings(vault=Vault(SECRET))))
        return
    url = f"sqlite:///{tmp_path_factory.mktemp('crowd') / 'crowd.sqlite3'}"
    store = Store(url, Surroundings(vault=Vault(SECRET)))
    migrating.upgrade(store.engine)
    yield from _crowded(store)


def _crowded(store: Store) -> Iterator[Transaction]:
    with store.engine.connect() as connection:
        tx = Transaction(connection, Surroundings(vault=Vault(SECRET)))
        import_people(
            tx,
            [
                row(number, role=role, level=level, building=building, active=number % 5 != 4)
                for number, (role, level, building) in enumerate(product(Role, Level, BUILDINGS))
            ],
        )
        tx.assign_duties(
            (duty, key, row(number)["email"], 0)
            for number in range(0, 72, 7)
            for duty, key in (
                ("member", COMMITTEES[number % 2]),
                ("chair" if number % 3 else "office", "network" if number % 3 else "cto"),
            )
        )
        for turn, key in enumerate(LISTS):
            tx.put_list(NamedList(key=key, name=key))
            emails = [row(number)["email"] for number in range(turn, 72, 5)]
            tx.put_list_members(key, tx.ids_by_email(emails).values())
        yield tx
    store.engine.dispose()


some_people = st.frozensets(st.sampled_from([row(n)["email"] for n in range(0, 72, 5)]))
audiences = st.builds(
    Audience,
    roles=st.frozensets(st.sampled_from(Role), max_size=3),
    levels=st.frozensets(st.sampled_from(Level), max_size=2),
    buildings=st.frozensets(st.sampled_from(BUILDINGS), max_size=2),
    committees=st.frozensets(st.sampled_from(COMMITTEES)),
    lists=st.frozensets(st.sampled_from((*LISTS, "gone"))),
    people=some_people,
    except_people=some_people,
    except_committees=st.frozensets(st.sampled_from(COMMITTEES), max_size=1),
    except_buildings=st.frozensets(st.sampled_from(BUILDINGS), max_size=1),
)


@given(audiences)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_audience_chooses_the_same_people_in_sql_and_in_words(
    crowd: Transaction, audience: Audience
) -> None:
    everybody = [
        found
        for number in range(72)
        if (found := crowd.person_by_email(row(number)["email"])) is not None
    ]
    assert len(everybody) == len(Role) * len(Level) * len(BUILDINGS)
    by_rule = {
        p.id
        for p in everybody
        if audience.includes(p, crowd.committees_of(p.id), crowd.lists_of(p.id))
    }
    assert {p.id for p in crowd.people_of(audience)} == by_rule


def test_everybody_is_all_active_staff(crowd: Transaction) -> None:
    people = crowd.people_of(Audience())
    assert {p.role for p in people} == STAFF_ROLES
    assert all(p.active for p in people)
    assert crowd.roster_count(Role.TEACHER, Level.MIDDLE) == sum(
        p.role is Role.TEACHER and p.level is Level.MIDDLE for p in people
    )
