"""Responding: somebody says that they take an urgent case, and says how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from core.forms import Opening
from core.people import Person
from governance.access import GONE, Actor, answers_for, refusal, responder
from governance.committees.model import RESPONDERS
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.feedback.handlers import author_of, tell_author
from governance.feedback.model import OPEN_STATES, Item, Urgency
from governance.forms.messages import FormView, again
from governance.messages import News, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import RESPONDERS_ONLY
from governance.second_tabs import says_another, settled
from governance.urgent import forms
from governance.urgent.commands import CloseCase, ShowCase, ShowCases, TakeCase
from governance.urgent.messages import (
    CaseLine,
    CaseNews,
    CaseOverview,
    CasesView,
    UrgentAlert,
)
from governance.urgent.model import Case, CaseStep, Did, Outcome, contacts_of

_LINES = 40
"""Lines of a history that are shown: a night without an answer has hundreds."""


# -- what a responder sees -----------------------------------------------------------------------


def show_cases(store: GovernanceStore, actor: Actor, command: ShowCases) -> CasesView:
    """Kinds, times and people; what was said is on each case's own page."""
    mine = [case for case in store.cases() if answers_for(actor, case.urgency, case.item_id, store)]
    lines = [_overview(store, case) for case in mine]
    return CasesView(
        open_cases=tuple(line for line in lines if line.closed_at is None),
        closed_cases=tuple(line for line in lines if line.closed_at is not None),
        alerted=tuple(_who_is_alerted(store, actor)),
    )


def _who_is_alerted(
    store: GovernanceStore, actor: Actor
) -> Iterator[tuple[Urgency, tuple[str, ...]]]:
    for kind, office in RESPONDERS.items():
        people = store.holders(office)
        if actor.person_id in {one.id for one in people}:
            yield kind, tuple(one.name for one in people)


def _overview(store: GovernanceStore, case: Case) -> CaseOverview:
    told = {s.person for s in store.case_steps(case.item_id, case.urgency) if s.did is Did.TOLD}
    return CaseOverview(
        item_id=case.item_id,
        urgency=case.urgency,
        opened_at=case.opened_at,
        called=len(told),
        taken_by=_name(store, case.taken_by),
        closed_by=_name(store, case.closed_by),
        closed_at=case.closed_at,
        outcome=case.outcome,
    )


def show_case(
    store: GovernanceStore, actor: Actor, command: ShowCase, now: datetime
) -> UrgentAlert | Refused:
    """The original, once that is on record."""
    if actor.person is None:
        return refusal(GONE)
    _note_reading(store, actor.person, command.item_id, command.urgency, now)
    return alert(store, command.item_id, command.urgency, actor.person_id) or refusal(GONE)


def _note_reading(
    store: GovernanceStore, reader: Person, item_id: UUID, urgency: Urgency, now: datetime
) -> None:
    """The audit has every reading; the history only whoever was never told and read it all the
    same."""
    store.audit(reader.id, f"read unredacted on the page of {RESPONDERS[urgency]}", item_id, now)
    if not any(step.person == reader.id for step in store.case_steps(item_id, urgency)):
        note(store, item_id, urgency, Did.READ, reader.id, now)


def alert(
    store: GovernanceStore, item_id: UUID, urgency: Urgency, reader: UUID | None
) -> UrgentAlert | None:
    """A case as it stands, for a reader. None: there is none."""
    case, item = store.case(item_id, urgency), store.item(item_id)
    if case is None or item is None:
        return None
    author = author_of(store, item)
    names = {building.key: building.name for building in store.buildings()}
    original = store.original(item_id)
    return UrgentAlert(
        item_id=item_id,
        urgency=urgency,
        original="\n\n".join(
            (_redacted(item) if original is None else original, *_urgent_replies(store, item))
        ),
        author=author.name if author else None,
        building=names.get(author.building, author.building) if author else None,
        received_at=item.received_at,
        answer_by=None if case.taken_at or case.closed_at else case.next_at,
        taken_by=_name(store, case.taken_by),
        closed_at=case.closed_at,
        outcome=case.outcome,
        note=case.note,
        history=_history(store, case),
        gone=original is None,
        mine=reader is not None and reader == case.taken_by,
        contacts=contacts_of(store.district(), urgency),
        held_back=urgency is Urgency.SAFETY and item.held_back and item.state in OPEN_STATES,
    )


