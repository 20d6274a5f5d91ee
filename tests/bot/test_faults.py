"""What is said of a page that was only read: never that something of it was saved or not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.app.dispatch import Dispatch
from bot.registry import OPERATIONS
from governance.access import Source
from storage.unavailable import SlowError
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser
from tests.bot.web.test_places import EVERYBODY, paths

LOOKING = ("Show", "Check", "Export", "Read", "CountWaves", "Collect")
"""How the name of a command begins that asks for something and sends nothing."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def test_a_command_that_only_shows_keeps_nothing() -> None:
    given = [one for one in OPERATIONS.values() if one.by - {Source.CLOCK}]
    looking = {one.command for one in given if one.command.__name__.startswith(LOOKING)}
    assert not [one.command for one in given if one.command in looking and one.keeps]
    noted = {one.command for one in given if one.shows}
    assert noted <= looking, "what shows something is called so"
    assert not [one for one in given if one.shows and one.reads], "said once"


@pytest.mark.parametrize("email", EVERYBODY)
async def test_a_page_that_was_only_read_does_not_say_that_it_was_saved(
    town: Hall, monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    """The database goes away after what the page notes was committed."""

    async def away(*given: Any) -> None:
        raise SlowError

    async with browser(town, email) as client:
        asked = sorted(await paths(town, email))
        monkeypatch.setattr(Dispatch, "_go_on", away)
        shown = {path: await client.get(path) for path in asked}
    read = {path: page for path, page in shown.items() if page.status_code != 200}
    assert "/" in read, "Home asks the database"
    for path, page in read.items():
        assert page.status_code == 503, path
        assert "This can’t be shown right now. Nothing was changed." in page.text, path
        assert "aved" not in page.text, path
