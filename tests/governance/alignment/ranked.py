"""A survey of priorities that has closed in the town, with results that are the same each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from core.people import Audience
from core.text import Text, text
from governance.access import Source
from surveys.commands import CloseWave, LaunchSurvey
from surveys.questions import Choice, Ranking
from surveys.results.model import Cell, RankedChoice, RankingResult, Table, WaveResults
from surveys.survey import Page, PlannedTable, Survey
from tests.attacks.hall import Hall
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER

CHOICES: tuple[Choice, ...] = (
    Choice(
        key="wifi",
        label=text("Wi-Fi in the portables", es="Wi-Fi en los salones portátiles"),
        goal="reliable-wifi",
    ),
    Choice(key="sign-in", label=text("One password for all our programs")),
    Choice(key="parking", label=text("More parking for staff")),
    Choice(key="robots", label=text("A robotics club at every middle school")),
)

CHAIR_OF_STEERING = "gideon.ravenscroft@schools.example.org"
MEMBER = "adaeze.umeh@schools.example.org"


def survey(choices: Sequence[Choice] = CHOICES) -> Survey:
    ranking = Ranking(key="first", prompt=text("What comes first?"), choices=tuple(choices), top=3)
    return Survey(
        key="priorities",
        title=text("Technology priorities", es="Prioridades de tecnología"),
        asked_by=text("Computing Services"),
        purpose=text("To know what comes first."),
        pages=(Page(questions=(ranking,)),),
    )


def results(
    wave: UUID, of: Survey, at: object, points: Sequence[tuple[str, float, bool]], **labels: Text
) -> WaveResults:
    """``points``: (key, points, tied with the next), the first place first."""
    [ranking] = of.questions
    assert isinstance(ranking, Ranking)
    known = {one.key: one.label for one in ranking.choices} | labels
    ranked = tuple(
        RankedChoice(
            key=key,
            label=known[key],
            points=strong,
            low=strong - 0.05,
            high=strong + 0.05,
            firsts=None,
            tied_with_next=tied,
        )
        for key, strong, tied in points
    )
    result = RankingResult(question=ranking.key, prompt=ranking.prompt, n=812, ranked=ranked)
    cell = Cell(group=(), n=812, questions=(result,))
    return WaveResults(
        wave_id=wave,
        title=of.title,
        final=True,
        noisy=True,
        asked=1500,
        answered=812,
        tables=(Table(plan=PlannedTable(), cells=(cell,)),),
        as_of=at,  # type: ignore[arg-type]
    )


POINTS = (("parking", 0.71, False), ("wifi", 0.6, True), ("sign-in", 0.58, False))
"""Robots have none."""


async def closed(
    town: Hall, points: Sequence[tuple[str, float, bool]] = POINTS, of: Survey | None = None
) -> UUID:
    """Asked of four people, closed, and (with ``points``) with these results."""
    asked, wave = of or survey(), uuid4()
    people = frozenset((TEACHER, OFFICE, CHAIR, CTO))
    launch = LaunchSurvey(
        wave_id=wave,
        survey=asked,
        audience=Audience(people=people),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=7),
        despite_limit="These people are asked one survey after another.",
    )
    await town.core.dispatch.by_itself(launch, Source.OPERATOR)
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave), Source.OPERATOR)
    if points:
        await ranked(town, wave, points, asked)
    return wave


async def ranked(
    town: Hall,
    wave: UUID,
    points: Sequence[tuple[str, float, bool]] = POINTS,
    of: Survey | None = None,
) -> None:
    """These are its results."""
    found = results(wave, of or survey(), town.clock(), points)
    await town.core.store.write(lambda tx: tx.put_results(wave, found))


def with_more(many: int) -> Survey:
    """With so many ideas of staff besides."""
    ideas = tuple(
        Choice(key=f"idea-{at}", label=text(f"Idea number {at}")) for at in range(1, many + 1)
    )
    return replace(survey((*CHOICES, *ideas)), key="many-priorities")
