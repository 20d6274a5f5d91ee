"""What reads as danger to a person reaches a responder and the restricted reader, and nobody else,
until a responder releases it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from bot.cards import card_of
from bot.jobs.listening_room import ListeningRoom
from core.people import Level, Role
from core.words import Words
from governance.access import WITHDRAWN as WITHDRAWN_FROM_THEM
from governance.chairs.bulk import BulkAct
from governance.chairs.commands import DisposeTogether
from governance.committees.model import RESTRICTED, TRIAGE, Office
from governance.composing import compose
from governance.conversations.commands import AskAuthor, FileReply, ReplyToCommittee
from governance.docket.commands import (
    AcknowledgeItem,
    AnswerItem,
    AssignItem,
    BringBack,
    DiscussItem,
    FileReading,
    GiveFeedback,
    MoveItem,
    PutAside,
    ShowItem,
    WriteSubject,
)
from governance.docket.forms import HELD_BACK
from governance.docket.handlers import HIDDEN
from governance.duplicates.commands import ForgetCorrection, JoinItem, MergeItem, SplitItem
from governance.feedback.model import Danger, Destination, ItemState, Reading, Urgency
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.help_desk.model import HandOverItem, KeepItem
from governance.home.commands import ShowDocket
from governance.messages import Brief, Refused
from governance.reading.examples import load_examples
from governance.reading.reader import Reader
from governance.recommendations.commands import WriteAdvice
from governance.redaction.commands import ConfirmTakenOut, CorrectTakenOut, RemoveStudentData
from governance.references.commands import LinkItem
from governance.upkeep.handlers import HOUSE
from governance.urgent.commands import (
    CloseCase,
    ReleaseItem,
    ShowCase,
    TakeCase,
)
from governance.urgent.messages import UrgentAlert, Withdrawn
from governance.urgent.model import Outcome
from governance.urgent.withdrawing import WITHDRAWN
from scheduler.delivery import RENEWED
from scheduler.ports import Sent
from storage.ledger_tables import audit, delivery
from storage.tables import item as items
from storage.transaction import Transaction
from surveys.messages import Rejected
from tests import learned_once
from tests.attacks.hall import Hall, hall, ledger_of, reading
from tests.governance.urgent.test_responding import responders
from tests.journeys.town import TEACHER, example, person

SAFETY = Urgency.SAFETY
ROOT = Path(__file__).parents[3]
DULL = "The printer in the workroom has been out of toner since Monday."


def _lines(name: str) -> list[dict[str, Any]]:
    path = ROOT / "tests" / "data" / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def emergencies() -> list[str]:
    """Every labelled one, of the lines and of the example district's messages."""
    told = [line["text"] for line in _lines("danger_lines.jsonl") if line["urgent"] == SAFETY]
    for name in ("dev_a", "dev_b"):
        path = ROOT / "examples" / "district" / "feedback" / f"{name}.jsonl"
        told += [one.text for one in load_examples(path) if one.urgent is SAFETY]
    return told


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Of a district that has no labelled message."""
    return learned_once.train(example().district.committees, [])


async def everywhere_else(town: Hall) -> dict[str, set[UUID]]:
    """What each committee and triage has, by queue, as their people see it."""
    district = example().district
    queues = {one.key: one.chair for one in district.committees}
    sorts = next(one for one in district.officers if one.office == Office.TRIAGE_OWNER)
    found = {}
    for queue, who in {**queues, TRIAGE: sorts.person}.items():
        view = await town.ask(who, ShowDocket(queue=queue))
        found[queue] = {one.item_id for one in (*view.open_items, *view.done_items)}
    return found


async def kept(town: Hall, item: UUID) -> Any:
    found = await town.core.store.read(lambda tx: tx.item(item))
    assert found is not None
    return found


# -- what arrives ------------------------------------------------------------------------------


async def test_every_labelled_emergency_alone_and_behind_a_dull_complaint(
    town: Hall, reader: Reader
) -> None:
    """What is heard is on no docket and in no channel; and all but a few are heard."""
    missed, held = [], set()
    for text in emergencies():
        for words in (text, f"{DULL} {text}"):
            item = uuid4()
            await town.ask(TEACHER, GiveFeedback(item_id=item, text=words))
            read = reader.read(words, Role.TEACHER, Level.HIGH)
            await town.core.dispatch.by_itself(FileReading(item_id=item, reading=read))
            stored = await kept(town, item)
            if not stored.held_back:
                missed.append(words)
                continue
            held.add(item)
            assert stored.queue == RESTRICTED, words
    there = await everywhere_else(town)
    assert {queue: ids & held for queue, ids in there.items() if ids & held} == {}
    briefs = await town.core.store.read(_queued_to_committees)
    assert briefs & held == set(), "no committee's channel hears of one"
    assert len(missed) <= 3, missed


async def test_what_a_tester_wrote_is_on_no_docket_once_it_is_heard(
    town: Hall, reader: Reader
) -> None:
    lines = [line for line in _lines("danger_fresh.jsonl") if line["urgent"]][::3]
    held = set()
    for line in lines:
        item = uuid4()
        await town.ask(TEACHER, GiveFeedback(item_id=item, text=line["text"]))
        read = reader.read(line["text"], Role.TEACHER, Level.HIGH)
        await town.core.dispatch.by_itself(FileReading(item_id=item, reading=read))
        if (await kept(town, item)).held_back:
            held.add(item)
    there = await everywhere_else(town)
    assert {queue: ids & held for queue, ids in there.items() if ids & held} == {}
    assert len(lines) == 12
    assert len(held) >= 7  # 8 of these 12


def _queued_to_committees(tx: Transaction) -> set[UUID]:
    found = tx.connection.execute(
        select(delivery.c.subject).where(
            delivery.c.kind == "brief", delivery.c.recipient.not_like("queue:restricted%")
        )
    )
    return set(found.scalars())


@pytest.mark.parametrize(
    "destination", [Destination.COMMITTEE, Destination.TRIAGE, Destination.NONE]
)
async def test_wherever_the_reading_would_send_it(town: Hall, destination: Destination) -> None:
    """What calls a responder may also be a good fit for a committee."""
    item = await town.unread(TEACHER, "The network is down, and a boy is locked in the closet")
    read = replace(reading("The network is down …", "network", SAFETY), destination=destination)
    await town.core.dispatch.by_itself(FileReading(item_id=item, reading=read))
    stored = await kept(town, item)
    assert (stored.queue, stored.danger) == (RESTRICTED, Danger.HELD)
    assert all(item not in ids for ids in (await everywhere_else(town)).values())


async def test_danger_beside_another_emergency_and_anonymously(town: Hall) -> None:
    for author in (TEACHER, None):
        item = await town.unread(author, "My files are encrypted and he has a knife")
        read = replace(reading("…", "network", Urgency.SECURITY), also_urgent=(SAFETY,))
        await town.core.dispatch.by_itself(FileReading(item_id=item, reading=read))
        assert (await kept(town, item)).queue == RESTRICTED


# -- no other way there --------------------------------------------------------------------------


async def danger(town: Hall) -> UUID:
    return await town.item(TEACHER, "He says he has a gun in his locker", urgency=SAFETY)


@pytest.mark.prove_on_postgres("a constraint")
async def test_the_database_refuses_it_to_every_other_queue(town: Hall) -> None:
    """Also a way there that somebody writes next year."""
    item, lead = await danger(town), await town.item(TEACHER, "The network is slow")
    district = example().district
    others = [*(one.key for one in district.committees), TRIAGE, "iso-desk", "cto-desk", None]

    def put(tx: Transaction, queue: str | None) -> None:
        found = tx.item(item)
        assert found is not None
        tx.update_item(replace(found, queue=queue, state=ItemState.NEW, danger=None, reading=None))

    def by_hand(tx: Transaction, queue: str | None) -> None:
        changed = {"queue": queue, "state": "new"}
        tx.connection.execute(update(items).where(items.c.id == item).values(changed))

    ways: list[Callable[[Transaction, str | None], None]] = [put, by_hand]

    def as_if_it_waited(tx: Transaction, queue: str | None) -> None:
        changed = {"queue": queue or "network", "state": "received"}
        tx.connection.execute(update(items).where(items.c.id == item).values(changed))

    ways.append(as_if_it_waited)
    for queue in others:
        for way in ways:
            with pytest.raises(DBAPIError):
                await town.core.store.write(lambda tx, way=way, queue=queue: way(tx, queue))
    with pytest.raises(DBAPIError):
        await town.core.store.write(lambda tx: tx.keep_with(item, lead, None, town.clock()))
    assert (await kept(town, item)).queue == RESTRICTED


async def test_its_reader_cannot_move_it_nor_can_it_be_merged(town: Hall) -> None:
    item, lead = await danger(town), await town.item(TEACHER, "The network is slow")
    district = example().district
    reads = next(one for one in district.officers if one.office == Office.RESTRICTED_READER)
    await town.ask(reads.person, ShowItem(item_id=item))
    for queue in ("network", TRIAGE):
        answer = await town.ask(reads.person, MoveItem(item_id=item, to=queue))
        assert isinstance(answer, FormView)
        assert answer.unfit["to"].why == HELD_BACK
    for one, into in ((item, lead), (lead, item)):
        assert isinstance(
            await town.ask(chair_of("network"), MergeItem(item_id=one, into=into)), Refused
        )


async def test_no_press_of_a_chair_or_its_reader_brings_it_to_a_committee(town: Hall) -> None:
    """Each operation on an item, whatever it answers."""
    item, lead = await danger(town), await town.item(TEACHER, "The network is slow")
    district = example().district
    reads = next(one for one in district.officers if one.office == Office.RESTRICTED_READER)
    bulk = {"queue": "network", "items": (item, lead)}
    presses = [
        AcknowledgeItem(item_id=item),
        DiscussItem(item_id=item),
        AssignItem(item_id=item, to=str(uuid4())),
        PutAside(item_id=item, until=date(2026, 10, 12), why="It can wait."),
        BringBack(item_id=item),
        WriteSubject(item_id=item, subject="Later"),
        AskAuthor(item_id=item, text="Where?"),
        JoinItem(item_id=item, to=str(lead)),
        JoinItem(item_id=lead, to=str(item)),
        MergeItem(item_id=item, into=lead),
        SplitItem(item_id=item),
        LinkItem(item_id=item, to="", rule="1.1"),
        HandOverItem(item_id=item),
        KeepItem(item_id=item),
        WriteAdvice(
            recommendation_id=uuid4(), queue="network", title="A", advice="B", items=(str(item),)
        ),
        *(MoveItem(item_id=item, to=to) for to in ("network", TRIAGE, "iso-desk", "cto-desk")),
        *(DisposeTogether(bulk_id=uuid4(), act=act, to="network", **bulk) for act in BulkAct),
        CorrectTakenOut(item_id=item, also="gun"),
        ConfirmTakenOut(item_id=item),
        RemoveStudentData(item_id=item, words="gun"),
        ForgetCorrection(item_id=item),
        MoveItem(item_id=item, to="none"),
        MoveItem(item_id=item, to="network"),
        ReplyToCommittee(item_id=item, text="It was nothing, the network is slow"),
    ]
    for who in (chair_of("network"), reads.person, TEACHER):
        await town.ask(who, ShowItem(item_id=item))
        for press in presses:
            with suppress(ValueError):
                await town.ask(who, press)
            stored = await kept(town, item)
            assert (stored.queue, stored.danger) == (RESTRICTED, Danger.HELD), (who, press)
            there = await everywhere_else(town)
            assert all(item not in ids for ids in there.values()), (who, press)


def chair_of(queue: str) -> str:
    return next(one.chair for one in example().district.committees if one.key == queue)


async def test_a_reply_that_tells_of_danger_takes_the_item_from_its_committee(town: Hall) -> None:
    chair = chair_of("network")
    item = await town.item(TEACHER, "The network is slow in room 12")
    other = await town.item(TEACHER, "The network is slow in room 13")
    await town.ask(chair, MergeItem(item_id=other, into=item))
    await town.ask(chair, AskAuthor(item_id=item, text="Since when?"))
    await town.ask(TEACHER, ReplyToCommittee(item_id=item, text="Since he brought the gun"))
    (reply,) = await town.core.store.read(lambda tx: tx.unread_replies())
    read = reading("Since he brought the gun", "network", SAFETY)
    await town.core.dispatch.by_itself(FileReply(exchange_id=reply, reading=read))
    stored = await kept(town, item)
    assert (stored.queue, stored.danger) == (RESTRICTED, Danger.HELD)
    assert (await everywhere_else(town))["network"] == {other}, "the other one stays"
    refused = await town.ask(chair, ShowItem(item_id=item))
    assert isinstance(refused, Refused)
    assert refused.why.why == WITHDRAWN_FROM_THEM
    old = await town.core.store.read(
        lambda tx: compose(tx, "brief-now", item, None, "network", town.clock())
    )
    assert isinstance(old, Brief)
    assert (old.redacted, old.conversation) == (HIDDEN, ())


async def test_a_card_on_its_way_while_its_item_is_withdrawn_loses_its_words_too(
    town: Hall,
) -> None:
    """It was composed before, and nobody knew yet that it had been sent."""
    chair, ledger = chair_of("network"), ledger_of(town)
    item = await town.item(TEACHER, "The network is slow in room 12")
    of_item = (delivery.c.subject == item) & (delivery.c.kind == "brief")
    in_chat = {"platform": "slack", "workspace": "T1", "conversation": "C1", "lane": "slack:T1"}
    to_chat = update(delivery).where(of_item).values(in_chat)
    await town.core.store.write(lambda tx: tx.connection.execute(to_chat))
    (claimed,) = await ledger.claim("slack:T1", town.clock(), 4, 60)
    await town.ask(chair, AskAuthor(item_id=item, text="Since when?"))
    await town.ask(TEACHER, ReplyToCommittee(item_id=item, text="Since he brought the gun"))
    (reply,) = await town.core.store.read(lambda tx: tx.unread_replies())
    read = reading("Since he brought the gun", "network", SAFETY)
    await town.core.dispatch.by_itself(FileReply(exchange_id=reply, reading=read))
    await ledger.record([(claimed, Sent(reference="ts-1"))], town.clock())
    renewed = select(delivery.c.conversation).where(
        delivery.c.subject == item, delivery.c.kind == f"brief{RENEWED}"
    )
    found = await town.core.store.read(lambda tx: tx.connection.execute(renewed).scalars().all())
    assert found == ["C1"]


# -- a responder's press ---------------------------------------------------------------------------


async def test_a_responder_releases_it_and_is_told_before_who_reads_it(town: Hall) -> None:
    item, first = await danger(town), responders()[0]
    open_case = await town.ask(first, ShowCase(item_id=item, urgency=SAFETY))
    assert isinstance(open_case, UrgentAlert)
    assert open_case.held_back
    await town.ask(first, TakeCase(item_id=item, urgency=SAFETY))
    form = await town.ask(first, Open(of=ReleaseItem(item_id=item)))
    assert isinstance(form, FormView)
    assert not form.values["to"], "what reads as danger has no likely committee"
    members = await town.core.store.read(lambda tx: len(tx.members("network")))
    said = card_of(form, Words()).form.fields[0].choices[0]
    assert said == ("network", f"{said[1].partition(':')[0]}: {members} people will read it")

    nobodys = await town.ask(chair_of("network"), ReleaseItem(item_id=item, to="network"))
    assert isinstance(nobodys, Refused)
    unfit = await town.ask(first, ReleaseItem(item_id=item, to="nowhere"))
    assert isinstance(unfit, FormView)
    assert set(unfit.unfit) == {"to"}
    assert (await kept(town, item)).held_back

    told = await town.ask(first, ReleaseItem(item_id=item, to="network"))
    assert isinstance(told, UrgentAlert)
    assert not told.held_back
    assert "released" in [line.did for line in told.history]
    stored = await kept(town, item)
    assert (stored.queue, stored.danger) == ("network", Danger.RELEASED)
    assert item in (await everywhere_else(town))["network"]
    who = await person(town.core, first)
    lines = await town.core.store.read(
        lambda tx: [
            tuple(row)
            for row in tx.connection.execute(
                select(audit.c.who, audit.c.what).where(audit.c.subject == item)
            )
        ]
    )
    assert (who.id, "released to network what reads as danger") in lines
    answered = await town.ask(chair_of("network"), AnswerItem(item_id=item, text="We looked."))
    assert isinstance(answered, Brief), "from then on it is like any other"


async def test_a_release_that_is_refused_is_on_no_record(town: Hall) -> None:
    """The committee that was chosen is no place for it: it names one of its members."""
    first, chair = responders()[0], await person(town.core, chair_of("network"))
    item = await town.item(TEACHER, f"{chair.name} has a gun in his locker", urgency=SAFETY)
    refused = await town.ask(first, ReleaseItem(item_id=item, to="network"))
    assert isinstance(refused, Rejected)
    assert (await kept(town, item)).held_back
    lines = select(audit.c.what).where(audit.c.subject == item)
    said = await town.core.store.read(lambda tx: tx.connection.execute(lines).scalars().all())
    assert said
    assert not [what for what in said if what.startswith("released")]


# -- once, after an upgrade ------------------------------------------------------------------------


class Again:
    """Reads every message as its words say: of danger, or of the network."""

    async def read(self, text: str, role: Role | None, level: Level | None) -> Reading:
        return reading(text, "network", SAFETY if "knife" in text else None)


@pytest.mark.prove_on_postgres("statements of an upgrade's second reading")
async def test_what_lay_in_committees_is_withdrawn_and_listed_once(town: Hall) -> None:
    first = responders()[0]
    calm = await town.item(TEACHER, "The network is slow")
    missed = await town.item(TEACHER, "The network is slow, and a boy has a knife")
    answered = await town.item(TEACHER, "A knife again in the hall", "class-high")
    await town.ask(chair_of("class-high"), AnswerItem(item_id=answered, text="Thank you."))
    seen = await town.item(TEACHER, "A butter knife lies in the lab", urgency=SAFETY)
    await town.ask(first, TakeCase(item_id=seen, urgency=SAFETY))
    closing = CloseCase(item_id=seen, urgency=SAFETY, outcome=Outcome.NO_DANGER, note="Lunch")
    await town.ask(first, closing)
    await town.core.store.write(_as_before_the_upgrade)
    await town.core.store.write(
        lambda tx: tx.connection.execute(
            update(items).where(items.c.id == seen).values(queue="network")
        )
    )
    reads = Again()
    room = ListeningRoom(town.core.store, reads, town.core.dispatch.by_itself)
    while await room.work_once():
        pass
    assert {calm, seen} == (await everywhere_else(town))["network"]
    for item, state in ((missed, ItemState.NEW), (answered, ItemState.ANSWERED)):
        stored = await kept(town, item)
        assert (stored.queue, stored.state) == (RESTRICTED, state)
    assert (await kept(town, seen)).danger is Danger.RELEASED, "a responder had looked at it"
    view = await town.ask(chair_of("network"), ShowDocket(queue="network"))
    assert view.withdrawn == 1
    assert not await room.work_once(), "once"

    who = await person(town.core, first)
    told = await town.core.store.read(
        lambda tx: (
            tx.connection.execute(
                select(delivery.c.person_id).where(delivery.c.kind == WITHDRAWN).distinct()
            )
            .scalars()
            .all()
        )
    )
    assert told == [who.id]
    listed = await town.core.store.read(
        lambda tx: compose(tx, WITHDRAWN, HOUSE, who, None, town.clock())
    )
    assert listed == Withdrawn(items=2)
    alert = await town.ask(first, ShowCase(item_id=missed, urgency=SAFETY))
    assert isinstance(alert, UrgentAlert)
    assert alert.held_back


async def test_what_lay_in_no_committee_calls_a_responder_by_itself(town: Hall) -> None:
    """The list names only what was taken from a committee, so this is not on it."""
    first = await person(town.core, responders()[0])
    item = await town.item(TEACHER, "He shows a knife to the girls", RESTRICTED)
    await town.core.store.write(_as_before_the_upgrade)
    room = ListeningRoom(town.core.store, Again(), town.core.dispatch.by_itself)
    while await room.work_once():
        pass
    assert (await kept(town, item)).held_back
    called = select(delivery.c.person_id).where(
        delivery.c.kind == f"urgent-{SAFETY}", delivery.c.subject == item
    )
    assert await town.core.store.read(lambda tx: tx.connection.execute(called).scalars().all()) == [
        first.id
    ]


def _as_before_the_upgrade(tx: Transaction) -> None:
    tx.connection.execute(update(items).values(danger="unread"))
