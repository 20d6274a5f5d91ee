"""Goals that were retired or changed while a survey asks about them: the survey goes on as it was
launched, and its author, its pages and whoever launches it again are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from core.people import Person
from core.text import Text
from governance.access import CLOCK, anybody, reader_of_results
from governance.committees.model import Office
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.goal_changes.bindings import choices_with_goals
from governance.goal_changes.commands import ShowGoalNotes, WatchGoals
from governance.goal_changes.messages import GoalNote, GoalNotes
from governance.goal_changes.remapping import version_at
from governance.goals.model import StepKind
from governance.goals.stepping import goals_of
from governance.messages import Done
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.series.model import Series, SeriesState
from surveys.authoring.cautions import Caution, Concern
from surveys.questions import Unfit
from surveys.survey import Survey, Wave, WaveState

GOALS_OVER = "goals-over"
"""Of a delivery: to a survey's author."""

WATCH = "watch-goals"

_MORNINGS = "25 7 * * mon,tue,wed,thu,fri"


def of_wave(store: GovernanceStore, wave: Wave) -> GoalNotes | None:
    """None: its goals are as they were when it opened."""
    until = wave.closes_at if wave.state is WaveState.CLOSED else None
    notes = tuple(_notes(store, wave.survey, wave.opens_at, until))
    if not notes:
        return None
    asks = wave.state is not WaveState.CLOSED
    return GoalNotes(wave_id=wave.id, title=wave.survey.title, notes=notes, open=asks)


def of_series(store: GovernanceStore, series: Series, now: datetime) -> GoalNotes | None:
    """Of what is launched again: goals that were retired."""
    notes = tuple(one for one in _notes(store, series.survey, series.started_at) if one.retired)
    coming = next((one.at for one in store.coming_dates(series, now) if one.at), None)
    if not notes or series.state is SeriesState.STOPPED:
        return None
    title = series.survey.title
    return GoalNotes(
        wave_id=None, title=title, notes=notes, series=series.id, next_at=coming, open=True
    )


def _notes(
    store: GovernanceStore, survey: Survey, since: datetime, until: datetime | None = None
) -> Iterator[GoalNote]:
    """What happened to the goals of a survey's choices, until it closed."""
    chosen: dict[str, list[Text]] = {}
    for _, choice in choices_with_goals(survey):
        chosen.setdefault(choice.goal or "", []).append(choice.label)
    if not chosen:
        return
    district = store.district()
    zone, known = ZoneInfo(district.timezone), goals_of(district.components)
    every = store.plan_steps()
    for key, labels in chosen.items():
        steps = [one for one in every if one.goal.key == key]
        if not steps:
            continue
        before = version_at(steps, key, since)
        last = [one for one in steps if until is None or one.at <= until][-1:] or steps[:1]
        step, goal = last[0], last[0].goal
        if step.kind is StepKind.ADOPTED or (not goal.retired and goal.version == before):
            continue
        yield GoalNote(
            title=goal.title,
            on=goal.decided_on or step.at.astimezone(zone).date(),
            retired=goal.retired,
            choices=tuple(labels),
            became=tuple(known[one].title for one in goal.became if one in known),
        )


def cautions_of(store: GovernanceStore, survey: Survey) -> tuple[Caution, ...]:
    """Before a launch: choices that are bound to a goal which is not in the plan anymore."""
    goals = goals_of(store.district().components)
    return tuple(
        Caution(
            concern=Concern.GOAL,
            question=question,
            why=Unfit(
                why="The choice “{choice}” belongs to a goal that was retired: “{goal}”.",
                values={
                    "choice": choice.label.default,
                    "goal": goals[choice.goal].title.default
                    if choice.goal in goals
                    else str(choice.goal),
                },
            ),
            advice=Unfit(why="Link it to another goal, or launch the survey as it is."),
        )
        for question, choice in choices_with_goals(survey)
        if choice.goal not in goals or goals[choice.goal].retired
    )


# -- telling -----------------------------------------------------------------------------------


def tell(store: GovernanceStore, now: datetime) -> None:
    """The authors of surveys that ask, and of those that repeat, about a goal that was retired:
    once for each goal."""
    asking = (one for one in store.waves() if one.state is not WaveState.CLOSED)
    for wave in asking:
        _tell(store, wave.id, wave.launched_by, of_wave(store, wave), now)
    for series in store.all_series(SeriesState.RUNNING, SeriesState.PAUSED):
        _tell(store, series.id, series.started_by, of_series(store, series, now), now)


def _tell(
    store: GovernanceStore,
    subject: UUID,
    author: UUID | None,
    found: GoalNotes | None,
    now: datetime,
) -> None:
    who = _author(store, author)
    over = [one for one in found.notes if one.retired] if found else []
    for one in over if who else ():
        campaign = f"{GOALS_OVER}:{subject}:{one.on}:{one.title.default}"[:120]
        if who is not None:
            store.deliver_to_person(
                who, campaign=campaign, kind=GOALS_OVER, subject=subject, now=now
            )


def _author(store: GovernanceStore, author: UUID | None) -> Person | None:
    """Who launched it, while they are here; else the CTO's office."""
    found = store.person(author) if author else None
    if found is not None and found.active:
        return found
    return next(iter(store.holders(Office.CTO)[:1]), None)


def _composed(on: Occasion) -> GoalNotes | None:
    wave, series = on.store.wave(on.subject), on.store.series(on.subject)
    launched_by = wave.launched_by if wave else series.started_by if series else None
    if on.reader is not None and on.reader.id != launched_by and not on.for_cto:
        return None
    if wave is not None:
        return of_wave(on.store, wave)
    return of_series(on.store, series, on.now) if series else None


def _watch(store: GovernanceStore, now: datetime) -> Done:
    tell(store, now)
    return Done()


def _show(store: GovernanceStore, command: ShowGoalNotes) -> GoalNotes | Done:
    """``Done``: nothing happened to them."""
    wave = store.wave(command.wave_id)
    return (of_wave(store, wave) if wave else None) or Done()


DELIVERIES: Deliveries = (Delivery(kind=GOALS_OVER, compose=_composed),)

OPERATIONS: Operations = (
    Operation(
        command=ShowGoalNotes,
        run=lambda store, _, command, __: _show(store, command),
        may=reader_of_results,
        reads=True,
    ),
    Operation(
        command=WatchGoals,
        run=lambda store, _, __, now: _watch(store, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind=WATCH, command=lambda *_: WatchGoals(), rule=_MORNINGS),
    ),
)
