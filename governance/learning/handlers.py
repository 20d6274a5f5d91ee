"""Training sessions: offered, moved and cancelled; signing up; reminders; and who was there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

from core.forms import FILL_IN, Opening
from core.people import Audience, Person
from core.text import Text
from governance.access import CLOCK, Actor, anybody, refusal
from governance.changes.access import reader_of_change
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.forms.messages import FormView, again
from governance.learning import forms
from governance.learning.access import (
    creates,
    creator,
    leader_of_session,
    leads,
    reader_of_session,
    runner_of_session,
    runs,
    sees_guide,
    sees_session,
)
from governance.learning.commands import (
    NO_TIME,
    CancelSeat,
    CancelSession,
    RecordAttendance,
    ShowAttendance,
    ShowLearning,
    ShowSession,
    SignUp,
    TendSessions,
    WriteGuide,
    WriteSession,
)
from governance.learning.messages import (
    AttendanceForm,
    GuideLine,
    LearningView,
    SessionLine,
    SessionNews,
    SessionTold,
    SessionView,
)
from governance.learning.model import (
    LONGEST_LINK,
    MOST_SEATS,
    Format,
    Guide,
    Seat,
    Seats,
    TrainingSession,
)
from governance.learning.seats import fill, give_up, take
from governance.lists.audiences import offered, unfit_audience, with_people_of
from governance.messages import Done, Refused
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import NOT_HERE
from governance.school_days import calendar, today
from governance.second_tabs import says_another
from governance.typed import typed, unfit_link
from surveys.messages import Rejected
from surveys.questions import Unfit

TEND_SESSIONS = "tend-sessions"
MORNINGS = "0 8 * * mon-fri"

RECORDED_FOR = timedelta(days=60)
"""So long a session that is over is listed where it has a recording."""

_FARTHEST = timedelta(days=366)

BEGUN = "This session has begun, so it cannot be changed anymore."
CANCELLED = "This session was canceled."
_NOT_ANOTHER = (
    "People have signed up, so only the person who leads it and the CTO’s office can name someone "
    "else."
)


# -- showing ---------------------------------------------------------------------------------------


def times(store: GovernanceStore, session: TrainingSession) -> tuple[datetime, datetime]:
    """When it begins and ends, by the district's clock."""
    day = session.day
    starts = store.moment_of(datetime.combine(day, session.begins))
    return starts, store.moment_of(datetime.combine(day, session.ends))


def _line(
    store: GovernanceStore, session: TrainingSession, seats: Seats, mine: Seat | None
) -> SessionLine:
    starts, ends = times(store, session)
    place = store.waits_at(mine) if mine and not mine.seated else 0
    return SessionLine(
        session=session, starts=starts, ends=ends, seats=seats, mine=mine, place=place
    )


def show_learning(
    store: GovernanceStore, actor: Actor, command: ShowLearning, now: datetime
) -> LearningView | Refused:
    record = store.change(command.change_id) if command.change_id else None
    if command.change_id and record is None:
        return refusal(NOT_HERE)
    person, since = actor.somebody.id, today(store, now) - RECORDED_FOR
    mine, done = store.seats_of(person), store.guides_done(person)
    found = [
        one
        for one in store.trainings(since=since, change_id=command.change_id)
        if sees_session(store, actor, one)
    ]
    seats = store.count_seats([one.id for one in found])
    listed = [_line(store, one, seats[one.id], mine.get(one.id)) for one in found]
    return LearningView(
        sessions=_by_time(
            one for one in listed if one.ends > now and (one.mine or not one.session.cancelled)
        ),
        recorded=_by_time(one for one in listed if one.ends <= now and one.session.recording),
        guides=tuple(
            GuideLine(guide=one, done_at=done.get(one.id))
            for one in store.guides(change_id=command.change_id)
            if sees_guide(store, actor, one)
        ),
        change=(record.id, record.words.title) if record else None,
        writes=creates(store, actor, command.change_id),
    )


def _by_time(lines: Iterable[SessionLine]) -> tuple[SessionLine, ...]:
    return tuple(sorted(lines, key=lambda one: (one.starts, one.session.id)))


