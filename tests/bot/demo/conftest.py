"""The database of the demo, for tests that look at all of it."""

from __future__ import annotations

import asyncio

import pytest

from bot.app.core import open_core
from bot.app.settings import Settings, load_settings
from bot.demo.start import _prepare


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The demo's database, made once for all tests of a run: it takes a minute. Who writes to it
    makes a copy of its own."""
    folder = tmp_path_factory.mktemp("demo")
    settings = load_settings(database_url=f"sqlite:///{folder / 'demo.sqlite3'}")

    async def prepare() -> None:
        async with open_core(settings) as core:
            await _prepare(core)

    with asyncio.Runner() as runner:
        runner.run(prepare())
    return settings
