"""Training sessions: offered, signed up for, full, moved, cancelled, reminded of, and what comes
after them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.people import Audience, Role
from core.words import Words
from governance.changes.commands import ShowChange
from governance.changes.facets import drawn
from governance.changes.model import Phase
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.learning.commands import (
    CancelSeat,
    CancelSession,
    RecordAttendance,
    ShowAttendance,
    ShowLearning,
    ShowSession,
    SignUp,
    TendSessions,
    WriteSession,
)
from governance.learning.messages import (
    AttendanceForm,
    LearningView,
    SessionNews,
    SessionTold,
    SessionView,
)
from governance.learning.model import Format
from governance.messages import Notice, Refused
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_campaigning import audited, rows
from tests.governance.changes.test_process import approved, drafted, keep_time, messages
from tests.governance.test_composing import composed
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, person
from tests.postgres import migrated_database

DAY = date(2026, 10, 12)
"""A Monday, a week after the hall opens."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.prove)])
async def crowded(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Hall]:
    """Thirty people, on either database."""
    if request.param == "sqlite":
        async with hall(tmp_path, staff=30) as found:
            yield found
        return
    with migrated_database() as url:
        async with hall(tmp_path, staff=30, url=url) as found:
            yield found


def planned(session: UUID, **more: object) -> WriteSession:
    given: dict[str, object] = {
        "title": "New sign-in page",
        "about": "How you sign in with your badge.",
        "day": DAY,
        "begins": "15:30",
        "ends": "4:30 PM",
        "place": "Room 4, Lincoln Middle School",
        "leader": CHAIR,
    }
    return WriteSession(session_id=session, **(given | more))  # type: ignore[arg-type]


async def offered(town: Hall, **more: object) -> UUID:
    session = uuid4()
    view = await town.ask(CTO, planned(session, **more))
    assert isinstance(view, SessionView), view
    return session


async def seen(town: Hall, who: str, session: UUID) -> SessionView:
    view = await town.ask(who, ShowSession(session_id=session))
    assert isinstance(view, SessionView), view
    return view


async def signs_up(town: Hall, who: str, session: UUID) -> SessionView:
    view = await town.ask(who, SignUp(session_id=session))
    assert isinstance(view, SessionView), view
    return view


async def hears(town: Hall, who: str, session: UUID, news: SessionNews) -> SessionTold | None:
    """What somebody's message about a session says, where one was queued for them."""
    if who not in await rows(town, news):
        return None
    told = await composed(town, news, session, await person(town.core, who))
    assert told is None or isinstance(told, SessionTold)
    return told


async def mornings(town: Hall, days: int) -> None:
    for _ in range(days):
        await keep_time(town, 1)
        await town.core.dispatch.by_itself(TendSessions())


def starts(view: SessionView) -> str:
    return Words("en", "America/Chicago").when(view.line.starts).replace("\xa0", " ")


# -- offering --------------------------------------------------------------------------------------


async def test_a_session_is_offered_to_whom_it_is_for(town: Hall) -> None:
    session = await offered(town, audience=Audience(roles=frozenset({Role.TEACHER})))
    listed = await town.ask(TEACHER, ShowLearning())
    assert isinstance(listed, LearningView)
    assert [one.session.id for one in listed.sessions] == [session]
    assert not listed.writes
    view = await seen(town, TEACHER, session)
    assert starts(view) == "Monday, October 12 at 3:30 PM"
    assert view.line.ends - view.line.starts == timedelta(hours=1)
    assert (view.leader, view.runs, view.leads) == ("Nikolai Drobny", False, False)
    assert (await town.ask(OFFICE, ShowLearning())).sessions == ()
    for command in (ShowSession(session_id=session), SignUp(session_id=session)):
        assert isinstance(await town.ask(OFFICE, command), Refused)


