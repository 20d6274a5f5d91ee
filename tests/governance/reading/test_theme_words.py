"""The names of themes are sentences of the catalogue, and are drawn in their reader's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.cataloguing import sentences
from bot.charts.theme_words import told_themes
from bot.charts.weeks import charts
from core.words import Words
from governance.digests.messages import ThemeCount as Told
from governance.digests.wording import theme_rows
from governance.docket.home import _themes
from governance.reading.themes import all_themes
from governance.upkeep.messages import Growing, Grown
from governance.upkeep.trend_listing import trends_list
from governance.upkeep.trend_wording import lines
from surveys.results.model import CommentThemes, ThemeCount

WIFI = all_themes()["wifi"].name
GROWING = Growing(
    queue="network",
    committee="Network",
    week=datetime(2026, 11, 23, tzinfo=UTC),
    themes=(Grown(theme=WIFI, new=False, people=31, usual=12, weeks=(12, 31)),),
)
COMMENTED = CommentThemes(
    people=40, least=10, themes=(ThemeCount(theme="wifi", people=25),), others=15
)


@pytest.fixture
def translated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every theme has a name in another language."""
    names = {one.name: f"Tema {one.key}" for one in all_themes().values()}

    def named(_: Words, name: str) -> str:
        return names.get(name, name)

    monkeypatch.setattr(Words, "name", named)


def test_every_name_is_in_the_catalogue() -> None:
    assert {one.name for one in all_themes().values()} <= {one.id for one in sentences()}


@pytest.mark.usefixtures("translated")
@pytest.mark.parametrize(
    "draw",
    [
        lambda words: told_themes(COMMENTED, words),
        lambda words: theme_rows(words, [Told(name=WIFI, count=7)]),
        lambda words: _themes(words, themes=[("wifi", 7)], queue="network"),
        lambda words: trends_list(words, GROWING),
        lambda words: lines(words, GROWING),
        lambda words: charts(words, GROWING),
    ],
    ids=["comments", "a month", "Home", "trends", "in chat", "weeks"],
)
def test_a_theme_is_drawn_in_its_readers_language(draw: Callable[[Words], object]) -> None:
    said = repr(draw(Words("en", "America/Chicago")))
    assert "Tema wifi" in said
    assert WIFI not in said
