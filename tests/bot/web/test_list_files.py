"""Every list is downloaded as its page shows it, by whoever may open the page alone."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from bot.exports.lists import list_csv
from core.lists import (
    MOST_IN_A_FILE,
    ROWS,
    Cell,
    Column,
    Filter,
    ListRequest,
    ListView,
    Row,
    look_through,
)
from core.words import Words
from storage.ledger_tables import audit
from tests.attacks.hall import Hall, hall
from tests.bot.web.looks import LOOKS
from tests.bot.web.rules.house import browser
from tests.bot.web.site import stand, visitor
from tests.bot.web.test_first_day import costs
from tests.bot.web.test_pages import sign_in
from tests.bot.web.test_places import EVERYBODY, paths
from tests.journeys.town import CTO

WITHOUT = {
    "/committees/network": "its own file has the redacted words",
    "/committees/restricted": "what is sensitive is in no file",
    "/committees/triage": "its own file has the redacted words",
    "/committees/help-desk": "its own file has the redacted words",
}
"""Lists that have no file of what they show, and why. (Files that are checked are not kept, so
that there is nothing to ask again.)"""


_IN_THE_AUDIT = 5
"""Statements that note a download."""


class Heads(HTMLParser):
    """The columns of the list on a page, and how many rows it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.labels: list[str] = []
        self.rows = 0
        self._in_list = self._in_head = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self._in_list = "data-rows" in given
        if not self._in_list or tag != "th":
            return
        self.rows += given.get("scope") == "row"
        self._in_head = given.get("scope") == "col"
        if self._in_head:
            self.labels.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "th":
            self._in_head = False
        if tag == "table":
            self._in_list = False

    def handle_data(self, data: str) -> None:
        if self._in_head:
            self.labels[-1] += data


def file_of(page: httpx.Response) -> str | None:
    """The address of the file that a page offers."""
    found = page.text.partition("file=csv")
    if not found[1]:
        return None
    start = found[0].rpartition('href="')[2]
    return unescape(f"{start}file=csv").partition("#")[0]


def rows_of(file: httpx.Response) -> list[list[str]]:
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert file.headers["content-disposition"].startswith('attachment; filename="')
    return list(csv.reader(io.StringIO(file.text.removeprefix("\ufeff"))))


async def test_every_list_is_downloaded_as_its_page_shows_it() -> None:
    site = stand(every_way_in=True)
    seen: set[str] = set()
    wrong: list[str] = []
    async with visitor(site.app) as client:
        await sign_in(client, site.link())
        for look in LOOKS:
            if look.press or look.stranger or look.demo or look.said or look.locale != "en":
                continue
            page = await client.get(look.at)
            shown = Heads(page.text)
            if not shown.rows:
                continue
            path = httpx.URL(look.at).path
            at = file_of(page)
            if at is None:
                if path not in WITHOUT:
                    wrong.append(f"{look.at}: no file")
                continue
            seen.add(path)
            heads, *rows = rows_of(await client.get(at))
            labels = [one.rstrip(" ↑↓") for one in shown.labels]
            ours = [one for one in heads if one not in ("Group", "Details", "Reason")]
            if ours != [one for one in labels if one not in ("Group", "Details", "Reason")]:
                wrong.append(f"{look.at}: {heads} is not {labels}")
            if len(rows) < shown.rows:
                wrong.append(f"{look.at}: {len(rows)} of {shown.rows} rows")
    assert not wrong, "\n".join(wrong)
    assert len(seen) >= 18, sorted(seen)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def test_only_whoever_may_open_a_list_may_download_it(town: Hall) -> None:
    everywhere = {one for email in EVERYBODY for one in await paths(town, email)}
    refused = files = 0
    for email in EVERYBODY:
        async with browser(town, email) as client:
            for path in sorted(everywhere):
                page = await client.get(path)
                file = await client.get(f"{path}?file=csv")
                is_file = file.headers["content-type"].startswith("text/csv")
                if page.status_code != 200:
                    assert file.status_code == page.status_code, f"{email} {path}"
                    assert not is_file, f"{email} {path}"
                    refused += 1
                files += is_file
    assert refused > 50
    assert files > 20


async def test_a_file_of_a_list_is_in_the_audit(town: Hall) -> None:
    async with browser(town, CTO) as client:
        people = rows_of(await client.get("/people?file=csv"))
    assert len(people) > ROWS, "all pages"
    chain = await town.core.store.read(
        lambda tx: tx.connection.execute(select(audit.c.what)).scalars().all()
    )
    assert f"download: /people, {len(people) - 1}" in chain


async def test_a_file_of_many_rows_costs_hardly_more_statements_than_its_page(
    tmp_path: Path,
) -> None:
    """Hardly: that it was downloaded is in the audit."""
    async with hall(tmp_path, staff=500) as town, browser(town, CTO) as client:
        for path in sorted(await paths(town, CTO)):
            _, of_page = await costs(client, path)
            file, of_file = await costs(client, f"{path}?file=csv")
            if file.headers["content-type"].startswith("text/csv"):
                assert of_file <= of_page + _IN_THE_AUDIT, path
        assert len(rows_of(await client.get("/people?file=csv"))) > 500


async def test_a_file_has_what_the_filter_and_the_search_leave(town: Hall) -> None:
    async with browser(town, CTO) as client:
        name = rows_of(await client.get("/people?file=csv"))[1][0]
        some = rows_of(await client.get("/people", params={"file": "csv", "q": name}))
        none = rows_of(await client.get("/people?file=csv&q=nobody+of+this+name"))
    assert [row[0] for row in some[1:]] == [name]
    assert len(none) == 1, "the columns alone"


def staff(many: int) -> ListView:
    return ListView(
        columns=(
            Column(key="name", label="Name", detail="Why"),
            Column(key="number", label="Number", number=True),
        ),
        title="name",
        filters=(Filter(key="", label="All"),),
        rows=tuple(
            Row(
                key=str(n),
                cells=(Cell(text=f"=SUM({n})", order=n, detail="@moved"), Cell(text=str(n))),
                group="-Odd" if n % 2 else "Even",
            )
            for n in range(many)
        ),
        empty="",
    )


def written(many: int, **asked: str) -> list[list[str]]:
    page = look_through(staff(many), ListRequest.read({"file": "csv", **asked}, 0))
    said = list_csv(Words("en", "UTC"), page).decode()
    return list(csv.reader(io.StringIO(said.removeprefix("\ufeff"))))


def test_a_file_of_seven_thousand_rows_starts_no_formula() -> None:
    heads, *rows = written(7_000)
    assert heads == ["Group", "Name", "Why", "Number"]
    assert len(rows) == 7_000
    assert rows[1] == ["'-Odd", "'=SUM(1)", "'@moved", "1"]
    heads, *rows = written(7_000, sort="-name")
    assert heads == ["Name", "Why", "Number"], "a sorted list has no headings between its rows"
    assert rows[0][0] == "'=SUM(6999)"


def test_a_file_says_what_it_leaves_out() -> None:
    _, *rows = written(MOST_IN_A_FILE + 3)
    assert len(rows) == MOST_IN_A_FILE + 1
    assert rows[-1] == ["3 more rows are not in this file."]
