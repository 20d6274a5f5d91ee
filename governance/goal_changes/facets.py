"""On a goal's page and on the plan's: what is proposed, and ways to propose more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from core.cards import Page, Press
from core.words import Words
from governance.access import Actor
from governance.goal_changes import paths
from governance.goal_changes import wording as say
from governance.goal_changes.access import follows, proposes
from governance.goal_changes.bindings import left_behind
from governance.goal_changes.commands import ShowBound, ShowProposalForm, ShowProposals
from governance.goal_changes.handlers import line
from governance.goal_changes.messages import ProposalLine
from governance.goal_changes.model import ProposalKind, ProposalState
from governance.goals.facets import FacetLine, GoalFacet, Part, PlanFacet
from governance.goals.model import Goal
from governance.ports import GovernanceStore


@dataclass(frozen=True, kw_only=True)
class ChangesOfGoal:
    """``lines``: what is proposed about a goal, for those who may read it. ``new``: an id for a
    proposal of each kind, where the reader writes them. ``left``: something is still bound to an
    earlier version, which the reader may move."""

    goal: str
    lines: tuple[ProposalLine, ...]
    new: tuple[tuple[ProposalKind, UUID], ...]
    left: bool


@dataclass(frozen=True, kw_only=True)
class ChangesOfPlan:
    """How many proposals wait for a decision. ``new``: an id for a proposal of each kind, where the
    reader writes them."""

    waiting: int
    new: tuple[tuple[ProposalKind, UUID], ...] = ()


def _of_goal(store: GovernanceStore, actor: Actor, goal: Goal, _: datetime) -> ChangesOfGoal | None:
    if not follows(actor, store):
        return None
    writes = proposes(actor, store)
    states = [ProposalState.PROPOSED, *([ProposalState.DRAFT] if writes else [])]
    waiting = [
        one
        for one in store.plan_proposals(*states)
        if goal.key in {bound.key for bound in one.goals}
    ]
    kinds = (ProposalKind.RESTORE,) if goal.retired else _ABOUT_ONE
    return ChangesOfGoal(
        goal=goal.key,
        lines=tuple(line(store, one) for one in waiting),
        new=tuple((kind, uuid4()) for kind in kinds) if writes else (),
        left=(actor.cto or writes) and bool(left_behind(store, [goal.key])),
    )


_ABOUT_ONE = (ProposalKind.ADAPT, ProposalKind.MERGE, ProposalKind.SPLIT, ProposalKind.RETIRE)


def _draw_goal(words: Words, found: ChangesOfGoal) -> FacetLine:
    presses = [
        Press(
            label=say.of_this(words, kind),
            command=ShowProposalForm(proposal_id=new, kind=kind, goal=found.goal),
        )
        for kind, new in found.new
    ]
    entries = tuple(
        (
            Page(label=say.of_line(words, one), path=paths.proposal(one.id)),
            say.state(words, one.state),
        )
        for one in found.lines
    )
    still = words.say("Some items are still linked to the earlier version.")
    moves = Press(label=words.say("Move what is linked to it"), command=ShowBound(goal=found.goal))
    return FacetLine(
        name=words.say("Changes to this goal"),
        entries=entries,
        presses=tuple(presses),
        todo=(still, moves) if found.left else None,
    )


def _of_plan(store: GovernanceStore, actor: Actor, _: datetime) -> ChangesOfPlan | None:
    if not follows(actor, store):
        return None
    kinds = (ProposalKind.ADOPT, *_ABOUT_ONE) if proposes(actor, store) else ()
    return ChangesOfPlan(
        waiting=len(store.plan_proposals(ProposalState.PROPOSED)),
        new=tuple((kind, uuid4()) for kind in kinds),
    )


def _draw_plan(words: Words, found: ChangesOfPlan) -> FacetLine:
    said = words.count(
        "{n} proposal is waiting for a decision.",
        "{n} proposals are waiting for a decision.",
        found.waiting,
    )
    return FacetLine(
        name=words.say("Changes to the plan"),
        said=(said,) if found.waiting else (),
        presses=(Press(label=words.say("Changes to the plan"), command=ShowProposals()),),
        begins=tuple(
            Press(
                label=say.begins(words, kind),
                command=ShowProposalForm(proposal_id=new, kind=kind),
            )
            for kind, new in found.new
        ),
        history=Page(label=words.say("History"), path=paths.proposals()),
    )


GOAL_FACETS = (
    GoalFacet(of=ChangesOfGoal, part=Part.WORK, order=10, find=_of_goal, draw=_draw_goal),
)
PLAN_FACETS = (PlanFacet(of=ChangesOfPlan, order=10, find=_of_plan, draw=_draw_plan),)
