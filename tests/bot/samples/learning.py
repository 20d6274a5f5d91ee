"""Training sessions, guides and the news of them, as every platform draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from core.people import Audience, Role
from core.text import text
from governance.announcements.model import Change
from governance.learning import forms
from governance.learning.commands import CancelSession, WriteGuide, WriteSession
from governance.learning.messages import (
    AttendanceForm,
    GuideAsked,
    GuideLine,
    GuideView,
    LearningView,
    SessionLine,
    SessionNews,
    SessionTold,
    SessionView,
)
from governance.learning.model import Format, Guide, Seat, Seats, TrainingSession
from governance.messages import Message, Notice
from surveys.questions import Unfit
from tests.bot.samples.forms import form

SESSION = UUID("9a1c5c1e-0000-4000-8000-000000000056")
GUIDE = UUID("9a1c5c1e-0000-4000-8000-000000000057")
CHANGE = UUID("9a1c5c1e-0000-4000-8000-000000000018")
_STARTS = datetime(2026, 12, 1, 21, 30, tzinfo=UTC)
_TITLE = text("New sign-in page", es="Nueva página de inicio")


def learning(hostile: str) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    found = TrainingSession(
        id=SESSION,
        title=text("Signing in with your badge"),
        about=text("How you sign in, and what to do if you forgot your badge."),
        day=date(2026, 12, 1),
        begins=time(15, 30),
        ends=time(16, 30),
        leader=UUID(int=1),
        place="Room 4, Lincoln Middle School",
        capacity=40,
        change_id=CHANGE,
        audience=Audience(roles=frozenset({Role.TEACHER})),
    )
    seat = Seat(session_id=SESSION, person=UUID(int=2), number=3, at=_STARTS, seated=True)
    line = SessionLine(
        session=found,
        starts=_STARTS,
        ends=_STARTS + timedelta(hours=1),
        seats=Seats(taken=36),
    )
    full = replace(line, seats=Seats(taken=40, waiting=9))
    another = replace(full, session=replace(found, id=UUID(int=10)))
    mine = replace(line, mine=seat)
    waits = replace(full, mine=replace(seat, seated=False), place=3)
    online = replace(
        found,
        id=UUID(int=7),
        title=text("Questions about the new page"),
        about=text(hostile),
        format=Format.RECORDED,
        place="",
        link="https://meet.example.org/sign-in",
        capacity=None,
        change_id=None,
    )
    joined = replace(mine, session=online)
    over = replace(
        mine, session=replace(online, recording="https://video.example.org/1"), starts=_STARTS
    )
    earlier = replace(over.session, id=UUID(int=9))
    view = SessionView(line=line, leader=hostile, change=_TITLE)
    runs = replace(view, line=full, runs=True, leads=True)
    guide = Guide(
        id=GUIDE,
        title=text("Try the new sign-in page"),
        text=text("Sign in once with your badge. Then sign out."),
        link="https://schools.example.org/try",
        change_id=CHANGE,
    )
    guided = GuideView(guide=guide, change=_TITLE)
    session_form = form(
        WriteSession(session_id=SESSION, change_id=CHANGE, about=hostile),
        forms.session(
            found,
            found.audience,
            {},
            change_id=CHANGE,
            leader="nikolai.drobny@schools.example.org",
            told=45,
        ),
    )
    attendance = AttendanceForm(
        session_id=SESSION,
        title=found.title,
        people=((str(UUID(int=2)), "Naomi Whitehorse"), (str(UUID(int=3)), hostile)),
        waiting=("Ottilie Brandvold",),
        begun=True,
        attended=(str(UUID(int=2)), str(UUID(int=3))),
    )
    told = SessionTold(news=SessionNews.SEAT, view=replace(view, line=mine))
    moved = replace(found, moved_from=_STARTS - timedelta(days=1), sequence=1)
    return {
        "learning": LearningView(
            sessions=(mine, another, replace(line, session=online, seats=Seats(taken=3))),
            recorded=(replace(over, session=earlier, starts=_STARTS - timedelta(days=14)),),
            guides=(
                GuideLine(guide=guide, done_at=_STARTS - timedelta(days=2)),
                GuideLine(guide=replace(guide, id=UUID(int=8), due=date(2026, 12, 11))),
            ),
        ),
        "learning_for_change": LearningView(sessions=(line,), change=(CHANGE, _TITLE), writes=True),
        "notice_with_training": Notice(
            announcement_id=CHANGE,
            change=Change(
                title=text("How to prepare: New sign-in page"),
                what=text("You sign in with your badge number."),
                why=text("The old page is no longer supported."),
                when=text("Monday, December 7"),
                who=text("Everyone who uses a district computer."),
                action=text("Have your badge with you."),
            ),
            sender="Ramona Castellanos",
            acknowledge=True,
            training=CHANGE,
        ),
        "learning_empty": LearningView(sessions=()),
        "session": view,
        "session_full": replace(view, line=full),
        "session_mine": replace(view, line=joined, change=None),
        "session_waiting": replace(view, line=waits),
        "session_run": runs,
        "session_over": replace(view, line=over, over=True, leads=True, runs=True),
        "session_cancelled": replace(
            view, line=replace(mine, session=replace(found, cancelled=True, why=hostile))
        ),
        "session_form": session_form,
        "session_form_unfit": form(
            WriteSession(session_id=SESSION, change_id=CHANGE, about=hostile, begins="noon"),
            forms.session(None, found.audience, {}, change_id=CHANGE),
            unfit={"begins": Unfit(why="Enter a time of day, such as 15:30 or 3:30 PM.")},
        ),
        "session_cancel_form": form(
            CancelSession(session_id=SESSION), forms.cancelling(SESSION, found.title, 45)
        ),
        "attendance": attendance,
        "signed_up": replace(attendance, begun=False),
        "session_seat": told,
        "session_reminder": replace(
            told, news=SessionNews.REMINDER, view=replace(view, line=joined, change=None)
        ),
        "session_moved": replace(
            told,
            news=SessionNews.MOVED,
            view=replace(view, line=replace(waits, session=moved)),
        ),
        "session_cancelled_news": replace(
            told,
            news=SessionNews.CANCELLED,
            view=replace(
                view,
                line=replace(
                    mine, session=replace(found, cancelled=True, why="The trainer is ill.")
                ),
            ),
        ),
        "session_recording": replace(
            told, news=SessionNews.RECORDING, view=replace(view, line=over, over=True)
        ),
        "guide": guided,
        "guide_done": replace(guided, done_at=_STARTS, runs=True, did=212),
        "guide_due": replace(guided, due=date(2026, 12, 11)),
        "guide_asked": GuideAsked(view=replace(guided, due=date(2026, 12, 11))),
        "guide_reminder": GuideAsked(view=replace(guided, due=date(2026, 12, 11)), reminder=True),
        "guide_form": form(
            WriteGuide(guide_id=GUIDE, change_id=CHANGE, title=hostile, due=date(2026, 12, 11)),
            forms.guide(None, Audience(), {}, change_id=CHANGE, second=None),
        ),
    }
