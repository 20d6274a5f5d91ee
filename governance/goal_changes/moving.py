"""Moving what is bound to an earlier version of a goal: a person says for which goal it counts from
now on, or that it stays as it was. Each move can be undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from core.forms import FROM_THE_LIST
from core.text import Text
from governance import links
from governance.access import Actor, refusal, works_on
from governance.feedback.excerpts import excerpt
from governance.goal_changes.access import mover
from governance.goal_changes.bindings import Binding, bindings, is_left
from governance.goal_changes.commands import MoveBound, ShowBound, UndoMove
from governance.goal_changes.messages import BoundThing, BoundView, Counts, Moved
from governance.goal_changes.model import Holder, HolderKind, Remapping
from governance.goal_changes.writing import choices
from governance.goals.model import Goal
from governance.goals.stepping import goals_of
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.recommendations.model import AdviceState, Recommendation
from governance.references.handlers import at_least
from governance.references.model import Bound, BoundKind
from governance.refusals import NOT_HERE
from surveys.questions import Unfit

STAY = "stay"
"""Of the form: it is left as it was."""

ONE_BY_ONE = 60
"""Things to choose from: a list in Slack has room for 100 in all."""

MOVES_SHOWN = 10


def show(store: GovernanceStore, actor: Actor, command: ShowBound) -> BoundView | Refused:
    goal = goals_of(store.district().components).get(command.goal)
    return refusal(NOT_HERE) if goal is None else view(store, actor, goal)


def view(store: GovernanceStore, actor: Actor, goal: Goal) -> BoundView:
    left = _left(store, actor, goal)
    counts = _counts(store, [one.holder for one in left])
    things = (_thing(store, actor, one) for one in left)
    targets = [one for one in choices(store.district()) if goal.retired or one[0] != goal.key]
    own = () if goal.retired else ((goal.key, goal.title),)
    return BoundView(
        goal=goal,
        counts=counts,
        things=tuple(one for one in things if one is not None)[:ONE_BY_ONE],
        targets=(*own, *targets),
        moved=tuple(_moved(store, goal))[:MOVES_SHOWN],
    )


def _counts(store: GovernanceStore, holders: Sequence[Holder]) -> Counts:
    """How many there are of each kind. Messages are counted as beyond their committee: where five
    people or more are behind them, and in steps; 0: a few."""
    many = Counter(one.kind for one in holders)
    items = {UUID(one.key) for one in holders if one.kind is HolderKind.ITEM}
    if items:
        many[HolderKind.ITEM] = at_least(store, items) or 0
    return tuple((kind, many[kind]) for kind in HolderKind if kind in many)


def _left(store: GovernanceStore, actor: Actor, goal: Goal) -> list[Binding]:
    """Messages that name the reader are as if they were not there."""
    goals, hidden = {goal.key: goal}, store.kept_from(actor.somebody.id)
    kept = {Holder(kind=HolderKind.ITEM, key=str(one)) for one in hidden}
    found = (one for one in bindings(store) if one.now.key == goal.key)
    return [one for one in found if is_left(one, goals) and one.holder not in kept]


def _thing(store: GovernanceStore, actor: Actor, one: Binding) -> BoundThing | None:
    """None: it is counted, and not this reader's to see."""
    name, path = _named(store, actor, one)
    if not name.default:
        return None
    return BoundThing(
        token=one.holder.token,
        kind=one.holder.kind,
        name=name,
        path=path,
        version=one.now.version,
    )


_NOTHING = Text(default=""), ""


def _named(store: GovernanceStore, actor: Actor, one: Binding) -> tuple[Text, str]:
    if one.holder.kind is HolderKind.CHOICE:
        return _choice(store, one.holder.key)
    holder = UUID(one.holder.key)
    match one.holder.kind:
        case HolderKind.ITEM:
            item = store.item(holder)
            if item is None or item.queue is None or not works_on(actor, item.queue):
                return _NOTHING
            return Text(default=excerpt(item)), links.item("", item.id)
        case HolderKind.RECOMMENDATION:
            advice = store.recommendation(holder)
            if advice is None or not _reads(actor, advice):
                return _NOTHING
            return Text(default=advice.title), links.advice("", advice.id)
        case HolderKind.RULE:
            rule = store.rule(holder)
            if rule is None:
                return _NOTHING
            return Text(default=f"{rule.number}: {rule.title.default}"), ""
        case HolderKind.CHANGE:
            change = store.change(holder)
            return (change.words.title, links.change("", change.id)) if change else _NOTHING


