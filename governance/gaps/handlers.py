"""Deciding about a gap, the register of decisions, and closing a gap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from core.forms import Opening
from core.people import Person, Role
from governance.access import CLOCK, Actor, anybody, refusal
from governance.committees.model import Office
from governance.controls.access import offices, security_office, sees_all
from governance.controls.audit import note_read
from governance.controls.carried import targets_in
from governance.controls.finding import NotOne, Staff, name_of
from governance.controls.model import REGISTER, Assessed, Framework
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.forms.messages import FormView, again
from governance.gaps import forms
from governance.gaps.access import accepter, awaits, concerned, reader_of_gap
from governance.gaps.commands import (
    AcceptRisk,
    CloseGap,
    DecideGap,
    DeclineRisk,
    ReturnGaps,
    ShowGap,
    ShowGaps,
)
from governance.gaps.finding import (
    Register,
    is_gap,
    named,
    named_in,
    open_gaps,
    placed,
    register_of,
    undecided,
)
from governance.gaps.messages import (
    Decided,
    DecisionDue,
    GapRow,
    GapsView,
    GapView,
    NamedInDecision,
    WorkLine,
)
from governance.gaps.model import (
    Gap,
    GapChoice,
    GapDecision,
    WorkKind,
)
from governance.gaps.working import lines_of
from governance.messages import Done, Refused
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import Screened, note_returned, screen
from governance.refusals import GONE
from governance.school_days import today
from governance.second_tabs import says_another, settled
from surveys.questions import Unfit

PRACTICE_DUE = "practice-due"
"""Kind of delivery: a new decision is needed."""

PRACTICE_NAMED = "practice-named"
"""Kind of delivery: somebody is named as the person who accepts a risk."""

MORNINGS = "45 7 * * *"
"""Every day. A message on a day off waits for the next school day (quiet hours)."""

LONGEST_ACCEPTED = timedelta(days=366)
FARTHEST = timedelta(days=3 * 366)

NO_GAP = "There is nothing to decide here now."
"""Also in chat, which is not told how a safeguard stands."""
CLOSED = "This is closed and can’t be changed."
NO_PERSON = "Enter the email address or the full name of someone on the roster."
TWO_PEOPLE = "More than one person has this name. Enter an email address."
NO_ADMINISTRATOR = "Enter the email address of an administrator."
LATER_DAY = "Choose a later day."
A_YEAR = "You can accept a risk for a year at most."
THREE_YEARS = "Choose a day within the next three years."
NOT_YOURSELF = "Name someone else. Whoever records the decision can’t accept the risk as well."
CHANGED = "The decision has changed since you opened it. Read it again."


# -- deciding ----------------------------------------------------------------------------------


def open_decide(
    store: GovernanceStore, actor: Actor, command: DecideGap, _: datetime
) -> Opening | Refused:
    """Whoever decides cannot accept the risk as well: another person answers for it."""
    found = placed(store, command.assessment_id, command.number)
    if found is None:
        return refusal(GONE)
    framework, safeguard, row = found
    if _gap(store, framework, row) is None and not _falls_short(store, framework, row):
        return refusal(NO_GAP)
    return forms.deciding(
        row.assessment_id,
        row.number,
        f"{framework.short} {row.number}",
        safeguard.name,
        answering=tuple(_answering(store, actor).items()),
        owner=_owner_of(store, row),
    )


def _answering(store: GovernanceStore, actor: Actor) -> dict[str, str]:
    """Who can accept a risk by their office, by id."""
    holders = (*store.holders(Office.CTO), *store.holders(Office.ISO))
    return {str(one.id): one.name for one in holders if one.id != actor.person_id}


def _owner_of(store: GovernanceStore, row: Assessed) -> str:
    """The email address of the safeguard's owner, who has the work where nobody else is named."""
    owner = store.person(row.owner) if row.owner else None
    return owner.email if owner and owner.active else ""


def _gap(store: GovernanceStore, framework: Framework, row: Assessed) -> Gap | None:
    return register_of(store).gap(framework, row.number)


def _falls_short(store: GovernanceStore, framework: Framework, row: Assessed) -> bool:
    return is_gap(framework, row, targets_in(store, framework))


