"""A survey is tried by its author alone, in their own chat: the real message, counted nowhere."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

from governance.authoring.commands import TrySurvey
from surveys.messages import Invitation
from tests.attacks.visiting import ask
from tests.journeys.running import Running
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.town import CTO, example

TEST_OF_IT = "Test: Weekly technology pulse"


async def send_test(service: Running) -> UUID:
    survey = next(one for one in example().surveys if one.key == "weekly-pulse")
    trial = uuid4()
    reply = await ask(service, CTO, TrySurvey(trial_id=trial, survey=survey, send=True))
    assert isinstance(reply.message, Invitation)
    return trial


async def nothing_is_kept(service: Running, trial: UUID) -> None:
    kept = await service.core.store.read(lambda tx: tx.trial(trial))
    assert kept is not None
    assert kept.answers == {}
    assert await service.core.store.read(lambda tx: tx.waves()) == []


async def test_in_slack(tmp_path: Path) -> None:
    async with in_slack(tmp_path, []) as place:
        trial, cto = await send_test(place.service), place.users[CTO]
        asked = await place.message(cto, TEST_OF_IT)
        await place.slack.click(cto, asked, "Answer", {"week": "2", "help": "late"})
        assert await place.message(cto, "None of your answers was kept")
        await nothing_is_kept(place.service, trial)
        everybody = [user for user in place.users.values() if user != cto]
        assert not any(place.count(user, TEST_OF_IT) for user in everybody)


async def test_in_teams(tmp_path: Path) -> None:
    async with in_teams(tmp_path) as place:
        cto = await place.join(CTO)
        trial = await send_test(place.service)
        asked = await place.message(cto.chat, TEST_OF_IT)
        given = {"field.week": "2", "field.help": "late"}
        thanks = await place.teams.execute(cto, asked, "Send my answers", given)
        assert "None of your answers was kept" in thanks.text
        await nothing_is_kept(place.service, trial)
