"""Ten questions of every kind over four pages, one of which depends on an answer: in Slack, Teams
and a browser they are answered, put right, changed, closed and counted alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Browser, Page

from bot.conversation import Speaker
from core.people import Platform
from surveys.commands import AnswerPage
from surveys.questions import RawAnswer
from surveys.results.model import CommentsResult, QuestionResult, RankingResult, ShareResult
from tests.journeys.running import Running, running, until
from tests.journeys.test_pages_that_depend import answers, window
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.test_web import shows, signed_in
from tests.journeys.town import TEACHER, person, settle, small_roster, teachers
from tests.journeys.trips import launch
from tests.stand_ins.slack import texts

pytestmark = pytest.mark.usefixtures("exact")

TITLE = "The learning platform after one year"
OTHERS = [one.email for one in teachers(small_roster(40), 19)]
RECOMMEND = [0, 5, 6, 7, 8, 9, 9, 10, 10] * 2 + [9]
OUT_OF_RANGE, TOLD = "2019-09-01", "from August 1, 2025 to December 31, 2026"

FIRST: dict[str, Any] = {
    "how-often": 4,
    "platform.easy": 2,
    "platform.works": 5,
    "platform.saves-time": 3,
    "platform.students": 4,
    "most-for": "other",
    "most-for.other": "Sharing films",
}
SECOND: dict[str, Any] = {
    "helped": ("colleague", "other"),
    "helped.other": "My daughter",
    "last-course": "2026-03-09",
    "hours": 2.5,
    "next": ("search", "speed", "phone"),
}
ANSWERED = {**FIRST, **SECOND, "hard": "Uploading.", "recommend": 0}
CHANGED = {key: one for key, one in ANSWERED.items() if key != "hard"} | {
    "platform.easy": 4,
    "recommend": 10,
}


async def the_others_answer(service: Running, wave: UUID) -> None:
    """Nineteen more people, through the same door without a screen."""
    for email, recommend in zip(OTHERS, RECOMMEND, strict=True):
        who = await person(service.core, email)
        speaker = Speaker(platform=Platform.WEB, person=who.id)
        pages: dict[int, dict[str, RawAnswer]] = {
            0: {
                **{key: str(one) for key, one in FIRST.items()},
                "platform.easy": "5",
                "most-for.other": f"Films of {recommend}",
            },
            1: {"hours": "2", "next": ("speed", "search", "phone")},
            3: {"recommend": str(recommend)},
        }
        for page, given in pages.items():
            command = AnswerPage(wave_id=wave, page=page, answers=given)
            await service.core.dispatch.handle(speaker, command)


async def counted(service: Running, wave: UUID) -> dict[str, QuestionResult]:
    """The district's released results, after the closing."""
    await the_others_answer(service, wave)
    await service.pass_time(days=8)
    results = await until(lambda: service.core.store.read(lambda tx: tx.results(wave)))
    assert results.final
    assert results.answered == 20
    return {one.question: one for one in results.tables[0].cells[0].questions}


def are_right(of: dict[str, QuestionResult]) -> None:
    easy, recommend = of["platform.easy"], of["recommend"]
    assert isinstance(easy, ShareResult)
    assert [share.share for share in easy.shares] == [0, 0, 0, 1 / 20, 19 / 20]
    assert easy.asked_in is not None
    assert isinstance(recommend, ShareResult)
    assert recommend.enps is not None
    assert round(recommend.enps.score) == 20  # ten of twenty promote, six do not
    most_for, words = of["most-for"], of["most-for.other"]
    assert isinstance(most_for, ShareResult)
    assert [share.share for share in most_for.shares] == [0, 0, 0, 0, 1]
    assert isinstance(words, CommentsResult)
    assert "Sharing films" in words.comments
    hours, following = of["hours"], of["next"]
    assert isinstance(hours, ShareResult)
    assert [share.share for share in hours.shares] == [1, 0, 0, 0, 0], "all said less than three"
    assert isinstance(following, RankingResult)
    assert following.ranked[0].key == "speed"
    assert of["last-course"].question == "last-course"


async def test_in_slacks_window(tmp_path: Path) -> None:
    async with in_slack(tmp_path, OTHERS) as place:
        slack, service, user = place.slack, place.service, place.users[TEACHER]
        wave = await launch(service, [TEACHER, *OTHERS], "learning-platform")
        await slack.click(user, await place.message(user, TITLE), "Answer")
        first = await until(lambda: window(place, user, "How often"))
        assert "Page 1 of about 3." in texts(first)
        await slack.submit(user, {key: _typed(one) for key, one in FIRST.items()})

        second = {key: _typed(one) for key, one in SECOND.items()}
        refused = await slack.submit(user, {**second, "last-course": OUT_OF_RANGE})
        ((beside, why),) = refused.json()["errors"].items()
        assert beside.endswith("|last-course")
        assert TOLD in why
        await slack.submit(user, second)
        await slack.submit(user, {"hard": "Uploading."})
        await slack.submit(user, {"recommend": "0"})
        assert await answers(service, wave, TEACHER) == ANSWERED

        thanks = await window(place, user, "Thank you")
        assert thanks is not None
        await slack.click(user, thanks, "Change my answers")
        await until(lambda: window(place, user, "How often"))
        await slack.submit(user, {"platform.easy": "4"})
        await slack.submit(user)
        await slack.submit(user, {"recommend": "10"})
        assert await answers(service, wave, TEACHER) == CHANGED
        are_right(await counted(service, wave))


