"""On three platforms: a rule is opened for comment by its committee, commented on by staff, and
every author hears what became of their comment."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from bot.conversation import Speaker
from core.people import Audience, Person, Platform
from governance.docket.commands import GiveFeedback
from governance.feedback.model import Naming
from governance.rules.commands import TakeStep
from governance.rules.comments import about
from governance.rules.model import Comment, RuleState, RuleStep
from storage.ledger_tables import delivery
from tests.bot.web.seeing import faults, serious
from tests.governance.rules.test_process import TEXT, written
from tests.journeys import test_slack, test_teams
from tests.journeys.running import Running, running, until
from tests.journeys.test_anonymous import look, nobody, the_next_morning
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.test_web import shows, signed_in
from tests.journeys.town import CHAIR, CTO, ISO, TEACHER, person, settle
from tests.stand_ins.slack import texts

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

SAID = "Four words are a lot for the youngest, who log in with a card"
REASON = "Carts have a card now, so the youngest type nothing."
OPEN = "This draft is open for comment until"

pytestmark = pytest.mark.usefixtures("quick_reader")


@pytest.fixture
async def slack_place(tmp_path: Path) -> AsyncIterator[test_slack.Place]:
    async with in_slack(tmp_path, [ISO]) as found:
        yield found


@pytest.fixture
async def teams_place(tmp_path: Path) -> AsyncIterator[test_teams.Place]:
    async with in_teams(tmp_path) as found:
        yield found


async def _soon(value: Any) -> Any:
    return value


async def proposed(service: Running) -> UUID:
    """The Information Security Officer has proposed a rule to the network's committee."""
    officer = await person(service.core, ISO)
    speaker = Speaker(platform=Platform.WEB, person=officer.id)
    rule = uuid4()
    await service.core.dispatch.handle(speaker, written(rule))
    await service.core.dispatch.handle(speaker, TakeStep(rule_id=rule, step=RuleStep.PROPOSED))
    return rule


async def test_in_slack_a_rule_is_opened_commented_on_and_answered(
    slack_place: test_slack.Place,
) -> None:
    slack, users = slack_place.slack, slack_place.users
    await proposed(slack_place.service)
    assert await slack_place.message(slack_place.channels["network"], "ITR 4: Passwords")
    told = await slack_place.message(users[CHAIR], "ITR 4: Passwords")
    await slack.click(users[CHAIR], told, "Open the rule")
    seen = await slack_place.message(users[CHAIR], "Proposed to its committee")
    await slack.click(users[CHAIR], seen, "Open it for comment")

    news = await slack_place.message(users[TEACHER], OPEN)
    await slack.click(users[TEACHER], news, "Comment on it")
    assert await until(lambda: _soon(slack.modal(users[TEACHER])))
    thanks = await slack.submit(
        users[TEACHER], {"text": SAID, "naming": "Without my name", "about": "1. Passwords"}
    )
    assert "About: ITR 4: Passwords, 1. Passwords" in thanks.text
    assert await until(lambda: read(slack_place.service))

    await slack_place.restart()

    await slack_place.service.pass_time(days=45)
    ended = await slack_place.message(users[ISO], "Comment period ended")
    await slack.click(users[ISO], ended, "Open the rule")
    rule = await slack_place.message(users[ISO], "Comments are being answered")
    await slack.click(users[ISO], rule, "Read the comments")
    comments = await slack_place.message(users[ISO], SAID)
    await slack.click(users[ISO], comments, "Answer the next one")
    assert await until(lambda: _soon(slack.modal(users[ISO])))
    await slack.submit(users[ISO], {"disposition": "Accepted in part", "reason": REASON})
    heard = await slack_place.message(users[TEACHER], REASON)
    assert "Your comment was accepted in part." in texts(heard)
    assert "About: ITR 4: Passwords, 1. Passwords" in texts(heard)


async def read(service: Running) -> bool:
    """Whether the comment was read and is with the Information Security Office."""
    rules = await service.core.store.read(lambda tx: tx.rules())
    found = await service.core.store.read(lambda tx: tx.rule_comments(rules[0].id))
    return len(found) == 1


