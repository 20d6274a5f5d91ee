"""Somebody who has answered sees what they said, and nobody else does: in Slack's window, on Teams'
card for who pressed, on their own page. It stands in no chat, no log and no table."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Browser
from sqlalchemy import Connection, MetaData, Table, inspect, select, text

from surveys.commands import AnswerPage, CloseWave
from surveys.questions import RawAnswer
from tests.attacks.visiting import ask, send
from tests.attacks.visiting import signed_in as visitor
from tests.bot.web.test_browser import serious
from tests.journeys.logged import Log
from tests.journeys.running import Running, running, until
from tests.journeys.test_pages_that_depend import window
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.test_ten_questions import FIRST, OUT_OF_RANGE, SECOND, TITLE, TOLD
from tests.journeys.test_web import shows, signed_in
from tests.journeys.town import TEACHER, settle, small_roster, teachers
from tests.journeys.trips import launch
from tests.stand_ins.slack import SlackStandIn, texts

OTHER = teachers(small_roster(40), 1)[0].email
SEEN = (
    "Sharing films",
    "It saves me time.",
    "My daughter",
    "March 9, 2026",
    "Uploading takes a",
)
"""Of each kind of question something, as it is shown to who said it."""
SECRET = ("Sharing films", "My daughter", "Uploading takes a")
"""What was typed, and must stand nowhere that lasts."""
UNANSWERED = "You did not answer this."


def _raw(said: dict[str, object]) -> dict[str, RawAnswer]:
    return {key: one if isinstance(one, tuple) else str(one) for key, one in said.items()}


async def answered(service: Running, wave: UUID, *, pages: Sequence[int] = (0, 1, 2, 3)) -> None:
    """Through the door without a screen."""
    said: dict[int, dict[str, RawAnswer]] = {
        0: _raw(FIRST),
        1: _raw(SECOND),
        2: {"hard": "Uploading takes a day."},
        3: {"recommend": "0"},
    }
    for page in pages:
        await ask(service, TEACHER, AnswerPage(wave_id=wave, page=page, answers=said[page]))


def _read(folder: Path) -> bytes:
    return b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file())


async def kept_in_words(service: Running, folder: Path) -> list[str]:
    """Which of the typed words stand readable in a table, or in the database's own files."""

    def tables(connection: Connection) -> str:
        every = [Table(name, MetaData()) for name in inspect(connection).get_table_names()]
        rows = [connection.execute(select(text("*")).select_from(one)).all() for one in every]
        return str(rows)

    read = await service.core.store.read(lambda tx: tables(tx.connection))
    files = await asyncio.to_thread(_read, folder)
    return [said for said in SECRET if said in read or said.encode() in files]


async def at_home(slack: SlackStandIn, user: str, words: str) -> dict[str, Any] | None:
    shown = slack.home(user)
    return shown if shown and words in texts(shown) else None


async def test_in_slacks_window_and_nowhere_else(tmp_path: Path, log: Log) -> None:
    async with in_slack(tmp_path, [OTHER]) as place:
        slack, service, user = place.slack, place.service, place.users[TEACHER]
        wave = await launch(service, [TEACHER, OTHER], "learning-platform")
        asked = await place.message(user, TITLE)
        await answered(service, wave, pages=(0, 1, 2))
        await slack.click(user, asked, "Answer")
        await until(lambda: window(place, user, "How often"))
        for given in ({}, {}, {}, {"recommend": "0"}):
            await slack.submit(user, given)
        thanks = await until(lambda: window(place, user, "Thank you"))

        await slack.click(user, thanks, "What you said")
        shown = await until(lambda: window(place, user, "Only you are shown this"))
        assert [said for said in SEEN if said not in texts(shown)] == []
        assert "First: " in texts(shown)
        assert "2.5 hours" in texts(shown)
        assert "0: " in texts(shown), "the net promoter score's own words for its end"

        await slack.click(user, shown, "Your surveys")
        mine = await until(lambda: window(place, user, "What you said"))
        assert "You can change your answers until" in texts(mine)
        await slack.click(user, mine, "What you said")
        await until(lambda: window(place, user, "Sharing films"))
        await slack.click(user, await window(place, user, "Sharing films"), "Change my answers")
        form = await until(lambda: window(place, user, "Page 1 of"))
        assert "Sharing films" in str(form), "the form has what they said in it"

        await slack.open_home(user)
        home = await until(lambda: at_home(slack, user, "What you said"))
        await slack.click(user, home, "What you said")
        await until(lambda: window(place, user, "Sharing films"))
        await service.by_itself(CloseWave(wave_id=wave))
        await slack.click(user, home, "What you said")
        sealed = await until(lambda: window(place, user, "no longer know what you answered"))
        assert "Sharing films" not in str(sealed)

        others = place.users[OTHER]
        kept = [*slack.from_app(user), *slack.from_app(others)]
        assert [said for said in SECRET if said in str(kept)] == []
        assert [said for said in SECRET if said in log.text] == []


