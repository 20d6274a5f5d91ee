"""What is stored of gaps and their work, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import text

from governance.gaps.model import Gap, GapChoice, GapDecision, GapWork, Handed, WorkKind
from governance.help_desk.model import HandOverState
from storage.store import Store
from tests.governance.controls.test_storage import DUE, NOW, begun
from tests.governance.controls.test_storage import store as store


def a_gap(by_day: date = DUE) -> Gap:
    decision = GapDecision(
        choice=GapChoice.ACCEPT, why="Costs", by_day=by_day, owner=uuid4(), decided_at=NOW
    )
    return Gap(
        id=uuid4(),
        framework="small",
        number="1.2",
        assessment_id=begun()[0].id,
        decisions=(decision,),
    )


async def test_a_ticket_is_read_as_it_was_written_and_tells_nothing(store: Store) -> None:
    gap = a_gap()
    handed = Handed(words="Switch off the cellar", state=HandOverState.QUEUED)
    work = GapWork(
        gap_id=gap.id, kind=WorkKind.TICKET, subject=uuid4(), handed=handed, by=uuid4(), at=NOW
    )
    rule = GapWork(gap_id=gap.id, kind=WorkKind.RULE, subject=uuid4(), at=NOW - timedelta(days=1))
    numbered = replace(
        work, handed=replace(handed, state=HandOverState.NUMBERED, number="INC-2041")
    )

    def put(tx: Any) -> None:
        tx.put_gap(gap)
        for one in (rule, work, numbered):
            tx.put_gap_work(one)

    await store.write(put)
    assert await store.read(lambda tx: tx.gap_work(gap.id)) == [numbered, rule]
    assert await store.read(lambda tx: tx.gaps_behind(rule.subject)) == [gap.id]
    rows = text("SELECT * FROM gap_work")
    told = await store.read(lambda tx: repr([tuple(row) for row in tx.connection.execute(rows)]))
    assert "cellar" not in told
    assert "INC-2041" not in told


async def test_what_is_due_is_found_without_what_came_back_or_is_closed(store: Store) -> None:
    due, later = a_gap(), a_gap(DUE + timedelta(days=1))
    back, closed = replace(a_gap(), returned_at=NOW), replace(a_gap(), closed_at=NOW)

    def put(tx: Any) -> None:
        for one in (later, closed, back, due):
            tx.put_gap(one)

    await store.write(put)
    found = await store.read(lambda tx: tx.gaps_due(DUE + timedelta(days=1)))
    assert found == [due]
    still = await store.read(lambda tx: tx.gaps(open_only=True))
    assert {one.id for one in still} == {due.id, later.id, back.id}
    assert still[-1] == later
