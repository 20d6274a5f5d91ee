"""A page that depends on an answer, at the doors of Slack, of Teams and of the web: skipped where
its condition is not met, brought in by going back and changing the answer."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from core.text import text
from surveys.questions import Choice, FreeText, Scale, SingleChoice
from surveys.survey import Condition, Page
from tests.journeys.running import Running, until
from tests.journeys.test_slack import STAFF, Place, in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.town import TEACHER, person
from tests.journeys.trips import PULSE, launch
from tests.stand_ins.slack import texts

USED = SingleChoice(
    key="used",
    prompt=text("Did you use the new platform?"),
    choices=(Choice(key="yes", label=text("Yes")), Choice(key="no", label=text("No"))),
)
WELL = Scale(key="well", prompt=text("How well did it work?"))
NOTE = FreeText(key="note", prompt=text("What else?"), required=True)
PAGES = (
    Page(questions=(USED,)),
    Page(questions=(WELL,), show_if=Condition(question="used", any_of=("yes",))),
    Page(questions=(NOTE,)),
)


async def answers(service: Running, wave: UUID, email: str) -> dict[str, Any]:
    who = await person(service.core, email)
    kept = await service.core.store.read(lambda tx: tx.response(wave, who.id))
    return dict(kept.answers) if kept else {}


async def test_in_slacks_window(tmp_path: Path) -> None:
    async with in_slack(tmp_path, STAFF[:1]) as place:
        slack, service, user = place.slack, place.service, place.users[STAFF[0]]
        wave = await launch(service, STAFF[:1], pages=PAGES)
        await slack.click(user, await place.message(user, PULSE), "Answer")
        first = await until(lambda: window(place, user, "Did you use"))
        assert "Page 1 of about 2." in texts(first)

        await slack.submit(user, {"used": "no"})
        last = await window(place, user, "What else?")
        assert last is not None, "the page in between is skipped"
        assert "Page 2 of about 2." in texts(last)

        await slack.click(user, last, "Back", {"note": "Half a thought"})
        await until(lambda: window(place, user, "Did you use"))
        assert await answers(service, wave, STAFF[0]) == {"used": "no", "note": "Half a thought"}
        await slack.submit(user, {"used": "yes"})
        between = await window(place, user, "How well")
        assert between is not None, "changing the answer brings it in"
        assert "Page 2 of about 3." in texts(between)
        await slack.click(user, between, "Back")
        await until(lambda: window(place, user, "Did you use"))
        await slack.submit(user)
        await slack.submit(user, {"well": "4"})
        written = await window(place, user, "What else?")
        assert written is not None
        assert "Half a thought" in json.dumps(written), "going back loses nothing"
        await slack.submit(user, {"note": "Fine."})
        assert await answers(service, wave, STAFF[0]) == {"used": "yes", "well": 4, "note": "Fine."}


async def window(place: Place, user: str, words: str) -> dict[str, Any] | None:
    """What is on top of somebody's screen, once it says something."""
    shown = place.slack.modal(user)
    return shown if shown and words in texts(shown) else None


async def test_in_teams_card(tmp_path: Path) -> None:
    async with in_teams(tmp_path) as place:
        teams, user = place.teams, await place.join(TEACHER)
        wave = await launch(place.service, [TEACHER], pages=PAGES)
        card = await teams.execute(user, await place.message(user.chat, PULSE), "Answer")
        card = await teams.execute(user, card.card, "Save and continue", {"field.used": "no"})
        assert "What else?" in card.text
        assert "Page 2 of about 2" in card.text
        note = {"field.note": "Half a thought"}
        card = await teams.execute(user, card.card, "Back", note)
        card = await teams.execute(user, card.card, "Save and continue", {"field.used": "yes"})
        assert "How well did it work?" in card.text
        card = await teams.execute(user, card.card, "Back")
        card = await teams.execute(user, card.card, "Save and continue")
        card = await teams.execute(user, card.card, "Save and continue", {"field.well": "4"})
        assert "Half a thought" in json.dumps(card.card), "going back loses nothing"
        await teams.execute(user, card.card, "Send my answers", {"field.note": "Fine."})
        kept = await answers(place.service, wave, TEACHER)
        assert kept == {"used": "yes", "well": 4, "note": "Fine."}


async def test_on_the_web(tmp_path: Path) -> None:
    async with in_slack(tmp_path, STAFF[:1]) as place:
        service = place.service
        wave = await launch(service, [TEACHER], pages=PAGES)
        async with httpx.AsyncClient(base_url=service.url, follow_redirects=True) as web:
            await sign_in(web, await service.signin_url(TEACHER))
            last = await hand_in(web, f"/surveys/{wave}/0", used="no")
            assert last.url.path == f"/surveys/{wave}/2"
            assert "Page 2 of about 2" in last.text
            assert ">Back</button>" in last.text
            back = await hand_in(web, f"/surveys/{wave}/2", note="Half a thought", back="1")
            assert back.url.path == f"/surveys/{wave}/0"
            between = await hand_in(web, f"/surveys/{wave}/0", used="yes")
            assert between.url.path == f"/surveys/{wave}/1"
            again = await hand_in(web, f"/surveys/{wave}/1", well="", back="1")
            assert again.url.path == f"/surveys/{wave}/0", "nothing has to be answered to go back"
            written = await hand_in(web, f"/surveys/{wave}/1", well="4")
            assert "Half a thought" in written.text, "going back loses nothing"
            done = await hand_in(web, f"/surveys/{wave}/2", note="Fine.")
            assert "Thank you" in done.text
            kept = {"used": "yes", "well": 4, "note": "Fine."}
            assert await answers(service, wave, TEACHER) == kept
            await hand_in(web, f"/surveys/{wave}/0", used="no")
            assert await answers(service, wave, TEACHER) == {"used": "no", "note": "Fine."}


async def sign_in(web: httpx.AsyncClient, url: str) -> None:
    await hand_in(web, url.removeprefix(str(web.base_url).rstrip("/")), at="/signin")


async def hand_in(
    web: httpx.AsyncClient, page: str, *, at: str = "", **fields: str
) -> httpx.Response:
    """Fill in the form of a page, with what stands in it already."""
    form = (await web.get(page)).text
    hidden = dict(re.findall(r'name="(csrf|token|next|asked)" value="([^"]*)"', form))
    return await web.post(at or page, data={**hidden, **fields})
