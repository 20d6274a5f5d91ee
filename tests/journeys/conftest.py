"""Every journey on SQLite, some on PostgreSQL, too (in `make prove`), and each with its log."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys import running
from tests.journeys.logged import Log, logged
from tests.journeys.reading_rooms import no_room_is_left, one_reading_room
from tests.journeys.rote import quick_reader

__all__ = ["no_room_is_left", "one_reading_room", "quick_reader"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On PostgreSQL, where workers are processes of their own, run those that say what it decides
    in them: what several processes do at once, and statements that only it makes its own way. Not
    one that differs from another by its platform or its page: what these say to a database is the
    same."""
    if any("database" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")):
        return
    some: list[object] = ["sqlite"]
    if metafunc.definition.get_closest_marker("prove_on_postgres"):
        some.append(pytest.param("postgres", marks=pytest.mark.prove))
    metafunc.parametrize("database", some, indirect=True)


@pytest.fixture(autouse=True)
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "which_database", request.param)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    """What the service logs. No journey may leave a person or their words in it."""
    with logged() as log:
        yield log
    assert "{" in log.text, "nothing was logged: nothing was looked at"
    assert log.private() == []