def view(
    store: GovernanceStore, actor: Actor, session: TrainingSession, now: datetime
) -> SessionView:
    record = store.change(session.change_id) if session.change_id else None
    mine = store.seat(session.id, actor.person_id) if actor.person_id else None
    leader = store.person(session.leader)
    line = _line(store, session, store.count_seats([session.id])[session.id], mine)
    return SessionView(
        line=line,
        leader=leader.name if leader else "",
        change=record.words.title if record else None,
        runs=runs(store, actor, session),
        leads=leads(actor, session),
        over=line.starts <= now,
    )


def show(
    store: GovernanceStore, actor: Actor, command: ShowSession, now: datetime
) -> SessionView | Refused:
    session = store.training(command.session_id)
    return view(store, actor, session, now) if session else refusal(NOT_HERE)


# -- signing up ------------------------------------------------------------------------------------


def sign_up(
    store: GovernanceStore, actor: Actor, command: SignUp, now: datetime
) -> SessionView | Refused:
    return _seat(store, actor, command, now, take)


def cancel_seat(
    store: GovernanceStore, actor: Actor, command: CancelSeat, now: datetime
) -> SessionView | Refused:
    return _seat(store, actor, command, now, give_up)


def _seat(
    store: GovernanceStore,
    actor: Actor,
    command: SignUp | CancelSeat,
    now: datetime,
    change: Callable[[GovernanceStore, TrainingSession, UUID, datetime], None],
) -> SessionView | Refused:
    session = store.lock_training(command.session_id)
    if session is None:
        return refusal(NOT_HERE)
    if not session.cancelled and times(store, session)[0] > now:
        change(store, session, actor.somebody.id, now)
    return view(store, actor, session, now)


# -- writing ---------------------------------------------------------------------------------------


def open_session(
    store: GovernanceStore, _: Actor, command: WriteSession, now: datetime
) -> Opening | Refused:
    found = store.training(command.session_id) if command.session_id else None
    if found is None:
        record = store.change(command.change_id) if command.change_id else None
        audience = record.audience if record else Audience()
        return forms.session(None, audience, offered(store), change_id=command.change_id)
    if refused := _settled(store, found, now):
        return refused
    leader, seats = store.person(found.leader), store.count_seats([found.id])[found.id]
    return forms.session(
        found,
        found.audience,
        offered(store),
        change_id=found.change_id,
        leader=leader.email if leader else "",
        told=seats.taken + seats.waiting,
    )


def _settled(store: GovernanceStore, session: TrainingSession, now: datetime) -> Refused | None:
    """Why nothing can be changed any more."""
    if session.cancelled:
        return refusal(CANCELLED)
    return refusal(BEGUN) if times(store, session)[0] <= now else None


def given_audience(
    store: GovernanceStore,
    given: Audience,
    before: TrainingSession | Guide | None,
    change_id: UUID | None,
) -> Audience:
    """What the form asked for, with what it does not ask for: of the same thing before, or of the
    change."""
    record = store.change(change_id) if change_id and before is None else None
    kept = before or record
    return with_people_of(given, kept.audience) if kept else given


def unfit_session(
    store: GovernanceStore, actor: Actor, command: WriteSession, now: datetime
) -> Mapping[str, Unfit]:
    """Why what was typed cannot be kept, beyond what its fields say."""
    before = store.training(command.session_id) if command.session_id else None
    written = _written(store, actor, command, before, now)
    return {} if isinstance(written, TrainingSession) else written


