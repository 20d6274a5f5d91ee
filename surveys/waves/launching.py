"""A launch before it is one: whom it would reach, and what does not fit in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from core.people import Person
from core.text import places
from surveys.commands import CheckLaunch, LaunchSurvey
from surveys.disclosure.expected import TooFine, too_fine
from surveys.messages import LaunchChecked, PanelReach
from surveys.ports import SurveyStore
from surveys.priorities.launching import of_ideas
from surveys.questions import Unfit
from surveys.survey import SCORES_FROM
from surveys.waves.reaching import Drawn, Foreseen, draw, foresee, told_reach
from surveys.waves.sampling import (
    FEWEST_GROUPS,
    MOST_GROUPS,
    Frame,
    Rotation,
    Sample,
    Selection,
    expected,
    seeded,
)

MOST_REMINDERS = 2

FEWEST = 20
"""People whom a survey has to ask: of fewer, results would say nothing, or too much."""

LONGEST_REASON = 300
"""Characters of why people are asked more often than the limit says."""


def check(
    store: SurveyStore, actor: Person | None, command: CheckLaunch, now: datetime
) -> LaunchChecked:
    """Whom a launch would reach as things are now. Nothing is written but the note that somebody
    was told how many were asked often enough."""
    asked = replace(command.launch, selection=selection_of(store, command.launch))
    found = foreseen(store, asked, now)
    reach = reach_of(store, asked, found)
    note_reach(store, actor, asked.wave_id, reach, found.frame, now)
    return LaunchChecked(
        reach=reach,
        held=store.held_of(asked.audience, opening(asked, now)),
        unfit=objections(store, asked, found, now),
    )


def note_reach(
    store: SurveyStore,
    actor: Person | None,
    wave_id: UUID,
    reach: PanelReach,
    frame: Frame,
    now: datetime,
) -> None:
    """In the ledger, where it is told how many were skipped: they are those who were asked
    often."""
    if frame.spared:
        told = f"reach: {reach.people} of {reach.audience}, {reach.spared or 'few'} spared"
        store.note_release(wave_id, actor.id if actor else None, told, now, once=True)


_READING = timedelta(minutes=15)
"""To read what a launch does, between typing "now" as a time and confirming it."""


def opening(command: LaunchSurvey, now: datetime) -> datetime:
    """When it opens: at once, unless a later time is given."""
    return command.opens_at if command.opens_at and command.opens_at > now else now


def selection_of(store: SurveyStore, command: LaunchSurvey) -> Selection | None:
    """With its seed. A rotation that goes on has the seed of the wave before, and the next turn:
    else somebody would be asked twice, and somebody never."""
    chosen = command.selection
    if isinstance(chosen, Rotation) and command.continues is not None:
        before = store.wave(command.continues)
        earlier = before.selection if before else None
        if isinstance(earlier, Rotation) and earlier.groups == chosen.groups:
            return earlier.next()
    return seeded(chosen)


def foreseen(store: SurveyStore, command: LaunchSurvey, now: datetime) -> Foreseen:
    """How many it would ask."""
    spares = command.despite_limit is None
    return foresee(store, command.audience, command.selection, now, spares=spares)


def draw_launch(store: SurveyStore, command: LaunchSurvey, now: datetime) -> Drawn:
    """Whom it would ask."""
    spares = command.despite_limit is None
    return draw(store, command.audience, command.selection, now, spares=spares)


def reach_of(store: SurveyStore, command: LaunchSurvey, found: Foreseen) -> PanelReach:
    despite = command.despite_limit is not None
    limit = None if despite else store.asking_limit()
    return told_reach(found, command.selection, limit, despite=despite)


def objections(
    store: SurveyStore, command: LaunchSurvey, found: Foreseen, now: datetime
) -> dict[str, Unfit]:
    """What does not fit in a launch, by the field's name."""
    unfit = _of_times(command, opening(command, now), now)
    if not command.survey.questions:
        unfit["survey"] = Unfit(why="This survey asks nothing. Add at least one question.")
    elif left := places(command.survey):
        unfit["survey"] = Unfit(
            why="Fill in {place} first. The survey’s text uses it.", values={"place": left[0]}
        )
    unfit |= of_ideas(store, command.survey, opening(command, now), command.closes_at)
    if not found.frame.people:
        unfit["audience"] = Unfit(why="Nobody on the roster belongs to this audience.")
    elif not found.panel and command.selection is None and not found.frame.spared_by_lot:
        unfit["audience"] = Unfit(
            why="Everyone in this audience has reached the survey limit. Wait, choose "
            "other people, or say why you ask them anyway."
        )
    else:
        unfit |= _of_people(store, command, found) or _of_tables(store, command, found.frame)
    if command.continues is not None:
        unfit |= _of_continuing(store, command)
    why = command.despite_limit
    if why is not None and not why.strip():
        unfit["despite_limit"] = Unfit(why="Say why they are asked more often than the limit.")
    elif why is not None and len(why) > LONGEST_REASON:
        unfit["despite_limit"] = Unfit(
            why="Shorten the reason to {most} characters.", values={"most": LONGEST_REASON}
        )
    return unfit


