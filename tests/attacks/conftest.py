"""Attacks do not wait for the language models: what is said is read by rote."""

from __future__ import annotations

import pytest

from bot.app import wiring
from tests.attacks.hall import RoteReader


@pytest.fixture(autouse=True)
def quick_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "DistrictReader", RoteReader)
