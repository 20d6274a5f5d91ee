"""Who speaks, and the tenant's people through a Graph that behaves."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.teams.connector import Connector
from bot.teams.directory import Directory, account_of
from bot.teams.graph import Member, members
from tests.stand_ins.teams import TeamsStandIn


@pytest.fixture
async def teams() -> AsyncIterator[TeamsStandIn]:
    async with TeamsStandIn() as stand_in:
        yield stand_in


@pytest.fixture
async def connector(teams: TeamsStandIn) -> AsyncIterator[Connector]:
    made = Connector(teams.settings())
    yield made
    await made.close()


async def test_an_account_is_looked_up_once(teams: TeamsStandIn, connector: Connector) -> None:
    ana = teams.person("Ana Silva")
    directory = Directory(connector)
    first = await directory.who(teams.activity(ana, type="message"))
    teams.people.clear()  # a second look-up would find nobody
    again = await directory.who(teams.activity(ana, type="message"))
    assert first == again
    assert first.email == "ana.silva@district.example.org"
    assert (first.workspace, first.user) == (teams.tenant, ana.user)


async def test_a_look_up_that_fails_is_tried_again_the_next_time(
    teams: TeamsStandIn, connector: Connector
) -> None:
    ana = teams.person("Ana Silva")
    known = dict(teams.people)
    teams.people.clear()
    directory = Directory(connector)
    unknown = await directory.who(teams.activity(ana, type="message"))
    assert (unknown.email, unknown.guest) == (None, False)
    teams.people.update(known)
    assert (await directory.who(teams.activity(ana, type="message"))).email == ana.email


async def test_an_account_without_an_object_id_is_a_guest(
    teams: TeamsStandIn, connector: Connector
) -> None:
    ana = teams.person("Ana Silva")
    activity = teams.activity(ana, type="message") | {"from": {"id": "29:x"}}
    assert (await Directory(connector).who(activity)).guest


@pytest.mark.parametrize(
    ("member", "email", "guest"),
    [
        ({"email": "A@b.org", "userPrincipalName": "a@b.org"}, "a@b.org", False),
        ({"userPrincipalName": "a@b.org"}, "a@b.org", False),
        ({"email": "a@b.org", "userRole": "guest"}, "a@b.org", True),
        ({"email": "a@b.org", "userPrincipalName": "a_b#ext#@c.org"}, "a@b.org", True),
        ({"userRole": "anonymous"}, None, True),
        ([], None, False),
    ],
)
def test_a_member_is_read_as_the_connector_tells_it(
    member: object, email: str | None, guest: bool
) -> None:
    account = account_of(member)
    assert (account.email, account.guest) == (email, guest)


# Deprecated classes inside Microsoft's generated client warn when they are loaded.
@pytest.mark.filterwarnings("ignore:GetQueryParameters is deprecated:DeprecationWarning:kiota_")
@pytest.mark.filterwarnings("ignore:This class is deprecated:DeprecationWarning:msgraph")
async def test_the_tenants_people_are_read_page_by_page(
    teams: TeamsStandIn, connector: Connector
) -> None:
    for name in ("Ana Silva", "Ben Ito", "Cleo Diaz", "Dana Lee", "Eve Ng"):
        teams.person(name)
    teams.person("Gil", "gil@elsewhere.example", guest=True)
    found = [member async for member in members(connector)]
    assert len(found) == 6
    assert found[0] == Member(
        user=next(user for user, one in teams.people.items() if one.name == "Ana Silva"),
        email="ana.silva@district.example.org",
        name="Ana Silva",
        enabled=True,
        guest=False,
    )
    assert [member.name for member in found if member.guest] == ["Gil"]
    assert {asked["scope"] for asked in teams.token_requests} == {
        "https://graph.microsoft.com/.default"
    }
