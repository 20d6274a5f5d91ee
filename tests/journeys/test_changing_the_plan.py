"""The steering committee proposes in Slack to merge two goals, the CTO's office enters the Board's
decision there, and on the web the history says so and what was linked is moved and moved back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from governance.goals.stepping import goals_of
from governance.references.commands import LinkItem
from tests.attacks.hall import Hall
from tests.bot.web.seeing import faults, serious
from tests.journeys import test_slack, test_teams
from tests.journeys.running import Running, running, until
from tests.journeys.test_changes import _soon, in_modal, press
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.test_web import shows, signed_in
from tests.journeys.town import CHAIR, CTO, TEACHER, example, settle
from tests.stand_ins.slack import texts

if TYPE_CHECKING:
    from playwright.async_api import Browser

EQUAL, REFRESH = "equal-classrooms", "classroom-refresh"
GOALS = goals_of(example().district.components)
EQUAL_TITLE, REFRESH_TITLE = GOALS[EQUAL].title.default, GOALS[REFRESH].title.default
REASON = "Both are about the same rooms."
RESOLUTION = "resolution 2027-14"
SAID = "The display in our room does not work"


def lead() -> str:
    found = example().district.committee(example().district.plan.steering)
    assert found is not None
    return found.chair


@pytest.fixture
async def slack_place(tmp_path: Path) -> AsyncIterator[test_slack.Place]:
    async with in_slack(tmp_path, [lead()]) as found:
        yield found


@pytest.fixture
async def teams_place(tmp_path: Path) -> AsyncIterator[test_teams.Place]:
    async with in_teams(tmp_path) as found:
        yield found


async def linked(service: Running) -> UUID:
    """A message of staff that is linked to a goal."""
    hall = Hall(core=service.core, clock=service.clock)
    item = await hall.item(TEACHER, SAID)
    await hall.ask(CHAIR, LinkItem(item_id=item, to=f"goal:{REFRESH}"))
    return item


async def retired(service: Running) -> bool:
    district = await service.core.store.read(lambda tx: tx.district())
    return goals_of(district.components)[REFRESH].retired


async def test_in_slack(slack_place: test_slack.Place) -> None:
    place, slack, users = slack_place, slack_place.slack, slack_place.users
    chair, cto = users[lead()], users[CTO]
    await slack.dm(chair, "plan")
    listed = await place.message(chair, "The plan and its goals")
    await slack.click(chair, listed, REFRESH_TITLE)
    goal = await place.message(chair, "What we aim for")
    await slack.click(chair, goal, "Merge it with others")
    assert await until(lambda: _soon(in_modal(slack.modal(chair), "Merge goals")))
    wrong = await slack.submit(chair, {"goals": [REFRESH], "reason": REASON})
    assert "Choose at least two goals." in str(wrong.json())
    await slack.submit(chair, {"goals": [EQUAL, REFRESH], "stays": EQUAL, "reason": REASON})
    draft = await place.message(chair, "Propose it")
    await slack.click(chair, draft, "Propose it")

    asked = await place.message(cto, "It was accepted")
    assert REASON in texts(asked)
    await slack.click(cto, asked, "It was accepted")
    assert await until(lambda: _soon(in_modal(slack.modal(cto), "Who decided?")))
    decided = {"reference": RESOLUTION, "reason": "One goal is easier to follow."}
    await slack.submit(cto, decided)
    assert await until(lambda: retired(place.service))
    told = await place.message(chair, RESOLUTION)
    assert "Board of Education" in texts(told)


async def test_in_teams(teams_place: test_teams.Place) -> None:
    teams = teams_place.teams
    chair, cto = await teams_place.join(lead()), await teams_place.join(CTO)
    (listed,) = await teams.say(chair, "plan")
    goal = await teams.execute(chair, listed, "Continue", {"Something else": f"goal|{REFRESH}"})
    form = await teams.execute(chair, goal.card, "Retire it")
    draft = await teams.execute(chair, form.card, "Save the draft", {"field.reason": REASON})
    await teams.execute(chair, draft.card, "Propose it")
    asked = await teams_place.message(cto.chat, REASON)
    form = await teams.execute(cto, asked.card, "It was accepted")
    filled = {"field.reference": RESOLUTION, "field.reason": "Agreed."}
    await teams.execute(cto, form.card, "Record as accepted", filled)
    assert await until(lambda: retired(teams_place.service))


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_on_the_web(tmp_path: Path, browser: Browser) -> None:
    async with running(tmp_path, settle()) as service:
        item = await linked(service)
        async with signed_in(browser, service, lead()) as page:
            await page.goto(f"/plan/{REFRESH}")
            await page.locator("details.menu > summary").click()
            await page.get_by_role("link", name="Merge it with others").click()
            await page.get_by_label(EQUAL_TITLE).check()
            await page.get_by_label("Which of them stays?").select_option(EQUAL)
            await page.get_by_label("Why this change?").fill(REASON)
            await press(page, "Save the draft")
            await press(page, "Propose it")
            await shows(page, "Waiting for a decision")
            proposal = page.url
        async with signed_in(browser, service, CTO) as page:
            await page.goto(proposal)
            await page.get_by_role("link", name="It was accepted").click()
            await page.get_by_label("On which day?").fill("2099-01-01")
            await page.get_by_label("Where is it on record?").fill(RESOLUTION)
            await page.get_by_label("Why?").fill("One goal is easier to follow.")
            await press(page, "Record as accepted")
            await shows(page, "Choose today or an earlier day.")
            day = f"{service.clock() - timedelta(days=1):%Y-%m-%d}"
            await page.get_by_label("On which day?").fill(day)
            await press(page, "Record as accepted")
            await shows(page, RESOLUTION)
        async with signed_in(browser, service, TEACHER) as page:
            await page.goto(f"/plan/{REFRESH}")
            await shows(page, RESOLUTION)
            await shows(page, REASON)
            assert [*await faults(page), *await serious(page)] == []
        async with signed_in(browser, service, lead()) as page:
            await page.goto(f"/plan/{REFRESH}")
            await page.get_by_role("link", name="Move what is linked to it").click()
            await page.get_by_label("A few messages from staff: all of them").check()
            await page.get_by_label("To which goal?").select_option(EQUAL)
            await press(page, "Move")
            await shows(page, "Nothing is linked to an earlier version of this goal.")
            await shows(page, f"moved to “{EQUAL_TITLE}”")
            assert [*await faults(page), *await serious(page)] == []
        async with signed_in(browser, service, CHAIR) as page:
            await page.goto(f"/items/{item}")
            await shows(page, EQUAL_TITLE)
        async with signed_in(browser, service, lead()) as page:
            await page.goto(f"/plan/{REFRESH}/bound")
            await press(page, "Undo: A few messages from staff")
            await shows(page, "A few messages from staff: all of them")
