"""What surveys that repeat need of a store, inside one transaction. ``storage`` implements it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from governance.series.model import Moved, PastDate, Repeat, Series, SeriesDate, SeriesState


class SeriesStore(Protocol):
    """Series, their dates on the district's calendar, and what happened to them."""

    def check_repeat(self, repeat: Repeat) -> None:
        """``ValueError`` where its rule cannot be read, or names more than one time a day."""
        ...

    def dates_of(self, repeat: Repeat, after: datetime, most: int) -> Sequence[SeriesDate]:
        """The first dates after a moment, with those that are left out."""
        ...

    def overlaps(self, repeat: Repeat, after: datetime) -> bool:
        """Whether one would still be open when the next one opens."""
        ...

    def coming_dates(self, one: Series, now: datetime) -> Iterable[SeriesDate]:
        """The dates that were not dealt with yet, in order; also those that are due."""
        ...

    def school_day_of(self, at: datetime) -> date | None:
        """The local day of a moment; None where nobody works."""
        ...

    def moment_of(self, slot: datetime) -> datetime: ...

    def holiday_of(self, day: date) -> str:
        """The name of the holiday that a day is in; "" where there is none."""
        ...

    def series(self, series_id: UUID) -> Series | None: ...

    def all_series(self, *states: SeriesState) -> Sequence[Series]: ...

    def add_series(self, new: Series) -> bool:
        """False: it was there already."""
        ...

    def set_series_state(self, series_id: UUID, state: SeriesState) -> None: ...

    def move_date(self, series_id: UUID, moved: Moved) -> None: ...

    def note_date(self, new: PastDate) -> bool:
        """Claim a date. False: another look had it, or the series launched on that day already.
        Unique on (series, slot), and on (series, day) where a wave was launched."""
        ...

    def correct_date(self, one: PastDate) -> None:
        """What became of a date that was claimed."""
        ...

    def past_date(self, date_id: UUID) -> PastDate | None: ...

    def past_dates(self, series_id: UUID, most: int) -> Sequence[PastDate]:
        """What became of the last ones, the newest first."""
        ...

    def last_wave_of(self, series_id: UUID, but: UUID | None = None) -> UUID | None:
        """The wave that a series launched last, other than one."""
        ...