def _written(
    store: GovernanceStore,
    actor: Actor,
    command: WriteSession,
    before: TrainingSession | None,
    now: datetime,
) -> TrainingSession | dict[str, Unfit]:
    """The session as it was typed, or what of it does not fit."""
    leader = actor.person if before is None else store.person(before.leader)
    if command.leader.strip():
        leader = store.person_by_email(command.leader.strip())
    begins, ends, capacity = _time(command.begins), _time(command.ends), _number(command.capacity)
    texts, unfit = texts_of(store, command)
    unfit |= _when_unfit(store, command, begins, ends, now)
    audience = given_audience(store, command.audience, before, command.change_id)
    unfit |= unfit_audience(store, audience)
    seats = store.count_seats([before.id])[before.id] if before else Seats()
    taken = seats.taken
    if capacity is not None and not max(taken, 1) <= capacity <= MOST_SEATS:
        unfit["capacity"] = _too_few(taken)
    signed_up = taken or seats.waiting  # whose names another leader sees
    if wrong := _unfit_leader(actor, leader, before if signed_up else None):
        unfit["leader"] = wrong
    if unfit or leader is None or command.day is None or begins is None or ends is None:
        return unfit
    return TrainingSession(
        id=command.session_id or uuid4(),
        title=texts["title"],
        about=texts.get("about"),
        day=command.day,
        begins=begins,
        ends=ends,
        leader=leader.id,
        format=command.format,
        place=command.place,
        link=command.link.strip(),
        capacity=capacity,
        change_id=before.change_id if before else command.change_id,
        audience=audience,
        sequence=before.sequence if before else 0,
        moved_from=before.moved_from if before else None,
    )


def write(
    store: GovernanceStore, actor: Actor, command: WriteSession, now: datetime
) -> SessionView | Rejected | Refused:
    """A new session, or one that changes. Whoever signed up hears of another time, place or
    leader, who sees their names."""
    before = store.lock_training(command.session_id) if command.session_id else None
    if before is not None and (refused := _settled(store, before, now)):
        return refused
    session = _written(store, actor, command, before, now)
    if not isinstance(session, TrainingSession):  # somebody took a seat meanwhile
        return Rejected(unfit=session)
    moved = before is not None and _of_calendar(session) != _of_calendar(before)
    if before is not None and moved:
        was, starts = times(store, before)[0], times(store, session)[0]
        changed = None if was == starts else was
        session = replace(session, sequence=before.sequence + 1, moved_from=changed)
    store.put_training(session)
    fill(store, session, now)
    if moved:
        store.tell_signed_up(
            session.id,
            campaign=f"session:{session.id}:{session.sequence}",
            kind=SessionNews.MOVED,
            now=now,
            deadline=times(store, session)[0],
        )
    did = "training session changed" if before else "training session offered"
    store.audit(actor.person_id, did, session.id, now)
    return view(store, actor, session, now)


def _unfit_leader(
    actor: Actor, leader: Person | None, begun: TrainingSession | None
) -> Unfit | None:
    """``begun``: the session as it was, where somebody has signed up."""
    if leader is None or not leader.active:
        return Unfit(why="Enter the email address of someone on the roster.")
    if begun is None or leader.id == begun.leader or actor.cto or leads(actor, begun):
        return None
    return Unfit(why=_NOT_ANOTHER)


def _of_calendar(one: TrainingSession) -> tuple[object, ...]:
    """What somebody who signed up has to know again where it changes."""
    return one.day, one.begins, one.ends, one.place, one.link, one.leader


def texts_of(
    store: GovernanceStore, command: WriteSession | WriteGuide
) -> tuple[dict[str, Text], dict[str, Unfit]]:
    """What was typed, in the district's language, and what of it does not fit."""
    language, unfit = store.district().locale, dict[str, Unfit]()
    given = {
        key: Text(default=said, language=language)
        for key in ("title", "about", "text")
        if (said := getattr(command, key, ""))
    }
    if "title" not in given:
        unfit["title"] = Unfit(why=FILL_IN)
    link = command.link.strip()
    if no_link := unfit_link(link):
        unfit["link"] = no_link
    if isinstance(command, WriteSession):
        where = "place" if command.format is Format.IN_PERSON else "link"
        if not getattr(command, where).strip():
            unfit[where] = Unfit(why=FILL_IN)
    return given, unfit


def _when_unfit(
    store: GovernanceStore,
    command: WriteSession,
    begins: time | None,
    ends: time | None,
    now: datetime,
) -> dict[str, Unfit]:
    unfit: dict[str, Unfit] = {}
    for key, at in (("begins", begins), ("ends", ends)):
        if at is None:
            unfit[key] = Unfit(why=NO_TIME)
    if command.day is None:
        unfit["day"] = Unfit(why="Choose a day.")
    elif command.day > today(store, now) + _FARTHEST:
        unfit["day"] = Unfit(why="Choose a day within the next year.")
    elif begins and store.moment_of(datetime.combine(command.day, begins)) <= now:
        unfit["day"] = Unfit(why="Choose a time that is still to come.")
    if begins and ends and ends <= begins:
        unfit["ends"] = Unfit(why="Choose an end time after the start time.")
    return unfit


