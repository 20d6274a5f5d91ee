"""How the service is started around the server."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from bot.app import serving
from bot.app.settings import PREFIX, Settings, load_settings
from bot.app.wiring import open_house
from bot.demo import start as demo


async def test_python_is_set_up_before_anybody_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full collection of what is loaded holds everything for 150 ms; and a write waits 400 ms
    beside a thread that compares a large roster, where each gives way after 5 ms only."""
    done: list[str] = []

    async def served(server: uvicorn.Server, sockets: Any) -> None:
        done.append("served")

    monkeypatch.setattr(gc, "freeze", lambda: done.append("spared"))
    monkeypatch.setattr(sys, "setswitchinterval", lambda seconds: done.append(f"{seconds} s"))
    monkeypatch.setattr(uvicorn.Server, "serve", served)
    settings = load_settings(database_url=f"sqlite:///{tmp_path / 'new.sqlite3'}", port=0)
    await serving._serve(settings, open_house)
    assert done == ["spared", "0.001 s", "served"]


@pytest.mark.parametrize("wanted", [0, 8080])
def test_the_demos_help_desk_is_called_where_the_demo_listens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: int
) -> None:
    served: list[Settings] = []
    monkeypatch.setattr(demo, "serve", lambda settings, *_, **__: served.append(settings))
    monkeypatch.delenv(f"{PREFIX}DATABASE_URL", raising=False)
    demo.serve_demo(tmp_path, port=wanted, pace=1)
    assert served[0].port > 0
    assert served[0].help_desk_webhook.startswith(f"http://127.0.0.1:{served[0].port}/demo/")
