"""Changing the plan: the steering committee proposes, the body that the district names decides,
and the CTO's office enters its decision, which changes the plan at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from core.people import Person
from core.text import Text
from governance.access import Actor, office, refusal
from governance.committees.model import Office
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.filling import filled as taken
from governance.goal_changes import watching, writing
from governance.goal_changes.access import (
    follower,
    follows,
    proposer,
    proposes,
    reader,
    steering,
    steering_key,
    writer,
)
from governance.goal_changes.applying import applied, outdated, undone
from governance.goal_changes.bindings import bound_since, left_behind
from governance.goal_changes.commands import (
    EnterPlanDecision,
    ReviseProposal,
    SendProposal,
    ShowPlanDecision,
    ShowProposal,
    ShowProposalForm,
    ShowProposals,
    TakeBackPlanDecision,
    WriteProposal,
)
from governance.goal_changes.messages import (
    OutdatedGoal,
    PlanDecisionForm,
    ProposalAsked,
    ProposalForm,
    ProposalLine,
    ProposalsView,
    ProposalView,
)
from governance.goal_changes.model import (
    LONGEST_REFERENCE,
    Decision,
    Proposal,
    ProposalKind,
    ProposalState,
)
from governance.goals.model import LONGEST_BODY, LONGEST_REASON, TAKEN_BACK, Component, Goal
from governance.goals.stepping import goals_of, steps_between
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned, screen
from governance.references.model import Bound
from governance.refusals import ALREADY_DECIDED, NOT_HERE
from governance.school_days import today
from governance.second_tabs import refused_in
from governance.typed import typed
from surveys.questions import Unfit

PLAN_PROPOSAL, PLAN_DECISION = "plan-proposal", "plan-decision"
"""Of deliveries: to the CTO, and to the steering committee when it is decided."""

TAKEN_BACK_WITHIN = timedelta(days=1)

NO_LONGER = (
    "This decision can no longer be taken back: a day has passed, or something was linked to the "
    "new version. Propose another change."
)

_DIGITS = re.compile(r"\d")


# -- writing ----------------------------------------------------------------------------------


def show_form(
    store: GovernanceStore, actor: Actor, command: ShowProposalForm, now: datetime
) -> ProposalForm | ProposalView:
    found = store.plan_proposal(command.proposal_id)
    if found is None:
        return writing.begun(store, command)
    if found.state is not ProposalState.DRAFT:
        return view(store, actor, found, now)
    return writing.as_kept(writing.form_of(store, found.id, found.kind), found)


def write(
    store: GovernanceStore, actor: Actor, command: WriteProposal, now: datetime
) -> ProposalForm | ProposalView:
    """Keep a draft where it fits; else say what does not, and lose nothing that was typed."""
    found = store.plan_proposal(command.proposal_id)
    if found is not None and (
        found.state is not ProposalState.DRAFT or found.kind is not command.kind
    ):
        return view(store, actor, found, now)
    form = replace(
        writing.form_of(store, command.proposal_id, command.kind),
        goals=command.goals,
        stays=command.stays,
        measured=command.measured,
        component=command.component,
        advice=command.advice,
        reason=command.reason,
        words=command.words,
    )
    said, unfit = writing.typed_in(form)
    if unfit:
        return replace(form, unfit=unfit)
    before = tuple(text for one in (found,) if one for text in _texts(one))
    screened = screen(tuple(said.values()), command.put_back, before)
    if screened.doubt:
        return replace(form, doubt=screened.doubt)
    kept = dict(zip(said, screened.texts, strict=True))
    words = writing.words_from(store, form, kept)
    if writing.unchanged(store, form, words):
        return replace(form, unfit={"title": Unfit(why="Change at least one of the texts.")})
    draft = Proposal(
        id=command.proposal_id,
        kind=command.kind,
        reason=kept["reason"],
        goals=writing.bound_goals(store, form),
        into=form.stays if command.kind is ProposalKind.MERGE else "",
        words=words,
        measured=int(form.measured) if command.kind is ProposalKind.SPLIT else 1,
        component=form.component if command.kind is ProposalKind.ADOPT else "",
        advice=UUID(form.advice) if form.advice else None,
        written_by=actor.person_id,
        written_at=now,
        times=found.times if found else 0,
        decisions=found.decisions if found else (),
    )
    store.put_plan_proposal(draft)
    store.audit(actor.person_id, f"proposal drafted: {draft.kind}", draft.id, now)
    note_returned(store, actor.person_id, screened, draft.id, now)
    return view(store, actor, draft, now)


def _texts(draft: Proposal) -> tuple[str, ...]:
    texts = [getattr(one, name) for one in draft.words for name in writing.LIMITS]
    return (
        draft.reason,
        *(said for text in texts for said in (text.default, *text.translations.values())),
    )


def send(
    store: GovernanceStore, actor: Actor, command: SendProposal, now: datetime
) -> ProposalView | Refused:
    found = store.plan_proposal(command.proposal_id)
    if found is None:
        return refusal(NOT_HERE)
    if found.state is not ProposalState.DRAFT or outdated(found, store.district().components):
        return view(store, actor, found, now)
    sent = replace(
        found,
        state=ProposalState.PROPOSED,
        proposed_by=actor.person_id,
        proposed_at=now,
        times=found.times + 1,
    )
    store.put_plan_proposal(sent)
    store.audit(actor.person_id, f"change of the plan proposed: {sent.kind}", sent.id, now)
    for officer in store.holders(Office.CTO)[:1]:
        if officer.id != actor.person_id:
            store.deliver_to_person(
                officer,
                campaign=f"{PLAN_PROPOSAL}:{sent.id}:{sent.times}",
                kind=PLAN_PROPOSAL,
                subject=sent.id,
                now=now,
            )
    return view(store, actor, sent, now)


def revise(
    store: GovernanceStore, actor: Actor, command: ReviseProposal, now: datetime
) -> ProposalForm | ProposalView | Refused:
    """What was proposed is a draft again, about the goals as they are today."""
    found = store.plan_proposal(command.proposal_id)
    if found is None:
        return refusal(NOT_HERE)
    if found.state is ProposalState.PROPOSED:
        found = replace(found, state=ProposalState.DRAFT, written_at=now)
        store.put_plan_proposal(found)
        store.audit(actor.person_id, "proposal is a draft again", found.id, now)
        store.renew_sent(PLAN_PROPOSAL, found.id, now)
    if found.state is not ProposalState.DRAFT:
        return view(store, actor, found, now)
    return writing.as_kept(writing.form_of(store, found.id, found.kind), found)


# -- deciding ---------------------------------------------------------------------------------


def show_decision(
    store: GovernanceStore, actor: Actor, command: ShowPlanDecision, now: datetime
) -> PlanDecisionForm | ProposalView | Refused:
    found = store.plan_proposal(command.proposal_id)
    if found is None or found.state is ProposalState.DRAFT:
        return refusal(NOT_HERE)
    shown = view(store, actor, found, now)
    if found.state is not ProposalState.PROPOSED or (command.accept and shown.outdated):
        return shown
    if command.times != found.times:
        return replace(shown, renewed=True)
    return PlanDecisionForm(
        view=shown, accept=command.accept, on=today(store, now), body=shown.body
    )


def decide(
    store: GovernanceStore, actor: Actor, command: EnterPlanDecision, now: datetime
) -> ProposalView | PlanDecisionForm | Refused:
    """Enter a decision, once. What is accepted changes the plan in the same transaction; a goal
    that was changed since the proposal is left alone, and the page says what changed."""
    form = show_decision(store, actor, _form_of(command), now)
    if not isinstance(form, PlanDecisionForm):
        # Decided already, or a goal or the proposal was changed meanwhile.
        return _stands(store, form, command, now) or form
    found = form.view.proposal
    said, unfit = _fitting(store, command, now)
    form = replace(
        form,
        on=command.on,
        body=command.body,
        reference=command.reference,
        reason=command.reason,
        unfit=unfit,
    )
    if unfit or command.on is None:
        return form
    body, reference, reason = said
    plain = _DIGITS.sub("", reference)  # a resolution's number looks like a student's
    screened = screen((body, plain, reason), command.put_back)
    if screened.doubt:
        return replace(form, doubt=screened.doubt)
    body, shown, reason = screened.texts
    reference = reference if shown == plain else shown
    decision = Decision(
        accepted=command.accept,
        on=command.on,
        body=body,
        reference=reference,
        reason=reason,
        at=now,
        by_person=actor.person_id,
    )
    state = ProposalState.ACCEPTED if command.accept else ProposalState.DECLINED
    decided = replace(found, state=state, decisions=(*found.decisions, decision))
    if command.accept:
        components = store.district().components
        put_plan(store, applied(components, decided, decision), decided, actor, now)
    store.put_plan_proposal(decided)
    store.audit(actor.person_id, f"proposal {state}: {decision.named}", decided.id, now)
    note_returned(store, actor.person_id, screened, decided.id, now)
    _tell(store, decided, now)
    watching.tell(store, now)
    return view(store, actor, decided, now)


def _stands(
    store: GovernanceStore, shown: ProposalView | Refused, command: EnterPlanDecision, now: datetime
) -> PlanDecisionForm | None:
    """Decided already, and otherwise than was entered now: what was typed stays on the screen.
    None: it is the same press again, or nothing was decided."""
    decision = shown.proposal.decision if isinstance(shown, ProposalView) else None
    if decision is None or not isinstance(shown, ProposalView):
        return None
    said, _ = _fitting(store, command, now)
    screened = screen(said, command.put_back).texts
    theirs = (decision.body, decision.reference, decision.reason)
    entered = [one in theirs for one in said] if command.accept is decision.accepted else [False]
    if all(entered) or tuple(screened) == theirs:
        return None
    why = Unfit(why=ALREADY_DECIDED, values={"reason": decision.reason})
    form = PlanDecisionForm(view=shown, accept=command.accept)
    return refused_in(form, command, "reason", why)


def _form_of(command: EnterPlanDecision) -> ShowPlanDecision:
    return ShowPlanDecision(
        proposal_id=command.proposal_id, accept=command.accept, times=command.times
    )


def _fitting(
    store: GovernanceStore, command: EnterPlanDecision, now: datetime
) -> tuple[tuple[str, str, str], dict[str, Unfit]]:
    unfit: dict[str, Unfit] = {}
    if command.on is None:
        unfit["on"] = Unfit(why="Choose a day.")
    elif command.on > today(store, now):
        unfit["on"] = Unfit(why="Choose today or an earlier day.")
    said = []
    for key, missing, most in (
        ("body", "Name who decided.", LONGEST_BODY),
        ("reference", "", LONGEST_REFERENCE),
        ("reason", "Say why.", LONGEST_REASON),
    ):
        words, too_long = typed(getattr(command, key), most)
        said.append(words)
        if too_long:
            unfit[key] = too_long
        elif missing and not words:
            unfit[key] = Unfit(why=missing)
    body, reference, reason = said
    return (body, reference, reason), unfit


def put_plan(
    store: GovernanceStore,
    components: Sequence[Component],
    proposal: Proposal,
    actor: Actor,
    now: datetime,
) -> None:
    """The plan with the steps that lead there. Its history begins with the goals as they are."""
    old = store.district().components
    known = {one.goal.key for one in store.plan_steps()}
    first = [one for one in steps_between((), old, now) if one.goal.key not in known]
    steps = steps_between(old, components, now, by_person=actor.person_id, proposal=proposal.id)
    store.put_plan(components, [*first, *steps], now)
    _go_on_measuring(store, old, components)


def _go_on_measuring(
    store: GovernanceStore, old: Sequence[Component], new: Sequence[Component]
) -> None:
    """Readings of the goals that are over are readings of the goals that go on with them, too."""
    before = goals_of(old)
    for goal in goals_of(new).values():
        there = before[goal.key].indicators if goal.key in before else ()
        known = {one.key for one in there}
        for one in goal.indicators:
            if one.key in known or not one.source:
                continue
            indicator = one.came_from.removeprefix(f"{one.source}/")
            for reading in store.readings(one.source):
                if reading.indicator == indicator:
                    store.put_reading(replace(reading, goal=goal.key, indicator=one.key))


def _tell(store: GovernanceStore, decided: Proposal, now: datetime) -> None:
    """The steering committee, and who proposed it where they are not on it anymore."""
    store.renew_sent(PLAN_PROPOSAL, decided.id, now)
    people = {one.id: one for one in store.members(steering_key(store))}
    author = store.person(decided.proposed_by) if decided.proposed_by else None
    if author is not None and author.active:
        people[author.id] = author
    for person in people.values():
        store.deliver_to_person(
            person,
            campaign=f"{PLAN_DECISION}:{decided.id}:{len(decided.decisions)}",
            kind=PLAN_DECISION,
            subject=decided.id,
            now=now,
        )


def take_back(
    store: GovernanceStore, actor: Actor, command: TakeBackPlanDecision, now: datetime
) -> ProposalView | Refused:
    """A decision entered by mistake: the plan gets further steps that lead back, and the proposal
    waits for a decision again. Who was told hears it."""
    found = store.plan_proposal(command.proposal_id)
    if found is None:
        return refusal(NOT_HERE)
    if found.decision is None:
        return view(store, actor, found, now)
    if _taken_back_until(store, found, now) is None:
        return refusal(NO_LONGER)
    over = replace(found.decision, taken_back_at=now, taken_back_by=actor.person_id)
    waits = replace(found, state=ProposalState.PROPOSED, decisions=(*found.decisions[:-1], over))
    if found.decision.accepted:
        components = store.district().components
        back = undone(components, store.plan_steps(), found, TAKEN_BACK)
        put_plan(store, back, found, actor, now)
        known = goals_of(back)
        goals = tuple(replace(one, version=known[one.key].version) for one in found.goals)
        waits = replace(waits, goals=goals)
    store.put_plan_proposal(waits)
    store.audit(actor.person_id, "decision on the plan taken back", found.id, now)
    store.renew_sent(PLAN_PROPOSAL, found.id, now)
    store.renew_sent(PLAN_DECISION, found.id, now)
    return view(store, actor, waits, now)


def _taken_back_until(store: GovernanceStore, found: Proposal, now: datetime) -> datetime | None:
    """Until when a decision can be taken back; None: it cannot."""
    decision = found.decision
    if decision is None or now >= decision.at + TAKEN_BACK_WITHIN:
        return None
    if decision.accepted:
        steps = store.plan_steps()
        theirs = [one for one in steps if one.proposal == found.id]
        last = {one.goal.key: one for one in steps}
        made = [one for one in theirs if one.at == theirs[-1].at]
        known = goals_of(store.district().components)
        if any(last[one.goal.key].id != one.id or one.goal.key not in known for one in made):
            return None
        if bound_since(store, made, [one for one in steps if one not in made]):
            return None
    return decision.at + TAKEN_BACK_WITHIN


# -- showing ----------------------------------------------------------------------------------


def show(
    store: GovernanceStore, actor: Actor, command: ShowProposal, now: datetime
) -> ProposalView | Refused:
    found = store.plan_proposal(command.proposal_id)
    return refusal(NOT_HERE) if found is None else view(store, actor, found, now)


def show_all(store: GovernanceStore, actor: Actor) -> ProposalsView:
    writes = proposes(actor, store)
    states = [one for one in ProposalState if writes or one is not ProposalState.DRAFT]
    committee = steering(store)
    return ProposalsView(
        lines=tuple(line(store, one) for one in store.plan_proposals(*states)),
        committee=committee.name if committee else "",
        body=store.district().plan.decided_by,
        new=tuple((kind, uuid4()) for kind in ProposalKind) if writes else (),
    )


def line(store: GovernanceStore, found: Proposal) -> ProposalLine:
    return ProposalLine(
        id=found.id,
        kind=found.kind,
        state=found.state,
        goals=tuple(goal.title for goal in _goals(store, found)),
        words=found.words,
        at=found.at,
    )


def view(store: GovernanceStore, actor: Actor, found: Proposal, now: datetime) -> ProposalView:
    writes = proposes(actor, store) and found.state in (
        ProposalState.DRAFT,
        ProposalState.PROPOSED,
    )
    shown = seen(store, found)
    follows_it = follows(actor, store)
    moves = found.state is ProposalState.ACCEPTED and (actor.cto or proposes(actor, store))
    return replace(
        shown,
        writes=writes,
        decides=actor.cto and found.state is ProposalState.PROPOSED,
        takes_back=_taken_back_until(store, found, now) if actor.cto else None,
        remaps=left_behind(store, [one.key for one in found.goals]) if moves else (),
        unmeasured=_unmeasured(store, found) if moves and actor.cto else (),
        listed=follows_it,
    )


def _unmeasured(store: GovernanceStore, found: Proposal) -> tuple[Goal, ...]:
    """Goals that an accepted proposal brought or changed and that nothing measures."""
    changed = {one.goal.key for one in store.plan_steps() if one.proposal == found.id}
    return tuple(
        one
        for key, one in goals_of(store.district().components).items()
        if key in changed and not one.retired and not one.indicators
    )


def seen(store: GovernanceStore, found: Proposal) -> ProposalView:
    """As everybody may see it who may see it at all."""
    district = store.district()
    known, zone = goals_of(district.components), ZoneInfo(district.timezone)
    home = next((one for one in district.components if one.key == found.component), None)
    committee = steering(store)
    advice = store.recommendation(found.advice) if found.advice else None
    into = next((one for one in _goals(store, found) if one.key == found.into), None)
    waits = found.state in (ProposalState.DRAFT, ProposalState.PROPOSED)
    changed = outdated(found, district.components) if waits else ()
    steps = {one.goal.key: one for one in store.plan_steps()} if changed else {}
    return ProposalView(
        proposal=found,
        goals=tuple(one for one in _goals(store, found) if one.key != found.into),
        into=into.title if into else None,
        component=home.name if home else None,
        advice=advice.title if advice else "",
        committee=committee.name if committee else "",
        body=district.plan.decided_by,
        outdated=tuple(
            OutdatedGoal(
                title=known[key].title if key in known else Text(default=key),
                on=steps[key].at.astimezone(zone).date() if key in steps else None,
                retired=key not in known or known[key].retired,
            )
            for key in changed
        ),
    )


def _goals(store: GovernanceStore, found: Proposal) -> list[Goal]:
    """As they were when it was written."""
    return [_as_bound(store, one) for one in found.goals]


def _as_bound(store: GovernanceStore, bound: Bound) -> Goal:
    then = [one.goal for one in store.plan_steps(bound.key) if one.goal.version == bound.version]
    now = goals_of(store.district().components).get(bound.key)
    known = then[0] if then else now
    return known or Goal(key=bound.key, title=Text(default=bound.key), version=bound.version)


# -- what is sent and asked -------------------------------------------------------------------


def _for_cto(on: Occasion) -> ProposalView | None:
    found = on.store.plan_proposal(on.subject)
    if found is None or found.state is ProposalState.DRAFT or not on.for_cto:
        return None
    shown = seen(on.store, found)
    if found.state is not ProposalState.PROPOSED:
        return shown
    return ProposalAsked(**{**vars(shown), "decides": True})


def _for_committee(on: Occasion) -> ProposalView | None:
    """None for whoever has left the committee and did not propose it."""
    found = on.store.plan_proposal(on.subject)
    if found is None or found.state is ProposalState.DRAFT:
        return None
    who = on.reader
    if who is not None and not (
        who.id == found.proposed_by or steering_key(on.store) in on.store.committees_of(who.id)
    ):
        return None
    return seen(on.store, found)


def _ahead(store: GovernanceStore, subjects: Sequence[UUID], _: Person) -> Iterable[UUID | None]:
    store.plan_proposals_ahead(subjects)
    found = [one for it in subjects if (one := store.plan_proposal(it)) is not None]
    store.recommendations_ahead(one.advice for one in found if one.advice)
    if any(one.goals for one in found):
        store.plan_steps()
    return ()


DELIVERIES: Deliveries = (
    Delivery(kind=PLAN_PROPOSAL, compose=_for_cto, ahead=_ahead),
    Delivery(kind=PLAN_DECISION, compose=_for_committee, ahead=_ahead),
)

_WRITE = Operation(
    command=WriteProposal,
    form=lambda command: ShowProposalForm(proposal_id=command.proposal_id, kind=command.kind),
    run=write,
    may=proposer,
    button="goal-proposal-write",
    takes=("goals", "stays", "measured", "component", "advice", "reason"),
)

OPERATIONS: Operations = (
    Operation(
        command=ShowProposals,
        run=lambda store, actor, _, __: show_all(store, actor),
        may=follower,
        reads=True,
        button="goal-proposals",
    ),
    Operation(
        command=ShowProposalForm,
        run=show_form,
        may=proposer,
        reads=True,
        button="goal-proposal-form",
        carries=("goal",),
    ),
    replace(
        _WRITE,
        fill=lambda command, fields: writing.filled(
            command, fields, taken(_WRITE, command, fields)
        ),
    ),
    Operation(command=SendProposal, run=send, may=writer, button="goal-proposal-send"),
    Operation(command=ReviseProposal, run=revise, may=writer, button="goal-proposal-revise"),
    Operation(
        command=ShowProposal,
        run=show,
        may=reader,
        reads=True,
        button="goal-proposal",
    ),
    Operation(
        command=ShowPlanDecision,
        run=show_decision,
        may=office,
        reads=True,
        button="goal-decide-form",
    ),
    Operation(
        command=EnterPlanDecision,
        form=_form_of,
        run=decide,
        may=office,
        button="goal-decide",
        takes=("on", "body", "reference", "reason", "put_back"),
    ),
    Operation(command=TakeBackPlanDecision, run=take_back, may=office, button="goal-decision-back"),
)
