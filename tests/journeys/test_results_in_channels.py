"""After the closing the committees that a survey names get its results in their private channels,
with the main charts; nobody else's channel does, and none that is open to more than staff."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.people import Audience
from surveys.commands import AnswerPage, LaunchSurvey
from surveys.messages import WaveLaunched
from tests.attacks.visiting import ask
from tests.journeys.running import Running
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.town import example, small_roster, teachers
from tests.stand_ins.adaptive_cards import elements
from tests.stand_ins.slack import texts

pytestmark = pytest.mark.usefixtures("exact")

STAFF = [one.email for one in teachers(small_roster(40), 20)]
RESULTS = "Weekly technology pulse"


async def closed(service: Running) -> UUID:
    """A pulse that names the network's committee, answered by twenty, and its week passed."""
    pulse = next(one for one in example().surveys if one.key == "weekly-pulse")
    launched = await service.by_itself(
        LaunchSurvey(
            wave_id=uuid4(),
            survey=replace(pulse, committees=("network",)),
            audience=Audience(people=frozenset(STAFF)),
            opens_at=None,
            closes_at=service.clock() + timedelta(days=7),
        )
    )
    assert isinstance(launched, WaveLaunched)
    for place, email in enumerate(STAFF):
        answers = {"week": str(1 + place % 5), "help": "yes" if place % 2 else "no"}
        await ask(service, email, AnswerPage(wave_id=launched.wave_id, page=0, answers=answers))
    await service.pass_time(days=8)
    return launched.wave_id


async def test_in_slack_with_pictures(tmp_path: Path) -> None:
    async with in_slack(tmp_path, ()) as place:
        channel = place.channels["network"]
        await closed(place.service)
        told = await place.message(channel, "20 answers")
        assert RESULTS in texts(told)
        assert "image" in {block["type"] for block in told["blocks"]}
        assert place.count(place.channels["triage"], RESULTS) == 0


async def test_in_teams_with_charts(tmp_path: Path) -> None:
    async with in_teams(tmp_path) as place:
        await closed(place.service)
        told = await place.message(place.channels["network"], "20 answers")
        assert RESULTS in told.text
        drawn = {one["type"] for one in elements(told.card)}
        assert drawn & {"Image", "Chart.HorizontalBar"}
        triage = place.teams.messages(place.channels["triage"])
        assert [one for one in triage if RESULTS in one.text] == []
