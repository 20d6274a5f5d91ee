"""Each school morning: joiners are asked, leavers let go, and who owes something is reminded.

Quiet hours and contract hours hold a reminder as they hold every message. Who owes it still after
three is on a list, for the administrators of their building and the ISO.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from core.deciding import UNDECIDED, Decision, Exempt
from core.paging import on_page
from core.people import Audience, Person, Role
from core.text import Text
from governance.access import CLOCK, Actor, anybody, refusal
from governance.committees.model import Office
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.duties.commands import ShowOwed, TendDuties, TendNextDuties
from governance.duties.kinds import DutyKind, duty_kinds
from governance.duties.messages import OwedNews, OwedView
from governance.duties.model import APART, Awaited, Count, Owed, Some
from governance.messages import Done, Refused
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore, Standing
from governance.refusals import NAMED_PERSON_ONLY
from governance.school_days import calendar, today
from governance.upkeep.handlers import HOUSE

TEND_DUTIES, TEND_NEXT = "tend-duties", "tend-next"
OWED = "duties-owed"
AT_ONCE = 250
"""People in a part, which takes a transaction of its own: nobody else waits long for the writer."""

OUTGREW = "duty outgrew what was decided"
"""Noted in the audit once, when people who join are no longer asked: more people than one person
decides on, and many more than were decided on."""

SCHOOL_MORNINGS = "50 7 * * mon-fri"
"""On holidays nothing is done."""


def tend(store: GovernanceStore, command: TendDuties | TendNextDuties, now: datetime) -> Done:
    """One part. The next is put on the clock in the same transaction, so a stop between the two
    loses nobody and doubles nobody. What is left of another day, the new day's morning does."""
    day, days = today(store, now), calendar(store)
    after = None
    if isinstance(command, TendNextDuties):
        if command.day != day.toordinal():
            return Done()
        after = command.after
    if not days.is_school_day(day):
        return Done()
    if after is None:  # news of the last morning, where it was broken off; else it is told already
        morning = days.school_day_after(day, -1)
        if listed := store.listed_since(store.moment_of(datetime.combine(morning, time()))):
            _tell(store, listed, morning, now)
    last = days.school_day_after(day, -APART)
    before = store.moment_of(datetime.combine(last + timedelta(days=1), time()))
    near = days.school_day_after(day, APART)
    people = store.next_people(after, AT_ONCE)
    if people:
        some = people[0], people[-1]
        for kind in duty_kinds().values():
            bring_up_to_date(store, kind, now, some, decision=Exempt.JOINED)
            store.remind_owing(kind.kind, some, today=day, near=near, before=before, now=now)
        store.list_owing(some, today=day, before=before, now=now)
    if len(people) == AT_ONCE:
        store.schedule(TEND_NEXT, people[-1], now, day.toordinal())
    elif buildings := store.listed_since(store.moment_of(datetime.combine(day, time()))):
        _tell(store, buildings, day, now)
    return Done()


def bring_up_to_date(
    store: GovernanceStore,
    kind: DutyKind,
    now: datetime,
    some: Some | None = None,
    *,
    decision: Decision = UNDECIDED,
) -> None:
    """Ask those who should have it and were not asked, and nothing more of the others. ``some``
    None: of everybody. ``decision``: why they may be asked."""
    day = today(store, now)
    wanted = list(kind.wanted(store, day, some))
    by_subject: dict[UUID, set[UUID]] = {}
    for one in wanted:
        by_subject.setdefault(one.subject, set()).update(one.people)
    for one in wanted:
        joining = (one.exempt or decision) is Exempt.JOINED and kind.asks is None
        if joining and store.outgrows(kind.kind, one.subject, one.people, day):
            if store.last_audited(one.subject, OUTGREW) is None:
                store.audit(None, OUTGREW, one.subject, now)
            continue
        asked = store.ask_people(
            kind.kind,
            one.subject,
            one.people,
            due=one.due,
            today=day,
            now=now,
            sends=kind.asks is None,
            decision=one.exempt or decision,
        )
        if kind.asks and asked:
            kind.asks(store, one.subject, asked, now)
    # Last: whoever is asked about a subject ends the parts in which others were to be let go.
    store.let_duties_go(kind.kind, by_subject, now, some)


def _tell(store: GovernanceStore, buildings: frozenset[str], day: date, now: datetime) -> None:
    campaign = f"{OWED}:{day}"
    administrators = Audience(roles=frozenset({Role.ADMINISTRATOR}), buildings=buildings)
    store.tell_audience(
        administrators,
        campaign=campaign,
        kind=OWED,
        subject=HOUSE,
        now=now,
        decision=Exempt.OWN,  # each reads the list of their own building
    )
    for one in store.holders(Office.ISO)[:1]:
        store.deliver_to_person(one, campaign=campaign, kind=OWED, subject=HOUSE, now=now)


# -- the list --------------------------------------------------------------------------------------


def _reads_list(actor: Actor, _: object, __: GovernanceStore) -> Refused | None:
    person = actor.person
    allowed = person is not None and (_sees_all(actor.standing) or administers(person))
    return None if allowed else refusal(NAMED_PERSON_ONLY)


