"""What pages count in SQL, by columns and indexes, is what a plain count of all messages finds,
whatever was done with them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.people import Platform
from governance.committees.model import RESTRICTED
from governance.digests.model import KeptDigest, Untold, monday
from governance.feedback.model import OPEN_STATES, Item, ItemState, Naming, Urgency
from governance.ports import Move
from storage import migrating
from storage.connection import Surroundings
from storage.digest_tables import digest_item
from storage.feedback import item_from
from storage.matter_tables import item_matter
from storage.store import Store
from storage.tables import item, item_move, person
from storage.transaction import Transaction
from storage.vault import Vault
from tests.attacks.hall import reading
from tests.postgres import migrated_database
from tests.storage.stores import SECRET, import_people, rows

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
QUEUES = ("network", "devices", RESTRICTED)
THEMES = ((), ("wifi",), ("printers", "wifi"), ("a-theme-of-an-earlier-version",))
IDS = UUID("00000000-0000-4000-8000-000000000000")

ACTS = ("say", "move", "merge", "split", "close", "redact", "theme", "tell", "date", "urgent")
acts = st.tuples(st.sampled_from(ACTS), st.integers(0, 99), st.integers(0, 99))


@pytest.fixture(params=["sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with AsyncExitStack() as stack:
        url = f"sqlite:///{tmp_path / 'counting.sqlite3'}"
        if request.param == "postgresql":
            url = stack.enter_context(migrated_database(hasty=True))
        found = Store(url, Surroundings(vault=Vault(SECRET), rates={Platform.WEB: 2000.0}))
        stack.push_async_callback(found.close)
        await asyncio.to_thread(migrating.upgrade, found.engine)
        await found.write(lambda tx: import_people(tx, rows(4), apply=True))
        yield found


@contextmanager
def undone(store: Store) -> Iterator[Transaction]:
    """A transaction of which nothing is left."""
    with store.engine.connect() as connection:
        yield Transaction(connection, Surroundings(vault=Vault(SECRET)))
        connection.rollback()


async def test_counts_are_what_a_plain_count_finds(store: Store) -> None:
    @settings(max_examples=15, deadline=None, database=None)
    @given(st.lists(acts, min_size=1, max_size=40))
    def holds(done: Sequence[tuple[str, int, int]]) -> None:
        with undone(store) as tx:
            world = World(tx)
            for step, (act, a, b) in enumerate(done):
                world.do(act, a, b)
                if step % 10 == 9:
                    agrees(tx, world)
            agrees(tx, world)

    await asyncio.to_thread(holds)


async def test_counts_hold_over_a_long_time(store: Store) -> None:
    """Every act comes many times, with many messages there."""
    rng = Random(42)  # noqa: S311

    def holds() -> None:
        with undone(store) as tx:
            world = World(tx)
            for step in range(320):
                act = "say" if rng.random() < 0.4 else rng.choice(ACTS)
                world.do(act, rng.randrange(100), rng.randrange(100))
                if step % 40 == 39:
                    agrees(tx, world)

    await asyncio.to_thread(holds)


class World:
    """Does things through the store, an hour after one another."""

    def __init__(self, tx: Transaction) -> None:
        self.tx = tx
        self.people = tx.connection.execute(select(person.c.id).order_by(person.c.email)).scalars()
        self.authors = [*self.people.all(), None]
        self.ids: list[UUID] = []
        self.digests: dict[str, KeptDigest] = {}
        self.now = NOON

    def do(self, act: str, a: int, b: int) -> None:
        self.now += HOUR
        if act == "say" or not self.ids:
            self._say(a, b)
        elif act == "tell":
            self._tell(QUEUES[a % 2])
        else:
            one = self.tx.item(self.ids[a % len(self.ids)])
            assert one is not None
            getattr(self, f"_{act}")(self._lead(one), b)

    def _lead(self, one: Item) -> Item:
        lead = self.tx.lead_of(one.id)
        return (self.tx.item(lead) if lead else one) or one

    def _say(self, a: int, b: int) -> None:
        author = self.authors[a % len(self.authors)]
        said = Item(
            id=uuid5(IDS, str(len(self.ids))),
            author=author,
            naming=Naming.WITHHELD if author else Naming.ANONYMOUS,
            role=None,
            level=None,
            received_at=self.now,
        )
        self.tx.add_item(said, "The wifi drops")
        self.ids.append(said.id)
        if b % 10 == 0:
            return  # not read yet
        queue = QUEUES[b % 3]
        read = replace(reading(f"The wifi drops {a}", queue), themes=THEMES[a % len(THEMES)])
        filed = b % 10 == 9
        entered = replace(
            said,
            reading=read,
            queue=None if filed else queue,
            state=ItemState.FILED if filed else ItemState.NEW,
            due_at=None if filed or b % 10 == 8 else self.now + HOUR * b,
        )
        self.tx.update_item(entered)
        if b % 5:
            self.tx.keep_vector(said.id, bytes([a]))

    def _move(self, one: Item, b: int) -> None:
        if one.queue is None:
            return
        went = QUEUES[b % 3]
        moved = Move(came_from=one.queue, went_to=went, why="", by=None, at=self.now)
        self.tx.add_move(one.id, moved)
        self.tx.update_item(
            replace(one, queue=went, state=ItemState.NEW, moves=one.moves + 1, due_at=self.now)
        )

    def _merge(self, one: Item, b: int) -> None:
        other = self.tx.item(self.ids[b % len(self.ids)])
        assert other is not None
        into = self._lead(other)
        if one.id != into.id and one.queue == into.queue and one.queue is not None:
            self.tx.keep_with(one.id, into.id, None, self.now)

    def _split(self, one: Item, b: int) -> None:
        kept = self.tx.kept_with(one.id)
        if kept:
            self.tx.part(kept[b % len(kept)].id)

    def _close(self, one: Item, b: int) -> None:
        states = (ItemState.ANSWERED, ItemState.HANDED_OVER, ItemState.IN_DISCUSSION)
        if one.reading is not None:
            self.tx.update_item(replace(one, state=states[b % 3], answer="So it is."))

    def _redact(self, one: Item, b: int) -> None:
        if one.reading is not None:
            changed = replace(one.reading, redacted=f"[name] {b}")
            self.tx.update_item(replace(one, reading=changed))
            self.tx.forget_vector(one.id)

    def _theme(self, one: Item, b: int) -> None:
        if one.reading is not None:
            changed = replace(one.reading, themes=THEMES[b % len(THEMES)])
            self.tx.update_item(replace(one, reading=changed))

    def _urgent(self, one: Item, b: int) -> None:
        if one.reading is not None:
            # What reads as danger would be held, and no committee could have it.
            urgency = Urgency.SECURITY if b % 2 else None
            self.tx.update_item(replace(one, reading=replace(one.reading, urgency=urgency)))

    def _date(self, one: Item, b: int) -> None:
        self.tx.set_due({one.id: NOON + HOUR * b})

    def _tell(self, queue: str) -> None:
        new = self.untold(queue)
        self.now += timedelta(days=1)
        kept = KeptDigest(
            id=uuid5(IDS, f"{queue} {self.now}"),
            queue=queue,
            week=monday(self.now.date()) + timedelta(weeks=len(self.digests) * 9),
            since=new.since,
            at=new.until,
        )
        told = [one for one, _ in self.tx.untold_items(new)]
        if self.tx.add_digest(kept):
            self.tx.tell_in(kept.id, told)
            self.digests[queue] = kept

    def untold(self, queue: str) -> Untold:
        last = self.digests.get(queue)
        since = last.at if last else NOON + 5 * HOUR
        return Untold(queue=queue, since=since, until=self.now, looks_back=since - 8 * HOUR)


@dataclass
class Plain:
    """Everything that is there, decoded."""

    items: list[Item]
    kept_with: dict[UUID, UUID]
    vectors: dict[UUID, bytes]

    def open(self, queue: str) -> list[Item]:
        return [one for one in self.items if one.queue == queue and self.is_open(one)]

    def is_open(self, one: Item) -> bool:
        return one.state in OPEN_STATES and one.id not in self.kept_with


def agrees(tx: Transaction, world: World) -> None:
    found = [item_from(row) for row in tx.connection.execute(select(item))]
    plain = Plain(
        items=sorted(found, key=lambda one: (one.received_at, one.id)),
        kept_with={r.item_id: r.lead_id for r in tx.connection.execute(select(item_matter))},
        vectors=tx.vectors_of(world.ids),
    )
    counts = {queue: len(plain.open(queue)) for queue in sorted(QUEUES)}
    totals = tx.queue_totals(
        QUEUES, None, world.now, today=world.now.date(), due_by=world.now, without=()
    )
    assert {one.queue: one.open for one in totals} == {q: n for q, n in counts.items() if n}
    for queue in QUEUES:
        counted(tx, plain, queue, world)
        compared(tx, plain, queue)
    for queue in QUEUES[:2]:
        digests(tx, plain, world, queue)
    people(tx, plain, NOON + 3 * HOUR, NOON + 60 * HOUR)


def theme(one: Item) -> str:
    return one.reading.themes[0] if one.reading and one.reading.themes else ""


def counted(tx: Transaction, plain: Plain, queue: str, world: World) -> None:
    there = plain.open(queue)
    assert tx.open_count(queue, without=()) == len(there)
    few = [one.id for one in there[:2]]
    assert tx.open_count(queue, without=few) == len(there) - len(few)
    late = [one for one in there if one.due_at is not None and one.due_at < world.now]
    assert tx.open_count(queue, late_at=world.now, without=()) == len(late)
    assert Counter(dict(tx.open_themes(queue, without=()))) == Counter(map(theme, there))
    spoken = Counter((one.author, theme(one)) for one in there)
    assert {(s.author, s.theme): s.items for s in tx.open_spoken(queue, without=())} == spoken
    words = [one.reading.redacted for one in reversed(there) if one.reading]
    assert list(tx.newest_words(queue, most=7, without=())) == words[:7]
    assert [one.id for one in tx.oldest_open(queue, most=7, without=())] == [
        one.id for one in there[:7]
    ]
    listed = [one.id for one in tx.items_in(queue)]
    done = [
        one.id
        for one in reversed(plain.items)
        if one.queue == queue
        and one.state not in {*OPEN_STATES, ItemState.HANDED_OVER}
        and one.id not in plain.kept_with
    ]
    assert listed[len(there) :] == done, "what is done comes after it, the newest first"
    assert {*listed[: len(there)]} == {one.id for one in there}
    days = [one.due_at for one in tx.items_in(queue)[: len(there)] if one.due_at]
    assert days == sorted(days)


def compared(tx: Transaction, plain: Plain, queue: str) -> None:
    """What a new message is compared with: also what is kept with another one."""
    said = [
        (plain.kept_with.get(one.id, one.id), one.reading.redacted, plain.vectors[one.id])
        for one in plain.items
        if one.queue == queue and one.state in OPEN_STATES and one.id in plain.vectors
        if one.reading is not None and one.reading.urgency is None
    ]
    newest = [(one.lead, one.redacted, one.vector) for one in tx.open_vectors(queue, most=6)]
    assert newest == said[-6:], "the newest, oldest first"
    for lead in {lead for lead, *_ in said[:1]}:
        also = tx.open_vectors(queue, of=lead, most=6)
        mine = [one for one in said if one[0] == lead][-6:]
        assert [(one.lead, one.redacted, one.vector) for one in also] == [
            *mine,
            *(one for one in said[-6:] if one[0] != lead),
        ]


def digests(tx: Transaction, plain: Plain, world: World, queue: str) -> None:
    new = world.untold(queue)
    moved = {
        row.item_id
        for row in tx.connection.execute(select(item_move))
        if row.went_to == queue and row.at > new.looks_back
    }
    mine = {
        row.item_id
        for row in tx.connection.execute(select(digest_item))
        if (kept := tx.digest(row.digest_id)) is not None and kept.queue == queue
    }
    untold = [
        one
        for one in plain.items
        if one.queue == queue and one.id not in mine and one.id not in plain.kept_with
        if one.received_at > new.looks_back or one.id in moved
    ]
    assert list(tx.untold_items(new)) == [(one.id, one.moves) for one in untold]
    assert Counter(dict(tx.untold_themes(new, without=()))) == Counter(map(theme, untold))
    if kept := world.digests.get(queue):
        told = {
            row.item_id
            for row in tx.connection.execute(select(digest_item))
            if row.digest_id == kept.id
        }
        there = [one for one in plain.items if one.id in told and one.queue == queue]
        assert Counter(dict(tx.themes_told(kept.id, without=()))) == Counter(map(theme, there))


def people(tx: Transaction, plain: Plain, since: datetime, until: datetime) -> None:
    said = {
        (theme(one), one.author)
        for one in plain.items
        if since <= one.received_at < until and theme(one) and one.queue != RESTRICTED
    }
    [found] = tx.people_by_theme([(since, until)])
    assert Counter(found) == Counter(name for name, _ in said)
