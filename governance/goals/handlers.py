"""Showing the plan and its goals, and entering readings of their indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.text import Text
from core.words import Words
from governance import links
from governance.access import Actor, Source, anybody, office, refusal
from governance.chat.shortcuts import Shortcut
from governance.filling import filled as taken
from governance.goal_changes.remapping import moves_of
from governance.goals import measuring
from governance.goals.commands import (
    EnterReading,
    ImportReadings,
    RemoveIndicator,
    ShowGoal,
    ShowGoals,
    ShowIndicatorForm,
    ShowReadingForm,
    WriteIndicator,
)
from governance.goals.facets import facets_of, linked_to_goals, plan_facets
from governance.goals.history import breaks, reworded_on, subject_of, taken_on, with_before
from governance.goals.messages import (
    ComponentLine,
    GoalLine,
    GoalsView,
    GoalView,
    IndicatorForm,
    IndicatorLine,
    ReadingForm,
    StepLine,
)
from governance.goals.model import LONGEST_NOTE, Component, Goal, Indicator, PlanStep, Reading
from governance.goals.numbers import EITHER_NUMBER, NO_NUMBER, number_of, reads_twice
from governance.goals.progress import progress_of
from governance.goals.stepping import goals_of
from governance.messages import Done, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned, screen
from governance.refusals import NOT_HERE
from governance.school_days import today
from governance.typed import typed
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
    goal, steps, day = goals_of(plan)[key], store.plan_steps(key), today(store, now)
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
) -> GoalView | IndicatorForm | Refused:
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


def show_form(
    store: GovernanceStore, command: ShowReadingForm, now: datetime
) -> ReadingForm | Refused:
    goal = goals_of(store.district().components).get(command.goal)
    if goal is None:
        return refusal(NOT_HERE)
    if not goal.indicators:
        return refusal(NOT_MEASURED)
    form = ReadingForm(key=goal.key, title=goal.title, indicators=goal.indicators)
    return replace(form, indicator=goal.indicators[0].key, on=today(store, now))


def enter(
    store: GovernanceStore, actor: Actor, command: EnterReading, now: datetime
) -> GoalView | ReadingForm | Refused:
    goal = goals_of(store.district().components).get(command.goal)
    if goal is None:
        return refusal(NOT_HERE)
    note, too_long = typed(command.note, LONGEST_NOTE)
    form = ReadingForm(
        key=goal.key,
        title=goal.title,
        indicators=goal.indicators,
        indicator=command.indicator,
        on=command.on,
        value=command.value,
        note=note,
    )
    value, unfit = number_of(command.value), _unfit(form, today(store, now))
    if too_long:
        unfit["note"] = too_long
    if unfit or value is None or command.on is None:
        return replace(form, unfit=unfit)
    screened = screen((note,), command.put_back)
    if screened.doubt:
        return replace(form, doubt=screened.doubt)
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


def _unfit(form: ReadingForm, day: date) -> dict[str, Unfit]:
    unfit = {}
    if form.indicator not in {one.key for one in form.indicators}:
        unfit["indicator"] = Unfit(why="Please choose from the list.")
    if number_of(form.value) is None:
        unfit["value"] = Unfit(why=EITHER_NUMBER if reads_twice(form.value) else NO_NUMBER)
    if form.on is None:
        unfit["on"] = Unfit(why="Choose a day.")
    elif form.on > day:
        unfit["on"] = Unfit(why="Choose today or an earlier day.")
    return unfit


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


_WRITE = Operation(
    command=WriteIndicator,
    run=write_indicator,
    may=office,
    button="write-indicator",
    carries=("indicator",),
    takes=("target", "by", "lower", "put_back"),
    form=lambda command: ShowIndicatorForm(goal=command.goal, indicator=command.indicator),
)

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
        command=ShowReadingForm,
        run=lambda store, _, command, now: show_form(store, command, now),
        may=office,
        reads=True,
        button="reading-form",
    ),
    Operation(
        command=EnterReading,
        run=enter,
        may=office,
        button="enter-reading",
        takes=("indicator", "on", "value", "note", "put_back"),
        form=lambda command: ShowReadingForm(goal=command.goal),
    ),
    Operation(
        command=ShowIndicatorForm,
        run=lambda store, _, command, __: measuring.show_form(store, command),
        may=office,
        reads=True,
        button="indicator-form",
        carries=("indicator",),
    ),
    replace(
        _WRITE,
        fill=lambda command, fields: measuring.filled(taken(_WRITE, command, fields), fields),
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
