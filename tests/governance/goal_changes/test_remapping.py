"""A binding that was moved reads as moved, and as before once that is undone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from core.text import Text
from governance.goal_changes.model import Holder, HolderKind, Remapping
from governance.goal_changes.remapping import current, resolved
from governance.goals.model import Goal, PlanStep, StepKind
from governance.references.model import Bound, BoundKind
from storage.transaction import Transaction
from tests.storage.stores import empty_store

NOW = datetime(2026, 11, 29, 15, tzinfo=UTC)
ITEM = Holder(kind=HolderKind.ITEM, key=str(uuid4()))


def goal(key: str, version: int = 1) -> Bound:
    return Bound(kind=BoundKind.GOAL, key=key, version=version)


def moved(source: Bound, target: Bound, minutes: int = 0, batch: UUID | None = None) -> Remapping:
    at = NOW + timedelta(minutes=minutes)
    return Remapping(
        id=uuid4(), batch=batch or uuid4(), holder=ITEM, source=source, target=target, at=at
    )


def test_it_follows_from_one_goal_to_the_next_in_the_order_of_time() -> None:
    moves = [moved(goal("a"), goal("b")), moved(goal("b"), goal("c", 2), 1)]
    assert resolved(goal("a"), moves).bound == goal("c", 2)
    assert resolved(goal("b"), moves).bound == goal("c", 2)
    assert resolved(goal("a", 2), moves).bound == goal("a", 2), "another version was not moved"


def test_there_and_back_ends_where_it_was_moved_last() -> None:
    moves = [moved(goal("a"), goal("b")), moved(goal("b"), goal("a"), 1)]
    assert resolved(goal("a"), moves).bound == goal("a")
    assert not resolved(goal("a"), moves).settled


def test_left_as_it_was_is_settled() -> None:
    found = resolved(goal("a"), [moved(goal("a"), goal("a"))])
    assert found.bound == goal("a")
    assert found.settled


def test_a_move_from_before_the_binding_was_made_was_of_another() -> None:
    moves = [moved(goal("a"), goal("b"))]
    assert resolved(goal("a"), moves, NOW + timedelta(minutes=1)).bound == goal("a")
    assert resolved(goal("a"), moves, NOW).bound == goal("b")


def test_it_is_settled_until_something_happens_to_the_goal() -> None:
    found = resolved(goal("a"), [moved(goal("a"), goal("a"))])
    assert found.stays([step("a", -1), step("b", 1)])
    assert not found.stays([step("a", 1)])


def step(key: str, minutes: int) -> PlanStep:
    return PlanStep(
        id=uuid4(),
        goal=Goal(key=key, title=Text(default=key)),
        component="rooms",
        kind=StepKind.RETIRED,
        at=NOW + timedelta(minutes=minutes),
    )


async def test_what_is_undone_reads_as_before_and_stays_on_record(tmp_path: Path) -> None:
    batch = uuid4()

    def move(tx: Transaction) -> Bound:
        tx.add_remappings([moved(goal("a"), goal("b"), batch=batch)])
        return current(tx, goal("a"), ITEM)

    def undo(tx: Transaction) -> tuple[int, int, Bound, int]:
        twice = tx.undo_remappings(batch, None, NOW), tx.undo_remappings(batch, None, NOW)
        return *twice, current(tx, goal("a"), ITEM), len(tx.remappings(ITEM))

    async with empty_store(tmp_path) as store:
        assert await store.write(move) == goal("b")
        assert await store.write(undo) == (1, 0, goal("a"), 1)
