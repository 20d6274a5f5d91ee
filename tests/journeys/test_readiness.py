"""How ready people are: asked and answered at the doors of Slack, of Teams and of the web."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest

from core.people import Audience
from governance.changes.commands import TakeChangeStep
from governance.changes.model import ChangeStep
from governance.pulses.commands import AskPulse, PlanPulse, ShowReady
from governance.pulses.messages import ReadyView
from governance.pulses.model import STATEMENTS, Moment
from surveys.survey import Participation
from tests.governance.changes.test_process import written
from tests.journeys.running import until
from tests.journeys.test_changes import ask
from tests.journeys.test_generated_surveys import (
    CROWD,
    IN_SLACK,
    IN_TEAMS,
    ON_THE_WEB,
    answer_in_slack,
    answer_in_teams,
    answer_on_the_web,
    everywhere,
)
from tests.journeys.town import CHAIR, CTO
from tests.stand_ins.slack import texts

pytestmark = pytest.mark.usefixtures("quick_reader")


async def test_a_pulse_is_asked_and_answered_on_three_platforms(tmp_path: Path) -> None:
    async with everywhere(tmp_path) as place:
        service, change = place.service, uuid4()
        audience = Audience(people=frozenset(CROWD))
        day = service.clock().date() + timedelta(days=14)
        day += timedelta(days=(7 - day.weekday()) % 7)  # a Monday
        await ask(service, CTO, written(change, day=day, audience=audience))
        await ask(service, CTO, TakeChangeStep(change_id=change, step=ChangeStep.PROPOSED))
        await ask(service, CHAIR, TakeChangeStep(change_id=change, step=ChangeStep.APPROVED))
        before = Moment.BEFORE
        await ask(service, CTO, PlanPulse(change_id=change, moment=before, part="100%"))
        await ask(service, CTO, AskPulse(change_id=change, moment=before))
        early = place.slack.from_app(place.users[IN_SLACK[0]])
        assert not [one for one in early if "Are you ready?" in texts(one)]
        while service.clock().date() < day - timedelta(days=6):
            await service.pass_time(days=1)
        pulse = await service.core.store.read(lambda tx: tx.pulse(change, before))
        assert pulse is not None

        async def opened() -> object:
            return await service.core.store.read(lambda tx: tx.wave(pulse.wave_id))

        assert await until(opened)
        wave = await service.core.store.read(lambda tx: tx.wave(pulse.wave_id))
        assert wave is not None
        chance = Random(59)  # noqa: S311 - a survey is answered the same each time
        given = [
            *[await answer_in_slack(place, one, wave.survey, chance) for one in IN_SLACK],
            *[await answer_in_teams(place, one, wave.survey, chance) for one in IN_TEAMS],
            *[
                await answer_on_the_web(place, one, wave.survey, chance, wave.id)
                for one in ON_THE_WEB
            ],
        ]
        assert all(STATEMENTS.keys() <= set(one) for one in given)

        async def counted() -> bool:
            many = await service.core.store.read(
                lambda tx: tx.count_participation(wave.id, Participation.ANSWERED)
            )
            return many == len(CROWD)

        assert await until(counted)
        while service.clock() < wave.closes_at:
            await service.pass_time(days=1)

        async def told() -> object:
            view = await ask(service, CTO, ShowReady(change_id=change))
            assert isinstance(view, ReadyView)
            return view.ready.lines[0].findings

        found = await until(told)
        assert found.barrier == "", "nine answers are too few to show anything"
        assert not found.rated
        assert not found.low
