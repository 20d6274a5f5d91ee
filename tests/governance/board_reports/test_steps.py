"""What a Board report says happened to the goals in its period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from core.text import text
from governance.board_reports.gathering import gather
from governance.board_reports.periods import Period
from governance.goal_changes.commands import TakeBackPlanDecision
from governance.goal_changes.model import ProposalKind
from governance.goals.model import Goal, PlanStep, StepKind
from tests.attacks.hall import Hall, hall
from tests.governance.goal_changes.test_deciding import EQUAL, WIFI, decided, proposed
from tests.journeys.town import CTO


async def steps(town: Hall) -> Sequence[tuple[str, StepKind]]:
    day = town.clock().date()
    period = Period(first=day - timedelta(days=40), last=day + timedelta(days=1))
    told = await town.core.store.read(lambda tx: gather(tx, period, town.clock()))
    return [
        (one.goal.default, one.kind) for component in told.components for one in component.steps
    ]


async def test_a_decision_that_was_taken_back_leaves_no_steps(tmp_path: Path) -> None:
    async with hall(tmp_path) as town:
        before = list(await steps(town))
        mistaken = await proposed(town, ProposalKind.RETIRE, goals=(EQUAL,))
        await decided(town, mistaken)
        town.clock.forward(minutes=5)
        await town.ask(CTO, TakeBackPlanDecision(proposal_id=mistaken))
        assert await steps(town) == before
        town.clock.forward(minutes=5)
        await decided(town, mistaken)
        meant = await proposed(town, ProposalKind.RETIRE, goals=(WIFI,))
        await decided(town, meant)
        found = [kind for _, kind in list(await steps(town)) if kind is not StepKind.ADOPTED]
        assert found == [StepKind.RETIRED, StepKind.RETIRED]


async def test_a_goal_from_a_later_plan_file_is_new_only_where_the_file_says_so(
    tmp_path: Path,
) -> None:
    async with hall(tmp_path) as town:
        before = list(await steps(town))
        now = town.clock()
        decided_on: date = now.date() - timedelta(days=3)
        goals = (
            Goal(key="undated", title=text("Undated")),
            Goal(key="old", title=text("Old"), version=3, decided_on=decided_on),
            Goal(key="new", title=text("New"), decided_on=decided_on),
        )
        first = await town.core.store.read(lambda tx: tx.district().components[0].key)
        added = [
            PlanStep(id=uuid4(), goal=one, component=first, kind=StepKind.ADOPTED, at=now)
            for one in goals
        ]
        await town.core.store.write(lambda tx: tx.add_plan_steps(added))
        found = [one for one in await steps(town) if one not in before]
        assert found == [("Old", StepKind.ADAPTED), ("New", StepKind.ADOPTED)]
