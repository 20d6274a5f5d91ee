"""In Slack and in Teams: a session is found from the help, signed up for with one press, full,
canceled, and its seat reaches who waits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from governance.learning.commands import WriteSession
from governance.learning.messages import SessionView
from tests.journeys import test_slack, test_teams
from tests.journeys.running import Running
from tests.journeys.test_changes import ask
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER
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


async def offered(service: Running, session: UUID, day: date) -> None:
    """With one seat, led by a chair."""
    command = WriteSession(
        session_id=session,
        title="Signing in",
        day=day,
        begins="15:30",
        ends="16:30",
        place="Room 4",
        capacity="1",
        leader=CHAIR,
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
    teacher, office = await teams_place.join(TEACHER), await teams_place.join(OFFICE)
    session, day = uuid4(), service.clock().date() + timedelta(days=30)
    await offered(service, session, day)
    (helps,) = await teams.say(teacher, "help")
    listed = await teams.execute(teacher, helps, "Training")
    mine = await teams.execute(teacher, listed.card, f"Sign up: Signing in, {on(day)}")
    assert "You have a seat." in mine.text
    (helps,) = await teams.say(office, "help")
    listed = await teams.execute(office, helps, "Training")
    assert "Full" in listed.text
    seen = await teams.execute(office, listed.card, f"Signing in ({on(day)})")
    waits = await teams.execute(office, seen.card, "Join the waiting list")
    assert "You are number 1 on the waiting list." in waits.text
    gone = await teams.execute(teacher, mine.card, "Cancel my seat")
    assert "It is full." in gone.text, "the seat is given on"
    told = await teams_place.message(office.chat, "A seat opened up")
    assert "Cancel my seat" in str(told)
    await offered(service, session, day + timedelta(days=1))
    assert await teams_place.message(office.chat, "It was planned for")


def on(day: date) -> str:
    return f"{day:%A, %B} {day.day}"
