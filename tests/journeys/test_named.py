"""What names a responder, or the reader of what is sensitive, never reaches them: in Slack the
next one has it, and on the web its page is not there for them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from bot.web.render_card import at as do
from core.people import Platform
from governance.committees.model import Office
from governance.docket.commands import AnswerItem, ShowAnswerForm
from governance.feedback.model import Urgency
from tests.attacks.hall import reading
from tests.journeys import asked
from tests.journeys.running import Running, running
from tests.journeys.test_cannot_wait import DEPUTY, FIRST, READER, SECOND, named, said
from tests.journeys.test_quiet_hours import NIGHTS, to_the_next
from tests.journeys.test_slack import Place
from tests.journeys.town import CTO, ISO, TEACHER, person, settle
from tests.stand_ins.slack import BOT_TOKEN, SIGNING_SECRET, SlackStandIn, texts

FORM = {"content-type": "application/x-www-form-urlencoded"}
ABOVE = (*named(Office.ISO), *named(Office.CTO))


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with SlackStandIn() as slack:
        there = (TEACHER, FIRST, SECOND, READER, DEPUTY, ISO)
        users = {email: slack.add_user(email) for email in there}
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
    await place.message(place.users[DEPUTY], "Something sensitive has been waiting for you")
    told = [texts(message) for message in place.slack.from_app(place.users[READER])]
    assert not any("sensitive" in one for one in told)
    async with browsing(service, READER) as web:
        for path in (f"/items/{item}", "/committees/restricted", "/"):
            page = (await web.get(path)).text
            assert "comments on my body" not in page, path
            assert str(item) not in page.replace(path, ""), path
    async with browsing(service, DEPUTY) as web:
        assert "comments on my body" in (await web.get(f"/items/{item}")).text


async def they_comment(service: Running, *emails: str) -> UUID:
    """Something sensitive about some people."""
    all_of_them = ", ".join([(await person(service.core, email)).name for email in emails])
    read = reading("[name], [name] comment on my body", "restricted")
    return await said(service, f"{all_of_them} comment on my body", read)


async def test_about_every_reader_somebody_stands_in_and_reads_that_one(place: Place) -> None:
    service = place.service
    await to_the_next(service, 10)
    item = await they_comment(service, READER, DEPUTY)
    notice = repr(
        await place.message(place.users[ISO], "Something sensitive has been waiting for you")
    )
    assert f"/items/{item}" in notice
    assert "You are standing in" in notice
    assert "body" not in notice
    told = texts(await place.message(place.users[TEACHER], "in their place"))
    assert "one named person" not in told
    for email in (READER, DEPUTY, CTO):
        async with browsing(service, email) as web:
            assert "on my body" not in (await web.get(f"/items/{item}")).text
    async with browsing(service, ISO) as web:
        page = await web.get("/")
        assert f'href="/items/{item}"' in page.text
        assert "/committees/restricted" not in page.text
        page = await web.get(f"/items/{item}")
        assert "on my body" in page.text
        assert "/committees/restricted" not in page.text, "that page is not theirs"
    async with browsing(service, TEACHER) as web:
        page = (await web.get("/")).text
        assert "One named person has it" in page
        assert "Restricted" not in page
    await place.slack.dm(place.users[TEACHER], "any news about my message?")
    await place.message(place.users[TEACHER], "One named person has it. You’ll get the reply here.")
    async with browsing(service, ISO) as web:
        form = asked.on_the_web((await web.get(do(ShowAnswerForm(item_id=item)))).text, "")
        sent = asked.posted(form, {"text": "We look into it."})
        gives = do(AnswerItem(item_id=item, text=""))
        after = await web.post(gives, content=sent, headers=FORM)
        assert after.status_code == 200
        assert str(after.url).endswith(f"/items/{item}")
        assert "Your answer is on its way" in after.text
    answered = await place.message(place.users[TEACHER], "We look into it.")
    assert "One named person has answered you." in texts(answered)
    async with browsing(service, TEACHER) as web:
        assert "One named person answered:" in (await web.get("/")).text


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_about_everybody_who_might_read_it_the_author_hears_that_nobody_does(
    place: Place,
) -> None:
    service = place.service
    await to_the_next(service, 10)
    item = await they_comment(service, READER, DEPUTY, *ABOVE)
    told = texts(await place.message(place.users[TEACHER], "nobody here reads it"))
    for whom in ("Human Resources", "Title IX coordinator", "Education association"):
        assert whom in told
    await service.pass_time(days=2)
    for email in (READER, DEPUTY, *ABOVE):
        async with browsing(service, email) as web:
            for path in ("/", f"/items/{item}"):
                page = (await web.get(path)).text
                assert "on my body" not in page, path
                assert "sensitive has been waiting" not in page, path
    async with browsing(service, TEACHER) as web:
        page = (await web.get("/")).text
        assert "nobody here reads it" in page
        assert "Restricted" not in page
        assert "sensitive_unreadable 1.0" in (await web.get("/metrics")).text