def decide(
    store: GovernanceStore, actor: Actor, command: DecideGap, now: datetime
) -> GapView | FormView | Refused:
    """Add a decision to the earlier ones. It holds from now on."""
    found = placed(store, command.assessment_id, command.number)
    if found is None:
        return refusal(GONE)
    framework, _, row = found
    gap = _gap(store, framework, row)
    gap = store.lock_gap(gap.id) if gap else None
    if gap is None and not _falls_short(store, framework, row):
        return refusal(NO_GAP)
    owner = _owner(store, command.owner or _owner_of(store, row))
    accepting = _accepting(store, actor, command)
    if command.choice is None or command.by_day is None or isinstance(owner, Unfit):
        return refusal(GONE)
    accepted_by, accepted_as = accepting if isinstance(accepting, tuple) else (None, None)
    to = command.to if command.choice is GapChoice.TRANSFER else ""
    screened = screen((command.why, to), command.put_back)
    if screened.doubt:
        opening = open_decide(store, actor, command, now)
        if isinstance(opening, Refused):
            return opening
        return again(command, opening, doubt=screened.doubt)
    decision = GapDecision(
        choice=command.choice,
        why=screened.texts[0],
        by_day=command.by_day,
        owner=owner.id,
        accepted_by=accepted_by,
        accepted_as=accepted_as,
        to=screened.texts[1],
        decided_by=actor.person_id,
        decided_at=now,
    )
    gap = _kept(gap, framework.key, command, decision)
    store.put_gap(gap)
    _tell_accepter(store, gap, now)
    note_entered(store, actor, gap, screened, now)
    return view(store, actor, gap)


def unfit_decision(
    store: GovernanceStore, actor: Actor, command: DecideGap, now: datetime
) -> dict[str, Unfit]:
    found = placed(store, command.assessment_id, command.number)
    if found is None:
        return {}
    owner = _owner(store, command.owner or _owner_of(store, found[-1]))
    unfit = {"owner": owner} if isinstance(owner, Unfit) else {}
    if command.by_day and (why := _unfit_day(command, command.by_day, today(store, now))):
        unfit["by_day"] = Unfit(why=why)
    if command.choice is GapChoice.TRANSFER and not command.to:
        unfit["to"] = Unfit(why="Enter who takes the risk.")
    if isinstance(accepting := _accepting(store, actor, command), Mapping):
        unfit |= accepting
    return unfit


def _unfit_day(command: DecideGap, by_day: date, day: date) -> str:
    if by_day <= day:
        return LATER_DAY
    if command.choice is GapChoice.ACCEPT and by_day > day + LONGEST_ACCEPTED:
        return A_YEAR
    return THREE_YEARS if by_day > day + FARTHEST else ""


def _owner(store: GovernanceStore, said: str) -> Person | Unfit:
    """Somebody on the roster, by email address or name."""
    found = Staff(store).find(said) if said else NotOne.NOBODY
    if isinstance(found, NotOne):
        return Unfit(why=TWO_PEOPLE if found is NotOne.SEVERAL else NO_PERSON)
    return found


def _accepting(
    store: GovernanceStore, actor: Actor, command: DecideGap
) -> tuple[UUID | None, Office | None] | Mapping[str, Unfit]:
    """Who accepts a risk, and the office that lets them (without one they are an administrator);
    or why nobody does."""
    if command.choice is not GapChoice.ACCEPT:
        return None, None
    if command.administrator:
        person = store.person_by_email(command.administrator)
        if person is None or not person.active or person.role is not Role.ADMINISTRATOR:
            return {"administrator": Unfit(why=NO_ADMINISTRATOR)}
        if person.id == actor.person_id:
            return {"administrator": Unfit(why=NOT_YOURSELF)}
        return person.id, None
    if command.accepted_by not in _answering(store, actor):
        return {"accepted_by": Unfit(why="Choose who accepts the risk.")}
    accepter = UUID(command.accepted_by)
    held = store.standing(accepter).offices
    return accepter, next((one for one in (Office.CTO, Office.ISO) if one in held), None)


def _kept(gap: Gap | None, framework: str, command: DecideGap, decision: GapDecision) -> Gap:
    """The gap with the decision that holds. A decision handed in twice is kept once."""
    if gap is None:
        return Gap(
            id=uuid4(),
            framework=framework,
            number=command.number,
            assessment_id=command.assessment_id,
            decisions=(decision,),
        )
    if _without_answer(gap.decision, decision) == decision and not gap.returned_at:
        return gap
    return replace(
        gap,
        number=command.number,
        assessment_id=command.assessment_id,
        decisions=(*gap.decisions, decision),
        returned_at=None,
    )


