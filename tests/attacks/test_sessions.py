"""Sessions end when they must, wherever their cookie is; and no form is taken without its token."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import update
from starlette.routing import Route

from bot.web import keeping
from bot.web.routes import web_routes
from bot.web.sessions import read_session
from governance.links import ANONYMOUS, COLLECT
from storage.tables import person as person_table
from tests.attacks.visiting import send, signed_in, stranger, token
from tests.journeys.running import Running, running
from tests.journeys.town import CTO, TEACHER, settle
from tests.stand_ins.openid import OpenIdStandIn


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Running]:
    async with running(tmp_path, settle(staff=5), session_idle_minutes=30) as found:
        yield found


async def is_in(client: httpx.AsyncClient) -> bool:
    return (await client.get("/")).status_code == 200


async def test_a_stolen_cookie_is_dead_after_signing_out(service: Running) -> None:
    async with signed_in(service, TEACHER) as client, stranger(service) as thief:
        thief.cookies.update(dict(client.cookies))
        assert await is_in(thief)
        out = await send(client, "/signout")
        assert (out.status_code, out.headers["location"]) == (303, "/signed-out")
        assert not await is_in(thief)
        await service.restart()
        assert not await is_in(thief)


async def test_signing_out_of_one_device_leaves_the_others_and_of_all_none(
    service: Running,
) -> None:
    async with (
        signed_in(service, TEACHER) as one,
        signed_in(service, TEACHER) as two,
        signed_in(service, TEACHER) as three,
        signed_in(service, CTO) as another,
    ):
        await send(one, "/signout")
        assert await is_in(two)
        assert "Sign out on all devices" in (await two.get("/")).text
        await send(two, "/signout/everywhere")
        assert not await is_in(two)
        assert not await is_in(three)
        assert await is_in(another), "everybody else stays"


async def test_a_session_is_a_new_one_at_each_sign_in_and_the_old_one_ends(
    service: Running,
) -> None:
    async with signed_in(service, TEACHER) as client, stranger(service) as thief:
        thief.cookies.update(dict(client.cookies))
        page = await client.get(await service.signin_url(TEACHER))
        fields = dict(re.findall(r'name="(csrf|token|next)" value="([^"]*)"', page.text))
        assert (await client.post("/signin", data=fields)).status_code == 303
        assert await is_in(client)
        assert not await is_in(thief)


async def test_leaving_the_roster_ends_it_at_once(service: Running) -> None:
    async with signed_in(service, TEACHER) as client:
        gone = update(person_table).where(person_table.c.email == TEACHER).values(active=False)
        await service.core.store.write(lambda tx: tx.connection.execute(gone) and None)
        assert not await is_in(client)


async def test_a_session_ends_when_nobody_uses_it_and_after_its_hours_in_any_case(
    service: Running,
) -> None:
    async with signed_in(service, TEACHER) as client:
        for _ in range(25):
            service.clock.forward(minutes=28)
            assert await is_in(client), "whoever is here stays"
        service.clock.forward(minutes=28)
        assert not await is_in(client), "twelve hours are over"
    async with signed_in(service, TEACHER) as client:
        service.clock.forward(minutes=31)
        assert not await is_in(client)


async def test_what_the_database_holds_signs_nobody_in(service: Running, tmp_path: Path) -> None:
    async with signed_in(service, TEACHER) as client:
        cookie = client.cookies[keeping.SESSION]
        held = await asyncio.to_thread(bytes_of, tmp_path)
    session = read_session(service.core.vault.key("web"), cookie, service.clock(), 12)
    assert session is not None
    assert len(session.key) >= 32
    assert hashlib.sha256(session.key.encode()).hexdigest().encode() in held
    assert session.key.encode() not in held


def bytes_of(folder: Path) -> bytes:
    """The database with its log."""
    return b"".join(path.read_bytes() for path in folder.rglob("*.sqlite3*"))


# -- forms ----------------------------------------------------------------------------------------


def routes(service: Running) -> Iterator[str]:
    """Every address of the pages, with something in the place of what it names."""
    house = service.house
    for route in web_routes(house.core.dispatch, house.web, house.pages):
        if isinstance(route, Route) and route.path != "/accent.css":
            yield re.sub(
                r"{(\w+)}",
                lambda found: "0" if found[1] == "page" else str(uuid4()),
                route.path,
            )


async def test_no_address_takes_a_form_without_this_sessions_token(tmp_path: Path) -> None:
    async with (
        OpenIdStandIn() as openid,
        running(tmp_path, settle(staff=5), **openid.settings) as service,
        signed_in(service, CTO) as client,
        signed_in(service, TEACHER) as other,
        stranger(service) as nobody,
    ):
        theirs, mine = await token(other, "/"), await token(client, "/")
        taken = 0
        for path in routes(service):
            if path.startswith((ANONYMOUS, COLLECT)):
                continue  # nobody is known there: no session stands behind its forms
            cross = {"sec-fetch-site": "cross-site"}
            without = await client.post(path, data={"x": "y"})
            if without.status_code == 405:
                continue  # it takes no form at all
            answers = [
                without,
                await client.post(path, data={"csrf": theirs}),
                await client.post(path, data={"csrf": mine}, headers=cross),
                await nobody.post(path, data={"csrf": mine}),
            ]
            refused = [answer.status_code for answer in answers]
            assert refused in ([403, 403, 403, 403], [403, 403, 403, 401]), path
            taken += 1
        assert taken >= 20, "the pages have that many forms"
        assert await is_in(client), "nothing signed them out"


async def test_nobody_is_signed_out_by_an_address_alone(service: Running) -> None:
    async with signed_in(service, TEACHER) as client:
        for path in ("/signout", "/signout/everywhere"):
            assert (await client.get(path)).status_code == 405
        assert await is_in(client)
