"""What staff put first, at the doors of Slack, of Teams and of the web: matched to goals, sent to
the steering committee, recommended on and decided, and told to everyone who was asked. A goal is
retired in the middle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from governance.alignment.commands import DraftOutcome, ShowAlignment
from governance.alignment.messages import AlignmentView
from governance.conclusions.commands import PublishConclusions, WriteConclusions
from governance.conclusions.model import ConclusionsForm
from tests.attacks.hall import Hall
from tests.governance.alignment.ranked import CHAIR_OF_STEERING, closed, ranked
from tests.governance.alignment.test_aligning import change_plan
from tests.journeys.doors import Door, SlackDoor, TeamsDoor, WebDoor
from tests.journeys.running import running, until
from tests.journeys.test_changes import ask
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.town import CTO, TEACHER, settle

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = pytest.mark.usefixtures("quick_reader")

TITLE = "Priorities and goals: Technology priorities"
ALL = {
    "goal.first.parking": "none",
    "goal.first.wifi": "reliable-wifi:2",
    "goal.first.sign-in": "one-sign-in:1",
    "goal.first.robots": "none",
}


async def closed_in(door: Door) -> UUID:
    town = Hall(core=door.service.core, clock=door.service.clock)
    wave = await closed(town, points=())

    async def published() -> object:
        return await town.core.store.read(lambda tx: tx.results(wave))

    await until(published)
    await ranked(town, wave)
    return wave


async def lived_through(door: Door) -> None:
    wave = await closed_in(door)
    assert "Staff ranked 4 priorities." in await door.gets(CTO, TITLE)
    await door.press(CTO, "Match priorities to goals")
    await door.fills(CTO, "Save", ALL)
    shown = await door.sees(CTO, "Staff put “More parking for staff” first.")
    assert "2 of 13 goals have a priority behind them." in shown
    assert "“More parking for staff” (place 1) has no goal" in shown

    town = Hall(core=door.service.core, clock=door.service.clock)
    await change_plan(town, "one-sign-in", retired=True)
    await door.press(CTO, "Send it to the steering committee")
    shown = await door.sees(CTO, "1 priority still needs to be matched.")
    assert "One sign-in to everything for learning (retired since)" in shown

    brief = await door.gets(CHAIR_OF_STEERING, "Staff put “More parking for staff” first.")
    assert "Proposals for discussion" in brief
    await door.press(CHAIR_OF_STEERING, "Recommend a goal for “More parking for staff”")
    advice = "Consider a new goal. Parking keeps people from arriving in time."
    await door.fills(
        CHAIR_OF_STEERING,
        "Save and preview",
        {"title": "A goal for parking", "advice": advice},
    )
    await door.sees(CHAIR_OF_STEERING, advice)
    await door.press(CHAIR_OF_STEERING, "Send it to the CTO")
    await door.gets(CTO, "recommends: A goal for parking")
    await door.press(CTO, "Accept")
    await door.fills(CTO, "Accept", {"reason": "There is room behind the gym."})
    await door.sees(CTO, "There is room behind the gym.")

    view = await ask(door.service, CTO, ShowAlignment(wave_id=wave))
    assert isinstance(view, AlignmentView)
    [told] = view.alignment.advice
    assert told.title == "A goal for parking"
    form = await ask(door.service, CTO, DraftOutcome(wave_id=wave))
    assert isinstance(form, ConclusionsForm)
    words = {**form.words, "by_1": "August"}
    await ask(door.service, CTO, WriteConclusions(wave_id=wave, words=words, figures=form.figures))
    await ask(door.service, CTO, PublishConclusions(wave_id=wave, version=1))
    heard = await door.gets(TEACHER, "There is room behind the gym.")
    assert "Staff put “More parking for staff” first." in heard
    assert "recommended “A goal for parking”" in heard


async def test_in_slack(tmp_path: Path) -> None:
    async with in_slack(tmp_path, [CHAIR_OF_STEERING]) as place:
        await lived_through(SlackDoor(place))


async def test_in_teams(tmp_path: Path) -> None:
    async with in_teams(tmp_path) as place:
        people = (CTO, CHAIR_OF_STEERING, TEACHER)
        users = {one: await place.join(one) for one in people}
        await lived_through(TeamsDoor(place, users))


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_on_the_web(tmp_path: Path, browser: Browser) -> None:
    async with running(tmp_path, settle()) as service:
        await lived_through(WebDoor(service, browser))