async def test_the_cto_and_whoever_works_on_a_change_offer_sessions_for_it(town: Hall) -> None:
    change = await approved(town)
    for who, wanted in ((CTO, SessionView), (CHAIR, SessionView), (TEACHER, Refused)):
        got = await town.ask(who, planned(uuid4(), change_id=change))
        assert isinstance(got, wanted), who
    assert isinstance(await town.ask(CHAIR, planned(uuid4())), Refused), "of no change"
    opens = Open(of=WriteSession(change_id=change))
    assert isinstance(await town.ask(CHAIR, opens), FormView)
    assert isinstance(await town.ask(ISO, opens), Refused)


async def test_before_a_change_is_approved_staff_see_no_session_for_it(town: Hall) -> None:
    change = await drafted(town)
    session = await offered(town, change_id=change)
    assert isinstance(await town.ask(TEACHER, ShowSession(session_id=session)), Refused)
    assert isinstance(await town.ask(TEACHER, ShowLearning(change_id=change)), Refused)
    assert (await town.ask(TEACHER, ShowLearning())).sessions == ()
    assert len((await town.ask(CTO, ShowLearning(change_id=change))).sessions) == 1


async def test_what_does_not_fit_is_said_and_nothing_is_kept(town: Hall) -> None:
    session = uuid4()
    bad = planned(
        session,
        title="",
        day=date(2026, 10, 2),
        begins="half past",
        ends="25:00",
        place="",
        capacity="many",
        leader="nobody@schools.example.org",
        link="javascript:alert(1)",
    )
    got = await town.ask(CTO, bad)
    assert isinstance(got, FormView)
    assert set(got.unfit) == {"title", "begins", "ends", "place", "capacity", "leader", "link"}
    backwards = planned(session, day=date(2026, 10, 2), ends="15:00", format=Format.ONLINE)
    got = await town.ask(CTO, backwards)
    assert isinstance(got, FormView)
    assert set(got.unfit) == {"day", "ends", "link"}
    assert isinstance(await town.ask(CTO, ShowSession(session_id=session)), Refused)


@pytest.mark.parametrize(
    ("day", "begins", "utc"),
    [
        (date(2026, 10, 30), "15:30", "20:30"),  # daylight saving time
        (date(2026, 11, 2), "15:30", "21:30"),  # standard time
        (date(2027, 3, 12), "15:30", "21:30"),
        (date(2027, 3, 15), "15:30", "20:30"),
    ],
)
async def test_a_session_is_at_its_time_on_the_wall_whatever_the_clocks_do(
    town: Hall, day: date, begins: str, utc: str
) -> None:
    view = await seen(town, TEACHER, await offered(town, day=day, begins=begins))
    assert f"{view.line.starts:%H:%M}" == utc
    assert starts(view).endswith("at 3:30 PM")


# -- seats -----------------------------------------------------------------------------------------


async def test_a_full_session_has_a_waiting_list_and_a_freed_seat_goes_to_its_first(
    town: Hall,
) -> None:
    session = await offered(town, capacity="1")
    first = await signs_up(town, TEACHER, session)
    assert first.line.mine is not None
    assert first.line.mine.seated
    for place, who in enumerate((OFFICE, ISO), start=1):
        view = await signs_up(town, who, session)
        assert view.line.mine is not None
        assert not view.line.mine.seated
        assert view.line.place == place
    again = await signs_up(town, ISO, session)
    assert again.line.place == 2, "pressing twice changes nothing"
    assert not await rows(town, SessionNews.SEAT)

    gone = await town.ask(TEACHER, CancelSeat(session_id=session))
    assert gone.line.mine is None
    told = await hears(town, OFFICE, session, SessionNews.SEAT)
    assert told is not None, "at once"
    assert told.view.line.mine is not None
    assert told.view.line.mine.seated
    assert set(await rows(town, SessionNews.SEAT)) == {OFFICE}
    assert (await seen(town, ISO, session)).line.place == 1
    back = await signs_up(town, TEACHER, session)
    assert back.line.place == 2, "behind who waited meanwhile"


