"""Every page that somebody of the town gets to, opened by whoever may not: a plain refusal in the
frame, with a way on, and nothing of what the page is about. It goes by kind of page."""

from __future__ import annotations

import re
from collections import defaultdict
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.responses import HTMLResponse

from bot.demo.start import _personas
from bot.web.visiting import Visit
from tests.bot.web.reading import offered
from tests.bot.web.test_kinds import FEWEST, kind_of
from tests.journeys.test_every_form import browser_at, demo, filled, said
from tests.journeys.test_places import Walker, navigation_of

pytestmark = [pytest.mark.usefixtures("quick_reader"), pytest.mark.timeout(600)]

WALKERS = ("cto", "iso", "chair", "triage", "restricted", "responder")
"""Those who get to pages that others may not open."""

OUTSIDER = "teacher"

KINDS = FEWEST.keys() - {"home"}
"""Everybody has a Home of their own."""

_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


@pytest.fixture(autouse=True)
def database() -> None:
    """SQLite, as the demo has it."""


def heading_of(page: str) -> str:
    found = _HEADING.search(page)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found.group(1))).split()) if found else ""


async def become(client: httpx.AsyncClient, person: str) -> None:
    door = offered((await client.get("/demo")).text).form("/demo/become")
    chosen = {**door.data, "person": person, "next": "/"}
    assert (await client.post("/demo/become", data=chosen)).status_code == 303


def wrong_with(refusal: httpx.Response, heading: str, known: set[str]) -> list[str]:
    """What a refusal lacks, and what it says of the page that it stands for."""
    found = []
    if refusal.text.count("<h1") != 1:
        found.append("it has not one heading of its own")
    if not navigation_of(refusal.text).get("places"):
        found.append("it has no side bar")
    main = refusal.text.partition("<main")[2].partition("</main>")[0]
    if not offered(main).links:
        found.append("there is no way on")
    if heading not in known and heading in said(refusal.text):
        found.append(f"it says “{heading}”")
    return found


async def test_every_kind_of_page_refuses_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds, headings = dict[str, str](), dict[str, str]()
    drawn = Visit.page

    async def noted(
        visit: Visit, template: str, title: str, *given: Any, **context: Any
    ) -> HTMLResponse:
        page = await drawn(visit, template, title, *given, **context)
        body = bytes(page.body).decode()
        kind = kind_of(template, context, body)
        if page.status_code == 200 and kind in KINDS:
            path = visit.request.url.path
            kinds[path], headings[path] = kind, heading_of(body)
        return page

    refusals, wrong = defaultdict[str, int](int), list[str]()
    async with demo(tmp_path, filled) as (house, url):
        people = {one.key: str(one.person) for one in await _personas(house.core)}
        with monkeypatch.context() as patched:
            patched.setattr(Visit, "page", noted)
            for key in WALKERS:
                async with browser_at(url) as client:
                    await become(client, people[key])
                    await Walker(client).everything()
        async with browser_at(url) as client, browser_at(url) as stranger:
            await become(client, people[OUTSIDER])
            known = {heading_of((await client.get(one)).text) for one in ("/", "/more")}
            for path, heading in headings.items():
                answer = await client.get(path)
                if answer.status_code == 403:
                    refusals[kinds[path]] += 1
                    wrong += [f"{path}: {one}" for one in wrong_with(answer, heading, known)]
                elif answer.status_code not in (200, 303, 404):
                    wrong.append(f"{path}: {answer.status_code}")
                answer = await stranger.get(path)
                if answer.status_code != 200 and heading in said(answer.text):
                    wrong.append(f"{path}: it says “{heading}” to nobody in particular")
    assert not wrong, "\n".join(wrong)
    assert refusals.keys() >= KINDS, dict(refusals)
    assert sum(refusals.values()) > 25, dict(refusals)
