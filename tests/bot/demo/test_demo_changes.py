"""The demo's change is under way, and whom it is for and who works on it see it so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.demo import past
from bot.demo.changes import demo_id
from bot.demo.examples import example_past
from bot.files.said_yaml import Past, read_past
from core.school_calendar import Calendar
from core.words import Words
from governance.announcements.model import AnnouncementState
from governance.changes.commands import ShowCalendar, ShowChange, ShowSequence
from governance.changes.facets import drawn
from governance.changes.messages import ChangeCalendar, ChangeView, SequenceView
from governance.changes.model import ChangeState, Phase
from governance.faq.commands import ShowFaq
from governance.faq.messages import FaqView
from governance.home.commands import ShowDocket, ShowInbox
from governance.learning.commands import ShowLearning
from governance.learning.messages import LearningView
from governance.messages import Notice
from governance.service_notices.commands import ShowServiceStatus
from governance.service_notices.messages import ServiceStatus
from governance.views import DocketView, InboxView
from tests.attacks import hall as halls
from tests.attacks.hall import Hall, RoteReader, hall
from tests.journeys.town import CTO, TEACHER, example, person, settle

CHANGE = demo_id("wifi-sign-in")
SENDING = AnnouncementState.SENDING
CHAIR = "nikolai.drobny@schools.example.org"

STARTS = (
    datetime(2026, 10, 5, 15, tzinfo=UTC),
    datetime(2026, 11, 29, 20, tzinfo=UTC),  # a Sunday after days off
    datetime(2027, 1, 3, 2, tzinfo=UTC),  # a Saturday evening of the winter break
    datetime(2027, 8, 1, 15, tzinfo=UTC),
)


def only_changes(path: Path) -> Past:
    found = read_past(path)
    return Past(said=(), advised=(), changed=found.changed, noticed=found.noticed)


@pytest.fixture(params=STARTS, ids=lambda at: f"{at:%b %d}")
async def town(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> AsyncIterator[Hall]:
    monkeypatch.setattr(past, "read_past", only_changes)
    monkeypatch.setattr(past, "DistrictReader", RoteReader)
    monkeypatch.setattr(halls, "MONDAY", request.param)
    calendar = example().district.calendar
    monkeypatch.setattr(halls, "settle", partial(settle, calendar=calendar))
    async with hall(tmp_path, staff=7_100) as found:
        teacher = await person(found.core, TEACHER)
        await past.play_past(found.core, example_past(), spared=[teacher.id])
        yield found


async def test_who_works_on_the_change_sees_how_far_it_is(town: Hall) -> None:
    view = await town.ask(CTO, ShowChange(change_id=CHANGE))
    assert isinstance(view, ChangeView)
    assert view.record.state is ChangeState.UNDER_WAY
    assert (view.decided_by, view.owner) == ("Nikolai Drobny", "Lan Trương")
    told = {line.name: (line.said, line.todo) for line in drawn(Words(), view.facets) if line.name}
    assert list(told) == ["Reached", "Confirmed", "Training", "Ready", "Questions"]
    people = len(await town.core.store.read(lambda tx: tx.people_of(view.record.audience)))
    assert (
        f"of {people} people, with 1 of 5 messages. The next one goes out on" in told["Reached"][0]
    )
    assert told["Confirmed"][0] == f"74 of {people} asked to confirm."
    training, todo = told["Training"]
    assert training == "2 sessions, 20 of 32 seats taken; 9 people did the guide"
    assert "is full and 3 people are waiting" in todo
    questions, todo = told["Questions"]
    assert questions == "2 questions, 1 answered, 1 in the FAQ"
    assert todo.startswith("1 question has been waiting for an answer")

    sequence = await town.ask(CHAIR, ShowSequence(change_id=CHANGE))
    assert isinstance(sequence, SequenceView)
    states = [(one.planned.phase, one.announcement.state) for one in sequence.lines]
    assert states == [
        (one, SENDING if one is Phase.HEADS_UP else AnnouncementState.SCHEDULED) for one in Phase
    ]
    docket = await town.ask(CHAIR, ShowDocket(queue="network"))
    assert isinstance(docket, DocketView)
    assert len(docket.open_items) == len(docket.done_items) == 1


async def test_a_teacher_whom_it_is_for_finds_what_there_is_to_do(town: Hall) -> None:
    calendar = await town.ask(TEACHER, ShowCalendar())
    assert isinstance(calendar, ChangeCalendar)
    [row] = calendar.rows
    today = town.clock().astimezone(ZoneInfo("America/Chicago")).date()
    days = example().district.calendar or Calendar()
    assert row.day == days.school_day_after(today, 6)
    assert row.title.in_locale("es") == "Nueva forma de entrar en la red del personal"
    view = await town.ask(TEACHER, ShowChange(change_id=CHANGE))
    assert isinstance(view, ChangeView)
    names = [line.name for line in drawn(Words(), view.facets) if line.name]
    assert names == ["Training", "Questions"], "how far it is, is for who works on it"

    inbox = await town.ask(TEACHER, ShowInbox())
    assert isinstance(inbox, InboxView)
    lesson, told, down = (one.message for one in inbox.entries)
    assert isinstance(lesson, Notice)
    assert lesson.change.title.default == "How to spot a fake sign-in page"
    assert isinstance(told, Notice)
    assert told.change.title.default == "Coming up: New way to sign in to the staff network"
    assert told.due is not None
    assert told.due > today
    assert told.acknowledged_at is None
    assert isinstance(down, Notice)
    assert down.thread is not None
    assert down.thread.notice.ended_at is not None

    learning = await town.ask(TEACHER, ShowLearning(change_id=CHANGE))
    assert isinstance(learning, LearningView)
    seats = [(one.seats.taken, one.session.capacity, one.mine) for one in learning.sessions]
    assert seats == [(12, 12, None), (8, 20, None)]
    assert len(learning.guides) == 1
    faq = await town.ask(TEACHER, ShowFaq(change_id=CHANGE))
    assert isinstance(faq, FaqView)
    assert [one.question.in_locale("es")[0] for one in faq.entries] == ["¿"]
    status = await town.ask(TEACHER, ShowServiceStatus())
    assert isinstance(status, ServiceStatus)
    assert (len(status.now), len(status.planned), len(status.ended)) == (0, 0, 1)
