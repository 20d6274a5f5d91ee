"""The pages over a real database, with somebody signed in or nobody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from uuid import UUID

import httpx
from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from bot.app.doorkeeping import Doorkeeper
from bot.app.downloads import note_download
from bot.app.unsent_forms import StoredForms
from bot.web import keeping
from bot.web.navigation import Usable, usable
from bot.web.routes import web_error_handler, web_routes
from bot.web.sessions import new_session, write_session
from bot.web.settings import PagePorts, WebSettings
from governance.committees.model import RuleSettings
from governance.home.waits import Waits
from governance.people.ways_in import How
from tests.attacks.hall import Hall
from tests.bot.web.site import SECRET, visitor
from tests.journeys.town import person

SETTINGS = WebSettings(
    web_url="http://testserver", secret=SECRET, district="Lincoln Valley Public Schools"
)


def pages(town: Hall, settings: WebSettings = SETTINGS) -> Starlette:
    async def never(_: str) -> bool:
        return False

    async def nobody(_: UUID) -> None:
        return None

    async def personas() -> tuple[()]:
        return ()

    async def places(person_id: UUID, counted: Waits | None) -> tuple[Usable, ...]:
        return await town.core.store.read(
            lambda tx: usable(tx, person_id, town.core.now(), counted)
        )

    ports = PagePorts(
        now=town.core.now,
        consume_signin=never,
        name_of=nobody,
        door=Doorkeeper(town.core),
        personas=personas,
        places=places,
        unsent=StoredForms(town.core),
        note_download=partial(note_download, town.core),
    )
    return Starlette(
        routes=web_routes(town.core.dispatch, settings, ports),
        exception_handlers={HTTPException: web_error_handler(town.core.dispatch, settings, ports)},
    )


async def cookie(town: Hall, email: str) -> str:
    """A session of somebody."""
    who = await person(town.core, email)
    key = await Doorkeeper(town.core).begin(who.id, How.LINK)
    return write_session(SECRET, new_session(who.id, town.core.now(), key))


@asynccontextmanager
async def browser(town: Hall, email: str = "") -> AsyncIterator[httpx.AsyncClient]:
    """Somebody's, or with an empty address nobody's."""
    async with visitor(pages(town)) as client:
        if email:
            client.cookies.set(keeping.SESSION, await cookie(town, email))
        yield client


async def publish_to_everybody(town: Hall) -> None:
    """The district wants its rules to be read without signing in."""
    district = await town.core.store.read(lambda tx: tx.district())
    changed = replace(district, rules=RuleSettings(public=True))
    await town.core.store.write(lambda tx: tx.put_district(changed, tx.examples(), town.clock()))