def _urgent_replies(store: GovernanceStore, item: Item) -> tuple[str, ...]:
    """What the author replied, as it was written: kept where it is about danger."""
    read = (one for one in store.exchanges(item.id) if not one.asks and one.words is not None)
    kept = (store.reply_original(one.id) for one in read)
    return tuple(words for words in kept if words is not None)


def _redacted(item: Item) -> str:
    return item.reading.redacted if item.reading else ""


def _history(store: GovernanceStore, case: Case) -> tuple[CaseLine, ...]:
    steps = store.case_steps(case.item_id, case.urgency)[-_LINES:]
    return tuple(
        CaseLine(did=step.did, who=_name(store, step.person), at=step.at) for step in steps
    )


def _name(store: GovernanceStore, person_id: UUID | None) -> str:
    found = store.person(person_id) if person_id else None
    return found.name if found else ""


# -- what a responder does -----------------------------------------------------------------------


def take(
    store: GovernanceStore, actor: Actor, command: TakeCase, now: datetime
) -> UrgentAlert | Refused:
    """The first who says so has it; whoever comes later sees who that is."""
    case = store.case(command.item_id, command.urgency)
    if case is None or actor.person is None:
        return refusal(GONE)
    _note_reading(store, actor.person, case.item_id, case.urgency, now)
    if case.taken_at is None and case.closed_at is None:
        taken = replace(case, taken_by=actor.person.id, taken_at=now, next_at=None)
        _settle(store, actor.person, taken, Did.TAKEN, now)
        item = store.item(case.item_id)
        if item is not None:
            tell_author(store, item, News.TAKEN, now)
    return alert(store, case.item_id, case.urgency, actor.person_id) or refusal(GONE)


def take_all(store: GovernanceStore, actor: Actor, item_id: UUID, now: datetime) -> None:
    """Take every case of an item that somebody responds to."""
    for case in store.cases_of(item_id):
        if answers_for(actor, case.urgency, item_id, store):
            take(store, actor, TakeCase(item_id=item_id, urgency=case.urgency), now)


def open_close(
    store: GovernanceStore, actor: Actor, command: CloseCase, _: datetime
) -> Opening | UrgentAlert | Refused:
    case = store.case(command.item_id, command.urgency)
    if case is None:
        return refusal(GONE)
    if case.closed_at is not None:
        return alert(store, case.item_id, case.urgency, actor.person_id) or refusal(GONE)
    return forms.closing(case.item_id, case.urgency)


def close(
    store: GovernanceStore, actor: Actor, command: CloseCase, now: datetime
) -> UrgentAlert | FormView | Refused:
    """Say how it ended. Closing one that nobody took takes it, too."""
    case = store.case(command.item_id, command.urgency)
    if case is None or actor.person is None:
        return refusal(GONE)
    if case.closed_at is None:
        closed = replace(
            case,
            taken_by=case.taken_by or actor.person.id,
            taken_at=case.taken_at or now,
            next_at=None,
            closed_by=actor.person.id,
            closed_at=now,
            outcome=Outcome(command.outcome),
            note=command.note,
        )
        _settle(store, actor.person, closed, Did.CLOSED, now)
    elif says_another(command.note, case.note) or _ends_otherwise(command, case):
        opening = forms.closing(case.item_id, case.urgency)
        return again(command, opening, unfit={"note": settled(case.note)})
    return alert(store, case.item_id, case.urgency, actor.person_id) or refusal(GONE)


def _ends_otherwise(command: CloseCase, case: Case) -> bool:
    """Whether somebody chose another outcome than the one that stands."""
    return command.outcome in tuple(Outcome) and command.outcome != case.outcome


