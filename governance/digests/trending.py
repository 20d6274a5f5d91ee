"""What grew: themes of which more people wrote last week than in the months before, told to the
committee that takes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from governance.access import CLOCK, anybody, worker_on_queue
from governance.deliveries import Deliveries, Delivery
from governance.digests.model import monday
from governance.docket.handlers import queue_name
from governance.duplicates.commands import ShowTrends, TellTrends
from governance.duplicates.model import TOLD_FROM
from governance.duplicates.views import TrendsView
from governance.messages import Done
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.reading.themes import all_themes, owners
from governance.school_days import today
from governance.upkeep.handlers import HOUSE
from governance.upkeep.messages import Growing, Grown

if TYPE_CHECKING:
    from governance.reading.trends import Trend

TELL_TRENDS = "tell-trends"
MONDAYS = "50 7 * * mon"
TRENDS = "trends"
"""The kind of the delivery."""

WEEKS = 13
"""Last week and the quarter of a year before it."""

_WEEK = timedelta(days=7)


def tell(store: GovernanceStore, command: TellTrends, now: datetime) -> Done:
    """Each committee of whose themes one grew hears of it, once for a week. From now on the
    figures of the weeks before are what they are: no page counts them again."""
    for week, people in _counted(store, now).items():
        store.put_people_of_week(week, people, now)
    for queue, growing in _by_queue(store, now).items():
        campaign = f"trends:{queue}:{growing.week:%Y-%m-%d}"
        store.deliver_to_queue(queue, campaign=campaign, kind=TRENDS, subject=HOUSE, now=now)
    return Done()


def show(store: GovernanceStore, command: ShowTrends, now: datetime) -> TrendsView:
    name = queue_name(store.district(), command.queue)
    return TrendsView(queue=command.queue, name=name, growing=of_queue(store, command.queue, now))


def of_queue(store: GovernanceStore, queue: str | None, now: datetime) -> Growing | None:
    """What grew among the themes of one committee. None: nothing that can be told."""
    return _by_queue(store, now).get(queue) if queue else None


def _by_queue(store: GovernanceStore, now: datetime) -> Mapping[str, Growing]:
    from governance.reading.trends import trending  # with its arithmetic: once a week

    district = store.district()
    counted = _counted(store, now)
    said = {theme for people in counted.values() for theme in people}
    weeks = {theme: [people.get(theme, 0) for people in counted.values()] for theme in said}
    taken, known = owners(district.committees), all_themes()
    found: dict[str, list[Grown]] = defaultdict(list)
    for trend in trending(weeks):
        for queue in taken.get(trend.theme, ())[:1]:
            name = known[trend.theme].name
            found[queue].append(_grown(trend, name, weeks[trend.theme]))
    return {
        queue: Growing(
            queue=queue,
            committee=queue_name(district, queue),
            week=_begin(store, max(counted)),
            themes=tuple(themes),
        )
        for queue, themes in found.items()
    }


def _counted(store: GovernanceStore, now: datetime) -> Mapping[date, Mapping[str, int]]:
    """The people who wrote of each theme in each of the ``WEEKS`` before this one (their Mondays),
    the oldest first: as they were counted when it was over, else as they are found now."""
    this = monday(today(store, now))
    weeks = [this - _WEEK * back for back in range(WEEKS, 0, -1)]
    known = store.people_of_weeks(weeks)
    new = [week for week in weeks if week not in known]
    spans = [(_begin(store, week), _begin(store, week + _WEEK)) for week in new]
    counted = {**known, **dict(zip(new, store.people_by_theme(spans), strict=True))}
    return {week: counted[week] for week in weeks}


def _begin(store: GovernanceStore, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(store.district().timezone))


def _grown(trend: Trend, name: str, weeks: Sequence[int]) -> Grown:
    """Nothing of fewer than five people is told, also not of the weeks before."""
    usual = round(trend.usual)
    return Grown(
        theme=name,
        new=trend.growth == "new",
        people=trend.people,
        usual=usual if usual >= TOLD_FROM else None,
        weeks=tuple(n if n >= TOLD_FROM else None for n in weeks),
    )


DELIVERIES: Deliveries = (
    Delivery(kind=TRENDS, compose=lambda on: of_queue(on.store, on.queue, on.now)),
)

OPERATIONS: Operations = (
    Operation(
        command=TellTrends,
        run=lambda store, _, command, now: tell(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind=TELL_TRENDS, command=lambda *_: TellTrends(), rule=MONDAYS),
    ),
    Operation(
        command=ShowTrends,
        run=lambda store, _, command, now: show(store, command, now),
        may=worker_on_queue,
        reads=True,
    ),
)
