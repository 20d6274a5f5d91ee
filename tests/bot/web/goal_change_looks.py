"""The pages about changes of the plan in each of their states."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from governance.goal_changes.commands import (
    ShowBound,
    ShowGoalNotes,
    ShowProposal,
    ShowProposalForm,
    ShowProposals,
)
from governance.goal_changes.facets import ChangesOfGoal, ChangesOfPlan
from governance.goal_changes.messages import ProposalsView
from governance.goal_changes.model import ProposalKind
from governance.goals.commands import ShowGoal, ShowGoals
from governance.goals.messages import GoalsView, GoalView
from tests.bot.samples.plan import plan
from tests.bot.web.examples import HOSTILE, WAVE
from tests.bot.web.goal_change_views import SAID
from tests.bot.web.looking import page

_ALL = "/plan-changes"
_ONE = f"{_ALL}/{UUID(int=71)}"
_BOUND = "/plan/classroom-refresh/bound"
_FORM = f"/do/goal-proposal-form|{UUID(int=71)}"

_GOAL = plan(HOSTILE)["goal"]
assert isinstance(_GOAL, GoalView)
_LINES = SAID["goal_proposals"]
assert isinstance(_LINES, ProposalsView)
_WORK = ChangesOfGoal(
    goal="reliable-wifi",
    lines=_LINES.lines[:2],
    new=((ProposalKind.ADAPT, UUID(int=72)), (ProposalKind.MERGE, UUID(int=73))),
    left=True,
)
_WITH_WORK = replace(_GOAL, facets=(*_GOAL.facets, _WORK))

_PLAN = plan(HOSTILE)["plan"]
assert isinstance(_PLAN, GoalsView)
_NEW = ((ProposalKind.ADOPT, UUID(int=74)), (ProposalKind.ADAPT, UUID(int=75)))
_PLAN_WITH_WORK = replace(_PLAN, facets=(ChangesOfPlan(waiting=2, new=_NEW),))

GOAL_CHANGES = (
    page("/plan", (ShowGoals, _PLAN_WITH_WORK)),
    page(_ALL),
    page(_ALL, locale="es"),
    page(_ALL, (ShowProposals, SAID["goal_proposals_none"])),
    page(_ONE),
    *(
        page(_ONE, (ShowProposal, SAID[name]))
        for name in (
            "goal_proposal_draft",
            "goal_proposal_adapting",
            "goal_proposal_accepted",
            "goal_proposal_to_move",
        )
    ),
    page(f"{_FORM}|merge"),
    page(f"{_FORM}|merge", locale="es"),
    page(f"{_FORM}|adopt", (ShowProposalForm, SAID["goal_proposal_form_adopt"])),
    page(f"{_FORM}|split", (ShowProposalForm, SAID["goal_proposal_form_split"])),
    page(f"/do/goal-decide-form|{UUID(int=71)}|accept|1"),
    page(f"/results/{WAVE}", (ShowGoalNotes, SAID["goals_over_while_open"])),
    page("/plan/reliable-wifi", (ShowGoal, _WITH_WORK)),
    page(_BOUND),
    page(_BOUND, locale="es"),
    page(_BOUND, (ShowBound, SAID["goal_bound_nothing"])),
)