def _without_answer(decision: GapDecision, at: GapDecision) -> GapDecision:
    return replace(
        decision,
        decided_at=at.decided_at,
        agreed_at=None,
        refused_at=None,
        refused_why="",
    )


def _tell_accepter(store: GovernanceStore, gap: Gap, now: datetime) -> None:
    """Once for each decision that names them."""
    who = gap.decision.accepted_by
    person = store.person(who) if who and gap.decision.waits else None
    if person is not None and person.active:
        store.deliver_to_person(
            person,
            campaign=f"{PRACTICE_NAMED}:{gap.id}:{len(gap.decisions)}",
            kind=PRACTICE_NAMED,
            subject=gap.id,
            now=now,
        )


def note_entered(
    store: GovernanceStore, actor: Actor, gap: Gap, screened: Screened, now: datetime
) -> None:
    """That something was entered. What it was, only the gap tells."""
    store.audit(actor.person_id, f"Practices entered: {named(store, gap)[0]}", gap.id, now)
    note_returned(store, actor.person_id, screened, gap.id, now)


# -- accepting a risk --------------------------------------------------------------------------


def accept(
    store: GovernanceStore, actor: Actor, command: AcceptRisk, now: datetime
) -> GapView | Refused:
    """The person named takes the risk on, until the decision's day. A second press adds nothing."""
    gap = store.lock_gap(command.gap_id)
    if gap is None:
        return refusal(GONE)
    if command.number != len(gap.decisions):
        return refusal(CHANGED)
    if not awaits(gap, actor.person_id):
        return view(store, actor, gap)
    accepted = _answered(store, gap, replace(gap.decision, agreed_at=now), now)
    store.audit(actor.person_id, f"Practices entered: {named(store, gap)[0]}", gap.id, now)
    return view(store, actor, accepted)


def open_decline(
    store: GovernanceStore, _: Actor, command: DeclineRisk, __: datetime
) -> Opening | Refused:
    gap = store.gap(command.gap_id)
    if gap is None:
        return refusal(GONE)
    if command.number != len(gap.decisions):
        return refusal(CHANGED)
    return forms.declining(gap.id, named(store, gap)[0])


def decline(
    store: GovernanceStore, actor: Actor, command: DeclineRisk, now: datetime
) -> GapView | FormView | Refused:
    """The person named does not take the risk: the ISO's office hears that it has to decide
    again."""
    gap = store.lock_gap(command.gap_id)
    if gap is None:
        return refusal(GONE)
    if command.number != len(gap.decisions):
        return refusal(CHANGED)
    opening = forms.declining(gap.id, named(store, gap)[0])
    if not gap.decision.waits:
        stands = gap.decision.refused_why
        another = says_another(command.why, stands, command.put_back)
        unfit = {"why": settled(stands)}
        return again(command, opening, unfit=unfit) if another else view(store, actor, gap)
    screened = screen((command.why,), command.put_back)
    if screened.doubt:
        return again(command, opening, doubt=screened.doubt)
    refused = replace(gap.decision, refused_at=now, refused_why=screened.texts[0])
    declined = _answered(store, replace(gap, returned_at=now), refused, now)
    note_entered(store, actor, declined, screened, now)
    for person in store.holders(Office.ISO):
        _ask_again(store, declined, person, now)
    return view(store, actor, declined)


def _answered(store: GovernanceStore, gap: Gap, decision: GapDecision, now: datetime) -> Gap:
    found = replace(gap, decisions=(*gap.decisions[:-1], decision))
    store.put_gap(found)
    store.renew_sent(PRACTICE_NAMED, gap.id, now)
    return found


def _ask_again(store: GovernanceStore, gap: Gap, person: Person, now: datetime) -> None:
    """That a new decision is needed: once for each decision."""
    store.deliver_to_person(
        person,
        campaign=f"practice:{gap.id}:{len(gap.decisions)}",
        kind=PRACTICE_DUE,
        subject=gap.id,
        now=now,
    )


# -- showing -----------------------------------------------------------------------------------


