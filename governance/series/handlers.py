"""Surveys that repeat, in the office: seeing the dates before, beginning, pausing, stopping, and
putting one date somewhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from math import ceil

from governance.access import GONE, OPERATOR_TOO, Actor, office, refusal
from governance.messages import Done, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import ALREADY_SETTLED
from governance.second_person.model import SERIES
from governance.series.commands import (
    CheckSeries,
    MoveDate,
    PauseSeries,
    RepeatSurvey,
    ResumeSeries,
    ShowSeries,
    StartSeries,
    StopSeries,
)
from governance.series.jobs import DATES_TOLD, launch_of, line, look, plan, shown
from governance.series.model import LONGEST_OPEN, Moved, Repeat, Series, SeriesDate, SeriesState
from governance.series.views import SeriesChecked, SeriesStarted, SeriesView
from surveys.authoring.cautions import cautions
from surveys.commands import CheckLaunch
from surveys.messages import Rejected
from surveys.promise import OverAYear, promise
from surveys.questions import Unfit
from surveys.survey import WaveState
from surveys.waves import launching
from surveys.waves.launching import selection_of
from surveys.waves.pulsing import READ_WARNINGS
from surveys.waves.reaching import Drawn
from surveys.waves.sampling import Rotation

LONGEST_WHY = 300
"""Characters of why a series is paused or stopped."""

DATES_LOOKED_AT = 60
"""So far ahead a date that is moved is looked for: a summer of days is shorter."""

_A_YEAR = timedelta(days=365)
_DATES_OF_A_YEAR = 366

_PAST_TOLD = 12
_BOUNDS = {"least": 0, "most": LONGEST_OPEN}


# -- beginning -----------------------------------------------------------------------------------


def check(
    store: GovernanceStore, actor: Actor, command: CheckSeries, now: datetime
) -> SeriesChecked:
    """The dates, the reach as of today, and what does not fit. Nothing is written but the note
    that somebody was told how many were asked often enough."""
    series = _series(command.start, actor, now)
    unfit = _unfit(store, series.repeat, now)
    coming = () if unfit else tuple(store.dates_of(series.repeat, now, _DATES_OF_A_YEAR))
    first = next((one for one in coming if one.at is not None), None)
    if not unfit and first is None:
        unfit = {"repeat": Unfit(why="None of its dates is a school day. Choose others.")}
    asked = launch_of(
        store, series, first or _today(now), now, opens_at=first.at if first else None
    )
    checked = launching.check(store, actor.person, CheckLaunch(launch=asked), now)
    return SeriesChecked(
        dates=coming[:DATES_TOLD],
        reach=checked.reach,
        held=checked.held,
        over_a_year=_over_a_year(store, series, coming),
        unfit={**checked.unfit, **unfit},
    )


def start(
    store: GovernanceStore, actor: Actor, command: StartSeries, now: datetime
) -> SeriesStarted | Rejected:
    """Fix what is asked and when. Starting the same series again answers as the first time."""
    checked = check(store, actor, CheckSeries(start=command), now)
    there = store.series(command.series_id)
    if there is None:
        if checked.unfit:
            return Rejected(unfit=checked.unfit)
        there = _series(command, actor, now)
        if store.add_series(there):
            store.audit(actor.person_id, f"survey repeats: {there.repeat.rule}", there.id, now)
            if command.read_warnings and cautions(there.survey):
                store.audit(actor.person_id, READ_WARNINGS, there.id, now)
            first = _first_drawn(store, there, now)
            lot = first.frame.by_lot
            store.need_second_person(SERIES, there.id, first.people, now, by_lot=lot)
            plan(store, there, now)
    return SeriesStarted(
        series_id=there.id,
        title=there.survey.title,
        dates=checked.dates,
        reach=checked.reach,
        over_a_year=checked.over_a_year,
    )


def _first_drawn(store: GovernanceStore, series: Series, now: datetime) -> Drawn:
    """Whom the first date would ask today. A second person's yes covers all dates, as long as none
    asks many more."""
    asked = launch_of(store, series, _today(now), now)
    asked = replace(asked, selection=selection_of(store, asked))
    return launching.draw_launch(store, asked, now)


def _over_a_year(
    store: GovernanceStore, series: Series, dates: Sequence[SeriesDate]
) -> OverAYear | None:
    """In how many waves of the first year one person is asked at most. A rotation asks each group
    in turn; the limit of the district holds for each person."""
    launched = [one.at for one in dates if one.at is not None]
    waves = sum(at < launched[0] + _A_YEAR for at in launched)
    if isinstance(series.selection, Rotation):
        waves = ceil(waves / max(1, series.selection.groups))
    limit = store.asking_limit()
    if limit is not None and series.despite_limit is None:
        waves = min(waves, limit.surveys * ceil(_A_YEAR / limit.span))
    told = promise(series.survey, rules=store.release_rules())
    return OverAYear(waves=waves, each=told) if waves > 1 else None


def _series(command: StartSeries, actor: Actor, now: datetime) -> Series:
    return Series(
        id=command.series_id,
        survey=command.survey,
        audience=command.audience,
        repeat=command.repeat,
        started_at=now,
        started_by=actor.person_id,
        selection=command.selection,
        despite_limit=command.despite_limit,
        continues=command.continues,
        hold=command.hold,
    )


def _unfit(store: GovernanceStore, repeat: Repeat, now: datetime) -> dict[str, Unfit]:
    """What does not fit in when and for how long it is asked, by the field's name."""
    try:
        store.check_repeat(repeat)
    except ValueError:
        return {"repeat": Unfit(why="Choose on which days, and one time of day.")}
    unfit: dict[str, Unfit] = {}
    if not 0 <= repeat.days <= LONGEST_OPEN:
        unfit["days"] = Unfit(why="Use {least} to {most} days.", values=_BOUNDS)
    elif store.overlaps(repeat, now):
        why = "It would still be open when the next one opens. Choose fewer days, or fewer dates."
        unfit["days"] = Unfit(why=why)
    elif any(
        one.at and one.closes_at and one.closes_at <= one.at
        for one in store.dates_of(repeat, now, DATES_TOLD)
    ):
        unfit["days"] = Unfit(why="The survey would close before it opens.")
    if not 0 <= repeat.reminders <= launching.MOST_REMINDERS:
        values = {"most": launching.MOST_REMINDERS, "n": repeat.reminders}
        why = "At most {most} reminders. You planned {n}."
        unfit["reminders"] = Unfit(why=why, values=values)
    return unfit


