"""What is stored of assessments and gaps, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from governance.controls.model import (
    Answer,
    AnswerState,
    Assessed,
    Assessment,
    AssessmentState,
    Dimension,
    Target,
)
from governance.gaps.model import Gap, GapChoice, GapDecision
from storage.connection import Surroundings
from storage.store import Store
from storage.transaction import Transaction
from storage.vault import Vault
from tests.governance.controls.frameworks import SMALL
from tests.postgres import migrated_database
from tests.storage.stores import SECRET, empty_store

NOW = datetime(2026, 11, 30, 15, tzinfo=UTC)
DUE = date(2027, 1, 15)
SCORES = dict.fromkeys(Dimension, 2)
ANSWER = Answer(applicable=True, scores=SCORES, evidence="A weak spot in the cellar")


@pytest.fixture(params=["sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    if request.param == "sqlite":
        async with empty_store(tmp_path) as found:
            yield found
        return
    with migrated_database() as url:
        found = Store(url, Surroundings(vault=Vault(SECRET)))
        yield found
        await found.close()


def begun() -> tuple[Assessment, Assessed]:
    given = Assessment(
        id=uuid4(),
        name="Winter",
        framework="small",
        version="2",
        group="g1",
        due=DUE,
        state=AssessmentState.OPEN,
        made_at=NOW,
    )
    row = Assessed(assessment_id=given.id, number="1.2", owner=uuid4(), due=DUE, answer=ANSWER)
    return given, row


def put(tx: Transaction, given: Assessment, *rows: Assessed) -> None:
    tx.put_assessment(given)
    tx.put_assessed(rows)


async def test_an_assessment_reads_as_it_was_written(store: Store) -> None:
    given, row = begun()
    later = replace(row, number="1.10", state=AnswerState.DONE)
    await store.write(lambda tx: put(tx, given, later, row))
    assert await store.read(lambda tx: tx.assessment(given.id)) == given
    assert await store.read(lambda tx: tx.assessed(given.id)) == [row, later]
    assert row.owner
    assert row.ask
    asked = await store.read(lambda tx: tx.asked_owners())
    assert [(one.ask, one.owner, one.due) for one in asked] == [(row.ask, row.owner, DUE)]
    await store.write(lambda tx: tx.put_framework(SMALL, None, NOW))
    assert await store.read(lambda tx: tx.framework("small")) == SMALL
    target = Target(framework="small", control="1", score=3.5, by=DUE, set_at=NOW)
    await store.write(lambda tx: tx.put_target(target))
    assert await store.read(lambda tx: tx.targets("small")) == [target]


async def test_the_database_alone_tells_no_score_and_no_gap(store: Store) -> None:
    given, row = begun()
    decision = GapDecision(
        choice=GapChoice.ACCEPT, why="Costs too much", by_day=DUE, owner=uuid4(), decided_at=NOW
    )
    gap = Gap(
        id=uuid4(),
        framework="small",
        number="1.2",
        assessment_id=given.id,
        decisions=(decision,),
    )
    await store.write(lambda tx: put(tx, given, row))
    await store.write(lambda tx: tx.put_gap(gap))
    assert await store.read(lambda tx: tx.gaps()) == [gap]

    def everything(tx: Transaction) -> str:
        tables = ("assessed_safeguard", "gap", "practice_target", "gap_work")
        rows = [
            tuple(row)
            for one in tables
            for row in tx.connection.execute(text(f"SELECT * FROM {one}"))  # noqa: S608
        ]
        return repr(rows)

    told = await store.read(everything)
    assert "cellar" not in told
    assert "Costs too much" not in told
    assert "accept" not in told


@pytest.mark.parametrize("attempt", ["answer", "reopen", "drop", "add"])
async def test_nothing_in_a_closed_assessment_changes(store: Store, attempt: str) -> None:
    given, row = begun()
    closed = replace(given, state=AssessmentState.CLOSED, closed_at=NOW)
    await store.write(lambda tx: put(tx, given, row))
    await store.write(lambda tx: tx.put_assessment(closed))
    tried = {
        "answer": lambda tx: tx.put_assessed([replace(row, state=AnswerState.DONE)]),
        "add": lambda tx: tx.put_assessed([replace(row, number="2.1")]),
        "reopen": lambda tx: tx.put_assessment(given),
        "drop": lambda tx: tx.drop_assessment(given.id),
    }
    with pytest.raises(DBAPIError, match="never changed"):
        await store.write(tried[attempt])
    assert await store.read(lambda tx: tx.assessment(given.id)) == closed
    assert await store.read(lambda tx: tx.assessed(given.id)) == [row]
