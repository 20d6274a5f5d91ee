"""One matter said by five people on three platforms: one item with a count, and all five hear; and
a tap in triage that teaches the reader."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from governance.committees.model import TRIAGE
from governance.duplicates.model import SaidBy, said_by
from governance.feedback.model import OPEN_STATES, Item
from storage.transaction import Transaction
from tests.journeys import test_slack, test_teams
from tests.journeys.running import Running, running, until
from tests.journeys.test_dockets import triage_owner
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.test_web import opens_first, signed_in
from tests.journeys.town import CHAIR, TEACHER, example, settle, small_roster, teachers
from tests.stand_ins.slack import texts

if TYPE_CHECKING:
    from playwright.async_api import Browser

STAFF = [person.email for person in teachers(small_roster(40), 4)]
FIVE = (TEACHER, *STAFF)
SAID = (
    "The wifi in the portables drops every afternoon, again",
    "Every afternoon the wifi in the portables drops",
    "Again this afternoon: the wifi in the portables dropped",
    "wifi in the portables drops in the afternoon every day",
    "Our wifi in the portables drops again each afternoon",
)
ANSWER = "Two access points arrive on Friday."


async def _soon(value: Any) -> Any:
    return value


async def counted(service: Running) -> SaidBy | None:
    """How many are said to say the only open item of the network's docket, once all are read."""

    def look(tx: Transaction) -> SaidBy | None:
        if tx.unread_items():
            return None
        lead, *others = [o for o in tx.items_in("network") if o.state in OPEN_STATES]
        assert others == [], "one item"
        return said_by(tx.people_saying(lead.id))

    return await service.core.store.read(look)


async def together(service: Running, people: int) -> bool:
    """Whether the first item of the network's docket is said by so many."""

    def look(tx: Transaction) -> bool:
        leads = [one for one in tx.items_in("network") if one.state in OPEN_STATES]
        said = {tx.people_saying(one.id) for one in leads}
        return not tx.unread_items() and said == {people}

    return await service.core.store.read(look)


def options(view: Any) -> list[str]:
    """What can be chosen in a form of Slack."""
    lists = [block["element"] for block in view["blocks"] if block["type"] == "input"]
    return [one["value"] for element in lists for one in element.get("options", [])]


def offered(card: Any) -> list[str]:
    """What can be chosen in a form of Teams."""
    lists = [one for one in card["body"] if one["type"] == "Input.ChoiceSet"]
    return [choice["value"] for one in lists for choice in one["choices"]]


@pytest.fixture
async def slack_place(tmp_path: Path) -> AsyncIterator[test_slack.Place]:
    async with in_slack(tmp_path, [*STAFF, triage_owner()]) as found:
        yield found


@pytest.fixture
async def teams_place(tmp_path: Path) -> AsyncIterator[test_teams.Place]:
    async with in_teams(tmp_path) as found:
        yield found


