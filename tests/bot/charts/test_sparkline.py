"""The small line of a tile."""

from __future__ import annotations

import re

from bot.charts.sparkline import HEIGHT, WIDTH, sparkline


def points(drawn: str) -> list[list[tuple[float, float]]]:
    lines = re.findall(r'<polyline points="([^"]+)"', drawn)
    return [
        [(float(x), float(y)) for x, y in (one.split(",") for one in line.split())]
        for line in lines
    ]


def test_the_greatest_value_is_on_top_and_the_last_one_at_the_right() -> None:
    (line,) = points(sparkline([1, 3, 2]))
    assert [x for x, _ in line] == [0, WIDTH / 2, WIDTH]
    first, highest, last = (y for _, y in line)
    assert highest < last < first <= HEIGHT


def test_a_gap_is_not_bridged() -> None:
    assert [len(line) for line in points(sparkline([1, 2, None, 2, 1]))] == [2, 2]


def test_one_value_is_no_line_and_equal_values_lie_in_the_middle() -> None:
    assert sparkline([4, None]) == ""
    assert {y for _, y in points(sparkline([4, 4]))[0]} == {HEIGHT / 2}
