"""A large docket: pages and reminders read what they show, and no more, however much waits."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, select, update

from core.commands import Command
from governance.chairs.commands import ShowAgenda, ShowChair
from governance.committees.commands import NoteAbsence, RemindDockets
from governance.committees.model import Committee
from governance.digests.commands import ShowDigest
from governance.digests.model import Untold
from governance.docket import dating
from governance.duplicates.model import Open
from storage import feedback
from storage.matter_tables import item_vector
from storage.tables import item
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, TEACHER, example

SAID = "The wifi in the portables drops every afternoon"
MANY = 600


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def network() -> Committee:
    found = example().district.committee("network")
    assert found is not None
    return found


async def fill(town: Hall, many: int = MANY) -> list[UUID]:
    """Copies of one message on the network's docket, each a minute after the one before."""
    first = await town.item(TEACHER, SAID)

    def copy(tx: Transaction) -> list[UUID]:
        row = dict(tx.connection.execute(select(item).where(item.c.id == first)).mappings().one())
        copies = [
            {**row, "id": uuid4(), "received_at": row["received_at"] + timedelta(minutes=n + 1)}
            for n in range(many)
        ]
        tx.connection.execute(item.insert(), copies)
        return [first, *(one["id"] for one in copies)]

    return await town.core.store.write(copy)


@contextmanager
def decoded(monkeypatch: pytest.MonkeyPatch) -> Any:
    """How many readings were decoded."""
    seen = [0]
    real = feedback.reading_from_json

    def counted(body: str) -> Any:
        seen[0] += 1
        return real(body)

    with monkeypatch.context() as patched:
        patched.setattr(feedback, "reading_from_json", counted)
        yield seen


@pytest.mark.parametrize(
    ("command", "most"),
    [
        (ShowChair(queue="network"), 100),
        (ShowDigest(queue="network"), 10),
        (ShowAgenda(queue="network", shared=True), 10),
        (ShowAgenda(queue="network"), 10),
    ],
    ids=["chair", "week", "agenda-shared", "agenda"],
)
async def test_a_page_decodes_what_it_shows(
    town: Hall, monkeypatch: pytest.MonkeyPatch, command: Command, most: int
) -> None:
    await fill(town)
    with decoded(monkeypatch) as seen:
        view = await town.ask(CHAIR, command)
    assert seen[0] <= most
    waiting = view.more + len(view.lines) if isinstance(command, ShowChair) else _open(view)
    assert waiting == MANY + 1, "and counts all that waits"


def _open(view: Any) -> int:
    return int(getattr(view, "open", None) or view.digest.open)


async def test_the_newest_messages_are_compared(town: Hall) -> None:
    """Of more than are compared, the newest: what is reported again was reported lately."""
    ids = await fill(town, 20)

    def vectors(tx: Transaction) -> list[Open]:
        rows = [{"item_id": one, "vector": bytes([n])} for n, one in enumerate(ids)]
        tx.connection.execute(item_vector.delete())
        tx.connection.execute(item_vector.insert(), rows)
        return list(tx.open_vectors("network", most=5))

    found = await town.core.store.write(vectors)
    assert [one.lead for one in found] == ids[-5:], "the newest, oldest first"
    found = await town.core.store.read(lambda tx: tx.open_vectors("network", of=ids[0], most=5))
    assert [one.lead for one in found] == [ids[0], *ids[-5:]], "and an old one that is asked about"


async def writes_of_items(town: Hall, command: Command) -> int:
    """How many items a command wrote to."""
    written = [0]

    def counted(connection: Any, cursor: Any, statement: str, given: Any, *_: Any) -> None:
        if statement.startswith("UPDATE item "):
            written[0] += len(given) if isinstance(given, list) else 1

    event.listen(town.core.store.engine, "after_cursor_execute", counted)
    try:
        await town.core.dispatch.by_itself(command)
    finally:
        event.remove(town.core.store.engine, "after_cursor_execute", counted)
    return written[0]


async def statements_of(town: Hall, command: Command) -> int:
    seen = [0]

    def counted(*_: Any) -> None:
        seen[0] += 1

    event.listen(town.core.store.engine, "after_cursor_execute", counted)
    try:
        await town.core.dispatch.by_itself(command)
    finally:
        event.remove(town.core.store.engine, "after_cursor_execute", counted)
    return seen[0]


async def test_a_morning_on_which_nothing_has_changed_dates_nothing(town: Hall) -> None:
    await town.core.dispatch.by_itself(RemindDockets())
    empty = await statements_of(town, RemindDockets())
    await fill(town)
    dates = update(item).values(due_at=None)  # would be written if anything were dated anew
    await town.core.store.write(lambda tx: tx.connection.execute(dates))
    assert await writes_of_items(town, RemindDockets()) == 0
    assert await statements_of(town, RemindDockets()) <= empty + 10, "none for each item"


