"""Surveys that repeat, on the clock: dealing with the dates that are due, and telling of it.

The clock may come late, twice or out of order, and calendars change: each look works from the
dates that were dealt with, and changes nothing where there is no other. Dealing with a date, its
wave and the next look are one transaction.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from itertools import islice, takewhile
from uuid import UUID, uuid4

from core.school_mornings import reminders_between
from governance.access import CLOCK, anybody
from governance.committees.model import Office
from governance.deliveries import Deliveries, Delivery
from governance.messages import Done
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.school_days import calendar
from governance.second_person.model import Act, Shown
from governance.series.commands import RepeatSurvey
from governance.series.model import PastDate, Series, SeriesDate, SeriesState, Skipped
from governance.series.views import SeriesLine
from governance.upkeep.messages import Repetition
from surveys.commands import LaunchSurvey
from surveys.messages import Rejected
from surveys.survey import Wave, WaveState
from surveys.waves import pulsing

REPEAT = "repeat"
"""The kind of the clock's entries."""

REPETITION = "repetition"
"""The kind of the delivery that tells what became of a date."""

DATES_TOLD = 5
_MOST_AT_ONCE = 12
"""Dates that one look notes. Of more that were missed, the older ones are passed over: a clock
that was set years ahead by mistake notes no more than these."""

_AGAIN_AFTER = timedelta(minutes=1)


def plan(store: GovernanceStore, series: Series, now: datetime, *, again: bool = False) -> None:
    """Have the clock look at a series when its next date is due."""
    coming = next(iter(store.coming_dates(series, now)), None)
    if coming is not None:
        _look_at(store, series, max(coming.due, now), again=again)


def plan_all(store: GovernanceStore, now: datetime, *, again: bool = False) -> None:
    """Dates may be due earlier than was planned: the district's calendar or its time zone
    changed, or (``again``, each night) the clock had been set ahead, and did already what it had
    planned."""
    for series in store.all_series(SeriesState.RUNNING, SeriesState.PAUSED):
        plan(store, series, now, again=again)


