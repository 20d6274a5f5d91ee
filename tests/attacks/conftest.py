"""Attacks do not wait for the language models: what is said is read by rote."""

from __future__ import annotations

from typing import Any

import pytest

from bot import wiring
from governance.feedback import Reading
from surveys.people import Level, Role
from tests.attacks.hall import reading


class RoteReader:
    """Everything is for the network's committee."""

    def __init__(self, *_: Any) -> None:
        pass

    async def read(self, text: str, role: Role, level: Level) -> Reading:
        return reading(text, "network")

    async def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def quick_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "DistrictReader", RoteReader)
