"""In Slack and in Teams: a session is found from the help, signed up for with one press, full,
canceled, and its seat reaches who waits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from core.words import Words
from governance.changes.commands import TakeChangeStep
from governance.changes.model import ChangeStep
from governance.learning.commands import SignUp, WriteSession
from governance.learning.messages import SessionView
from tests.journeys import test_slack, test_teams
from tests.journeys.running import Running
from tests.journeys.test_changes import ask, proposed
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER
from tests.stand_ins.slack import texts

pytestmark = pytest.mark.usefixtures("quick_reader")


@pytest.fixture
async def slack_place(tmp_path: Path) -> AsyncIterator[test_slack.Place]:
    async with in_slack(tmp_path, [OFFICE]) as found:
        yield found


@pytest.fixture
async def teams_place(tmp_path: Path) -> AsyncIterator[test_teams.Place]:
    async with in_teams(tmp_path) as found:
        yield found


async def offered(service: Running, session: UUID, day: date, change: UUID | None = None) -> None:
    """With one seat, led by the ISO."""
    command = WriteSession(
        session_id=session,
        title="Signing in",
        day=day,
        begins="15:30",
        ends="16:30",
        place="Room 4",
        capacity="1",
        leader=ISO,
        change_id=change,
    )
    assert isinstance(await ask(service, CTO, command), SessionView)


async def test_in_slack_the_last_seat_goes_to_who_waits(slack_place: test_slack.Place) -> None:
    slack, users, service = slack_place.slack, slack_place.users, slack_place.service
    session, day = uuid4(), service.clock().date() + timedelta(days=30)
    await offered(service, session, day)
    for who, stands in ((TEACHER, "You have a seat."), (OFFICE, "You are number 1")):
        await slack.dm(users[who], "help")
        helps = await slack_place.message(users[who], "What you can do here")
        await slack.click(users[who], helps, "Training")
        listed = await slack_place.message(users[who], "Room 4")
        if who == TEACHER:
            assert "1 seat left" in texts(listed)
            await slack.click(users[who], listed, f"Sign up: Signing in, {on(day)}")
        else:
            assert "Full" in texts(listed)
            await slack.click(users[who], listed, f"Signing in ({on(day)})")
            seen = await slack_place.message(users[who], "It is full.")
            await slack.click(users[who], seen, "Join the waiting list")
        seated = await slack_place.message(users[who], stands)
        assert "Led by" in texts(seated)
    mine = await slack_place.message(users[TEACHER], "You have a seat.")
    await slack.click(users[TEACHER], mine, "Cancel my seat")
    assert await slack_place.message(users[TEACHER], "It is full.")
    told = await slack_place.message(users[OFFICE], "A seat opened up")
    assert "Cancel my seat" in str(told)
    await offered(service, session, day + timedelta(days=1))
    assert await slack_place.message(users[OFFICE], "It was planned for")


async def test_in_teams_the_last_seat_goes_to_who_waits(teams_place: test_teams.Place) -> None:
    teams, service = teams_place.teams, teams_place.service
    chair, office = await teams_place.join(CHAIR), await teams_place.join(OFFICE)
    change = await proposed(service)
    session, day = uuid4(), service.clock().date() + timedelta(days=20)
    await offered(service, session, day, change)
    told = await teams_place.message(chair.chat, "You can approve it or send it back.")
    seen = await teams.execute(chair, told, "Open the change")
    assert "1 session, 0 of 1 seats taken" in seen.text
    await ask(service, CHAIR, TakeChangeStep(change_id=change, step=ChangeStep.APPROVED))
    chosen = {"Something else": f"learning|{change}"}
    listed = await teams.execute(chair, seen.card, "Continue", chosen)
    mine = await teams.execute(chair, listed.card, f"Sign up: Signing in, {on(day)}")
    assert "You have a seat." in mine.text
    waits = await ask(service, OFFICE, SignUp(session_id=session))
    assert waits.line.place == 1
    gone = await teams.execute(chair, mine.card, "Cancel my seat")
    assert "It is full." in gone.text, "the seat is given on"
    news = await teams_place.message(office.chat, "Se liberó un lugar y es suyo.")
    assert "Cancelar mi lugar" in str(news)
    await offered(service, session, day + timedelta(days=1), change)
    assert await teams_place.message(office.chat, "Estaba prevista para el")
    away = await teams.execute(office, news, "Cancelar mi lugar")
    assert "Queda 1 lugar" in away.text


def on(day: date) -> str:
    return Words().day(datetime.combine(day, time(12), ZoneInfo("America/Chicago")))
