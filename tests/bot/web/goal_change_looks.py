"""The pages about changes of the plan in each of their states."""

from __future__ import annotations

from uuid import UUID

from governance.goal_changes.commands import (
    ShowBound,
    ShowGoalNotes,
    ShowProposal,
    ShowProposalForm,
    ShowProposals,
)
from tests.bot.web.examples import WAVE
from tests.bot.web.goal_change_views import SAID
from tests.bot.web.looking import page

_ALL = "/plan-changes"
_ONE = f"{_ALL}/{UUID(int=71)}"
_BOUND = "/plan/classroom-refresh/bound"
_FORM = f"/do/goal-proposal-form|{UUID(int=71)}"

GOAL_CHANGES = (
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
    page(f"/do/goal-decide-form|{UUID(int=71)}|accept"),
    page(f"/results/{WAVE}", (ShowGoalNotes, SAID["goals_over_while_open"])),
    page(_BOUND),
    page(_BOUND, locale="es"),
    page(_BOUND, (ShowBound, SAID["goal_bound_nothing"])),
)
