"""How the service is started around the server."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from bot import serving
from bot.settings import load_settings
from bot.wiring import open_house


async def test_the_collector_is_spared_what_is_loaded_before_anybody_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full collection of it holds everything for 150 ms, a survey's launch as well."""
    done: list[str] = []

    async def served(server: uvicorn.Server, sockets: Any) -> None:
        done.append("served")

    monkeypatch.setattr(gc, "freeze", lambda: done.append("spared"))
    monkeypatch.setattr(uvicorn.Server, "serve", served)
    settings = load_settings(database_url=f"sqlite:///{tmp_path / 'new.sqlite3'}", port=0)
    await serving._serve(settings, open_house)
    assert done == ["spared", "served"]
