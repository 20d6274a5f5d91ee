"""Whatever is proposed, decided, taken back and moved in whatever order: keys stay unique, versions
never fall, the history leads to the plan as it is, and no binding is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from governance.access import Actor
from governance.committees.model import Office
from governance.goal_changes import handlers, moving
from governance.goal_changes.bindings import bindings
from governance.goal_changes.commands import (
    EnterPlanDecision,
    MoveBound,
    SendProposal,
    TakeBackPlanDecision,
    UndoMove,
    WriteProposal,
)
from governance.goal_changes.messages import ProposalView
from governance.goal_changes.model import HolderKind, ProposalKind, ProposalState
from governance.goal_changes.moving import STAY
from governance.goals.model import Goal
from governance.goals.stepping import goals_of
from governance.ports import Standing
from governance.recommendations.model import Recommendation
from governance.references.binding import goal_bound
from governance.references.model import Bound
from governance.school_days import today
from storage import migrating
from storage.connection import Surroundings
from storage.transaction import Transaction
from storage.vault import Vault
from tests.journeys.town import example
from tests.storage.stores import SECRET, import_people, rows

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FEW = 6
"""Of each step's goals one is chosen by its place."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    found = create_engine(f"sqlite:///{tmp_path_factory.mktemp('plan') / 'plan.sqlite3'}")
    migrating.upgrade(found)
    yield found
    found.dispose()


@contextmanager
def rolled_back(engine: object) -> Iterator[tuple[Transaction, Actor]]:
    with engine.connect() as connection:  # type: ignore[attr-defined]
        tx = Transaction(connection, Surroundings(vault=Vault(SECRET)))
        import_people(tx, rows(1))
        tx.put_district(example().district, "", NOW - timedelta(days=1))
        person = tx.person(next(iter(tx.next_people(None, 1))))
        steering = frozenset({example().district.plan.steering})
        standing = Standing(offices=frozenset({Office.CTO}), leads=steering, sits=steering)
        yield tx, Actor(person=person, standing=standing)
        connection.rollback()


places = st.integers(0, FEW - 1)
walks = st.lists(
    st.one_of(
        st.tuples(st.just("propose"), st.sampled_from(ProposalKind), places, places),
        st.tuples(st.just("accept"), places),
        st.tuples(st.just("decline"), places),
        st.tuples(st.just("take back"), places),
        st.tuples(st.just("bind"), places),
        st.tuples(st.just("move"), places, places),
        st.tuples(st.just("undo"), places),
    ),
    min_size=4,
    max_size=25,
)


@settings(max_examples=80, deadline=None)
@given(walk=walks)
def test_the_plan_and_its_history_hold(engine: object, walk: list[tuple[Any, ...]]) -> None:
    with rolled_back(engine) as (tx, actor):
        known, bound = goals_of(tx.district().components), dict[UUID, Bound]()
        for minute, (what, *rest) in enumerate(walk):
            now = NOW + timedelta(minutes=minute)
            if what == "bind":
                bound |= _bind(tx, rest[0], now)
            else:
                _DOES[what](tx, actor, now, *rest)
            known = _hold(tx, known)
            _bindings_hold(tx, bound)


def _hold(tx: Transaction, before: dict[str, Goal]) -> dict[str, Goal]:
    every = [goal for one in tx.district().components for goal in one.goals]
    now = {one.key: one for one in every}
    assert len(now) == len(every), "a key is there once"
    assert before.keys() <= now.keys(), "no goal is lost"
    for key, goal in before.items():
        assert now[key].version >= goal.version
        if now[key].version == goal.version:
            assert now[key].title == goal.title, "other words are another version"
    for goal in every:
        assert set(goal.became) <= now.keys()
        assert goal.retired or not goal.became
    replayed = {step.goal.key: step.goal for step in tx.plan_steps()}
    assert not replayed or replayed == now, "the history leads to the plan"
    return now


def _bindings_hold(tx: Transaction, bound: dict[UUID, Bound]) -> None:
    goals = goals_of(tx.district().components)
    found = {UUID(one.holder.key): one for one in bindings(tx)}
    assert {key: one.bound for key, one in found.items()} == bound, "as it was when it was made"
    moved = {one.holder.key for one in tx.remappings() if one.undone_at is None}
    for key, one in found.items():
        assert one.now.key in goals
        assert one.now == one.bound or str(key) in moved


# -- steps -------------------------------------------------------------------------------------


def _propose(
    tx: Transaction, actor: Actor, now: datetime, kind: ProposalKind, first: int, second: int
) -> None:
    goals = goals_of(tx.district().components).values()
    live = [one.key for one in goals if one.retired is (kind is ProposalKind.RESTORE)]
    if not live:
        return
    one, other = live[first % len(live)], live[second % len(live)]
    wanted = WriteProposal(
        proposal_id=uuid4(),
        kind=kind,
        goals=(one, other) if kind is ProposalKind.MERGE else (one,),
        stays=other if first % 2 else "",
        component=tx.district().components[0].key,
        reason="It serves staff better.",
        words={key: f"A goal of minute {now:%M}{key[-1]}" for key in ("title", "title1", "title2")},
    )
    shown = handlers.write(tx, actor, wanted, now)
    if isinstance(shown, ProposalView):
        handlers.send(tx, actor, SendProposal(proposal_id=wanted.proposal_id), now)


def _decide(tx: Transaction, actor: Actor, now: datetime, place: int, *, accept: bool) -> None:
    waiting = tx.plan_proposals(ProposalState.PROPOSED)
    if not waiting:
        return
    found = waiting[place % len(waiting)]
    entered = EnterPlanDecision(
        proposal_id=found.id,
        times=found.times,
        accept=accept,
        on=today(tx, now),
        body="Board of Education",
        reason="Agreed.",
    )
    handlers.decide(tx, actor, entered, now)


def _take_back(tx: Transaction, actor: Actor, now: datetime, place: int) -> None:
    decided = tx.plan_proposals(ProposalState.ACCEPTED, ProposalState.DECLINED)
    if decided:
        subject = decided[place % len(decided)].id
        handlers.take_back(tx, actor, TakeBackPlanDecision(proposal_id=subject), now)


def _bind(tx: Transaction, place: int, now: datetime) -> dict[UUID, Bound]:
    goals = goals_of(tx.district().components)
    live = [key for key, one in goals.items() if not one.retired]
    about = goal_bound(tx.district(), live[place % len(live)]) if live else None
    if about is None:
        return {}
    one = Recommendation(
        id=uuid4(), queue="network", title="x", advice="x", written_at=now, about=(about,)
    )
    tx.put_recommendation(one)
    return {one.id: about}


def _move(tx: Transaction, actor: Actor, now: datetime, first: int, second: int) -> None:
    goals = list(goals_of(tx.district().components).values())
    live = [one.key for one in goals if not one.retired]
    for goal in goals:
        to = live[second % len(live)] if live and second else STAY
        kinds = (HolderKind.RECOMMENDATION.value,)
        moving.move(tx, actor, MoveBound(goal=goal.key, what=kinds, to=to), now)


def _undo(tx: Transaction, actor: Actor, now: datetime, place: int) -> None:
    moves = tx.remappings()
    if moves:
        one = moves[place % len(moves)]
        moving.undo(tx, actor, UndoMove(goal=one.source.key, batch=one.batch), now)


_DOES: dict[str, Any] = {
    "propose": _propose,
    "accept": lambda *given: _decide(*given, accept=True),
    "decline": lambda *given: _decide(*given, accept=False),
    "take back": _take_back,
    "move": _move,
    "undo": _undo,
}
