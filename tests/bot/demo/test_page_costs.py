"""What the places of the side bar cost in the whole demo, for everybody whom it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app.core import Core, open_core
from bot.app.settings import load_settings
from bot.demo.start import _personas, _prepare
from tests.attacks.hall import Hall
from tests.bot.web.rules.house import browser
from tests.bot.web.test_first_day import MOST_BYTES, MOST_ON_HOME, MOST_STATEMENTS, costs
from tests.bot.web.test_places import paths

ON_THE_CTOS_HOME = 49
"""More than it should; it may not take more."""


def most_on(persona: str, path: str) -> int:
    """Statements that a place may take."""
    if path == "/":
        return ON_THE_CTOS_HOME if persona == "cto" else MOST_ON_HOME
    return MOST_STATEMENTS


async def too_dear(core: Core) -> list[str]:
    """Each place that takes more than it may, once it has been opened before."""
    town, found = Hall(core, core.now), list[str]()  # type: ignore[arg-type]  # its clock is ours
    for one in await _personas(core):
        person = await core.store.read(lambda tx, one=one: tx.person(one.person))
        assert person is not None
        async with browser(town, person.email) as client:
            for path in sorted(await paths(town, person.email)):
                await client.get(path)
                page, statements = await costs(client, path)
                most = most_on(one.key, path)
                if page.status_code != 200 or len(page.content) > MOST_BYTES or statements > most:
                    told = f"{page.status_code}, {len(page.content)} bytes, {statements} statements"
                    found.append(f"{one.key} {path}: {told}")
    return found


@pytest.mark.prove
@pytest.mark.timeout(600)
async def test_the_places_of_the_whole_demo_are_cheap(tmp_path: Path) -> None:
    settings = load_settings(database_url=f"sqlite:///{tmp_path / 'demo.sqlite3'}")
    async with open_core(settings) as core:
        await _prepare(core)
        assert not (found := await too_dear(core)), "\n".join(found)
