"""What a tile keeps of what it is given."""

from __future__ import annotations

import pytest

from core.tiles import Tile


@pytest.mark.parametrize("trend", [(), (0.4,), (None,)])
def test_one_value_is_no_trend(trend: tuple[float | None, ...]) -> None:
    tile = Tile(label="Confirmed", figure="40%", trend=trend, trend_says="The last time: 40%.")
    assert (tile.trend, tile.trend_says) == ((), "")


@pytest.mark.parametrize("trend", [(0.3, 0.4), (0.3, None)])
def test_two_values_are_a_trend(trend: tuple[float | None, ...]) -> None:
    """One that may not be shown is one, too."""
    tile = Tile(label="Confirmed", figure="40%", trend=trend, trend_says="30%, nearly all.")
    assert (tile.trend, tile.trend_says) == (trend, "30%, nearly all.")
