"""What pages cost in the whole demo, for everybody whom it has: every place of the side bar, and
one page of each kind that links lead to."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from bot.app.core import Core, open_core
from bot.app.settings import load_settings
from bot.demo.start import _personas, _prepare
from tests.attacks.hall import Hall
from tests.bot.web.reading import offered
from tests.bot.web.rules.house import browser
from tests.bot.web.test_first_day import MOST_BYTES, MOST_ON_HOME, MOST_STATEMENTS, costs
from tests.bot.web.test_places import paths
from tests.journeys.test_every_form import kind_of

ON_EARLIER_MESSAGES = 30
"""Each kind of message reads what it is about: of few kinds it is far less."""

_FEWEST_KINDS = 40
"""Kinds of pages that the CTO gets to, at least: else links were not followed."""


def most_on(path: str) -> int:
    """Statements that a page may take."""
    if path == "/":
        return MOST_ON_HOME
    if path == "/earlier":
        return ON_EARLIER_MESSAGES
    return MOST_STATEMENTS


def links_on(page: httpx.Response) -> list[str]:
    """Paths of ours that a page leads to."""
    found = (urlsplit(urljoin(str(page.url), one)) for one in offered(page.text).links)
    return [
        one.path
        for one in found
        if one.netloc == "testserver" and not one.path.startswith(("/demo", "/signout"))
    ]


async def too_dear(
    client: httpx.AsyncClient, persona: str, places: list[str]
) -> tuple[list[str], set[str]]:
    """Each page that takes more than it may, once it has been opened before; and the kinds of all
    that were opened."""
    found, kinds, waiting = list[str](), set[str](), list(places)
    opened = set[str]()
    while waiting:
        path = waiting.pop(0)
        if path in opened or (path not in places and kind_of(path) in kinds):
            continue
        opened.add(path)
        kinds.add(kind_of(path))
        first = await client.get(path)
        if "text/html" not in first.headers.get("content-type", ""):
            continue
        page, statements = await costs(client, path)
        dear = len(page.content) > MOST_BYTES or statements > most_on(path)
        # A link may lead to a page that refuses; a place and what fails never may.
        wrong = page.status_code >= 500 or (path in places and page.status_code != 200)
        if wrong or dear:
            told = f"{page.status_code}, {len(page.content)} bytes, {statements} statements"
            found.append(f"{persona} {path}: {told}")
        waiting += links_on(page)
    return found, kinds


@pytest.mark.prove
@pytest.mark.timeout(900)
async def test_the_pages_of_the_whole_demo_are_cheap(tmp_path: Path) -> None:
    settings = load_settings(database_url=f"sqlite:///{tmp_path / 'demo.sqlite3'}")
    async with open_core(settings) as core:
        await _prepare(core)
        assert not (found := await dear_pages(core)), "\n".join(found)


async def dear_pages(core: Core) -> list[str]:
    town, found = Hall(core, core.now), list[str]()  # type: ignore[arg-type]  # its clock is ours
    for one in await _personas(core):
        person = await core.store.read(lambda tx, one=one: tx.person(one.person))
        assert person is not None
        async with browser(town, person.email) as client:
            places = sorted(await paths(town, person.email))
            dear, kinds = await too_dear(client, one.key, places)
        assert one.key != "cto" or len(kinds) >= _FEWEST_KINDS
        found += dear
    return found
