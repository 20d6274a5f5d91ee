"""Deciding about a gap, the register of what is decided, and closing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from core.people import Audience, Person, Role
from governance.access import CLOCK, Actor, anybody, refusal
from governance.committees.model import Office
from governance.controls.access import offices, security_office, sees_all
from governance.controls.audit import note_read
from governance.controls.carried import targets_in
from governance.controls.model import REGISTER, AssessmentState, Framework
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.gaps.access import concerned, reader_of_gap
from governance.gaps.commands import (
    CloseGap,
    DecideGap,
    ReturnGaps,
    ShowCloseForm,
    ShowDecideForm,
    ShowGap,
    ShowGaps,
)
from governance.gaps.finding import (
    Register,
    is_gap,
    latest_gaps,
    named,
    named_in,
    open_gap,
    placed,
    register_of,
)
from governance.gaps.messages import (
    CloseForm,
    Decided,
    DecideForm,
    DecisionDue,
    GapRow,
    GapsView,
    GapView,
    NamedInDecision,
    Undecided,
)
from governance.gaps.model import (
    LONGEST_TO,
    LONGEST_WHY,
    Gap,
    GapChoice,
    GapDecision,
    WorkKind,
)
from governance.gaps.working import kinds_begun, lines_of
from governance.messages import Done, Refused
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned, screen
from governance.refusals import GONE
from governance.school_days import today
from governance.typed import typed
from surveys.questions import Unfit

PRACTICE_DUE = "practice-due"
"""Kind of delivery: a decision has come to its day."""

PRACTICE_NAMED = "practice-named"
"""Kind of delivery: somebody is named as the one who answers for a risk."""

MORNINGS = "45 7 * * *"
"""Every day: what is sent on a day off waits until the next school day (quiet hours)."""

LONGEST_ACCEPTED = timedelta(days=366)
FARTHEST = timedelta(days=3 * 366)
LONGEST_NAME = 120
"""Characters of whoever is named in a form."""

NO_GAP = "This safeguard is not a gap now, so there is nothing to decide."
CLOSED = "This is closed. Nothing about it changes anymore."
NO_PERSON = "Enter the email address or the full name of someone on the roster."
TWO_PEOPLE = "More than one person has this name. Enter an email address."
NO_ADMINISTRATOR = "Enter the email address of an administrator."


# -- deciding ----------------------------------------------------------------------------------


def show_form(
    store: GovernanceStore, command: ShowDecideForm, now: datetime
) -> DecideForm | Refused:
    return _form(store, command.assessment_id, command.number) or refusal(GONE)


def _form(store: GovernanceStore, assessment_id: UUID, number: str) -> DecideForm | None:
    found = placed(store, assessment_id, number)
    if found is None:
        return None
    framework, safeguard, row = found
    owner = store.person(row.owner) if row.owner else None
    return DecideForm(
        assessment_id=assessment_id,
        number=number,
        safeguard=f"{framework.short} {number}",
        name=safeguard.name,
        answering=tuple((str(one.id), one.name) for one in _answering(store)),
        owner=owner.email if owner and owner.active else "",
    )


def _answering(store: GovernanceStore) -> list[Person]:
    """Who can answer for an accepted risk without being an administrator."""
    holders = (*store.holders(Office.CTO), *store.holders(Office.ISO))
    return list({one.id: one for one in holders}.values())


def decide(
    store: GovernanceStore, actor: Actor, command: DecideGap, now: datetime
) -> GapView | DecideForm | Refused:
    """Keep a decision beside those before it; it holds from now on."""
    found = placed(store, command.assessment_id, command.number)
    form = _form(store, command.assessment_id, command.number)
    if found is None or form is None:
        return refusal(GONE)
    framework, _, row = found
    gap = open_gap(store, framework, command.number)
    gap = store.lock_gap(gap.id) if gap else None
    if gap is None and not is_gap(framework, row, targets_in(store, framework)):
        return refusal(NO_GAP)
    why, too_long = typed(command.why, LONGEST_WHY)
    to, much_too_long = typed(command.to, LONGEST_TO)
    form = replace(
        form,
        choice=command.choice,
        why=why,
        by_day=command.by_day,
        owner=command.owner[: 2 * LONGEST_NAME],
        accepted_by=command.accepted_by,
        administrator=command.administrator[: 2 * LONGEST_NAME],
        to=to,
    )
    unfit = _unfit(form, today(store, now))
    unfit |= {key: one for key, one in (("why", too_long), ("to", much_too_long)) if one}
    owner = _owner(store, form.owner or _default_owner(form, store, row.owner), unfit)
    accepted_by = _accepting(store, form, unfit) if form.choice is GapChoice.ACCEPT else None
    if unfit or form.choice is None or form.by_day is None or owner is None:
        return replace(form, unfit=unfit)
    screened = screen((why, to if form.choice is GapChoice.TRANSFER else ""), command.put_back)
    if screened.doubt:
        return replace(form, doubt=screened.doubt)
    decision = GapDecision(
        choice=form.choice,
        why=screened.texts[0],
        by_day=form.by_day,
        owner=owner.id,
        accepted_by=accepted_by,
        accepted_as=_office_of(store, form, accepted_by),
        to=screened.texts[1],
        decided_by=actor.person_id,
        decided_at=now,
    )
    gap = _kept(gap, framework.key, command, decision)
    store.put_gap(gap)
    _tell_accepter(store, actor, gap, now)
    note_entered(store, actor, gap, now)
    note_returned(store, actor.person_id, screened, gap.id, now)
    return view(store, actor, gap, now)


def _tell_accepter(store: GovernanceStore, actor: Actor, gap: Gap, now: datetime) -> None:
    """Once for each decision that names them, unless they made it."""
    who = gap.decision.accepted_by
    person = store.person(who) if who and who != actor.person_id else None
    if person is not None and person.active:
        store.deliver_to_person(
            person,
            campaign=f"{PRACTICE_NAMED}:{gap.id}:{len(gap.decisions)}",
            kind=PRACTICE_NAMED,
            subject=gap.id,
            now=now,
        )


def _default_owner(form: DecideForm, store: GovernanceStore, owner: UUID | None) -> str:
    person = store.person(owner) if owner else None
    return person.email if person and person.active else ""


def _kept(gap: Gap | None, framework: str, command: DecideGap, decision: GapDecision) -> Gap:
    """The gap with a decision that holds. One that is handed in twice is one."""
    if gap is None:
        return Gap(
            id=uuid4(),
            framework=framework,
            number=command.number,
            assessment_id=command.assessment_id,
            decisions=(decision,),
        )
    if replace(gap.decision, decided_at=decision.decided_at) == decision and not gap.returned_at:
        return gap
    return replace(
        gap,
        number=command.number,
        assessment_id=command.assessment_id,
        decisions=(*gap.decisions, decision),
        returned_at=None,
    )


def _unfit(form: DecideForm, day: date) -> dict[str, Unfit]:
    unfit: dict[str, Unfit] = {}
    if form.choice is None:
        unfit["choice"] = Unfit(why="Choose one.")
    if not form.why:
        unfit["why"] = Unfit(why="Enter a reason.")
    if form.by_day is None:
        unfit["by_day"] = Unfit(why="Choose a day.")
    elif form.by_day <= day:
        unfit["by_day"] = Unfit(why="Choose a later day.")
    elif form.choice is GapChoice.ACCEPT and form.by_day > day + LONGEST_ACCEPTED:
        unfit["by_day"] = Unfit(why="A risk is accepted for a year at most.")
    elif form.by_day > day + FARTHEST:
        unfit["by_day"] = Unfit(why="Choose a day within the next three years.")
    if form.choice is GapChoice.TRANSFER and not form.to:
        unfit["to"] = Unfit(why="Enter who takes the risk.")
    return unfit


def _owner(store: GovernanceStore, said: str, unfit: dict[str, Unfit]) -> Person | None:
    """Somebody of the roster, by an e-mail address or a name."""
    words, too_long = typed(said, LONGEST_NAME)
    if not words or too_long:
        unfit["owner"] = too_long or Unfit(why=NO_PERSON)
        return None
    found = _by_name(store, words) if "@" not in words else [store.person_by_email(words)]
    here = [one for one in found if one is not None and one.active and one.role is not Role.STUDENT]
    if len(here) != 1:
        unfit["owner"] = Unfit(why=TWO_PEOPLE if here else NO_PERSON)
        return None
    return here[0]


def _by_name(store: GovernanceStore, name: str) -> Sequence[Person]:
    wanted = " ".join(name.casefold().split())
    return [one for one in store.people_of(Audience()) if one.name.casefold() == wanted]


def _accepting(store: GovernanceStore, form: DecideForm, unfit: dict[str, Unfit]) -> UUID | None:
    """Who answers for an accepted risk: whoever leads IT or IT security, or an administrator."""
    written, too_long = typed(form.administrator, LONGEST_NAME)
    if written:
        person = store.person_by_email(written) if not too_long else None
        if person is None or not person.active or person.role is not Role.ADMINISTRATOR:
            unfit["administrator"] = too_long or Unfit(why=NO_ADMINISTRATOR)
            return None
        return person.id
    chosen = next((key for key, _ in form.answering if key == form.accepted_by), None)
    if chosen is None:
        unfit["accepted_by"] = Unfit(why="Choose who accepts the risk.")
        return None
    return UUID(chosen)


def _office_of(store: GovernanceStore, form: DecideForm, accepter: UUID | None) -> Office | None:
    """The office as whose holder somebody accepts a risk; None: as an administrator."""
    if accepter is None or form.administrator.strip():
        return None
    held = store.standing(accepter).offices
    return next((one for one in (Office.CTO, Office.ISO) if one in held), None)


def note_entered(store: GovernanceStore, actor: Actor, gap: Gap, now: datetime) -> None:
    """That something was entered; what it is stands nowhere but in the gap."""
    store.audit(actor.person_id, f"Practices entered: {named(store, gap)[0]}", gap.id, now)


# -- showing -----------------------------------------------------------------------------------


def show_register(
    store: GovernanceStore, actor: Actor, command: ShowGaps, now: datetime
) -> GapsView:
    note_read(store, actor, REGISTER, "register", now)
    register = register_of(store)
    found = [one for one in register.gaps if command.choice in (None, one.decision.choice)]
    return GapsView(
        rows=tuple(row_of(store, register, one) for one in found),
        choice=command.choice,
        undecided=tuple(_undecided(store, register)) if command.choice is None else (),
    )


def row_of(store: GovernanceStore, register: Register, gap: Gap) -> GapRow:
    safeguard, its = named_in(register.assessed_against(gap), gap)
    return GapRow(
        gap_id=gap.id,
        safeguard=safeguard,
        name=its.name if its else None,
        decided=_decided(store, gap.decision),
        returned=gap.returned_at is not None,
    )


def _undecided(store: GovernanceStore, register: Register) -> Iterator[Undecided]:
    """Gaps by the last answer to each safeguard that nothing is decided about."""
    for newest in _assessed_last(register):
        for one in latest_gaps(store, register, newest):
            if register.gap(one.framework, one.row.number) is None:
                yield Undecided(
                    assessment_id=one.row.assessment_id,
                    number=one.row.number,
                    safeguard=f"{one.framework.short} {one.row.number}",
                    name=one.safeguard.name,
                    score=one.score,
                    target=one.target,
                    owner=_name(store, one.row.owner),
                )


def _assessed_last(register: Register) -> Iterator[Framework]:
    """Each framework in the version that was assessed last."""
    found: set[str] = set()
    for one in register.assessments:
        framework = register.framework_of(one)
        if framework is None or one.state is AssessmentState.DRAFT or framework.key in found:
            continue
        found.add(framework.key)
        yield framework


def show(
    store: GovernanceStore, actor: Actor, command: ShowGap, now: datetime
) -> GapView | Refused:
    gap = store.gap(command.gap_id)
    if gap is None:
        return refusal(GONE)
    note_read(store, actor, gap.id, named(store, gap)[0], now)
    return view(store, actor, gap, now)


def view(store: GovernanceStore, actor: Actor, gap: Gap, now: datetime) -> GapView:
    safeguard, its = named(store, gap)
    every = sees_all(actor)
    runs = Office.ISO in actor.standing.offices
    shown = gap.decisions if every else gap.decisions[-1:]
    works = lines_of(store, actor, gap)
    return GapView(
        gap_id=gap.id,
        assessment_id=gap.assessment_id,
        number=gap.number,
        safeguard=safeguard,
        name=its.name if its else None,
        decisions=tuple(_decided(store, one) for one in reversed(shown)),
        works=works,
        begins=_begins(store, actor, gap) if gap.closed_at is None and every else (),
        decides=runs and gap.closed_at is None,
        opens=every,
        returned=gap.returned_at is not None,
        closed_at=gap.closed_at,
        closed_by=_name(store, gap.closed_by),
        closed_why=gap.closed_why,
    )


def _begins(store: GovernanceStore, actor: Actor, gap: Gap) -> tuple[WorkKind, ...]:
    begun = kinds_begun(store, gap)
    runs = Office.ISO in actor.standing.offices
    offered = {
        WorkKind.RULE: runs,
        WorkKind.CHANGE: True,
        WorkKind.ANNOUNCEMENT: True,
        WorkKind.LESSON: True,
        WorkKind.TICKET: runs and store.has_help_desk(),
    }
    return tuple(kind for kind, can in offered.items() if can and kind not in begun)


def _decided(store: GovernanceStore, decision: GapDecision) -> Decided:
    return Decided(
        decision=decision,
        owner=_name(store, decision.owner),
        accepted_by=_name(store, decision.accepted_by),
        decided_by=_name(store, decision.decided_by),
    )


def _name(store: GovernanceStore, person_id: UUID | None) -> str:
    person = store.person(person_id) if person_id else None
    return person.name if person else ""


# -- closing -----------------------------------------------------------------------------------


def show_close(store: GovernanceStore, command: ShowCloseForm) -> CloseForm | Refused:
    gap = store.gap(command.gap_id)
    if gap is None or gap.closed_at is not None:
        return refusal(GONE if gap is None else CLOSED)
    return CloseForm(gap_id=gap.id, safeguard=named(store, gap)[0])


def close(
    store: GovernanceStore, actor: Actor, command: CloseGap, now: datetime
) -> GapView | CloseForm | Refused:
    gap = store.lock_gap(command.gap_id)
    if gap is None or gap.closed_at is not None:
        return refusal(GONE if gap is None else CLOSED)
    why, too_long = typed(command.why, LONGEST_WHY)
    form = CloseForm(gap_id=gap.id, safeguard=named(store, gap)[0], why=why)
    if too_long or not why:
        return replace(form, unfit={"why": too_long or Unfit(why="Enter a reason.")})
    screened = screen((why,), command.put_back)
    if screened.doubt:
        return replace(form, doubt=screened.doubt)
    closed = replace(gap, closed_at=now, closed_by=actor.person_id, closed_why=screened.texts[0])
    store.put_gap(closed)
    note_entered(store, actor, closed, now)
    note_returned(store, actor.person_id, screened, gap.id, now)
    return view(store, actor, closed, now)


# -- coming back -------------------------------------------------------------------------------


def return_due(store: GovernanceStore, now: datetime) -> Done:
    """What is past its day needs a new decision, and so does a risk whose accepter has left. Each
    morning whoever decides now and was not told is told: the office may have changed hands."""
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
            store.deliver_to_person(
                person,
                campaign=f"practice:{gap.id}:{len(gap.decisions)}",
                kind=PRACTICE_DUE,
                subject=gap.id,
                now=now,
            )
    return Done()


def _has_left(store: GovernanceStore, gap: Gap) -> bool:
    """Whether the person who accepted the risk can answer for it no longer."""
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
    """The ISO's office, and whoever accepted the risk or has the work."""
    decision = gap.decision
    theirs = decision.accepted_by or decision.owner
    person = store.person(theirs)
    people = {one.id: one for one in store.holders(Office.ISO)}
    if person is not None and person.active:
        people[person.id] = person
    return list(people.values())


