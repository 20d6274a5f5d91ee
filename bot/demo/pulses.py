"""The weekly pulse of the weeks before the demo, so that the CTO's Home has a trend on its first
day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml

from bot.app.watching import Unwatched
from bot.demo.board import Respondents
from bot.demo.examples import example_district
from bot.demo.telling import Played
from bot.jobs.closings import Closings
from storage.transaction import Transaction
from surveys.commands import CloseWave
from surveys.survey import Dimension, PlannedTable, Survey
from surveys.waves.sampling import Sample

if TYPE_CHECKING:
    from bot.demo.past import Player

SURVEY = "weekly-pulse"
_WEEKS = (-20, -15, -10, -5)
"""School days from today on which each was opened. It was open for four."""
_OPEN_DAYS = 4
_ASKED = (120, 120, 120, 250)
_ANSWERED = (48, 55, 52, 140)
_TABLES = (PlannedTable(), PlannedTable(by=(Dimension.LEVEL,)))
"""Of the last one, which asked enough people for figures by level."""


def past_pulse(week: int) -> UUID:
    """The wave of a week before the demo; -1 is the last one."""
    return uuid5(NAMESPACE_URL, f"demo/pulse/{range(len(_WEEKS))[week]}")


def plan_pulses(player: Player) -> None:
    """Each was asked of a random part of the staff, and continues the one before it."""
    for week, begins in enumerate(_WEEKS):
        opens, closes = player.school_day(begins), player.school_day(begins + _OPEN_DAYS)
        asked = partial(
            player.ask_some,
            past_pulse(week),
            SURVEY,
            Sample(people=_ASKED[week], seed=week),
            closes_at=closes,
            tables=_TABLES if week == len(_WEEKS) - 1 else _TABLES[:1],
            continues=past_pulse(week - 1) if week else None,
        )
        player.plan(opens, asked, Played.SURVEY)
        player.plan(opens + timedelta(hours=2), partial(_answer, player, week))
        player.plan(closes, partial(_close, player, week))


async def _answer(player: Player, week: int) -> None:
    found = await player.store.read(partial(_panel, week))
    if found is not None:
        survey, people = found
        there = [one for one in people if one not in player.spared]
        said = _comments() if week == len(_WEEKS) - 1 else ()
        await _Writers(player, said, seed=week).answer(past_pulse(week), survey, there)


def _comments() -> list[str]:
    """What staff wrote in the last week before the demo."""
    file = example_district().parent / "pulse_comments.yaml"
    found: list[str] = yaml.safe_load(file.read_text(encoding="utf-8"))["comments"]
    return found


class _Writers(Respondents):
    """Staff of whom each writes the next comment, as long as there is one."""

    def __init__(self, player: Player, said: Sequence[str], seed: int) -> None:
        super().__init__(player, seed=seed)
        self._said = iter(said)

    def _comment(self, longest: int) -> str:
        return next(self._said, "")[:longest]


async def _close(player: Player, week: int) -> None:
    """With its results at once: the next one is held against them."""
    await player.by_itself(CloseWave(wave_id=past_pulse(week)))
    themes_of = player.reader.themes_of
    await Closings(player.store, lambda: player.at, Unwatched(), themes_of).take_up()


def _panel(week: int, tx: Transaction) -> tuple[Survey, Sequence[UUID]] | None:
    wave = tx.wave(past_pulse(week))
    return (wave.survey, tx.some_waiting(wave.id, _ANSWERED[week])) if wave else None
