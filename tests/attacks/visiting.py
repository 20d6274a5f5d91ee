"""A signed-in visitor without a browser, for attacks on the pages of a running service."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx

from bot.conversation import Reply, Speaker
from core.commands import Command
from core.people import Platform
from tests.journeys.running import Running
from tests.journeys.town import person


@asynccontextmanager
async def stranger(service: Running) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        base_url=service.url, headers={"accept": "text/html"}, trust_env=False, timeout=60
    ) as client:
        yield client


@asynccontextmanager
async def signed_in(service: Running, email: str) -> AsyncIterator[httpx.AsyncClient]:
    async with stranger(service) as client:
        link = urlsplit(await service.signin_url(email))
        page = await client.get(f"{link.path}?{link.query}")
        fields = dict(re.findall(r'name="(csrf|token|next)" value="([^"]*)"', page.text))
        answer = await client.post("/signin", data=fields)
        assert answer.status_code == 303, answer.text
        yield client


async def token(client: httpx.AsyncClient, path: str) -> str:
    """The form token of this session, from any page with a form."""
    found = re.search(r'name="csrf" value="([^"]+)"', (await client.get(path)).text)
    assert found is not None
    return found.group(1)


async def send(client: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    return await client.post(path, data={"csrf": await token(client, "/"), **fields})


async def ask(service: Running, email: str, command: Command) -> Reply:
    """A command through the dispatch, as somebody on the web."""
    who = await person(service.core, email)
    return await service.core.dispatch.handle(
        Speaker(platform=Platform.WEB, person=who.id), command
    )