async def test_in_teams_a_rule_is_opened_commented_on_and_answered(
    teams_place: test_teams.Place,
) -> None:
    teams = teams_place.teams
    author, chair = await teams_place.join(TEACHER), await teams_place.join(CHAIR)
    officer = await teams_place.join(ISO)
    await proposed(teams_place.service)
    told = await teams_place.message(chair.chat, "Proposed to the committee")
    seen = await teams.execute(chair, told, "Open the rule")
    await teams.execute(chair, seen.card, "Open it for comment")
    news = await teams_place.message(author.chat, OPEN)
    form = await teams.execute(author, news, "Comment on it")
    rules = await teams_place.service.core.store.read(lambda tx: tx.rules())
    typed = {
        "field.text": SAID,
        "field.naming": "withheld",
        "field.about": f"rule-{rules[0].id.hex}-1-1",
    }
    thanks = await teams.execute(author, form.card, "Send", typed)
    assert "About: ITR 4: Passwords, 1. Passwords" in thanks.text
    assert await until(lambda: read(teams_place.service))
    await teams_place.service.pass_time(days=45)
    ended = await teams_place.message(officer.chat, "Comment period ended")
    rule = await teams.execute(officer, ended, "Open the rule")
    comments = await teams.execute(officer, rule.card, "Read the comments")
    assert SAID in comments.text
    form = await teams.execute(officer, comments.card, "Answer the next one")
    typed = {"field.disposition": "declined", "field.reason": REASON}
    typed["many.comments"] = str(await comment_of(teams_place.service))
    await teams.execute(officer, form.card, "Send the answer", typed)
    heard = await teams_place.message(author.chat, REASON)
    assert "Your comment was declined." in heard.text


async def comment_of(service: Running) -> UUID:
    rules = await service.core.store.read(lambda tx: tx.rules())
    found = await service.core.store.read(lambda tx: tx.rule_comments(rules[0].id))
    return found[0].item_id


COMMENTS = 36
WORDS = (
    "The passphrase is too long for the youngest children",
    "Say whom to call at night when a laptop is lost",
    "La frase es demasiado larga para los más pequeños",
    "Substitutes need a way in on their first day",
)


async def comment(service: Running, who: Person, words: str, section: int, naming: Naming) -> UUID:
    """Somebody else comments through the same door, without a browser."""
    rules = await service.core.store.read(lambda tx: tx.rules())
    token = about(rules[0], rules[0].version, section).token
    speaker = Speaker(platform=Platform.WEB, person=who.id)
    item = uuid4()
    given = GiveFeedback(item_id=item, text=words, naming=naming, about=token)
    await service.core.dispatch.handle(speaker, given)
    return item


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).first.click()


