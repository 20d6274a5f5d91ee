"""A form that is declared on its command, at the doors of Slack, of Teams and of the web: it is
opened, says at its field what is missing, and is taken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from bot.registry import encode
from governance import links
from governance.forms.commands import Open
from governance.messages import Refused
from governance.recommendations.commands import DecideAdvice, SendAdvice, WriteAdvice
from tests.journeys.doors import Door, SlackDoor, TeamsDoor, WebDoor
from tests.journeys.running import running
from tests.journeys.test_changes import ask
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.town import CHAIR, CTO, TEACHER, settle

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = pytest.mark.usefixtures("quick_reader")

WHY = "There is no money before July."


async def lived_through(door: Door) -> None:
    subject, service = uuid4(), door.service
    draft = WriteAdvice(
        recommendation_id=subject, queue="network", title="Cables", advice="Buy.", rule="ITR 4.2"
    )
    await ask(service, CHAIR, draft)
    await ask(service, CHAIR, SendAdvice(recommendation_id=subject))

    decides = DecideAdvice(recommendation_id=subject, accept=False, reason=WHY)
    for who in (CHAIR, TEACHER):
        refused = await ask(service, who, Open(of=decides))
        assert isinstance(refused, Refused)
        assert refused == await ask(service, who, decides), "one guard for both"

    if door.pushes:
        await door.gets(CTO, "recommends: Cables")
        await door.press(CTO, "Decline")
    else:
        await door.asks(CTO, "", links.doing("", encode(Open(of=decides))))
    await door.fills(CTO, "Decline", {"reason": "   "})
    await door.sees(CTO, "Say why. Everyone who contributed will see it.")
    await door.fills(CTO, "Decline", {"reason": WHY})
    await door.sees(CTO, WHY)
    assert (await ask(service, CTO, Open(of=decides))).reason == WHY, "nothing is left to decide"


async def test_in_slack(tmp_path: Path) -> None:
    async with in_slack(tmp_path, [CTO]) as place:
        await lived_through(SlackDoor(place))


async def test_in_teams(tmp_path: Path) -> None:
    async with in_teams(tmp_path) as place:
        await lived_through(TeamsDoor(place, {CTO: await place.join(CTO)}))


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_on_the_web(tmp_path: Path, browser: Browser) -> None:
    async with running(tmp_path, settle()) as service:
        await lived_through(WebDoor(service, browser))
