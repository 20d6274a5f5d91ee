"""Danger that no pattern knows: the reader, asked for a glance, puts the notice on the answer
itself at every door; one that hangs or is not there holds up nobody."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psutil
import pytest

from bot.operator.operations import do
from core.people import Platform
from governance.feedback.model import ItemState, Urgency
from governance.reading import worker
from governance.reading.urgency import every_kind
from governance.rules.commands import TakeStep
from governance.rules.model import RuleStep
from governance.urgent.model import Did
from storage.transaction import Transaction
from tests.attacks.hall import Hall
from tests.attacks.visiting import signed_in, stranger
from tests.bot.cli.test_rules import RULES
from tests.bot.doctor.test_reader_watched import another, child, is_up
from tests.bot.web.test_pages import hidden
from tests.faults.towns import slack_settings, teams_settings
from tests.governance.reading import breaking
from tests.governance.reading.breaking import HINTED
from tests.journeys.running import Running, running, until
from tests.journeys.test_cannot_wait import FIRST, GUN
from tests.journeys.test_danger import CALL, CONTRADICTS, read_out
from tests.journeys.town import CTO, TEACHER, person, settle
from tests.stand_ins.slack import SlackStandIn, texts
from tests.stand_ins.teams import TeamsStandIn

DEMANDED = worker.GLANCE_SECONDS

BUSY_MACHINES_LIMIT = 30.0
"""Seconds for an answer in the check; what waits for a reader that hangs takes twice as long."""


@dataclass
class Town:
    service: Running
    slack: SlackStandIn
    teams: TeamsStandIn
    author: str
    took: list[float] = field(default_factory=list)
    """Seconds until Slack had its response to each message."""

    @property
    def shown(self) -> list[str]:
        return [texts(one) for one in self.slack.from_app(self.author)]

    async def says(self, words: str) -> str:
        """A message in Slack, and its answer."""
        before, begun = len(self.shown), time.monotonic()
        assert (await self.slack.dm(self.author, words)).status_code == 200
        self.took.append(round(time.monotonic() - begun, 3))

        async def answered() -> bool:
            return len(self.shown) > before

        await until(answered, every=0.01)
        assert time.monotonic() - begun < BUSY_MACHINES_LIMIT
        return self.shown[before]

    async def items(self, email: str) -> list[UUID]:
        """All of somebody's messages, once they are read."""
        who = await person(self.service.core, email)

        async def look() -> list[UUID]:
            found = await self.service.core.store.read(lambda tx: tx.items_by(who.id))
            read = all(one.state is not ItemState.RECEIVED for one in found)
            return [one.id for one in found] if read else []

        found: list[UUID] = await until(look)
        return found

    async def called(self, item: UUID) -> list[str]:
        def look(tx: Transaction) -> list[str]:
            told = [one for one in tx.case_steps(item, Urgency.SAFETY) if one.did is Did.TOLD]
            return [who.email for one in told if (who := tx.person(one.person)) is not None]

        return await self.service.core.store.read(look)


@pytest.fixture
async def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    monkeypatch.setattr(worker, "SERVE", breaking.SERVE)
    monkeypatch.setattr(worker, "GLANCE_SECONDS", BUSY_MACHINES_LIMIT)
    monkeypatch.setattr("governance.reading.child._SILENCE", 2 * BUSY_MACHINES_LIMIT)
    monkeypatch.setattr("bot.jobs.reading_district._LOOK_SECONDS", 0.1)
    async with SlackStandIn() as slack, TeamsStandIn() as teams:
        settings = {**slack_settings(slack), **teams_settings(teams)}
        author = slack.add_user(TEACHER)
        slack.add_user(FIRST)
        prepare = settle(Platform.SLACK, staff=5)
        async with running(tmp_path, prepare, reader_at_start=True, **settings) as service:
            slack.app = f"{service.url}/slack/events"
            teams.reach(service.url)
            await until(lambda: is_up(service))
            yield Town(service, slack, teams, author)