async def test_whoever_gave_a_seat_up_before_the_message_went_out_hears_nothing(town: Hall) -> None:
    session = await offered(town, capacity="1")
    for who in (TEACHER, OFFICE, ISO):
        await signs_up(town, who, session)
    await town.ask(TEACHER, CancelSeat(session_id=session))
    await town.ask(OFFICE, CancelSeat(session_id=session))
    assert await hears(town, OFFICE, session, SessionNews.SEAT) is None
    assert await hears(town, ISO, session, SessionNews.SEAT) is not None


async def test_more_seats_are_given_to_those_who_wait_and_fewer_than_taken_is_refused(
    town: Hall,
) -> None:
    session = await offered(town, capacity="1")
    for who in (TEACHER, OFFICE, ISO):
        await signs_up(town, who, session)
    await town.ask(CTO, planned(session, capacity="2"))
    assert set(await rows(town, SessionNews.SEAT)) == {OFFICE}
    got = await town.ask(CTO, planned(session, capacity="1"))
    assert isinstance(got, FormView)
    assert set(got.unfit) == {"capacity"}
    await town.ask(CTO, planned(session, capacity=""))
    assert (await seen(town, ISO, session)).line.mine.seated  # type: ignore[union-attr]
    assert not await rows(town, SessionNews.MOVED), "it is where and when it was"


async def test_many_press_at_once_for_the_last_seats(crowded: Hall) -> None:
    """Never more than there are, on both databases."""
    session = await offered(crowded, capacity="2")
    everybody = await crowded.core.store.read(lambda tx: tx.people_of(Audience()))
    crowd = [one.email for one in everybody][:20]
    got = await asyncio.gather(*(signs_up(crowded, who, session) for who in crowd))
    assert sum(one.line.mine is not None and one.line.mine.seated for one in got) == 2
    seats = await crowded.core.store.read(lambda tx: tx.count_seats([session])[session])
    assert (seats.taken, seats.waiting) == (2, 18)
    waiting = await crowded.core.store.read(lambda tx: tx.seats(session, seated=False))
    assert len({one.number for one in waiting}) == 18
    await asyncio.gather(*(crowded.ask(who, CancelSeat(session_id=session)) for who in crowd[:10]))
    seats = await crowded.core.store.read(lambda tx: tx.count_seats([session])[session])
    assert (seats.taken, seats.waiting) == (2, 8)


async def test_the_seat_of_somebody_who_left_goes_to_who_waits(town: Hall) -> None:
    session = await offered(town, capacity="1")
    await signs_up(town, TEACHER, session)
    await signs_up(town, OFFICE, session)
    teacher = await person(town.core, TEACHER)
    await town.core.store.write(lambda tx: leaves(tx, teacher.id))
    await mornings(town, 1)
    assert (await seen(town, OFFICE, session)).line.mine.seated  # type: ignore[union-attr]
    assert set(await rows(town, SessionNews.SEAT)) == {OFFICE}


async def test_a_freed_seat_goes_to_nobody_who_left(town: Hall) -> None:
    session = await offered(town, capacity="1")
    for who in (TEACHER, OFFICE, ISO):
        await signs_up(town, who, session)
    office = await person(town.core, OFFICE)
    await town.core.store.write(lambda tx: leaves(tx, office.id))
    await town.ask(TEACHER, CancelSeat(session_id=session))
    assert (await seen(town, ISO, session)).line.mine.seated  # type: ignore[union-attr]
    assert set(await rows(town, SessionNews.SEAT)) == {ISO}


def leaves(tx: Any, person_id: UUID) -> None:
    from sqlalchemy import update

    from storage.tables import person as table

    tx.connection.execute(update(table).where(table.c.id == person_id).values(active=False))


# -- names -----------------------------------------------------------------------------------------


async def test_only_whoever_leads_it_sees_names(town: Hall) -> None:
    session = await offered(town, capacity="1")
    await signs_up(town, TEACHER, session)
    await signs_up(town, OFFICE, session)
    listed = await town.ask(CHAIR, ShowAttendance(session_id=session))
    assert isinstance(listed, AttendanceForm)
    assert [name for _, name in listed.people] == ["Naomi Whitehorse"]
    assert listed.waiting == ("Ottilie Brandvold",)
    assert not listed.begun
    for who in (CTO, TEACHER, ISO):
        assert isinstance(await town.ask(who, ShowAttendance(session_id=session)), Refused)
        assert "Brandvold" not in repr(await seen(town, who, session))