def _too_few(taken: int) -> Unfit:
    if taken:
        why = "{n} seats are taken already. Enter at least {n}, or leave it empty for no limit."
        return Unfit(why=why, values={"n": taken})
    why = "Enter a number from 1 to {most}, or leave it empty for no limit."
    return Unfit(why=why, values={"most": MOST_SEATS})


_AT = re.compile(r"(\d{1,2}):(\d{2})\s*(?:([ap])\.?\s*m\.?)?", re.ASCII | re.IGNORECASE)


def _time(said: str) -> time | None:
    found = _AT.fullmatch(said.strip())
    if found is None:
        return None
    hour, half = int(found[1]), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return time(hour, int(found[2])) if hour < 24 and int(found[2]) < 60 else None


def _number(said: str) -> int | None:
    """None: no limit. What is no number is 0, which does not fit."""
    said = said.strip()
    if not said:
        return None
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0


def open_cancel(
    store: GovernanceStore, _: Actor, command: CancelSession, now: datetime
) -> Opening | Refused:
    session = store.training(command.session_id)
    if session is None:
        return refusal(NOT_HERE)
    return _settled(store, session, now) or _cancelling(store, session)


def _cancelling(store: GovernanceStore, session: TrainingSession) -> Opening:
    seats = store.count_seats([session.id])[session.id]
    return forms.cancelling(session.id, session.title, seats.taken + seats.waiting)


def cancel(
    store: GovernanceStore, actor: Actor, command: CancelSession, now: datetime
) -> SessionView | FormView | Refused:
    session = store.lock_training(command.session_id)
    if session is None:
        return refusal(NOT_HERE)
    if refused := _settled(store, session, now):
        if not says_another(command.why, session.why):
            return refused
        return again(command, _cancelling(store, session), unfit={"why": refused.why})
    session = replace(session, cancelled=True, why=command.why, sequence=session.sequence + 1)
    store.put_training(session)
    store.tell_signed_up(
        session.id, campaign=f"session:{session.id}", kind=SessionNews.CANCELLED, now=now
    )
    store.audit(actor.person_id, "training session canceled", session.id, now)
    return view(store, actor, session, now)


# -- who was there ---------------------------------------------------------------------------------


def show_attendance(
    store: GovernanceStore, command: ShowAttendance, now: datetime
) -> AttendanceForm | Refused:
    session = store.training(command.session_id)
    return _attendance(store, session, now) if session else refusal(NOT_HERE)


def _attendance(store: GovernanceStore, session: TrainingSession, now: datetime) -> AttendanceForm:
    seated = store.seats(session.id, seated=True)
    waiting = store.seats(session.id, seated=False)
    named = _named(store, [*seated, *waiting])
    there = [one for one in seated if one.attended or one.attended is None]
    return AttendanceForm(
        session_id=session.id,
        title=session.title,
        people=tuple(
            sorted(((str(one.person), named[one.person]) for one in seated), key=lambda one: one[1])
        ),
        waiting=tuple(named[one.person] for one in waiting),
        begun=not session.cancelled and times(store, session)[0] <= now,
        attended=tuple(str(one.person) for one in there),
        recording=session.recording,
        marked=session.marked,
    )


def _named(store: GovernanceStore, seats: Sequence[Seat]) -> dict[UUID, str]:
    people = ((one.person, store.person(one.person)) for one in seats)
    return {person_id: person.name if person else "" for person_id, person in people}


def record(
    store: GovernanceStore, actor: Actor, command: RecordAttendance, now: datetime
) -> AttendanceForm | Rejected | Refused:
    """Who was there, and the recording: who missed it, or waited for a seat, gets it once."""
    session = store.lock_training(command.session_id)
    if session is None or session.cancelled or times(store, session)[0] > now:
        return refusal(NOT_HERE)
    link, no_link = typed(command.recording.strip(), LONGEST_LINK)
    if no_link := no_link or unfit_link(link):
        return Rejected(unfit={"recording": no_link})
    seated = [one.person for one in store.seats(session.id, seated=True)]
    store.mark_attendance(session.id, [one for one in seated if str(one) in command.attended])
    session = replace(session, marked=True, recording=link)
    store.put_training(session)
    if link:
        store.tell_signed_up(
            session.id,
            campaign=f"session:{session.id}",
            kind=SessionNews.RECORDING,
            now=now,
            missed=True,
        )
    store.audit(actor.person_id, "training attendance recorded", session.id, now)
    return _attendance(store, session, now)


