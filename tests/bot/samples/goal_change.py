"""What is shown of changes of the plan, and of what is bound to its goals."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from core.text import Text, text
from governance.goal_changes.messages import (
    BoundThing,
    BoundView,
    GoalChangeMessage,
    GoalNote,
    GoalNotes,
    Moved,
    OutdatedGoal,
    PlanDecisionForm,
    ProposalAsked,
    ProposalForm,
    ProposalLine,
    ProposalsView,
    ProposalView,
)
from governance.goal_changes.model import (
    Decision,
    GoalWords,
    HolderKind,
    Proposal,
    ProposalKind,
    ProposalState,
)
from governance.goals.model import Goal
from governance.references.model import Bound, BoundKind
from surveys.questions import Unfit

_AT = datetime(2027, 2, 1, 15, 0, tzinfo=UTC)
_COMMITTEE, _BODY = "CLASS steering committee", "Board of Education"
_EQUAL = Goal(
    key="equal-classrooms",
    title=text("The same equipment in every classroom", es="El mismo equipo en cada salón"),
    description=Text(default="A teacher who changes rooms finds a display that works alike."),
)
_REFRESH = Goal(
    key="classroom-refresh", title=Text(default="Classroom equipment replaced before it fails")
)
_OVER = replace(_REFRESH, retired=True, became=(_EQUAL.key,))
_MERGER = Proposal(
    id=UUID(int=71),
    kind=ProposalKind.MERGE,
    reason="Both are about the same rooms, and staff name them together.",
    goals=tuple(Bound(kind=BoundKind.GOAL, key=one.key, version=1) for one in (_REFRESH, _EQUAL)),
    into=_EQUAL.key,
    words=(GoalWords(title=Text(default="The same working equipment in every classroom")),),
    state=ProposalState.PROPOSED,
    written_at=_AT,
    proposed_at=_AT,
    times=1,
)
_ACCEPTED = Decision(
    accepted=True,
    on=date(2027, 2, 9),
    body=_BODY,
    reference="resolution 2027-14",
    reason="One goal is easier to follow than two.",
    at=_AT + timedelta(days=9),
)
_CHOICES = tuple((one.key, one.title) for one in (_EQUAL, _REFRESH))
_WAITS = ProposalView(
    proposal=_MERGER,
    goals=(_REFRESH,),
    into=_EQUAL.title,
    advice="Bring the classroom goals together",
    committee=_COMMITTEE,
    body=_BODY,
    listed=True,
)


def goal_changes(hostile: str) -> dict[str, GoalChangeMessage]:
    adapted = replace(
        _MERGER,
        kind=ProposalKind.ADAPT,
        reason=hostile,
        goals=_MERGER.goals[1:],
        into="",
        words=(GoalWords(title=Text(default="Equal rooms"), why=Text(default=hostile)),),
    )
    split = replace(
        _MERGER,
        kind=ProposalKind.SPLIT,
        into="",
        state=ProposalState.DRAFT,
        words=(
            GoalWords(title=Text(default="Displays"), description=Text(default="In each room.")),
            GoalWords(title=Text(default="Sound")),
        ),
    )
    accepted = replace(_MERGER, state=ProposalState.ACCEPTED, decisions=(_ACCEPTED,))
    adopted = replace(accepted, kind=ProposalKind.ADOPT, goals=(), into="", words=split.words[:1])
    mistaken = replace(
        _ACCEPTED, accepted=False, taken_back_at=_AT + timedelta(days=9, hours=1), reference=""
    )
    things = (
        BoundThing(
            token=f"item:{UUID(int=72)}",
            kind=HolderKind.ITEM,
            name=Text(default=hostile),
            path=f"/items/{UUID(int=72)}",
            version=1,
        ),
        BoundThing(
            token=f"rule:{UUID(int=73)}",
            kind=HolderKind.RULE,
            name=Text(default="ITR 4: Classroom displays"),
            version=1,
        ),
    )
    bound = BoundView(
        goal=_OVER,
        counts=((HolderKind.ITEM, 10), (HolderKind.RULE, 1), (HolderKind.CHOICE, 2)),
        things=things,
        targets=((_EQUAL.key, _EQUAL.title),),
        moved=(
            Moved(
                batch=UUID(int=74),
                counts=((HolderKind.RECOMMENDATION, 1), (HolderKind.CHANGE, 3)),
                to=_EQUAL.title,
                by="Ramona Castellanos",
                at=_AT,
            ),
            Moved(
                batch=UUID(int=75),
                counts=((HolderKind.ITEM, 0),),
                to=None,
                by="Ramona Castellanos",
                at=_AT,
                undone_at=_AT + timedelta(hours=2),
            ),
        ),
    )
    form = ProposalForm(
        proposal_id=_MERGER.id,
        kind=ProposalKind.MERGE,
        language="en",
        choices=_CHOICES,
        advices=((str(UUID(int=76)), "Bring the classroom goals together"),),
        goals=(_REFRESH.key,),
        stays=_EQUAL.key,
        reason=hostile,
        words={"title": "Equal rooms", "title.es": "Salones iguales"},
        unfit={"goals": Unfit(why="Choose at least two goals.")},
    )
    lines = tuple(
        ProposalLine(
            id=UUID(int=80 + at),
            kind=kind,
            state=state,
            goals=(_EQUAL.title, _REFRESH.title),
            words=(GoalWords(title=Text(default=hostile[:60])),),
            at=_AT,
        )
        for at, (kind, state) in enumerate(
            (
                (ProposalKind.MERGE, ProposalState.PROPOSED),
                (ProposalKind.ADOPT, ProposalState.DRAFT),
                (ProposalKind.RETIRE, ProposalState.ACCEPTED),
                (ProposalKind.RESTORE, ProposalState.DECLINED),
            )
        )
    )
    over = GoalNotes(
        wave_id=UUID(int=100),
        title=Text(default="What should we work on first?"),
        notes=(
            GoalNote(
                title=_REFRESH.title,
                on=date(2027, 2, 9),
                retired=True,
                choices=(Text(default=hostile[:40]), Text(default="New laptops")),
                became=(_EQUAL.title,),
            ),
            GoalNote(
                title=_EQUAL.title,
                on=date(2027, 2, 9),
                retired=False,
                choices=(Text(default="Displays that work alike"),),
            ),
        ),
        open=True,
    )
    new = tuple((kind, UUID(int=90 + at)) for at, kind in enumerate(ProposalKind))
    return {
        "goal_proposals": ProposalsView(lines=lines, committee=_COMMITTEE, body=_BODY, new=new),
        "goal_proposals_none": ProposalsView(lines=()),
        "goal_proposal_to_decide": replace(_WAITS, decides=True),
        "goal_proposal_asked": ProposalAsked(**{**vars(_WAITS), "decides": True, "listed": False}),
        "goal_proposal_draft": ProposalView(
            proposal=split, goals=(_EQUAL,), committee=_COMMITTEE, writes=True, listed=True
        ),
        "goal_proposal_adapting": replace(
            _WAITS,
            proposal=adapted,
            goals=(_EQUAL,),
            into=None,
            advice="",
            writes=True,
            outdated=(OutdatedGoal(title=_EQUAL.title, on=date(2027, 1, 20)),),
        ),
        "goal_proposal_accepted": replace(_WAITS, proposal=accepted, listed=False),
        "goal_proposal_unmeasured": replace(
            _WAITS, proposal=adopted, goals=(), into=None, unmeasured=(_EQUAL,)
        ),
        "goal_proposal_to_move": replace(
            _WAITS,
            proposal=replace(accepted, decisions=(mistaken, _ACCEPTED)),
            takes_back=_AT + timedelta(days=10),
            remaps=(_OVER,),
        ),
        "goal_proposal_form": form,
        "goal_proposal_form_adopt": ProposalForm(
            proposal_id=UUID(int=77),
            kind=ProposalKind.ADOPT,
            language="en",
            choices=_CHOICES,
            components=(("connected", text("Connected classrooms", es="Salones conectados")),),
        ),
        "goal_proposal_form_split": ProposalForm(
            proposal_id=UUID(int=78), kind=ProposalKind.SPLIT, language="en", choices=_CHOICES
        ),
        "goal_decision_form": PlanDecisionForm(
            view=replace(_WAITS, decides=True),
            accept=True,
            on=date(2027, 2, 9),
            body=_BODY,
            reason=hostile,
            unfit={"on": Unfit(why="Choose today or an earlier day.")},
        ),
        "goals_over_while_open": over,
        "goals_over_when_closed": replace(over, open=False),
        "goals_over_repeats": replace(
            over,
            wave_id=None,
            notes=over.notes[:1],
            series=UUID(int=101),
            next_at=_AT + timedelta(days=30),
        ),
        "goal_bound": bound,
        "goal_bound_nothing": BoundView(goal=_EQUAL, counts=(), things=(), targets=()),
    }