def _today(now: datetime) -> SeriesDate:
    """In the place of a date where there is none: whom it reaches is told all the same."""
    return SeriesDate(slot=now, due=now, day=now.date(), at=now, closes_at=now + timedelta(days=1))


# -- showing -------------------------------------------------------------------------------------


def show(store: GovernanceStore, command: ShowSeries, now: datetime) -> SeriesView | Refused:
    series = store.series(command.series_id)
    if series is None:
        return refusal(GONE)
    past = tuple(store.past_dates(series.id, _PAST_TOLD))
    return SeriesView(line=line(store, series, now), past=past)


# -- pausing, stopping, moving -------------------------------------------------------------------


def pause(
    store: GovernanceStore, actor: Actor, command: PauseSeries, now: datetime
) -> Done | Rejected | Refused:
    return _halt(store, actor, command, SeriesState.PAUSED, now)


def stop(
    store: GovernanceStore, actor: Actor, command: StopSeries, now: datetime
) -> Done | Rejected | Refused:
    return _halt(store, actor, command, SeriesState.STOPPED, now)


def _halt(
    store: GovernanceStore,
    actor: Actor,
    command: PauseSeries | StopSeries,
    becomes: SeriesState,
    now: datetime,
) -> Done | Rejected | Refused:
    series = store.series(command.series_id)
    if series is None:
        return refusal(GONE)
    if not (why := command.why.strip()):
        return Rejected(unfit={"why": Unfit(why="Say why. It is kept with the survey.")})
    if len(why) > LONGEST_WHY:
        shorten = "Shorten the reason to {most} characters."
        return Rejected(unfit={"why": Unfit(why=shorten, values={"most": LONGEST_WHY})})
    if series.state in (becomes, SeriesState.STOPPED):
        if store.last_audited(series.id, f"repeating {becomes}: {why}"):
            return Done()  # the same press again
        return Rejected(unfit={"why": Unfit(why=ALREADY_SETTLED)})
    look(store, RepeatSurvey(series_id=series.id), now)  # what was due before is not left out
    store.set_series_state(series.id, becomes)
    store.audit(actor.person_id, f"repeating {becomes}: {why}", series.id, now)
    return Done()


