"""The district's month in figures: how much was said, how much was answered within 30 days, what
followed from it. For the district as a whole, never of one committee, and gated: nothing is told of
fewer than five people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from governance.access import CLOCK, Actor, anybody
from governance.board_reports.overlapping import month_of, near_another, span
from governance.committees.model import Office
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.digests.commands import ShowFigures, TellDigests
from governance.digests.handlers import tell_digests
from governance.digests.messages import Answered, MonthlyFigures, ThemeCount
from governance.digests.model import first_school_day, is_school_day, month_before
from governance.digests.people import PEOPLE_FROM, people
from governance.digests.views import FiguresView
from governance.docket.open_items import Spoken
from governance.feedback.model import Item
from governance.messages import Done
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.reading.themes import theme_name

FIGURES = "figures"
"""The kind of the delivery to the CTO's office."""

WITHIN = timedelta(days=30)
FROM_HOUR, UNTIL_HOUR = 8, 18
EARLIER = 5
"""Months before it that are shown beside a month."""

MOST_THEMES = 10
_MONTHS = UUID("c7c1a5a2-5d0f-4f34-9d63-2f1f3a0a7c51")


def subject_of(month: date) -> UUID:
    """A month as the subject of what is told about it."""
    return uuid5(_MONTHS, month.isoformat())


def tell_figures(store: GovernanceStore, now: datetime) -> None:
    """On the first school day of a month, or where that was missed on a later one: the month before
    it, once, and for good."""
    district = store.district()
    local = now.astimezone(ZoneInfo(district.timezone))
    today, this_month = local.date(), local.date().replace(day=1)
    if today < first_school_day(district.calendar, this_month):
        return
    if not is_school_day(district.calendar, today) or not FROM_HOUR <= local.hour < UNTIL_HOUR:
        return
    month = month_before(this_month)
    if store.figures_of(month) is not None:
        return
    if not store.put_figures(figures_for(store, month, now), now):
        return  # another look told them
    for one in store.holders(Office.CTO)[:1]:
        store.deliver_to_person(
            one, campaign=f"figures:{month}", kind=FIGURES, subject=subject_of(month), now=now
        )


def figures_for(store: GovernanceStore, month: date, now: datetime) -> MonthlyFigures:
    begins, ends = span(store, month_of(month))
    said = store.said_between(begins, ends)
    if near_another(store, month_of(month)):
        said = []
    earlier = {one.month: one.received for one in store.figures(most=EARLIER)}
    return MonthlyFigures(
        month=month,
        received=len(said) if people(said) >= PEOPLE_FROM else None,
        answered=_answered(store, month_before(month), now),
        themes=told_themes(spoken_of(said)),
        came=tuple(store.came_of_it(begins, ends)),
        earlier=tuple(sorted(earlier.items())),
    )


def _answered(store: GovernanceStore, month: date, now: datetime) -> Answered:
    said = [
        one
        for one in store.said_between(*span(store, month_of(month)))
        if one.received_at + WITHIN <= now
    ]
    if near_another(store, month_of(month)):
        said = []
    at = store.answered_at([one.id for one in said])
    found, told = answered(month, said, at), store.figures_of(month)
    return of_as_many(found, told.received) if told else found


def of_as_many(found: Answered, received: int | None) -> Answered:
    """Of as many messages as were told when the month was over. Another number would tell of the
    few that became restricted since, or were filed."""
    if received is None:
        return replace(found, base=None, within=None, few_left=False)
    if found.within is None:
        return replace(found, base=received)
    within = min(found.within, received)
    if 0 < received - within < PEOPLE_FROM:
        return replace(found, base=received, within=None, few_left=True)
    return replace(found, base=received, within=within)


def answered(month: date, said: Sequence[Item], at: Mapping[UUID, datetime]) -> Answered:
    """Through the gate. A month in which a few were left is told as "nearly all"; one in which
    only a few were answered not at all."""
    if people(said) < PEOPLE_FROM:
        return Answered(month=month, base=None, within=None)
    done = [one for one in said if one.id in at and at[one.id] <= one.received_at + WITHIN]
    left = [one for one in said if one not in done]
    if left and people(left) < PEOPLE_FROM:
        return Answered(month=month, base=len(said), within=None, few_left=True)
    if done and people(done) < PEOPLE_FROM:
        return Answered(month=month, base=len(said), within=None)
    return Answered(month=month, base=len(said), within=len(done))


def spoken_of(items: Iterable[Item]) -> list[Spoken]:
    return [
        Spoken(
            author=one.author,
            theme=next(iter(one.reading.themes if one.reading else ()), ""),
            items=1,
        )
        for one in items
    ]


def told_themes(said: Iterable[Spoken], *, most: int = MOST_THEMES) -> tuple[ThemeCount, ...]:
    """Themes of which five people or more wrote, the most first, each item under one. What is left
    stands under ""; where that were of fewer than five people, the smallest theme goes with it,
    so that it cannot be found by taking away."""
    by_theme: dict[str, list[Spoken]] = {}
    for one in said:
        by_theme.setdefault(theme_name(one.theme), []).append(one)
    rest = by_theme.pop("", [])
    ranked = sorted(by_theme.items(), key=lambda one: (-_items(one[1]), one[0]))
    told = [(name, groups) for name, groups in ranked if people(groups) >= PEOPLE_FROM][:most]
    names = {name for name, _ in told}
    rest += [one for name, groups in ranked if name not in names for one in groups]
    while rest and people(rest) < PEOPLE_FROM and told:
        rest += told.pop()[1]
    counts = [ThemeCount(name=name, count=_items(groups)) for name, groups in told]
    if people(rest) >= PEOPLE_FROM:
        counts.append(ThemeCount(name="", count=_items(rest)))
    return tuple(counts)


def _items(groups: Iterable[Spoken]) -> int:
    return sum(one.items for one in groups)


def show_figures(store: GovernanceStore) -> FiguresView:
    return FiguresView(months=tuple(store.figures()))


def figures_message(store: GovernanceStore, subject: UUID) -> MonthlyFigures | None:
    """The month that a delivery is about."""
    return next((one for one in store.figures() if subject_of(one.month) == subject), None)


def _tell_what_is_due(store: GovernanceStore, _: Actor, __: TellDigests, now: datetime) -> Done:
    tell_digests(store, now)
    tell_figures(store, now)
    return Done()


def _monthly(on: Occasion) -> MonthlyFigures | None:
    return figures_message(on.store, on.subject) if on.for_cto else None


DELIVERIES: Deliveries = (
    Delivery(
        kind=FIGURES,
        compose=_monthly,
    ),
)

OPERATIONS: Operations = (
    Operation(
        command=ShowFigures,
        run=lambda store, _, __, ___: show_figures(store),
        may=anybody,
        reads=True,
    ),
    Operation(
        command=TellDigests,
        run=_tell_what_is_due,
        may=anybody,
        by=CLOCK,
        entry=Entry(kind="tell-digests", command=lambda *_: TellDigests(), rule="0 * * * *"),
    ),
)
