"""Everybody walks from Home by the side bar: nothing in it refuses them, and every list and every
page of one thing is two presses away (a place, then a link there)."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from bot.demo.start import _personas
from bot.web.navigation import MORE, ON_THE_BAR
from tests.bot.web.reading import offered
from tests.bot.web.site import stand
from tests.bot.web.test_every_page import routes
from tests.journeys.test_every_form import browser_at, demo, filled, kind_of

pytestmark = pytest.mark.usefixtures("quick_reader")

FEW = 3
"""Pages of one kind that are opened: the others differ only in whose they are."""

ELSEWHERE: Mapping[str, str] = {
    "/accent.css": "a style",
    "/said": "a part of Home",
    "/feedback/done/asked": "a part of the thank-you for a message",
    "/demo": "the demo's own",
    "/demo/help-desk": "the demo's own",
    "/signed-out": "after signing out",
    "/signin": "before signing in",
    "/signin/sent": "before signing in",
    "/signin/openid": "before signing in",
    "/say-anonymously": "for nobody in particular",
    "/collect": "for nobody in particular",
    "/collect/reply": "for nobody in particular",
    "/done": "after a survey",
    "/feedback/done": "after a message",
    "/calendar/changes.xml": "a feed",
    "/rules/feed.xml": "a feed",
}
"""Addresses that nobody walks to, and why."""

DEEPER: Mapping[str, str] = {
    "/practices/…": "for an owner, behind the question they answer",
    "/announcements/…": "as staff see it, behind its progress",
    "/desk/close/…": "a step of a survey, on its page",
    "/desk/extend/…": "a step of a survey, on its page",
    "/items/…": "opens beside its docket, behind whose title it has a page of its own",
}
"""Pages of one thing that are further away, and where they stand."""


@pytest.fixture(autouse=True)
def database() -> None:
    """SQLite, as the demo has it."""


class _Navigation(HTMLParser):
    """The links of each element ``nav``, by its class."""

    def __init__(self) -> None:
        super().__init__()
        self.links: dict[str, list[str]] = {}
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "nav":
            self._within = given.get("class", "").partition(" ")[0]
        elif tag == "a" and self._within:
            self.links.setdefault(self._within, []).append(given.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "nav":
            self._within = ""


def navigation_of(page: str) -> dict[str, list[str]]:
    reader = _Navigation()
    reader.feed(page)
    return reader.links


class Walker:
    """Somebody with a browser, who follows links alone."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._links: dict[str, set[str]] = {}

    async def links(self, path: str) -> set[str]:
        """Where a page's links lead on this site; of what is no page, nowhere."""
        if path not in self._links:
            answer = await self._client.get(path, follow_redirects=True)
            html = answer.status_code == 200 and "text/html" in answer.headers["content-type"]
            found = offered(answer.text).links if html else []
            there = (urljoin(str(answer.url), one) for one in found)
            ours = {one for one in there if one.startswith(str(self._client.base_url))}
            self._links[path] = {urlsplit(one).path for one in ours}
        return self._links[path]

    async def within(self, presses: int) -> set[str]:
        """The addresses at most so many presses from Home."""
        seen, edge = {"/"}, {"/"}
        for _ in range(presses):
            edge = {one for path in edge for one in await self.links(path)} - seen
            seen |= edge
        return seen

    async def everything(self) -> set[str]:
        """All that links lead to, few of each kind."""
        seen, waiting, often = {"/"}, ["/"], dict[str, int]()
        while waiting:
            path = waiting.pop(0)
            if path.startswith("/demo"):
                continue
            often[kind_of(path)] = often.get(kind_of(path), 0) + 1
            if often[kind_of(path)] > FEW:
                continue
            fresh = await self.links(path) - seen
            seen |= fresh
            waiting += sorted(fresh)
        return seen


def lists() -> list[str]:
    """Addresses without anything of one thing in them."""
    every = (one.path for one in routes(stand(demo=True, every_way_in=True)))
    return sorted({one for one in every if "{" not in one and one not in ELSEWHERE})


def is_of_one(kind: str) -> bool:
    """Whether it is the page of one thing, and not of a part of it."""
    return kind.endswith("…") and kind.count("…") == 1 and not kind.startswith(("/do/", "/demo"))


async def test_all_places_open_and_the_rest_is_two_presses_away(tmp_path: Path) -> None:
    refused: list[str] = []
    far: list[str] = []
    async with demo(tmp_path, filled) as (house, url):
        for one in await _personas(house.core):
            async with browser_at(url) as client:
                door = offered((await client.get("/demo")).text).form("/demo/become")
                chosen = {**door.data, "person": str(one.person), "next": "/"}
                assert (await client.post("/demo/become", data=chosen)).status_code == 303
                home = navigation_of((await client.get("/")).text)
                for path in home["places"]:
                    answer = await client.get(path)
                    if answer.status_code != 200:
                        refused.append(f"{one.key} {path}: {answer.status_code}")
                more = navigation_of((await client.get(MORE)).text)
                assert more["all-places"] == home["places"], "a phone has all of them under More"
                assert home["bar"][-1] == MORE
                assert len(home["bar"]) <= ON_THE_BAR + 1
                assert set(home["bar"][:-1]) <= set(home["places"])
                walker = Walker(client)
                near = await walker.within(2)
                for path in lists():
                    opens = (await client.get(path)).status_code == 200
                    if opens and path not in near:
                        far.append(f"{one.key} {path}")
                kinds = {kind_of(path) for path in near}
                everything = {kind_of(path) for path in await walker.everything()}
                deeper = [kind for kind in sorted(everything - kinds) if is_of_one(kind)]
                far += [f"{one.key} {kind}" for kind in deeper if kind not in DEEPER]
    assert refused == []
    assert far == [], "\n".join(far)
