"""Leading a committee: saying when one is away, and being reminded of what is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from core.people import Person
from governance.access import CLOCK, anybody, leader
from governance.committees.absences import Absence
from governance.committees.commands import DropAbsence, NoteAbsence, RemindDockets
from governance.committees.model import Committee
from governance.deliveries import Deliveries, Delivery
from governance.docket.dating import away, leaders_of, redate, stopped_for
from governance.docket.due import Away, days_over, present
from governance.docket.history import DocketStep, StepKind
from governance.docket.open_items import Late
from governance.feedback.named import hidden_on
from governance.messages import Done
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.school_days import today
from governance.upkeep.messages import DocketOverdue
from surveys.messages import Rejected
from surveys.questions import Unfit

OVERDUE = "overdue"
"""Of a delivery that reminds of what is late."""

REMIND_DOCKETS = "remind-dockets"
MORNING = "30 8 * * *"
"""When the clock looks for what is late; quiet hours hold what is told."""

LATE_AGAIN = 7
"""Days, as the committee's clock counts them, until somebody else of it is told, too."""

LONGEST_ABSENCE = timedelta(days=180)
MOST_ABSENCES = 20


def note_absence(
    store: GovernanceStore, person: Person, command: NoteAbsence, now: datetime
) -> Done | Rejected:
    """Somebody who leads is away: whoever comes next is reminded meanwhile, and where nobody who
    leads is there, the days do not count."""
    if command.first is None or command.last is None:
        return Rejected(unfit={"first": Unfit(why="Enter the first and the last day.")})
    day = today(store, now)
    if command.last < command.first:
        return Rejected(unfit={"last": Unfit(why="The last day is before the first.")})
    if command.last < day:
        return Rejected(unfit={"last": Unfit(why="These dates are in the past.")})
    if command.last - command.first > LONGEST_ABSENCE:
        return Rejected(
            unfit={
                "last": Unfit(
                    why="That is more than half a year. Ask the Chief Technology Officer's office "
                    "to name someone."
                )
            }
        )
    if len(store.absences(person.id)) >= MOST_ABSENCES:
        return Rejected(
            unfit={
                "first": Unfit(
                    why="You have entered as many absences as are allowed. Remove old ones first."
                )
            }
        )
    days = Away(first=command.first, last=command.last)
    store.add_absence(Absence(id=command.absence_id, person=person.id, days=days))
    store.audit(person.id, "away from a committee noted", command.absence_id, now)
    _redate_led_by(store, person)
    return Done()


def drop_absence(
    store: GovernanceStore, person: Person, command: DropAbsence, now: datetime
) -> Done:
    if store.drop_absence(person.id, command.absence_id):
        store.audit(person.id, "away from a committee taken back", command.absence_id, now)
        _redate_led_by(store, person)
    return Done()


def _redate_led_by(store: GovernanceStore, person: Person) -> None:
    for committee in store.district().committees:
        if person.email in committee.leaders:
            redate(store, committee)


def remind(store: GovernanceStore, command: RemindDockets, now: datetime) -> Done:
    """Each late item is told once to whoever leads its committee and is there, and once more to the
    others who lead it. Nobody is told on a day on which the clock stands still."""
    for committee in store.district().committees:
        redate(store, committee)  # only where the calendar or an absence has changed
        _remind(store, committee, now)
    return Done()


def _remind(store: GovernanceStore, committee: Committee, now: datetime) -> None:
    zone = ZoneInfo(store.district().timezone)
    stopped, today = stopped_for(store, committee), now.astimezone(zone).date()
    leaders = leaders_of(store, committee)
    if stopped(today) or not leaders:
        return
    there = set(present([one.id for one in leaders], away(store, leaders), today))
    first, *others = [one for one in leaders if one.id in there]
    fresh = store.late_items(committee.key, now, told=0)
    old = [
        item
        for item in store.late_items(committee.key, now - timedelta(days=LATE_AGAIN), told=1)
        if days_over(item.due_at, now, zone, stopped) >= LATE_AGAIN
    ]
    _tell(store, committee, [first], fresh, "1", now)
    _tell(store, committee, others, old, "2", now)


def _tell(
    store: GovernanceStore,
    committee: Committee,
    people: Sequence[Person],
    items: Sequence[Late],
    stage: str,
    now: datetime,
) -> None:
    if not items:
        return
    subject = subject_of(committee)
    for person in people:
        campaign = f"overdue:{subject}:{now:%Y-%m-%d}:{stage}"
        store.deliver_to_person(person, campaign=campaign, kind=OVERDUE, subject=subject, now=now)
    for item in items:
        about = f"{item.moves}:{stage}"
        step = DocketStep(kind=StepKind.REMINDED, queue=committee.key, by=None, at=now, about=about)
        store.add_step(item.item_id, step)


def subject_of(committee: Committee) -> UUID:
    """A committee as the subject of a delivery."""
    return uuid5(NAMESPACE_URL, f"docket/{committee.key}")


def overdue(
    store: GovernanceStore, subject: UUID, reader: Person | None, now: datetime
) -> DocketOverdue | None:
    """What is late on a committee's docket as it stands, for whoever leads it (``reader`` None: it
    is just going out to them). None: nothing is late any more."""
    found = (one for one in store.district().committees if subject_of(one) == subject)
    committee = next(found, None)
    if committee is None or (reader is not None and reader.email not in committee.leaders):
        return None
    hidden = hidden_on(store, committee.key)
    late = store.open_count(committee.key, without=hidden, late_at=now)
    first = store.first_due(committee.key, most=1, without=hidden) if late else ()
    oldest = next(iter(first), None)
    if oldest is None or oldest.due_at is None:
        return None
    return DocketOverdue(
        queue=committee.key, committee=committee.name, items=late, oldest_due=oldest.due_at
    )


DELIVERIES: Deliveries = (
    Delivery(kind=OVERDUE, compose=lambda on: overdue(on.store, on.subject, on.reader, on.now)),
)

OPERATIONS: Operations = (
    Operation(
        command=NoteAbsence,
        run=lambda store, actor, command, now: note_absence(store, actor.somebody, command, now),
        may=leader,
        takes=("first", "last"),
    ),
    Operation(
        command=DropAbsence,
        run=lambda store, actor, command, now: drop_absence(store, actor.somebody, command, now),
        may=leader,
    ),
    Operation(
        command=RemindDockets,
        run=lambda store, _, command, now: remind(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind=REMIND_DOCKETS, command=lambda *_: RemindDockets(), rule=MORNING),
    ),
)
