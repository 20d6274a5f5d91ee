"""Something that states danger, through every door: the answer itself says whom to call, once, and
nothing contradicts it; the reader, which finds nothing here, is not waited for."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from core.people import Platform
from governance.feedback.model import Item, ItemState, Urgency
from governance.urgent.model import Did
from storage.transaction import Transaction
from tests.bot.web.test_pages import hidden, sign_in
from tests.journeys.running import Running, running, until
from tests.journeys.test_cannot_wait import FIRST, GUN
from tests.journeys.test_slack import Place as InSlack
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import Place as InTeams
from tests.journeys.town import TEACHER, person, settle
from tests.stand_ins.slack import texts
from tests.stand_ins.teams import TeamsStandIn

pytestmark = pytest.mark.usefixtures("quick_reader")

CALL = "If anyone is in danger, call 911 now."
CONTRADICTS = (
    "Thank you",
    "It is kept",
    "not about technology",
    "Human Resources",
    "Title IX",
    "sensitive",
    "personal data",
    "it goes to the committee",
)


async def is_read(service: Running) -> Item:
    """The only item, once the full reading has filed it."""

    async def look() -> Item | None:
        who = await person(service.core, TEACHER)
        items = await service.core.store.read(lambda tx: tx.items_by(who.id))
        return items[0] if items and items[0].state is not ItemState.RECEIVED else None

    found: Item = await until(look)
    return found


async def called(service: Running, item: UUID) -> list[str]:
    def look(tx: Transaction) -> list[str]:
        steps = tx.case_steps(item, Urgency.SAFETY)
        people = [tx.person(one.person) for one in steps if one.did is Did.TOLD]
        return [one.email for one in people if one is not None]

    return await service.core.store.read(look)


def is_the_notice(said: str) -> None:
    """One notice with the number of the district, who was called, and nothing beside it."""
    assert said.count(CALL) == 1
    for words in ("School", "We have alerted", "with your words and your name", "988"):
        assert words in said
    assert [words for words in CONTRADICTS if words in said] == []


# -- Slack ---------------------------------------------------------------------------------------


@pytest.fixture
async def slack_town(tmp_path: Path) -> AsyncIterator[InSlack]:
    async with in_slack(tmp_path, [FIRST]) as place:
        yield place


async def heard_once_in_slack(place: InSlack, answers: int) -> None:
    """After the full reading nothing more was said, and the responder was called once."""
    item = await is_read(place.service)
    await place.message(place.users[FIRST], "gun in his locker")
    assert item.reading is not None
    assert item.reading.urgency is Urgency.SAFETY, "what was raised at once stands"
    author = place.users[TEACHER]
    assert place.count(author, CALL) == answers
    shown = " ".join(texts(one) for one in place.slack.from_app(author))
    assert [words for words in CONTRADICTS if words in shown] == []
    assert await called(place.service, item.id) == [FIRST]


async def test_a_message_in_slack_is_answered_with_the_number_to_call(slack_town: InSlack) -> None:
    await slack_town.slack.dm(slack_town.users[TEACHER], GUN)
    is_the_notice(texts(await slack_town.message(slack_town.users[TEACHER], CALL)))
    await heard_once_in_slack(slack_town, 1)


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_a_command_and_a_form_in_slack_are_answered_with_it_too(slack_town: InSlack) -> None:
    author, slack = slack_town.users[TEACHER], slack_town.slack
    await slack.command(author, "feedback")

    async def form() -> object:
        return slack.modal(author)

    await until(form)
    await slack.submit(author, {"text": GUN, "naming": "withheld"})

    async def answered() -> str | None:
        window = slack.modal(author)
        said = texts(window) if window else ""
        return said if CALL in said else None

    is_the_notice(await until(answered))
    await heard_once_in_slack(slack_town, 0)


# -- Teams ---------------------------------------------------------------------------------------


async def test_a_message_and_a_card_in_teams_are_answered_with_it(tmp_path: Path) -> None:
    async with TeamsStandIn() as teams:
        prepare = settle(Platform.TEAMS)
        async with running(tmp_path, prepare, **teams.served_by) as service:
            teams.reach(service.url)
            place = InTeams(service, teams, {})
            author, first = await place.join(TEACHER), await place.join(FIRST)
            (said,) = await teams.say(author, GUN)
            is_the_notice(said.text)
            item = await is_read(service)
            await place.message(first.chat, "gun in his locker")
            told = [one for one in teams.messages(author.chat) if CALL in one.text]
            assert len(told) == 1
            assert await called(service, item.id) == [FIRST]

            form = (await teams.say(author, "feedback"))[-1]
            answer = await teams.execute(author, form, "Send", {"field.text": f"{GUN} today"})
            is_the_notice(answer.text)


# -- the web -------------------------------------------------------------------------------------


@asynccontextmanager
async def browsing(service: Running) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=service.url, follow_redirects=True) as client:
        yield client


def read_out(page: httpx.Response) -> str:
    main = re.search(r"<main.*?</main>", page.text, re.S)
    assert main is not None, page.text
    return html.unescape(re.sub(r"<[^>]*>", " ", main[0]))


async def test_the_form_on_the_web_is_answered_with_it_and_the_page_begins_with_it(
    tmp_path: Path,
) -> None:
    async with running(tmp_path, settle(staff=5)) as service, browsing(service) as client:
        await sign_in(client, await service.signin_url(TEACHER))
        form = await client.get("/feedback")
        fields = hidden(form.text, "/feedback") | {"text": GUN, "naming": "withheld"}
        is_the_notice(read_out(await client.post("/feedback", data=fields)))
        item = await is_read(service)

        home = await client.get("/")
        said = read_out(home)
        assert said.count(CALL) == 1
        assert said.index(CALL) < said.index("Waiting for you"), "danger comes before everything"
        assert [words for words in CONTRADICTS if words in said] == []
        assert await called(service, item.id) == [FIRST]


async def test_who_speaks_anonymously_reads_who_was_called_and_that_nobody_can_find_them(
    tmp_path: Path,
) -> None:
    async with running(tmp_path, settle(staff=5)) as service, browsing(service) as client:
        now = service.clock()
        door, _ = await service.core.store.read(lambda tx: tx.anonymous_doors(now))
        form = await client.get(f"/say-anonymously/{door}")
        fields = hidden(form.text, f"/say-anonymously/{door}") | {"text": GUN}
        kept = await client.post(f"/say-anonymously/{door}", data=fields)
        said = read_out(kept)
        assert said.count(CALL) == 1
        assert said.index(CALL) < said.index("your code")
        for words in ("We have alerted", "We cannot find out who you are, not even to send help"):
            assert words in said
        assert "goes to a committee on" not in said, "it was brought at once"
        twice = await client.post(f"/say-anonymously/{door}", data=fields)
        assert read_out(twice).count(CALL) == 1

        cases = await service.core.store.read(lambda tx: tx.cases())
        assert len(cases) == 1
        assert await called(service, cases[0].item_id) == [FIRST]
        code = re.search(r'class="receipt"><strong>([^<]*)', kept.text)
        assert code is not None
        collected = read_out(await client.post("/collect", data={"code": code[1]}))
        assert "anonym" not in collected.lower() or "We have alerted" in collected
