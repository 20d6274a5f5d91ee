"""A committee's docket on three platforms: assigned, discussed, moved twice, and heard of."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest

from bot.conversation import Speaker
from bot.doctor.checking import unsettled_findings
from core.people import Platform
from governance.committees.model import Office
from governance.docket.commands import GiveFeedback
from governance.recommendations.commands import SendAdvice, WriteAdvice
from governance.recommendations.model import AdviceState, AdviceView
from tests.journeys import test_slack, test_teams
from tests.journeys.running import Running, running, until
from tests.journeys.test_pages_that_depend import hand_in, sign_in
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.test_web import briefed, opens_first, signed_in
from tests.journeys.town import CHAIR, CTO, TEACHER, example, person, settle
from tests.stand_ins.slack import texts
from tests.stand_ins.slack_world import dropped

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = pytest.mark.usefixtures("quick_reader")

SAID = "The wifi in the portables drops every afternoon, again"


def member() -> str:
    network = example().district.committee("network")
    assert network is not None
    return network.members[0]


def triage_owner() -> str:
    officers = example().district.officers
    return next(one.person for one in officers if one.office is Office.TRIAGE_OWNER)


def name_of(email: str) -> str:
    return " ".join(part.title() for part in email.partition("@")[0].split("."))


@pytest.fixture
async def slack_place(tmp_path: Path) -> AsyncIterator[test_slack.Place]:
    async with in_slack(tmp_path, [member(), triage_owner()]) as found:
        yield found


@pytest.fixture
async def teams_place(tmp_path: Path) -> AsyncIterator[test_teams.Place]:
    async with in_teams(tmp_path) as found:
        yield found


async def _soon(value: Any) -> Any:
    return value


async def test_in_slack_an_item_is_given_to_a_member_and_taken_up(
    slack_place: test_slack.Place,
) -> None:
    slack, users = slack_place.slack, slack_place.users
    await slack.dm(users[TEACHER], SAID)
    network = slack_place.channels["network"]
    brief = await slack_place.message(network, SAID[:30])
    await slack.click(users[CHAIR], brief, "Assign")
    assert await until(lambda: _soon(slack.modal(users[CHAIR])))
    await slack.submit(users[CHAIR], {"to": name_of(member())})
    mine = await slack_place.message(users[member()], SAID[:30])
    assert "Assigned to" in texts(mine)

    await slack_place.restart()

    brief = await slack_place.message(network, "Assigned to")
    await slack.click(users[member()], brief, "Discuss")
    assert await slack_place.message(users[TEACHER], "is discussing your message")
    shown = await slack_place.message(network, "In discussion")
    await slack.click(users[member()], shown, "Answer")
    assert await until(lambda: _soon(slack.modal(users[member()])))
    await slack.submit(users[member()], {"text": "New access points arrive in March."})
    assert await slack_place.message(users[TEACHER], "arrive in March")


@pytest.mark.prove_on_postgres("an outcome that one worker left open")
async def test_a_brief_that_may_not_have_arrived_is_looked_for_by_a_person(
    slack_place: test_slack.Place,
) -> None:
    """The app has no permission to read a private channel, so it cannot look for itself."""
    slack, service = slack_place.slack, slack_place.service
    network, page = slack_place.channels["network"], "/committees/network"
    teacher = await person(service.core, TEACHER)
    slack.fail("chat.postMessage", dropped(taken=False))
    await service.core.dispatch.handle(  # nothing else is posted: the author is on the web
        Speaker(platform=Platform.WEB, person=teacher.id), GiveFeedback(item_id=uuid4(), text=SAID)
    )
    await until(lambda: _soon(slack.calls("chat.postMessage")))

    async def findings() -> list[str]:
        await service.pass_time(seconds=20)
        found = await service.core.store.read(unsettled_findings)
        return [said for good, said in found if not good]

    (said,) = await until(findings)
    assert "1 message to committees' channels may not have arrived (network: 1)." in said
    assert slack.from_app(network) == []
    assert len(slack.calls("conversations.history")) == 1, "the answer would be the same again"
    async with httpx.AsyncClient(base_url=service.url, follow_redirects=True) as web:
        await sign_in(web, await service.signin_url(CHAIR))
        docket = (await web.get(page)).text
        assert "1 message may not have arrived in your channel" in docket
        (post,) = set(re.findall(rf"{page}/posts/([0-9a-f-]+)", docket))
        settled = await hand_in(web, page, at=f"{page}/posts/{post}")
        assert settled.status_code == 200
        assert "may not have arrived" not in settled.text
    await slack_place.message(network, SAID[:30])
    assert len(slack.from_app(network)) == 1
    assert await service.core.store.read(unsettled_findings) == []


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_in_slack_an_item_moved_twice_shows_its_way(slack_place: test_slack.Place) -> None:
    slack, users = slack_place.slack, slack_place.users
    await slack.dm(users[TEACHER], SAID)
    brief = await slack_place.message(slack_place.channels["network"], SAID[:30])
    for who, shown, to, why in (
        (CHAIR, brief, "triage", "Is it the wiring?"),
        (triage_owner(), None, "network", "No, the access points."),
    ):
        if shown is None:
            shown = await slack_place.message(slack_place.channels["triage"], "the wiring")
        opens = "Another…" if who == triage_owner() else "Move"
        await slack.click(users[who], shown, opens)
        assert await until(lambda who=who: _soon(slack.modal(users[who])))  # type: ignore[misc]
        await slack.submit(users[who], {"to": to, "why": why})
    back = await slack_place.message(slack_place.channels["network"], "No, the access points.")
    assert "Is it the wiring?" in texts(back), "both reasons travel along"
    assert "Naomi" not in texts(back)


async def test_in_teams_an_item_is_given_to_a_member_taken_up_and_moved_twice(
    teams_place: test_teams.Place,
) -> None:
    teams, channels = teams_place.teams, teams_place.channels
    author, chair = await teams_place.join(TEACHER), await teams_place.join(CHAIR)
    theirs, owner = await teams_place.join(member()), await teams_place.join(triage_owner())
    await teams.say(author, SAID)
    brief = await teams_place.message(channels["network"], SAID[:30])
    form = await teams.execute(chair, brief, "Assign")
    given = await teams.execute(chair, form.card, "Assign", {"field.to": theirs.name})
    assert "Assigned to" in given.text
    assert "Assigned to" in (await teams_place.message(theirs.chat, SAID[:30])).text
    taken_up = await teams.execute(theirs, brief, "Discuss")
    assert "In discussion" in taken_up.text
    assert await teams_place.message(author.chat, "is discussing your message")

    await teams_place.restart()

    form = await teams.execute(chair, brief, "Move")
    why = {"field.to": "triage", "field.why": "Is it the wiring?"}
    await teams.execute(chair, form.card, "Move", why)
    unsure = await teams_place.message(channels["triage"], "Is it the wiring?")
    form = await teams.execute(owner, unsure, "Another…")
    why = {"field.to": "network", "field.why": "No, the access points."}
    await teams.execute(owner, form.card, "Move", why)
    back = await teams_place.message(channels["network"], "No, the access points.")
    assert "Is it the wiring?" in back.text


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_on_the_web_an_item_is_given_to_a_member_taken_up_and_moved_twice(
    tmp_path: Path, browser: Browser
) -> None:
    async with running(tmp_path, settle()) as service:
        async with signed_in(browser, service, TEACHER) as page:
            await page.goto("/feedback")
            await page.get_by_role("textbox").fill(SAID)
            await page.get_by_role("button", name="Send").click()
        await until(lambda: briefed(service, "network"))

        async with signed_in(browser, service, CHAIR) as page:
            await opens_first(page)
            await page.locator(".item-ways summary").click()
            await page.get_by_role("link", name="Assign").click()
            await page.get_by_role("radio", name=name_of(member())).check()
            await page.get_by_role("button", name="Assign").click()
            await page.get_by_text(f"Assigned to {name_of(member())}.").wait_for()
            await page.locator(".item-ways summary").click()
            await page.get_by_role("button", name="Discuss").click()
            await page.get_by_text("The author has been notified.").wait_for()
            await page.get_by_role("link", name="Move").click()
            await page.get_by_label("Move it to").select_option("triage")
            await page.get_by_label("Why?").fill("Is it the wiring?")
            await page.get_by_role("button", name="Move").click()

        async with signed_in(browser, service, triage_owner()) as page:
            await opens_first(page, "/committees/triage")
            await page.get_by_role("link", name="Another…").click()
            await page.get_by_label("Move it to").select_option("network")
            await page.get_by_label("Why?").fill("No, the access points.")
            await page.get_by_role("button", name="Move").click()

        async with signed_in(browser, service, CHAIR) as page:
            await opens_first(page)
            shown = await page.locator("main").inner_text()
            assert "Is it the wiring?" in shown
            assert "No, the access points." in shown
            assert "Naomi" not in shown, "the name is withheld"


# -- a recommendation declined with a reason ------------------------------------------------------


TITLE, WHY = "Access points in the portables", "There is no money for it before July."
NAMING = "Harper Wing has none. Emily Johnson asked first."


async def recommended(service: Running) -> None:
    """The chair sends a recommendation of what is on the network's docket."""
    items = await service.core.store.read(lambda tx: tx.items_in("network"))
    chair = await person(service.core, CHAIR)
    speaker = Speaker(platform=Platform.WEB, person=chair.id)
    draft = WriteAdvice(
        recommendation_id=uuid4(),
        queue="network",
        title=TITLE,
        advice="Two in each portable, this winter.",
        items=tuple(str(one.id) for one in items),
    )
    await service.core.dispatch.handle(speaker, draft)
    send = SendAdvice(recommendation_id=draft.recommendation_id)
    sent = (await service.core.dispatch.handle(speaker, send)).message
    assert isinstance(sent, AdviceView)
    assert sent.recommendation.state is AdviceState.SENT


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_in_slack_the_cto_declines_a_recommendation_and_everybody_behind_it_hears_why(
    slack_place: test_slack.Place,
) -> None:
    slack, users = slack_place.slack, slack_place.users
    await slack.dm(users[TEACHER], SAID)
    await slack.dm(users[triage_owner()], "In the portables no tablet finds the wifi")
    for words in (SAID[:30], "no tablet finds"):
        await slack_place.message(slack_place.channels["network"], words)
    await recommended(slack_place.service)
    asked = await slack_place.message(users[CTO], TITLE)

    await slack_place.restart()

    await slack.click(users[CTO], asked, "Decline")
    assert await until(lambda: _soon(slack.modal(users[CTO])))
    await slack.submit(users[CTO], {"reason": WHY})
    settled = await slack_place.message(users[CTO], "Declined")
    assert WHY in texts(settled), "the card says what was decided"
    for everybody in (TEACHER, triage_owner()):
        heard = await slack_place.message(users[everybody], WHY)
        assert TITLE in texts(heard)
    assert WHY in texts(await slack_place.message(users[CHAIR], "Declined"))
    assert WHY in texts(await slack_place.message(users[member()], "Declined"))