def resume(
    store: GovernanceStore, actor: Actor, command: ResumeSeries, now: datetime
) -> Done | Rejected | Refused:
    """Dates that came while it was paused stay left out."""
    series = store.series(command.series_id)
    if series is None:
        return refusal(GONE)
    if series.state is SeriesState.STOPPED:
        why = "It was stopped for good. Launch it again to let it repeat."
        return Rejected(unfit={"series": Unfit(why=why)})
    if series.state is SeriesState.PAUSED:
        look(store, RepeatSurvey(series_id=series.id), now)
        store.set_series_state(series.id, SeriesState.RUNNING)
        store.audit(actor.person_id, "repeating resumed", series.id, now)
        plan(store, series, now)
    return Done()


def move(
    store: GovernanceStore, actor: Actor, command: MoveDate, now: datetime
) -> Done | Rejected | Refused:
    """Put the next date somewhere else, between now and the one after it, on a school day. Where
    dates are left out first (a break), one of them may be put on a school day before it."""
    series = store.series(command.series_id)
    if series is None or series.state is SeriesState.STOPPED:
        return refusal(GONE)
    coming = islice(store.coming_dates(series, now), DATES_LOOKED_AT)
    upcoming = [one for one in coming if one.due > now]
    place = next((n for n, one in enumerate(upcoming) if one.at or command.to <= one.due), None)
    if place is None:
        why: Unfit | None = Unfit(why="There are no more dates. Launch it again to choose others.")
    else:
        after = next((one for one in upcoming[place + 1 :] if one.at is not None), None)
        why = _not_there(store, series, after, command.to, now)
    if why is not None or place is None:
        return Rejected(unfit={"to": why} if why else {})
    store.move_date(series.id, Moved(slot=upcoming[place].slot, to=command.to))
    store.audit(actor.person_id, f"repeating moved to {command.to.isoformat()}", series.id, now)
    if (changed := store.series(series.id)) is not None:
        plan(store, changed, now)
    return Done()


def _not_there(
    store: GovernanceStore, series: Series, after: SeriesDate | None, to: datetime, now: datetime
) -> Unfit | None:
    """Why the next date cannot be put there."""
    if to <= now:
        return Unfit(why="Choose a time that is still to come.")
    day = store.school_day_of(to)
    if day is None:
        return Unfit(why="That is not a school day. Choose another day.")
    if after is not None and day >= after.day:
        return Unfit(why="Choose a day before the next date after it.")
    last = store.last_wave_of(series.id)
    wave = store.wave(last) if last else None
    if wave is not None and wave.state is not WaveState.CLOSED and to < wave.closes_at:
        return Unfit(why="The one before is still open then. Choose a later time.")
    if any(one.wave_id and one.day == day for one in store.past_dates(series.id, _PAST_TOLD)):
        return Unfit(why="It was launched on that day already. Choose another day.")
    return None


OPERATIONS: Operations = (
    Operation(
        command=StartSeries,
        run=start,
        may=office,
        by=OPERATOR_TOO,
        second=lambda store, command, now: shown(store, _series(command, Actor(), now)),
    ),
    Operation(command=CheckSeries, shows=True, run=check, may=office, by=OPERATOR_TOO),
    Operation(
        command=ShowSeries,
        run=lambda store, _, command, now: show(store, command, now),
        may=office,
        by=OPERATOR_TOO,
        reads=True,
    ),
    Operation(command=PauseSeries, run=pause, may=office, by=OPERATOR_TOO, takes=("why",)),
    Operation(command=ResumeSeries, run=resume, may=office, by=OPERATOR_TOO),
    Operation(command=StopSeries, run=stop, may=office, by=OPERATOR_TOO, takes=("why",)),
    Operation(
        command=MoveDate, run=move, may=office, by=OPERATOR_TOO, due=lambda command: (command.to,)
    ),
)