def _of_times(command: LaunchSurvey, opens_at: datetime, now: datetime) -> dict[str, Unfit]:
    unfit: dict[str, Unfit] = {}
    # A date of a series may come late: the service may have stood still.
    if command.series is None and command.opens_at and command.opens_at < now - _READING:
        unfit["opens_at"] = Unfit(
            why="The opening time is in the past. Choose a later time, or leave it empty to "
            "open the survey now."
        )
    if command.closes_at <= now:
        unfit["closes_at"] = Unfit(why="The closing time is in the past. Choose a later time.")
    elif command.closes_at <= opens_at:
        unfit["closes_at"] = Unfit(why="The survey would close before it opens.")
    if len(command.reminders) > MOST_REMINDERS:
        unfit["reminders"] = Unfit(
            why="At most {most} reminders. You planned {n}.",
            values={"most": MOST_REMINDERS, "n": len(command.reminders)},
        )
    elif len(set(command.reminders)) < len(command.reminders):
        unfit["reminders"] = Unfit(why="Two reminders have the same time.")
    elif not all(opens_at < at < command.closes_at for at in command.reminders):
        unfit["reminders"] = Unfit(
            why="A reminder has to come after the opening and before the closing."
        )
    return unfit


def _of_people(store: SurveyStore, command: LaunchSurvey, found: Foreseen) -> dict[str, Unfit]:
    """Judged on what may be told of how many are asked, so that it tells nothing more."""
    unfit = _of_selection(command.selection, found.frame.people - found.frame.spared)
    shown_from = store.release_rules().smallest_group
    least = max(FEWEST, shown_from) if shown_from > SCORES_FROM else FEWEST
    if not unfit and reach_of(store, command, found).people < least:
        why = "Ask at least {least} people. With fewer, no result could be shown safely."
        unfit = {"audience": Unfit(why=why, values={"least": least})}
    return unfit


def _of_tables(store: SurveyStore, command: LaunchSurvey, frame: Frame) -> dict[str, Unfit]:
    """The worst table of those that are not worth their noise: what the others are worth changes
    with it. Of a rotation it is judged by a group's usual size, which tells of nobody in it."""
    part = expected(command.selection, frame.people - frame.spared) / frame.people
    found = too_fine(command.survey.tables, frame.population, part, store.release_rules())
    return {"tables": refusal(found[0])} if found else {}


def refusal(fine: TooFine) -> Unfit:
    """Why a table is not offered, and what to choose in its place."""
    values: dict[str, str | int] = {"groups": "+".join(fine.table.by), "points": fine.points}
    if fine.instead is None:
        why = "Results for {groups} would mostly be off by about {points} points. Leave them out."
        return Unfit(why=why, values=values)
    return Unfit(
        why="Results for {groups} would mostly be off by about {points} points. Choose results for "
        "{coarser_groups} instead.",
        values={**values, "coarser_groups": "+".join(fine.instead.by)},
    )


def _of_selection(selection: Selection | None, free: int) -> dict[str, Unfit]:
    """``free``: how many may be asked."""
    match selection:
        case Sample() if selection.share is not None and not 0 < selection.share <= 1:
            why = Unfit(why="A share must be more than 0 and at most 100 percent.")
        case Sample() if selection.people is not None and selection.people > free:
            why = Unfit(
                why="Only {n} people may be asked. Draw fewer, or ask all of them.",
                values={"n": free},
            )
        case Sample() if free >= FEWEST > selection.size(free):
            why = Unfit(why="Draw at least {least} people.", values={"least": FEWEST})
        case Rotation() if not FEWEST_GROUPS <= selection.groups <= MOST_GROUPS:
            why = Unfit(
                why="Use {least} to {most} groups.",
                values={"least": FEWEST_GROUPS, "most": MOST_GROUPS},
            )
        case Rotation() if FEWEST <= free < selection.groups * FEWEST:
            why = Unfit(
                why="The audience is too small for {n} groups. Use fewer groups.",
                values={"n": selection.groups},
            )
        case _:
            return {}
    return {"selection": why}


def _of_continuing(store: SurveyStore, command: LaunchSurvey) -> dict[str, Unfit]:
    """A rotation keeps its audience: what differs between two of them would tell who is in which
    group."""
    before = store.wave(command.continues) if command.continues else None
    if before is None or before.survey.key != command.survey.key:
        return {"continues": Unfit(why="It can only continue an earlier run of this survey.")}
    if isinstance(before.selection, Rotation) and isinstance(command.selection, Rotation):
        if before.audience != command.audience:
            return {"audience": Unfit(why="A rotation has to keep the audience it began with.")}
        if before.selection.groups != command.selection.groups:
            return {"selection": Unfit(why="A rotation has to keep the groups it began with.")}
    return {}