async def test_in_slack_a_reason_is_looked_through_before_it_is_published(
    slack_place: test_slack.Place,
) -> None:
    slack, users = slack_place.slack, slack_place.users
    await slack.dm(users[TEACHER], SAID)
    await slack_place.message(slack_place.channels["network"], SAID[:30])
    await recommended(slack_place.service)
    asked = await slack_place.message(users[CTO], TITLE)
    await slack.click(users[CTO], asked, "Decline")
    assert await until(lambda: _soon(slack.modal(users[CTO])))
    await slack.submit(users[CTO], {"reason": NAMING})
    form = slack.modal(users[CTO])
    assert form is not None
    assert "Which of them should stay?" in texts(form)
    (key,) = set(re.findall(r"put_back\.\w+", str(form)))
    await slack.submit(users[CTO], {key: ["“Harper Wing” (a name)"]})
    heard = texts(await slack_place.message(users[TEACHER], "Harper Wing"))
    assert "[name] asked" in heard


async def test_in_teams_a_reason_is_looked_through_before_it_is_read(
    teams_place: test_teams.Place,
) -> None:
    teams, channels = teams_place.teams, teams_place.channels
    author, chair = await teams_place.join(TEACHER), await teams_place.join(CHAIR)
    await teams.say(author, SAID)
    brief = await teams_place.message(channels["network"], SAID[:30])
    form = await teams.execute(chair, brief, "Move")
    fields = {"field.to": "triage", "field.why": NAMING}
    again = await teams.execute(chair, form.card, "Move", fields)
    assert "Which of them should stay?" in again.text
    back = {"many.put_back": ["“Harper Wing” (a name)"]}
    await teams.execute(chair, again.card, "Move", back)
    moved = await teams_place.message(channels["triage"], "Harper Wing")
    assert "[name] asked" in moved.text