async def test_nobody_makes_themselves_the_leader_to_see_who_signed_up(town: Hall) -> None:
    change = await approved(town)
    session = await offered(town, change_id=change, leader=TEACHER)
    free = await town.ask(CHAIR, planned(session, leader=ISO))
    assert isinstance(free, SessionView), "nobody has signed up"
    await signs_up(town, OFFICE, session)
    taken = await town.ask(CHAIR, planned(session))
    assert isinstance(taken, FormView)
    assert set(taken.unfit) == {"leader"}
    kept = await town.ask(CHAIR, planned(session, leader="", title="Signing in"))
    assert isinstance(kept, SessionView), "it may still be changed"
    assert isinstance(await town.ask(CHAIR, ShowAttendance(session_id=session)), Refused)
    assert isinstance(await town.ask(ISO, ShowAttendance(session_id=session)), AttendanceForm)
    assert not await rows(town, SessionNews.MOVED)
    for who, leader in ((CTO, TEACHER), (TEACHER, ISO)):
        assert isinstance(await town.ask(who, planned(session, leader=leader)), SessionView), who
    told = await hears(town, OFFICE, session, SessionNews.MOVED)
    assert told is not None, "those who signed up are told who sees their names"
    assert told.view.leader == (await person(town.core, ISO)).name


# -- moving and cancelling -------------------------------------------------------------------------


async def test_moving_a_session_tells_who_signed_up_and_raises_its_sequence(town: Hall) -> None:
    session = await offered(town, capacity="1")
    await signs_up(town, TEACHER, session)
    await signs_up(town, OFFICE, session)
    await town.ask(CTO, planned(session, capacity="1", title="Signing in"))
    assert (await seen(town, TEACHER, session)).line.session.sequence == 0
    moved = planned(session, capacity="1", day=date(2026, 10, 14))
    assert isinstance(await town.ask(CHAIR, moved), SessionView), "who leads it may move it"
    told = await hears(town, TEACHER, session, SessionNews.MOVED)
    assert told is not None
    assert starts(told.view) == "Wednesday, October 14 at 3:30 PM"
    assert told.view.line.session.moved_from is not None
    assert told.view.line.session.sequence == 1
    assert set(await rows(town, SessionNews.MOVED)) == {TEACHER, OFFICE}


async def test_a_cancelled_session_tells_who_signed_up_and_takes_nobody(town: Hall) -> None:
    session = await offered(town)
    await signs_up(town, TEACHER, session)
    assert (await town.ask(CTO, Open(of=CancelSession(session_id=session)))).opening.above[0].n == 1
    assert isinstance(await town.ask(TEACHER, CancelSession(session_id=session)), Refused)
    await town.ask(CTO, CancelSession(session_id=session, why="The trainer is ill."))
    told = await hears(town, TEACHER, session, SessionNews.CANCELLED)
    assert told is not None
    assert told.view.line.session.why == "The trainer is ill."
    late = await signs_up(town, OFFICE, session)
    assert late.line.mine is None
    assert (await town.ask(OFFICE, ShowLearning())).sessions == ()
    assert isinstance(await town.ask(CTO, planned(session)), Refused)
    assert "training session canceled" in await audited(town)


# -- reminders -------------------------------------------------------------------------------------


async def test_who_has_a_seat_is_reminded_on_the_school_day_before_and_late_comers_on_the_day(
    town: Hall,
) -> None:
    session = await offered(town, capacity="2")
    for who in (TEACHER, OFFICE, ISO):
        await signs_up(town, who, session)
    await mornings(town, 3)
    assert not await rows(town, SessionNews.REMINDER), "Thursday"
    await mornings(town, 1)
    assert set(await rows(town, SessionNews.REMINDER)) == {TEACHER, OFFICE}, "Friday"
    assert await hears(town, TEACHER, session, SessionNews.REMINDER) is not None
    await town.ask(OFFICE, CancelSeat(session_id=session))
    await mornings(town, 3)
    assert set(await rows(town, SessionNews.REMINDER)) == {TEACHER, OFFICE, ISO}, "Monday at 10"
    assert await hears(town, OFFICE, session, SessionNews.REMINDER) is None
    await mornings(town, 1)
    assert await hears(town, TEACHER, session, SessionNews.REMINDER) is None, "it is over"