async def write(page: Page, text: str) -> None:
    await page.get_by_label("Text", exact=True).fill(text)
    await press(page, "Save draft")
    await shows(page, "Draft saved.")


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_on_the_web_a_regulation_goes_from_a_draft_to_everybody_told(
    tmp_path: Path, browser: Browser
) -> None:
    """Forty comments of all three kinds in two languages, one amended version, and every author
    hears what became of theirs, also who stayed anonymous."""
    async with (
        running(tmp_path, settle(staff=60)) as service,
        signed_in(browser, service, ISO) as iso,
        signed_in(browser, service, CHAIR) as chair,
    ):
        for one in (iso, chair):
            one.set_default_timeout(9000)
        await iso.goto("/rules")
        await iso.get_by_role("link", name="Write a new rule").click()
        await press(iso, "Save draft")
        await shows(iso, "Enter a number, such as ITR 4.")
        await iso.get_by_label("Number", exact=True).fill("ITR 4")
        await iso.get_by_label("Title").fill("Passwords")
        await iso.get_by_label("Which committee must agree?").select_option("network")
        await write(iso, TEXT)
        assert [*await faults(iso), *await serious(iso)] == []
        await press(iso, "Propose it to the committee")
        await shows(iso, "Proposed to its committee")
        rules = await service.core.store.read(lambda tx: tx.rules())
        here = f"/rules/{rules[0].id}"
        await chair.goto(here)
        await press(chair, "Open it for comment")
        await shows(chair, "Open for comment")

        staff = (await service.core.store.read(lambda tx: tx.people_of(Audience())))[:COMMENTS]
        assert len(staff) == COMMENTS
        said = []
        for place, who in enumerate(staff):
            naming = (Naming.NAMED, Naming.WITHHELD)[place % 2]
            said.append(await comment(service, who, WORDS[place % 4], place % 3, naming))
        codes = [await anonymously(browser, service, words) for words in WORDS]
        await the_next_morning(service)

        async def all_read() -> bool:
            return len(await comments_of(service)) == COMMENTS + len(WORDS)

        assert await until(all_read)
        await service.pass_time(days=45)

        async def over() -> bool:
            rules = await service.core.store.read(lambda tx: tx.rules())
            return rules[0].state is RuleState.CONSIDERING

        assert await until(over)
        for page, who in ((iso, ISO), (chair, CHAIR)):  # nobody stays signed in for so long
            await page.goto(await service.signin_url(who))
            await page.get_by_role("button", name="Sign in").click()
            await page.locator("main h1").first.wait_for()
        await iso.goto(here)
        await shows(iso, "Comments are being answered")
        await press(iso, "Send it to be ratified")
        await shows(iso, "Answer every comment first. Still open: 40.")
        while any(one.disposition is None for one in await comments_of(service)):
            await iso.goto(f"{here}/1/comments")
            await iso.get_by_role("link", name="Answer").first.click()
            for box in await iso.get_by_role("checkbox").all():
                await box.check()
            await iso.get_by_label("Accepted in part").check()
            await iso.get_by_label("Why?").fill(REASON)
            await press(iso, "Send the answer")
            await shows(iso, "Answered. The authors have been notified.")
        await iso.goto(here)
        await iso.get_by_role("link", name="Edit the draft").click()
        await iso.get_by_label("What changed since the last version?").fill("Carts have a card")
        await write(iso, f"{TEXT}\nA shared cart has a card.\n")
        await press(iso, "Save the draft as a new version")
        await shows(iso, "Carts have a card")
        await press(iso, "Send it to be ratified")
        await shows(iso, "With its committee, to be ratified")

        await chair.goto(here)
        await chair.get_by_role("link", name="Record the vote").click()
        today = service.clock().date().isoformat()
        for label, value in (
            ("When did the committee vote?", today),
            ("Members present", "2"),
            ("Votes for", "2"),
            ("Votes against", "0"),
            ("Abstentions", "0"),
        ):
            await chair.get_by_label(label).fill(value)
        await press(chair, "Record the vote")
        await shows(chair, "There is no quorum: 2 were present")
        await chair.get_by_label("When did the committee vote?").fill(today)
        for label, value in (
            ("Members present", "9"),
            ("Votes for", "8"),
            ("Votes against", "1"),
            ("Abstentions", "0"),
        ):
            await chair.get_by_label(label).fill(value)
        await press(chair, "Record the vote")
        await shows(chair, "Waiting for approval")
        async with signed_in(browser, service, CTO) as cto:
            await cto.goto(here)
            await cto.get_by_role("link", name="Approve and publish").click()
            await cto.get_by_label("When does it take effect?").fill(today)
            await press(cto, "Approve and publish")
            await shows(cto, "In effect from")
            assert [*await faults(cto), *await serious(cto)] == []

        rows = await service.core.store.read(
            lambda tx: (
                tx.connection.execute(
                    select(delivery.c.subject).where(delivery.c.kind == "told-answered")
                )
                .scalars()
                .all()
            )
        )
        assert (len(rows), set(said) - set(rows)) == (len(said), set()), "each was told, once"
        async with nobody(browser, service) as page:
            for code in codes:
                heard = await look(page, code)
                assert "Your comment was accepted in part." in heard
                assert REASON in heard


async def anonymously(browser: Browser, service: Running, words: str) -> str:
    """Said on the page on which nobody is known, about the rule; the code that was given."""
    rules = await service.core.store.read(lambda tx: tx.rules())
    doors = await service.core.store.read(lambda tx: tx.anonymous_doors(service.clock()))
    token = about(rules[0], 1).token
    async with nobody(browser, service) as page:
        await page.goto(f"/say-anonymously/{doors[0]}/{token}")
        await shows(page, "About: ITR 4: Passwords.")
        await page.get_by_label("Which part do you mean?").select_option(label="2. Lost devices")
        await page.get_by_label("In your own words").fill(words)
        assert [*await faults(page), *await serious(page)] == []
        await page.get_by_role("button", name="Send it anonymously").click()
        await shows(page, "it is shown only now")
        return await page.locator(".receipt").inner_text()


async def comments_of(service: Running) -> Sequence[Comment]:
    rules = await service.core.store.read(lambda tx: tx.rules())
    return await service.core.store.read(lambda tx: tx.rule_comments(rules[0].id))
