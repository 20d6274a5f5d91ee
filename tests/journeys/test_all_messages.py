"""All 600 labelled messages pushed through as real feedback, by authors the router never read."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from bot.app.core import Core
from bot.conversation import Speaker
from bot.operator.loading import load
from core.people import Audience, Platform
from governance.committees.model import RESTRICTED, TRIAGE
from governance.docket.commands import GiveFeedback
from governance.feedback.model import Item, ItemState
from governance.messages import FeedbackReceived, Told
from governance.reading.examples import Example, load_examples
from storage.transaction import Transaction
from tests.journeys.running import Running, running, until
from tests.journeys.town import example, open_counts

SAMPLE = 20


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A message as labelled, and where it went."""

    said: Example
    item: Item

    @property
    def where(self) -> str:
        return self.item.queue or "none"

    @property
    def right(self) -> bool:
        return self.where in (self.said.committees or ("none",))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_sample_is_filed_and_none_is_lost(tmp_path: Path) -> None:
    """Learning takes most of it: one of the two authors is enough for a quick look."""
    await push(tmp_path, "dev_a", "dev_b", most=SAMPLE)


@pytest.mark.prove
@pytest.mark.timeout(900)
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_all_600_are_filed_and_none_is_lost(tmp_path: Path) -> None:
    """What is read does not depend on the database; two workers at once can lose more than one."""
    filed = []
    for learned, unseen in (("dev_a", "dev_b"), ("dev_b", "dev_a")):
        folder = tmp_path / unseen
        folder.mkdir()
        filed += await push(folder, learned, unseen, most=1000)
    assert len(filed) == 600
    for line in figures(filed):
        print(line)
    to_committees = [f for f in filed if f.where not in (TRIAGE, RESTRICTED, "none")]
    assert len([f for f in to_committees if f.right]) / len(to_committees) > 0.75


async def push(folder: Path, learned: str, unseen: str, *, most: int) -> list[Filed]:
    """Train on one author's messages, push the other's through the whole service."""
    paths = {path.stem: path for path in example().examples}
    taught = replace(example(), examples=(paths[learned],))

    async def prepare(core: Core) -> None:
        await load(core.store, taught, core.now(), apply=True)

    said = load_examples(paths[unseen])
    said = said[:: max(1, len(said) // most)][:most]
    async with running(folder, prepare) as service:
        items = await give_all(service, said)
        await until(lambda: none_unread(service), seconds=600, every=0.2)
        filed = [
            Filed(said=one, item=await kept(service, item_id))
            for one, item_id in zip(said, items, strict=True)
        ]
        leads = [await said_with(service, f.item.id) for f in filed]
        queues = await service.core.store.read(open_counts)
        await until(lambda: all_briefed(service, sum(queues.values())))
    assert all(f.item.state in (ItemState.NEW, ItemState.FILED) for f in filed)
    assert all(f.item.state is ItemState.FILED or f.item.queue for f in filed)
    by_id = {f.item.id: f.item for f in filed}
    on_dockets = [(f, lead) for f, lead in zip(filed, leads, strict=True) if f.where != "none"]
    assert all(by_id[lead].queue == f.item.queue for f, lead in on_dockets if lead)
    open_items = Counter(f.where for f, lead in on_dockets if lead is None)
    assert queues == dict(open_items), "each is on one docket, or with what is there"
    return filed


async def give_all(service: Running, said: tuple[Example, ...]) -> list[UUID]:
    """Each message from somebody of the roster with the author's role and level."""
    people = await service.core.store.read(lambda tx: tx.people_of(Audience()))
    by_kind = {(person.role, person.level): person for person in people}
    items = []
    for one in said:
        author = by_kind.get((one.role, one.level)) or people[0]
        command = GiveFeedback(item_id=uuid4(), text=one.text)
        speaker = Speaker(platform=Platform.WEB, person=author.id)
        reply = await service.core.dispatch.handle(speaker, command)
        assert isinstance(reply.message, FeedbackReceived | Told), (
            "kept, or danger answered at once"
        )
        items.append(command.item_id)
        await asyncio.sleep(0)
    return items


async def none_unread(service: Running) -> bool:
    return not await service.core.store.read(lambda tx: tx.unread_items())


async def said_with(service: Running, item_id: UUID) -> UUID | None:
    """The item on the docket that stands for this one too, where it says the same as another."""
    return await service.core.store.read(lambda tx: tx.lead_of(item_id))


async def kept(service: Running, item_id: UUID) -> Item:
    item = await service.core.store.read(lambda tx: tx.item(item_id))
    assert item is not None
    return item


async def all_briefed(service: Running, open_items: int) -> bool:
    """Every open item's brief has reached its docket's page."""

    def briefs(tx: Transaction) -> int:
        return tx.deliveries_of_kind("brief")["sent"]

    return await service.core.store.read(briefs) >= open_items


def figures(filed: list[Filed]) -> list[str]:
    """Hit rate and coverage, each with its base."""
    went = Counter(
        f.where if f.where in (TRIAGE, RESTRICTED, "none") else "committee" for f in filed
    )
    to_committee = [f for f in filed if f.where not in (TRIAGE, RESTRICTED, "none")]
    right = sum(f.right for f in to_committee)
    filed_away = [f for f in filed if f.where == "none"]
    return [
        "",
        f"600 messages, each read by a router that learned from the other author: {dict(went)}",
        f"hit rate of what went to a committee: {right / len(to_committee):.1%} "
        f"of {len(to_committee)}; coverage {len(to_committee) / len(filed):.1%} of {len(filed)}",
        f"filed as out of scope: {len(filed_away)}, rightly {sum(f.right for f in filed_away)}",
        f"lost: {600 - len(filed)}",
    ]