# -- afterwards ------------------------------------------------------------------------------------


async def test_who_missed_it_gets_the_recording_once(town: Hall) -> None:
    session = await offered(town, capacity="2", format=Format.RECORDED, link="https://meet.example")
    for who in (TEACHER, OFFICE, ISO):
        await signs_up(town, who, session)
    teacher = await person(town.core, TEACHER)
    early = RecordAttendance(session_id=session)
    assert isinstance(await town.ask(CHAIR, early), Refused), "it has not begun"
    await mornings(town, 8)
    form = await town.ask(CHAIR, ShowAttendance(session_id=session))
    assert form.begun
    assert len(form.attended) == 2, "all are ticked"
    marked = RecordAttendance(
        session_id=session, attended=(str(teacher.id),), recording="https://video.example/1"
    )
    assert isinstance(await town.ask(TEACHER, marked), Refused)
    done = await town.ask(CHAIR, marked)
    assert done.attended == (str(teacher.id),)
    assert set(await rows(town, SessionNews.RECORDING)) == {OFFICE, ISO}, "also who waited"
    told = await hears(town, OFFICE, session, SessionNews.RECORDING)
    assert told is not None
    before = await rows(town, SessionNews.RECORDING)
    await town.ask(CHAIR, replace(marked, recording="https://video.example/2"))
    assert await rows(town, SessionNews.RECORDING) == before, "once"
    listed = await town.ask(TEACHER, ShowLearning())
    assert [one.session.id for one in listed.recorded] == [session]
    plain = await town.ask(CHAIR, replace(marked, recording="http://video.example/1"))
    assert set(plain.unfit) == {"recording"}, "its hint says https"
    bad = replace(marked, recording="file:///etc/passwd")
    assert isinstance(await town.ask(CHAIR, bad), Rejected)


# -- on a change -----------------------------------------------------------------------------------


async def facet(town: Hall, who: str, change: UUID) -> tuple[str, str]:
    view = await town.ask(who, ShowChange(change_id=change))
    found = [one for one in drawn(Words("en"), view.facets) if one.name == "Training"]
    return (found[0].said, found[0].todo) if found else ("", "")


async def test_a_change_says_how_many_learned_and_what_is_full(town: Hall) -> None:
    change = await approved(town)
    assert await facet(town, TEACHER, change) == ("", "")
    session = await offered(town, change_id=change, capacity="1")
    await offered(town, change_id=change, capacity="9")
    await signs_up(town, TEACHER, session)
    await signs_up(town, OFFICE, session)
    assert await facet(town, TEACHER, change) == ("2 sessions", "")
    said, todo = await facet(town, CTO, change)
    assert said == "2 sessions, 1 of 10 seats taken"
    assert todo == "“New sign-in page” is full and 1 person is waiting: add another session."
    listed = await town.ask(TEACHER, ShowLearning(change_id=change))
    assert len(listed.sessions) == 2


async def test_a_how_to_leads_to_the_sessions_once_there_are_some(town: Hall) -> None:
    change = await approved(town)
    found = await messages(town, change)

    async def leads(phase: Phase) -> UUID | None:
        notice = await composed(town, "notice", found[phase].id)
        assert isinstance(notice, Notice)
        return notice.training

    assert await leads(Phase.HOW_TO) is None
    session = await offered(town, change_id=change)
    assert await leads(Phase.HOW_TO) == change
    assert await leads(Phase.LIVE) is None
    await town.ask(CTO, CancelSession(session_id=session))
    assert await leads(Phase.HOW_TO) is None