def _sees_all(standing: Standing) -> bool:
    return Office.ISO in standing.offices


def administers(person: Person) -> bool:
    """Whether they look after the staff of their building."""
    return person.role is Role.ADMINISTRATOR


def show_owed(store: GovernanceStore, actor: Actor, command: ShowOwed, now: datetime) -> OwedView:
    person = actor.somebody
    found = sorted(owed_to(store, person, actor.standing, now), key=_in_order)
    rows, paging = on_page(found, command.page)
    what = name_duties(store, rows)
    return OwedView(
        building="" if _sees_all(actor.standing) else building_name(store, person),
        rows=tuple(replace(one, what=what[one.key]) for one in rows),
        awaited=tuple(awaited_of(store, person, found)),
        paging=paging,
    )


def name_duties(store: GovernanceStore, owing: Iterable[Owed]) -> dict[str, Text]:
    """What each duty is called, by its key."""
    kinds, named = duty_kinds(), dict[str, Text]()
    for kind, subjects in _subjects(owing).items():
        said = kinds[kind].named(store, subjects)
        named |= {f"{kind}:{subject}": said.get(subject, Text(default="")) for subject in subjects}
    return named


def _subjects(owing: Iterable[Owed]) -> dict[str, list[UUID]]:
    """What is owed, each once, by its kind."""
    found: dict[str, dict[UUID, None]] = {}
    for one in owing:
        found.setdefault(one.kind, {})[one.subject] = None
    return {kind: list(subjects) for kind, subjects in found.items()}


def _in_order(one: Owed) -> tuple[bool, date]:
    """Who is overdue first, then by the day; among equals the order of the list stays."""
    return (False, date.min) if one.overdue else (True, one.due)


def overdue_for(
    store: GovernanceStore, person: Person, standing: Standing, now: datetime
) -> Sequence[Owed]:
    """Who was reminded three times: all of the district for the ISO; for anyone else their
    building, without what is private."""
    if _sees_all(standing):
        return store.owed(today(store, now))
    return _in_building(store, person, now)


def owed_to(
    store: GovernanceStore, person: Person, standing: Standing, now: datetime
) -> Sequence[Owed]:
    """The same, and for the administrators of a building also whoever there may still do in time
    what they may follow person by person."""
    if _sees_all(standing):
        return overdue_for(store, person, standing, now)
    return _in_building(
        store, person, now, ahead=[k.kind for k in duty_kinds().values() if k.ahead]
    )


def _in_building(
    store: GovernanceStore, person: Person, now: datetime, *, ahead: Collection[str] = ()
) -> Sequence[Owed]:
    kinds = duty_kinds()
    found = store.owed(today(store, now), person.building, ahead=ahead)
    return [one for one in found if not kinds[one.kind].private]


def awaited_of(store: GovernanceStore, person: Person, found: Sequence[Owed]) -> Iterator[Awaited]:
    """What of the list people of somebody's building may still confirm in time."""
    in_time = [one for one in found if not one.overdue]
    owing_each = Counter(one.key for one in found)
    until = dict[str, date]()
    for one in in_time:
        until[one.key] = min(one.due, until.get(one.key, one.due))
    named, counts = name_duties(store, in_time), dict[str, Count]()
    for kind, subjects in _subjects(in_time).items():
        totals = store.duty_totals(kind, subjects, person.building)
        counts |= {f"{kind}:{subject}": count for subject, count in totals.items()}
    for key, due in sorted(until.items(), key=lambda one: (one[1], one[0])):
        count = counts.get(key)
        yield Awaited(
            key=key,
            what=named[key],
            due=due,
            done=count.done if count else 0,
            not_yet=owing_each[key],
        )


def building_name(store: GovernanceStore, person: Person) -> str:
    """Of the building that somebody works in."""
    names = (one.name for one in store.buildings() if one.key == person.building)
    return next(names, person.building)


def _news(on: Occasion) -> OwedNews | None:
    person = on.to or on.reader
    if person is None:
        return None
    standing = on.store.standing(person.id)
    if not (_sees_all(standing) or administers(person)):
        return None
    rows = overdue_for(on.store, person, standing, on.now)
    if not rows:
        return None
    building = "" if _sees_all(standing) else building_name(on.store, person)
    return OwedNews(
        building=building,
        people=len({one.person for one in rows}),
        in_chat=any(one.in_chat for one in rows),
    )


DELIVERIES: Deliveries = (Delivery(kind=OWED, compose=_news, personal=True),)

OPERATIONS: Operations = (
    Operation(
        command=ShowOwed,
        run=show_owed,
        may=_reads_list,
        reads=True,
    ),
    Operation(
        command=TendDuties,
        run=lambda store, _, command, now: tend(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind=TEND_DUTIES, command=lambda *_: TendDuties(), rule=SCHOOL_MORNINGS),
    ),
    Operation(
        command=TendNextDuties,
        run=lambda store, _, command, now: tend(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(
            kind=TEND_NEXT,
            command=lambda subject, day: TendNextDuties(after=subject, day=day),
        ),
    ),
)
