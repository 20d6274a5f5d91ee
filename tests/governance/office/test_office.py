"""What the CTO's office looks up: the roster a page at a time, and the audit without what staff
said."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, insert, select, update

from bot.operator.operations import do
from core.lists import ROWS, ListRequest
from core.people import Platform, Role
from core.words import Words
from governance.docket.commands import AcknowledgeItem
from governance.lists.commands import WriteList
from governance.messages import Refused
from governance.office.commands import ShowAudit, ShowHealth, ShowPeople
from governance.office.lists import checked_line, person_parts, roster_lines
from governance.office.model import AuditKind, AuditView, Connection, PeopleFilter, PeopleView
from storage.ledger_tables import audit
from storage.tables import address, person
from tests.attacks.hall import Hall, hall
from tests.governance.office.counting import statements
from tests.journeys import town as here
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER
from tests.postgres import migrated_database


@pytest.fixture(params=["sqlite", "postgres"])
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        url = ""
        if request.param == "postgres":
            url = stack.enter_context(migrated_database(hasty=True))
        yield await stack.enter_async_context(hall(tmp_path, url=url))


async def people(town: Hall, **asked: Any) -> PeopleView:
    view = await town.ask(CTO, ShowPeople(asked=ListRequest(**asked)))
    assert isinstance(view, PeopleView), view
    return view


async def lines(town: Hall, **asked: Any) -> AuditView:
    view = await town.ask(CTO, ShowAudit(asked=ListRequest(**asked), check=True))
    assert isinstance(view, AuditView), view
    return view


async def changed(town: Hall, email: str, **values: Any) -> None:
    def write(tx: Any) -> None:
        tx.connection.execute(update(person).where(person.c.email == email).values(**values))

    await town.core.store.write(write)


async def copies(town: Hall, many: int) -> None:
    """So many more who are like the teacher."""

    def write(tx: Any) -> None:
        row = dict(
            tx.connection.execute(select(person).where(person.c.email == TEACHER)).mappings().one()
        )
        rows = [
            {
                **row,
                "id": UUID(int=n + 1),
                "sourced_id": f"copy-{n}",
                "email": f"copy-{n}@schools.example.org",
                "family_name": f"Zz{n:05}",
            }
            for n in range(many)
        ]
        tx.connection.execute(insert(person), rows)

    await town.core.store.write(write)


@pytest.mark.parametrize("who", [TEACHER, CHAIR, ISO])
async def test_only_the_office_of_the_cto_looks_them_up(town: Hall, who: str) -> None:
    for command in (ShowPeople(), ShowAudit(), ShowHealth()):
        assert isinstance(await town.ask(who, command), Refused), command
        assert not isinstance(await town.ask(CTO, command), Refused), command


async def test_the_roster_is_found_by_filter_search_and_column(town: Hall) -> None:
    everybody = await people(town)
    assert everybody.found.matching == everybody.found.counts[PeopleFilter.HERE]
    teachers = await people(town, filter=Role.TEACHER)
    assert {one.role for one in teachers.people} == {Role.TEACHER}
    assert teachers.found.matching == teachers.found.counts[Role.TEACHER]
    found = await people(town, search="whiteHORSE naomi")
    assert [one.email for one in found.people] == [TEACHER]
    assert [one.email for one in (await people(town, search=OFFICE)).people] == [OFFICE]
    assert (await people(town, search="100%")).people == (), "no sign of a pattern counts as one"
    last = await people(town, sort="-name")
    names = [one.name.split()[-1].lower() for one in last.people]
    assert names == sorted(names, reverse=True)
    assert (await people(town, sort="salary")).people == everybody.people, "not a column"


async def test_who_left_is_apart_and_who_has_no_chat_is_found(town: Hall) -> None:
    await changed(town, TEACHER, active=False)
    await changed(town, OFFICE, platform=Platform.SLACK)
    assert TEACHER not in {one.email for one in (await people(town, search="naomi")).people}
    gone = await people(town, filter=PeopleFilter.LEFT)
    assert [one.email for one in gone.people] == [TEACHER]
    missing = await people(town, filter=PeopleFilter.NOT_IN_CHAT)
    assert [(one.email, one.connection) for one in missing.people] == [(OFFICE, Connection.NEVER)]
    who = await here.person(town.core, OFFICE)
    row = {
        "platform": Platform.SLACK,
        "workspace": "T1",
        "user": "U1",
        "person_id": who.id,
        "conversation": "D1",
        "reachable": True,
    }
    await town.core.store.write(lambda tx: tx.connection.execute(insert(address), row))
    assert (await people(town, filter=PeopleFilter.NOT_IN_CHAT)).people == ()
    await town.core.store.write(
        lambda tx: tx.connection.execute(update(address).values(reachable=False))
    )
    (one,) = (await people(town, filter=PeopleFilter.NOT_IN_CHAT)).people
    assert one.connection is Connection.CLOSED


async def test_one_person_opens_with_reach_lists_and_committees_alone(town: Hall) -> None:
    await town.ask(CTO, WriteList(name="Pilots", addresses=f"{CHAIR}\n{TEACHER}"))
    await town.item(CHAIR, "The bell in the gym rings twice.")
    (line,) = (await people(town, search=CHAIR)).people
    opened = (await people(town, search=CHAIR, row=str(line.id))).opened
    assert opened is not None
    assert opened.lists == (("pilots", "Pilots"),)
    assert any(leads for _, leads in opened.committees)
    said = repr(person_parts(Words(), opened))
    assert "Pilots" in said
    assert CHAIR in said
    assert "bell" not in said
    assert "survey" not in said.lower()


async def test_seven_thousand_cost_no_statement_more(town: Hall) -> None:
    few, view = await statements(town, CTO, ShowPeople())
    await copies(town, 7_000)
    many, grown = await statements(town, CTO, ShowPeople())
    assert many == few <= 25
    assert len(grown.people) == ROWS
    assert grown.found.matching == view.found.matching + 7_000
    page = await people(town, search="zz0", page=1)
    assert [one.name for one in page.people][:1] == ["Naomi Zz00020"]
    began = time.process_time()
    await people(town, search="naomi zz", sort="-building", page=7)
    assert time.process_time() - began < 1, "far from what a page may take, on a busy machine"


async def test_the_last_import_says_what_it_changed(town: Hall, tmp_path: Path) -> None:
    staff = tmp_path / "people.csv"
    staff.write_text(
        "sourced_id,email,given_name,family_name,role,building\n"
        "new-1,new@schools.example.org,Nora,Newland,teacher,box-elder-elementary\n"
        f",{CTO},Ramona,Castellanos,administrator,box-elder-elementary\n",
        encoding="utf-8",
    )
    told = await do(
        town.core, "people-import", {"source": str(staff), "apply": True, "confirmed": True}
    )
    assert told.ok, told
    view = await people(town)
    assert view.imported is not None
    assert view.imported.left > 0
    (line,) = roster_lines(Words(), view)
    assert "from a CSV file" in line
    assert f"{view.imported.left:,} left" in line


async def test_the_audit_lists_what_offices_did_and_nothing_of_what_staff_said(town: Hall) -> None:
    item = await town.item(TEACHER, "The portables have no Wi-Fi after lunch.")
    await town.ask(CHAIR, AcknowledgeItem(item_id=item))
    await town.ask(CTO, WriteList(name="Pilots", addresses=TEACHER))
    view = await lines(town)
    said = [one.what for one in view.lines]
    assert "list pilots imported: 1 people" in said
    assert not [one for one in said if one.startswith(("acknowledged", "answered", "signed in"))]
    (mine,) = [one for one in view.lines if one.what.startswith("list pilots")]
    assert (mine.by, mine.kind) == ("Ramona Castellanos", AuditKind.OPERATION)
    of_lists = await lines(town, filter=AuditKind.OPERATION, search="castellanos PILOTS")
    assert [one.number for one in of_lists.lines] == [mine.number]
    assert (await lines(town, filter=AuditKind.TRAINING)).lines == ()
    assert view.found.matching == view.found.counts[""] < view.length


async def test_every_entry_that_names_an_item_or_a_sign_in_stays_off_the_list(town: Hall) -> None:
    """Whatever they say: only what is known to be no one's words is listed."""

    def write(tx: Any) -> None:
        for what in (
            "acknowledged",
            "opened something sensitive",
            "disclosed unredacted to responder-safety",
            "records hold put on feedback",
            "what was taken out was corrected by its author",
            "signed in (link)",
            "a phrase that nobody thought of",
        ):
            tx.audit(None, what, None, town.clock())

    before = (await lines(town)).found.matching
    await town.core.store.write(write)
    assert (await lines(town)).found.matching == before


async def test_the_check_says_which_entry_is_broken(town: Hall) -> None:
    view = await lines(town)
    assert "intact" in checked_line(Words(), view)
    assert (await town.ask(CTO, ShowAudit())).checked is None, "only where it is asked for"

    def tamper(tx: Any) -> None:
        tx.connection.execute(update(audit).where(audit.c.number == 1).values(what="nothing"))

    await town.core.store.write(tamper)
    assert "broken at entry 1" in checked_line(Words(), await lines(town))


async def test_a_long_audit_costs_no_statement_more(town: Hall) -> None:
    few, _ = await statements(town, CTO, ShowAudit())

    def write(tx: Any) -> None:
        last = tx.connection.execute(select(func.max(audit.c.number))).scalar_one() or 0
        rows = [
            {"number": last + n, "at": town.clock(), "what": "rule drafted, version 1", "chain": ""}
            for n in range(1, 501)
        ]
        tx.connection.execute(insert(audit), rows)

    await town.core.store.write(write)
    many, view = await statements(town, CTO, ShowAudit())
    assert many == few <= 25
    assert len(view.lines) == ROWS