# -- what is sent ----------------------------------------------------------------------------------


def tend(store: GovernanceStore, now: datetime) -> Done:
    """On the school day before a session whoever has a seat is reminded; on its day, who signed up
    since. Seats of people who left go to those who wait."""
    day = today(store, now)
    next_day = calendar(store).school_day_after(day, 1)
    school = calendar(store).is_school_day(day)
    for one in store.trainings(since=day):
        if one.cancelled:
            continue
        session = store.lock_training(one.id)
        if session is None or session.cancelled:
            continue
        starts, _ = times(store, session)
        if starts > now:
            fill(store, session, now)
        if school and session.day <= next_day and starts > now:
            store.tell_signed_up(
                session.id,
                campaign=f"session:{session.id}:{session.day}",
                kind=SessionNews.REMINDER,
                now=now,
                deadline=starts,
                seated=True,
            )
    return Done()


def told(on: Occasion, news: SessionNews) -> SessionTold | None:
    """As things stand: who gave up their seat hears no more."""
    person, session = on.to or on.reader, on.store.training(on.subject)
    seat = on.store.seat(on.subject, person.id) if person else None
    if person is None or session is None or seat is None:
        return None
    actor = Actor(person=person, standing=on.store.standing(person.id))
    seen = view(on.store, actor, session, on.now)
    comes = not session.cancelled and not seen.over
    wanted = {
        SessionNews.SEAT: comes and seat.seated,
        SessionNews.REMINDER: comes and seat.seated,
        SessionNews.MOVED: comes,
        SessionNews.CANCELLED: session.cancelled,
        SessionNews.RECORDING: bool(session.recording) and not seat.attended,
    }
    return SessionTold(news=news, view=seen) if wanted[news] else None


def _delivery(news: SessionNews) -> Delivery:
    return Delivery(kind=news, compose=lambda on: told(on, news), personal=True)


DELIVERIES: Deliveries = tuple(_delivery(one) for one in SessionNews)


# -- operations ------------------------------------------------------------------------------------


def _may_look(actor: Actor, command: ShowLearning, store: GovernanceStore) -> Refused | None:
    return reader_of_change(actor, command, store) if command.change_id else None


OPERATIONS: Operations = (
    Operation(
        command=ShowLearning,
        run=show_learning,
        may=_may_look,
        reads=True,
        button="learning",
        carries=("change_id",),
    ),
    Operation(command=ShowSession, run=show, may=reader_of_session, reads=True, button="session"),
    Operation(command=SignUp, run=sign_up, may=reader_of_session, button="sign-up"),
    Operation(command=CancelSeat, run=cancel_seat, may=reader_of_session, button="cancel-seat"),
    Operation(
        command=WriteSession,
        run=write,
        may=creator,
        button="write-session",
        carries=("session_id", "change_id"),
        form_button="session-form",
        opens=open_session,
        fits=unfit_session,
    ),
    Operation(
        command=CancelSession,
        run=cancel,
        may=runner_of_session,
        button="cancel-session",
        opens=open_cancel,
        form_button="cancel-form",
    ),
    Operation(
        command=ShowAttendance,
        run=lambda store, _, command, now: show_attendance(store, command, now),
        may=leader_of_session,
        reads=True,
        button="attendance",
    ),
    Operation(
        command=RecordAttendance,
        run=record,
        may=leader_of_session,
        button="record-attendance",
        takes=("attended", "recording"),
        form=lambda command: ShowAttendance(session_id=command.session_id),
    ),
    Operation(
        command=TendSessions,
        run=lambda store, _, __, now: tend(store, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind=TEND_SESSIONS, command=lambda *_: TendSessions(), rule=MORNINGS),
    ),
)