def _settle(store: GovernanceStore, actor: Person, case: Case, did: Did, now: datetime) -> None:
    """Keep it, note it, and tell the others who were called that they can stand down."""
    store.put_case(case)
    note(store, case.item_id, case.urgency, did, actor.id, now)
    store.audit(actor.id, f"urgent case of {case.urgency} {did}", case.item_id, now)
    store.renew_sent(f"urgent-{case.urgency}", case.item_id, now)
    told = {s.person for s in store.case_steps(case.item_id, case.urgency) if s.did is Did.TOLD}
    for person_id in sorted(told - {actor.id}):
        other = store.person(person_id)
        if other is not None and other.active:
            store.deliver_to_person(
                other,
                campaign=f"item:{case.item_id}:{case.urgency}",
                kind=f"case-{did}-{case.urgency}",
                subject=case.item_id,
                now=now,
                urgent=did is Did.TAKEN,  # who was woken may go back to sleep
            )


def case_news(store: GovernanceStore, item_id: UUID, urgency: Urgency, did: Did) -> CaseNews | None:
    """What the others hear, and who took it. None: there is no such case (any more)."""
    case = store.case(item_id, urgency)
    if case is None or (did in (Did.REMINDED, Did.LATE) and case.closed_at is not None):
        return None
    by, at = (
        (case.closed_by, case.closed_at) if did is Did.CLOSED else (case.taken_by, case.taken_at)
    )
    if by is None or at is None:
        return None
    return CaseNews(item_id=item_id, urgency=urgency, did=did, who=_name(store, by), at=at)


def whom_called(store: GovernanceStore, item_id: UUID) -> tuple[str, ...]:
    """The responders who were told of an item, by name, in the order in which they were."""
    steps = [
        step for case in store.cases_of(item_id) for step in store.case_steps(item_id, case.urgency)
    ]
    told = [step for step in sorted(steps, key=lambda s: s.at) if step.did is Did.TOLD]
    return tuple(dict.fromkeys(_name(store, step.person) for step in told))


def note(
    store: GovernanceStore, item_id: UUID, urgency: Urgency, did: Did, person: UUID, now: datetime
) -> None:
    store.add_case_step(CaseStep(item_id=item_id, urgency=urgency, did=did, person=person, at=now))


def _answers(
    actor: Actor,
    command: ShowCase | TakeCase | CloseCase,
    store: GovernanceStore,
) -> Refused | None:
    theirs = answers_for(actor, command.urgency, command.item_id, store)
    return None if theirs else refusal(RESPONDERS_ONLY)


def _theirs(on: Occasion, urgency: Urgency) -> bool:
    """Of those who were called, who still respond to such things, and are not named in it."""
    if on.reader is None:
        return True
    actor = Actor(person=on.reader, standing=on.store.standing(on.reader.id))
    return answers_for(actor, urgency, on.subject, on.store)


def _alerted(on: Occasion, urgency: Urgency) -> UrgentAlert | None:
    """Closed before it left, it is wanted no more."""
    reader = on.reader or on.to
    mine = reader.id if reader else None
    found = alert(on.store, on.subject, urgency, mine) if _theirs(on, urgency) else None
    return found if found and (on.reader or on.again or found.closed_at is None) else None


def _declared(urgency: Urgency) -> Deliveries:
    return (
        Delivery(
            kind=f"urgent-{urgency}",
            compose=lambda on: _alerted(on, urgency),
            personal=True,
            may_wait=True,
        ),
        *(_declared_news(did, urgency) for did in Did),
    )


def _declared_news(did: Did, urgency: Urgency) -> Delivery:
    def composed(on: Occasion) -> CaseNews | None:
        theirs = _theirs(on, urgency)
        return case_news(on.store, on.subject, urgency, did) if theirs else None

    return Delivery(kind=f"case-{did}-{urgency}", compose=composed)


DELIVERIES: Deliveries = (
    *(one for urgency in Urgency for one in _declared(urgency)),
    Delivery(kind="urgent", compose=lambda _: None),  # of before there were cases
)

OPERATIONS: Operations = (
    Operation(
        command=ShowCases,
        run=lambda store, actor, command, _: show_cases(store, actor, command),
        may=responder,
        reads=True,
    ),
    Operation(command=ShowCase, shows=True, run=show_case, may=_answers, button="case"),
    Operation(command=TakeCase, run=take, may=_answers, button="take-case"),
    Operation(command=CloseCase, run=close, may=_answers, button="close-case", opens=open_close),
)
