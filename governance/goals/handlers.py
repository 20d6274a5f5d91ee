"""Showing the plan and its goals, and entering readings of their indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.forms import Opening
from core.text import Text
from core.words import Words
from governance import links
from governance.access import Actor, Source, anybody, office, refusal
from governance.chat.shortcuts import Shortcut
from governance.forms.messages import FormView, again
from governance.goal_changes.remapping import moves_of
from governance.goals import forms, measuring
from governance.goals.commands import (
    EnterReading,
    ImportReadings,
    RemoveIndicator,
    ShowGoal,
    ShowGoals,
    WriteIndicator,
)
from governance.goals.facets import facets_of, linked_to_goals, plan_facets
from governance.goals.history import breaks, reworded_on, subject_of, taken_on, with_before
from governance.goals.messages import (
    ComponentLine,
    GoalLine,
    GoalsView,
    GoalView,
    IndicatorLine,
    StepLine,
)
from governance.goals.model import Component, Goal, Indicator, PlanStep, Reading
from governance.goals.numbers import no_number, number_of
from governance.goals.progress import progress_of
from governance.goals.stepping import goals_of
from governance.messages import Done, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned, screen
from governance.refusals import NOT_HERE
from governance.school_days import today
from surveys.questions import Unfit

NOT_MEASURED = "This goal has no indicator to measure."


# -- showing -----------------------------------------------------------------------------------


def show_plan(store: GovernanceStore, actor: Actor, now: datetime) -> GoalsView:
    district, readings = store.district(), store.readings()
    zone = ZoneInfo(district.timezone)
    moves, day = moves_of(store, district.components), now.astimezone(zone).date()
    history: dict[str, list[PlanStep]] = defaultdict(list)
    for step in moves.steps:
        history[step.goal.key].append(step)
    reworded = {key: reworded_on(steps, zone, day) for key, steps in history.items()}
    steering = district.committee(district.plan.steering)
    return GoalsView(
        vision=district.plan.vision,
        steering=steering.name if steering else "",
        decided_by=district.plan.decided_by,
        components=tuple(
            _component(one, district.components, readings, day, reworded)
            for one in district.components
        ),
        facets=plan_facets(store, actor, now),
        linked=linked_to_goals(store, actor, moves, now),
    )


def _component(
    component: Component,
    plan: Sequence[Component],
    readings: Sequence[Reading],
    day: date,
    reworded: Mapping[str, date | None],
) -> ComponentLine:
    lines = [_line(goal, plan, readings, day, reworded.get(goal.key)) for goal in component.goals]
    return ComponentLine(
        name=component.name,
        goals=tuple(one for one in lines if not one.goal.retired),
        retired=tuple(one for one in lines if one.goal.retired),
    )


def _line(
    goal: Goal,
    plan: Sequence[Component],
    readings: Iterable[Reading],
    day: date,
    reworded: date | None,
) -> GoalLine:
    own = [one for one in readings if one.goal == goal.key]
    return GoalLine(
        goal=goal,
        indicators=tuple(_indicator(one, own, day, reworded) for one in goal.indicators),
        became=_became(goal, plan),
    )


def _indicator(
    indicator: Indicator, of_goal: Iterable[Reading], day: date, reworded: date | None
) -> IndicatorLine:
    readings = tuple(one for one in of_goal if one.indicator == indicator.key)
    return IndicatorLine(
        indicator=indicator,
        readings=readings,
        reworded=reworded,
        progress=progress_of(indicator, readings, day, reworded),
    )


def _became(goal: Goal, plan: Sequence[Component]) -> tuple[tuple[str, Text], ...]:
    known = goals_of(plan)
    return tuple((key, known[key].title) for key in goal.became if key in known)


def show_goal(
    store: GovernanceStore, actor: Actor, command: ShowGoal, now: datetime
) -> GoalView | Refused:
    return goal_view(store, actor, command.goal, now) or refusal(NOT_HERE)


def goal_view(store: GovernanceStore, actor: Actor, key: str, now: datetime) -> GoalView | None:
    """A goal's page, for this reader; None: there is no such goal."""
    district = store.district()
    plan, zone = district.components, ZoneInfo(district.timezone)
    component = next((c for c in plan if any(g.key == key for g in c.goals)), None)
    if component is None:
        return None
    goal, day = goals_of(plan)[key], today(store, now)
    steps = [one for one in store.plan_steps() if one.goal.key == key]
    told = [
        StepLine(
            kind=step.kind,
            on=taken_on(step, zone),
            goal=step.goal,
            before=before,
            became=_became(step.goal, plan),
        )
        for step, before in with_before(steps)
    ]
    return GoalView(
        line=_line(goal, plan, store.readings(key), day, reworded_on(steps, zone, day)),
        component=component.name,
        facets=facets_of(store, actor, goal, now),
        steps=tuple(reversed(told)),
        breaks=breaks(steps, zone),
        measures=actor.cto and not goal.retired,
    )


