"""The playground's journeys, each with its log: no person and none of their words in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.logged import Log, logged


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with logged() as log:
        yield log
    assert log.private() == []
