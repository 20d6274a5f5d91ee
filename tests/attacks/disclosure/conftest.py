"""Attackers meet what is released outside of tests."""

from __future__ import annotations

import pytest

from surveys.disclosure import tables


@pytest.fixture(autouse=True)
def _as_it_is(real_sizes: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sizes from which on figures are told. Rankings of small groups are attacked, though none
    is counted outside of this."""
    monkeypatch.setattr(tables, "RANKED_FROM", 0)
