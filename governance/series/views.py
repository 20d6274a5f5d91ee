"""What is shown of surveys that repeat: before they begin, in the office, on their own page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from core.people import Held
from core.text import Text
from governance.series.model import PastDate, Series, SeriesDate
from surveys.messages import PanelReach
from surveys.promise import OverAYear
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class SeriesChecked:
    """Before a series begins: its first dates, whom the first would reach if it were today, and
    what does not fit, by the field's name. ``over_a_year``: None where nobody is asked twice."""

    dates: tuple[SeriesDate, ...]
    reach: PanelReach
    over_a_year: OverAYear | None = None
    held: Held | None = None
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SeriesStarted:
    series_id: UUID
    title: Text
    dates: tuple[SeriesDate, ...]
    reach: PanelReach
    over_a_year: OverAYear | None = None


@dataclass(frozen=True, kw_only=True)
class SeriesLine:
    """One series in the office. ``dates``: the next ones, with those that are left out; none where
    it was stopped. ``last``: what became of the one before."""

    series: Series
    dates: tuple[SeriesDate, ...]
    last: PastDate | None = None

    @property
    def next_at(self) -> datetime | None:
        return next((one.at for one in self.dates if one.at is not None), None)


@dataclass(frozen=True, kw_only=True)
class SeriesView:
    """One series, on a page of its own. ``past``: the newest first."""

    line: SeriesLine
    past: tuple[PastDate, ...]


SeriesViews = SeriesChecked | SeriesStarted | SeriesView
