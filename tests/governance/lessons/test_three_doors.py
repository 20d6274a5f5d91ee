"""A lesson through all three doors: the question, a wrong answer, the right one, and a reminder to
the rest."""

from __future__ import annotations

from collections.abc import AsyncIterator
from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from bot.conversation import Speaker
from core.people import Audience, Platform
from governance.announcements.commands import SendAnnouncement
from governance.duties.commands import TendDuties
from governance.duties.model import Duty
from governance.lessons.commands import WriteLesson
from governance.messages import AnnouncementScheduled
from governance.read_reminders.model import READ_BY
from tests.governance.lessons.test_lessons import LESSON
from tests.journeys.running import Running, running, until
from tests.journeys.test_acknowledging import signed_in
from tests.journeys.test_slack import Place as SlackPlace
from tests.journeys.test_slack import _soon, in_slack
from tests.journeys.test_teams import Place as TeamsPlace
from tests.journeys.test_teams import in_teams
from tests.journeys.town import ISO, TEACHER, person, settle
from tests.stand_ins.slack import texts
from tests.stand_ins.teams import text_of, titles

ANSWER, WHY, DONE = (
    "Answer the question",
    "The help desk can warn others.",
    "You answered and confirmed this",
)


async def taught(service: Running) -> UUID:
    """The ISO sends a lesson to the teacher, to be done in a week."""
    lesson, iso = uuid4(), await person(service.core, ISO)
    speaker = Speaker(platform=Platform.WEB, person=iso.id)
    due = (service.clock() + timedelta(days=7)).date()
    written = WriteLesson(
        announcement_id=lesson,
        audience=Audience(people=frozenset({TEACHER})),
        **{**LESSON, "due": due},
    )
    await service.core.dispatch.handle(speaker, written)
    sent = await service.core.dispatch.handle(speaker, SendAnnouncement(announcement_id=lesson))
    assert isinstance(sent.message, AnnouncementScheduled), sent.message
    return lesson


async def duty(service: Running, lesson: UUID) -> Duty:
    who = await person(service.core, TEACHER)
    found = await service.core.store.read(lambda tx: tx.duty(READ_BY, lesson, who.id))
    assert found is not None
    return found


async def counted(service: Running, lesson: UUID) -> list[int]:
    found = await service.core.store.read(lambda tx: tx.answer_counts(lesson))
    return [one.waiting for one in found]


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[SlackPlace]:
    async with in_slack(tmp_path, []) as found:
        yield found


@pytest.fixture
async def teams(tmp_path: Path) -> AsyncIterator[TeamsPlace]:
    async with in_teams(tmp_path) as found:
        yield found


async def test_in_slack(slack: SlackPlace) -> None:
    service, user = slack.service, slack.users[TEACHER]
    lesson = await taught(service)
    message = deepcopy(await slack.message(user, str(LESSON["title"])))
    assert LESSON["text"] in texts(message)
    await slack.slack.click(user, message, ANSWER)
    assert await until(lambda: _soon(slack.slack.modal(user)))
    wrong = await slack.slack.submit(user, {"choice": "3"})
    assert WHY in wrong.text, "beside the choices"
    assert slack.slack.modal(user), "the window stays"
    assert (await duty(service, lesson)).open
    await slack.slack.submit(user, {"choice": "2"})
    done = await slack.message(user, DONE)
    assert ANSWER not in texts(done)
    assert WHY in texts(done)
    found = await duty(service, lesson)
    assert (found.way, found.late) == (Platform.SLACK, False)
    assert await counted(service, lesson) == [0, 0, 1]


async def test_in_teams(teams: TeamsPlace) -> None:
    service, user = teams.service, await teams.join(TEACHER)
    lesson = await taught(service)
    message = await teams.message(user.chat, str(LESSON["title"]))
    assert str(LESSON["question"]) in str(message.card), "the card has the question in it"
    wrong = await teams.teams.execute(user, message, "Answer", {"field.choice": "1"})
    assert WHY in text_of(wrong.card)
    assert (await duty(service, lesson)).open
    done = await teams.teams.execute(user, wrong.card, "Answer", {"field.choice": "2"})
    assert DONE in text_of(done.card)
    assert "Answer" not in titles(done.card)
    assert (await duty(service, lesson)).way is Platform.TEAMS
    assert await counted(service, lesson) == [1, 0, 0]


async def test_on_the_web(tmp_path: Path) -> None:
    async with running(tmp_path, settle()) as service:
        lesson = await taught(service)
        async with signed_in(service, TEACHER) as page:
            assert str(LESSON["title"]) in (await page.get("/lessons")).text
            shown = (await page.get(f"/announcements/{lesson}")).text
            assert str(LESSON["question"]) in shown
            csrf = shown.partition('name="csrf" value="')[2].partition('"')[0]
            hands_in = f"/do/lesson-answer|{lesson}"
            assert hands_in in shown, "no address carries an answer"
            wrong = await page.post(hands_in, data={"csrf": csrf, "choice": "3"})
            assert wrong.status_code == 200
            assert WHY in wrong.text
            assert "Try again</h2>" in wrong.text
            assert "There is a problem" not in wrong.text, "a wrong answer is no error"
            assert "<title>Error" not in wrong.text
            right = await page.post(hands_in, data={"csrf": csrf, "choice": "2"})
            assert "That’s right." in right.text
            assert WHY in right.text
            assert DONE in right.text
            listed = (await page.get("/lessons")).text
            assert ">To do<" not in listed
            assert ">Done " in listed
        async with signed_in(service, ISO) as page:
            listed = (await page.get("/lessons")).text
            assert "1 of 1" in listed
            assert "about " not in listed, "one person's answer"
            assert "By building" in (await page.get(f"/announcements/{lesson}/acknowledged")).text
            file = await page.get(f"/announcements/{lesson}/acknowledged.csv")
            assert file.headers["content-type"].startswith("text/csv")
            assert TEACHER in file.text
        assert (await duty(service, lesson)).way is Platform.WEB


async def test_a_reminder_comes_in_slack_and_its_button_opens_the_question(
    slack: SlackPlace,
) -> None:
    service, user = slack.service, slack.users[TEACHER]
    lesson = await taught(service)
    await slack.message(user, str(LESSON["title"]))
    for _ in range(14):
        if (await duty(service, lesson)).reminders:
            break
        await service.pass_time(days=1)
        await service.by_itself(TendDuties())
    reminder = deepcopy(await slack.message(user, f"Please read: {LESSON['title']}"))
    await slack.slack.click(user, reminder, ANSWER)
    assert await until(lambda: _soon(slack.slack.modal(user)))
    await slack.slack.submit(user, {"choice": "2"})
    assert await until(lambda: _done(service, lesson))


async def _done(service: Running, lesson: UUID) -> bool:
    return not (await duty(service, lesson)).open