async def test_an_absence_dates_a_large_docket_in_parts(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dating, "REDATED_AT_ONCE", 50)
    ids = await fill(town, 200)
    before = (await town.stored(ids[0])).due_at
    today = town.clock().date()
    for email in (network().chair, network().deputy):
        days = NoteAbsence(absence_id=uuid4(), first=today, last=today + timedelta(days=9))
        await town.ask(email, days)

    async def moved() -> int:
        found = [(await town.stored(one)).due_at for one in ids]
        return sum(one is not None and before is not None and one > before for one in found)

    assert await moved() == 50, "the first part at once"
    await town.core.dispatch.keep_time()
    assert await moved() == len(ids), "and the others by the clock"
    assert await town.core.store.read(lambda tx: tx.being_dated()) == []


async def test_what_is_shown_is_found_in_its_order(town: Hall) -> None:
    """Sorting 20,000 items by what stands in wide rows took half a second and more."""
    ids = await fill(town, 40)
    now = town.clock()
    plans: list[str] = []
    since = Untold(queue="network", since=now, until=now, looks_back=now - timedelta(days=2))

    def explained(connection: Any, cursor: Any, statement: str, given: Any, *_: Any) -> None:
        if "FROM item" in statement and statement.startswith("SELECT"):
            of = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", given)
            plans.extend(step[3] for step in of.fetchall())

    def read(tx: Transaction) -> None:
        tx.first_due("network", most=5, now=now, without=())
        tx.first_due("network", most=5, until=now, without=())
        tx.oldest_open("network", most=5, without=())
        tx.newest_words("network", most=5, without=())
        tx.open_vectors("network", most=5)
        tx.items_in("network", most=5)
        tx.to_date("network", ids[0], most=5)
        assert tx.open_count("network", without=()) == 41

    def count(tx: Transaction) -> None:
        tx.open_count("network", without=())
        tx.open_count("network", late_at=now, without=())
        tx.open_themes("network", without=())
        tx.open_spoken("network", without=())
        tx.untold_themes(since, without=())
        tx.people_by_theme([(now - timedelta(days=7), now)])

    def look_back(tx: Transaction) -> None:
        tx.untold_themes(since, without=())
        tx.themes_told(ids[0], without=())
        tx.answered_in("network", now)
        tx.open_vectors("network", of=ids[0], most=5)

    async def planned(work: Callable[[Transaction], None]) -> list[str]:
        plans.clear()
        event.listen(town.core.store.engine, "before_cursor_execute", explained)
        try:
            await town.core.store.write(work)
        finally:
            event.remove(town.core.store.engine, "before_cursor_execute", explained)
        return [step for step in plans if step.startswith(("SEARCH item ", "SCAN item", "USE"))]

    steps = await planned(read)
    assert len(steps) >= 9
    assert not [step for step in steps if "TEMP B-TREE" in step or "SCAN" in step]
    few = "SCAN item_aside"  # what is put aside is found once, and not for each row
    steps = [step for step in await planned(count) if not step.startswith("USE") and step != few]
    by_id = "SEARCH item USING INDEX sqlite_autoindex_item_1 (id=?)"
    assert len(steps) >= 6
    wide = [step for step in steps if "COVERING INDEX" not in step and step != by_id]
    assert not wide, "no row is read to count it"
    # What was ever on a queue is not looked through.
    steps = [step for step in await planned(look_back) if not step.startswith("USE")]
    assert len(steps) >= 5
    ranges = "received_at>?", "ix_item_open_age"
    assert not [one for one in steps if one != by_id and not any(of in one for of in ranges)]


async def test_what_has_no_day_is_due_now(town: Hall) -> None:
    ids = await fill(town, 3)
    now = town.clock()
    days = {ids[0]: now + timedelta(days=1), ids[2]: now - timedelta(days=1), ids[3]: None}

    def dated(tx: Transaction) -> None:
        for one in ids:
            change = update(item).where(item.c.id == one).values(due_at=days.get(one))
            tx.connection.execute(change)

    await town.core.store.write(dated)
    found = await town.core.store.read(
        lambda tx: tx.first_due("network", most=4, now=now, without=())
    )
    assert [one.id for one in found] == [ids[2], ids[1], ids[3], ids[0]]
    found = await town.core.store.read(lambda tx: tx.first_due("network", most=4, without=()))
    assert [one.id for one in found] == [ids[2], ids[0]], "what has no day is left out"
