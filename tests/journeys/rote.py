"""Journeys that are not about reading do not wait for the language models, in no process: on a
busy machine these take longer to wake than anybody in a journey waits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.app import wiring
from core.people import Level, Role
from governance.feedback.model import Reading
from governance.reading.personal_data import find, redact
from tests.attacks.hall import RoteReader, reading
from tests.journeys import running


class Rote(RoteReader):
    """Everything is for the network's committee, without the personal data that is recognised."""

    async def read(self, text: str, role: Role | None, level: Level | None) -> Reading:
        spans = find(text)
        return replace(reading(redact(text, spans), "network"), spans=spans)


def read_by_rote() -> None:
    """In this process, for good."""
    wiring.DistrictReader = Rote  # type: ignore[misc,assignment]


@pytest.fixture
def quick_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here and in the workers."""
    monkeypatch.setattr(wiring, "DistrictReader", Rote)
    monkeypatch.setattr(running, "by_rote", True)
