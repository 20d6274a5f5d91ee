"""What the Board and the public read of an assessment: that there was one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from core.words import Words
from governance.board_reports.commands import ChoosePeriod
from governance.board_reports.periods import Preset
from governance.controls.model import (
    Answer,
    AnswerState,
    Assessed,
    Assessment,
    AssessmentState,
    Dimension,
)
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.governance.controls.frameworks import SMALL
from tests.journeys.town import CTO
from tests.postgres import migrated_database

FIRST, LAST = date(2026, 8, 11), date(2026, 10, 4)
CLOSED = datetime(2026, 9, 30, 23, tzinfo=UTC)
EVERY = ("1.1", "1.2", "2.1")
SAID = "The district assessed its practices against A small checklist 2 (G1) in September 2026."


@pytest.fixture(params=["sqlite", "postgres"])
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        url = ""
        if request.param == "postgres":
            url = stack.enter_context(migrated_database(hasty=True))
        yield await stack.enter_async_context(hall(tmp_path, url=url))


async def kept(
    town: Hall,
    given: Assessment,
    *,
    answered: Collection[str] = EVERY,
    taken_over: Collection[str] = (),
) -> None:
    scores = Answer(applicable=True, scores=dict.fromkeys(Dimension, 2), evidence="The cellar")
    rows = [
        Assessed(
            assessment_id=given.id,
            number=one.number,
            due=given.due,
            state=AnswerState.DONE if one.number in answered else AnswerState.OPEN,
            answer=scores if one.number in {*answered, *taken_over} else Answer(),
        )
        for one in given.scope(SMALL)
    ]

    def put(tx: Transaction) -> None:
        tx.put_framework(SMALL, None, town.clock())
        tx.put_assessment(replace(given, state=AssessmentState.OPEN, closed_at=None))
        tx.put_assessed(rows)
        tx.put_assessment(given)

    await town.core.store.write(put)


def closed(at: datetime = CLOSED) -> Assessment:
    return Assessment(
        id=uuid4(),
        name="Fall",
        framework="small",
        version="2",
        group="g1",
        due=date(2026, 10, 1),
        state=AssessmentState.CLOSED,
        made_at=CLOSED - timedelta(days=30),
        opened_at=CLOSED - timedelta(days=30),
        closed_at=at,
    )


async def lines(town: Hall, locale: str = "en") -> list[str]:
    made = await town.ask(
        CTO, ChoosePeriod(report_id=uuid4(), preset=Preset.OWN, first=FIRST, last=LAST)
    )
    words = Words(locale, "America/Chicago")
    return [words.text(one) for one in made.figures.further]


async def test_a_report_says_that_there_was_an_assessment_and_nothing_else(town: Hall) -> None:
    assert await lines(town) == []
    await kept(town, closed())
    draft = replace(closed(), state=AssessmentState.DRAFT, opened_at=None, closed_at=None)
    await kept(town, draft, answered=())
    assert await lines(town) == [SAID]
    await kept(town, replace(draft, id=uuid4(), state=AssessmentState.OPEN, opened_at=CLOSED))
    assert await lines(town) == [SAID, "A new assessment is underway."]
    assert await lines(town, "es") == [
        "El distrito evaluó sus prácticas frente a Una lista pequeña 2 (G1) en septiembre de 2026.",
        "Hay una nueva evaluación en curso.",
    ]


async def test_it_says_when_only_parts_were_assessed(town: Hall) -> None:
    await kept(town, replace(closed(), controls=("1",)))
    assert await lines(town) == [SAID.replace("against", "against parts of")]


async def test_nothing_is_said_of_other_periods_nor_of_one_without_an_answer(town: Hall) -> None:
    await kept(town, closed(CLOSED - timedelta(days=90)))
    await kept(town, closed(), answered=())
    await kept(town, closed(CLOSED + timedelta(days=20)))
    assert await lines(town) == []


async def test_what_nobody_has_looked_at_this_year_is_no_assessment(town: Hall) -> None:
    await kept(town, closed(), answered=(), taken_over=EVERY)
    assert await lines(town) == []


async def test_less_than_half_of_it_is_only_begun(town: Hall) -> None:
    await kept(town, closed(), answered=("1.1",), taken_over=("1.2", "2.1"))
    assert await lines(town) == [
        "The district has begun to assess its practices against A small checklist 2 (G1)."
    ]


async def test_half_of_it_is_an_assessment(town: Hall) -> None:
    await kept(town, closed(), answered=("1.1", "2.1"))
    assert await lines(town) == [SAID]