def due(on: Occasion) -> DecisionDue | None:
    """It waits until there is a new decision, or it is closed."""
    gap, who = on.store.gap(on.subject), on.to or on.reader
    if gap is None or gap.returned_at is None or gap.closed_at is not None:
        return None
    if who is not None and not _hears(on.store, gap, who):
        return None
    safeguard = named(on.store, gap)[0]
    return DecisionDue(
        gap_id=gap.id,
        assessment_id=gap.assessment_id,
        short=safeguard.removesuffix(gap.number).strip(),
        number=gap.number,
        day=gap.decision.by_day,
        decides=who is not None and _decides(on.store, who),
    )


def named_in_it(on: Occasion) -> NamedInDecision | None:
    gap, who = on.store.gap(on.subject), on.to or on.reader
    if gap is None or gap.closed_at is not None:
        return None
    if who is not None and who.id != gap.decision.accepted_by:
        return None
    return NamedInDecision(gap_id=gap.id)


def _hears(store: GovernanceStore, gap: Gap, who: Person) -> bool:
    return who.id in concerned(gap) or _decides(store, who)


def _decides(store: GovernanceStore, who: Person) -> bool:
    return Office.ISO in store.standing(who.id).offices


DELIVERIES: Deliveries = (
    Delivery(kind=PRACTICE_DUE, compose=due, personal=True),
    Delivery(kind=PRACTICE_NAMED, compose=named_in_it, personal=True),
)