def _typed(answer: object) -> Any:
    return answer if isinstance(answer, tuple) else str(answer)


async def test_on_teams_cards(tmp_path: Path) -> None:
    async with in_teams(tmp_path) as place:
        teams, service, user = place.teams, place.service, await place.join(TEACHER)
        wave = await launch(service, [TEACHER, *OTHERS], "learning-platform")
        card = await teams.execute(user, await place.message(user.chat, TITLE), "Answer")
        card = await teams.execute(user, card.card, "Save and continue", _inputs(FIRST))
        wrong = {**_inputs(SECOND), "field.last-course": OUT_OF_RANGE}
        card = await teams.execute(user, card.card, "Save and continue", wrong)
        assert TOLD in card.text
        card = await teams.execute(user, card.card, "Save and continue", _inputs(SECOND))
        assert "What is hard to do in it?" in card.text
        card = await teams.execute(
            user, card.card, "Save and continue", {"field.hard": "Uploading."}
        )
        card = await teams.execute(user, card.card, "Send my answers", {"field.recommend": "0"})
        assert await answers(service, wave, TEACHER) == ANSWERED

        card = await teams.execute(user, card.card, "Change my answers")
        card = await teams.execute(
            user, card.card, "Save and continue", {"field.platform.easy": "4"}
        )
        card = await teams.execute(user, card.card, "Save and continue")
        await teams.execute(user, card.card, "Send my answers", {"field.recommend": "10"})
        assert await answers(service, wave, TEACHER) == CHANGED
        are_right(await counted(service, wave))


def _inputs(said: dict[str, Any]) -> dict[str, Any]:
    """As a card's inputs: several joined by commas, a ranking in one input for each place."""
    made: dict[str, Any] = {}
    for key, answer in said.items():
        if key == "next":
            made |= {f"rank.{place}.next": one for place, one in enumerate(answer, start=1)}
        elif isinstance(answer, tuple):
            made[f"many.{key}"] = list(answer)
        else:
            made[f"field.{key}"] = str(answer)
    return made


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_in_a_browser(tmp_path: Path, browser: Browser) -> None:
    async with running(tmp_path, settle()) as service:
        wave = await launch(service, [TEACHER, *OTHERS], "learning-platform")
        async with signed_in(browser, service, TEACHER) as page:
            await page.goto(f"/surveys/{wave}")
            await _fill(page, FIRST)
            await page.get_by_role("button", name="Save and continue").click()
            await shows(page, "Page 2 of about 4")
            await _fill(page, {**SECOND, "last-course": OUT_OF_RANGE})
            await page.get_by_role("button", name="Save and continue").click()
            await page.get_by_role("alert").get_by_text(TOLD).wait_for()
            assert await page.locator('[name="hours"]').input_value() == "2.5", "the rest is kept"
            await page.locator('[name="last-course"]').fill("2026-03-09")
            await page.get_by_role("button", name="Save and continue").click()
            await page.get_by_label("What is hard to do in it?").fill("Uploading.")
            await page.get_by_role("button", name="Save and continue").click()
            await _fill(page, {"recommend": 0})
            await page.get_by_role("button", name="Send my answers").click()
            await shows(page, "Thank you")
            assert await answers(service, wave, TEACHER) == ANSWERED

            await page.goto(f"/surveys/{wave}")
            await page.get_by_role("radio", name="The platform is easy to use. Agree").check()
            await page.get_by_role("button", name="Save and continue").click()
            await shows(page, "Page 2 of about 3")
            await page.get_by_role("button", name="Save and continue").click()
            await _fill(page, {"recommend": 10})
            await page.get_by_role("button", name="Send my answers").click()
            await shows(page, "Thank you")
            assert await answers(service, wave, TEACHER) == CHANGED
        are_right(await counted(service, wave))


async def _fill(page: Page, said: dict[str, Any]) -> None:
    """Each answer into the inputs of its name."""
    for key, answer in said.items():
        inputs = page.locator(f'[name="{key}"]')
        kind = await inputs.first.evaluate("one => one.type")
        if kind in ("radio", "checkbox"):
            for one in answer if isinstance(answer, tuple) else (answer,):
                await page.locator(f'[name="{key}"][value="{one}"]').check()
        elif kind == "select-one":
            for place, one in enumerate(answer):
                await inputs.nth(place).select_option(one)
        else:
            await inputs.fill(str(answer))
