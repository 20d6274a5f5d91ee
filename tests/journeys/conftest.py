"""Every journey on both databases (SQLite always, PostgreSQL in `make prove`), and with its log."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys import running
from tests.journeys.logged import Log, logged
from tests.journeys.reading_rooms import no_room_is_left, one_reading_room
from tests.journeys.rote import quick_reader

__all__ = ["no_room_is_left", "one_reading_room", "quick_reader"]


@pytest.fixture(autouse=True, params=["sqlite", pytest.param("postgres", marks=pytest.mark.prove)])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "which_database", request.param)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    """What the service logs. No journey may leave a person or their words in it."""
    with logged() as log:
        yield log
    assert "{" in log.text, "nothing was logged: nothing was looked at"
    assert log.private() == []
