"""A district's staff acknowledge the rules while the messages to them go out and faults happen: the
page, the auditor's file and the database agree to the row."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Sequence
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from bot.exports.acknowledgements import COLUMNS, written
from bot.jobs.composing import composing
from bot.operator.rule_verifying import rule_verify
from core.people import Platform
from governance.access import Actor
from governance.acknowledgements import handlers
from governance.acknowledgements.commands import AcknowledgeRules, ReadAcknowledgements, WriteRows
from governance.acknowledgements.handlers import KIND
from governance.acknowledgements.messages import Acknowledgement
from governance.acknowledgements.model import annual_id
from governance.committees.model import AnnouncementSettings, District, Office
from governance.duties.commands import TendDuties, TendNextDuties
from governance.duties.handlers import TEND_NEXT, tend
from governance.ports import Standing
from scheduler.lanes import Budget
from scheduler.pump import Pump
from storage.acknowledgements import rule_acknowledgement
from storage.duties import asked_duty
from storage.transaction import Transaction
from tests.governance.acknowledgements.rules_in_force import publish
from tests.scheduler.test_virtual_faults import FAULTS
from tests.virtual import loop
from tests.virtual.platform import Limit, Reconciling, Window
from tests.virtual.world import World, delivered, in_the_end, play, with_command

SET = annual_id("2026-27")
RULES = 3
ISO = Actor(standing=Standing(offices=frozenset({Office.ISO})))


async def _acknowledged(world: World, platform: Reconciling, people: dict[str, UUID]) -> None:
    """Whoever has got the message acknowledges it some seconds later; one in ten presses twice."""
    done: set[str] = set()
    while len(done) < len(people):
        await asyncio.sleep(5)
        for conversation in {one.conversation for one in platform.taken} - done:
            done.add(conversation)
            presses = 2 if world.rng.random() < 0.1 else 1
            for _ in range(presses):
                await world.store.write(lambda tx, c=conversation: _press(tx, people[c]))


def _press(tx: Transaction, person_id: UUID) -> None:
    person = tx.person(person_id)
    duty, given = tx.duty(KIND, SET, person_id), tx.acknowledgement_set(SET)
    assert person is not None
    assert duty is not None
    assert given is not None
    actor = Actor(person=person, platform=person.platform)
    asks = handlers.ShowAcknowledgement(set_id=SET)
    shown = handlers.show(tx, actor, asks, loop.clock())
    assert isinstance(shown, Acknowledgement)
    pressed = AcknowledgeRules(set_id=SET, mark=shown.mark)
    kept = handlers.acknowledge(tx, actor, pressed, loop.clock())
    assert isinstance(kept, Acknowledgement)
    assert kept.done_at is not None


def acknowledge_all(seed: int, people: int) -> None:
    async def main(folder: Path, rng: Random) -> None:
        limit = Limit(messages=rng.randint(230, 525), seconds=60)
        simulated = Reconciling(
            name=Platform.SLACK, rng=rng, workspace_limit=Window([limit]), script=FAULTS
        )
        budget = Budget(per_second=525 / 60, burst=9)
        world = World(folder, rng, {Platform.SLACK: simulated}, {Platform.SLACK: budget})
        await _prepared(world)
        everybody = await world.people(people, Platform.SLACK)
        core: Any = SimpleNamespace(now=loop.clock, store=world.store)
        world.pump = Pump(world.ledger, world.platforms, composing(core), loop.clock, most_lanes=64)
        asked = await world.store.write(lambda tx: handlers.ask(tx, ISO, loop.clock()))
        assert isinstance(asked, handlers.AcknowledgementFigures)
        assert (asked.asked, asked.done) == (people, 0)
        while await world.store.write(lambda tx: tx.write_part(loop.clock())):
            pass
        of = {f"D{one.hex[:12]}": one for one in everybody}
        pressing = asyncio.create_task(_acknowledged(world, simulated, of))
        await world.until(lambda states: delivered(states) and not states["unknown"])
        await pressing
        in_the_end(world, simulated, await world.rows())
        await tend_all(world)
        await _agree(world, core, folder, people)
        await world.close()

    play(main, seed)


async def _prepared(world: World) -> None:
    def prepare(tx: Transaction) -> None:
        district = District(
            key="d",
            name="District",
            timezone="America/Chicago",
            announcements=AnnouncementSettings(approve_above=10_000),
        )
        tx.put_district(district, "", loop.clock())
        for number in range(1, RULES + 1):
            publish(tx, f"ITR {number}", loop.clock())

    await world.store.write(prepare)


async def tend_all(world: World) -> None:
    """Part by part, as the clock does it."""
    now, done = loop.clock(), set[UUID]()
    command: TendDuties | TendNextDuties | None = TendDuties()
    while command is not None:
        await world.store.write(lambda tx, command=command: tend(tx, command, now))
        due = await world.store.read(lambda tx: tx.due(now))
        left = [one for one in due if one.kind == TEND_NEXT and one.subject not in done]
        command = TendNextDuties(after=left[0].subject, day=left[0].number) if left else None
        done |= {one.subject for one in left}


async def _agree(world: World, core: Any, folder: Path, people: int) -> None:
    page = await world.store.read(lambda tx: handlers.figures(tx, ISO, loop.clock()))
    export = await world.store.write(lambda tx: handlers.export(tx, ISO, loop.clock()))

    async def read(write: WriteRows) -> None:
        await world.store.read(lambda tx: handlers.read(tx, ReadAcknowledgements(write=write)))

    file = b"".join([piece async for piece in written(export.at, read)])
    _, *rows, _ = csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""))
    stored = await world.store.read(_stored)
    duties = await world.store.read(
        lambda tx: tx.connection.execute(
            select(func.count()).where(asked_duty.c.done_at.is_not(None))
        ).scalar_one()
    )
    at = [COLUMNS.index(one) for one in ("person_id", "rule_id")]
    assert page.asked == page.done == people == duties == sum(one.done for one in page.buildings)
    assert len(rows) == people * RULES
    assert sorted((row[at[0]], row[at[1]]) for row in rows) == sorted(stored)
    assert len({row[at[0]] for row in rows}) == page.done
    path = folder / "acknowledgements.csv"
    path.write_bytes(file)
    told = await rule_verify(core, {"path": str(path)})
    assert told.ok, told.lines
    changed = file.replace(b",slack,", b",teams,", 1)
    path.write_bytes(changed)
    assert not (await rule_verify(core, {"path": str(path)})).ok


def _stored(tx: Transaction) -> Sequence[tuple[str, str]]:
    wanted = select(rule_acknowledgement.c.person_id, rule_acknowledgement.c.rule_id)
    return [(str(who), str(rule)) for who, rule in tx.connection.execute(wanted)]


def test_page_file_and_database_agree_for_some() -> None:
    with_command(acknowledge_all, 5, people=300)


@pytest.mark.prove
@pytest.mark.timeout(900)
def test_page_file_and_database_agree_for_seven_thousand() -> None:
    with_command(acknowledge_all, 6, people=7000)
