"""What pages cost in the whole demo, for everybody whom it has: every place of the side bar, and
one page of each kind that links lead to. And no link of a page leads to a refusal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from time import process_time
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from bot.app.core import open_core
from bot.app.settings import Settings
from bot.demo.start import _personas
from tests.attacks.hall import Hall
from tests.bot.web.reading import offered
from tests.bot.web.rules.house import browser
from tests.bot.web.test_first_day import MOST_BYTES, MOST_ON_HOME, MOST_STATEMENTS, costs
from tests.bot.web.test_places import paths
from tests.journeys.test_every_form import kind_of

MOST_SECONDS = 0.1
"""Of the processor, for one page that has been opened before."""

_TRIES = 5
"""The fastest is what a page costs: what else runs on the machine only ever adds to it. One that
is fast enough is measured no more."""

LAUNCH = "/desk/launch/weekly-pulse"

_FEWEST_KINDS = 40
"""Kinds of pages that the CTO gets to, at least: else links were not followed."""


def most_on(path: str) -> int:
    """Statements that a page may take."""
    return MOST_ON_HOME if path == "/" else MOST_STATEMENTS


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
        failed = page.status_code >= 500 or page.status_code == 403
        wrong = failed or (path in places and page.status_code != 200)
        if wrong or dear:
            told = f"{page.status_code}, {len(page.content)} bytes, {statements} statements"
            found.append(f"{persona} {path}: {told}")
        waiting += links_on(page)
    return found, kinds


async def seconds(client: httpx.AsyncClient, path: str) -> float:
    """Of the processor, that a page takes once it has been opened before."""
    assert (await client.get(path)).status_code == 200, path
    fastest = float("inf")
    for _ in range(_TRIES):
        began = process_time()
        await client.get(path)
        fastest = min(fastest, process_time() - began)
        if fastest <= MOST_SECONDS:
            break
    return fastest


async def refused(client: httpx.AsyncClient, persona: str, places: list[str]) -> list[str]:
    """Each link of a place that its reader may not follow."""
    found, followed = list[str](), set[str]()
    for place in places:
        for path in links_on(await client.get(place)):
            if path not in followed and (await client.get(path)).status_code == 403:
                found.append(f"{persona} {place}: leads to {path}, which refuses")
            followed.add(path)
    return found


async def everybody(demo: Settings) -> AsyncIterator[tuple[str, httpx.AsyncClient, list[str]]]:
    """Each persona of the demo, signed in, with the places that they have."""
    async with open_core(demo) as core:
        town = Hall(core, core.now)  # type: ignore[arg-type]  # its clock is ours
        for persona in await _personas(core):
            person = await core.store.read(lambda tx, one=persona: tx.person(one.person))
            assert person is not None
            async with browser(town, person.email) as client:
                yield persona.key, client, sorted(await paths(town, person.email))


@pytest.mark.prove
@pytest.mark.timeout(900)
async def test_the_pages_of_the_whole_demo_are_cheap(demo: Settings) -> None:
    found = list[str]()
    async for key, client, places in everybody(demo):
        dear, kinds = await too_dear(client, key, places)
        assert key != "cto" or len(kinds) >= _FEWEST_KINDS
        found += dear
    assert not found, "\n".join(found)


@pytest.mark.prove
@pytest.mark.timeout(900)
async def test_no_place_of_the_demo_leads_to_a_refusal(demo: Settings) -> None:
    found = list[str]()
    async for key, client, places in everybody(demo):
        found += await refused(client, key, places)
    assert not found, "\n".join(found)


@pytest.mark.prove
@pytest.mark.timeout(900)
async def test_no_place_of_the_demo_takes_longer_than_a_tenth_of_a_second(demo: Settings) -> None:
    """And no step of a launch, which tells how many of all 7,000 people it would ask."""
    taken = dict[str, float]()
    async for key, client, places in everybody(demo):
        for path in places:
            taken[f"{key} {path}"] = await seconds(client, path)
        if key == "cto":
            form = offered((await client.get(LAUNCH)).text).form(LAUNCH)
            await client.post(LAUNCH, data={**form.data, "do": "look"})
            for step in ("whom", "when", "check"):
                path = f"{LAUNCH}?step={step}"
                taken[f"{key} {path}"] = await seconds(client, path)
    assert any(LAUNCH in one for one in taken)
    slow = [f"{one}: {took:.3f} s" for one, took in taken.items() if took > MOST_SECONDS]
    assert not slow, "\n".join(slow)