def show_register(
    store: GovernanceStore, actor: Actor, command: ShowGaps, now: datetime
) -> GapsView:
    note_read(store, actor, REGISTER, "register", now)
    register = register_of(store)
    found = [one for one in register.gaps if command.choice in (None, one.decision.choice)]
    names = names_in(store, found)
    short = {gap.id: row.assessment_id for (_, _, row, _), gap in open_gaps(store, register) if gap}
    rows = (row_of(register, one, names) for one in found)
    return GapsView(
        rows=tuple(replace(one, falls_short=short.get(one.gap_id)) for one in rows),
        newest=register.newest(),
        choice=command.choice,
        undecided=tuple(undecided(store, register)) if command.choice is None else (),
    )


def names_in(store: GovernanceStore, gaps: Iterable[Gap]) -> Mapping[UUID, str]:
    """Of everybody in the decisions about some gaps."""
    decisions = [one for gap in gaps for one in gap.decisions]
    people = ((one.owner, one.accepted_by, one.decided_by) for one in decisions)
    return store.names_of({who for some in people for who in some if who is not None})


def row_of(register: Register, gap: Gap, names: Mapping[UUID, str]) -> GapRow:
    safeguard, its = named_in(register.assessed_against(gap), gap)
    return GapRow(
        gap_id=gap.id,
        safeguard=safeguard,
        name=its.name if its else None,
        decided=_decided(names, gap.decision),
        returned=gap.returned_at is not None,
    )


def show(
    store: GovernanceStore, actor: Actor, command: ShowGap, now: datetime
) -> GapView | Refused:
    gap = store.gap(command.gap_id)
    if gap is None:
        return refusal(GONE)
    note_read(store, actor, gap.id, named(store, gap)[0], now)
    return view(store, actor, gap)


def view(store: GovernanceStore, actor: Actor, gap: Gap) -> GapView:
    safeguard, its = named(store, gap)
    every, works = sees_all(actor), lines_of(store, actor, gap)
    shown = gap.decisions if every else gap.decisions[-1:]
    names = names_in(store, (gap,))
    is_open = gap.closed_at is None
    return GapView(
        gap_id=gap.id,
        assessment_id=gap.assessment_id,
        number=gap.number,
        safeguard=safeguard,
        name=its.name if its else None,
        decisions=tuple(_decided(names, one) for one in reversed(shown)),
        works=works,
        begins=_begins(store, actor, works) if is_open and every else (),
        decides=is_open and Office.ISO in actor.standing.offices,
        answers=len(gap.decisions) if is_open and awaits(gap, actor.person_id) else 0,
        opens=every,
        returned=gap.returned_at is not None,
        closed_at=gap.closed_at,
        closed_by=name_of(store, gap.closed_by),
        closed_why=gap.closed_why,
    )


def _begins(
    store: GovernanceStore, actor: Actor, works: Sequence[WorkLine]
) -> tuple[WorkKind, ...]:
    """The work that the reader can start: only the ISO writes rules and tickets."""
    without = {one.kind for one in works if one.is_there}
    if Office.ISO not in actor.standing.offices:
        without |= {WorkKind.RULE, WorkKind.TICKET}
    if not store.has_help_desk():
        without.add(WorkKind.TICKET)
    return tuple(kind for kind in WorkKind if kind not in without)


def _decided(names: Mapping[UUID, str], decision: GapDecision) -> Decided:
    def name(who: UUID | None) -> str:
        return names.get(who, "") if who else ""

    return Decided(
        decision=decision,
        owner=name(decision.owner),
        accepted_by=name(decision.accepted_by),
        decided_by=name(decision.decided_by),
    )


# -- closing -----------------------------------------------------------------------------------


def open_close(
    store: GovernanceStore, _: Actor, command: CloseGap, __: datetime
) -> Opening | Refused:
    gap = store.gap(command.gap_id)
    if gap is None or gap.closed_at is not None:
        return refusal(GONE if gap is None else CLOSED)
    return forms.closing(gap.id, named(store, gap)[0])


def close(
    store: GovernanceStore, actor: Actor, command: CloseGap, now: datetime
) -> GapView | FormView | Refused:
    gap = store.lock_gap(command.gap_id)
    if gap is None or gap.closed_at is not None:
        return refusal(GONE if gap is None else CLOSED)
    screened = screen((command.why,), command.put_back)
    if screened.doubt:
        opening = forms.closing(gap.id, named(store, gap)[0])
        return again(command, opening, doubt=screened.doubt)
    closed = replace(gap, closed_at=now, closed_by=actor.person_id, closed_why=screened.texts[0])
    store.put_gap(closed)
    note_entered(store, actor, closed, screened, now)
    return view(store, actor, closed)