async def test_in_teams_the_cto_declines_a_recommendation_and_its_author_hears_why(
    teams_place: test_teams.Place,
) -> None:
    teams = teams_place.teams
    author, chair = await teams_place.join(TEACHER), await teams_place.join(CHAIR)
    cto = await teams_place.join(CTO)
    await teams.say(author, SAID)
    await teams_place.message(teams_place.channels["network"], SAID[:30])
    await recommended(teams_place.service)
    asked = await teams_place.message(cto.chat, TITLE)

    await teams_place.restart()

    form = await teams.execute(cto, asked, "Decline")
    done = await teams.execute(cto, form.card, "Decline", {"field.reason": WHY})
    assert WHY in done.text
    assert TITLE in (await teams_place.message(author.chat, WHY)).text
    assert TITLE in (await teams_place.message(chair.chat, WHY)).text


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_on_the_web_a_recommendation_is_written_declined_and_heard_of(
    tmp_path: Path, browser: Browser
) -> None:
    async with running(tmp_path, settle()) as service:
        async with signed_in(browser, service, TEACHER) as page:
            await page.goto("/feedback")
            await page.get_by_role("textbox").fill(SAID)
            await page.get_by_role("button", name="Send").click()
        await until(lambda: briefed(service, "network"))

        async with signed_in(browser, service, CHAIR) as page:
            await page.goto("/committees/network/recommendations")
            await page.get_by_role("button", name="Write a recommendation").click()
            await page.get_by_label("What do you recommend, in a few words?").fill(TITLE)
            await page.get_by_role("button", name="Save and preview").click()
            await page.get_by_text("Write what you recommend, and why.").first.wait_for()
            await page.get_by_label("Your advice, and why").fill("Two in each portable.")
            await page.get_by_label(SAID).check()
            await page.get_by_role("button", name="Save and preview").click()
            await page.get_by_role("button", name="Send it to the CTO").click()
            await page.get_by_text("Sent to the Chief Technology Officer.").wait_for()

        await service.restart()
        async with signed_in(browser, service, CTO) as page:
            await page.goto("/")
            await page.get_by_role("link", name=TITLE).click()
            assert SAID not in await page.content(), "the CTO has no docket"
            await page.get_by_role("link", name="Decline").click()
            await page.get_by_role("button", name="Decline").click()
            await page.get_by_text("Say why.").first.wait_for()
            await page.get_by_label("Why?").fill(WHY)
            await page.get_by_role("button", name="Decline").click()
            await page.get_by_text("Everyone who contributed gets a message.").wait_for()

        async with signed_in(browser, service, TEACHER) as page:

            async def heard() -> bool:
                await page.goto("/")
                return WHY in await page.content()

            await until(heard)
            await page.goto("/changes")
            await page.get_by_text("Nothing yet.").wait_for()
