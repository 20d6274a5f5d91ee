"""What a tile keeps of what it is given."""

from __future__ import annotations

import pytest

from core.tiles import Tile


@pytest.mark.parametrize("trend", [(), (0.4,), (None, 0.4), (None, None)])
def test_one_value_is_no_trend(trend: tuple[float | None, ...]) -> None:
    tile = Tile(label="Confirmed", figure="40%", trend=trend, trend_says="The last time: 40%.")
    assert (tile.trend, tile.trend_says) == ((), "")


def test_two_values_are_a_trend() -> None:
    tile = Tile(label="Confirmed", figure="40%", trend=(0.3, None, 0.4), trend_says="30%, 40%.")
    assert (tile.trend, tile.trend_says) == ((0.3, None, 0.4), "30%, 40%.")
