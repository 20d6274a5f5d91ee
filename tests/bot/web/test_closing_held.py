"""A survey under a records hold is closed from the desk, and its hold lifted: each says what
became of the answers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest

from core.people import Audience
from surveys.commands import AnswerPage, LaunchSurvey
from surveys.messages import WaveLaunched
from surveys.survey import WaveState
from tests.attacks.visiting import ask, send, signed_in
from tests.journeys.running import Running, running
from tests.journeys.town import CTO, TEACHER, example, settle
from tests.storage.open_answers import open_tables

WAITING = "Closed. Its answers are kept until you lift the records hold."
SOON = "Closed. You can read the results in a moment."


async def launched(service: Running, *, hold: bool) -> UUID:
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=next(one for one in example().surveys if one.key == "weekly-pulse"),
        audience=Audience(people=frozenset({TEACHER})),
        opens_at=None,
        closes_at=service.clock() + timedelta(days=7),
        hold=hold,
    )
    assert isinstance(await service.by_itself(command), WaveLaunched)
    given = AnswerPage(wave_id=command.wave_id, page=0, answers={"week": "3", "help": "yes"})
    await ask(service, TEACHER, given)
    return command.wave_id


async def sent(client: httpx.AsyncClient, path: str) -> str:
    """What stands on the page that follows."""
    answer = await send(client, path)
    assert answer.status_code == 303, answer.text
    return (await client.get(answer.headers["location"])).text


async def with_answers(service: Running) -> list[UUID]:
    return list(await service.core.store.read(lambda tx: open_tables(tx.connection)))


@pytest.mark.parametrize(("hold", "told", "other"), [(True, WAITING, SOON), (False, SOON, WAITING)])
async def test_whoever_closes_reads_whether_answers_are_kept(
    tmp_path: Path, hold: bool, told: str, other: str
) -> None:
    async with running(tmp_path, settle(staff=5)) as service:
        wave = await launched(service, hold=hold)
        async with signed_in(service, CTO) as client:
            page = await sent(client, f"/desk/close/{wave}")
            assert told in page
            assert other not in page
            assert await with_answers(service) == ([wave] if hold else [])
            closed = await service.core.store.read(lambda tx: tx.wave(wave))
            assert closed is not None
            assert closed.state is WaveState.CLOSED
            if hold:
                assert "The records hold is lifted." in await sent(client, f"/desk/hold/{wave}")
                assert await with_answers(service) == []
