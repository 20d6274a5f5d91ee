"""Every journey on both databases: SQLite always, PostgreSQL in `make prove`."""

from __future__ import annotations

import pytest

from tests.journeys import running


@pytest.fixture(autouse=True, params=["sqlite", pytest.param("postgres", marks=pytest.mark.prove)])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "which_database", request.param)
