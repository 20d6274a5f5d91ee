"""Surveys that repeat, and what became of their dates: one row for each, and uniqueness decides
who launches."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select, update

from core.local_time import moment, wall_time
from core.school_calendar import Calendar
from governance.series.model import (
    Moved,
    PastDate,
    Repeat,
    Series,
    SeriesDate,
    SeriesState,
    Skipped,
)
from scheduler import repeating
from storage.district import Districts
from storage.series_tables import series, series_date
from surveys.encoding import decode, encode
from surveys.questions import Unfit

_A_DAY = timedelta(days=1)


class Repeating(Districts):
    """Series inside one transaction."""

    # -- dates on the district's calendar -------------------------------------------------------

    def check_repeat(self, repeat: Repeat) -> None:
        repeating.check_repeat(repeat)

    def dates_of(self, repeat: Repeat, after: datetime, most: int) -> Sequence[SeriesDate]:
        calendar, zone = self._calendar()
        return list(islice(repeating.dates(repeat, calendar, zone, wall_time(after, zone)), most))

    def overlaps(self, repeat: Repeat, after: datetime) -> bool:
        _, zone = self._calendar()
        return repeating.too_long(repeat, zone, wall_time(after, zone))

    def coming_dates(self, one: Series, now: datetime) -> Iterator[SeriesDate]:
        calendar, zone = self._calendar()
        after = self._newest_slot(one.id, now) or wall_time(one.started_at, zone)
        return repeating.dates(one.repeat, calendar, zone, after, one.moved)

    def school_day_of(self, at: datetime) -> date | None:
        calendar, zone = self._calendar()
        day = wall_time(at, zone).date()
        return day if calendar.is_school_day(day) else None

    def moment_of(self, slot: datetime) -> datetime:
        return moment(slot, self._calendar()[1])

    def holiday_of(self, day: date) -> str:
        holiday = self._calendar()[0].holiday_on(day)
        return holiday.name if holiday else ""

    def _calendar(self) -> tuple[Calendar, ZoneInfo]:
        district = self.district()
        return district.calendar or Calendar(), ZoneInfo(district.timezone)

    # -- series ---------------------------------------------------------------------------------

    def series(self, series_id: UUID) -> Series | None:
        row = self.connection.execute(select(series).where(series.c.id == series_id)).first()
        return _series(row) if row else None

    def all_series(self, *states: SeriesState) -> Sequence[Series]:
        """Those in these states (none given: all), the newest first."""
        wanted = select(series).order_by(series.c.started_at.desc(), series.c.id)
        if states:
            wanted = wanted.where(series.c.state.in_(states))
        return [_series(row) for row in self.connection.execute(wanted)]

    def add_series(self, new: Series) -> bool:
        row = {
            "id": new.id,
            "survey_key": new.survey.key,
            "body": encode(Series, replace(new, state=SeriesState.RUNNING, moved=None)),
            "state": new.state,
            "started_at": new.started_at,
        }
        return bool(self.insert_new(series, row))

    def set_series_state(self, series_id: UUID, state: SeriesState) -> None:
        self._change_series(series_id, state=state)

    def move_date(self, series_id: UUID, moved: Moved) -> None:
        self._change_series(series_id, moved_slot=moved.slot.isoformat(), moved_to=moved.to)

    def _change_series(self, series_id: UUID, **values: Any) -> None:
        self.connection.execute(update(series).where(series.c.id == series_id).values(values))

    # -- what became of dates --------------------------------------------------------------------

    def note_date(self, new: PastDate) -> bool:
        """Claim a date. False: another look had it, or the series launched on that day already."""
        return bool(self.insert_new(series_date, _row(new)))

    def correct_date(self, one: PastDate) -> None:
        where = (series_date.c.series_id == one.series_id, series_date.c.id == one.id)
        self.connection.execute(update(series_date).where(*where).values(_row(one)))

    def past_date(self, date_id: UUID) -> PastDate | None:
        row = self.connection.execute(
            select(series_date).where(series_date.c.id == date_id)
        ).first()
        return _past(row) if row else None

    def past_dates(self, series_id: UUID, most: int) -> Sequence[PastDate]:
        rows = self.connection.execute(
            select(series_date)
            .where(series_date.c.series_id == series_id)
            .order_by(series_date.c.noted_at.desc(), series_date.c.slot.desc())
            .limit(most)
        )
        return [_past(row) for row in rows]

    def last_wave_of(self, series_id: UUID, but: UUID | None = None) -> UUID | None:
        wanted = (
            select(series_date.c.wave_id)
            .where(series_date.c.series_id == series_id, series_date.c.wave_id.is_not(None))
            .order_by(series_date.c.launched_on.desc())
            .limit(1)
        )
        if but is not None:
            wanted = wanted.where(series_date.c.wave_id != but)
        found: UUID | None = self.connection.execute(wanted).scalar()
        return found

    def _newest_slot(self, series_id: UUID, now: datetime) -> datetime | None:
        """The last date that was dealt with. What a clock that was set far ahead noted does not
        count."""
        found = self.connection.execute(
            select(series_date.c.slot)
            .where(series_date.c.series_id == series_id, series_date.c.noted_at <= now + _A_DAY)
            .order_by(series_date.c.slot.desc())
            .limit(1)
        ).scalar()
        return datetime.fromisoformat(found) if found else None


def _series(row: Row[Any]) -> Series:
    kept: Series = decode(Series, row.body)
    moved = None
    if row.moved_slot and row.moved_to:
        moved = Moved(slot=datetime.fromisoformat(row.moved_slot), to=row.moved_to)
    return replace(kept, state=SeriesState(row.state), moved=moved)


def _row(one: PastDate) -> dict[str, Any]:
    why = {"why": one.unfit.why, "values": dict(one.unfit.values)} if one.unfit.why else None
    return {
        "series_id": one.series_id,
        "slot": one.slot.isoformat(),
        "id": one.id,
        "day": one.day.isoformat(),
        "launched_on": one.day.isoformat() if one.wave_id else None,
        "wave_id": one.wave_id,
        "skipped": one.skipped,
        "why": json.dumps(why) if why else None,
        "noted_at": one.noted_at,
    }


def _past(row: Row[Any]) -> PastDate:
    why = json.loads(row.why) if row.why else {"why": ""}
    return PastDate(
        id=row.id,
        series_id=row.series_id,
        slot=datetime.fromisoformat(row.slot),
        day=date.fromisoformat(row.day),
        noted_at=row.noted_at,
        wave_id=row.wave_id,
        skipped=Skipped(row.skipped) if row.skipped else None,
        unfit=Unfit(**why),
    )
