"""Alarming: who is called about something urgent, and who next when nobody says "I take it".

Each of them reads the original, which FERPA allows where health or safety is at stake (34 CFR
99.36) and wants recorded: the audit has a line before the message leaves.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from core.people import Person
from governance.access import CLOCK, anybody
from governance.committees.model import RESPONDERS, Office
from governance.feedback.model import Item, Reading, Urgency
from governance.feedback.named import keep_from_named
from governance.messages import Done
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.reading.urgency import every_kind, sure_kinds
from governance.urgent.commands import EscalateCase
from governance.urgent.model import Case, CaseStep, Did, answer_within

ESCALATE = "urgent"
"""The clock's kind of entry that calls the next."""

KINDS = tuple(Urgency)
_ABOVE = (Office.ISO, Office.CTO)
"""Who is called too when no responder has answered."""


Glanced = Collection[Urgency] | None
"""What the reader found urgent in a message that arrives; None: it could not be asked."""


def urgent_at_once(text: str, glanced: Glanced) -> tuple[Urgency, ...]:
    """What is urgent in a message before it is read: what its words state plainly, and what the
    reader found. Where that could not be asked, all that the patterns find, which reading will find
    too: they are a part of it."""
    found = {*sure_kinds(text), *(every_kind(text) if glanced is None else glanced)}
    return tuple(kind for kind in KINDS if kind in found)


def alarm_at_once(
    store: GovernanceStore, item: Item, text: str, glanced: Glanced, now: datetime
) -> bool:
    """Call whoever must hear of what is urgent before it is read. False: nothing is, and reading
    decides."""
    kinds = urgent_at_once(text, glanced)
    if kinds:
        keep_from_named(store, item, now, text)
    for urgency in kinds:
        raise_alarm(store, item, urgency, now)
    return bool(kinds)


def with_cases(store: GovernanceStore, item: Item, reading: Reading) -> Reading:
    """A reading with every kind that somebody was called about: the alarm that was raised at once
    stands, also where reading found nothing or failed."""
    called = {case.urgency for case in store.cases_of(item.id)}
    kinds = [kind for kind in KINDS if kind in called]
    if not kinds:
        return reading
    return replace(reading, urgency=kinds[0], also_urgent=tuple(kinds[1:]))


def raise_alarm(store: GovernanceStore, item: Item, urgency: Urgency, now: datetime) -> None:
    """Open a case and call the first responder. A case that is open already stays as it is."""
    case = Case(item_id=item.id, urgency=urgency, opened_at=now)
    if store.add_case(case):
        _call(store, case, now)


def raise_again(store: GovernanceStore, item: Item, urgency: Urgency, now: datetime) -> None:
    """The author has said more that is urgent: whoever is next is called too, and a case that was
    taken or closed waits again for somebody to take it."""
    case = store.case(item.id, urgency)
    if case is None:
        raise_alarm(store, item, urgency, now)
        return
    again = Case(
        item_id=case.item_id, urgency=urgency, opened_at=case.opened_at, rung=case.rung + 1
    )
    _call(store, again, now)


def escalate(store: GovernanceStore, command: EscalateCase, now: datetime) -> Done:
    """The clock's turn: nobody has taken it, so the next is called too."""
    case = store.case(command.item_id, command.urgency)
    if case is None or case.taken_at or case.closed_at or case.rung + 1 != command.rung:
        return Done()
    _call(store, replace(case, rung=command.rung), now)
    return Done()


def number_of(urgency: Urgency, rung: int) -> int:
    """A kind and a rung as the number of an entry on the clock."""
    return rung * len(KINDS) + KINDS.index(urgency)


def of_number(number: int) -> tuple[Urgency, int]:
    rung, kind = divmod(number, len(KINDS))
    return KINDS[kind], rung


def _call(store: GovernanceStore, case: Case, now: datetime) -> None:
    """Tell whoever is on the case's rung, and put the next rung on the clock."""
    called = _on_rung(store, case)
    if not called:
        store.audit(None, "nobody is left to call whom it does not name", case.item_id, now)
    for responder, office in called:
        store.audit(responder.id, f"disclosed unredacted to {office}", case.item_id, now)
        store.add_case_step(
            CaseStep(
                item_id=case.item_id,
                urgency=case.urgency,
                did=Did.TOLD,
                person=responder.id,
                at=now,
            )
        )
        store.alert_person(
            responder,
            campaign=f"item:{case.item_id}:{case.urgency}:{case.rung}",
            kind=f"urgent-{case.urgency}",
            subject=case.item_id,
            now=now,
        )
    next_at = now + timedelta(minutes=answer_within(store.district(), case.urgency))
    store.put_case(replace(case, next_at=next_at))
    store.schedule(ESCALATE, case.item_id, next_at, number_of(case.urgency, case.rung + 1))


def first_called(store: GovernanceStore, case: Case) -> Sequence[Person]:
    """Who is the first to hear of a case."""
    return [one for one, _ in _on_rung(store, replace(case, rung=0))]


def _on_rung(store: GovernanceStore, case: Case) -> Sequence[tuple[Person, Office]]:
    """The responder, then each deputy by themselves; then all of them and who stands above. Nobody
    whom it names is among them; where that leaves no one, those who respond to other kinds are."""
    named, office = store.named_in(case.item_id), RESPONDERS[case.urgency]
    responders = _holding(store, office, named)
    if case.rung < len(responders):
        return [responders[case.rung]]
    above = [one for above in _ABOVE for one in _holding(store, above, named)[:1]]
    called = {one.id: (one, held) for one, held in [*above, *responders]}
    if called:
        return list(called.values())
    return [one for other in RESPONDERS.values() for one in _holding(store, other, named)[:1]][:1]


def _holding(
    store: GovernanceStore, office: Office, named: frozenset[UUID]
) -> list[tuple[Person, Office]]:
    return [(one, office) for one in store.holders(office) if one.id not in named]


def _escalated(item_id: UUID, number: int) -> EscalateCase:
    urgency, rung = of_number(number)
    return EscalateCase(item_id=item_id, urgency=urgency, rung=rung)


OPERATIONS: Operations = (
    Operation(
        command=EscalateCase,
        run=lambda store, _, command, now: escalate(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind=ESCALATE, command=_escalated, alarm=True),
    ),
)
