"""What names a responder, or the reader of what is sensitive, never reaches them: in Slack the
next one has it, and on the web its page is not there for them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from governance.feedback import Urgency
from surveys.people import Platform
from tests.attacks.hall import reading
from tests.journeys import asked
from tests.journeys.running import Running, running
from tests.journeys.test_cannot_wait import DEPUTY, FIRST, READER, SECOND, said
from tests.journeys.test_quiet_hours import NIGHTS, to_the_next
from tests.journeys.test_slack import Place
from tests.journeys.town import TEACHER, person, settle
from tests.stand_ins.slack import BOT_TOKEN, SIGNING_SECRET, SlackStandIn, texts

FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with SlackStandIn() as slack:
        users = {email: slack.add_user(email) for email in (TEACHER, FIRST, SECOND, READER, DEPUTY)}
        settings = {
            "slack_signing_secret": SIGNING_SECRET,
            "slack_bot_token": BOT_TOKEN,
            "slack_api_url": slack.api_url,
            "slack_per_minute": 6000,
        }
        prepare = settle(Platform.SLACK, calendar=NIGHTS)
        async with running(tmp_path, prepare, **settings) as service:
            slack.app = f"{service.url}/slack/events"
            yield Place(service, slack, users, {})


@asynccontextmanager
async def browsing(service: Running, email: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=service.url, follow_redirects=True) as web:
        link = await web.get(await service.signin_url(email))
        await web.post(
            "/signin", content=asked.posted(asked.on_the_web(link.text, ""), {}), headers=FORM
        )
        yield web


async def test_about_a_responder_the_next_one_is_called(place: Place) -> None:
    service, who = place.service, await person(place.service.core, FIRST)
    await to_the_next(service, 10)
    words = f"Mr. {who.family_name} has a gun in his desk"
    item = await said(service, words, reading("… has a gun", "network", Urgency.SAFETY))
    await place.message(place.users[SECOND], "gun in his desk")
    page = f"/urgent/{item}/safety"
    async with browsing(service, SECOND) as web:
        assert "gun in his desk" in (await web.get(page)).text
    async with browsing(service, FIRST) as web:
        for path in (page, "/urgent", f"/items/{item}", "/"):
            assert "gun" not in (await web.get(path)).text, path
    assert not place.count(place.users[FIRST], "gun")


async def test_about_the_reader_the_deputy_reads_it(place: Place) -> None:
    service, who = place.service, await person(place.service.core, READER)
    await to_the_next(service, 10)
    words = f"{who.name} comments on my body"
    item = await said(service, words, reading("[name] comments on my body", "restricted"))
    await place.message(place.users[DEPUTY], "Something sensitive waits for you")
    told = [texts(message) for message in place.slack.from_app(place.users[READER])]
    assert not any("sensitive" in one for one in told)
    async with browsing(service, READER) as web:
        for path in (f"/items/{item}", "/committees/restricted", "/"):
            page = (await web.get(path)).text
            assert "comments on my body" not in page, path
            assert str(item) not in page.replace(path, ""), path
    async with browsing(service, DEPUTY) as web:
        assert "comments on my body" in (await web.get(f"/items/{item}")).text
