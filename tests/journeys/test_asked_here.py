"""A question that the service can answer is answered with its source in Slack and in Teams, and is
nobody's until its author passes it on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.running import until
from tests.journeys.test_chat import nobody_got_anything, said_by
from tests.journeys.test_slack import STAFF, in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.town import TEACHER
from tests.stand_ins.slack import texts

pytestmark = pytest.mark.usefixtures("quick_reader")

ASKED = (
    ("is the wifi down?", "No outages are reported."),
    ("¿está caído el wifi?", "No outages are reported."),
    ("when is the next training?", "No training session is planned right now."),
    ("¿cuándo es la próxima capacitación?", "No training session is planned right now."),
    ("rules", "IT rules"),
    ("reglas", "IT rules"),
    ("calendar", "Change calendar"),
    ("lecciones", "Lessons"),
)
STATUS = "The service status says this."
TOLD = "the wifi is down in room 12"


async def test_in_slack_it_is_answered_and_one_press_passes_it_on(tmp_path: Path) -> None:
    async with in_slack(tmp_path, STAFF[:1]) as place:
        slack, user = place.slack, place.users[STAFF[0]]
        for said, answer in ASKED:
            await slack.dm(user, said)
            assert answer in texts(await place.message(user, answer)), said
            await nobody_got_anything(place.service)
        before = place.count(user, STATUS)
        await slack.dm(user, "Is the network down?")

        async def one_more() -> bool:
            return place.count(user, STATUS) > before

        await until(one_more)
        shown = await place.message(user, STATUS)
        await slack.click(user, shown, "Pass it on")
        assert await place.message(user, "Thank you")
        assert await said_by(place.service) == ["Is the network down?"]
        await slack.dm(user, TOLD)
        assert TOLD in await said_by(place.service), "who tells something is not asked"


async def test_in_teams_it_is_answered_and_one_press_passes_it_on(tmp_path: Path) -> None:
    async with in_teams(tmp_path) as place:
        ana = await place.join(TEACHER)
        for said, answer in ASKED:
            shown = (await place.teams.say(ana, said))[-1]
            assert answer in shown.text, said
            await nobody_got_anything(place.service)
        asked = (await place.teams.say(ana, "is the wifi down"))[-1]
        thanks = await place.teams.execute(ana, asked, "Pass it on")
        assert "Thank you" in thanks.text
        assert await said_by(place.service) == ["is the wifi down"]
