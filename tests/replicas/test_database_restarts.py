"""PostgreSQL is stopped in the middle of a broadcast and of answers, and started again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from bot.app.doorkeeping import Doorkeeper
from bot.conversation import Speaker
from bot.web import keeping
from bot.web.sessions import new_session, write_session
from core.people import Platform
from governance.people.ways_in import How
from storage.unavailable import UnavailableError
from surveys.commands import AnswerPage
from surveys.messages import Answered
from tests.journeys.running import until
from tests.journeys.town import person
from tests.postgres import OwnServer
from tests.replicas.crowd import Crowd, crowd
from tests.storage.open_answers import stored as stored_answers

HEALTHY_WITHIN = 10.0


@pytest.fixture
def server() -> Iterator[OwnServer]:
    own = OwnServer()
    try:
        yield own
    finally:
        own.close()


@pytest.mark.prove
@pytest.mark.parametrize("how", ["fast", "immediate"])
async def test_nothing_is_lost_and_everything_goes_on(
    tmp_path: Path, server: OwnServer, how: str
) -> None:
    async with (
        crowd(tmp_path, server.database(), people=200, per_minute=600, crew=2) as found,
        httpx.AsyncClient(base_url=found.service.url) as visitor,
    ):
        visitor.cookies.update(await _signed_in(found))
        assert (await visitor.get("/")).status_code == 200
        await found.ask_everybody()
        answering = asyncio.create_task(_answer(found))
        await until(lambda: found.asked(40))

        await asyncio.to_thread(server.stop, how)
        await asyncio.sleep(1)
        for path in ("/", "/readyz"):
            answer = await visitor.get(path, headers={"accept": "text/html"})
            assert answer.status_code == 503, path
        assert "Nothing was changed." in (await visitor.get("/")).text
        assert (await visitor.get("/")).headers["retry-after"]
        await asyncio.sleep(3)
        await asyncio.to_thread(server.start)

        loop = asyncio.get_running_loop()
        begun, had = loop.time(), len(found.arrived)
        await until(lambda: _ready(visitor))
        web = loop.time() - begun
        await until(lambda: found.asked(had + 5))
        workers = loop.time() - begun
        await until(found.all_sent)
        acknowledged, failed = await answering
        stored = await found.service.core.store.read(lambda tx: len(stored_answers(tx.connection)))
        print(
            f"\n{how}: pages again after {web:.1f} s, messages after {workers:.1f} s; "
            f"{failed} answers were told to come again, {acknowledged} acknowledged, "
            f"{stored} stored"
        )
        assert web < HEALTHY_WITHIN
        assert workers < HEALTHY_WITHIN
        taken = found.taken()
        assert len(taken) == 200, "nobody is lost"
        assert set(taken.values()) == {1}, "nobody is asked twice"
        assert failed, "the database was away for some of the answers"
        assert stored == acknowledged == 200


async def _answer(found: Crowd) -> tuple[int, int]:
    """Whoever was asked answers, again and again until it is acknowledged: how many did, and how
    often somebody was told to come again. They lag behind: who had answered is not asked."""
    who = {
        user: (await person(found.service.core, email)).id for user, email in found.emails.items()
    }
    await until(lambda: found.asked(20))
    failed, done = 0, set[str]()
    while len(done) < len(who):
        for user in found.taken().keys() - done:
            failed += await _acknowledged(found, who[user])
            done.add(user)
            await asyncio.sleep(0.1)
        await asyncio.sleep(0.02)
    return len(done), failed


async def _acknowledged(found: Crowd, who: UUID) -> int:
    """One answer; how often it was refused."""
    assert found.wave is not None
    command = AnswerPage(wave_id=found.wave, page=0, answers={"week": "3", "help": "yes"})
    speaker, refused = Speaker(platform=Platform.WEB, person=who), 0
    while True:
        try:
            reply = await found.service.core.dispatch.handle(speaker, command)
        except UnavailableError:
            refused += 1
            await asyncio.sleep(0.1)
            continue
        assert isinstance(reply.message, Answered)
        return refused


async def _signed_in(found: Crowd) -> dict[str, str]:
    who, now = await person(found.service.core, found.staff[0]), found.service.clock()
    secret = found.service.core.vault.key("web")
    key = await Doorkeeper(found.service.core).begin(who.id, How.LINK)
    return {keeping.SESSION: write_session(secret, new_session(who.id, now, key))}


async def _ready(visitor: httpx.AsyncClient) -> bool:
    return (await visitor.get("/readyz")).status_code == 200
