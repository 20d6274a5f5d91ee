"""Every place as the first day of a district has it, when nothing has happened yet."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, event

from storage.unavailable import UnavailableError
from tests.attacks.hall import Hall, hall
from tests.bot.web.reading import offered
from tests.bot.web.rules.house import browser
from tests.bot.web.test_places import EVERYBODY, paths

MOST_BYTES = 60_000
MOST_STATEMENTS = 25
MOST_ON_HOME = 40


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def costs(client: httpx.AsyncClient, path: str) -> tuple[httpx.Response, int]:
    """A page, and the statements that it took."""
    seen = [0]

    def counted(_: Any, __: Any, statement: str, *___: Any) -> None:
        seen[0] += not statement.startswith("BEGIN")

    event.listen(Engine, "after_cursor_execute", counted)
    try:
        return await client.get(path), seen[0]
    finally:
        event.remove(Engine, "after_cursor_execute", counted)


async def test_every_place_opens_before_anything_has_happened(town: Hall) -> None:
    wrong: list[str] = []
    for email in EVERYBODY:
        async with browser(town, email) as client:
            for path in sorted(await paths(town, email)):
                page, statements = await costs(client, path)
                most = MOST_ON_HOME if path == "/" else MOST_STATEMENTS
                if page.status_code != 200:
                    wrong.append(f"{email} {path}: {page.status_code}")
                if len(page.content) > MOST_BYTES:
                    wrong.append(f"{email} {path}: {len(page.content)} bytes")
                if statements > most:
                    wrong.append(f"{email} {path}: {statements} statements")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("email", EVERYBODY)
async def test_every_place_says_plainly_that_the_database_is_away(
    town: Hall, monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    async def away(*_: Any, **__: Any) -> None:
        raise UnavailableError("connection refused by db.example.org")

    there = await paths(town, email)
    assert there
    async with browser(town, email) as client:
        monkeypatch.setattr(town.core.store, "read", away)
        monkeypatch.setattr(town.core.store, "write", away)
        for path in sorted(there):
            page = await client.get(path)
            assert page.status_code == 503, path
            assert page.headers["Retry-After"] == "10"
            assert "db.example.org" not in page.text, "no page tells what an operator reads"
            assert offered(page.text).links, "there is a way on"


async def test_every_place_of_others_is_refused_or_shown_plainly(town: Hall) -> None:
    """Each place of the side bar, opened by everybody who does not have it: never a fault, and
    where it is refused the page says so and leads on."""
    has = {email: await paths(town, email) for email in EVERYBODY}
    every, refusals = set().union(*has.values()), 0
    for email in EVERYBODY:
        async with browser(town, email) as client:
            for path in sorted(every - has[email]):
                page = await client.get(path)
                assert page.status_code in {200, 403, 404}, f"{email} {path}: {page.status_code}"
                refusals += page.status_code == 403
                assert offered(page.text).links, f"{email} {path}: there is a way on"
    assert refusals
