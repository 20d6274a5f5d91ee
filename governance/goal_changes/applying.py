"""What a proposal makes of the plan, and what taking it back makes of it. Nothing is overwritten:
each is a next version of the goals that it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from core.text import Text
from governance.goal_changes.model import Decision, GoalWords, Proposal, ProposalKind
from governance.goals.model import LONGEST_BODY, Component, Goal, PlanStep
from governance.goals.stepping import goals_of, key_of


def outdated(proposal: Proposal, components: Sequence[Component]) -> tuple[str, ...]:
    """Keys of the goals that changed since it was written: another version, retired, taken up
    again or gone. Of a new goal, the component that is gone."""
    known = goals_of(components)
    if proposal.component and all(one.key != proposal.component for one in components):
        return (proposal.component,)
    restores = proposal.kind is ProposalKind.RESTORE
    return tuple(
        one.key
        for one in proposal.goals
        if (goal := known.get(one.key)) is None
        or goal.version != one.version
        or goal.retired is not restores
    )


def applied(
    components: Sequence[Component], proposal: Proposal, decision: Decision
) -> tuple[Component, ...]:
    """The plan after a proposal that is not outdated was accepted."""
    known = goals_of(components)
    named = [known[one.key] for one in proposal.goals]
    dated = partial(_dated, proposal=proposal, decision=decision)
    if proposal.kind is ProposalKind.RETIRE:
        return _with(components, [replace(dated(one), retired=True, became=()) for one in named])
    if proposal.kind is ProposalKind.ADAPT:
        return _with(components, [_next(dated(one), proposal.words) for one in named])
    if proposal.kind is ProposalKind.RESTORE:
        back = [replace(dated(one), retired=False, became=()) for one in named]
        return _with(components, back)
    if proposal.into:
        gone = [one for one in named if one.key != proposal.into]
        kept = _measured(_next(dated(known[proposal.into]), proposal.words), gone)
        over = [replace(dated(one), retired=True, became=(kept.key,)) for one in gone]
        return _with(components, [kept, *over])
    new = [dated(one) for one in _new_goals(proposal.words, known)]
    going_on = 1 if proposal.kind is ProposalKind.MERGE else proposal.measured
    new = [
        _measured(one, named) if number == going_on else one for number, one in enumerate(new, 1)
    ]
    over = [
        replace(dated(one), retired=True, became=tuple(part.key for part in new)) for one in named
    ]
    home = _home(components, proposal)
    return _with(components, over, {home: new})


def undone(
    components: Sequence[Component], steps: Sequence[PlanStep], proposal: Proposal, reason: str
) -> tuple[Component, ...]:
    """The plan with the goals of a proposal's last steps as they were before. ``steps`` are all of
    the plan's, the oldest first. Where the words changed, it is one more version."""
    known = goals_of(components)
    back: list[Goal] = []
    theirs = [at for at, one in enumerate(steps) if one.proposal == proposal.id]
    last = [at for at in theirs if steps[at].at == steps[theirs[-1]].at]
    theirs_gone = {steps[at].goal.key for at in last if steps[at].goal.became}
    for at in last:
        today = known[steps[at].goal.key]
        before = [one.goal for one in steps[:at] if one.goal.key == today.key]
        was = before[-1] if before else replace(today, retired=True, became=())
        version = today.version if was.version == today.version else today.version + 1
        own = tuple(one for one in today.indicators if one.source not in theirs_gone)
        was = replace(was, version=version, indicators=own)
        back.append(replace(was, reason=reason, decided_by="", decided_on=None))
    return _with(components, back)


def _measured(goal: Goal, over: Sequence[Goal]) -> Goal:
    """A goal that goes on with the indicators of goals that are over. What was measured would
    otherwise be lost with them."""
    found = list(goal.indicators)
    for gone in over:
        for one in gone.indicators:
            taken = {each.key for each in found}
            key = one.key if one.key not in taken else key_of(f"{gone.key} {one.key}", taken)
            found.append(replace(one, key=key, came_from=f"{gone.key}/{one.key}", by_web=True))
    return replace(goal, indicators=tuple(found))


def _dated(goal: Goal, proposal: Proposal, decision: Decision) -> Goal:
    """A goal with what its last step says of itself."""
    body = decision.named[:LONGEST_BODY]
    return replace(goal, reason=proposal.reason, decided_by=body, decided_on=decision.on)


def _next(goal: Goal, words: Sequence[GoalWords]) -> Goal:
    """Its next version, with what was written of it."""
    said = words[0] if words else GoalWords()
    return replace(
        goal,
        version=goal.version + 1,
        title=_or(said.title, goal.title),
        description=_or(said.description, goal.description),
        why=_or(said.why, goal.why),
    )


def _or(written: Text, there: Text) -> Text:
    return written if written.default else there


def _new_goals(words: Sequence[GoalWords], known: Mapping[str, Goal]) -> Iterator[Goal]:
    taken = set(known)
    for said in words:
        key = key_of(said.title.default, taken)
        taken.add(key)
        yield Goal(key=key, title=said.title, description=said.description, why=said.why)


def _home(components: Sequence[Component], proposal: Proposal) -> str:
    """Where a new goal stands: where it was proposed, else beside the goal that it comes from."""
    if any(one.key == proposal.component for one in components):
        return proposal.component
    keys = {one.key for one in proposal.goals}
    return next(
        (one.key for one in components if any(goal.key in keys for goal in one.goals)),
        components[0].key,
    )


def _with(
    components: Sequence[Component],
    changed: Sequence[Goal],
    new: Mapping[str, Sequence[Goal]] | None = None,
) -> tuple[Component, ...]:
    by_key = {one.key: one for one in changed}
    return tuple(
        replace(
            one,
            goals=(
                *(by_key.get(goal.key, goal) for goal in one.goals),
                *(new or {}).get(one.key, ()),
            ),
        )
        for one in components
    )
