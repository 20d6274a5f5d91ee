"""Every page of a kind with one row and with 7,000, whatever feature declared it.

The pages are those of the route table (``looks.py``), and what is drawn is their own view with as
many rows. Empty, and with the database away, they are in ``test_first_day.py``; refused, in
``tests/journeys/test_refused.py``; of a district with 7,000 people, in
``tests/bot/demo/test_page_costs.py``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import httpx
import pytest
from starlette.responses import HTMLResponse

from bot.web.rendering import KIND, environment
from bot.web.visiting import Visit
from core.lists import ROWS, ListPage, ListRequest, look_through
from tests.bot.web.looks import LOOKS
from tests.bot.web.site import stand, visitor
from tests.bot.web.test_every_page import route_of
from tests.bot.web.test_first_day import MOST_BYTES
from tests.bot.web.test_list_files import Heads
from tests.bot.web.test_pages import sign_in

STAFF = 7_000

_PAGED = re.compile(r"Page \d+ of \d")

FEWEST: Mapping[str, int] = {"home": 1, "list": 20, "detail": 12, "form": 12, "report": 3}
"""Pages of each kind, at least: else they are not recognized."""

MANY = frozenset(("bars", "entries", "groups", "history", "rows", "tiles", "todo"))
"""Parts of what is declared that hold as many as there are."""


def kind_of(template: str, context: Mapping[str, Any], body: str) -> str:
    """Which of the five kinds a page is; "" for what is none, such as a few sentences."""
    if template == KIND:
        kind = str(context["kind"])
        with_fields = kind == "card" and 'class="field' in body
        return "form" if with_fields else kind
    if template == "kinds/home.html":
        return "home"
    source, *_ = environment().loader.get_source(environment(), template)  # type: ignore[union-attr]
    return "form" if '{% extends "kinds/form.html" %}' in source else ""


def with_rows(value: Any, many: int) -> Any:
    """The same with so many rows in its lists. With one, there is one of everything else."""
    if isinstance(value, ListPage):
        return resized(value, many)
    if isinstance(value, (list, tuple)):
        return type(value)(with_rows(one, many) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {}
    for one in fields(value):
        held = getattr(value, one.name)
        if many == 1 and one.name in MANY and isinstance(held, (list, tuple)):
            held = held[:1]
        changed[one.name] = with_rows(held, many)
    return replace(value, **changed)


def resized(page: ListPage, many: int) -> ListPage:
    """A list with copies of its first row, which every filter shows."""
    if not page.rows:
        return page
    keys = frozenset(one.key for one in page.view.filters)
    first = replace(page.rows[0], filters=page.rows[0].filters | keys)
    rows = (first, *(replace(first, key=f"{first.key}-{n}") for n in range(1, many)))
    return look_through(replace(page.view, rows=rows), page.request)


class Drawn:
    """What pages are drawn with, by route."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rows: int | None = None
        self.kind = ""
        self.lists: list[ListPage] = []
        page = Visit.page

        async def with_so_many(
            visit: Visit, template: str, title: str, *given: Any, **context: Any
        ) -> HTMLResponse:
            if self.rows is not None:
                context = {
                    name: with_rows(held[:1] if name in ("came", "waiting") else held, self.rows)
                    if name in ("came", "list", "parts", "view", "waiting")
                    else held
                    for name, held in context.items()
                }
            found = [context.get("list"), *lists_in(context.get("view"))]
            self.lists = [one for one in found if isinstance(one, ListPage) and one.rows]
            drawn = await page(visit, template, title, *given, **context)
            self.kind = kind_of(template, context, bytes(drawn.body).decode())
            return drawn

        monkeypatch.setattr(Visit, "page", with_so_many)


def lists_in(view: Any) -> list[ListPage]:
    """Those on the page of one thing."""
    sections = [one for part in ("sections", "beside", "below") for one in getattr(view, part, ())]
    return [one.list.page for one in sections if getattr(one, "list", None)]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    return Drawn(monkeypatch)


async def pages(drawn: Drawn, rows: int | None) -> tuple[dict[str, set[str]], list[str]]:
    """The routes of each kind of page on a good day, and what is wrong with them."""
    site, found = stand(every_way_in=True), defaultdict[str, set[str]](set)
    drawn.rows, seen, wrong = rows, set[str](), list[str]()
    async with visitor(site.app) as client:
        await sign_in(client, site.link())
        for look in LOOKS:
            plain = not (look.press or look.said or look.stranger or look.demo)
            if not plain or look.locale != "en" or look.at in seen:
                continue
            seen.add(look.at)
            drawn.kind = ""
            answer = await client.get(look.at)
            if drawn.kind in FEWEST and answer.status_code == 200:
                if drawn.kind != "list" or drawn.lists:
                    found[drawn.kind].add(route_of(site, look.at))
                wrong += [f"{look.at}: {one}" for one in wrong_with(drawn, answer, rows)]
    return found, wrong


def wrong_with(drawn: Drawn, page: httpx.Response, rows: int | None) -> list[str]:
    """What a page has of its lists that it should not."""
    found = [] if page.text.count("<h1") == 1 else ["it has not one heading of its own"]
    if rows is None or not drawn.lists:
        return found
    shown, paged = Heads(page.text).rows, _PAGED.search(page.text) is not None
    if shown != sum(min(rows, ROWS) for _ in drawn.lists):
        found.append(f"{shown} rows")
    if paged != (rows > ROWS):
        found.append("it does not say which page it is" if rows > ROWS else "it has pages")
    if len(page.content) > MOST_BYTES:
        found.append(f"{len(page.content)} bytes")
    return found


@pytest.mark.parametrize("rows", [None, 1, STAFF])
async def test_every_page_of_a_kind_is_drawn_with_so_many_rows(
    drawn: Drawn, rows: int | None
) -> None:
    found, wrong = await pages(drawn, rows)
    assert not wrong, "\n".join(wrong)
    assert found.keys() == FEWEST.keys()
    few = {kind: len(found[kind]) for kind, fewest in FEWEST.items() if len(found[kind]) < fewest}
    assert not few


def test_a_list_is_really_resized() -> None:
    from tests.bot.web.test_list_files import staff

    page = look_through(staff(40), ListRequest())
    assert len(resized(page, 1).rows) == 1
    assert resized(page, STAFF).paging.pages == STAFF // ROWS
