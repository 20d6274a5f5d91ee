"""The weekly pulse of the weeks before the demo, so that the CTO's Home has a trend on its first
day, and staff can read what came of one of them."""

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
from governance.conclusions.commands import PublishConclusions, WriteConclusions
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
_HEARD_AFTER = 2
"""School days after the closing."""
_HEARD = {
    "heard": (
        "Thank you for your answers. Help that comes late costs a lesson, so that is where we "
        "start. The figures are below."
    ),
    "what_1": "One more person answers the help desk’s phone from 7 to 9 in the morning",
    "by_1": "December 14",
    "not_done": (
        "We will not replace projectors before summer: the money is planned for the coming year."
    ),
}
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
    published = player.school_day(_WEEKS[-2] + _OPEN_DAYS + _HEARD_AFTER)
    player.plan(published, partial(_publish, player, len(_WEEKS) - 2))


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


async def _publish(player: Player, week: int) -> None:
    """What was heard in a week, with its figures."""
    wave = past_pulse(week)
    await player.as_cto(WriteConclusions(wave_id=wave, words=_HEARD, figures=("week", "help")))
    await player.as_cto(PublishConclusions(wave_id=wave, version=1))
    await player.delivered(wave)


def _panel(week: int, tx: Transaction) -> tuple[Survey, Sequence[UUID]] | None:
    wave = tx.wave(past_pulse(week))
    return (wave.survey, tx.some_waiting(wave.id, _ANSWERED[week])) if wave else None
