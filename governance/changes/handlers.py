"""The record of a change: writing it, and every step until it is done.

``STEPS`` says from which state a step leads where, and whose it is. A step is one transaction: the
record, the row of its history, its messages on the clock, the news to whoever acts next, and the
audit commit together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID, uuid4

from core.forms import Opening, asked_of
from core.people import Person
from governance.access import Actor, anybody, refusal
from governance.announcements.forms import words_of
from governance.announcements.handlers import reworded
from governance.announcements.model import Change
from governance.changes import forms
from governance.changes.access import (
    decider,
    proposer,
    reader_of_change,
    works_on,
    writer,
    writes,
)
from governance.changes.commands import (
    ShowCalendar,
    ShowChange,
    TakeChangeStep,
    TranslateChange,
    WriteChange,
)
from governance.changes.facets import facets_of
from governance.changes.messages import (
    ChangeCalendar,
    ChangeNews,
    ChangeRow,
    ChangeView,
    SequenceView,
)
from governance.changes.model import (
    LONGEST_SERVES,
    ChangeRecord,
    ChangeState,
    ChangeStep,
    Decision,
    Step,
)
from governance.changes.planning import dates_of, spoken_day
from governance.changes.sequence import follow, schedule, sequence, unschedule
from governance.committees.model import Office
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.docket.handlers import queue_name
from governance.forms.messages import FormView, again, opened
from governance.goal_changes.model import Holder, HolderKind
from governance.goal_changes.remapping import bound_at
from governance.languages import base_of, others_than
from governance.lists.audiences import offered, unfit_audience, with_people_of
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.pulses.handlers import replan
from governance.references.binding import goal_bound, line
from governance.references.handlers import led_to_each
from governance.references.model import Bound, BoundKind, BoundLine
from governance.refusals import NOT_HERE
from governance.school_days import today
from governance.second_tabs import says_another, settled
from governance.typed import unfit_link
from surveys.questions import Unfit

CHANGE_NEWS = "change-news"
"""Kind of delivery: to whoever acts next."""

_FARTHEST = timedelta(days=366)
_LATELY = timedelta(days=60)
"""So long a change that is over stays in the calendar."""

ELSEWHERE = "This change was updated in the meantime. Open it again."


# -- who may take which step, and from where ---------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Way:
    """From which states a step leads to which, whose it is, and what it must be told."""

    come_from: tuple[ChangeState, ...]
    to: ChangeState | None
    may: Callable[[Actor, ChangeRecord], Refused | None]
    why: Literal["", "may", "must"] = ""
    day: bool = False

    @property
    def asks(self) -> bool:
        return bool(self.why) or self.day


_PROPOSED, _APPROVED, _UNDER_WAY = (
    ChangeState.PROPOSED,
    ChangeState.APPROVED,
    ChangeState.UNDER_WAY,
)

STEPS: dict[ChangeStep, Way] = {
    ChangeStep.PROPOSED: Way(come_from=(ChangeState.DRAFT,), to=_PROPOSED, may=writer),
    ChangeStep.APPROVED: Way(come_from=(_PROPOSED,), to=_APPROVED, may=decider, why="may"),
    ChangeStep.RETURNED: Way(come_from=(_PROPOSED,), to=ChangeState.DRAFT, may=decider, why="must"),
    ChangeStep.STARTED: Way(come_from=(_APPROVED,), to=_UNDER_WAY, may=writer),
    ChangeStep.DONE: Way(come_from=(_UNDER_WAY,), to=ChangeState.DONE, may=writer, why="must"),
    ChangeStep.MOVED: Way(
        come_from=(_APPROVED, _UNDER_WAY), to=None, may=writer, why="must", day=True
    ),
    ChangeStep.WITHDRAWN: Way(
        come_from=(ChangeState.DRAFT, _PROPOSED, _APPROVED, _UNDER_WAY),
        to=ChangeState.WITHDRAWN,
        may=writer,
        why="must",
    ),
}


def steps_of(actor: Actor, record: ChangeRecord) -> frozenset[ChangeStep]:
    """What somebody can do with a change now."""
    return frozenset(
        step
        for step, way in STEPS.items()
        if record.state in way.come_from and way.may(actor, record) is None
    )


def _may_take(actor: Actor, command: TakeChangeStep, store: GovernanceStore) -> Refused | None:
    record, way = store.change(command.change_id), STEPS.get(command.step)
    return refusal(NOT_HERE) if record is None or way is None else way.may(actor, record)


# -- writing -----------------------------------------------------------------------------------


def open_writing(
    store: GovernanceStore, _: Actor, command: WriteChange, __: datetime
) -> Opening | Refused:
    record = store.change(command.change_id) if command.change_id else None
    if record is not None and record.state is not ChangeState.DRAFT:
        return refusal(ELSEWHERE)
    return _writing(store, record)


def _writing(store: GovernanceStore, record: ChangeRecord | None) -> Opening:
    owner = store.person(record.owner) if record and record.owner else None
    choices = offered(store)
    return forms.writing(
        record,
        {**choices, "committee": choices["committees"]},
        owner=owner.email if owner else "",
        language=record.words.title.language if record else store.district().locale,
    )


def write(
    store: GovernanceStore, actor: Actor, command: WriteChange, now: datetime
) -> ChangeView | Refused:
    record = store.lock_change(command.change_id) if command.change_id else None
    if command.day is None or (record is not None and record.state is not ChangeState.DRAFT):
        return refusal(ELSEWHERE)
    # Its "when" is the day's.
    old, language = (record.words if record else None), store.district().locale
    words, _ = reworded({**command.words, "when": "-"}, old, language=language)
    words, owner = _dated(store, words, command.day), _owner(store, actor, command)
    made = ChangeRecord(
        id=command.change_id or uuid4(), words=words, day=command.day, written_by=actor.person_id
    )
    kept = replace(
        record or made,
        words=words,
        day=command.day,
        audience=with_people_of(command.audience, record.audience) if record else command.audience,
        committee=command.committee,
        serves=tuple(_keys(command.serves)),
        owner=owner.id if owner else None,
        sponsor=command.sponsor,
        risk=command.risk,
        risk_note=command.risk_note,
    )
    store.put_change(kept)
    if record is None:
        _note(store, kept, ChangeStep.DRAFTED, actor.person_id, now)
    else:
        follow(store, record, kept, actor.person_id)
    return view(store, actor, kept, now)


def _owner(store: GovernanceStore, actor: Actor, command: WriteChange) -> Person | None:
    return store.person_by_email(command.owner) if command.owner else actor.person


def _keys(said: str) -> list[str]:
    return list(dict.fromkeys(key for one in said.split(",") if (key := one.strip())))


def _dated(store: GovernanceStore, words: Change, day: date) -> Change:
    district = store.district()
    when = spoken_day(day, district.timezone, words.title.language)
    outdated = frozenset(key for key in words.outdated if not key.startswith("when."))
    return replace(words, when=when, outdated=outdated)


def unfit(
    store: GovernanceStore, actor: Actor, command: WriteChange, now: datetime
) -> dict[str, Unfit]:
    """What does not fit beyond each field by itself."""
    unfit = unfit_audience(store, command.audience)
    if no_link := unfit_link(command.learn_url):
        unfit["learn_url"] = no_link
    if command.day and (why := _far(store, command.day, now)):
        unfit["day"] = Unfit(why=why)
    if _owner(store, actor, command) is None:
        unfit["owner"] = Unfit(why="Enter the email address of someone on the roster.")
    long = len(command.serves) > LONGEST_SERVES
    unknown = [key for key in _keys(command.serves) if not long and _bound(store, key) is None]
    if unknown:
        why = "There is no goal or rule “{key}”."
        unfit["serves"] = Unfit(why=why, values={"key": unknown[0][:80]})
    return unfit


def _far(store: GovernanceStore, day: date, now: datetime) -> str:
    first = today(store, now)
    if day < first:
        return "Choose today or a later day."
    return "Choose a day within the next year." if day > first + _FARTHEST else ""


def _bound(store: GovernanceStore, key: str) -> BoundLine | None:
    """A goal by its key, or a rule by its number."""
    if goal := goal_bound(store.district(), key):
        return line(store, goal)
    rule = store.rule_by_number(key)
    if rule is None:
        return None
    bound = Bound(kind=BoundKind.RULE, key=rule.number)
    return BoundLine(bound=bound, name=f"{rule.number}: {rule.title.default}")


def open_translation(
    store: GovernanceStore, _: Actor, command: TranslateChange, __: datetime
) -> Opening | Refused:
    record = store.change(command.change_id)
    if record is None or record.state is not ChangeState.DRAFT:
        return refusal(ELSEWHERE)
    words, tag = words_of(record.words), _other_language(record)
    said = {key: text for key in _TRANSLATED if (text := words.get(key))}
    there = {key: words.get(f"{key}.{tag}", "") for key in said}
    return forms.translation(record.id, said, there, tag)


def _other_language(record: ChangeRecord) -> str:
    return others_than(base_of(record.words.title.language))[0]


_TRANSLATED = tuple(one.name for one in asked_of(TranslateChange))


def translate(
    store: GovernanceStore, actor: Actor, command: TranslateChange, now: datetime
) -> ChangeView | Refused:
    record = store.lock_change(command.change_id)
    if record is None or record.state is not ChangeState.DRAFT:
        return refusal(ELSEWHERE)
    there = {key: said for key, said in words_of(record.words).items() if "." not in key}
    tag = _other_language(record)
    given = {f"{key}.{tag}": getattr(command, key) for key in _TRANSLATED if there.get(key)}
    # What is amiss in the language it was written in is for the form that has it.
    words, _ = reworded(there | given, record.words, language=record.words.title.language)
    kept = replace(record, words=_dated(store, words, record.day))
    store.put_change(kept)
    follow(store, record, kept, actor.person_id)
    return view(store, actor, kept, now)


# -- steps -------------------------------------------------------------------------------------


def open_step(
    store: GovernanceStore, _: Actor, command: TakeChangeStep, __: datetime
) -> Opening | Refused:
    record = store.change(command.change_id)
    if record is None or record.state not in STEPS[command.step].come_from:
        return refusal(ELSEWHERE)
    return _opening(store, record, command.step)


def _opening(store: GovernanceStore, record: ChangeRecord, step: ChangeStep) -> Opening:
    waiting = sum(
        1
        for one in store.planned(record.id)
        if (found := store.announcement(one.announcement_id)) and found.sent_at is None
    )
    way = STEPS[step]
    asks = {"why": bool(way.why), "day": way.day}
    return forms.step(
        record.id,
        record.words.title,
        step,
        planned=waiting,
        asks=frozenset(name for name, is_asked in asks.items() if is_asked),
        optional=way.why == "may",
        day=record.day if step is ChangeStep.MOVED else None,
    )


def unfit_step(
    store: GovernanceStore, _: Actor, command: TakeChangeStep, now: datetime
) -> dict[str, Unfit]:
    record, way = store.change(command.change_id), STEPS[command.step]
    if record is None or record.state not in way.come_from or not (way.day and command.day):
        return {}
    same = "This is the day it is planned for. Choose another one."
    told = same if command.day == record.day else _far(store, command.day, now)
    return {"day": Unfit(why=told)} if told else {}


def step(
    store: GovernanceStore, actor: Actor, command: TakeChangeStep, now: datetime
) -> ChangeView | SequenceView | FormView | Refused:
    """Take one step. Whoever comes second finds the change elsewhere and changes nothing; a reason
    that they typed is back in its form. A draft that its form would not take is not proposed: the
    form says what is missing."""
    record, way = store.lock_change(command.change_id), STEPS[command.step]
    if record is None:
        return refusal(NOT_HERE)
    if record.state not in way.come_from:
        if says_another(command.why, record.why):
            opening = _opening(store, record, command.step)
            return again(command, opening, unfit={"why": settled(record.why)})
        return refusal(ELSEWHERE)
    if command.step is ChangeStep.PROPOSED and _has_passed(store, record, now):
        return refusal("Its date has passed. Choose a later one first.")
    if command.step is ChangeStep.PROPOSED and (unfit := _unwritten(record)):
        writes = opened(WriteChange(change_id=record.id), _writing(store, record))
        return replace(writes, unfit=unfit)
    moved = replace(record, state=way.to or record.state, why=command.why)
    match command.step:
        case ChangeStep.PROPOSED:
            moved = replace(moved, proposed_by=actor.person_id)
        case ChangeStep.APPROVED:
            decision = Decision(by=actor.person_id, at=now, words=command.why)
            moved = replace(moved, decision=decision)
        case ChangeStep.DONE:
            moved = replace(moved, learned=command.why)
        case ChangeStep.MOVED if command.day:
            words = _dated(store, moved.words, command.day)
            moved = replace(moved, day=command.day, words=words)
    store.put_change(moved)
    shown = None
    match command.step:
        case ChangeStep.APPROVED:
            proposer = store.person(moved.proposed_by) if moved.proposed_by else None
            asker = replace(actor, person=proposer) if proposer else actor
            schedule(store, asker, moved, now)  # who decides is the second
        case ChangeStep.WITHDRAWN | ChangeStep.RETURNED:
            unschedule(store, actor, moved, now)
        case ChangeStep.MOVED:
            was = unschedule(store, actor, moved, now)
            # One whose day somebody wrote in their own words stays a draft: it may be the old one.
            dated = follow(store, record, moved)
            schedule(store, actor, moved, now, only=was.keys() & dated)
            replan(store, moved, now)
            shown = sequence(store, moved, now, edits=True, was=was, moved_from=record.day)
    _note(store, moved, command.step, actor.person_id, now, why=command.why, day=command.day)
    return shown or view(store, actor, moved, now)


def _unwritten(record: ChangeRecord) -> dict[str, Unfit]:
    """What was never written: a draft begun for something else has only a title."""
    return reworded(words_of(record.words), record.words, language=record.words.title.language)[1]


def _has_passed(store: GovernanceStore, record: ChangeRecord, now: datetime) -> bool:
    return record.day < today(store, now)


def _note(
    store: GovernanceStore,
    record: ChangeRecord,
    taken: ChangeStep,
    by: UUID | None,
    now: datetime,
    *,
    why: str = "",
    day: date | None = None,
) -> None:
    """Write a step down, and tell who acts next and who has to know."""
    made = Step(id=uuid4(), change_id=record.id, step=taken, by=by, at=now, why=why, day=day)
    store.add_change_step(made)
    store.audit(by, f"change {taken}", record.id, now)
    campaign, people = f"change-step:{made.id}", dict[UUID, Person]()
    if taken in _TO_DECIDER and record.committee:
        store.deliver_to_queue(
            record.committee, campaign=campaign, kind=CHANGE_NEWS, subject=made.id, now=now
        )
        committee = store.district().committee(record.committee)
        found = (store.person_by_email(one) for one in (committee.leaders if committee else ()))
        people |= {one.id: one for one in found if one is not None and one.active}
    elif taken in _TO_DECIDER:
        people |= {one.id: one for one in store.holders(Office.CTO)}
    if taken in _TO_OWNER:
        theirs = {record.owner, record.proposed_by} - {None}
        owners = (store.person(one) for one in theirs if one)
        people |= {one.id: one for one in owners if one is not None and one.active}
    for person in people.values():
        if person.id != by:
            store.deliver_to_person(
                person, campaign=campaign, kind=CHANGE_NEWS, subject=made.id, now=now
            )


_TO_DECIDER = frozenset(
    {ChangeStep.PROPOSED, ChangeStep.MOVED, ChangeStep.DONE, ChangeStep.WITHDRAWN}
)
_TO_OWNER = frozenset(
    {ChangeStep.APPROVED, ChangeStep.RETURNED, ChangeStep.MOVED, ChangeStep.WITHDRAWN}
)


def news(on: Occasion) -> ChangeNews | None:
    step = on.store.change_step(on.subject)
    record = on.store.change(step.change_id) if step else None
    return None if step is None or record is None else news_of(on.store, step, record)


def news_of(store: GovernanceStore, step: Step, record: ChangeRecord) -> ChangeNews:
    return ChangeNews(
        step=step,
        title=record.words.title,
        day=record.day,
        committee=_overseer(store, record),
        by=_name(store, step.by),
    )


# -- showing -----------------------------------------------------------------------------------


def show_calendar(
    store: GovernanceStore, actor: Actor, _: ShowCalendar, now: datetime
) -> ChangeCalendar:
    over, since = (ChangeState.DONE, ChangeState.WITHDRAWN), today(store, now) - _LATELY
    rows = [
        ChangeRow(
            change_id=one.id,
            title=one.words.title,
            who=one.words.who,
            day=one.day,
            state=one.state,
        )
        for one in store.changes()
        if (one.shown or works_on(actor, one)) and not (one.state in over and one.day < since)
    ]
    return ChangeCalendar(
        rows=tuple(rows),
        writes=actor.cto or bool(actor.standing.leads),
        today=today(store, now),
    )


def show(
    store: GovernanceStore, actor: Actor, command: ShowChange, now: datetime
) -> ChangeView | Refused:
    record = store.change(command.change_id)
    return refusal(NOT_HERE) if record is None else view(store, actor, record, now)


_FOR_STAFF = frozenset({ChangeStep.MOVED, ChangeStep.STARTED, ChangeStep.WITHDRAWN})


def view(store: GovernanceStore, actor: Actor, record: ChangeRecord, now: datetime) -> ChangeView:
    works, planned = works_on(actor, record), store.planned(record.id)
    taken = [one for one in store.change_steps(record.id) if works or one.step in _FOR_STAFF]
    store.announcements_ahead(one.announcement_id for one in planned)
    decided_by = record.decision.by if record.decision else None
    store.people_ahead((record.owner, decided_by))
    store.people_ahead(one.by for one in taken)
    led = [n for n in led_to_each(store, (one.announcement_id for one in planned)) if n]
    return ChangeView(
        record=record,
        committee=_overseer(store, record),
        owner=_name(store, record.owner),
        decided_by=_name(store, record.decision.by) if record.decision else "",
        serves=tuple(_served(store, record)),
        steps=tuple((one, _name(store, one.by)) for one in taken),
        works=works,
        can=steps_of(actor, record),
        writes=writes(actor, record),
        messages=len(planned),
        led=max(led, default=None),
        facets=facets_of(store, actor, record, now),
        dates=dates_of(store, record) if works else (),
        today=today(store, now),
    )


def _served(store: GovernanceStore, record: ChangeRecord) -> Iterator[BoundLine]:
    """Goals as they were worded when the change was approved, and rules."""
    at = record.decision.at if record.decision else None
    for key in record.serves:
        goal = bound_at(store, key, at)
        holder = Holder(kind=HolderKind.CHANGE, key=str(record.id))
        found = line(store, goal, holder) if goal.version else _bound(store, key)
        if found is not None:
            yield found


def _overseer(store: GovernanceStore, record: ChangeRecord) -> str:
    return queue_name(store.district(), record.committee) if record.committee else ""


def _name(store: GovernanceStore, person_id: UUID | None) -> str:
    person = store.person(person_id) if person_id else None
    return person.name if person else ""


# -- operations --------------------------------------------------------------------------------


def _ahead(store: GovernanceStore, subjects: Sequence[UUID], _: Person) -> Iterable[UUID | None]:
    store.change_steps_ahead(subjects)
    store.changes()
    found = (store.change_step(one) for one in subjects)
    return (one.by for one in found if one is not None)


DELIVERIES: Deliveries = (Delivery(kind=CHANGE_NEWS, compose=news, ahead=_ahead),)

OPERATIONS: Operations = (
    Operation(
        command=ShowCalendar, run=show_calendar, may=anybody, reads=True, button="change-calendar"
    ),
    Operation(
        command=ShowChange,
        run=show,
        may=reader_of_change,
        reads=True,
        button="change",
    ),
    Operation(
        command=WriteChange,
        run=write,
        may=proposer,
        button="write-change",
        form_button="change-form",
        carries=("change_id",),
        opens=open_writing,
        fits=unfit,
    ),
    Operation(
        command=TranslateChange,
        run=translate,
        may=proposer,
        button="change-words",
        opens=open_translation,
    ),
    Operation(
        command=TakeChangeStep,
        run=step,
        may=_may_take,
        button="change-step",
        opens=open_step,
        fits=unfit_step,
    ),
)
