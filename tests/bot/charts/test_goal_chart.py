"""How a goal's indicator stands, as a picture."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.charts.goal_chart import goal_bar, goal_chart
from core.text import text
from core.words import Words
from governance.goals.messages import IndicatorLine
from governance.goals.model import Indicator, Reading

_AT = datetime(2026, 9, 1, tzinfo=UTC)
COVERAGE = Indicator(key="coverage", name=text("Coverage"), target=98, unit=text("%"))
DAYS = [date(2026, month, 1) for month in (1, 3, 5, 9)]
LINE = IndicatorLine(
    indicator=COVERAGE,
    readings=tuple(
        Reading(
            goal="wifi",
            indicator="coverage",
            on=day,
            value=value,
            at=_AT,
        )
        for day, value in zip(DAYS, (80, 85, 90, 70), strict=True)
    ),
)


def strokes(drawn: str) -> int:
    return drawn.count('class="trend"')


def test_readings_are_joined_but_not_over_a_rewording() -> None:
    whole = goal_chart(LINE, (), Words(), ident="a")
    assert whole is not None
    assert (strokes(whole), whole.count("<circle"), whole.count("reworded")) == (3, 4, 0)
    broken = goal_chart(LINE, (date(2026, 8, 10),), Words(), ident="a")
    assert broken is not None
    assert (strokes(broken), broken.count("<circle"), broken.count("reworded")) == (2, 4, 1)
    on_the_day = goal_chart(LINE, (DAYS[1],), Words(), ident="a")
    assert on_the_day is not None
    assert strokes(on_the_day) == 2, "a reading of that day is of the new words"
    before = goal_chart(LINE, (date(2025, 8, 10),), Words(), ident="a")
    assert before == whole, "nothing was measured before"


def test_it_says_in_words_what_it_shows() -> None:
    drawn = goal_chart(LINE, (), Words(), ident="a")
    assert drawn is not None
    told = "January 1, 2026: 80%. March 1, 2026: 85%. May 1, 2026: 90%. September 1, 2026: 70%."
    assert f"{told} Target: 98%." in drawn
    assert "target 98%" in drawn


def test_the_best_value_is_on_top_and_the_target_inside() -> None:
    drawn = goal_chart(LINE, (), Words(), ident="a")
    assert drawn is not None
    heights = [float(y) for y in re.findall(r'class="dot" cx="[\d.]+%" cy="([\d.]+)"', drawn)]
    assert heights == [*sorted(heights[:3], reverse=True), max(heights)]
    (target,) = re.findall(r'class="middle" x1="0" x2="100%" y1="([\d.]+)"', drawn)
    assert float(target) < min(heights)


def test_one_reading_is_a_bar_with_a_mark_and_none_is_nothing() -> None:
    once = replace(LINE, readings=LINE.readings[:1])
    assert goal_chart(once, (), Words(), ident="a") is None
    bar = goal_bar(once, Words(), ident="a")
    assert bar is not None
    assert 'class="bar" x="0" y="3" width="80%"' in bar
    assert 'x1="98%"' in bar
    assert goal_bar(replace(LINE, readings=()), Words(), ident="a") is None


def test_the_same_value_all_along_is_a_level_line() -> None:
    level = tuple(replace(one, value=98.0) for one in LINE.readings)
    drawn = goal_chart(replace(LINE, readings=level), (), Words(), ident="a")
    assert drawn is not None
    assert len(set(re.findall(r'cy="([\d.]+)"', drawn))) == 1
