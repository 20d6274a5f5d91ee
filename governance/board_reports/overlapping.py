"""Whether a count of messages would tell of a few people beside the counts of other days.

Board reports and the monthly figures count the same messages, so both ask here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from governance.board_reports.periods import Period
from governance.digests.model import month_before
from governance.digests.people import PEOPLE_FROM, people
from governance.feedback.model import Item
from governance.ports import GovernanceStore

_Dated = tuple[date, Item]
"""What was said, with the district's day of it."""

_MONTHS = 36
"""Months whose figures a report may be held beside: no period is longer than two years."""


def span(store: GovernanceStore, period: Period) -> tuple[datetime, datetime]:
    """The moments of a period, by the district's clock: [since, until)."""
    after = period.last + timedelta(days=1)
    return (
        store.moment_of(datetime.combine(period.first, time())),
        store.moment_of(datetime.combine(after, time())),
    )


def day_of(store: GovernanceStore, at: datetime) -> date:
    return at.astimezone(ZoneInfo(store.district().timezone)).date()


def few(said: Sequence[Item]) -> bool:
    """Whether there are some, and fewer than five people surely said them."""
    return bool(said) and people(said) < PEOPLE_FROM


def near_another(store: GovernanceStore, period: Period) -> bool:
    """Whether an issued report or a month's figures cover nearly the same days, or several of them
    do together, so that taking one count from the other would tell of a few people."""
    others = {*_reports(store), *_months(store)} - {period}
    near = [one for one in others if one.first <= period.last and period.first <= one.last]
    dated = _dated(store, [*near, period])
    for theirs in near:
        apart: list[Item] = []
        if theirs.first != period.first:
            first, last = sorted((theirs.first, period.first))
            apart += _said(dated, first, last - timedelta(days=1))
        if theirs.last != period.last:
            first, last = sorted((theirs.last, period.last))
            apart += _said(dated, first + timedelta(days=1), last)
        if few(apart):
            return True
    return any(
        _few_beside(dated, whole, [one for one in (*others, period) if one != whole])
        for whole in (*near, period)
        if whole.first <= period.first and period.last <= whole.last
    )


def _reports(store: GovernanceStore) -> Iterator[Period]:
    for one in store.board_reports():
        if one.issued is not None and one.issued.figures.heard.received is not None:
            yield one.period


def _months(store: GovernanceStore) -> Iterator[Period]:
    for one in store.figures(most=_MONTHS):
        if one.received is not None:
            yield month_of(one.month)


def month_of(first: date) -> Period:
    """A calendar month, by its first day."""
    return Period(first=first, last=month_before(first, -1) - timedelta(days=1))


def _few_beside(dated: Sequence[_Dated], whole: Period, others: Sequence[Period]) -> bool:
    """Whether reports inside of another one, taken from it together, leave what a few people
    said."""
    inside = [one for one in others if whole.first <= one.first and one.last <= whole.last]
    said = [(day, one) for day, one in dated if whole.first <= day <= whole.last]

    def leaves_few(begin: date, left: list[Item]) -> bool:
        """``left``: of the days before ``begin`` that no chosen report covers."""
        if few([*left, *(one for day, one in said if begin <= day)]):
            return True
        for chosen in inside:
            if begin <= chosen.first:
                more = [*left, *(one for day, one in said if begin <= day < chosen.first)]
                after = chosen.last + timedelta(days=1)
                if people(more) < PEOPLE_FROM and leaves_few(after, more):
                    return True
        return False

    return leaves_few(whole.first, [])


def _dated(store: GovernanceStore, periods: Sequence[Period]) -> Sequence[_Dated]:
    """What was said from the first to the last day of some periods, read once."""
    hull = Period(first=min(one.first for one in periods), last=max(one.last for one in periods))
    zone = ZoneInfo(store.district().timezone)
    said = store.said_between(*span(store, hull))
    return [(one.received_at.astimezone(zone).date(), one) for one in said]


def _said(dated: Sequence[_Dated], first: date, last: date) -> list[Item]:
    return [one for day, one in dated if first <= day <= last]