async def test_in_slack_five_people_say_it_and_one_answer_reaches_all(
    slack_place: test_slack.Place,
) -> None:
    slack, users, service = slack_place.slack, slack_place.users, slack_place.service
    for who, said in zip(FIVE[:3], SAID, strict=False):
        await slack.dm(users[who], said)
    network = slack_place.channels["network"]
    await slack_place.message(network, SAID[0])

    await slack_place.restart()

    for who, said in zip(FIVE[3:], SAID[3:], strict=True):
        await slack.dm(users[who], said)
    brief = await slack_place.message(network, "Said by 5 people.")
    assert SAID[0] in texts(brief)
    assert "Naomi" not in texts(brief)
    assert await counted(service) == SaidBy(people=5)
    assert slack_place.count(network, "afternoon") == 2, "at the first, and at the fifth"
    await slack.click(users[CHAIR], brief, "Answer")
    form = await until(lambda: _soon(slack.modal(users[CHAIR])))
    assert "5 people get this answer." in texts(form)
    await slack.submit(users[CHAIR], {"text": ANSWER})
    for who in FIVE:
        heard = await slack_place.message(users[who], ANSWER)
        assert "Network" in texts(heard)
    for who in FIVE:
        assert slack_place.count(users[who], ANSWER) == 1, "each hears it once"


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_in_slack_a_member_splits_one_off_and_says_that_it_is_the_same_again(
    slack_place: test_slack.Place,
) -> None:
    slack, users, service = slack_place.slack, slack_place.users, slack_place.service
    network = slack_place.channels["network"]
    for who, said in zip(FIVE[:2], SAID, strict=False):
        await slack.dm(users[who], said)
    first = await slack_place.message(network, SAID[0])
    await until(lambda: together(service, 2))
    await slack.click(users[CHAIR], first, "Discuss")
    first = await slack_place.message(network, "More than one person says this.")
    await slack.click(users[CHAIR], first, "Not the same: split off")
    form = await until(lambda: _soon(slack.modal(users[CHAIR])))
    (chosen,) = options(form)
    await slack.submit(users[CHAIR], {"to": chosen})
    second = await slack_place.message(network, SAID[1])
    assert await together(service, 1)
    await slack.click(users[CHAIR], second, "Same as…")
    form = await until(lambda: _soon(slack.modal(users[CHAIR])))
    (chosen,) = options(form)
    await slack.submit(users[CHAIR], {"to": chosen})
    await slack_place.message(network, "More than one person says this.")
    assert await together(service, 2)


async def test_in_teams_five_people_say_it_and_one_answer_reaches_all(
    teams_place: test_teams.Place,
) -> None:
    teams, channels = teams_place.teams, teams_place.channels
    authors = [await teams_place.join(email) for email in FIVE]
    chair = await teams_place.join(CHAIR)
    for author, said in zip(authors, SAID, strict=True):
        await teams.say(author, said)
    brief = await teams_place.message(channels["network"], "Said by 5 people.")
    assert "Naomi" not in brief.text
    form = await teams.execute(chair, brief, "Not the same: split off")
    (chosen, *_), title = offered(form.card), "Split it off"
    apart = await teams.execute(chair, form.card, title, {"field.to": chosen})
    assert "More than one person says this." in str(apart.card)
    form = await teams.execute(chair, apart.card, "Same as…")
    (chosen,) = offered(form.card)
    brief_now = await teams.execute(chair, form.card, "Combine them", {"field.to": chosen})
    assert "Said by 5 people." in str(brief_now.card)
    form = await teams.execute(chair, brief_now.card, "Answer")
    assert "5 people get this answer." in str(form.card)
    await teams.execute(chair, form.card, "Send the answer", {"field.text": ANSWER})
    for author in authors:
        assert await teams_place.message(author.chat, ANSWER)
    for author in authors:
        heard = [one for one in teams.messages(author.chat) if ANSWER in one.text]
        assert len(heard) == 1, "each hears it once"


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_on_the_web_five_people_say_it_one_is_split_off_put_back_and_all_hear(
    tmp_path: Path, browser: Browser
) -> None:
    async with running(tmp_path, settle()) as service:
        for who, said in zip(FIVE, SAID, strict=True):
            async with signed_in(browser, service, who) as page:
                await page.goto("/feedback")
                await page.get_by_role("textbox").fill(said)
                await page.get_by_role("button", name="Send").click()
                await page.get_by_text("Thank you").first.wait_for()

        async def five() -> bool:
            return await counted(service) == SaidBy(people=5)

        await until(five)
        async with signed_in(browser, service, CHAIR) as page:
            await opens_first(page)
            await page.get_by_text("Said by 5 people.").wait_for()
            await page.get_by_role("link", name="All messages, combined").click()
            assert await page.locator(".card").count() == 4
            await page.get_by_role("button", name="This is about something else").first.click()
            await page.get_by_text("More than one person says this.").wait_for()
            await page.get_by_role("button", name="Undo: put it back").click()
            await page.get_by_text("Said by 5 people.").wait_for()
            await opens_first(page)
            await page.get_by_label("Your answer").fill(ANSWER)
            await page.get_by_role("button", name="Send the answer").click()
        for who in FIVE:
            async with signed_in(browser, service, who) as page:
                await page.get_by_text(ANSWER).first.wait_for()