# -- indicators --------------------------------------------------------------------------------


def write_indicator(
    store: GovernanceStore, actor: Actor, command: WriteIndicator, now: datetime
) -> GoalView | FormView | Refused:
    written = measuring.write(store, actor, command, now)
    return _shown(store, actor, written, now) if isinstance(written, str) else written


def remove_indicator(
    store: GovernanceStore, actor: Actor, command: RemoveIndicator, now: datetime
) -> GoalView | Refused:
    removed = measuring.remove(store, actor, command, now)
    return _shown(store, actor, removed, now) if isinstance(removed, str) else removed


def _shown(store: GovernanceStore, actor: Actor, key: str, now: datetime) -> GoalView | Refused:
    return goal_view(store, actor, key, now) or refusal(NOT_HERE)


# -- readings ----------------------------------------------------------------------------------


def open_reading(
    store: GovernanceStore, _: Actor, command: EnterReading, now: datetime
) -> Opening | Refused:
    goal = goals_of(store.district().components).get(command.goal)
    if goal is None:
        return refusal(NOT_HERE)
    if not goal.indicators:
        return refusal(NOT_MEASURED)
    return forms.reading(goal.key, goal.title, goal.indicators, today(store, now))


def unfit_reading(
    store: GovernanceStore, _: Actor, command: EnterReading, now: datetime
) -> dict[str, Unfit]:
    unfit = {}
    if wrong := no_number(command.value):
        unfit["value"] = wrong
    if command.on is not None and command.on > today(store, now):
        unfit["on"] = Unfit(why="Choose today or an earlier day.")
    return unfit


def enter(
    store: GovernanceStore, actor: Actor, command: EnterReading, now: datetime
) -> GoalView | FormView | Refused:
    goal = goals_of(store.district().components).get(command.goal)
    value = number_of(command.value)
    if goal is None or value is None or command.on is None:
        return refusal(NOT_HERE)
    screened = screen((command.note,), command.put_back)
    if screened.doubt:
        found = open_reading(store, actor, command, now)
        return found if isinstance(found, Refused) else again(command, found, doubt=screened.doubt)
    reading = Reading(
        goal=goal.key,
        indicator=command.indicator,
        on=command.on,
        value=value,
        note=screened.texts[0],
        by_person=actor.person_id,
        at=now,
    )
    put_reading(store, actor, reading, now)
    note_returned(store, actor.person_id, screened, subject_of(goal.key), now)
    return _shown(store, actor, goal.key, now)


def import_readings(
    store: GovernanceStore, actor: Actor, command: ImportReadings, now: datetime
) -> Done:
    for one in command.readings:
        put_reading(store, actor, one, now)
    return Done()


def put_reading(store: GovernanceStore, actor: Actor, reading: Reading, now: datetime) -> None:
    """Keep a reading. One of the same day is replaced, which the audit says."""
    there = next(
        (
            one
            for one in store.readings(reading.goal)
            if one.indicator == reading.indicator and one.on == reading.on
        ),
        None,
    )
    if there is not None and replace(there, by_person=None, at=now) == replace(
        reading, by_person=None, at=now
    ):
        return  # handed in twice
    store.put_reading(reading)
    what = f"{reading.goal} {reading.indicator} {reading.on}: {reading.value:g}"
    said = f"reading entered: {what}"
    if there is not None:
        said = f"reading corrected: {what} (was {there.value:g})"
    store.audit(actor.person_id, said, subject_of(reading.goal), now)


OPERATIONS: Operations = (
    Operation(
        command=ShowGoals,
        run=lambda store, actor, _, now: show_plan(store, actor, now),
        may=anybody,
        reads=True,
        button="goals",
    ),
    Operation(command=ShowGoal, run=show_goal, may=anybody, reads=True, button="goal"),
    Operation(
        command=EnterReading,
        run=enter,
        may=office,
        button="enter-reading",
        opens=open_reading,
        fits=unfit_reading,
        form_button="reading-form",
    ),
    Operation(
        command=WriteIndicator,
        run=write_indicator,
        may=office,
        button="write-indicator",
        carries=("indicator",),
        opens=measuring.open_indicator,
        fits=measuring.unfit,
        form_button="indicator-form",
    ),
    Operation(command=RemoveIndicator, run=remove_indicator, may=office, button="drop-indicator"),
    Operation(
        command=ImportReadings,
        run=import_readings,
        may=anybody,
        by=frozenset({Source.OPERATOR}),
    ),
)


def _label(words: Words) -> str:
    return words.say("The plan")


def _typed(words: Words) -> str:
    return words.say("plan")


SHORTCUTS = (
    Shortcut(
        command=ShowGoals(),
        label=_label,
        typed=_typed,
        words=("plan", "the plan", "goals", "the goals", "plan goals", "metas", "el plan"),
        path=links.plan(""),
    ),
)