async def test_every_door_answers_with_the_notice_and_nothing_follows_it(town: Town) -> None:
    assert every_kind(HINTED) == (), "no pattern knows it"
    said = await town.says(HINTED)
    assert said.count(CALL) == 1
    assert [words for words in CONTRADICTS if words in said] == []
    (item,) = await town.items(TEACHER)
    assert await town.called(item) == [FIRST]

    ana = town.teams.person("Naomi Whitehorse", CTO)
    await town.teams.install(ana)
    said = "\n".join(one.text for one in await town.teams.say(ana, HINTED))
    assert said.count(CALL) == 1

    async with signed_in(town.service, TEACHER) as client:
        form = await client.get("/feedback")
        fields = hidden(form.text, "/feedback") | {"text": f"{HINTED} today", "naming": "withheld"}
        kept = await client.post("/feedback", data=fields, follow_redirects=True)
        assert read_out(kept).count(CALL) == 1

    now = town.service.clock()
    door, _ = await town.service.core.store.read(lambda tx: tx.anonymous_doors(now))
    async with stranger(town.service) as client:
        fields = {"nonce": "a-form-of-a-test", "text": HINTED}
        kept = await client.post(f"/say-anonymously/{door}", data=fields)
        assert read_out(kept).count(CALL) == 1
    cases = await town.service.core.store.read(lambda tx: tx.cases())
    assert len(cases) == 4

    await town.items(TEACHER)
    await town.items(CTO)
    assert sum(CALL in one for one in town.shown) == 1, "the full reading says nothing more"
    assert sum(CALL in one.text for one in town.teams.messages(ana.chat)) == 1


async def test_rules_are_read_as_they_come_and_found_by_what_is_meant(town: Town) -> None:
    service = town.service
    told = await do(service.core, "rule-import", {"paths": [str(RULES)]})
    assert told.ok
    people = Hall(core=service.core, clock=service.clock)
    lost = await service.core.store.read(lambda tx: tx.rule_by_number("ITP 7"))
    assert lost is not None
    until_day = service.clock().date() + timedelta(days=10)
    await people.ask(
        CTO,
        TakeStep(rule_id=lost.id, step=RuleStep.INTERIM, on=until_day, why="Many are lost"),
    )

    async def known() -> bool:
        return await service.core.store.read(lambda tx: tx.version_without_meaning()) is None

    await until(known)
    said = await town.says("Is there a rule about what I do when my Chromebook walks away?")
    assert "Call the help desk" in said


@pytest.mark.parametrize("limit", [BUSY_MACHINES_LIMIT, pytest.param(0.5, marks=pytest.mark.prove)])
async def test_a_reader_that_hangs_or_is_gone_delays_no_answer(
    town: Town, monkeypatch: pytest.MonkeyPatch, limit: float
) -> None:
    monkeypatch.setattr(worker, "GLANCE_SECONDS", DEMANDED)
    service = town.service
    first = child(service)
    assert first is not None
    psutil.Process(first).suspend()
    assert CALL not in await town.says(HINTED), "and is answered all the same"
    assert CALL in await town.says(GUN), "what patterns know needs no reader"
    print(f"\nWith a reader that hangs Slack has its response after {town.took} s")
    assert min(town.took) <= limit
    psutil.Process(first).kill()
    await until(lambda: another(service, first))
    await until(lambda: is_up(service))
    hinted, stated = sorted(await town.items(TEACHER))[:2]
    assert await town.called(hinted) == await town.called(stated) == [FIRST]

    async def told() -> bool:
        return sum(CALL in one for one in town.shown) == 2

    await until(told)


async def test_whoever_gave_up_waiting_leaves_nothing_in_the_pipe(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next answers are about the next messages."""
    first = child(town.service)
    assert first is not None
    reader = psutil.Process(first)
    reader.suspend()
    monkeypatch.setattr(worker, "GLANCE_SECONDS", DEMANDED)
    for number in range(3):
        assert CALL not in await town.says(f"{HINTED}, said {number} times before")
    reader.resume()
    await town.items(TEACHER)
    monkeypatch.setattr(worker, "GLANCE_SECONDS", BUSY_MACHINES_LIMIT)
    assert CALL in await town.says(f"{HINTED} and water her plants")
    assert CALL not in await town.says("the projector in room 12 hums")
