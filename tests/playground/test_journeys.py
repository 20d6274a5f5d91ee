"""Journeys in Microsoft's own playground: what a teacher sees and presses, in a real browser.

The cards are drawn, checked and handed in by Microsoft's code, and none of it is ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from bot.conversation import Speaker
from core.people import Audience, Platform
from core.text import text
from governance.announcements.campaign_commands import ShowProgress
from governance.announcements.commands import SendAnnouncement
from governance.messages import Progress
from surveys.commands import AnswerPage, LaunchSurvey
from surveys.messages import Answered, WaveLaunched
from surveys.questions import Choice, Number, Scale, SeveralChoice
from surveys.survey import Page, Survey
from tests.journeys.running import Running
from tests.journeys.town import CHAIR, CTO, person, small_roster, teachers
from tests.journeys.trips import announced_title, draft
from tests.playground.place import Place, in_playground, screen
from tests.stand_ins.adaptive_cards import actions
from tests.stand_ins.playground import COMMITTEE
from tests.stand_ins.teams import text_of

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FIRST_WEEK = Survey(
    key="first-week",
    title=text("The first week"),
    asked_by=text("Computing Services"),
    purpose=text("We fix first what cost you the most time."),
    pages=(
        Page(
            questions=(
                Scale(
                    key="week",
                    prompt=text("How well did technology work for you?"),
                    labels={1: text("Very badly"), 5: text("Very well")},
                ),
                Number(
                    key="hours",
                    prompt=text("How many hours did problems cost you?"),
                    minimum=0,
                    maximum=40,
                ),
                SeveralChoice(
                    key="what",
                    prompt=text("What should be fixed first?"),
                    at_most=2,
                    choices=tuple(
                        Choice(key=one.lower(), label=text(one))
                        for one in ("Wi-Fi", "Projectors", "Printers")
                    ),
                ),
            )
        ),
    ),
)


async def test_a_survey_says_what_is_missing_and_takes_the_answers_once_they_fit(
    browser: Browser, tmp_path: Path
) -> None:
    async with in_playground(tmp_path) as place, screen(browser, place) as seen:
        service = place.service
        wave = await asked(service, place.me.email)
        form = await seen.shows("Computing Services asks: The first week")

        await seen.press(form, "Send my answers")
        await form.get_by_text("Choose an answer.").wait_for()
        await form.get_by_text("Enter a number from 0 to 40.").wait_for()
        await misfill(form)
        assert not [one for one in place.playground.heard if one.sent["type"] == "invoke"]

        await seen.press(form, "Send my answers")
        again = await seen.shows("Some answers need fixing. The rest are saved.")
        await again.get_by_text("Enter a number from 0 to 40.", exact=True).wait_for()
        await again.get_by_text("Choose at most 2. You chose 3.").wait_for()
        assert await again.get_by_label("4", exact=True).is_checked(), "what fits is kept"
        hours = again.get_by_label("How many hours did problems cost you?")
        assert await hours.input_value() == "60", "and so is what was typed"
        await fill(hours, "3")
        await choose(again, "Printers", chosen=False)
        await seen.press(again, "Send my answers")
        await seen.shows("Thank you. Your answers are saved.")

        (kept,) = await service.core.store.read(lambda tx: tx.open_responses(wave))
        assert kept.answers == {"week": 4, "hours": 3, "what": ("wi-fi", "projectors")}


@pytest.mark.prove
async def test_feedback_is_said_and_its_answer_heard(browser: Browser, tmp_path: Path) -> None:
    async with in_playground(tmp_path) as place, screen(browser, place) as seen:
        await seen.say("The wifi in the portables drops every afternoon, again")
        await seen.shows("Thank you. We have your message.")

        await place.posted(COMMITTEE, "wifi in the portables drops")
        await seen.go_to("Technology committees - Network")
        brief = await seen.shows("wifi in the portables drops")
        await seen.press(brief, "Acknowledge")
        await seen.page.get_by_text("This belongs to a committee you are not on.").wait_for()

        await answered(place, "wifi in the portables drops", "New access points arrive in March.")
        await brief.get_by_text("New access points arrive in March.").wait_for()
        await seen.go_to("Personal Chat")
        heard = await seen.shows("New access points arrive in March.")
        await heard.get_by_text("Network").first.wait_for()


@pytest.mark.prove
async def test_an_announcement_is_read_and_confirmed(browser: Browser, tmp_path: Path) -> None:
    async with in_playground(tmp_path) as place, screen(browser, place) as seen:
        service = place.service
        announcement = await draft(service, [place.me.email])
        await service.by_itself(SendAnnouncement(announcement_id=announcement, at=None))
        notice = await seen.shows(announced_title())
        await seen.press(notice, "I have read this")
        read = await seen.shows("You confirmed this on")
        assert announced_title() in await read.inner_text(), "the announcement stays in view"
        assert not await read.get_by_role("button", name="I have read this").count()
        progress = await service.by_itself(ShowProgress(announcement_id=announcement))
        assert isinstance(progress, Progress)
        assert (progress.tally.sent, progress.tally.acknowledged) == (1, 1)


@pytest.mark.prove
@pytest.mark.usefixtures("exact")
async def test_results_come_in_charts_that_teams_draws(browser: Browser, tmp_path: Path) -> None:
    async with in_playground(tmp_path, CTO) as place, screen(browser, place) as seen:
        await reported(place.service)
        results = await seen.shows("Results: The first week")
        await results.get_by_text("About 20 of 24 people answered").wait_for()
        for bar in ("4, 50", "Very well, 17", "Printers, 33"):
            await results.get_by_role("img", name=bar, exact=True).wait_for()
        assert not await results.locator("img").count(), "the pictures are for older clients"


async def reported(service: Running) -> None:
    """The survey asked of 24 people, answered by 18 of them, and closed."""
    staff = [one.email for one in teachers(small_roster(40), 24)]
    wave = await asked(service, *staff)
    for email, week in zip(staff, 3 * ("1", "2", "4", "4", "4", "5"), strict=False):
        who = await person(service.core, email)
        answers = {"week": week, "hours": week, "what": "wi-fi" if week > "3" else "printers"}
        command = AnswerPage(wave_id=wave, page=0, answers=answers)
        speaker = Speaker(platform=Platform.WEB, person=who.id)
        handled = await service.core.dispatch.handle(speaker, command)
        assert isinstance(handled.message, Answered)
    await service.pass_time(days=8)


async def asked(service: Running, *emails: str) -> UUID:
    """Launch the survey for some people."""
    launched = await service.by_itself(
        LaunchSurvey(
            wave_id=uuid4(),
            survey=FIRST_WEEK,
            audience=Audience(people=frozenset(emails)),
            opens_at=None,
            closes_at=service.clock() + timedelta(days=7),
            reminders=(),
        )
    )
    assert isinstance(launched, WaveLaunched)
    return launched.wave_id


async def misfill(form: Locator) -> None:
    """Fill the survey in with a number that is too large, and with one choice too many."""
    await choose(form, "4")
    await fill(form.get_by_label("How many hours did problems cost you?"), "60")
    for box in ("Wi-Fi", "Projectors", "Printers"):
        await choose(form, box)


async def answered(place: Place, said: str, answer: str) -> None:
    """The committee's chair answers what somebody said, in the committee's channel."""
    brief = await place.posted(COMMITTEE, said)
    assert "Naomi" not in str(brief.sent), "the name is withheld"
    chair, card = place.somebody(CHAIR), brief.sent["attachments"][0]["content"]

    async def press(card: Mapping[str, Any], title: str, **typed: str) -> Any:
        button = next(one for one in actions(card) if one["title"] == title)
        button = button | {"data": button["data"] | typed}
        return await place.playground.invoke(chair, brief.thread, brief.answer["id"], button)

    form = await press(card, "Answer")
    done = await press(form["value"], "Send the answer", **{"field.text": answer})
    assert answer in text_of(done["value"])


async def choose(form: Locator, choice: str, *, chosen: bool = True) -> None:
    """Choose one of a question's choices, or take the choice back. The playground draws the
    question again for it, so that what is chosen shows a moment later."""
    from playwright.async_api import expect

    label = form.get_by_text(choice, exact=True)
    await label.click()
    await expect(label.locator("xpath=..").locator("input")).to_be_checked(checked=chosen)


async def fill(field: Locator, typed: str) -> None:
    """Type into a field and leave it: only then does the playground take what was typed."""
    await field.fill(typed)
    await field.press("Tab")