# -- coming back -------------------------------------------------------------------------------


def return_due(store: GovernanceStore, now: datetime) -> Done:
    """A decision past its day needs a new one, and so does an accepted risk once the person who
    accepted it has left. This runs every morning: a new holder of the ISO's office hears of it,
    too, and nobody hears of it twice."""
    past = {one.id for one in store.gaps_due(today(store, now))}
    for found in store.gaps(open_only=True):
        if not (found.returned_at or found.id in past or _has_left(store, found)):
            continue
        gap = store.lock_gap(found.id)
        if gap is None or gap.closed_at is not None:
            continue
        if gap.returned_at is None:
            store.put_gap(replace(gap, returned_at=now))
        for person in _told(store, gap):
            _ask_again(store, gap, person, now)
    return Done()


def _has_left(store: GovernanceStore, gap: Gap) -> bool:
    """Whether the person who accepted the risk has left the roster or the office."""
    decision = gap.decision
    if decision.accepted_by is None:
        return False
    person = store.person(decision.accepted_by)
    if person is None or not person.active:
        return True
    if decision.accepted_as is None:
        return person.role is not Role.ADMINISTRATOR
    return decision.accepted_as not in store.standing(person.id).offices


def _told(store: GovernanceStore, gap: Gap) -> list[Person]:
    """The ISO's office, and the person who accepted the risk, else the owner of the work."""
    decision = gap.decision
    accepted = decision.accepted_by if decision.refused_at is None else None
    person = store.person(accepted or decision.owner)
    people = {one.id: one for one in store.holders(Office.ISO)}
    if person is not None and person.active:
        people[person.id] = person
    return list(people.values())


def due(on: Occasion) -> DecisionDue | None:
    """It waits until there is a new decision, or the gap is closed."""
    gap, who = on.store.gap(on.subject), on.to or on.reader
    if gap is None or gap.returned_at is None or gap.closed_at is not None:
        return None
    decides = who is not None and Office.ISO in on.store.standing(who.id).offices
    if who is not None and not decides and who.id not in concerned(gap):
        return None
    return DecisionDue(
        gap_id=gap.id,
        assessment_id=gap.assessment_id,
        safeguard=named(on.store, gap)[0],
        number=gap.number,
        decides=decides,
    )


def named_in_it(on: Occasion) -> NamedInDecision | None:
    gap, who = on.store.gap(on.subject), on.to or on.reader
    if gap is None or gap.closed_at is not None:
        return None
    if who is not None and who.id != gap.decision.accepted_by:
        return None
    return NamedInDecision(gap_id=gap.id, open=awaits(gap, gap.decision.accepted_by))


DELIVERIES: Deliveries = (
    Delivery(kind=PRACTICE_DUE, compose=due, personal=True, may_wait=True),
    Delivery(kind=PRACTICE_NAMED, compose=named_in_it, personal=True, may_wait=True),
)

OPERATIONS: Operations = (
    Operation(
        command=ShowGaps,
        shows=True,
        window=True,
        run=show_register,
        may=offices,
        button="practices-work",
        carries=("choice",),
    ),
    Operation(
        command=ShowGap,
        shows=True,
        window=True,
        run=show,
        may=reader_of_gap,
        button="practice-work",
    ),
    Operation(
        command=DecideGap,
        run=decide,
        may=security_office,
        button="decide-practice",
        opens=open_decide,
        fits=unfit_decision,
        form_kept=False,
    ),
    Operation(
        command=AcceptRisk,
        run=accept,
        may=accepter,
        button="accept-risk",
    ),
    Operation(
        command=DeclineRisk,
        run=decline,
        may=accepter,
        button="decline-risk",
        opens=open_decline,
        form_kept=False,
    ),
    Operation(
        command=CloseGap,
        run=close,
        may=security_office,
        button="close-practice",
        opens=open_close,
        form_kept=False,
    ),
    Operation(
        command=ReturnGaps,
        run=lambda store, _, __, now: return_due(store, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind="practices-return", command=lambda *_: ReturnGaps(), rule=MORNINGS),
    ),
)
