"""On three platforms: somebody types "plan", opens a goal and reads its history; the CTO's office
enters a reading."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.operator.loading import load
from core.text import text
from governance.goals.stepping import goals_of
from tests.bot.web.seeing import faults, serious
from tests.journeys import test_slack, test_teams
from tests.journeys.running import Running, running, until
from tests.journeys.test_changes import _soon, in_modal, press
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.test_web import shows, signed_in
from tests.journeys.town import CTO, OFFICE, TEACHER, example, settle
from tests.stand_ins.slack import texts

if TYPE_CHECKING:
    from playwright.async_api import Browser

GOAL = "reliable-wifi"
TITLE = goals_of(example().district.components)[GOAL].title.default
WORDS = "Also on buses and at bus stops."


@pytest.fixture
async def slack_place(tmp_path: Path) -> AsyncIterator[test_slack.Place]:
    async with in_slack(tmp_path, [OFFICE]) as found:
        yield found


@pytest.fixture
async def teams_place(tmp_path: Path) -> AsyncIterator[test_teams.Place]:
    async with in_teams(tmp_path) as found:
        yield found


async def reworded(service: Running) -> None:
    """``district load`` with other words for the goal, and nothing else."""
    district = await service.core.store.read(lambda tx: tx.district())
    components = tuple(
        replace(
            component,
            goals=tuple(
                replace(goal, description=text(WORDS), reason="Buses got modems.")
                if goal.key == GOAL
                else goal
                for goal in component.goals
            ),
        )
        for component in district.components
    )
    files = replace(example(), district=replace(district, components=components), roster=None)
    await load(service.core.store, files, service.clock(), apply=True)


async def test_in_slack_the_plan_leads_to_a_goal_and_its_history(
    slack_place: test_slack.Place,
) -> None:
    place, slack, users = slack_place, slack_place.slack, slack_place.users
    cto, office = users[CTO], users[OFFICE]
    await reworded(place.service)
    await slack.dm(office, "plan")
    listed = await place.message(office, "The plan and its goals")
    assert TITLE in texts(listed)
    await slack.click(office, listed, TITLE)
    seen = await place.message(office, "Reworded on")
    assert "Buses got modems." in texts(seen)
    assert WORDS in texts(seen)

    await slack.dm(cto, "goals")
    listed = await place.message(cto, "The plan and its goals")
    await slack.click(cto, listed, TITLE)
    seen = await place.message(cto, "Reworded on")
    await slack.click(cto, seen, "Enter a reading")
    assert await until(lambda: _soon(in_modal(slack.modal(cto), "Enter a reading")))
    wrong = await slack.submit(cto, {"value": "many"})
    assert list(wrong.json()["errors"].values()) == ["Enter a number, such as 92 or 4.5."]
    await slack.submit(cto, {"value": "61"})
    await slack.dm(office, "the plan")
    assert await until(lambda: _soon(place.count(office, "61")))


async def test_in_teams_the_plan_leads_to_a_goal_and_its_history(
    teams_place: test_teams.Place,
) -> None:
    place, teams = teams_place, teams_place.teams
    office, cto = await place.join(OFFICE), await place.join(CTO)
    await reworded(place.service)
    (listed,) = await teams.say(office, "plan")
    assert TITLE in listed.text
    chosen = {"Something else": f"goal|{GOAL}"}
    seen = await teams.execute(office, listed, "Continue", chosen)
    assert "Buses got modems." in seen.text
    (listed,) = await teams.say(cto, "plan")
    seen = await teams.execute(cto, listed, "Continue", chosen)
    form = await teams.execute(cto, seen.card, "Enter a reading")
    again = await teams.execute(cto, form.card, "Save", {"field.value": "many"})
    assert "Enter a number, such as 92" in again.text
    saved = await teams.execute(cto, again.card, "Save", {"field.value": "61"})
    assert "61" in saved.text


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_on_the_web_a_goal_is_read_and_measured(tmp_path: Path, browser: Browser) -> None:
    async with running(tmp_path, settle()) as service:
        await reworded(service)
        async with signed_in(browser, service, TEACHER) as page:
            await page.get_by_role("link", name="The plan", exact=True).click()
            await shows(page, TITLE)
            assert [*await faults(page), *await serious(page)] == []
            await page.get_by_role("link", name=TITLE).click()
            await shows(page, "Buses got modems.")
            assert [*await faults(page), *await serious(page)] == []
            assert await page.get_by_role("link", name="Enter a reading").count() == 0
        async with signed_in(browser, service, CTO) as page:
            await page.goto(f"/plan/{GOAL}")
            for value in ("60", "61"):
                await page.get_by_role("link", name="Enter a reading").click()
                await page.get_by_label("Value").fill(value)
                await press(page, "Save")
                await shows(page, "Saved.")
            await shows(page, "61")
            assert await page.get_by_text("1 reading").count() == 1, "of the same day"
