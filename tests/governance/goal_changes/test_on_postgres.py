"""The same on PostgreSQL, where two deputies of the CTO's office can decide at the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from governance.goal_changes.commands import MoveBound, TakeBackPlanDecision, UndoMove
from governance.goal_changes.messages import PlanDecisionForm
from governance.goal_changes.model import HolderKind, ProposalKind, ProposalState
from governance.goals.model import StepKind
from tests.attacks.hall import Hall, hall
from tests.governance.goal_changes.test_deciding import (
    EQUAL,
    LEAD,
    REFRESH,
    decided,
    deputy_of_cto,
    goals,
    history,
    linked,
    merged,
    named_on,
    proposed,
)
from tests.journeys.town import CTO
from tests.postgres import migrated_database


@pytest.fixture(params=["sqlite", "postgresql"])
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Hall]:
    if request.param == "sqlite":
        async with hall(tmp_path) as found:
            yield found
        return
    with migrated_database() as url:
        async with hall(tmp_path, url=url) as found:
            yield found


async def test_of_two_who_decide_at_the_same_moment_one_decides(town: Hall) -> None:
    subject = await proposed(town, ProposalKind.RETIRE, goals=(EQUAL,))
    town.clock.forward(minutes=5)
    one, other = await asyncio.gather(
        decided(town, subject, accept=True),
        decided(town, subject, accept=False, who=deputy_of_cto()),
    )
    late = [found for found in (one, other) if isinstance(found, PlanDecisionForm)]
    assert len(late) == 1, "whoever was later has their words back, beside what was decided"
    stands = [one.view if isinstance(one, PlanDecisionForm) else one for one in [one, other]]
    assert stands[0].proposal.decisions == stands[1].proposal.decisions
    assert len(stands[0].proposal.decisions) == 1
    accepted = stands[0].proposal.state is ProposalState.ACCEPTED
    assert (await goals(town))[EQUAL].retired is accepted


async def test_of_two_proposals_about_one_goal_one_is_outdated(town: Hall) -> None:
    first = await proposed(town, ProposalKind.RETIRE, goals=(EQUAL,))
    second = await proposed(
        town, ProposalKind.ADAPT, goals=(EQUAL,), words={"title": "Equal rooms"}
    )
    town.clock.forward(minutes=5)
    found = await asyncio.gather(decided(town, first), decided(town, second, who=deputy_of_cto()))
    states = sorted(one.proposal.state for one in found)
    assert states == [ProposalState.ACCEPTED, ProposalState.PROPOSED]
    assert [bool(one.outdated) for one in found].count(True) == 1
    assert len(await history(town, EQUAL)) == 2


async def test_merged_moved_and_back(town: Hall) -> None:
    item = await linked(town, REFRESH)
    was = await named_on(town, item)
    subject = await merged(town)
    town.clock.forward(minutes=5)
    moved = await town.ask(LEAD, MoveBound(goal=REFRESH, what=(HolderKind.ITEM.value,), to=EQUAL))
    assert (await named_on(town, item))[0][1] is None
    await town.ask(CTO, UndoMove(goal=REFRESH, batch=moved.moved[0].batch))
    back = await town.ask(CTO, TakeBackPlanDecision(proposal_id=subject))
    assert back.proposal.state is ProposalState.PROPOSED
    assert await named_on(town, item) == [(was[0][0], None)]
    assert [kind for kind, _ in await history(town, REFRESH)] == [
        StepKind.ADOPTED,
        StepKind.MERGED,
        StepKind.RESTORED,
    ]