async def test_on_teams_card_for_who_pressed_and_in_no_chat(tmp_path: Path, log: Log) -> None:
    async with in_teams(tmp_path) as place:
        teams, service, user = place.teams, place.service, await place.join(TEACHER)
        wave = await launch(service, [TEACHER, OTHER], "learning-platform")
        card = await teams.execute(user, await place.message(user.chat, TITLE), "Answer")
        await answered(service, wave, pages=(0, 1))
        await teams.say(user, "surveys")
        mine = await place.message(user.chat, "Your surveys")
        card = await teams.execute(user, mine, "Continue answering")
        card = await teams.execute(user, card.card, "Save and continue")
        card = await teams.execute(user, card.card, "Save and continue")
        card = await teams.execute(
            user, card.card, "Save and continue", {"field.hard": "Uploading takes a day."}
        )
        card = await teams.execute(user, card.card, "Send my answers", {"field.recommend": "0"})
        thanks = card

        card = await teams.execute(user, thanks.card, "What you said")
        assert [said for said in SEEN if said not in card.text] == []
        assert "Only you are shown this" in card.text
        card = await teams.execute(user, card.card, "Change my answers")
        assert "Sharing films" in str(card.card), "the form has what they said in it"

        for pressed, where in (("What you said", "/said"), ("Change my answers", "/surveys/")):
            (plain,) = await teams.submit(user, thanks.card, pressed)  # a client of another age
            assert f"{wave}" in str(plain.card)
            assert where in str(plain.card)
        second = await teams.execute(user, card.card, "Save and continue")
        wrong = {"field.last-course": OUT_OF_RANGE}
        (plain,) = await teams.submit(user, second.card, "Save and continue", wrong)
        assert TOLD in plain.text
        posted = [message.card for message in teams.messages(user.chat)]
        assert [said for said in SECRET if said in str(posted)] == []
        assert [said for said in SECRET if said in log.text] == []


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_on_ones_own_page_and_no_one_elses(tmp_path: Path, log: Log) -> None:
    async with running(tmp_path, settle()) as service:
        wave = await launch(service, [TEACHER], "learning-platform")
        path = f"/surveys/{wave}/said"
        async with visitor(service, TEACHER) as me, visitor(service, OTHER) as somebody:
            assert "You have not answered yet" in (await me.get(path)).text
            await answered(service, wave, pages=(0,))
            begun = await me.get(path)
            assert "have not sent everything" in begun.text
            assert UNANSWERED in begun.text
            assert "No, thank you" in begun.text, "who has only begun may still say no"

            await answered(service, wave)
            shown = await me.get(path)
            assert [said for said in SEEN if said not in shown.text] == []
            assert shown.text.count(UNANSWERED) == 1, "what may be left out"
            assert shown.headers["cache-control"] == "no-store"
            assert "No, thank you" not in shown.text

            refused = await somebody.get(path)
            assert refused.status_code == 403
            assert "has not asked you anything" in refused.text
            assert "Sharing films" not in refused.text
            assert "You have not been asked anything yet." in (await somebody.get("/surveys")).text
            assert "What you said" in (await me.get("/surveys")).text
            assert await kept_in_words(service, tmp_path) == []

            await service.by_itself(CloseWave(wave_id=wave))
            sealed = await me.get(path)
            assert "no longer know what you answered" in sealed.text
            assert "Sharing films" not in sealed.text
            listed = (await me.get("/surveys")).text
            assert "Results have not been published yet." in listed
        assert [said for said in SECRET if said in log.text] == []


async def test_who_says_no_halfway_has_said_nothing(tmp_path: Path) -> None:
    async with running(tmp_path, settle()) as service:
        wave = await launch(service, [TEACHER], "learning-platform")
        await answered(service, wave, pages=(0, 1))
        async with visitor(service, TEACHER) as me:
            assert (await send(me, f"/surveys/{wave}/decline")).status_code == 303
            shown = await me.get(f"/surveys/{wave}/said")
            assert "You said no." in shown.text
            assert "Sharing films" not in shown.text


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_in_a_browser_it_is_found_read_and_changed(tmp_path: Path, browser: Browser) -> None:
    async with running(tmp_path, settle()) as service:
        wave = await launch(service, [TEACHER], "learning-platform")
        await answered(service, wave)
        async with signed_in(browser, service, TEACHER) as page:
            await page.get_by_role("link", name="Your surveys", exact=True).click()
            await shows(page, "You can change your answers until")
            await page.get_by_role("link", name="What you said").click()
            await shows(page, "Only you are shown this")
            for said in SEEN:
                assert await page.get_by_text(said).count() == 1, said
            assert await serious(page) == []
            await page.get_by_role("link", name="Change my answers").click()
            kept = page.locator('[name="most-for.other"]')
            assert await kept.input_value() == "Sharing films"
            await kept.fill("Sharing songs")
            await page.get_by_role("button", name="Save and continue").click()
            await page.goto(f"/surveys/{wave}/said")
            await shows(page, "Sharing songs")
