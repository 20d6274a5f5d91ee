"""The roster follows the tenant's accounts: what Graph says changed, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlalchemy import update

from bot.app.core import Core, open_core
from bot.app.settings import Settings
from bot.operator.operations import do
from bot.operator.telling import Told
from bot.rosters import graph_roster
from bot.rosters.daily_rosters import ASKED_EVERY, ask_if_due, roster_findings
from core.people import Audience, Person, Platform, Role
from governance.composing import compose
from governance.messages import Message
from governance.people.rosters import RosterRules, RosterSource, Share
from governance.upkeep.messages import RosterRefused
from storage import importing
from storage.roster_accounts import link_of
from storage.tables import person as person_table
from storage.transaction import Transaction
from storage.unavailable import DiskError
from tests.journeys.running import SECRET, MovableClock
from tests.journeys.town import TEACHER, example, settle
from tests.stand_ins.graph import GraphStandIn

pytestmark = [
    # Deprecated classes inside Microsoft's generated client warn when they are loaded.
    pytest.mark.filterwarnings("ignore:GetQueryParameters is deprecated:DeprecationWarning:kiota_"),
    pytest.mark.filterwarnings("ignore:This class is deprecated:DeprecationWarning:msgraph"),
]

OFFICE = "Antelope Run Elementary School"
NEW = "new.one@schools.example.org"
HERE = 22
"""So many people are left in the town, more than are ever told one by one: reading one account
takes Microsoft's client 12 ms."""
RULES = RosterRules(roles={"Teacher*": Role.TEACHER, "Student*": Role.STUDENT})


@dataclass
class Town:
    core: Core
    clock: MovableClock
    graph: GraphStandIn
    accounts: dict[str, str]
    """Object ids by e-mail."""

    async def sync(self, **given: object) -> Told:
        return await do(self.core, "people-import", {"source": "graph", "apply": True, **given})

    async def person(self, email: str) -> Person | None:
        return await self.core.store.read(lambda tx: tx.person_by_email(email))

    async def staff(self) -> set[str]:
        people = await self.core.store.read(lambda tx: tx.people_of(Audience()))
        return {one.email for one in people}


@asynccontextmanager
async def opened(folder: Path, rules: RosterRules = RULES) -> AsyncIterator[Town]:
    """The town, every one of whom has an account, taken in once."""
    async with GraphStandIn(page=50) as graph:
        told = graph.settings()
        settings = Settings(
            database_url=f"sqlite:///{folder / 'town.sqlite3'}",
            secret_key=SecretStr(SECRET),
            teams_app_id=told.app_id,
            teams_app_secret=SecretStr(told.app_secret),
            teams_tenant_id=told.tenant_id,
            teams_login_url=told.login_url,
            teams_graph_url=told.graph_url,
            teams_service_url=told.service_url,
            teams_service_hosts="127.0.0.1",
        )
        clock = MovableClock()
        async with open_core(settings, clock=clock) as core:
            await settle(staff=5)(core)
            district = await core.store.read(lambda tx: tx.district())
            ruled = replace(district, roster=rules)
            await core.store.write(lambda tx: tx.put_district(ruled, "", core.now()))
            await core.store.write(_thin_out)
            people = await core.store.read(lambda tx: tx.people_of(Audience()))
            assert len(people) == HERE
            accounts = {
                one.email: graph.add(
                    one.email, one.name, jobTitle=one.role.value, officeLocation=one.building
                )
                for one in people
            }
            town = Town(core, clock, graph, accounts)
            assert (await town.sync()).ok
            yield town


def _thin_out(tx: Transaction) -> None:
    """Officers, the teacher and some others stay."""
    first = [TEACHER, *(one.person for one in example().district.officers)]
    emails = dict.fromkeys([*first, *(one.email for one in tx.people_of(Audience()))])
    stay = list(emails)[:HERE]
    gone = update(person_table).where(person_table.c.email.not_in(stay))
    tx.connection.execute(gone.values(active=False))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with opened(tmp_path) as found:
        yield found