OPERATIONS: Operations = (
    Operation(
        command=ShowGaps,
        window=True,
        run=show_register,
        may=offices,
        button="practices-work",
        carries=("choice",),
    ),
    Operation(command=ShowGap, window=True, run=show, may=reader_of_gap, button="practice-work"),
    Operation(
        command=ShowDecideForm,
        window=True,
        run=lambda store, _, command, now: show_form(store, command, now),
        may=security_office,
        reads=True,
        button="decide-practice-form",
    ),
    Operation(
        command=DecideGap,
        run=decide,
        may=security_office,
        button="decide-practice",
        takes=(
            "choice",
            "why",
            "by_day",
            "owner",
            "accepted_by",
            "administrator",
            "to",
            "put_back",
        ),
        form=lambda command: ShowDecideForm(
            assessment_id=command.assessment_id, number=command.number
        ),
    ),
    Operation(
        command=ShowCloseForm,
        window=True,
        run=lambda store, _, command, __: show_close(store, command),
        may=security_office,
        reads=True,
        button="close-practice-form",
    ),
    Operation(
        command=CloseGap,
        run=close,
        may=security_office,
        button="close-practice",
        takes=("why", "put_back"),
        form=lambda command: ShowCloseForm(gap_id=command.gap_id),
    ),
    Operation(
        command=ReturnGaps,
        run=lambda store, _, __, now: return_due(store, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind="practices-return", command=lambda *_: ReturnGaps(), rule=MORNINGS),
    ),
)