UNSURE = "the clicker box is glitchy again today"
LIKE_IT = "today the clicker box was glitchy again"
"""Of what nobody can know what it is; the second was never seen."""


async def waiting(service: Running) -> Item | None:
    """What waits in triage, once it was read."""

    def look(tx: Transaction) -> Item | None:
        return next((one for one in tx.items_in(TRIAGE) if one.state in OPEN_STATES), None)

    return await service.core.store.read(look)


async def likeliest(service: Running) -> tuple[str, str]:
    """(key, button) of the committee that stands first in triage."""
    item: Item = await until(lambda: waiting(service))
    assert item.reading is not None
    key = item.reading.committees[0].committee
    committee = example().district.committee(key)
    assert committee is not None
    return key, f"To {committee.name}"


async def both_in(service: Running, queue: str) -> bool:
    """Whether the one that was moved and the one like it are in a queue, and nothing waits."""

    def look(tx: Transaction) -> bool:
        there = [one.id for one in tx.items_in(queue)]
        kept = [other for lead in there for other in tx.kept_with(lead)]
        return len(there) + len(kept) == 2 and not tx.items_in(TRIAGE)

    return await service.core.store.read(look)


async def test_in_slack_a_tap_in_triage_moves_it_and_the_next_one_like_it_goes_there(
    slack_place: test_slack.Place,
) -> None:
    slack, users, service = slack_place.slack, slack_place.users, slack_place.service
    await slack.dm(users[TEACHER], UNSURE)
    brief = await slack_place.message(slack_place.channels["triage"], UNSURE)
    queue, button = await likeliest(service)
    await slack.click(users[triage_owner()], brief, button)

    await slack_place.restart()

    await slack.dm(users[STAFF[0]], LIKE_IT)
    assert await until(lambda: both_in(service, queue))


async def test_in_teams_a_tap_in_triage_moves_it_and_the_next_one_like_it_goes_there(
    teams_place: test_teams.Place,
) -> None:
    teams, service = teams_place.teams, teams_place.service
    author, other = await teams_place.join(TEACHER), await teams_place.join(STAFF[0])
    owner = await teams_place.join(triage_owner())
    await teams.say(author, UNSURE)
    brief = await teams_place.message(teams_place.channels["triage"], UNSURE)
    queue, button = await likeliest(service)
    await teams.execute(owner, brief, button)
    await teams.say(other, LIKE_IT)
    assert await until(lambda: both_in(service, queue))


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_on_the_web_a_tap_in_triage_teaches_and_what_was_learned_can_be_forgotten(
    tmp_path: Path, browser: Browser
) -> None:
    async with running(tmp_path, settle()) as service:
        async with signed_in(browser, service, TEACHER) as page:
            await page.goto("/feedback")
            await page.get_by_role("textbox").fill(UNSURE)
            await page.get_by_role("button", name="Send").click()
        queue, button = await likeliest(service)
        async with signed_in(browser, service, triage_owner()) as page:
            await opens_first(page, "/committees/triage")
            await page.get_by_role("button", name=button).click()
            await page.get_by_text("Moved to").first.wait_for()
        async with signed_in(browser, service, STAFF[0]) as page:
            await page.goto("/feedback")
            await page.get_by_role("textbox").fill(LIKE_IT)
            await page.get_by_role("button", name="Send").click()
        assert await until(lambda: both_in(service, queue))
        async with signed_in(browser, service, triage_owner()) as page:
            await page.goto("/triage/learned")
            await page.get_by_text(UNSURE).first.wait_for()
            await page.get_by_role("button", name="Forget this").click()
            await page.get_by_text("has not learned from anyone yet").wait_for()