def _reads(actor: Actor, advice: Recommendation) -> bool:
    """As of its page."""
    sent = advice.state is not AdviceState.DRAFT and actor.cto
    known = advice.state is AdviceState.ACCEPTED or advice.queue in actor.standing.sits
    return sent or known


def _choice(store: GovernanceStore, key: str) -> tuple[Text, str]:
    wave_id, question_key, choice_key = key.split("/")
    wave = store.wave(UUID(wave_id))
    if wave is None:
        return _NOTHING
    question = next((one for one in wave.survey.counted if one.key == question_key), None)
    found = (one.label for one in getattr(question, "choices", ()) if one.key == choice_key)
    label = next(found, None)
    return (label, links.results("", wave.id)) if label else _NOTHING


def _moved(store: GovernanceStore, goal: Goal) -> Iterator[Moved]:
    """What was moved away from a goal, the last first."""
    known, batches = goals_of(store.district().components), dict[UUID, list[Remapping]]()
    for one in store.remappings():
        if one.source.key == goal.key:
            batches.setdefault(one.batch, []).append(one)
    for batch, moves in reversed(batches.items()):
        one = moves[-1]
        target = known.get(one.target.key)
        person = store.person(one.by_person) if one.by_person else None
        yield Moved(
            batch=batch,
            counts=_counts(store, [each.holder for each in moves]),
            to=None if one.source == one.target else target.title if target else None,
            by=person.name if person else "",
            at=one.at,
            undone_at=one.undone_at,
        )


def move(
    store: GovernanceStore, actor: Actor, command: MoveBound, now: datetime
) -> BoundView | Refused:
    """A row for each holder beside its binding, which stays. Handed in twice, it finds nothing
    more to move."""
    goal = goals_of(store.district().components).get(command.goal)
    if goal is None:
        return refusal(NOT_HERE)
    shown = view(store, actor, goal)
    unfit: dict[str, Unfit] = {}
    whole = {kind for kind, _ in shown.counts}
    single = {one.token for one in shown.things}
    if not command.what:
        unfit["what"] = Unfit(why="Choose what to move.")
    if command.to != STAY and command.to not in dict(shown.targets):
        unfit["to"] = Unfit(why=FROM_THE_LIST)
    if unfit:
        return replace(shown, what=command.what, to=command.to, unfit=unfit)
    chosen = [
        one
        for one in _left(store, actor, goal)
        if (one.holder.kind in whole and one.holder.kind in command.what)
        or (one.holder.token in single and one.holder.token in command.what)
    ]
    batch = uuid4()
    store.add_remappings(
        [
            Remapping(
                id=uuid4(),
                batch=batch,
                holder=one.holder,
                source=one.now,
                target=_target(store, command.to, one),
                at=now,
                by_person=actor.person_id,
            )
            for one in chosen
        ]
    )
    if chosen:
        what = f"{len(chosen)} bindings of {goal.key} moved to {command.to}"
        store.audit(actor.person_id, what, batch, now)
    return view(store, actor, goal)


def _target(store: GovernanceStore, to: str, one: Binding) -> Bound:
    if to == STAY:
        return one.now
    version = goals_of(store.district().components)[to].version
    return Bound(kind=BoundKind.GOAL, key=to, version=version)


def undo(
    store: GovernanceStore, actor: Actor, command: UndoMove, now: datetime
) -> BoundView | Refused:
    goal = goals_of(store.district().components).get(command.goal)
    if goal is None:
        return refusal(NOT_HERE)
    if store.undo_remappings(command.batch, actor.person_id, now):
        store.audit(actor.person_id, "moved bindings put back", command.batch, now)
    return view(store, actor, goal)


OPERATIONS: Operations = (
    Operation(
        command=ShowBound,
        run=lambda store, actor, command, _: show(store, actor, command),
        may=mover,
        reads=True,
        button="goal-bound",
    ),
    Operation(
        command=MoveBound,
        form=lambda command: ShowBound(goal=command.goal),
        run=move,
        may=mover,
        button="goal-move",
        takes=("what", "to"),
    ),
    Operation(command=UndoMove, run=undo, may=mover, button="goal-move-undo"),
)