async def test_accounts_become_staff_and_everyone_else_is_counted(town: Town) -> None:
    graph = town.graph
    graph.add(NEW, "Ánh Lee", jobTitle="Teacher, Grade 3", officeLocation=OFFICE)
    graph.add("guest@elsewhere.example", "Gil Guest", userType="Guest", jobTitle="Teacher")
    graph.add("off@schools.example.org", "Off One", accountEnabled=False, jobTitle="Teacher")
    graph.add("stu@schools.example.org", "Stu Dent", jobTitle="Student aide")
    graph.add("wiz@schools.example.org", "Wiz Ard", jobTitle="Wizard", officeLocation=OFFICE)
    graph.throttle(2)
    graph.page = 2
    slept = asyncio.sleep

    async def hurried(seconds: float) -> None:
        await slept(0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.teams.roster.changes.__kwdefaults__", {"sleep": hurried})
        told = await town.sync()
    assert told.lines[0].startswith("1 added, 0 changed, 0 left")
    assert "Left out: 1 guests, 1 deactivated accounts, 1 students." in told.lines
    assert any(
        line.startswith('No role for "Wizard" (1 people, such as wiz@schools.example.org)')
        for line in told.lines
    )
    new = await town.person(NEW)
    assert new is not None
    assert (new.name, new.role, new.building) == (
        "Ánh Lee",
        Role.TEACHER,
        "antelope-run-elementary",
    )


async def test_a_word_that_is_explained_later_places_who_waited_for_it(town: Town) -> None:
    town.graph.add(NEW, "Wiz Ard", jobTitle="Wizard", officeLocation=OFFICE)
    await town.sync()
    assert await town.person(NEW) is None
    district = await town.core.store.read(lambda tx: tx.district())
    rules = replace(RULES, roles={**RULES.roles, "Wizard": Role.SUPPORT})
    ruled = replace(district, roster=rules)
    await town.core.store.write(lambda tx: tx.put_district(ruled, "", town.core.now()))
    await town.sync()
    new = await town.person(NEW)
    assert new is not None
    assert new.role is Role.SUPPORT


@pytest.mark.parametrize("how", ["deleted", "disabled", "guest", "expired"])
async def test_whoever_has_no_account_any_more_has_left(town: Town, how: str) -> None:
    teacher, here = town.accounts[TEACHER], await town.staff()
    before = await town.person(TEACHER)
    assert before is not None
    await town.core.store.write(
        lambda tx: tx.note_address(
            before,
            platform=Platform.TEAMS,
            workspace=town.graph.tenant,
            user=teacher,
            conversation="a:1",
            service_url=None,
            reachable=True,
        )
    )
    match how:
        case "disabled":
            town.graph.change(teacher, accountEnabled=False)
        case "guest":
            town.graph.change(teacher, userType="Guest")
        case _:
            town.graph.remove(teacher)
    if how == "expired":
        town.graph.expire()
    assert (await town.sync()).lines[0].startswith("0 added, 0 changed, 1 left")
    assert await town.staff() == here - {TEACHER}
    assert await town.person(TEACHER) == replace(before, active=False), "kept in past panels"
    reachable = await town.core.store.read(
        lambda tx: tx.connection.exec_driver_sql("SELECT reachable FROM address").scalars().all()
    )
    assert reachable == [False], "nobody is written to there"


async def test_a_new_address_is_the_same_person(town: Town) -> None:
    before = await town.person(TEACHER)
    assert before is not None
    town.graph.change(town.accounts[TEACHER], mail=NEW, surname="Doe")
    await town.sync()
    assert await town.person(NEW) == replace(before, email=NEW, family_name="Doe")


async def test_the_same_again_and_a_dry_run_write_nothing(town: Town) -> None:
    async def written() -> int:
        return await town.core.store.write(
            lambda tx: tx.connection.connection.driver_connection.total_changes  # type: ignore[union-attr]
        )

    before = await written()
    assert (await town.sync()).lines[0].startswith("0 added, 0 changed, 0 left")
    town.graph.remove(town.accounts[TEACHER])
    assert (await town.sync(apply=False)).lines[0].startswith("0 added, 0 changed, 1 left")
    assert await written() == before
    assert (await town.sync()).lines[0].startswith("0 added, 0 changed, 1 left")


async def test_graph_beside_another_owner_changes_only_its_own(tmp_path: Path) -> None:
    rules = replace(
        RULES,
        owns={
            RosterSource.ONEROSTER: (Share.ACTIVE, Share.ROLE, Share.BUILDING),
            RosterSource.GRAPH: (Share.NAMES, Share.LANGUAGE),
        },
    )
    async with opened(tmp_path, rules) as town:
        before = await town.person(TEACHER)
        assert before is not None
        town.graph.add(NEW, "New One", jobTitle="Teacher", officeLocation=OFFICE)
        town.graph.change(
            town.accounts[TEACHER], givenName="Nomi", jobTitle="Wizard", preferredLanguage="es-MX"
        )
        told = await town.sync()
        assert "Not on the roster, and not added: 1." in told.lines
        assert await town.person(TEACHER) == replace(before, given_name="Nomi", locale="es-MX")
        town.graph.remove(town.accounts[TEACHER])
        await town.sync()
        assert TEACHER in await town.staff(), "OneRoster says who is here"


async def test_of_two_at_once_one_takes_the_changes_in(town: Town) -> None:
    town.graph.remove(town.accounts[TEACHER])
    told = await asyncio.gather(town.sync(), town.sync())
    # The other one may come while the first is at it, or once it is done. Where it comes between
    # the people and the link that ends it, neither counts who left.
    first = [one.lines[0] for one in told]
    assert sum(one.startswith("0 added, 0 changed, 1 left") for one in first) <= 1
    known = ("Another process has just applied", "0 added, 0 changed, 0 left")
    assert sum(one.startswith(known) for one in first) >= 1
    assert TEACHER not in await town.staff()
    assert all(one.ok for one in told)


async def test_it_is_asked_once_a_day_where_the_district_says_so(tmp_path: Path) -> None:
    async with opened(tmp_path, replace(RULES, daily=(RosterSource.GRAPH,))) as town:
        town.graph.remove(town.accounts[TEACHER])
        looks = await asyncio.gather(*(ask_if_due(town.core) for _ in range(3)))
        assert sorted(looks, key=len) == [[], [], [RosterSource.GRAPH]]
        assert TEACHER not in await town.staff()
        assert await ask_if_due(town.core) == []
        town.clock.moved += ASKED_EVERY + timedelta(minutes=1)
        assert await ask_if_due(town.core) == [RosterSource.GRAPH]


async def test_a_daily_import_that_changes_nothing_is_told_to_the_operator_and_the_doctor(
    tmp_path: Path,
) -> None:
    operator = next(o.person for o in example().district.officers if o.office == "operator")
    async with opened(tmp_path, replace(RULES, daily=(RosterSource.GRAPH,))) as town:
        for user in town.accounts.values():
            town.graph.remove(user)
        here = await town.staff()
        assert await ask_if_due(town.core)
        assert await town.staff() == here

        async def told() -> list[tuple[str, Message | None]]:
            def read(tx: Transaction) -> list[tuple[str, Message | None]]:
                asked = (
                    "SELECT DISTINCT email, subject FROM person "
                    "JOIN delivery ON person.id = person_id WHERE delivery.kind = 'roster-refused'"
                )
                rows = tx.connection.exec_driver_sql(asked).all()
                now = town.core.now()
                return [
                    (email, compose(tx, "roster-refused", UUID(subject), None, None, now))
                    for email, subject in rows
                ]

            return await town.core.store.read(read)

        [(who, message)] = await told()
        assert who == operator
        assert isinstance(message, RosterRefused)
        assert "would leave" in message.why
        [(well, said)] = await roster_findings(town.core)
        assert not well
        assert "The daily import from graph changed nothing" in said
        town.clock.moved += ASKED_EVERY + timedelta(minutes=1)
        assert await ask_if_due(town.core)
        assert len(await told()) == 1, "told once for one reason"
        assert (await town.sync(confirmed=True)).ok
        town.clock.moved += ASKED_EVERY + timedelta(minutes=1)
        assert await ask_if_due(town.core)
        assert await roster_findings(town.core) == []
        assert await told() == [(operator, None)], "what still waits is no longer wanted"


@pytest.mark.parametrize("at", [2, 5])
async def test_a_sync_that_ends_early_asks_for_the_same_changes_again(
    town: Town, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """The link to ask with next is written last."""
    monkeypatch.setattr(importing, "PART", 1)
    monkeypatch.setattr(graph_roster, "PART", 1)
    graph, before = town.graph, await town.person(TEACHER)
    assert before is not None
    others = [email for email in town.accounts if email != TEACHER][:2]
    graph.change(town.accounts[TEACHER], surname="Doe")
    graph.add(NEW, "Ánh Lee", jobTitle="Teacher", officeLocation=OFFICE)
    for email in others:
        graph.remove(town.accounts[email])
    store, written = town.core.store, [0]
    real = store.write

    async def full(work: Any) -> Any:
        written[0] += 1
        if written[0] > at:
            raise DiskError("13")
        return await real(work)

    link = await store.read(lambda tx: link_of(tx, "graph"))
    with monkeypatch.context() as patch:
        patch.setattr(store, "write", full)
        told = await town.sync()
    assert not told.ok
    assert told.lines[0].endswith(
        f"{min(at, 4)} of 4 people were applied; run the same command again to complete it."
    )
    assert await store.read(lambda tx: link_of(tx, "graph")) == link
    assert (await town.sync()).ok
    assert await town.person(TEACHER) == replace(before, family_name="Doe")
    assert await town.staff() == {*town.accounts, NEW} - set(others)
    assert (await town.sync()).lines[0].startswith("0 added, 0 changed, 0 left")


async def test_half_a_tenant_gone_lets_nobody_leave(town: Town) -> None:
    here = await town.staff()
    for user in town.accounts.values():
        town.graph.remove(user)
    told = await town.sync()
    assert not told.ok
    assert "--confirm-leaving" in told.lines[0]
    assert await town.staff() == here
    assert (await town.sync(confirmed=True)).ok, "the same changes are asked for again"
    assert await town.staff() == set()