def _look_at(store: GovernanceStore, series: Series, at: datetime, *, again: bool = False) -> None:
    minute = int(at.timestamp() // 60)  # one entry for each, and one of the night's
    store.schedule(REPEAT, series.id, at, -minute if again else minute)


def look(store: GovernanceStore, command: RepeatSurvey, now: datetime) -> None:
    """Deal with the dates that are due: the newest may be launched, and those that were missed
    are told as one."""
    series = store.series(command.series_id)
    if series is None or series.state is SeriesState.STOPPED:
        return
    due = takewhile(lambda one: one.due <= now, store.coming_dates(series, now))
    for number, one in enumerate(reversed(deque(due, maxlen=_MOST_AT_ONCE))):
        if not _deal_with(store, series, one, now, newest=number == 0):
            return
    plan(store, series, now)


def _deal_with(
    store: GovernanceStore, series: Series, one: SeriesDate, now: datetime, *, newest: bool
) -> bool:
    """False: it cannot be told yet what happens to it."""
    why = _left_out(store, series, one, now)
    if why is None and _closes_soon(store, series, now):
        _look_at(store, series, now + _AGAIN_AFTER)
        return False
    before = next(iter(store.past_dates(series.id, 1)), None)
    noted = PastDate(
        id=uuid4(),
        series_id=series.id,
        slot=one.slot,
        day=one.day,
        noted_at=now,
        wave_id=None if why else series.wave_id(one.slot),
        skipped=why,
    )
    if not store.note_date(noted):
        # Another look had it; or it launched on this day already, before its dates were changed.
        store.note_date(noted.left_out(Skipped.OPEN))
        return True
    if why is None:
        noted = _launched(store, series, one, noted, now)
    became = noted.skipped or "launched"
    store.audit(None, f"repeating {one.slot:%Y-%m-%d}: {became}", series.id, now)
    again = before is not None and before.skipped is Skipped.DAY_OFF is noted.skipped
    if newest and noted.skipped is not Skipped.PAUSED and not again:
        _tell(store, series, noted, now)
    return True


def _left_out(
    store: GovernanceStore, series: Series, one: SeriesDate, now: datetime
) -> Skipped | None:
    if series.state is SeriesState.PAUSED:
        return Skipped.PAUSED
    if one.at is None or one.until is None:
        return Skipped.DAY_OFF
    if now > one.until:
        return Skipped.LATE
    wave = _last_wave(store, series)
    if wave is not None and wave.state is not WaveState.CLOSED and now < wave.closes_at:
        return Skipped.OPEN
    return None


def _closes_soon(store: GovernanceStore, series: Series, now: datetime) -> bool:
    """Whether the one before is due to be closed, and the clock has not come to it."""
    wave = _last_wave(store, series)
    return wave is not None and wave.state is not WaveState.CLOSED and wave.closes_at <= now


def _last_wave(store: GovernanceStore, series: Series) -> Wave | None:
    wave_id = store.last_wave_of(series.id) or series.continues
    return store.wave(wave_id) if wave_id else None


def _launched(
    store: GovernanceStore, series: Series, one: SeriesDate, noted: PastDate, now: datetime
) -> PastDate:
    """The date with its wave, or with why it could not be launched."""
    by = store.person(series.started_by) if series.started_by else None
    command = launch_of(store, series, one, now, but=noted.wave_id)
    said = pulsing.launch(store, by, command, now)
    if isinstance(said, Rejected):
        noted = noted.left_out(Skipped.UNFIT, next(iter(said.unfit.values())))
        store.correct_date(noted)
    elif said.reach and said.reach.spared != 0 and series.started_by != _office(store):
        told = f"reach: {said.reach.people} of {said.reach.audience}, repeated"
        store.note_release(command.wave_id, _office(store), told, now)
    return noted


def launch_of(
    store: GovernanceStore,
    series: Series,
    one: SeriesDate,
    now: datetime,
    *,
    opens_at: datetime | None = None,
    but: UUID | None = None,
) -> LaunchSurvey:
    """The launch of one date: a wave of its own, that goes on from the last one (not from ``but``,
    which is itself)."""
    opens, closes = opens_at or now, one.closes_at or now
    before = store.last_wave_of(series.id, but)
    reminders = reminders_between(
        opens,
        closes,
        series.repeat.reminders,
        calendar=calendar(store),
        timezone=store.district().timezone,
    )
    return LaunchSurvey(
        wave_id=series.wave_id(one.slot),
        survey=series.survey,
        audience=series.audience,
        opens_at=opens_at,
        closes_at=closes,
        reminders=reminders,
        selection=series.selection,
        despite_limit=series.despite_limit,
        continues=before or series.continues,
        series=series.id,
        hold=series.hold,
    )


def shown(store: GovernanceStore, series: Series | None) -> Shown | None:
    """What a second person is shown of a series."""
    if series is None:
        return None
    return Shown(
        act=Act.SERIES,
        title=series.survey.title,
        words=tuple(one.prompt for one in series.survey.questions),
        audience=series.audience,
        by=series.started_by,
        sampled=series.selection is not None,
        limit=store.asking_limit() if series.despite_limit is None else None,
    )


# -- telling -------------------------------------------------------------------------------------


def _tell(store: GovernanceStore, series: Series, noted: PastDate, now: datetime) -> None:
    """The CTO's office hears what became of a date."""
    for one in store.holders(Office.CTO)[:1]:
        campaign = f"series:{series.id}:{noted.slot.isoformat()}"
        store.deliver_to_person(one, campaign=campaign, kind=REPETITION, subject=noted.id, now=now)


def _office(store: GovernanceStore) -> UUID | None:
    return next((one.id for one in store.holders(Office.CTO)[:1]), None)


def repetition(store: GovernanceStore, subject: UUID, now: datetime) -> Repetition | None:
    """What is told of a date when its message's turn comes."""
    noted = store.past_date(subject)
    series = store.series(noted.series_id) if noted else None
    if noted is None or series is None:
        return None
    wave = store.wave(noted.wave_id) if noted.wave_id else None
    coming = line(store, series, now)
    return Repetition(
        series_id=series.id,
        title=series.survey.title,
        at=store.moment_of(noted.slot),
        skipped=noted.skipped,
        unfit=noted.unfit,
        off=store.holiday_of(noted.day),
        reach=pulsing.reach_again(store, wave, now) if wave else None,
        closes_at=wave.closes_at if wave else None,
        next_at=coming.next_at if series.state is SeriesState.RUNNING else None,
    )


def line(store: GovernanceStore, series: Series, now: datetime) -> SeriesLine:
    """A series as the office sees it."""
    dates: tuple[SeriesDate, ...] = ()
    if series.state is not SeriesState.STOPPED:
        coming = store.coming_dates(series, now)
        dates = tuple(islice((one for one in coming if one.due > now), DATES_TOLD))
    last = next(iter(store.past_dates(series.id, 1)), None)
    return SeriesLine(series=series, dates=dates, last=last)


def _looked(store: GovernanceStore, command: RepeatSurvey, now: datetime) -> Done:
    look(store, command, now)
    return Done()


DELIVERIES: Deliveries = (
    Delivery(
        kind=REPETITION,
        compose=lambda on: repetition(on.store, on.subject, on.now) if on.for_cto else None,
    ),
)

OPERATIONS: Operations = (
    Operation(
        command=RepeatSurvey,
        run=lambda store, _, command, now: _looked(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind=REPEAT, command=lambda subject, _: RepeatSurvey(series_id=subject)),
        second=lambda store, command, _: shown(store, store.series(command.series_id)),
    ),
)
