"""What the pages about changes of the plan show."""

from __future__ import annotations

from governance.goal_changes.commands import (
    ShowBound,
    ShowGoalNotes,
    ShowPlanDecision,
    ShowProposal,
    ShowProposalForm,
    ShowProposals,
)
from governance.messages import Done
from tests.bot.samples.goal_change import goal_changes
from tests.bot.web.examples import HOSTILE

SAID = goal_changes(HOSTILE)
ANSWERS = {
    ShowProposals: SAID["goal_proposals"],
    ShowProposal: SAID["goal_proposal_to_decide"],
    ShowProposalForm: SAID["goal_proposal_form"],
    ShowPlanDecision: SAID["goal_decision_form"],
    ShowBound: SAID["goal_bound"],
    ShowGoalNotes: Done(),
}
