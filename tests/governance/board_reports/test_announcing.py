"""What "You said, we did" says of a ranking, and which ones a report has."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from core.text import text
from core.words import Words
from governance.board_reports.announcing import said
from governance.board_reports.gathering import gather
from governance.board_reports.model import (
    Figures,
    IndicatorLine,
    Issued,
    Priority,
    Ranking,
    ReportWords,
)
from governance.board_reports.periods import Period
from governance.board_reports.wording import indicator, ranked
from governance.goals import wording as goal_words
from governance.goals.model import Indicator
from storage.transaction import Transaction
from surveys.results.model import RankingResult
from tests.attacks.hall import hall
from tests.governance.board_reports.filled import released_wave

WORDS = Words("en", "America/Chicago")
NONE = "No priority stands out. The answers are too close to rank them."


def of(*places: int, choices: int, more: int = 0) -> Ranking:
    first = tuple(
        Priority(place=place, tied=places.count(place) > 1, label=text(f"Choice {n}"))
        for n, place in enumerate(places, start=1)
    )
    prompt = text("What comes first?")
    return Ranking(survey=text("Spring"), question=prompt, first=first, choices=choices, more=more)


@pytest.mark.parametrize(
    ("ranking", "told", "page", "listed"),
    [
        (of(choices=8), None, "too few answers", 0),
        (of(1, 1, 1, 1, 1, 1, choices=40, more=34), "In “Spring” no priority stands out.", NONE, 0),
        (of(1, 1, 1, choices=3), "In “Spring” no priority stands out.", NONE, 0),
        (of(1, 2, 2, choices=8, more=5), "In “Spring” you put first: “Choice 1”.", "", 1),
        (
            of(1, 1, 3, choices=3),
            "In “Spring” you put first: “Choice 1” and “Choice 2”. "
            "The answers are too close to rank them.",
            "",
            3,
        ),
        (of(1, choices=1), "In “Spring” you put first: “Choice 1”.", "", 1),
    ],
)
def test_what_is_said_of_a_ranking(
    ranking: Ranking, told: str | None, page: str, listed: int
) -> None:
    kept = Issued(
        period=Period(first=date(2026, 8, 11), last=date(2026, 10, 4)),
        edition=1,
        correction="",
        words=ReportWords(),
        figures=Figures(district="Lincoln", rankings=(ranking,)),
        at=datetime(2026, 11, 29, tzinfo=UTC),
    )
    assert said(WORDS, kept)[1:] == ([told] if told else [])
    assert page in ranked(WORDS, ranking)
    assert len(ranking.told) == listed


def test_an_indicator_reads_as_on_its_goals_page() -> None:
    line = IndicatorLine(name=text("Repair"), target=5, unit=text("days"), lower=True)
    known = Indicator(key="repair", name=line.name, target=5, unit=line.unit, lower=True)
    target = goal_words.target(WORDS, known)
    assert target == "Target: 5 days or less."
    assert indicator(WORDS, line) == f"Not measured in this period. {target}"
    assert indicator(WORDS, replace(line, value=7.5)) == f"7.5 days. {target}"
    measured = replace(line, value=7.5, before=9)
    assert indicator(WORDS, measured) == f"7.5 days (was 9 days). {target}"


async def test_a_ranking_without_a_first_place_is_not_in_a_report(tmp_path: Path) -> None:
    async with hall(tmp_path) as town:
        now = town.clock()
        period = Period(first=now.date() - timedelta(days=60), last=now.date() - timedelta(days=1))
        closed = now - timedelta(days=3)
        add = partial(released_wave, key="a", closes=closed, label="Wi-Fi", closed=True)
        wave = await town.core.store.write(add)
        figures = await town.core.store.read(lambda tx: gather(tx, period, now))
        assert len(figures.rankings) == 1
        await town.core.store.write(partial(compared, 49, wave))
        figures = await town.core.store.read(lambda tx: gather(tx, period, now))
        assert figures.rankings == ()


def compared(met: int, wave: UUID, tx: Transaction) -> None:
    """Each choice was compared so many times."""
    results = tx.results(wave)
    assert results is not None
    tables = tuple(
        replace(
            table,
            cells=tuple(
                replace(
                    cell,
                    questions=tuple(
                        replace(one, ranked=tuple(replace(c, met=met) for c in one.ranked))
                        if isinstance(one, RankingResult)
                        else one
                        for one in cell.questions
                    ),
                )
                for cell in table.cells
            ),
        )
        for table in results.tables
    )
    tx.put_results(wave, replace(results, tables=tables))


def test_a_target_of_zero_is_said_as_none() -> None:
    lost = Indicator(key="lost", name=text("Lost"), target=0, unit=text("laptops"), lower=True)
    assert goal_words.target(WORDS, lost) == "Target: none."
    by = replace(lost, by=date(2027, 6, 30))
    assert goal_words.target(WORDS, by) == "Target: none by June 30, 2027."
    assert goal_words.target(WORDS, replace(lost, lower=False)) == "Target: 0 laptops."
